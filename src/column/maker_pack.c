/* maker_pack.c - rows packed into records; see making.h.
 *
 * What stands for a value is looked up: the few that most variables can have
 * are all written down before the first row comes. What is found of a
 * variable is noted on the way and costs nothing: what was not met yet is
 * marked, and only a row with a mark is gone through again. So is one with a
 * value that its variable can't have, for that is never met. */
#include "column/making.h"

enum {
    NEW = 0x80,                 /* the mark; codes are below it */
    STATES = -VALUE_UNASKED     /* come before value 0 */
};

/* Whether all that stands at P can be looked up: room for its codes and for
 * how many there are. */
static bool
is_short(const struct place *p)
{
    return p->high + STATES < NEW && place_bits(p) < 8;
}

/* All codes of P, marked, in F. */
static void
write_codes(struct field *f, const struct place *p, struct arena *arena)
{
    f->codes = (uint8_t)(p->high + STATES + 1);
    f->code = arena_array(arena, f->codes, sizeof *f->code);
    for (int i = 0; i < f->codes; i++) {
        int32_t value = i - STATES;

        f->code[i] = NEW;
        if (place_takes(p, value))
            f->code[i] |= (uint8_t)place_code(p, value);
    }
}

void
packer_init(struct packer *p, const struct instrument *in,
            struct arena *arena)
{
    struct record_layout *l = &p->layout;
    size_t word = 0;

    record_layout(l, in, arena);
    p->found = arena_array(arena, (size_t)l->variables, sizeof *p->found);
    p->field = arena_array(arena, (size_t)l->variables, sizeof *p->field);
    p->words = ((size_t)l->words + GROUP - 1) / GROUP * GROUP;
    p->end = arena_array(arena, p->words, sizeof *p->end);
    for (int i = 0; i < l->variables; i++) {
        const struct place *place = &l->place[i];

        p->found[i] = (struct found){ INT32_MAX, INT32_MIN };
        if (is_short(place))
            write_codes(&p->field[i], place, arena);
        if (place->first < 0)
            continue;
        p->field[i].shift = (uint8_t)(place->first % WORD);
        while (word < (size_t)place->first / WORD)
            p->end[word++] = i;
    }
    while (word < p->words)
        p->end[word++] = l->variables;
}

/* That VALUE was met at I. */
static void
note(struct packer *p, int i, int32_t value)
{
    const struct place *place = &p->layout.place[i];
    struct found *f = &p->found[i];

    if (value < 0 && (place->first < 0 || place->apart))
        return;
    if (value < 0)
        value = place_without(place, value);
    if (value < f->least)
        f->least = value;
    if (value > f->most)
        f->most = value;
}

/* What stands for VALUE where it is not looked up; false if it is none. */
static bool
find_code(struct packer *p, int i, int32_t value, uint64_t *code)
{
    const struct place *place = &p->layout.place[i];

    if (!place_takes(place, value))
        return false;
    *code = place_code(place, value);
    note(p, i, value);
    return true;
}

/* Where VALUE stands in F->code, if it is below F->codes. */
static uint32_t
position(int32_t value)
{
    return (uint32_t)value + STATES;
}

/* Packs ROW as if it had no marks; *MARKS has NEW if it had some. */
static bool
pack(struct packer *p, const struct row *row, bool counts, uint64_t *record,
     unsigned *marks)
{
    const struct field *field = p->field;
    const int32_t *value = row->value;
    uint64_t word = UINT64_C(1) << RECORD_THERE
                  | (uint64_t)counts << RECORD_COUNTS;
    unsigned met = 0;
    int i = 0;

    for (size_t k = 0; k < p->words; k++) {
        for (int end = p->end[k]; i < end; i++) {
            uint32_t at = position(value[i]);
            uint64_t code;

            if (at < field[i].codes) {
                code = field[i].code[at];
                met |= (unsigned)code;
            } else if (!find_code(p, i, value[i], &code)) {
                return false;
            }
            word |= code << field[i].shift;
        }
        record[k] = word;
        word = 0;
    }
    *marks = met;
    return true;
}

/* Notes what of ROW is new; false if it is no value. */
static bool
meet(struct packer *p, const struct row *row)
{
    for (int i = 0; i < p->layout.variables; i++) {
        struct field *f = &p->field[i];
        int32_t value = row->value[i];
        uint32_t at = position(value);

        if (at >= f->codes || (f->code[at] & NEW) == 0)
            continue;
        if (!place_takes(&p->layout.place[i], value))
            return false;
        note(p, i, value);
        f->code[at] &= (uint8_t)~NEW;
    }
    return true;
}

bool
packer_pack(struct packer *p, const struct row *row, bool counts,
            uint64_t *record)
{
    unsigned marks;

    if (!pack(p, row, counts, record, &marks))
        return false;
    if ((marks & NEW) == 0)
        return true;
    return meet(p, row) && pack(p, row, counts, record, &marks);
}
