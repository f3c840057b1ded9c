/* csv.h - rows of comma- or semicolon-separated values, read as a stream
 * and written.
 *
 * UTF-8 (a byte order mark at the start is skipped), fields quoted as in
 * RFC 4180, rows ended by LF or CRLF, the last one by the end of the file
 * too. The separator is ';' or ',': the one there is more of outside quotes
 * in the first row, ';' if there are as many of both. Nothing is trimmed;
 * within quotes everything is kept as it is, line ends and lone CR too.
 *
 * The reader knows nothing of a header: the first row comes like the
 * others, and it is the caller who compares the number of fields of a row
 * with the header's. Never more than CSV_ROW_MAX bytes and a chunk are held
 * in memory, however long a line is. */
#ifndef BASE_CSV_H
#define BASE_CSV_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum {
    CSV_ROW_MAX = 1 << 20,  /* bytes with quotes and separators, without
                             * the line end */
    CSV_FIELDS_MAX = 1024,
    CSV_READABLE = 32,
    CSV_NO_FIELD = -1
};

enum csv_result {
    CSV_ROW,        /* a good row */
    CSV_FAULT,      /* a row that is not CSV: FAULT says why; go on */
    CSV_END,        /* no more rows */
    CSV_ERROR       /* reading failed: ERROR is the errno */
};

/* At most one a row: CSV_ROW_LONG before CSV_ROW_EMPTY before the leftmost
 * of what is wrong with quotes, CR and NUL, before CSV_ROW_FIELDS, before
 * CSV_UTF8. */
enum csv_fault {
    CSV_OK,
    CSV_ROW_LONG,       /* more than CSV_ROW_MAX; reading stops */
    CSV_ROW_EMPTY,      /* an empty line */
    CSV_ROW_FIELDS,     /* more than CSV_FIELDS_MAX */
    CSV_QUOTE_INSIDE,   /* a quote in a field that does not begin with one */
    CSV_QUOTE_AFTER,    /* text between a closing quote and the separator */
    CSV_QUOTE_OPEN,     /* no closing quote before the end of the file */
    CSV_CR,             /* CR without LF, outside quotes */
    CSV_NUL,            /* a NUL byte, anywhere */
    CSV_UTF8,           /* not UTF-8 */
    CSV_FAULT_COUNT
};

struct csv_slice {
    const char *data;   /* no NUL behind; quotes removed. CSV_READABLE bytes
                         * from it may be read, whatever len */
    size_t len;
};

struct csv_row {
    long line;          /* the row begins on; the first is 1. Lines end
                         * with LF, within quotes as well */
    size_t fields;      /* 1..CSV_FIELDS_MAX; 0 unless CSV_ROW */
    /* Both borrowed until the next csv_next: the fields of the row, a byte
     * between each two, and where each begins; behind them where one more
     * would. csv_cell takes them apart. */
    const char *text;
    const uint32_t *start;
    enum csv_fault fault;   /* CSV_OK unless CSV_FAULT */
    int fault_field;    /* from 0, or CSV_NO_FIELD: the whole row; may be
                         * CSV_FIELDS_MAX or more */
    int error;          /* errno, 0 unless CSV_ERROR */
};

/* Field I of ROW, which must have it. */
static inline struct csv_slice
csv_cell(const struct csv_row *row, size_t i)
{
    return (struct csv_slice){ row->text + row->start[i],
                               row->start[i + 1] - row->start[i] - 1 };
}

struct csv_reader;

/* Reads from FD, which stays the caller's and must stay open. Reads ahead:
 * csv_next can block until 256 KiB more have come (the first time, a little
 * more than CSV_ROW_MAX) or the file has ended. */
struct csv_reader *csv_open(int fd);
/* Reads the N bytes of DATA, borrowed until csv_close. */
struct csv_reader *csv_open_memory(const void *data, size_t n);
/* Wipes and frees what was read, for there were numbers in it. R may be
 * NULL. */
void csv_close(struct csv_reader *r);

/* The next row, or fault, into ROW, which is filled whatever comes. After a
 * fault reading goes on at the next row: the rest of a row with a stray
 * quote is taken as if that were text. After CSV_ROW_LONG, CSV_END and
 * CSV_ERROR nothing more comes: CSV_END, or CSV_ERROR again. */
MUST_CHECK enum csv_result csv_next(struct csv_reader *r,
                                    struct csv_row *row);
/* ';' or ',', once csv_next was called. */
char csv_separator(const struct csv_reader *r);

/* Writes rows to OUT, which is borrowed and sticky about failures. Any
 * bytes go through csv_next unchanged, but for NUL and what is not UTF-8.
 * Nothing is added against formulas: this is for data, not for looking at. */
struct csv_writer {
    struct buf *out;
    char separator;     /* ';' or ',' */
    size_t fields;      /* private: in the row so far */
    bool blank;         /* private: and nothing was written for them */
};

void csv_writer_init(struct csv_writer *w, struct buf *out, char separator);
/* A field, quoted if it holds a separator (of either kind), a quote, CR or
 * LF, or begins with a byte order mark. */
void csv_field(struct csv_writer *w, const char *data, size_t n);
void csv_field_text(struct csv_writer *w, const char *text);
void csv_field_int(struct csv_writer *w, long long value);
/* Ends the row with LF. A row of one empty field is written as "", for an
 * empty line is a fault. At least one field must have been written. */
void csv_end_row(struct csv_writer *w);

#endif
