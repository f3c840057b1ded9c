/* sign_in.c - see account.h: tries, one-time codes, settings.
 *
 * A try is kept under the hash of what was given as an id, whether there is
 * such an account or not, so that having to wait tells nothing. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/totp.h"
#include "store/account_private.h"
#include "store/key.h"

static_assert((int)TOTP_TEXT == (int)TOTP_BASE32, "a secret's text");
static_assert(CODE_HASH == crypto_hash_sha256_BYTES, "SHA-256");

enum { FORGET_MS = 24 * 60 * 60 * 1000 };

struct tries {
    uint8_t hash[CODE_HASH];
    int64_t failed, locked_until, last_ms;
};

static void
hash_id(const char *id, uint8_t hash[CODE_HASH])
{
    crypto_hash_sha256(hash, (const unsigned char *)id, strlen(id));
}

static bool
load_tries(struct store *s, const char *id, struct tries *t, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_TRY_GET, e);
    enum db_step step;

    *t = (struct tries){ .failed = 0 };
    hash_id(id, t->hash);
    db_bind_blob(st, 1, t->hash, sizeof t->hash);
    step = db_step(st, e);
    if (step == DB_ROW) {
        t->failed = db_int(st, 0);
        t->locked_until = db_int(st, 1);
        t->last_ms = db_int(st, 2);
    }
    db_done(st);
    return step != DB_FAILED;
}

static int64_t
wait_after(int64_t failed)
{
    int64_t wait = TRY_WAIT_MS;

    if (failed < TRY_FREE)
        return 0;
    for (int64_t i = TRY_FREE; i < failed && wait < TRY_WAIT_MOST_MS; i++)
        wait *= 2;
    return wait < TRY_WAIT_MOST_MS ? wait : TRY_WAIT_MOST_MS;
}

static bool
count_try(struct store *s, struct tries *t, int64_t now, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_TRY_SET, e);

    if (now - t->last_ms > FORGET_MS)
        t->failed = 0;
    t->failed++;
    db_bind_blob(st, 1, t->hash, sizeof t->hash);
    db_bind_int(st, 2, t->failed);
    db_bind_int(st, 3, now + wait_after(t->failed));
    db_bind_int(st, 4, now);
    return db_run(st, e);
}

static bool
load_sign_in(struct store *s, const char *id, struct arena *arena,
             struct sign_in *out, struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_ACCOUNT_SIGN_IN, id, e);
    enum db_step step;

    step = db_step(st, e);
    if (step == DB_ROW) {
        out->known = true;
        out->hash = arena_text(arena, db_text(st, 0));
        out->has_totp = db_int(st, 1) != 0;
    }
    db_done(st);
    return step != DB_FAILED;
}

bool
account_try(struct store *s, const char *id, struct arena *arena,
            struct sign_in *out, struct err *e)
{
    int64_t now = clock_now(&s->clock);
    struct tries t;

    assert(s->open);
    *out = (struct sign_in){ .hash = "" };
    if (!load_tries(s, id, &t, e))
        return false;
    if (t.locked_until > now) {
        out->wait_ms = t.locked_until - now;
        return true;
    }
    return count_try(s, &t, now, e) && load_sign_in(s, id, arena, out, e);
}

bool
account_tried(struct store *s, const char *id, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_TRY_CLEAR, e);
    uint8_t hash[CODE_HASH];

    assert(s->open);
    hash_id(id, hash);
    db_bind_blob(st, 1, hash, sizeof hash);
    return db_run(st, e);
}

bool
account_check_password(struct store *s, const char *id,
                       const char *password, bool *right, int64_t *wait_ms,
                       struct err *e)
{
    struct sign_in in;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    *right = false;
    ok = account_try(s, id, &arena, &in, e);
    *wait_ms = in.wait_ms;
    if (ok && in.wait_ms == 0) {
        *right = password_right(in.hash, password);
        if (*right)
            ok = account_tried(s, id, e);
    }
    arena_clear(&arena);
    return ok;
}

/* The server's key, made when it is first needed. */
static bool
server_key(struct store *s, struct round_key *key, struct err *e)
{
    if (!key_exists(s->keys, KEY_SERVER)
        && !key_create(s->keys, KEY_SERVER, &s->random, NULL, e))
        return false;
    return key_load(s->keys, KEY_SERVER, key, e);
}

static const char *
where_of(const char *id, char where[ACCOUNT_ID_MAX + 8])
{
    snprintf(where, ACCOUNT_ID_MAX + 8, "totp %.*s", (int)ACCOUNT_ID_MAX,
             id);
    return where;
}

bool
account_totp_begin(struct store *s, const char *id, char secret[TOTP_TEXT],
                   struct err *e)
{
    uint8_t bytes[TOTP_SECRET];
    char where[ACCOUNT_ID_MAX + 8];
    struct round_key key;
    struct db_stmt *st;
    struct buf sealed;
    bool ok;

    assert(s->open);
    if (!server_key(s, &key, e))
        return false;
    buf_init(&sealed, 1024);
    random_fill(&s->random, bytes, sizeof bytes);
    key_seal(&key, &s->random, where_of(id, where), bytes, sizeof bytes,
             &sealed);
    key_wipe(&key);
    totp_print(bytes, secret);
    sodium_memzero(bytes, sizeof bytes);
    st = account_use(s, SQL_ACCOUNT_TOTP_NEXT, id, e);
    db_bind_blob(st, 2, sealed.data, sealed.len);
    ok = account_change(s, st, id, e);
    buf_clear(&sealed);
    return ok;
}

/* Opens the secret in COLUMN of the row; *THERE is false without one. */
static bool
open_secret(struct store *s, struct db_stmt *st, int column, const char *id,
            uint8_t bytes[TOTP_SECRET], bool *there, struct err *e)
{
    char where[ACCOUNT_ID_MAX + 8];
    struct round_key key;
    struct buf plain;
    const void *sealed;
    size_t len;
    bool ok;

    sealed = db_blob(st, column, &len);
    *there = sealed != NULL;
    if (!*there)
        return true;
    buf_init_secret(&plain, 1024);
    ok = key_load(s->keys, KEY_SERVER, &key, e)
         && key_open(&key, where_of(id, where), sealed, len, &plain, e);
    key_wipe(&key);
    if (ok && plain.len != TOTP_SECRET)
        ok = err_set(e, ERR_INPUT, "key.sealed", "%s", "");
    if (ok)
        memcpy(bytes, plain.data, TOTP_SECRET);
    buf_wipe(&plain);
    return ok;
}

/* The step that CODE is of, by the secret in COLUMN; -1: none. */
static bool
match(struct store *s, const char *id, int column, const char *code,
      int64_t *step, struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_ACCOUNT_TOTP_GET, id, e);
    uint8_t bytes[TOTP_SECRET];
    enum db_step got;
    bool there = false, ok;

    *step = -1;
    got = db_step(st, e);
    ok = got != DB_FAILED;
    if (got == DB_ROW)
        ok = open_secret(s, st, column, id, bytes, &there, e);
    if (ok && there)
        *step = totp_match(bytes, code, clock_now(&s->clock),
                           column == 0 ? db_int(st, 2) : -1);
    sodium_memzero(bytes, sizeof bytes);
    db_done(st);
    return ok;
}

static bool
set_step(struct store *s, enum sql sql, const char *id, int64_t step,
         bool *right, struct err *e)
{
    struct db_stmt *st = account_use(s, sql, id, e);

    db_bind_int(st, 2, step);
    if (!db_run(st, e))
        return false;
    *right = db_changes(s->db) > 0;
    return true;
}

bool
account_totp_confirm(struct store *s, const struct actor *actor,
                     const char *id, const char *code, bool *right,
                     struct err *e)
{
    int64_t step;

    assert(s->open);
    *right = false;
    if (!match(s, id, 1, code, &step, e))
        return false;
    if (step < 0)
        return true;
    if (!set_step(s, SQL_ACCOUNT_TOTP_CONFIRM, id, step, right, e))
        return false;
    account_note(s, actor, "totp", id);
    return true;
}

bool
account_totp_check(struct store *s, const char *id, const char *code,
                   bool *right, struct err *e)
{
    int64_t step;

    assert(s->open);
    *right = false;
    if (!match(s, id, 0, code, &step, e))
        return false;
    return step < 0
           || set_step(s, SQL_ACCOUNT_TOTP_USED, id, step, right, e);
}

bool
store_setting_get(struct store *s, const char *name,
                  struct arena *arena, const char **value, struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_SETTING_GET, name, e);
    enum db_step step;

    *value = "";
    step = db_step(st, e);
    if (step == DB_ROW)
        *value = arena_text(arena, db_text(st, 0));
    db_done(st);
    return step != DB_FAILED;
}

bool
store_setting_set(struct store *s, const char *name, const char *value,
                  struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_SETTING_SET, name, e);

    assert(s->open);
    db_bind_text(st, 2, value);
    return db_run(st, e);
}
