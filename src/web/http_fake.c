/* http_fake.c - a transport without a socket, for tests (http.h).
 *
 * The same guard, decoding, refusals and rules of holding as the server's;
 * deferred work is run on the caller's thread. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "web/exchange.h"

struct fake {
    const char *method, *target;
    const void *body;
    size_t body_len;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool sent;
};

static void
wake(struct exchange *x)
{
    struct fake *f = x->transport;

    pthread_mutex_lock(&f->lock);
    f->sent = true;
    pthread_cond_signal(&f->woken);
    pthread_mutex_unlock(&f->lock);
}

static void
add_header(struct exchange *x, const char *name, const char *value)
{
    exchange_header(x, name, strlen(name), value, strlen(value));
}

struct exchange *
exchange_fake(enum http_method method, const char *target,
              const struct http_pair *headers, int count, const void *body,
              size_t body_len)
{
    static const char *const names[] = {
        [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST",
        [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH",
        [HTTP_DELETE] = "DELETE", [HTTP_OTHER] = "OPTIONS",
    };
    struct random random = random_system();
    struct exchange *x = exchange_new(&random);
    struct fake *f = mem_take(sizeof *f);
    char length[24];

    x->transport = f;
    x->wake = wake;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->woken, NULL);
    f->method = names[method];
    f->target = arena_text(x->arena, target);
    f->body = arena_text_n(x->arena, body_len > 0 ? body : "", body_len);
    f->body_len = body_len;
    exchange_headers(x, count + 2);
    for (int i = 0; i < count; i++)
        add_header(x, headers[i].name, headers[i].value);
    if (request_header(x, "Host") == NULL)
        add_header(x, "Host", "localhost");
    snprintf(length, sizeof length, "%zu", body_len);
    if (body_len > 0 && request_header(x, "Content-Length") == NULL)
        add_header(x, "Content-Length", length);
    return x;
}

/* 0, or what the request is to be refused with. */
static int
receive(struct exchange *x)
{
    struct fake *f = x->transport;
    int status = exchange_head(x, f->method, f->target, HTTP_BODY_MAX);

    if (status != 0 || x->length == 0)
        return status;
    assert(x->length == f->body_len);
    if (!exchange_room(x))
        return 503;
    memcpy(x->body, f->body, f->body_len);
    x->filled = f->body_len;
    return exchange_body(x);
}

static void
wait_sent(struct exchange *x)
{
    struct fake *f = x->transport;
    int runs = EXCHANGE_RUNS;

    if (!atomic_compare_exchange_strong(&x->state, &runs, EXCHANGE_WAITS))
        return;
    pthread_mutex_lock(&f->lock);
    while (!f->sent)
        pthread_cond_wait(&f->woken, &f->lock);
    pthread_mutex_unlock(&f->lock);
}

int
exchange_run(const struct http_app *app, struct exchange *x)
{
    int status = receive(x);
    size_t len;

    x->app = app;
    if (status != 0) {
        exchange_refuse(x, app, status);
        return x->response.status;
    }
    app->handle(app->ctx, x);
    if (x->work != NULL) {
        exchange_ref(x);
        exchange_work(x);
    }
    if (atomic_load(&x->held))
        wait_sent(x);
    exchange_finish(x, &len);
    if (app->log != NULL)
        app->log(app->ctx, x, x->response.status, x->micros);
    return x->response.status;
}

void
exchange_free(struct exchange *x)
{
    struct fake *f;

    if (x == NULL)
        return;
    f = x->transport;
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->woken);
    free(f);
    exchange_unref(x);
}
