/* store.c - see store.h: making, opening, closing. */
#include "store/store_private.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/lock.h"
#include "store/migrate.h"

enum { WAIT_MS = 10000 };

static const char db_name[] = "brukerplan.db";
static const char log_name[] = "access.db";
static const char lock_name[] = "lock";

static bool
create_one(const char *dir, const char *name, const struct migrations *m,
           int64_t now_ms, struct err *e)
{
    char *file = store_file(dir, name);
    struct db *d = db_open(file, DB_CREATE, WAIT_MS, e);
    bool ok = d != NULL && migrate(d, m, MIGRATE_FRESH, dir, now_ms, e);

    db_close(d);
    free(file);
    return ok;
}

bool
store_create(const struct store_options *o, struct err *e)
{
    int64_t now = clock_now(&o->clock);
    char *file;
    bool made, ok;
    int lock;

    if (!store_address(o->path, e) || !store_directory(o->path, &made, e))
        return false;
    file = store_file(o->path, lock_name);
    lock = lock_take(file, e);
    free(file);
    if (lock < 0) {
        /* Not ours to remove but an empty directory: another makes it. */
        if (made)
            rmdir(o->path);
        return false;
    }
    ok = create_one(o->path, db_name, &migrations_main, now, e)
         && create_one(o->path, log_name, &migrations_log, now, e)
         && store_sync(o->path, e) && store_sync_parent(o->path, e);
    if (!ok)
        store_remove(o->path, made);
    lock_drop(lock);
    return ok;
}

static struct db *
open_one(const struct store *s, const char *name, enum db_mode mode,
         const struct migrations *m, struct err *e)
{
    char *file = store_file(s->path, name);
    struct db *d = db_open(file, mode, WAIT_MS, e);
    bool write = s->mode == STORE_WRITE;
    bool ok = d != NULL
              && migrate(d, m, write ? MIGRATE_WRITE : MIGRATE_READ, s->path,
                         clock_now(&s->clock), e)
              && (!write || db_share(d, e));

    free(file);
    if (ok)
        return d;
    db_close(d);
    return NULL;
}

bool
store_look(const char *path, struct err *e)
{
    char *file = store_file(path, db_name);
    struct stat st;
    bool ok = true;

    if (stat(path, &st) != 0)
        ok = err_set(e, ERR_INPUT, "store.missing", "%s %s", path,
                     strerror(errno));
    else if (!S_ISDIR(st.st_mode) || stat(file, &st) != 0)
        ok = err_set(e, ERR_INPUT, "store.not_one", "%s", path);
    free(file);
    return ok;
}

static bool
take_lock(struct store *s, struct err *e)
{
    char *file = store_file(s->path, lock_name);

    s->lock = lock_take(file, e);
    free(file);
    return s->lock >= 0;
}

static char *
copy_text(const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(mem_take(n), text, n);
}

static char *
keys_path(const struct store_options *o)
{
    size_t n = strlen(o->path);
    char *keys;

    if (o->keys != NULL)
        return copy_text(o->keys);
    while (n > 1 && o->path[n - 1] == '/')
        n--;
    keys = mem_take(n + sizeof ".keys");
    snprintf(keys, n + sizeof ".keys", "%.*s.keys", (int)n, o->path);
    return keys;
}

struct store *
store_open(const struct store_options *o, struct err *e)
{
    bool write = o->mode == STORE_WRITE;
    struct store *s;

    if (!store_address(o->path, e) || !store_look(o->path, e))
        return NULL;
    s = mem_take(sizeof *s);
    s->path = copy_text(o->path);
    s->keys = keys_path(o);
    s->mode = o->mode;
    s->clock = o->clock;
    s->random = o->random;
    s->lock = -1;
    arena_init(&s->arena);
    if (write && !take_lock(s, e))
        goto fail;
    s->db = open_one(s, db_name, write ? DB_WRITE : DB_READ,
                     &migrations_main, e);
    if (s->db == NULL)
        goto fail;
    s->log = open_one(s, log_name, DB_WRITE, &migrations_log, e);
    if (s->log == NULL)
        goto fail;
    if (write)
        store_resume_purge(s);
    return s;
fail:
    store_close(s);
    return NULL;
}

struct store *
store_again(const struct store *s, struct err *e)
{
    const struct store_options o = {
        .path = s->path, .keys = s->keys, .mode = STORE_READ,
        .clock = s->clock, .random = s->random
    };

    return store_open(&o, e);
}

void
store_close(struct store *s)
{
    if (s == NULL)
        return;
    store_rollback(s);
    db_close(s->db);
    db_close(s->log);
    lock_drop(s->lock);
    arena_clear(&s->arena);
    free(s->touched);
    free(s->path);
    free(s->keys);
    free(s);
}

bool
store_log_act(struct store *s, const struct actor *actor,
              const struct round *round, const char *action, struct err *e)
{
    return store_log_read(s, actor, round, action, action, 0, "", e);
}

void
store_set_own(struct store *s)
{
    s->own = true;
}

const char *
store_path(const struct store *s)
{
    return s->path;
}

const char *
store_keys(const struct store *s)
{
    return s->keys;
}

const struct clock *
store_clock(const struct store *s)
{
    return &s->clock;
}

struct random *
store_random(struct store *s)
{
    return &s->random;
}

void
store_public_id(struct store *s, uint8_t out[16])
{
    if (s->pool_left < 16) {
        random_fill(&s->random, s->pool, sizeof s->pool);
        s->pool_left = sizeof s->pool;
    }
    s->pool_left -= 16;
    memcpy(out, s->pool + s->pool_left, 16);
    explicit_bzero(s->pool + s->pool_left, 16);
    out[6] = (uint8_t)((out[6] & 0x0F) | 0x40);
    out[8] = (uint8_t)((out[8] & 0x3F) | 0x80);
}
