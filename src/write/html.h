/* html.h - what the parts of the HTML writer share. Private to html_*.c
 * and write_html.c.
 *
 *     write_html.c    the page: its frame and what fills it, or a part of one
 *     html_node.c     the tree: headings, text, notes, lists, cards
 *     html_chart.c    a chart
 *     html_table.c    a table, key figures */
#ifndef WRITE_HTML_H
#define WRITE_HTML_H
#include "write/markup.h"
#include "write/svg.h"
#include "report/tree.h"

enum {
    SHORT = 14                  /* characters of a label that never breaks */
};

struct html {
    const struct document *doc;
    struct buf *out;
    struct arena arena;         /* texts made on the way */
    const char *prefix;         /* of every id */
    int heading;                /* of the title; a chapter is one below */
    bool open;                  /* no table is folded away */
    bool titled;                /* captions say what the table is of */
};

/* The text under KEY with its arguments, the last NULL. */
#define HTML_SAY(h, key, ...) \
    phrase_say(&(h)->arena, (h)->doc->lang, key, __VA_ARGS__)

/* html_node.c: the whole tree, but the title page of slides. */
void html_nodes(struct html *h);
/* Labels with their values, as a list of CLASS; nothing of none. */
void html_facts(struct html *h, const char *class,
                const struct doc_fact *fact, int count);

/* html_chart.c: a figure with its caption, key and drawings. */
void html_chart(struct html *h, const struct chart_model *c);
/* The first bar of grades, as a band under the title. */
void html_band(struct html *h, const struct chart_model *c);

/* html_table.c: a table with its caption, in a region that scrolls. */
void html_table(struct html *h, const struct doc_table *t);
/* Key figures as a list of large numbers. */
void html_figures(struct html *h, const struct doc_table *t);
/* "<b>Tabell 1.</b> Mottakere etter ... Andel av ...": what a caption says,
 * the title only where it does not stand above. */
void html_caption(struct html *h, const char *key, int number,
                  const char *title, const char *caption);
/* A label; a short one ("18–25 år") is kept on one line. */
void html_label(struct html *h, const char *label);
/* "1 845", marked where few and internal. */
void html_number(struct html *h, const struct doc_cell *c);

#endif
