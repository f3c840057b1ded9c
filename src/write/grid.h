/* grid.h - a table as people see it: rows and columns of short texts.
 *
 * A counted table is numbers and sides; what stands in which column (the
 * share beside a number or under it, sums, who is outside) follows from its
 * shape. That is decided here once, for every writer of tables that people
 * read; a writer decides how each kind of column and cell looks. */
#ifndef WRITE_GRID_H
#define WRITE_GRID_H
#include "report/tree.h"

/* What a column has. */
enum grid_kind {
    GRID_NAME,                  /* the first: what the rows are */
    GRID_CELL,
    GRID_SHARE,                 /* of the only cell */
    GRID_OF,                    /* what that is a share of */
    GRID_SUM,                   /* of the row's cells */
    GRID_BASE,                  /* of the row */
    GRID_OUTSIDE                /* for one of three reasons */
};

struct grid_head {
    enum grid_kind kind;
    const char *text;           /* "" where there is nothing */
    int grade;                  /* its mark stands before it, or GRADE_NO */
};

struct grid_cell {
    const char *text;           /* "" where there is nothing */
    const char *share;          /* under or behind the number; NULL: none */
    int grade;                  /* of a name: its mark, or GRADE_NO */
    bool hidden, zero;          /* a count that is */
    bool few;                   /* a count to be marked: the document is
                                 * internal, and so few people are in it */
};

struct grid {
    int columns, rows;          /* the first column names the row */
    int cells;                  /* columns 1.. that are GRID_CELL */
    const struct grid_head *head;       /* columns of them */
    const char *over;           /* stands over the cells; NULL: nothing */
    const struct grid_cell *cell;       /* rows x columns */
    bool cross;                 /* number and share stand in one cell */
    bool total;                 /* the last row is sums */
    const char *key;            /* what ":" means, to be said below; NULL:
                                 * there is none */
};

/* T in the language of DOC, in ARENA. */
const struct grid *grid_of(const struct document *doc,
                           const struct doc_table *t, struct arena *arena);
const struct grid_cell *grid_at(const struct grid *g, int row, int column);

/* C's count by itself: "1 845", ":" where it is hidden. */
struct grid_cell grid_number(const struct document *doc,
                             const struct doc_cell *c, struct arena *arena);
/* "36 % av 523", what stands below a key figure; NULL: nothing. */
const char *grid_share_of(const struct document *doc,
                          const struct doc_cell *c, struct arena *arena);
/* Counts under this are marked in an internal document. */
int grid_few(const struct document *doc);

#endif
