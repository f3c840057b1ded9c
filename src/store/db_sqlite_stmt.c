/* db_sqlite_stmt.c - see db.h: statements, their values, rows and columns.
 *
 * SQLite counts parameters in the order in which they first appear, so the
 * place of each $n is looked up once, when the statement is prepared. */
#include "store/db_sqlite.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static struct db_stmt *
prepare(struct db *d, enum sql id, struct err *e)
{
    struct db_stmt *st = mem_take(sizeof *st);
    int rc = sqlite3_prepare_v3(d->h, sql_text[id], -1,
                                SQLITE_PREPARE_PERSISTENT, &st->s, NULL);
    char name[16];

    if (rc != SQLITE_OK) {
        db_fail(d, rc, e);
        free(st);
        return NULL;
    }
    st->db = d;
    assert(sqlite3_bind_parameter_count(st->s) <= DB_PARAMS);
    for (int n = 1; n <= DB_PARAMS; n++) {
        snprintf(name, sizeof name, "$%d", n);
        st->at[n] = sqlite3_bind_parameter_index(st->s, name);
    }
    return st;
}

struct db_stmt *
db_use(struct db *d, enum sql id, struct err *e)
{
    struct db_stmt *st = d->kept[id];

    if (st == NULL || st->used) {
        st = prepare(d, id, e);
        if (st == NULL)
            return NULL;
        st->kept = d->kept[id] == NULL;
        if (st->kept)
            d->kept[id] = st;
    }
    st->used = true;
    d->work.statements++;
    d->work.order = (d->work.order ^ (uint64_t)id) * 0x100000001B3u;
    return st;
}

void
db_done(struct db_stmt *st)
{
    if (st == NULL)
        return;
    st->db->work.instructions +=
        sqlite3_stmt_status(st->s, SQLITE_STMTSTATUS_VM_STEP, 1);
    if (!st->kept) {
        sqlite3_finalize(st->s);
        free(st);
        return;
    }
    sqlite3_reset(st->s);
    sqlite3_clear_bindings(st->s);
    st->bind_rc = SQLITE_OK;
    st->used = false;
}

static int
place(const struct db_stmt *st, int n)
{
    assert(n >= 1 && n <= DB_PARAMS && st->at[n] > 0);
    return st->at[n];
}

static void
bound(struct db_stmt *st, int rc)
{
    if (st->bind_rc == SQLITE_OK)
        st->bind_rc = rc;
}

void
db_bind_int(struct db_stmt *st, int n, int64_t value)
{
    if (st != NULL)
        bound(st, sqlite3_bind_int64(st->s, place(st, n), value));
}

void
db_bind_text(struct db_stmt *st, int n, const char *text)
{
    if (st != NULL)
        bound(st, sqlite3_bind_text(st->s, place(st, n), text, -1,
                                    SQLITE_STATIC));
}

void
db_bind_blob(struct db_stmt *st, int n, const void *data, size_t len)
{
    /* No bytes are an empty blob, not an absent one. */
    if (st != NULL)
        bound(st, sqlite3_bind_blob64(st->s, place(st, n),
                                      len > 0 ? data : "", len,
                                      SQLITE_STATIC));
}

void
db_bind_null(struct db_stmt *st, int n)
{
    if (st != NULL)
        bound(st, sqlite3_bind_null(st->s, place(st, n)));
}

void
db_bind_int_if(struct db_stmt *st, int n, bool there, int64_t value)
{
    if (there)
        db_bind_int(st, n, value);
    else
        db_bind_null(st, n);
}

enum db_step
db_outcome(const struct db *d, int rc, struct err *e)
{
    switch (rc) {
    case SQLITE_ROW:
        return DB_ROW;
    case SQLITE_DONE:
        return DB_DONE;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
        return DB_TAKEN;
    default:
        break;
    }
    if ((rc & 0xFF) == SQLITE_CONSTRAINT)
        return DB_REFUSED;
    db_fail(d, rc, e);
    return DB_FAILED;
}

enum db_step
db_step(struct db_stmt *st, struct err *e)
{
    int rc;

    if (st == NULL)
        return DB_FAILED;
    st->db->work.steps++;
    rc = st->bind_rc;
    if (rc == SQLITE_OK)
        rc = db_fault_due() ? SQLITE_IOERR : sqlite3_step(st->s);
    return db_outcome(st->db, rc, e);
}

bool
db_run(struct db_stmt *st, struct err *e)
{
    enum db_step step = db_step(st, e);

    if (step == DB_TAKEN || step == DB_REFUSED)
        db_fail(st->db, SQLITE_CONSTRAINT, e);
    assert(step != DB_ROW);
    db_done(st);
    return step == DB_DONE;
}

bool
db_number(struct db_stmt *st, int64_t *out, struct err *e)
{
    enum db_step step = db_step(st, e);

    assert(step == DB_ROW || step == DB_FAILED);
    if (step == DB_ROW)
        *out = db_int(st, 0);
    db_done(st);
    return step == DB_ROW;
}

int64_t
db_changes(const struct db *d)
{
    return sqlite3_changes64(d->h);
}

bool
db_is_null(struct db_stmt *st, int column)
{
    return sqlite3_column_type(st->s, column) == SQLITE_NULL;
}

int64_t
db_int(struct db_stmt *st, int column)
{
    return sqlite3_column_int64(st->s, column);
}

/* A column that SQLite had no memory to give looks like an absent one, which
 * would be another answer. */
static void
check_given(const struct db_stmt *st, const void *data)
{
    if (data == NULL
        && (sqlite3_errcode(st->db->h) & 0xFF) == SQLITE_NOMEM)
        mem_out();
}

const char *
db_text(struct db_stmt *st, int column)
{
    const unsigned char *text = sqlite3_column_text(st->s, column);

    check_given(st, text);
    return text != NULL ? (const char *)text : "";
}

const void *
db_blob(struct db_stmt *st, int column, size_t *len)
{
    const void *data = sqlite3_column_blob(st->s, column);

    check_given(st, data);
    *len = (size_t)sqlite3_column_bytes(st->s, column);
    return data;
}

void
db_work(const struct db *d, struct db_work *out)
{
    *out = d->work;
    out->changes = sqlite3_total_changes64(d->h);
}
