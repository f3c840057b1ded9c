/* log.h - the access log: who read or wrote which registrations.
 *
 * One chain of hashes a municipality, in a database of its own (access.db):
 * a record's hash is the SHA-256 of the format's name, the record before
 * it, and its own fields, so that nothing can be changed or taken out of
 * the middle unseen. That the newest records were cut off can't be seen
 * from the chain; it can from a hash that was noted elsewhere.
 *
 * A read's record is on disk before what was read is handed on; in the web
 * application, where hundreds read at once, at most a second later, but for
 * what leaves the store in bulk (log_queue.h). A write's
 * comes right before the commit: a crash between leaves a record of what
 * did not happen, never a write without a record. Pseudonyms, names and
 * answers are never in it. */
#ifndef STORE_LOG_H
#define STORE_LOG_H
#include "store/db.h"

enum { LOG_HASH = 32 };

struct log_record {
    int municipality;
    const char *actor, *rights, *purpose;
    const char *action;         /* read, read_sealed, write, delete; search,
                                   account, grant, grant_end, access, ... */
    const char *round;          /* id */
    const char *units;          /* that the actor might see: "all", "a,b" */
    const char *what;           /* the filter, "export", "counts" */
    int64_t entries;            /* registrations, or opt-outs of a list */
    const char *numbers;        /* theirs as ranges: "1-3556,3560"; "" */
    bool hourly;                /* the same again in this clock hour is not
                                   another record (log_queue.h) */
    int64_t at_ms;              /* private: 0 as log_append says */
    struct log_record *next;    /* private to src/store/ */
};

/* Appends RECORD and those linked to it, all or none, on disk when it
 * returns. Waits while another process appends. */
MUST_CHECK bool log_append(struct db *log, int64_t at_ms,
                           const struct log_record *record, struct err *e);

/* Verifies every chain. SAY gets "check.log_gap" or "check.log_changed"
 * with municipality and record, the first of each municipality. */
MUST_CHECK bool log_check(struct db *log,
                          void (*say)(void *ctx, const struct err *fault),
                          void *ctx, int64_t *faults, struct err *e);

/* Numbers as ranges, given in rising order. */
struct ranges {
    struct buf text;
    int64_t from, to;           /* the range that may still grow; 0 none */
    int64_t count;
};
void ranges_init(struct ranges *r);
void ranges_add(struct ranges *r, int64_t number);
/* False if there were more than memory should hold. */
MUST_CHECK bool ranges_finish(struct ranges *r, const char **text,
                              struct err *e);
void ranges_clear(struct ranges *r);

#endif
