/* kernel_avx512.c - kernels for machines with AVX-512 and VPOPCNTDQ.
 *
 * Counting is three instructions a vector and mask: and, count, add. The
 * sums stay in registers while a block is gone through, so the number of
 * masks is unrolled: a case for each. */
#include "column/kernel_made.h"
#ifdef KERNEL_X86
#include <assert.h>
#include <immintrin.h>

#define HERE __attribute__((target("avx512f,avx512vl,avx512vpopcntdq,popcnt")))
#define INLINE static inline __attribute__((always_inline)) HERE

/* The next loop is written out: what it fills are registers. */
#if defined __clang__
#define WRITE_OUT _Pragma("clang loop unroll(full)")
#else
#define WRITE_OUT _Pragma("GCC unroll 12")
#endif

static bool
runs_here(void)
{
    return __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512vpopcntdq")
        && __builtin_cpu_supports("popcnt");
}

INLINE __m512i
get(const uint64_t *from)
{
    return _mm512_loadu_si512((const void *)from);
}

HERE static void
and_512(uint64_t *to, const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += VECTOR)
        _mm512_storeu_si512(to + i, _mm512_and_si512(get(a + i), get(b + i)));
}

HERE static void
and_not_512(uint64_t *to, const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += VECTOR)
        _mm512_storeu_si512(to + i,
                            _mm512_andnot_si512(get(b + i), get(a + i)));
}

HERE static void
or_512(uint64_t *to, const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += VECTOR)
        _mm512_storeu_si512(to + i, _mm512_or_si512(get(a + i), get(b + i)));
}

#include "column/kernel_stripe.h"

/* The masks are laid beside each other first, word by word, so that one
 * instruction counts a word of all eight. */
HERE static void
spread_lots(const uint64_t *const *x, uint32_t row, uint32_t end,
            const struct lot *lot, int lots, struct lanes *to)
{
    struct lanes word[SPREAD_WORDS];   /* 16 KiB */
    size_t words = (end - row + 63) / 64;

    assert(words <= SPREAD_WORDS);
    for (size_t w = 0; w < words; w++)
        for (int i = 0; i < VECTOR; i++)
            word[w].part[i] = x[i][w];
    for (const struct lot *past = lot + lots; lot < past && lot->from < end;
         lot++) {
        struct stripe s = stripe_of(lot, row, end);
        uint64_t *sum = to[lot->place].part;
        __m512i n = get(sum);
        uint64_t cut = s.low;

        for (size_t w = s.first; w <= s.last; w++) {
            __m512i all = get(word[w].part);

            if (w == s.last)
                cut &= s.high;
            all = _mm512_and_si512(all, _mm512_set1_epi64((int64_t)cut));
            n = _mm512_add_epi64(n, _mm512_popcnt_epi64(all));
            cut = ~UINT64_C(0);
        }
        _mm512_storeu_si512(sum, n);
    }
}

/* N is known where this is inlined. */
INLINE void
count_n(const uint64_t *y, const uint64_t *const *x, const int n,
        size_t words, struct lanes *const *sum)
{
    __m512i s[COUNT_MAX];

    WRITE_OUT
    for (int i = 0; i < n; i++)
        s[i] = get(sum[i]->part);
    for (size_t w = 0; w < words; w += VECTOR) {
        __m512i v = get(y + w);

        WRITE_OUT
        for (int i = 0; i < n; i++) {
            __m512i both = _mm512_and_si512(v, get(x[i] + w));

            s[i] = _mm512_add_epi64(s[i], _mm512_popcnt_epi64(both));
        }
    }
    WRITE_OUT
    for (int i = 0; i < n; i++)
        _mm512_storeu_si512(sum[i]->part, s[i]);
}

HERE static void
count_512(const uint64_t *y, const uint64_t *const *x, int n, size_t words,
          struct lanes *const *sum)
{
    static_assert(COUNT_MAX == 12, "a case for each");
    switch (n) {
    case 1: count_n(y, x, 1, words, sum); break;
    case 2: count_n(y, x, 2, words, sum); break;
    case 3: count_n(y, x, 3, words, sum); break;
    case 4: count_n(y, x, 4, words, sum); break;
    case 5: count_n(y, x, 5, words, sum); break;
    case 6: count_n(y, x, 6, words, sum); break;
    case 7: count_n(y, x, 7, words, sum); break;
    case 8: count_n(y, x, 8, words, sum); break;
    case 9: count_n(y, x, 9, words, sum); break;
    case 10: count_n(y, x, 10, words, sum); break;
    case 11: count_n(y, x, 11, words, sum); break;
    default:
        assert(n == 12);
        count_n(y, x, 12, words, sum);
        break;
    }
}

const struct kernels kernels_avx512 = {
    "avx512", runs_here, { and_512, and_not_512, or_512 }, count_512,
    spread_lots
};
#endif
