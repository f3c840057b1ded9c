/* docx.h - what the parts of the DOCX writer share. Private to docx_*.c and
 * write_docx.c.
 *
 * Lengths are twips (20 a point), sizes of text half points, as
 * WordprocessingML has them (ECMA-376 part 1, 17). Its elements must come in
 * the order of the schema: each function here writes one element whole. */
#ifndef WRITE_DOCX_H
#define WRITE_DOCX_H
#include "write/drawing.h"
#include "write/opc_read.h"
#include "write/write.h"

#define DOCX_NS_W \
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_TYPE(name) OPC_TYPE("wordprocessingml." name "+xml")

enum {
    DOCX_EMU = 635,             /* a twip */
    DOCX_HEADINGS = 4,
    DOCX_NARROWEST = 4000       /* text of a template is taken as wide */
};

/* What a paragraph, run or table is for; which style that is the template
 * may decide. */
enum docx_look {
    LOOK_NORMAL, LOOK_BODY, LOOK_HEADING_1, LOOK_HEADING_2, LOOK_HEADING_3,
    LOOK_HEADING_4, LOOK_TITLE, LOOK_SUBTITLE, LOOK_CAPTION,
    LOOK_TOC_HEADING, LOOK_TOC_1, LOOK_TOC_2, LOOK_HEADER, LOOK_FOOTER,
    LOOK_BULLET, LOOK_NUMBER, LOOK_LEAD, LOOK_NOTE, LOOK_CALLOUT, LOOK_CELL,
    LOOK_LARGE, LOOK_NOTICE, LOOK_OWNER, LOOK_KEY, LOOK_GAP, LOOK_CHART,
    LOOK_LINK, LOOK_TABLE, LOOK_GRID,
    LOOK_COUNT
};

struct docx_template;
struct docx_listing;

struct docx {
    const struct document *doc;
    struct arena arena;
    struct opc opc;
    struct opc_part *main, *numbering;
    struct buf *out;            /* of MAIN */
    struct docx_template *template;     /* NULL: our own look */
    const char *style[LOOK_COUNT];      /* ids */
    bool numbered[LOOK_COUNT];  /* the template's style counts by itself */
    bool own_table;             /* the look of tables is ours */
    char ink[7], accent[7];     /* text; headings and rules */
    int width;                  /* of the text */
    int level;                  /* of a section's heading in the first row */
    bool titled;                /* captions say what they are of */
    bool after_table;           /* nothing stands between it and here */
    bool new_page;              /* begins with the next paragraph */
    int bookmarks, drawings, charts;
    int tables_counted, figures_counted;        /* last numbers in captions */
    int abstract;               /* bullets; numbers are one more */
    int nums;                   /* numbering instances so far */
    struct docx_listing *listing;       /* of which lists: docx_text.c */
    struct buf num;             /* <w:num> of lists, for numbering.xml */
};

/* How a run looks; 0 and NULL: as its paragraph. */
struct docx_run {
    unsigned style;             /* RUN_ */
    const char *colour;
    int size;
    bool few;                   /* marked by a broken frame */
    bool link;
};

/* The text under KEY with its arguments, the last NULL. */
#define DOCX_SAY(x, key, ...) \
    phrase_say(&(x)->arena, (x)->doc->lang, key, __VA_ARGS__)

/* docx_text.c: <w:p> in the style of LOOK; PROPS is XML that stands behind
 * <w:pStyle> in its order, "" for none. */
void docx_open(struct docx *x, enum docx_look look, const char *props);
void docx_close(struct docx *x);
void docx_text(struct docx *x, const char *text, struct docx_run how);
void docx_paragraph(struct docx *x, enum docx_look look, const char *props,
                    const char *text, struct docx_run how);
/* Text, or runs where there are some. */
void docx_runs(struct docx *x, const struct node *n, struct docx_run how);
/* A field with what it shows until it is brought up to date. */
void docx_field(struct docx *x, const char *code, const char *shown,
                struct docx_run how);
/* A line feed, a tab. */
void docx_break(struct docx *x);
void docx_tab(struct docx *x);
/* The mark of a grade and a blank. */
void docx_mark(struct docx *x, int grade);
/* A heading with a bookmark, the N-th of the contents. */
void docx_heading(struct docx *x, int level, int number, const char *text);
/* Above a table or figure: KEY is "report.table_n" or "report.figure_n". */
void docx_caption(struct docx *x, const char *key, int number,
                  const char *title, const char *caption);
void docx_list_item(struct docx *x, const struct node *item);

/* docx_table.c. Cards, figures and facts have tables, too. */
void docx_table(struct docx *x, const struct doc_table *t);
void docx_figures(struct docx *x, const struct doc_table *t);
void docx_definitions(struct docx *x, const struct node *n);
void docx_facts(struct docx *x, const struct doc_fact *fact, int count);
void docx_cards(struct docx *x, const struct node *n);
/* "1 845", ":" where it is hidden. */
void docx_number(struct docx *x, const struct doc_cell *c,
                 struct docx_run how);

/* docx_chart.c */
/* GOES_ON: what comes next stays on its page. */
void docx_chart(struct docx *x, const struct chart_model *c, bool goes_on);
/* A bar of grades as a band on the cover. */
void docx_band(struct docx *x, const struct chart_model *c);

/* docx_front.c: cover or title, table of contents. */
void docx_front(struct docx *x);
/* What is said of the whole: on the front, but of a page for the press,
 * which begins with what it is about, at the end. */
void docx_notices(struct docx *x);
/* The heading of a section or block, NULL: it has none; its LEVEL. */
const char *docx_heading_of(const struct docx *x, const struct node *n,
                            int *level);

/* docx_style.c: ids and parts that say how everything looks. */
void docx_styles(struct docx *x);
/* docx_parts.c: settings, fonts, numbering, theme, head and foot. */
void docx_numbering(struct docx *x);
void docx_parts(struct docx *x);
/* What is said on every page, the gravest first; NULL: nothing. */
const char *docx_notice(const struct document *doc);
/* A head ("hdr") or foot ("ftr") of one line; RIGHT NULL: the page's
 * number. */
void docx_margin(struct docx *x, struct opc_part *part, const char *root,
                 enum docx_look look, const char *left, const char *right);
/* <w:headerReference> or <w:footerReference> to PART. */
void docx_reference(struct docx *x, bool foot, const char *type,
                    const struct opc_part *part);
/* <w:sectPr>, last in the body. */
void docx_section(struct docx *x);

/* docx_template*.c: the municipality's own. Opened, its theme and fonts are
 * in the package, and X has its colours and width. False with E where it can't
 * be used; closed in either case. */
MUST_CHECK bool docx_template_open(struct docx *x,
                                   const struct brand_file *file,
                                   struct err *e);
void docx_template_close(struct docx_template *t);
/* The id of its style by NAME or ID, of TYPE ("paragraph"), NULL: none. */
const char *docx_template_style(const struct docx_template *t,
                                const char *type, const char *name,
                                const char *id, bool *numbered);
/* Its default paragraph style, and the table style it wants; NULL: none. */
const char *docx_template_normal(const struct docx_template *t);
const char *docx_template_table(const struct docx_template *t);
/* Its styles with ADDED behind them, into PART. */
void docx_template_styles(const struct docx_template *t,
                          const struct buf *added, struct buf *out);
/* Its numbering with ours in it; false: it has none. */
bool docx_template_numbering(const struct docx_template *t,
                             const struct buf *abstract,
                             const struct buf *num, struct buf *out);
/* The highest numbers of its numbering. */
void docx_template_numbers(const struct docx_template *t, int *abstract,
                           int *num);
/* Whether it has a theme and a table of fonts, which are in the package. */
bool docx_template_has(const struct docx_template *t, const char *kind);
bool docx_template_even(const struct docx_template *t);
/* Its heads and feet into the package: NOTICE (NULL: none) is put into each
 * foot, and a page number where it has none. After docx_styles; false with E
 * where one of them refers to what is not taken. */
MUST_CHECK bool docx_template_margins(struct docx *x, const char *notice,
                                      struct err *e);
/* <w:sectPr> with them and with its page. */
void docx_template_section(struct docx *x);

#endif
