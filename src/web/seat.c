/* seat.c - see app.h: what each thread has of its own. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "web/app_private.h"

enum { ROUNDS_KEPT = 8 };

struct kept {
    void *data;
    void (*free_data)(void *);
};

struct seat_round {
    bool used;
    unsigned long asked;        /* when last, to find the oldest */
    struct opened opened;
    struct kept kept[SEAT_SLOTS];
};

struct seat {
    struct app *app;
    struct store *store;
    bool owns_store;            /* the writer's belongs to the app */
    bool writes;                /* the writer's: rounds stay for a group */
    bool old;                   /* the writer's, out of date */
    unsigned version;           /* of the rounds it has */
    unsigned long asked;
    struct seat_round round[ROUNDS_KEPT];
    struct seat *next;         /* of the app's list */
};

/* One app in a process is the rule; a test may start one after another. */
static _Thread_local struct seat *mine;
static _Thread_local unsigned mine_of;  /* the app's serial number */

static void
forget(struct seat_round *r)
{
    if (!r->used)
        return;
    for (int i = 0; i < SEAT_SLOTS; i++)
        if (r->kept[i].data != NULL)
            r->kept[i].free_data(r->kept[i].data);
    opened_clear(&r->opened);
    memset(r, 0, sizeof *r);
}

static void
forget_rounds(struct seat *l)
{
    for (int i = 0; i < ROUNDS_KEPT; i++)
        forget(&l->round[i]);
}

static struct seat *
add(struct app *app, struct store *s, bool owns)
{
    struct seat *l = mem_take(sizeof *l);

    memset(l, 0, sizeof *l);
    l->app = app;
    l->store = s;
    l->owns_store = owns;
    l->version = atomic_load(&app->rounds_version);
    pthread_mutex_lock(&app->seats_mutex);
    l->next = app->seats;
    app->seats = l;
    pthread_mutex_unlock(&app->seats_mutex);
    return l;
}

struct seat *
app_seat(struct app *app, struct err *e)
{
    struct store_options o = app->options.store;
    struct store *s;

    if (mine != NULL && mine_of == app->serial)
        return mine;
    o.mode = STORE_READ;
    s = store_open(&o, e);
    if (s == NULL)
        return NULL;
    store_set_log_queue(s, app->log);
    mine_of = app->serial;
    mine = add(app, s, true);
    return mine;
}

struct seat *
seat_of_writer(struct app *app, struct store *s)
{
    struct seat *l = add(app, s, false);

    l->writes = true;
    return l;
}

void
seat_free_all(struct app *app)
{
    struct seat *next;

    for (struct seat *l = app->seats; l != NULL; l = next) {
        next = l->next;
        forget_rounds(l);
        if (l->owns_store)
            store_close(l->store);
        free(l);
    }
    app->seats = NULL;
}

void
seat_outdate(struct seat *l)
{
    l->old = true;
}

void
seat_after(struct seat *l, bool undone)
{
    bool full = true;

    for (int i = 0; i < ROUNDS_KEPT; i++)
        full = full && l->round[i].used;
    if (l->old || undone || full)
        forget_rounds(l);
    l->old = false;
}

struct store *
seat_store(struct seat *l)
{
    return l->store;
}

/* The place for one more: free, or the one not asked for longest; NULL where
 * a group of the writer's has them all. */
static struct seat_round *
place(struct seat *l)
{
    struct seat_round *oldest = &l->round[0];

    for (int i = 0; i < ROUNDS_KEPT; i++) {
        if (!l->round[i].used)
            return &l->round[i];
        if (l->round[i].asked < oldest->asked)
            oldest = &l->round[i];
    }
    if (l->writes)
        return NULL;
    forget(oldest);
    return oldest;
}

struct opened *
seat_round(struct seat *l, const char *id, struct err *e)
{
    unsigned now = atomic_load(&l->app->rounds_version);
    struct seat_round *r;

    if (now != l->version && !l->writes) {
        forget_rounds(l);
        l->version = now;
    }
    l->asked++;
    for (int i = 0; i < ROUNDS_KEPT; i++) {
        r = &l->round[i];
        if (r->used && strcmp(r->opened.round->id, id) == 0) {
            r->asked = l->asked;
            return &r->opened;
        }
    }
    r = place(l);
    if (r == NULL) {
        err_set(e, ERR_MACHINE, "serve.rounds", "");
        return NULL;
    }
    if (!opened_init(&r->opened, l->store, id, e)) {
        opened_clear(&r->opened);
        memset(&r->opened, 0, sizeof r->opened);
        return NULL;
    }
    /* Within its transaction the writer reads what is not yet written. */
    r->opened.live = l->writes ? NULL : l->app->live;
    r->used = true;
    r->asked = l->asked;
    return &r->opened;
}

static struct seat_round *
holder(struct seat *l, const struct opened *round)
{
    for (int i = 0; i < ROUNDS_KEPT; i++)
        if (&l->round[i].opened == round)
            return &l->round[i];
    return NULL;
}

void *
seat_kept(struct seat *l, const struct opened *round,
           enum seat_slot slot)
{
    struct seat_round *r = holder(l, round);

    return r != NULL ? r->kept[slot].data : NULL;
}

void
seat_keep(struct seat *l, const struct opened *round,
           enum seat_slot slot, void *data, void (*free_data)(void *))
{
    struct seat_round *r = holder(l, round);

    if (r->kept[slot].data != NULL)
        r->kept[slot].free_data(r->kept[slot].data);
    r->kept[slot] = (struct kept){ data, free_data };
}
