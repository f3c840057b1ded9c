/* planned.h - the inside of a plan, for those in tab that count by it.
 *
 * Everything here is checked and read-only once plan_add has returned. */
#ifndef TAB_PLANNED_H
#define TAB_PLANNED_H
#include "tab/axis.h"
#include "tab/plan.h"

struct planned_figure {
    struct expr *where, *of;    /* NULL: every row */
    bool has_of;
    int base_variable;          /* the first that `of` names, or -1 */
    int sum;                    /* variable, or -1 */
};

struct planned {
    struct question question;
    enum shape shape;
    struct axis rows;           /* ONE_WAY, TWO_WAY; TICKS, TICKS_BY: yes
                                   and no; else empty */
    struct axis columns;        /* TWO_WAY, TICKS_BY, BATTERY; else empty */
    int row_count, column_count;        /* places to count in */
    bool sums;                  /* anything is summed */
    struct expr *where, *and_where;     /* NULL: every row */
    const struct planned_figure *figures;       /* FIGURES: row_count */
};

struct plan {
    struct arena arena;
    const struct instrument *in;
    int count;
    int64_t cells;              /* of all tables, 0..PLAN_CELLS_MAX */
    struct planned *table[PLAN_TABLES_MAX];
    bool needed[VARIABLE_MAX];
};

/* Whether the rows are the keys of a variable, not variables. */
static inline bool
planned_keyed(const struct planned *t)
{
    return t->shape == SHAPE_ONE_WAY || t->shape == SHAPE_TWO_WAY;
}

#endif
