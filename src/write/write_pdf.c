/* write_pdf.c - a document as a tagged PDF (PDF/UA-1, ISO 14289-1).
 *
 * A cover, a table of contents, then the tree from top to bottom, each kind
 * of node by a function of the table below. A chapter begins a page where
 * less than three tenths of one are left, or what must stand under its
 * heading has no room. folio.h says where the rest is. */
#include <math.h>
#include <stdlib.h>
#include "write/folio.h"
#include "write/writing.h"

#define CHAPTER_GAP 26.         /* above one that begins no page */

struct writing_pdf {
    struct flow flow;
    struct folio_contents contents;
    int depth;                  /* sections that are entered */
    const struct node *before;  /* the last that was no note */
    bool begun;                 /* a chapter stands on some page */
};

/* ---- headings ---- */

static const char *
numbered(struct flow *f, const struct node *n)
{
    return n->number > 0 && f->doc->kind != DOC_SLIDES
        ? arena_printf(&f->arena, "%d %s", n->number, n->title) : n->title;
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
    return para_height(title) + looks[i].below + 2 + folio_least(f, next);
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
    folio_contents_note(&w->contents, title, i);
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
    f->held = folio_held(f, n);
    flow_para(f, "P", folio_paragraph_lines(f, n), PAGE_LEFT, 7);
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

    p = folio_note_lines(f, n, 8, 11.2, PAGE_NOTE_WIDTH);
    if (!beside || top + para_height(p) > PAGE_BOTTOM || f->y <= PAGE_TOP
        || top > f->y + 60) {
        p = folio_note_lines(f, n, 8.4, 11.8, PAGE_FULL);
        bool first = tree_child(n->parent, NODE_NOTE) == n
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
    const struct node *finding = tree_child(n, NODE_FINDING);

    f->titled = finding != NULL;
    paper_open(&f->paper, "Sect");
    put_heading(w, finding != NULL ? finding->text : n->title,
                f->doc->single ? 0 : w->depth, n->child);
    put_nodes(w, n, NODE_PARAGRAPH, put_paragraph);
    w->before = tree_child(n, NODE_PARAGRAPH);
    if (folio_notes_beside(f, n) > 0)
        put_nodes(w, n, NODE_NOTE, put_note);
}

static void
leave_block(struct writing_pdf *w, const struct node *n)
{
    struct flow *f = &w->flow;

    if (folio_notes_beside(f, n) == 0) {
        w->before = n;
        put_nodes(w, n, NODE_NOTE, put_note);
    }
    f->titled = says_titles(f->doc);
    paper_close(&f->paper);
}

static void
put_chart(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = folio_chart_tail(&w->flow, n);
    folio_chart(&w->flow, n->chart);
    w->flow.tail = 0;
}

static void
put_table(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = folio_tail(&w->flow, n);
    folio_table(&w->flow, n->table);
    w->flow.tail = 0;
}

static void
put_figures(struct writing_pdf *w, const struct node *n)
{
    w->flow.tail = folio_tail(&w->flow, n);
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

static void
put_tree(struct writing_pdf *w)
{
    struct tree_walk walk = tree_begin(w->flow.doc);

    while (tree_step_body(&walk)) {
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

WRITER(write_pdf)
{
    struct writing_pdf *w = mem_take(sizeof *w);
    bool book = !doc->single && doc->kind != DOC_MEDIA, ok;

    (void)brand;
    w->contents.flow = &w->flow;
    w->flow.doc = doc;
    w->flow.titled = says_titles(doc);
    arena_init(&w->flow.arena);
    paper_begin(&w->flow.paper, doc, PAGE_WIDTH, PAGE_HEIGHT, out);
    if (book) {
        folio_cover(&w->flow);
        folio_contents_reserve(&w->contents);
    } else {
        folio_title(&w->flow);
    }
    put_tree(w);
    if (book)
        folio_contents_put(&w->contents);
    ok = paper_finish(&w->flow.paper, e);
    arena_clear(&w->flow.arena);
    free(w);
    return ok;
}
