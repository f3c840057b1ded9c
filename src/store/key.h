/* key.h - a round's key: pseudonyms, sealed text, and the end of both.
 *
 * One file a round, KEYS/ROUND.key, 64 hexadecimal digits and a line feed,
 * mode 0600, in a directory of mode 0700. A file or directory that others
 * may read is refused. The key is 256 bits from the system's generator and
 * is wiped from memory by key_wipe. Destroying it ends all matching. */
#ifndef STORE_KEY_H
#define STORE_KEY_H
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/random.h"

enum { KEY_BYTES = 32, PSEUDONYM_BYTES = 16 };

/* Instead of a round: the server's own key, made when first needed. No round
 * can have that id. */
#define KEY_SERVER "_server"
/* The same: the seed that signs aggregate files (report/aggregate.h). */
#define KEY_SIGNING "_signing"

struct round_key {
    uint8_t secret[KEY_BYTES];          /* HMAC key of pseudonyms */
    uint8_t sealing[KEY_BYTES];         /* derived from it: sealed text */
    uint64_t begun[26];                 /* an HMAC under SECRET, begun */
};

/* Makes KEYS if need be; synced before it returns. */
MUST_CHECK bool key_directory(const char *keys, struct err *e);
/* Makes KEYS if need be and ROUND's file, which must not exist. With
 * PUBLISHED not NULL that key is used: the demo's, no secret. */
MUST_CHECK bool key_create(const char *keys, const char *round,
                           struct random *random, const uint8_t *published,
                           struct err *e);
/* The same for very many: each is on disk only when key_sync returns, which
 * costs no more for a thousand than for one. */
MUST_CHECK bool key_create_later(const char *keys, const char *round,
                                 struct random *random,
                                 const uint8_t *published, struct err *e);
MUST_CHECK bool key_sync(const char *keys, struct err *e);
MUST_CHECK bool key_load(const char *keys, const char *round,
                         struct round_key *key, struct err *e);
/* The key whose file holds SECRET: of one that is being made. */
void key_of(const uint8_t secret[KEY_BYTES], struct round_key *key);
void key_wipe(struct round_key *key);
/* Overwrites and removes the file; synced before it returns. */
MUST_CHECK bool key_destroy(const char *keys, const char *round,
                            struct err *e);
bool key_exists(const char *keys, const char *round);

/* The first 128 bits of HMAC-SHA-256 under the round's key of
 * "brukerplan-1:" and the eleven digits (rules.md, "Identity"). */
void key_pseudonym(const struct round_key *key, const char digits[11],
                   uint8_t out[PSEUDONYM_BYTES]);

/* XChaCha20-Poly1305 of PLAIN under the sealing key, bound to WHERE (a text
 * naming municipality, round and number); nonce first. Appends to OUT. */
void key_seal(const struct round_key *key, struct random *random,
              const char *where, const void *plain, size_t len,
              struct buf *out);
/* False, with ERR_INPUT, if it was changed, moved or sealed by another. */
MUST_CHECK bool key_open(const struct round_key *key, const char *where,
                         const uint8_t *sealed, size_t len, struct buf *out,
                         struct err *e);
#endif
