/* live_written.c - see live.h and live.c: what the writer tells. */
#include "feed/live_private.h"

void
live_forget_pending(struct entry *x)
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
    struct entry *x = live_entry_hold(l, municipality, row);

    if (x == NULL)
        return;
    pthread_mutex_lock(&x->lock);
    live_round_wipe(x->round);
    pthread_mutex_unlock(&x->lock);
    live_entry_drop(l, x);
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
        if (live_is_of(x, list[i].municipality, list[i].round)) {
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
