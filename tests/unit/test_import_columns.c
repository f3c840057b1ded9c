/* test_import_columns.c - the columns that an import leaves are those that
 * would be made of the store. */
#include "intake_fixture.h"
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include "feed/columned.h"
#include "store/cache.h"

enum { ROWS = 1500, PERSONS = 500 };

static const char *
file_of(struct fixture *f)
{
    return cache_file(f->path, "r", &f->arena);
}

static bool
is_there(struct fixture *f)
{
    return access(file_of(f), F_OK) == 0;
}

static void
set_status(struct fixture *f, enum round_status status)
{
    assert_ok(store_begin(f->s, &f->e)
              && round_set_status(f->s, &everyone, f->o.round, status,
                                  "for a test", &f->e)
              && store_commit(f->s, &f->e), &f->e);
    fixture_use(f, "r");
}

static const char *
read_file(struct fixture *f, size_t *len)
{
    char *bytes = arena_take(&f->arena, 1 << 20);
    FILE *file = fopen(file_of(f), "r");

    assert_non_null(file);
    *len = fread(bytes, 1, 1 << 20, file);
    assert_in_range(*len, 1, (1 << 20) - 1);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

/* One of WORDS, by chance. */
static const char *
any(unsigned *chance, const char *const *words, unsigned count)
{
    *chance = *chance * 1103515245 + 12345;
    return words[(*chance >> 16) % count];
}

/* "r", with a text that somebody may answer. */
static void
open_round(struct fixture *f)
{
    fixture_store(f);
    fixture_round(f, "r", (struct round_kind){ .switched_on = "subunit" });
}

/* Registrations of all kinds, some of one person, with gaps between their
 * numbers. */
static const char *
some_rows(struct fixture *f, int rows)
{
    static const char *const units[] = { "nord", "sor" };
    static const char *const target[] = { "mental", "substance", "" };
    static const char *const score[] = { "1", "2", "3", "4", "5", "", "1" };
    static const char *const year[] = { "1980", "1990", "", "1951" };
    static const char *const tick[] = { "1", "0", "" };
    static const char *const status[] = {
        "complete", "complete", "", "draft", "withdrawn", "complete"
    };
    unsigned chance = 5;
    struct buf out;
    const char *text;

    buf_init(&out, 0);
    buf_text(&out, "registration;unit;tier;target_group;birth_year;mental;"
                   "economy;activity;care;services_done;svc_gp_r;svc_gp_w;"
                   "registered_on;units_serving;pseudonym;subunit;status\n");
    for (int i = 0; i < rows; i++) {
        const char *group = any(&chance, target, 2);
        unsigned person;

        buf_printf(&out, "%d;%s;2;%s;%s;%s;", 3 * i + 1 + i % 2,
                   any(&chance, units, 2), group, any(&chance, year, 4),
                   any(&chance, score, 7));
        buf_printf(&out, "%s;%s;none;", any(&chance, score, 7),
                   any(&chance, score, 5));
        buf_printf(&out, "1;%s;%s;;", any(&chance, tick, 3),
                   any(&chance, tick, 3));
        buf_printf(&out, "%s;", i % 7 == 0 ? "nord|sor" : "");
        chance = chance * 1103515245 + 12345;
        person = (chance >> 16) % PERSONS;
        if (i % 5 != 0)
            buf_printf(&out, "%08x%08x%08x%08x", person * 2654435761U,
                       person * 40503U, person + 77, person ^ 0x5A5A5A5AU);
        buf_printf(&out, ";%s;%s\n", i % 3 == 0 ? "Team A" : "",
                   any(&chance, status, 6));
    }
    text = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

/* Byte for byte; and closing the round keeps it. */
static void
test_same(void **state)
{
    const char *imported, *made;
    size_t imported_len, made_len;
    struct fixture f;
    int64_t counting;

    (void)state;
    open_round(&f);
    fixture_take(&f, some_rows(&f, ROWS));
    assert_true(is_there(&f));
    imported = read_file(&f, &imported_len);
    assert_int_equal(fixture_faults(&f), 0);
    assert_ok(columned_tidy(f.s, &f.e), &f.e);
    assert_true(is_there(&f));
    counting = fixture_count(&f, "");
    assert_in_range(counting, PERSONS / 2, ROWS - PERSONS);
    set_status(&f, ROUND_CLOSED);
    assert_true(is_there(&f));
    assert_int_equal(fixture_faults(&f), 0);
    assert_int_equal(fixture_count(&f, ""), counting);
    assert_int_equal(unlink(file_of(&f)), 0);
    assert_int_equal(fixture_count(&f, ""), counting);
    made = read_file(&f, &made_len);
    assert_int_equal(imported_len, made_len);
    assert_memory_equal(imported, made, made_len);
    fixture_remove(&f);
}

/* Once the round is closed, it is the file that is counted. */
static void
test_counted(void **state)
{
    struct fixture f;
    size_t len;
    FILE *file;
    char *bytes;

    (void)state;
    open_round(&f);
    fixture_take(&f, some_rows(&f, ROWS));
    set_status(&f, ROUND_CLOSED);
    bytes = (char *)(uintptr_t)read_file(&f, &len);
    bytes[len - 100] ^= 1;
    file = fopen(file_of(&f), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(fixture_faults(&f), 1);
    assert_false(is_there(&f));
    fixture_remove(&f);
}

/* What changes the round takes the file with it, while it is open too. */
static void
test_changed(void **state)
{
    struct fixture f;

    (void)state;
    open_round(&f);
    fixture_take(&f, some_rows(&f, 20));
    assert_true(is_there(&f));
    fixture_take(&f, "unit;target_group;mental\nnord;mental;2\n");
    assert_false(is_there(&f));
    fixture_remove(&f);
}

/* Writes the columns of no registrations as those of "r". */
static void
try_early(struct fixture *f, struct columned_early *early)
{
    const struct columned c = { f->s, "r", f->o.in, &f->o, 1 };
    struct column_maker *m = column_maker_new(f->o.in, 0);
    struct ranges none;

    ranges_init(&none);
    columned_early_begin(early, &c, m, &none);
    ranges_clear(&none);
    column_maker_free(m);
}

static void
begin_early(struct fixture *f, struct columned_early *early)
{
    try_early(f, early);
    assert_true(early->lock >= 0);
    assert_int_equal(access(early->early, F_OK), 0);
}

/* Who is deleted while it lies there is not in it any more; one that is
 * being written would hold up the deletion, and is not. */
static void
test_opted_out(void **state)
{
    uint8_t person[16] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef };
    struct columned_early early;
    struct fixture f;
    int64_t deleted = 0;

    (void)state;
    open_round(&f);
    fixture_take(&f, "unit;target_group;mental;tier;pseudonym\n"
                     "nord;mental;2;1;0123456789abcdef0000000000000000\n"
                     "nord;mental;3;1;\n");
    assert_true(is_there(&f));
    assert_ok(store_begin(f.s, &f.e), &f.e);
    assert_false(store_purges(f.s));
    assert_ok(optout_add(f.s, &everyone, f.o.round, person, &deleted, &f.e),
              &f.e);
    assert_int_equal(deleted, 1);
    assert_true(store_purges(f.s));
    try_early(&f, &early);
    assert_int_equal(early.lock, -1);
    columned_early_end(&early, true);
    assert_ok(store_commit(f.s, &f.e), &f.e);
    assert_false(is_there(&f));
    fixture_remove(&f);
}

/* Registrations that nobody counts, and none: the same file. */
static void
test_no_rows(void **state)
{
    struct fixture f;

    (void)state;
    open_round(&f);
    fixture_take(&f, "unit;status\nnord;draft\n");
    assert_true(is_there(&f));
    set_status(&f, ROUND_CLOSED);
    assert_int_equal(fixture_count(&f, ""), 0);
    assert_int_equal(fixture_faults(&f), 0);
    assert_true(is_there(&f));
    fixture_remove(&f);
}

/* Somebody who may not see every unit leaves none. */
static void
test_some_units(void **state)
{
    static const char *const units[] = { "nord" };
    const struct actor some = {
        .name = "kari", .rights = "leader", .purpose = "test",
        .units = units, .unit_count = 1
    };
    static const char csv[] = "unit;target_group;mental\nnord;mental;2\n";
    struct import_result result;
    struct listener l;
    struct fixture f;

    (void)state;
    open_round(&f);
    l = fixture_listener(&f);
    assert_ok(import_memory(&f.o, &some, "f.csv", csv, strlen(csv), &l,
                            &result, &f.e), &f.e);
    assert_false(is_there(&f));
    fixture_remove(&f);
}

/* Where the numbers do not rise, or the file is refused, there is none. */
static void
test_none(void **state)
{
    static const char head[] = "registration;unit;target_group;mental\n";
    struct fixture f;

    (void)state;
    open_round(&f);
    assert_false(fixture_import(&f, arena_printf(
        &f.arena, "%s1;nord;mental;2\n2;nord;mental;9\n", head)));
    assert_false(is_there(&f));
    fixture_take(&f, arena_printf(
        &f.arena, "%s2;nord;mental;2\n1;nord;mental;3\n", head));
    assert_false(is_there(&f));
    set_status(&f, ROUND_CLOSED);
    assert_int_equal(fixture_count(&f, ""), 2);
    assert_true(is_there(&f));
    fixture_remove(&f);
}

static void
test_training(void **state)
{
    struct fixture f;

    (void)state;
    open_round(&f);
    fixture_round(&f, "t", (struct round_kind){
        .training_of = "r", .switched_on = "subunit"
    });
    fixture_take(&f, some_rows(&f, 20));
    assert_int_not_equal(access(cache_file(f.path, "t", &f.arena), F_OK), 0);
    fixture_remove(&f);
}

/* Whether somebody could be deleted now. */
static bool
may_delete(struct fixture *f)
{
    const char *name = arena_printf(&f->arena, "%s/%s", f->path, CACHE_LOCK);
    int fd = open(name, O_RDWR);
    bool may;

    assert_true(fd >= 0);
    may = flock(fd, LOCK_EX | LOCK_NB) == 0;
    close(fd);
    return may;
}

/* It has its name after the commit, and goes without one; until then nobody
 * can be deleted. */
static void
test_commit(void **state)
{
    struct columned_early early;
    struct fixture f;

    (void)state;
    open_round(&f);
    for (int committed = 0; committed <= 1; committed++) {
        const char *name;

        begin_early(&f, &early);
        assert_false(is_there(&f));
        assert_false(may_delete(&f));
        name = arena_text(&f.arena, early.early);
        columned_early_end(&early, committed);
        assert_int_equal(is_there(&f), committed);
        assert_int_not_equal(access(name, F_OK), 0);
        assert_true(may_delete(&f));
    }
    fixture_remove(&f);
}

/* A round that has gone on meanwhile is not counted by it. */
static void
test_overtaken(void **state)
{
    struct columned_early early;
    struct fixture f;
    int64_t counting;

    (void)state;
    open_round(&f);
    begin_early(&f, &early);
    fixture_take(&f, some_rows(&f, 20));
    counting = fixture_count(&f, "");
    assert_true(counting > 0);
    columned_early_end(&early, true);
    assert_true(is_there(&f));
    set_status(&f, ROUND_CLOSED);
    assert_int_equal(fixture_count(&f, ""), counting);
    assert_int_equal(fixture_count(&f, ""), counting);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same), cmocka_unit_test(test_counted),
        cmocka_unit_test(test_changed), cmocka_unit_test(test_opted_out),
        cmocka_unit_test(test_no_rows), cmocka_unit_test(test_some_units),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_training), cmocka_unit_test(test_commit),
        cmocka_unit_test(test_overtaken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
