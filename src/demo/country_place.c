/* country_place.c - the municipalities of each year and what they are like.
 *
 * The first year's are drawn; those of a later year are what became of the
 * year before (def/municipality.h): weights are added up, factors are means
 * by weight. Of a municipality that was divided the one that kept its name
 * gets most, the others equal parts. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "def/municipality.h"
#include "demo/countrying.h"

enum {
    PLACES_MAX = 512, LEVEL_MAX = (LEVELS - 1) * 256 - 1,
    KEPT_NAME = 6,              /* parts of a divided one */
    UNIT_WEIGHT = 3000,         /* per unit, squared */
    EVERYWHERE = 2              /* units that all have if they have so many */
};

/* Those that everybody would look for at the top, numbers of 2015; the
 * others come after them in an order that is drawn. */
static const int largest[] = {
    301, 1201, 1601, 1103, 219, 1001, 106, 1102, 1902, 602, 220, 105, 806,
    1804, 231, 1504, 709, 706, 906, 704
};
enum { LARGEST = sizeof largest / sizeof *largest };

/* A year, on the whole, in 256ths of a level. */
static const int trend[COUNTRY_FACTORS] = { 12, -20, 30, 15, 10, -25 };

struct place {
    int number;
    const char *name;
    int origin;                 /* its first, or that of its largest part */
    int64_t weight;
    int32_t factor[COUNTRY_FACTORS], slope[COUNTRY_FACTORS];
    uint64_t order;             /* while ranks are drawn */
};

struct year {
    struct place place[PLACES_MAX];
    int count;
};

static int
by_number(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

static int
by_order(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return (x->order > y->order) - (x->order < y->order);
}

static void
list_year(struct year *y, int year, struct arena *arena)
{
    const struct municipality *list = municipality_list(year, arena,
                                                        &y->count);

    assert(y->count <= PLACES_MAX);
    for (int i = 0; i < y->count; i++)
        y->place[i] = (struct place){
            .number = list[i].number, .name = list[i].name
        };
    qsort(y->place, (size_t)y->count, sizeof *y->place, by_number);
}

static struct place *
find(struct year *y, int number)
{
    const struct place key = { .number = number };

    return bsearch(&key, y->place, (size_t)y->count, sizeof *y->place,
                   by_number);
}

/* Near the normal distribution around the middle of the levels. */
static void
draw_factors(struct place *p, uint64_t seed)
{
    for (int f = 0; f < COUNTRY_FACTORS; f++) {
        uint64_t x = country_mix(country_mix(seed + (uint64_t)p->number)
                                 + (uint64_t)f);
        int sum = -510;

        for (int i = 0; i < 4; i++)
            sum += (int)(x >> 8 * i & 255);
        p->factor[f] = LEVEL_MAX / 2 + 4 * sum;
        p->slope[f] = ((int)(x >> 32 & 255) - 128) * 38 / 128 + trend[f];
    }
}

/* The largest first, then as drawn; the k-th has near 1/k of the first. */
static void
draw_first(struct year *y, uint64_t seed, struct arena *arena)
{
    list_year(y, COUNTRY_FIRST, arena);
    for (int i = 0; i < y->count; i++) {
        struct place *p = &y->place[i];

        p->origin = p->number;
        p->order = country_mix(seed ^ country_mix((uint64_t)p->number))
                   | 1024;
        for (int k = 0; k < LARGEST; k++)
            if (largest[k] == p->number)
                p->order = (uint64_t)k;
        draw_factors(p, seed);
    }
    qsort(y->place, (size_t)y->count, sizeof *y->place, by_order);
    for (int i = 0; i < y->count; i++)
        y->place[i].weight = INT64_C(65000000) / (10 * (i + 1) + 8)
                             * (y->count + 32 - i) / (y->count + 32);
    qsort(y->place, (size_t)y->count, sizeof *y->place, by_number);
}

/* What part of OLD, of the year before YEAR, is now NEW, in parts of
 * *WHOLE. */
static int
part_of(const struct place *old, const struct place *new, int year,
        struct year *now, int *whole)
{
    int list[MUNICIPALITY_PARTS_MAX], count, why, part = 1;

    municipality_parts(old->number, year - 1, year, list, &count, &why);
    *whole = count;
    for (int i = 0; count > 1 && i < count; i++) {
        const struct place *p = find(now, list[i]);

        if (p == NULL || strcmp(p->name, old->name) != 0)
            continue;
        *whole = count - 1 + KEPT_NAME;
        if (p == new)
            part = KEPT_NAME;
    }
    return part;
}

static void
inherit(struct place *p, struct year *before, int year, struct year *now)
{
    int list[MUNICIPALITY_PARTS_MAX], count, why, whole;
    int64_t most = 0, factor[COUNTRY_FACTORS] = { 0 },
            slope[COUNTRY_FACTORS] = { 0 };

    municipality_parts(p->number, year, year - 1, list, &count, &why);
    for (int i = 0; i < count; i++) {
        struct place *old = find(before, list[i]);
        int64_t weight;

        assert(old != NULL);
        weight = old->weight * part_of(old, p, year, now, &whole);
        weight /= whole;
        p->weight += weight;
        for (int f = 0; f < COUNTRY_FACTORS; f++) {
            factor[f] += weight * old->factor[f];
            slope[f] += weight * old->slope[f];
        }
        if (weight > most)
            p->origin = old->origin;
        most = weight > most ? weight : most;
    }
    for (int f = 0; f < COUNTRY_FACTORS; f++) {
        p->factor[f] = (int32_t)(factor[f] / p->weight);
        p->slope[f] = (int32_t)(slope[f] / p->weight);
    }
}

static bool
same_numbers(const struct year *a, const struct year *b)
{
    bool same = a->count == b->count;

    for (int i = 0; same && i < a->count; i++)
        same = a->place[i].number == b->place[i].number;
    return same;
}

/* From the year before in *A to YEAR in *B. */
static void
go_on(struct year *a, struct year *b, int year, struct arena *arena)
{
    list_year(b, year, arena);
    if (same_numbers(a, b)) {
        /* A name may have changed all the same. */
        for (int i = 0; i < b->count; i++) {
            const char *name = b->place[i].name;

            b->place[i] = a->place[i];
            b->place[i].name = name;
        }
        return;
    }
    for (int i = 0; i < b->count; i++)
        inherit(&b->place[i], a, year, b);
}

/* As many as the root of the size; which, mostly the usual ones. */
static void
choose_units(struct country_round *r, const struct place *p, uint64_t seed)
{
    uint32_t rank[COUNTRY_UNITS];
    int want = 1;

    while (want < COUNTRY_UNITS - 4
           && (int64_t)want * want * UNIT_WEIGHT <= p->weight)
        want++;
    for (int i = 0; i < COUNTRY_UNITS; i++) {
        uint64_t x = country_mix(country_mix(seed + (uint64_t)p->origin)
                                 ^ (uint64_t)(i + 1));

        rank[i] = (uint32_t)i * 100 + (i < EVERYWHERE ? 0
                                       : (uint32_t)(x & 2047));
    }
    for (int i = 0; i < COUNTRY_UNITS; i++) {
        int before = 0;

        for (int k = 0; k < COUNTRY_UNITS; k++)
            before += rank[k] < rank[i];
        for (int k = 0; k < i; k++)
            before += rank[k] == rank[i];
        if (before < want)
            r->unit[r->unit_count++] = (uint8_t)i;
    }
}

static void
share_units(struct country_round *r)
{
    for (int t = 0; t < TARGET_COUNT; t++) {
        int64_t sum = 0, so_far = 0;

        for (int i = 0; i < r->unit_count; i++)
            sum += country_units[r->unit[i]].share[t];
        for (int i = 0; i < r->unit_count; i++) {
            so_far += country_units[r->unit[i]].share[t];
            r->share[t][i] = (uint16_t)(so_far * UINT16_MAX / sum);
        }
    }
}

static void
make_round(struct country_round *r, const struct place *p, int year,
           uint64_t seed, int64_t *weight)
{
    uint64_t chance;

    snprintf(r->id, sizeof r->id, "m%04d-%d", p->number, year);
    r->municipality = p->number;
    r->year = year;
    r->name = p->name;
    r->key = country_mix(country_mix(seed) ^ (uint64_t)p->number << 16
                         ^ (uint64_t)year);
    for (int f = 0; f < COUNTRY_FACTORS; f++) {
        int level = p->factor[f] + p->slope[f] * (year - COUNTRY_FIRST);

        level = level < 0 ? 0 : level > LEVEL_MAX ? LEVEL_MAX : level;
        r->level[f] = (uint16_t)level;
    }
    choose_units(r, p, seed);
    share_units(r);
    /* Two per cent more each year, and eight up or down. */
    chance = country_mix(r->key ^ 1) & 15;
    *weight = 1 + ((p->weight * (100 + 2 * (year - COUNTRY_FIRST))
                    * (92 + (int)chance)) >> 10);
}

void
country_places(struct country *c, int64_t **weight)
{
    struct arena arena;
    struct year *a, *b;

    arena_init(&arena);
    a = arena_take(&arena, sizeof *a);
    b = arena_take(&arena, sizeof *b);
    c->round = arena_array(&c->arena, COUNTRY_YEARS * PLACES_MAX,
                           sizeof *c->round);
    *weight = arena_array(&c->arena, COUNTRY_YEARS * PLACES_MAX,
                          sizeof **weight);
    for (int year = COUNTRY_FIRST; year <= COUNTRY_LAST; year++) {
        struct year *now = b;

        if (year == COUNTRY_FIRST)
            draw_first(b, c->seed, &c->arena);
        else
            go_on(a, b, year, &c->arena);
        for (int i = 0; i < now->count; i++, c->rounds++)
            make_round(&c->round[c->rounds], &now->place[i], year, c->seed,
                       &(*weight)[c->rounds]);
        b = a;
        a = now;
    }
    arena_clear(&arena);
}
