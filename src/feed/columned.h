/* columned.h - a closed round counted by its columns.
 *
 * A round that is closed and settled has a file of columns beside the store
 * (store/cache.h), made when it is first counted and good for as long as
 * nothing is written to its registrations. */
#ifndef FEED_COLUMNED_H
#define FEED_COLUMNED_H
#include "feed/feed.h"

/* Adds to RUN what it asks of O's recipients, as far as columns can answer,
 * and logs that, as feed_run does. *LEFT: tables are left to rows (all of
 * them where there are no columns, as of an open round, or where the store
 * can't be written to). */
MUST_CHECK bool columned_run(struct opened *o, const struct actor *actor,
                             const char *what, struct run *run, bool *left,
                             struct err *e);

#endif
