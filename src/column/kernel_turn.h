/* kernel_turn.h - squares of bits turned on their sides, for each set of
 * kernels.
 *
 * Included as kernel_choose.h is, with all_of besides: a word, WIDE_WORDS
 * times. The squares stand beside each other, so that every step is the same
 * for all of them and what comes out is lines. */
#include "column/kernel.h"

/* Exchanges the bits of MASK in SIZE rows, shifted, with those in the SIZE
 * rows after them. */
INLINE void
exchange(uint64_t *square, size_t size, uint64_t mask)
{
    const WIDE these = all_of(mask);

    for (size_t i = 0; i < 64; i += 2 * size)
        for (size_t k = i * VECTOR; k < (i + size) * VECTOR;
             k += WIDE_WORDS) {
            uint64_t *low = square + k, *high = low + size * VECTOR;
            WIDE a = get(low), b = get(high);
            WIDE x = ((a >> size) ^ b) & these;

            put(low, a ^ (x << size));
            put(high, b ^ x);
        }
}

/* Halves are exchanged, then quarters, and so on. */
HERE static void
turn(uint64_t *square)
{
    exchange(square, 32, 0x00000000FFFFFFFF);
    exchange(square, 16, 0x0000FFFF0000FFFF);
    exchange(square, 8, 0x00FF00FF00FF00FF);
    exchange(square, 4, 0x0F0F0F0F0F0F0F0F);
    exchange(square, 2, 0x3333333333333333);
    exchange(square, 1, 0x5555555555555555);
}
