/* paper.c - see paper.h: pages, marks and tags. Drawing is in
 * paper_draw.c.
 *
 * A page's content is written piece by piece into a buf of its own. A tag
 * knows its children in order: other tags, marked pieces of a page, links.
 * At the end pages, tags, the tree that leads from marks back to tags, and
 * the catalog are written. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/lang.h"
#include "base/msg.h"
#include "write/papering.h"

void
paper_begin(struct paper *p, const struct document *doc, double width,
            double height, struct buf *out)
{
    memset(p, 0, sizeof *p);
    arena_init(&p->arena);
    pdf_begin(&p->pdf, out);
    p->fonts = fonts_new();
    p->width = width;
    p->height = height;
    p->doc = doc;
    p->page = -1;
    p->root = arena_take(&p->arena, sizeof *p->root);
    p->root->type = "Document";
    p->root->object = pdf_reserve(&p->pdf);
    p->tag = p->last_tag = p->root;
}

void
paper_page(struct paper *p)
{
    struct sheet *s;

    p->sheet = mem_more(p->sheet, p->pages, &p->room, sizeof *p->sheet);
    s = &p->sheet[p->pages];
    memset(s, 0, sizeof *s);
    buf_init(&s->content, 0);
    s->object = pdf_reserve(&p->pdf);
    p->page = p->pages++;
}

void
paper_turn(struct paper *p, int page)
{
    assert(page >= 0 && page < p->pages && !p->marked);
    p->page = page;
}

/* ---- tags ---- */

static struct kid *
add_kid(struct paper *p, struct tag *tag, enum kid_kind kind)
{
    struct kid *k = arena_take(&p->arena, sizeof *k);

    k->kind = kind;
    if (tag->last != NULL)
        tag->last->next = k;
    else
        tag->kid = k;
    tag->last = k;
    return k;
}

struct tag *
paper_open(struct paper *p, const char *type)
{
    struct tag *t = arena_take(&p->arena, sizeof *t);

    t->type = type;
    t->parent = p->tag;
    t->object = pdf_reserve(&p->pdf);
    add_kid(p, p->tag, KID_TAG)->tag = t;
    p->last_tag->following = t;
    p->last_tag = t;
    return p->tag = t;
}

void
paper_close(struct paper *p)
{
    assert(p->tag->parent != NULL && !p->marked);
    p->tag = p->tag->parent;
}

struct tag *
paper_enter(struct paper *p, struct tag *tag)
{
    struct tag *before = p->tag;

    p->tag = tag;
    return before;
}

void
paper_alt(struct paper *p, const char *text)
{
    p->tag->alt = arena_text(&p->arena, text);
}

void
paper_attributes(struct paper *p, const char *pdf)
{
    p->tag->attributes = arena_text(&p->arena, pdf);
}

void
paper_box(struct paper *p, double x, double y, double w, double h)
{
    struct buf b;

    buf_init(&b, 0);
    buf_text(&b, "/O/Layout/Placement/Block/BBox[");
    pdf_put_number(&b, x);
    pdf_put_number(&b, p->height - y - h);
    pdf_put_number(&b, x + w);
    pdf_put_number(&b, p->height - y);
    buf_byte(&b, ']');
    paper_attributes(p, buf_string(&b));
    buf_clear(&b);
}

void
paper_mark(struct paper *p)
{
    struct sheet *s = &p->sheet[p->page];
    struct kid *k = add_kid(p, p->tag, KID_MARK);
    struct mark *m = arena_take(&p->arena, sizeof *m);

    assert(!p->marked && p->tag != p->root);
    k->page = p->page;
    k->mark = s->marks++;
    m->tag = p->tag;
    if (s->last_mark != NULL)
        s->last_mark->next = m;
    else
        s->mark = m;
    s->last_mark = m;
    buf_printf(&s->content, "/%s<</MCID %d>>BDC ", p->tag->type, k->mark);
    p->marked = true;
}

void
paper_artifact(struct paper *p)
{
    assert(!p->marked);
    buf_text(&p->sheet[p->page].content, "/Artifact BMC ");
    p->marked = true;
}

void
paper_unmark(struct paper *p)
{
    assert(p->marked);
    buf_text(&p->sheet[p->page].content, "EMC\n");
    p->marked = false;
}

void
paper_link(struct paper *p, double x, double y, double w, double h,
           const char *href, int to, const char *text)
{
    struct sheet *s = &p->sheet[p->page];
    struct link *l = arena_take(&p->arena, sizeof *l);
    struct kid *k = add_kid(p, p->tag, KID_LINK);

    assert(strcmp(p->tag->type, "Link") == 0);
    *l = (struct link){
        .tag = p->tag, .object = pdf_reserve(&p->pdf), .to = to,
        .x = x, .y = y, .w = w, .h = h,
        .href = href != NULL ? arena_text(&p->arena, href) : NULL,
        .text = arena_text(&p->arena, text)
    };
    k->page = p->page;
    k->link = l;
    if (s->last_link != NULL)
        s->last_link->next = l;
    else
        s->link = l;
    s->last_link = l;
}

void
paper_bookmark(struct paper *p, const char *title, int depth, double y)
{
    struct bookmark *b = arena_take(&p->arena, sizeof *b);

    *b = (struct bookmark){
        .title = arena_text(&p->arena, title), .depth = depth,
        .page = p->page, .y = y, .object = pdf_reserve(&p->pdf)
    };
    if (p->last_bookmark != NULL)
        p->last_bookmark->next = b;
    else
        p->bookmark = b;
    p->last_bookmark = b;
}
