/* pool.h - a fixed number of worker threads and a queue of jobs that may
 * not grow beyond its room. */
#ifndef WEB_POOL_H
#define WEB_POOL_H
#include <stdbool.h>
#include "base/err.h"

struct pool;

/* THREADS and ROOM at least 1. NULL with ERR_MACHINE. */
MUST_CHECK struct pool *pool_start(int threads, int room, struct err *e);
/* Has RUN(ARG, true) called on a worker thread, in the order they came;
 * RUN(ARG, false) instead if the pool is stopped before. False, and RUN is
 * never called, if the queue is full or the pool is stopping. Any thread. */
MUST_CHECK bool pool_put(struct pool *p, void (*run)(void *arg, bool work),
                         void *arg);
/* Drops what waits, gives what runs MS milliseconds, and frees P. False if
 * some still ran: then P is never freed. NULL is allowed. */
bool pool_stop(struct pool *p, int ms);

#endif
