/* test_live.c - what the server has in memory says what the store says.
 *
 * Whatever is written, by chance, in whatever order: after each commit every
 * fixed table and some that nobody thought of, of everybody and of each unit,
 * are the same from memory and from the store, and so are who counts, who
 * overlaps and how many there are of what. How much is kept:
 * test_live_edges.c; what the log says: test_live_log.c; all of it at once:
 * test_live_threads.c. */
#include "live_fixture.h"
#include <sqlite3.h>
#include "store/cache.h"
#include "tab/counter.h"

enum { STEPS = 120 };

/* ---- whatever is written ---- */

/* The round has another service switched on from now on. */
static void
redefine(struct lab *l, int n)
{
    struct definition d, now;

    assert_ok(round_definition(l->f.s, l->f.o.round, 0, &l->f.arena, &now,
                               &l->f.e), &l->f.e);
    d = (struct definition){ .text = now.text, .len = now.len,
                             .switched_on = now.switched_on };
    d.text = arena_printf(&l->f.arena, "%.*s\n# %d\n", (int)now.len,
                          now.text, n);
    d.len = strlen(d.text);
    assert_ok(round_define(l->f.s, &everyone, l->f.o.round, &d, &l->f.e),
              &l->f.e);
}

/* One thing by chance, or one undone. */
static void
step(struct lab *l, int i)
{
    bool defined = false, settle = false;
    int what = chance_int(&l->chance, 0, 99);

    lab_begin(l);
    if (what < 25)
        lab_put(l);
    else if (what < 45)
        lab_change(l);
    else if (what < 60)
        lab_start_work(l);
    else if (what < 88)
        lab_go_on(l);
    else if (what < 92)
        lab_opt_out(l);
    else if (what < 94)
        defined = (redefine(l, i), true);
    else if (what < 97)
        settle = true;
    if (settle)
        assert_ok(feed_settle(&l->f.o, &everyone, &l->f.e), &l->f.e);
    lab_commit(l);
    if (defined) {
        live_outdate(l->live);
        lab_reopen(l);
    }
    l->plain.round->settle_due = true;  /* it decides for itself */
}

static void
random_writes(uint64_t seed)
{
    struct lab l;
    bool busy;

    lab_start(&l, seed, false);
    lab_first_rows(&l);
    for (int i = 0; i < STEPS; i++) {
        bool has;

        step(&l, i);
        lab_same(&l, false);
        /* What was emptied or can be made into columns is. */
        has = live_has(l.live, l.plain.round);
        if (!has || i % 7 == 0) {
            live_work(l.live, &busy);
            assert_true(live_has(l.live, l.plain.round));
            lab_same(&l, true);
        }
    }
    lab_stop(&l);
}

static void
test_random(void **state)
{
    (void)state;
    random_writes(1);
}

/* ---- one thing at a time ---- */

/* Until everybody has been told nothing is decided, nor even known which
 * registrations it is about. */
static void
test_after_telling(void **state)
{
    struct lab l;
    struct entry *x;
    struct registration r;
    int64_t counting;

    (void)state;
    lab_start(&l, 3, false);
    lab_first_rows(&l);
    x = lab_warmed(&l);
    counting = x->round->units[0].counting + x->round->units[1].counting
               + x->round->units[2].counting;
    lab_begin(&l);
    lab_registration(&l, ++l.last, &r);
    r.status = STATUS_COMPLETE;
    r.has_pseudonym = true;
    memset(r.pseudonym, 99, 16);
    assert_ok(registration_put(l.f.s, &everyone, l.f.o.round, &r, &l.f.e)
              && registration_put_done(l.f.s, &everyone, l.f.o.round, 1,
                                       l.last, l.last, &l.f.e), &l.f.e);
    live_commits(l.live);
    assert_ok(store_commit(l.f.s, &l.f.e), &l.f.e);
    live_committed(l.live, l.f.s);
    assert_int_equal(x->pending_count, 0);
    assert_int_equal(x->round->taken, 0);
    live_told(l.live, l.f.s);
    assert_int_equal(x->pending_count, 1);
    assert_int_equal(x->round->taken, 0);
    /* Who sees some units does not wait for it; who sees all and comes
     * first does it. */
    assert_null(live_use(l.live, &l.quick, &lab_mapper[2]));
    assert_int_equal(x->round->taken, 0);
    assert_ptr_equal(lab_use(&l), x);
    assert_int_equal(x->round->taken, 1);
    assert_int_equal(x->round->undecided_count, 0);
    assert_int_equal(x->round->units[0].counting
                     + x->round->units[1].counting
                     + x->round->units[2].counting, counting + 1);
    live_leave(l.live, x);
    l.plain.round->settle_due = true;
    lab_same(&l, true);
    /* A draft changes nothing but how many there are: that, too. */
    assert_non_null(live_use(l.live, &l.quick, &lab_mapper[2]));
    live_leave(l.live, x);
    lab_begin(&l);
    while (x->pending_count == 0) {
        lab_start_work(&l);
        lab_commit(&l);
        if (x->pending_count == 0)
            lab_begin(&l);
    }
    assert_null(live_use(l.live, &l.quick, &lab_mapper[2]));
    lab_same(&l, true);
    lab_stop(&l);
}

/* One that is there no more is taken out. */
static void
test_vanished(void **state)
{
    struct lab l;
    struct entry *x;
    sqlite3 *db;
    char *file;

    (void)state;
    lab_start(&l, 12, false);
    lab_first_rows(&l);
    x = lab_warmed(&l);
    file = arena_printf(&l.f.arena, "%s/brukerplan.db", l.f.path);
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    for (int64_t number = 1; number <= 9; number++) {
        const char *sql = arena_printf(&l.f.arena, "delete from registration"
                                       " where number = %d", (int)number);

        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL),
                         SQLITE_OK);
        assert_true(live_round_take(x->round, number, &l.f.e));
        live_round_decide(x->round);
    }
    sqlite3_close(db);
    assert_int_equal(x->round->held[0].status, HELD_GONE);
    lab_same(&l, true);
    lab_stop(&l);
}

/* Whoever it is: when the deletion can be acknowledged nothing is left in
 * memory, columns and delta included, and no file. */
static void
delete_one(struct lab *l, int person)
{
    struct entry *x = lab_warmed(l);
    struct live_round *r = x->round;
    uint8_t pseudonym[16];
    int64_t deleted;

    memset(pseudonym, person, 16);
    lab_begin(l);
    lab_put(l);
    lab_commit(l);
    assert_ptr_equal(lab_use(l), x);
    live_leave(l->live, x);
    lab_begin(l);
    assert_ok(optout_add(l->f.s, &everyone, l->f.o.round, pseudonym,
                         &deleted, &l->f.e), &l->f.e);
    live_commits(l->live);
    assert_ok(store_commit(l->f.s, &l->f.e), &l->f.e);
    live_committed(l->live, l->f.s);
    assert_false(r->made);
    assert_true(r->held == NULL && r->row == NULL && r->person == NULL
                && r->columns == NULL && r->delta_row == NULL
                && r->all.run == NULL && r->unit.run == NULL);
    assert_int_not_equal(access(cache_file(l->f.path, "@live-r",
                                           &l->f.arena), F_OK), 0);
    live_told(l->live, l->f.s);
    l->plain.round->settle_due = true;
}

static void
test_deletion(void **state)
{
    struct lab l;

    (void)state;
    lab_start(&l, 4, false);
    lab_first_rows(&l);
    delete_one(&l, 1);
    delete_one(&l, 2);
    delete_one(&l, 200);        /* one whom nobody has registered */
    lab_warm(&l);
    lab_same(&l, true);
    lab_stop(&l);
}

/* What is counted wrongly is found. */
static void
test_check_finds(void **state)
{
    struct lab l;
    struct entry *x;
    struct err e = { 0 };
    struct live_round *r;

    (void)state;
    lab_start(&l, 6, false);
    lab_first_rows(&l);
    for (int i = 0; i < 4; i++) {
        x = i == 0 ? lab_warmed(&l) : l.live->entry[0];
        if (i > 0)
            lab_warm(&l);
        r = x->round;
        if (i == 0)
            r->all.run[0]->counter[0].base[0]++;
        else if (i == 1)
            r->unit.run[1]->counter[0].outside[0].unknown++;
        else if (i == 2)
            r->work[0].count++;
        else
            r->sizes[0]++;
        assert_false(live_check(l.live, &e));
        assert_string_equal(e.key, "live.differs");
        err_clear(&e);
        assert_false(r->made);
    }
    lab_stop(&l);
}

/* Somebody else has written: the round is taken in anew. */
static void
test_other_writer(void **state)
{
    struct lab l;
    bool busy;

    (void)state;
    lab_start(&l, 7, false);
    lab_first_rows(&l);
    lab_warmed(&l);
    lab_begin(&l);
    lab_put(&l);
    assert_ok(store_commit(l.f.s, &l.f.e), &l.f.e);
    assert_null(lab_use(&l));
    live_work(l.live, &busy);
    l.plain.round->settle_due = true;
    lab_same(&l, true);
    lab_stop(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_after_telling),
        cmocka_unit_test(test_vanished),
        cmocka_unit_test(test_deletion),
        cmocka_unit_test(test_check_finds),
        cmocka_unit_test(test_other_writer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
