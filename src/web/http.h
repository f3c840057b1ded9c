/* http.h - requests and answers, and the server that carries them.
 *
 * Nothing here knows the library beneath (libmicrohttpd, http_mhd.c), so
 * that an application runs without a socket in tests. An application is a
 * struct http_app. Its HANDLE is called once for a request that has arrived
 * whole and is well formed; it fills the exchange's response and returns,
 * and the answer leaves; or it has the work done elsewhere (exchange_defer),
 * or answers later (exchange_hold).
 *
 * What is refused here, and never reaches HANDLE:
 *   400  not HTTP: bad names, two Hosts or none, a length twice or with
 *        Transfer-Encoding, two Content-Types or Authorizations, a NUL, bad
 *        escape or text that is not UTF-8 in path, query or form
 *   408  too slow       411  a body in chunks      413  a body too large
 *   414  a long target  431  long headers          505  not HTTP/1.0 or 1.1
 *   503  too much to do (Retry-After), or the server is stopping
 * Those that leave in doubt where the next request begins close the
 * connection.
 *
 * Never in a message or log of this layer: target, header, body, address. */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/random.h"

enum http_method {
    HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE,
    HTTP_OTHER
};

enum {
    HTTP_TARGET_MAX = 4096,     /* bytes of path and query, as sent */
    HTTP_HEADERS_MAX = 12288,   /* bytes of all names and values */
    HTTP_HEADER_COUNT = 64,
    HTTP_PAIRS_MAX = 4096,      /* of a query or a form */
    HTTP_BODY_MAX = 256 * 1024, /* unless the options say otherwise */
    HTTP_ID = 17                /* size with the NUL */
};

/* In a request decoded, valid UTF-8, without NUL inside. */
struct http_pair {
    const char *name, *value;
};

struct request {
    enum http_method method;
    const char *path;           /* decoded, begins with '/', no query; "" in
                                   a request that is refused */
    const struct http_pair *query;
    int query_count;
    const struct http_pair *form;   /* a body that is
                                       application/x-www-form-urlencoded, or
                                       multipart/form-data: a file is the
                                       value of its field */
    int form_count;
    const char *body;           /* whole, a NUL behind; "" none */
    size_t body_len;
    const char *media;          /* Content-Type without its parameters, in
                                   lower case; "" none */
    char id[HTTP_ID];           /* 16 hex digits */
    bool secure;                /* TLS here, or a trusted proxy says https */
};

/* One request and its answer. All that a request lends lives until the
 * answer has left. Everything that carried a body, and the arena, is
 * overwritten before it is freed. */
struct exchange;

const struct request *exchange_request(const struct exchange *x);
/* For what the answer needs; one thread at a time. */
struct arena *exchange_arena(struct exchange *x);
/* The value of the first header of that name (any case), NULL if there is
 * none. Visible characters, blanks and tabs; maybe not UTF-8. */
const char *request_header(const struct exchange *x, const char *name);
/* The first cookie of that name (case matters), as sent: printable ASCII. */
const char *request_cookie(const struct exchange *x, const char *name);
/* The first of that name, NULL if there is none. */
const char *request_query(const struct request *r, const char *name);
const char *request_form(const struct request *r, const char *name);

struct response {
    int status;                 /* 200 */
    const char *media;          /* "text/html; charset=utf-8"; lives as long
                                   as the exchange; NULL: no Content-Type */
    struct buf body;            /* empty; where it failed, 500 leaves */
    const void *fixed;          /* instead of BODY: lives for ever (assets) */
    size_t fixed_len;
};

struct response *exchange_response(struct exchange *x);
/* Copied; several alike are allowed. Control characters in VALUE become
 * blanks. */
void response_header(struct exchange *x, const char *name,
                     const char *value);
/* 303 to PATH, already escaped, without a body; to "/" where PATH leads to
 * another host or is no path. */
void response_redirect(struct exchange *x, const char *path);
/* The NTH (from 0) header of that name put on the response, NULL if there
 * are not so many. For tests and logs. */
const char *response_header_at(const struct exchange *x, const char *name,
                               int nth);

/* HANDLE or work returns without an answer: exchange_send comes later, once,
 * from any thread, even before that return. X lives until then. A server
 * that stops in between answers 503 itself; exchange_send must still come. */
void exchange_hold(struct exchange *x);
/* The answer is ready. X is gone for the caller. */
void exchange_send(struct exchange *x);
/* WORK is run on a worker thread after HANDLE has returned; the answer
 * leaves when it returns, unless held. Where too many wait, 503 leaves and
 * WORK is never run. Once an exchange, in HANDLE. */
void exchange_defer(struct exchange *x,
                    void (*work)(void *ctx, struct exchange *x), void *ctx);
/* One pointer of the application's, freed (FREE_DATA, may be NULL) with the
 * exchange, on any thread. Replaces, and frees, the one before. */
void exchange_keep(struct exchange *x, void *data,
                   void (*free_data)(void *data));
void *exchange_kept(const struct exchange *x);

struct http_app {
    /* On one of the server's I/O threads, of which there are few: what
     * takes longer than a millisecond or waits is deferred. */
    void (*handle)(void *ctx, struct exchange *x);
    /* After the answer has left or the connection broke, on an I/O thread.
     * MICROS is from when the request was there until the answer was ready.
     * Where the client went before its request was whole there is no call;
     * where it was too slow, STATUS is 408. NULL: none. */
    void (*log)(void *ctx, const struct exchange *x, int status,
                int64_t micros);
    /* Fills the response with a page for STATUS, which this layer refuses
     * with or fails with; the request may be empty but for its id and
     * headers. NULL: the number and the id are the page. */
    void (*refuse)(void *ctx, struct exchange *x, int status);
    void *ctx;
    /* On every answer that has no header of that name itself; live as long
     * as the server. The pages libmicrohttpd makes itself, for what isn't
     * HTTP at all, don't have them (see http_mhd.c). */
    const struct http_pair *fixed_headers;
    int fixed_header_count;
};

struct http_options {
    const char *listen;         /* "127.0.0.1:8080", "[::1]:0", "unix:PATH" */
    const char *tls_cert, *tls_key;     /* PEM files; NULL: no TLS */
    bool trust_proxy;           /* X-Forwarded-Proto is believed */
    int io_threads;             /* 0: 1 */
    int workers;                /* threads for what is deferred; 0: 4 */
    int queue;                  /* deferred that may wait; 0: 1024 */
    size_t body_max;            /* bytes; 0: HTTP_BODY_MAX */
    int header_seconds;         /* for a request's headers; 0: 15 */
    int body_seconds;           /* for its body; 0: 60 */
    int idle_seconds;           /* between requests, and without a byte
                                   taken of an answer; 0: 60 */
    const struct random *random;    /* from any thread; for ids; NULL: the
                                       system's */
};

struct http_server;

/* Listens, and reads the files of TLS: after it nothing more is opened, so
 * that the process can be confined before there are threads. O and APP and
 * what they point to live until http_stop. NULL with E set: the address or
 * a file of TLS (ERR_INPUT), the machine (ERR_MACHINE). */
MUST_CHECK struct http_server *http_open(const struct http_options *o,
                                         const struct http_app *app,
                                         struct err *e);
/* Serves until http_stop, which is to be called in either case. */
MUST_CHECK bool http_run(struct http_server *s, struct err *e);
/* Both. */
MUST_CHECK struct http_server *http_start(const struct http_options *o,
                                          const struct http_app *app,
                                          struct err *e);
/* Where it listens, "127.0.0.1:43211", "unix:PATH": for the ready line. */
const char *http_address(const struct http_server *s);
/* Takes no more requests, finishes what is under way within 4 seconds,
 * answers 503 to the rest, and frees S. False if work still runs that would
 * not end: then nothing it uses may be freed, and the process should end. */
bool http_stop(struct http_server *s);

/* For tests, without a socket. */

/* A request as if it had arrived; TARGET is path and query, as sent. What is
 * wrong with it is refused by exchange_run as the server would. Host and
 * Content-Length are there unless HEADERS has them. All is copied. */
struct exchange *exchange_fake(enum http_method method, const char *target,
                               const struct http_pair *headers, int count,
                               const void *body, size_t body_len);
/* Runs APP on X, deferred work too, and waits until it is sent. The response
 * is to be looked at until exchange_free. Returns its status. */
int exchange_run(const struct http_app *app, struct exchange *x);
/* Of exchange_fake, after exchange_run. NULL is allowed. */
void exchange_free(struct exchange *x);

#endif
