/* slide.h - slides: the deck they are in, and what stands on one.
 *
 * Places are in units: 1,280 of them are the width of a slide, whatever its
 * size (a municipality's may be 4:3). Sizes of text are in units too: 24 is
 * 18 points where a slide is 13.33 inches wide. Reading order is the order
 * in which things are put. Private to slide_*.c and write_pptx.c. */
#ifndef WRITE_SLIDE_H
#define WRITE_SLIDE_H
#include "write/drawing.h"
#include "write/write.h"

enum {
    SLIDE_WIDTH = 1280, SLIDE_MARGIN = 64,
    SLIDE_MOST = 500,           /* slides in a deck */
    SLIDE_ROWS = 200            /* rows of a table that are shown */
};

struct rect {
    int x, y, w, h;
};

struct deck {
    const struct document *doc;
    struct arena arena;
    struct opc opc;
    struct opc_part *presentation, *cover, *content, *notes;    /* layouts,
                                 * master of notes */
    const char *cover_type, *cover_index;   /* of the cover's title and
                                 * subtitle; no index: it has none */
    const char *masters;        /* <p:sldMasterIdLst>, whole */
    int64_t width, height;      /* EMU */
    int64_t unit;               /* EMU of one */
    struct rect title, body, foot;  /* where a slide of content has them */
    int title_size;
    bool moved;                 /* the title is not where the layout has it */
    const char *foot_index, *number_index;  /* of its placeholders; NULL:
                                 * the layout has none */
    bool own;                   /* not a municipality's template */
    int slides, charts;
    struct buf list;            /* <p:sldId> of each */
};

/* ---- slide_deck.c ---- */

/* A deck with its master and layouts: those of BRAND if it has some, else
 * ours. False with E for a template that can't be used. */
MUST_CHECK bool deck_begin(struct deck *d, const struct document *doc,
                           const struct brand *brand, struct err *e);
/* The file. */
MUST_CHECK bool deck_finish(struct deck *d, struct buf *out, struct err *e);
void deck_clear(struct deck *d);

/* slide_master.c: the program's own master, layouts and theme. */
void deck_own_master(struct deck *d);
void deck_notes_master(struct deck *d);
/* slide_template.c: those of a municipality's file. */
MUST_CHECK bool deck_template(struct deck *d, const struct brand_file *file,
                              struct err *e);

/* ---- slide_shape.c ---- */

/* One slide in the making. */
struct slide {
    struct deck *deck;
    struct opc_part *part;
    struct buf *out;            /* the part's body */
    int number, shapes;
    int paragraphs;             /* in the box that is open */
    struct buf notes;           /* what the speaker is told, paragraphs
                                 * divided by line feeds */
};

enum tint { TINT_TEXT, TINT_HEAD, TINT_MUTED, TINT_WHITE };

struct words {
    int size;                   /* units */
    bool bold, italic;
    enum tint tint;
    bool right, centre;
    bool bullet;
    int before;                 /* units of space above */
    int number;                 /* of a numbered item, 0: none */
};

/* A new slide on LAYOUT. */
void slide_begin(struct slide *p, struct deck *d, struct opc_part *layout);
struct slide_foot {
    const char *base, *notices;         /* a line each; NOTICES may be NULL */
};
/* Ends it: foot (NULL: none) and number, notes. */
void slide_end(struct slide *p, const struct slide_foot *foot);
/* Texts in a placeholder ("title", "subTitle\" idx=\"1"), a paragraph each;
 * AT NULL: where the layout has it. SIZE 0: as the layout has it. */
void slide_hold(struct slide *p, const char *type, const char *const *text,
               int count, const struct rect *at, int size);
/* A box of paragraphs: begin, paragraphs, end. */
void slide_box(struct slide *p, struct rect at, const char *name);
void slide_words(struct slide *p, const char *text, struct words how);
/* The same of runs with looks and links. */
void slide_runs(struct slide *p, const struct node *n, struct words how);
void slide_box_end(struct slide *p);
/* Decoration: a mark of LOOK, an area of one colour. */
void slide_mark(struct slide *p, struct rect at, const struct look *look);
void slide_line(struct slide *p, struct rect at, enum tint tint);
/* A chart with alternative text. */
void slide_chart(struct slide *p, struct rect at, const struct chart_model *c,
                const struct chart_style *style);
/* A paragraph of what the speaker is told. */
void slide_note(struct slide *p, const char *title, const char *text);

/* Pieces of shapes, for slide_table.c. */
void slide_frame(struct slide *p, struct rect at, const char *name,
                const char *descr);
void slide_run(struct slide *p, const char *text, struct words how,
              const char *link);
void slide_paragraph(struct slide *p, struct words how);
int64_t slide_emu(const struct slide *p, int units);

/* ---- slide_measure.c ---- */

/* About how wide TEXT is, in units, at SIZE; never less than it is in
 * Inter, which is wider than Arial. */
int words_width(const char *text, int size, bool bold);
/* How many lines it takes in WIDTH, 1 or more. */
int words_lines(const char *text, int size, bool bold, int width);
/* Height of LINES lines. */
int words_height(int lines, int size);

/* ---- slide_table.c ---- */

/* A table as texts, a page at a time. */
struct slide_table;
struct slide_table *slide_table_of(struct deck *d,
                                   const struct doc_table *t);
/* Puts as many rows from the first not put as AT has room for, at least
 * one; true while there are more. */
bool slide_table(struct slide *p, struct rect at, struct slide_table *t);

/* ---- slide_layout.c: what is put where ---- */

enum { SLIDE_ITEMS = 64 };

/* What a slide is to show. */
struct slide_plan {
    const char *title;
    const struct node *lead;    /* the line below it; NULL: none */
    const struct node **item;   /* charts, tables, texts .. in order */
    int count;
    const struct node **note;
    int notes;
};
/* Makes the slides of PLAN: one, or more where it does not fit. False with
 * E where the deck gets too long. */
MUST_CHECK bool slide_put(struct deck *d, const struct slide_plan *plan,
                          struct err *e);
/* slide_cover.c: the first slide; PLAN NULL: of the document alone. BAND is
 * the chart at its foot, or NULL. */
void slide_cover(struct deck *d, const struct slide_plan *plan,
                 const struct chart_model *band);
/* What the speaker is told of a thing that a slide shows: its filter, and
 * what is said in its place to whom can't see it. */
void slide_tell(struct slide *p, const struct node *n);
/* slide_parts.c: the body of a slide that shows one thing. */
void slide_show_bar(struct slide *p, struct rect at,
                   const struct chart_model *c);
void slide_show_definitions(struct slide *p, struct rect at,
                            const struct node *n,
                            const struct chart_model *c);
void slide_show_cards(struct slide *p, struct rect at, const struct node *n);
void slide_show_figures(struct slide *p, struct rect at,
                        const struct doc_table *t);
/* WHOLE: what C is a part of, NULL: nothing. */
void slide_show_chart(struct slide *p, struct rect at,
                      const struct chart_model *c,
                      const struct chart_model *whole);
/* What the foot of every slide says: whose, BASE, notices. */
struct slide_foot slide_foot(struct deck *d, const char *base);

#endif
