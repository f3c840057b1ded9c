/* first_user.h - the first administrator of a store that `init` made. */
#ifndef CLI_FIRST_USER_H
#define CLI_FIRST_USER_H
#include "cli/cli.h"

/* Adds the account "admin" to the store that words[0] names, and prints the
 * one-time link: a path whose fragment holds the code, for a fragment is
 * never sent to a server and stands in no log. */
MUST_CHECK bool first_user(struct cli *c, struct err *e);
#endif
