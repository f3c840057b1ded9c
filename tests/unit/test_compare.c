/* test_compare.c - who may stand beside whom, what breaks a series, and
 * which differences are marked. Numbers of whole reports: tests/compare. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "aggregate_fixture.h"
#include "calc/exact.h"
#include "def/diff.h"
#include "report/compare.h"

static const struct compare_rule three = { COMPARE_LEAST };
static struct arena arena;
static struct instrument *in;
static char *text;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    text = made_text(NULL, NULL);
    in = made_instrument(text);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    free(text);
    arena_clear(&arena);
    return 0;
}

static void
make(struct made *m, const char *name, int number, int year, int64_t red)
{
    made_round(m, in, text, name, number, year, red, &arena);
}

static struct comparison *
start(struct made *own)
{
    make(own, "Bergen", 4601, 2020, 30);
    return compare_new(&own->a, 0, &arena);
}

static void
add(struct comparison *c, struct made *m)
{
    struct err e = { 0 };

    if (!compare_add(c, &m->a, "it", &e))
        fail_msg("%s", e.key);
}

static void
refused(struct comparison *c, const struct aggregate *a, const char *key)
{
    struct err e = { 0 };

    if (compare_add(c, a, "it", &e) || strcmp(e.key, key) != 0)
        fail_msg("%s, not %s", e.key, key);
}

static void
not_enough(struct comparison *c, const char *key)
{
    struct err e = { 0 };

    if (compare_finish(c, &three, &e) || strcmp(e.key, key) != 0)
        fail_msg("%s, not %s", e.key, key);
}

static void
finish(struct comparison *c)
{
    struct err e = { 0 };

    if (!compare_finish(c, &three, &e))
        fail_msg("%s", e.key);
}

static void
test_refused(void **state)
{
    struct made own, other;
    struct comparison *c = start(&own);
    struct aggregate *a = &other.a;
    char *changed = made_text("id: tiny\n", "id: large\n");
    struct instrument *large = made_instrument(changed);

    (void)state;
    make(&other, "Oslo", 301, 2020, 30);
    a->from_age = 16;
    refused(c, a, "compare.from_age");
    make(&other, "Oslo", 301, 2020, 30);
    a->inclusion = "Alle over 16";
    refused(c, a, "compare.inclusion");
    make(&other, "Oslo", 301, 2020, 30);
    a->synthetic = true;
    refused(c, a, "compare.synthetic");
    own.a.synthetic = true;
    a->synthetic = false;
    refused(c, a, "compare.real");
    own.a.synthetic = false;
    a->in = large;
    refused(c, a, "compare.instrument");
    make(&other, "Bergen", 4601, 2020, 30);
    refused(c, a, "compare.own");
    make(&other, "Oslo", 301, 2020, 30);
    add(c, &other);
    refused(c, a, "compare.twice");
    instrument_free(large);
    free(changed);
}

/* Blanks, capital letters and a full stop make no other rule. */
static void
test_same_words(void **state)
{
    static const struct { const char *text; bool same; } cases[] = {
        { "Alle over 18", true }, { "  alle  over\n18. ", true },
        { "ALLE OVER 18", true }, { "Alle over 18 år", false },
        { "Alleover 18", false }, { "", false }, { "Alle over 1", false }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made own, other;
        struct comparison *c = start(&own);
        struct err e = { 0 };

        make(&other, "Oslo", 301, 2020, 30);
        other.a.inclusion = cases[i].text;
        if (compare_add(c, &other.a, "it", &e) != cases[i].same)
            fail_msg("case %zu", i);
    }
}

static void
test_enough(void **state)
{
    struct made own, m[3], total;
    struct comparison *c = start(&own);

    (void)state;
    /* Only in time: as few as there are. */
    make(&m[0], "Bergen", 1201, 2014, 30);
    add(c, &m[0]);
    finish(c);
    assert_int_equal(c->column[0].relation, COMPARE_EARLIER);
    assert_int_equal(c->column[0].area_number, 0);
    assert_int_equal(c->own_column, 1);
    /* One other is too few, twice the same no more. */
    make(&m[0], "Oslo", 301, 2020, 30);
    make(&m[1], "Oslo", 301, 2014, 30);
    c = start(&own);
    add(c, &m[0]);
    add(c, &m[1]);
    not_enough(c, "compare.few");
    make(&m[2], "Asker", 3025, 2020, 30);
    c = start(&own);
    add(c, &m[0]);
    add(c, &m[2]);
    finish(c);
    assert_string_equal(c->column[1].label, "Asker 2020");
    /* A total of two. */
    make(&total, "Vest", 301, 2020, 30);
    total.a.total = true;
    total.municipality[1] = 4601;
    total.a.municipality_count = 2;
    c = start(&own);
    add(c, &total);
    not_enough(c, "compare.few_total");
    total.municipality[2] = 4602;
    total.a.municipality_count = 3;
    c = start(&own);
    add(c, &total);
    finish(c);
}

static void
test_many(void **state)
{
    struct made own, m[COMPARE_COLUMNS_MAX];
    struct comparison *c = start(&own);

    (void)state;
    for (int i = 0; i < COMPARE_COLUMNS_MAX - 1; i++) {
        make(&m[i], "By", 4700 + i, 2020, 30);
        add(c, &m[i]);
    }
    make(&m[COMPARE_COLUMNS_MAX - 1], "By", 4800, 2020, 30);
    refused(c, &m[COMPARE_COLUMNS_MAX - 1].a, "compare.many");
}

/* The same name and number of columns: earlier ones by time, ours, others by
 * name, totals. */
static void
test_order(void **state)
{
    struct made own, m[5];
    struct comparison *c = start(&own);
    static const char *const want[] = {
        "Bergen 2014", "Bergen 2017 (1)", "Bergen 2017 (2)", "Bergen 2020",
        "Asker 2020", "Oslo 2020"
    };

    (void)state;
    make(&m[0], "Oslo", 301, 2020, 30);
    make(&m[1], "Bergen", 1201, 2017, 30);
    m[1].a.period = 2;
    make(&m[2], "Asker", 3025, 2020, 30);
    make(&m[3], "Bergen", 1201, 2017, 30);
    make(&m[4], "Bergen", 1201, 2014, 30);
    for (int i = 0; i < 5; i++)
        add(c, &m[i]);
    finish(c);
    for (int i = 0; i < 6; i++)
        assert_string_equal(c->column[i].label, want[i]);
}

/* ---- what breaks a series ---- */

static void
test_breaks(void **state)
{
    static const struct {
        const char *old, *new;
        bool broken;
        enum compare_why why;
    } cases[] = {
        /* words are no difference */
        { "title: { nb: Liten", "title: { nb: Mini", false, 0 },
        { "title: { nb: Kjønn", "title: { nb: Sex", false, 0 },
        /* of a variable that the table does not have */
        { "when: plan = 1 or declined = 1", "when: plan = 1", false, 0 },
        /* the table asks something else */
        { "rows: [home_grade, drugs_grade]",
          "rows: [drugs_grade, home_grade]", true, COMPARE_CHANGED },
        { "where: \"\"", "where: plan = 1", true, COMPARE_CHANGED },
        /* who is complete */
        { "any_of: [home, drugs]", "any_of: [home]", true,
          COMPARE_CHANGED },
        /* the index: this table has none of it */
        { "weight: 2", "weight: 3", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *changed = made_text(cases[i].old, cases[i].new);
        struct instrument *other = made_instrument(changed);
        struct made own, m;
        struct comparison *c = start(&own);
        const struct compare_break *b;

        made_round(&m, other, changed, "Bergen", 1201, 2014, 30, &arena);
        add(c, &m);
        finish(c);
        b = compare_broken(c, 0, 1);
        if ((b != NULL) != cases[i].broken
            || (b != NULL && b->why != cases[i].why))
            fail_msg("case %zu", i);
        /* Nothing is marked through a break. */
        assert_int_equal(c->tests, cases[i].broken ? 0 : 2);
        instrument_free(other);
        free(changed);
    }
}

/* Table 0 of tiny.yaml is by the index: ours is set beside no other. */
static void
test_index(void **state)
{
    struct made own, m;
    struct comparison *c;

    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        char *changed = made_text(kind == 1 ? "weight: 2" : NULL,
                                  "weight: 3");
        struct instrument *other = made_instrument(changed);

        make(&own, "Bergen", 4601, 2020, 30);
        own.table[1] = own.table[0];
        own.table[1].id = "sex_by_grade";
        own.a.table_count = 2;
        c = compare_new(&own.a, 0, &arena);
        made_round(&m, other, changed, "Bergen", 1201, 2014, 30, &arena);
        m.table[1] = m.table[0];
        m.table[1].id = "sex_by_grade";
        m.a.table_count = 2;
        m.a.own_index = kind != 2;
        add(c, &m);
        finish(c);
        assert_int_equal(compare_broken(c, 0, 0) != NULL, kind != 0);
        if (kind != 0)
            assert_int_equal(compare_broken(c, 0, 0)->why, COMPARE_INDEX);
        assert_null(compare_broken(c, 0, 1));
        instrument_free(other);
        free(changed);
    }
}

static void
test_missing(void **state)
{
    struct made own, m;
    struct comparison *c = start(&own);

    (void)state;
    make(&m, "Bergen", 1201, 2014, 30);
    m.a.table_count = 0;
    add(c, &m);
    finish(c);
    assert_int_equal(compare_broken(c, 0, 1)->why, COMPARE_MISSING);
}

/* ---- differences ---- */

static void
test_differences(void **state)
{
    static const struct { int64_t red; bool marked; } cases[] = {
        { 30, false }, { 35, false }, { 20, false }, { 60, true },
        { 5, true }, { 100, true }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made own, m;
        struct comparison *c = start(&own);
        double p[2];

        make(&m, "Bergen", 1201, 2014, cases[i].red);
        add(c, &m);
        finish(c);
        assert_int_equal(c->tests, 2);
        assert_int_equal(c->difference_count, cases[i].marked);
        if (!cases[i].marked)
            continue;
        p[0] = exact_fisher(30, 70, cases[i].red, 100 - cases[i].red);
        p[1] = 1;
        exact_holm(p, 2);
        assert_true(c->difference[0].p > p[0] * 0.999999
                    && c->difference[0].p < p[0] * 1.000001);
        assert_string_equal(c->difference[0].row, "home_grade");
        assert_string_equal(c->difference[0].key, "red");
    }
}

/* What is hidden, within other borders, or no people, is not tested. */
static void
test_not_tested(void **state)
{
    struct made own, m;
    struct comparison *c = start(&own);

    (void)state;
    make(&m, "Bergen", 1201, 2014, 90);
    m.areas[2].n = NUMBER_HIDDEN;
    m.areas[6].of = OF_HIDDEN;
    add(c, &m);
    finish(c);
    assert_int_equal(c->tests, 0);
    /* Aalesund of 2020 was more than the Aalesund of 2019. */
    make(&own, "Aalesund", 1507, 2020, 30);
    c = compare_new(&own.a, 0, &arena);
    make(&m, "Aalesund", 1504, 2019, 90);
    add(c, &m);
    finish(c);
    assert_int_equal(c->column[0].relation, COMPARE_EARLIER);
    assert_int_equal(c->column[0].area_number, 1504);
    assert_int_equal(c->tests, 0);
    c = start(&own);
    make(&m, "Bergen", 1201, 2014, 90);
    m.table[0].counts = UNIT_CHILDREN;
    add(c, &m);
    finish(c);
    assert_int_equal(c->tests, 0);
}

/* Nobody is compared with himself: of a total, the rest. */
static void
test_rest(void **state)
{
    struct made own, m;
    struct comparison *c = start(&own);

    (void)state;
    make(&m, "Vest", 301, 2020, 0);
    m.a.total = true;
    m.municipality[1] = 4601;
    m.municipality[2] = 4602;
    m.a.municipality_count = 3;
    m.areas[2] = (struct aggregate_cell){ 40, 300 };
    m.areas[6] = (struct aggregate_cell){ 15, 300 };    /* below ours */
    add(c, &m);
    finish(c);
    assert_int_equal(c->tests, 1);
    assert_int_equal(c->difference_count, 1);
    assert_int_equal(c->difference[0].other_n, 10);
    assert_int_equal(c->difference[0].other_of, 200);
}

/* 45 and 30 of 100 rounded to 10 may be 36 and 39. */
static void
test_rounded(void **state)
{
    struct made own, m;
    struct comparison *c = start(&own);

    (void)state;
    make(&m, "Bergen", 1201, 2014, 50);
    add(c, &m);
    finish(c);
    assert_int_equal(c->difference_count, 1);
    c = start(&own);
    m.a.protection = AGGREGATE_ROUNDED;
    m.a.threshold = 10;
    add(c, &m);
    finish(c);
    assert_int_equal(c->difference_count, 0);
    c = start(&own);
    make(&m, "Bergen", 1201, 2014, 90);
    m.a.protection = AGGREGATE_ROUNDED;
    m.a.threshold = 10;
    add(c, &m);
    finish(c);
    assert_int_equal(c->difference_count, 1);
}

/* Since the latest earlier round, and only beyond chance. */
static void
test_change(void **state)
{
    struct made own, m[3];
    struct comparison *c = start(&own);
    const struct compare_difference *d;

    (void)state;
    make(&m[0], "Bergen", 1201, 2014, 30);
    make(&m[1], "Bergen", 1201, 2017, 90);
    make(&m[2], "Bergen", 4601, 2021, 90);
    for (int i = 0; i < 3; i++)
        add(c, &m[i]);
    finish(c);
    d = compare_change(c, c->table[0], "home_grade");
    assert_non_null(d);
    assert_int_equal(d->column, 1);
    assert_int_equal(d->n, 30);
    assert_int_equal(d->other_n, 90);
    assert_null(compare_change(c, c->table[0], "drugs_grade"));
    /* The latest is as we are, whatever one before it was. */
    c = start(&own);
    make(&m[0], "Bergen", 1201, 2014, 90);
    make(&m[1], "Bergen", 1201, 2017, 30);
    add(c, &m[0]);
    add(c, &m[1]);
    finish(c);
    assert_true(c->difference_count > 0);
    assert_null(compare_change(c, c->table[0], "home_grade"));
    assert_true(compare_has(c, COMPARE_EARLIER));
    assert_false(compare_has(c, COMPARE_OTHER));
}

/* 100 of 1,000; rounded; nothing where it would be of others. */
static void
test_rates(void **state)
{
    struct made own, m[4];
    struct comparison *c = start(&own);

    (void)state;
    make(&m[0], "Asker", 3025, 2020, 30);
    make(&m[1], "Bodø", 1804, 2020, 30);
    make(&m[2], "Dovre", 3431, 2020, 30);
    make(&m[3], "Eigersund", 1101, 2020, 30);
    m[0].a.population = 3000;
    m[1].a.population = -1;
    m[2].a.population_from_age = 16;
    m[3].report[0].recipients = NUMBER_HIDDEN;
    for (int i = 0; i < 4; i++)
        add(c, &m[i]);
    finish(c);
    assert_int_equal(compare_rate(c, c->own_column), 1000);
    for (int i = 1; i < 5; i++)
        assert_int_equal(compare_rate(c, i), i == 1 ? 333 : -1);
    assert_int_equal(compare_rates(c), 2);
    own.a.population = -1;
    assert_int_equal(compare_rates(c), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused), cmocka_unit_test(test_same_words),
        cmocka_unit_test(test_enough), cmocka_unit_test(test_many),
        cmocka_unit_test(test_order), cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_index), cmocka_unit_test(test_missing),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_not_tested), cmocka_unit_test(test_rest),
        cmocka_unit_test(test_rounded), cmocka_unit_test(test_change),
        cmocka_unit_test(test_rates)
    };

    return cmocka_run_group_tests(tests, begin, end);
}
