/* db.h - an engine: databases, transactions, statements of sql/.
 *
 * SQLite stands behind it (db_sqlite*.c); nothing here is SQLite's, so that
 * PostgreSQL can. A connection is used by one thread at a time. Statements
 * are named by enum sql, prepared when first used and kept. Values are bound
 * by the number in $1..$n, columns are counted from 0.
 *
 * What the machine does wrong (disk full, input and output, no right, busy)
 * is ERR_MACHINE with the database's path; a damaged file, or none of ours,
 * is ERR_INPUT. An engine's own words are never shown: they may hold values
 * of a row. */
#ifndef STORE_DB_H
#define STORE_DB_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "sql_table.h"

struct db;
struct db_stmt;

enum { DB_PARAMS = 16 };        /* a statement's values: $1..$16 at most */

enum db_mode {
    DB_READ,            /* changes are refused; the directory must be ours
                           to write: readers share memory beside the file */
    DB_WRITE,
    DB_CREATE,          /* the file must not exist; made with mode 0600 */
    DB_COPY             /* a closed copy, perhaps where nothing may be
                           written: nothing is made beside it */
};

/* NULL with E set. WAIT_MS is how long another writer is waited for. */
struct db *db_open(const char *path, enum db_mode mode, int wait_ms,
                   struct err *e);
/* Rolls back what is open. Takes NULL. */
void db_close(struct db *d);

/* BEGIN is at once the only writer, or ERR_MACHINE "db.busy". A commit that
 * fails has rolled back. */
MUST_CHECK bool db_begin(struct db *d, struct err *e);
MUST_CHECK bool db_commit(struct db *d, struct err *e);
void db_rollback(struct db *d);

/* Whether the engine looks at every row put for what it refers to, as it
 * does from the beginning. Only for an import, which knows that it is there.
 * Never within a transaction. */
MUST_CHECK bool db_check_references(struct db *d, bool on, struct err *e);

/* Until db_read_end what is read is as at the first reading, and the locks
 * of a reader are taken once. Nothing may be written meanwhile. */
MUST_CHECK bool db_read_begin(struct db *d, struct err *e);
void db_read_end(struct db *d);

/* A place in the open transaction to go back to; one at a time. Released, or
 * gone back to, it is no more. Going back leaves statements in use useless:
 * give them back first. No bulk is begun before it. */
MUST_CHECK bool db_savepoint(struct db *d, struct err *e);
MUST_CHECK bool db_release(struct db *d, struct err *e);
MUST_CHECK bool db_rollback_to(struct db *d, struct err *e);

/* The statement ID, to be bound; NULL with E set. It may be in use several
 * times at once. Give it back with db_done. Binding, a step, and giving back
 * take NULL: nothing is done, the step fails. */
struct db_stmt *db_use(struct db *d, enum sql id, struct err *e);
void db_done(struct db_stmt *st);

/* Bytes are borrowed until db_done. A failure to bind is the step's. */
void db_bind_int(struct db_stmt *st, int n, int64_t value);
/* Null unless it is THERE. */
void db_bind_int_if(struct db_stmt *st, int n, bool there, int64_t value);
void db_bind_text(struct db_stmt *st, int n, const char *text);
void db_bind_blob(struct db_stmt *st, int n, const void *data, size_t len);
void db_bind_null(struct db_stmt *st, int n);

enum db_step {
    DB_FAILED,          /* E is set */
    DB_ROW,
    DB_DONE,
    DB_TAKEN,           /* a key in use: nothing changed, E is not set */
    DB_REFUSED          /* another constraint: likewise */
};
MUST_CHECK enum db_step db_step(struct db_stmt *st, struct err *e);
/* Steps a statement that gives no row and gives it back; a constraint is
 * ERR_MACHINE "db.refused", for it is our mistake. */
MUST_CHECK bool db_run(struct db_stmt *st, struct err *e);
/* The one number that a statement gives; gives it back. */
MUST_CHECK bool db_number(struct db_stmt *st, int64_t *out, struct err *e);
/* One value of a row that is put. Bytes are borrowed until all are. */
struct db_value {
    enum { DB_NULL, DB_INT, DB_BLOB } kind;
    int64_t number;
    const void *data;
    size_t len;
};
/* COUNT rows; VALUE gives what $N of the statement is for one of them. */
struct db_rows {
    size_t count;
    void (*value)(const void *ctx, size_t row, int n, struct db_value *out);
    const void *ctx;
};
/* Runs the statement ID, "insert into ... values (...)", for each of ROWS,
 * which costs half as much as one by one. DB_DONE, or none of them was put:
 * DB_FAILED, DB_TAKEN, DB_REFUSED. */
MUST_CHECK enum db_step db_put_rows(struct db *d, enum sql id,
                                    const struct db_rows *rows,
                                    struct err *e);
/* Rows that the last finished statement changed. */
int64_t db_changes(const struct db *d);

/* A column of the row; bytes are borrowed until the next step. An absent
 * value is 0, "" and (NULL, 0). */
bool db_is_null(struct db_stmt *st, int column);
int64_t db_int(struct db_stmt *st, int column);
const char *db_text(struct db_stmt *st, int column);
const void *db_blob(struct db_stmt *st, int column, size_t *len);

/* What is not a statement of sql/. */
MUST_CHECK bool db_has_table(struct db *d, const char *table, bool *has,
                             struct err *e);
/* Runs one statement without values: of a migration. */
MUST_CHECK bool db_execute(struct db *d, const char *sql, struct err *e);
/* Begins a read transaction that sees the database as it is now, until the
 * connection is closed. */
MUST_CHECK bool db_snapshot(struct db *d, struct err *e);
/* For very many inserts into TABLE in the open transaction: its own indexes
 * (not its keys) are taken away, and made again, sorted, by db_bulk_end,
 * which is several times faster than a random place for each row. What they
 * would have refused is refused at the end. A rollback brings them back. */
MUST_CHECK bool db_bulk_begin(struct db *d, const char *table,
                              struct err *e);
MUST_CHECK bool db_bulk_end(struct db *d, struct err *e);
/* Lets readers go on while one writes. For a database made or copied. */
MUST_CHECK bool db_share(struct db *d, struct err *e);
/* Empties the write-ahead log into the database, so that no file holds what
 * was deleted; waits for readers as long as for a writer, then ERR_MACHINE
 * "store.purge_waits". */
MUST_CHECK bool db_purge(struct db *d, struct err *e);
/* The engine's own check and that of foreign keys. SAY gets each fault:
 * "check.engine" with the database's path and the engine's words, which
 * name pages and tables only. */
MUST_CHECK bool db_check(struct db *d,
                         void (*say)(void *ctx, const struct err *fault),
                         void *ctx, int64_t *faults, struct err *e);
/* A compact copy as of now, to a file that must not exist: mode 0600, on
 * disk when it returns, complete in one file, so that it can be read where
 * nothing may be written. Never within a transaction. */
MUST_CHECK bool db_copy(struct db *d, const char *to, struct err *e);

/* What was done so far, for tests of equal work: statements given out, in
 * ORDER (a sum over the sequence), steps, the engine's instructions, rows
 * changed. */
struct db_work {
    int64_t statements, steps, instructions, changes;
    uint64_t order;
};
void db_work(const struct db *d, struct db_work *out);

#endif
