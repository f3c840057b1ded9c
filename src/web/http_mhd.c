/* http_mhd.c - see http.h: exchanges over libmicrohttpd.
 *
 * The library calls on_target when a request line has arrived, on_request
 * when the headers have, for each part of the body, and when all is there,
 * and on_completed when the answer has left or the connection broke; all on
 * the I/O thread that has the connection. A request whose answer comes from
 * elsewhere is suspended, and on_request is called again when it has been
 * resumed (park, wake).
 *
 * To answer in the first call of on_request makes the library close the
 * connection after it, unread: so are the head's refusals made. A body that
 * is too large by not too much is read and dropped first, for a browser that
 * is still sending when the connection closes shows no answer.
 *
 * What the library makes itself, before it asks us, carries none of the
 * fixed headers: 414 and 431 for what does not fit READ_MEMORY (less is
 * refused here, by the limits of http.h), 400 for a line that is no header
 * and a Content-Length that is no number, 505, and 413 for a length beyond
 * 2^64. They are fixed texts without a word of the request.
 *
 * A header or body stands in the library's own memory while it is read. The
 * body is overwritten as soon as it is copied; headers are when the next
 * request comes, and not if the connection closes. */
#include "web/http_mhd.h"
#include <stdio.h>
#include <string.h>

enum { DRAIN_MAX = 4 << 20 };

/* What the transport knows of an exchange; in its arena. */
struct link {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct conn *conn;
    const char *target;         /* as sent */
    const char *target_end;     /* in the library's memory */
    uint64_t drain;             /* bytes still to be dropped */
    int refusal;                /* once they are */
    bool parked, answered;
    int status;                 /* of the answer */
    int64_t micros;             /* until it was ready */
};

static struct link *
link_of(const struct exchange *x)
{
    return x->transport;
}

static void
wake(struct exchange *x)
{
    MHD_resume_connection(link_of(x)->connection);
}

static struct conn *
conn_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
        ->socket_context;
}

void *
on_target(void *ctx, const char *target, struct MHD_Connection *c)
{
    struct http_server *s = ctx;
    struct exchange *x = exchange_new(&s->random);
    struct link *l = arena_take(x->arena, sizeof *l);
    size_t n = strlen(target);

    l->server = s;
    l->connection = c;
    l->conn = conn_of(c);
    l->target = arena_text_n(x->arena, target, n);
    l->target_end = target + n;
    x->transport = l;
    x->wake = wake;
    x->app = &s->app;
    conn_step(l->conn, CONN_HEAD);
    atomic_fetch_add(&s->active, 1);
    return x;
}

static bool
add_lines(struct exchange *x, struct MHD_Response *r)
{
    const struct http_app *app = x->app;
    bool ok = true;

    for (const struct http_line *l = x->lines; l != NULL; l = l->next)
        ok = ok && MHD_add_response_header(r, l->name, l->value) == MHD_YES;
    for (int i = 0; i < app->fixed_header_count; i++) {
        const struct http_pair *h = &app->fixed_headers[i];

        if (!exchange_has_line(x, h->name))
            ok = ok && MHD_add_response_header(r, h->name, h->value)
                       == MHD_YES;
    }
    return ok;
}

static enum MHD_Result
queue(struct exchange *x, int status, int64_t micros,
      struct MHD_Response *r)
{
    struct link *l = link_of(x);
    enum MHD_Result result = MHD_NO;

    conn_step(l->conn, CONN_SEND);
    if (r != NULL) {
        if (atomic_load(&l->server->stopping))
            MHD_add_response_header(r, "Connection", "close");
        result = MHD_queue_response(l->connection, (unsigned)status, r);
        MHD_destroy_response(r);
    }
    l->answered = result == MHD_YES;
    l->status = status;
    l->micros = micros;
    return result;
}

/* The bytes of the response are the exchange's: it lives until on_completed,
 * after which the library reads them no more. */
static enum MHD_Result
answer(struct exchange *x)
{
    size_t len;
    const void *data = exchange_finish(x, &len);
    struct response *response = &x->response;
    struct MHD_Response *r = MHD_create_response_from_buffer(
        len, (void *)(uintptr_t)data, MHD_RESPMEM_PERSISTENT);

    if (r == NULL || !add_lines(x, r)
        || (response->media != NULL
            && MHD_add_response_header(r, "Content-Type", response->media)
               != MHD_YES)) {
        if (r != NULL)
            MHD_destroy_response(r);
        r = NULL;
    }
    return queue(x, response->status, x->micros, r);
}

/* 503 for work that goes on after the server has stopped waiting for it: its
 * response is the worker's and may be changing. */
static enum MHD_Result
answer_left(struct exchange *x)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
    const struct http_app *app = x->app;

    for (int i = 0; r != NULL && i < app->fixed_header_count; i++)
        MHD_add_response_header(r, app->fixed_headers[i].name,
                                app->fixed_headers[i].value);
    if (r != NULL)
        MHD_add_response_header(r, "Retry-After", "2");
    return queue(x, 503, exchange_clock_us() - x->began_us, r);
}

static enum MHD_Result
refuse(struct exchange *x, int status)
{
    exchange_refuse(x, x->app, status);
    return answer(x);
}

struct reading {
    struct exchange *x;
    bool plain;                 /* each was one line, ended by CR LF */
};

/* Version 0.9.75 also takes lines ended by LF alone, goes on with the name
 * of a header where a line begins with a blank, and cuts at a NUL. Each
 * leaves a trace in its memory, where a plain header is its name, a NUL,
 * blanks, its value, and two NULs that were CR and LF. */
static bool
plain_line(const char *name, size_t name_len, const char *value,
           size_t value_len)
{
#if MHD_VERSION < 0x01000000
    const char *c = name + name_len;

    if (value <= c || *c != '\0')
        return false;
    while (++c < value)
        if (*c != ' ' && *c != '\t')
            return false;
    return value[value_len] == '\0' && value[value_len + 1] == '\0';
#else
    return true;
#endif
}

static enum MHD_Result
read_header(void *ctx, enum MHD_ValueKind kind, const char *name,
            size_t name_len, const char *value, size_t value_len)
{
    struct reading *reading = ctx;

    (void)kind;
    if (value == NULL || !plain_line(name, name_len, value, value_len)) {
        reading->plain = false;
        return MHD_NO;
    }
    exchange_header(reading->x, name, name_len, value, value_len);
    return MHD_YES;
}

/* 0, or what the head is to be refused with. */
static int
read_head(struct exchange *x, const char *method, const char *version)
{
    struct link *l = link_of(x);
    struct reading reading = { x, true };
    int count = MHD_get_connection_values_n(l->connection, MHD_HEADER_KIND,
                                            NULL, NULL);

    exchange_headers(x, count);
    x->version = arena_text(x->arena, version);
#if MHD_VERSION < 0x01000000
    /* A NUL in the target would end it sooner; LF alone, the line. */
    if (version != l->target_end + 1 || version[strlen(version) + 1] != '\0')
        return 400;
#endif
    MHD_get_connection_values_n(l->connection, MHD_HEADER_KIND, read_header,
                                &reading);
    if (!reading.plain)
        return 400;
    return exchange_head(x, method, l->target, l->server->body_max);
}

static bool
https(const struct exchange *x)
{
    const char *proto = request_header(x, "X-Forwarded-Proto");

    return link_of(x)->server->tls
           || (link_of(x)->server->trust_proxy && proto != NULL
               && strcmp(proto, "https") == 0);
}

/* The headers are there. */
static enum MHD_Result
begin(struct exchange *x, const char *method, const char *version)
{
    struct link *l = link_of(x);
    int status;

    x->begun = true;
    if (!conn_step(l->conn, CONN_BODY))
        return MHD_NO;
    status = read_head(x, method, version);
    x->request.secure = https(x);
    if (atomic_load(&l->server->stopping))
        status = 503;
    if (status == 413 && x->length <= DRAIN_MAX
        && request_header(x, "Expect") == NULL) {
        l->drain = x->length;
        l->refusal = status;
        return MHD_YES;
    }
    if (status == 0 && x->length > 0 && !exchange_room(x))
        status = 503;
    return status == 0 ? MHD_YES : refuse(x, status);
}

/* A part of the body. */
static enum MHD_Result
take_body(struct exchange *x, const char *data, size_t n)
{
    struct link *l = link_of(x);

    if (l->drain > 0) {
        l->drain -= n < l->drain ? n : l->drain;
    } else {
        if (x->body == NULL || n > x->length - x->filled)
            return MHD_NO;
        memcpy(x->body + x->filled, data, n);
        x->filled += n;
    }
    explicit_bzero((void *)(uintptr_t)data, n);
    return MHD_YES;
}

/* To be called again when the answer is ready. */
static enum MHD_Result
park(struct exchange *x)
{
    struct link *l = link_of(x);
    int runs = EXCHANGE_RUNS;

    if (!parked_add(l->server, x)) {
        if (atomic_compare_exchange_strong(&x->state, &runs, EXCHANGE_LEFT))
            return answer_left(x);
        return answer(x);
    }
    l->parked = true;
    MHD_suspend_connection(l->connection);
    if (!atomic_compare_exchange_strong(&x->state, &runs, EXCHANGE_WAITS))
        MHD_resume_connection(l->connection);
    return MHD_YES;
}

static void
run_work(void *arg, bool work)
{
    if (work)
        exchange_work(arg);
    else
        exchange_unref(arg);
}

/* The request is whole. */
static enum MHD_Result
run(struct exchange *x)
{
    struct link *l = link_of(x);
    int status = l->refusal;

    x->began_us = exchange_clock_us();
    if (!conn_step(l->conn, CONN_WORK))
        return MHD_NO;
    if (status == 0 && x->filled != x->length)
        status = 400;
    if (status == 0)
        status = exchange_body(x);
    if (status != 0)
        return refuse(x, status);
    x->app->handle(x->app->ctx, x);
    if (x->work != NULL) {
        exchange_ref(x);
        if (pool_put(l->server->pool, run_work, x))
            return park(x);
        exchange_unref(x);
        exchange_refuse(x, x->app, 503);
    } else if (atomic_load(&x->held)) {
        return park(x);
    }
    x->micros = exchange_clock_us() - x->began_us;
    return answer(x);
}

/* After it was parked. */
static enum MHD_Result
run_on(struct exchange *x)
{
    struct link *l = link_of(x);
    int state = atomic_load(&x->state);

    if (l->answered || (state != EXCHANGE_SENT && state != EXCHANGE_LEFT))
        return MHD_YES;
    parked_remove(l->server, x);
    l->parked = false;
    return state == EXCHANGE_SENT ? answer(x) : answer_left(x);
}

enum MHD_Result
on_request(void *ctx, struct MHD_Connection *c, const char *url,
           const char *method, const char *version, const char *data,
           size_t *n, void **exchange)
{
    struct exchange *x = *exchange;
    size_t got = *n;

    (void)ctx, (void)c, (void)url;
    if (!x->begun)
        return begin(x, method, version);
    *n = 0;
    if (got > 0)
        return take_body(x, data, got);
    return link_of(x)->parked ? run_on(x) : run(x);
}

void
on_completed(void *ctx, struct MHD_Connection *c, void **exchange,
             enum MHD_RequestTerminationCode why)
{
    struct http_server *s = ctx;
    struct exchange *x = *exchange;
    struct link *l = x != NULL ? link_of(x) : NULL;
    const struct http_app *app = &s->app;

    (void)c, (void)why;
    if (x == NULL)
        return;
    *exchange = NULL;
    if (app->log != NULL && (l->answered || conn_reaped(l->conn)))
        app->log(app->ctx, x, l->answered ? l->status : 408, l->micros);
    if (l->parked)              /* the client went before the answer */
        parked_remove(s, x);
    conn_step(l->conn, CONN_IDLE);
    exchange_unref(x);
    atomic_fetch_sub(&s->active, 1);
}

void
on_connection(void *ctx, struct MHD_Connection *c, void **conn,
              enum MHD_ConnectionNotificationCode code)
{
    struct http_server *s = ctx;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *conn = conn_add(s->reaper,
                         MHD_get_connection_info(
                             c, MHD_CONNECTION_INFO_CONNECTION_FD)
                         ->connect_fd);
    } else if (*conn != NULL) {
        conn_remove(s->reaper, *conn);
        *conn = NULL;
    }
}
