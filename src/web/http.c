/* http.c - see http.h and exchange.h: what an exchange is, apart from how
 * it travels.
 *
 * All that a request lends is a copy: the transport may be gone (the server
 * stopped) while work on another thread still reads it. The copies of a
 * body, and the arena with what was made of it, are overwritten at the end;
 * so are session cookies, which stand among the headers. */
#include "web/exchange.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "web/http_parse.h"

int64_t
exchange_clock_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct exchange *
exchange_new(const struct random *random)
{
    struct exchange *x = mem_take(sizeof *x);

    x->arena = &x->memory;
    arena_init(x->arena);
    atomic_init(&x->refs, 1);
    atomic_init(&x->state, EXCHANGE_RUNS);
    x->request.method = HTTP_OTHER;
    x->request.path = x->request.body = x->request.media = "";
    x->version = "HTTP/1.1";
    x->began_us = exchange_clock_us();
    snprintf(x->request.id, sizeof x->request.id, "%016llx",
             (unsigned long long)random_u64(random));
    x->response.status = 200;
    x->response.media = "text/html; charset=utf-8";
    buf_init(&x->response.body, 0);
    return x;
}

void
exchange_ref(struct exchange *x)
{
    atomic_fetch_add(&x->refs, 1);
}

void
exchange_unref(struct exchange *x)
{
    if (atomic_fetch_sub(&x->refs, 1) > 1)
        return;
    if (x->free_kept != NULL)
        x->free_kept(x->kept);
    if (x->body != NULL)
        buf_wipe(&x->response.body);
    else
        buf_clear(&x->response.body);
    mem_wipe(x->body, (size_t)x->length + 1);
    mem_wipe(x->form_text, (size_t)x->length + 1);
    arena_wipe(x->arena);
    free(x);
}

void
exchange_headers(struct exchange *x, int count)
{
    x->headers = arena_array(x->arena, (size_t)count, sizeof *x->headers);
    x->header_room = count;
}

void
exchange_header(struct exchange *x, const char *name, size_t name_len,
                const char *value, size_t value_len)
{
    struct http_pair *h = &x->headers[x->header_count];
    char *text = arena_take(x->arena, name_len + value_len + 2);

    assert(x->header_count < x->header_room);
    x->header_count++;
    while (value_len > 0 && (value[value_len - 1] == ' '
                             || value[value_len - 1] == '\t'))
        value_len--;
    memcpy(text, name, name_len);
    memcpy(text + name_len + 1, value, value_len);
    h->name = text;
    h->value = text + name_len + 1;
}

bool
exchange_room(struct exchange *x)
{
    x->body = malloc((size_t)x->length + 1);
    if (x->body != NULL)
        x->body[0] = '\0';
    /* A page made of a body may repeat it. */
    buf_init_secret(&x->response.body, 0);
    return x->body != NULL;
}

int
exchange_body(struct exchange *x)
{
    struct request *r = &x->request;
    bool multipart;

    if (x->body == NULL)
        return 0;
    assert(x->filled == x->length);
    x->body[x->filled] = '\0';
    r->body = x->body;
    r->body_len = x->filled;
    multipart = strcmp(r->media, "multipart/form-data") == 0;
    if (!multipart
        && strcmp(r->media, "application/x-www-form-urlencoded") != 0)
        return 0;
    x->form_text = malloc(x->filled + 1);
    if (x->form_text == NULL)
        return 503;
    r->form_count = multipart
        ? http_multipart(x->arena, request_header(x, "Content-Type"),
                         r->body, r->body_len, x->form_text, &r->form)
        : http_pairs(x->arena, r->body, r->body_len, x->form_text, &r->form);
    if (r->form_count >= 0)
        return 0;
    r->form_count = 0;
    return 400;
}

const struct request *
exchange_request(const struct exchange *x)
{
    return &x->request;
}

struct arena *
exchange_arena(struct exchange *x)
{
    return x->arena;
}

struct response *
exchange_response(struct exchange *x)
{
    return &x->response;
}

const char *
request_header(const struct exchange *x, const char *name)
{
    for (int i = 0; i < x->header_count; i++)
        if (strcasecmp(x->headers[i].name, name) == 0)
            return x->headers[i].value;
    return NULL;
}

const char *
request_cookie(const struct exchange *x, const char *name)
{
    const char *value;
    size_t len;

    for (int i = 0; i < x->header_count; i++)
        if (strcasecmp(x->headers[i].name, "Cookie") == 0
            && http_cookie(x->headers[i].value, name, &value, &len))
            return arena_text_n(x->arena, value, len);
    return NULL;
}

static const char *
pair_value(const struct http_pair *pairs, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(pairs[i].name, name) == 0)
            return pairs[i].value;
    return NULL;
}

const char *
request_query(const struct request *r, const char *name)
{
    return pair_value(r->query, r->query_count, name);
}

const char *
request_form(const struct request *r, const char *name)
{
    return pair_value(r->form, r->form_count, name);
}

void
response_header(struct exchange *x, const char *name, const char *value)
{
    struct http_line *line = arena_take(x->arena, sizeof *line);
    char *copy = arena_text(x->arena, value);

    assert(http_token(name));
    for (char *c = copy; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
    line->name = arena_text(x->arena, name);
    line->value = copy;
    if (x->last_line != NULL)
        x->last_line->next = line;
    else
        x->lines = line;
    x->last_line = line;
}

const char *
response_header_at(const struct exchange *x, const char *name, int nth)
{
    for (const struct http_line *l = x->lines; l != NULL; l = l->next)
        if (strcasecmp(l->name, name) == 0 && nth-- == 0)
            return l->value;
    return NULL;
}

bool
exchange_has_line(const struct exchange *x, const char *name)
{
    return response_header_at(x, name, 0) != NULL;
}

void
response_redirect(struct exchange *x, const char *path)
{
    /* "//host" and "/\host" are other hosts to a browser. */
    bool ours = path[0] == '/' && path[1] != '/' && path[1] != '\\';

    x->response.status = 303;
    x->response.media = NULL;
    x->response.fixed = NULL;
    buf_reset(&x->response.body);
    response_header(x, "Location", ours ? path : "/");
}

void
exchange_keep(struct exchange *x, void *data, void (*free_data)(void *data))
{
    if (x->free_kept != NULL)
        x->free_kept(x->kept);
    x->kept = data;
    x->free_kept = free_data;
}

void *
exchange_kept(const struct exchange *x)
{
    return x->kept;
}

void
exchange_defer(struct exchange *x,
               void (*work)(void *ctx, struct exchange *x), void *ctx)
{
    assert(x->work == NULL && !atomic_load(&x->held));
    x->work = work;
    x->work_ctx = ctx;
}

void
exchange_hold(struct exchange *x)
{
    assert(!atomic_load(&x->held));
    exchange_ref(x);
    atomic_store(&x->held, true);
}

/* The answer is ready; wakes the transport if it waits already. */
static void
deliver(struct exchange *x)
{
    x->micros = exchange_clock_us() - x->began_us;
    for (;;) {
        int was = atomic_load(&x->state);

        assert(was != EXCHANGE_SENT);
        if (was == EXCHANGE_LEFT)
            return;
        if (!atomic_compare_exchange_strong(&x->state, &was, EXCHANGE_SENT))
            continue;
        if (was == EXCHANGE_WAITS)
            x->wake(x);
        return;
    }
}

void
exchange_send(struct exchange *x)
{
    deliver(x);
    exchange_unref(x);
}

void
exchange_work(struct exchange *x)
{
    x->work(x->work_ctx, x);
    if (!atomic_load(&x->held))
        deliver(x);
    exchange_unref(x);
}

void
exchange_refuse(struct exchange *x, const struct http_app *app, int status)
{
    struct response *r = &x->response;

    buf_reset(&r->body);
    x->lines = x->last_line = NULL;
    r->fixed = NULL;
    r->status = status;
    r->media = "text/html; charset=utf-8";
    if (app->refuse != NULL) {
        app->refuse(app->ctx, x, status);
        r->status = status;
    }
    if (app->refuse == NULL || r->body.failed) {
        buf_reset(&r->body);
        r->media = "text/plain";
        buf_printf(&r->body, "%d %s\n", status, x->request.id);
    }
    if (status == 503)
        response_header(x, "Retry-After", "2");
}

const void *
exchange_finish(struct exchange *x, size_t *len)
{
    struct response *r = &x->response;

    if (r->fixed == NULL && r->body.failed)
        exchange_refuse(x, x->app, 500);
    *len = r->fixed != NULL ? r->fixed_len : r->body.len;
    return r->fixed != NULL ? r->fixed : buf_string(&r->body);
}
