/* kernel_stripe.h - where a lot stands in a mask; included by kernels. */
#ifndef COLUMN_KERNEL_STRIPE_H
#define COLUMN_KERNEL_STRIPE_H
#include <stddef.h>
#include "column/kernel.h"

/* Bits of a mask: words, and what counts of the first and the last of
 * them. */
struct stripe {
    size_t first, last;
    uint64_t low, high;
};

/* Where LOT stands in a mask of rows ROW..END-1. */
static inline struct stripe
stripe_of(const struct lot *lot, uint32_t row, uint32_t end)
{
    uint32_t from = lot->from > row ? lot->from - row : 0;
    uint32_t last = (lot->to < end ? lot->to : end) - row - 1;

    return (struct stripe){
        from / 64, last / 64, ~UINT64_C(0) << from % 64,
        ~UINT64_C(0) >> (63 - last % 64)
    };
}

#endif
