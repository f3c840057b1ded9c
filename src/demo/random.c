/* random.c - see random.h. SplitMix64. */
#include "demo/random.h"
#include <assert.h>

void
demo_random_init(struct demo_random *r, uint64_t seed)
{
    r->state = seed;
}

uint64_t
demo_random_next(struct demo_random *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int
demo_random_below(struct demo_random *r, int n)
{
    assert(n > 0);
    /* 32 bits times N: its bias is far below what a round can show. */
    return (int)(((demo_random_next(r) >> 32) * (uint64_t)n) >> 32);
}

bool
demo_random_chance(struct demo_random *r, int permille)
{
    return demo_random_below(r, 1000) < permille;
}

int
demo_random_normal(struct demo_random *r)
{
    int sum = -6000;

    for (int i = 0; i < 12; i++)
        sum += demo_random_below(r, 1001);
    return sum;
}

int
demo_random_pick(struct demo_random *r, const int *weight, int n)
{
    int sum = 0, at;

    for (int i = 0; i < n; i++)
        sum += weight[i];
    if (sum == 0)
        return -1;
    at = demo_random_below(r, sum);
    for (int i = 0; i < n; i++) {
        if (at < weight[i])
            return i;
        at -= weight[i];
    }
    return -1;
}
