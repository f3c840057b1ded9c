/* tally_cut.c - which cuttings a tally needs, and the routes over them.
 *
 * Sites that change seldom are put into one cutting, wherever any of them is
 * asked for: it costs next to nothing to have more cells, and masks that are
 * spread over the same cutting are spread together. Others have a cutting of
 * just those sites. */
#include <stdlib.h>
#include "column/tally.h"

enum { COARSE = 1024 };         /* stretches of a site that changes seldom */

/* Of SITES none changes often. */
static bool
is_coarse(const struct ordered *o, unsigned sites)
{
    for (int i = 0; i < o->sites; i++)
        if ((sites >> i & 1) && o->site[i].stretches > COARSE)
            return false;
    return true;
}

/* The sites of the cutting for a cube of SITES. */
static unsigned
cut_at(const struct tally *t, unsigned sites, unsigned coarse)
{
    return is_coarse(t->masks.o, sites) ? coarse : sites;
}

/* Which of COUNT places from FROM on VALUE has; -1: none. */
static int
place_of(int32_t value, int32_t from, int count)
{
    int64_t place = (int64_t)value - from;

    return value < 0 || place < 0 || place >= count ? -1 : (int)place;
}

/* The place of SITING (-1: all at 0) of rows with the values CODE; -1 where
 * they have none, or FILTER does not hold. */
static int
place_in(const struct tally *t, const uint32_t *code, int filter, int siting)
{
    const struct site *site = t->masks.o->site;
    const struct siting *k = siting >= 0 ? &t->siting[siting] : NULL;
    int a, b;

    if (filter != MASK_ALL && !mask_holds(&t->masks, filter, code))
        return -1;
    if (k == NULL)
        return 0;
    a = place_of(site[k->a].value[code[k->a]], k->from_a, k->count_a);
    b = k->b < 0 ? 0
      : place_of(site[k->b].value[code[k->b]], k->from_b, k->count_b);
    return a < 0 || b < 0 ? -1 : a * k->count_b + b;
}

/* Gives every way that was posted its route, and every posting its spread
 * and route. */
static void
find_routes(struct tally *t, const int *cutting)
{
    for (int i = 0; i < t->postings; i++) {
        struct posting *p = &t->posting[i];
        const struct triple *way, *cube;

        if (p->common >= 0)
            continue;
        way = &t->ways.list[p->route];
        cube = &t->cubes.list[way->a];
        p->spread = cube->a == MASK_ALL ? -1
                  : number_of(&t->spreads, cube->a, cutting[way->a], 0);
        p->route = number_of(&t->routes, cutting[way->a], way->b, way->c);
    }
}

/* The routes over cutting K, and its cells as far as they differ. */
static void
make_routes(struct tally *t, int k)
{
    struct cutting *c = &t->cutting[k];
    struct route *own = mem_take((size_t)t->routes.count * sizeof *own + 1);
    int n = 0;

    for (int r = 0; r < t->routes.count; r++) {
        const struct triple *way = &t->routes.list[r];

        if (way->a != k)
            continue;
        own[n].place = arena_array(&t->arena, (size_t)c->cells + 1,
                                   sizeof *own[n].place);
        for (int i = 0; i < c->cells; i++)
            own[n].place[i] = place_in(t, c->code[i], way->b, way->c - 1);
        t->route[r] = own[n++];
    }
    cutting_reduce(c, own, n);
    free(own);
}

void
tally_cut(struct tally *t)
{
    int *cutting = mem_take((size_t)t->cubes.count * sizeof *cutting + 1);
    struct numbered sets = { .count = 0 };
    unsigned coarse = 0;

    for (int i = 0; i < t->cubes.count; i++)
        if (is_coarse(t->masks.o, (unsigned)t->cubes.list[i].b))
            coarse |= (unsigned)t->cubes.list[i].b;
    for (int i = 0; i < t->cubes.count; i++) {
        unsigned sites = cut_at(t, (unsigned)t->cubes.list[i].b, coarse);

        cutting[i] = number_of(&sets, (int)sites, 0, 0);
    }
    find_routes(t, cutting);
    t->cuttings = sets.count;
    t->cutting = mem_take((size_t)sets.count * sizeof *t->cutting + 1);
    t->route = mem_take((size_t)t->routes.count * sizeof *t->route + 1);
    for (int i = 0; i < sets.count; i++) {
        cutting_make(&t->cutting[i], t->masks.o, (unsigned)sets.list[i].a);
        make_routes(t, i);
    }
    numbered_clear(&sets);
    free(cutting);
}

void
tally_cut_clear(struct tally *t)
{
    for (int i = 0; i < t->cuttings; i++)
        cutting_clear(&t->cutting[i]);
    free(t->cutting);
    free(t->route);
    numbered_clear(&t->spreads);
    numbered_clear(&t->routes);
}
