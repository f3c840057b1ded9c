/* backup.c - store_backup, store_restore; see store.h.
 *
 * The main database is copied first: the log of the copy then holds at
 * least what was done to its registrations. */
#include <stdlib.h>
#include <string.h>
#include "store/migrate.h"
#include "store/store_private.h"

static bool
copy_one(struct db *d, const char *dir, const char *name, struct err *e)
{
    char *file = store_file(dir, name);
    bool ok = db_copy(d, file, e);

    free(file);
    return ok;
}

static bool
copy_both(struct db *db, struct db *log, const char *dir, struct err *e)
{
    bool made;

    if (!store_directory(dir, &made, e))
        return false;
    if (copy_one(db, dir, "brukerplan.db", e)
        && copy_one(log, dir, "access.db", e)
        && store_sync(dir, e) && store_sync_parent(dir, e))
        return true;
    store_remove(dir, made);
    return false;
}

bool
store_backup(struct store *s, const char *dir, struct err *e)
{
    return store_address(dir, e) && copy_both(s->db, s->log, dir, e);
}

/* A database of a backup, looked at before it is trusted. */
static struct db *
open_copy(const char *dir, const char *name, const struct migrations *m,
          int64_t now_ms, struct err *e)
{
    char *file = store_file(dir, name);
    struct db *d = db_open(file, DB_COPY, 0, e);
    struct err why;

    free(file);
    err_clear(&why);
    if (d == NULL || migrate(d, m, MIGRATE_READ, dir, now_ms, &why))
        return d;
    /* An older one is brought up to date when it is opened for writing. */
    if (strcmp(why.key, "store.older") == 0)
        return d;
    *e = why;
    db_close(d);
    return NULL;
}

bool
store_restore(const char *dir, const struct store_options *to,
              struct err *e)
{
    int64_t now = clock_now(&to->clock);
    struct db *db, *log = NULL;
    bool ok = false;

    if (!store_address(dir, e) || !store_address(to->path, e)
        || !store_look(dir, e))
        return false;
    db = open_copy(dir, "brukerplan.db", &migrations_main, now, e);
    if (db != NULL)
        log = open_copy(dir, "access.db", &migrations_log, now, e);
    if (log != NULL)
        ok = copy_both(db, log, to->path, e);
    db_close(db);
    db_close(log);
    return ok;
}
