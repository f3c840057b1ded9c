/* http_server.c - see http.h: starting and stopping the server.
 *
 * Stopping refuses what comes now, waits for what is under way, then answers
 * 503 in its place: the library must not be stopped while a connection of
 * its is suspended. MHD_quiesce_daemon would close the door at once, but
 * races with the library's own threads over its epoll set (0.9.75): it
 * ended the process with a panic one time in a hundred. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "web/http_mhd.h"

enum {
    CONNECTIONS = 4096, FILES_BESIDE = 512,
    READ_MEMORY = 32 * 1024,    /* a connection's, for head and parts */
    SEND_SECONDS = 600,         /* an answer, however slow it is taken */
    STOP_MS = 3500, STOP_STEP_MS = 5, STOP_WORK_MS = 200
};

bool
parked_add(struct http_server *s, struct exchange *x)
{
    bool open;

    pthread_mutex_lock(&s->lock);
    open = !s->left;
    if (open) {
        x->prev = NULL;
        x->next = s->parked;
        if (x->next != NULL)
            x->next->prev = x;
        s->parked = x;
    }
    pthread_mutex_unlock(&s->lock);
    return open;
}

void
parked_remove(struct http_server *s, struct exchange *x)
{
    pthread_mutex_lock(&s->lock);
    if (x->prev != NULL)
        x->prev->next = x->next;
    else
        s->parked = x->next;
    if (x->next != NULL)
        x->next->prev = x->prev;
    pthread_mutex_unlock(&s->lock);
}

/* How many connections there may be, with the limit on files raised. */
static unsigned
connections(void)
{
    struct rlimit limit;
    rlim_t want = CONNECTIONS + FILES_BESIDE;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    if (limit.rlim_cur < want) {
        limit.rlim_cur = limit.rlim_max < want ? limit.rlim_max : want;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= want)
        return CONNECTIONS;
    return limit.rlim_cur > FILES_BESIDE * 2
           ? (unsigned)limit.rlim_cur - FILES_BESIDE
           : (unsigned)limit.rlim_cur / 2;
}

static int
or_else(int value, int other)
{
    return value > 0 ? value : other;
}

static void
make_late(struct http_server *s)
{
    buf_init(&s->late, 0);
    buf_text(&s->late, "HTTP/1.1 408 Request Timeout\r\n"
                       "Connection: close\r\nContent-Length: 0\r\n");
    for (int i = 0; i < s->app.fixed_header_count; i++)
        buf_printf(&s->late, "%s: %s\r\n", s->app.fixed_headers[i].name,
                   s->app.fixed_headers[i].value);
    buf_text(&s->late, "\r\n");
}

static bool
start_reaper(struct http_server *s, const struct http_options *o,
             struct err *e)
{
    int head = or_else(o->header_seconds, 15);
    int limit[CONN_PHASES] = {
        [CONN_NEW] = head,
        [CONN_HEAD] = head,
        [CONN_BODY] = or_else(o->body_seconds, 60),
        [CONN_SEND] = SEND_SECONDS,
        /* The first byte of the next request is seen by nobody. */
        [CONN_IDLE] = or_else(o->idle_seconds, 60) + head,
    };

    make_late(s);
    /* Within TLS a plain answer is noise. */
    s->reaper = reaper_start(limit, s->tls ? NULL : buf_string(&s->late),
                             s->late.len, e);
    return s->reaper != NULL;
}

/* The library escapes nothing: http_guard.c does. */
static size_t
leave_escaped(void *ctx, struct MHD_Connection *c, char *text)
{
    (void)ctx, (void)c;
    return strlen(text);
}

static struct MHD_Daemon *
start_daemon(struct http_server *s, const struct http_options *o,
             const char *cert, const char *key)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD
                     | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    int io = or_else(o->io_threads, 1);
    struct MHD_OptionItem options[8] = { 0 };
    int n = 0;

    if (io > 1)
        options[n++] = (struct MHD_OptionItem){
            MHD_OPTION_THREAD_POOL_SIZE, io, NULL };
    if (s->tls) {
        flags |= MHD_USE_TLS;
        options[n++] = (struct MHD_OptionItem){
            MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)cert };
        options[n++] = (struct MHD_OptionItem){
            MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key };
        options[n++] = (struct MHD_OptionItem){
            MHD_OPTION_HTTPS_PRIORITIES, 0,
            (void *)(uintptr_t)"SECURE128:-VERS-ALL:+VERS-TLS1.3"
                               ":+VERS-TLS1.2" };
    }
    options[n] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s,
        MHD_OPTION_LISTEN_SOCKET, s->listening,
        MHD_OPTION_CONNECTION_LIMIT, s->connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)READ_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)or_else(o->idle_seconds, 60),
        MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_ARRAY, options,
        MHD_OPTION_END);
}

/* Its threads are made with all signals blocked: those are for main. */
static bool
serve(struct http_server *s, const struct http_options *o, struct err *e)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    s->daemon = start_daemon(s, o, buf_string(&s->cert),
                             buf_string(&s->key));
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    buf_wipe(&s->key);
    if (s->daemon != NULL)
        return true;
    return s->tls ? err_set(e, ERR_INPUT, "http.tls", "%s %s", o->tls_cert,
                            o->tls_key)
                  : err_set(e, ERR_MACHINE, "http.start", "");
}

static void
server_free(struct http_server *s)
{
    reaper_stop(s->reaper);
    buf_clear(&s->late);
    buf_clear(&s->cert);
    buf_wipe(&s->key);
    if (s->listening >= 0) {
        close(s->listening);
        http_listen_remove(s->address);
    }
    pthread_mutex_destroy(&s->lock);
    free(s);
}

struct http_server *
http_open(const struct http_options *o, const struct http_app *app,
          struct err *e)
{
    struct http_server *s = mem_take(sizeof *s);

    signal(SIGPIPE, SIG_IGN);
    s->app = *app;
    s->options = *o;
    s->random = o->random != NULL ? *o->random : random_system();
    s->tls = o->tls_cert != NULL && o->tls_key != NULL;
    s->trust_proxy = o->trust_proxy;
    s->body_max = o->body_max > 0 ? o->body_max : HTTP_BODY_MAX;
    s->connections = connections();
    pthread_mutex_init(&s->lock, NULL);
    buf_init(&s->cert, 0);
    buf_init_secret(&s->key, 0);
    s->listening = http_listen(o->listen, s->address, e);
    if (s->listening >= 0
        && (!s->tls || (buf_read_file(&s->cert, o->tls_cert, 1 << 20, e)
                        && buf_read_file(&s->key, o->tls_key, 1 << 20, e))))
        return s;
    server_free(s);
    return NULL;
}

bool
http_run(struct http_server *s, struct err *e)
{
    const struct http_options *o = &s->options;

    s->pool = pool_start(or_else(o->workers, 4), or_else(o->queue, 1024), e);
    return s->pool != NULL && start_reaper(s, o, e) && serve(s, o, e);
}

struct http_server *
http_start(const struct http_options *o, const struct http_app *app,
           struct err *e)
{
    struct http_server *s = http_open(o, app, e);

    if (s != NULL && !http_run(s, e)) {
        (void)http_stop(s);
        return NULL;
    }
    return s;
}

const char *
http_address(const struct http_server *s)
{
    return s->address;
}

static int64_t
steady_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
sleep_ms(int ms)
{
    nanosleep(&(struct timespec){ ms / 1000, (long)(ms % 1000) * 1000000 },
              NULL);
}

/* Those still parked are woken for a 503, and no more are parked. True if
 * there were none. */
static bool
leave_parked(struct http_server *s)
{
    bool none;

    pthread_mutex_lock(&s->lock);
    s->left = true;
    none = s->parked == NULL;
    for (struct exchange *x = s->parked; x != NULL; x = x->next) {
        int waits = EXCHANGE_WAITS;

        if (atomic_compare_exchange_strong(&x->state, &waits,
                                           EXCHANGE_LEFT))
            x->wake(x);
    }
    pthread_mutex_unlock(&s->lock);
    return none;
}

bool
http_stop(struct http_server *s)
{
    bool ended;

    if (s->daemon == NULL) {        /* it never ran */
        pool_stop(s->pool, 1000);
        server_free(s);
        return true;
    }
    atomic_store(&s->stopping, true);
    /* By the clock: on a busy machine every sleep is longer than asked. */
    for (int64_t end = steady_ms() + STOP_MS;
         steady_ms() < end && atomic_load(&s->active) > 0;)
        sleep_ms(STOP_STEP_MS);
    while (!leave_parked(s))
        sleep_ms(STOP_STEP_MS);
    if (atomic_load(&s->active) > 0)
        sleep_ms(STOP_WORK_MS / 2);
    ended = pool_stop(s->pool, STOP_WORK_MS);
    MHD_stop_daemon(s->daemon);
    http_listen_remove(s->address);
    s->listening = -1;          /* the library has closed it */
    server_free(s);
    return ended;
}
