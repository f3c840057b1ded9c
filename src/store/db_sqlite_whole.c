/* db_sqlite_whole.c - see db.h: what is done with a whole table or file. */
#include "store/db_sqlite.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SORT_KIB = 4 * 1024 };

bool
db_has_table(struct db *d, const char *table, bool *has, struct err *e)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(d->h, "select count(*) from sqlite_schema "
                                "where type = 'table' and name = ?1", -1,
                                &s, NULL);

    if (rc == SQLITE_OK) {
        sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
        *has = rc == SQLITE_ROW && sqlite3_column_int(s, 0) > 0;
        sqlite3_finalize(s);
    }
    return rc == SQLITE_ROW || db_fail(d, rc, e);
}

bool
db_execute(struct db *d, const char *sql, struct err *e)
{
    return db_fault_due() ? db_fail(d, SQLITE_IOERR, e) : db_set(d, sql, e);
}

/* ---- very many rows: without indexes meanwhile ---- */

void
db_forget_bulk(struct db *d)
{
    d->bulk = NULL;
    arena_clear(&d->arena);
}

/* Keeps the texts of TABLE's own indexes, and drops them. */
bool
db_bulk_begin(struct db *d, const char *table, struct err *e)
{
    static const char find[] = "select name, sql from sqlite_schema "
        "where type = 'index' and tbl_name = ?1 and sql is not null";
    sqlite3_stmt *s;
    struct buf drop;
    int rc = sqlite3_prepare_v2(d->h, find, -1, &s, NULL);
    bool ok;

    if (rc != SQLITE_OK)
        return db_fail(d, rc, e);
    buf_init(&drop, 1 << 16);
    sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct index_text *t = arena_take(&d->arena, sizeof *t);

        t->sql = arena_text(&d->arena,
                            (const char *)sqlite3_column_text(s, 1));
        t->next = d->bulk;
        d->bulk = t;
        buf_printf(&drop, "drop index %s;", sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
    ok = rc == SQLITE_DONE ? buf_ok(&drop, e) : db_fail(d, rc, e);
    ok = ok && db_execute(d, buf_string(&drop), e);
    buf_clear(&drop);
    return ok;
}

/* Where SQLite sorts: beside the database, on its disk and as private. */
static void
sort_beside(const struct db *d)
{
    const char *slash = strrchr(d->path, '/');

    if (sqlite3_temp_directory == NULL)
        sqlite3_temp_directory = slash != NULL
            ? sqlite3_mprintf("%.*s", (int)(slash - d->path), d->path)
            : sqlite3_mprintf(".");
}

/* SQLite sorts as much at a time as its cache may hold, and does so by
 * following pointers: a piece that the processor's cache holds, and merging
 * the pieces, takes three quarters of the time. */
static bool
set_sorting(struct db *d, const char *store, int cache_kib, struct err *e)
{
    char text[96];

    snprintf(text, sizeof text,
             "pragma temp_store = %s; pragma cache_size = -%d", store,
             cache_kib);
    return db_set(d, text, e);
}

bool
db_bulk_end(struct db *d, struct err *e)
{
    bool ok = set_sorting(d, "file", SORT_KIB, e);

    sort_beside(d);
    for (const struct index_text *t = d->bulk; t != NULL && ok; t = t->next)
        ok = db_execute(d, t->sql, e);
    db_forget_bulk(d);
    return ok && set_sorting(d, "memory", CACHE_KIB, e);
}

/* ---- the file ---- */

/* The first column of SQL's first row is WANT. */
static bool
answers(struct db *d, const char *sql, const char *want, struct err *e)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(d->h, sql, -1, &s, NULL);
    bool same = false;

    if (rc != SQLITE_OK)
        return db_fail(d, rc, e);
    rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(s, 0);

        same = text != NULL && strcmp((const char *)text, want) == 0;
    }
    sqlite3_finalize(s);
    if (rc != SQLITE_ROW)
        return db_fail(d, rc, e);
    return same || db_fail(d, SQLITE_IOERR, e);
}

bool
db_share(struct db *d, struct err *e)
{
    if (db_fault_due())
        return db_fail(d, SQLITE_IOERR, e);
    return answers(d, "pragma journal_mode = wal", "wal", e);
}

bool
db_purge(struct db *d, struct err *e)
{
    int rc;

    if (db_fault_due())
        return db_fail(d, SQLITE_IOERR, e);
    rc = sqlite3_wal_checkpoint_v2(d->h, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                   NULL, NULL);
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
        return err_set(e, ERR_MACHINE, "store.purge_waits", "%s", d->path);
    return rc == SQLITE_OK || db_fail(d, rc, e);
}

/* Says each row of SQL: its first column, unless that is "ok". */
static bool
check_with(struct db *d, const char *sql,
           void (*say)(void *ctx, const struct err *fault), void *ctx,
           int64_t *faults, struct err *e)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(d->h, sql, -1, &s, NULL);

    if (rc != SQLITE_OK)
        return db_fail(d, rc, e);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(s, 0);
        struct err fault;

        if (text != NULL && strcmp((const char *)text, "ok") == 0)
            continue;
        err_clear(&fault);
        err_set(&fault, ERR_INPUT, "check.engine", "%s %s", d->path,
                text != NULL ? (const char *)text : "");
        say(ctx, &fault);
        ++*faults;
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE || db_fail(d, rc, e);
}

bool
db_check(struct db *d, void (*say)(void *ctx, const struct err *fault),
         void *ctx, int64_t *faults, struct err *e)
{
    return check_with(d, "pragma integrity_check(100)", say, ctx, faults, e)
           && check_with(d, "select 'foreign key: ' || \"table\" from "
                         "pragma_foreign_key_check limit 100", say, ctx,
                         faults, e);
}

/* VACUUM INTO leaves out free pages, and with them all that was deleted,
 * and writes a file that needs nothing beside it. SQLite counts it among the
 * changes, though nothing is changed here. */
static bool
vacuum_into(struct db *d, const char *to, struct err *e)
{
    sqlite3_stmt *s;
    int rc;

    if (d->reading && !db_set(d, "pragma query_only = off", e))
        return false;
    rc = sqlite3_prepare_v2(d->h, "vacuum into ?1", -1, &s, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(s, 1, to, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
        sqlite3_finalize(s);
    }
    if (rc != SQLITE_DONE)
        db_fail(d, rc, e);
    return (!d->reading || db_set(d, "pragma query_only = on", e))
           && rc == SQLITE_DONE;
}

bool
db_copy(struct db *d, const char *to, struct err *e)
{
    int fd = -1;
    bool ok;

    assert(sqlite3_get_autocommit(d->h) != 0);
    if (db_fault_due())
        return db_fail(d, SQLITE_IOERR, e);
    if (!db_make_file(to, e))
        return false;
    ok = vacuum_into(d, to, e);
    if (ok) {
        fd = open(to, O_RDONLY | O_CLOEXEC);
        ok = fd >= 0 && fsync(fd) == 0;
        if (!ok)
            err_set(e, ERR_MACHINE, "db.open", "%s %s", to, strerror(errno));
    }
    if (fd >= 0)
        close(fd);
    if (!ok)
        unlink(to);
    return ok;
}
