/* password.c - see account.h: passwords.
 *
 * Argon2id with 32 MiB and three passes: twice what OWASP names as enough,
 * and two hundred mappers can still log in within seconds of each other. The
 * text of a hash holds its settings, so that they may grow. The salt is of
 * the store's own chance, so that a demo store comes out the same. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"
#include "store/account_private.h"
#include "store/session.h"

enum {
    PASSES = 3, MEMORY_KIB = 32768, BYTES = 32, BASE64 = 64,
    KINDS = 4                   /* fewer different bytes are no password */
};

static_assert(PASSWORD_HASH >= crypto_pwhash_STRBYTES, "verify reads it");

/* What lists of leaked passwords begin with, of twelve characters or more,
 * and what stands in our own documents. In lower case. */
static const char *const common[] = {
    "000000000000", "0123456789ab", "012345678910", "1234567890-=",
    "12345678900987654321", "123456789012", "1234567890123",
    "12345678901234", "123456789abc", "1234567891011", "123qwe123qwe",
    "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv",
    "abcdefghijkl", "abcdefghijklm", "adminadminadmin", "administrator",
    "administrator1", "bergen123456", "brukerplan12", "brukerplan123",
    "brukerplan1234", "brukerplan-demo", "changemechangeme",
    "dittpassord12", "einpassord123", "helsebergen12", "hemmelighemmelig",
    "iloveyou1234", "kommune12345", "letmeinletmein", "manchesterunited",
    "mittpassord1", "mittpassord12", "norge1234567", "passord12345",
    "passord123456", "passord1234567", "passordpassord", "password1234",
    "password12345", "password123456", "passwordpassword", "q1w2e3r4t5y6",
    "qazwsxedcrfv", "qwerty123456", "qwerty1234567", "qwertyqwerty",
    "qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf",
    "qwertyuiop\u00e5", "qwerty123456789", "sommersommer", "sommer123456",
    "superman1234", "velkommen123", "velkommen1234", "vinter123456",
    "welcome12345", "zaq12wsxcde3", "zxcvbnm12345"
};

static bool
is_common(const char *password)
{
    bool seen[256] = { false };
    int kinds = 0;

    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (strcasecmp(password, common[i]) == 0)
            return true;
    for (const char *p = password; *p != '\0'; p++) {
        kinds += !seen[(unsigned char)*p];
        seen[(unsigned char)*p] = true;
    }
    return kinds < KINDS;
}

static bool
is_text(const char *password)
{
    for (const char *p = password; *p != '\0'; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return false;
    return utf8_valid(password, strlen(password), NULL);
}

bool
password_check(const char *password, const char *id, const char *name,
               struct err *e)
{
    size_t n = strlen(password);

    /* Bytes first: what is counted is never longer than what is hashed. */
    if (n > 4 * PASSWORD_MOST
        || utf8_count(password, n) > PASSWORD_MOST)
        return err_set(e, ERR_INPUT, "account.password_long", "%d",
                       (int)PASSWORD_MOST);
    if (!is_text(password))
        return err_set(e, ERR_INPUT, "account.password_text", "%s", "");
    if (utf8_count(password, n) < PASSWORD_LEAST)
        return err_set(e, ERR_INPUT, "account.password_short", "%d",
                       (int)PASSWORD_LEAST);
    if (strcasecmp(password, id) == 0 || strcasecmp(password, name) == 0)
        return err_set(e, ERR_INPUT, "account.password_own", "%s", "");
    if (is_common(password))
        return err_set(e, ERR_INPUT, "account.password_common", "%s", "");
    return true;
}

static void
base64(char out[BASE64], const unsigned char *data, size_t n)
{
    sodium_bin2base64(out, BASE64, data, n,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

void
password_hash(const struct random *random, const char *password,
              char hash[PASSWORD_HASH])
{
    unsigned char salt[crypto_pwhash_SALTBYTES], key[BYTES];
    char salt_text[BASE64], key_text[BASE64];

    if (sodium_init() < 0)
        abort();        /* the machine has no chance to give */
    random_fill(random, salt, sizeof salt);
    if (crypto_pwhash(key, sizeof key, password, strlen(password), salt,
                      PASSES, (size_t)MEMORY_KIB * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        mem_out();
    base64(salt_text, salt, sizeof salt);
    base64(key_text, key, sizeof key);
    memset(hash, 0, PASSWORD_HASH);
    snprintf(hash, PASSWORD_HASH, "$argon2id$v=19$m=%d,t=%d,p=1$%.22s$%.43s",
             (int)MEMORY_KIB, (int)PASSES, salt_text, key_text);
    sodium_memzero(key, sizeof key);
}

/* Of no password: no bytes give this key. */
static const char nobody[PASSWORD_HASH] =
    "$argon2id$v=19$m=32768,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool
password_right(const char *hash, const char *password)
{
    char padded[PASSWORD_HASH] = "";
    bool known = hash != NULL && hash[0] != '\0'
                 && strlen(hash) < sizeof padded;
    size_t n = strlen(password);
    bool right;

    if (sodium_init() < 0)
        abort();
    memcpy(padded, known ? hash : nobody, known ? strlen(hash) + 1
                                                : sizeof nobody);
    right = crypto_pwhash_str_verify(padded, password, n) == 0;
    sodium_memzero(padded, sizeof padded);
    return right && known;
}

bool
account_set_hash(struct store *s, const struct actor *actor, const char *id,
                 const char *hash, const uint8_t *keep, struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_ACCOUNT_SET_HASH, id, e);

    assert(s->open);
    db_bind_text(st, 2, hash);
    db_bind_int(st, 3, strcmp(actor->name, id) != 0);
    if (!account_change(s, st, id, e)
        || !session_end_all(s, id, keep, e)
        || !db_run(account_use(s, SQL_SLIP_CLEAR, id, e), e))
        return false;
    account_note(s, actor, "password", id);
    return true;
}

bool
account_set_password(struct store *s, const struct actor *actor,
                     const char *id, const char *password, struct err *e)
{
    const struct account *a;
    char hash[PASSWORD_HASH];
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = account_find(s, id, &arena, &a, e)
         && password_check(password, id, a != NULL ? a->name : "", e);
    if (ok) {
        password_hash(&s->random, password, hash);
        ok = account_set_hash(s, actor, id, hash, NULL, e);
        sodium_memzero(hash, sizeof hash);
    }
    arena_clear(&arena);
    return ok;
}

bool
account_reset(struct store *s, const struct actor *actor, const char *id,
              int64_t until_ms, char code[CODE_TEXT], struct err *e)
{
    assert(s->open);
    if (!account_change(s, account_use(s, SQL_ACCOUNT_RESET, id, e), id, e)
        || !db_run(account_use(s, SQL_RECOVERY_CLEAR, id, e), e)
        || !session_end_all(s, id, NULL, e))
        return false;
    account_note(s, actor, "reset", id);
    return account_tried(s, id, e)
           && slip_make(s, actor, id, until_ms, code, e);
}
