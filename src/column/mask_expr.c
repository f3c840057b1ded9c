/* mask_expr.c - a filter as a mask; see mask.h.
 *
 * What each test of the filter language means is said by expr_test
 * (def/expr.c); this says the same of all rows at once. */
#include <assert.h>
#include <stdlib.h>
#include "column/mask.h"
#include "def/expr_node.h"

bool
mask_takes(const struct instrument *in, const struct expr *x)
{
    if (x == NULL)
        return true;
    if (x->op == OP_AND || x->op == OP_OR || x->op == OP_NOT) {
        for (const struct expr *k = x->kids; k != NULL; k = k->next)
            if (!mask_takes(in, k))
                return false;
        return true;
    }
    return x->op != OP_IN_SET && in->variables[x->variable].kind != KIND_TEXT;
}

static int
by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* Values as spans that rise; neighbours and equals become one. */
static int
spans_of(const int32_t *value, int count, struct span *spans)
{
    int32_t sorted[EXPR_VALUES_MAX];
    int n = 0;

    assert(count <= EXPR_VALUES_MAX);
    for (int i = 0; i < count; i++)
        sorted[i] = value[i];
    qsort(sorted, (size_t)count, sizeof *sorted, by_value);
    for (int i = 0; i < count; i++) {
        if (n > 0 && sorted[i] <= spans[n - 1].to + 1)
            spans[n - 1].to = sorted[i];
        else
            spans[n++] = (struct span){ sorted[i], sorted[i] };
    }
    return n;
}

static int
compare(struct masks *m, const struct expr *x)
{
    int32_t value = x->value[0];
    struct span below = { 0, value - 1 }, above = { value + 1, INT32_MAX };
    struct span spans[2];
    int n = 0;

    if (x->sign == SIGN_LE)
        below.to = value;
    if (x->sign == SIGN_GE)
        above.from = value;
    if (x->sign == SIGN_EQ)
        return mask_in(m, x->variable, &(struct span){ value, value }, 1);
    if (x->sign != SIGN_GT && x->sign != SIGN_GE && below.to >= 0)
        spans[n++] = below;
    if (x->sign != SIGN_LT && x->sign != SIGN_LE)
        spans[n++] = above;
    return mask_in(m, x->variable, spans, n);
}

static int
in_state(struct masks *m, const struct expr *x)
{
    int has = mask_has(m, x->variable);

    switch (x->state) {
    case IS_ANSWERED: return has;
    case IS_BLANK: return mask_and_not(m, MASK_ALL, has);
    case IS_UNKNOWN: return mask_without(m, x->variable, VALUE_UNKNOWN);
    default: return mask_without(m, x->variable, VALUE_UNASKED);
    }
}

int
mask_expr(struct masks *m, const struct expr *x)
{
    struct span spans[EXPR_VALUES_MAX];
    int mask;

    if (x == NULL)
        return MASK_ALL;
    switch (x->op) {
    case OP_AND:
        mask = MASK_ALL;
        for (const struct expr *k = x->kids; k != NULL; k = k->next)
            mask = mask_and(m, mask, mask_expr(m, k));
        return mask;
    case OP_OR:
        mask = MASK_NONE;
        for (const struct expr *k = x->kids; k != NULL; k = k->next)
            mask = mask_or(m, mask, mask_expr(m, k));
        return mask;
    case OP_NOT:
        return mask_and_not(m, MASK_ALL, mask_expr(m, x->kids));
    case OP_COMPARE:
        return compare(m, x);
    case OP_IN:
        return mask_in(m, x->variable, spans,
                       spans_of(x->value, x->values, spans));
    default:
        assert(x->op == OP_IS);
        return in_state(m, x);
    }
}
