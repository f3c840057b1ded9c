/* limit.c - see limit.h: the latest times of each account in a ring, on a
 * list. There are few accounts to which it happens at all. */
#include "web/limit.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

struct limited {
    struct limited *next;
    int64_t at_ms[LIMIT_MOST];  /* a ring; 0: not yet */
    int newest;
    char who[];
};

struct limit {
    pthread_mutex_t mutex;
    int most;
    int64_t span_ms;
    struct limited *list;
};

struct limit *
limit_new(int most, int64_t span_ms)
{
    struct limit *l = mem_take(sizeof *l);

    assert(most >= 1 && most <= LIMIT_MOST);
    *l = (struct limit){ .most = most, .span_ms = span_ms };
    pthread_mutex_init(&l->mutex, NULL);
    return l;
}

void
limit_free(struct limit *l)
{
    struct limited *next;

    if (l == NULL)
        return;
    for (struct limited *w = l->list; w != NULL; w = next) {
        next = w->next;
        free(w);
    }
    pthread_mutex_destroy(&l->mutex);
    free(l);
}

static struct limited *
find(struct limit *l, const char *who)
{
    for (struct limited *w = l->list; w != NULL; w = w->next)
        if (strcmp(w->who, who) == 0)
            return w;
    return NULL;
}

void
limit_note(struct limit *l, const char *who, int64_t now_ms)
{
    struct limited *w;
    size_t n = strlen(who) + 1;

    pthread_mutex_lock(&l->mutex);
    w = find(l, who);
    if (w == NULL) {
        w = mem_take(sizeof *w + n);
        memset(w, 0, sizeof *w);
        memcpy(w->who, who, n);
        w->next = l->list;
        l->list = w;
    }
    w->newest = (w->newest + 1) % l->most;
    w->at_ms[w->newest] = now_ms;
    pthread_mutex_unlock(&l->mutex);
}

bool
limit_reached(struct limit *l, const char *who, int64_t now_ms)
{
    const struct limited *w;
    int64_t oldest = 0;

    pthread_mutex_lock(&l->mutex);
    w = find(l, who);
    if (w != NULL)
        oldest = w->at_ms[(w->newest + 1) % l->most];
    pthread_mutex_unlock(&l->mutex);
    return oldest != 0 && now_ms - oldest < l->span_ms;
}
