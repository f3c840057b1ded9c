/* test_blocks.c - what begins or ends within a block of rows, by columns and
 * row by row.
 *
 * Three blocks and a part of one, by year: the first year ends in the second
 * block, where the next begins and ends. Every plane has ones and zeros in
 * every block, so that only what asks for years tells blocks apart; but one,
 * which has ones in that year alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "column/run.h"
#include "tab/count.h"
#include "tiny_instrument.h"

enum { ROWS = 3 * BLOCK_ROWS + 700, UNITS = 3 };

static const uint8_t made_for[COLUMNS_ORIGIN] = "blocks";

static const struct asked {
    const char *rows, *columns, *sum, *where;
} asked[] = {
    { "sex", NULL, NULL, "year = 2011" },
    { "sex", "home", NULL, "year = 2010" },
    { "sex", "home", NULL, "year = 2011" },
    { "sex", "home", NULL, "year = 2012" },
    { "sex", "home", NULL, "not (year = 2011)" },
    { "drugs", "home", NULL, "year = 2011 or sex = male and drugs > 2" },
    { "unit", "sex", NULL, "year >= 2011" },
    { "unit", "sex", "kids", "year = 2011 and home in {1, 5}" },
    { "home", "unit", NULL, "plan is blank or svc_meals_r = 1" },
    { "sex", "home", NULL, "plan is blank" },
    { "plan", "unit", NULL, "svc_meals_r is blank" },
    { "home", "year", "kids", "" },
    { "sex", "home", NULL, "coordinator = 1 and year > 2009" }
};

enum { ASKED = sizeof asked / sizeof *asked };

struct fixture {
    struct instrument *in;
    int variable[ASKED];         /* rows */
    struct plan *plan[ASKED];
    struct run *rows[ASKED];
    struct columns *columns;
};

static void
add_plan(struct fixture *f, int i)
{
    const struct asked *a = &asked[i];
    const struct question q = {
        .rows = &f->variable[i], .row_count = 1,
        .columns = a->columns != NULL ? tiny_variable(f->in, a->columns)
                                      : -1,
        .sum = a->sum != NULL ? tiny_variable(f->in, a->sum) : -1,
        .where = a->where
    };
    struct err e = { 0 };

    f->variable[i] = tiny_variable(f->in, a->rows);
    f->plan[i] = plan_new(f->in);
    assert_true(plan_add(f->plan[i], &q, &e) >= 0);
    f->rows[i] = run_new(f->plan[i]);
}

/* The year of row N of all that stand by year. */
static int
year_of(unsigned n)
{
    return n < BLOCK_ROWS + 9000 ? 2010 : n < BLOCK_ROWS + 12345 ? 2011 : 2012;
}

static void
fill(const struct fixture *f, struct tiny_row *r, unsigned n)
{
    static const char *const states[] = { "1", "0", "-", "?", "!", "1" };
    unsigned h = n * 2654435761u;
    char text[160];

    snprintf(text, sizeof text, "municipality=0301 year=%d unit=u%u sex=%s "
             "home=%u drugs=%u kids=%u plan=%s svc_meals_r=%s "
             "coordinator=%d", year_of(n),
             (h >> 8) % UNITS, h >> 12 & 1 ? "male" : "female",
             1 + (h >> 14) % 5, 1 + (h >> 18) % 5, h >> 23 & 7,
             states[(h >> 26) % 6], states[(h >> 10) % 6],
             year_of(n) == 2011 && h >> 31 == 0);
    tiny_fill(f->in, r, text);
}

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    char name[] = "/tmp/brukerplan-test.XXXXXX";
    struct column_maker *m;
    struct tiny_row r;
    struct err e = { 0 };
    const char *why;

    *state = f;
    f->in = tiny_instrument(NULL, UNITS);
    for (int i = 0; i < ASKED; i++)
        add_plan(f, i);
    m = column_maker_new(f->in, ROWS);
    for (unsigned n = 0; n < ROWS; n++) {
        fill(f, &r, n);
        assert_true(column_maker_add(m, &r.row, n % 11 != 0, &e));
        for (int i = 0; n % 11 != 0 && i < ASKED;
             i++)
            run_row(f->rows[i], &r.row);
    }
    assert_int_equal(close(mkstemp(name)), 0);
    assert_true(column_maker_write(m, made_for, "1", name, &e));
    column_maker_free(m);
    f->columns = columns_open(name, f->in, made_for, &why);
    unlink(name);
    assert_non_null(f->columns);
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < ASKED; i++) {
        run_free(f->rows[i]);
        plan_free(f->plan[i]);
    }
    columns_close(f->columns);
    instrument_free(f->in);
    free(f);
    return 0;
}

/* Each by itself, so that nothing else makes a block another. */
static void
test_blocks(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < ASKED; i++)
        for (int k = 0; kernel_list[k] != NULL; k++) {
            struct run *run = run_new(f->plan[i]);

            if (kernel_force(kernel_list[k]->id)) {
                assert_true(columns_run(f->columns, f->in, run, -1,
                                        1 + k % 2));
                if (run_differs(run, f->rows[i]) >= 0)
                    fail_msg("%s by %s where %s", asked[i].rows,
                             kernel_list[k]->id, asked[i].where);
            }
            run_free(run);
        }
    assert_true(kernel_force(NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_blocks) };

    return cmocka_run_group_tests(tests, setup, teardown);
}
