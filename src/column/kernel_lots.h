/* kernel_lots.h - spreading a mask over lots, for each set of kernels.
 *
 * Included by a file that says how the bits of a word are counted (ones_in)
 * and for which machine (HERE); most lots are a word or two, so that the
 * count has to be part of the loop. */
#include <stddef.h>
#include "column/kernel.h"

/* Bits FROM..TO-1 of a mask, FROM < TO: words and what counts of the first
 * and the last of them. */
struct stripe {
    size_t first, last;
    uint64_t low, high;
};

HERE static inline uint64_t
ones_in_stripe(const uint64_t *mask, const struct stripe *s)
{
    uint64_t n;

    if (s->first == s->last)
        return ones_in(mask[s->first] & s->low & s->high);
    n = ones_in(mask[s->first] & s->low) + ones_in(mask[s->last] & s->high);
    for (size_t i = s->first + 1; i < s->last; i++)
        n += ones_in(mask[i]);
    return n;
}

HERE static void
spread_lots(const uint64_t *const *x, int n, uint32_t row, uint32_t end,
            const struct lot *lot, int lots, int64_t *const *to)
{
    for (const struct lot *past = lot + lots; lot < past && lot->from < end;
         lot++) {
        uint32_t from = lot->from > row ? lot->from - row : 0;
        uint32_t last = (lot->to < end ? lot->to : end) - row - 1;
        struct stripe s = {
            from / 64, last / 64, ~UINT64_C(0) << from % 64,
            ~UINT64_C(0) >> (63 - last % 64)
        };

        for (int i = 0; i < n; i++)
            to[i][lot->place] += (int64_t)ones_in_stripe(x[i], &s);
    }
}
