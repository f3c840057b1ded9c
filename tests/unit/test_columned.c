/* test_columned.c - a closed round is counted by columns, and by nothing
 * that is out of date or damaged. */
#include "intake_fixture.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include "columns_again.h"
#include "feed/columned.h"
#include "store/cache.h"

static const char some[] =
    "unit;target_group;mental;tier;ident;status\n"
    "nord;mental;2;1;{1};\nsor;mental;5;2;{1};\nsor;mental;3;2;{2};\n"
    "nord;mental;1;1;{2};\nsor;mental;4;2;;\nsor;mental;4;2;{3};draft\n";

static const char *
file_of(struct fixture *f)
{
    return cache_file(f->path, "r", &f->arena);
}

/* The pseudonym of registration NUMBER. */
static void
pseudonym_of(struct fixture *f, int64_t number, uint8_t out[16])
{
    const struct scan_ask ask = { .number = number, .what = "test" };
    struct scan *scan = scan_begin(f->s, &everyone, f->o.round, &ask, &f->e);
    const struct registration *r = NULL;

    assert_ok(scan != NULL && scan_next(scan, &r, &f->e) && r != NULL,
              &f->e);
    memcpy(out, r->pseudonym, 16);
    assert_ok(scan_end(scan, &f->e), &f->e);
}

/* How many of O's recipients ACTOR gets to see. */
static int64_t
count_as(struct fixture *f, struct opened *o, const struct actor *actor)
{
    struct plan *p = plan_new(o->in);
    const struct question q = { .columns = -1, .sum = -1 };
    struct run *run;
    int64_t n;

    assert_ok(plan_add(p, &q, &f->e) >= 0, &f->e);
    run = run_new(p);
    assert_ok(feed_run(o, actor, SCOPE_RECIPIENTS, NULL, "", p, run, &f->e),
              &f->e);
    n = run_table(run, 0)->cell[0];
    assert_int_equal(run_seen(run), n);
    run_free(run);
    plan_free(p);
    return n;
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

/* What an import left (test_import_columns.c). */
static void
forget_imported(struct fixture *f)
{
    assert_int_equal(unlink(file_of(f)), 0);
}

static void
open_closed(struct fixture *f)
{
    fixture_open(f);
    fixture_take(f, fixture_fill(f, some));
    forget_imported(f);
    set_status(f, ROUND_CLOSED);
}

static void
check_counts(struct fixture *f)
{
    assert_int_equal(fixture_count(f, ""), 3);
    assert_int_equal(fixture_count(f, "unit = sor"), 1);
    assert_int_equal(fixture_count(f, "mental = 2"), 1);
    assert_int_equal(fixture_count(f, "mental_grade = green"), 1);
    assert_int_equal(fixture_count_unit(f, "sor", ""), 3);
}

static void
test_closed_only(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, some));
    forget_imported(&f);
    check_counts(&f);
    assert_false(is_there(&f));
    set_status(&f, ROUND_CLOSED);
    assert_false(is_there(&f));
    check_counts(&f);
    assert_true(is_there(&f));
    check_counts(&f);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A round that was opened again is counted by rows; when it is closed the
 * old file is of no use. */
static void
test_opened_again(void **state)
{
    struct fixture f;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    set_status(&f, ROUND_OPEN);
    assert_false(is_there(&f));
    fixture_take(&f, fixture_fill(&f, "unit;target_group;mental;tier;ident\n"
                                      "nord;mental;2;1;{4}\n"));
    assert_int_equal(fixture_count(&f, ""), 4);
    set_status(&f, ROUND_CLOSED);
    assert_int_equal(fixture_count(&f, ""), 4);
    assert_int_equal(fixture_count(&f, ""), 4);
    assert_int_equal(fixture_count(&f, "mental = 2"), 2);
    fixture_remove(&f);
}

static void
write_file(const char *name, const char *bytes, size_t len)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static const char *
beside(struct fixture *f, const char *name)
{
    return arena_printf(&f->arena, "%s/%s", f->path, name);
}

/* What is written to a closed round, or another round, makes files useless:
 * they go with the commit. */
static void
test_changed(void **state)
{
    const char *all;
    struct fixture f;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    all = beside(&f, "@all.columns");
    write_file(all, "x", 1);
    assert_ok(store_begin(f.s, &f.e), &f.e);
    assert_ok(registration_settled(f.s, f.o.round, &f.e), &f.e);
    assert_true(is_there(&f));
    store_rollback(f.s);
    assert_true(is_there(&f));
    assert_ok(store_begin(f.s, &f.e)
              && registration_settled(f.s, f.o.round, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    assert_false(is_there(&f));
    assert_int_not_equal(access(all, F_OK), 0);
    fixture_use(&f, "r");
    check_counts(&f);
    write_file(all, "x", 1);
    fixture_round(&f, "s", (struct round_kind){ .real = false });
    assert_true(is_there(&f));
    assert_int_not_equal(access(all, F_OK), 0);
    fixture_remove(&f);
}

/* Turns the first rows of every plane around, and makes the sums right. */
static void
turn_rows(const char *name)
{
    struct columns_head h;
    struct err e = { 0 };
    struct buf b;

    buf_init(&b, 0);
    assert_true(buf_read_file(&b, name, 1 << 24, &e));
    memcpy(&h, b.data, sizeof h);
    assert_true(h.planes > 1);
    for (int i = 0; i < ORDER_COUNT; i++)
        for (uint32_t k = 1; k < h.planes; k++)
            b.data[h.order[i].planes_at + k * h.order[i].plane_words * 8]
                ^= 7;
    assert_true(columns_again(b.data, b.len));
    write_file(name, b.data, b.len);
    buf_clear(&b);
}

/* What `check` finds: a file that says other than the rows, or is damaged.
 * One that is out of date goes in silence. */
static void
test_checked(void **state)
{
    struct fixture f;
    struct columns_head h;
    FILE *file;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    assert_int_equal(fixture_faults(&f), 0);
    assert_true(is_there(&f));

    turn_rows(file_of(&f));
    assert_int_equal(fixture_faults(&f), 1);
    assert_non_null(strstr(buf_string(&f.heard), "check.columns|r|"));
    assert_false(is_there(&f));
    check_counts(&f);

    assert_int_equal(truncate(file_of(&f), 8192), 0);
    assert_int_equal(fixture_faults(&f), 1);
    assert_non_null(strstr(buf_string(&f.heard),
                           "check.columns_damaged|r\n"));
    assert_false(is_there(&f));
    assert_int_equal(fixture_faults(&f), 0);

    check_counts(&f);
    file = fopen(file_of(&f), "r+");
    assert_non_null(file);
    assert_int_equal(fread(&h, sizeof h, 1, file), 1);
    h.origin[0] ^= 1;
    rewind(file);
    assert_int_equal(fwrite(&h, sizeof h, 1, file), 1);
    fclose(file);
    assert_int_equal(fixture_faults(&f), 0);
    assert_false(is_there(&f));
    fixture_remove(&f);
}

/* What nobody can count by is removed when a server starts; what is being
 * written is not. */
static void
test_tidy(void **state)
{
    struct fixture f;
    const char *begun, *gone, *other;
    int lock;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    begun = beside(&f, "r.columns.AbCdEf");
    gone = beside(&f, "gone.columns");
    other = beside(&f, "r.columnsx");
    write_file(begun, "x", 1);
    write_file(gone, "x", 1);
    write_file(other, "x", 1);
    assert_ok(cache_begin(f.path, CACHE_USE, &lock, &f.e), &f.e);
    assert_ok(columned_tidy(f.s, &f.e), &f.e);
    assert_true(is_there(&f));
    assert_int_equal(access(begun, F_OK), 0);
    assert_int_not_equal(access(gone, F_OK), 0);
    cache_end(lock);
    assert_ok(columned_tidy(f.s, &f.e), &f.e);
    assert_true(is_there(&f));
    assert_int_not_equal(access(begun, F_OK), 0);
    assert_int_equal(access(other, F_OK), 0);

    /* Another version of the format. */
    write_file(file_of(&f), "BCOLUMN1 of old", 15);
    assert_ok(columned_tidy(f.s, &f.e), &f.e);
    assert_false(is_there(&f));
    /* Where there is no store there is no lock. */
    assert_false(cache_begin("/nowhere", CACHE_DROP, &lock, &f.e));
    assert_string_equal(f.e.key, "store.sync");
    err_clear(&f.e);
    /* Of a round that is open. */
    set_status(&f, ROUND_OPEN);
    write_file(file_of(&f), "x", 1);
    assert_ok(columned_tidy(f.s, &f.e), &f.e);
    assert_false(is_there(&f));
    fixture_remove(&f);
}

enum { READERS = 4, DELETIONS = 10, TURNS = 2000, TURNS_MAX = 20000 };

struct reader {
    const char *path;
    atomic_bool stop;
    atomic_int turns;
};

static void *
read_on(void *reader)
{
    struct reader *r = reader;
    struct err e = { 0 };
    int lock;

    while (!atomic_load(&r->stop) && atomic_load(&r->turns) < TURNS_MAX) {
        if (!cache_begin(r->path, CACHE_USE, &lock, &e))
            break;
        usleep(5000 + 2000 * (unsigned)(atomic_fetch_add(&r->turns, 1) % 3));
        cache_end(lock);
    }
    return NULL;
}

/* Who deletes gets his turn, however many read one after the other. */
static void
test_turn(void **state)
{
    pthread_t thread[READERS];
    struct fixture f;
    struct reader r;
    int lock;

    (void)state;
    fixture_open(&f);
    r.path = f.path;
    atomic_init(&r.stop, false);
    atomic_init(&r.turns, 0);
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, read_on, &r), 0);
    while (atomic_load(&r.turns) < READERS)
        usleep(1000);
    for (int i = 0; i < DELETIONS; i++) {
        int begun = atomic_load(&r.turns);

        assert_ok(cache_begin(f.path, CACHE_DROP, &lock, &f.e), &f.e);
        assert_in_range(atomic_load(&r.turns) - begun, 0, TURNS);
        cache_end(lock);
        usleep(10000);
    }
    atomic_store(&r.stop, true);
    for (int i = 0; i < READERS; i++)
        pthread_join(thread[i], NULL);
    fixture_remove(&f);
}

/* Who opts out is in no file when that is done. */
static void
test_opted_out(void **state)
{
    struct fixture f;
    uint8_t pseudonym[16];
    int64_t deleted = 0;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    assert_true(is_there(&f));
    pseudonym_of(&f, 1, pseudonym);
    assert_ok(store_begin(f.s, &f.e)
              && optout_add(f.s, &everyone, f.o.round, pseudonym, &deleted,
                            &f.e), &f.e);
    assert_int_equal(deleted, 2);
    assert_ok(store_commit(f.s, &f.e), &f.e);
    assert_false(is_there(&f));
    fixture_use(&f, "r");
    assert_int_equal(fixture_count(&f, ""), 2);
    assert_false(is_there(&f));         /* still to be settled */
    assert_ok(store_begin(f.s, &f.e)
              && feed_settle(&f.o, &everyone, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    fixture_use(&f, "r");
    assert_int_equal(fixture_count(&f, ""), 2);
    assert_true(is_there(&f));
    assert_int_equal(fixture_count(&f, "mental = 2"), 0);
    fixture_remove(&f);
}

/* A reader whose view of the store is from before somebody was deleted
 * leaves no file behind. */
static void
test_old_view(void **state)
{
    struct fixture f;
    struct store_options reading;
    struct store *old;
    struct opened view;
    uint8_t pseudonym[16];
    int64_t deleted = 0;

    (void)state;
    open_closed(&f);
    reading = f.options;
    reading.mode = STORE_READ;
    old = store_open(&reading, &f.e);
    assert_ok(old != NULL && store_snapshot(old, &f.e), &f.e);
    memset(&view, 0, sizeof view);
    assert_ok(opened_init(&view, old, "r", &f.e), &f.e);

    pseudonym_of(&f, 1, pseudonym);
    assert_ok(store_begin(f.s, &f.e)
              && optout_add(f.s, &everyone, f.o.round, pseudonym, &deleted,
                            &f.e), &f.e);
    /* What was deleted waits for the reader to leave the log. */
    if (!store_commit(f.s, &f.e))
        assert_string_equal(f.e.key, "store.purge_waits");
    err_clear(&f.e);

    assert_int_equal(count_as(&f, &view, &everyone), 3);
    assert_false(is_there(&f));
    opened_clear(&view);
    store_close(old);
    fixture_remove(&f);
}

static void
test_damaged(void **state)
{
    struct fixture f;
    struct buf b;
    FILE *file;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    buf_init(&b, 0);
    assert_ok(buf_read_file(&b, file_of(&f), 1 << 24, &f.e), &f.e);
    for (size_t at = 0; at < b.len; at += b.len / 23 + 1) {
        file = fopen(file_of(&f), "r+");
        assert_non_null(file);
        fseek(file, (long)at, SEEK_SET);
        fputc(b.data[at] ^ 0x55, file);
        fclose(file);
        check_counts(&f);
    }
    assert_int_equal(truncate(file_of(&f), (off_t)b.len / 2), 0);
    check_counts(&f);
    buf_clear(&b);
    fixture_remove(&f);
}

/* Where no file can be written, rows are counted. */
static void
test_no_room(void **state)
{
    struct fixture f;

    (void)state;
    open_closed(&f);
    assert_int_equal(mkdir(file_of(&f), 0700), 0);
    check_counts(&f);
    assert_int_equal(rmdir(file_of(&f)), 0);
    check_counts(&f);
    assert_true(is_there(&f));
    fixture_remove(&f);
}

/* Who sees only some units gets nothing by columns. */
static void
test_some_units(void **state)
{
    static const char *const units[] = { "sor" };
    const struct actor some_units = {
        .name = "kari", .rights = "leader", .purpose = "test",
        .units = units, .unit_count = 1
    };
    struct fixture f;

    (void)state;
    open_closed(&f);
    check_counts(&f);
    assert_int_equal(count_as(&f, &f.o, &some_units), 3);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_only),
        cmocka_unit_test(test_opened_again),
        cmocka_unit_test(test_changed), cmocka_unit_test(test_checked),
        cmocka_unit_test(test_tidy), cmocka_unit_test(test_turn),
        cmocka_unit_test(test_opted_out), cmocka_unit_test(test_old_view),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_some_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
