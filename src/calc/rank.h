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

#endif
