/* live_thread.c - see live.h and live.c: the thread that makes rounds, takes
 * in what was written, and checks. */
#include <stdlib.h>
#include <string.h>
#include "feed/live_private.h"

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
    live_forget_pending(x);
    pthread_mutex_unlock(&l->mutex);
    ok = live_round_make(x->round, &e);
    if (!ok)
        live_say(l, &e);
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
    if (!live_follow(l, x) && wanted)
        make(l, x);
    if (r->made && r->wants_columns && r->columns == NULL) {
        live_columns_make(r);
        r->wants_columns = false;
    }
    if (r->taken >= LIVE_CHECK_EVERY && !check(l, x, &e))
        live_say(l, &e);
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
        live_entry_drop(l, x);
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
        live_entry_free(l->entry[i]);
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
        ok = !live_follow(l, x) || check(l, x, e);
        pthread_mutex_unlock(&x->lock);
        live_entry_drop(l, x);
    }
    return ok;
}
