/* columns.h - a set of registrations as a file of bit planes.
 *
 * The rows stand there twice, in two orders (record.h): all of them by year,
 * municipality, period and unit, and those that count by grade, age
 * group, sex, index and age. What an order is sorted by are its *sites*: a
 * few *stretches* of equal values each. A question is answered by the order
 * in which more of what it asks stands together; one by a place only by the
 * first, which has the places as sites and not as planes.
 *
 * A plane has a bit a row. A plane that is empty, full or the same as another
 * is not in the file again: the eighty ticks of a form share the one that
 * says whether services were gone through. Planes have the same numbers in
 * both orders.
 *
 * The file is written once and only read after that: planes are mapped into
 * memory, what says where they are is copied. It can always be made again
 * from the store, which is the truth: whatever is wrong with a file is a
 * reason to throw it away, never to count by it. Sums are verified when it
 * is opened. Should another program cut it short or write to it after that,
 * or the disk not give it, nothing stops and what was counted by it is
 * thrown away (guard.h); against somebody who may write to it and sets its
 * time back there is nothing.
 * It holds no pseudonym, case code, text, or units that serve somebody.
 *
 * Layout (numbers as the machine has them, all offsets from the start):
 *     struct columns_head, columns, bit planes of values, for each order and
 *     each of its sites its values and its stretches, the note and a NUL,
 *     padding to 64, the planes of the first order, those of the second */
#ifndef COLUMN_COLUMNS_H
#define COLUMN_COLUMNS_H
#include "column/guard.h"
#include "column/record.h"

enum {
    COLUMNS_FORMAT = 3,
    COLUMNS_ORIGIN = 32,           /* bytes of what a file was made for */
    COLUMNS_ROWS_MAX = 1 << 30,
    PLANE_ALIGN = 512,          /* rows; planes are padded to whole ones */
    PLANE_EMPTY = 0, PLANE_FULL = 1,    /* planes that need no room: full
                                           is a bit for every row */
    PLANE_FIRST = 2,            /* the first that is in the file: of rows */
    BLOCK_ROWS = 1 << 15        /* counted at a time: 4 KiB of a plane, so
                                   that all that is counted stays in L2 */
};

/* What a block of a plane is, all of it. */
enum block_state { BLOCK_SOME, BLOCK_EMPTY, BLOCK_FULL };

/* One variable. Planes by number; BITS of them from columns->bit[first], and
 * behind these, where that stands apart, who has a value, was not asked, and
 * does not know (APART_HAS ..). */
struct column {
    uint32_t first, bits, apart;
    int32_t low, high;          /* the value of bits that are all 0, and the
                                   highest it can have */
    int32_t least, most;        /* found, with those that stand for none;
                                   LEAST > MOST: nothing */
};

/* Rows from FROM to where the next stretch begins have the value that is
 * number CODE of the site's. */
struct stretch {
    uint32_t from, code;
};

struct site {
    int variable;
    uint32_t values, stretches;
    const int32_t *value;       /* found; rising, missing ones too */
    const struct stretch *stretch;
};

/* The rows in one order. */
struct ordered {
    int64_t rows;
    size_t plane_words;
    const uint64_t *plane;      /* the first in the file; aligned to 64 */
    const uint8_t *state;       /* enum block_state of each block of the
                                   first plane, then of the next, ... */
    size_t blocks;              /* of a plane */
    int sites;
    struct site site[SITES_MAX];
};

/* A file, opened. Read-only: any number of threads may count by it. */
struct columns {
    int64_t rows;
    struct ordered order[ORDER_COUNT];
    int variables;              /* those of the instrument */
    const struct column *column;
    const uint32_t *bit;        /* plane numbers */
    uint32_t counts;            /* plane of those that count */
    int planes;                 /* PLANE_FIRST .. PLANE_FIRST + planes - 1 */
    const char *note;           /* what its maker noted */
    struct guard *guard;        /* planes are read by it, and only so */
    void *directory;            /* private: all the others point into it */
    uint8_t *state[ORDER_COUNT];        /* private */
};

/* What columns are made of, row by row. */
struct column_maker;
/* IN must be bound and outlive it. Takes MOST rows at most, up to
 * COLUMNS_ROWS_MAX. */
struct column_maker *column_maker_new(const struct instrument *in,
                                      int64_t most);
void column_maker_free(struct column_maker *m);
/* Adds ROW, which is effective and derived; COUNTS says whether it is the
 * registration that counts of its person. False with E set: a value that
 * its variable can't have, too many rows, no memory; M is good for nothing
 * but column_maker_free then. */
MUST_CHECK bool column_maker_add(struct column_maker *m,
                                 const struct row *row, bool counts,
                                 struct err *e);
/* The row that was added ROW-th (from 0), as one that counts, does not count
 * after all; the file is as if it had been added so. Costs two writes to
 * where its record stands: one wait for memory, when rows come in no order. */
void column_maker_supersede(struct column_maker *m, int64_t row);
/* Writes the columns of all rows added to FILE, once: beside it first, then
 * synced and renamed. ORIGIN says what they are of; NOTE is kept with them. */
MUST_CHECK bool column_maker_write(struct column_maker *m,
                                   const uint8_t origin[COLUMNS_ORIGIN],
                                   const char *note, const char *file,
                                   struct err *e);

/* Maps FILE. NULL, with E as it was, where there is no such file, it was
 * made for another ORIGIN or instrument, by another format or machine, is cut
 * short, or damaged anywhere: it is of no use then, and *WHY says why in a
 * word for the log ("missing", "other", "damaged"). IN must be bound. */
struct columns *columns_open(const char *file, const struct instrument *in,
                             const uint8_t origin[COLUMNS_ORIGIN],
                             const char **why);
void columns_close(struct columns *c);
/* Whether FILE begins as what columns_open takes: if not, nobody can ever
 * count by it again. */
bool columns_known(const char *file);

#endif
