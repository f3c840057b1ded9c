/* pool.c - see pool.h.
 *
 * A ring of jobs under one lock. A worker takes one and runs it with the
 * lock open. Stopping empties the ring first, so that nobody begins a job
 * that nobody will wait for. */
#include "web/pool.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/arena.h"

struct job {
    void (*run)(void *arg, bool work);
    void *arg;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t more;        /* a job came, or STOPPING */
    struct job *jobs;           /* a ring of ROOM */
    int room, first, count;
    bool stopping;
    int threads;
    pthread_t *thread;
};

/* The next job; false when there is none more to run, or, to DROP, when
 * there is none. */
static bool
take(struct pool *p, struct job *job, bool drop)
{
    bool got;

    pthread_mutex_lock(&p->lock);
    while (p->count == 0 && !p->stopping)
        pthread_cond_wait(&p->more, &p->lock);
    got = p->count > 0 && (drop || !p->stopping);
    if (got) {
        *job = p->jobs[p->first];
        p->first = (p->first + 1) % p->room;
        p->count--;
    }
    pthread_mutex_unlock(&p->lock);
    return got;
}

static void *
worker(void *arg)
{
    struct pool *p = arg;
    struct job job;

    while (take(p, &job, false))
        job.run(job.arg, true);
    return NULL;
}

static void
pool_free(struct pool *p)
{
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->more);
    free(p->jobs);
    free(p->thread);
    free(p);
}

/* Signals are the main thread's: the others are made with all blocked. */
static int
make_threads(struct pool *p, int threads)
{
    sigset_t all, before;
    int why = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (p->threads < threads && why == 0) {
        why = pthread_create(&p->thread[p->threads], NULL, worker, p);
        p->threads += why == 0;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return why;
}

struct pool *
pool_start(int threads, int room, struct err *e)
{
    struct pool *p = mem_take(sizeof *p);
    int why;

    assert(threads >= 1 && room >= 1);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    p->room = room;
    p->jobs = mem_take((size_t)room * sizeof *p->jobs);
    p->thread = mem_take((size_t)threads * sizeof *p->thread);
    why = make_threads(p, threads);
    if (why == 0)
        return p;
    err_set(e, ERR_MACHINE, "http.thread", "%s", strerror(why));
    pool_stop(p, 1000);
    return NULL;
}

bool
pool_put(struct pool *p, void (*run)(void *arg, bool work), void *arg)
{
    bool ok;

    pthread_mutex_lock(&p->lock);
    ok = p->count < p->room && !p->stopping;
    if (ok) {
        p->jobs[(p->first + p->count) % p->room] = (struct job){ run, arg };
        p->count++;
        pthread_cond_signal(&p->more);
    }
    pthread_mutex_unlock(&p->lock);
    return ok;
}

static struct timespec
from_now(int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

bool
pool_stop(struct pool *p, int ms)
{
    struct timespec until = from_now(ms);
    struct job job;
    bool all = true;

    if (p == NULL)
        return true;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    while (take(p, &job, true))
        job.run(job.arg, false);
    for (int i = 0; i < p->threads; i++)
        if (pthread_timedjoin_np(p->thread[i], NULL, &until) != 0) {
            pthread_detach(p->thread[i]);
            all = false;
        }
    if (all)
        pool_free(p);
    return all;
}
