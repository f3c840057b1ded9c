/* db_sqlite.c - see db.h: opening, settings, what SQLite's faults mean.
 * SQLite, 3.37 or later.
 *
 * A write-ahead log lets readers go on while one writes; synchronous=FULL
 * makes a commit lasting; secure_delete overwrites what is deleted, so that
 * after db_purge no file holds it; mmap stays off, for an error of the disk
 * would be a signal. Temporary tables stay in memory, or the answers of
 * people would be in files elsewhere; only an index that is made anew is
 * sorted in a file, without a name, beside the database. */
#include "store/db_sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "store/db_fault.h"

enum { LOG_KIB = 64 * 1024 };   /* what the write-ahead log is cut back to */

/* A process has several threads. */
static _Atomic int fault_at, fault_seen;

void
db_fault_at(int n)
{
    fault_at = n;
    fault_seen = 0;
}

int
db_fault_seen(void)
{
    return fault_seen;
}

bool
db_fault_due(void)
{
    return ++fault_seen == fault_at;
}

bool
db_fail(const struct db *d, int rc, struct err *e)
{
    int why = d->h != NULL ? sqlite3_system_errno(d->h) : 0;

    switch (rc & 0xFF) {
    case SQLITE_FULL:
        return err_set(e, ERR_MACHINE, "db.full", "%s", d->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return err_set(e, ERR_MACHINE, "db.readonly", "%s", d->path);
    case SQLITE_CANTOPEN:
        return err_set(e, ERR_MACHINE, "db.open", "%s %s", d->path,
                       strerror(why));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(e, ERR_MACHINE, "db.busy", "%s", d->path);
    case SQLITE_IOERR:
        return err_set(e, ERR_MACHINE, "db.io", "%s", d->path);
    case SQLITE_NOMEM:
        return err_set(e, ERR_MACHINE, "db.memory", "%s", d->path);
    case SQLITE_CORRUPT:
        return err_set(e, ERR_INPUT, "db.corrupt", "%s", d->path);
    case SQLITE_NOTADB:
        return err_set(e, ERR_INPUT, "db.not_one", "%s", d->path);
    case SQLITE_CONSTRAINT:
        return err_set(e, ERR_MACHINE, "db.refused", "%s", d->path);
    default:
        return err_set(e, ERR_MACHINE, "db.other", "%s %d", d->path, rc);
    }
}

bool
db_set(struct db *d, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(d->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK || db_fail(d, rc, e);
}

static bool
configure(struct db *d, int wait_ms, struct err *e)
{
    char text[96];

    sqlite3_extended_result_codes(d->h, 1);
    sqlite3_busy_timeout(d->h, wait_ms);
    sqlite3_db_config(d->h, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(d->h, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(d->h, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    snprintf(text, sizeof text, "pragma cache_size = -%d;"
             "pragma journal_size_limit = %d", CACHE_KIB, LOG_KIB * 1024);
    if (!db_set(d, text, e)
        || !db_set(d, "pragma trusted_schema = off;"
                   "pragma cell_size_check = on;"
                   "pragma mmap_size = 0;"
                   "pragma temp_store = memory;"
                   "pragma secure_delete = on;"
                   "pragma synchronous = full;"
                   "pragma foreign_keys = on;", e))
        return false;
    /* What is no database shows itself only when it is read. */
    if (!db_set(d, "select count(*) from sqlite_schema", e))
        return false;
    return !d->reading || db_set(d, "pragma query_only = on", e);
}

bool
db_make_file(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return err_set(e, ERR_MACHINE, "db.open", "%s %s", path,
                       strerror(errno));
    close(fd);
    return true;
}

/* What SQLite counts of its memory nobody asks for, and counting takes a
 * lock that all threads share. No other call of SQLite comes before. */
static void
start_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct db *
db_open(const char *path, enum db_mode mode, int wait_ms, struct err *e)
{
    static pthread_once_t started = PTHREAD_ONCE_INIT;
    int flags = SQLITE_OPEN_NOMUTEX
                | (mode == DB_COPY ? SQLITE_OPEN_READONLY
                                   : SQLITE_OPEN_READWRITE);
    struct db *d;
    int rc;

    pthread_once(&started, start_sqlite);
    if (mode == DB_CREATE && !db_make_file(path, e))
        return NULL;
    d = mem_take(sizeof *d);
    d->reading = mode == DB_READ;
    d->path = mem_take(strlen(path) + 1);
    strcpy(d->path, path);
    rc = sqlite3_open_v2(path, &d->h, flags, NULL);
    if (rc != SQLITE_OK) {
        db_fail(d, rc, e);
        db_close(d);
        return NULL;
    }
    if (!configure(d, wait_ms, e)
        || (mode == DB_CREATE && !db_share(d, e))) {
        db_close(d);
        return NULL;
    }
    return d;
}

void
db_close(struct db *d)
{
    if (d == NULL)
        return;
    for (int i = 0; i < SQL_COUNT; i++) {
        if (d->kept[i] != NULL) {
            sqlite3_finalize(d->kept[i]->s);
            free(d->kept[i]);
        }
        sqlite3_finalize(d->many[i]);
    }
    for (int i = 0; i < WORDS; i++)
        sqlite3_finalize(d->word[i]);
    sqlite3_close(d->h);
    arena_clear(&d->arena);
    free(d->path);
    free(d);
}
