/* app.c - see app.h. Started from below upwards, stopped from above. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "feed/columned.h"
#include "store/account.h"
#include "report/fixed.h"
#include "store/key.h"
#include "web/app_private.h"
#include "web/lines.h"
#include "web/page.h"
#include "web/sandbox.h"

enum { LOGIN_THREADS = 4, LOGIN_ROOM = 1024, LOGIN_STOP_MS = 500 };

/* What every answer says, also those that no page makes. */
static const struct http_pair fixed_headers[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self';"
      " img-src 'self' data:; font-src 'self'; connect-src 'self';"
      " form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "X-Frame-Options", "DENY" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",
      "camera=(), microphone=(), geolocation=(), payment=()" },
    { "Strict-Transport-Security", "max-age=31536000" },
};
enum { OPTOUTS = 10, OPTOUTS_MS = 3600 * 1000 };
enum { FIXED = sizeof fixed_headers / sizeof fixed_headers[0] };

/* The last is for answers that come by TLS only. */
static int
fixed_count(const struct app_options *o)
{
    return o->http.tls_cert != NULL || o->http.trust_proxy ? FIXED
                                                           : FIXED - 1;
}

void
app_rounds_changed(struct app *app)
{
    atomic_fetch_add(&app->rounds_version, 1);
    live_outdate(app->live);
}

struct opened *
app_writing_round(struct app *app, const char *id, struct err *e)
{
    return seat_round(app->writing, id, e);
}

static void
group_commits(void *ctx)
{
    struct app *app = ctx;

    live_commits(app->live);
}

/* Who was deleted leaves memory before anybody is told. */
static void
group_committed(void *ctx)
{
    struct app *app = ctx;

    live_committed(app->live, app->writer_store);
}

/* Where a part was undone, what the writer has in memory may be ahead of what
 * is on disk. */
static void
group_told(void *ctx, bool undone)
{
    struct app *app = ctx;

    seat_after(app->writing, undone);
    live_told(app->live, app->writer_store);
}

/* Counting again gave something else, or a round can't be kept in memory:
 * which round, and whose registration, no log says. Only of the two faults
 * that are numbers of ours are there more words. */
static void
say_live(void *ctx, const struct err *fault)
{
    struct app *app = ctx;
    bool ours = strcmp(fault->key, "live.differs") == 0
             || strcmp(fault->key, "live.large") == 0;
    char line[128];
    int n = snprintf(line, sizeof line, "counters: %s %s %s\n", fault->key,
                     ours ? fault->arg[0] : "", ours ? fault->arg[1] : "");

    atomic_fetch_add(&app->metrics.live_faults, 1);
    if (n > 0 && (size_t)n < sizeof line)
        lines_put(app->lines, line, (size_t)n);
}

/* One line a request: what kind of page, never which person, round or who
 * asked. */
static void
log_request(void *ctx, const struct exchange *x, int status, int64_t micros)
{
    struct app *app = ctx;
    const struct page *p = exchange_kept(x);
    const struct request *r = exchange_request(x);
    char line[256], time[TIME_TEXT];
    int n;

    metrics_count(&app->metrics, status, micros);
    if (app->options.quiet || (p == NULL && status < 400))
        return;
    time_print(time, clock_now(&app->options.store.clock));
    n = snprintf(line, sizeof line, "%s %d %lld us %s %s id=%s\n", time,
                 status, (long long)micros,
                 p != NULL && p->def != NULL ? p->def->method : "-",
                 p != NULL && p->def != NULL && p->def->path[0] != '\0'
                     ? p->def->path : "-", r->id);
    if (n > 0 && (size_t)n < sizeof line)
        lines_put(app->lines, line, (size_t)n);
}

static bool
open_store(struct app *app, struct err *e)
{
    struct store_options o = app->options.store;
    struct arena arena;
    const char *demo;
    bool ok;

    o.mode = STORE_WRITE;
    app->writer_store = store_open(&o, e);
    if (app->writer_store == NULL)
        return false;
    arena_init(&arena);
    ok = columned_tidy(app->writer_store, e)
         && store_setting_get(app->writer_store, "demo", &arena, &demo, e);
    app->demo = ok && strcmp(demo, "1") == 0;
    arena_clear(&arena);
    return ok;
}

/* Whether LISTEN is an address that only this machine reaches. */
static bool
is_loopback(const char *listen)
{
    return strncmp(listen, "127.", 4) == 0 || strncmp(listen, "[::1]", 5) == 0
           || strncmp(listen, "localhost:", 10) == 0
           || strncmp(listen, "unix:", 5) == 0;
}

static bool
start_threads(struct app *app, struct err *e)
{
    const struct writer_watch watch = {
        group_commits, group_committed, group_told, app
    };
    const struct live_options live = {
        .store = app->writer_store, .ask = report_fixed, .thread = true,
        .say = say_live, .ctx = app
    };

    app->lines = lines_start(STDERR_FILENO, e);
    app->log = app->lines == NULL ? NULL
               : log_queue_start(app->options.store.path, e);
    if (app->log == NULL)
        return false;
    app->logins = pool_start(LOGIN_THREADS, LOGIN_ROOM, e);
    if (app->logins == NULL)
        return false;
    app->writing = seat_of_writer(app, app->writer_store);
    app->live = live_start(&live, e);
    if (app->live == NULL)
        return false;
    app->writer = writer_start(app->writer_store, &watch, e);
    return app->writer != NULL;
}

/* The socket, without anybody behind it yet. */
static bool
listen_at(struct app *app, struct err *e)
{
    struct http_app http = {
        .handle = app_handle, .log = log_request, .refuse = app_refuse,
        .ctx = app, .fixed_headers = fixed_headers,
        .fixed_header_count = fixed_count(&app->options)
    };
    const char *listen = app->options.http.listen;

    app->http = http;
    if (listen == NULL)
        return true;
    if (app->demo && !is_loopback(listen))
        return err_set(e, ERR_INPUT, "serve.demo_loopback", "%s", listen);
    app->server = http_open(&app->options.http, &app->http, e);
    return app->server != NULL;
}

static void
warn(const struct app *app, const char *key)
{
    struct err warning = { 0 };

    err_set(&warning, ERR_MACHINE, key, "");
    if (app->options.warn != NULL)
        app->options.warn(app->options.warn_ctx, &warning);
}

/* While there is but one thread. */
static bool
confine(struct app *app, struct err *e)
{
    struct sandbox box = {
        .store = store_path(app->writer_store),
        .keys = store_keys(app->writer_store),
        .address = app->server != NULL ? http_address(app->server) : NULL
    };
    int held;

    if (!app->options.sandbox)
        return true;
    if (!key_directory(box.keys, e) || !sandbox_enter(&box, &held, e))
        return false;
    if ((held & SANDBOX_FILES) == 0)
        warn(app, "sandbox.no_files");
    if ((held & SANDBOX_CALLS) == 0)
        warn(app, "sandbox.no_calls");
    return true;
}

static bool
run(struct app *app, struct err *e)
{
    return app->server == NULL || http_run(app->server, e);
}

struct app *
app_start(const struct app_options *o, struct err *e)
{
    static atomic_uint serial;
    struct app *app = mem_take(sizeof *app);

    memset(app, 0, sizeof *app);
    app->options = *o;
    app->serial = atomic_fetch_add(&serial, 1) + 1;
    app->metrics.started_ms = clock_now(&o->store.clock);
    pthread_mutex_init(&app->seats_mutex, NULL);
    app->optouts = limit_new(OPTOUTS, OPTOUTS_MS);
    app->templates = templates_load(e);
    if (app->templates != NULL && open_store(app, e) && listen_at(app, e)
        && confine(app, e) && start_threads(app, e) && run(app, e))
        return app;
    app_stop(app);
    return NULL;
}

static void
say(const char *line)
{
    ssize_t written = write(STDERR_FILENO, line, strlen(line));
    (void)written;
}

static void
stop_log(struct app *app)
{
    struct err e = { 0 };

    if (!log_queue_stop(app->log, &e))
        say("failed: the last records of the access log were not written\n");
}

void
app_stop(struct app *app)
{
    if (app == NULL)
        return;
    atomic_store(&app->stopping, true);
    /* What still runs then is not waited for: the process ends. */
    if ((app->server != NULL && !http_stop(app->server))
        || !pool_stop(app->logins, LOGIN_STOP_MS)) {
        lines_stop(app->lines);
        return;
    }
    writer_stop(app->writer);
    live_stop(app->live);
    lines_stop(app->lines);
    seat_free_all(app);
    stop_log(app);
    store_close(app->writer_store);
    templates_free(app->templates);
    limit_free(app->optouts);
    pthread_mutex_destroy(&app->seats_mutex);
    free(app);
}
