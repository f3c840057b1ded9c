/* cutting.h - the rows of an order, cut where some of its sites change.
 *
 * Between two cuts the sites have the same values: such rows are a *lot*, and
 * all lots with the same values are a *cell*. How many rows of a mask are in
 * each cell is counted once; whatever is asked of the mask and those sites,
 * be it a filter or the keys of a table, follows from the cells. */
#ifndef COLUMN_CUTTING_H
#define COLUMN_CUTTING_H
#include "column/columns.h"
#include "column/kernel.h"

struct cutting {
    const struct ordered *o;
    unsigned sites;             /* a bit for each of o->site */
    struct lot *lot;            /* place: the cell */
    int lots;
    int cells;
    uint32_t (*code)[SITES_MAX];        /* one a cell: its values' numbers */
    int64_t *rows;              /* one a cell */
};

/* Cuts the rows of O at SITES; clear it with cutting_clear. */
void cutting_make(struct cutting *k, const struct ordered *o,
                  unsigned sites);
void cutting_clear(struct cutting *k);

/* Where each cell goes, for one of several uses: a place, or -1. */
struct route {
    int32_t *place;
};
/* Makes one cell of all that no route tells apart, and drops the lots that
 * none takes anywhere; the places of ROUTE become those of the new cells.
 * The codes are gone after that. */
void cutting_reduce(struct cutting *k, struct route *route, int routes);

#endif
