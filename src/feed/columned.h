/* columned.h - closed rounds counted by their columns.
 *
 * Rounds that are closed and settled have a file of columns beside the store
 * (store/cache.h), made by the import that filled them, or when they are
 * first counted, and good for as long as nothing is written to their
 * registrations. */
#ifndef FEED_COLUMNED_H
#define FEED_COLUMNED_H
#include "column/columns.h"
#include "feed/feed.h"
#include "store/log.h"

/* What one file is of: one round under its own id, or several. */
struct columned {
    struct store *store;
    const char *name;           /* of the file; NULL: there is none */
    const struct instrument *in;        /* that its values are of */
    struct opened *part;
    int count;
};

/* Adds to RUN what it asks of C's recipients, as far as columns can answer,
 * and logs that, as feed_run does. *LEFT: tables are left to rows (all of
 * them where there are no columns, as of an open round, or where the store
 * can't be written to). */
MUST_CHECK bool columned_run(const struct columned *c,
                             const struct actor *actor, const char *what,
                             struct run *run, bool *left, struct err *e);

/* A file of columns that is written before what it is of is committed. Holds
 * the lock, so that nobody is deleted in between. */
struct columned_early {
    struct arena arena;
    const char *early, *file;
    int lock;                   /* -1: there is none */
};
/* Writes M as the file of C, one round that is settled: M's rows are its
 * complete registrations, of which COUNTING are those that count, and C's
 * round is as it will be once the open transaction is committed. Where that
 * can't be E->lock is -1. Always to be followed by columned_early_end. */
void columned_early_begin(struct columned_early *e, const struct columned *c,
                          struct column_maker *m, struct ranges *counting);
/* After the commit, which may have failed: the file is there, or goes. Needs
 * no memory. */
void columned_early_end(struct columned_early *e, bool committed);

/* Opens C's FILE, which columns_run may count by for ACTOR: NULL with *WHY
 * as columns_open, "other" also where C can have none. Hold the lock. */
struct columns *columned_open(const struct columned *c,
                              const struct actor *actor, const char *file,
                              const char **why);

/* Compares what C's file, of a closed round or an open one, says with what
 * rows say: the tables of the definition's reports, cell by cell. SAY gets
 * "check.columns" with the round and the table, or "check.columns_damaged"
 * with the round, and *FAULTS grows; such a file is removed, and so is, in
 * silence, one that was made of what has been changed since. Nothing where
 * there is no file. */
MUST_CHECK bool columned_check(const struct columned *c,
                               const struct actor *actor,
                               void (*say)(void *ctx,
                                           const struct err *fault),
                               void *ctx, int64_t *faults, struct err *e);

/* Removes files that nobody can count by: of rounds that there are not or
 * that are still set up, of other versions of the format, and those that a
 * process did not come to finish. */
MUST_CHECK bool columned_tidy(struct store *s, struct err *e);

#endif
