/* tally.h - what is to be counted of the masks over a file.
 *
 * A plan's tables become counts of two kinds, each wanted once however many
 * cells it goes into:
 *     common   how many rows two masks have in common
 *     spread   how many rows of a mask each place of a *siting* has: the
 *              places of an axis whose variable stands with the stretch
 * and postings, which say where each count goes and how many times. */
#ifndef COLUMN_TALLY_H
#define COLUMN_TALLY_H
#include "column/mask.h"
#include "tab/counter.h"

struct common {
    int x, y;                   /* masks, x <= y; the same: the mask's own */
};

struct siting {
    int a, b;                   /* sites of the stretches; B -1: none */
    int32_t from_a, from_b;     /* value of the first place */
    int count_a, count_b, places;
    struct lot *lot;            /* neighbours of one place are one */
    int lots;
};

struct spread {
    int mask, siting;
};

/* TO gets TIMES the count; of a spread TO[place * stride] does. */
struct posting {
    int64_t *to;
    int64_t times, stride;
    int count;                  /* number of the common or spread */
    bool of_spread;
};

struct tally {
    struct masks masks;
    struct arena arena;
    struct common *common;      int commons, common_room;
    struct siting *siting;      int sitings, siting_room;
    struct spread *spread;      int spreads, spread_room;
    struct posting *posting;    int postings, posting_room;
    int *slot, slots;           /* private: commons by hash */
};

/* What RUN's tables ask of C, each added to RUN's counters. UNIT: the rows
 * of that unit, superseded or not; -1: those that count. Tables that
 * columns can't answer are left out. IN is what C was opened with. */
void tally_init(struct tally *t, const struct columns *c,
                const struct instrument *in, struct run *run, int unit);
void tally_clear(struct tally *t);

/* Whether columns can answer table I of PLAN. */
bool tally_takes(const struct plan *plan, int i);

#endif
