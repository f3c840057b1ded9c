/* unmake.h - a store that could not be finished goes again. */
#ifndef CLI_UNMAKE_H
#define CLI_UNMAKE_H
#include "cli/cli.h"

/* Takes away the store that O names, which store_create has just made and
 * which is closed, with the keys of the first COUNT of ROUNDS, so that
 * trying again is not refused. */
void unmake(struct cli *c, const struct store_options *o,
            const char *const *rounds, int count);
#endif
