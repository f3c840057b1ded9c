/* db_sqlite.h - what a connection is, for src/store/db_sqlite*.c only. */
#ifndef STORE_DB_SQLITE_H
#define STORE_DB_SQLITE_H
#include <sqlite3.h>
#include "base/arena.h"
#include "store/db.h"

enum { CACHE_KIB = 32 * 1024 };

struct db_stmt {
    struct db *db;
    sqlite3_stmt *s;
    int at[DB_PARAMS + 1];      /* SQLite's place of $n, 0: not there */
    int bind_rc;                /* the first failure to bind */
    bool used, kept;
};

/* Words that a transaction is made of: an autosave says them more often than
 * anything else, so they are prepared once. */
enum word {
    WORD_BEGIN, WORD_READ, WORD_COMMIT, WORD_SAVEPOINT, WORD_RELEASE, WORDS
};

struct db {
    sqlite3 *h;
    char *path;
    sqlite3_stmt *word[WORDS];
    struct db_stmt *kept[SQL_COUNT];
    sqlite3_stmt *many[SQL_COUNT];      /* of db_put_rows */
    const struct db_rows *rows; /* being put */
    struct db_work work;
    bool reading;               /* changes are refused */
    bool putting;               /* the table `put` is known */
    struct arena arena;         /* BULK */
    struct index_text {         /* indexes to be made again */
        const char *sql;
        struct index_text *next;
    } *bulk;
};

/* Sets E to what SQLite's RC means, and returns false. */
bool db_fail(const struct db *d, int rc, struct err *e);
/* What a step that ended with RC is to who steps. */
enum db_step db_outcome(const struct db *d, int rc, struct err *e);
/* True where a test wants this one to fail (db_fault.h): asked once for each
 * thing that may. */
bool db_fault_due(void);
/* Runs SQL, without counting it as one that may fail: settings. */
MUST_CHECK bool db_set(struct db *d, const char *sql, struct err *e);
/* An empty file that nobody else may read: SQLite would ask the umask. */
MUST_CHECK bool db_make_file(const char *path, struct err *e);
/* What db_bulk_begin took away is made again, or a rollback brought it
 * back. */
void db_forget_bulk(struct db *d);

#endif
