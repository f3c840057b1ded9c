/* slip.c - see account.h: codes to type once, of slips and for recovery.
 *
 * Twelve of thirty-one characters are 59 bits of chance: what is stored is
 * a plain hash, and nobody guesses one. Left out is what is mistaken for
 * something else on paper: 0 and O, 1, I and L. */
#include <assert.h>
#include <ctype.h>
#include <sodium.h>
#include <string.h>
#include "store/account_private.h"

enum { GROUP = 4, CHARACTERS = 12 };

static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
static_assert(sizeof alphabet - 1 == 31, "characters that are read alike");
static_assert(CODE_TEXT == CHARACTERS + CHARACTERS / GROUP - 1 + 1,
              "three groups with hyphens");

void
code_make(const struct random *random, char code[CODE_TEXT])
{
    int n = 0;

    for (int i = 0; i < CHARACTERS; i++) {
        if (i > 0 && i % GROUP == 0)
            code[n++] = '-';
        code[n++] = alphabet[random_below(random, sizeof alphabet - 1)];
    }
    code[n] = '\0';
}

bool
code_hash(const char *whose, const char *code, uint8_t hash[CODE_HASH])
{
    crypto_hash_sha256_state h;
    char plain[CHARACTERS];
    int n = 0;

    for (; *code != '\0'; code++) {
        int c = toupper((unsigned char)*code);

        if (c == '-' || c == ' ')
            continue;
        if (n == CHARACTERS || strchr(alphabet, c) == NULL)
            return false;
        plain[n++] = (char)c;
    }
    if (n != CHARACTERS)
        return false;
    crypto_hash_sha256_init(&h);
    crypto_hash_sha256_update(&h, (const unsigned char *)whose,
                              strlen(whose) + 1);
    crypto_hash_sha256_update(&h, (const unsigned char *)plain,
                              sizeof plain);
    crypto_hash_sha256_final(&h, hash);
    sodium_memzero(plain, sizeof plain);
    return true;
}

static bool
insert_slip(struct store *s, const struct actor *actor, const char *id,
            int64_t until_ms, const char *code, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_SLIP_INSERT, e);
    uint8_t hash[CODE_HASH];
    bool ok = code_hash("", code, hash);

    assert(ok);
    (void)ok;
    db_bind_blob(st, 1, hash, sizeof hash);
    db_bind_text(st, 2, id);
    db_bind_int(st, 3, clock_now(&s->clock));
    db_bind_text(st, 4, actor->name);
    db_bind_int(st, 5, until_ms);
    return db_run(st, e);
}

static bool
demand(struct store *s, const char *id, struct err *e)
{
    const struct account *a;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = account_find(s, id, &arena, &a, e);
    if (ok && (a == NULL || a->ended_ms != 0))
        ok = err_set(e, ERR_INPUT, "account.unknown", "%s",
                     account_id_ok(id) ? id : "?");
    arena_clear(&arena);
    return ok;
}

bool
slip_make(struct store *s, const struct actor *actor, const char *id,
          int64_t until_ms, char code[CODE_TEXT], struct err *e)
{
    assert(s->open);
    if (!demand(s, id, e)
        || !db_run(account_use(s, SQL_SLIP_CLEAR, id, e), e))
        return false;
    code_make(&s->random, code);
    if (!insert_slip(s, actor, id, until_ms, code, e))
        return false;
    account_note(s, actor, "slip", id);
    return true;
}

/* HASH is put in, where CODE is one. */
static bool
find_slip(struct store *s, const char *code, struct arena *arena,
          const char **id, uint8_t hash[CODE_HASH], struct err *e)
{
    struct db_stmt *st;
    enum db_step step;

    *id = NULL;
    if (!code_hash("", code, hash))
        return true;
    st = db_use(s->db, SQL_SLIP_GET, e);
    db_bind_blob(st, 1, hash, CODE_HASH);
    db_bind_int(st, 2, clock_now(&s->clock));
    step = db_step(st, e);
    if (step == DB_ROW)
        *id = arena_text(arena, db_text(st, 0));
    db_done(st);
    return step != DB_FAILED;
}

bool
slip_find(struct store *s, const char *code, struct arena *arena,
          const char **id, struct err *e)
{
    uint8_t hash[CODE_HASH];

    return find_slip(s, code, arena, id, hash, e);
}

bool
slip_use(struct store *s, const char *code, struct arena *arena,
         const char **id, struct err *e)
{
    uint8_t hash[CODE_HASH];
    struct db_stmt *st;

    assert(s->open);
    if (!find_slip(s, code, arena, id, hash, e))
        return false;
    if (*id == NULL)
        return true;
    st = db_use(s->db, SQL_SLIP_USED, e);
    db_bind_blob(st, 1, hash, sizeof hash);
    db_bind_int(st, 2, clock_now(&s->clock));
    return db_run(st, e);
}

static bool
insert_code(struct store *s, const char *id, const char *code,
            struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_RECOVERY_INSERT, id, e);
    uint8_t hash[CODE_HASH];
    bool ok = code_hash(id, code, hash);

    assert(ok);
    (void)ok;
    db_bind_blob(st, 2, hash, sizeof hash);
    return db_run(st, e);
}

bool
account_recovery_make(struct store *s, const struct actor *actor,
                      const char *id, char code[RECOVERY_CODES][CODE_TEXT],
                      struct err *e)
{
    assert(s->open);
    if (!demand(s, id, e)
        || !db_run(account_use(s, SQL_RECOVERY_CLEAR, id, e), e))
        return false;
    for (int i = 0; i < RECOVERY_CODES; i++) {
        code_make(&s->random, code[i]);
        if (!insert_code(s, id, code[i], e))
            return false;
    }
    account_note(s, actor, "recovery", id);
    return true;
}

bool
account_recovery_use(struct store *s, const char *id, const char *code,
                     bool *right, struct err *e)
{
    uint8_t hash[CODE_HASH];
    struct db_stmt *st;

    assert(s->open);
    *right = false;
    if (!code_hash(id, code, hash))
        return true;
    st = account_use(s, SQL_RECOVERY_USE, id, e);
    db_bind_blob(st, 2, hash, sizeof hash);
    db_bind_int(st, 3, clock_now(&s->clock));
    if (!db_run(st, e))
        return false;
    *right = db_changes(s->db) > 0;
    return true;
}
