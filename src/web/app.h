/* app.h - the web application as a whole: started, stopped, and what each of
 * its threads has.
 *
 * Threads share nothing but what is read-only or says here how. Each that
 * answers requests reads through a store of its own, and keeps rounds
 * opened (a definition takes milliseconds to read) until somebody changes
 * one. One thread writes (writer.h). */
#ifndef WEB_APP_H
#define WEB_APP_H
#include <pthread.h>
#include <stdatomic.h>
#include "feed/live.h"
#include "store/log_queue.h"
#include "web/http.h"
#include "web/limit.h"
#include "web/metrics.h"
#include "web/pool.h"
#include "web/template.h"
#include "web/writer.h"

struct app_options {
    struct store_options store;     /* mode is the app's business */
    struct http_options http;
    bool quiet;                     /* no line a request on standard error */
    bool sandbox;                   /* nothing but the store and the keys
                                       may be opened from then on
                                       (sandbox.h); for a process that does
                                       nothing else */
    /* Told what is less safe than it should be; may be NULL. */
    void (*warn)(void *ctx, const struct err *warning);
    void *warn_ctx;
};

struct app {
    struct app_options options;
    unsigned serial;                /* of the apps of this process, 1.. */
    struct http_app http;           /* what the server calls */
    struct http_server *server;     /* NULL in tests without a socket */
    struct pool *logins;            /* for pages with PAGE_LOGIN */
    struct templates *templates;
    struct lines *lines;            /* private: what is said of requests */
    struct log_queue *log;
    struct writer *writer;
    struct store *writer_store;     /* private */
    struct seat *writing;          /* private: the writer's */
    struct live *live;              /* what is in memory of rounds */
    struct seat *seats;           /* private: of all threads */
    pthread_mutex_t seats_mutex;   /* private */
    atomic_uint rounds_version;     /* goes up when a round was changed */
    atomic_bool stopping;
    atomic_int_fast64_t purged_ms;  /* when old sessions went last */
    struct metrics metrics;
    struct limit *optouts;          /* how often an account may hear that
                                       somebody has opted out of a round */
    bool demo;                      /* a demo store: loopback only */
};

/* Opens the store (which must not be written by another process), loads
 * templates, starts the threads and, where O->http.listen is not NULL,
 * listens. NULL with E set. */
struct app *app_start(const struct app_options *o, struct err *e);
/* Finishes what is under way, within five seconds. Takes NULL. */
void app_stop(struct app *app);
/* Answers X; what the HTTP server calls. */
void app_handle(void *app, struct exchange *x);

/* What one thread has. */
struct seat;
/* This thread's, made when first asked for; NULL with E set. */
struct seat *app_seat(struct app *app, struct err *e);
struct store *seat_store(struct seat *l);
/* Round ID opened in this thread's store, borrowed until the thread asks for
 * another eight; "round.unknown" as round_load. */
struct opened *seat_round(struct seat *l, const char *id, struct err *e);
/* The writer's rounds: on its thread only. */
struct opened *app_writing_round(struct app *app, const char *id,
                                 struct err *e);
/* Rounds are loaded anew by whoever asks next. */
void app_rounds_changed(struct app *app);

/* Where pages keep what they make once for each thread: a slot a page,
 * freed with the round it belongs to. */
enum seat_slot { SEAT_FORM, SEAT_BUILDER, SEAT_NAME, SEAT_SLOTS };
void *seat_kept(struct seat *l, const struct opened *round,
                 enum seat_slot slot);
void seat_keep(struct seat *l, const struct opened *round,
                enum seat_slot slot, void *data, void (*free_data)(void *));

#endif
