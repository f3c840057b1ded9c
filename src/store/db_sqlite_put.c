/* db_sqlite_put.c - see db.h: many rows at once.
 *
 * They stand in a table of our own, `put`, whose column cN is what $N of the
 * statement would be. SQLite reads it, and keeps its place in each index from
 * one row to the next. */
#include "store/db_sqlite.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct put_table {
    sqlite3_vtab base;
    struct db *db;
};

struct put_cursor {
    sqlite3_vtab_cursor base;
    size_t row;
};

static int
put_connect(sqlite3 *h, void *ctx, int argc, const char *const *argv,
            sqlite3_vtab **out, char **why)
{
    struct put_table *t = mem_take(sizeof *t);

    (void)argc;
    (void)argv;
    (void)why;
    t->db = ctx;
    *out = &t->base;
    return sqlite3_declare_vtab(h, "create table put (c1, c2, c3, c4, c5, "
                                "c6, c7, c8, c9, c10, c11, c12, c13, c14, "
                                "c15, c16)");
}

static int
put_disconnect(sqlite3_vtab *t)
{
    free(t);
    return SQLITE_OK;
}

static int
put_plan(sqlite3_vtab *t, sqlite3_index_info *info)
{
    (void)t;
    (void)info;
    return SQLITE_OK;
}

static int
put_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out)
{
    struct put_cursor *c = mem_take(sizeof *c);

    (void)t;
    *out = &c->base;
    return SQLITE_OK;
}

static int
put_close(sqlite3_vtab_cursor *c)
{
    free(c);
    return SQLITE_OK;
}

static int
put_filter(sqlite3_vtab_cursor *c, int plan, const char *text, int argc,
           sqlite3_value **argv)
{
    (void)plan;
    (void)text;
    (void)argc;
    (void)argv;
    ((struct put_cursor *)c)->row = 0;
    return SQLITE_OK;
}

static int
put_next(sqlite3_vtab_cursor *c)
{
    ((struct put_cursor *)c)->row++;
    return SQLITE_OK;
}

static const struct db_rows *
rows_of(const sqlite3_vtab_cursor *c)
{
    return ((const struct put_table *)c->pVtab)->db->rows;
}

static int
put_eof(sqlite3_vtab_cursor *c)
{
    return ((struct put_cursor *)c)->row >= rows_of(c)->count;
}

static int
put_column(sqlite3_vtab_cursor *c, sqlite3_context *out, int column)
{
    const struct db_rows *rows = rows_of(c);
    struct db_value v = { .kind = DB_NULL };

    rows->value(rows->ctx, ((struct put_cursor *)c)->row, column + 1, &v);
    if (v.kind == DB_INT)
        sqlite3_result_int64(out, v.number);
    else if (v.kind == DB_BLOB)
        sqlite3_result_blob64(out, v.len > 0 ? v.data : "", v.len,
                              SQLITE_STATIC);
    return SQLITE_OK;
}

static int
put_rowid(sqlite3_vtab_cursor *c, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct put_cursor *)c)->row;
    return SQLITE_OK;
}

/* One that exists without being created. */
static const sqlite3_module put_module = {
    .xConnect = put_connect, .xBestIndex = put_plan,
    .xDisconnect = put_disconnect, .xOpen = put_open, .xClose = put_close,
    .xFilter = put_filter, .xNext = put_next, .xEof = put_eof,
    .xColumn = put_column, .xRowid = put_rowid
};

/* "insert into t (...) values ($1, 0, $2)" as one that reads `put`. */
static void
from_put(const char *sql, struct buf *out)
{
    static const char values[] = "values (";
    const char *at = strstr(sql, values);

    assert(at != NULL && strncmp(sql, "insert into ", 12) == 0);
    buf_add(out, sql, (size_t)(at - sql));
    buf_text(out, "select ");
    for (at += sizeof values - 1; *at != ')'; at++)
        buf_byte(out, *at == '$' ? 'c' : *at);
    buf_text(out, " from put");
}

static int
prepare_many(struct db *d, enum sql id)
{
    struct buf sql;
    int rc = SQLITE_OK;

    if (d->many[id] != NULL)
        return rc;
    if (!d->putting) {
        rc = sqlite3_create_module_v2(d->h, "put", &put_module, d, NULL);
        d->putting = rc == SQLITE_OK;
    }
    buf_init(&sql, 1 << 16);
    from_put(sql_text[id], &sql);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v3(d->h, buf_string(&sql), -1,
                                SQLITE_PREPARE_PERSISTENT, &d->many[id],
                                NULL);
    buf_clear(&sql);
    return rc;
}

enum db_step
db_put_rows(struct db *d, enum sql id, const struct db_rows *rows,
            struct err *e)
{
    int rc = db_fault_due() ? SQLITE_IOERR : prepare_many(d, id);

    if (rc == SQLITE_OK) {
        d->rows = rows;
        rc = sqlite3_step(d->many[id]);
        sqlite3_reset(d->many[id]);
        d->rows = NULL;
    }
    return db_outcome(d, rc, e);
}
