/* test_live_log.c - what the log says of a reading is the same, whether
 * memory or the store has answered. */
#include "live_fixture.h"
#include <sqlite3.h>
#include "report/fixed.h"

/* The number of the newest record of the log, and in *TEXT what those after
 * FROM say, a line each, but for when. */
static int64_t
logged(struct lab *l, int64_t from, const char **text)
{
    const char *file = arena_printf(&l->f.arena, "%s/access.db", l->f.path);
    struct err e = { 0 };
    struct buf b;
    sqlite3 *db;
    sqlite3_stmt *st;

    assert_ok(store_log_flush(l->reader, &e), &e);
    buf_init(&b, 0);
    assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "select number, actor || ' '"
        " || rights || ' ' || purpose || ' ' || action || ' ' || round"
        " || ' ' || units || ' ' || what || ' ' || entries || ' '"
        " || numbers from access_log where round <> '' and number > ?"
        " order by number", -1, &st, NULL), SQLITE_OK);
    sqlite3_bind_int64(st, 1, from);
    while (sqlite3_step(st) == SQLITE_ROW) {
        from = sqlite3_column_int64(st, 0);
        buf_printf(&b, "%s\n", (const char *)sqlite3_column_text(st, 1));
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    *text = arena_text(&l->f.arena, buf_string(&b));
    buf_clear(&b);
    return from;
}

/* PLAN of UNIT (NULL: of all), from memory as from the store, and with the
 * same records, which are given back: twice, for the store's first reading
 * of a closed round makes columns. */
static const char *
same_log(struct lab *l, const struct plan *plan, const char *unit)
{
    enum scope scope = unit != NULL ? SCOPE_UNIT : SCOPE_RECIPIENTS;
    struct run *run[3];
    const char *text[3];
    struct err e = { 0 };
    int64_t last = logged(l, 0, &text[0]);

    for (int i = 0; i < 3; i++) {
        run[i] = run_new(plan);
        assert_ok(feed_run(i < 2 ? &l->plain : &l->quick, &everyone, scope,
                           unit, "same", plan, run[i], &e), &e);
        last = logged(l, last, &text[i]);
    }
    assert_int_equal(run_differs(run[1], run[2]), -1);
    assert_string_equal(text[1], text[2]);
    for (int i = 0; i < 3; i++)
        run_free(run[i]);
    return text[2];
}

/* The same of who overlaps, of how far the work has come, and of how many
 * there are as one sees them who does not see all units. */
static void
same_log_counts(struct lab *l)
{
    struct unit_count counts[2][3];
    struct overlap overlap[2];
    const struct work_count *list;
    const char *text[2];
    struct err e = { 0 };
    int64_t last = logged(l, 0, &text[0]);
    int n;

    for (int i = 0; i < 2; i++) {
        struct opened *o = i == 0 ? &l->plain : &l->quick;

        assert_ok(feed_overlap(o, &everyone, &overlap[i], &e)
                  && live_work_counts(o, &lab_mapper[2], &l->f.arena, &list,
                                      &n, &e)
                  && live_unit_counts(o, &lab_mapper[2], counts[i], &e), &e);
        last = logged(l, last, &text[i]);
    }
    assert_memory_equal(&overlap[0], &overlap[1], sizeof overlap[0]);
    assert_non_null(strstr(text[0], " settle "));
    assert_string_equal(text[0], text[1]);
    /* Which counts is as it was settled, and as it is decided now. */
    if (!l->plain.round->settle_due)
        assert_memory_equal(counts[0], counts[1], sizeof counts[0]);
}

/* The sexes of those whom QUESTION is about, and, SEALED, by whom they are
 * served. */
static struct plan *
served_plan(struct lab *l, const char *where, bool sealed)
{
    const struct instrument *in = l->plain.in;
    int serving = instrument_variable(in, "units_serving", 13);
    struct question q = { .rows = &in->role[ROLE_SEX], .row_count = 1,
                          .columns = -1, .where = where, .sum = -1 };
    struct plan *plan = plan_new(in);
    struct err e = { 0 };

    assert_ok(plan_add(plan, &q, &e) >= 0, &e);
    q.where = NULL;
    q.rows = memcpy(arena_take(&l->f.arena, sizeof serving), &serving,
                    sizeof serving);
    if (sealed)
        assert_ok(plan_add(plan, &q, &e) >= 0, &e);
    return plan;
}

/* The round as it is now: open or CLOSED, DUE to be settled or not. What is
 * sealed is read only for what is asked of it. */
static void
same_logs(struct lab *l, bool closed, bool due)
{
    const struct { const char *where; bool table, sealed; } asked[] = {
        { "units_serving is answered", false, false },
        { "units_serving in {nord}", false, true },
        { "sex = female", true, true },
    };
    struct plan *plan;

    live_outdate(l->live);
    lab_reopen(l);
    lab_warm(l);
    assert_ptr_equal(lab_use(l), l->live->entry[0]);
    assert_true(l->live->entry[0]->round->sealed);
    live_leave(l->live, l->live->entry[0]);
    assert_int_equal(l->plain.round->status,
                     closed ? ROUND_CLOSED : ROUND_OPEN);
    assert_int_equal(l->plain.round->settle_due, due);
    plan = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_RECIPIENTS, &l->f.arena, plan);
    same_log(l, plan, NULL);
    plan_free(plan);
    for (int i = 0; i < 3; i++) {
        const char *of_all, *of_unit;

        plan = served_plan(l, asked[i].where, asked[i].table);
        of_all = same_log(l, plan, NULL);
        assert_int_equal(strstr(of_all, " settle ") != NULL, due);
        assert_int_equal(strstr(of_all, " read_sealed ") != NULL,
                         asked[i].sealed);
        of_unit = same_log(l, plan, "sor");
        assert_null(strstr(of_unit, " settle "));
        assert_int_equal(strstr(of_unit, " read_sealed ") != NULL,
                         asked[i].sealed);
        plan_free(plan);
    }
    same_log_counts(l);
}

/* What the log says of a reading is what it would have said, as long as a
 * round lasts: an hourly record is not written again because another has
 * answered. */
static void
test_logged(void **state)
{
    struct lab l;
    struct plan *plan;
    const char *complete, *counting;

    (void)state;
    lab_start(&l, 8, false);
    lab_first_rows(&l);
    same_logs(&l, false, true);
    plan = served_plan(&l, "", false);
    complete = same_log(&l, plan, NULL);
    plan_free(plan);
    lab_begin(&l);
    assert_ok(feed_settle(&l.f.o, &everyone, &l.f.e), &l.f.e);
    lab_commit(&l);
    same_logs(&l, false, false);
    plan = served_plan(&l, "", false);
    counting = same_log(&l, plan, NULL);
    plan_free(plan);
    /* Some are superseded, or the two would say the same. */
    assert_null(strstr(complete, counting));
    lab_begin(&l);
    assert_ok(round_set_status(l.f.s, &everyone, l.f.o.round, ROUND_CLOSED,
                               "", &l.f.e), &l.f.e);
    lab_commit(&l);
    same_logs(&l, true, false);
    lab_begin(&l);
    lab_opt_out(&l);
    lab_put(&l);
    lab_commit(&l);
    same_logs(&l, true, true);
    lab_stop(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_logged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
