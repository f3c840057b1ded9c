/* reaper.c - see reaper.h.
 *
 * A phase and its beginning are one atomic number, so that the threads that
 * serve take no lock; the list has one, taken when a connection comes or
 * goes and while the reaper looks. A connection is removed before its
 * socket is closed, so under the lock each FD is the one it was. */
#include "web/reaper.h"
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include "web/exchange.h"

enum { PHASE_BITS = 3, LOOK_MS = 250 };

static_assert(CONN_PHASES <= 1 << PHASE_BITS, "a phase fits its bits");

struct reaper {
    pthread_mutex_t lock;
    pthread_cond_t stop;
    pthread_t thread;
    bool stopping;
    int64_t limit_ms[CONN_PHASES];
    const char *late;
    size_t late_len;
    struct conn *first;
};

static uint64_t
stamp(int64_t ms, enum conn_phase phase)
{
    return (uint64_t)ms << PHASE_BITS | (uint64_t)phase;
}

static enum conn_phase
phase_of(uint64_t stamped)
{
    return (enum conn_phase)(stamped & ((1 << PHASE_BITS) - 1));
}

static int64_t
now_ms(void)
{
    return exchange_clock_us() / 1000;
}

/* Ends C if it has been in its phase for too long. */
static void
look_at(const struct reaper *r, struct conn *c, int64_t now)
{
    uint64_t was = atomic_load(&c->phase);
    enum conn_phase phase = phase_of(was);
    int64_t limit = r->limit_ms[phase];

    if (limit == 0 || now - (int64_t)(was >> PHASE_BITS) < limit
        || !atomic_compare_exchange_strong(&c->phase, &was,
                                           stamp(now, CONN_REAPED)))
        return;
    if (r->late != NULL && (phase == CONN_HEAD || phase == CONN_BODY))
        send(c->fd, r->late, r->late_len, MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(c->fd, SHUT_RDWR);
}

static void *
reap(void *arg)
{
    struct reaper *r = arg;
    struct timespec until;

    pthread_mutex_lock(&r->lock);
    while (!r->stopping) {
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += (long)LOOK_MS * 1000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000;
        }
        pthread_cond_timedwait(&r->stop, &r->lock, &until);
        for (struct conn *c = r->first; c != NULL; c = c->next)
            look_at(r, c, now_ms());
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static void
reaper_free(struct reaper *r)
{
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->stop);
    free(r);
}

struct reaper *
reaper_start(const int limit[CONN_PHASES], const char *late,
             size_t late_len, struct err *e)
{
    struct reaper *r = mem_take(sizeof *r);
    pthread_condattr_t attr;
    sigset_t all, before;
    int why;

    for (int i = 0; i < CONN_PHASES; i++)
        r->limit_ms[i] = (int64_t)limit[i] * 1000;
    r->late = late;
    r->late_len = late_len;
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&r->stop, &attr);
    pthread_condattr_destroy(&attr);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    why = pthread_create(&r->thread, NULL, reap, r);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (why == 0)
        return r;
    err_set(e, ERR_MACHINE, "http.thread", "%s", strerror(why));
    reaper_free(r);
    return NULL;
}

void
reaper_stop(struct reaper *r)
{
    if (r == NULL)
        return;
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_signal(&r->stop);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    reaper_free(r);
}

struct conn *
conn_add(struct reaper *r, int fd)
{
    struct conn *c = mem_take(sizeof *c);

    c->fd = fd;
    atomic_init(&c->phase, stamp(now_ms(), CONN_NEW));
    pthread_mutex_lock(&r->lock);
    c->next = r->first;
    if (c->next != NULL)
        c->next->prev = c;
    r->first = c;
    pthread_mutex_unlock(&r->lock);
    return c;
}

void
conn_remove(struct reaper *r, struct conn *c)
{
    pthread_mutex_lock(&r->lock);
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        r->first = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    pthread_mutex_unlock(&r->lock);
    free(c);
}

bool
conn_step(struct conn *c, enum conn_phase phase)
{
    uint64_t was = atomic_load(&c->phase);
    int64_t now = now_ms();

    if (phase == CONN_HEAD && phase_of(was) == CONN_NEW)
        now = (int64_t)(was >> PHASE_BITS);
    return phase_of(was) != CONN_REAPED
           && atomic_compare_exchange_strong(&c->phase, &was,
                                             stamp(now, phase));
}

bool
conn_reaped(const struct conn *c)
{
    return phase_of(atomic_load(&c->phase)) == CONN_REAPED;
}
