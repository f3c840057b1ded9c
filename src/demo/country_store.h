/* country_store.h - the made-up country into a store. */
#ifndef DEMO_COUNTRY_STORE_H
#define DEMO_COUNTRY_STORE_H
#include "demo/country.h"
#include "store/store.h"

struct country_storing {
    struct store *store;        /* opened for writing, none of the rounds in
                                   it */
    const struct actor *actor;  /* sees all units */
    const char *definition;     /* the instrument's text, for all rounds */
    size_t len;
    /* How many registrations are in it, of how many. May be NULL. */
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void *ctx;
    int rounds;                 /* out: the first so many are in it, with
                                   their keys */
};

/* Every round of C: synthetic, closed, settled, with its published key. A
 * transaction a year: where it fails, the years before stand. */
MUST_CHECK bool country_store(const struct country *c,
                              struct country_storing *s, struct err *e);

#endif
