/* settle.h - deciding which registrations count, step by step.
 *
 * For an import, which adds to what is there: what stands in the store is
 * taken once, each new registration as it comes, and the outcome is written
 * at the end. */
#ifndef FEED_SETTLE_H
#define FEED_SETTLE_H
#include "feed/decode.h"

struct settling;

/* Takes in every registration of the round. NULL with E set. */
struct settling *settling_new(const struct opened *o,
                              const struct actor *actor, struct err *e);
void settling_free(struct settling *s);
/* Takes in R, whose effective answers are VALUE, with superseded_by as it
 * is in the store. */
MUST_CHECK bool settling_add(struct settling *s,
                             const struct registration *r,
                             const int32_t *value, struct err *e);
/* Writes what differs from the store. */
MUST_CHECK bool settling_write(struct settling *s, struct err *e);
/* Calls SEE for each registration taken in with a pseudonym (after
 * settling_add only once settling_write has decided): by which it
 * should be superseded (0: none), as it is now, and how many eligible ones
 * its person has (0: it is not eligible itself). */
MUST_CHECK bool settling_each(const struct settling *s,
                              bool (*see)(void *ctx, int64_t number,
                                          int64_t by, int64_t now,
                                          int64_t size, struct err *e),
                              void *ctx, struct err *e);

#endif
