/* live.c - see live.h: rounds in memory, their locks, and the thread.
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

/* ---- rounds ---- */

static bool
is_of(const struct entry *x, int municipality, int row)
{
    return x->municipality == municipality && x->row == row;
}

static struct entry *
find(struct live *l, int municipality, int row)
{
    for (int i = 0; i < LIVE_ROUNDS; i++)
        if (l->entry[i] != NULL && is_of(l->entry[i], municipality, row))
            return l->entry[i];
    return NULL;
}

static void
entry_free(struct entry *x)
{
    if (x == NULL)
        return;
    live_round_free(x->round);
    pthread_mutex_destroy(&x->lock);
    free(x->pending);
    free(x);
}

/* A place for one more, that nobody uses; -1: there is none. */
static int
place(struct live *l)
{
    int oldest = -1;

    for (int i = 0; i < LIVE_ROUNDS; i++) {
        if (l->entry[i] == NULL)
            return i;
        if (l->entry[i]->users == 0
            && (oldest < 0 || l->entry[i]->asked < l->entry[oldest]->asked))
            oldest = i;
    }
    if (oldest >= 0) {
        entry_free(l->entry[oldest]);
        l->entry[oldest] = NULL;
    }
    return oldest;
}

/* An empty one of ROUND. */
static struct entry *
entry_new(struct live *l, const struct round *round)
{
    int at = place(l);
    struct err ignored = { 0 };
    struct store *s = at < 0 ? NULL : store_again(l->options.store,
                                                  &ignored);
    struct entry *x;

    if (s == NULL)
        return NULL;
    store_set_own(s);
    x = mem_take(sizeof *x);
    memset(x, 0, sizeof *x);
    pthread_mutex_init(&x->lock, NULL);
    x->municipality = round->municipality;
    x->row = round->row;
    x->round = live_round_new(s, round->id, &l->options);
    l->entry[at] = x;
    return x;
}

/* ROUND's, used by who asks until entry_drop; NULL: none can be had, as for
 * one whom the writer just tells on its own thread. */
static struct entry *
entry_take(struct live *l, const struct round *round)
{
    struct entry *x = NULL;
    bool told = true;

    pthread_mutex_lock(&l->mutex);
    while (l->writing == WRITER_TELLS && told) {
        told = !pthread_equal(l->teller, pthread_self());
        if (told)
            pthread_cond_wait(&l->changed, &l->mutex);
    }
    if (told)
        x = find(l, round->municipality, round->row);
    if (told && x == NULL)
        x = entry_new(l, round);
    if (x != NULL) {
        x->users++;
        x->asked = ++l->asked;
    }
    pthread_mutex_unlock(&l->mutex);
    return x;
}

static void
entry_drop(struct live *l, struct entry *x)
{
    pthread_mutex_lock(&l->mutex);
    x->users--;
    pthread_mutex_unlock(&l->mutex);
}

/* ---- what was written ---- */

static void
forget_pending(struct entry *x)
{
    x->pending_count = 0;
    x->pending_all = false;
}

static void
add_pending(struct entry *x, int64_t number)
{
    if (number == TOUCHED_ALL || x->pending_count == TOUCHED_MAX) {
        x->pending_all = true;
        return;
    }
    if (x->pending == NULL)
        x->pending = mem_take(TOUCHED_MAX * sizeof *x->pending);
    x->pending[x->pending_count++] = number;
}

void
live_commits(struct live *l)
{
    pthread_mutex_lock(&l->mutex);
    l->writing = WRITER_COMMITS;
    pthread_mutex_unlock(&l->mutex);
}

/* Empties ROUND, if it is there: whoever counts by it is waited for. */
static void
empty(struct live *l, int municipality, int row)
{
    struct entry *x;

    pthread_mutex_lock(&l->mutex);
    x = find(l, municipality, row);
    if (x != NULL)
        x->users++;
    pthread_mutex_unlock(&l->mutex);
    if (x == NULL)
        return;
    pthread_mutex_lock(&x->lock);
    live_round_wipe(x->round);
    pthread_mutex_unlock(&x->lock);
    entry_drop(l, x);
}

/* A round in which somebody was deleted is emptied, whoever it was: what it
 * costs does not tell. */
void
live_committed(struct live *l, struct store *s)
{
    const struct touched *list;
    int count = store_touched(s, &list);

    pthread_mutex_lock(&l->mutex);
    l->writing = WRITER_TELLS;
    l->teller = pthread_self();
    pthread_mutex_unlock(&l->mutex);
    for (int i = 0; i < count; i++)
        if (list[i].number == TOUCHED_ALL)
            empty(l, list[i].municipality, list[i].round);
}

/* Hands over what was changed of the round of X, with its number of changes
 * after that. */
static void
hand_over(struct entry *x, struct store *s, const struct touched *list,
          int count)
{
    const struct round round = { .municipality = x->municipality,
                                 .row = x->row };
    struct err e = { 0 };
    int64_t changes = 0;
    bool any = false;

    for (int i = 0; i < count; i++)
        if (is_of(x, list[i].municipality, list[i].round)) {
            add_pending(x, list[i].number);
            any = true;
        }
    if (any && !round_changes(s, &round, &changes, &e))
        x->pending_all = true;
    if (any)
        x->pending_changes = changes;
}

void
live_told(struct live *l, struct store *s)
{
    const struct touched *list;
    int count = store_touched(s, &list);

    pthread_mutex_lock(&l->mutex);
    for (int i = 0; count > 0 && i < LIVE_ROUNDS; i++)
        if (l->entry[i] != NULL)
            hand_over(l->entry[i], s, list, count);
    l->writing = WRITER_RESTS;
    if (count > 0)
        l->work = true;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->mutex);
}

void
live_outdate(struct live *l)
{
    if (l != NULL)
        atomic_fetch_add(&l->version, 1);
}

/* ---- up to date ---- */

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
    forget_pending(x);
    pthread_mutex_unlock(&l->mutex);
}

static void
say(struct live *l, const struct err *e)
{
    if (l->options.say != NULL && e->code != ERR_NONE)
        l->options.say(l->options.ctx, e);
}

/* Takes in what was handed over of X, which is locked. False: it is empty,
 * or has to be made anew. */
static bool
follow(struct live *l, struct entry *x)
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
            say(l, &e);
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
        if (!follow(l, x)) {
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
    x = entry_take(l, o->round);
    if (x == NULL
        || (actor->all_units ? current(l, x, o) : at_rest(l, x, o)) != NULL)
        return x;
    entry_drop(l, x);
    return NULL;
}

void
live_leave(struct live *l, struct entry *x)
{
    bool columns = x->round->wants_columns && x->round->columns == NULL;

    pthread_mutex_unlock(&x->lock);
    if (columns)
        want(l, x);
    entry_drop(l, x);
}

/* ---- the thread ---- */

/* Whether trying again can't help until something else is asked for: not
 * where it was the machine, unless the round is too large. */
static bool
is_final(const struct err *e)
{
    return e->code == ERR_INPUT || strcmp(e->key, "live.large") == 0;
}

/* Makes X's round; what was pending is in it then. */
static void
make(struct live *l, struct entry *x)
{
    struct err e = { 0 };
    bool ok;

    pthread_mutex_lock(&l->mutex);
    x->version = atomic_load(&l->version);
    forget_pending(x);
    pthread_mutex_unlock(&l->mutex);
    ok = live_round_make(x->round, &e);
    if (!ok)
        say(l, &e);
    pthread_mutex_lock(&l->mutex);
    x->given_up = !ok && is_final(&e);
    pthread_mutex_unlock(&l->mutex);
}

/* Nothing is being written and everything was taken in: what the store is
 * seen to have from here on is what X should have. */
static bool
begin_check(struct live *l, struct entry *x, struct err *e)
{
    int64_t changes;
    bool ok;

    pthread_mutex_lock(&l->mutex);
    ok = l->writing == WRITER_RESTS && x->pending_count == 0
         && !x->pending_all && store_read_begin(x->round->store, e);
    if (ok && !round_changes(x->round->store, x->round->opened.round,
                             &changes, e)) {
        store_read_end(x->round->store);
        ok = false;
    }
    pthread_mutex_unlock(&l->mutex);
    return ok;
}

/* False with E set where it differs: it is emptied then. */
static bool
check(struct live *l, struct entry *x, struct err *e)
{
    bool ok;

    if (!x->round->made || !begin_check(l, x, e))
        return e->code == ERR_NONE;
    ok = live_round_check(x->round, e);
    store_read_end(x->round->store);
    if (!ok)
        live_round_wipe(x->round);
    return ok;
}

static void
serve(struct live *l, struct entry *x, bool wanted)
{
    struct live_round *r = x->round;
    struct err e = { 0 };

    pthread_mutex_lock(&x->lock);
    atomic_store(&x->busy, true);
    if (!follow(l, x) && wanted)
        make(l, x);
    if (r->made && r->wants_columns && r->columns == NULL) {
        live_columns_make(r);
        r->wants_columns = false;
    }
    if (r->taken >= LIVE_CHECK_EVERY && !check(l, x, &e))
        say(l, &e);
    atomic_store(&x->busy, false);
    pthread_mutex_unlock(&x->lock);
}

void
live_work(struct live *l, bool *busy)
{
    *busy = false;
    for (int i = 0; i < LIVE_ROUNDS; i++) {
        struct entry *x;
        bool wanted = false, due = false;

        pthread_mutex_lock(&l->mutex);
        x = l->entry[i];
        if (x != NULL) {
            wanted = x->wanted;
            due = wanted || x->pending_count > 0 || x->pending_all;
            x->wanted = false;
            x->users += due;
        }
        pthread_mutex_unlock(&l->mutex);
        if (!due)
            continue;
        *busy = true;
        serve(l, x, wanted);
        entry_drop(l, x);
    }
}

static void *
run(void *ctx)
{
    struct live *l = ctx;
    bool stop = false, busy;

    while (!stop) {
        pthread_mutex_lock(&l->mutex);
        while (!l->work && !l->stop)
            pthread_cond_wait(&l->changed, &l->mutex);
        l->work = false;
        stop = l->stop;
        pthread_mutex_unlock(&l->mutex);
        if (!stop)
            live_work(l, &busy);
    }
    return NULL;
}

struct live *
live_start(const struct live_options *o, struct err *e)
{
    struct live *l = mem_take(sizeof *l);

    memset(l, 0, sizeof *l);
    l->options = *o;
    pthread_mutex_init(&l->mutex, NULL);
    pthread_cond_init(&l->changed, NULL);
    l->threaded = o->thread;
    if (o->thread && pthread_create(&l->thread, NULL, run, l) != 0) {
        l->threaded = false;
        live_stop(l);
        err_set(e, ERR_MACHINE, "serve.thread", "");
        return NULL;
    }
    return l;
}

void
live_stop(struct live *l)
{
    if (l == NULL)
        return;
    pthread_mutex_lock(&l->mutex);
    l->stop = true;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->mutex);
    if (l->threaded)
        pthread_join(l->thread, NULL);
    for (int i = 0; i < LIVE_ROUNDS; i++)
        entry_free(l->entry[i]);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->mutex);
    free(l);
}

bool
live_check(struct live *l, struct err *e)
{
    bool ok = true;

    for (int i = 0; ok && i < LIVE_ROUNDS; i++) {
        struct entry *x;

        pthread_mutex_lock(&l->mutex);
        x = l->entry[i];
        if (x != NULL)
            x->users++;
        pthread_mutex_unlock(&l->mutex);
        if (x == NULL)
            continue;
        pthread_mutex_lock(&x->lock);
        ok = !follow(l, x) || check(l, x, e);
        pthread_mutex_unlock(&x->lock);
        entry_drop(l, x);
    }
    return ok;
}

bool
live_has(struct live *l, const struct round *round)
{
    struct entry *x;
    bool has;

    pthread_mutex_lock(&l->mutex);
    x = find(l, round->municipality, round->row);
    if (x != NULL)
        x->users++;
    pthread_mutex_unlock(&l->mutex);
    if (x == NULL)
        return false;
    pthread_mutex_lock(&x->lock);
    has = x->round->made;
    pthread_mutex_unlock(&x->lock);
    entry_drop(l, x);
    return has;
}
