/* tally_cut.c - which cuttings a tally needs, and the routes over them.
 *
 * Sites that change seldom are put into one cutting, wherever any of them is
 * asked for: it costs next to nothing to have more cells, and masks that are
 * spread over the same cutting are spread together. Others have a cutting of
 * just those sites, or of more that are cut at in any case, as long as that
 * makes few more cells. */
#include <stdlib.h>
#include "column/tally.h"

enum {
    COARSE = 1024,              /* stretches of a site that changes seldom */
    CELLS_MORE = 1 << 16        /* cells times masks, of a cutting to which
                                   others are joined */
};

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
 * they have none. */
static int
place_in(const struct tally *t, const uint32_t *code, int siting)
{
    const struct site *site = t->masks.o->site;
    const struct siting *k = siting >= 0 ? &t->siting[siting] : NULL;
    int a, b;

    if (k == NULL)
        return 0;
    a = place_of(site[k->a].value[code[k->a]], k->from_a, k->count_a);
    b = k->b < 0 ? 0
      : place_of(site[k->b].value[code[k->b]], k->from_b, k->count_b);
    return a < 0 || b < 0 ? -1 : a * k->count_b + b;
}

int
tally_places(const struct tally *t, int way)
{
    int siting = t->ways.list[way].c - 1;

    return siting < 0 ? 1
         : t->siting[siting].count_a * t->siting[siting].count_b;
}

/* Gives every way its spread and route. */
static void
find_routes(struct tally *t, const int *cutting)
{
    for (int i = 0; i < t->ways.count; i++) {
        const struct triple *of = &t->ways.list[i];
        struct way *way = &t->way[i];
        int at = cutting[way->cube];

        way->spread = of->a == MASK_ALL ? -1
                    : number_of(&t->spreads, of->a, at, 0);
        way->route = number_of(&t->routes, at, of->b, of->c);
    }
}

/* The routes over one cutting. Several have the same filter, which is asked
 * once for all of them. */
struct routed {
    const struct tally *t;
    struct numbered filters;
    bool *holds;                /* one a filter */
    struct {
        int filter, siting;
    } *route;
};

static void
route(void *ctx, const uint32_t *code, int32_t *place)
{
    const struct routed *r = ctx;

    for (int i = 0; i < r->filters.count; i++) {
        int filter = r->filters.list[i].a;

        r->holds[i] = filter == MASK_ALL
                   || mask_holds(&r->t->masks, filter, code);
    }
    for (int i = 0; r->route[i].filter >= 0; i++)
        place[i] = r->holds[r->route[i].filter]
                 ? place_in(r->t, code, r->route[i].siting) : -1;
}

/* The test of SITE without which FILTER can't hold, or NULL. */
static const struct site_test *
test_of(const struct masks *m, int filter, int site)
{
    const struct mask *k = &m->mask[filter];
    const struct site_test *found;

    if (k->kind == MASK_SITE)
        return m->test[k->a].site == site ? &m->test[k->a] : NULL;
    if (k->kind != MASK_PAIR || k->op == BIT_OR)
        return NULL;
    found = test_of(m, k->a, site);
    return found != NULL || k->op == BIT_AND_NOT ? found
         : test_of(m, k->b, site);
}

/* The values of SITE that some filter of R lets pass; NULL: all. */
static const uint8_t *
taken_of(const struct routed *r, int site, struct arena *arena)
{
    size_t values = r->t->masks.o->site[site].values;
    uint8_t *taken = arena_take(arena, values + 1);

    for (int i = 0; i < r->filters.count; i++) {
        const struct site_test *test = test_of(&r->t->masks,
                                               r->filters.list[i].a, site);

        if (test == NULL)
            return NULL;
        for (size_t v = 0; v < values; v++)
            taken[v] |= test->hit[v];
    }
    return taken;
}

/* Cutting K, at SITES, for its routes. */
static void
make_cutting(struct tally *t, int k, unsigned sites)
{
    struct routed r = { .t = t };
    struct routing routing = { .route = route, .ctx = &r };
    struct arena arena;

    arena_init(&arena);
    r.route = arena_array(&arena, (size_t)t->routes.count + 1,
                          sizeof *r.route);
    for (int i = 0; i < t->routes.count; i++) {
        const struct triple *way = &t->routes.list[i];

        if (way->a != k)
            continue;
        r.route[routing.routes].filter = number_of(&r.filters, way->b, 0, 0);
        r.route[routing.routes].siting = way->c - 1;
        t->route[i] = (struct route){ k, routing.routes++ };
    }
    r.route[routing.routes].filter = -1;
    r.holds = arena_array(&arena, (size_t)r.filters.count + 1,
                          sizeof *r.holds);
    for (int i = 0; i < t->masks.o->sites; i++)
        if (sites >> i & 1)
            routing.taken[i] = taken_of(&r, i, &arena);
    cutting_make(&t->cutting[k], t->masks.o, sites, &routing);
    numbered_clear(&r.filters);
    arena_clear(&arena);
}

static int
bits_of(unsigned sites)
{
    return __builtin_popcount(sites);
}

/* How many values SITES have together, or that it is more than CELLS_MORE. */
static int64_t
values_of(const struct ordered *o, unsigned sites)
{
    int64_t values = 1;

    for (int i = 0; i < o->sites && values <= CELLS_MORE; i++)
        if (sites >> i & 1)
            values *= o->site[i].values;
    return values;
}

/* Which of SETS, with more sites than set S, can do for it; -1: none. Its
 * masks are spread over more cells then, with those that are there. */
static int
wider_set(const struct tally *t, const struct numbered *sets, int s,
          const int *masks, const int *into)
{
    unsigned sites = (unsigned)sets->list[s].a;

    for (int i = 0; i < sets->count; i++) {
        unsigned more = (unsigned)sets->list[i].a;

        if (into[i] == i && i != s && (more & sites) == sites
            && values_of(t->masks.o, more)
               <= CELLS_MORE / (masks[s] + masks[i] + 1))
            return i;
    }
    return -1;
}

/* Has sets of sites that are part of others use the others' cuttings: CUTTING,
 * of each cube its set, becomes the number of its cutting. SETS become those
 * that are left. */
static void
join_sets(const struct tally *t, struct numbered *sets, int *cutting)
{
    size_t count = (size_t)sets->count;
    int *masks = mem_take(count * sizeof *masks + 1);
    int *into = mem_take(count * sizeof *into + 1);
    struct numbered left = { .count = 0 };

    for (int i = 0; i < t->cubes.count; i++)
        masks[cutting[i]] += t->cubes.list[i].a != MASK_ALL;
    for (int i = 0; i < sets->count; i++)
        into[i] = -1;
    for (int bits = SITES_MAX; bits >= 0; bits--)
        for (int i = 0; i < sets->count; i++) {
            int wider = -1;

            if (bits_of((unsigned)sets->list[i].a) != bits)
                continue;
            if (!is_coarse(t->masks.o, (unsigned)sets->list[i].a))
                wider = wider_set(t, sets, i, masks, into);
            into[i] = wider >= 0 ? wider : i;
            if (wider >= 0)
                masks[wider] += masks[i];
        }
    for (int i = 0; i < t->cubes.count; i++)
        cutting[i] = number_of(&left, sets->list[into[cutting[i]]].a, 0, 0);
    free(masks);
    free(into);
    numbered_clear(sets);
    *sets = left;
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
    join_sets(t, &sets, cutting);
    find_routes(t, cutting);
    t->cuttings = sets.count;
    t->cutting = mem_take((size_t)sets.count * sizeof *t->cutting + 1);
    t->route = mem_take((size_t)t->routes.count * sizeof *t->route + 1);
    for (int i = 0; i < sets.count; i++)
        make_cutting(t, i, (unsigned)sets.list[i].a);
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
