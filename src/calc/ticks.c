/* ticks.c - see ticks.h.
 *
 * SSE2 is part of every x86-64; elsewhere there is only the plain way. */
#include "calc/ticks.h"
#include <string.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

/* Tick I, where services were gone through. */
static void
take_one(struct ticks *t, int32_t *value, int i)
{
    bool has = value[i] != VALUE_UNASKED, yes = value[i] == 1;

    t->yes[i / 64] |= (uint64_t)yes << (i % 64);
    t->has[i / 64] |= (uint64_t)has << (i % 64);
    if (has)
        value[i] = yes;
}

static void
clear(struct ticks *t, int count)
{
    size_t words = (size_t)(count + 63) / 64;

    memset(t->yes, 0, words * sizeof *t->yes);
    memset(t->has, 0, words * sizeof *t->has);
}

void
ticks_take_plain(struct ticks *t, int32_t *value, int count, bool done)
{
    clear(t, count);
    for (int i = 0; i < count; i++)
        if (done)
            take_one(t, value, i);
        else if (value[i] != VALUE_UNASKED)
            value[i] = VALUE_UNANSWERED;
}

#if defined __SSE2__
/* The highest bit of each of four values. */
static inline uint64_t
bits(__m128i four)
{
    return (uint64_t)_mm_movemask_ps(_mm_castsi128_ps(four));
}

/* Four ticks at VALUE, where services were gone through; which of them are
 * a yes, and which not asked. */
static inline void
take_four(int32_t *value, uint64_t *yes, uint64_t *out)
{
    const __m128i one = _mm_set1_epi32(1);
    const __m128i unasked = _mm_set1_epi32(VALUE_UNASKED);
    __m128i *at = (__m128i *)(void *)value;
    __m128i x = _mm_loadu_si128(at);
    __m128i is_yes = _mm_cmpeq_epi32(x, one);
    __m128i is_out = _mm_cmpeq_epi32(x, unasked);

    *yes = bits(is_yes);
    *out = bits(is_out);
    _mm_storeu_si128(at, _mm_or_si128(_mm_and_si128(is_yes, one),
                                      _mm_and_si128(is_out, unasked)));
}

/* The first COUNT ticks of a word, a multiple of four. */
static inline void
take_word(struct ticks *t, int w, int32_t *value, int count)
{
    uint64_t yes = 0, has = 0;

    for (int i = 0; i < count; i += 4) {
        uint64_t four, out;

        take_four(value + i, &four, &out);
        yes |= four << i;
        has |= (out ^ 15) << i;
    }
    t->yes[w] = yes;
    t->has[w] = has;
}

void
ticks_take(struct ticks *t, int32_t *value, int count, bool done)
{
    if (!done) {
        ticks_take_plain(t, value, count, false);
        return;
    }
    for (int i = 0; i < count; i += 64)
        take_word(t, i / 64, value + i,
                  (count - i < 64 ? count - i : 64) & ~3);
    for (int i = count & ~3; i < count; i++)
        take_one(t, value, i);
}
#else
void
ticks_take(struct ticks *t, int32_t *value, int count, bool done)
{
    ticks_take_plain(t, value, count, done);
}
#endif
