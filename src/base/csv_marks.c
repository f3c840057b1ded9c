/* csv_marks.c - see csv_marks.h.
 *
 * Which kernels run here is asked once. The program is compiled for any
 * x86-64; a function that needs more says so by itself.
 *
 * Of a row, all kernels but one go from bit to bit of the marks that they
 * find. AVX-512 makes places of all bits at once: it compresses the numbers
 * of the bytes by the mask, widens them, and adds where the block begins. */
#include "base/csv_marks.h"
#include <stdatomic.h>
#include <stddef.h>
#if defined __x86_64__
#include <immintrin.h>
#define WITH(what) __attribute__((target(what)))
#define AVX512 "avx512f,avx512bw,avx512vbmi2,popcnt"
#endif

static const uint64_t ONES = UINT64_C(0x0101010101010101);
static const uint64_t LOW7 = UINT64_C(0x7F7F7F7F7F7F7F7F);

/* The high bit of each byte of X that is not 0. */
static inline uint64_t
not_zero(uint64_t x)
{
    return ((x & LOW7) + LOW7) | x;
}

/* Bits 7, 15, ... 63 to 0..7. */
static inline uint64_t
gather(uint64_t x)
{
    return ((x & ~LOW7) >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static struct csv_marks
portable(const char *block, char separator)
{
    uint64_t sep = ONES * (unsigned char)separator;
    struct csv_marks m = { 0, 0, 0 };

    for (int i = 0; i < CSV_BLOCK / 8; i++) {
        uint64_t x = 0, above_cr;

        for (int k = 7; k >= 0; k--)    /* compilers make it one load */
            x = x << 8 | (unsigned char)block[8 * i + k];
        above_cr = ((x & LOW7) + ONES * (0x7F - '\r')) | x;
        m.separator |= gather(~not_zero(x ^ sep)) << (8 * i);
        m.other |= gather(~(not_zero(x ^ ONES * '"') & above_cr)) << (8 * i);
        m.high |= x & ~LOW7;
    }
    return m;
}

/* A row by FIND; inlined into a function that may use what FIND does. */
static inline __attribute__((always_inline)) struct csv_plain
walk(struct csv_marks (*find)(const char *block, char separator),
     const char *row, char separator, uint32_t *start, size_t room)
{
    struct csv_plain p = { row, 0, 0 };

    while (p.fields <= room) {
        struct csv_marks m = find(p.stop, separator);
        uint64_t next = m.other & -m.other;     /* its lowest bit */
        uint32_t behind = (uint32_t)(p.stop - row) + 1;

        p.high |= m.high;
        for (uint64_t s = m.separator & (next - 1); s != 0; s &= s - 1)
            start[++p.fields] = behind + (uint32_t)__builtin_ctzll(s);
        if (next != 0) {
            p.stop += __builtin_ctzll(next);
            break;
        }
        p.stop += CSV_BLOCK;
    }
    return p;
}

static struct csv_plain
portable_row(const char *row, char separator, uint32_t *start, size_t room)
{
    return walk(portable, row, separator, start, room);
}

#if defined __x86_64__
static struct csv_marks
sse2(const char *block, char separator)
{
    const __m128i sep = _mm_set1_epi8(separator);
    const __m128i quote = _mm_set1_epi8('"'), cr = _mm_set1_epi8('\r');
    __m128i any = _mm_setzero_si128();
    struct csv_marks m = { 0, 0, 0 };

    for (int i = 0; i < CSV_BLOCK / 16; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)block + i);
        __m128i other = _mm_or_si128(
            _mm_cmpeq_epi8(x, quote),
            _mm_cmpeq_epi8(_mm_min_epu8(x, cr), x));

        any = _mm_or_si128(any, x);
        m.separator |= (uint64_t)(unsigned)_mm_movemask_epi8(
                           _mm_cmpeq_epi8(x, sep)) << (16 * i);
        m.other |= (uint64_t)(unsigned)_mm_movemask_epi8(other) << (16 * i);
    }
    m.high = (uint64_t)(unsigned)_mm_movemask_epi8(any);
    return m;
}

static struct csv_plain
sse2_row(const char *row, char separator, uint32_t *start, size_t room)
{
    return walk(sse2, row, separator, start, room);
}

WITH("avx2") static struct csv_marks
avx2(const char *block, char separator)
{
    const __m256i sep = _mm256_set1_epi8(separator);
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i cr = _mm256_set1_epi8('\r');
    __m256i any = _mm256_setzero_si256();
    struct csv_marks m = { 0, 0, 0 };

    for (int i = 0; i < CSV_BLOCK / 32; i++) {
        __m256i x = _mm256_loadu_si256(
            (const __m256i *)(const void *)block + i);
        __m256i other = _mm256_or_si256(
            _mm256_cmpeq_epi8(x, quote),
            _mm256_cmpeq_epi8(_mm256_min_epu8(x, cr), x));

        any = _mm256_or_si256(any, x);
        m.separator |= (uint64_t)(uint32_t)_mm256_movemask_epi8(
                           _mm256_cmpeq_epi8(x, sep)) << (32 * i);
        m.other |= (uint64_t)(uint32_t)_mm256_movemask_epi8(other)
                   << (32 * i);
    }
    m.high = (uint64_t)(uint32_t)_mm256_movemask_epi8(any);
    return m;
}

WITH("avx2") static struct csv_plain
avx2_row(const char *row, char separator, uint32_t *start, size_t room)
{
    return walk(avx2, row, separator, start, room);
}

WITH(AVX512) static struct csv_marks
avx512(const char *block, char separator)
{
    const __m512i x = _mm512_loadu_si512((const void *)block);

    return (struct csv_marks){
        _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(separator)),
        _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('"'))
            | _mm512_cmple_epu8_mask(x, _mm512_set1_epi8('\r')),
        _mm512_movepi8_mask(x)
    };
}

/* START[0] and on become BEHIND and a byte of PLACES each, 16 at a time:
 * LANE of 0 to 3. */
#define PUT_PLACES(start, behind, places, lane) \
    _mm512_storeu_si512((start) + 16 * (lane), _mm512_add_epi32( \
        _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, lane)), \
        behind))

/* Puts where a field begins behind each separator of the block at AT. All
 * four lanes, though two are mostly enough: when they are can't be foreseen,
 * and that would cost more. */
WITH(AVX512) static inline void
put_places(uint32_t *start, uint32_t at, uint64_t separators)
{
    static const char numbers[CSV_BLOCK] = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
    };
    __m512i places = _mm512_maskz_compress_epi8(
        separators, _mm512_loadu_si512(numbers));
    __m512i behind = _mm512_set1_epi32((int)(at + 1));

    PUT_PLACES(start, behind, places, 0);
    PUT_PLACES(start, behind, places, 1);
    PUT_PLACES(start, behind, places, 2);
    PUT_PLACES(start, behind, places, 3);
}

WITH(AVX512) static struct csv_plain
avx512_row(const char *row, char separator, uint32_t *start, size_t room)
{
    struct csv_plain p = { row, 0, 0 };

    while (p.fields <= room) {
        struct csv_marks m = avx512(p.stop, separator);
        uint64_t next = m.other & -m.other;
        uint64_t these = m.separator & (next - 1);

        p.high |= m.high;
        put_places(start + 1 + p.fields, (uint32_t)(p.stop - row), these);
        p.fields += (size_t)__builtin_popcountll(these);
        if (next != 0) {
            p.stop += __builtin_ctzll(next);
            break;
        }
        p.stop += CSV_BLOCK;
    }
    return p;
}

static bool
has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
}

static bool
has_avx512(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vbmi2")
        && __builtin_cpu_supports("popcnt");
}
#endif

static bool
always(void)
{
    return true;
}

const struct csv_marks_kernel *const csv_marks_list[] = {
#if defined __x86_64__
    &(const struct csv_marks_kernel){ "avx512", has_avx512, avx512,
                                       avx512_row },
    &(const struct csv_marks_kernel){ "avx2", has_avx2, avx2, avx2_row },
    &(const struct csv_marks_kernel){ "sse2", always, sse2, sse2_row },
#endif
    &(const struct csv_marks_kernel){ "plain", always, portable,
                                       portable_row },
    NULL
};

static _Atomic(const struct csv_marks_kernel *) chosen;

const struct csv_marks_kernel *
csv_marks_best(void)
{
    const struct csv_marks_kernel *best = atomic_load(&chosen);

    if (best != NULL)
        return best;
    for (int i = 0; best == NULL; i++)
        if (csv_marks_list[i]->runs_here())
            best = csv_marks_list[i];
    atomic_store(&chosen, best);
    return best;
}

void
csv_marks_force(const struct csv_marks_kernel *k)
{
    atomic_store(&chosen, k);
}
