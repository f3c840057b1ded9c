/* writer.c - see writer.h: natural group commit. */
#include "web/writer.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

enum { GROUP_MAX = 256 };       /* jobs in one transaction */

struct writer {
    struct store *store;
    struct writer_watch watch;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t work;        /* something waits, or it is to stop */
    pthread_cond_t finished;    /* a job of writer_run is done */
    struct write_job *first, *last;
    bool stop;
    atomic_int_fast64_t commits, jobs;
};

/* Takes up to GROUP_MAX of what waits, in order; waits itself for the first.
 * NULL when it is to stop and nothing waits. */
static struct write_job *
take(struct writer *w)
{
    struct write_job *group, *end;

    pthread_mutex_lock(&w->mutex);
    while (w->first == NULL && !w->stop)
        pthread_cond_wait(&w->work, &w->mutex);
    group = end = w->first;
    for (int n = 1; end != NULL && end->next != NULL && n < GROUP_MAX; n++)
        end = end->next;
    if (end != NULL) {
        w->first = end->next;
        end->next = NULL;
        if (w->first == NULL)
            w->last = NULL;
    }
    pthread_mutex_unlock(&w->mutex);
    return group;
}

/* One job in its own part. */
static void
run_part(struct writer *w, struct write_job *job)
{
    job->ok = store_part_begin(w->store, &job->err)
              && store_part_end(w->store,
                                job->work(job, w->store, &job->err),
                                &job->err);
}

/* Tells each job of GROUP how it went. CAUSE, where it is not NULL, is why
 * the whole was undone, or, if DONE, what was left to do after it. */
static void
tell(struct writer *w, struct write_job *group, const struct err *cause,
     bool done)
{
    struct write_job *next;

    for (struct write_job *job = group; job != NULL; job = next) {
        next = job->next;
        if (cause != NULL && (job->ok || job->err.code == ERR_NONE)) {
            job->ok = done;
            job->err = *cause;
        }
        if (job->done != NULL) {
            job->done(job);
            continue;
        }
        pthread_mutex_lock(&w->mutex);
        job->finished = true;
        pthread_cond_broadcast(&w->finished);
        pthread_mutex_unlock(&w->mutex);
    }
}

static void
run_group(struct writer *w, struct write_job *group)
{
    bool undone = false, ok, done;
    struct err e = { 0 };
    int64_t count = 0;

    ok = store_begin(w->store, &e);
    for (struct write_job *job = group; ok && job != NULL; job = job->next) {
        count++;
        run_part(w, job);
        undone = undone || !job->ok;
    }
    w->watch.commits(w->watch.ctx);
    if (ok)
        ok = store_commit(w->store, &e);
    else
        store_rollback(w->store);
    w->watch.committed(w->watch.ctx);
    atomic_fetch_add(&w->commits, 1);
    atomic_fetch_add(&w->jobs, count);
    done = ok || strcmp(e.key, "store.purge_waits") == 0;
    /* What a job's DONE looks at may be what TOLD throws away. */
    tell(w, group, ok ? NULL : &e, done);
    w->watch.told(w->watch.ctx, undone || !done);
}

static void *
run(void *ctx)
{
    struct writer *w = ctx;
    struct write_job *group;

    while ((group = take(w)) != NULL)
        run_group(w, group);
    return NULL;
}

struct writer *
writer_start(struct store *s, const struct writer_watch *watch,
             struct err *e)
{
    struct writer *w = mem_take(sizeof *w);

    memset(w, 0, sizeof *w);
    w->store = s;
    w->watch = *watch;
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->work, NULL);
    pthread_cond_init(&w->finished, NULL);
    if (pthread_create(&w->thread, NULL, run, w) != 0) {
        free(w);
        err_set(e, ERR_MACHINE, "serve.thread", "");
        return NULL;
    }
    return w;
}

void
writer_submit(struct writer *w, struct write_job *job)
{
    job->next = NULL;
    job->ok = job->finished = false;
    err_clear(&job->err);
    pthread_mutex_lock(&w->mutex);
    if (w->last != NULL)
        w->last->next = job;
    else
        w->first = job;
    w->last = job;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->mutex);
}

bool
writer_run(struct writer *w, struct write_job *job)
{
    job->done = NULL;
    writer_submit(w, job);
    pthread_mutex_lock(&w->mutex);
    while (!job->finished)
        pthread_cond_wait(&w->finished, &w->mutex);
    pthread_mutex_unlock(&w->mutex);
    return job->ok;
}

void
writer_stop(struct writer *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->mutex);
    w->stop = true;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->mutex);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->work);
    pthread_cond_destroy(&w->finished);
    pthread_mutex_destroy(&w->mutex);
    free(w);
}

void
writer_counts(struct writer *w, int64_t *commits, int64_t *jobs)
{
    *commits = atomic_load(&w->commits);
    *jobs = atomic_load(&w->jobs);
}
