/* test_definition.c - definitions in the store: a text once however many
 * rounds have it, its name, what check finds, stores of format 4. */
#include "store_fixture.h"
#include <sqlite3.h>
#include "store/round_setup.h"

/* Runs SQL on the store behind the program's back. */
static void
behind(const struct fixture *f, const char *sql)
{
    char *file = store_file(f->path, "brukerplan.db");
    sqlite3 *h;

    assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(h);
    free(file);
}

/* The number that SQL gives. */
static int
ask(const struct fixture *f, const char *sql)
{
    char *file = store_file(f->path, "brukerplan.db");
    sqlite3_stmt *st;
    sqlite3 *h;
    int n;

    assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(h);
    free(file);
    return n;
}

static const char texts[] = "select count(*) from definition_text";

static void
define(struct fixture *f, const char *text, const char *switched_on)
{
    const struct definition d = {
        .text = text, .len = strlen(text), .switched_on = switched_on
    };
    struct err e;

    err_clear(&e);
    begin(f);
    assert_ok(round_define(f->s, &everyone, f->round, &d, &e), &e);
    commit(f);
}

/* Definition NUMBER (0: the newest) of ROUND says this, by both ways. */
static void
assert_says(struct fixture *f, const char *round, int number,
            const char *text, const char *switched_on)
{
    struct definition d;
    struct round *r;
    char name[DEFINITION_NAME];
    struct err e;

    err_clear(&e);
    assert_ok(round_load(f->s, round, &f->arena, &r, &e), &e);
    assert_ok(round_definition(f->s, r, number, &f->arena, &d, &e), &e);
    assert_int_equal(d.len, strlen(text));
    assert_memory_equal(d.text, text, d.len);
    assert_string_equal(d.switched_on, switched_on);
    assert_true(definition_whole(&d));
    assert_ok(round_definition_name(f->s, r, number, name, &e), &e);
    assert_string_equal(name, d.sha256);
}

/* bergen-2025, -2026 and -2027 alike, the last with two more. */
static void
fill(struct fixture *f)
{
    fixture_store(f);
    fixture_round(f, "bergen-2026");
    fixture_round(f, "bergen-2027");
    define(f, "id: tiny\n", "a");
    define(f, "id: other\n", "a b");
}

static void
assert_filled(struct fixture *f)
{
    struct err last;

    assert_says(f, "bergen-2025", 0, "id: tiny\n", "a b");
    assert_says(f, "bergen-2026", 1, "id: tiny\n", "a b");
    assert_says(f, "bergen-2027", 1, "id: tiny\n", "a b");
    assert_says(f, "bergen-2027", 2, "id: tiny\n", "a");
    assert_says(f, "bergen-2027", 0, "id: other\n", "a b");
    assert_int_equal(ask(f, texts), 3);
    assert_int_equal(ask(f, "select count(*) from definition"), 5);
    assert_int_equal(faults(f, &last), 0);
}

static void
test_once(void **state)
{
    struct fixture f;
    char name[DEFINITION_NAME];
    struct err e;

    (void)state;
    fill(&f);
    assert_filled(&f);
    assert_fails(round_definition_name(f.s, f.round, 4, name, &e), &e,
                 ERR_INPUT, "round.definition_unknown");
    /* One that was rolled back leaves nothing. */
    begin(&f);
    err_clear(&e);
    assert_ok(round_define(f.s, &everyone, f.round,
                           &(struct definition){ .text = "x", .len = 1,
                                                 .switched_on = "" }, &e),
              &e);
    store_rollback(f.s);
    assert_int_equal(ask(&f, texts), 3);
    fixture_remove(&f);
}

/* A store of format 4 says the same afterwards, and is as small. */
static void
test_migrate_4(void **state)
{
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fill(&f);
    store_close(f.s);
    behind(&f, BACK_TO_4);
    f.options.mode = STORE_READ;
    f.s = store_open(&f.options, &e);
    assert_null(f.s);
    assert_string_equal(e.key, "store.older");
    err_clear(&e);
    f.options.mode = STORE_WRITE;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_filled(&f);
    fixture_round(&f, "bergen-2028");
    assert_int_equal(ask(&f, texts), 3);
    fixture_remove(&f);
}

/* Of a damaged store of format 4, each faulty definition stays faulty. */
static void
test_migrate_damaged(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fill(&f);
    store_close(f.s);
    behind(&f, BACK_TO_4);
    behind(&f, "update definition set body = x'20' where number = 2");
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "check.definition_sum");
    assert_string_equal(last.arg[0], "bergen-2027");
    assert_string_equal(last.arg[1], "2");
    fixture_remove(&f);
}

/* What is damaged or gone is told for every round that has it; whoever
 * brings it again mends it. */
static void
test_damaged(void **state)
{
    static const char *const harm[] = {
        "update definition_text set body = x'20' where rowid = 1",
        "delete from definition_text where rowid = 1"
    };
    struct err last;

    (void)state;
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        struct fixture f;

        fill(&f);
        behind(&f, harm[i]);
        assert_int_equal(faults(&f, &last), 3);
        assert_string_equal(last.key, "check.definition_sum");
        assert_string_equal(last.arg[0], "bergen-2027");
        fixture_round(&f, "bergen-2028");
        assert_int_equal(faults(&f, &last), 0);
        fixture_remove(&f);
    }
}

/* A backup and what is restored from it have the texts. */
static void
test_backup(void **state)
{
    struct fixture f;
    struct store_options to;
    char dir[96], path[96];
    struct err e;

    (void)state;
    err_clear(&e);
    fill(&f);
    snprintf(dir, sizeof dir, "%s/backup", f.dir);
    snprintf(path, sizeof path, "%s/again", f.dir);
    assert_ok(store_backup(f.s, dir, &e), &e);
    store_close(f.s);
    to = f.options;
    to.path = path;
    to.keys = arena_printf(&f.arena, "%s.keys", f.path);
    assert_ok(store_restore(dir, &to, &e), &e);
    f.s = store_open(&to, &e);
    assert_ok(f.s != NULL, &e);
    assert_filled(&f);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_once), cmocka_unit_test(test_migrate_4),
        cmocka_unit_test(test_migrate_damaged),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_backup)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
