/* writer.h - the one thread that writes the store.
 *
 * Whoever wants to write hands over a job. The writer takes all that wait,
 * does each in its own part of one transaction (a part that fails is undone
 * alone), commits once, and only then tells each how it went: what is
 * acknowledged is on disk. Alone, a job waits for nobody; under load one
 * commit serves many. No timer. */
#ifndef WEB_WRITER_H
#define WEB_WRITER_H
#include "store/store.h"

struct write_job {
    /* In its part of the transaction, on the writer's thread. */
    bool (*work)(struct write_job *job, struct store *s, struct err *e);
    /* After the commit or its failure, on the writer's thread; NULL for
     * those that wait. The job may be freed in it. */
    void (*done)(struct write_job *job);
    bool ok;                    /* it is on disk */
    struct err err;             /* where it is not; also "store.purge_waits"
                                   where what it deleted still stands in
                                   the log of the database */
    struct write_job *next;     /* private */
    bool finished;              /* private */
};

struct writer;

/* Told of each group, on the writer's thread. */
struct writer_watch {
    void (*commits)(void *ctx);     /* it is about to be committed */
    void (*committed)(void *ctx);   /* it was, or could not be; nobody has
                                       been told */
    /* Its jobs have been told; UNDONE: a part or the whole was undone, and
     * what was loaded before is out of date. */
    void (*told)(void *ctx, bool undone);
    void *ctx;
};

/* S must be open for writing and is the writer's until writer_stop has
 * returned. */
struct writer *writer_start(struct store *s, const struct writer_watch *watch,
                            struct err *e);
/* From any thread. */
void writer_submit(struct writer *w, struct write_job *job);
/* Submits JOB and waits; job->ok. Never on the writer's own thread. */
bool writer_run(struct writer *w, struct write_job *job);
/* Does what waits, then ends the thread. Takes NULL. */
void writer_stop(struct writer *w);

/* Since it began: commits, and jobs in them. */
void writer_counts(struct writer *w, int64_t *commits, int64_t *jobs);

#endif
