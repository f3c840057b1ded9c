/* sure.h - what holds of every true number behind rounded ones.
 *
 * A number shown as V by a rule that rounds to multiples of BASE may be
 * anything from V - BASE + 1 to V + BASE - 1. Which of two is larger, or
 * whether one is more than half, is said of the people and not of the digits:
 * so only where it is true of all that could have become what is shown. By
 * BASE 0 (nothing is rounded) each is what it is. */
#ifndef REPORT_SURE_H
#define REPORT_SURE_H
#include "report/tree.h"

/* The least and the most that V may be. */
int64_t sure_least(int64_t v, int base);
int64_t sure_most(int64_t v, int base);
/* Whether the number A is larger than B. */
bool sure_larger(int64_t a, int64_t b, int base);
/* Whether the share of A is larger than that of B, which are of others. A
 * share of nobody may be any where somebody was rounded away. */
bool sure_share_larger(const struct doc_cell *a, const struct doc_cell *b,
                       int base);
/* Whether TOP is more than all the other PARTS - 1 together, in WHOLE; the
 * whole too is rounded. */
bool sure_majority(int64_t top, int64_t whole, int parts, int base);
/* Whether it is told that C is none of its base, or all: by rounding never. */
bool sure_told(const struct doc_cell *c, int base);

#endif
