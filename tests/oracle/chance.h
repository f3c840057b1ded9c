/* chance.h - numbers by chance that a seed repeats, for tests. */
#ifndef TESTS_CHANCE_H
#define TESTS_CHANCE_H
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;             /* the seed, to begin with */
};

/* Splitmix64. */
static inline uint64_t
chance_next(struct chance *c)
{
    uint64_t z = (c->state += 0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

/* One of LOW .. HIGH. */
static inline int
chance_int(struct chance *c, int low, int high)
{
    assert(low <= high);
    return low + (int)(chance_next(c) % ((uint64_t)(high - low) + 1));
}

/* True PERCENT times of a hundred. */
static inline bool
chance_of(struct chance *c, int percent)
{
    return chance_int(c, 1, 100) <= percent;
}

#endif
