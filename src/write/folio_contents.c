/* folio_contents.c - the table of contents; see folio.h.
 *
 * Its pages are left open and filled at the end, when it is known where
 * everything came to stand; how many they are follows from the headings
 * alone. In the tree of tags they stand where they are read. */
#include "base/msg.h"
#include "write/folio.h"

#define CONTENTS_HEAD 44.       /* their title */
#define TIGHTEST .84            /* of the usual height of an entry */

enum { ENTRY_DEPTH = 2 };       /* chapters, and what is in them */

void
folio_contents_note(struct folio_contents *c, const char *title, int depth)
{
    if (depth >= ENTRY_DEPTH)
        return;
    paper_bookmark(&c->flow->paper, title, depth, c->flow->y);
    if (c->entries < ENTRIES_MAX)
        c->entry[c->entries++] = (struct folio_entry){
            title, depth, c->flow->paper.page
        };
}

static double
entry_height(const struct folio_contents *c, int depth)
{
    return (depth == 0 ? 24 : 16) * c->tight;
}

/* The depth of each entry, before they are known: sections and blocks. */
static int
entry_depths(const struct document *doc, int depths[ENTRIES_MAX])
{
    struct tree_walk walk = tree_begin(doc);
    int depth = 0, entries = 0;

    while (tree_step_body(&walk)) {
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
entry_turns(const struct folio_contents *c, int depth, double y)
{
    return y + entry_height(c, depth) > PAGE_BOTTOM
        || (depth == 0 && y > c->share);
}

static int
count_pages(const struct folio_contents *c, const int *depths, int count)
{
    double y = PAGE_TOP + CONTENTS_HEAD;
    int pages = 1;

    for (int i = 0; i < count; i++) {
        if (entry_turns(c, depths[i], y)) {
            pages++;
            y = PAGE_TOP;
        }
        y += entry_height(c, depths[i]);
    }
    return pages;
}

/* A list that is a little too long for its page is set closer; a longer one
 * is parted between chapters, about as much on each page. */
static void
plan_contents(struct folio_contents *c)
{
    int depths[ENTRIES_MAX], count = entry_depths(c->flow->doc, depths);
    double room = PAGE_ROOM - CONTENTS_HEAD, high = 0;

    c->tight = 1;
    c->share = PAGE_BOTTOM;
    for (int i = 0; i < count; i++)
        high += entry_height(c, depths[i]);
    if (high > room && high * TIGHTEST <= room)
        c->tight = room / (high + 1);
    c->pages = count_pages(c, depths, count);
    if (c->pages == 1)
        return;
    c->share = PAGE_TOP + (CONTENTS_HEAD + high) / c->pages;
    c->pages = count_pages(c, depths, count);
}

void
folio_contents_reserve(struct folio_contents *c)
{
    struct flow *f = c->flow;

    f->chapter = msg_text(f->doc->lang, "report.contents");
    plan_contents(c);
    for (int i = 0; i < c->pages; i++) {
        flow_page(f);
        if (i == 0)
            c->page = f->paper.page;
    }
    f->y = PAGE_TOP;
    paper_turn(&f->paper, c->page);
    f->paper.page = c->page;
    flow_para(f, "H1", flow_layout(f, f->chapter, FACE_BOLD, NAVY, 21, 26,
                                   PAGE_FULL), PAGE_LEFT, 18);
    c->tag = paper_open(&f->paper, "TOC");
    paper_close(&f->paper);
    paper_turn(&f->paper, f->paper.pages - 1);
}

static void
put_entry(struct folio_contents *c, const struct folio_entry *e, double y)
{
    struct flow *f = c->flow;
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
               entry_height(c, e->depth), NULL, e->page, e->title);
    paper_close(&f->paper);
    paper_close(&f->paper);
    paper_close(&f->paper);
}

void
folio_contents_put(struct folio_contents *c)
{
    struct flow *f = c->flow;
    struct tag *before = paper_enter(&f->paper, c->tag);
    double y = PAGE_TOP + CONTENTS_HEAD;
    int page = c->page;

    paper_turn(&f->paper, page);
    for (int i = 0; i < c->entries; i++) {
        const struct folio_entry *e = &c->entry[i];

        if (entry_turns(c, e->depth, y) && page + 1 < c->page + c->pages) {
            paper_turn(&f->paper, ++page);
            y = PAGE_TOP;
        }
        put_entry(c, e, y + (e->depth == 0 ? 6 * c->tight : 0));
        y += entry_height(c, e->depth);
    }
    paper_enter(&f->paper, before);
}
