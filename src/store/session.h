/* session.h - sessions: who is signed in, where.
 *
 * The token is 32 random bytes as 43 characters (base64url), given once and
 * put in a cookie; the store holds its SHA-256. A session ends after an hour
 * without a request, after twelve hours whatever happens, when it is ended,
 * and with its account.
 *
 * Whoever has given a password but not yet a code has a session of a lower
 * stage, which opens no page but the next step; the next step begins a new
 * session, with a new token, and ends that one. */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H
#include "base/lang.h"
#include "store/store.h"

enum {
    SESSION_TOKEN = 44,         /* with the NUL */
    SESSION_CSRF = 23,          /* 16 bytes as text, with the NUL */
    SESSION_IDLE_MS = 60 * 60 * 1000,
    SESSION_MOST_MS = 12 * 60 * 60 * 1000,
    SESSION_STEP_MS = 10 * 60 * 1000,   /* of a lower stage, in all */
    SESSION_TOUCH_MS = 60 * 1000,
    SESSION_KEPT_MS = 24 * 60 * 60 * 1000   /* after its end */
};

enum session_stage {
    SESSION_SIGNED_IN,
    SESSION_CODE,               /* a one-time code is to be given */
    SESSION_SET_UP              /* a password or an authenticator is to be
                                   chosen */
};

struct session {
    uint8_t hash[32];           /* names it in the store */
    const char *account, *name; /* id; and what people call them */
    enum lang lang;             /* the account's */
    bool must_change;           /* the account's password */
    bool has_totp;
    char csrf[SESSION_CSRF];
    const char *how;            /* "password", "slip", "recovery" */
    enum session_stage stage;
    int64_t created_ms, seen_ms, expires_ms;
};

/* A new session, now; TOKEN is for its cookie. */
MUST_CHECK bool session_begin(struct store *s, const char *account,
                              const char *how, enum session_stage stage,
                              char token[SESSION_TOKEN], struct err *e);
/* *OUT, in ARENA, is NULL where TOKEN is none that holds at NOW_MS. */
MUST_CHECK bool session_find(struct store *s, const char *token,
                             int64_t now_ms, struct arena *arena,
                             const struct session **out, struct err *e);
/* Whose session TOKEN is or, in the last day, was; NULL: nobody's. In
 * ARENA. For what was typed when it ended; it opens nothing. */
MUST_CHECK bool session_owner(struct store *s, const char *token,
                              struct arena *arena, const char **account,
                              struct err *e);
/* Whether session_touch is due: the reader's to ask. */
bool session_due(const struct session *session, int64_t now_ms);
/* It was seen now. */
MUST_CHECK bool session_touch(struct store *s, const uint8_t hash[32],
                              struct err *e);
MUST_CHECK bool session_end(struct store *s, const uint8_t hash[32],
                            struct err *e);
/* All of ACCOUNT's, but the one whose hash is KEEP (NULL: none is kept). */
MUST_CHECK bool session_end_all(struct store *s, const char *account,
                                const uint8_t *keep, struct err *e);
/* Deletes those that ended SESSION_KEPT_MS ago; slips and tries as old too.
 * Once an hour is often enough. */
MUST_CHECK bool session_purge(struct store *s, struct err *e);
/* How many of ACCOUNT's hold. */
MUST_CHECK bool session_count(struct store *s, const char *account,
                              int64_t *count, struct err *e);
#endif
