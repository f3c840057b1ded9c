/* migrate.c - see migrate.h. */
#include "store/migrate.h"
#include <sodium.h>
#include <string.h>

enum { CHECKSUM = 2 * crypto_hash_sha256_BYTES + 1 };

const struct migrations migrations_main = {
    "schema_version", SQL_SCHEMA_VERSION_LIST, SQL_SCHEMA_VERSION_INSERT,
    sql_schema
};
const struct migrations migrations_log = {
    "log_version", SQL_LOG_VERSION_LIST, SQL_LOG_VERSION_INSERT, sql_log
};

int
migrate_newest(const struct migrations *m)
{
    int n = 0;

    while (m->steps[n] != NULL)
        n++;
    return n;
}

static void
checksum(const char *const *step, char out[CHECKSUM])
{
    crypto_hash_sha256_state state;
    unsigned char sum[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_init(&state);
    for (; *step != NULL; step++)       /* with the NUL: they stay apart */
        crypto_hash_sha256_update(&state, (const unsigned char *)*step,
                                  strlen(*step) + 1);
    crypto_hash_sha256_final(&state, sum);
    sodium_bin2hex(out, CHECKSUM, sum, sizeof sum);
}

/* How many migrations the database has seen, all of them ours. */
static bool
seen(struct db *d, const struct migrations *m, const char *path, int *count,
     struct err *e)
{
    struct db_stmt *st = db_use(d, m->list, e);
    int newest = migrate_newest(m);
    char sum[CHECKSUM];
    int64_t last = 0;
    bool ok = true;

    while (ok && db_step(st, e) == DB_ROW) {
        int64_t number = db_int(st, 0);

        if (number > newest) {
            last = number;      /* the newest of them is what to name */
        } else if (number != last + 1) {
            ok = err_set(e, ERR_INPUT, "store.not_one", "%s", path);
        } else {
            checksum(m->steps[number - 1], sum);
            if (strcmp(sum, db_text(st, 1)) != 0)
                ok = err_set(e, ERR_INPUT, "store.migration_changed",
                             "%s %lld", path, (long long)number);
            last = number;
        }
    }
    db_done(st);
    if (e->code != ERR_NONE)
        return false;
    if (last > newest)
        return err_set(e, ERR_INPUT, "store.newer", "%s %lld %d", path,
                       (long long)last, newest);
    *count = (int)last;
    return true;
}

static bool
apply(struct db *d, const struct migrations *m, int number, int64_t now_ms,
      struct err *e)
{
    const char *const *step = m->steps[number - 1];
    char sum[CHECKSUM];
    struct db_stmt *st;

    checksum(step, sum);
    for (; *step != NULL; step++)
        if (!db_execute(d, *step, e))
            return false;
    st = db_use(d, m->insert, e);
    db_bind_int(st, 1, number);
    db_bind_text(st, 2, sum);
    db_bind_int(st, 3, now_ms);
    return db_run(st, e);
}

bool
migrate(struct db *d, const struct migrations *m, enum migrate_mode mode,
        const char *path, int64_t now_ms, struct err *e)
{
    int newest = migrate_newest(m), count = 0;
    bool has;

    if (!db_has_table(d, m->table, &has, e))
        return false;
    if (!has && mode != MIGRATE_FRESH)
        return err_set(e, ERR_INPUT, "store.not_one", "%s", path);
    if (has && !seen(d, m, path, &count, e))
        return false;
    if (count == newest)
        return true;
    if (mode == MIGRATE_READ)
        return err_set(e, ERR_INPUT, "store.older", "%s %d %d", path, count,
                       newest);
    if (!db_begin(d, e))
        return false;
    for (int n = count + 1; n <= newest; n++) {
        if (!apply(d, m, n, now_ms, e)) {
            db_rollback(d);
            return false;
        }
    }
    return db_commit(d, e);
}
