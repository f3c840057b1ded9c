/* test_index.c - the composite index: by hand, at its edges, and against a
 * slow twin that counts in fractions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"
#include "calc/index.h"

enum { NONE = VALUE_UNANSWERED, UNKNOWN = VALUE_UNKNOWN,
       UNASKED = VALUE_UNASKED };

/* The rule of 2014: substance, economy, mental, physical, housing, social,
 * network, activity. */
static const struct index_rule rule = {
    .areas = 8, .variable = { 0, 1, 2, 3, 4, 5, 6, 7 },
    .weight = { 2, 1, 2, 1, 2, 1, 1, 2 }, .unanswered_max = 1,
    .from = { 0, 1200, 3000, 4200 }
};

static void
test_by_hand(void **state)
{
    static const struct {
        int32_t score[8];
        int32_t value;
    } cases[] = {
        { { 1, 1, 1, 1, 1, 1, 1, 1 }, 1000 },
        { { 5, 5, 5, 5, 5, 5, 5, 5 }, 5000 },
        /* seven areas, weights 10 */
        { { UNASKED, 1, 1, 1, 1, 1, 1, 1 }, 1000 },
        { { UNASKED, 2, 1, 1, 1, 1, 1, 1 }, 1100 },
        { { UNASKED, 1, 2, 1, 1, 1, 1, 1 }, 1200 },
        { { UNASKED, 5, 5, 5, 5, 5, 1, 1 }, 3800 },
        /* eight, weights 12: 13/12 = 1083.3, 14/12 = 1166.7 */
        { { 1, 2, 1, 1, 1, 1, 1, 1 }, 1083 },
        { { 2, 1, 1, 1, 1, 1, 1, 1 }, 1167 },
        /* one unanswered or unknown leaves both sums: 11 or 10 left */
        { { 1, NONE, 1, 1, 1, 1, 1, 5 }, 1727 },    /* 19/11 */
        { { 1, UNKNOWN, 1, 1, 1, 1, 1, 5 }, 1727 },
        { { NONE, 1, 2, 1, 1, 1, 1, 1 }, 1200 },
        { { UNASKED, NONE, 2, 1, 1, 1, 1, 1 }, 1222 },      /* 11/9 */
        /* two are too many, in every mixture */
        { { 1, NONE, NONE, 1, 1, 1, 1, 1 }, NONE },
        { { 1, NONE, UNKNOWN, 1, 1, 1, 1, 1 }, NONE },
        { { UNKNOWN, UNKNOWN, 1, 1, 1, 1, 1, 1 }, NONE },
        { { UNASKED, NONE, UNKNOWN, 1, 1, 1, 1, 1 }, NONE },
        /* not asked is not unanswered, however many */
        { { UNASKED, UNASKED, UNASKED, 3, 3, 3, 3, NONE }, 3000 },
        { { UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED,
            4 }, 4000 },
        { { UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED,
            NONE }, NONE },
        { { UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED, UNASKED,
            UNASKED }, NONE },
        { { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE }, NONE },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(index_value(&rule, cases[i].score),
                         cases[i].value);
}

/* An exact half goes to the worse value. */
static void
test_half(void **state)
{
    struct index_rule halves = {
        .areas = 2, .variable = { 0, 1 }, .weight = { 1, 15 }
    };
    const int32_t up[] = { 2, 1 };          /* 17/16 = 1062.5 */
    const int32_t worse[] = { 1, 2 };       /* 31/16 = 1937.5 */

    (void)state;
    assert_int_equal(index_value(&halves, up), 1063);
    assert_int_equal(index_value(&halves, worse), 1938);
    halves.weight[1] = 14;                  /* 16/15 = 1066.67 */
    assert_int_equal(index_value(&halves, up), 1067);
    halves.weight[1] = 6;                   /* 8/7 = 1142.86 */
    assert_int_equal(index_value(&halves, up), 1143);
    halves.weight[1] = 2;                   /* 4/3 = 1333.33 */
    assert_int_equal(index_value(&halves, up), 1333);
}

static void
test_grade(void **state)
{
    static const struct { int32_t value, grade; } cases[] = {
        { 1000, 0 }, { 1199, 0 }, { 1200, 1 }, { 2999, 1 }, { 3000, 2 },
        { 4199, 2 }, { 4200, 3 }, { 5000, 3 }, { NONE, NONE },
        { UNKNOWN, NONE }, { UNASKED, NONE }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(index_grade(&rule, 4, cases[i].value),
                         cases[i].grade);
    assert_int_equal(index_grade(&rule, 1, 5000), 0);
}

static void
test_parts(void **state)
{
    static const int32_t score[] = { UNASKED, 1, 5, NONE, 3, UNKNOWN, 2, 4 };
    static const int64_t product[] = { 0, 1, 10, 0, 6, 0, 2, 8 };
    struct index_part part[AREA_MAX];

    (void)state;
    assert_int_equal(index_parts(&rule, score, part), 1 + 2 + 2 + 1 + 2);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(part[i].variable, i);
        assert_int_equal(part[i].score, score[i]);
        assert_int_equal(part[i].weight, rule.weight[i]);
        assert_int_equal(part[i].product, product[i]);
    }
}

/* The largest sum there can be. */
static void
test_largest(void **state)
{
    struct index_rule large = { .areas = AREA_MAX };
    int32_t score[AREA_MAX];

    (void)state;
    for (int i = 0; i < AREA_MAX; i++) {
        large.variable[i] = i;
        large.weight[i] = WEIGHT_MAX;
        score[i] = SCORE_MAX;
    }
    assert_int_equal(index_value(&large, score), 1000 * SCORE_MAX);
}

/* The twin: the thousandth t is right where 2 * sum * 1000 lies in
 * [(2t - 1) * weight, (2t + 1) * weight). Found by trying all. */
static int32_t
slow_value(const struct index_rule *r, const int32_t *value)
{
    long long sum = 0, weight = 0;
    int missing = 0;

    for (int i = 0; i < r->areas; i++) {
        int32_t s = value[r->variable[i]];

        if (s == NONE || s == UNKNOWN) {
            missing++;
        } else if (s != UNASKED) {
            for (int w = 0; w < r->weight[i]; w++) {
                sum += s;
                weight += 1;
            }
        }
    }
    if (weight == 0 || missing > r->unanswered_max)
        return NONE;
    for (long long t = 1000; t <= 1000 * SCORE_MAX; t++)
        if (2000 * sum >= (2 * t - 1) * weight
            && 2000 * sum < (2 * t + 1) * weight)
            return (int32_t)t;
    fail_msg("no thousandth fits");
    return NONE;
}

static void
test_twin(void **state)
{
    struct random_state seed;
    struct random random = random_seeded(&seed, 2014);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct index_rule r = { 0 };
        int32_t value[AREA_MAX * 2];

        r.areas = 1 + (int)random_below(&random, AREA_MAX);
        r.unanswered_max = (int)random_below(&random, 4);
        for (int i = 0; i < r.areas; i++) {
            r.variable[i] = 2 * i + 1;
            r.weight[i] = 1 + (int)random_below(&random, 12);
            value[2 * i] = 99;              /* nobody's */
            value[2 * i + 1] = (int32_t)random_below(&random, 9) - 3;
            if (value[2 * i + 1] == 0)
                value[2 * i + 1] = 5;
        }
        assert_int_equal(index_value(&r, value), slow_value(&r, value));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_half),
        cmocka_unit_test(test_grade), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_largest), cmocka_unit_test(test_twin)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
