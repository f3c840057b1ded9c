/* live_private.h - between live.c and live_answer.c. */
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

/* The round that O is of, up to date and locked until live_leave; NULL where
 * the store has to be asked: it is not in memory yet, just being made, or
 * other than O was opened; or ACTOR sees some units only, and there is
 * something to be taken in. */
struct entry *live_use(struct live *l, const struct opened *o,
                       const struct actor *actor);
void live_leave(struct live *l, struct entry *x);

#endif
