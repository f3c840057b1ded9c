/* tree.h - the report as a document: one tree that every writer walks.
 *
 * The builder (build.h) makes the tree from counted tables; a writer
 * (write.h) turns it into a file and decides nothing about numbers or
 * words. Nodes are plain data in an arena, texts already in the document's
 * language. Sections, blocks and lists hold other nodes, all else is a leaf:
 *
 *     root
 *       section "Hovedtrekk"                 id, title, number
 *         paragraph                          text
 *         block "Mottakere etter ..."        id, title: all about one table
 *           finding                          text: the headline
 *           paragraph                        text
 *           figures | chart | table | definitions | facts
 *           note                             title, text: the margin
 *         list                               number: items are numbered
 *           item                             text
 *         callout                            text: what is recommended
 *         cards                              a few numbers side by side
 *
 * A section may hold sections, two deep below the first. In a document of
 * slides (DOC_SLIDES) each section is a slide: its title the headline, its
 * first paragraph the line below it, its notes what the speaker is told.
 *
 * A table is copied out of the counted one, so that cells can be hidden
 * later without touching what was counted. */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H
#include "tab/count.h"

enum { GRADE_NO = -1 };
/* What a cell has no share of, or may not tell that it is a share of. */
enum { OF_NONE = -1, OF_HIDDEN = -2 };
/* A base, someone outside it or left out: may not be shown. */
enum { NUMBER_HIDDEN = -1 };

/* What a cell counts, and the noun that goes with it. */
enum unit_counted {
    UNIT_RECIPIENTS, UNIT_CHILDREN, UNIT_SERVICES, UNIT_REGISTRATIONS,
    UNIT_COUNT
};

struct doc_key {
    const char *id;             /* "green", "1", a variable, a figure */
    const char *label;
    int grade;                  /* place in the document's, or GRADE_NO */
};

struct doc_cell {
    int64_t n;
    int64_t of;                 /* what 100 % is, or OF_NONE, OF_HIDDEN */
    bool hidden;                /* suppressed: N is 0, no share is shown */
};

/* One side of a table. */
struct doc_side {
    const char *variable;       /* NULL: several, or none */
    const char *label;          /* its label; "" where it has none */
    const struct doc_key *key;
    int count;
};

struct doc_table {
    const char *id;             /* NULL: asked for ad hoc */
    const char *title;          /* of the table, internal notice aside */
    const char *caption;        /* what is counted, of what the shares are */
    int number;                 /* "Tabell 3", 0: no number */
    enum shape shape;
    bool plain;                 /* the program's own: rows by columns, with
                                 * neither base nor share */
    enum unit_counted counts;
    enum unit_counted base_unit;        /* what base counts */
    const enum unit_counted *row_counts;    /* FIGURES: one a row */
    const char *where;          /* the whole filter, "": everybody */
    const char *where_words;    /* the same for people; NULL as "" */
    const char *sum;            /* variable, NULL: none */
    const char *sum_label;
    struct doc_side rows, columns;      /* at least one column */
    bool multiple;
    enum share share;
    bool totals;                /* row, column sums and base may be shown */
    struct doc_cell *cell;      /* rows.count x columns.count */
    int base_count;
    const int64_t *base;        /* each may be NUMBER_HIDDEN, as may what
                                 * is outside and left out */
    const struct outside *outside;
    const int64_t *left_out;    /* NULL: nothing was summed */
    /* Protected: the sums that may be shown, for hidden cells add nothing;
     * NULL: the cells add up to them. */
    const struct doc_cell *row_sum, *column_sum, *all;
    bool some_hidden;           /* protected, and something was hidden */
    int rounded_to;             /* protected: all are multiples of it, 0:
                                 * exact */
    const char *note;           /* the instrument's, NULL: none */
    const char *rounding;       /* how shares add up, NULL: to 100 % */
    const struct doc_table *every;      /* PLAIN: the same with each row by
                                 * itself, for programs; NULL: this is */
};

struct doc_cell *doc_cell_at(const struct doc_table *t, int row, int column);
/* Sum of a row or column, or of all cells; HIDDEN of it says whether it may
 * not be shown. Columns and all only of a table with TOTALS. */
struct doc_cell doc_row_sum(const struct doc_table *t, int row);
struct doc_cell doc_column_sum(const struct doc_table *t, int column);
struct doc_cell doc_sum(const struct doc_table *t);
/* Whether C has a share that may be shown. */
bool doc_has_share(const struct doc_cell *c);

/* How an area without a grade looks: told apart without colour. */
enum plain_look { PLAIN_DARK, PLAIN_LIGHT, PLAIN_DOTS, PLAIN_LATTICE,
                  PLAIN_COUNT };

struct chart_series {
    const char *label;
    int grade;                  /* or GRADE_NO: PLAIN says how it looks */
    enum plain_look plain;
};

struct chart_category {
    const char *label;
    int grade;
    int64_t base;               /* its height in a mosaic */
    int64_t rest;               /* hidden areas of a stacked bar together;
                                 * NUMBER_HIDDEN: none can be drawn */
};

/* The one chart model: series by categories. BAR has one category. */
struct chart_model {
    enum chart kind;
    int number;                 /* "Figur 3" */
    const char *title, *caption;
    const char *desc;           /* the whole in words */
    const char *legend;         /* what the series are of, "" not said */
    bool grades;                /* all series are grades */
    int emphasis;               /* series printed beside each bar, or -1 */
    int series_count, category_count;
    const struct chart_series *series;
    const struct chart_category *category;
    const struct doc_cell *cell;        /* category by category */
    const char *const *row_desc;        /* a category in words */
    const struct doc_table *table;      /* the same numbers */
};

/* The cell of a chart. */
const struct doc_cell *doc_chart_cell(const struct chart_model *c,
                                      int category, int series);
/* Whether its areas are on top of each other: bars that are wholes. */
bool doc_chart_stacked(const struct chart_model *c);

struct doc_definition {
    int grade;
    const char *label;          /* the state's short name */
    const char *text;
    const char *share;          /* "36 %", NULL: none */
    bool own;                   /* wording of the program's own */
};

struct doc_fact {
    const char *label, *value;
};

/* A piece of a paragraph that looks alike. */
enum { RUN_STRONG = 1, RUN_EMPHASIS = 2 };
struct doc_run {
    const char *text;
    unsigned style;             /* RUN_ */
    const char *href;           /* http, https or mailto; NULL: no link */
};

/* One of a few side by side: a large number and what it means. */
struct doc_card {
    const char *number;         /* "11 %", "92 barn"; NULL: none */
    const char *title, *text;
    const char *action;         /* what is recommended; NULL: nothing */
};

enum node_kind {
    NODE_ROOT, NODE_SECTION, NODE_BLOCK, NODE_FINDING, NODE_PARAGRAPH,
    NODE_NOTE, NODE_FIGURES, NODE_CHART, NODE_TABLE, NODE_DEFINITIONS,
    NODE_FACTS, NODE_LIST, NODE_ITEM, NODE_CALLOUT, NODE_CARDS,
    NODE_KIND_COUNT
};

struct node {
    enum node_kind kind;
    struct node *parent, *next, *child, *last;
    const char *id;             /* section, block: unique in the document */
    const char *title;          /* section, block, note */
    const char *text;           /* finding, paragraph, note, item, callout */
    const struct doc_run *run;  /* the same text by its looks, of a
                                 * paragraph, item or callout; NULL: plain */
    int run_count;
    int number;                 /* section: 1..; 0: has none. List: 1 where
                                 * its items are numbered, else 0 */
    bool cover;                 /* section of slides: the title page */
    struct doc_table *table;            /* figures, table */
    const struct chart_model *chart;
    const struct doc_definition *definition;    /* definitions */
    const struct doc_fact *fact;                /* facts */
    const struct doc_card *card;                /* cards */
    int count;                  /* of definitions, facts, cards */
};

struct doc_grade {
    const char *id, *label, *plural, *short_label, *look, *mark;
    const char *fill, *edge, *ink;
};

struct doc_meta {
    const char *round, *round_title, *municipality_name, *unit;
    int municipality, year, period, from_age;
    int rounds;                 /* counted as one; 0: one round. Then: */
    const int *years;           /* rising, instead of YEAR and PERIOD */
    int year_count;
    const char *years_text;
    bool closed, synthetic, internal;
    int protected_below;        /* numbers under this are hidden, 0: none */
    int rounded_to;             /* all are multiples of this, 0: exact */
    int few;                    /* internal: under this are marked, 0: as
                                 * the writer does */
    const char *instrument, *instrument_title, *instrument_sha256;
    int instrument_version, definition, index_version;
    const char *index_note;
    const char *report, *report_title, *where, *scope;
    int64_t recipients;         /* the report is about, -1: not counted, or
                                 * too few to say */
};

/* What a document is for. */
enum doc_kind {
    DOC_TABLES,                 /* every table of a report (build.h) */
    DOC_REPORT,                 /* a text with numbers bound to the data */
    DOC_SLIDES,                 /* the same, a slide a section */
    DOC_MEDIA                   /* the same, one page for the press */
};

struct document {
    enum lang lang;
    enum doc_kind kind;
    bool single;                /* one table asked for ad hoc */
    const char *title, *subtitle, *owner;
    const char *running;        /* in the head of every page */
    const char *internal_notice, *synthetic_notice;     /* NULL: not so */
    const char *protected_notice;       /* the same */
    struct doc_meta meta;
    const struct doc_grade *grades;
    int grade_count;
    const struct doc_fact *facts;       /* under the title */
    int fact_count;
    struct node *root;
};

/* An empty document in ARENA, which must outlive it. */
struct document *tree_new(struct arena *arena, enum lang lang);
/* A new last child of PARENT. */
struct node *tree_add(struct arena *arena, struct node *parent,
                      enum node_kind kind);

/* Walks the whole tree in order:
 *     struct tree_walk w = tree_begin(doc);
 *     while (tree_step(&w)) ... w.node, w.entering
 * Sections and blocks (and the root) come twice: entered and left. */
struct tree_walk {
    const struct node *node;
    bool entering;
    const struct node *at;      /* private */
    bool down;                  /* private */
};
struct tree_walk tree_begin(const struct document *doc);
bool tree_step(struct tree_walk *w);
/* The same past the title page of slides, for what has a cover of its own. */
bool tree_step_body(struct tree_walk *w);
/* The next node of KIND after NODE in reading order (NULL: the first). */
const struct node *tree_next(const struct document *doc,
                             const struct node *node, enum node_kind kind);
/* The first child of N that is of KIND, or NULL. */
const struct node *tree_child(const struct node *n, enum node_kind kind);
/* How many sections N stands in. */
int tree_depth(const struct node *n);
bool tree_holds(enum node_kind kind);
/* The name of a kind, for the text dump ("section"). */
const char *tree_kind_name(enum node_kind kind);

#endif
