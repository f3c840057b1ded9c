/* plan.h - what is to be counted: a read-only list of tables.
 *
 * A question (struct question) names variables; a plan holds checked
 * questions with the keys of their rows and columns. A plan is made once
 * and only read after that, so that it can be shared; what changes while
 * counting is in a run (count.h), and what comes out is a struct table.
 *
 * The shapes:
 *     ONE_WAY   rows: the keys of one variable
 *     TWO_WAY   rows and columns: the keys of two
 *     BATTERY   a row for each variable, all with the same keys, which are
 *               the columns
 *     TICKS     a row for each bool; one column, the count of 1
 *     TICKS_BY  a row for each bool, the count of 1 by the keys of a
 *               column variable
 *     FIGURES   a row for each condition; one column
 *
 * Source of the counting rules: rules.md, "Counting"; of the shapes:
 * interfaces.md, "JSON of a table". */
#ifndef TAB_PLAN_H
#define TAB_PLAN_H
#include "def/expr.h"

enum {
    PLAN_TABLES_MAX = 512,
    PLAN_CELLS_MAX = 1 << 22,   /* counters of all its tables */
    QUESTION_ROWS_MAX = 256     /* rows that are variables or figures */
};

enum shape {
    SHAPE_ONE_WAY, SHAPE_TWO_WAY, SHAPE_BATTERY, SHAPE_TICKS,
    SHAPE_TICKS_BY, SHAPE_FIGURES
};

/* One table as it is asked for. All pointers are borrowed for the life of
 * the plan; the struct itself is copied. Without rows and figures it is a
 * single count: FIGURES with one row. Columns need rows; rows and figures
 * are never together. */
struct question {
    const int *rows;            /* variables, of one kind and keys */
    int row_count;
    int columns;                /* variable, or -1 */
    const char *where;          /* filter as written; NULL or "": all */
    const char *and_where;      /* a second filter, or NULL */
    int sum;                    /* int variable, or -1; FIGURES: of those
                                   that have no sum of their own */
    const struct figure *figures;
    int figure_count;
};

struct plan;

/* An empty plan over IN, which must be bound and outlive it. */
struct plan *plan_new(const struct instrument *in);
void plan_free(struct plan *p);
/* Adds a table; its number (0, 1, ...) in the plan, or -1 with E set and
 * the plan as before: a variable that can't be rows or columns (text,
 * date, ident, index, identifying; codes as columns or in a
 * battery), rows of different kinds or keys, columns beside a battery of
 * anything but bools or without rows, a sum of anything but an int, a bad
 * filter, more than a plan takes. E must be clear. */
int plan_add(struct plan *p, const struct question *q, struct err *e);
int plan_count(const struct plan *p);

/* Whether anything in the plan looks at variable V: what need not be
 * decoded, decrypted or computed is left alone by the feed. Counts the
 * variables behind derived ones and those that decide whether V is asked;
 * false for V = -1. */
bool plan_needs(const struct plan *p, int v);

#endif
