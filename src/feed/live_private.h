/* live_private.h - between live.c and live_*.c: rounds, their locks. */
#ifndef FEED_LIVE_PRIVATE_H
#define FEED_LIVE_PRIVATE_H
#include <pthread.h>
#include <stdatomic.h>
#include "feed/live_round.h"

struct entry {
    int municipality, row;
    pthread_mutex_t lock;       /* of ROUND */
    struct live_round *round;
    unsigned version;           /* of definitions, when it was made last */
    atomic_bool busy;           /* it is being made or checked */
    /* By live's mutex: */
    int users;                  /* none: it may be freed */
    unsigned long asked;
    bool wanted;                /* to be made, or columns of it */
    bool given_up;              /* it could not be made by VERSION */
    int64_t *pending;           /* numbers written, not yet taken in */
    int pending_count;
    bool pending_all;
    int64_t pending_changes;    /* of the round, after the last of them */
};

struct live {
    struct live_options options;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct entry *entry[LIVE_ROUNDS];
    unsigned long asked;
    enum { WRITER_RESTS, WRITER_COMMITS, WRITER_TELLS } writing;
    pthread_t teller;           /* the writer's, while it tells */
    bool work, stop, threaded;
    atomic_uint version;
    pthread_t thread;
};

bool live_is_of(const struct entry *x, int municipality, int row);
/* ROUND's, used by who asks until live_entry_drop; NULL: none can be had, as
 * for one whom the writer just tells on its own thread. */
struct entry *live_entry_take(struct live *l, const struct round *round);
/* The same of one that is there; NULL: it is not. Waits for nobody. */
struct entry *live_entry_hold(struct live *l, int municipality, int row);
void live_entry_drop(struct live *l, struct entry *x);
/* One that nobody uses; takes NULL. */
void live_entry_free(struct entry *x);

/* By live's mutex: there is nothing to be taken in. */
void live_forget_pending(struct entry *x);
/* Takes in what was handed over of X, which is locked. False: it is empty,
 * or has to be made anew. */
bool live_follow(struct live *l, struct entry *x);
/* Tells whoever wants to know, where E is set. */
void live_say(struct live *l, const struct err *e);

/* The round that O is of, up to date and locked until live_leave; NULL where
 * the store has to be asked: it is not in memory yet, just being made, or
 * other than O was opened; or ACTOR sees some units only, and there is
 * something to be taken in. */
struct entry *live_use(struct live *l, const struct opened *o,
                       const struct actor *actor);
void live_leave(struct live *l, struct entry *x);

#endif
