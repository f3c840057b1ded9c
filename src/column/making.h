/* making.h - the inside of a column maker; private to maker*.c. */
#ifndef COLUMN_MAKING_H
#define COLUMN_MAKING_H
#include "column/columns_file.h"

enum { CHUNK = 4096, WORD = 64 };

#define TUPLE_NONE UINT32_MAX

/* Some rows' records: word K of row R is word[K * CHUNK + R]. */
struct chunk {
    uint32_t tuple[ORDER_COUNT][CHUNK]; /* TUPLE_NONE: it is not in it */
    uint64_t word[];
};

/* The values of an order's sites that rows have together. */
struct tuple {
    int32_t value[SITES_MAX];   /* rest 0 */
    uint32_t number;            /* in the order they were met */
    uint32_t rows;
};

struct tuples {
    int sites;
    struct tuple *list;
    uint32_t count, room;
    uint32_t *slot;             /* tuple + 1 by hash; 0: none */
    uint32_t slots;
};

struct found {
    int32_t least, most;
};

struct column_maker {
    struct arena arena;
    struct record_layout layout;
    struct found *found;        /* one a variable */
    uint64_t *record;           /* the one that is being packed */
    int64_t rows, room;
    struct chunk **chunk;
    size_t chunk_room;
    struct tuples tuples[ORDER_COUNT];
};

/* What becomes of one site. */
struct site_made {
    uint32_t values, stretches;
    int32_t *value;
    struct stretch *stretch;
};

/* Rows in one order. */
struct order_made {
    uint32_t rows;
    uint32_t *row;              /* which row is N-th */
    struct site_made site[SITES_MAX];
};

/* The number of the tuple with VALUE[t->sites], which is added if there is
 * none; one more row has it. False with E set: no memory. */
MUST_CHECK bool tuple_of(struct tuples *t, const int32_t *value,
                         uint32_t *number, struct err *e);
void tuples_clear(struct tuples *t);

/* Puts all rows of M that are in ORDER in it. Sorts M's tuples, so once for
 * each order. Clear TO also after failure. */
MUST_CHECK bool order_make(struct column_maker *m, enum order order,
                           struct order_made *to, struct err *e);
void order_made_clear(struct order_made *o);

#endif
