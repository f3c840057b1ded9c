/* live_entry.c - see live_private.h: which rounds there are, and who has
 * them. */
#include "feed/live_private.h"
#include <stdlib.h>
#include <string.h>

bool
live_is_of(const struct entry *x, int municipality, int row)
{
    return x->municipality == municipality && x->row == row;
}

static struct entry *
find(struct live *l, int municipality, int row)
{
    for (int i = 0; i < LIVE_ROUNDS; i++)
        if (l->entry[i] != NULL && live_is_of(l->entry[i], municipality, row))
            return l->entry[i];
    return NULL;
}

void
live_entry_free(struct entry *x)
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
        live_entry_free(l->entry[oldest]);
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

struct entry *
live_entry_take(struct live *l, const struct round *round)
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

struct entry *
live_entry_hold(struct live *l, int municipality, int row)
{
    struct entry *x;

    pthread_mutex_lock(&l->mutex);
    x = find(l, municipality, row);
    if (x != NULL)
        x->users++;
    pthread_mutex_unlock(&l->mutex);
    return x;
}

void
live_entry_drop(struct live *l, struct entry *x)
{
    pthread_mutex_lock(&l->mutex);
    x->users--;
    pthread_mutex_unlock(&l->mutex);
}

bool
live_has(struct live *l, const struct round *round)
{
    struct entry *x = live_entry_hold(l, round->municipality, round->row);
    bool has;

    if (x == NULL)
        return false;
    pthread_mutex_lock(&x->lock);
    has = x->round->made;
    pthread_mutex_unlock(&x->lock);
    live_entry_drop(l, x);
    return has;
}
