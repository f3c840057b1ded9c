/* exact.c - see exact.h.
 *
 * One group's share of a value, all margins given, is hypergeometric. Its
 * probabilities are had from each other by a ratio of whole numbers, going
 * out from the likeliest one, so that nothing large is ever subtracted; only
 * the table found needs no logarithm either. */
#include "calc/exact.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Two tables are equally likely that differ by rounding alone. */
static const double near = 1.0 + 1e-7;

/* How many of N drawn from GOOD and BAD are good. */
struct urn {
    int64_t n, good, bad;
    int64_t low, high, mode;
};

static struct urn
urn_of(int64_t n, int64_t good, int64_t bad)
{
    struct urn u = { .n = n, .good = good, .bad = bad };

    u.low = n > bad ? n - bad : 0;
    u.high = n < good ? n : good;
    u.mode = (int64_t)(((double)n + 1) * ((double)good + 1)
                       / ((double)good + (double)bad + 2));
    if (u.mode < u.low)
        u.mode = u.low;
    if (u.mode > u.high)
        u.mode = u.high;
    return u;
}

/* How much likelier K + 1 is than K. */
static double
ratio(const struct urn *u, int64_t k)
{
    return (double)(u->good - k) * (double)(u->n - k)
           / ((double)(k + 1) * (double)(u->bad - u->n + k + 1));
}

double
exact_fisher(int64_t a, int64_t b, int64_t c, int64_t d)
{
    struct urn u = urn_of(a + b, a + c, b + d);
    double found = 1, p = 1, all = 1, out = 0;

    assert(a >= 0 && b >= 0 && c >= 0 && d >= 0
           && a + b + c + d <= EXACT_PEOPLE_MAX);
    /* Everything relative to the likeliest table, which is 1. */
    for (int64_t k = u.mode; k < a; k++)
        found *= ratio(&u, k);
    for (int64_t k = u.mode; k > a; k--)
        found /= ratio(&u, k - 1);
    if (u.mode == a || found * near >= 1)
        return 1;
    for (int64_t k = u.mode; k < u.high; k++) {
        p *= ratio(&u, k);
        all += p;
        if (p <= found * near)
            out += p;
    }
    p = 1;
    for (int64_t k = u.mode; k > u.low; k--) {
        p /= ratio(&u, k - 1);
        all += p;
        if (p <= found * near)
            out += p;
    }
    p = out / all;
    return p > 1 ? 1 : p < 1e-300 ? 1e-300 : p;
}

/* ---- more than two values ---- */

/* xorshift64*, Vigna 2016: a good enough lot, and always the same. */
static double
lot(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * UINT64_C(2685821657736338717)) >> 11)
           * 0x1p-53;
}

/* Draws from U by inversion, going out from the likeliest, whose probability
 * is PEAK. */
static int64_t
draw(const struct urn *u, double peak, uint64_t *state)
{
    int64_t up = u->mode;
    int64_t down = up;
    double left = lot(state) - peak, p_up = peak, p_down = peak;

    while (left > 0 && (up < u->high || down > u->low)) {
        if (up < u->high) {
            p_up *= ratio(u, up);
            up++;
            left -= p_up;
            if (left <= 0)
                return up;
        }
        if (down > u->low) {
            down--;
            p_down /= ratio(u, down);
            left -= p_down;
            if (left <= 0)
                return down;
        }
    }
    return u->mode;
}

/* Logarithms of factorials, looked up: a draw needs many. */
struct logs {
    double *of;
    int64_t count;
};

static double
peak_of(const struct urn *u, const struct logs *l)
{
    int64_t k = u->mode;

    return exp(l->of[u->good] - l->of[k] - l->of[u->good - k]
               + l->of[u->bad] - l->of[u->n - k] - l->of[u->bad - u->n + k]
               - l->of[u->good + u->bad] + l->of[u->n]
               + l->of[u->good + u->bad - u->n]);
}

/* The part of a table's likelihood that its margins do not decide. */
static double
weight(const int64_t *x, const int64_t *all, int count,
       const struct logs *l)
{
    double sum = 0;

    for (int i = 0; i < count; i++)
        sum -= l->of[x[i]] + l->of[all[i] - x[i]];
    return sum;
}

static void
draw_table(const int64_t *all, int count, int64_t n, int64_t people,
           int64_t *x, const struct logs *l, uint64_t *state)
{
    for (int i = 0; i + 1 < count; i++) {
        struct urn u = urn_of(n, all[i], people - all[i]);

        x[i] = draw(&u, peak_of(&u, l), state);
        n -= x[i];
        people -= all[i];
    }
    x[count - 1] = n;
}

double
exact_permutation(const int64_t *first, const int64_t *second, int count)
{
    int64_t all[EXACT_KEYS_MAX] = { 0 }, x[EXACT_KEYS_MAX] = { 0 };
    int64_t n = 0, people = 0;
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    struct logs l;
    double found;
    int unlikely = 0;

    assert(count >= 2 && count <= EXACT_KEYS_MAX);
    for (int i = 0; i < count; i++) {
        all[i] = first[i] + second[i];
        n += first[i];
        people += all[i];
    }
    assert(people <= EXACT_PEOPLE_MAX);
    if (n == 0 || n == people)
        return 1;
    l.count = people + 1;
    l.of = calloc((size_t)l.count, sizeof *l.of);
    if (l.of == NULL)
        return 1;       /* no memory: nothing is called a difference */
    l.of[0] = 0;
    for (int64_t i = 1; i < l.count; i++)
        l.of[i] = l.of[i - 1] + log((double)i);
    found = weight(first, all, count, &l);
    for (int i = 0; i < EXACT_DRAWS; i++) {
        draw_table(all, count, n, people, x, &l, &state);
        unlikely += weight(x, all, count, &l) <= found + 1e-7;
    }
    free(l.of);
    return (1.0 + unlikely) / (1.0 + EXACT_DRAWS);
}

/* ---- many tests ---- */

void
exact_holm(double *p, int count)
{
    double least = 0;

    /* The next smallest each time: negative ones are done. */
    for (int done = 0; done < count; done++) {
        int at = -1;
        double q;

        for (int i = 0; i < count; i++)
            if (p[i] > 0 && (at < 0 || p[i] < p[at]))
                at = i;
        assert(at >= 0);
        q = p[at] * (count - done);
        q = q > 1 ? 1 : q;
        least = q > least ? q : least;
        p[at] = -least;
    }
    for (int i = 0; i < count; i++)
        p[i] = -p[i];
}
