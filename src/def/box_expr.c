/* box_expr.c - see box.h: an expression as a box.
 *
 * `not` is taken down to the tests: of an `and` it makes an `or` of what is
 * not, and the other way round. */
#include <assert.h>
#include "def/boxing.h"
#include "def/expr_node.h"

/* ---- tests ---- */

/* The spans that the sign of a comparison leaves. */
static struct span
sign_span(enum sign sign, int32_t value)
{
    switch (sign) {
    case SIGN_EQ: return (struct span){ value, value };
    case SIGN_LT: return (struct span){ 0, value - 1 };
    case SIGN_LE: return (struct span){ 0, value };
    case SIGN_GT: return (struct span){ value + 1, INT32_MAX };
    case SIGN_GE: case SIGN_NE: break;
    }
    return (struct span){ value, INT32_MAX };
}

static struct box_side
compare_side(struct boxes *b, const struct expr *x)
{
    struct box_side all = side_answered(b, x->variable), side;
    struct span span;

    if (x->sign == SIGN_NE) {
        side = side_range(b, x->variable, x->value[0], x->value[0]);
        return side_minus(b, &all, &side);
    }
    span = sign_span(x->sign, x->value[0]);
    side = side_range(b, x->variable, span.from, span.to);
    return side_both(b, &side, &all);
}

static struct box_side
in_side(struct boxes *b, const struct expr *x)
{
    struct span *span = arena_array(b->arena, (size_t)x->values + 1,
                                    sizeof *span);

    for (int i = 0; i < x->values; i++)
        span[i] = (struct span){ x->value[i], x->value[i] };
    return side_of(b, x->variable, span, spans_join(span, x->values));
}

static struct box_side
is_side(struct boxes *b, const struct expr *x)
{
    int v = x->variable;

    switch (x->state) {
    case IS_BLANK: return side_range(b, v, BOX_LOWEST, -1);
    case IS_UNKNOWN: return side_range(b, v, VALUE_UNKNOWN, VALUE_UNKNOWN);
    case IS_UNASKED: return side_range(b, v, VALUE_UNASKED, VALUE_UNASKED);
    case IS_ANSWERED: break;
    }
    return side_answered(b, v);
}

static struct box
chosen_box(struct boxes *b, const struct expr *x)
{
    struct box *box = arena_array(b->arena, (size_t)x->values + 1,
                                  sizeof *box), out, answered;

    for (int i = 0; i < x->values; i++)
        box[i] = box_chosen(b, x->variable, x->value[i]);
    if (x->values == 1)
        return box[0];
    out = box_any_opaque(b, box, x->values);
    answered = box_answered(b, x->variable);
    return box_and(b, &answered, &out);
}

static struct box
test_box(struct boxes *b, const struct expr *x)
{
    switch (x->op) {
    case OP_COMPARE: return box_of_side(b, compare_side(b, x));
    case OP_IN: return box_of_side(b, in_side(b, x));
    case OP_IN_SET: return chosen_box(b, x);
    default: break;
    }
    assert(x->op == OP_IS);
    return box_of_side(b, is_side(b, x));
}

/* ---- what they are joined by ---- */

static struct box tree_box(struct boxes *b, const struct expr *x,
                           bool negated);

static struct box
list_box(struct boxes *b, const struct expr *x, bool all, bool negated)
{
    struct box *box, out = box_everybody();
    int count = 0;

    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        count++;
    box = arena_array(b->arena, (size_t)count + 1, sizeof *box);
    count = 0;
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        box[count++] = tree_box(b, k, negated);
    if (!all)
        return box_any(b, box, count);
    for (int i = 0; i < count; i++)
        out = box_and(b, &out, &box[i]);
    return out;
}

static struct box
tree_box(struct boxes *b, const struct expr *x, bool negated)
{
    struct box out;

    switch (x->op) {
    case OP_AND: return list_box(b, x, !negated, negated);
    case OP_OR: return list_box(b, x, negated, negated);
    case OP_NOT: return tree_box(b, x->kids, !negated);
    default: break;
    }
    out = test_box(b, x);
    return negated ? box_not(b, &out) : out;
}

struct box
box_of(struct boxes *b, const struct expr *x)
{
    return x == NULL ? box_everybody() : tree_box(b, x, false);
}
