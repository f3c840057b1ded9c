/* columned.h - closed rounds counted by their columns.
 *
 * Rounds that are closed and settled have a file of columns beside the store
 * (store/cache.h), made when they are first counted and good for as long as
 * nothing is written to their registrations. */
#ifndef FEED_COLUMNED_H
#define FEED_COLUMNED_H
#include "feed/feed.h"

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

#endif
