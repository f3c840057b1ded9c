/* paper.h - pages that are drawn on, and the tags of what is drawn.
 *
 * What is drawn belongs to a tag (PDF/UA: a heading, a paragraph, a cell) or
 * is an artifact (rules, backgrounds, what is repeated on every page):
 *
 *     paper_open(p, "P");
 *     paper_mark(p);
 *     paper_text(p, &font, INK, x, y, text, n);
 *     paper_unmark(p);
 *     paper_close(p);
 *
 * Lengths are points; x from the left, y from the top of the page. Colours
 * are 0xRRGGBB. */
#ifndef WRITE_PAPER_H
#define WRITE_PAPER_H
#include <stdint.h>
#include "base/arena.h"
#include "report/tree.h"
#include "write/font.h"
#include "write/look.h"

struct tag;
struct sheet;

struct paper {
    struct arena arena;
    struct pdf pdf;
    struct fonts *fonts;
    double width, height;       /* of every page */
    int page;                   /* that is drawn on, from 0 */
    int pages;
    struct tag *tag;            /* the current one */
    /* private */
    struct sheet *sheet;
    int room;
    struct tag *root, *last_tag;
    int tags;
    bool marked;
    const struct document *doc;
    struct bookmark *bookmark, *last_bookmark;
};

/* Pages of WIDTH by HEIGHT for DOC, whose title, language and grades it
 * takes; the file is appended to OUT. */
void paper_begin(struct paper *p, const struct document *doc, double width,
                 double height, struct buf *out);
/* A new last page, which is drawn on from now. */
void paper_page(struct paper *p);
/* Draws on page PAGE, which is there. */
void paper_turn(struct paper *p, int page);
/* Writes everything. False with E; frees what P holds either way. */
MUST_CHECK bool paper_finish(struct paper *p, struct err *e);

/* ---- tags ---- */

/* A new last child of the current tag, which it becomes. */
struct tag *paper_open(struct paper *p, const char *type);
void paper_close(struct paper *p);
/* Makes TAG current; gives the one that was. */
struct tag *paper_enter(struct paper *p, struct tag *tag);
/* What is read instead of, or of, the current tag; TEXT is kept. */
void paper_alt(struct paper *p, const char *text);
/* Attributes of the current tag as PDF ("/O/Table/Scope/Row"). */
void paper_attributes(struct paper *p, const char *pdf);
/* Where a Figure is on its page. */
void paper_box(struct paper *p, double x, double y, double w, double h);
/* What is drawn until paper_unmark belongs to the current tag, or to none. */
void paper_mark(struct paper *p);
void paper_artifact(struct paper *p);
void paper_unmark(struct paper *p);
/* A link on an area of this page, of the current tag (a Link): to HREF, or,
 * where it is NULL, to the top of page TO. TEXT says what it is. */
void paper_link(struct paper *p, double x, double y, double w, double h,
                const char *href, int to, const char *text);
/* A bookmark to this page at Y; DEPTH 0 or 1. */
void paper_bookmark(struct paper *p, const char *title, int depth, double y);

/* ---- drawing ---- */

void paper_text(struct paper *p, const struct font *font, uint32_t ink,
                double x, double y, const char *text, size_t n);
void paper_fill(struct paper *p, uint32_t ink, double x, double y, double w,
                double h);
/* A horizontal line. */
void paper_rule(struct paper *p, uint32_t ink, double width, double x,
                double y, double w);
/* An area as a grade or plain look has it: fill, pattern, edge. */
void paper_area(struct paper *p, struct area_look look, double x, double y,
                double w, double h);
/* Hidden areas, as one. */
void paper_hidden(struct paper *p, double x, double y, double w, double h);
/* The mark of a look, SIZE wide, X and Y its upper left corner. */
void paper_symbol(struct paper *p, struct area_look look, double x, double y,
                  double size);

/* "#rrggbb" as a colour. */
uint32_t paper_colour(const char *text);

#endif
