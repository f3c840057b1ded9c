/* maker_order.c - rows put in order by their sites; see making.h.
 *
 * Rows with the same values at all sites are one tuple. Only tuples are
 * sorted: there are thousands of them where there are millions of rows, and
 * rows that share one stay as they came. How many rows have a tuple is counted
 * at the end, for until then a row may cease to count. */
#include <stdlib.h>
#include <string.h>
#include "column/making.h"

enum { FIRST_SLOTS = 128 };

static bool
no_memory(size_t bytes, struct err *e)
{
    return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
}

void
tuple_seek(const struct tuples *t, struct sought *s)
{
    uint64_t h = 0, odd = UINT64_C(0x9E3779B97F4A7C15);

    for (int i = 0; i < TUPLE_WORDS; i++, odd += odd << 9)
        h += (s->values[i] ^ s->values[i] >> 32) * odd;
    s->hash = (uint32_t)(h >> 32);
    if (t->slots > 0)
        __builtin_prefetch(&t->slot[s->hash & (t->slots - 1)], 1);
}

static bool
is_same(const uint64_t *a, const uint64_t *b)
{
    uint64_t other = 0;

    for (int i = 0; i < TUPLE_WORDS; i++)
        other |= a[i] ^ b[i];
    return other == 0;
}

/* Where the tuple S stands in T, or should. */
static struct tuple *
slot_of(const struct tuples *t, const struct sought *s)
{
    uint32_t at = s->hash & (t->slots - 1);

    while (t->slot[at].number != TUPLE_NONE
           && !is_same(t->slot[at].values, s->values))
        at = (at + 1) & (t->slots - 1);
    return &t->slot[at];
}

/* Room for twice as many; half of it stays empty. */
static bool
more(struct tuples *t, struct err *e)
{
    struct tuples old = *t;
    uint32_t slots = old.slots > 0 ? old.slots * 2 : FIRST_SLOTS;

    t->memory = (struct large){ NULL, 0 };
    if (!large_grow(&t->memory, slots * sizeof *t->slot, e)) {
        *t = old;
        return false;
    }
    large_pages(&t->memory);
    t->slot = t->memory.at;
    t->slots = slots;
    for (uint32_t i = 0; i < old.slots; i++) {
        struct sought s;

        if (old.slot[i].number == TUPLE_NONE)
            continue;
        memcpy(s.values, old.slot[i].values, sizeof s.values);
        tuple_seek(t, &s);
        *slot_of(t, &s) = old.slot[i];
    }
    large_clear(&old.memory);
    return true;
}

bool
tuple_of(struct tuples *t, struct sought *s, struct err *e)
{
    struct tuple *tuple;

    if (t->count == t->slots / 2 && !more(t, e))
        return false;
    tuple = slot_of(t, s);
    if (tuple->number == TUPLE_NONE) {
        memcpy(tuple->values, s->values, sizeof tuple->values);
        tuple->number = ++t->count;
    }
    s->number = tuple->number;
    return true;
}

void
tuples_clear(struct tuples *t)
{
    large_clear(&t->memory);
}

/* The value of T's K-th site. */
static int32_t
value_at(const struct tuple *t, int k)
{
    return (int32_t)(uint32_t)(t->values[k / 2] >> k % 2 * 32);
}

/* Missing values first. */
static int
by_values(const void *a, const void *b)
{
    const struct tuple *x = a, *y = b;

    for (int i = 0; i < SITES_MAX; i++)
        if (value_at(x, i) != value_at(y, i))
            return value_at(x, i) < value_at(y, i) ? -1 : 1;
    return 0;
}

/* How many rows of M each tuple of ORDER has, in ROWS by its number. */
static void
count_rows(const struct column_maker *m, enum order order, uint32_t *rows)
{
    for (int64_t i = 0; i < m->rows; i++)
        rows[m->tuple[order][i]]++;
}

/* Puts T in order, without those that have none of ROWS, by number. */
static void
sort(struct tuples *t, const uint32_t *rows)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->slots; i++)
        if (t->slot[i].number != TUPLE_NONE && rows[t->slot[i].number] > 0) {
            t->slot[n] = t->slot[i];
            t->slot[n].rows = rows[t->slot[n].number];
            n++;
        }
    t->count = n;
    if (n > 0)
        qsort(t->slot, n, sizeof *t->slot, by_values);
}

static int
by_value(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The values of site K of the sorted tuples T, each once, and where each
 * begins. */
static bool
make_site(const struct tuples *t, int k, struct site_made *to, struct err *e)
{
    uint32_t at = 0, n = 0;

    to->value = calloc((size_t)t->count + 1, sizeof *to->value);
    to->stretch = calloc((size_t)t->count + 1, sizeof *to->stretch);
    if (to->value == NULL || to->stretch == NULL)
        return no_memory(t->count * sizeof *to->stretch, e);
    for (uint32_t i = 0; i < t->count; i++) {
        int32_t value = value_at(&t->slot[i], k);

        if (i == 0 || value_at(&t->slot[i - 1], k) != value) {
            to->value[to->stretches] = value;
            to->stretch[to->stretches++] = (struct stretch){ at,
                                                             (uint32_t)value };
        }
        at += t->slot[i].rows;
    }
    if (to->stretches > 0)
        qsort(to->value, to->stretches, sizeof *to->value, by_value);
    for (uint32_t i = 0; i < to->stretches; i++)
        if (n == 0 || to->value[n - 1] != to->value[i])
            to->value[n++] = to->value[i];
    to->values = n;
    for (uint32_t i = 0; i < to->stretches; i++) {
        struct stretch *s = &to->stretch[i];
        const int32_t value = (int32_t)s->code;
        const int32_t *found = bsearch(&value, to->value, n, sizeof value,
                                       by_value);

        s->code = (uint32_t)(found - to->value);
    }
    return true;
}

/* Gives every row its place. In NEXT is room for a number a tuple, by the
 * tuple's. */
static bool
place_rows(const struct column_maker *m, enum order order, uint32_t *next,
           struct order_made *to, struct err *e)
{
    const struct tuples *t = &m->tuples[order];

    for (uint32_t i = 0; i < t->count; i++) {
        next[t->slot[i].number] = to->rows;
        to->rows += t->slot[i].rows;
    }
    to->row = malloc(to->rows * sizeof *to->row + 1);
    if (to->row == NULL)
        return no_memory(to->rows * sizeof *to->row, e);
    for (uint32_t i = 0; i < (uint32_t)m->rows; i++) {
        uint32_t tuple = m->tuple[order][i];

        if (tuple != TUPLE_NONE)
            to->row[next[tuple]++] = i;
    }
    return true;
}

bool
order_make(struct column_maker *m, enum order order, struct order_made *to,
           struct err *e)
{
    struct tuples *t = &m->tuples[order];
    uint32_t *by_number = calloc((size_t)t->count + 1, sizeof *by_number);
    bool ok = true;

    *to = (struct order_made){ .rows = 0 };
    if (by_number == NULL)
        return no_memory(t->count * sizeof *by_number, e);
    count_rows(m, order, by_number);
    sort(t, by_number);
    for (int k = 0; ok && k < t->sites; k++)
        ok = make_site(t, k, &to->site[k], e);
    ok = ok && place_rows(m, order, by_number, to, e);
    free(by_number);
    return ok;
}

void
order_made_clear(struct order_made *o)
{
    free(o->row);
    for (int k = 0; k < SITES_MAX; k++) {
        free(o->site[k].value);
        free(o->site[k].stretch);
    }
}
