/* transaction.c - see store.h: what is written together, and what goes with
 * it: keys made, files of columns dropped, what was touched.
 *
 * What is deleted for good (a person who opts out) is still in the
 * write-ahead log after the commit. So such a commit leaves the file
 * STORE/purge, which is removed when the log was emptied; where that could
 * not be done, because somebody was reading or the machine stopped, the
 * next commit or the next opening for writing does it. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "store/cache.h"
#include "store/key.h"
#include "store/registration.h"
#include "store/store_private.h"

enum { KEYS_APART = 16 };       /* so many are synced one by one */

static const char purge_name[] = "purge";

struct new_key {
    const char *round;
    const uint8_t *published;   /* or NULL: a random one */
    bool made;
    struct new_key *next;
};

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

bool
store_purges(const struct store *s)
{
    return s->purge;
}

void
store_resume_purge(struct store *s)
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
    const char *round, *file;
    struct uncached *next;
};

/* The name is made now, for after the commit nothing may fail. */
static void
add_uncached(struct store *s, const char *round)
{
    struct uncached *u = s->uncached;

    if (u != NULL && strcmp(u->round, round) == 0)
        return;
    u = arena_take(&s->arena, sizeof *u);
    *u = (struct uncached){
        arena_text(&s->arena, round), cache_file(s->path, round, &s->arena),
        s->uncached
    };
    s->uncached = u;
}

void
store_uncache(struct store *s, const struct round *round)
{
    assert(s->open);
    if (s->uncached == NULL)
        add_uncached(s, CACHE_ALL);
    if (round != NULL)
        add_uncached(s, round->id);
}

/* After the commit: who makes a file by what was before it finds that out
 * and leaves none (feed/columned.c). */
static void
uncache(const struct store *s)
{
    for (const struct uncached *u = s->uncached; u != NULL; u = u->next)
        unlink(u->file);
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
    s->touched = mem_more(s->touched, s->touched_count, &s->touched_room,
                          sizeof *s->touched);
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
