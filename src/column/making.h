/* making.h - the inside of a column maker; private to maker*.c. */
#ifndef COLUMN_MAKING_H
#define COLUMN_MAKING_H
#include "column/columns_file.h"

enum {
    WORD = 64,                  /* bits */
    LINE = 8,                   /* words: of a cache line */
    GROUP = 4,                  /* words of a record that are turned at
                                   once (maker_file.c) */
    CHUNK = 4096                /* rows whose memory is taken at once */
};

#define TUPLE_NONE 0        /* the number of no tuple */

/* Some rows' records, one after another, P->words each; aligned so that no
 * GROUP of words lies across the end of a line. */
struct chunk {
    uint32_t tuple[ORDER_COUNT][CHUNK]; /* TUPLE_NONE: it is not in it */
    uint64_t word[];
};

/* What a variable's values are in the word they stand in; marked as long as
 * none of them was met (maker_pack.c). */
struct listed {
    uint32_t values;            /* 0: they are too many */
    uint64_t *bits;             /* of VALUE_UNASKED and what follows */
};

/* The values of a variable that were met; as in struct column. */
struct found {
    int32_t least, most;
};

/* What makes records of rows. */
struct packer {
    struct record_layout layout;
    struct listed *listed;      /* one a variable */
    struct found *found;        /* one a variable */
    size_t words;               /* of a record: those of the layout, and 0
                                   up to a whole GROUP */
    int *end;                   /* one a word: the variable that the next
                                   one begins with */
};

/* The values of an order's sites that rows have together. */
struct tuple {
    int32_t value[SITES_MAX];   /* rest 0 */
    uint32_t number;            /* from 1, in the order they were met;
                                   TUPLE_NONE: there is none here */
    uint32_t rows;              /* once sorted */
};

struct tuples {
    int sites;
    struct tuple *slot;         /* by hash; once sorted, the COUNT first,
                                   which are those that rows have */
    uint32_t slots;             /* 0 or a power of two */
    uint32_t count;
};

/* A tuple that is looked for. */
struct sought {
    int32_t value[SITES_MAX];   /* rest 0 */
    uint32_t hash;
};

struct column_maker {
    struct arena arena;
    struct packer packer;
    int64_t rows, room;
    struct chunk **chunk;
    size_t chunks, chunk_room;
    struct tuples tuples[ORDER_COUNT];
    bool written;
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

/* For rows of IN, which must be bound; taken from ARENA. */
void packer_init(struct packer *p, const struct instrument *in,
                 struct arena *arena);
/* ROW, all of it effective and derived, as P->words of RECORD; what it has is
 * found. COUNTS: it is the registration that counts of its person.
 * False where a value is none that its variable can have; P is of no use
 * then. */
bool packer_pack(struct packer *p, const struct row *row, bool counts,
                 uint64_t *record);

/* Begins to look for the tuple with S->value, so that it is at hand when
 * tuple_of is called; puts in S what that needs. */
void tuple_seek(const struct tuples *t, struct sought *s);
/* The number of the tuple S, which is added if there is none. False with E
 * set: no memory. */
MUST_CHECK bool tuple_of(struct tuples *t, const struct sought *s,
                         uint32_t *number, struct err *e);
void tuples_clear(struct tuples *t);

/* Puts all rows of M that are in ORDER in it. Sorts M's tuples, so once for
 * each order. Clear TO also after failure. */
MUST_CHECK bool order_make(struct column_maker *m, enum order order,
                           struct order_made *to, struct err *e);
void order_made_clear(struct order_made *o);

#endif
