/* kernel_choose.h - a mask of three others, for each set of kernels.
 *
 * Included by a file that says what is worked on at a time (WIDE, which has
 * WIDE_WORDS words, get and put) and for which machine (INLINE, HERE). There
 * is a loop for each truth table: where the table is known, two to four
 * instructions are left of it. */
#include "column/kernel.h"

/* Of B and C, as the lower four bits of TABLE say. */
INLINE WIDE
of_two(unsigned table, WIDE b, WIDE c)
{
    switch (table & 15) {
    case 0: return b ^ b;
    case 1: return ~(b | c);
    case 2: return ~b & c;
    case 3: return ~b;
    case 4: return b & ~c;
    case 5: return ~c;
    case 6: return b ^ c;
    case 7: return ~(b & c);
    case 8: return b & c;
    case 9: return ~(b ^ c);
    case 10: return c;
    case 11: return ~b | c;
    case 12: return b;
    case 13: return b | ~c;
    case 14: return b | c;
    default: return ~(b ^ b);
    }
}

INLINE WIDE
of_three(unsigned table, WIDE a, WIDE b, WIDE c)
{
    unsigned with = table >> 4, without = table & 15;

    if (with == without)
        return of_two(with, b, c);
    if (with == 15)
        return a | of_two(without, b, c);
    if (without == 15)
        return ~a | of_two(with, b, c);
    if (with == (without ^ 15))
        return a ^ of_two(without, b, c);
    return (a & of_two(with, b, c)) | (~a & of_two(without, b, c));
}

INLINE void
choose_by(const unsigned table, uint64_t *to, const uint64_t *const x[3],
          size_t words)
{
    const uint64_t *a = x[0], *b = x[1], *c = x[2];

    for (size_t i = 0; i < words; i += WIDE_WORDS)
        put(to + i, of_three(table, get(a + i), get(b + i), get(c + i)));
}

#define CHOOSE_1(t) case (t): choose_by((t), to, x, words); break;
#define CHOOSE_4(t) CHOOSE_1((t)) CHOOSE_1((t) + 1) CHOOSE_1((t) + 2) \
                    CHOOSE_1((t) + 3)
#define CHOOSE_16(t) CHOOSE_4((t)) CHOOSE_4((t) + 4) CHOOSE_4((t) + 8) \
                     CHOOSE_4((t) + 12)
#define CHOOSE_64(t) CHOOSE_16((t)) CHOOSE_16((t) + 16) \
                     CHOOSE_16((t) + 32) CHOOSE_16((t) + 48)

HERE static void
choose(uint64_t *to, const uint64_t *const x[3], uint8_t table, size_t words)
{
    switch (table) {
    CHOOSE_64(0)
    CHOOSE_64(64)
    CHOOSE_64(128)
    CHOOSE_64(192)
    }
}
