/* derive.h - from what was entered to what counts: conditions, services,
 * derived variables (rules.md, "Counting").
 *
 * Entered values are raw: an answer, VALUE_UNANSWERED or VALUE_UNKNOWN. A
 * question that is off or whose condition fails has not been asked,
 * whatever stands there. A service tick not made is a no where services
 * were gone through, and no answer where they were not. */
#ifndef CALC_DERIVE_H
#define CALC_DERIVE_H
#include "calc/outline.h"
#include "def/expr.h"

/* Turns the entered values of VALUE into effective ones and fills in the
 * derived; SET as in struct row. IN must be bound. WANT, one a variable,
 * says which derived ones are needed, those they are made of included;
 * NULL: all. The others are left as they are. Allocates nothing. */
void derive_row(const struct instrument *in, int32_t *value,
                const uint64_t *const *set, const bool *want);

/* The same by an outline, of many rows. */
void derive_by(const struct outline *o, int32_t *value,
               const uint64_t *const *set, const bool *want);

/* The value of derived variable V, given what stands before it in ROW,
 * effective and derived. */
int32_t derive_one(const struct instrument *in, int v,
                   const struct row *row);

/* Whether question V is asked, given the effective answers before it. */
bool derive_asked(const struct variable *v, const struct row *row);

#endif
