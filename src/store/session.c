/* session.c - see session.h.
 *
 * A stolen copy of the store opens no session: it holds hashes of tokens. */
#include "store/session.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include "store/store_private.h"

enum { TOKEN_BYTES = 32, CSRF_BYTES = 16, VARIANT =
       sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static_assert(SESSION_TOKEN
              == sodium_base64_ENCODED_LEN(TOKEN_BYTES, VARIANT),
              "a token's text");
static_assert(SESSION_CSRF
              == sodium_base64_ENCODED_LEN(CSRF_BYTES, VARIANT),
              "its companion's text");

/* False if TEXT can be no token. */
static bool
hash_token(const char *text, uint8_t hash[32])
{
    unsigned char bytes[TOKEN_BYTES];
    const char *end;
    size_t len;

    if (strlen(text) != SESSION_TOKEN - 1
        || sodium_base642bin(bytes, sizeof bytes, text, SESSION_TOKEN - 1,
                             NULL, &len, &end, VARIANT) != 0
        || len != sizeof bytes || end != text + SESSION_TOKEN - 1)
        return false;
    crypto_hash_sha256(hash, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return true;
}

bool
session_begin(struct store *s, const char *account, const char *how,
              enum session_stage stage, char token[SESSION_TOKEN],
              struct err *e)
{
    int64_t now = clock_now(&s->clock);
    unsigned char bytes[TOKEN_BYTES], csrf[CSRF_BYTES];
    uint8_t hash[32];
    struct db_stmt *st;

    assert(s->open);
    random_fill(&s->random, bytes, sizeof bytes);
    random_fill(&s->random, csrf, sizeof csrf);
    sodium_bin2base64(token, SESSION_TOKEN, bytes, sizeof bytes, VARIANT);
    crypto_hash_sha256(hash, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    st = db_use(s->db, SQL_SESSION_INSERT, e);
    db_bind_blob(st, 1, hash, sizeof hash);
    db_bind_text(st, 2, account);
    db_bind_blob(st, 3, csrf, sizeof csrf);
    db_bind_text(st, 4, how);
    db_bind_int(st, 5, stage);
    db_bind_int(st, 6, now);
    db_bind_int(st, 7, now + (stage == SESSION_SIGNED_IN
                              ? SESSION_MOST_MS : SESSION_STEP_MS));
    return db_run(st, e);
}

static const struct session *
read_session(struct db_stmt *st, const uint8_t hash[32],
             struct arena *arena)
{
    struct session *x = arena_take(arena, sizeof *x);
    enum lang lang = lang_of(db_text(st, 2));
    const void *csrf;
    size_t len;

    memcpy(x->hash, hash, sizeof x->hash);
    x->account = arena_text(arena, db_text(st, 0));
    x->name = arena_text(arena, db_text(st, 1));
    x->lang = lang < LANG_COUNT ? lang : LANG_NB;
    x->must_change = db_int(st, 3) != 0;
    x->has_totp = db_int(st, 4) != 0;
    csrf = db_blob(st, 5, &len);
    if (csrf == NULL || len != CSRF_BYTES)
        return NULL;            /* nothing could be posted with it */
    sodium_bin2base64(x->csrf, sizeof x->csrf, csrf, len, VARIANT);
    x->how = arena_text(arena, db_text(st, 6));
    x->stage = (enum session_stage)db_int(st, 7);
    x->created_ms = db_int(st, 8);
    x->seen_ms = db_int(st, 9);
    x->expires_ms = db_int(st, 10);
    return x;
}

bool
session_find(struct store *s, const char *token, int64_t now_ms,
             struct arena *arena, const struct session **out, struct err *e)
{
    uint8_t hash[32];
    struct db_stmt *st;
    enum db_step step;

    *out = NULL;
    if (!hash_token(token, hash))
        return true;
    st = db_use(s->db, SQL_SESSION_GET, e);
    db_bind_blob(st, 1, hash, sizeof hash);
    db_bind_int(st, 2, now_ms);
    db_bind_int(st, 3, now_ms - SESSION_IDLE_MS);
    step = db_step(st, e);
    if (step == DB_ROW)
        *out = read_session(st, hash, arena);
    db_done(st);
    return step != DB_FAILED;
}

bool
session_owner(struct store *s, const char *token, struct arena *arena,
              const char **account, struct err *e)
{
    uint8_t hash[32];
    struct db_stmt *st;
    enum db_step step;

    *account = NULL;
    if (!hash_token(token, hash))
        return true;
    st = db_use(s->db, SQL_SESSION_OWNER, e);
    db_bind_blob(st, 1, hash, sizeof hash);
    step = db_step(st, e);
    if (step == DB_ROW)
        *account = arena_text(arena, db_text(st, 0));
    db_done(st);
    return step != DB_FAILED;
}

bool
session_due(const struct session *session, int64_t now_ms)
{
    return now_ms - session->seen_ms >= SESSION_TOUCH_MS;
}

/* The statement ID with HASH as $1 and now as $2. */
static struct db_stmt *
use_now(struct store *s, enum sql id, const uint8_t hash[32], struct err *e)
{
    struct db_stmt *st = db_use(s->db, id, e);

    assert(s->open);
    db_bind_blob(st, 1, hash, 32);
    db_bind_int(st, 2, clock_now(&s->clock));
    return st;
}

bool
session_touch(struct store *s, const uint8_t hash[32], struct err *e)
{
    return db_run(use_now(s, SQL_SESSION_TOUCH, hash, e), e);
}

bool
session_end(struct store *s, const uint8_t hash[32], struct err *e)
{
    return db_run(use_now(s, SQL_SESSION_END, hash, e), e);
}

bool
session_end_all(struct store *s, const char *account, const uint8_t *keep,
                struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_SESSION_END_ALL, e);

    assert(s->open);
    db_bind_text(st, 1, account);
    db_bind_int(st, 2, clock_now(&s->clock));
    db_bind_blob(st, 3, keep, keep != NULL ? 32 : 0);
    return db_run(st, e);
}

static bool
purge(struct store *s, enum sql id, int64_t before, struct err *e)
{
    struct db_stmt *st = db_use(s->db, id, e);

    db_bind_int(st, 1, before);
    return db_run(st, e);
}

bool
session_purge(struct store *s, struct err *e)
{
    int64_t before = clock_now(&s->clock) - SESSION_KEPT_MS;
    struct db_stmt *st = db_use(s->db, SQL_SESSION_PURGE, e);

    assert(s->open);
    db_bind_int(st, 1, before);
    db_bind_int(st, 2, SESSION_IDLE_MS);
    return db_run(st, e) && purge(s, SQL_SLIP_PURGE, before, e)
           && purge(s, SQL_TRY_PURGE, before, e);
}

bool
session_count(struct store *s, const char *account, int64_t *count,
              struct err *e)
{
    int64_t now = clock_now(&s->clock);
    struct db_stmt *st = db_use(s->db, SQL_SESSION_COUNT, e);

    db_bind_text(st, 1, account);
    db_bind_int(st, 2, now);
    db_bind_int(st, 3, now - SESSION_IDLE_MS);
    return db_number(st, count, e);
}
