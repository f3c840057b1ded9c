/* rows.h - what a statement gives: a row, one by one, a list in an arena.
 *
 *     struct db_stmt *st = store_use(s, r, SQL_EXPECTED_LIST, e);
 *     struct rows rows = { .st = st, .arena = arena };
 *     struct expected *x;
 *
 *     while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
 *         *x = (struct expected){ db_int(st, 0), db_int(st, 1) };
 *     *list = rows.list;
 *     *count = rows.count;
 *     return rows_end(&rows);
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H
#include "base/arena.h"
#include "store/db.h"

struct rows {
    struct db_stmt *st;         /* bound; NULL with E set gives no row */
    struct arena *arena;        /* of the list; NULL where none is made */
    void *list;                 /* of COUNT pieces; NULL where it has none */
    int count;
    int room;                   /* private, as what follows */
    enum db_step last;
};

/* Another row: its columns are those of the statement. */
bool rows_next(struct rows *r, struct err *e);
/* A piece of the list, SIZE bytes for the row; zeroed, unless COUNT was taken
 * back. Pieces before it may have moved. */
void *rows_piece(struct rows *r, size_t size);
/* Both: NULL where there is no more row. */
void *rows_add(struct rows *r, size_t size, struct err *e);
/* Gives the statement back. False if a row was asked for and could not be
 * had: E is set. */
MUST_CHECK bool rows_end(struct rows *r);

#endif
