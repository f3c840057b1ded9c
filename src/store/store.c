/* store.c - see store.h: opening, locking, transactions.
 *
 * What is deleted for good (a person who opts out) is still in the
 * write-ahead log after the commit. So such a commit leaves the file
 * STORE/purge, which is removed when the log was emptied; where that could
 * not be done, because somebody was reading or the machine stopped, the
 * next commit or the next opening for writing does it. */
#include "store/cache.h"
#include "store/store_private.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/key.h"
#include "store/lock.h"
#include "store/migrate.h"
#include "store/registration.h"

enum {
    WAIT_MS = 10000,
    KEYS_APART = 16             /* so many are synced one by one */
};

static const char db_name[] = "brukerplan.db";
static const char log_name[] = "access.db";
static const char lock_name[] = "lock";
static const char purge_name[] = "purge";

struct new_key {
    const char *round;
    const uint8_t *published;   /* or NULL: a random one */
    bool made;
    struct new_key *next;
};

char *
store_file(const char *dir, const char *name)
{
    size_t n = strlen(dir) + strlen(name) + 2;
    char *path = mem_take(n);

    snprintf(path, n, "%s/%s", dir, name);
    return path;
}

bool
store_sync(const char *dir, struct err *e)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        err_set(e, ERR_MACHINE, "store.sync", "%s %s", dir, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

bool
store_sync_parent(const char *path, struct err *e)
{
    char *parent = store_file(path, "..");
    bool ok = store_sync(parent, e);

    free(parent);
    return ok;
}

bool
store_address(const char *path, struct err *e)
{
    if (strstr(path, "://") != NULL)
        return err_set(e, ERR_INPUT, "store.address", "");
    return true;
}

static bool
is_empty(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    bool empty = dir != NULL;

    while (empty && (entry = readdir(dir)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0
                || strcmp(entry->d_name, "..") == 0;
    if (dir != NULL)
        closedir(dir);
    return empty;
}

bool
store_directory(const char *path, bool *made, struct err *e)
{
    *made = mkdir(path, 0700) == 0;
    if (*made)
        return true;
    if (errno != EEXIST)
        return err_set(e, ERR_MACHINE, "store.create", "%s %s", path,
                       strerror(errno));
    if (!is_empty(path))
        return err_set(e, ERR_INPUT, "store.not_empty", "%s", path);
    if (chmod(path, 0700) != 0)
        return err_set(e, ERR_MACHINE, "store.create", "%s %s", path,
                       strerror(errno));
    return true;
}

void
store_remove(const char *path, bool made)
{
    static const char *const names[] = {
        "brukerplan.db", "brukerplan.db-wal", "brukerplan.db-shm",
        "brukerplan.db-journal", "access.db", "access.db-wal",
        "access.db-shm", "access.db-journal", "lock", "purge",
        CACHE_LOCK, CACHE_GATE
    };

    (void)cache_remove(path);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *file = store_file(path, names[i]);

        unlink(file);
        free(file);
    }
    if (made)
        rmdir(path);
}

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

/* A deletion that the last writer could not finish. */
static void
resume_purge(struct store *s)
{
    char *file = store_file(s->path, purge_name);
    struct err ignored;

    err_clear(&ignored);
    if (access(file, F_OK) == 0) {
        if (db_purge(s->db, &ignored))
            unlink(file);
        else
            s->purge = true;    /* the next commit tries again */
    }
    free(file);
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
        resume_purge(s);
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

/* References are looked up again, outside of a transaction. */
static bool
distrust(struct store *s, struct err *e)
{
    if (s->trusting)
        s->trusting = !db_check_references(s->db, true, e);
    return !s->trusting;
}

/* The open transaction is over, one way or the other. */
static void
forget(struct store *s)
{
    struct err ignored;

    s->open = false;
    s->first = s->last = NULL;
    s->new_keys = NULL;
    s->unlogged = 0;
    s->bulk = false;
    s->due = 0;
    s->part = s->spoilt = false;
    s->uncached = NULL;
    s->uncache = false;
    arena_clear(&s->arena);
    err_clear(&ignored);
    if (!distrust(s, &ignored))
        err_clear(&ignored);    /* the next begin tries again */
}

static bool
begin(struct store *s, struct err *e)
{
    assert(s->mode == STORE_WRITE && !s->open);
    if (!db_begin(s->db, e))
        return false;
    s->open = true;
    s->touched_count = s->before.touched_count = 0;
    return true;
}

bool
store_begin(struct store *s, struct err *e)
{
    return distrust(s, e) && begin(s, e);
}

bool
store_begin_import(struct store *s, struct err *e)
{
    struct err ignored = { .code = ERR_NONE };

    if (!db_check_references(s->db, false, e))
        return false;
    s->trusting = true;
    if (begin(s, e))
        return true;
    if (!distrust(s, &ignored))
        err_clear(&ignored);    /* the next one tries again */
    return false;
}

bool
store_read_begin(struct store *s, struct err *e)
{
    assert(s->mode == STORE_READ && !s->open && !s->within);
    s->within = db_read_begin(s->db, e);
    return s->within;
}

void
store_read_end(struct store *s)
{
    if (s->within)
        db_read_end(s->db);
    s->within = false;
}

bool
store_snapshot(struct store *s, struct err *e)
{
    assert(s->mode == STORE_READ && !s->open);
    return db_snapshot(s->db, e);
}

bool
store_log_act(struct store *s, const struct actor *actor,
              const struct round *round, const char *action, struct err *e)
{
    struct log_record record;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    record = store_record(actor, round, action, action, &arena);
    ok = store_log_now(s, &record, e);
    arena_clear(&arena);
    return ok;
}

/* Leaves a note of what must leave the files, before it is committed. */
static bool
note_purge(const struct store *s, struct err *e)
{
    char *file = store_file(s->path, purge_name);
    int fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0;

    if (!ok)
        err_set(e, ERR_MACHINE, "store.sync", "%s %s", file,
                strerror(errno));
    else
        close(fd);
    free(file);
    return ok && store_sync(s->path, e);
}

static bool
purge(struct store *s, struct err *e)
{
    char *file;

    if (!db_purge(s->db, e))
        return false;
    s->purge = false;
    file = store_file(s->path, purge_name);
    unlink(file);
    free(file);
    return true;
}

/* Last before the commit, so that hardly anything can come between. */
static bool
make_keys(struct store *s, struct err *e)
{
    int count = 0;
    bool many;

    for (const struct new_key *k = s->new_keys; k != NULL; k = k->next)
        count++;
    many = count > KEYS_APART;
    for (struct new_key *k = s->new_keys; k != NULL; k = k->next) {
        k->made = (many ? key_create_later : key_create)(
            s->keys, k->round, &s->random, k->published, e);
        if (!k->made)
            return false;
    }
    return !many || key_sync(s->keys, e);
}

struct uncached {
    const char *round;
    struct uncached *next;
};

void
store_uncache(struct store *s, const struct round *round)
{
    struct uncached *u;

    assert(s->open);
    if (round != NULL && round->status != ROUND_CLOSED)
        return;
    s->uncache = true;
    if (round == NULL || (s->uncached != NULL
                          && strcmp(s->uncached->round, round->id) == 0))
        return;
    u = arena_take(&s->arena, sizeof *u);
    *u = (struct uncached){ arena_text(&s->arena, round->id), s->uncached };
    s->uncached = u;
}

/* After the commit: who makes a file by what was before it finds that out
 * and leaves none (feed/columned.c). */
static void
uncache(const struct store *s)
{
    if (!s->uncache)
        return;
    for (const struct uncached *u = s->uncached; u != NULL; u = u->next)
        cache_drop(s->path, u->round);
    cache_drop(s->path, CACHE_ALL);
}

bool
store_commit(struct store *s, struct err *e)
{
    bool ok = true;
    int cache = -1;

    assert(s->open && !s->part);
    if (s->spoilt)
        ok = err_set(e, ERR_MACHINE, "store.part", "");
    if (ok && s->unlogged > 0)
        ok = err_set(e, ERR_MACHINE, "store.unlogged", "%lld",
                     (long long)s->unlogged);
    if (ok && s->purge)
        ok = note_purge(s, e);
    if (ok && s->first != NULL)
        ok = log_append(s->log, clock_now(&s->clock), s->first, e);
    /* What was deleted must be in no file made of it, and none may be made
     * of what was before: until the commit nobody else holds the lock. */
    if (ok && s->purge)
        ok = cache_begin(s->path, CACHE_DROP, &cache, e);
    if (ok && s->purge && !cache_remove(s->path))
        ok = err_set(e, ERR_MACHINE, "store.sync", "%s %s", s->path,
                     strerror(errno));
    ok = ok && make_keys(s, e) && db_commit(s->db, e);
    cache_end(cache);
    if (!ok) {
        store_rollback(s);
        return false;
    }
    uncache(s);
    forget(s);
    return !s->purge || purge(s, e);
}

void
store_rollback(struct store *s)
{
    struct err ignored;

    if (!s->open)
        return;
    db_rollback(s->db);
    err_clear(&ignored);
    for (struct new_key *k = s->new_keys; k != NULL; k = k->next)
        if (k->made && !key_destroy(s->keys, k->round, &ignored))
            err_clear(&ignored);        /* nothing is sealed with it yet */
    s->touched_count = 0;
    forget(s);
}

static bool
is_touched(const struct touched *t, const struct round *round,
           int64_t number)
{
    return t->municipality == round->municipality && t->round == round->row
           && t->number == number;
}

void
store_touch(struct store *s, const struct round *round, int64_t number)
{
    if (s->touched_count >= TOUCHED_MAX)
        number = TOUCHED_ALL;
    /* The same job may touch one several times, and a long list ends with
     * one entry a round. */
    if (s->touched_count > s->before.touched_count
        && is_touched(&s->touched[s->touched_count - 1], round, number))
        return;
    if (s->touched_count == s->touched_room) {
        s->touched_room = s->touched_room > 0 ? s->touched_room * 2 : 64;
        s->touched = realloc(s->touched, (size_t)s->touched_room
                                         * sizeof *s->touched);
        if (s->touched == NULL)
            mem_out();
    }
    s->touched[s->touched_count++] = (struct touched){
        round->municipality, round->row, number
    };
}

int
store_touched(const struct store *s, const struct touched **list)
{
    *list = s->touched;
    return s->open ? 0 : s->touched_count;
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
store_make_key(struct store *s, const char *round, const uint8_t *published)
{
    struct new_key *k = arena_take(&s->arena, sizeof *k);

    assert(s->open);
    k->round = arena_text(&s->arena, round);
    k->next = s->new_keys;
    if (published != NULL)
        k->published = memcpy(arena_take(&s->arena, KEY_BYTES), published,
                              KEY_BYTES);
    s->new_keys = k;
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
