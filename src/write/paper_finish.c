/* paper_finish.c - everything that was drawn, written: see paper.c. */
#include <stdlib.h>
#include <string.h>
#include "base/lang.h"
#include "write/about.h"
#include "write/papering.h"
#include "write/xml.h"

/* ---- the tree of tags ---- */

static void
put_kids(struct paper *p, const struct tag *t, struct buf *b)
{
    buf_text(b, "/K[");
    for (const struct kid *k = t->kid; k != NULL; k = k->next)
        if (k->kind == KID_TAG)
            buf_printf(b, "%d 0 R ", k->tag->object);
        else if (k->kind == KID_MARK)
            buf_printf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>",
                       p->sheet[k->page].object, k->mark);
        else
            buf_printf(b, "<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>",
                       p->sheet[k->page].object, k->link->object);
    buf_byte(b, ']');
}

static bool
is_note(const struct tag *t)
{
    return strcmp(t->type, "Note") == 0;
}

static void
write_tag(struct paper *p, const struct tag *t, int parent, struct buf *b)
{
    buf_reset(b);
    buf_printf(b, "<</Type/StructElem/S/%s/P %d 0 R", t->type, parent);
    if (is_note(t))
        buf_printf(b, "/ID(n%08d)", t->object);
    if (t->alt != NULL) {
        buf_text(b, "/Alt");
        pdf_put_text(b, t->alt);
    }
    if (t->attributes != NULL)
        buf_printf(b, "/A<<%s>>", t->attributes);
    put_kids(p, t, b);
    buf_text(b, ">>");
    pdf_object(&p->pdf, t->object, buf_string(b));
}

/* From each page's marks, and each link, back to its tag. Pages have the
 * numbers from 0, links those behind. */
static int
write_parents(struct paper *p, int tree, struct buf *b)
{
    int next = p->pages;

    buf_reset(b);
    buf_text(b, "<</Nums[");
    for (int i = 0; i < p->pages; i++) {
        buf_printf(b, "%d[", i);
        for (const struct mark *m = p->sheet[i].mark; m != NULL; m = m->next)
            buf_printf(b, "%d 0 R ", m->tag->object);
        buf_byte(b, ']');
    }
    for (int i = 0; i < p->pages; i++)
        for (struct link *l = p->sheet[i].link; l != NULL; l = l->next) {
            l->parent = next++;
            buf_printf(b, "%d %d 0 R ", l->parent, l->tag->object);
        }
    buf_text(b, "]>>");
    pdf_object(&p->pdf, tree, buf_string(b));
    return next;
}

/* Notes have names (ISO 14289-1, 7.9), in the order of their numbers. */
static void
put_names(struct paper *p, struct buf *b)
{
    const struct tag *first = NULL, *last = NULL;

    for (const struct tag *t = p->root; t != NULL; t = t->following)
        if (is_note(t)) {
            first = first != NULL ? first : t;
            last = t;
        }
    if (first == NULL)
        return;
    buf_printf(b, "/IDTree<</Kids[<</Limits[(n%08d)(n%08d)]/Names[",
               first->object, last->object);
    for (const struct tag *t = first; t != NULL; t = t->following)
        if (is_note(t))
            buf_printf(b, "(n%08d)%d 0 R", t->object, t->object);
    buf_text(b, "]>>]>>");
}

static int
write_tags(struct paper *p, struct buf *b)
{
    int root = pdf_reserve(&p->pdf), tree = pdf_reserve(&p->pdf), next;

    for (const struct tag *t = p->root; t != NULL; t = t->following)
        write_tag(p, t, t->parent != NULL ? t->parent->object : root, b);
    next = write_parents(p, tree, b);
    buf_reset(b);
    buf_printf(b, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R"
               "/ParentTreeNextKey %d/RoleMap<</Title/P>>", p->root->object,
               tree, next);
    put_names(p, b);
    buf_text(b, ">>");
    pdf_object(&p->pdf, root, buf_string(b));
    return root;
}

/* ---- pages ---- */

static void
put_place(struct paper *p, int page, double y, struct buf *b)
{
    buf_printf(b, "[%d 0 R/XYZ null ", p->sheet[page].object);
    pdf_put_number(b, p->height - y);
    buf_text(b, "null]");
}

static void
write_link(struct paper *p, const struct link *l, struct buf *b)
{
    buf_reset(b);
    buf_printf(b, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]"
               "/StructParent %d/Rect[", l->parent);
    pdf_put_number(b, l->x);
    pdf_put_number(b, p->height - l->y - l->h);
    pdf_put_number(b, l->x + l->w);
    pdf_put_number(b, p->height - l->y);
    buf_text(b, "]/Contents");
    pdf_put_text(b, l->text);
    if (l->href != NULL) {
        buf_text(b, "/A<</S/URI/URI(");
        for (const char *c = l->href; *c != '\0'; c++)
            buf_printf(b, strchr("()\\", *c) != NULL ? "\\%c" : "%c", *c);
        buf_text(b, ")>>");
    } else {
        buf_text(b, "/Dest");
        put_place(p, l->to, 0, b);
    }
    buf_text(b, ">>");
    pdf_object(&p->pdf, l->object, buf_string(b));
}

static int
write_pages(struct paper *p, int resources, struct buf *b)
{
    int root = pdf_reserve(&p->pdf);
    struct buf kids;

    buf_init(&kids, 0);
    for (int i = 0; i < p->pages; i++) {
        struct sheet *s = &p->sheet[i];
        int content = pdf_reserve(&p->pdf);

        p->pdf.failed |= s->content.failed;
        pdf_stream(&p->pdf, content, "", buf_string(&s->content),
                   s->content.len);
        for (const struct link *l = s->link; l != NULL; l = l->next)
            write_link(p, l, b);
        buf_reset(b);
        buf_printf(b, "<</Type/Page/Parent %d 0 R/Resources %d 0 R"
                   "/Contents %d 0 R/StructParents %d/Tabs/S/MediaBox[0 0 ",
                   root, resources, content, i);
        pdf_put_number(b, p->width);
        pdf_put_number(b, p->height);
        buf_text(b, "]/Annots[");
        for (const struct link *l = s->link; l != NULL; l = l->next)
            buf_printf(b, "%d 0 R ", l->object);
        buf_text(b, "]>>");
        pdf_object(&p->pdf, s->object, buf_string(b));
        buf_printf(&kids, "%d 0 R ", s->object);
    }
    buf_reset(b);
    buf_printf(b, "<</Type/Pages/Count %d/Kids[%s]>>", p->pages,
               buf_string(&kids));
    pdf_object(&p->pdf, root, buf_string(b));
    buf_clear(&kids);
    return root;
}

/* ---- bookmarks ---- */

static const struct bookmark *
beside(const struct bookmark *from)
{
    for (const struct bookmark *b = from->next; b != NULL; b = b->next)
        if (b->depth <= from->depth)
            return b->depth == from->depth ? b : NULL;
    return NULL;
}

/* One of them; PARENT and BEFORE are its neighbours. */
static void
write_bookmark(struct paper *p, const struct bookmark *m, int parent,
               const struct bookmark *before, struct buf *b)
{
    const struct bookmark *next = beside(m), *last = NULL;
    int kids = 0;

    for (const struct bookmark *k = m->next;
         k != NULL && k->depth > m->depth; k = k->next)
        if (k->depth == m->depth + 1) {
            last = k;
            kids++;
        }
    buf_reset(b);
    buf_text(b, "<</Title");
    pdf_put_text(b, m->title);
    buf_printf(b, "/Parent %d 0 R/Dest", parent);
    put_place(p, m->page, m->y, b);
    if (before != NULL)
        buf_printf(b, "/Prev %d 0 R", before->object);
    if (next != NULL)
        buf_printf(b, "/Next %d 0 R", next->object);
    if (kids > 0)
        buf_printf(b, "/First %d 0 R/Last %d 0 R/Count -%d", m->next->object,
                   last->object, kids);
    buf_text(b, ">>");
    pdf_object(&p->pdf, m->object, buf_string(b));
}

/* 0 where there is none. */
static int
write_bookmarks(struct paper *p, struct buf *b)
{
    const struct bookmark *before[2] = { NULL, NULL }, *last = NULL;
    int root, count = 0;

    if (p->bookmark == NULL)
        return 0;
    root = pdf_reserve(&p->pdf);
    for (const struct bookmark *m = p->bookmark; m != NULL; m = m->next) {
        write_bookmark(p, m, m->depth > 0 && before[0] != NULL
                       ? before[0]->object : root, before[m->depth], b);
        before[m->depth] = m;
        if (m->depth == 0) {
            before[1] = NULL;
            last = m;
            count++;
        }
    }
    buf_reset(b);
    buf_printf(b, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>",
               p->bookmark->object, last->object, count);
    pdf_object(&p->pdf, root, buf_string(b));
    return root;
}

/* ---- what the file says of itself ---- */

static int
write_metadata(struct paper *p, struct buf *b)
{
    const struct document *doc = p->doc;
    int id = pdf_reserve(&p->pdf);

    buf_reset(b);
    buf_text(b, "<?xpacket begin=\"\xef\xbb\xbf\" "
             "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf="
             "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
             "<rdf:Description rdf:about=\"\" xmlns:dc="
             "\"http://purl.org/dc/elements/1.1/\" xmlns:pdfuaid="
             "\"http://www.aiim.org/pdfua/ns/id/\" xmlns:xmp="
             "\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf="
             "\"http://ns.adobe.com/pdf/1.3/\">"
             "<pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt>"
             "<rdf:li xml:lang=\"x-default\">");
    xml_text(b, doc->title);
    buf_text(b, "</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>");
    xml_text(b, doc->owner != NULL ? doc->owner : "");
    buf_text(b, "</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt>"
             "<rdf:li xml:lang=\"x-default\">");
    xml_text(b, about_notices(doc, &p->arena));
    buf_printf(b, "</rdf:li></rdf:Alt></dc:description><dc:language><rdf:Bag>"
               "<rdf:li>%s</rdf:li></rdf:Bag></dc:language><pdf:Keywords>",
               lang_code(doc->lang));
    xml_text(b, about_facts(doc, &p->arena));
    buf_text(b, "</pdf:Keywords>"
             "<xmp:CreatorTool>brukerplan</xmp:CreatorTool><pdf:Producer>"
             "brukerplan</pdf:Producer></rdf:Description></rdf:RDF>"
             "</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    pdf_stream(&p->pdf, id, "/Type/Metadata/Subtype/XML", buf_string(b),
               b->len);
    return id;
}

static int
write_info(struct paper *p, struct buf *b)
{
    int id = pdf_reserve(&p->pdf);

    buf_reset(b);
    buf_text(b, "<</Title");
    pdf_put_text(b, p->doc->title);
    buf_text(b, "/Author");
    pdf_put_text(b, p->doc->owner != NULL ? p->doc->owner : "");
    buf_text(b, "/Subject");
    pdf_put_text(b, about_notices(p->doc, &p->arena));
    buf_text(b, "/Keywords");
    pdf_put_text(b, about_facts(p->doc, &p->arena));
    buf_text(b, "/Creator(brukerplan)/Producer(brukerplan)>>");
    pdf_object(&p->pdf, id, buf_string(b));
    return id;
}

static int
write_resources(struct paper *p, struct buf *b)
{
    int id = pdf_reserve(&p->pdf);
    struct buf all;

    buf_init(&all, 0);
    buf_text(&all, "<</Font<<");
    fonts_write(p->fonts, &p->pdf, &all);
    buf_text(&all, ">>/Pattern<<");
    paper_write_patterns(p, &all);
    buf_text(&all, ">>>>");
    pdf_object(&p->pdf, id, buf_string(&all));
    buf_clear(&all);
    buf_reset(b);
    return id;
}

bool
paper_finish(struct paper *p, struct err *e)
{
    int tags, pages, outlines, metadata, info, resources;
    int catalog = pdf_reserve(&p->pdf);
    struct buf b;

    buf_init(&b, 0);
    tags = write_tags(p, &b);
    resources = write_resources(p, &b);
    pages = write_pages(p, resources, &b);
    outlines = write_bookmarks(p, &b);
    metadata = write_metadata(p, &b);
    info = write_info(p, &b);
    buf_reset(&b);
    buf_printf(&b, "<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R"
               "/MarkInfo<</Marked true>>/Lang(%s)/Metadata %d 0 R"
               "/ViewerPreferences<</DisplayDocTitle true>>", pages, tags,
               lang_code(p->doc->lang), metadata);
    if (outlines != 0)
        buf_printf(&b, "/Outlines %d 0 R/PageMode/UseOutlines", outlines);
    buf_text(&b, ">>");
    pdf_object(&p->pdf, catalog, buf_string(&b));
    p->pdf.failed |= b.failed;
    buf_clear(&b);
    for (int i = 0; i < p->pages; i++)
        buf_clear(&p->sheet[i].content);
    free(p->sheet);
    fonts_free(p->fonts);
    arena_clear(&p->arena);
    return pdf_finish(&p->pdf, catalog, info, e);
}
