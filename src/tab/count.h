/* count.h - counting: rows in, tables out.
 *
 * The engine is: run = all zero; for each row, for each table whose filter
 * holds, add one to the cell the row falls in; then read off. It is the
 * plain version, obviously right, and stays as the twin of faster ones. */
#ifndef TAB_COUNT_H
#define TAB_COUNT_H
#include "tab/plan.h"

/* Rows from anywhere: a store, a file, a test's array. NEXT puts the next
 * row in *ROW, NULL after the last; it is borrowed until the next call. */
struct cursor {
    bool (*next)(void *ctx, const struct row **row, struct err *e);
    void *ctx;
};

/* Those that match the filter and are in no cell, each once: by the row
 * variable where that has no value, else by the column's. Of a figure:
 * those out of its base because the first variable that `of` names has no
 * value. */
struct outside {
    int64_t unanswered, unknown, not_asked;
};

struct key {
    const char *id;             /* "green", "1", "18-25", "17" */
    struct label label;
};

/* A counted table. Keys: of the row variable (ONE_WAY, TWO_WAY), of the
 * column variable (TWO_WAY, TICKS_BY) or of the battery's kind (BATTERY);
 * TICKS and FIGURES have one column with the key "1" (TICKS: with the label
 * of yes). All codes in the definition's order, zeros too; of an int the
 * values from the lowest to the highest found among those in the base, so
 * none where nobody is; of a text4 only the values found there, rising. */
struct table {
    enum shape shape;
    const struct question *question;
    int row_count, column_count;        /* ONE_WAY: column_count 1; each
                                           may be 0 for an int or
                                           a text4 */
    const struct key *row_keys;         /* NULL: rows are variables or
                                           figures, see the question */
    const struct key *column_keys;      /* NULL for ONE_WAY */
    bool multiple;              /* rows of kind codes: one recipient may be
                                   in several */
    int64_t *cell;              /* row_count x column_count, row by row:
                                   recipients, or sums over those of them
                                   that have a value to add */
    int64_t *count;             /* the same shape, always recipients;
                                   the same as cell without a sum */
    int64_t *of;                /* TICKS_BY and FIGURES: the base of each
                                   cell's share, in recipients (TICKS_BY:
                                   those of the column with a value in the
                                   row; FIGURES: those its `of` holds for,
                                   -1 without one); else NULL */
    int base_count;             /* 1, or row_count (BATTERY, TICKS,
                                   TICKS_BY, FIGURES) */
    int64_t *base;              /* recipients with a value in both;
                                   FIGURES: those the filter and `of`
                                   hold for */
    struct outside *outside;    /* base_count of them */
    int64_t *left_out;          /* base_count of them: in a cell, but
                                   without a value to add, each once; NULL
                                   where nothing is summed */
};

struct run;

/* Begins a run of PLAN, which must outlive it and be complete. */
struct run *run_new(const struct plan *plan);
void run_free(struct run *r);
/* Adds one row to every table. */
void run_row(struct run *r, const struct row *row);
/* The same with SIGN 1; with -1 takes out again a row that was added before:
 * what is left is as if it never had been. */
void run_signed(struct run *r, const struct row *row, int sign);
/* Adds all rows of C. */
MUST_CHECK bool run_rows(struct run *r, const struct cursor *c,
                         struct err *e);
/* Adds to each table of R what FROM, a run of another plan over an instrument
 * with the same definition and facts, has counted for the same question;
 * run_row and the like leave those tables alone from then on. Where all are
 * such, FROM's rows are among those seen. How many tables are left. */
int run_take(struct run *r, const struct run *from);
/* Whether R and FROM, runs of one plan, have counted the same for table I,
 * those beside the cells too. */
bool run_same(struct run *r, struct run *from, int i);
/* The first table of which they have not; -1: there is none. */
int run_differs(struct run *r, struct run *from);
/* Rows seen so far. */
int64_t run_seen(const struct run *r);
/* Table I, made from what was counted until now; it and all it points to
 * belong to the run, until table I is asked for again. Ask again after more
 * rows. */
const struct table *run_table(struct run *r, int i);

/* Sums of cells. Column sums and the sum of all mean something only where
 * one recipient is in one row: they are asserted to be asked for only of
 * ONE_WAY and TWO_WAY that is not multiple. */
int64_t table_row_sum(const struct table *t, int row);
int64_t table_column_sum(const struct table *t, int column);
int64_t table_sum(const struct table *t);
/* N (0 or more) of BASE in whole percent, halves away from zero; -1 if BASE
 * is 0 or none (-1). DECIMALS more digits, 0..3: share_of(86, 10000, 2) is
 * 86 (0.86 %). */
int64_t share_of(int64_t n, int64_t base, int decimals);

#endif
