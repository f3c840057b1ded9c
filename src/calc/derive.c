/* derive.c - see derive.h.
 *
 * One pass over the variables in their order: a condition and a derived
 * variable only look at what stands before them, so everything they see is
 * final. */
#include "calc/derive.h"
#include <assert.h>
#include "calc/index.h"

bool
derive_asked(const struct variable *v, const struct row *row)
{
    return !v->off && expr_test(v->asked, row);
}

/* An entered value as it counts. */
static int32_t
effective(const struct variable *v, const struct row *row, int32_t value,
          int32_t services_done)
{
    if (v->service >= 0) {
        if (v->off || value == VALUE_UNASKED)
            return VALUE_UNASKED;
        if (services_done != 1)
            return VALUE_UNANSWERED;
        return value == 1 ? 1 : 0;
    }
    if (!derive_asked(v, row))
        return VALUE_UNASKED;
    return value;
}

/* False where a derived variable has nothing to stand on. */
static bool
has_ground(const struct variable *v, const int32_t *value)
{
    for (int i = 0; i < v->need_count; i++)
        if (value[v->needs[i]] < 0)
            return false;
    if (v->need_count > 0)
        return true;
    for (int i = 0; i < v->entered_count; i++)
        if (value[v->entered[i]] >= 0)
            return true;
    return false;
}

static int32_t
age(const struct instrument *in, const struct variable *v,
    const int32_t *value)
{
    int32_t years = in->facts.year - value[v->of[0]];

    return years >= v->min && years <= v->max ? years : VALUE_UNANSWERED;
}

static int32_t
band(const struct instrument *in, const struct variable *v,
     const int32_t *value)
{
    int32_t x = value[v->of[0]];
    int found = VALUE_UNANSWERED;

    (void)in;
    if (x > v->max)
        return VALUE_UNANSWERED;
    for (int i = 0; i < v->code_count && x >= v->band_from[i]; i++)
        found = i;
    return found;
}

static int32_t
grade(const struct instrument *in, const struct variable *v,
      const int32_t *value)
{
    int32_t score = value[v->of[0]];

    return score > 0 ? in->scale[score - 1].grade : VALUE_UNANSWERED;
}

static int32_t
composite(const struct instrument *in, const struct variable *v,
          const int32_t *value)
{
    (void)v;
    return index_value(&in->index, value);
}

/* The last code stands for every grade from its own on. */
static int32_t
composite_grade(const struct instrument *in, const struct variable *v,
                const int32_t *value)
{
    return index_grade(&in->index, v->code_count, value[v->of[0]]);
}

static int32_t
sum(const struct instrument *in, const struct variable *v,
    const int32_t *value)
{
    int32_t total = 0;

    (void)in;
    for (int i = 0; i < v->of_count; i++)
        if (value[v->of[i]] > 0)
            total += value[v->of[i]];
    return total;
}

static int32_t
any(const struct instrument *in, const struct variable *v,
    const int32_t *value)
{
    (void)in;
    for (int i = 0; i < v->of_count; i++)
        if (value[v->of[i]] == 1)
            return 1;
    return 0;
}

/* WHEN is apart: it needs the whole row. */
static int32_t (*const makers[DERIVE_COUNT])(const struct instrument *in,
                                             const struct variable *v,
                                             const int32_t *value) = {
    [DERIVE_AGE] = age, [DERIVE_BANDS] = band, [DERIVE_GRADE] = grade,
    [DERIVE_INDEX] = composite, [DERIVE_INDEX_GRADE] = composite_grade,
    [DERIVE_SUM] = sum, [DERIVE_ANY] = any
};

/* Fills in what is derived, once all that is entered is effective. */
static void
derive_rest(const struct instrument *in, const struct row *row,
            int32_t *value, const bool *want)
{
    for (int i = in->entered_count; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];

        if (want != NULL && !want[i])
            continue;
        if (v->off)
            value[i] = VALUE_UNASKED;
        else if (!has_ground(v, value))
            value[i] = VALUE_UNANSWERED;
        else if (v->derive == DERIVE_WHEN)
            value[i] = expr_test(v->when, row);
        else
            value[i] = makers[v->derive](in, v, value);
    }
}

void
derive_row(const struct instrument *in, int32_t *value,
           const uint64_t *const *set, const bool *want)
{
    struct row row = { value, set };
    int32_t done = value[in->role[ROLE_SERVICES_DONE]];

    for (int i = 0; i < in->entered_count; i++)
        value[i] = effective(&in->variables[i], &row, value[i], done);
    derive_rest(in, &row, value, want);
}

/* As effective() of each that is on. */
static void
effective_ticks(int32_t *value, int count, int32_t done)
{
    int32_t yes = done == 1 ? 1 : VALUE_UNANSWERED;
    int32_t no = done == 1 ? 0 : VALUE_UNANSWERED;

    for (int i = 0; i < count; i++)
        value[i] = value[i] == VALUE_UNASKED ? VALUE_UNASKED
                 : value[i] == 1 ? yes : no;
}

void
derive_by(const struct outline *o, int32_t *value,
          const uint64_t *const *set, const bool *want)
{
    const struct instrument *in = o->in;
    struct row row = { value, set };
    int32_t done = value[in->role[ROLE_SERVICES_DONE]];

    for (int s = 0; s < o->steps; s++) {
        const struct outline_step *step = &o->step[s];

        if (step->ticks)
            effective_ticks(value + step->from, step->to - step->from, done);
        for (int i = step->from; !step->ticks && i < step->to; i++)
            value[i] = effective(&in->variables[i], &row, value[i], done);
    }
    derive_rest(in, &row, value, want);
}
