/* layout.h - a paragraph broken into lines.
 *
 * All lines are chosen together: the breaks whose lines leave the least white
 * at their right (the sum of its squares, the last line's not counted), as
 * Knuth and Plass do for justified text; here it is ragged. A line ends at a
 * blank, or behind a hyphen, dash or slash within a word; a word that is
 * wider than the line is broken where it must be, with a hyphen. No line is
 * wider than its place. */
#ifndef WRITE_LAYOUT_H
#define WRITE_LAYOUT_H
#include "write/paper.h"

/* A part of a paragraph that looks alike. */
struct piece {
    const char *text;
    enum face face;
    uint32_t ink;
    const char *href;           /* NULL: no link */
};

struct line_part {
    const struct piece *piece;
    const char *text;
    size_t n;
    double x;                   /* from the left of the line */
    bool hyphen;                /* a hyphen is shown behind it */
};

struct line {
    const struct line_part *part;
    int count;
    double width;
};

struct para {
    double size, leading, width;
    bool tabular;
    const struct line *line;
    int count;
};

/* COUNT pieces in lines of at most WIDTH, all in ARENA, borrowing their
 * texts. No text: no line. */
const struct para *layout(struct arena *arena, struct fonts *fonts,
                          const struct piece *piece, int count, double size,
                          double leading, double width);
/* One text that looks alike. */
const struct para *layout_text(struct arena *arena, struct fonts *fonts,
                               struct piece piece, double size,
                               double leading, double width);
double para_height(const struct para *p);
/* The width of its widest line. */
double para_width(const struct para *p);
/* Draws lines FROM to before TO below Y, where each stands in the middle of
 * its leading; ALIGN is 0 for the left, .5 for the middle, 1 for the right
 * of WIDTH. The current tag is marked by the caller; a link interrupts its
 * mark for a tag of its own. */
void para_draw(struct paper *p, const struct para *para, int from, int to,
               double x, double y, double align);

#endif
