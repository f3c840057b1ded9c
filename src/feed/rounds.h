/* rounds.h - several rounds of a store, counted as one.
 *
 * They are rounds of one definition, or of definitions whose figures may
 * stand in one series (def/diff.h). A unit is the same in all rounds that
 * have its id; municipality, year and period are those of each round, and
 * so is the age. A person is counted once a round, not once in all. */
#ifndef FEED_ROUNDS_H
#define FEED_ROUNDS_H
#include "feed/feed.h"

enum {
    ROUNDS_MAX = 65536,
    ROUNDS_WORDS = 200          /* bytes of a list that is shown whole */
};

/* Whether the inhabitants of all can be a base. */
enum rounds_rate {
    ROUNDS_RATE,                /* yes: their sum is the round's */
    ROUNDS_RATE_UNSAID,         /* no round says how many they are */
    ROUNDS_RATE_SOME,           /* some do not */
    ROUNDS_RATE_YEARS,          /* they would be counted once a year */
    ROUNDS_RATE_DIFFER          /* of different days or ages, or one
                                   municipality is there twice */
};

struct rounds {
    struct arena arena;
    struct store *store;
    const char *words;          /* as they were asked for */
    struct instrument *in;      /* the newest definition, with the units of
                                   all */
    struct round *round;        /* stands for all, and is in no store: the
                                   newest, but WORDS its id and title (a
                                   long list: the first and the last); 0 its
                                   municipality and "" its lawful fields
                                   where they differ; open, synthetic where
                                   one is; the inhabitants of all */
    enum rounds_rate rate;
    struct opened whole;        /* all as one, for feed.h and its users */
    struct opened *part;        /* one a round: its round and units */
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

/* feed_run over all of them; of SCOPE_UNIT over those that have UNIT. PLAN
 * is of r->in. */
MUST_CHECK bool rounds_run(struct rounds *r, const struct actor *actor,
                           enum scope scope, const char *unit,
                           const char *what, const struct plan *plan,
                           struct run *run, struct err *e);
/* feed_overlap, summed: a person is one recipient in each round. */
MUST_CHECK bool rounds_overlap(struct rounds *r, const struct actor *actor,
                               struct overlap *out, struct err *e);

/* The rounds of O one by one, O itself where it is one. */
const struct opened *rounds_parts(const struct opened *o, int *count);
#endif
