/* svg.h - drawing verbs: a drawing with a name, areas and words.
 *
 * A drawing is as wide as its place and HEIGHT pixels high; across it
 * everything is in percent (hundredths of, as chart.h says), down in
 * pixels, so that text keeps its size on every screen. How a thing looks is
 * the style sheet's business: here it has only a class, and a fill where it
 * is a pattern. */
#ifndef WRITE_SVG_H
#define WRITE_SVG_H
#include "write/look.h"

/* Begins a drawing; ID is unique in the document, TITLE and DESC are read
 * aloud. */
void svg_begin(struct buf *out, const char *id, const char *title,
               const char *desc, int height);
void svg_end(struct buf *out);

void svg_area(struct buf *out, struct area_look look, int x, int width,
              int y, int height);
/* TEXT on an area, in its middle at X, Y, with a halo in its colour. */
void svg_on(struct buf *out, struct area_look look, int x, int y,
            const char *text);
/* Hidden areas as one, with TEXT in the middle: svg_sprite with them. */
void svg_hidden(struct buf *out, int x, int width, int y, int height,
                const char *text);
/* TEXT behind X. */
void svg_beside(struct buf *out, int x, int y, const char *text);

/* The definitions that drawings refer to: a pattern a grade and plain
 * look (and of HIDDEN areas), a symbol a mark. Once in a document, before
 * the first drawing. */
void svg_sprite(struct buf *out, const struct doc_grade *grade, int count,
                bool hidden);
/* The mark of a grade, or the swatch of a plain look; decoration beside
 * the word. */
void svg_mark(struct buf *out, struct area_look look);
/* The style rules of the grades' colours. */
void svg_grade_style(struct buf *out, const struct doc_grade *grade,
                     int count);

#endif
