/* http_echo.c - the HTTP layer with a small application, for http_test.py.
 *
 *     http_echo ADDRESS [NAME=VALUE]...
 *
 * NAME is io, workers, queue, header, body, idle, body_max, proxy, cert,
 * key. Prints "ready ADDRESS", then a line for each request that is done
 * (status, micros), and on SIGTERM "stopped" or "left" (work still runs). */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "web/http.h"

enum { PAGE = 90000 };

static char page[PAGE];

static void
sleep_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static long
query_number(const struct exchange *x, const char *name)
{
    const char *value = request_query(exchange_request(x), name);

    return value != NULL ? strtol(value, NULL, 10) : 0;
}

static void
tell(struct buf *b, const char *what, const struct http_pair *pairs,
     int count)
{
    for (int i = 0; i < count; i++)
        buf_printf(b, "%s %s=%s\n", what, pairs[i].name, pairs[i].value);
}

/* What has arrived, a line each. */
static void
echo(void *ctx, struct exchange *x)
{
    static const char *const methods[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER",
    };
    const struct request *r = exchange_request(x);
    struct response *out = exchange_response(x);
    const char *cookie = request_cookie(x, "session");
    const char *header = request_header(x, "x-test");

    (void)ctx;
    out->media = "text/plain; charset=utf-8";
    buf_printf(&out->body, "method %s\npath %s\nmedia %s\nbody %zu\n",
               methods[r->method], r->path, r->media, r->body_len);
    buf_printf(&out->body, "secure %d\n", r->secure);
    tell(&out->body, "query", r->query, r->query_count);
    tell(&out->body, "form", r->form, r->form_count);
    if (cookie != NULL)
        buf_printf(&out->body, "cookie %s\n", cookie);
    if (header != NULL)
        buf_printf(&out->body, "header %s\n", header);
    response_header(x, "X-Own", "one");
    response_header(x, "X-Own", "two");
}

static void
work(void *ctx, struct exchange *x)
{
    sleep_ms(query_number(x, "ms"));
    echo(ctx, x);
}

static void *
send_later(void *arg)
{
    struct exchange *x = arg;

    sleep_ms(query_number(x, "ms"));
    echo(NULL, x);
    exchange_send(x);
    return NULL;
}

static void
hold(void *ctx, struct exchange *x)
{
    pthread_t thread;

    (void)ctx;
    exchange_hold(x);
    if (pthread_create(&thread, NULL, send_later, x) != 0)
        abort();
    pthread_detach(thread);
}

static void
handle(void *ctx, struct exchange *x)
{
    const char *path = exchange_request(x)->path;
    struct response *out = exchange_response(x);

    if (strcmp(path, "/") == 0) {
        buf_add(&out->body, page, sizeof page);
    } else if (strcmp(path, "/fixed") == 0) {
        out->fixed = page;
        out->fixed_len = sizeof page;
        response_header(x, "X-Frame-Options", "SAMEORIGIN");
    } else if (strcmp(path, "/defer") == 0) {
        exchange_defer(x, work, ctx);
    } else if (strcmp(path, "/hold") == 0) {
        hold(ctx, x);
    } else if (strcmp(path, "/defer-hold") == 0) {
        exchange_defer(x, hold, ctx);
    } else if (strcmp(path, "/early") == 0) {
        exchange_hold(x);
        echo(ctx, x);
        exchange_send(x);
    } else if (strcmp(path, "/fail") == 0) {
        out->body.failed = true;
    } else if (strcmp(path, "/away") == 0) {
        response_redirect(x, "/echo?from=away");
    } else if (strcmp(path, "/none") == 0) {
        out->status = 204;
        out->media = NULL;
    } else {
        echo(ctx, x);
    }
}

static void
log_line(void *ctx, const struct exchange *x, int status, int64_t micros)
{
    (void)ctx, (void)x;
    printf("%d %lld\n", status, (long long)micros);
}

static void
set(struct http_options *o, const char *name, const char *value)
{
    int number = atoi(value);

    if (strcmp(name, "io") == 0)
        o->io_threads = number;
    else if (strcmp(name, "workers") == 0)
        o->workers = number;
    else if (strcmp(name, "queue") == 0)
        o->queue = number;
    else if (strcmp(name, "header") == 0)
        o->header_seconds = number;
    else if (strcmp(name, "body") == 0)
        o->body_seconds = number;
    else if (strcmp(name, "idle") == 0)
        o->idle_seconds = number;
    else if (strcmp(name, "body_max") == 0)
        o->body_max = (size_t)number;
    else if (strcmp(name, "proxy") == 0)
        o->trust_proxy = number != 0;
    else if (strcmp(name, "cert") == 0)
        o->tls_cert = value;
    else if (strcmp(name, "key") == 0)
        o->tls_key = value;
    else
        abort();
}

int
main(int argc, char **argv)
{
    static const struct http_pair fixed[] = {
        { "X-Frame-Options", "DENY" },
        { "Content-Security-Policy", "default-src 'none'" },
    };
    struct http_app app = {
        .handle = handle, .fixed_headers = fixed, .fixed_header_count = 2,
    };
    struct http_options o = { .listen = argc > 1 ? argv[1] : "" };
    struct http_server *s;
    struct err e = { 0 };
    sigset_t stop;
    int got;

    for (int i = 2; i < argc; i++) {
        char *value = strchr(argv[i], '=');

        if (strcmp(argv[i], "log") == 0) {
            app.log = log_line;
            continue;
        }
        if (value == NULL)
            abort();
        *value = '\0';
        set(&o, argv[i], value + 1);
    }
    memset(page, 'x', sizeof page);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    s = http_start(&o, &app, &e);
    if (s == NULL) {
        printf("%s %s\n", e.key, e.args > 0 ? e.arg[0] : "");
        return (int)e.code;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("ready %s\n", http_address(s));
    sigwait(&stop, &got);
    printf("%s\n", http_stop(s) ? "stopped" : "left");
    return 0;
}
