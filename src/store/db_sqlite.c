/* db_sqlite.c - see db.h. SQLite, 3.37 or later.
 *
 * A write-ahead log lets readers go on while one writes; synchronous=FULL
 * makes a commit lasting; secure_delete overwrites what is deleted, so that
 * after db_purge no file holds it; mmap stays off, for an error of the disk
 * would be a signal. Temporary tables stay in memory, or the answers of
 * people would be in files elsewhere; only an index that is made anew is
 * sorted in a file, without a name, beside the database.
 *
 * SQLite counts parameters in the order in which they first appear, so the
 * place of each $n is looked up once, when the statement is prepared. */
#include "store/db.h"
#include "store/db_fault.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/arena.h"

enum {
    CACHE_KIB = 32 * 1024,
    SORT_KIB = 4 * 1024,
    LOG_KIB = 64 * 1024         /* what the write-ahead log is cut back to */
};

struct db_stmt {
    struct db *db;
    sqlite3_stmt *s;
    int id;
    int at[DB_PARAMS + 1];      /* SQLite's place of $n, 0: not there */
    int bind_rc;                /* the first failure to bind */
    bool used, kept;
};

/* Words that a transaction is made of: an autosave says them more often than
 * anything else, so they are prepared once. */
enum word {
    WORD_BEGIN, WORD_READ, WORD_COMMIT, WORD_SAVEPOINT, WORD_RELEASE, WORDS
};

static const char *const word_text[WORDS] = {
    [WORD_BEGIN] = "begin immediate", [WORD_READ] = "begin",
    [WORD_COMMIT] = "commit",
    [WORD_SAVEPOINT] = "savepoint part", [WORD_RELEASE] = "release part",
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

/* True where the test wants this one to fail. */
static bool
fault_due(void)
{
    return ++fault_seen == fault_at;
}

static bool
fail(const struct db *d, int rc, struct err *e)
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

/* Runs SQL, without counting it: settings. */
static bool
set(struct db *d, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(d->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK || fail(d, rc, e);
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
    if (!set(d, text, e)
        || !set(d, "pragma trusted_schema = off;"
                "pragma cell_size_check = on;"
                "pragma mmap_size = 0;"
                "pragma temp_store = memory;"
                "pragma secure_delete = on;"
                "pragma synchronous = full;"
                "pragma foreign_keys = on;", e))
        return false;
    /* What is no database shows itself only when it is read. */
    if (!set(d, "select count(*) from sqlite_schema", e))
        return false;
    return !d->reading || set(d, "pragma query_only = on", e);
}

/* An empty file that nobody else may read: SQLite would ask the umask. */
static bool
make_file(const char *path, struct err *e)
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
    if (mode == DB_CREATE && !make_file(path, e))
        return NULL;
    d = mem_take(sizeof *d);
    d->reading = mode == DB_READ;
    d->path = mem_take(strlen(path) + 1);
    strcpy(d->path, path);
    rc = sqlite3_open_v2(path, &d->h, flags, NULL);
    if (rc != SQLITE_OK) {
        fail(d, rc, e);
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

static bool
run_plain(struct db *d, const char *sql, struct err *e)
{
    int rc;

    if (fault_due())
        return fail(d, SQLITE_IOERR, e);
    rc = sqlite3_exec(d->h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || fail(d, rc, e);
}

static bool
run_word(struct db *d, enum word word, struct err *e)
{
    int rc = SQLITE_OK;

    if (fault_due())
        return fail(d, SQLITE_IOERR, e);
    if (d->word[word] == NULL)
        rc = sqlite3_prepare_v3(d->h, word_text[word], -1,
                                SQLITE_PREPARE_PERSISTENT, &d->word[word],
                                NULL);
    if (rc == SQLITE_OK) {
        sqlite3_step(d->word[word]);
        rc = sqlite3_reset(d->word[word]);
    }
    return rc == SQLITE_OK || fail(d, rc, e);
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

static void
forget_bulk(struct db *d)
{
    d->bulk = NULL;
    arena_clear(&d->arena);
}

void
db_rollback(struct db *d)
{
    forget_bulk(d);
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
db_check_references(struct db *d, bool on, struct err *e)
{
    assert(sqlite3_get_autocommit(d->h) != 0);
    return set(d, on ? "pragma foreign_keys = on"
                     : "pragma foreign_keys = off", e);
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
    forget_bulk(d);
    return run_plain(d, "rollback to part", e)
           && run_word(d, WORD_RELEASE, e);
}

static struct db_stmt *
prepare(struct db *d, enum sql id, struct err *e)
{
    struct db_stmt *st = mem_take(sizeof *st);
    int rc = sqlite3_prepare_v3(d->h, sql_text[id], -1,
                                SQLITE_PREPARE_PERSISTENT, &st->s, NULL);
    char name[16];

    if (rc != SQLITE_OK) {
        fail(d, rc, e);
        free(st);
        return NULL;
    }
    st->db = d;
    st->id = (int)id;
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
    bound(st, sqlite3_bind_int64(st->s, place(st, n), value));
}

void
db_bind_text(struct db_stmt *st, int n, const char *text)
{
    bound(st, sqlite3_bind_text(st->s, place(st, n), text, -1,
                                SQLITE_STATIC));
}

void
db_bind_blob(struct db_stmt *st, int n, const void *data, size_t len)
{
    /* No bytes are an empty blob, not an absent one. */
    bound(st, sqlite3_bind_blob64(st->s, place(st, n),
                                  len > 0 ? data : "", len, SQLITE_STATIC));
}

void
db_bind_null(struct db_stmt *st, int n)
{
    bound(st, sqlite3_bind_null(st->s, place(st, n)));
}

enum db_step
db_step(struct db_stmt *st, struct err *e)
{
    struct db *d = st->db;
    int rc = st->bind_rc;

    d->work.steps++;
    if (rc == SQLITE_OK)
        rc = fault_due() ? SQLITE_IOERR : sqlite3_step(st->s);
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
    fail(d, rc, e);
    return DB_FAILED;
}

/* --- many rows: a table of our own, `put`, whose column cN is what $N of
 * the statement would be. SQLite reads it, and keeps its place in each index
 * from one row to the next. */

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
    int rc = fault_due() ? SQLITE_IOERR : prepare_many(d, id);

    if (rc == SQLITE_OK) {
        d->rows = rows;
        rc = sqlite3_step(d->many[id]);
        sqlite3_reset(d->many[id]);
        d->rows = NULL;
    }
    if (rc == SQLITE_DONE)
        return DB_DONE;
    if (rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_UNIQUE)
        return DB_TAKEN;
    if ((rc & 0xFF) == SQLITE_CONSTRAINT)
        return DB_REFUSED;
    fail(d, rc, e);
    return DB_FAILED;
}

bool
db_run(struct db_stmt *st, struct err *e)
{
    enum db_step step;
    bool ok;

    if (st == NULL)
        return false;
    step = db_step(st, e);
    ok = step == DB_DONE;
    if (step == DB_TAKEN || step == DB_REFUSED)
        fail(st->db, SQLITE_CONSTRAINT, e);
    assert(step != DB_ROW);
    db_done(st);
    return ok;
}

bool
db_number(struct db_stmt *st, int64_t *out, struct err *e)
{
    enum db_step step;

    if (st == NULL)
        return false;
    step = db_step(st, e);
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
    return rc == SQLITE_ROW || fail(d, rc, e);
}

bool
db_execute(struct db *d, const char *sql, struct err *e)
{
    return run_plain(d, sql, e);
}

bool
db_snapshot(struct db *d, struct err *e)
{
    /* The first reading fixes what is seen. */
    return run_plain(d, "begin", e)
        && run_plain(d, "select count(*) from schema_version", e);
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
        return fail(d, rc, e);
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
    ok = rc == SQLITE_DONE ? buf_ok(&drop, e) : fail(d, rc, e);
    ok = ok && run_plain(d, buf_string(&drop), e);
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
    return set(d, text, e);
}

bool
db_bulk_end(struct db *d, struct err *e)
{
    bool ok = set_sorting(d, "file", SORT_KIB, e);

    sort_beside(d);
    for (const struct index_text *t = d->bulk; t != NULL && ok; t = t->next)
        ok = run_plain(d, t->sql, e);
    forget_bulk(d);
    return ok && set_sorting(d, "memory", CACHE_KIB, e);
}

/* The first column of SQL's first row is WANT. */
static bool
answers(struct db *d, const char *sql, const char *want, struct err *e)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(d->h, sql, -1, &s, NULL);
    bool same = false;

    if (rc != SQLITE_OK)
        return fail(d, rc, e);
    rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(s, 0);

        same = text != NULL && strcmp((const char *)text, want) == 0;
    }
    sqlite3_finalize(s);
    if (rc != SQLITE_ROW)
        return fail(d, rc, e);
    return same || fail(d, SQLITE_IOERR, e);
}

bool
db_share(struct db *d, struct err *e)
{
    if (fault_due())
        return fail(d, SQLITE_IOERR, e);
    return answers(d, "pragma journal_mode = wal", "wal", e);
}

bool
db_purge(struct db *d, struct err *e)
{
    int rc;

    if (fault_due())
        return fail(d, SQLITE_IOERR, e);
    rc = sqlite3_wal_checkpoint_v2(d->h, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                   NULL, NULL);
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
        return err_set(e, ERR_MACHINE, "store.purge_waits", "%s", d->path);
    return rc == SQLITE_OK || fail(d, rc, e);
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
        return fail(d, rc, e);
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
    return rc == SQLITE_DONE || fail(d, rc, e);
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

    if (d->reading && !set(d, "pragma query_only = off", e))
        return false;
    rc = sqlite3_prepare_v2(d->h, "vacuum into ?1", -1, &s, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(s, 1, to, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
        sqlite3_finalize(s);
    }
    if (rc != SQLITE_DONE)
        fail(d, rc, e);
    return (!d->reading || set(d, "pragma query_only = on", e))
           && rc == SQLITE_DONE;
}

bool
db_copy(struct db *d, const char *to, struct err *e)
{
    int fd = -1;
    bool ok;

    assert(sqlite3_get_autocommit(d->h) != 0);
    if (fault_due())
        return fail(d, SQLITE_IOERR, e);
    if (!make_file(to, e))
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

void
db_work(const struct db *d, struct db_work *out)
{
    *out = d->work;
    out->changes = sqlite3_total_changes64(d->h);
}
