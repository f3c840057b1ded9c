/* slow_table.h - the twin of tab/: one table at a time, one cell at a time.
 *
 * Every number of a table is asked of all rows anew, by the rules and not
 * by the engine's way of finding them. */
#ifndef TESTS_SLOW_TABLE_H
#define TESTS_SLOW_TABLE_H
#include "random_filter.h"
#include "tab/count.h"

struct slow_figure {
    const struct filter *where, *of;    /* NULL: everybody */
    bool has_of;
    int sum;                    /* variable, or -1 */
};

struct slow_question {
    const struct instrument *in;
    const int *rows;            /* variables; figures: none */
    int row_count;
    int columns, sum;           /* variable, or -1 */
    const struct filter *where, *and_where;
    const struct slow_figure *figures;
    int figure_count;
};

/* False, with a line in WHY, if T is not the answer to Q for the COUNT
 * rows. */
bool slow_agrees(const struct slow_question *q, const struct row *rows,
                 int count, const struct table *t, struct buf *why);

#endif
