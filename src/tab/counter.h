/* counter.h - the inside of a run, for engines that fill one.
 *
 * A counter stands beside each table of the plan. The plain engine adds to
 * it row by row; another may add what it counted of many rows at once
 * (column/), and says which tables the plain one is to leave alone. */
#ifndef TAB_COUNTER_H
#define TAB_COUNTER_H
#include "tab/planned.h"

/* The places of an axis that were ever seen: none while LOW > HIGH. */
struct seen {
    int low, high;
    bool *at;                   /* one a place; NULL where that is not
                                   asked for (AXIS_FOUND) */
};

struct counter {
    const struct planned *plan;
    struct seen rows, columns;
    int64_t *cell, *count, *of; /* places as in struct table, uncut; COUNT
                                   is CELL where nothing is summed; OF only
                                   of TICKS_BY */
    int64_t *across;            /* of rows of kind codes by an int: those in
                                   the base by column; else NULL */
    int base_count;
    int64_t *base, *left_out;   /* LEFT_OUT: NULL where nothing is summed */
    struct outside *outside;
    bool elsewhere;             /* run_row leaves it alone */
    const struct key *row_keys, *column_keys;   /* where all are shown and
                                   they were made; NULL */
    struct seen shown_rows, shown_columns;      /* when TABLE was made */
    struct arena made;          /* what TABLE points to */
    struct table table;
};

struct run {
    const struct plan *plan;
    struct arena arena;
    struct counter *counter;    /* plan->count of them */
    int64_t rows;
};

/* Somebody was counted at PLACE. */
void seen_add(struct seen *s, int place);

#endif
