/* test_rounds.c - several rounds counted as one, by rows and by columns. */
#include "intake_fixture.h"
#include "feed/rounds.h"
#include "store/cache.h"

#define HEAD "unit;target_group;mental;birth_year;tier;ident\n"

static const char *const parts[] = {
    HEAD "nord;mental;2;1980;1;{1}\nsor;mental;5;1980;2;{1}\n"
         "sor;mental;3;1990;2;\n",
    HEAD "nord;mental;1;1980;1;{1}\nost;mental;4;1980;1;{3}\n",
    HEAD "vest;mental;5;1940;1;\nnord;mental;2;1970;1;\n"
};
static const char *const ids[] = { "r", "s", "t" };

static void
close_round(struct fixture *f)
{
    assert_ok(store_begin(f->s, &f->e)
              && round_set_status(f->s, &everyone, f->o.round, ROUND_CLOSED,
                                  "", &f->e)
              && store_commit(f->s, &f->e), &f->e);
}

/* Three rounds; the last one has a unit that the others have not. */
static void
open_three(struct fixture *f)
{
    fixture_store(f);
    fixture_round(f, "r", (struct round_kind){ .real = false });
    fixture_take(f, fixture_fill(f, parts[0]));
    fixture_round(f, "s", (struct round_kind){ .real = false });
    fixture_take(f, fixture_fill(f, parts[1]));
    fixture_round(f, "t", (struct round_kind){
        .units = "unit,name,tier\nvest,Vest,1\nnord,Nord,1\n" });
    fixture_take(f, fixture_fill(f, parts[2]));
}

static int64_t
count(struct fixture *f, const char *words, const char *where)
{
    struct figure figure = { .id = "n", .where = where, .sum = -1 };
    const struct question q = {
        .columns = -1, .sum = -1, .figures = &figure, .figure_count = 1
    };
    struct rounds rounds;
    struct plan *p;
    struct run *run;
    int64_t n;

    err_clear(&f->e);
    assert_ok(rounds_init(&rounds, f->s, words, &f->e), &f->e);
    p = plan_new(rounds.in);
    assert_ok(plan_add(p, &q, &f->e) >= 0, &f->e);
    run = run_new(p);
    assert_ok(feed_run(&rounds.whole, &everyone, SCOPE_RECIPIENTS, NULL,
                       where, p, run, &f->e), &f->e);
    n = run_table(run, 0)->cell[0];
    run_free(run);
    plan_free(p);
    rounds_clear(&rounds);
    return n;
}

static const char *
refused(struct fixture *f, const char *words)
{
    struct rounds rounds;

    err_clear(&f->e);
    assert_false(rounds_init(&rounds, f->s, words, &f->e));
    rounds_clear(&rounds);
    return f->e.key;
}

static const char *const where[] = {
    "", "unit = nord", "mental >= 4", "age < 30", "age_group = 26-35",
    "mental_grade = yellow", "not (unit = nord)", "tier = 1",
    "municipality = 1201", "year = 2013"
};
enum { QUESTIONS = sizeof where / sizeof *where };

/* Each question of WORDS, rounds FIRST..LAST, is the sum of what it is of
 * each. */
static void
check_sums(struct fixture *f, const char *words, int first, int last)
{
    for (int k = 0; k < QUESTIONS; k++) {
        int64_t n = 0;

        for (int i = first; i <= last; i++) {
            fixture_use(f, ids[i]);
            n += fixture_count(f, where[k]);
        }
        assert_int_equal(count(f, words, where[k]), n);
    }
}

static void
test_sums(void **state)
{
    struct fixture f;

    (void)state;
    open_three(&f);
    check_sums(&f, "r,s", 0, 1);
    check_sums(&f, "s,t", 1, 2);
    check_sums(&f, "@all", 0, 2);
    assert_int_equal(count(&f, "@all", ""), 6);
    assert_int_equal(count(&f, "t,r", "unit = nord"), 2);
    /* Units that some have not. */
    assert_int_equal(count(&f, "@all", "unit in {vest, ost}"), 2);
    assert_int_equal(count(&f, "t,r", "unit = sor"), 1);
    assert_int_equal(count(&f, "r,t", "unit = vest"), 1);
    fixture_remove(&f);
}

/* As the store says of a settled round, and as settling anew finds. */
static void
check_overlap(struct fixture *f, const char *id, const struct overlap *want)
{
    struct overlap got[2];

    fixture_use(f, id);
    assert_false(f->o.round->settle_due);
    for (int i = 0; i < 2; i++) {
        f->o.round->settle_due = i > 0;
        assert_ok(feed_overlap(&f->o, &everyone, &got[i], &f->e), &f->e);
        assert_memory_equal(&got[i], want, sizeof *want);
    }
    f->o.round->settle_due = false;
}

static void
test_overlap(void **state)
{
    static const struct overlap want[] = {
        { { 0, 1, 0 }, 1, 1 }, { { 2, 0, 0 }, 0, 0 }, { { 0, 0, 0 }, 0, 2 },
        { { 1, 1, 2 }, 7, 1 }
    };
    struct overlap sum = { .superseded = 0 }, got;
    struct rounds rounds;
    struct fixture f;

    (void)state;
    open_three(&f);
    fixture_round(&f, "many", (struct round_kind){ .real = false });
    fixture_take(&f, fixture_fill(&f, HEAD
        "nord;mental;1;1980;1;{1}\nnord;mental;2;1980;1;{2}\n"
        "sor;mental;3;1980;2;{2}\nnord;mental;4;1980;1;{3}\n"
        "sor;mental;5;1980;2;{3}\nost;mental;5;1980;1;{3}\n"
        "nord;mental;1;1980;2;{4}\nsor;mental;2;1980;2;{4}\n"
        "ost;mental;3;1980;1;{4}\nost;mental;4;1980;1;{4}\n"
        "sor;mental;1;1980;2;{4}\nsor;mental;1;1980;2;\n"));
    check_overlap(&f, "r", &want[0]);
    check_overlap(&f, "s", &want[1]);
    check_overlap(&f, "t", &want[2]);
    check_overlap(&f, "many", &want[3]);
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 3; k++)
            sum.recipients[k] += want[i].recipients[k];
        sum.superseded += want[i].superseded;
        sum.no_number += want[i].no_number;
    }
    assert_ok(rounds_init(&rounds, f.s, "@all", &f.e), &f.e);
    assert_ok(feed_overlap(&rounds.whole, &everyone, &got, &f.e), &f.e);
    assert_memory_equal(&got, &sum, sizeof sum);
    rounds_clear(&rounds);
    fixture_remove(&f);
}

/* All closed: by columns, in one file, until something changes. */
static void
test_columns(void **state)
{
    struct fixture f;
    const char *file;

    (void)state;
    open_three(&f);
    file = cache_file(f.path, "@all", &f.arena);
    for (int i = 0; i < 3; i++) {
        assert_int_not_equal(access(file, F_OK), 0);
        fixture_use(&f, ids[i]);
        close_round(&f);
        check_sums(&f, "@all", 0, 2);
    }
    assert_int_equal(access(file, F_OK), 0);
    check_sums(&f, "@all", 0, 2);
    fixture_remove(&f);
}

static void
test_refused(void **state)
{
    struct fixture f;

    (void)state;
    open_three(&f);
    fixture_round(&f, "u", (struct round_kind){ .training_of = "r" });
    assert_string_equal(refused(&f, "r,r"), "rounds.twice");
    assert_string_equal(refused(&f, "r,u"), "rounds.training");
    assert_string_equal(refused(&f, "r,x"), "round.unknown_near");
    assert_string_equal(refused(&f, "r,"), "round.unknown_near");
    assert_string_equal(refused(&f, "@some"), "rounds.word");
    /* Training rounds are no part of all. */
    assert_int_equal(count(&f, "@all", ""), 6);
    fixture_remove(&f);
}

/* An older definition is seen by the newest, or refused. */
static void
test_definitions(void **state)
{
    struct fixture f;
    size_t len;
    const char *text = embed_find("instruments/brukerplan-2014.yaml", &len);
    char *other, *at;

    (void)state;
    open_three(&f);
    /* What was switched on is no difference to a figure. */
    fixture_round(&f, "v", (struct round_kind){ .switched_on = "subunit" });
    fixture_take(&f, fixture_fill(&f, HEAD "nord;mental;2;1980;1;{1}\n"));
    assert_int_equal(count(&f, "r,v", ""), 3);
    assert_int_equal(count(&f, "v,r", "unit = nord"), 2);
    /* Where a grade begins is. */
    other = arena_text_n(&f.arena, text, len);
    at = strstr(other, "1200");
    assert_non_null(at);
    memcpy(at, "1300", 4);
    fixture_round(&f, "w", (struct round_kind){ .instrument = other });
    assert_string_equal(refused(&f, "r,w"), "rounds.differ");
    assert_string_equal(refused(&f, "@all"), "rounds.differ");
    fixture_remove(&f);
}

static void
test_store_empty(void **state)
{
    struct fixture f;

    (void)state;
    fixture_store(&f);
    assert_string_equal(refused(&f, "@all"), "rounds.none");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_store_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
