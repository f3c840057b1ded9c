/* reaper.h - ends connections that are too slow.
 *
 * A limit on the time between two bytes, which libmicrohttpd has, is met by
 * a client that sends one byte now and then for ever. So each connection has
 * a phase and when it began, and a thread shuts those down that have been in
 * theirs for too long. A phase that the reaper has ended can't be left:
 * conn_step says so, and the transport lets go. */
#ifndef WEB_REAPER_H
#define WEB_REAPER_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "web/http.h"

enum conn_phase {
    CONN_NEW,           /* connected; nothing whole has arrived */
    CONN_HEAD,          /* a request line has */
    CONN_BODY,          /* the headers have */
    CONN_WORK,          /* the request has: no limit */
    CONN_SEND,          /* the answer is leaving */
    CONN_IDLE,          /* it has left */
    CONN_REAPED,
    CONN_PHASES
};

struct conn {
    struct conn *next, *prev;
    int fd;
    atomic_uint_least64_t phase;    /* milliseconds << 3 | enum conn_phase */
};

struct reaper;

/* LIMIT: seconds a phase may last, 0 for ever. Where LATE is not NULL its
 * LATE_LEN bytes are sent to one that is late in CONN_HEAD or CONN_BODY;
 * borrowed. NULL with ERR_MACHINE. */
MUST_CHECK struct reaper *reaper_start(const int limit[CONN_PHASES],
                                       const char *late, size_t late_len,
                                       struct err *e);
/* All connections must have been removed. NULL is allowed. */
void reaper_stop(struct reaper *r);

/* A connection in CONN_NEW. FD is open until it is removed. */
struct conn *conn_add(struct reaper *r, int fd);
void conn_remove(struct reaper *r, struct conn *c);
/* Enters PHASE; false if the connection has been ended. CONN_HEAD after
 * CONN_NEW keeps the time: the first request has begun with the connection. */
bool conn_step(struct conn *c, enum conn_phase phase);
bool conn_reaped(const struct conn *c);

#endif
