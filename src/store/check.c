/* check.c - store_check: what the store alone can know; see store.h. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "store/key.h"
#include "store/publishing_private.h"

struct checker {
    struct store *s;
    void (*say)(void *ctx, const struct err *fault);
    void *ctx;
    int64_t *faults;
};

static void
report(const struct checker *c, const struct err *fault)
{
    c->say(c->ctx, fault);
    ++*c->faults;
}

/* A statement whose rows are a round and a number: each is a fault KEY. */
static bool
check_rows(const struct checker *c, enum sql id, const char *key,
           struct err *e)
{
    struct db_stmt *st = db_use(c->s->db, id, e);
    struct rows rows = { .st = st };

    while (rows_next(&rows, e)) {
        struct err fault;

        err_clear(&fault);
        err_set(&fault, ERR_INPUT, key, "%s %lld", db_text(st, 0),
                (long long)db_int(st, 1));
        report(c, &fault);
    }
    return rows_end(&rows);
}

/* Whether there is a text for D, and it is the one that D names. */
static bool
check_text(const struct checker *c, struct definition *d, bool *whole,
           struct err *e)
{
    struct db_stmt *st = db_use(c->s->db, SQL_DEFINITION_TEXT_GET, e);
    enum db_step step;

    db_bind_text(st, 1, d->sha256);
    step = db_step(st, e);
    *whole = step == DB_ROW;
    if (step == DB_ROW) {
        d->text = db_blob(st, 0, &d->len);
        if (d->text == NULL)
            d->text = "";
        *whole = definition_whole(d);
    }
    db_done(st);
    return step != DB_FAILED;
}

/* Those that are alike follow each other, and are looked at once. */
static bool
check_definitions(const struct checker *c, struct err *e)
{
    struct db_stmt *st = db_use(c->s->db, SQL_CHECK_DEFINITIONS, e);
    struct rows rows = { .st = st };
    struct definition d = { .switched_on = NULL };
    struct arena arena;
    bool whole = true, ok = true;

    arena_init(&arena);
    while (ok && rows_next(&rows, e)) {
        struct err fault;

        if (d.sha256 == NULL || strcmp(d.sha256, db_text(st, 3)) != 0
            || strcmp(d.switched_on, db_text(st, 2)) != 0) {
            arena_clear(&arena);
            d.switched_on = arena_text(&arena, db_text(st, 2));
            d.sha256 = arena_text(&arena, db_text(st, 3));
            ok = check_text(c, &d, &whole, e);
        }
        if (!ok || whole)
            continue;
        err_clear(&fault);
        err_set(&fault, ERR_INPUT, "check.definition_sum", "%s %lld",
                db_text(st, 0), (long long)db_int(st, 1));
        report(c, &fault);
    }
    arena_clear(&arena);
    return rows_end(&rows) && ok;
}

/* A statement whose rows are a round, bytes, and their SHA-256: where that
 * is another it is a fault KEY. TEXT says how the bytes are kept. */
static bool
check_sums(const struct checker *c, enum sql id, const char *key, bool text,
           struct err *e)
{
    struct db_stmt *st = db_use(c->s->db, id, e);
    struct rows rows = { .st = st };

    while (rows_next(&rows, e)) {
        const char *bytes;
        char sum[SUM_TEXT];
        struct err fault;
        size_t len;

        bytes = text ? db_text(st, 1) : db_blob(st, 1, &len);
        if (text)
            len = strlen(bytes);
        store_sum(bytes != NULL ? bytes : "", len, sum);
        if (strcmp(sum, db_text(st, 2)) == 0)
            continue;
        err_clear(&fault);
        err_set(&fault, ERR_INPUT, key, "%s", db_text(st, 0));
        report(c, &fault);
    }
    return rows_end(&rows);
}

static bool
check_publication(const struct checker *c, struct err *e)
{
    return check_rows(c, SQL_CHECK_TEXT_NEWEST, "check.text_newest", e)
           && check_sums(c, SQL_CHECK_TEXT_BODIES, "check.text_sum", true, e)
           && check_sums(c, SQL_CHECK_REFERENCES, "check.reference_sum",
                         false, e)
           && check_sums(c, SQL_CHECK_BRANDS, "check.brand_sum", false, e);
}

static bool
check_accounts(const struct checker *c, struct err *e)
{
    return check_rows(c, SQL_CHECK_GRANT_ACCOUNT, "check.grant_account", e)
           && check_rows(c, SQL_CHECK_GRANT_ROUND, "check.grant_round", e)
           && check_rows(c, SQL_CHECK_GRANT_UNIT, "check.grant_unit", e)
           && check_rows(c, SQL_CHECK_GRANT_TIME, "check.grant_time", e)
           && check_rows(c, SQL_CHECK_SESSION_ACCOUNT,
                         "check.session_account", e);
}

/* A key that was destroyed on purpose is missing from then on; but a round
 * that is open or in setup needs one. */
static bool
check_key(const struct checker *c, const char *id, struct arena *arena,
          struct err *e)
{
    struct round *r;
    struct round_key key;
    struct err fault;

    if (!round_load(c->s, id, arena, &r, e))
        return false;
    if (!key_exists(c->s->keys, id) && r->status == ROUND_CLOSED)
        return true;
    err_clear(&fault);
    if (!key_load(c->s->keys, id, &key, &fault))
        report(c, &fault);
    key_wipe(&key);
    return true;
}

static bool
check_keys(const struct checker *c, struct err *e)
{
    const char *const *ids;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = round_list(c->s, &arena, &ids, e);
    for (; ok && *ids != NULL; ids++)
        ok = check_key(c, *ids, &arena, e);
    arena_clear(&arena);
    return ok;
}

/* NAME in the store ("" the directory itself) is nobody else's to read. */
static void
check_mode(const struct checker *c, const char *name)
{
    char *file = store_file(c->s->path, name);
    struct stat st;
    struct err fault;

    if (stat(file, &st) == 0 && (st.st_mode & 077) != 0) {
        err_clear(&fault);
        err_set(&fault, ERR_INPUT, "check.mode", "%s", file);
        report(c, &fault);
    }
    free(file);
}

bool
store_check(struct store *s, void (*say)(void *ctx, const struct err *fault),
            void *ctx, int64_t *faults, struct err *e)
{
    static const char *const files[] = {
        ".", "brukerplan.db", "brukerplan.db-wal", "access.db",
        "access.db-wal"
    };
    struct checker c = { s, say, ctx, faults };

    *faults = 0;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        check_mode(&c, files[i]);
    return db_check(s->db, say, ctx, faults, e)
           && db_check(s->log, say, ctx, faults, e)
           && check_definitions(&c, e)
           && check_rows(&c, SQL_CHECK_NEWEST, "check.newest", e)
           && check_rows(&c, SQL_CHECK_NUMBERS, "check.numbers", e)
           && check_rows(&c, SQL_CHECK_SUPERSEDED, "check.superseded", e)
           && check_rows(&c, SQL_CHECK_OPTED_OUT, "check.opted_out", e)
           && check_rows(&c, SQL_CHECK_RUNNING, "work.check_running", e)
           && check_rows(&c, SQL_CHECK_TRAINING, "setup.check_training", e)
           && check_publication(&c, e)
           && check_accounts(&c, e)
           && check_keys(&c, e)
           && log_check(s->log, say, ctx, faults, e);
}
