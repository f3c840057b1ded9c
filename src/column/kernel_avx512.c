/* kernel_avx512.c - kernels for machines with AVX-512 and VPOPCNTDQ.
 *
 * Counting is three instructions a vector and mask: and, count, add. The
 * sums stay in registers while a block is gone through, so the number of
 * masks is unrolled: a case for each. */
#include "column/kernel_made.h"
#ifdef KERNEL_X86
#include <assert.h>
#include <immintrin.h>

#define HERE __attribute__((target( \
    "avx512f,avx512bw,avx512vl,avx512vpopcntdq,bmi2,popcnt")))
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
        && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512vpopcntdq")
        && __builtin_cpu_supports("bmi2")
        && __builtin_cpu_supports("popcnt");
}

INLINE __m512i
get(const uint64_t *from)
{
    return _mm512_loadu_si512((const void *)from);
}

INLINE void
put(uint64_t *to, __m512i v)
{
    _mm512_storeu_si512((void *)to, v);
}

INLINE __m512i
all_of(uint64_t word)
{
    return _mm512_set1_epi64((int64_t)word);
}

#define WIDE __m512i
#define WIDE_WORDS VECTOR
#include "column/kernel_choose.h"
#include "column/kernel_turn.h"
#include "column/kernel_stripe.h"

/* Eight vectors to eight sums. */
INLINE __m512i
sums_of(const __m512i a[VECTOR])
{
    __m512i two[4], four[2];

    WRITE_OUT
    for (int i = 0; i < 4; i++)
        two[i] = _mm512_add_epi64(
            _mm512_unpacklo_epi64(a[2 * i], a[2 * i + 1]),
            _mm512_unpackhi_epi64(a[2 * i], a[2 * i + 1]));
    WRITE_OUT
    for (int i = 0; i < 2; i++)
        four[i] = _mm512_add_epi64(
            _mm512_shuffle_i64x2(two[2 * i], two[2 * i + 1], 0x88),
            _mm512_shuffle_i64x2(two[2 * i], two[2 * i + 1], 0xDD));
    return _mm512_add_epi64(_mm512_shuffle_i64x2(four[0], four[1], 0x88),
                            _mm512_shuffle_i64x2(four[0], four[1], 0xDD));
}

/* Ones in the words of a vector that stand before word N, and in the bits LAST
 * of that one. */
INLINE __m512i
words_up_to(size_t n, uint64_t last)
{
    __m512i all = _mm512_maskz_set1_epi64((__mmask8)((1u << n) - 1), -1);

    return _mm512_mask_set1_epi64(all, (__mmask8)(1u << n), (int64_t)last);
}

INLINE __m512i
words_from(size_t n, uint64_t first)
{
    __m512i all = _mm512_maskz_set1_epi64((__mmask8)(0xFEu << n), -1);

    return _mm512_mask_set1_epi64(all, (__mmask8)(1u << n), (int64_t)first);
}

/* A lot of several vectors: eight masks beside each other, vector by
 * vector. */
INLINE __m512i
ones_in_long(const uint64_t *y, const uint64_t *const *x,
             const struct stripe *s)
{
    const __m512i zero = _mm512_setzero_si512();
    size_t v = s->first / VECTOR, end = s->last / VECTOR;
    __m512i cut = words_from(s->first % VECTOR, s->low);
    __m512i last = words_up_to(s->last % VECTOR, s->high);
    __m512i n[VECTOR] = { zero, zero, zero, zero, zero, zero, zero, zero };

    for (; v < end; v++) {
        cut = _mm512_and_si512(cut, get(y + v * VECTOR));
        WRITE_OUT
        for (int i = 0; i < VECTOR; i++)
            n[i] = _mm512_add_epi64(
                n[i], _mm512_popcnt_epi64(
                          _mm512_and_si512(get(x[i] + v * VECTOR), cut)));
        cut = _mm512_set1_epi64(-1);
    }
    cut = _mm512_and_si512(_mm512_and_si512(cut, last), get(y + v * VECTOR));
    WRITE_OUT
    for (int i = 0; i < VECTOR; i++)
        n[i] = _mm512_add_epi64(
            n[i], _mm512_popcnt_epi64(
                      _mm512_and_si512(get(x[i] + v * VECTOR), cut)));
    return sums_of(n);
}

/* Turns eight words of eight masks, so that word I of all is A[I]. */
INLINE void
turn_words(__m512i a[VECTOR])
{
    __m512i t[VECTOR], u[VECTOR];

    WRITE_OUT
    for (int i = 0; i < 4; i++) {
        t[2 * i] = _mm512_unpacklo_epi64(a[2 * i], a[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_epi64(a[2 * i], a[2 * i + 1]);
    }
    /* t[0] has words 0 2 4 6 of masks 0 and 1, t[1] the others; t[2] those
     * of masks 2 and 3, and so on. */
    WRITE_OUT
    for (int i = 0; i < 2; i++) {
        u[i] = _mm512_shuffle_i64x2(t[i], t[2 + i], 0x88);
        u[2 + i] = _mm512_shuffle_i64x2(t[i], t[2 + i], 0xDD);
        u[4 + i] = _mm512_shuffle_i64x2(t[4 + i], t[6 + i], 0x88);
        u[6 + i] = _mm512_shuffle_i64x2(t[4 + i], t[6 + i], 0xDD);
    }
    WRITE_OUT
    for (int i = 0; i < 2; i++) {
        a[i] = _mm512_shuffle_i64x2(u[i], u[4 + i], 0x88);
        a[4 + i] = _mm512_shuffle_i64x2(u[i], u[4 + i], 0xDD);
        a[2 + i] = _mm512_shuffle_i64x2(u[2 + i], u[6 + i], 0x88);
        a[6 + i] = _mm512_shuffle_i64x2(u[2 + i], u[6 + i], 0xDD);
    }
}

/* A part of what eight masks have in common with another, laid beside each
 * other: all of them word by word, and how many bits each has before the
 * word. So long that it stays in the nearest memory. */
enum { PART_WORDS = 128 };

struct beside {
    __m512i word[PART_WORDS + 1], before[PART_WORDS + 1];   /* 16 KiB */
};

/* WORDS from word FROM on. */
INLINE void
lay_beside(struct beside *b, const uint64_t *y, const uint64_t *const *x,
           size_t from, size_t words)
{
    __m512i n = _mm512_setzero_si512();

    for (size_t w = 0; w < words; w += VECTOR) {
        __m512i with = get(y + from + w);

        WRITE_OUT
        for (int i = 0; i < VECTOR; i++)
            b->word[w + (size_t)i] = _mm512_and_si512(get(x[i] + from + w),
                                                      with);
        turn_words(b->word + w);
        WRITE_OUT
        for (size_t i = 0; i < VECTOR; i++) {
            b->before[w + i] = n;
            n = _mm512_add_epi64(n, _mm512_popcnt_epi64(b->word[w + i]));
        }
    }
    b->word[words] = _mm512_setzero_si512();
    b->before[words] = n;
}

/* How many bits each mask has before row AT of the part. */
INLINE __m512i
ones_before(const struct beside *b, uint32_t at)
{
    uint64_t low = ~(~UINT64_C(0) << at % 64);
    __m512i part = _mm512_and_si512(b->word[at / 64],
                                    _mm512_set1_epi64((int64_t)low));

    return _mm512_add_epi64(b->before[at / 64], _mm512_popcnt_epi64(part));
}

/* The lots of a part, rows ROW..END-1: what is before the end of one less
 * what is before its beginning, which most often is the end of the last.
 * Returns the first that goes on behind the part. */
INLINE const struct lot *
spread_part(const struct beside *b, uint32_t row, uint32_t end,
            const struct lot *lot, const struct lot *past, struct lanes *to)
{
    uint32_t at = lot < past && lot->from > row ? lot->from - row : 0;
    __m512i before = ones_before(b, at < end - row ? at : 0);

    for (; lot < past && lot->from < end; lot++) {
        uint64_t *sum = to[lot->place].part;
        uint32_t next = (lot->to < end ? lot->to : end) - row;
        __m512i n;

        if (lot->from > row + at)
            before = ones_before(b, lot->from - row);
        n = ones_before(b, next);
        _mm512_storeu_si512(sum, _mm512_add_epi64(
                                     get(sum), _mm512_sub_epi64(n, before)));
        if (lot->to > end)
            break;
        before = n;
        at = next;
    }
    return lot;
}

/* Short lots, part by part. */
HERE static void
spread_short(const uint64_t *y, const uint64_t *const *x, uint32_t row,
             uint32_t end, const struct lot *lot, int lots, struct lanes *to)
{
    const struct lot *past = lot + lots;
    struct beside b;

    for (uint32_t from = row; from < end; from += PART_WORDS * 64) {
        uint32_t until = end - from < PART_WORDS * 64
                       ? end : from + PART_WORDS * 64;

        lay_beside(&b, y, x, (from - row) / 64, (until - from) / 64);
        lot = spread_part(&b, from, until, lot, past, to);
    }
}

/* Whether so many lots take less time one after the other than it takes to
 * lay WORDS of the masks beside each other. */
static bool
are_long(const struct lot *lot, int lots, uint32_t end, size_t words)
{
    int most = (int)(words / (2 * VECTOR)) + 1;

    return lots <= most || lot[most].from >= end;
}

HERE static void
spread_lots(const uint64_t *y, const uint64_t *const *x, uint32_t row,
            uint32_t end, const struct lot *lot, int lots, struct lanes *to)
{
    size_t words = (end - row) / 64;

    assert((end - row) % (VECTOR * 64) == 0 && words <= SPREAD_WORDS);
    if (!are_long(lot, lots, end, words)) {
        spread_short(y, x, row, end, lot, lots, to);
        return;
    }
    for (const struct lot *past = lot + lots; lot < past && lot->from < end;
         lot++) {
        struct stripe s = stripe_of(lot, row, end);
        uint64_t *sum = to[lot->place].part;

        _mm512_storeu_si512(sum, _mm512_add_epi64(get(sum),
                                                  ones_in_long(y, x, &s)));
    }
}

/* N is known where this is inlined. */
INLINE void
count_n(const uint64_t *y, const uint64_t *z, const uint64_t *const *x,
        const int n, size_t words, struct lanes *const *sum)
{
    __m512i s[COUNT_MAX];

    WRITE_OUT
    for (int i = 0; i < n; i++)
        s[i] = get(sum[i]->part);
    for (size_t w = 0; w < words; w += VECTOR) {
        __m512i v = _mm512_and_si512(get(y + w), get(z + w));

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
count_512(const uint64_t *y, const uint64_t *z, const uint64_t *const *x,
          int n, size_t words, struct lanes *const *sum)
{
    static_assert(COUNT_MAX == 12, "a case for each");
    switch (n) {
    case 1: count_n(y, z, x, 1, words, sum); break;
    case 2: count_n(y, z, x, 2, words, sum); break;
    case 3: count_n(y, z, x, 3, words, sum); break;
    case 4: count_n(y, z, x, 4, words, sum); break;
    case 5: count_n(y, z, x, 5, words, sum); break;
    case 6: count_n(y, z, x, 6, words, sum); break;
    case 7: count_n(y, z, x, 7, words, sum); break;
    case 8: count_n(y, z, x, 8, words, sum); break;
    case 9: count_n(y, z, x, 9, words, sum); break;
    case 10: count_n(y, z, x, 10, words, sum); break;
    case 11: count_n(y, z, x, 11, words, sum); break;
    default:
        assert(n == 12);
        count_n(y, z, x, 12, words, sum);
        break;
    }
}

INLINE __m128i
sixteen(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)(const void *)from);
}

/* Values become bytes - those that fit none become no value - and are looked
 * up in a register; codes become halves of bytes, of which the bits that are
 * used move together. */
HERE static bool
pack_alike(const struct alike *a, int count, const int32_t *value,
           uint64_t *record)
{
    const __m128i states = _mm_set1_epi8(ALIKE_STATES);
    const __m128i none = _mm_set1_epi8(ALIKE_VALUES - 1);
    const __m128i halves = _mm_set1_epi16(1 | 16 << 8);
    unsigned odd = 0;

    for (const struct alike *end = a + count; a < end; a++) {
        __m128i at = _mm512_cvtsepi32_epi8(_mm512_maskz_loadu_epi32(
            a->variables, value + a->variable));
        __m128i bit, code;

        at = _mm_min_epu8(_mm_add_epi8(at, states), none);
        bit = _mm_shuffle_epi8(sixteen(a->bit), at);
        odd |= _mm_mask_testn_epi8_mask(a->variables, bit, sixteen(a->met));
        code = _mm_shuffle_epi8(sixteen(a->code), at);
        code = _mm_maddubs_epi16(code, halves);
        code = _mm_packus_epi16(code, code);
        record[a->word] |= _pext_u64((uint64_t)_mm_cvtsi128_si64(code),
                                     a->mask) << a->shift;
    }
    return odd == 0;
}

const struct kernels kernels_avx512 = {
    "avx512", runs_here, choose, count_512, spread_lots, turn,
    pack_alike
};
#endif
