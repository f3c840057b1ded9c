/* index.h - composite index: area scores in, one grade out.
 *
 * Weights and cut-offs come from the instrument definition: nothing here
 * says what is red. Values are whole thousandths, not floating point, so
 * that equal answers give equal grades on every machine. Source of the
 * arithmetic: rules.md, "Composite index". */
#ifndef CALC_INDEX_H
#define CALC_INDEX_H
#include "def/instrument.h"

/* Weighted mean of the answered scores, 1000..9000, halves rounded up
 * (towards worse); VALUE is by variable. An area not asked leaves both
 * sums; one unanswered or unknown does too, but if there are more than the
 * rule allows, or no score at all, it is VALUE_UNANSWERED. */
int32_t index_value(const struct index_rule *rule, const int32_t *value);
/* The grade VALUE falls in, VALUE_UNANSWERED for no value. */
int32_t index_grade(const struct index_rule *rule, int grades,
                    int32_t value);

/* One line of the answer to "why this value": PART of AREAS. */
struct index_part {
    int variable;               /* the area */
    int32_t score;              /* or one of the three ways of having none */
    int weight;
    int64_t product;            /* weight x score, 0 without one */
};
/* Fills PART[0..areas-1]; the value is the products' sum over the weights'
 * (of those with a score), in thousandths. Returns that weight. */
int index_parts(const struct index_rule *rule, const int32_t *value,
                struct index_part part[AREA_MAX]);

#endif
