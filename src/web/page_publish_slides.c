/* page_publish_slides.c - the slides as they will be, each with what the
 * speaker is told beside it: notes, base, filter, and what a picture says
 * in words. */
#include "base/msg.h"
#include "web/page_publish.h"
#include "web/pages.h"
#include "web/publish_view.h"

/* What a picture says goes among the notes of its slide: the tree is this
 * request's own. */
static void
note_pictures(struct page *p, struct node *slide, const struct node *in)
{
    for (const struct node *n = in->child; n != NULL; n = n->next) {
        struct node *note;

        note_pictures(p, slide, n);
        if (n->kind != NODE_CHART || n->chart->desc == NULL)
            continue;
        note = tree_add(p->arena, slide, NODE_NOTE);
        note->title = msg_text(p->lang, "publish.alt");
        note->text = n->chart->desc;
    }
}

/* The slides as one document, the title page apart from it. */
static void
put_slides(struct page *p, const struct document *doc)
{
    struct view *cover = view_object(p->view, "cover");
    int number = 0;

    for (struct node *n = doc->root->child; n != NULL; n = n->next) {
        if (n->kind != NODE_SECTION)
            continue;
        number++;
        note_pictures(p, n, n);
    }
    view_text(cover, "title", doc->title);
    view_text(cover, "subtitle", doc->subtitle);
    view_text(cover, "owner", doc->owner);
    publish_put_document(p, p->view, doc, "", true);
    view_text(p->view, "count",
              PAGE_TEXT(p, "publish.slides_count",
                        arena_printf(p->arena, "%d", number)));
}

static bool
put_deck(struct page *p, const struct publish *u,
         const struct publication_text *t)
{
    const struct document *doc;
    struct publication made;
    bool ok = publish_put_made(p, u, t, &made, &doc);

    if (doc != NULL)
        put_slides(p, doc);
    publication_clear(&made);
    return ok;
}

void
page_publish_slides(struct page *p)
{
    struct publish *u = publish_open(p);
    struct publication_text *t;

    if (u == NULL) {
        page_fail(p);
        return;
    }
    t = publish_find(p, u, arena_printf(p->arena, "slides.%s",
                                     lang_code(publish_lang(p))));
    if (t == NULL || !put_deck(p, u, t)) {
        page_fail(p);
        return;
    }
    publish_langs(p, arena_printf(p->arena, "%s/slides", publish_base(p)),
                  t->lang);
    view_text(p->view, "edit", arena_printf(p->arena, "%s/texts/%s",
                                            publish_base(p),
                                            publish_id(p, t)));
    view_flag(p->view, "own_brand", u->brand.pptx.len > 0);
    publish_put_files(p, p->view, DOC_SLIDES, t->name, t->lang);
    publish_show(p, PUBLISH_PART_SLIDES, "publish_slides");
}
