/* exchange.h - an exchange from inside: for http.c and the transports.
 *
 * A transport (http_mhd.c, or the fake one) makes an exchange, hands over
 * what arrived, and asks what is wrong with it; then it runs the handler
 * and sends the response. An exchange is freed when nobody holds a
 * reference: the transport has one until the answer has left, deferred work
 * one while it runs, and who holds it one until exchange_send. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H
#include <stdatomic.h>
#include "web/http.h"

/* Who goes first: the transport that wants to wait for the answer, or
 * whoever has it ready? Each steps from where it stands, at once, and sees
 * where the other was. */
enum exchange_state {
    EXCHANGE_RUNS,      /* the transport is in it */
    EXCHANGE_WAITS,     /* the transport must be woken */
    EXCHANGE_SENT,      /* the answer is ready */
    EXCHANGE_LEFT       /* the transport answered by itself: too late */
};

/* A header of the response. */
struct http_line {
    const char *name, *value;
    struct http_line *next;
};

struct exchange {
    struct request request;
    struct response response;
    struct arena memory, *arena;
    struct http_pair *headers;          /* of the request */
    int header_count, header_room;
    uint64_t length;            /* Content-Length, 0 where there is none */
    const char *version;        /* "HTTP/1.1" */
    char *body;                 /* LENGTH + 1 bytes */
    size_t filled;              /* of the body */
    char *form_text;            /* the same size */
    struct http_line *lines, *last_line;
    const struct http_app *app;
    void (*work)(void *ctx, struct exchange *x);
    void *work_ctx;
    void *kept;
    void (*free_kept)(void *data);
    atomic_int refs;
    atomic_int state;           /* enum exchange_state */
    atomic_bool held;
    int64_t began_us, micros;
    /* Wakes the transport, once, from any thread. */
    void (*wake)(struct exchange *x);
    void *transport;            /* the transport's own */
    struct exchange *next, *prev;       /* the transport's list */
    bool begun;                 /* the transport's */
};

/* Monotonic. */
int64_t exchange_clock_us(void);
/* With one reference, an id, and room for HEADERS headers. */
struct exchange *exchange_new(const struct random *random);
void exchange_ref(struct exchange *x);
void exchange_unref(struct exchange *x);

/* Makes room for COUNT headers; each is then added, copied. */
void exchange_headers(struct exchange *x, int count);
void exchange_header(struct exchange *x, const char *name, size_t name_len,
                     const char *value, size_t value_len);
/* The head of the request: METHOD and TARGET as sent, X's headers. Returns 0
 * or the status to refuse it with. Below BODY_MAX bytes of body. */
int exchange_head(struct exchange *x, const char *method,
                  const char *target, size_t body_max);
/* Memory for the body; false if there is none. */
MUST_CHECK bool exchange_room(struct exchange *x);
/* The body is whole: the request's form. Returns 0 or a status. */
int exchange_body(struct exchange *x);

/* Gives X a page for STATUS instead of what its response held. */
void exchange_refuse(struct exchange *x, const struct http_app *app,
                     int status);
/* Deferred work, on a worker thread; takes over one reference. */
void exchange_work(struct exchange *x);
/* The last look at the response before it leaves: its body is whole or it
 * is a page for 500. The bytes to send. */
const void *exchange_finish(struct exchange *x, size_t *len);
/* The app's header NAME is on the response, or any of the fixed ones is to
 * be left out because of it. */
bool exchange_has_line(const struct exchange *x, const char *name);

#endif
