/* cutting.h - the rows of an order, cut where some of its sites change.
 *
 * Between two cuts the sites have the same values, and so whatever asks about
 * them by filters and keys, its *routes*, takes such rows to the same places.
 * Rows in turn that all routes take to the same places are a *lot*; all lots
 * that go to the same places are a *cell*. How many rows of a mask are in
 * each cell is counted once; whatever is asked of the mask and those sites
 * follows from the cells. */
#ifndef COLUMN_CUTTING_H
#define COLUMN_CUTTING_H
#include "column/columns.h"
#include "column/kernel.h"

/* What is asked of the sites. */
struct routing {
    int routes;                 /* 1.. */
    /* PLACE[routes] gets where each route takes rows whose sites have the
     * values number CODE (of those that are cut at): a place, or -1. */
    void (*route)(void *ctx, const uint32_t *code, int32_t *place);
    void *ctx;
    const uint8_t *taken[SITES_MAX];    /* a byte a value of the site: not 0
                                           where some route may take it
                                           somewhere; NULL: any */
};

/* Rows of CELL go to PLACE. */
struct reach {
    int cell;
    int32_t place;
};

struct cutting {
    struct lot *lot;            /* place: the cell; what no route takes
                                   anywhere is in none */
    int lots;
    int cells, routes;
    int64_t *rows;              /* one a cell */
    struct reach *reach;        /* of route R: those from first[R] up to
                                   first[R + 1], by cell */
    int *first;
};

/* Cuts the rows of O at SITES, a bit for each; clear it with
 * cutting_clear. */
void cutting_make(struct cutting *k, const struct ordered *o, unsigned sites,
                  const struct routing *routing);
void cutting_clear(struct cutting *k);

#endif
