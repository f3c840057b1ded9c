/* login.h - between the pages of logging in: steps, and what they carry.
 *
 * A step that was right begins a session of the stage that comes next, with
 * a new token, and ends the one before:
 *
 *     password or slip --> one-time code --> password, authenticator --> in
 *
 * of which each is left out where it is not needed. In a demo store nobody
 * has an authenticator.
 *
 * Where a form was sent after its session had ended, what was typed goes
 * along through all steps (kept fields, and the path they are for), and is
 * offered to be sent again, but only to the account that had typed it. */
#ifndef WEB_LOGIN_H
#define WEB_LOGIN_H
#include "store/account.h"
#include "web/page.h"

enum { LOGIN_AT_ONCE = 4 };     /* passwords being checked, 32 MiB each */

/* As password_right; waits while LOGIN_AT_ONCE others are checked. */
bool login_password_right(const char *hash, const char *password);
/* As password_hash, likewise. */
void login_password_hash(struct page *p, const char *password,
                         char hash[PASSWORD_HASH]);

struct login_step {
    const char *account, *how;  /* as session_begin */
    bool proven;                /* by a code of the authenticator too */
    enum session_stage stage;   /* out */
    char token[SESSION_TOKEN];  /* out */
};

/* For WORK: the steps so far were right. Begins the session of the stage
 * that is next; forgets the tries where none is. */
MUST_CHECK bool login_begin(struct page *p, struct store *s,
                            struct login_step *step, struct err *e);
/* Makes the session that was begun the request's own, and sets its cookie.
 * False: answered. */
bool login_take(struct page *p, const struct login_step *step);
/* Answers: on to the next step, or to where it was headed. Takes it. */
void login_go_on(struct page *p, const struct login_step *step);
/* Ends the cookie. */
void login_forget(struct page *p);

/* Whether the account has a duty, now or within a session's time, that asks
 * for a one-time code. Never in a demo store. */
MUST_CHECK bool login_needs_totp(struct page *p, struct store *s,
                                 const char *account, bool *needs,
                                 struct err *e);
/* Where it is headed, of query or form: a path of ours, or "". */
const char *login_next(struct page *p);
/* The path and query of this request, to come back to, as the value of a
 * query; without the query where that is too long. */
const char *login_here(struct page *p);
/* Into the view: "next", "again", "kept", and the demo store's accounts. */
void login_put(struct page *p);
/* The fault for having to wait. */
void login_wait(struct page *p, const char *id, int64_t wait_ms);

/* The steps' pages, also as answers to the step before. */
void login_show(struct page *p);
void login_show_code(struct page *p);
void login_show_set_up(struct page *p);
#endif
