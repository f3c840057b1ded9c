/* folio.h - the flow of a document over pages. Private to write_pdf.c and
 * folio_*.c.
 *
 *     write_pdf.c         the tree from top to bottom: headings, text, notes
 *     folio_flow.c        pages one after the other, and text on them
 *     folio_room.c        how much room what stays together takes
 *     folio_cover.c       the cover, or a title
 *     folio_contents.c    the table of contents
 *     folio_chart.c       a chart
 *     folio_table.c       a table
 *     folio_parts.c       boxes, definitions, facts, lists, recommendations
 *
 * A reading column with a margin for notes beside it; charts and tables take
 * the whole width. Lengths are points. */
#ifndef WRITE_FOLIO_H
#define WRITE_FOLIO_H
#include "report/phrase.h"
#include "write/layout.h"

/* A4: reading column, margin and what both together are wide. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define PAGE_LEFT 57.6
#define PAGE_FULL 480.
#define PAGE_COLUMN 348.
#define PAGE_NOTE 372.          /* where the margin begins */
#define PAGE_NOTE_WIDTH 108.
#define PAGE_TOP 78.
#define PAGE_BOTTOM 776.0
#define CHART_GAP 12.           /* below a chart */
#define PAGE_ROOM (PAGE_BOTTOM - PAGE_TOP)

enum {
    INK = 0x1b2430, NAVY = 0x0b2a4a, MUTED = 0x545f6d, LINK = 0x0062ba,
    LINE = 0xc6ccd4, HAIR = 0xdbe0e6, TINT = 0xeef2f7, WHITE = 0xffffff
};

struct flow {
    const struct document *doc;
    struct paper paper;
    struct arena arena;
    double y;                   /* where the next thing goes */
    double note_y;              /* where the next note may go */
    double beside_y;            /* where the last paragraph began */
    double bottom;              /* no paragraph goes on below it */
    double tail;                /* how high the notes are that stay with the
                                 * chart, table or boxes put next */
    double held;                /* how high what comes behind the paragraph
                                 * put next and keeps lines of it is */
    const char *chapter;        /* in the head of a page; NULL: cover */
    bool titled;                /* captions say what the table is of */
};

/* The text under KEY with its arguments, the last NULL. */
#define FLOW_SAY(f, key, ...) \
    phrase_say(&(f)->arena, (f)->doc->lang, key, __VA_ARGS__)

/* A new page with its head and foot. */
void flow_page(struct flow *f);
/* A new page if less than H is left of this one. */
void flow_need(struct flow *f, double h);
/* Below everything so far, notes too, with GAP between. */
void flow_clear(struct flow *f, double gap);
/* A paragraph as TYPE ("P", "H2") in the column at X; goes on on the next
 * page with two lines on each at least. */
void flow_para(struct flow *f, const char *type, const struct para *para,
               double x, double gap);
const struct para *flow_layout(struct flow *f, const char *text,
                               enum face face, uint32_t ink, double size,
                               double leading, double width);
/* One line of TEXT, cut off by nobody: WIDTH is as wide as it is. */
double flow_line(struct flow *f, const char *text, enum face face,
                 uint32_t ink, double size, double x, double y,
                 double align, double width, bool tabular);
double flow_width(struct flow *f, const char *text, enum face face,
                  double size, bool tabular);
/* TITLE, with an ellipsis where it is wider than WIDTH. */
const char *flow_fitted(struct flow *f, const char *title, enum face face,
                        double size, double width);
/* The caption "Figur 3. ..." of figures and tables, ready to be placed. */
const struct para *flow_caption(struct flow *f, const char *key, int number,
                                const char *title, const char *caption);

/* ---- folio_room.c ---- */

/* In lines: a paragraph, the first of a chapter larger; a note, its title
 * before it. */
const struct para *folio_paragraph_lines(struct flow *f,
                                         const struct node *n);
const struct para *folio_note_lines(struct flow *f, const struct node *n,
                                    double size, double leading,
                                    double width);
/* How high the notes are that stand in the margin beside the paragraphs of
 * block N: what comes below begins under both. 0 where there are none, or
 * they are so much higher than the paragraphs that they stand below all. */
double folio_notes_beside(struct flow *f, const struct node *n);
/* How high the notes are that come at once below N; what stays on the page of
 * chart N: its notes, and what its grades mean. For flow.tail. */
double folio_tail(struct flow *f, const struct node *n);
double folio_chart_tail(struct flow *f, const struct node *n);
/* How high the recommendation is that comes behind paragraph N, which takes
 * some of its lines along; 0: none does. For flow.held. */
double folio_held(struct flow *f, const struct node *n);
/* About how high what must stand on the page of a heading before N, its first
 * child, is: a few lines of text, or what is shorter and the chart or head of
 * a table behind it. */
double folio_least(struct flow *f, const struct node *n);

/* ---- folio_cover.c ---- */

void folio_cover(struct flow *f);
/* Instead: the head of what is one page or one table. */
void folio_title(struct flow *f);

/* ---- folio_contents.c ---- */

enum { ENTRIES_MAX = 400 };     /* headings over it are left out */

struct folio_entry {
    const char *title;
    int depth, page;
};

struct folio_contents {
    struct flow *flow;          /* the caller's; all else is 0 at first */
    struct folio_entry entry[ENTRIES_MAX];
    int entries;
    struct tag *tag;
    int page, pages;            /* its own */
    double tight;               /* of the usual height of its entries */
    double share;               /* where the next chapter begins a page */
};

/* Leaves its pages open, with their heading. */
void folio_contents_reserve(struct folio_contents *c);
/* The heading TITLE comes to stand here: a bookmark and an entry, unless
 * DEPTH (0: a chapter's) is too deep for either. Lends TITLE. */
void folio_contents_note(struct folio_contents *c, const char *title,
                         int depth);
/* All has been put: fills the pages that were left open. */
void folio_contents_put(struct folio_contents *c);

/* ---- what stands on pages ---- */

void folio_chart(struct flow *f, const struct chart_model *c);
/* How high what must be together of it is, with its caption: all of one that
 * is not most of a page, else its beginning. */
double folio_chart_least(struct flow *f, const struct chart_model *c);
/* The bar of C alone, in a box at X, Y. */
void folio_band(struct flow *f, const struct chart_model *c, double x,
               double y, double w, double h);
void folio_table(struct flow *f, const struct doc_table *t);
void folio_figures(struct flow *f, const struct doc_table *t);
/* How high what must be together of them is. */
double folio_figures_least(struct flow *f, const struct doc_table *t);
void folio_definitions(struct flow *f, const struct node *n);
double folio_definitions_least(struct flow *f, const struct node *n);
void folio_facts(struct flow *f, const struct node *n);
void folio_list(struct flow *f, const struct node *n);
void folio_callout(struct flow *f, const struct node *n);
/* How high it is, with what is left free above. */
double folio_callout_height(struct flow *f, const struct node *n);
void folio_cards(struct flow *f, const struct node *n);
/* The pieces of a node's text by its looks; how many. */
int folio_pieces(struct flow *f, const struct node *n, enum face face,
                uint32_t ink, const struct piece **pieces);

#endif
