/* spreads.c - see spreads.h.
 *
 * Many ticks are asked of the same people. What they have in common with
 * each need not be made and written down: whoever spreads a mask holds it
 * against another as it is read. */
#include "column/spreads.h"
#include <stdlib.h>
#include <string.h>

/* How many of the spreads over CUTTING each mask is half of. */
static void
count_halves(const struct tally *t, int cutting, int *times)
{
    memset(times, 0, (size_t)t->masks.count * sizeof *times);
    for (int i = 0; i < t->spreads.count; i++) {
        const struct mask *m = mask_both(&t->masks, t->spreads.list[i].a);

        if (m == NULL || t->spreads.list[i].b != cutting)
            continue;
        times[m->a]++;
        times[m->b]++;
    }
}

/* Spread I by halves, if so many have one of them that they would fill a
 * call; some of these may go with their other half. */
static struct spreading
spreading_of(const struct tally *t, int i, const int *times)
{
    int mask = t->spreads.list[i].a, cutting = t->spreads.list[i].b;
    const struct mask *m = mask_both(&t->masks, mask);
    int with = m == NULL ? MASK_ALL
             : times[m->a] >= times[m->b] ? m->a : m->b;

    if (m == NULL || times[with] < VECTOR)
        return (struct spreading){ cutting, MASK_ALL, mask, i };
    return (struct spreading){ cutting, with, m->a == with ? m->b : m->a, i };
}

static int
by_company(const void *a, const void *b)
{
    const struct spreading *x = a, *y = b;

    if (x->cutting != y->cutting)
        return x->cutting < y->cutting ? -1 : 1;
    if (x->with != y->with)
        return x->with < y->with ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

struct spreading *
spreads_of(const struct tally *t)
{
    size_t count = (size_t)t->spreads.count;
    struct spreading *list = mem_take(count * sizeof *list + 1);
    int *times = mem_take((size_t)t->masks.count * sizeof *times);

    for (int k = 0; k < t->cuttings; k++) {
        count_halves(t, k, times);
        for (int i = 0; i < t->spreads.count; i++)
            if (t->spreads.list[i].b == k)
                list[i] = spreading_of(t, i, times);
    }
    if (count > 0)
        qsort(list, count, sizeof *list, by_company);
    free(times);
    return list;
}
