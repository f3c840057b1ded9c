/* log_search.h - the access log, read by people: who did what, and when.
 *
 * Newest first, a page at a time. Searching is itself logged (action
 * "search") and on disk before the first record is handed on.
 *
 * Who may see only some units (a leader) sees what concerned one of them:
 * the records of that unit, and those that reached all or several units,
 * but of these not how many registrations nor which, nor what was asked,
 * for that would tell of other units. So would numbers: such a reader sees
 * none of a registration, and for a record's its place among those it may
 * see, counted from the newest. */
#ifndef STORE_LOG_SEARCH_H
#define STORE_LOG_SEARCH_H
#include "store/log.h"
#include "store/store.h"

struct log_ask {
    int municipality;           /* 0: what is of no municipality (accounts) */
    const char *round;          /* id; NULL: all; likewise below */
    const char *actor, *action;
    const char *unit;           /* records that reached it */
    int64_t from_ms, to_ms;     /* at or after, before; 0: open */
    int64_t before_record;      /* older than that one, by the number it
                                   was found with; 0: from the newest */
    int limit;                  /* records at most, 1.. */
};

/* A record as it may be seen; in the caller's arena. */
struct log_found {
    int64_t number;             /* in the municipality, from 1; or its place
                                   (above) */
    int64_t minute_ms;          /* whole minutes; for an actor of some units
                                   whole hours: nobody's pace is told */
    struct log_record record;   /* ENTRIES -1, NUMBERS and WHAT "" where
                                   they may not be seen */
};

/* *MORE: there are older ones that fit. */
MUST_CHECK bool log_search(struct store *s, const struct actor *actor,
                           const struct log_ask *ask, struct arena *arena,
                           const struct log_found **list, int *count,
                           bool *more, struct err *e);
#endif
