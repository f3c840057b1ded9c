/* kernel.c - see kernel.h: the choice, and the plain kernels. */
#include "column/kernel.h"
#include <stdatomic.h>
#include <string.h>
#include "column/kernel_made.h"

static bool
always(void)
{
    return true;
}

/* Sums of neighbouring bits, then of pairs, then of fours. */
static uint64_t
ones_in(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return x * 0x0101010101010101 >> 56;
}

static inline uint64_t
get(const uint64_t *from)
{
    return *from;
}

static inline void
put(uint64_t *to, uint64_t word)
{
    *to = word;
}

static inline uint64_t
all_of(uint64_t word)
{
    return word;
}

#define HERE
#define INLINE static inline
#define WIDE uint64_t
#define WIDE_WORDS 1
#include "column/kernel_choose.h"
#include "column/kernel_turn.h"
#include "column/kernel_lots.h"

static void
plain_count(const uint64_t *y, const uint64_t *z, const uint64_t *const *x,
            int n, size_t words, struct lanes *const *sum)
{
    for (int i = 0; i < n; i++) {
        uint64_t ones = 0;

        for (size_t w = 0; w < words; w++)
            ones += ones_in(y[w] & z[w] & x[i][w]);
        sum[i]->part[0] += ones;
    }
}

static const struct kernels plain = {
    "plain", always, choose, plain_count, spread_lots, turn, NULL
};

const struct kernels *const kernel_list[] = {
#ifdef KERNEL_X86
    &kernels_avx512, &kernels_avx2,
#endif
    &plain, NULL
};

static _Atomic(const struct kernels *) chosen;

const struct kernels *
kernel_best(void)
{
    const struct kernels *best = atomic_load(&chosen);

    if (best != NULL)
        return best;
    for (int i = 0; best == NULL; i++)
        if (kernel_list[i]->runs_here())
            best = kernel_list[i];
    atomic_store(&chosen, best);
    return best;
}

bool
kernel_force(const char *id)
{
    atomic_store(&chosen, NULL);
    if (id == NULL)
        return true;
    for (int i = 0; kernel_list[i] != NULL; i++) {
        if (strcmp(kernel_list[i]->id, id) != 0)
            continue;
        if (!kernel_list[i]->runs_here())
            return false;
        atomic_store(&chosen, kernel_list[i]);
        return true;
    }
    return false;
}
