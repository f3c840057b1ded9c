/* write_pdf.c - a document as a tagged PDF (PDF/UA-1, ISO 14289-1).
 *
 * A cover, a table of contents, then the tree from top to bottom, each kind
 * of node by a function of the table below. A chapter begins a page where
 * less than three tenths of one are left, or what must stand under its
 * heading has no room. The pages of the contents are left open and filled at
 * the end, when it is known where everything came to stand; in the tree of
 * tags they stand where they are read. */
#include <math.h>
#include <stdlib.h>
#include "base/msg.h"
#include "write/chart.h"
#include "write/folio.h"
#include "write/writing.h"

#define CHAPTER_GAP 26.         /* above one that begins no page */
#define CONTENTS_HEAD 44.       /* of the contents: their title */
#define TIGHTEST .84            /* of the usual height of an entry */

enum {
    ENTRIES_MAX = 400, ENTRY_DEPTH = 2,
    ENOUGH = 3,                 /* lines of text below a heading */
    WHOLE = 4,                  /* shorter paragraphs are not parted */
    HANGS = 20                  /* a note below the text beside it */
};

struct entry {
    const char *title;
    int depth, page;
};

struct writing_pdf {
    struct flow flow;
    struct entry entry[ENTRIES_MAX];
    int entries, depth;
    struct tag *contents;       /* its tag; NULL: there is none */
    int contents_page, contents_pages;
    double tight;               /* of the usual height of its entries */
    double share;               /* where the next chapter begins a page */
    const struct node *before;  /* the last that was no note */
    bool begun;                 /* a chapter stands on some page */
};

static const struct node *
child_of(const struct node *n, enum node_kind kind)
{
    for (const struct node *c = n->child; c != NULL; c = c->next)
        if (c->kind == kind)
            return c;
    return NULL;
}

/* ---- headings ---- */

static void
note_entry(struct writing_pdf *w, const char *title, int depth)
{
    paper_bookmark(&w->flow.paper, title, depth, w->flow.y);
    if (w->entries < ENTRIES_MAX)
        w->entry[w->entries++] = (struct entry){
            title, depth, w->flow.paper.page
        };
}

static const char *
numbered(struct flow *f, const struct node *n)
{
    return n->number > 0 && f->doc->kind != DOC_SLIDES
        ? arena_printf(&f->arena, "%d %s", n->number, n->title) : n->title;
}

/* The next but notes, or NULL. */
static const struct node *
followed_by(const struct node *n)
{
    do
        n = n->next;
    while (n != NULL && n->kind == NODE_NOTE);
    return n;
}

/* A paragraph in lines: the first of a chapter is larger. */
static const struct para *
paragraph_of(struct flow *f, const struct node *n)
{
    const struct piece *pieces;
    int count = folio_pieces(f, n, FACE_REGULAR, INK, &pieces);
    bool lead = n->parent->kind == NODE_SECTION
        && n->parent->parent->kind == NODE_ROOT && n->parent->child == n
        && f->doc->kind != DOC_MEDIA;

    return layout(&f->arena, f->paper.fonts, pieces, count,
                  lead ? 12.4 : 10.3, lead ? 17.6 : 14.8,
                  lead ? PAGE_COLUMN + 12 : PAGE_COLUMN);
}

/* A note in lines, its title before it. */
static const struct para *
note_of(struct flow *f, const struct node *n, double size, double leading,
        double width)
{
    struct piece *piece = arena_array(&f->arena, 2, sizeof *piece);

    piece[0] = (struct piece){
        arena_printf(&f->arena, "%s ", n->title != NULL ? n->title : ""),
        FACE_SEMIBOLD, MUTED, NULL
    };
    piece[1] = (struct piece){ n->text, FACE_REGULAR, MUTED, NULL };
    return layout(&f->arena, f->paper.fonts, piece, 2, size, leading, width);
}

/* How high the notes are that stand in the margin beside the paragraphs of
 * block N: what comes below begins under both. 0 where there are none, or
 * they are so much higher than the paragraphs that they stand below all. */
static double
notes_beside(struct flow *f, const struct node *n)
{
    double notes = 0, text = 0;

    for (const struct node *c = n->child; n->kind == NODE_BLOCK && c != NULL;
         c = c->next) {
        if (c->kind == NODE_NOTE)
            notes += 9 + para_height(note_of(f, c, 8, 11.2,
                                             PAGE_NOTE_WIDTH));
        if (c->kind == NODE_PARAGRAPH)
            text += 7 + para_height(paragraph_of(f, c));
    }
    return text > 0 && notes <= text + HANGS ? notes : 0;
}

/* How high the notes are that come at once below N. */
static double
notes_below(struct flow *f, const struct node *n)
{
    double high = 0;

    if (notes_beside(f, n->parent) > 0)
        return 0;
    for (n = n->next; n != NULL && n->kind == NODE_NOTE; n = n->next)
        high += 2 + para_height(note_of(f, n, 8.4, 11.8, PAGE_FULL));
    return high;
}

/* How high what stays on the page of chart N is: its notes, and what its
 * grades mean. */
static double
below_chart(struct flow *f, const struct node *n)
{
    const struct node *next = followed_by(n);

    return notes_below(f, n)
        + (next == NULL || next->kind != NODE_DEFINITIONS ? 0
           : CHART_GAP + folio_definitions_least(f, next));
}

/* How high as many lines of paragraph N are as are enough below a heading;
 * LINES counts them. */
static double
some_lines(struct flow *f, const struct node *n, int *lines)
{
    const struct para *p = paragraph_of(f, n);
    int some = p->count < ENOUGH ? p->count : ENOUGH;

    *lines += some;
    return some * p->leading + 7;
}

/* How high the recommendation is that comes behind paragraph N, which takes
 * some of its lines along; 0: none does. */
static double
held_by(struct flow *f, const struct node *n)
{
    const struct node *next = followed_by(n);

    return next != NULL && next->kind == NODE_CALLOUT
        ? folio_callout_height(f, next) : 0;
}

/* About how high what must stand on the page of a heading before N's first
 * child is: a few lines of text, or what is shorter and the chart or head of
 * a table behind it. */
static double
least_below(struct flow *f, const struct node *n)
{
    double high = 0;
    int lines = 0;

    for (; n != NULL && lines < ENOUGH; n = n->next) {
        switch (n->kind) {
        case NODE_SECTION:
        case NODE_BLOCK:        /* a heading of two lines, and so on */
            return high + 56 + least_below(f, n->child);
        case NODE_CHART:
            high = fmax(high, notes_beside(f, n->parent));
            return high + below_chart(f, n) + folio_chart_least(f, n->chart);
        case NODE_FIGURES:
            return high + folio_figures_least(f, n->table);
        case NODE_TABLE:
            return high + 150;
        case NODE_DEFINITIONS:
        case NODE_CARDS:
        case NODE_CALLOUT:
            return high + 100;
        case NODE_LIST:
        case NODE_FACTS:
            return high + 40;
        case NODE_PARAGRAPH:
            high += some_lines(f, n, &lines);
            if (paragraph_of(f, n)->count < WHOLE && held_by(f, n) > 0)
                return high + held_by(f, n);
            break;
        default:
            break;
        }
    }
    return high;
}

static const struct { double size, leading, above, below; } looks[] = {
    { 21, 26, 0, 8 }, { 13, 17, 14, 4 }, { 11, 15, 10, 3 }
};

static const struct para *
heading_of(struct flow *f, const char *title, int i)
{
    return flow_layout(f, title, FACE_BOLD, NAVY, looks[i].size,
                       looks[i].leading,
                       i == 0 ? PAGE_FULL : PAGE_COLUMN + 60);
}

/* How high it is with what must stand below it. */
static double
heading_least(struct flow *f, const struct para *title, int i,
              const struct node *next)
{
    return para_height(title) + looks[i].below + 2 + least_below(f, next);
}

static void
put_heading(struct writing_pdf *w, const char *title, int level,
            const struct node *next)
{
    static const char *const type[] = { "H1", "H2", "H3" };
    struct flow *f = &w->flow;
    int i = level < 3 ? level : 2;
    const struct para *para = heading_of(f, title, i);

    flow_clear(f, i == 0 && f->doc->kind != DOC_MEDIA ? CHAPTER_GAP
               : looks[i].above);
    /* Not alone at the foot of a page. */
    flow_need(f, heading_least(f, para, i, next));
    if (i < ENTRY_DEPTH)
        note_entry(w, title, i);
    flow_para(f, type[i], para, PAGE_LEFT, looks[i].below);
    f->note_y = f->beside_y = f->y;
}

/* The head of a page names the chapter that the page begins with. */
static void
begin_chapter(struct writing_pdf *w, const char *title,
              const struct node *n)
{
    struct flow *f = &w->flow;
    double left = PAGE_BOTTOM - fmax(f->y, f->note_y) - CHAPTER_GAP;
    double least = heading_least(f, heading_of(f, title, 0), 0, n->child);

    f->chapter = f->doc->kind == DOC_SLIDES ? f->doc->title : title;
    if (!w->begun || (f->doc->kind != DOC_SLIDES
                      && (left < PAGE_ROOM * .3 || left < least)))
        flow_page(f);
    w->begun = true;
}

static void
enter_section(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;
    const char *title = numbered(f, n);

    if (w->depth == 0 && f->doc->kind != DOC_MEDIA)
        begin_chapter(w, title, n);
    paper_open(&f->paper, "Sect");
    put_heading(w, title, w->depth, n->child);
    w->depth++;
}

static void
leave_section(struct writing_pdf *w, const struct node *n)
{
    (void)n;
    w->depth--;
    paper_close(&w->flow.paper);
}

/* ---- text ---- */

static void
put_paragraph(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;

    f->beside_y = f->y;
    f->held = held_by(f, n);
    flow_para(f, "P", paragraph_of(f, n), PAGE_LEFT, 7);
    f->held = 0;
}

/* In the margin beside what it is about, or, where there is no room, below
 * it. */
static void
put_note(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;
    const struct para *p;
    double top = fmax(f->note_y, f->beside_y), column = f->y;
    bool beside = w->before == NULL || w->before->kind == NODE_PARAGRAPH
        || w->before->kind == NODE_LIST;

    p = note_of(f, n, 8, 11.2, PAGE_NOTE_WIDTH);
    if (!beside || top + para_height(p) > PAGE_BOTTOM || f->y <= PAGE_TOP
        || top > f->y + 60) {
        p = note_of(f, n, 8.4, 11.8, PAGE_FULL);
        bool first = child_of(n->parent, NODE_NOTE) == n
            || (w->before != NULL && w->before->next == n);

        /* Close to what it is about, which left a gap. */
        flow_clear(f, first ? -6 : 0);
        /* A line or two may stand a little below the usual. */
        f->bottom = PAGE_BOTTOM + 18;
        flow_para(f, "Note", p, PAGE_LEFT, 2);
        f->bottom = PAGE_BOTTOM;
        f->y += n->next != NULL && n->next->kind == NODE_NOTE ? 0 : 6;
        f->note_y = f->beside_y = f->y;
        return;
    }
    f->y = top + 2;
    flow_para(f, "Note", p, PAGE_LEFT + PAGE_NOTE, 0);
    f->note_y = f->y + 7;
    f->y = column;
}

/* ---- blocks ---- */

/* In a text a table may come to stand on another page than what is said of
 * it. */
static bool
says_titles(const struct document *doc)
{
    return doc->kind == DOC_REPORT && !doc->single;
}

static void
put_nodes(struct writing_pdf *w, const struct node *parent,
          enum node_kind kind, void (*put)(struct writing_pdf *,
                                           const struct node *))
{
    for (const struct node *c = parent->child; c != NULL; c = c->next)
        if (c->kind == kind)
            put(w, c);
}

/* The finding is the heading where there is one. Notes come beside the
 * paragraphs, where there are any, else below all. */
static void
enter_block(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;
    const struct node *finding = child_of(n, NODE_FINDING);

    f->titled = finding != NULL;
    paper_open(&f->paper, "Sect");
    put_heading(w, finding != NULL ? finding->text : n->title,
                f->doc->single ? 0 : w->depth, n->child);
    put_nodes(w, n, NODE_PARAGRAPH, put_paragraph);
    w->before = child_of(n, NODE_PARAGRAPH);
    if (notes_beside(f, n) > 0)
        put_nodes(w, n, NODE_NOTE, put_note);
}

static void
leave_block(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;

    if (notes_beside(f, n) == 0) {
        w->before = n;
        put_nodes(w, n, NODE_NOTE, put_note);
    }
    f->titled = says_titles(f->doc);
    paper_close(&f->paper);
}

static void
put_chart(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = below_chart(&w->flow, n);
    folio_chart(&w->flow, n->chart);
    w->flow.tail = 0;
}

static void
put_table(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = notes_below(&w->flow, n);
    folio_table(&w->flow, n->table);
    w->flow.tail = 0;
}

static void
put_figures(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = notes_below(&w->flow, n);
    folio_figures(&w->flow, n->table);
    w->flow.tail = 0;
}

static void
put_definitions(struct writing_pdf *w, const struct node *n)
{
    folio_definitions(&w->flow, n);
}

static void
put_facts(struct writing_pdf *w, const struct node *n)
{
    folio_facts(&w->flow, n);
}

static void
put_list(struct writing_pdf *w, const struct node *n)
{
    folio_list(&w->flow, n);
}

static void
put_callout(struct writing_pdf *w, const struct node *n)
{
    folio_callout(&w->flow, n);
}

static void
put_cards(struct writing_pdf *w, const struct node *n)
{
    folio_cards(&w->flow, n);
}

static const struct {
    void (*enter)(struct writing_pdf *w, const struct node *n);
    void (*leave)(struct writing_pdf *w, const struct node *n);
} writers[NODE_KIND_COUNT] = {
    [NODE_SECTION] = { enter_section, leave_section },
    [NODE_BLOCK] = { enter_block, leave_block },
    [NODE_PARAGRAPH] = { put_paragraph, NULL },
    [NODE_NOTE] = { put_note, NULL },
    [NODE_FIGURES] = { put_figures, NULL },
    [NODE_CHART] = { put_chart, NULL },
    [NODE_TABLE] = { put_table, NULL },
    [NODE_DEFINITIONS] = { put_definitions, NULL },
    [NODE_FACTS] = { put_facts, NULL },
    [NODE_LIST] = { put_list, NULL },
    [NODE_CALLOUT] = { put_callout, NULL },
    [NODE_CARDS] = { put_cards, NULL },
};

/* As tree_step, but past the title page of slides: there is a cover. */
static bool
step(struct tree_walk *walk)
{
    const struct node *cover;

    if (!tree_step(walk))
        return false;
    if (walk->node->kind != NODE_SECTION || !walk->node->cover)
        return true;
    for (cover = walk->node; walk->entering || walk->node != cover;)
        if (!tree_step(walk))
            return false;
    return step(walk);
}

static void
put_tree(struct writing_pdf *w)
{
    struct tree_walk walk = tree_begin(w->flow.doc);

    while (step(&walk)) {
        const struct node *n = walk.node;
        /* What enter_block has put. */
        bool done = n->parent != NULL && n->parent->kind == NODE_BLOCK
            && (n->kind == NODE_PARAGRAPH || n->kind == NODE_NOTE);

        if (walk.entering && !done && writers[n->kind].enter != NULL) {
            writers[n->kind].enter(w, n);
            if (n->kind != NODE_NOTE)
                w->before = n;
        }
        if (!walk.entering && writers[n->kind].leave != NULL)
            writers[n->kind].leave(w, n);
    }
}

/* ---- cover ---- */

static double
cover_text(struct flow *f, const char *type, const char *text,
           enum face face, uint32_t ink, double size, double leading,
           double y)
{
    const struct para *p;

    if (text == NULL || *text == '\0')
        return y;
    p = flow_layout(f, text, face, ink, size, leading, PAGE_FULL);
    f->y = y;
    flow_para(f, type, p, PAGE_LEFT, 0);
    return f->y;
}

static void
cover_band(struct flow *f, double y)
{
    const struct chart_model *band = chart_of_cover(f->doc);

    if (band == NULL)
        return;
    paper_open(&f->paper, "Figure");
    paper_alt(&f->paper, arena_printf(&f->arena, "%s. %s", band->title,
                                      band->desc));
    paper_box(&f->paper, PAGE_LEFT, y, PAGE_FULL, 18);
    paper_mark(&f->paper);
    folio_band(f, band, PAGE_LEFT, y, PAGE_FULL, 18);
    paper_unmark(&f->paper);
    paper_close(&f->paper);
    cover_text(f, "P", arena_printf(&f->arena, "%s: %s", band->title,
                                    band->desc),
               FACE_REGULAR, 0xc9d6e4, 9.4, 13, y + 24);
}

static void
put_cover(struct writing_pdf *w)
{
    struct flow *f = &w->flow;
    const struct document *doc = f->doc;
    const char *notices[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    double y;

    flow_page(f);
    paper_artifact(&f->paper);
    paper_fill(&f->paper, NAVY, 0, 0, PAGE_WIDTH, 500);
    paper_unmark(&f->paper);
    cover_text(f, "P", doc->owner, FACE_SEMIBOLD, WHITE, 12, 16, 84);
    y = cover_text(f, "Title", doc->title, FACE_BOLD, WHITE, 36, 42, 150);
    cover_text(f, "P", doc->subtitle, FACE_REGULAR, WHITE, 16, 22, y + 12);
    cover_band(f, 420);
    f->y = 536;
    folio_facts(f, &(struct node){
        .kind = NODE_FACTS, .fact = doc->facts, .count = doc->fact_count });
    for (int i = 0; i < 3; i++)
        f->y = cover_text(f, "P", notices[i], FACE_REGULAR, MUTED, 9.4, 13.4,
                          f->y);
}

/* The head of what is one page or one table. */
static void
put_title(struct writing_pdf *w)
{
    struct flow *f = &w->flow;

    f->chapter = "";
    flow_page(f);
    if (f->doc->single)
        return;
    f->y = cover_text(f, "Title", f->doc->title, FACE_BOLD, NAVY, 24, 29,
                      f->y) + 4;
    f->y = cover_text(f, "P", f->doc->subtitle, FACE_REGULAR, MUTED, 12, 16,
                      f->y) + 10;
}

/* ---- contents ---- */

static double
entry_height(const struct writing_pdf *w, int depth)
{
    return (depth == 0 ? 24 : 16) * w->tight;
}

/* The depth of each entry, before they are known: sections and blocks. */
static int
entry_depths(const struct document *doc, int depths[ENTRIES_MAX])
{
    struct tree_walk walk = tree_begin(doc);
    int depth = 0, entries = 0;

    while (step(&walk)) {
        bool section = walk.node->kind == NODE_SECTION;
        bool block = walk.node->kind == NODE_BLOCK;

        if (!walk.entering) {
            depth -= section;
            continue;
        }
        if ((section || block) && depth < ENTRY_DEPTH
            && entries < ENTRIES_MAX)
            depths[entries++] = depth;
        depth += section;
    }
    return entries;
}

/* Whether an entry at Y begins another page: there is no room, or all would
 * not be spread over the pages. */
static bool
entry_turns(const struct writing_pdf *w, int depth, double y)
{
    return y + entry_height(w, depth) > PAGE_BOTTOM
        || (depth == 0 && y > w->share);
}

static int
count_pages(const struct writing_pdf *w, const int *depths, int count)
{
    double y = PAGE_TOP + CONTENTS_HEAD;
    int pages = 1;

    for (int i = 0; i < count; i++) {
        if (entry_turns(w, depths[i], y)) {
            pages++;
            y = PAGE_TOP;
        }
        y += entry_height(w, depths[i]);
    }
    return pages;
}

/* A list that is a little too long for its page is set closer; a longer one
 * is parted between chapters, about as much on each page. */
static void
plan_contents(struct writing_pdf *w)
{
    int depths[ENTRIES_MAX], count = entry_depths(w->flow.doc, depths);
    double room = PAGE_ROOM - CONTENTS_HEAD, high = 0;

    w->tight = 1;
    w->share = PAGE_BOTTOM;
    for (int i = 0; i < count; i++)
        high += entry_height(w, depths[i]);
    if (high > room && high * TIGHTEST <= room)
        w->tight = room / (high + 1);
    w->contents_pages = count_pages(w, depths, count);
    if (w->contents_pages == 1)
        return;
    w->share = PAGE_TOP + (CONTENTS_HEAD + high) / w->contents_pages;
    w->contents_pages = count_pages(w, depths, count);
}

static void
reserve_contents(struct writing_pdf *w)
{
    struct flow *f = &w->flow;

    f->chapter = msg_text(f->doc->lang, "report.contents");
    plan_contents(w);
    for (int i = 0; i < w->contents_pages; i++) {
        flow_page(f);
        if (i == 0)
            w->contents_page = f->paper.page;
    }
    f->y = PAGE_TOP;
    paper_turn(&f->paper, w->contents_page);
    f->paper.page = w->contents_page;
    flow_para(f, "H1", flow_layout(f, f->chapter, FACE_BOLD, NAVY, 21, 26,
                                   PAGE_FULL), PAGE_LEFT, 18);
    w->contents = paper_open(&f->paper, "TOC");
    paper_close(&f->paper);
    paper_turn(&f->paper, f->paper.pages - 1);
}

static void
put_entry(struct writing_pdf *w, const struct entry *e, double y)
{
    struct flow *f = &w->flow;
    bool top = e->depth == 0;
    enum face face = top ? FACE_SEMIBOLD : FACE_REGULAR;
    double x = PAGE_LEFT + (top ? 0 : 16), size = top ? 11 : 9.8;
    const char *page = arena_printf(&f->arena, "%d", e->page + 1);
    const char *title = flow_fitted(f, e->title, face, size, PAGE_FULL - 60);

    paper_open(&f->paper, "TOCI");
    paper_open(&f->paper, "Reference");
    paper_open(&f->paper, "Link");
    paper_mark(&f->paper);
    flow_line(f, title, face, top ? NAVY : INK, size, x, y + 13, 0, 0,
              false);
    flow_line(f, " ", face, INK, size, PAGE_LEFT + PAGE_FULL - 40, y + 13, 0,
              0, false);
    flow_line(f, page, face, top ? NAVY : INK, size, PAGE_LEFT, y + 13, 1,
              PAGE_FULL, true);
    paper_unmark(&f->paper);
    paper_link(&f->paper, x, y, PAGE_LEFT + PAGE_FULL - x,
               entry_height(w, e->depth),
               NULL, e->page, e->title);
    paper_close(&f->paper);
    paper_close(&f->paper);
    paper_close(&f->paper);
}

static void
put_contents(struct writing_pdf *w)
{
    struct flow *f = &w->flow;
    struct tag *before = paper_enter(&f->paper, w->contents);
    double y = PAGE_TOP + CONTENTS_HEAD;
    int page = w->contents_page;

    paper_turn(&f->paper, page);
    for (int i = 0; i < w->entries; i++) {
        const struct entry *e = &w->entry[i];

        if (entry_turns(w, e->depth, y)
            && page + 1 < w->contents_page + w->contents_pages) {
            paper_turn(&f->paper, ++page);
            y = PAGE_TOP;
        }
        put_entry(w, e, y + (e->depth == 0 ? 6 * w->tight : 0));
        y += entry_height(w, e->depth);
    }
    paper_enter(&f->paper, before);
}

WRITER(write_pdf)
{
    struct writing_pdf *w = mem_take(sizeof *w);
    bool book = !doc->single && doc->kind != DOC_MEDIA, ok;

    (void)brand;
    w->flow.doc = doc;
    w->flow.titled = says_titles(doc);
    arena_init(&w->flow.arena);
    paper_begin(&w->flow.paper, doc, PAGE_WIDTH, PAGE_HEIGHT, out);
    if (book) {
        put_cover(w);
        reserve_contents(w);
    } else {
        put_title(w);
    }
    put_tree(w);
    if (book)
        put_contents(w);
    ok = paper_finish(&w->flow.paper, e);
    arena_clear(&w->flow.arena);
    free(w);
    return ok;
}
