/* making.h - the inside of a column maker; private to maker*.c. */
#ifndef COLUMN_MAKING_H
#define COLUMN_MAKING_H
#include "base/large.h"
#include "column/columns_file.h"
#include "column/kernel.h"

enum {
    WORD = 64,                  /* bits */
    LINE = 8,                   /* words: of a cache line */
    GROUP = 4                   /* words of a record that are turned at
                                   once (maker_file.c) */
};

#define TUPLE_NONE 0        /* the number of no tuple */

/* What a variable's values are in the word they stand in; each marked as long
 * as it was not met (maker_pack.c). */
struct listed {
    int variable, word;
    uint32_t values;            /* 0: they are too many */
    uint64_t *bits;             /* of VALUE_UNASKED and what follows */
};

/* Variables that are looked up. */
struct lookup {
    struct listed *listed;
    int count;
};

/* The values of a variable that were met; as in struct column. */
struct found {
    int32_t least, most;
};

/* What makes records of rows. */
struct packer {
    struct record_layout layout;
    struct lookup all, rest;    /* REST: those that are in no ALIKE */
    struct alike *alike;
    int alikes;
    struct found *found;        /* one a variable */
    size_t words;               /* of a record: those of the layout, and 0
                                   up to a whole GROUP */
    bool (*quick)(const struct alike *a, int count, const int32_t *value,
                  uint64_t *record);    /* the kernels' pack; or NULL */
};

/* The values of an order's sites that rows have together: two a word, the
 * first one in the lower half; rest 0. */
enum { TUPLE_WORDS = (SITES_MAX + 1) / 2 };

struct tuple {
    uint64_t values[TUPLE_WORDS];
    uint32_t number;            /* from 1, in the order they were met;
                                   TUPLE_NONE: there is none here */
    uint32_t rows;              /* once sorted */
};

struct tuples {
    int sites;
    struct large memory;
    struct tuple *slot;         /* that is it: by hash; once sorted, the COUNT
                                   first, which are those that rows have */
    uint32_t slots;             /* 0 or a power of two */
    uint32_t count;
};

/* A tuple that is looked for. */
struct sought {
    uint64_t values[TUPLE_WORDS];
    uint32_t hash;
    uint32_t number;            /* TUPLE_NONE: not found yet */
};

struct column_maker {
    struct arena arena;
    struct packer packer;
    int64_t rows, most;
    int64_t room;               /* rows that there is memory for */
    struct large records, numbers[ORDER_COUNT];
    uint64_t *word;             /* records: P->words each, and no GROUP of
                                   them lies across the end of a line */
    uint32_t *tuple[ORDER_COUNT];       /* numbers: of each row's tuple;
                                           TUPLE_NONE: it is not in it */
    struct tuples tuples[ORDER_COUNT];
    struct sought last[ORDER_COUNT];    /* the last row's tuples, which are
                                           found when the next one comes */
    bool waiting, counts;       /* the last row: not found yet; counts */
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

/* Begins to look for the tuple with S->values, so that it is at hand some
 * hundred nanoseconds later, when tuple_of is called; puts in S what that
 * needs. */
void tuple_seek(const struct tuples *t, struct sought *s);
/* Finds the tuple S, which is added if there is none. False with E set: no
 * memory. */
MUST_CHECK bool tuple_of(struct tuples *t, struct sought *s, struct err *e);
void tuples_clear(struct tuples *t);

/* Finds the tuples of M's last row if that has not been done. */
MUST_CHECK bool maker_settle(struct column_maker *m, struct err *e);
/* Puts all rows of M that are in ORDER in it. Sorts M's tuples, so once for
 * each order. Clear TO also after failure. */
MUST_CHECK bool order_make(struct column_maker *m, enum order order,
                           struct order_made *to, struct err *e);
void order_made_clear(struct order_made *o);

#endif
