/* live.c - see live.h: what is up to date, and who waits for whom.
 *
 * Two locks. That of LIVE is held for moments only: which rounds there are,
 * what was written and is not taken in yet, where the writer stands. Each
 * round has one of its own, for what is counted. Whoever holds a round's may
 * take LIVE's, never the other way; nobody waits for the writer while he has
 * a round, for the writer takes it to delete.
 *
 * What was written is taken in, and decided, by the thread, or by one who asks
 * before it and may see all units. Who sees some units never does that, nor
 * waits for it: how long it takes depends on what others have, so he reads the
 * store meanwhile.
 *
 * A round is up to date if all that the writer has handed over was taken in
 * and the store says the same number of changes. Where it says another and
 * the writer is in the middle of its work, that is waited for; where it is
 * not, somebody else has written, and the round is made anew. */
#include "feed/live_private.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 8 };

struct batch {
    int64_t number[TOUCHED_MAX];
    int count;
    bool all;
    int64_t changes;
};

static void
take_batch(struct live *l, struct entry *x, struct batch *b)
{
    pthread_mutex_lock(&l->mutex);
    b->count = x->pending_count;
    b->all = x->pending_all;
    b->changes = x->pending_changes;
    if (b->count > 0)
        memcpy(b->number, x->pending,
               (size_t)b->count * sizeof *b->number);
    live_forget_pending(x);
    pthread_mutex_unlock(&l->mutex);
}

void
live_say(struct live *l, const struct err *e)
{
    if (l->options.say != NULL && e->code != ERR_NONE)
        l->options.say(l->options.ctx, e);
}

bool
live_follow(struct live *l, struct entry *x)
{
    struct live_round *r = x->round;
    struct batch *b;
    struct err e = { 0 };

    if (!r->made || x->version != atomic_load(&l->version)) {
        live_round_wipe(r);
        return false;
    }
    pthread_mutex_lock(&l->mutex);
    if (x->pending_count == 0 && !x->pending_all) {
        pthread_mutex_unlock(&l->mutex);
        return true;
    }
    pthread_mutex_unlock(&l->mutex);
    b = mem_take(sizeof *b);
    take_batch(l, x, b);
    if (b->all)
        live_round_wipe(r);
    for (int i = 0; r->made && i < b->count; i++)
        if (!live_round_take(r, b->number[i], &e))
            live_say(l, &e);
    if (r->made) {
        live_round_decide(r);
        if (b->changes > r->changes)
            r->changes = b->changes;
    }
    free(b);
    return r->made;
}

/* Whether the store says that X, which is locked, has all there is. */
static bool
is_current(struct entry *x)
{
    struct live_round *r = x->round;
    struct err e = { 0 };
    int64_t changes;

    return round_changes(r->store, r->opened.round, &changes, &e)
           && changes == r->changes;
}

/* Waits for the writer where it is at work. False: it was not, and there is
 * nothing of X to be taken in. */
static bool
wait_writer(struct live *l, struct entry *x)
{
    bool waited;

    pthread_mutex_lock(&l->mutex);
    waited = l->writing != WRITER_RESTS || x->pending_count > 0
             || x->pending_all;
    while (l->writing != WRITER_RESTS)
        pthread_cond_wait(&l->changed, &l->mutex);
    pthread_mutex_unlock(&l->mutex);
    return waited;
}

/* Has the thread make X, unless that has failed for what is there now. */
static void
want(struct live *l, struct entry *x)
{
    pthread_mutex_lock(&l->mutex);
    if (!x->given_up || x->version != atomic_load(&l->version)) {
        x->wanted = true;
        l->work = true;
        pthread_cond_broadcast(&l->changed);
    }
    pthread_mutex_unlock(&l->mutex);
}

/* What O was opened as is what X was made of. */
static bool
fits(const struct opened *o, const struct live_round *r)
{
    return o->round->definition == r->opened.round->definition
           && o->round->unit_count == r->opened.round->unit_count
           && strcmp(o->in->sha256, r->opened.in->sha256) == 0;
}

static struct entry *
current(struct live *l, struct entry *x, const struct opened *o)
{
    for (int i = 0; i < TRIES; i++) {
        bool stale;

        /* Who makes or checks it has it for long: the store is quicker. */
        if (atomic_load(&x->busy) || pthread_mutex_lock(&x->lock) != 0)
            return NULL;
        if (!live_follow(l, x)) {
            pthread_mutex_unlock(&x->lock);
            want(l, x);
            return NULL;
        }
        stale = !is_current(x);
        if (!stale && fits(o, x->round))
            return x;
        pthread_mutex_unlock(&x->lock);
        if (!stale)
            return NULL;
        if (wait_writer(l, x))
            continue;
        pthread_mutex_lock(&x->lock);
        if (!is_current(x))
            live_round_wipe(x->round);
        pthread_mutex_unlock(&x->lock);
    }
    return NULL;
}

/* X, locked, if there is nothing to be done or waited for. */
static struct entry *
at_rest(struct live *l, struct entry *x, const struct opened *o)
{
    bool ok;

    if (pthread_mutex_trylock(&x->lock) != 0)
        return NULL;
    pthread_mutex_lock(&l->mutex);
    ok = x->pending_count == 0 && !x->pending_all;
    pthread_mutex_unlock(&l->mutex);
    ok = ok && x->round->made && x->version == atomic_load(&l->version)
         && is_current(x) && fits(o, x->round);
    if (ok)
        return x;
    pthread_mutex_unlock(&x->lock);
    want(l, x);
    return NULL;
}

struct entry *
live_use(struct live *l, const struct opened *o, const struct actor *actor)
{
    struct entry *x;

    if (l == NULL || o->unit_of != NULL || o->round->row == 0)
        return NULL;
    x = live_entry_take(l, o->round);
    if (x == NULL
        || (actor->all_units ? current(l, x, o) : at_rest(l, x, o)) != NULL)
        return x;
    live_entry_drop(l, x);
    return NULL;
}

void
live_leave(struct live *l, struct entry *x)
{
    bool columns = x->round->wants_columns && x->round->columns == NULL;

    pthread_mutex_unlock(&x->lock);
    if (columns)
        want(l, x);
    live_entry_drop(l, x);
}
