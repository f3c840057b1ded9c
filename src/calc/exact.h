/* exact.h - whether two groups differ by more than chance would make them.
 *
 * A full count has no error of sampling. What is asked here is another
 * question: had the same people been put into the two groups by lot, how
 * often would the groups differ as much as they do? All tests are given the
 * margins and are two-sided: they add up the probability of every table that
 * is no likelier than the one found.
 *
 * Plain doubles; the same numbers give the same answer on every machine that
 * has IEEE arithmetic, to the last digits that nobody looks at. */
#ifndef CALC_EXACT_H
#define CALC_EXACT_H
#include <stdint.h>

enum {
    EXACT_DRAWS = 9999,         /* of a permutation test */
    EXACT_KEYS_MAX = 64,        /* values that a group is divided by */
    EXACT_PEOPLE_MAX = 8000000  /* in both groups */
};

/* Fisher's exact test: A of the first group have it and B have not, C and D
 * of the second. 0 or more each, EXACT_PEOPLE_MAX together at most. 1 where
 * a group is empty. The probability, 0 < p <= 1. */
double exact_fisher(int64_t a, int64_t b, int64_t c, int64_t d);

/* The same for groups divided by COUNT values (2..EXACT_KEYS_MAX): Fisher's
 * test as Freeman and Halton extended it, by a permutation test of
 * EXACT_DRAWS tables with the same margins, drawn by a generator that always
 * begins alike: (1 + those no likelier) / (1 + draws). */
double exact_permutation(const int64_t *first, const int64_t *second,
                         int count);

/* The probabilities P of COUNT tests, adjusted after Holm, so that among all
 * of them the chance of one false finding is at most the limit they are
 * compared with. Keeps their order. */
void exact_holm(double *p, int count);

#endif
