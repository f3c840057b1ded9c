/* contest.h - who counts, of all the registrations of a round's persons: of
 * each person the one with the least rank (rank.h). */
#ifndef CALC_CONTEST_H
#define CALC_CONTEST_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

/* 32 bytes a registration, and 8..16 more while it is being decided. */
struct contest;
struct contest *contest_new(void);
void contest_free(struct contest *c);
/* False, with ERR_MACHINE, where there is no memory left; C may then only
 * be freed. */
MUST_CHECK bool contest_add(struct contest *c, const uint8_t pseudonym[16],
                            uint64_t rank, struct err *e);
/* Decides over all that were added; again, where more came since. Whatever
 * the pseudonyms are, it takes no longer than sorting them. */
MUST_CHECK bool contest_decide(struct contest *c, struct err *e);
/* Whether the pseudonyms were such that sorting had to decide: for tests. */
bool contest_sorted(const struct contest *c);
/* Memory for all that were added, and while it was last decided. */
size_t contest_bytes(const struct contest *c);
/* After contest_decide: calls SEE for every registration added, in that
 * order, with the number of the one it is superseded by, 0 where it counts
 * itself; SIZE is how many registrations its person has. Stops and returns
 * false where SEE does. */
bool contest_each(const struct contest *c,
                  bool (*see)(void *ctx, int64_t number, int64_t by,
                              int64_t size),
                  void *ctx);

#endif
