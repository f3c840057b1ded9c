/* index.c - see index.h.
 *
 * An unanswered area leaves both sums, so the rest keep their weights
 * relative to each other. Counted as green, it would make people look
 * better the less we know about them. */
#include "calc/index.h"
#include <assert.h>

static_assert((int64_t)AREA_MAX * WEIGHT_MAX * (SCORE_MAX * 1000 + 1)
              < INT32_MAX, "the sum in index_value() fits");

int
index_parts(const struct index_rule *rule, const int32_t *value,
            struct index_part part[AREA_MAX])
{
    int weight = 0;

    for (int i = 0; i < rule->areas; i++) {
        int32_t score = value[rule->variable[i]];

        assert(score <= SCORE_MAX);
        part[i] = (struct index_part){
            rule->variable[i], score, rule->weight[i],
            score > 0 ? (int64_t)rule->weight[i] * score : 0
        };
        if (score > 0)
            weight += rule->weight[i];
    }
    return weight;
}

/* As index_parts adds up, without a branch: what is answered can't be
 * foreseen. */
int32_t
index_value(const struct index_rule *rule, const int32_t *value)
{
    int32_t weight = 0, sum = 0, unanswered = 0;

    for (int i = 0; i < rule->areas; i++) {
        int32_t score = value[rule->variable[i]];
        int32_t has = -(int32_t)(score > 0);

        assert(score <= SCORE_MAX);
        weight += rule->weight[i] & has;
        sum += (rule->weight[i] * score) & has;
        unanswered += score == VALUE_UNANSWERED || score == VALUE_UNKNOWN;
    }
    if (weight == 0 || unanswered > rule->unanswered_max)
        return VALUE_UNANSWERED;
    return (sum * 1000 + weight / 2) / weight;
}

int32_t
index_grade(const struct index_rule *rule, int grades, int32_t value)
{
    int grade = 0;

    if (value < 0)
        return VALUE_UNANSWERED;
    for (int i = 1; i < grades; i++)
        grade += value >= rule->from[i];
    return grade;
}
