/* test_feed.c - from the store to rows: scopes, and readers that decide for
 * themselves which registrations count. */
#include "import_fixture.h"
#include "calc/answers.h"
#include "feed/decode.h"

/* Two persons on two units, a third without a number, a draft. */
static const char some[] =
    HEAD ";tier;ident;status\n"
    "nord;mental;2;1;{1};\nsor;mental;5;2;{1};\nsor;mental;3;2;{2};\n"
    "nord;mental;1;1;{2};\nsor;mental;4;2;;\nsor;mental;4;2;{3};draft\n";

static void
test_scopes(void **state)
{
    struct fixture f;
    struct overlap o;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, some));
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,2 c 1,3 c 4,4 c 0,5 c 0,6 d 0,");
    assert_int_equal(fixture_count(&f, ""), 3);
    assert_int_equal(fixture_count(&f, "unit = sor"), 1);
    /* The unit's own, those superseded by another's too. */
    assert_int_equal(fixture_count_unit(&f, "nord", ""), 2);
    assert_int_equal(fixture_count_unit(&f, "sor", ""), 3);
    assert_int_equal(fixture_count_unit(&f, "sor", "unit = nord"), 0);
    assert_int_equal(fixture_count_unit(&f, "ost", ""), 0);
    assert_ok(feed_overlap(&f.o, &everyone, &o, &f.e), &f.e);
    assert_int_equal(o.recipients[0], 0);
    assert_int_equal(o.recipients[1], 2);
    assert_int_equal(o.recipients[2], 0);
    assert_int_equal(o.superseded, 2);
    assert_int_equal(o.no_number, 1);
    fixture_remove(&f);
}

/* Puts, by hand and without settling, a registration of PSEUDONYM (-1:
 * none) on TIER whose answers are a mental score and COUNT more. */
static void
put(struct fixture *f, int64_t number, int who, int tier, int more)
{
    const struct layout *l = opened_layout(&f->o);
    const struct instrument *in = f->o.in;
    int32_t *value = calloc((size_t)in->variable_count, sizeof *value);
    uint8_t *answers = calloc(1, l->size);
    struct registration r = {
        .number = number, .tier = tier, .status = STATUS_COMPLETE,
        .definition = f->o.round->definition, .completed_on = 16000,
        .answers = answers, .answers_len = l->size,
        .has_pseudonym = who >= 0
    };

    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    value[instrument_variable(in, "target_group", 12)] = 0;
    for (int i = 0; i < 7; i++)
        value[instrument_variable(in, "economy", 7) + i] = 2;
    for (int i = 0; i < more; i++)
        value[instrument_variable(in, "plan_measure", 12) + i] = 0;
    answers_pack(l, value, answers);
    if (who >= 0)
        memset(r.pseudonym, who, sizeof r.pseudonym);
    err_clear(&f->e);
    assert_ok(registration_put(f->s, &everyone, f->o.round, &r, &f->e),
              &f->e);
    free(value);
    free(answers);
}

static void
begin(struct fixture *f)
{
    err_clear(&f->e);
    assert_ok(store_begin(f->s, &f->e), &f->e);
}

static void
finish(struct fixture *f, int64_t count, int64_t from, int64_t to)
{
    assert_ok(registration_put_done(f->s, &everyone, f->o.round, count, from,
                                    to, &f->e)
              && store_commit(f->s, &f->e), &f->e);
    fixture_use(f, "r");
}

/* Who reads before anybody has settled gets what the writer will write. */
static void
test_undecided(void **state)
{
    struct fixture f;
    struct overlap before, after;
    int64_t n[4];
    static const char *const where[] = {
        "", "tier = 1", "any_plan is answered", "index_grade = yellow"
    };

    (void)state;
    fixture_open(&f);
    begin(&f);
    for (int i = 1; i <= 60; i++)
        put(&f, i, i % 10 == 0 ? -1 : i * 7 % 11, 1 + i * 5 % 2,
            i * 3 % 4);
    finish(&f, 60, 1, 60);
    assert_true(f.o.round->settle_due);
    for (int i = 0; i < 4; i++)
        n[i] = fixture_count(&f, where[i]);
    assert_int_equal(n[0], 11 + 6);
    assert_ok(feed_overlap(&f.o, &everyone, &before, &f.e), &f.e);
    /* Reading wrote nothing. */
    fixture_use(&f, "r");
    assert_true(f.o.round->settle_due);
    assert_null(strstr(fixture_standing(&f), " c 1"));

    begin(&f);
    assert_ok(feed_settle(&f.o, &everyone, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    fixture_use(&f, "r");
    assert_false(f.o.round->settle_due);
    for (int i = 0; i < 4; i++)
        assert_int_equal(fixture_count(&f, where[i]), n[i]);
    assert_ok(feed_overlap(&f.o, &everyone, &after, &f.e), &f.e);
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* An import settles what a form left. */
static void
test_import_settles(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    begin(&f);
    put(&f, 1, 3, 2, 1);
    put(&f, 2, 3, 1, 0);
    finish(&f, 2, 1, 2);
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,");
    fixture_take(&f, HEAD ";tier;pseudonym\n" ROW
                 ";1;03030303030303030303030303030303\n");
    assert_false(f.o.round->settle_due);
    assert_string_equal(fixture_standing(&f), "1 c 2,2 c 0,3 c 2,");
    assert_int_equal(fixture_count(&f, ""), 1);
    fixture_remove(&f);
}

/* The winner withdrawn, the next counts; all withdrawn, nobody does. */
static void
test_withdrawn(void **state)
{
    struct fixture f;
    const struct registration *row;
    struct scan_ask ask = { .what = "test" };
    uint8_t answers[512];

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        ROW ";1;{1}\n" ROW ";2;{1}\n"));
    for (int64_t number = 1; number <= 2; number++) {
        struct registration r;
        struct scan *scan = scan_begin(f.s, &everyone, f.o.round, &ask,
                                       &f.e);

        for (int64_t i = 0; i < number; i++)
            assert_true(scan_next(scan, &row, &f.e) && row != NULL);
        r = *row;
        assert_true(r.answers_len < sizeof answers);
        memcpy(answers, r.answers, r.answers_len);
        r.answers = answers;
        assert_ok(scan_end(scan, &f.e), &f.e);
        r.status = STATUS_WITHDRAWN;
        begin(&f);
        assert_ok(registration_change(f.s, &everyone, f.o.round, &r, "",
                                      &f.e), &f.e);
        assert_ok(store_commit(f.s, &f.e), &f.e);
        fixture_use(&f, "r");
        assert_true(f.o.round->settle_due);
        assert_int_equal(fixture_count(&f, ""), 2 - number);
        begin(&f);
        assert_ok(feed_settle(&f.o, &everyone, &f.e)
                  && store_commit(f.s, &f.e), &f.e);
        fixture_use(&f, "r");
        assert_int_equal(fixture_count(&f, ""), 2 - number);
        assert_string_equal(fixture_standing(&f), number == 1
                            ? "1 w 0,2 c 0," : "1 w 0,2 w 0,");
        assert_int_equal(fixture_faults(&f), 0);
    }
    fixture_remove(&f);
}

/* Without the key nothing sealed opens, and nothing else is touched. */
static void
test_without_key(void **state)
{
    struct fixture f;
    struct plan *p;
    struct run *run;
    struct question q = { .columns = -1, .sum = -1, .figure_count = 1 };
    struct figure figure = {
        .id = "n", .where = "units_serving in {nord}", .sum = -1
    };

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";units_serving\n" ROW ";nord\n");
    err_clear(&f.e);
    assert_ok(key_destroy(store_keys(f.s), "r", &f.e), &f.e);
    assert_int_equal(fixture_count(&f, "mental = 2"), 1);
    p = plan_new(f.o.in);
    q.figures = &figure;
    assert_true(plan_add(p, &q, &f.e) >= 0);
    run = run_new(p);
    assert_false(feed_run(&f.o, &everyone, SCOPE_RECIPIENTS, NULL, "", p,
                          run, &f.e));
    assert_string_equal(f.e.key, "key.missing");
    run_free(run);
    plan_free(p);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scopes),
        cmocka_unit_test(test_undecided),
        cmocka_unit_test(test_import_settles),
        cmocka_unit_test(test_withdrawn),
        cmocka_unit_test(test_without_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
