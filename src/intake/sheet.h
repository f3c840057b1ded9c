/* sheet.h - a CSV file with a header, read row by row, its faults told.
 *
 * Registrations and units follow the same rules: one header row of known
 * names in any order, each once, rows as wide as the header. A fault is
 * told with its place and reading goes on where it can; what the faults
 * mean for the whole is the caller's. */
#ifndef INTAKE_SHEET_H
#define INTAKE_SHEET_H
#include "base/csv.h"
#include "intake/intake.h"

struct sheet {
    const char *file;           /* as messages say it; borrowed */
    const struct listener *listener;
    struct csv_reader *csv;     /* private */
    int fd;                     /* -1: memory; private */
    const char *data;           /* of memory; private */
    size_t len;
    int64_t size;               /* bytes of the file, 0 if not known */
    int64_t rows;               /* good rows given so far */
    int64_t faults, warnings;
    int columns;
    int id[CSV_FIELDS_MAX];     /* what the caller calls each column */
    char *name[CSV_FIELDS_MAX]; /* safe to show */
    struct csv_row row;         /* the last one given */
    struct arena arena;         /* private */
};

/* What a header may say: the caller's number (0 and up) of the column with
 * that name, -1 for none, with the nearest right name (or NULL) in NEAR. */
struct sheet_names {
    int (*find)(const void *ctx, const char *name, size_t len,
                const char **near);
    const void *ctx;
};

/* Opens FILE ("-": standard input), or DATA of LEN bytes if it is not NULL.
 * Close with sheet_close, also after failure. */
MUST_CHECK bool sheet_open(struct sheet *s, const char *file,
                           const char *data, size_t len,
                           const struct listener *listener, struct err *e);
void sheet_close(struct sheet *s);
/* From the beginning again; false where the file can't (a pipe). */
bool sheet_rewind(struct sheet *s);

/* Reads the header. Unknown and repeated names, and an empty file, are
 * faults; false only if reading failed. */
MUST_CHECK bool sheet_header(struct sheet *s,
                             const struct sheet_names *names, struct err *e);
/* The next row that is as wide as the header, in s->row; *MORE is false at
 * the end. Rows that are not CSV or not as wide are told and passed over. */
MUST_CHECK bool sheet_next(struct sheet *s, bool *more, struct err *e);

/* Tells FAULT at the row, and at COLUMN if it is not -1. */
void sheet_fault(struct sheet *s, struct err *fault, int column);
void sheet_warn(struct sheet *s, struct err *warning, int column);
/* The column with the caller's number ID, or -1. */
int sheet_column(const struct sheet *s, int id);
/* Whether a slice is TEXT. */
bool slice_is(struct csv_slice slice, const char *text);

#endif
