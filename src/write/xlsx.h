/* xlsx.h - what the parts of the workbook writer share. Private to xlsx_*.c
 * and write_xlsx.c. */
#ifndef WRITE_XLSX_H
#define WRITE_XLSX_H
#include "report/phrase.h"
#include "write/writing.h"
#include "write/xlsx_file.h"

enum xlsx_format {
    XLSX_PLAIN, XLSX_TITLE, XLSX_SUBTITLE, XLSX_HEAD, XLSX_HEAD_NUMBER,
    XLSX_LABEL, XLSX_NUMBER, XLSX_SHARE, XLSX_TOTAL_LABEL, XLSX_TOTAL,
    XLSX_HIDDEN, XLSX_NOTE_LABEL, XLSX_NOTE, XLSX_LINK, XLSX_SECTION,
    XLSX_NOTICE, XLSX_FORMATS
};

enum { XLSX_NAME = 31 };        /* characters of a sheet's name */

struct xlsx_sheet {
    const struct doc_table *table;
    const struct node *block;   /* the block or section it stands in */
    const struct chart_model *chart;    /* of the same table, or NULL */
    const char *name;           /* unique, legal */
    struct xlsx_sheet *next;
};

struct xlsx {
    const struct document *doc;
    struct arena arena;
    lxw_workbook *book;
    lxw_format *format[XLSX_FORMATS];
    struct xlsx_sheet *first, *last;
    int sheets, figures;        /* so far */
    const char *contents;       /* name of the first sheet */
};

/* The text under KEY with its arguments, the last NULL. */
#define XLSX_SAY(x, key, ...) \
    phrase_say(&(x)->arena, (x)->doc->lang, key, __VA_ARGS__)

/* TEXT at ROW and COLUMN, nothing of NULL and "". */
void xlsx_text(struct xlsx *x, lxw_worksheet *sheet, int row, int column,
               const char *text, enum xlsx_format format);
void xlsx_int(struct xlsx *x, lxw_worksheet *sheet, int row, int column,
              int64_t n, enum xlsx_format format);
/* Makes ROW high enough for TEXT in a column WIDTH characters wide, beside
 * what was said of it before (*LINES, 1 at first). */
void xlsx_high(lxw_worksheet *sheet, int row, const char *text, int width,
               int *lines);
/* WISH as a name that a sheet may have and none has yet. */
const char *xlsx_name(struct xlsx *x, const char *wish);
/* Title, paper, frozen rows, footer, a link to the contents. */
void xlsx_dress(struct xlsx *x, lxw_worksheet *sheet, int head);
/* "Tabell 3. Mottakere etter ...", what is above a table. */
const char *xlsx_title(struct xlsx *x, const struct doc_table *t);

/* xlsx_table.c: where a table's cells came to stand. */
struct xlsx_place {
    int head;                   /* row of the column heads */
    int first;                  /* row of the first row */
    int counts, shares;         /* first column of each; SHARES -1: none */
    int end;                    /* first free row below all */
    int columns;                /* of the table, heads and all */
    int label_pixels;           /* of the first column */
    int text_pixels;            /* of the longest line below the table */
};
enum { XLSX_COLUMN = 12 };      /* characters of each column but the first */
struct xlsx_place xlsx_table(struct xlsx *x, const struct xlsx_sheet *s,
                             lxw_worksheet *sheet);
/* xlsx_chart.c: the chart of S, below PLACE. */
void xlsx_chart(struct xlsx *x, const struct xlsx_sheet *s,
                lxw_worksheet *sheet, const struct xlsx_place *place);
/* xlsx_about.c: contents, codebook, about. */
void xlsx_contents(struct xlsx *x, lxw_worksheet *sheet);
void xlsx_codebook(struct xlsx *x);
void xlsx_about(struct xlsx *x);

#endif
