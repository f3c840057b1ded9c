/* rounds.h - several rounds of a store, counted as one.
 *
 * They are rounds of one definition, or of definitions whose figures may
 * stand in one series (def/diff.h). A unit is the same in all rounds that
 * have its id; municipality, year and period are those of each round, and
 * so is the age. A person is counted once a round, not once in all. */
#ifndef FEED_ROUNDS_H
#define FEED_ROUNDS_H
#include "feed/feed.h"

enum { ROUNDS_MAX = 65536 };

struct rounds {
    struct arena arena;
    struct store *store;
    const char *words;          /* as they were asked for */
    struct instrument *in;      /* the newest definition, with the units of
                                   all */
    struct round *round;        /* stands for all: the newest, but WORDS its
                                   id and title, and 0 its municipality if
                                   they are of several */
    struct opened *part;        /* private: one a round */
    int count;
};

/* Whether WORDS is more than the id of one round: a list with commas, or
 * "@all". */
bool rounds_several(const char *words);
/* Opens the rounds of WORDS: ids divided by commas, or "@all", every one but
 * training rounds. ERR_INPUT where one is unknown, named twice or a training
 * round, has another age limit, or a definition that can't stand in one
 * series with the newest; E then names it. Clear also after failure. */
MUST_CHECK bool rounds_init(struct rounds *r, struct store *s,
                            const char *words, struct err *e);
void rounds_clear(struct rounds *r);

/* feed_run over all of them, for recipients. PLAN is of r->in. */
MUST_CHECK bool rounds_run(struct rounds *r, const struct actor *actor,
                           const char *what, const struct plan *plan,
                           struct run *run, struct err *e);
#endif
