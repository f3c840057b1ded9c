/* look.h - how areas look and what is said on them, alike in every drawing,
 * whatever it is drawn with (SVG, PDF, DrawingML). */
#ifndef WRITE_LOOK_H
#define WRITE_LOOK_H
#include "report/tree.h"

/* Which look an area has: a grade's, or a plain one. */
struct area_look {
    int grade;                  /* GRADE_NO: PLAIN */
    enum plain_look plain;
};

/* That of SERIES in CATEGORY of C. */
struct area_look look_of_area(const struct chart_model *c, int category,
                              int series);

/* "#rrggbb", and LOOK as an instrument says it ("dots", "stripes"), or
 * "back", stripes that lean the other way. INK is the pattern's. */
struct look_colours {
    const char *look, *fill, *edge, *ink;
};
/* GRADE: all of the document's. */
struct look_colours look_colours(const struct doc_grade *grade,
                                 struct area_look look);
/* Whether white can be read better on COLOUR ("#rrggbb") than dark ink. */
bool look_is_dark(const char *colour);

/* What is said of C at its area: its share, its count where it has none,
 * or that it is hidden. */
const char *look_value(const struct document *doc, const struct doc_cell *c,
                       struct arena *arena);

#endif
