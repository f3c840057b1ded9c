/* random.h - the demo's own chance: the same on every machine, for ever.
 *
 * Not base/random: that one is chosen by main and may be replaced; these
 * numbers are part of the demo's data. Integers only. */
#ifndef DEMO_RANDOM_H
#define DEMO_RANDOM_H
#include <stdbool.h>
#include <stdint.h>

struct demo_random {
    uint64_t state;
};

void demo_random_init(struct demo_random *r, uint64_t seed);
uint64_t demo_random_next(struct demo_random *r);
/* 0..N-1; N is 1 or more. */
int demo_random_below(struct demo_random *r, int n);
/* True PERMILLE times in a thousand; below 0 never, above 1000 always. */
bool demo_random_chance(struct demo_random *r, int permille);
/* Near the normal distribution, in thousandths of its deviation. */
int demo_random_normal(struct demo_random *r);
/* A place 0..N-1 by WEIGHT; -1 if all are 0. */
int demo_random_pick(struct demo_random *r, const int *weight, int n);

#endif
