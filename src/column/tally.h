/* tally.h - what is to be counted of the masks over one order of a file.
 *
 * A plan's tables become counts of two kinds, each wanted once however many
 * cells it goes into:
 *     common   how many rows two masks have in common
 *     spread   how many rows of a mask each cell of a cutting has
 * and postings, which say where each count goes and how many times; those of
 * a spread go by a route, which knows to which place of a table a cell
 * belongs. */
#ifndef COLUMN_TALLY_H
#define COLUMN_TALLY_H
#include "column/cutting.h"
#include "column/mask.h"
#include "tab/counter.h"

/* The places of a table that rows are in by their sites. */
struct siting {
    int a, b;                   /* sites; -1: none */
    int32_t from_a, from_b;     /* value of the first place */
    int count_a, count_b;       /* places are those of A times COUNT_B */
};

/* TO gets TIMES the count of a common; or TO[place * stride] that of each
 * cell of a spread, as the way's route says. */
struct posting {
    int64_t *to;
    int64_t times, stride;
    int common, way;            /* one of them is -1 */
};

/* From a spread by a route; those that go the same way get the same. */
struct way {
    int cube;
    int spread, route;          /* spread -1: all rows */
};

/* Which of a cutting's routes. */
struct route {
    int cutting, at;
};

struct tally {
    struct masks masks;
    struct arena arena;
    struct numbered commons;    /* two masks, the lower first */
    struct siting *siting;      int sitings, siting_room;
    struct posting *posting;    int postings, posting_room;
    struct numbered cubes;      /* private: mask, sites */
    struct numbered ways;       /* mask, filter, siting + 1 */
    struct way *way;            int way_room;
    struct cutting *cutting;    int cuttings;
    struct numbered spreads;    /* mask, cutting */
    struct numbered routes;     /* cutting, filter, siting + 1 */
    struct route *route;        /* the same, in their cuttings */
};

/* What RUN's tables ask of C in ORDER, each added to RUN's counters, and its
 * number of rows. UNIT: the rows of that unit, superseded or not; -1: those
 * that count. Tables that are for the other order, or that columns can't
 * answer, are left out. IN is what C was opened with. */
void tally_init(struct tally *t, const struct columns *c, enum order order,
                const struct instrument *in, struct run *run, int unit);
void tally_clear(struct tally *t);

/* How many places WAY can lead to. */
int tally_places(const struct tally *t, int way);

/* What tally_init ends with, and tally_clear begins with: cuttings, spreads
 * and routes for what has been posted. */
void tally_cut(struct tally *t);
void tally_cut_clear(struct tally *t);

/* Whether columns can answer table I of PLAN. */
bool tally_takes(const struct plan *plan, int i);

#endif
