/* derive.c - see derive.h.
 *
 * One pass over the variables in their order: a condition and a derived
 * variable only look at what stands before them, so everything they see is
 * final. By an outline all questions with the same condition are done where
 * the first of them stands: what it looks at is before that one. */
#include "calc/derive.h"
#include <assert.h>
#include "calc/index.h"
#include "calc/ticks.h"

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
static inline bool
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

    return score > 0 && score <= in->scale_count
         ? in->scale[score - 1].grade : VALUE_UNANSWERED;
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
        total += value[v->of[i]] > 0 ? value[v->of[i]] : 0;
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

int32_t
derive_one(const struct instrument *in, int i, const struct row *row)
{
    const struct variable *v = &in->variables[i];

    if (v->off)
        return VALUE_UNASKED;
    if (!has_ground(v, row->value))
        return VALUE_UNANSWERED;
    if (v->derive == DERIVE_WHEN)
        return expr_test(v->when, row);
    return makers[v->derive](in, v, row->value);
}

void
derive_row(const struct instrument *in, int32_t *value,
           const uint64_t *const *set, const bool *want)
{
    struct row row = { value, set };
    int32_t done = value[in->role[ROLE_SERVICES_DONE]];

    for (int i = 0; i < in->entered_count; i++)
        value[i] = effective(&in->variables[i], &row, value[i], done);
    for (int i = in->entered_count; i < in->variable_count; i++)
        if (want == NULL || want[i])
            value[i] = derive_one(in, i, &row);
}

/* ---- by an outline ---- */

/* Answers to questions that are not asked become so. Nothing branches on
 * an answer: half of the guesses would be wrong. */
static void
ask(const struct outline *o, int32_t *value, const struct row *row)
{
    for (int k = 0; k < o->conditions; k++) {
        const struct outline_condition *c = &o->condition[k];
        int32_t keep = -(int32_t)expr_quick_test(&c->asked, row);

        for (int i = 0; i < c->questions; i++)
            value[c->question[i]] = (value[c->question[i]] & keep)
                                  | (VALUE_UNASKED & ~keep);
    }
}

/* What asks whether any of some ticks is a yes: 1 where one is, else 0
 * where any has an answer; of several words the most. Such variables look
 * at nothing else. */
static void
derive_ticks(const struct outline *o, const struct ticks *t, int32_t *value,
             const bool *want)
{
    for (int i = 0; i < o->any_count; i++) {
        const struct outline_any *a = &o->any[i];
        bool yes = (t->yes[a->word] & a->ticks) != 0;
        int32_t x = yes - ((t->has[a->word] & a->ticks) == 0);

        if ((want == NULL || want[a->variable])
            && (!a->more || x > value[a->variable]))
            value[a->variable] = x;
    }
}

/* What is looked up; a value that no table has is rare. */
static void
derive_tables(const struct outline *o, const struct row *row, int32_t *value,
              const bool *want)
{
    for (int i = 0; i < o->tables; i++) {
        const struct outline_table *t = &o->table[i];
        uint32_t place = (uint32_t)value[t->of] - (uint32_t)t->first;

        if (want == NULL || want[t->variable])
            value[t->variable] = place < OUTLINE_TABLE ? t->result[place]
                               : derive_one(o->in, t->variable, row);
    }
}

/* As derive_one of D. */
static int32_t
derived_by(const struct outline *o, const struct outline_derived *d,
           const struct row *row)
{
    const struct variable *v = &o->in->variables[d->variable];

    switch (d->way) {
    case WAY_NEVER:
        return VALUE_UNASKED;
    case WAY_WHEN:
        if (!has_ground(v, row->value))
            return VALUE_UNANSWERED;
        return expr_quick_test(&d->when, row);
    case WAY_GROUND:
        return makers[v->derive](o->in, v, row->value);
    case WAY_RULE:
        break;
    }
    return derive_one(o->in, d->variable, row);
}

void
derive_by(const struct outline *o, int32_t *value,
          const uint64_t *const *set, const bool *want)
{
    struct row row = { value, set };
    bool done = value[o->in->role[ROLE_SERVICES_DONE]] == 1;
    struct ticks ticks;

    ask(o, value, &row);
    ticks_take(&ticks, value + o->ticks.from, o->ticks.to - o->ticks.from,
               done);
    for (int i = 0; i < o->off_count; i++)
        value[o->off[i]] = VALUE_UNASKED;
    derive_ticks(o, &ticks, value, want);
    derive_tables(o, &row, value, want);
    for (int i = 0; i < o->derived_count; i++) {
        const struct outline_derived *d = &o->derived[i];

        if (want == NULL || want[d->variable])
            value[d->variable] = derived_by(o, d, &row);
    }
}
