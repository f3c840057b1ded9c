/* placing.h - placing a table: what stands where in it, as numbers. Private to
 * release_place.c, release_shape.c and release_table.c. */
#ifndef REPORT_PLACING_H
#define REPORT_PLACING_H
#include "report/releasing.h"

/* Of hiding a number, as protect.c has them. */
enum { COST_OUTSIDE = 8, COST_CELL = 16, COST_SUM = 400, COST_BASE = 3000 };

/* A table being placed. */
struct placing {
    struct release *r;
    struct entry *e;
    const struct table *t;
    const struct question *q;
    struct box whole;           /* whom it is about */
    int sum;                    /* what its cells add up, or -1 */
};

/* ---- release_place.c ---- */

/* Of variable V the key ID; those with an answer in V; in both X and Y. */
struct box place_key(struct placing *p, int v, const char *id);
struct box place_answered(struct placing *p, int v);
struct box place_both(struct placing *p, struct box x, struct box y);
/* Those of X that the table is about. */
struct box place_within(struct placing *p, struct box x);
/* NUMBER is printed, at a place that costs COST to hide; so is the number of
 * X. */
int place_print(struct placing *p, int number, int cost);
int place_stand(struct placing *p, const struct box *x, int sum, int64_t n,
                int64_t people, int cost);
/* A number that no place has; NO_NUMBER of nobody. */
int place_silent(struct placing *p, const struct box *x, int64_t n);
/* WHOLE (if it is a number) is what those of LIST that are numbers add up
 * to; LIST is changed. */
void place_add_up(struct placing *p, int whole, int *list, int count,
                  bool values);
/* N outside a base for reason K: unanswered, unknown, not asked. */
int64_t place_outside_n(const struct outside *o, int k);
/* N outside base I for reason K: those of X, or by the base's name where
 * they are no box. */
int place_outside(struct placing *p, int i, int k, const struct box *x);
/* Base I, of variable V and of W beside it (-1: none), and those outside. */
void place_base(struct placing *p, int i, int v, int w);

/* ---- release_shape.c ---- */

/* All that the shape of the table has places for. */
void place_shape(struct placing *p);

#endif
