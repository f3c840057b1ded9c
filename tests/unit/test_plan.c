/* test_plan.c - what a plan takes, what it refuses and what it needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tab/count.h"
#include "tiny_instrument.h"

static struct instrument *in;

struct ask {
    const char *rows, *columns, *where, *and_where, *sum;
};

static int
variable_or_none(const char *id)
{
    return id != NULL ? tiny_variable(in, id) : -1;
}

static struct question
question(const struct ask *ask, int rows[QUESTION_ROWS_MAX])
{
    return (struct question){
        .rows = rows,
        .row_count = ask->rows == NULL ? 0 :
            tiny_variables(in, ask->rows, rows, QUESTION_ROWS_MAX),
        .columns = variable_or_none(ask->columns),
        .where = ask->where, .and_where = ask->and_where,
        .sum = variable_or_none(ask->sum)
    };
}

static const struct {
    struct ask ask;
    const char *key, *first, *second;
} refused[] = {
    { { .rows = "remark" }, "table.rows_kind", "remark", "text" },
    { { .rows = "completed_on" }, "table.rows_kind", "completed_on",
      "date" },
    { { .rows = "ident" }, "table.rows_kind", "ident", "ident" },
    { { .rows = "index" }, "table.rows_kind", "index", "index" },
    { { .rows = "secret" }, "table.rows_kind", "secret", "text" },
    { { .rows = "sex", .columns = "index" }, "table.columns_kind",
      "index", "index" },
    { { .rows = "sex", .columns = "remark" }, "table.columns_kind",
      "remark", "text" },
    { { .rows = "sex", .columns = "ident" }, "table.columns_kind",
      "ident", "ident" },
    { { .rows = "sex", .columns = "completed_on" },
      "table.columns_kind", "completed_on", "date" },
    { { .rows = "sex", .columns = "secret" }, "table.columns_kind",
      "secret", "text" },
    { { .rows = "sex", .columns = "helpers" }, "table.columns_several",
      "helpers", "codes" },
    { { .rows = "helpers,helpers" }, "table.battery_several",
      "helpers", "codes" },
    { { .rows = "sex,helpers" }, "table.battery_kinds", "helpers",
      "sex" },
    { { .rows = "sex,plan" }, "table.battery_kinds", "plan", "sex" },
    { { .rows = "kids,home" }, "table.battery_kinds", "home", "kids" },
    { { .rows = "sex,target" }, "table.battery_keys", "target",
      "sex" },
    { { .rows = "home_grade,drugs_grade,index_grade" },
      "table.battery_keys", "index_grade", "home_grade" },
    { { .rows = "home,drugs", .columns = "sex" },
      "table.battery_columns", "sex", "code" },
    { { .rows = "kids,kids_away", .columns = "plan" },
      "table.battery_columns", "plan", "bool" },
    { { .columns = "sex" }, "table.columns_alone", "sex", "code" },
    { { .rows = "sex", .sum = "home" }, "table.sum_kind", "home",
      "score" },
    { { .rows = "sex", .sum = "plan" }, "table.sum_kind", "plan",
      "bool" },
    { { .rows = "sex", .sum = "index" }, "table.sum_kind", "index",
      "index" },
    { { .rows = "sex", .sum = "secret" }, "table.sum_kind",
      "secret", "text" },
    { { .sum = "sex" }, "table.sum_kind", "sex", "code" },
    { { .rows = "visits", .columns = "visits" }, "table.too_large",
      "32001", "32001" },
    { { .rows = "municipality", .columns = "municipality" },
      "table.too_large", "10000", "10000" },
    { { .rows = "municipality,sex" }, "table.battery_kinds", "sex",
      "municipality" },
    { { .rows = "sex", .where = "sex = 3 and" }, NULL, NULL, NULL },
    { { .rows = "sex", .and_where = "nothing = 1" }, NULL, NULL, NULL },
    { { .where = "remark is blank" }, NULL, NULL, NULL },
};

static void
test_refused(void **state)
{
    struct plan *p = plan_new(in);
    int rows[QUESTION_ROWS_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct question q = question(&refused[i].ask, rows);
        struct err e = { 0 };

        assert_int_equal(plan_add(p, &q, &e), -1);
        assert_int_equal(e.code, ERR_INPUT);
        if (refused[i].key == NULL) {
            assert_memory_equal(e.key, "expr.", 5);
            assert_true(e.at.column > 0);
            continue;
        }
        assert_string_equal(e.key, refused[i].key);
        assert_string_equal(e.arg[0], refused[i].first);
        assert_string_equal(e.arg[1], refused[i].second);
    }
    assert_int_equal(plan_count(p), 0);
    for (int v = 0; v < in->variable_count; v++)
        assert_false(plan_needs(p, v));
    plan_free(p);
}

static void
test_shapes(void **state)
{
    static const struct {
        struct ask ask;
        enum shape shape;
    } cases[] = {
        { { .rows = NULL }, SHAPE_FIGURES },
        { { .sum = "kids" }, SHAPE_FIGURES },
        { { .rows = "sex" }, SHAPE_ONE_WAY },
        { { .rows = "plan" }, SHAPE_ONE_WAY },
        { { .rows = "helpers" }, SHAPE_ONE_WAY },
        { { .rows = "visits", .sum = "visits" }, SHAPE_ONE_WAY },
        { { .rows = "unit", .columns = "sex" }, SHAPE_TWO_WAY },
        { { .rows = "helpers", .columns = "sex" }, SHAPE_TWO_WAY },
        { { .rows = "sex", .columns = "sex" }, SHAPE_TWO_WAY },
        { { .rows = "kids", .columns = "age" }, SHAPE_TWO_WAY },
        { { .rows = "home,drugs" }, SHAPE_BATTERY },
        { { .rows = "home_grade,drugs_grade" }, SHAPE_BATTERY },
        { { .rows = "kids,tier,age" }, SHAPE_BATTERY },
        { { .rows = "plan,declined" }, SHAPE_TICKS },
        { { .rows = "plan,any_plan,svc_meals_r" }, SHAPE_TICKS },
        { { .rows = "plan,declined", .columns = "age" }, SHAPE_TICKS_BY },
        { { .rows = "sex", .where = "", .and_where = "" }, SHAPE_ONE_WAY },
        { { .rows = "sex", .where = "helpers in {u1}" }, SHAPE_ONE_WAY },
    };
    struct plan *p = plan_new(in);
    struct run *r;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static int rows[32][QUESTION_ROWS_MAX];
        struct question q = question(&cases[i].ask, rows[i]);
        struct err e = { 0 };

        assert_int_equal(plan_add(p, &q, &e), i);
    }
    r = run_new(p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(run_table(r, (int)i)->shape, cases[i].shape);
    run_free(r);
    plan_free(p);
}

static void
test_figures_refused(void **state)
{
    static const struct {
        struct figure figure;
        const char *key, *sum;
    } cases[] = {
        { { .id = "a", .where = "sex = other" }, "expr.", NULL },
        { { .id = "b", .of = "sex" }, "expr.", NULL },
        { { .id = "c" }, "table.sum_kind", "home" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan *p = plan_new(in);
        struct figure f = cases[i].figure;
        struct question q = { .columns = -1, .sum = -1, .figures = &f,
                              .figure_count = 1 };
        struct err e = { 0 };

        f.sum = variable_or_none(cases[i].sum);
        assert_int_equal(plan_add(p, &q, &e), -1);
        assert_memory_equal(e.key, cases[i].key, strlen(cases[i].key));
        plan_free(p);
    }
}

static void
test_limits(void **state)
{
    static int rows[QUESTION_ROWS_MAX + 1];
    struct plan *p = plan_new(in);
    struct question q = { .rows = rows, .columns = -1, .sum = -1,
                          .row_count = QUESTION_ROWS_MAX + 1 };
    struct err e = { 0 };

    (void)state;
    for (int i = 0; i <= QUESTION_ROWS_MAX; i++)
        rows[i] = tiny_variable(in, "plan");
    assert_int_equal(plan_add(p, &q, &e), -1);
    assert_string_equal(e.key, "table.rows_many");
    q.row_count = QUESTION_ROWS_MAX;
    for (int i = 0; i < PLAN_TABLES_MAX; i++) {
        err_clear(&e);
        assert_int_equal(plan_add(p, &q, &e), i);
    }
    assert_int_equal(plan_add(p, &q, &e), -1);
    assert_string_equal(e.key, "table.too_many");
    assert_int_equal(plan_count(p), PLAN_TABLES_MAX);
    plan_free(p);
}

/* Each table fits, but together they are more than a plan takes. */
static void
test_total_size(void **state)
{
    struct plan *p = plan_new(in);
    int row = tiny_variable(in, "visits"), fits;
    struct question q = { .rows = &row, .row_count = 1, .sum = -1,
                          .columns = tiny_variable(in, "kids") };
    struct err e = { 0 };

    (void)state;
    fits = PLAN_CELLS_MAX / (32001 * 21);
    for (int i = 0; i < fits; i++)
        assert_int_equal(plan_add(p, &q, &e), i);
    assert_int_equal(plan_add(p, &q, &e), -1);
    assert_string_equal(e.key, "table.too_large");
    err_clear(&e);
    q.columns = -1;
    assert_int_equal(plan_add(p, &q, &e), fits);
    plan_free(p);
}

/* Exactly those of NEEDED, by the question ASK. */
static void
check_needs(const struct ask *ask, const char *needed)
{
    struct plan *p = plan_new(in);
    int rows[QUESTION_ROWS_MAX], want[64], n;
    struct question q = question(ask, rows);
    struct err e = { 0 };

    n = tiny_variables(in, needed, want, 64);
    assert_int_equal(plan_add(p, &q, &e), 0);
    for (int v = 0; v < in->variable_count; v++) {
        bool listed = false;

        for (int i = 0; i < n; i++)
            listed |= want[i] == v;
        if (plan_needs(p, v) != listed)
            fail_msg("%s: %s", needed, in->variables[v].id);
    }
    assert_false(plan_needs(p, -1));
    plan_free(p);
}

static void
test_needs(void **state)
{
    (void)state;
    check_needs(&(struct ask){ .rows = "sex" }, "sex");
    check_needs(&(struct ask){ .rows = "sex", .columns = "tier",
                               .where = "kids > 0", .and_where = "year = 1",
                               .sum = "visits" },
                "sex,tier,kids,year,visits");
    check_needs(&(struct ask){ .rows = "crisis" }, "crisis,target");
    check_needs(&(struct ask){ .rows = "age_group" },
                "age_group,age,birth_year");
    check_needs(&(struct ask){ .where = "index_grade = red" },
                "index_grade,index,home,drugs,target");
    check_needs(&(struct ask){ .sum = "children" },
                "children,kids,kids_away");
    check_needs(&(struct ask){ .rows = "only_coordinator" },
                "only_coordinator,coordinator,any_plan,plan,declined");
}

/* A category needs its ticks, and a tick that the tab was gone through. */
static void
test_needs_services(void **state)
{
    struct plan *p = plan_new(in);
    int v = tiny_variable(in, "municipal_w");
    struct question q = { .rows = &v, .row_count = 1, .columns = -1,
                          .sum = -1 };
    struct err e = { 0 };

    (void)state;
    check_needs(&(struct ask){ .where = "svc_meals_r = 1" },
                "svc_meals_r,services_done");
    assert_int_equal(plan_add(p, &q, &e), 0);
    assert_true(plan_needs(p, tiny_variable(in, "svc_meals_w")));
    assert_true(plan_needs(p, tiny_variable(in, "svc_training_w")));
    assert_true(plan_needs(p, tiny_variable(in, "services_done")));
    assert_false(plan_needs(p, tiny_variable(in, "svc_meals_r")));
    plan_free(p);
}

static void
test_needs_figures(void **state)
{
    static const struct figure figures[] = {
        { .id = "a", .where = "kids > 0", .of = "tier = 1", .sum = -1 },
        { .id = "b", .where = "plan = 1", .sum = -1 }
    };
    struct plan *p = plan_new(in);
    struct question q = { .columns = -1, .figures = figures,
                          .figure_count = 2, .where = "sex = male",
                          .sum = tiny_variable(in, "visits") };
    struct err e = { 0 };

    (void)state;
    assert_int_equal(plan_add(p, &q, &e), 0);
    assert_true(plan_needs(p, tiny_variable(in, "kids")));
    assert_true(plan_needs(p, tiny_variable(in, "tier")));
    assert_true(plan_needs(p, tiny_variable(in, "plan")));
    assert_true(plan_needs(p, tiny_variable(in, "sex")));
    assert_true(plan_needs(p, tiny_variable(in, "visits")));
    assert_false(plan_needs(p, tiny_variable(in, "unit")));
    plan_free(p);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused), cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_figures_refused),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_total_size),
        cmocka_unit_test(test_needs), cmocka_unit_test(test_needs_services),
        cmocka_unit_test(test_needs_figures)
    };
    int failed;

    in = tiny_instrument(NULL, 70);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
