/* http_mhd.h - the server over libmicrohttpd from inside: what serves
 * (http_mhd.c) and what starts and stops it (http_server.c). */
#ifndef WEB_HTTP_MHD_H
#define WEB_HTTP_MHD_H
#include <microhttpd.h>
#include <pthread.h>
#include "web/exchange.h"
#include "web/http_listen.h"
#include "web/pool.h"
#include "web/reaper.h"

struct http_server {
    struct http_app app;
    struct http_options options;
    struct random random;
    bool tls, trust_proxy;
    size_t body_max;
    char address[HTTP_ADDRESS];
    int listening;              /* the socket, -1 when closed */
    unsigned connections;       /* at most */
    struct buf cert, key;       /* PEM; until it runs */
    struct MHD_Daemon *daemon;
    struct pool *pool;
    struct reaper *reaper;
    struct buf late;            /* the answer to one that is too slow */
    atomic_int active;          /* requests begun and not completed */
    atomic_bool stopping;
    pthread_mutex_t lock;       /* of those below */
    bool left;                  /* no more are parked */
    struct exchange *parked;    /* suspended, by NEXT and PREV */
};

/* Exchanges whose answer comes from elsewhere, in no order. False if the
 * server waits for none any more. */
MUST_CHECK bool parked_add(struct http_server *s, struct exchange *x);
void parked_remove(struct http_server *s, struct exchange *x);

/* Called by the library; CTX is the server. */
void *on_target(void *ctx, const char *target, struct MHD_Connection *c);
enum MHD_Result on_request(void *ctx, struct MHD_Connection *c,
                           const char *url, const char *method,
                           const char *version, const char *data, size_t *n,
                           void **exchange);
void on_completed(void *ctx, struct MHD_Connection *c, void **exchange,
                  enum MHD_RequestTerminationCode why);
void on_connection(void *ctx, struct MHD_Connection *c, void **conn,
                   enum MHD_ConnectionNotificationCode code);

#endif
