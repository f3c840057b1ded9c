/* web_fixture.h - for the tests of pages and API calls: the application
 * without a socket, on a small store of its own.
 *
 * First the store is filled (web_begin, web_account, ...), then the
 * application runs on it (web_serve), and requests go in and answers come
 * out. It is noon on 1 June 2014 in Oslo until the test says otherwise.
 *
 * Rounds, synthetic and open, of the instrument of 2014:
 *     r       nord (tiers 1 "Vedtak" and 2), sor (2 and 3), ost (tier 1,
 *             not without a number)
 *     r2      the same units, of the year after
 *     r-ovelse  the training round of r
 * Accounts are made with a session each; the password of all is
 * WEB_PASSWORD where web_password was called. */
#ifndef WEB_FIXTURE_H
#define WEB_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdatomic.h>
#include "store/account.h"
#include "store/grant.h"
#include "store/session.h"
#include "web/app.h"
#include "web/http.h"

#define WEB_PASSWORD "riktig hest batteri"

enum { WEB_USERS = 32 };

struct web_user {
    const char *id;
    char token[SESSION_TOKEN];
    char csrf[SESSION_CSRF];
};

struct web {
    char dir[64], path[96];
    atomic_int_least64_t now_ms;
    struct store_options options;
    struct store *s;            /* until web_serve */
    struct app *app;            /* from then on */
    struct arena arena;
    struct web_user user[WEB_USERS];
    int users;
    struct exchange *x;         /* of the last request */
    int status;                 /* its answer's */
    const char *body;           /* until the next request; a NUL behind */
};

/* Fails the test, saying which error it was. */
#define web_ok(x, e) \
    do { \
        if (!(x)) \
            fail_msg("%s: %s %s %s", #x, (e)->key, (e)->arg[0], \
                     (e)->arg[1]); \
    } while (0)

/* The store with its rounds, in an open transaction. */
void web_begin(struct web *w);
/* An account with DUTY in ROUND and UNIT ("" all), and a session. */
void web_account(struct web *w, const char *id, enum duty duty,
                 const char *round, const char *unit);
/* One more grant. TIER 0: all. */
void web_grant(struct web *w, const char *id, enum duty duty,
               const char *round, const char *unit, int tier);
/* Sets the account's password to WEB_PASSWORD; slow. */
void web_password(struct web *w, const char *id);
/* A round like r. TRAINING_OF may be "". */
void web_round(struct web *w, const char *id, int year,
               const char *training_of);
/* Who fills the store. */
extern const struct actor web_maker;
/* Registrations of ROUND from LEN bytes of CSV; how many. The test fails
 * where anything is refused or noted. */
int web_import(struct web *w, const char *round, const char *csv,
               size_t len);
/* Closes round ID. */
void web_close(struct web *w, const char *id);
/* The accounts that web_start has. */
void web_people(struct web *w);
/* Commits, and starts the application. */
void web_serve(struct web *w);
/* All three: w with the accounts
 *     kari, ola    mappers of nord in r (kari in sor too), siri of sor
 *     rune         resource person of nord, lise leader of nord
 *     kare coordinator, grete group, anders analyst, petra dpo, arne admin:
 *     of all rounds
 *     fremmed      coordinator of r2 only */
void web_start(struct web *w);
/* Ends it and removes everything. */
void web_stop(struct web *w);

/* Asks as USER ("" nobody) and returns the status; w->body is the answer's. */
int web_get(struct web *w, const char *user, const char *target);
/* A form, to which the session's token is added. FORM is as sent:
 * "a=1&b=2". */
int web_post(struct web *w, const char *user, const char *target,
             const char *form);
/* JSON, or nothing (BODY NULL), with the session's token as a header. */
int web_json(struct web *w, const char *user, enum http_method method,
             const char *target, const char *body);
/* Anything else; no token is added, COOKIE is (NULL: none). */
int web_send(struct web *w, const char *cookie, enum http_method method,
             const char *target, const struct http_pair *headers, int count,
             const char *body);
/* The first header of that name of the last answer, "" if there is none. */
const char *web_header(struct web *w, const char *name);
const struct web_user *web_user(struct web *w, const char *id);
/* A valid synthetic number of somebody born in 1980, the Nth, until the
 * fixture ends: a woman's if N is even. */
const char *web_number(struct web *w, int n);

#endif
