/* page.h - one request on its way to a page or an API call, and back.
 *
 * Every page and API call is a row in one table (pages.c): method, path,
 * right, handler. Before the handler runs, page.c has found out who asks
 * (session), what the grants allow there (right.h), opened the round that
 * the path names, and checked the token that a form must carry. A round
 * that the account has no grant in is not found, like one that does not
 * exist; a right that is missing is refused.
 *
 * A handler reads from the store through p->store with p->actor, which sees
 * only the units of the right; it writes with page_write; it answers with
 * exactly one of page_show, page_redirect, page_refuse, page_json. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H
#include "base/json.h"
#include "base/lang.h"
#include "feed/feed.h"
#include "store/session.h"
#include "web/http.h"
#include "web/right.h"
#include "web/view.h"

enum { PAGE_PARAMS = 4 };

enum page_flag {
    PAGE_SLOW = 1,      /* runs on a worker thread; every POST does */
    PAGE_OPEN = 2,      /* only while the round is open */
    PAGE_CLOSED = 4,    /* only when it has been closed */
    PAGE_API = 8,       /* answers in JSON, refuses in JSON */
    PAGE_KEEP = 16,     /* what was posted is kept over a new log-in: forms
                           without a number in them */
    PAGE_FREE = 32,     /* a POST without a session's token: logging in */
    PAGE_REAL = 64,     /* not in a training round */
    PAGE_HERE = 128,    /* a POST that runs at once and writes later */
    PAGE_LOGIN = 256    /* hashes a password: on threads of its own, so that
                           who tries many holds up nobody's form */
};

struct page;

struct page_def {
    const char *method;         /* "GET" (HEAD too), "POST", "PATCH" */
    const char *path;           /* "/rounds/{round}/day" */
    enum right right;
    unsigned flags;
    void (*handle)(struct page *p);
    const char *title;          /* key in po/, also of the menu; NULL: API
                                   and POST */
    int menu;                   /* place in the menu, 0: not in it */
};

/* Ends with a NULL path. */
extern const struct page_def page_defs[];

struct app;
struct seat;

struct page {
    struct app *app;
    struct exchange *x;
    const struct request *request;
    struct arena *arena;        /* until the answer has left */
    const struct page_def *def;
    const char *param[PAGE_PARAMS];     /* of the path, in order; the
                                           round's id among them */
    struct seat *seat;        /* private: this thread's */
    struct store *store;        /* for reading */
    int64_t now_ms;
    enum lang lang;
    const struct session *session;      /* NULL: nobody is logged in */
    const struct session *half;         /* of a lower stage, on its way in */
    const char *account;        /* the session's; "" nobody */
    const struct grant *grants; /* that hold now */
    int grant_count;
    struct opened *round;       /* of {round}; NULL where there is none */
    struct power power;         /* of the page's right */
    struct actor actor;
    struct view *view;          /* an object for the template */
    const char *title;          /* of the page; NULL: the row's */
    const char *body;           /* class of <body>; NULL: "is-page" */
    struct err err;             /* for the handler's calls */
    struct view *faults;        /* private */
    struct page_job *job;       /* private: while WORK runs */
    const char *allow;          /* private: of a path with other methods */
};

/* Answers with template NAME over p->view, to which the layout's names are
 * added (title, menu, person, notices). STATUS is 200 unless the response
 * has another. */
void page_show(struct page *p, const char *name);
/* 303 to a path made by printf. */
void page_redirect(struct page *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The same with a notice on the page it leads to: KEY in po/, which begins
 * with "said.". */
void page_redirect_notice(struct page *p, const char *key, const char *fmt,
                          ...) __attribute__((format(printf, 3, 4)));
/* Refuses with STATUS: a page, or JSON for an API call. KEY says why in
 * words; NULL: "page.STATUS". */
void page_refuse(struct page *p, int status, const char *key);
/* Refuses with what P->err says: 422 for ERR_INPUT, 500 else, which is
 * logged by its key. */
void page_fail(struct page *p);
/* For a form that is to be shown again: P->err goes to the summary at its
 * head, with a link to field ID (NULL: no field), and status 422. False, and
 * answered by page_fail, where the error is not the user's (ERR_MACHINE).
 * Clears the error. The view gets the text under "bad_ID" too, with _ for -,
 * for the field itself. */
MUST_CHECK bool page_fault(struct page *p, const char *id);
/* The same with a text. */
void page_fault_text(struct page *p, const char *id, const char *text);
/* Whether there was one. */
bool page_faulty(const struct page *p);
/* A notice at the head: KIND as in notice.html. */
void page_notice(struct page *p, const char *kind, const char *text);
/* The name of the round's municipality. */
const char *page_municipality(struct page *p);
/* Texts for a view: KEY with arguments in p->lang. */
const char *page_text(struct page *p, const char *key, int args,
                      const char *const *arg);
#define PAGE_TEXT(p, key, ...) \
    page_text((p), (key), \
              (int)(sizeof (const char *[]){ __VA_ARGS__ } \
                    / sizeof (const char *)), \
              (const char *const []){ __VA_ARGS__ })

/* Begins a JSON answer; page_json_finish sends it. */
void page_json(struct page *p, struct json *j);
void page_json_finish(struct page *p, struct json *j);

/* A field of the posted form, "" if it is not there; never NULL. */
const char *page_field(const struct page *p, const char *name);
/* Whether P's power reaches the unit that far. */
bool page_may(const struct page *p, const char *unit, enum reach reach);
/* What the account may do by another right in p->round. */
struct power page_power(struct page *p, enum right right);

/* Does WORK on the writer's thread, in its own part of a transaction that
 * may serve many, and waits until it is on disk. S is the writing store,
 * ROUND the page's round there (NULL without one); P->actor is to be used,
 * and of P->round nothing that changes. False with p->err set, nothing
 * written. For pages on worker threads. */
MUST_CHECK bool page_write(struct page *p,
                           bool (*work)(struct page *p, struct store *s,
                                        struct opened *round, void *ctx,
                                        struct err *e),
                           void *ctx);
/* The same without waiting: THEN answers, on the writer's thread. For pages
 * with PAGE_HERE. */
void page_write_later(struct page *p,
                      bool (*work)(struct page *p, struct store *s,
                                   struct opened *round, void *ctx,
                                   struct err *e),
                      void (*then)(struct page *p, void *ctx, bool ok),
                      void *ctx);
/* To be called by WORK where rounds, units, texts or definitions changed:
 * all threads load them anew when it is on disk. */
void page_round_changed(struct page *p);

#endif
