/* cells.h - one row of a registrations file, cell by cell, to answers. */
#ifndef INTAKE_CELLS_H
#define INTAKE_CELLS_H
#include "calc/ident.h"
#include "intake/sheet.h"

/* Columns that are no variable of the instrument. */
enum {
    COLUMN_STATUS = VARIABLE_MAX, COLUMN_REGISTRATION, COLUMN_PSEUDONYM,
    COLUMN_SUPERSEDED_BY
};

/* What a row says, before it is a registration. */
struct entry_row {
    int32_t *value;             /* raw, by variable */
    uint64_t **set;             /* by place among the sets */
    size_t set_words;
    enum status status;
    int64_t number;             /* 0: none given */
    int64_t superseded_by;      /* 0: none given */
    bool has_pseudonym;
    uint8_t pseudonym[PSEUDONYM_BYTES];
    struct ident ident;         /* what the number says of its person */
    bool has_ident;
    bool *bad;                  /* by variable: its cell has a fault */
    int64_t faults;             /* of this row */
};

/* Private to cell*.c: how the cells of a column are read; columns that are
 * read in one way; a text and what it means. */
struct cell_column;
struct cell_span;
struct known;

struct cells {
    const struct opened *o;
    struct sheet *sheet;
    struct round_key key;
    bool has_key;               /* KEY has been loaded: cells_key */
    bool period_warned;         /* private, and so is what follows */
    struct cell_column *column; /* of each; NULL before the first row */
    struct cell_span *span;     /* from left to right, one of none last */
    uint64_t zeros;             /* "0" and a separator, four times */
    struct known *codes;        /* of each set, some of its codes; then the
                                   words of a status */
    int pseudonym;              /* its column, or -1 */
    bool was_bad;               /* some of row.bad may be set */
    struct entry_row row;
};

/* The names a registrations file may have; CTX is the struct opened. */
extern int (*const cells_find)(const void *ctx, const char *name, size_t len,
                               const char **near);

void cells_init(struct cells *c, const struct opened *o,
                struct sheet *sheet);
/* Wipes key and answers. */
void cells_clear(struct cells *c);
/* Reads the sheet's row into c->row and tells what is wrong with single
 * cells. False only if reading can't go on (no key). */
MUST_CHECK bool cells_read(struct cells *c, struct err *e);
/* The same, each cell the long way and nothing remembered: what cells_read is
 * compared with in tests. */
MUST_CHECK bool cells_read_long(struct cells *c, struct err *e);
/* Loads the round's key where it has not been needed yet. */
MUST_CHECK bool cells_key(struct cells *c, struct err *e);
/* The number of a registration that CELL is: above NUMBER_LIMIT if it is too
 * high, 0 if it is no number. */
int64_t cells_number(struct csv_slice cell);
/* Tells FAULT at the column of variable or column ID. */
void cells_fault(struct cells *c, struct err *fault, int id);

#endif
