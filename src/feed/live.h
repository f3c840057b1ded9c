/* live.h - what the server has in memory of its rounds, so that what is asked
 * again and again costs microseconds.
 *
 * A round is taken in when it is first asked for, by a thread of its own:
 * who asks meanwhile reads the store as ever. From then on every write is
 * followed: the writer says which registrations it changed, when it has told
 * all who waited for it, and before anybody counts they are read again, taken
 * out as they were and put in as they are. Which registration of a person
 * counts is decided then, of those persons only and after the answer has
 * left, so that no time tells whether somebody was known; the store is
 * settled when the round is closed, as ever. A deletion empties the round
 * here before it is acknowledged.
 *
 * What it says is what feed_run and the store would say, and the access log
 * says of it what it would have said: the store's functions of the same name
 * are the contract. Whether the actor may ask is seen to before.
 *
 * One for the whole process; every function from any thread, but those of
 * the writer. */
#ifndef FEED_LIVE_H
#define FEED_LIVE_H
#include "feed/feed.h"
#include "store/work.h"

enum {
    LIVE_ROUNDS = 8,            /* in memory; the one not asked for longest
                                   goes */
    LIVE_BYTES_MAX = 256 << 20, /* of a round's rows: some 300,000
                                   registrations; */
    LIVE_CELLS_MAX = 8 << 20,   /* of its fixed tables, of all units: what
                                   has more is counted by rows or in the
                                   store */
    LIVE_CHECK_EVERY = 1000     /* registrations taken in: then all is
                                   counted again and compared */
};

struct live;

struct live_options {
    const struct store *store;  /* read from now on by others like it */
    /* Adds to PLAN the fixed tables of reports of SCOPE; strings in ARENA.
     * Those that a plan has no room for are left out. */
    void (*ask)(const struct instrument *in, enum scope scope,
                struct arena *arena, struct plan *plan);
    size_t bytes_max;           /* of a round's rows; 0: LIVE_BYTES_MAX */
    bool thread;                /* false: tests call live_work themselves */
    /* Told, from any thread, that counting again gave something else, and
     * why a round can't be taken in. May be NULL. */
    void (*say)(void *ctx, const struct err *fault);
    void *ctx;
};

/* NULL with E set. */
struct live *live_start(const struct live_options *o, struct err *e);
/* When nobody asks any more. Takes NULL. */
void live_stop(struct live *l);

/* The writer, whose store is S: before it commits; when it has, or could not,
 * and nobody has been told; and when all have. */
void live_commits(struct live *l);
void live_committed(struct live *l, struct store *s);
void live_told(struct live *l, struct store *s);
/* Definitions, units or the like have changed. Takes NULL. */
void live_outdate(struct live *l);

/* As feed_run, for a round that is no training round. *LEFT: it could not be
 * answered here, and RUN is as before. */
MUST_CHECK bool live_run(struct opened *o, const struct actor *actor,
                         enum scope scope, const char *unit, bool sealed,
                         const char *what, struct run *run, bool *left,
                         struct err *e);
/* feed_overlap, registration_counts and work_counts by what is in memory,
 * else by the store. Of the second: which of a person's registrations counts
 * is as it is decided now. */
MUST_CHECK bool live_overlap(struct opened *o, const struct actor *actor,
                             struct overlap *out, bool *left, struct err *e);
MUST_CHECK bool live_unit_counts(const struct opened *o,
                                 const struct actor *actor,
                                 struct unit_count *out, struct err *e);
MUST_CHECK bool live_work_counts(const struct opened *o,
                                 const struct actor *actor,
                                 struct arena *arena,
                                 const struct work_count **list, int *count,
                                 struct err *e);

/* What the thread does: takes in what was asked for, follows what was
 * written, checks now and then. For tests; *BUSY: there was something. */
void live_work(struct live *l, bool *busy);
/* Counts every round that is in memory again from the store and compares.
 * False with E set, "live.differs", where something differs. */
MUST_CHECK bool live_check(struct live *l, struct err *e);
/* Whether ROUND, of that municipality and row, is in memory now: for
 * tests. */
bool live_has(struct live *l, const struct round *round);

#endif
