/* rank.h - which of several registrations of a person counts.
 *
 * In order: one with an index before one without; lowest tier; most
 * answered variables on the tabs that rank; latest day of completion;
 * lowest number (rules.md, "Which registrations count"). The five are
 * packed into one whole number, so that the smaller wins. */
#ifndef CALC_RANK_H
#define CALC_RANK_H
#include "calc/outline.h"

enum { RANK_TIER_MAX = 7, RANK_ANSWERED_MAX = VARIABLE_MAX,
       RANK_DAY_MAX = (1 << 17) - 1 };

/* The rank of a registration with effective VALUE; COMPLETED_ON is a day
 * 0..RANK_DAY_MAX (year 2328), -1 is the earliest; NUMBER 1..2^32-1. */
uint64_t rank_of(const struct instrument *in, const int32_t *value, int tier,
                 int32_t completed_on, int64_t number);
/* The same by an outline, of many rows. */
uint64_t rank_by(const struct outline *o, const int32_t *value, int tier,
                 int32_t completed_on, int64_t number);
/* The answered variables that count here: 0 and "none" are answers,
 * unknown is not. */
int rank_answered(const struct instrument *in, const int32_t *value);
/* The number that went into RANK. */
int64_t rank_number(uint64_t rank);

/* The persons of a round, one after another: of each only the registration
 * with the least rank counts. 32 bytes a registration; growing
 * copies nothing; and 8..16 while it is being decided. */
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
