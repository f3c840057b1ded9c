/* kernel_lots.h - spreading masks over lots, for each set of kernels.
 *
 * Included by a file that says how the bits of a word are counted (ones_in)
 * and for which machine (HERE); most lots are a word or two, so that the
 * count has to be part of the loop. */
#include "column/kernel_stripe.h"

HERE static inline uint64_t
ones_in_stripe(const uint64_t *y, const uint64_t *x, const struct stripe *s)
{
    uint64_t n;

    if (s->first == s->last)
        return ones_in(y[s->first] & x[s->first] & s->low & s->high);
    n = ones_in(y[s->first] & x[s->first] & s->low)
      + ones_in(y[s->last] & x[s->last] & s->high);
    for (size_t i = s->first + 1; i < s->last; i++)
        n += ones_in(y[i] & x[i]);
    return n;
}

/* One mask after the other. */
HERE static void
spread_lots(const uint64_t *y, const uint64_t *const *x, uint32_t row,
            uint32_t end, const struct lot *lot, int lots, struct lanes *to)
{
    for (const struct lot *past = lot + lots; lot < past && lot->from < end;
         lot++) {
        struct stripe s = stripe_of(lot, row, end);

        for (int i = 0; i < VECTOR; i++)
            to[lot->place].part[i] += ones_in_stripe(y, x[i], &s);
    }
}
