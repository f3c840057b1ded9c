/* maker_pack.c - rows packed into records; see making.h.
 *
 * What stands for a value is looked up, in its place in the word: the few
 * values that most variables can have are all written down before the first
 * row comes. What is found of a variable is noted on the way and costs
 * nothing: what was not met yet has a mark, in the bit of the word that
 * nothing stands in, and only a row with a mark is gone through again. So is
 * one with a value that its variable can't have, for that is never met. */
#include "column/making.h"

#define MARK (UINT64_C(1) << RECORD_WORD)

enum {
    LISTED_MAX = 128,           /* values that are looked up */
    STATES = -VALUE_UNASKED     /* come before value 0 */
};

/* What VALUE, which P takes, adds to the word that P is in. */
static uint64_t
bits_of(const struct place *p, int32_t value)
{
    return p->first < 0 ? 0 : place_code(p, value) << p->first % WORD;
}

/* All values that P takes, marked; marks alone for those between. */
static void
list_values(struct listed *l, const struct place *p, struct arena *arena)
{
    l->values = (uint32_t)(p->high + 1 + STATES);
    l->bits = arena_array(arena, l->values, sizeof *l->bits);
    for (uint32_t i = 0; i < l->values; i++) {
        int32_t value = (int32_t)i - STATES;

        l->bits[i] = MARK | (place_takes(p, value) ? bits_of(p, value) : 0);
    }
}

void
packer_init(struct packer *p, const struct instrument *in,
            struct arena *arena)
{
    struct record_layout *l = &p->layout;
    size_t word = 0;

    record_layout(l, in, arena);
    p->words = ((size_t)l->words + GROUP - 1) / GROUP * GROUP;
    p->found = arena_array(arena, (size_t)l->variables, sizeof *p->found);
    p->listed = arena_array(arena, (size_t)l->variables, sizeof *p->listed);
    p->end = arena_array(arena, p->words, sizeof *p->end);
    for (int i = 0; i < l->variables; i++) {
        const struct place *place = &l->place[i];

        p->found[i] = (struct found){ INT32_MAX, INT32_MIN };
        if (place->high + 1 + STATES <= LISTED_MAX)
            list_values(&p->listed[i], place, arena);
        while (place->first >= 0 && word < (size_t)place->first / WORD)
            p->end[word++] = i;
    }
    while (word < p->words)
        p->end[word++] = l->variables;
}

/* That the I-th variable has VALUE. */
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

/* The bits of a VALUE that is not listed; false if the I-th variable can't
 * have it. */
static bool
find_bits(struct packer *p, int i, int32_t value, uint64_t *bits)
{
    const struct place *place = &p->layout.place[i];

    if (!place_takes(place, value))
        return false;
    note(p, i, value);
    *bits = bits_of(place, value);
    return true;
}

/* Where VALUE is listed: nowhere, if that is not below listed->values. */
static uint32_t
position(int32_t value)
{
    return (uint32_t)value + STATES;
}

/* Packs ROW; *MARKS has MARK if a value of it had one. */
static bool
pack(struct packer *p, const struct row *row, bool counts, uint64_t *record,
     uint64_t *marks)
{
    const struct listed *listed = p->listed;
    const int32_t *value = row->value;
    uint64_t word = UINT64_C(1) << RECORD_THERE
                  | (uint64_t)counts << RECORD_COUNTS, all = 0;
    int i = 0;

    for (size_t k = 0; k < p->words; k++) {
        for (int end = p->end[k]; i < end; i++) {
            uint32_t at = position(value[i]);
            uint64_t bits;

            if (at < listed[i].values)
                bits = listed[i].bits[at];
            else if (!find_bits(p, i, value[i], &bits))
                return false;
            word |= bits;
        }
        record[k] = word & ~MARK;
        all |= word;
        word = 0;
    }
    *marks = all;
    return true;
}

/* Notes the values of ROW that were not met before; false if one is none
 * that its variable can have. */
static bool
meet(struct packer *p, const struct row *row)
{
    for (int i = 0; i < p->layout.variables; i++) {
        struct listed *l = &p->listed[i];
        uint32_t at = position(row->value[i]);

        if (at >= l->values || (l->bits[at] & MARK) == 0)
            continue;
        if (!place_takes(&p->layout.place[i], row->value[i]))
            return false;
        note(p, i, row->value[i]);
        l->bits[at] &= ~MARK;
    }
    return true;
}

bool
packer_pack(struct packer *p, const struct row *row, bool counts,
            uint64_t *record)
{
    uint64_t marks;

    return pack(p, row, counts, record, &marks)
        && ((marks & MARK) == 0 || meet(p, row));
}
