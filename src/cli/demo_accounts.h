/* demo_accounts.h - the demo store's accounts: one for every duty. */
#ifndef CLI_DEMO_ACCOUNTS_H
#define CLI_DEMO_ACCOUNTS_H
#include "store/store.h"

/* Makes them, with their grants on the rounds CLOSED and OPEN, and marks the
 * store as a demo: "brukerplan-demo" is the password of all, and nobody is
 * asked for a one-time code. In a transaction. */
MUST_CHECK bool demo_accounts(struct store *s, const char *closed,
                              const char *open, struct err *e);
#endif
