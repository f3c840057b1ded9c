/* test_count.c - every shape, counted from a handful of rows.
 *
 * A finished table is compared as text:
 *     row keys / column keys / cells, rows divided by ; / base / outside
 *     (unanswered, unknown, not asked)
 * and where they are there "n" the recipients behind sums, "of" the bases
 * of shares and "left" those without a value to add. */
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

static const char *const people[] = {
    "sex=male target=mental crisis=1 kids=2 visits=0 plan=1 home=1 "
        "helpers=u0|u69 age=17 municipality=4601 home_grade=green drugs=! "
        "drugs_grade=!",
    "sex=male target=mental crisis=0 kids=? visits=32000 plan=0 home=2 "
        "declined=1 helpers=u0 age=20 home_grade=yellow drugs=! "
        "drugs_grade=! municipality=0301",
    "sex=female target=dual crisis=! kids=0 visits=5 plan=0 declined=0 "
        "home=5 drugs=4 helpers=0 age=400 home_grade=red "
        "drugs_grade=yellow municipality=4601",
    "sex=? target=substance crisis=! kids=20 visits=5 plan=? declined=! "
        "home=- drugs=5 helpers=u1|u63|u64 home_grade=- drugs_grade=red "
        "municipality=9999",
    ("sex=- target=substance crisis=! kids=- visits=- plan=- declined=! "
        "home=? drugs=? helpers=? age=0"),
};

static void
add_numbers(struct buf *b, const char *name, const int64_t *n, int rows,
            int columns)
{
    if (n == NULL)
        return;
    buf_printf(b, " / %s", name);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            buf_printf(b, "%s%lld", j > 0 ? " " : i > 0 ? "; " : "",
                       (long long)n[i * columns + j]);
}

static void
add_keys(struct buf *b, const struct key *keys, int count)
{
    if (keys == NULL)
        buf_text(b, "-");
    for (int i = 0; keys != NULL && i < count; i++)
        buf_printf(b, "%s%s", i > 0 ? " " : "", keys[i].id);
}

static void
dump(struct buf *b, const struct table *t)
{
    int bases = t->base_count;

    add_keys(b, t->row_keys, t->row_count);
    buf_text(b, " / ");
    add_keys(b, t->column_keys, t->column_count);
    add_numbers(b, "", t->cell, t->row_count, t->column_count);
    add_numbers(b, "", t->base, bases, 1);
    buf_text(b, " / ");
    for (int i = 0; i < bases; i++)
        buf_printf(b, "%s%lld %lld %lld", i > 0 ? "; " : "",
                   (long long)t->outside[i].unanswered,
                   (long long)t->outside[i].unknown,
                   (long long)t->outside[i].not_asked);
    if (t->count != t->cell)
        add_numbers(b, "n ", t->count, t->row_count, t->column_count);
    add_numbers(b, "of ", t->of, t->row_count, t->column_count);
    add_numbers(b, "left ", t->left_out, bases, 1);
    if (t->multiple)
        buf_text(b, " / multiple");
}

static bool
next_person(void *ctx, const struct row **row, struct err *e)
{
    static struct tiny_row r;
    size_t *i = ctx;

    (void)e;
    *row = NULL;
    if (*i == sizeof people / sizeof *people)
        return true;
    tiny_fill(in, &r, people[(*i)++]);
    *row = &r.row;
    return true;
}

static void
count_people(struct run *r)
{
    size_t i = 0;
    struct err e = { 0 };

    assert_true(run_rows(r, &(struct cursor){ next_person, &i }, &e));
}

/* Those who come and go again. */
static const char *const passing[] = {
    "sex=female target=dual crisis=1 kids=19 visits=31999 plan=1 home=3 "
        "helpers=u2|u69 age=399 municipality=1111 home_grade=green",
    "sex=male target=mental crisis=0 kids=? visits=1 plan=0 home=- "
        "helpers=0 age=1 home_grade=yellow municipality=5001",
    "sex=- target=- kids=1 visits=- helpers=? age=?"
};

/* What was added and taken out again leaves nothing, whatever was seen of it
 * and read off meanwhile; and another run takes over what is left. */
static void
check_signed(const struct plan *p, const char *want)
{
    static struct tiny_row row;
    struct run *r = run_new(p), *other = run_new(p);
    int n = sizeof passing / sizeof *passing;
    struct buf b;

    for (int sign = 1; sign >= -1; sign -= 2) {
        for (int i = 0; i < n; i++) {
            tiny_fill(in, &row, passing[i]);
            run_signed(r, &row.row, sign);
            run_table(r, 0);
        }
        if (sign > 0)
            count_people(r);
    }
    assert_int_equal(run_seen(r), 5);
    assert_int_equal(run_take(other, r), 0);
    assert_int_equal(run_seen(other), 5);
    assert_int_equal(run_differs(other, r), -1);
    for (int i = 0; i < 2; i++) {
        buf_init(&b, 0);
        dump(&b, run_table(i == 0 ? r : other, 0));
        assert_string_equal(buf_string(&b), want);
        buf_clear(&b);
    }
    run_free(r);
    run_free(other);
}

/* Adds the question to a plan of its own, counts, and compares. */
static void
check_table(const struct question *q, const char *want)
{
    struct plan *p = plan_new(in);
    struct err e = { 0 };
    struct run *r;
    struct buf b;

    buf_init(&b, 0);
    if (plan_add(p, q, &e) != 0)
        fail_msg("%s %s: %s", e.key, e.arg[0], want);
    r = run_new(p);
    count_people(r);
    assert_int_equal(run_seen(r), 5);
    dump(&b, run_table(r, 0));
    assert_string_equal(buf_string(&b), want);
    buf_clear(&b);
    check_signed(p, want);
    run_free(r);
    plan_free(p);
}

struct ask {
    const char *rows, *columns, *where, *and_where, *sum;
    const char *want;
};

static void
check_asks(const struct ask *ask, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int rows[8];
        struct question q = {
            .rows = rows, .where = ask[i].where,
            .and_where = ask[i].and_where,
            .columns = ask[i].columns == NULL ? -1 :
                tiny_variable(in, ask[i].columns),
            .sum = ask[i].sum == NULL ? -1 : tiny_variable(in, ask[i].sum)
        };

        if (ask[i].rows != NULL)
            q.row_count = tiny_variables(in, ask[i].rows, rows, 8);
        check_table(&q, ask[i].want);
    }
}

#define CHECK_ASKS(asks) check_asks(asks, sizeof asks / sizeof *asks)

static void
test_one_way(void **state)
{
    static const struct ask asks[] = {
        { .rows = "sex", .want = "male female / - / 2; 1 / 3 / 1 1 0" },
        { .rows = "crisis", .want = "1 0 / - / 1; 1 / 2 / 0 0 3" },
        { .rows = "home",
          .want = "1 2 3 4 5 / - / 1; 1; 0; 0; 1 / 3 / 1 1 0" },
        { .rows = "drugs_grade",
          .want = "green yellow red / - / 0; 1; 1 / 2 / 1 0 2" },
        { .rows = "sex", .where = "target = mental",
          .want = "male female / - / 2; 0 / 2 / 0 0 0" },
        { .rows = "sex", .where = "kids > 0", .and_where = "plan = 1",
          .want = "male female / - / 1; 0 / 1 / 0 0 0" },
        { .rows = "sex", .where = "not (plan = 1)",
          .want = "male female / - / 1; 1 / 2 / 1 1 0" },
        { .rows = "sex", .where = "age > 400",
          .want = "male female / - / 0; 0 / 0 / 0 0 0" },
        { .rows = "index_grade",
          .want = "green yellow red bloodred / - / 0; 0; 0; 0 / 0 / "
                  "5 0 0" },
    };

    (void)state;
    CHECK_ASKS(asks);
}

static void
test_ints(void **state)
{
    static const struct ask asks[] = {
        { .rows = "age", .where = "age < 30",
          .want = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 / "
                  "- / 1; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; "
                  "1; 0; 0; 1 / 3 / 0 0 0" },
        { .rows = "age", .where = "age = 400",
          .want = "400 / - / 1 / 1 / 0 0 0" },
        { .rows = "visits", .where = "visits = 32000",
          .want = "32000 / - / 1 / 1 / 0 0 0" },
        { .rows = "visits", .where = "visits < 6",
          .want = "0 1 2 3 4 5 / - / 1; 0; 0; 0; 0; 2 / 3 / 0 0 0" },
        { .rows = "visits", .where = "visits is blank",
          .want = " / - /  / 0 / 1 0 0" },
        { .rows = "tier", .want = " / - /  / 0 / 5 0 0" },
        { .rows = "children", .want = " / - /  / 0 / 5 0 0" },
        { .rows = "kids", .columns = "age", .where = "kids = 2",
          .want = "2 / 17 / 1 / 1 / 0 0 0" },
        { .rows = "sex", .columns = "tier",
          .want = "male female /  /  / 0 / 4 1 0" },
        { .rows = "tier", .columns = "sex",
          .want = " / male female /  / 0 / 5 0 0" },
        { .rows = "tier,kids", .where = "not (kids = 20)",
          .want = "- / 0 1 2 / 0 0 0; 1 0 1 / 0; 2 / 4 0 0; 1 1 0" },
        { .rows = "tier,visits,age", .where = "visits = 32000",
          .and_where = "age < 18",
          .want = "- /  /  / 0; 0; 0 / 0 0 0; 0 0 0; 0 0 0" },
        { .rows = "tier,visits", .where = "visits = 32000",
          .want = "- / 32000 / 0; 1 / 0; 1 / 1 0 0; 0 0 0" },
    };

    (void)state;
    CHECK_ASKS(asks);
}

/* Only what was found, in order; holes are no keys. */
static void
test_municipalities(void **state)
{
    static const struct ask asks[] = {
        { .rows = "municipality",
          .want = "0301 4601 9999 / - / 1; 2; 1 / 4 / 1 0 0" },
        { .rows = "municipality", .where = "kids = 0",
          .want = "4601 / - / 1 / 1 / 0 0 0" },
        { .rows = "municipality", .where = "municipality is blank",
          .want = " / - /  / 0 / 1 0 0" },
        { .rows = "municipality", .columns = "sex",
          .want = "0301 4601 / male female / 1 0; 1 1 / 3 / 1 1 0" },
        { .rows = "municipality", .columns = "kids", .where = "visits = 5",
          .want = "4601 9999 / 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 "
                  "18 19 20 / 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0; "
                  "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 / 2 / 0 0 0" },
        { .rows = "sex", .columns = "municipality",
          .want = "male female / 0301 4601 / 1 1; 0 1 / 3 / 1 1 0" },
        { .rows = "plan,declined", .columns = "municipality",
          .want = "- / 0301 4601 / 0 1; 1 0 / 3; 2 / 1 1 0; 1 0 2 / "
                  "of 1 2; 1 1" },
        { .rows = "municipality,municipality",
          .want = "- / 0301 4601 9999 / 1 2 1; 1 2 1 / 4; 4 / "
                  "1 0 0; 1 0 0" },
        { .rows = "municipality", .sum = "kids",
          .want = "0301 4601 9999 / - / 0; 2; 20 / 4 / 1 0 0 / n 1; 2; 1 / "
                  "left 1" },
    };

    (void)state;
    CHECK_ASKS(asks);
}

/* Names are those of the round's year. */
static void
test_municipality_names(void **state)
{
    const int rows[] = { tiny_variable(in, "municipality") };
    const struct question q = {
        .rows = rows, .row_count = 1, .columns = -1, .sum = -1
    };
    struct plan *p = plan_new(in);
    struct err e = { 0 };
    const struct table *t;
    struct run *r;

    (void)state;
    assert_int_equal(plan_add(p, &q, &e), 0);
    r = run_new(p);
    count_people(r);
    t = run_table(r, 0);
    assert_int_equal(t->row_count, 3);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        assert_string_equal(t->row_keys[0].label.in[lang], "0301 Oslo");
        assert_string_equal(t->row_keys[1].label.in[lang], "4601 Bergen");
        assert_string_equal(t->row_keys[2].label.in[lang], "9999");
    }
    run_free(r);
    plan_free(p);
}

static void
test_two_way(void **state)
{
    static const struct ask asks[] = {
        { .rows = "sex", .columns = "plan",
          .want = "male female / 1 0 / 1 1; 0 1 / 3 / 1 1 0" },
        { .rows = "plan", .columns = "crisis",
          .want = "1 0 / 1 0 / 1 0; 0 1 / 2 / 1 1 1" },
        { .rows = "target", .columns = "sex",
          .want = "mental substance dual / male female / 2 0; 0 0; 0 1 / "
                  "3 / 1 1 0" },
        { .rows = "sex", .columns = "sex",
          .want = "male female / male female / 2 0; 0 1 / 3 / 1 1 0" },
    };

    (void)state;
    CHECK_ASKS(asks);
}

static void
test_batteries(void **state)
{
    static const struct ask asks[] = {
        { .rows = "home_grade,drugs_grade",
          .want = "- / green yellow red / 1 1 1; 0 1 1 / 3; 2 / "
                  "2 0 0; 1 0 2" },
        { .rows = "home,drugs", .where = "target in {dual, substance}",
          .want = "- / 1 2 3 4 5 / 0 0 0 0 1; 0 0 0 1 1 / 1; 2 / "
                  "1 1 0; 0 1 0" },
        { .rows = "plan,declined,crisis",
          .want = "- / 1 / 1; 1; 1 / 3; 2; 2 / 1 1 0; 1 0 2; 0 0 3" },
        { .rows = "plan,declined", .columns = "sex",
          .want = "- / male female / 1 0; 1 0 / 3; 2 / 1 1 0; 1 0 2 / "
                  "of 2 1; 1 1" },
        { .rows = "plan,declined", .columns = "kids",
          .where = "kids <= 2",
          .want = "- / 0 1 2 / 0 0 1; 0 0 0 / 2; 1 / 0 0 0; 1 0 0 / "
                  "of 1 0 1; 1 0 0" },
        { .rows = "plan,declined", .columns = "tier",
          .want = "- /  /  / 0; 0 / 4 1 0; 3 0 2 / of " },
    };

    (void)state;
    CHECK_ASKS(asks);
}

static void
test_sums(void **state)
{
    static const struct ask asks[] = {
        { .rows = "target", .sum = "kids",
          .want = "mental substance dual / - / 2; 20; 0 / 5 / 0 0 0 / "
                  "n 2; 2; 1 / left 2" },
        { .rows = "sex", .columns = "plan", .sum = "visits",
          .want = "male female / 1 0 / 0 32000; 0 5 / 3 / 1 1 0 / "
                  "n 1 1; 0 1 / left 0" },
        { .rows = "kids", .sum = "kids", .where = "kids < 3",
          .want = "0 1 2 / - / 0; 0; 2 / 2 / 0 0 0 / n 1; 0; 1 / left 0" },
        { .rows = "home_grade,drugs_grade", .sum = "kids",
          .want = "- / green yellow red / 2 0 0; 0 0 20 / 3; 2 / "
                  "2 0 0; 1 0 2 / n 1 1 1; 0 1 1 / left 1; 0" },
        { .rows = "plan,declined", .sum = "kids",
          .want = "- / 1 / 2; 0 / 3; 2 / 1 1 0; 1 0 2 / n 1; 1 / "
                  "left 0; 1" },
        { .rows = "plan,declined", .columns = "sex", .sum = "kids",
          .want = "- / male female / 2 0; 0 0 / 3; 2 / 1 1 0; 1 0 2 / "
                  "n 1 0; 1 0 / of 2 1; 1 1 / left 0; 1" },
        { .sum = "kids", .want = "- / 1 / 22 / 5 / 0 0 0 / n 5 / of -1 / "
                                 "left 2" },
        { .sum = "kids", .where = "target = mental",
          .want = "- / 1 / 2 / 2 / 0 0 0 / n 2 / of -1 / left 1" },
    };

    (void)state;
    CHECK_ASKS(asks);
}

/* Those of the 70 units that somebody was in, as "u1=2". */
static void
dump_used(struct buf *b, const struct table *t)
{
    for (int i = 0; i < t->row_count; i++) {
        const int64_t *cell = &t->cell[i * t->column_count];
        bool used = false;

        for (int j = 0; j < t->column_count; j++)
            used |= cell[j] != 0;
        if (used)
            buf_printf(b, "%s=%lld ", t->row_keys[i].id,
                       (long long)cell[0]);
    }
    buf_printf(b, "base %lld out %lld %lld %lld", (long long)t->base[0],
               (long long)t->outside->unanswered,
               (long long)t->outside->unknown,
               (long long)t->outside->not_asked);
}

static void
test_chosen(void **state)
{
    struct plan *p = plan_new(in);
    int helpers = tiny_variable(in, "helpers");
    static struct tiny_row row;
    struct question q = { .rows = &helpers, .row_count = 1, .sum = -1,
                          .columns = -1 };
    struct err e = { 0 };
    const struct table *t;
    struct run *r;
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    assert_int_equal(plan_add(p, &q, &e), 0);
    q.sum = tiny_variable(in, "kids");
    assert_int_equal(plan_add(p, &q, &e), 1);
    q.columns = tiny_variable(in, "age");
    assert_int_equal(plan_add(p, &q, &e), 2);
    q.sum = tiny_variable(in, "tier");
    q.columns = -1;
    assert_int_equal(plan_add(p, &q, &e), 3);
    r = run_new(p);
    count_people(r);

    t = run_table(r, 0);
    assert_true(t->multiple);
    assert_int_equal(t->row_count, 70);
    dump_used(&b, t);
    assert_string_equal(buf_string(&b), "u0=2 u1=1 u63=1 u64=1 u69=1 "
                                        "base 4 out 0 1 0");
    buf_reset(&b);
    t = run_table(r, 1);
    dump_used(&b, t);
    assert_string_equal(buf_string(&b), "u0=2 u1=20 u63=20 u64=20 u69=2 "
                                        "base 4 out 0 1 0");
    assert_int_equal(t->left_out[0], 1);
    assert_int_equal(t->count[0], 2);
    t = run_table(r, 2);
    assert_int_equal(t->column_count, 400 - 17 + 1);
    assert_string_equal(t->column_keys[0].id, "17");
    assert_int_equal(table_row_sum(t, 0), 2);
    assert_int_equal(t->base[0], 3);
    assert_int_equal(t->outside->unanswered, 1);
    t = run_table(r, 3);        /* who chose none is in no cell */
    assert_int_equal(t->left_out[0], 3);
    assert_int_equal(t->base[0], 4);
    /* Nor is he, but his column is shown until he goes. */
    tiny_fill(in, &row, people[2]);
    run_signed(r, &row.row, -1);
    assert_int_equal(run_table(r, 2)->column_count, 20 - 17 + 1);
    tiny_fill(in, &row, passing[1]);
    run_signed(r, &row.row, 1);
    assert_int_equal(run_table(r, 2)->column_count, 20 - 1 + 1);
    run_signed(r, &row.row, -1);
    assert_int_equal(run_table(r, 2)->column_count, 20 - 17 + 1);
    buf_clear(&b);
    run_free(r);
    plan_free(p);
}

static void
test_figures(void **state)
{
    static struct figure f[] = {
        { .id = "all", .sum = -1 },
        { .id = "mental", .where = "target = mental", .sum = -1 },
        { .id = "crisis", .where = "crisis = 1", .of = "target = mental",
          .sum = -1 },
        { .id = "kids", .where = "sex is answered", .of = "", .sum = 0 },
        { .id = "none", .where = "tier = 1", .of = "tier = 2", .sum = -1 },
    };
    struct question q = { .columns = -1, .sum = -1, .figures = f,
                          .figure_count = 5, .where = "home is answered" };

    (void)state;
    f[3].sum = tiny_variable(in, "kids");
    check_table(&q, "- / 1 / 3; 2; 1; 2; 0 / 3; 3; 2; 3; 0 / "
                "0 0 0; 0 0 0; 0 0 0; 0 0 0; 3 0 0 / n 3; 2; 1; 3; 0 / "
                "of -1; -1; 2; 3; 0 / left 0; 0; 0; 1; 0");
    check_table(&(struct question){ .columns = -1, .sum = -1 },
                "- / 1 / 5 / 5 / 0 0 0 / of -1");
}

static void
test_labels(void **state)
{
    struct plan *p = plan_new(in);
    int v[] = { tiny_variable(in, "plan"), tiny_variable(in, "home"),
                tiny_variable(in, "kids") };
    int ticks[] = { v[0], tiny_variable(in, "crisis") };
    struct question q = { .row_count = 1, .columns = -1, .sum = -1 };
    struct err e = { 0 };
    struct run *r;

    (void)state;
    for (int i = 0; i < 3; i++) {
        q.rows = &v[i];
        assert_int_equal(plan_add(p, &q, &e), i);
    }
    q.rows = ticks;
    q.row_count = 2;
    assert_int_equal(plan_add(p, &q, &e), 3);
    r = run_new(p);
    count_people(r);
    assert_string_equal(run_table(r, 0)->row_keys[0].label.in[LANG_NB],
                        "Ja");
    assert_string_equal(run_table(r, 0)->row_keys[1].label.in[LANG_NB],
                        "Nei");
    assert_string_equal(run_table(r, 1)->row_keys[3].label.in[LANG_NN],
                        "Nær raud");
    assert_string_equal(run_table(r, 2)->row_keys[20].label.in[LANG_EN],
                        "20");
    assert_string_equal(run_table(r, 3)->column_keys[0].label.in[LANG_NB],
                        "Ja");
    assert_ptr_equal(run_table(r, 3)->question->rows, ticks);
    run_free(r);
    plan_free(p);
}

/* A table can be read off between rows, and grows. */
static void
test_read_between(void **state)
{
    struct plan *p = plan_new(in);
    int kids = tiny_variable(in, "kids");
    struct question q = { .rows = &kids, .row_count = 1, .columns = -1,
                          .sum = -1 };
    struct tiny_row row;
    struct err e = { 0 };
    struct run *r;

    (void)state;
    assert_int_equal(plan_add(p, &q, &e), 0);
    r = run_new(p);
    assert_int_equal(run_table(r, 0)->row_count, 0);
    for (int i = 0; i <= 20; i++) {
        char text[16];

        snprintf(text, sizeof text, "kids=%d", i);
        tiny_fill(in, &row, text);
        run_row(r, &row.row);
        assert_int_equal(run_table(r, 0)->row_count, i + 1);
        assert_int_equal(table_sum(run_table(r, 0)), i + 1);
    }
    assert_int_equal(run_seen(r), 21);
    run_free(r);
    plan_free(p);
}

static bool
next_fails(void *ctx, const struct row **row, struct err *e)
{
    (void)ctx;
    (void)row;
    return err_set(e, ERR_MACHINE, "test.broken", "%d", 1);
}

static void
test_cursor_fails(void **state)
{
    struct plan *p = plan_new(in);
    struct run *r = run_new(p);
    struct err e = { 0 };

    (void)state;
    assert_false(run_rows(r, &(struct cursor){ next_fails, NULL }, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    run_free(r);
    plan_free(p);
    run_free(NULL);
    plan_free(NULL);
}

static void
test_table_sums(void **state)
{
    struct plan *p = plan_new(in);
    int sex = tiny_variable(in, "sex");
    struct question q = { .rows = &sex, .row_count = 1, .sum = -1,
                          .columns = tiny_variable(in, "plan") };
    struct err e = { 0 };
    const struct table *t;
    struct run *r;

    (void)state;
    assert_int_equal(plan_add(p, &q, &e), 0);
    r = run_new(p);
    count_people(r);
    t = run_table(r, 0);
    assert_int_equal(table_row_sum(t, 0), 2);
    assert_int_equal(table_row_sum(t, 1), 1);
    assert_int_equal(table_column_sum(t, 0), 1);
    assert_int_equal(table_column_sum(t, 1), 2);
    assert_int_equal(table_sum(t), 3);
    run_free(r);
    plan_free(p);
}

static void
test_shares(void **state)
{
    static const struct {
        int64_t n, base;
        int decimals;
        int64_t want;
    } cases[] = {
        { 0, 0, 0, -1 }, { 5, 0, 0, -1 }, { 5, -1, 0, -1 },
        { 0, 7, 0, 0 }, { 7, 7, 0, 100 }, { 1, 3, 0, 33 },
        { 2, 3, 0, 67 }, { 1, 200, 0, 1 }, { 1, 201, 0, 0 },
        { 199, 200, 0, 100 }, { 199, 201, 0, 99 }, { 5, 1000, 0, 1 },
        { 49, 10000, 0, 0 }, { 125, 1000, 0, 13 }, { 135, 1000, 0, 14 },
        { 145, 1000, 0, 15 }, { 86, 10000, 2, 86 }, { 1, 8, 1, 125 },
        { 1, 8, 2, 1250 }, { 1, 16, 1, 63 }, { 1, 3, 3, 33333 },
        { 2, 3, 3, 66667 }, { 9, 3, 0, 300 }, { 7, 2, 0, 350 },
        { 1845, 214535, 2, 86 }, { 1229, 1845, 0, 67 },
        { 32000000000000, 64000000000000, 3, 50000 },
        { 32000000000001, 64000000000000, 3, 50000 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(share_of(cases[i].n, cases[i].base,
                                  cases[i].decimals), cases[i].want);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_way), cmocka_unit_test(test_ints),
        cmocka_unit_test(test_municipalities),
        cmocka_unit_test(test_municipality_names),
        cmocka_unit_test(test_two_way), cmocka_unit_test(test_batteries),
        cmocka_unit_test(test_sums), cmocka_unit_test(test_chosen),
        cmocka_unit_test(test_figures), cmocka_unit_test(test_labels),
        cmocka_unit_test(test_read_between),
        cmocka_unit_test(test_cursor_fails),
        cmocka_unit_test(test_table_sums), cmocka_unit_test(test_shares)
    };
    int failed;

    in = tiny_instrument(NULL, 70);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
