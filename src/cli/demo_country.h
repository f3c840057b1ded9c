/* demo_country.h - `demo --country`: the made-up country, to a store, to a
 * file, or to both. */
#ifndef CLI_DEMO_COUNTRY_H
#define CLI_DEMO_COUNTRY_H
#include "cli/cli.h"

/* The store of words[0] where that is given, the file of --csv where that
 * is; one of them at least is. */
MUST_CHECK bool demo_country(struct cli *c, struct err *e);
/* ERR_USAGE if an option of the country is given without --country. */
MUST_CHECK bool demo_country_unasked(const struct cli *c, struct err *e);

#endif
