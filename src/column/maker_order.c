/* maker_order.c - rows put in order by their sites; see making.h.
 *
 * Rows with the same values at all sites are one tuple. Only tuples are
 * sorted: there are thousands of them where there are millions of rows, and
 * rows that share one stay as they came. */
#include <stdlib.h>
#include <string.h>
#include "column/making.h"

static bool
no_memory(size_t bytes, struct err *e)
{
    return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
}

static uint32_t
hash(const int32_t value[SITES_MAX])
{
    uint64_t h = 0;

    for (int i = 0; i < SITES_MAX; i++)
        h = (h ^ (uint32_t)value[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(h >> 32);
}

/* Room for twice as many. */
static bool
more(struct tuples *t, struct err *e)
{
    uint32_t room = t->room > 0 ? t->room * 2 : 64;
    struct tuple *list = realloc(t->list, room * sizeof *list);
    uint32_t *slot;

    if (list == NULL)
        return no_memory(room * sizeof *list, e);
    t->list = list;
    slot = calloc((size_t)room * 2, sizeof *slot);
    if (slot == NULL)
        return no_memory((size_t)room * 2 * sizeof *slot, e);
    free(t->slot);
    t->slot = slot;
    t->slots = room * 2;
    t->room = room;
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t at = hash(list[i].value) & (t->slots - 1);

        while (slot[at] != 0)
            at = (at + 1) & (t->slots - 1);
        slot[at] = i + 1;
    }
    return true;
}

bool
tuple_of(struct tuples *t, const int32_t *value, uint32_t *number,
         struct err *e)
{
    struct tuple new = { .number = t->count };
    uint32_t at;

    memcpy(new.value, value, (size_t)t->sites * sizeof *value);
    if (t->count == t->room && !more(t, e))
        return false;
    for (at = hash(new.value) & (t->slots - 1); t->slot[at] != 0;
         at = (at + 1) & (t->slots - 1)) {
        *number = t->slot[at] - 1;
        if (memcmp(t->list[*number].value, new.value, sizeof new.value) == 0)
            break;
    }
    if (t->slot[at] == 0) {
        *number = t->count;
        t->list[t->count++] = new;
        t->slot[at] = t->count;
    }
    t->list[*number].rows++;
    return true;
}

void
tuples_clear(struct tuples *t)
{
    free(t->list);
    free(t->slot);
}

/* Missing values first. */
static int
by_values(const void *a, const void *b)
{
    const struct tuple *x = a, *y = b;

    for (int i = 0; i < SITES_MAX; i++)
        if (x->value[i] != y->value[i])
            return x->value[i] < y->value[i] ? -1 : 1;
    return 0;
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
        int32_t value = t->list[i].value[k];

        if (i == 0 || t->list[i - 1].value[k] != value) {
            to->value[to->stretches] = value;
            to->stretch[to->stretches++] = (struct stretch){ at,
                                                             (uint32_t)value };
        }
        at += t->list[i].rows;
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

/* Gives every row its place. */
static bool
place_rows(const struct column_maker *m, enum order order,
           struct order_made *to, struct err *e)
{
    const struct tuples *t = &m->tuples[order];
    uint32_t *next = malloc(t->count * sizeof *next + 1);
    uint32_t at = 0;

    for (uint32_t i = 0; i < t->count; i++)
        to->rows += t->list[i].rows;
    to->row = malloc(to->rows * sizeof *to->row + 1);
    if (to->row == NULL || next == NULL) {
        free(next);
        return no_memory(to->rows * sizeof *to->row, e);
    }
    for (uint32_t i = 0; i < t->count; i++) {
        next[t->list[i].number] = at;
        at += t->list[i].rows;
    }
    for (uint32_t i = 0; i < (uint32_t)m->rows; i++) {
        uint32_t tuple = m->chunk[i / CHUNK]->tuple[order][i % CHUNK];

        if (tuple != TUPLE_NONE)
            to->row[next[tuple]++] = i;
    }
    free(next);
    return true;
}

bool
order_make(struct column_maker *m, enum order order, struct order_made *to,
           struct err *e)
{
    struct tuples *t = &m->tuples[order];

    *to = (struct order_made){ .rows = 0 };
    if (t->count > 0)
        qsort(t->list, t->count, sizeof *t->list, by_values);
    for (int k = 0; k < t->sites; k++)
        if (!make_site(t, k, &to->site[k], e))
            return false;
    return place_rows(m, order, to, e);
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
