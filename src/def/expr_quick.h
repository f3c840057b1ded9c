/* expr_quick.h - a filter made ready for a million rows.
 *
 * Most conditions ask something of one variable (`target in {substance,
 * dual}`), or several such things at once, or whether one of several holds.
 * What is asked of one variable is a set of its values: 64 bits, filled in
 * by expr_test itself. A filter of another form, and a value beyond the 64,
 * is left to expr_test. */
#ifndef DEF_EXPR_QUICK_H
#define DEF_EXPR_QUICK_H
#include "def/expr.h"

enum { EXPR_QUICK_FIRST = VALUE_UNASKED, EXPR_QUICK_VALUES = 64 };

struct expr_quick {
    const struct expr *x;       /* the filter; NULL is true */
    struct expr_term {
        int variable;
        uint64_t values;        /* bit 0 is EXPR_QUICK_FIRST */
    } *term;
    int terms;                  /* -1: of another form */
    bool all;                   /* what it is where every term holds */
};

/* X, of IN's variables, must outlive Q, as must ARENA. */
void expr_quicken(struct expr_quick *q, const struct expr *x,
                  const struct instrument *in, struct arena *arena);

/* Whether the filter differs between variable V unanswered and not asked,
 * or may. */
bool expr_quick_sees_unasked(const struct expr_quick *q, int v);

/* As expr_test of the filter. Looks at every term: which of them fails
 * first can't be foreseen, and costs more to find out. */
static inline bool
expr_quick_test(const struct expr_quick *q, const struct row *row)
{
    uint64_t hold = 1;

    if (q->terms < 0)
        return expr_test(q->x, row);
    for (int i = 0; i < q->terms; i++) {
        const struct expr_term *t = &q->term[i];
        uint32_t place = (uint32_t)row->value[t->variable]
                       - (uint32_t)EXPR_QUICK_FIRST;

        if (place >= EXPR_QUICK_VALUES)
            return expr_test(q->x, row);
        hold &= t->values >> place;
    }
    return (hold != 0) == q->all;
}

#endif
