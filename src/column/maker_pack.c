/* maker_pack.c - rows packed into records; see making.h.
 *
 * What stands for a value is looked up, in its place in the word: the few
 * values that most variables can have are all written down before the first
 * row comes. What is found of a variable is noted on the way and costs
 * nothing: what was not met yet has a mark, in the bit of the word that
 * nothing stands in, and only a row with a mark is gone through again. So is
 * one with a value that its variable can't have, for that is never met.
 *
 * Where the kernels can, variables that are alike are packed sixteen at a
 * time and only the rest is looked up. They do so only with values that were
 * met; of any other they say no, and the row is packed as if they were not
 * there. */
#include "column/making.h"
#include <assert.h>
#include <string.h>

#define MARK (UINT64_C(1) << RECORD_WORD)

enum {
    LISTED_MAX = 128,           /* values that are looked up */
    STATES = -VALUE_UNASKED,    /* come before value 0 */
    ALIKE_LEAST = 2,            /* variables; one is quicker looked up */
    MET_BITS = 8                /* of a byte of MET */
};

static_assert((int)STATES == (int)ALIKE_STATES, "kernels know the states");

/* What VALUE, which P takes, adds to the word that P is in. */
static uint64_t
bits_of(const struct place *p, int32_t value)
{
    return p->first < 0 ? 0 : place_code(p, value) << p->first % WORD;
}

/* All values that the I-th variable, at P, can have, marked; marks alone for
 * those between. */
static struct listed
list_values(int i, const struct place *p, struct arena *arena)
{
    struct listed l = {
        .variable = i, .word = p->first < 0 ? 0 : p->first / WORD
    };

    if (p->high + 1 + STATES > LISTED_MAX)
        return l;
    l.values = (uint32_t)(p->high + 1 + STATES);
    l.bits = arena_array(arena, l.values, sizeof *l.bits);
    for (uint32_t k = 0; k < l.values; k++) {
        int32_t value = (int32_t)k - STATES;

        l.bits[k] = MARK | (place_takes(p, value) ? bits_of(p, value) : 0);
    }
    return l;
}

/* Whether a kernel can pack P. */
static bool
is_small(const struct place *p)
{
    return p->first >= 0 && place_bits(p) <= ALIKE_BITS
        && p->high + STATES < ALIKE_VALUES - 1
        && p->high - p->low + 1 + STATES <= MET_BITS;
}

/* How many variables from the I-th on are alike, and in one word: between two
 * there is a bit that is not used. */
static int
count_alike(const struct record_layout *l, int i)
{
    const struct place *p = &l->place[i];
    int n = 1, bits = place_bits(p);

    if (!is_small(p))
        return 0;
    for (; n < ALIKE_MAX && i + n < l->variables; n++)
        if (p[n].first != p->first + n * bits || p[n].low != p->low
            || p[n].high != p->high || p[n].apart != p->apart)
            break;
    return n;
}

/* The COUNT variables from the I-th on; none of their values was met. */
static struct alike
alike_of(const struct record_layout *l, int i, int count)
{
    const struct place *p = &l->place[i];
    struct alike a = {
        .variable = i, .count = count, .word = p->first / WORD,
        .shift = p->first % WORD,
        .variables = (uint16_t)((1u << count) - 1)
    };
    uint64_t code = (UINT64_C(1) << place_bits(p)) - 1;
    unsigned bit = 1;

    for (int n = 0; n < count; n++)
        a.mask |= code << n * ALIKE_BITS;
    for (int32_t value = -STATES; value <= p->high; value++)
        if (place_takes(p, value)) {
            a.code[value + STATES] = (uint8_t)place_code(p, value);
            a.bit[value + STATES] = (uint8_t)bit;
            bit <<= 1;
        }
    return a;
}

/* Finds what is alike, if the kernels can use it. */
static void
find_alike(struct packer *p, struct arena *arena)
{
    const struct record_layout *l = &p->layout;

    p->quick = kernel_best()->pack;
    p->alike = arena_array(arena, (size_t)l->variables, sizeof *p->alike);
    for (int i = 0, count; p->quick != NULL && i < l->variables; i += count) {
        count = count_alike(l, i);
        if (count >= ALIKE_LEAST)
            p->alike[p->alikes++] = alike_of(l, i, count);
        if (count == 0)
            count = 1;
    }
}

/* The one that the I-th variable is in, or NULL. */
static struct alike *
alike_with(const struct packer *p, int i)
{
    for (int k = 0; k < p->alikes; k++)
        if (i >= p->alike[k].variable
            && i < p->alike[k].variable + p->alike[k].count)
            return &p->alike[k];
    return NULL;
}

/* What is looked up of the variables that LISTED has one after another: ALL,
 * or those that are in no alike. Those with too many values come last: the
 * processor foresees its way better. */
static struct lookup
lookup_of(const struct packer *p, const struct listed *listed, bool all,
          struct arena *arena)
{
    int variables = p->layout.variables;
    struct lookup l = { .listed = arena_array(arena, (size_t)variables,
                                              sizeof *l.listed) };

    for (int many = 0; many < 2; many++)
        for (int i = 0; i < variables; i++)
            if ((listed[i].values == 0) == many
                && (all || alike_with(p, i) == NULL))
                l.listed[l.count++] = listed[i];
    return l;
}

void
packer_init(struct packer *p, const struct instrument *in,
            struct arena *arena)
{
    struct record_layout *l = &p->layout;
    struct listed *listed;

    record_layout(l, in, arena);
    p->words = ((size_t)l->words + GROUP - 1) / GROUP * GROUP;
    p->found = arena_array(arena, (size_t)l->variables, sizeof *p->found);
    listed = arena_array(arena, (size_t)l->variables, sizeof *listed);
    for (int i = 0; i < l->variables; i++) {
        p->found[i] = (struct found){ INT32_MAX, INT32_MIN };
        listed[i] = list_values(i, &l->place[i], arena);
    }
    find_alike(p, arena);
    p->all = lookup_of(p, listed, true, arena);
    p->rest = lookup_of(p, listed, false, arena);
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
 * have it. One between two that were met, which are not below 0, is neither
 * refused nor noted: so it is quick. */
static bool
find_bits(struct packer *p, int i, int32_t value, uint64_t *bits)
{
    const struct place *place = &p->layout.place[i];
    const struct found *f = &p->found[i];

    if (value >= f->least && value <= f->most && value <= place->high
        && !place->apart) {
        *bits = place->first < 0 ? 0
              : (uint64_t)(value - place->low) << place->first % WORD;
        return true;
    }
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

/* Packs what LOOKUP has of ROW; *MARKS has MARK if a value of it had one. */
static bool
pack(struct packer *p, const struct lookup *lookup, const struct row *row,
     bool counts, uint64_t *record, uint64_t *marks)
{
    const struct listed *end = lookup->listed + lookup->count;
    const int32_t *value = row->value;
    uint64_t all = 0;

    memset(record, 0, p->words * sizeof *record);
    record[0] = UINT64_C(1) << RECORD_THERE
              | (uint64_t)counts << RECORD_COUNTS;
    for (const struct listed *l = lookup->listed; l < end; l++) {
        uint32_t at = position(value[l->variable]);
        uint64_t bits;

        if (at < l->values)
            bits = l->bits[at];
        else if (!find_bits(p, l->variable, value[l->variable], &bits))
            return false;
        record[l->word] |= bits & ~MARK;
        all |= bits;
    }
    *marks = all & MARK;
    return true;
}

/* Notes the values of ROW that were not met before; the kernels may pack them
 * from now on. False if one is none that its variable can have. */
static bool
meet(struct packer *p, const struct row *row)
{
    for (int k = 0; k < p->all.count; k++) {
        const struct listed *l = &p->all.listed[k];
        int i = l->variable;
        uint32_t at = position(row->value[i]);
        struct alike *a;

        if (at >= l->values || (l->bits[at] & MARK) == 0)
            continue;
        if (!place_takes(&p->layout.place[i], row->value[i]))
            return false;
        note(p, i, row->value[i]);
        l->bits[at] &= ~MARK;
        a = alike_with(p, i);
        if (a != NULL)
            a->met[i - a->variable] |= a->bit[at];
    }
    return true;
}

bool
packer_pack(struct packer *p, const struct row *row, bool counts,
            uint64_t *record)
{
    uint64_t marks;

    if (p->alikes > 0
        && pack(p, &p->rest, row, counts, record, &marks) && marks == 0
        && p->quick(p->alike, p->alikes, row->value, record))
        return true;
    return pack(p, &p->all, row, counts, record, &marks)
        && (marks == 0 || meet(p, row));
}
