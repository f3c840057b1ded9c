/* test_store.c - making, opening, locking, transactions, migrations,
 * backups, and a disk that fails at every chance. */
#include "store_fixture.h"
#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include "store/db_fault.h"
#include "store/migrate.h"
#include "store/rows.h"

/* Runs SQL on a database of the store behind the program's back. */
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

static int
entries(const char *path)
{
    DIR *dir = opendir(path);
    int n = 0;

    if (dir == NULL)
        return -1;
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

static int
mode_of(const char *dir, const char *name)
{
    char *file = store_file(dir, name);
    struct stat st;
    int mode = stat(file, &st) == 0 ? (int)(st.st_mode & 07777) : -1;

    free(file);
    return mode;
}

static void
test_create(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    umask(0);
    assert_ok(store_create(&f.options, &e), &e);
    umask(022);
    assert_int_equal(mode_of(f.path, "."), 0700);
    assert_int_equal(mode_of(f.path, "brukerplan.db"), 0600);
    assert_int_equal(mode_of(f.path, "access.db"), 0600);
    assert_int_equal(mode_of(f.path, "lock"), 0600);
    assert_fails(store_create(&f.options, &e), &e, ERR_INPUT,
                 "store.not_empty");
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_string_equal(store_path(f.s), f.path);
    assert_int_equal(strlen(store_keys(f.s)), strlen(f.path) + 5);
    umask(0);
    fixture_round(&f, "r-1");
    umask(022);
    assert_int_equal(mode_of(f.path, "brukerplan.db-wal"), 0600);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);

    /* An empty directory will do; a file, a missing parent will not. */
    fixture_dir(&f);
    assert_int_equal(mkdir(f.path, 0755), 0);
    assert_ok(store_create(&f.options, &e), &e);
    assert_int_equal(mode_of(f.path, "."), 0700);
    f.options.path = "/dev/null";
    assert_fails(store_create(&f.options, &e), &e, ERR_INPUT,
                 "store.not_empty");
    f.options.path = "/nonexistent/store";
    assert_fails(store_create(&f.options, &e), &e, ERR_MACHINE,
                 "store.create");
    f.options.path = "postgresql://localhost/x";
    assert_fails(store_create(&f.options, &e), &e, ERR_INPUT,
                 "store.address");
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                 "store.address");
    fixture_remove(&f);
}

static void
test_open_refused(void **state)
{
    struct fixture f;
    struct err e;
    struct buf b;
    char *file;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                 "store.missing");
    assert_int_equal(mkdir(f.path, 0700), 0);
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                 "store.not_one");
    assert_int_equal(entries(f.path), 0);

    /* Not a database; a database that is not ours. */
    assert_ok(store_create(&f.options, &e), &e);
    file = store_file(f.path, "brukerplan.db");
    buf_init(&b, 0);
    for (int i = 0; i < 4096; i++)
        buf_text(&b, "x");
    assert_ok(buf_write_file(&b, file, &e), &e);
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                 "db.not_one");
    buf_clear(&b);
    unlink(file);
    behind(&f, "brukerplan.db", "create table other (x)");
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                 "store.not_one");
    free(file);
    fixture_remove(&f);
}

static void
test_newer(void **state)
{
    static const char *const names[][2] = {
        { "brukerplan.db", "schema_version" }, { "access.db", "log_version" }
    };
    struct fixture f;
    struct err e;
    char sql[128];

    (void)state;
    err_clear(&e);
    for (int i = 0; i < 2; i++) {
        const char *name = names[i][0], *table = names[i][1];
        int newer = migrate_newest(i == 0 ? &migrations_main
                                          : &migrations_log) + 1;

        fixture_dir(&f);
        assert_ok(store_create(&f.options, &e), &e);
        snprintf(sql, sizeof sql, "insert into %s values (%d, 'x', 0)",
                 table, newer);
        behind(&f, name, sql);
        assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                     "store.newer");
        snprintf(sql, sizeof sql, "delete from %s where number = %d; "
                 "update %s set checksum = 'x'", table, newer, table);
        behind(&f, name, sql);
        assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_INPUT,
                     "store.migration_changed");
        fixture_remove(&f);
    }
}

/* Two formats of a database of our own: 1, then 1 and 2. */
static const char *const step_1[] = {
    "create table schema_version (number integer primary key, checksum text,"
    " applied_at integer)", "create table one (a)", NULL
};
static const char *const step_2[] = { "create table two (a)", NULL };
static const char *const step_bad[] = {
    "create table two (a)", "create nonsense", NULL
};
static const char *const *const old_steps[] = { step_1, NULL };
static const char *const *const new_steps[] = { step_1, step_2, NULL };
static const char *const *const bad_steps[] = { step_1, step_bad, NULL };

static void
test_migrate(void **state)
{
    struct migrations m = migrations_main;
    struct fixture f;
    struct err e;
    struct db *d;
    bool has;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    d = db_open(f.path, DB_CREATE, 0, &e);
    assert_ok(d != NULL, &e);
    m.steps = old_steps;
    assert_fails(migrate(d, &m, MIGRATE_WRITE, "x", 5, &e), &e, ERR_INPUT,
                 "store.not_one");
    assert_ok(migrate(d, &m, MIGRATE_FRESH, "x", 5, &e), &e);
    assert_ok(migrate(d, &m, MIGRATE_READ, "x", 5, &e), &e);
    m.steps = new_steps;
    assert_fails(migrate(d, &m, MIGRATE_READ, "x", 6, &e), &e, ERR_INPUT,
                 "store.older");
    /* All of a step or nothing of it. */
    m.steps = bad_steps;
    assert_fails(migrate(d, &m, MIGRATE_WRITE, "x", 6, &e), &e, ERR_MACHINE,
                 "db.other");
    assert_ok(db_has_table(d, "two", &has, &e), &e);
    assert_false(has);
    m.steps = new_steps;
    assert_ok(migrate(d, &m, MIGRATE_WRITE, "x", 6, &e), &e);
    assert_ok(db_has_table(d, "two", &has, &e), &e);
    assert_true(has);
    assert_ok(migrate(d, &m, MIGRATE_READ, "x", 7, &e), &e);
    m.steps = old_steps;
    assert_fails(migrate(d, &m, MIGRATE_WRITE, "x", 7, &e), &e, ERR_INPUT,
                 "store.newer");
    db_close(d);
    fixture_remove(&f);
}

/* Runs WORK in a child, which says '1' or '0' at once and then waits until
 * its standard input ends. */
struct child {
    pid_t pid;
    int to, from;
};

static struct child
child_begin(struct fixture *f, bool (*work)(struct fixture *f))
{
    struct child c;
    int in[2], out[2];

    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    c.pid = fork();
    assert_true(c.pid >= 0);
    if (c.pid == 0) {
        char byte;

        close(in[1]);
        close(out[0]);
        byte = work(f) ? '1' : '0';
        if (write(out[1], &byte, 1) == 1 && read(in[0], &byte, 1) != 0)
            _exit(2);
        _exit(0);               /* as if killed: nothing is closed */
    }
    close(in[0]);
    close(out[1]);
    c.to = in[1];
    c.from = out[0];
    return c;
}

static bool
child_says(const struct child *c)
{
    char byte = '?';

    assert_int_equal(read(c->from, &byte, 1), 1);
    return byte == '1';
}

static void
child_end(const struct child *c)
{
    int status;

    close(c->to);
    close(c->from);
    assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
    assert_int_equal(status, 0);
}

static bool
hold(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    f->s = store_open(&f->options, &e);
    return f->s != NULL;
}

static void
test_lock(void **state)
{
    struct fixture f;
    struct child c;
    struct err e;
    char pid[16];

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_ok(store_create(&f.options, &e), &e);
    c = child_begin(&f, hold);
    assert_true(child_says(&c));
    assert_false(store_open(&f.options, &e) != NULL);
    assert_int_equal(e.code, ERR_MACHINE);
    assert_string_equal(e.key, "store.locked");
    snprintf(pid, sizeof pid, "%ld", (long)c.pid);
    assert_string_equal(e.arg[1], pid);
    assert_non_null(strstr(e.arg[2], "test_store"));
    err_clear(&e);
    /* Reading is free. */
    f.options.mode = STORE_READ;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    store_close(f.s);
    f.options.mode = STORE_WRITE;
    child_end(&c);
    /* The holder died: the lock is free, and empty again afterwards. */
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_fails(store_open(&f.options, &e) != NULL, &e, ERR_MACHINE,
                 "store.locked");
    store_close(f.s);
    f.s = NULL;
    assert_int_equal(file_holds(f.path, "lock", "test", 4), 0);
    fixture_remove(&f);
}

static bool
write_and_wait(struct fixture *f)
{
    struct err e;

    if (!hold(f))
        return false;
    err_clear(&e);
    arena_clear(&f->arena);
    if (!round_load(f->s, "bergen-2025", &f->arena, &f->round, &e))
        return false;
    begin(f);
    for (int i = 2; i < 3000; i++)
        put(f, i, i, 0, "sealed");
    return true;
}

/* The registrations that a scan hands on. */
static int
scanned(struct fixture *f, struct err *e)
{
    const struct scan_ask ask = { .what = "test" };
    const struct registration *r;
    struct scan *c = scan_begin(f->s, &everyone, f->round, &ask, e);
    int n = 0;

    assert_ok(c != NULL, e);
    while (scan_next(c, &r, e) && r != NULL)
        n++;
    assert_ok(scan_end(c, e), e);
    return n;
}

static void
test_reader(void **state)
{
    struct fixture f;
    struct child c;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, NULL);
    put_done(&f, 1, 1, 1);
    commit(&f);
    store_close(f.s);
    f.s = NULL;
    c = child_begin(&f, write_and_wait);
    assert_true(child_says(&c));

    /* In the middle of its transaction: what was committed, at once. */
    f.options.mode = STORE_READ;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(scanned(&f, &e), 1);
    assert_int_equal(faults(&f, &last), 0);
    store_close(f.s);
    f.s = NULL;
    child_end(&c);

    /* It died within it: nothing came of it. */
    f.options.mode = STORE_WRITE;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(scanned(&f, &e), 1);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_rollback(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, "sealed");
    put_done(&f, 1, 1, 1);
    store_rollback(f.s);
    store_rollback(f.s);
    assert_int_equal(scanned(&f, &e), 0);

    /* Without its record a write is refused; then all goes on. */
    begin(&f);
    put(&f, 1, 1, 0, NULL);
    assert_fails(store_commit(f.s, &e), &e, ERR_MACHINE, "store.unlogged");
    assert_int_equal(scanned(&f, &e), 0);
    begin(&f);
    put(&f, 1, 1, 0, NULL);
    put_done(&f, 1, 1, 1);
    commit(&f);
    assert_int_equal(scanned(&f, &e), 1);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_rounds(void **state)
{
    struct fixture f;
    struct round *r;
    struct round twin;
    struct definition d;
    const char *const *ids;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    fixture_round(&f, "aaa");
    assert_ok(round_list(f.s, &f.arena, &ids, &e), &e);
    assert_string_equal(ids[0], "bergen-2025");
    assert_string_equal(ids[1], "aaa");
    assert_null(ids[2]);

    r = f.round;
    assert_int_equal(r->municipality, 4601);
    assert_int_equal(r->unit_count, 3);
    assert_string_equal(r->units[0].id, "nord");
    assert_int_equal(r->units[0].tier_count, 2);
    assert_true(r->units[0].tiers[1].number_required);
    assert_string_equal(r->units[0].tiers[1].whom, "Not those on leave");
    assert_string_equal(r->units[1].sector, "social");
    assert_int_equal(r->next_number, 1);
    assert_int_equal(r->definition, 1);
    assert_ok(round_definition(f.s, r, 0, &f.arena, &d, &e), &e);
    assert_string_equal(d.text, "id: tiny\n");
    assert_int_equal(d.len, 9);
    assert_string_equal(d.switched_on, "a b");
    /* printf 'id: tiny\n\0a b' | sha256sum */
    assert_string_equal(d.sha256, "55a2f560fc6399c90d33499bdb8609a0"
                        "ea556cf24a788a8a40163b5b040ea271");
    assert_fails(round_definition(f.s, r, 2, &f.arena, &d, &e), &e,
                 ERR_INPUT, "round.definition_unknown");
    assert_fails(round_load(f.s, "bergen-2026", &f.arena, &r, &e), &e,
                 ERR_INPUT, "round.unknown_near");
    assert_fails(round_load(f.s, "x", &f.arena, &r, &e), &e, ERR_INPUT,
                 "round.unknown");

    begin(&f);
    d.text = "id: tiny2\n";
    d.len = 10;
    assert_ok(round_define(f.s, &everyone, f.round, &d, &e), &e);
    assert_int_equal(f.round->definition, 2);
    twin = *f.round;
    assert_fails(round_add(f.s, &everyone, &twin, &d, NULL, &e), &e,
                 ERR_INPUT, "round.exists");
    twin.id = "Aaa";
    assert_fails(round_add(f.s, &everyone, &twin, &d, NULL, &e), &e,
                 ERR_INPUT, "round.id");
    /* A key is made with the commit, not before. */
    twin.id = "bbb";
    assert_ok(round_add(f.s, &everyone, &twin, &d, NULL, &e), &e);
    assert_false(key_exists(store_keys(f.s), "bbb"));
    store_rollback(f.s);
    assert_false(key_exists(store_keys(f.s), "bbb"));
    assert_true(key_exists(store_keys(f.s), "aaa"));
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

/* What is read in several steps is what was there at the first. */
static void
test_snapshot(void **state)
{
    struct store_options o;
    struct store *reader;
    struct round *seen;
    struct fixture f;
    struct err e;
    int field = lawful_field_of("dpia");

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    o = f.options;
    o.mode = STORE_READ;
    reader = store_open(&o, &e);
    assert_ok(reader != NULL && store_snapshot(reader, &e), &e);
    begin(&f);
    assert_ok(round_set(f.s, &everyone, f.round, field, "new", &e), &e);
    commit(&f);
    assert_ok(round_load(reader, "bergen-2025", &f.arena, &seen, &e), &e);
    assert_string_equal(seen->lawful[field], "");
    store_close(reader);
    reader = store_open(&o, &e);
    assert_ok(reader != NULL && store_snapshot(reader, &e), &e);
    assert_ok(round_load(reader, "bergen-2025", &f.arena, &seen, &e), &e);
    assert_string_equal(seen->lawful[field], "new");
    store_close(reader);
    fixture_remove(&f);
}

static void
test_lawful(void **state)
{
    struct fixture f;
    struct round *r;
    struct err e;
    int field;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    r = f.round;
    assert_int_equal(lawful_field_of("dpia"), 7);
    assert_int_equal(lawful_field_of("nothing"), -1);
    assert_string_equal(r->lawful[7], "");
    assert_string_equal(round_blank(r), "controller");
    assert_true(round_needs(r, lawful_field_of("legal_basis_social")));
    assert_false(round_needs(r, lawful_field_of("legal_basis_other")));

    begin(&f);
    field = lawful_field_of("mapping_from");
    assert_fails(round_set(f.s, &everyone, r, field, "2025-02-30", &e), &e,
                 ERR_INPUT, "round.date");
    field = lawful_field_of("population");
    assert_fails(round_set(f.s, &everyone, r, field, "1e5", &e), &e,
                 ERR_INPUT, "round.number");
    assert_ok(round_set_status(f.s, &everyone, r, ROUND_CLOSED, NULL, &e),
              &e);
    assert_fails(round_set_status(f.s, &everyone, r, ROUND_OPEN, "", &e),
                 &e, ERR_INPUT, "round.reason");
    r->synthetic = false;
    assert_fails(round_set_status(f.s, &everyone, r, ROUND_OPEN, "why", &e),
                 &e, ERR_INPUT, "round.blank");
    for (int i = 0; i < LAWFUL_COUNT; i++) {
        const char *value = lawful_fields[i].kind == LAWFUL_DATE
                            ? "2025-10-01"
                            : lawful_fields[i].kind == LAWFUL_NUMBER
                            ? "12000" : "old";

        assert_ok(round_set(f.s, &everyone, r, i, value, &e), &e);
    }
    assert_ok(round_set(f.s, &everyone, r, 0, "Bergen kommune", &e), &e);
    commit(&f);
    assert_ok(round_load(f.s, "bergen-2025", &f.arena, &r, &e), &e);
    assert_string_equal(r->lawful[0], "Bergen kommune");
    assert_string_equal(r->lawful[1], "old");
    assert_int_equal(r->status, ROUND_CLOSED);
    assert_null(round_blank(r));
    r->synthetic = false;
    begin(&f);
    assert_ok(round_set_status(f.s, &everyone, r, ROUND_OPEN, "why", &e),
              &e);
    commit(&f);
    fixture_remove(&f);
}

/* As a user that may not write there. */
static bool
open_backup(struct fixture *f)
{
    struct err e, last;
    int64_t n;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return true;
    err_clear(&e);
    f->s = store_open(&f->options, &e);
    return f->s != NULL && store_check(f->s, count_fault, &last, &n, &e);
}

static void
lock_backup(const struct fixture *f, const char *dir, mode_t mode,
            mode_t file_mode)
{
    static const char *const names[] = { "brukerplan.db", "access.db" };

    assert_int_equal(chmod(f->dir, mode), 0);
    assert_int_equal(chmod(dir, mode), 0);
    for (int i = 0; i < 2; i++) {
        char *file = store_file(dir, names[i]);

        assert_int_equal(chmod(file, file_mode), 0);
        free(file);
    }
}

static void
test_backup(void **state)
{
    char *keys;
    struct fixture f;
    struct child c;
    struct err e, last;
    char backup[128];

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    for (int i = 1; i <= 50; i++)
        put(&f, i, i, i % 3, "sealed");
    put_done(&f, 50, 1, 50);
    commit(&f);
    store_close(f.s);
    f.options.mode = STORE_READ;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);

    snprintf(backup, sizeof backup, "%s/backup", f.dir);
    umask(0);
    assert_ok(store_backup(f.s, backup, &e), &e);
    umask(022);
    assert_int_equal(mode_of(backup, "."), 0700);
    assert_int_equal(mode_of(backup, "brukerplan.db"), 0600);
    assert_int_equal(mode_of(backup, "access.db"), 0600);
    assert_int_equal(entries(backup), 2);
    assert_fails(store_backup(f.s, backup, &e), &e, ERR_INPUT,
                 "store.not_empty");
    store_close(f.s);

    /* The backup is a store, and becomes one again. */
    snprintf(f.path, sizeof f.path, "%s/again", f.dir);
    assert_fails(store_restore("/nonexistent", &f.options, &e), &e,
                 ERR_INPUT, "store.missing");
    assert_ok(store_restore(backup, &f.options, &e), &e);
    assert_fails(store_restore(backup, &f.options, &e), &e, ERR_INPUT,
                 "store.not_empty");
    assert_int_equal(mode_of(f.path, "brukerplan.db"), 0600);
    keys = store_file(f.dir, "store.keys");
    for (int i = 0; i < 2; i++) {
        f.options.path = i == 0 ? f.path : backup;
        f.options.keys = keys;
        f.options.mode = i == 0 ? STORE_WRITE : STORE_READ;
        f.s = store_open(&f.options, &e);
        assert_ok(f.s != NULL, &e);
        assert_ok(round_load(f.s, "bergen-2025", &f.arena, &f.round, &e),
                  &e);
        assert_int_equal(scanned(&f, &e), 50);
        assert_int_equal(faults(&f, &last), 0);
        store_close(f.s);
        f.s = NULL;
    }
    lock_backup(&f, backup, 0555, 0444);
    c = child_begin(&f, open_backup);
    assert_true(child_says(&c));
    child_end(&c);
    lock_backup(&f, backup, 0700, 0600);
    fixture_remove(&f);
    free(keys);
}

/* As a user that may not write there; true if it can't be tried. */
static bool
as_nobody(struct fixture *f)
{
    struct err e;
    bool ok;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return true;
    err_clear(&e);
    ok = store_open(&f->options, &e) == NULL && e.code == ERR_MACHINE
         && strcmp(e.key, "store.lock") == 0;
    f->options.mode = STORE_READ;
    err_clear(&e);
    ok = ok && store_open(&f->options, &e) == NULL && e.code == ERR_MACHINE;
    f->options.path = f->dir;
    err_clear(&e);
    ok = ok && !store_create(&f->options, &e);
    snprintf(f->path, sizeof f->path, "%s/new", f->dir);
    f->options.path = f->path;
    err_clear(&e);
    return ok && !store_create(&f->options, &e) && e.code == ERR_MACHINE
           && strcmp(e.key, "store.create") == 0;
}

static void
test_readonly(void **state)
{
    struct fixture f;
    struct child c;
    struct err e;
    char *file;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_ok(store_create(&f.options, &e), &e);
    file = store_file(f.path, "brukerplan.db");
    assert_int_equal(chmod(file, 0444), 0);
    free(file);
    file = store_file(f.path, "access.db");
    assert_int_equal(chmod(file, 0444), 0);
    free(file);
    assert_int_equal(chmod(f.path, 0555), 0);
    assert_int_equal(chmod(f.dir, 0555), 0);
    c = child_begin(&f, as_nobody);
    assert_true(child_says(&c));
    child_end(&c);
    assert_int_equal(chmod(f.dir, 0700), 0);
    assert_int_equal(chmod(f.path, 0700), 0);
    fixture_remove(&f);
}

/* Everything that writes, once; false at the first failure. */
static bool
whole_life(struct fixture *f, struct err *e)
{
    const struct definition d = { 1, "x", 1, "", NULL };
    const struct round r = {
        .id = "r", .municipality = 301, .year = 2025, .synthetic = true,
        .units = (const struct unit[]){ { .id = "a", .name = "A",
                                          .sector = "" } },
        .unit_count = 1
    };
    uint8_t answers[ANSWERS];
    struct registration a = person(1, 1, 0, answers);
    int64_t deleted;

    if (!store_create(&f->options, e)
        || (f->s = store_open(&f->options, e)) == NULL
        || !store_begin(f->s, e)
        || !round_add(f->s, &everyone, &r, &d, NULL, e)
        || !store_commit(f->s, e)
        || !round_load(f->s, "r", &f->arena, &f->round, e)
        || !store_begin(f->s, e)
        || !registration_put(f->s, &everyone, f->round, &a, e)
        || !registration_put_done(f->s, &everyone, f->round, 1, 1, 1, e)
        || !registration_change(f->s, &everyone, f->round, &a, "why", e)
        || !store_commit(f->s, e) || !store_begin(f->s, e)
        || !optout_add(f->s, &everyone, f->round, a.pseudonym, &deleted, e)
        || !store_commit(f->s, e))
        return false;
    return deleted == 1;
}

/* With the Nth chance of the disk failing; true if it came to nothing bad.
 * *DONE once there is no Nth chance. */
static void
try_life(int n, bool *done)
{
    struct fixture f;
    struct err e, last;
    bool ok;

    err_clear(&e);
    fixture_dir(&f);
    db_fault_at(n);
    ok = whole_life(&f, &e);
    *done = n > 0 && db_fault_seen() < n;
    db_fault_at(0);
    if (n == 0 || *done)
        assert_ok(ok, &e);
    else
        assert_int_equal(e.code, ok ? ERR_NONE : ERR_MACHINE);
    if (!ok && f.s == NULL && strcmp(e.key, "db.io") == 0
        && access(f.path, F_OK) == 0) {
        /* It stands, so it was made whole and only opening it failed. */
        assert_int_equal(mode_of(f.path, "access.db"), 0600);
    }
    store_close(f.s);
    f.s = NULL;
    err_clear(&e);
    if (access(f.path, F_OK) == 0) {
        f.s = store_open(&f.options, &e);
        assert_ok(f.s != NULL, &e);
        assert_int_equal(faults(&f, &last), 0);
    }
    fixture_remove(&f);
}

static void
test_faults(void **state)
{
    bool done = false;
    int n = 0;

    (void)state;
    for (; !done; n++)
        try_life(n, &done);
    assert_true(n > 60);        /* there were chances */
}

/* A statement that could not be had takes values, gives no row and fails;
 * what was the matter stays said. */
static void
test_no_statement(void **state)
{
    struct err e = { .code = ERR_NONE };
    struct arena arena;
    struct rows rows = { .arena = &arena };
    int64_t number = 7;

    (void)state;
    arena_init(&arena);
    err_set(&e, ERR_MACHINE, "db.io", "");
    db_bind_int(NULL, 1, 1);
    db_bind_int_if(NULL, 1, false, 1);
    db_bind_text(NULL, 1, "a");
    db_bind_blob(NULL, 1, "a", 1);
    db_bind_null(NULL, 1);
    assert_int_equal(db_step(NULL, &e), DB_FAILED);
    assert_false(db_run(NULL, &e));
    assert_false(db_number(NULL, &number, &e));
    assert_int_equal(number, 7);
    assert_null(rows_add(&rows, 8, &e));
    assert_false(rows_end(&rows));
    assert_null(rows.list);
    assert_int_equal(rows.count, 0);
    assert_string_equal(e.key, "db.io");
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create), cmocka_unit_test(test_open_refused),
        cmocka_unit_test(test_newer), cmocka_unit_test(test_migrate),
        cmocka_unit_test(test_lock), cmocka_unit_test(test_reader),
        cmocka_unit_test(test_rollback), cmocka_unit_test(test_rounds),
        cmocka_unit_test(test_snapshot), cmocka_unit_test(test_lawful),
        cmocka_unit_test(test_backup),
        cmocka_unit_test(test_readonly), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_no_statement)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
