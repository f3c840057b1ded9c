/* account_private.h - what the files about accounts share. */
#ifndef STORE_ACCOUNT_PRIVATE_H
#define STORE_ACCOUNT_PRIVATE_H
#include "store/account.h"
#include "store/store_private.h"

enum { CODE_HASH = 32 };

/* The access log's record of what ACTOR did: WHAT, of account ID. */
void account_note(struct store *s, const struct actor *actor,
                  const char *what, const char *id);
/* The statement SQL with ID as $1. */
struct db_stmt *account_use(struct store *s, enum sql sql, const char *id,
                            struct err *e);
/* Runs a statement that must change ID's row: else "account.unknown". Takes
 * NULL: false. */
MUST_CHECK bool account_change(struct store *s, struct db_stmt *st,
                               const char *id, struct err *e);
/* A new code to type: three groups of four. */
void code_make(const struct random *random, char code[CODE_TEXT]);
/* The SHA-256 of WHOSE and CODE, however it was typed; false if it can be no
 * code of ours. */
bool code_hash(const char *whose, const char *code, uint8_t hash[CODE_HASH]);
#endif
