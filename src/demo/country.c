/* country.c - see country.h: how many registrations each round has, and in
 * which order all of them arrive.
 *
 * Each round gets one, the rest by weight; what rounding leaves goes to the
 * largest remainders. The order is a permutation that needs no memory: odd
 * multiplications and shifts within the next power of two, again until the
 * result is one of the numbers there are. */
#include "demo/country.h"
#include <assert.h>
#include <stdlib.h>
#include "base/clock.h"
#include "demo/countrying.h"

struct rest {
    int64_t left;
    int round;
};

static int
by_left(const void *a, const void *b)
{
    const struct rest *x = a, *y = b;

    if (x->left != y->left)
        return x->left < y->left ? 1 : -1;
    return x->round - y->round;
}

static void
share_out(struct country *c, const int64_t *weight)
{
    struct rest *rest = arena_array(&c->arena, (size_t)c->rounds,
                                    sizeof *rest);
    int least = c->registrations >= c->rounds;
    int64_t n = c->registrations - (least ? c->rounds : 0), sum = 0;
    int64_t given = 0;

    for (int i = 0; i < c->rounds; i++)
        sum += weight[i];
    assert(sum < INT64_MAX / COUNTRY_MAX);
    for (int i = 0; i < c->rounds; i++) {
        int64_t part = n * weight[i] / sum;

        c->round[i].count = (int32_t)part + least;
        given += part;
        rest[i] = (struct rest){ n * weight[i] % sum, i };
    }
    qsort(rest, (size_t)c->rounds, sizeof *rest, by_left);
    for (int i = 0; given < n; i++, given++)
        c->round[rest[i].round].count++;
}

struct country *
country_new(int64_t registrations, uint64_t seed)
{
    struct country *c = mem_take(sizeof *c);
    int64_t *weight;
    int32_t start = 0;

    assert(registrations >= 0 && registrations <= COUNTRY_MAX);
    *c = (struct country){ .registrations = registrations, .seed = seed };
    arena_init(&c->arena);
    country_places(c, &weight);
    country_tables(&c->table);
    share_out(c, weight);
    c->starts = arena_array(&c->arena, (size_t)c->rounds + 1,
                            sizeof *c->starts);
    for (int i = 0; i < c->rounds; i++) {
        c->starts[i] = c->round[i].start = start;
        start += c->round[i].count;
    }
    c->starts[c->rounds] = start;
    return c;
}

void
country_free(struct country *c)
{
    if (c == NULL)
        return;
    arena_clear(&c->arena);
    free(c);
}

int64_t
country_registrations(const struct country *c)
{
    return c->registrations;
}

int
country_rounds(const struct country *c)
{
    return c->rounds;
}

const struct country_round *
country_round(const struct country *c, int i)
{
    assert(i >= 0 && i < c->rounds);
    return &c->round[i];
}

uint32_t
country_shuffle(uint64_t key, uint32_t n, uint32_t x)
{
    int bits = 1;
    uint32_t mask, a = (uint32_t)key | 1, b = (uint32_t)(key >> 32);

    assert(x < n);
    while (bits < 32 && (n - 1) >> bits != 0)
        bits++;
    mask = bits < 32 ? (UINT32_C(1) << bits) - 1 : UINT32_MAX;
    do {
        x = (x * a + b) & mask;
        x ^= x >> (bits / 2 + 1);
        x = (x * 0x9E3779B1u + a) & mask;
        x ^= x >> (bits / 2 + 1);
        x = (x * 0x85EBCA6Bu + (b ^ a)) & mask;
        x ^= x >> (bits / 2 + 1);
    } while (x >= n);
    return x;
}

int
country_arrival(const struct country *c, int64_t i)
{
    int32_t at;
    int low = 0, high = c->rounds;

    assert(i >= 0 && i < c->registrations);
    at = (int32_t)country_shuffle(country_mix(c->seed ^ 0x5851F42D),
                                  (uint32_t)c->registrations, (uint32_t)i);
    /* The last round that begins at AT or before it. */
    while (high - low > 1) {
        int middle = low + (high - low) / 2;

        if (c->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int32_t
country_day(int year, int n)
{
    /* Twenty days in four weeks of May, none at a week's end. */
    int32_t first = day_from_date(year, 5, 4);

    first += (8 - day_weekday(first)) % 7;
    return first + n / 5 * 7 + n % 5;
}
