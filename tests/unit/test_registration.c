/* test_registration.c - registrations written, changed, read and counted:
 * what an actor may see of them, and what the access log says of it. */
#include "store_fixture.h"
#include <sqlite3.h>

static const char *const nord[] = { "nord" };
static const struct actor leader = {
    .name = "ola", .rights = "leader", .purpose = "test",
    .units = nord, .unit_count = 1
};

/* "1,2,5": the numbers that a scan hands on, with "<N" behind one that is
 * superseded by N. */
static const char *
scan(struct fixture *f, const struct actor *actor, struct scan_ask ask)
{
    static char text[4096];
    const struct registration *r;
    struct err e;
    struct scan *c;
    size_t n = 0;

    err_clear(&e);
    c = scan_begin(f->s, actor, f->round, &ask, &e);
    assert_ok(c != NULL, &e);
    text[0] = '\0';
    for (;;) {
        assert_ok(scan_next(c, &r, &e), &e);
        if (r == NULL)
            break;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%lld",
                              n > 0 ? "," : "", (long long)r->number);
        if (r->superseded_by > 0)
            n += (size_t)snprintf(text + n, sizeof text - n, "<%lld",
                                  (long long)r->superseded_by);
    }
    assert_ok(scan_end(c, &e), &e);
    return text;
}

/* The newest record of the access log, its fields between bars. */
static const char *
logged(struct fixture *f)
{
    static char text[4096];
    char *file = store_file(f->path, "access.db");
    sqlite3_stmt *s;
    sqlite3 *h;

    assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(h, "select actor || '|' || rights || '|' || "
                           "purpose || '|' || action || '|' || round || '|'"
                           " || units || '|' || what || '|' || entries || "
                           "'|' || numbers from access_log where "
                           "municipality = 4601 order by number desc", -1,
                           &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    snprintf(text, sizeof text, "%s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(h);
    free(file);
    return text;
}

static void
behind(const struct fixture *f, const char *name, const char *sql)
{
    char *file = store_file(f->path, name);
    sqlite3 *h;

    assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(h);
    free(file);
}

/* Nine of them: 1..9 in nord, sor, vest in turn; persons 1..8, 9 without a
 * number; 4 is a draft, 5 withdrawn; 1 is superseded by 2 (sor), 7 by 1. */
static void
fill(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    fixture_store(f);
    begin(f);
    for (int i = 1; i <= 9; i++) {
        uint8_t answers[ANSWERS];
        struct registration r = person(i, i < 9 ? i : 0, (i - 1) % 3,
                                       answers);

        if (i == 4)
            r.status = STATUS_DRAFT;
        if (i == 5)
            r.status = STATUS_WITHDRAWN;
        if (i == 2) {
            r.sealed = (const uint8_t *)"two";
            r.sealed_len = 3;
        }
        assert_ok(registration_put(f->s, &everyone, f->round, &r, &e), &e);
    }
    assert_ok(registration_supersede(f->s, f->round, 1, 2, &e), &e);
    assert_ok(registration_supersede(f->s, f->round, 7, 1, &e), &e);
    put_done(f, 9, 1, 9);
    commit(f);
}

static void
test_words(void **state)
{
    (void)state;
    assert_string_equal(status_word(STATUS_WITHDRAWN), "withdrawn");
    assert_int_equal(status_of("complete", 8), STATUS_COMPLETE);
    assert_int_equal(status_of("complet", 7), -1);
    assert_int_equal(status_of("", 0), -1);
}

static void
test_put(void **state)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(1, 1, 0, answers);
    const struct registration *back;
    const struct scan_ask ask = { .with_sealed = true, .what = "all" };
    struct fixture f;
    struct scan *c;
    struct err e, last;
    bool leads;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    r.sealed = (const uint8_t *)"\0x";
    r.sealed_len = 2;
    r.tier = 2;
    begin(&f);
    assert_ok(registration_put(f.s, &everyone, f.round, &r, &e), &e);
    assert_int_equal(r.public_id[6] >> 4, 4);
    assert_int_equal(r.public_id[8] >> 6, 2);
    assert_true(f.round->settle_due);
    assert_fails(registration_put(f.s, &everyone, f.round, &r, &e), &e,
                 ERR_INPUT, "registration.number_used");
    put_done(&f, 1, 1, 1);
    commit(&f);
    assert_string_equal(logged(&f), "kari|coordinator|test|write|"
                        "bergen-2025|all|put|1|1");
    assert_int_equal(f.round->next_number, 2);

    c = scan_begin(f.s, &everyone, f.round, &ask, &e);
    assert_ok(c != NULL, &e);
    assert_ok(scan_next(c, &back, &e), &e);
    assert_non_null(back);
    assert_int_equal(back->number, 1);
    assert_int_equal(back->tier, 2);
    assert_int_equal(back->status, STATUS_COMPLETE);
    assert_int_equal(back->completed_on, 20000);
    assert_true(back->has_pseudonym);
    assert_memory_equal(back->pseudonym, r.pseudonym, 16);
    assert_memory_equal(back->public_id, r.public_id, 16);
    assert_int_equal(back->answers_len, ANSWERS);
    assert_memory_equal(back->answers, answers, ANSWERS);
    assert_int_equal(back->sealed_len, 2);
    assert_memory_equal(back->sealed, "\0x", 2);
    assert_ok(scan_next(c, &back, &e), &e);
    assert_null(back);
    assert_ok(scan_end(c, &e), &e);
    assert_string_equal(logged(&f), "kari|coordinator|test|read_sealed|"
                        "bergen-2025|all|all|1|1");
    assert_ok(registration_leads(f.s, f.round, 1, &leads, &e), &e);
    assert_true(leads);
    assert_ok(registration_leads(f.s, f.round, 2, &leads, &e), &e);
    assert_false(leads);
    assert_ok(round_load(f.s, "bergen-2025", &f.arena, &f.round, &e), &e);
    assert_true(f.round->settle_due);
    assert_int_equal(f.round->next_number, 2);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_scan(void **state)
{
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fill(&f);
    assert_string_equal(scan(&f, &everyone, (struct scan_ask){ .what = "" }),
                        "1<2,2,3,4,5,6,7<1,8,9");
    assert_string_equal(logged(&f), "kari|coordinator|test|read|"
                        "bergen-2025|all||9|1-9");
    assert_string_equal(
        scan(&f, &everyone, (struct scan_ask){ .complete_only = true }),
        "1<2,2,3,6,7<1,8,9");
    assert_string_equal(
        scan(&f, &everyone, (struct scan_ask){ .counting_only = true,
                                               .what = "sex = 1" }),
        "2,3,6,8,9");
    assert_string_equal(logged(&f), "kari|coordinator|test|read|"
                        "bergen-2025|all|sex = 1|5|2-3,6,8-9");
    assert_string_equal(
        scan(&f, &everyone, (struct scan_ask){ .unit = "nord" }),
        "1<2,4,7<1");
    assert_string_equal(logged(&f), "kari|coordinator|test|read|"
                        "bergen-2025|nord||3|1,4,7");

    /* A leader sees the unit's own, and not that sor has the same person. */
    assert_string_equal(scan(&f, &leader, (struct scan_ask){ .what = "" }),
                        "1,4,7<1");
    assert_string_equal(logged(&f), "ola|leader|test|read|bergen-2025|nord|"
                        "|3|1,4,7");
    assert_string_equal(
        scan(&f, &leader, (struct scan_ask){ .counting_only = true }), "1");
    assert_fails(scan_begin(f.s, &leader, f.round,
                            &(struct scan_ask){ .unit = "sor" }, &e) != NULL,
                 &e, ERR_INPUT, "unit.unknown");
    assert_fails(scan_begin(f.s, &leader, f.round,
                            &(struct scan_ask){ .unit = "ost" }, &e) != NULL,
                 &e, ERR_INPUT, "unit.unknown");
    fixture_remove(&f);
}

/* Two at once on one connection do not disturb each other. */
static void
test_nested(void **state)
{
    const struct scan_ask ask = { .what = "" };
    const struct registration *r = NULL;
    struct fixture f;
    struct scan *a, *b;
    struct err e;

    (void)state;
    err_clear(&e);
    fill(&f);
    a = scan_begin(f.s, &everyone, f.round, &ask, &e);
    assert_ok(a != NULL && scan_next(a, &r, &e), &e);
    assert_int_equal(r->number, 1);
    b = scan_begin(f.s, &everyone, f.round, &ask, &e);
    assert_ok(b != NULL && scan_next(b, &r, &e), &e);
    assert_int_equal(r->number, 1);
    assert_ok(scan_next(a, &r, &e), &e);
    assert_int_equal(r->number, 2);
    assert_ok(scan_end(a, &e), &e);
    assert_ok(scan_next(b, &r, &e), &e);
    assert_int_equal(r->number, 2);
    assert_ok(scan_end(b, &e), &e);
    fixture_remove(&f);
}

static void
test_scope_of_writing(void **state)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(10, 10, 1, answers);
    struct fixture f;
    struct err e;
    int64_t n;

    (void)state;
    err_clear(&e);
    fill(&f);
    begin(&f);
    assert_fails(registration_put(f.s, &leader, f.round, &r, &e), &e,
                 ERR_INPUT, "registration.unit_denied");
    r.number = 2;
    r.unit = 0;
    /* Another unit's is as if there were none. */
    assert_fails(registration_change(f.s, &leader, f.round, &r, "", &e), &e,
                 ERR_INPUT, "registration.unknown");
    assert_fails(registration_versions(f.s, &leader, f.round, 2, &n, &e),
                 &e, ERR_INPUT, "registration.unknown");
    assert_fails(registration_versions(f.s, &leader, f.round, 77, &n, &e),
                 &e, ERR_INPUT, "registration.unknown");
    /* Nor can one's own be given away. */
    r.number = 1;
    r.unit = 1;
    assert_fails(registration_change(f.s, &leader, f.round, &r, "", &e), &e,
                 ERR_INPUT, "registration.unit_denied");
    store_rollback(f.s);
    fixture_remove(&f);
}

static void
test_versions(void **state)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(2, 2, 1, answers);
    struct fixture f;
    struct err e, last;
    int64_t n;

    (void)state;
    err_clear(&e);
    fill(&f);
    assert_ok(registration_versions(f.s, &everyone, f.round, 2, &n, &e),
              &e);
    assert_int_equal(n, 0);
    begin(&f);
    r.sealed = (const uint8_t *)"new";
    r.sealed_len = 3;
    assert_ok(registration_change(f.s, &everyone, f.round, &r, "typo", &e),
              &e);
    r.sealed = NULL;
    r.status = STATUS_WITHDRAWN;
    assert_ok(registration_change(f.s, &everyone, f.round, &r, "gone", &e),
              &e);
    assert_ok(registration_change(f.s, &everyone, f.round, &r, "why", &e),
              &e);
    /* What a draft was is not kept. */
    r = person(4, 4, 0, answers);
    assert_ok(registration_change(f.s, &everyone, f.round, &r, "", &e), &e);
    r.number = 88;
    assert_fails(registration_change(f.s, &everyone, f.round, &r, "", &e),
                 &e, ERR_INPUT, "registration.unknown");
    commit(&f);
    assert_string_equal(logged(&f), "kari|coordinator|test|write|"
                        "bergen-2025|all|change|1|4");
    assert_ok(registration_versions(f.s, &everyone, f.round, 2, &n, &e),
              &e);
    assert_int_equal(n, 3);
    assert_ok(registration_versions(f.s, &everyone, f.round, 4, &n, &e),
              &e);
    assert_int_equal(n, 0);
    /* The sealed rows go with their versions: two of them, none now. */
    assert_int_equal(file_holds(f.path, "brukerplan.db-wal", "two", 3) > 0,
                     true);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_counts(void **state)
{
    struct unit_count c[3];
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fill(&f);
    assert_ok(registration_counts(f.s, &everyone, f.round, c, &e), &e);
    assert_int_equal(c[0].complete, 2);         /* 1, 7 */
    assert_int_equal(c[0].superseded, 2);
    assert_int_equal(c[0].counting, 0);
    assert_int_equal(c[0].draft, 1);            /* 4 */
    assert_int_equal(c[1].complete, 2);         /* 2, 8 */
    assert_int_equal(c[1].withdrawn, 1);        /* 5 */
    assert_int_equal(c[2].counting, 3);         /* 3, 6, 9 */
    assert_int_equal(c[2].no_number, 1);
    assert_string_equal(logged(&f), "kari|coordinator|test|read|"
                        "bergen-2025|all|counts|9|");
    assert_ok(registration_counts(f.s, &leader, f.round, c, &e), &e);
    assert_int_equal(c[0].complete, 2);
    assert_int_equal(c[0].superseded, 1);       /* 7, by its own 1 */
    assert_int_equal(c[1].complete + c[1].withdrawn, 0);
    assert_int_equal(c[2].complete, 0);
    fixture_remove(&f);
}

static void
test_supersede(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fill(&f);
    begin(&f);
    assert_ok(registration_supersede(f.s, f.round, 1, 0, &e), &e);
    assert_ok(registration_settled(f.s, f.round, &e), &e);
    assert_fails(registration_supersede(f.s, f.round, 100, 1, &e), &e,
                 ERR_INPUT, "registration.unknown");
    commit(&f);
    assert_false(f.round->settle_due);
    assert_string_equal(scan(&f, &everyone, (struct scan_ask){ .what = "" }),
                        "1,2,3,4,5,6,7<1,8,9");
    assert_int_equal(faults(&f, &last), 0);
    begin(&f);
    assert_ok(registration_supersede(f.s, f.round, 8, 99, &e), &e);
    commit(&f);
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "check.superseded");
    fixture_remove(&f);
}

/* To one that counts, at once or through others. */
static void
test_leads(void **state)
{
    static const struct { int64_t number; bool leads; } cases[] = {
        { 1, true },                    /* by 2 */
        { 2, true }, { 3, true }, { 9, true },
        { 4, false }, { 5, false },     /* a draft, a withdrawn one */
        { 6, false },                   /* by 5 */
        { 7, true },                    /* by 1, by 2 */
        { 8, false },                   /* by 99, which is not there */
        { 0, false }, { -1, false }, { 10, false }
    };
    static const int64_t circle[] = { 1, 2, 3 };
    struct fixture f;
    struct err e;
    bool leads;

    (void)state;
    err_clear(&e);
    fill(&f);
    begin(&f);
    assert_ok(registration_supersede(f.s, f.round, 6, 5, &e), &e);
    assert_ok(registration_supersede(f.s, f.round, 8, 99, &e), &e);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(registration_leads(f.s, f.round, cases[i].number, &leads,
                                     &e), &e);
        if (leads != cases[i].leads)
            fail_msg("%lld", (long long)cases[i].number);
    }
    /* a circle, one that leads into it, and one by itself */
    assert_ok(registration_supersede(f.s, f.round, 2, 3, &e), &e);
    assert_ok(registration_supersede(f.s, f.round, 3, 1, &e), &e);
    assert_ok(registration_supersede(f.s, f.round, 9, 9, &e), &e);
    for (size_t i = 0; i < sizeof circle / sizeof *circle; i++) {
        assert_ok(registration_leads(f.s, f.round, circle[i], &leads, &e),
                  &e);
        assert_false(leads);
    }
    assert_ok(registration_leads(f.s, f.round, 7, &leads, &e), &e);
    assert_false(leads);
    assert_ok(registration_leads(f.s, f.round, 9, &leads, &e), &e);
    assert_false(leads);
    commit(&f);
    fixture_remove(&f);
}

static void
test_numbers_check(void **state)
{
    struct fixture f;
    struct err last;

    (void)state;
    fill(&f);
    behind(&f, "brukerplan.db", "update round set next_number = 9");
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "check.numbers");
    behind(&f, "brukerplan.db", "update round set next_number = 10; "
           "update definition set switched_on = 'b'");
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "check.definition_sum");
    behind(&f, "brukerplan.db", "update definition set switched_on = 'a b';"
           "update registration set unit = 7 where number = 3");
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "check.engine");
    fixture_remove(&f);
}

static void
test_tampered(void **state)
{
    static const struct {
        const char *sql, *key, *record;
    } cases[] = {
        { "update access_log set actor = 'per' where number = 2",
          "check.log_changed", "2" },
        { "update access_log set entries = entries + 1 where number = 4",
          "check.log_changed", "4" },
        { "update access_log set at_ms = 0 where number = 1",
          "check.log_changed", "1" },
        { "update access_log set what = numbers, numbers = what "
          "where number = 2", "check.log_changed", "2" },
        { "delete from access_log where number = 3", "check.log_gap", "3" },
        { "delete from access_log where number = 1", "check.log_gap", "1" },
        { "update access_log set hash = zeroblob(32) where number = 2",
          "check.log_changed", "2" },
        { "delete from access_log where number = 3; "
          "update access_log set number = 3 where number = 4",
          "check.log_changed", "3" },
        { "update access_log set numbers = '1-4' where number = 4",
          "check.log_changed", "4" }
    };
    struct err last;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;

        fill(&f);
        for (int n = 0; n < 3; n++)
            scan(&f, &everyone, (struct scan_ask){ .what = "x = 1" });
        assert_int_equal(faults(&f, &last), 0);
        behind(&f, "access.db", cases[i].sql);
        assert_int_equal(faults(&f, &last), 1);
        assert_string_equal(last.key, cases[i].key);
        assert_string_equal(last.arg[0], "4601");
        assert_string_equal(last.arg[1], cases[i].record);
        fixture_remove(&f);
    }
}

/* Many at once are the same as one by one: numbers 101.. and 201.. */
static void
test_put_many(void **state)
{
    enum { COUNT = 40 };
    static uint8_t answers[COUNT][ANSWERS];
    struct registration many[COUNT];
    const struct scan_ask ask = { .with_sealed = true, .what = "all" };
    const struct registration *r;
    struct fixture f;
    struct scan *c;
    struct err e;
    int seen = 0;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    for (int i = 0; i < COUNT; i++) {
        struct registration one;

        many[i] = person(101 + i, i % 5 == 0 ? 0 : i, i % 3, answers[i]);
        many[i].status = (enum status)(i % 3);
        many[i].completed_on = i % 4 == 0 ? -1 : i;
        many[i].superseded_by = i % 6 == 0 ? 101 : 0;
        if (i % 2 == 0) {
            many[i].sealed = (const uint8_t *)"something sealed";
            many[i].sealed_len = 1 + (size_t)(i % 15);
        }
        one = many[i];
        one.number = 201 + i;
        one.superseded_by = i % 6 == 0 ? 201 : 0;
        assert_ok(registration_put(f.s, &everyone, f.round, &one, &e), &e);
    }
    assert_ok(registration_put_many(f.s, &everyone, f.round, many, 0, &e),
              &e);
    assert_ok(registration_put_many(f.s, &everyone, f.round, many, COUNT,
                                    &e), &e);
    put_done(&f, 2 * COUNT, 101, 240);
    commit(&f);

    c = scan_begin(f.s, &everyone, f.round, &ask, &e);
    for (; scan_next(c, &r, &e) && r != NULL; seen++) {
        const struct registration *m = &many[seen % COUNT];

        assert_int_equal(r->number, (seen < COUNT ? 101 : 201)
                                    + seen % COUNT);
        assert_int_equal(r->unit, m->unit);
        assert_int_equal(r->tier, m->tier);
        assert_int_equal(r->status, m->status);
        assert_int_equal(r->definition, m->definition);
        assert_int_equal(r->completed_on, m->completed_on);
        assert_int_equal(r->superseded_by, m->superseded_by == 0 ? 0
                         : seen < COUNT ? 101 : 201);
        assert_int_equal(r->has_pseudonym, m->has_pseudonym);
        if (r->has_pseudonym)
            assert_memory_equal(r->pseudonym, m->pseudonym, 16);
        if (seen < COUNT)
            assert_memory_equal(r->public_id, m->public_id, 16);
        assert_int_equal(r->answers_len, m->answers_len);
        assert_memory_equal(r->answers, m->answers, m->answers_len);
        assert_int_equal(r->sealed != NULL, m->sealed != NULL);
        assert_int_equal(r->sealed_len, m->sealed_len);
        if (m->sealed_len > 0)
            assert_memory_equal(r->sealed, m->sealed, m->sealed_len);
    }
    assert_ok(scan_end(c, &e), &e);
    assert_int_equal(seen, 2 * COUNT);
    fixture_remove(&f);
}

static bool
add_up(void *ctx, int64_t number, struct err *e)
{
    int64_t *sum = ctx;

    *sum += number;
    return number != 5 || err_set(e, ERR_INPUT, "unit.unknown", "%s", "5");
}

/* One whose number is in use: none is put. A unit that the actor may not
 * see: likewise. All numbers are seen, whatever the actor may see. */
static void
test_put_many_refused(void **state)
{
    uint8_t answers[2][ANSWERS];
    struct registration two[2];
    struct fixture f;
    struct err e;
    int64_t sum = 0;

    (void)state;
    fill(&f);
    err_clear(&e);
    begin(&f);
    two[0] = person(20, 20, 0, answers[0]);
    two[1] = person(9, 21, 0, answers[1]);
    assert_false(registration_put_many(f.s, &everyone, f.round, two, 2, &e));
    assert_string_equal(e.key, "db.refused");
    err_clear(&e);
    two[1] = person(21, 21, 1, answers[1]);
    assert_false(registration_put_many(f.s, &leader, f.round, two, 2, &e));
    assert_string_equal(e.key, "registration.unit_denied");
    err_clear(&e);
    assert_false(registration_numbers(f.s, f.round, add_up, &sum, &e));
    assert_int_equal(sum, 1 + 2 + 3 + 4 + 5);
    store_rollback(f.s);
    assert_string_equal(scan(&f, &everyone, (struct scan_ask){
                            .what = "all" }), "1<2,2,3,4,5,6,7<1,8,9");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_put),
        cmocka_unit_test(test_scan), cmocka_unit_test(test_nested),
        cmocka_unit_test(test_scope_of_writing),
        cmocka_unit_test(test_versions), cmocka_unit_test(test_counts),
        cmocka_unit_test(test_supersede),
        cmocka_unit_test(test_leads),
        cmocka_unit_test(test_numbers_check),
        cmocka_unit_test(test_tampered),
        cmocka_unit_test(test_put_many),
        cmocka_unit_test(test_put_many_refused)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
