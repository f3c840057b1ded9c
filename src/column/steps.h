/* steps.h - a tally in the order in which a block is gone through; private
 * to sweep.c. */
#ifndef COLUMN_STEPS_H
#define COLUMN_STEPS_H
#include "column/gate.h"
#include "column/tally.h"

enum step_kind { STEP_GATE, STEP_SITE, STEP_COUNT, STEP_SPREAD };

struct step {
    enum step_kind kind;
    int mask;                   /* GATE, SITE: what is made; COUNT: what is
                                   gone through; SPREAD: MASK_ALL */
    struct gate gate;           /* GATE */
    int a, b;                   /* SITE: A its test; SPREAD: A the cutting, B
                                   which spreading it is */
    int with;                   /* COUNT, SPREAD: what all of them are counted
                                   with too */
    int planes;                 /* how many planes have been needed by then */
    int slot;                   /* GATE, SITE: where it is put */
    int first, count;           /* of `by`. COUNT: 1..COUNT_MAX; SPREAD:
                                   1..VECTOR, at most eight at once */
};

/* One mask that is counted by or spread, and the number of its common or
 * spread. */
struct by {
    int mask, number;
};

struct steps {
    struct step *step;
    int count, room;
    struct by *by;
    int *plane;                 /* masks that are planes, in the order in
                                   which steps first need them */
    int planes, plane_room;
    int spreads;                /* steps that are spreads */
    int slots;                  /* room a block needs, in masks */
};

void steps_init(struct steps *s, const struct tally *t);
void steps_clear(struct steps *s);

#endif
