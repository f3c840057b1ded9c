/* kernel_avx2.c - kernels for machines with AVX2.
 *
 * Bits are counted by looking up each half byte in a register; the counts
 * of up to thirty-one vectors fit a byte, and are added up after that. */
#include "column/kernel_made.h"
#ifdef KERNEL_X86
#include <assert.h>
#include <immintrin.h>

#define HERE __attribute__((target("avx2,popcnt")))
#define INLINE static inline __attribute__((always_inline)) HERE

enum { HALF = VECTOR / 2, RUN = 31 * HALF };   /* words; of a byte's counts */

static bool
runs_here(void)
{
    return __builtin_cpu_supports("avx2")
        && __builtin_cpu_supports("popcnt");
}

INLINE __m256i
get(const uint64_t *from)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

INLINE void
put(uint64_t *to, __m256i v)
{
    _mm256_storeu_si256((__m256i *)(void *)to, v);
}

INLINE __m256i
all_of(uint64_t word)
{
    return _mm256_set1_epi64x((int64_t)word);
}

#define WIDE __m256i
#define WIDE_WORDS HALF
#include "column/kernel_choose.h"
#include "column/kernel_turn.h"

/* How many bits each byte of V has. */
INLINE __m256i
ones_of(__m256i v)
{
    const __m256i table = _mm256_setr_epi8(
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(0x0F);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(v, 4), low);

    return _mm256_add_epi8(
        _mm256_shuffle_epi8(table, _mm256_and_si256(v, low)),
        _mm256_shuffle_epi8(table, high));
}

/* By the machine's own instruction. */
INLINE uint64_t
ones_in(uint64_t word)
{
    return (uint64_t)__builtin_popcountll(word);
}

#include "column/kernel_lots.h"

/* Carry-save adding: what two bits and a third make, of every place. */
INLINE __m256i
add_bits(__m256i *low, __m256i a, __m256i b)
{
    __m256i u = _mm256_xor_si256(*low, a);
    __m256i carry = _mm256_or_si256(_mm256_and_si256(*low, a),
                                    _mm256_and_si256(u, b));

    *low = _mm256_xor_si256(u, b);
    return carry;
}

/* What Y, Z and X have in common from word W on. */
INLINE __m256i
common(const uint64_t *y, const uint64_t *z, const uint64_t *x, size_t w)
{
    return _mm256_and_si256(_mm256_and_si256(get(y + w), get(z + w)),
                            get(x + w));
}

/* Four vectors make one of ones, one of twos and one of fours; only the
 * fours are counted as they come. */
HERE static void
count_one(const uint64_t *y, const uint64_t *z, const uint64_t *x,
          size_t words, struct lanes *sum)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i ones = zero, twos = zero, fours, a, b, bytes;
    __m256i total = zero;
    size_t w = 0;

    while (w + (size_t)4 * HALF <= words) {
        size_t end = w + (size_t)4 * RUN;

        bytes = zero;
        for (; w + (size_t)4 * HALF <= words && w < end;
             w += (size_t)4 * HALF) {
            a = add_bits(&ones, common(y, z, x, w), common(y, z, x, w + 4));
            b = add_bits(&ones, common(y, z, x, w + 8),
                         common(y, z, x, w + 12));
            fours = add_bits(&twos, a, b);
            bytes = _mm256_add_epi8(bytes, ones_of(fours));
        }
        total = _mm256_add_epi64(total, _mm256_sad_epu8(bytes, zero));
    }
    total = _mm256_slli_epi64(total, 2);
    a = _mm256_sad_epu8(ones_of(twos), zero);
    total = _mm256_add_epi64(total, _mm256_slli_epi64(a, 1));
    total = _mm256_add_epi64(total, _mm256_sad_epu8(ones_of(ones), zero));
    for (; w < words; w += HALF) {
        a = ones_of(common(y, z, x, w));
        total = _mm256_add_epi64(total, _mm256_sad_epu8(a, zero));
    }
    put(sum->part, _mm256_add_epi64(get(sum->part), total));
}

HERE static void
count_256(const uint64_t *y, const uint64_t *z, const uint64_t *const *x,
          int n, size_t words, struct lanes *const *sum)
{
    for (int i = 0; i < n; i++)
        count_one(y, z, x[i], words, sum[i]);
}

const struct kernels kernels_avx2 = {
    "avx2", runs_here, choose, count_256, spread_lots, turn, NULL
};
#endif
