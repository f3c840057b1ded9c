/* test_exact.c - tests of difference: by hand, against slow twins that try
 * every table, and against what R's fisher.test and p.adjust gave. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/random.h"
#include "calc/exact.h"

static bool
near_to(double a, double b, double by)
{
    return fabs(a - b) <= by * (fabs(b) > 1e-9 ? fabs(b) : 1e-9);
}

/* fisher.test(matrix(c(a, c, b, d), 2))$p.value of R 4.2. */
static void
test_fisher_r(void **state)
{
    static const struct {
        int64_t a, b, c, d;
        double p;
    } cases[] = {
        { 3, 1, 1, 3, 0.485714285714286 },      /* the lady and the tea */
        { 4, 0, 0, 4, 0.0285714285714286 },
        { 0, 0, 5, 7, 1 }, { 5, 0, 7, 0, 1 }, { 0, 9, 0, 4, 1 },
        { 10, 90, 25, 75, 0.00850357147862396 },
        { 445, 1400, 380, 1465, 0.0114195808751083 },
        { 1, 999, 12, 988, 0.00332349178879314 },
        { 523, 1322, 523, 1322, 1 },
        { 12000, 88000, 12500, 87500, 0.000665661018353408 },
        { 7, 12, 0, 5, 0.272068511198946 }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double p = exact_fisher(cases[i].a, cases[i].b, cases[i].c,
                                cases[i].d);

        if (!near_to(p, cases[i].p, 1e-6))
            fail_msg("case %zu: %.15g, not %.15g", i, p, cases[i].p);
    }
}

static double
choose(int64_t n, int64_t k)
{
    double out = 1;

    for (int64_t i = 1; i <= k; i++)
        out *= (double)(n - k + i) / (double)i;
    return out;
}

/* Every table with the same margins, each from the beginning. */
static double
slow_fisher(int64_t a, int64_t b, int64_t c, int64_t d)
{
    double found = choose(a + b, a) * choose(c + d, c), out = 0, all = 0;

    for (int64_t k = 0; k <= a + b; k++) {
        double p;

        if (k > a + c || a + c - k > c + d)
            continue;
        p = choose(a + b, k) * choose(c + d, a + c - k);
        all += p;
        if (p <= found * (1 + 1e-7))
            out += p;
    }
    return out / all;
}

static void
test_fisher_twin(void **state)
{
    struct random_state seed;
    struct random random = random_seeded(&seed, 7);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t n[4];

        for (int k = 0; k < 4; k++)
            n[k] = (int64_t)random_below(&random, i < 10000 ? 6 : 40);
        if (!near_to(exact_fisher(n[0], n[1], n[2], n[3]),
                     slow_fisher(n[0], n[1], n[2], n[3]), 1e-6))
            fail_msg("%d %d %d %d", (int)n[0], (int)n[1], (int)n[2],
                     (int)n[3]);
    }
}

/* Turned over, a table says the same. */
static void
test_fisher_turned(void **state)
{
    struct random_state seed;
    struct random random = random_seeded(&seed, 8);

    (void)state;
    for (int i = 0; i < 300; i++) {
        int64_t n[4];
        double p;

        for (int k = 0; k < 4; k++)
            n[k] = (int64_t)random_below(&random, 2000);
        p = exact_fisher(n[0], n[1], n[2], n[3]);
        assert_true(p > 0 && p <= 1);
        assert_true(near_to(p, exact_fisher(n[2], n[3], n[0], n[1]), 1e-6));
        assert_true(near_to(p, exact_fisher(n[0], n[2], n[1], n[3]), 1e-6));
        assert_true(near_to(p, exact_fisher(n[3], n[2], n[1], n[0]), 1e-6));
    }
}

/* Three values, exactly: every table with these margins. */
static double
slow_three(const int64_t *x, const int64_t *y)
{
    int64_t all[3], n = x[0] + x[1] + x[2];
    double found, out = 0, sum = 0;

    for (int i = 0; i < 3; i++)
        all[i] = x[i] + y[i];
    found = choose(all[0], x[0]) * choose(all[1], x[1])
            * choose(all[2], x[2]);
    for (int64_t i = 0; i <= all[0]; i++)
        for (int64_t k = 0; k <= all[1]; k++) {
            int64_t rest = n - i - k;
            double p;

            if (rest < 0 || rest > all[2])
                continue;
            p = choose(all[0], i) * choose(all[1], k) * choose(all[2], rest);
            sum += p;
            if (p <= found * (1 + 1e-7))
                out += p;
        }
    return out / sum;
}

/* Within four standard errors of what all tables give. */
static void
test_permutation_twin(void **state)
{
    struct random_state seed;
    struct random random = random_seeded(&seed, 9);

    (void)state;
    for (int i = 0; i < 60; i++) {
        int64_t x[3], y[3];
        double p, q;

        for (int k = 0; k < 3; k++) {
            x[k] = (int64_t)random_below(&random, 30);
            y[k] = (int64_t)random_below(&random, 30);
        }
        x[0]++;
        y[1]++;
        p = exact_permutation(x, y, 3);
        q = slow_three(x, y);
        if (fabs(p - q) > 4 * sqrt(q * (1 - q) / EXACT_DRAWS) + 2e-4)
            fail_msg("case %d: %g, not %g", i, p, q);
        assert_true(near_to(p, exact_permutation(x, y, 3), 0));
    }
}

static void
test_permutation_edges(void **state)
{
    static const int64_t none[3] = { 0 }, some[3] = { 4, 5, 6 };
    static const int64_t far[3] = { 0, 0, 400 }, off[3] = { 400, 0, 0 };

    (void)state;
    assert_true(near_to(exact_permutation(none, some, 3), 1, 0));
    assert_true(near_to(exact_permutation(some, none, 3), 1, 0));
    assert_true(near_to(exact_permutation(some, some, 3), 1, 0));
    assert_true(near_to(exact_permutation(far, off, 3),
                        1.0 / (1 + EXACT_DRAWS), 1e-9));
}

/* p.adjust(p, "holm"). */
static void
test_holm(void **state)
{
    double p[] = { 0.01, 0.04, 0.03, 0.005, 0.5 }, one[] = { 0.2 };
    static const double want[] = { 0.04, 0.09, 0.09, 0.025, 0.5 };
    double same[] = { 0.4, 0.4, 0.4 };

    (void)state;
    exact_holm(p, 5);
    for (int i = 0; i < 5; i++)
        assert_true(near_to(p[i], want[i], 1e-12));
    exact_holm(one, 1);
    assert_true(near_to(one[0], 0.2, 1e-12));
    exact_holm(same, 3);
    for (int i = 0; i < 3; i++)
        assert_true(near_to(same[i], 1, 1e-12));
    exact_holm(NULL, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fisher_r), cmocka_unit_test(test_fisher_twin),
        cmocka_unit_test(test_fisher_turned),
        cmocka_unit_test(test_permutation_twin),
        cmocka_unit_test(test_permutation_edges), cmocka_unit_test(test_holm)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
