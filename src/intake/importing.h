/* importing.h - what the parts of an import share. Private to import*.c.
 *
 *     import.c          all rows, or none: the transaction, row by row
 *     import_check.c    what a row as a whole may not say
 *     import_number.c   numbers: which a row gets, which are in use, where
 *                       superseded_by leads
 *     import_columns.c  the round's file of columns, made on the way
 *     import_seal.c     what identifies, encrypted
 *     import_put.c      a checked row becomes a registration, put with
 *                       others */
#ifndef INTAKE_IMPORTING_H
#define INTAKE_IMPORTING_H
#include "calc/outline.h"
#include "feed/columned.h"
#include "feed/decode.h"
#include "feed/settle.h"
#include "intake/cells.h"
#include "intake/numbers.h"

enum {
    BATCH = REGISTRATIONS_AT_ONCE,
    SEALED_ROOM = 1 << 22,      /* of a batch; one row's is 1 MiB at most */
    CHANCE = 4096,
    GATHERED_MAX = 1 << 20      /* rows, some 110 bytes each: of more the
                                   columns are made when they are counted */
};

/* Rows that wait to be put together. */
struct batch {
    struct registration r[BATCH];
    size_t sealed_at[BATCH];    /* where each begins in SEALED */
    uint8_t *answers;           /* of each, one after another */
    struct buf sealed;
    int count;
};

/* Chance for nonces, taken from the store's in pieces: asking the kernel for
 * each takes as long as a tenth of a row. */
struct chance {
    struct random *from;
    size_t left;
    uint8_t bytes[CHANCE];
};

struct sealing {
    int column[CSV_FIELDS_MAX]; /* of what is sealed */
    int columns;
    struct buf plain;           /* of one row */
    struct chance chance;
};

/* A row whose superseded_by is to be looked at when all numbers are
 * known. */
struct target {
    long line;
    int64_t number, by;
};

struct numbering {
    struct numbers *used;       /* in the store and the file */
    int64_t next;               /* number of the next row without one */
    struct target *targets;
    size_t target_count, target_room;
};

/* A complete registration, in the order in which MAKER has them. */
struct gathered {
    uint32_t number;
    bool counts;
};

/* What becomes the round's file of columns. */
struct gathering {
    struct column_maker *maker; /* NULL: none is made */
    struct gathered *row;       /* numbers rise */
    size_t count, room, next;
    int64_t last;               /* number, of any status */
    struct columned_early early;
    bool written;               /* EARLY is to be ended */
};

struct importing {
    struct opened *o;
    const struct actor *actor;
    struct sheet sheet;
    struct cells cells;
    struct settling *settling;
    const struct layout *layout;
    struct arena arena;         /* of the outline */
    struct outline outline;
    int32_t *effective;         /* answers of a row, and what is derived */
    bool *want;                 /* derived variables that rank */
    struct batch batch;
    struct sealing sealing;
    struct numbering numbering;
    struct gathering gathering;
    struct optouts optouts;
    int32_t today;
    int64_t put, first, last;   /* how many, their lowest and highest */
};

/* ---- import_check.c ---- */

/* Tells what is wrong with the row as a whole; a blank tier becomes the
 * unit's first. The opt-out list is looked at first, before anything of the
 * row is used. */
void import_check_row(struct importing *im);

/* ---- import_number.c ---- */

/* Those that the store uses. import_numbers_clear also after failure. */
MUST_CHECK bool import_numbers_load(struct importing *im, struct err *e);
void import_numbers_clear(struct importing *im);
/* The header has been read: finds the first number for rows without one,
 * for which the file is read twice where it can be. */
MUST_CHECK bool import_numbers_begin(struct importing *im, struct err *e);
/* Gives R its own number, or the next; false where none is left, which is
 * told. */
MUST_CHECK bool import_number_give(struct importing *im,
                                   struct registration *r);
/* Whether NUMBER is not in use; that it is, is told. */
MUST_CHECK bool import_number_free(struct importing *im, int64_t number);
/* R's number is in use from now on. */
MUST_CHECK bool import_number_take(struct importing *im,
                                   const struct registration *r,
                                   struct err *e);
/* All rows are in the store: tells each superseded_by of the file that does
 * not lead to a registration of the round. */
MUST_CHECK bool import_numbers_end(struct importing *im, struct err *e);

/* ---- import_columns.c ---- */

/* Where the round has had no registrations yet. */
void import_columns_begin(struct importing *im);
/* After failure too. */
void import_columns_clear(struct importing *im);
/* R, whose answers are im->effective, has been put. */
void import_columns_add(struct importing *im, const struct registration *r);
/* It is known which registrations count, and all is written that will be:
 * just before the commit. */
MUST_CHECK bool import_columns_write(struct importing *im, struct err *e);
/* After the commit, or without one. */
void import_columns_end(struct importing *im, bool committed);

/* ---- import_seal.c ---- */

void sealing_init(struct sealing *s, struct random *random);
void sealing_clear(struct sealing *s);
/* The header is known: which columns are sealed. */
void sealing_columns(struct sealing *s, const struct cells *c);
/* Appends to OUT what identifies in the row of registration NUMBER, sealed;
 * nothing if nothing does. */
MUST_CHECK bool sealing_row(struct sealing *s, struct cells *c,
                            int64_t number, struct buf *out, struct err *e);

/* ---- import_put.c ---- */

/* Has the checked row put with others; a number that can't be given is a
 * fault of the row. */
MUST_CHECK bool import_put_row(struct importing *im, struct err *e);
/* What waits goes into the store. */
MUST_CHECK bool import_put_flush(struct importing *im, struct err *e);

#endif
