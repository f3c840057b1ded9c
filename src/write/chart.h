/* chart.h - where the areas of a chart are, before anything is drawn.
 *
 * One drawing per category: a row as wide as there is room, so that it
 * fits a telephone and a page. Across, positions are hundredths of a
 * percent of the width (0..CHART_WHOLE); down, pixels. What is drawn with
 * (svg.h) is told only this. */
#ifndef WRITE_CHART_H
#define WRITE_CHART_H
#include "report/tree.h"

enum {
    AREA_HIDDEN = -1,
    CHART_WHOLE = 10000,
    CHART_LABEL = 900,          /* least width that a label fits on */
    CHART_LONGEST = 7600        /* longest bar with its label beside it */
};

struct chart_area {
    int series;                 /* or AREA_HIDDEN: hidden ones, as one */
    int x, width;               /* hundredths of a percent */
    int y, height;              /* pixels */
    bool inside;                /* the label is on the area, else beside */
};

struct chart_row {
    int height;
    const struct chart_area *area;
    int count;
};

/* One row for each category of C. Areas of nothing are left out. Of a
 * stacked bar the hidden areas are one, at the end; where their size must
 * not be told the whole bar is. Elsewhere a hidden cell is nothing. */
const struct chart_row *chart_layout(const struct chart_model *c,
                                     struct arena *arena);
/* Whether the bars of C stand for counts, as some share has no base. */
bool chart_by_count(const struct chart_model *c);
/* The chart on the cover of DOC: its first single bar of grades; NULL: there
 * is none. */
const struct chart_model *chart_of_cover(const struct document *doc);

#endif
