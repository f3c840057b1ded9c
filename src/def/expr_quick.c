/* expr_quick.c - see expr_quick.h.
 *
 * A filter becomes terms that must all hold, a term a variable: as it
 * stands, or if that can't be, as its opposite. */
#include "def/expr_quick.h"
#include "def/expr_node.h"

/* Which variable a filter mentions, and how often it mentions any. */
struct mentioned {
    int variable;               /* -1: several */
    int count;
};

static void
see(void *ctx, int variable)
{
    struct mentioned *m = ctx;

    if (m->count++ > 0 && m->variable != variable)
        m->variable = -1;
    else
        m->variable = variable;
}

static struct mentioned
mentioned(const struct expr *x)
{
    struct mentioned m = { -1, 0 };

    expr_variables(x, see, &m);
    return m;
}

/* The values of V for which X, which asks of V only, is WANTED. */
static uint64_t
values(const struct expr *x, int v, bool wanted)
{
    int32_t value[VARIABLE_MAX];
    const struct row row = { value, NULL };
    uint64_t found = 0;

    for (int i = 0; i < EXPR_QUICK_VALUES; i++) {
        value[v] = EXPR_QUICK_FIRST + i;
        if (expr_test(x, &row) == wanted)
            found |= (uint64_t)1 << i;
    }
    return found;
}

static void
add_term(struct expr_quick *q, int v, uint64_t these)
{
    for (int i = 0; i < q->terms; i++) {
        if (q->term[i].variable == v) {
            q->term[i].values &= these;
            return;
        }
    }
    q->term[q->terms++] = (struct expr_term){ v, these };
}

/* Adds to Q that X is WANTED; false if terms can't say so. */
static bool
add(struct expr_quick *q, const struct expr *x, bool wanted,
    const struct instrument *in)
{
    int v = mentioned(x).variable;

    if (v >= 0) {
        if (in->variables[v].kind == KIND_CODES)
            return false;
        add_term(q, v, values(x, v, wanted));
        return true;
    }
    if (x->op == OP_NOT)
        return add(q, x->kids, !wanted, in);
    if (x->op != (wanted ? OP_AND : OP_OR))
        return false;
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        if (!add(q, k, wanted, in))
            return false;
    return true;
}

void
expr_quicken(struct expr_quick *q, const struct expr *x,
             const struct instrument *in, struct arena *arena)
{
    *q = (struct expr_quick){ .x = x, .all = true };
    if (x == NULL)
        return;
    q->term = arena_array(arena, (size_t)mentioned(x).count,
                          sizeof *q->term);
    if (add(q, x, true, in))
        return;
    q->terms = 0;
    q->all = false;
    if (!add(q, x, false, in))
        q->terms = -1;
}

static bool
differs(uint64_t these, int32_t a, int32_t b)
{
    return ((these >> (a - EXPR_QUICK_FIRST)
             ^ these >> (b - EXPR_QUICK_FIRST)) & 1) != 0;
}

/* Whether a filter mentions one variable. */
struct search {
    int variable;
    bool found;
};

static void
look_for(void *ctx, int variable)
{
    struct search *s = ctx;

    s->found = s->found || s->variable == variable;
}

bool
expr_quick_sees_unasked(const struct expr_quick *q, int v)
{
    struct search s = { v, false };

    for (int i = 0; i < q->terms; i++)
        if (q->term[i].variable == v)
            return differs(q->term[i].values, VALUE_UNANSWERED,
                           VALUE_UNASKED);
    expr_variables(q->x, look_for, &s);
    return s.found;
}
