/* proof.h - whether hidden numbers are safe, shown by another truth.
 *
 * A system is numbers and sums over them that are nought. Some numbers are
 * hidden or never shown; for each that must be able to be as large as `need`
 * a change of hidden numbers is looked for that keeps every sum, every least
 * value and how sets lie in one another: a witness. Where there is none, the
 * cheapest change that also moves shown numbers is looked for by a linear
 * program (GLPK), and what it moves is hidden too. What is proved once stays
 * so, for hiding more only leaves more truths.
 *
 * What is hidden for others' sake only is gone over once more, for every step
 * hid without knowing of those after it: a number is shown again where each
 * that has a need keeps a witness in which it does not move. In the end none
 * of them can be shown by itself.
 *
 * Whole numbers throughout: a witness with fractions is turned into one
 * without by branching, and checked by integer arithmetic. Deterministic. */
#ifndef REPORT_PROOF_H
#define REPORT_PROOF_H
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct proof_number {
    int64_t n;
    int64_t least;              /* that a reader takes it for */
    int cost;                   /* of hiding it, 0: it is known for good */
    bool hidden;                /* in and out */
    bool silent;                /* never shown: costs nothing to move */
    int64_t need;               /* 0: none; else above N */
    bool proved;                /* out */
    int because;                /* out, of one that proof_spare has left
                                 * hidden: a number that has no witness
                                 * without it */
};

struct witness;

struct proof_term {
    int number, times;          /* times: not 0 */
};
struct proof_sum {
    int first, count;           /* of terms */
};

struct proof {
    struct arena *arena;
    struct proof_number *number;
    int numbers;
    const struct proof_term *term;
    const struct proof_sum *sum;
    int sums;
    /* Whether INNER's recipients are among OUTER's; never asked of two that
     * could not be out of order. */
    bool (*within)(void *ctx, int inner, int outer);
    void *ctx;
    int zeros;                  /* cost of hiding a nought, 0: never */
    int programs;               /* out: linear programs solved */
    const struct witness **by;  /* of each proved number: what proves it */
};

/* Hides until every number with a need is proved; how many could not be. */
int proof_run(struct proof *p);
/* After it: of the COUNT hidden numbers of LIST, none of which has a need
 * itself, shows those that nothing needs, the first of the list first. */
void proof_spare(struct proof *p, const int *list, int count);

#endif
