/* test_timing.c - a unit can't learn by time that another one has a person.
 *
 * A registration is stored as the form does it, a transaction each, in turn
 * for a person whom another unit has registered and for one whom nobody
 * has. What is done must be the same to the statement, the step and the
 * changed row. The times must not tell the two kinds apart: a rank test
 * (Mann-Whitney), which says nothing of how long they are, fails only at a
 * |z| that chance reaches once in a million runs. */
#include "store_fixture.h"
#include "rank_time.h"

enum { PAIRS = 1500, KNOWN = 1500, LIMIT = 5 };

static const char *const vest[] = { "vest" };
static const struct actor mapper = {
    .name = "ola", .rights = "mapper", .purpose = "form",
    .units = vest, .unit_count = 1
};

/* The form's work for WHO; its time, and what was done in WORK. */
static int64_t
store_one(struct fixture *f, int64_t number, int who, struct db_work *work)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(number, who, 2, answers);
    struct db_work before;
    struct err e;
    int64_t start;
    bool out;

    err_clear(&e);
    r.sealed = (const uint8_t *)"sealed";
    r.sealed_len = 6;
    db_work(f->s->db, &before);
    start = now_ns();
    assert_ok(store_begin(f->s, &e), &e);
    assert_ok(optout_has(f->s, f->round, r.pseudonym, &out, &e), &e);
    assert_false(out);
    assert_ok(registration_put(f->s, &mapper, f->round, &r, &e), &e);
    assert_ok(registration_put_done(f->s, &mapper, f->round, 1, number,
                                    number, &e), &e);
    assert_ok(store_commit(f->s, &e), &e);
    start = now_ns() - start;
    db_work(f->s->db, work);
    work->statements -= before.statements;
    work->steps -= before.steps;
    work->changes -= before.changes;
    work->instructions -= before.instructions;
    return start;
}

static void
test_rank(void **state)
{
    struct sample s[200];

    (void)state;
    for (int i = 0; i < 200; i++)
        s[i] = (struct sample){ i, i % 2 };
    assert_true(rank_z2(s, 200) < 1);
    for (int i = 0; i < 200; i++)
        s[i] = (struct sample){ i, i >= 100 };
    assert_true(rank_z2(s, 200) > 100);
    for (int i = 0; i < 200; i++)
        s[i] = (struct sample){ 5, i >= 100 };
    assert_true(rank_z2(s, 200) < 0.01);
}

static void
test_put(void **state)
{
    static struct sample samples[2 * PAIRS];
    struct fixture f;
    struct db_work first = { 0 }, work;
    double z2;

    (void)state;
    fixture_store(&f);
    begin(&f);
    for (int i = 1; i <= KNOWN; i++)
        put(&f, i, i, i % 2, "sealed");
    put_done(&f, KNOWN, 1, KNOWN);
    commit(&f);

    /* Which kind is first in a pair changes, in a pattern with no period. */
    for (int i = 0; i < 2 * PAIRS; i++) {
        uint32_t pair = (uint32_t)i / 2;
        int known = (int)((pair * 2654435761u >> 16 ^ (uint32_t)i) & 1);
        int who = known ? (int)pair % KNOWN + 1
                        : 1000000 + (int)pair;

        samples[i].known = known;
        samples[i].time = store_one(&f, KNOWN + 1 + i, who, &work);
        if (i == 0)
            first = work;
        assert_int_equal(work.statements, first.statements);
        assert_int_equal(work.steps, first.steps);
        assert_int_equal(work.changes, first.changes);
        assert_int_equal(work.instructions, first.instructions);
    }
    z2 = rank_z2(samples, 2 * PAIRS);
    print_message("z squared %.2f; %lld statements, %lld steps, "
                  "%lld instructions, %lld rows\n", z2,
                  (long long)first.statements, (long long)first.steps,
                  (long long)first.instructions, (long long)first.changes);
    assert_true(z2 < LIMIT * LIMIT);
    fixture_remove(&f);
}

/* Opting out takes the same statements whether or not anybody has the
 * person, for rows that are deleted are not statements. */
static void
test_optout(void **state)
{
    struct fixture f;
    struct db_work before, known, unknown;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, "sealed");
    put_done(&f, 1, 1, 1);
    commit(&f);
    for (int who = 1; who <= 2; who++) {
        struct db_work *w = who == 1 ? &known : &unknown;
        uint8_t pseudonym[16];
        int64_t n;

        person_bytes(who, pseudonym, 16);
        db_work(f.s->db, &before);
        begin(&f);
        assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &n, &e),
                  &e);
        commit(&f);
        db_work(f.s->db, w);
        w->statements -= before.statements;
    }
    assert_int_equal(known.statements, unknown.statements);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank), cmocka_unit_test(test_put),
        cmocka_unit_test(test_optout)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
