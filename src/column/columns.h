/* columns.h - a set of registrations as a file of bit planes.
 *
 * Rows stand in the order of municipality, year, period and unit, so that
 * each of these is a few stretches; within a stretch in the order they were
 * added. A plane has a bit a row. A plane that is empty, full or the same as
 * another is not in the file again: the eighty ticks of a form share the one
 * that says whether services were gone through.
 *
 * The file is written once and only read after that, mapped into memory. It
 * can always be made again from the store, which is the truth: whatever is
 * wrong with a file is a reason to throw it away, never to count by it.
 * It holds no pseudonym, case code, text, or units that serve somebody.
 *
 * Layout (numbers as the machine has them, all offsets from the start):
 *     struct columns_head, columns, bit planes of values, stretches, the
 *     note and a NUL, padding to 64, the planes, each of plane_words words */
#ifndef COLUMN_COLUMNS_H
#define COLUMN_COLUMNS_H
#include "column/record.h"

enum {
    COLUMNS_FORMAT = 1,
    COLUMNS_ORIGIN = 32,           /* bytes of what a file was made for */
    COLUMNS_ROWS_MAX = 1 << 30,
    PLANE_ALIGN = 512,          /* rows; planes are padded to whole ones */
    PLANE_EMPTY = 0, PLANE_FULL = 1,    /* planes that need no room: full
                                           is a bit for every row */
    PLANE_FIRST = 2             /* the first that is in the file */
};

/* One variable. Planes by number; BITS of them from columns->bit[first]. */
struct column {
    uint32_t has, unasked, unknown;
    uint32_t first, bits;
    int32_t low;                /* the value of bits that are all 0 */
    int32_t least, most;        /* values found; LEAST > MOST: none */
};

/* Rows that share municipality, year, period and unit. */
struct stretch {
    uint32_t from, count;
    int32_t site[SITE_COUNT];   /* values, missing ones too */
};

/* A file, opened. Read-only: any number of threads may count by it. */
struct columns {
    int64_t rows;
    size_t plane_words;
    int variables;              /* those of the instrument */
    const struct column *column;
    const uint32_t *bit;        /* plane numbers */
    uint32_t there, counts;     /* planes: every row; those that count */
    int planes;                 /* PLANE_FIRST .. PLANE_FIRST + planes - 1 */
    int stretches;
    const struct stretch *stretch;
    const uint64_t *plane;      /* the first in the file; aligned to 64 */
    const char *note;           /* what its maker noted */
    void *map;                  /* private */
    size_t map_bytes;
};

/* What columns are made of, row by row. */
struct column_maker;
/* IN must be bound and outlive it. Takes ROOM rows at most, up to
 * COLUMNS_ROWS_MAX. */
struct column_maker *column_maker_new(const struct instrument *in,
                                      int64_t room);
void column_maker_free(struct column_maker *m);
/* Adds ROW, which is effective and derived; COUNTS says whether it is the
 * registration that counts of its person. False with E set: a value that
 * its variable can't have, too many rows or stretches, no memory. */
MUST_CHECK bool column_maker_add(struct column_maker *m,
                                 const struct row *row, bool counts,
                                 struct err *e);
/* Writes the columns of all rows added to FILE: beside it first, then
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

#endif
