/* test_release.c - tables that are published together, and after others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "../oracle/chance.h"
#include "calc/derive.h"
#include "report/ask.h"
#include "report/release.h"
#include "tiny_instrument.h"

enum { PEOPLE_MAX = 400, TABLES_MAX = 16, TRIES = 60 };

static struct instrument *in;

/* People, what is asked of them, and the release of it. */
struct job {
    struct arena arena;
    struct tiny_row *person;
    int people;
    struct plan *plan;
    struct run *run;
    struct figure figure[TABLES_MAX];
    struct ledger ledger;
    struct protect_rule rule;
    struct release *release;
    struct err e;
};

static int
begin(void **state)
{
    (void)state;
    in = tiny_instrument(NULL, 2);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    return 0;
}

static void
job_begin(struct job *j)
{
    memset(j, 0, sizeof *j);
    arena_init(&j->arena);
    j->person = arena_array(&j->arena, PEOPLE_MAX, sizeof *j->person);
    j->rule.threshold = 5;
    j->plan = plan_new(in);
}

static void
job_end(struct job *j)
{
    run_free(j->run);
    plan_free(j->plan);
    arena_clear(&j->arena);
}

/* COUNT people with these answers. */
static void
people(struct job *j, int count, const char *answers)
{
    for (int i = 0; i < count; i++) {
        struct tiny_row *p = &j->person[j->people++];

        assert_true(j->people <= PEOPLE_MAX);
        tiny_fill(in, p, answers);
        derive_row(in, p->value, p->set, NULL);
    }
}

/* A table in words; "": the count of WHERE. */
static int
ask(struct job *j, const char *rows, const char *columns, const char *where)
{
    static const struct ask_names names = { "rows", "columns", "sum" };
    const struct ask words = { rows, columns, NULL, where };
    int *list = arena_array(&j->arena, QUESTION_ROWS_MAX, sizeof *list);
    struct question q;
    int at;

    assert_true(ask_question(in, &words, &names, list, &q, &j->e)
                || rows[0] == '\0');
    if (rows[0] == '\0') {
        at = plan_count(j->plan);
        j->figure[at] = (struct figure){ .id = "n", .where = where,
                                         .sum = -1 };
        q = (struct question){ .columns = -1, .sum = -1,
                               .figures = &j->figure[at],
                               .figure_count = 1 };
        err_clear(&j->e);
    }
    at = plan_add(j->plan, &q, &j->e);
    assert_true(at >= 0);
    return at;
}

static struct run *
count(struct job *j, struct plan *plan)
{
    struct run *run = run_new(plan);

    for (int i = 0; i < j->people; i++)
        run_row(run, &j->person[i].row);
    return run;
}

/* Decides over all that was asked. KNOWN: how many there are is told. */
static bool
decide(struct job *j, bool known)
{
    struct plan *earlier = plan_new(in);
    const struct table *tables[TABLES_MAX];
    struct run *run;
    int more;

    j->run = count(j, j->plan);
    j->release = release_new(in, &j->rule, &j->ledger, &j->arena);
    for (int i = 0; i < plan_count(j->plan); i++)
        release_add(j->release, "test", run_table(j->run, i));
    if (known)
        release_know(j->release, "", j->people);
    assert_true(release_questions(j->release, earlier, &more, &j->e));
    assert_true(more <= TABLES_MAX);
    run = count(j, earlier);
    for (int i = 0; i < more; i++)
        tables[i] = run_table(run, i);
    release_add_counted(j->release, tables);
    run_free(run);
    plan_free(earlier);
    return release_solve(j->release, &j->e);
}

static struct release_marks
marks(struct job *j, int table)
{
    return release_marks(j->release, run_table(j->run, table), &j->arena);
}

static const struct table *
table(struct job *j, int i)
{
    return run_table(j->run, i);
}

/* ---- together ---- */

static void
the_same_people_are_one_number(void **state)
{
    struct job j;
    int two, one, figure;

    (void)state;
    job_begin(&j);
    people(&j, 30, "sex=male home=1");
    people(&j, 3, "sex=male home=5");
    people(&j, 20, "sex=male home=3");
    people(&j, 40, "sex=female home=1");
    people(&j, 25, "sex=female home=4");
    people(&j, 12, "sex=female home=5");
    two = ask(&j, "sex", "home_grade", "");
    one = ask(&j, "home_grade", "", "sex = male");
    figure = ask(&j, "", "", "home = 5 and sex != female");
    assert_true(decide(&j, true));
    assert_int_equal(release_stats(j.release).odd, 0);
    assert_int_equal(table(&j, figure)->cell[0], 3);
    assert_true(marks(&j, figure).cell[0]);
    for (int c = 0; c < 4; c++)
        assert_int_equal(marks(&j, two).cell[c], marks(&j, one).cell[c]);
    assert_true(release_hides(j.release, "sex = male and home_grade = red"));
    assert_false(release_hides(j.release, "sex is answered and "
                               "home_grade is answered"));
    /* What was never asked for is not known to be safe. */
    assert_true(release_hides(j.release, "plan = 1"));
    job_end(&j);
}

/* Two numbers that are large, of whom few are in one and not in the other. */
static void
few_between_two_are_few(void **state)
{
    struct job j;
    int all, part;

    (void)state;
    job_begin(&j);
    people(&j, 60, "sex=male plan=1 home=1");
    people(&j, 50, "sex=male plan=0 home=2");
    people(&j, 2, "sex=male plan=1 home=5");
    people(&j, 70, "sex=female plan=0 home=5");
    all = ask(&j, "", "", "sex = male");
    part = ask(&j, "", "", "sex = male and home in {1, 2, 3, 4}");
    assert_true(decide(&j, true));
    assert_true(marks(&j, all).cell[0] || marks(&j, part).cell[0]);
    job_end(&j);
}

/* All of a small group have one value: neither it nor the noughts are
 * shown. */
static void
not_all_of_a_small_group(void **state)
{
    struct job j;
    const struct table *t;
    struct release_marks m;
    int zeros = 0;

    (void)state;
    job_begin(&j);
    people(&j, 7, "sex=male home=5");
    people(&j, 60, "sex=female home=1");
    people(&j, 40, "sex=female home=3");
    people(&j, 30, "sex=female home=5");
    (void)ask(&j, "sex", "home_grade", "");
    assert_true(decide(&j, true));
    t = table(&j, 0);
    m = marks(&j, 0);
    assert_int_equal(t->cell[2], 7);
    assert_true(m.cell[2]);
    for (int c = 0; c < 4; c++)
        zeros += t->cell[c] == 0 && m.cell[c];
    assert_true(zeros > 0);
    job_end(&j);
}

/* ---- on random people ---- */

static void
random_people(struct job *j, struct chance *c, int least)
{
    int count = chance_int(c, least, 90);

    for (int i = 0; i < count; i++) {
        char text[120];

        snprintf(text, sizeof text, "sex=%s home=%d plan=%d kids=%d "
                 "target=%s birth_year=%d",
                 chance_of(c, 5) ? "-" : chance_of(c, 60) ? "male"
                                                          : "female",
                 chance_of(c, 60) ? 3 : chance_int(c, 1, 5),
                 chance_of(c, 30), chance_of(c, 70) ? 0 : chance_int(c, 1,
                                                                     3),
                 chance_of(c, 70) ? "mental" : "dual",
                 chance_int(c, 1940, 1995));
        people(j, 1, text);
    }
}

static void
ask_usual(struct job *j)
{
    (void)ask(j, "sex", "home_grade", "");
    (void)ask(j, "home_grade", "", "target = mental");
    (void)ask(j, "sex", "target", "");
    (void)ask(j, "plan", "home_grade", "");
    (void)ask(j, "", "", "age >= 30 and sex = male");
    (void)ask(j, "", "", "home in {3, 4, 5}");
    (void)ask(j, "kids", "", "");
}

/* Nothing small is shown, and every set is what it is taken for. */
static void
assert_hidden(struct job *j)
{
    int n;
    const struct release_number *list = release_numbers(j->release, &n);

    assert_int_equal(release_stats(j->release).odd, 0);
    for (int i = 0; i < n; i++) {
        if (list[i].n > 0 && list[i].n < 5)
            assert_true(list[i].hidden);
        assert_true(list[i].hidden == (list[i].why != WHY_SHOWN));
    }
    for (int i = 0; i < plan_count(j->plan); i++) {
        const struct table *t = table(j, i);

        for (int k = 0; k < t->row_count * t->column_count; k++)
            if (t->cell[k] > 0 && t->cell[k] < 5)
                assert_true(marks(j, i).cell[k]);
    }
}

static void
random_tables_solve(void **state)
{
    struct chance c = { 11 };
    int solved = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct job j;

        job_begin(&j);
        random_people(&j, &c, 20);
        ask_usual(&j);
        if (decide(&j, false)) {
            solved++;
            assert_hidden(&j);
        } else {
            assert_string_equal(j.e.key, "release.told");
        }
        job_end(&j);
    }
    assert_int_equal(solved, TRIES);
}

/* ---- after others ---- */

/* The same again, with the first in the ledger, is the same. */
static void
the_same_again(void **state)
{
    struct chance c = { 12 };

    (void)state;
    for (int i = 0; i < TRIES / 3; i++) {
        struct job j;
        const struct round_number *list;
        char first[65], again[65];
        int n;

        job_begin(&j);
        random_people(&j, &c, 40);
        ask_usual(&j);
        assert_true(decide(&j, true));
        list = release_ledger(j.release, &j.arena, &n, first);
        run_free(j.run);
        j.ledger = (struct ledger){ list, n, 0, NULL, 0 };
        assert_true(decide(&j, true));
        (void)release_ledger(j.release, &j.arena, &n, again);
        assert_string_equal(first, again);
        job_end(&j);
    }
}

/* A later release cuts the same people so that two are between it and what
 * is known: it is the later one that is hidden. */
static void
what_was_shown_is_known(void **state)
{
    static const struct round_number shown[] = {
        { "recipients", "", 182, false, false },
        { "recipients", "sex = male", 112, false, false },
    };
    struct job j;
    int part;

    (void)state;
    job_begin(&j);
    people(&j, 60, "sex=male plan=1 home=1");
    people(&j, 50, "sex=male plan=0 home=2");
    people(&j, 2, "sex=male plan=1 home=5");
    people(&j, 70, "sex=female plan=0 home=5");
    part = ask(&j, "", "", "sex = male and home in {1, 2, 3, 4}");
    j.ledger = (struct ledger){ shown, 2, 0, NULL, 0 };
    assert_true(decide(&j, true));
    assert_true(marks(&j, part).cell[0]);
    job_end(&j);
}

/* Both were shown under a lower threshold: it is told already. */
static void
what_was_told_is_told(void **state)
{
    static const struct round_number shown[] = {
        { "recipients", "sex = male", 112, false, false },
        { "recipients", "sex = male and home in {1, 2, 3, 4}", 110, false,
          false },
    };
    struct job j;

    (void)state;
    job_begin(&j);
    people(&j, 60, "sex=male plan=1 home=1");
    people(&j, 50, "sex=male plan=0 home=2");
    people(&j, 2, "sex=male plan=1 home=5");
    people(&j, 70, "sex=female plan=0 home=5");
    (void)ask(&j, "", "", "sex = male");
    j.ledger = (struct ledger){ shown, 2, 0, NULL, 0 };
    assert_false(decide(&j, true));
    assert_string_equal(j.e.key, "release.told");
    err_clear(&j.e);
    run_free(j.run);
    j.ledger.threshold = 5;     /* or not: the set is named */
    assert_false(decide(&j, true));
    assert_string_equal(j.e.key, "release.told_same");
    assert_string_equal(j.e.arg[1],
                        "sex = male and (home = 5 or home is blank)");
    assert_string_equal(j.e.arg[2], "1");
    job_end(&j);
}

/* Three sets and the whole leave two people, who are in none of them: two of
 * the sets overlap a fourth, so that no two tell it. */
static void
what_several_leave_is_small(void **state)
{
    struct job j;
    int part[4];
    int hidden = 0;

    (void)state;
    job_begin(&j);
    people(&j, 60, "sex=male plan=1 home=1");
    people(&j, 50, "sex=male plan=0 home=2");
    people(&j, 40, "sex=male plan=0 home=3");
    people(&j, 30, "sex=male plan=0 home=4");
    people(&j, 2, "sex=male plan=1 home=5");
    part[0] = ask(&j, "", "", "home in {1, 2, 3}");
    part[1] = ask(&j, "", "", "home in {3, 4, 5}");
    part[2] = ask(&j, "", "", "home = 4");
    part[3] = ask(&j, "", "", "home in {1, 2}");
    assert_true(decide(&j, true));
    for (int i = 0; i < 4; i++)
        hidden += marks(&j, part[i]).cell[0];
    assert_true(hidden > 0);
    job_end(&j);
}

/* The data have changed by two people since: the difference would tell. */
static void
few_have_changed(void **state)
{
    static const struct { int64_t then; bool good, hidden; } cases[] = {
        { 110, true, false }, { 108, true, true }, { 111, true, true },
        { 105, true, false }, { 115, true, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct round_number shown = { "recipients", "sex = male",
                                      cases[i].then, false, false };
        struct job j;
        int at;

        job_begin(&j);
        people(&j, 110, "sex=male plan=1 home=1");
        people(&j, 70, "sex=female plan=0 home=5");
        at = ask(&j, "", "", "sex = male");
        j.ledger = (struct ledger){ &shown, 1, 0, NULL, 0 };
        assert_int_equal(decide(&j, false), cases[i].good);
        assert_int_equal(marks(&j, at).cell[0], cases[i].hidden);
        job_end(&j);
    }
}

static void
few_in_all_have_changed(void **state)
{
    static const struct round_number shown = { "recipients", "", 178, false,
                                               false };
    struct job j;

    (void)state;
    job_begin(&j);
    people(&j, 180, "sex=male plan=1 home=1");
    (void)ask(&j, "sex", "", "");
    j.ledger = (struct ledger){ &shown, 1, 0, NULL, 0 };
    assert_false(decide(&j, true));
    assert_string_equal(j.e.key, "release.changed");
    job_end(&j);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_people_are_one_number),
        cmocka_unit_test(few_between_two_are_few),
        cmocka_unit_test(not_all_of_a_small_group),
        cmocka_unit_test(random_tables_solve),
        cmocka_unit_test(the_same_again),
        cmocka_unit_test(what_was_shown_is_known),
        cmocka_unit_test(what_was_told_is_told),
        cmocka_unit_test(what_several_leave_is_small),
        cmocka_unit_test(few_have_changed),
        cmocka_unit_test(few_in_all_have_changed),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
