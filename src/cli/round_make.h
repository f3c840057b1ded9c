/* round_make.h - a new round put into a store: what `round new` and `demo`
 * share. */
#ifndef CLI_ROUND_MAKE_H
#define CLI_ROUND_MAKE_H
#include "cli/cli.h"

/* Writes R with the definition TEXT, after checking that they fit, in a
 * transaction of its own. PUBLISHED as in key_create. */
MUST_CHECK bool round_make(struct cli *c, struct store *s,
                           const struct round *r, const char *text,
                           size_t len, const uint8_t *published,
                           struct err *e);

#endif
