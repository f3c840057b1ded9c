/* test_sure.c - what is said of rounded numbers holds for every true number
 * behind them: all of those are tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "report/sure.h"

enum { BASE = 3, TOP = 15, PARTS_MAX = 4 };

/* Whether N could have become V. */
static bool
beside(int64_t n, int64_t v)
{
    return llabs(n - v) < BASE;
}

/* Whether the first of N is more than half of them, whatever they were. */
static bool
always_majority(const int64_t *v, int64_t whole, int64_t *n, int parts,
                int at)
{
    int64_t all = 0;

    if (at < parts) {
        for (n[at] = v[at] < BASE ? 0 : v[at] - BASE + 1;
             n[at] < v[at] + BASE; n[at]++)
            if (!always_majority(v, whole, n, parts, at + 1))
                return false;
        return true;
    }
    for (int i = 0; i < parts; i++)
        all += n[i];
    return !beside(all, whole) || 2 * n[0] > all;
}

static void
a_majority_is_one_whatever_was_rounded(void **state)
{
    int said = 0, kept = 0;

    (void)state;
    for (int parts = 1; parts <= PARTS_MAX; parts++)
        for (int i = 0; i < 6 * 6 * 6 * 6; i++) {
            int64_t v[PARTS_MAX] = { i % 6 * BASE, i / 6 % 6 * BASE,
                                     i / 36 % 6 * BASE, i / 216 * BASE };
            int64_t n[PARTS_MAX], whole = 0;
            bool sure;

            for (int k = 0; k < parts; k++)
                whole += v[k];
            sure = sure_majority(v[0], whole, parts, BASE);
            if (sure)
                assert_true(always_majority(v, whole, n, parts, 0));
            said += sure;
            kept += !sure && always_majority(v, whole, n, parts, 0);
        }
    /* And it says what can be said: but for a whole shown as nothing, and
     * others that can't be as many as their sum lets them. */
    assert_true(said > 300);
    assert_true(kept < said / 10);
}

static bool
always_larger_share(const struct doc_cell *a, const struct doc_cell *b)
{
    for (int64_t n = 0; n < 4 * TOP; n++)
        for (int64_t of = n; beside(n, a->n) && of < 4 * TOP; of++)
            for (int64_t m = 0; beside(of, a->of) && m < 4 * TOP; m++)
                for (int64_t all = m; beside(m, b->n) && all < 4 * TOP;
                     all++)
                    if (beside(all, b->of) && all > 0
                        && n * all <= m * of)
                        return false;
    return true;
}

static void
a_larger_share_is_one_whatever_was_rounded(void **state)
{
    int said = 0, kept = 0;

    (void)state;
    for (int64_t n = 0; n <= TOP; n += BASE)
        for (int64_t of = n; of <= 2 * TOP; of += BASE)
            for (int64_t m = 0; m <= TOP; m += BASE)
                for (int64_t all = m; all <= 2 * TOP; all += BASE) {
                    struct doc_cell a = { n, of, false };
                    struct doc_cell b = { m, all, false };
                    bool sure = sure_share_larger(&a, &b, BASE);
                    bool always = always_larger_share(&a, &b);

                    if (sure)
                        assert_true(always);
                    said += sure;
                    kept += always && !sure;
                }
    assert_true(said > 100);
    assert_true(kept <= said / 10);
}

static void
a_larger_number_is_one_whatever_was_rounded(void **state)
{
    (void)state;
    for (int64_t a = 0; a <= TOP; a += BASE)
        for (int64_t b = 0; b <= TOP; b += BASE) {
            bool always = true;

            for (int64_t n = 0; n < 2 * TOP; n++)
                for (int64_t m = 0; m < 2 * TOP; m++)
                    if (beside(n, a) && beside(m, b) && n <= m)
                        always = false;
            assert_int_equal(sure_larger(a, b, BASE), always);
        }
}

static void
what_is_not_rounded_is_what_it_is(void **state)
{
    struct doc_cell half = { 2, 4, false }, more = { 4, 7, false };
    struct doc_cell none = { 0, 7, false }, all = { 7, 7, false };

    (void)state;
    assert_true(sure_larger(3, 2, 0));
    assert_false(sure_larger(2, 2, 0));
    assert_true(sure_majority(4, 7, 2, 0));
    assert_false(sure_majority(2, 4, 2, 0));
    assert_true(sure_share_larger(&more, &half, 0));
    assert_false(sure_share_larger(&half, &more, 0));
    assert_true(sure_told(&none, 0) && sure_told(&all, 0));
    assert_true(sure_told(&half, 5));
    assert_false(sure_told(&none, 5) || sure_told(&all, 5));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_majority_is_one_whatever_was_rounded),
        cmocka_unit_test(a_larger_share_is_one_whatever_was_rounded),
        cmocka_unit_test(a_larger_number_is_one_whatever_was_rounded),
        cmocka_unit_test(what_is_not_rounded_is_what_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
