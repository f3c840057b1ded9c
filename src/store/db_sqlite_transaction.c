/* db_sqlite_transaction.c - see db.h: transactions. */
#include "store/db_sqlite.h"
#include <assert.h>

static const char *const word_text[WORDS] = {
    [WORD_BEGIN] = "begin immediate", [WORD_READ] = "begin",
    [WORD_COMMIT] = "commit",
    [WORD_SAVEPOINT] = "savepoint part", [WORD_RELEASE] = "release part",
};

static bool
run_word(struct db *d, enum word word, struct err *e)
{
    int rc = SQLITE_OK;

    if (db_fault_due())
        return db_fail(d, SQLITE_IOERR, e);
    if (d->word[word] == NULL)
        rc = sqlite3_prepare_v3(d->h, word_text[word], -1,
                                SQLITE_PREPARE_PERSISTENT, &d->word[word],
                                NULL);
    if (rc == SQLITE_OK) {
        sqlite3_step(d->word[word]);
        rc = sqlite3_reset(d->word[word]);
    }
    return rc == SQLITE_OK || db_fail(d, rc, e);
}

bool
db_begin(struct db *d, struct err *e)
{
    return run_word(d, WORD_BEGIN, e);
}

bool
db_commit(struct db *d, struct err *e)
{
    if (run_word(d, WORD_COMMIT, e))
        return true;
    db_rollback(d);
    return false;
}

void
db_rollback(struct db *d)
{
    db_forget_bulk(d);
    /* A full disk may have made SQLite roll back by itself. */
    if (sqlite3_get_autocommit(d->h) == 0)
        sqlite3_exec(d->h, "rollback", NULL, NULL, NULL);
}

bool
db_read_begin(struct db *d, struct err *e)
{
    return run_word(d, WORD_READ, e);
}

void
db_read_end(struct db *d)
{
    struct err e = { 0 };

    if (!run_word(d, WORD_COMMIT, &e))
        db_rollback(d);
}

bool
db_snapshot(struct db *d, struct err *e)
{
    /* The first reading fixes what is seen. */
    return db_execute(d, "begin", e)
        && db_execute(d, "select count(*) from schema_version", e);
}

bool
db_savepoint(struct db *d, struct err *e)
{
    return run_word(d, WORD_SAVEPOINT, e);
}

bool
db_release(struct db *d, struct err *e)
{
    return run_word(d, WORD_RELEASE, e);
}

bool
db_rollback_to(struct db *d, struct err *e)
{
    db_forget_bulk(d);
    return db_execute(d, "rollback to part", e)
           && run_word(d, WORD_RELEASE, e);
}

bool
db_check_references(struct db *d, bool on, struct err *e)
{
    assert(sqlite3_get_autocommit(d->h) != 0);
    return db_set(d, on ? "pragma foreign_keys = on"
                        : "pragma foreign_keys = off", e);
}
