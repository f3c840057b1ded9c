/* account.h - who may sign in, and what they prove it with.
 *
 * An account is of the store. It is never deleted, for rows name it: it is
 * ended. Passwords are Argon2id hashes; the secret of the one-time codes
 * (TOTP, base/totp.h) is sealed under the server's key, KEYS/_server.key;
 * slips and recovery codes are random enough for a plain SHA-256.
 *
 * Signing in is three steps, so that the slow one needs neither the store
 * nor its thread:
 *
 *     account_try         in a transaction: counts the try, says whether to
 *                         wait, and lends the hash
 *     password_right      anywhere, about 40 ms and 32 MiB; limit how many
 *                         run at once
 *     account_tried       in a transaction: all steps were right
 *
 * A try counts before it is known to be wrong, so that many at once gain
 * nothing; a code or a recovery code is a try of its own. An account that
 * there is not takes the same steps, the same time and gives the same
 * answers. Nobody is ever locked out for longer than TRY_WAIT_MOST_MS.
 *
 * Every change is in the access log: action "account", municipality 0. */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H
#include "base/lang.h"
#include "store/store.h"

enum {
    ACCOUNT_ID_MAX = 64, ACCOUNT_NAME_MAX = 120,    /* bytes */
    PASSWORD_LEAST = 12, PASSWORD_MOST = 128,       /* characters */
    TRY_FREE = 5,               /* tries before one has to wait */
    TRY_WAIT_MS = 30 * 1000,    /* doubled with each further one */
    TRY_WAIT_MOST_MS = 15 * 60 * 1000,
    CODE_TEXT = 15,             /* "K7MP-2XQR-9TBD" with the NUL */
    RECOVERY_CODES = 8,
    TOTP_TEXT = 33              /* base32 of the secret, with the NUL */
};

struct account {
    const char *id, *name;
    enum lang lang;
    bool has_password;
    bool must_change;           /* the password, before anything else */
    bool has_totp;              /* confirmed */
    int recovery_left;
    int64_t created_ms;
    const char *created_by;
    int64_t ended_ms;           /* 0: it has not */
    const char *ended_by;
};

/* 1..64 of a-z 0-9 . _ @ -. */
bool account_id_ok(const char *id);
/* ERR_INPUT "account.password_short", "..._long", "..._own" (the user id or
 * the name), "..._common", "..._text" (not UTF-8, or control
 * characters). Length is all that is asked otherwise. */
MUST_CHECK bool password_check(const char *password, const char *id,
                               const char *name, struct err *e);

/* A new account without a password: make a slip. "account.taken",
 * "account.id", "account.name". */
MUST_CHECK bool account_add(struct store *s, const struct actor *actor,
                            const char *id, const char *name, enum lang lang,
                            struct err *e);
/* *OUT is NULL where there is none. Strings in ARENA. */
MUST_CHECK bool account_find(struct store *s, const char *id,
                             struct arena *arena, const struct account **out,
                             struct err *e);
/* All, by id; those that have ended too, if ENDED. */
MUST_CHECK bool account_list(struct store *s, bool ended, struct arena *arena,
                             const struct account **list, int *count,
                             struct err *e);
/* Ends the account, its grants, its sessions and its slips. Not one's own:
 * "account.self". "account.unknown". */
MUST_CHECK bool account_end(struct store *s, const struct actor *actor,
                            const char *id, struct err *e);
MUST_CHECK bool account_rename(struct store *s, const struct actor *actor,
                               const char *id, const char *name,
                               struct err *e);
/* Not logged: nobody's business. */
MUST_CHECK bool account_set_lang(struct store *s, const char *id,
                                 enum lang lang, struct err *e);

/* HASH of PASSWORD, which was checked; slow, anywhere. RANDOM gives the
 * salt. Ends the process where there is no memory for it. */
enum { PASSWORD_HASH = 128 };
void password_hash(const struct random *random, const char *password,
                   char hash[PASSWORD_HASH]);
/* Whether PASSWORD is that of HASH. "" or NULL takes the same time, and is
 * not. */
bool password_right(const char *hash, const char *password);
/* Ends its other sessions (all but the one whose hash is KEEP, 32 bytes, or
 * NULL) and its slips. Who sets another's, has them change it. */
MUST_CHECK bool account_set_hash(struct store *s, const struct actor *actor,
                                 const char *id, const char *hash,
                                 const uint8_t *keep, struct err *e);
/* The three together: checks, hashes, sets. Ends all sessions. */
MUST_CHECK bool account_set_password(struct store *s,
                                     const struct actor *actor,
                                     const char *id, const char *password,
                                     struct err *e);
/* Forgets password, TOTP and recovery codes, ends the sessions; gives a slip
 * valid until UNTIL_MS. Of a lost telephone as of a forgotten password. */
MUST_CHECK bool account_reset(struct store *s, const struct actor *actor,
                              const char *id, int64_t until_ms,
                              char code[CODE_TEXT], struct err *e);

struct sign_in {
    int64_t wait_ms;            /* not 0: refused; wait so long */
    bool known;                 /* never to be shown */
    const char *hash;           /* for password_right; "" none */
    bool has_totp;
};
/* Counts a try at ID, in a transaction, which must be committed whatever
 * comes of it. Strings in ARENA. */
MUST_CHECK bool account_try(struct store *s, const char *id,
                            struct arena *arena, struct sign_in *out,
                            struct err *e);
/* All the steps were right: forgets the tries. */
MUST_CHECK bool account_tried(struct store *s, const char *id,
                              struct err *e);
/* The three in one, in a transaction. *RIGHT is false while one has to
 * wait, too. */
MUST_CHECK bool account_check_password(struct store *s, const char *id,
                                       const char *password, bool *right,
                                       int64_t *wait_ms, struct err *e);

/* A new secret, as text for an authenticator; it holds once confirmed. */
MUST_CHECK bool account_totp_begin(struct store *s, const char *id,
                                   char secret[TOTP_TEXT], struct err *e);
/* *RIGHT: CODE is of the new secret, which from now on is the account's. */
MUST_CHECK bool account_totp_confirm(struct store *s,
                                     const struct actor *actor,
                                     const char *id, const char *code,
                                     bool *right, struct err *e);
/* *RIGHT: CODE is of now, or of the step before or after, and newer than any
 * that was used. A try is the caller's to count. */
MUST_CHECK bool account_totp_check(struct store *s, const char *id,
                                   const char *code, bool *right,
                                   struct err *e);
/* Eight new codes in place of those there are. */
MUST_CHECK bool account_recovery_make(struct store *s,
                                      const struct actor *actor,
                                      const char *id,
                                      char code[RECOVERY_CODES][CODE_TEXT],
                                      struct err *e);
/* *RIGHT: it was one of them, and is used up. */
MUST_CHECK bool account_recovery_use(struct store *s, const char *id,
                                     const char *code, bool *right,
                                     struct err *e);

/* A one-time sign-in slip, in place of those there are: a code to type, in
 * any case, with or without the hyphens. */
MUST_CHECK bool slip_make(struct store *s, const struct actor *actor,
                          const char *id, int64_t until_ms,
                          char code[CODE_TEXT], struct err *e);
/* *ID, in ARENA, is whose it is; NULL where it is none, was used, or is too
 * old. It can still be used: for one who has to choose a password first,
 * which ends all slips (account_set_hash). */
MUST_CHECK bool slip_find(struct store *s, const char *code,
                          struct arena *arena, const char **id,
                          struct err *e);
/* The same, and it is used. */
MUST_CHECK bool slip_use(struct store *s, const char *code,
                         struct arena *arena, const char **id,
                         struct err *e);

/* A setting of the store; "" where it was never set. "demo" is "1" in a demo
 * store. */
MUST_CHECK bool store_setting_get(struct store *s, const char *name,
                                  struct arena *arena, const char **value,
                                  struct err *e);
MUST_CHECK bool store_setting_set(struct store *s, const char *name,
                                  const char *value, struct err *e);
#endif
