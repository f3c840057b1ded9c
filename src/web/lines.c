/* lines.c - see lines.h: two buffers, one that is filled and one that is
 * being written. */
#include "web/lines.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/arena.h"

enum { ROOM = 64 * 1024 };

struct lines {
    int fd;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t some;        /* there is a line, or it is to stop */
    pthread_cond_t room;        /* the lines were taken */
    size_t len;
    bool stop;
    char text[ROOM], out[ROOM];
};

/* What can't be written is left: there is nowhere to say it. */
static void
write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, text, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        text += n;
        len -= (size_t)n;
    }
}

/* Waits for others to join the first line. */
static void
wait_a_little(struct lines *l)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LINES_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    while (!l->stop && l->len < ROOM / 2
           && pthread_cond_timedwait(&l->some, &l->mutex, &until)
              != ETIMEDOUT)
        ;
}

static void *
run(void *arg)
{
    struct lines *l = arg;
    size_t len;
    bool last;

    do {
        pthread_mutex_lock(&l->mutex);
        while (l->len == 0 && !l->stop)
            pthread_cond_wait(&l->some, &l->mutex);
        wait_a_little(l);
        len = l->len;
        last = l->stop;
        memcpy(l->out, l->text, len);
        l->len = 0;
        pthread_cond_broadcast(&l->room);
        pthread_mutex_unlock(&l->mutex);
        write_all(l->fd, l->out, len);
    } while (!last);
    return NULL;
}

struct lines *
lines_start(int fd, struct err *e)
{
    struct lines *l = mem_take(sizeof *l);

    l->fd = fd;
    pthread_mutex_init(&l->mutex, NULL);
    pthread_cond_init(&l->some, NULL);
    pthread_cond_init(&l->room, NULL);
    if (pthread_create(&l->thread, NULL, run, l) == 0)
        return l;
    free(l);
    err_set(e, ERR_MACHINE, "serve.thread", "");
    return NULL;
}

void
lines_put(struct lines *l, const char *text, size_t len)
{
    if (len > ROOM)
        return;
    pthread_mutex_lock(&l->mutex);
    while (l->len + len > ROOM)
        pthread_cond_wait(&l->room, &l->mutex);
    memcpy(l->text + l->len, text, len);
    if (l->len == 0 || (l->len < ROOM / 2 && l->len + len >= ROOM / 2))
        pthread_cond_signal(&l->some);
    l->len += len;
    pthread_mutex_unlock(&l->mutex);
}

void
lines_stop(struct lines *l)
{
    if (l == NULL)
        return;
    pthread_mutex_lock(&l->mutex);
    l->stop = true;
    pthread_cond_signal(&l->some);
    pthread_mutex_unlock(&l->mutex);
    pthread_join(l->thread, NULL);
    pthread_cond_destroy(&l->some);
    pthread_cond_destroy(&l->room);
    pthread_mutex_destroy(&l->mutex);
    free(l);
}
