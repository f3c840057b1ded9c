/* log_queue.h - the access log's records of reading, written in batches.
 *
 * A page that reads puts its record on the queue, which takes about a
 * microsecond; a thread of the queue writes what has come, all in one
 * transaction, at most LOG_QUEUE_MS later. What leaves in bulk waits until
 * it is on disk: exports, searches, backups, and the opened text of more
 * than LOG_QUEUE_SEALED registrations.
 *
 * An HOURLY record that is the same in everything but its moment as one of
 * this clock hour is not put again: who read which registrations, by which
 * right, for what, and in which hour, is there. LOG_QUEUE_TOLD of them are
 * remembered, of LOG_QUEUE_LONG bytes at most; past that, one more record.
 *
 * Where records can't be written they are kept and tried again, and nothing
 * more is read meanwhile: putting fails with what went wrong. A process that
 * is killed loses the records of its last moments, never one of a write. */
#ifndef STORE_LOG_QUEUE_H
#define STORE_LOG_QUEUE_H
#include "store/log.h"
#include "store/store.h"

enum {
    LOG_QUEUE_MS = 250,         /* from the first record to its writing */
    LOG_QUEUE_RECORDS = 8192,   /* more have to wait; */
    LOG_QUEUE_BYTES = 16 << 20, /* so have more bytes, but for a first */
    LOG_QUEUE_SEALED = 20,
    LOG_QUEUE_TOLD = 64, LOG_QUEUE_LONG = 64 << 10
};

struct log_queue;

/* The queue of the store in PATH, with a connection and a thread of its own.
 * NULL with E set. */
struct log_queue *log_queue_start(const char *path, struct err *e);
/* Copies RECORD (one, not those linked to it), made at AT_MS; waits where
 * the queue is full, or where RECORD is one of those that must be on disk.
 * From any thread. */
MUST_CHECK bool log_queue_put(struct log_queue *q, int64_t at_ms,
                              const struct log_record *record,
                              struct err *e);
/* Waits until everything put before is on disk. From any thread. */
MUST_CHECK bool log_queue_flush(struct log_queue *q, struct err *e);
/* Flushes, ends the thread, frees. False if something could not be written:
 * it is lost then. Takes NULL. */
MUST_CHECK bool log_queue_stop(struct log_queue *q, struct err *e);
#endif
