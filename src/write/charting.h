/* charting.h - what the parts of a chart that can be edited share. Private to
 * drawing_chart.c, drawing_series.c and drawing_values.c.
 *
 *     drawing_chart.c     the chart: how it stands, axes, legend
 *     drawing_series.c    a series: its areas, their looks and labels
 *     drawing_values.c    the numbers that are drawn, and the workbook that
 *                         they stand in */
#ifndef WRITE_CHARTING_H
#define WRITE_CHARTING_H
#include "write/drawing.h"
#include "write/drawing_sheet.h"

struct charting {
    struct arena *arena;
    const struct document *doc;
    const struct chart_model *c;
    const struct chart_style *style;
    struct buf *out;            /* of the chart's part */
    bool stacked;
    bool counts;                /* are drawn, not shares */
    bool upright;
    bool rest;                  /* what is hidden is a series, the last */
    const char *format;         /* of numbers that are drawn */
    struct sheet_cell *cell;    /* of the workbook: a row a category, below a
                                 * head; a column a series, behind names */
    int rows, columns;
};

/* ---- drawing_values.c ---- */

/* Decides what is drawn (counts, rest, format) and fills the workbook's
 * cells; all above them is set. */
void charting_fill(struct charting *g);
/* A cell of the workbook, both from 0. */
struct sheet_cell *charting_cell(const struct charting *g, int row,
                                 int column);
/* Whether nothing may be told of the bar of CATEGORY: it is hidden as a
 * whole, as in chart.h. */
bool charting_hides(const struct charting *g, int category);
/* N of OF as "0.042818428184": cut, not rounded, so that what is just below
 * a half is not half. */
const char *charting_fraction(struct arena *arena, int64_t n, int64_t of);
/* A format of Excel's for whole percent: "< 1 %" of little; nothing of
 * nothing on areas, and blanks before a number BESIDE them. */
const char *charting_share_format(const struct charting *g, bool beside);

/* ---- drawing_series.c ---- */

/* <c:ser> of each. */
void charting_series(struct charting *g);
/* Whether a number stands beside each stacked bar. */
bool charting_beside(const struct charting *g);
/* <c:txPr>; COLOUR NULL: that of text, in the theme. */
void charting_text(struct charting *g, int size, const char *colour,
                   bool bold);

#endif
