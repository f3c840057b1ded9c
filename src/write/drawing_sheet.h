/* drawing_sheet.h - the small workbook inside a chart: one sheet, as Office
 * opens it when the chart's numbers are to be changed. Private to drawing_*.
 *
 * Written here and not by libxlsxwriter, which goes by way of temporary
 * files: the server may have none, and a chart needs three parts only. */
#ifndef WRITE_DRAWING_SHEET_H
#define WRITE_DRAWING_SHEET_H
#include "base/arena.h"
#include "base/buf.h"

struct sheet_cell {
    const char *text;           /* or NULL */
    const char *number;         /* as digits, or NULL; both NULL: empty */
    bool share;                 /* the number is shown by FORMAT */
};

/* ROWS x COLUMNS cells as a workbook, appended to OUT; the first row is a
 * head. FORMAT is a number format of Excel's. Failure is OUT's. */
void drawing_sheet(struct arena *arena, const struct sheet_cell *cell,
                   int rows, int columns, const char *format,
                   struct buf *out);
/* "B2" of column 1, row 1; both from 0. */
const char *drawing_cell_name(struct arena *arena, int row, int column);
/* Name of the sheet, in formulas. */
#define DRAWING_SHEET "Data"

#endif
