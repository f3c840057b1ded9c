/* write_pptx.c - slides of a document.
 *
 * In a document of slides every section is a slide. Of any other, every
 * block (or section) with a chart, figures, cards or a table is one; a
 * table stands only where nothing else shows it, for its numbers are in the
 * chart's workbook. The first slide is the cover. */
#include <string.h>
#include "write/chart.h"
#include "write/slide.h"
#include "write/writing.h"

enum { LEAD_SIZE = 18, LEAD_LINES = 2 };

/* ---- what a slide is made of ---- */

/* Items and notes that NODE could give at most, with all below it. */
static int
count_nodes(const struct node *n)
{
    int count = 1;

    for (const struct node *c = n->child; c != NULL; c = c->next)
        count += count_nodes(c);
    return count;
}

static bool
shows(const struct node *holder, enum node_kind kind)
{
    return tree_child(holder, kind) != NULL;
}

static bool
shows_something(const struct node *holder)
{
    return shows(holder, NODE_CHART) || shows(holder, NODE_FIGURES)
        || shows(holder, NODE_TABLE) || shows(holder, NODE_CARDS);
}

/* Takes N into the plan; DEEP: what sections and blocks in it hold, too. */
static void
take(struct slide_plan *s, const struct node *n, bool deep)
{
    bool drawn = shows(n, NODE_CHART);

    for (const struct node *c = n->child; c != NULL; c = c->next) {
        if (c->kind == NODE_NOTE)
            s->note[s->notes++] = c;
        else if (tree_holds(c->kind) && c->kind != NODE_LIST) {
            if (!deep)
                continue;
            if (c->kind == NODE_SECTION)
                s->item[s->count++] = c;
            take(s, c, deep);
        } else if (c->kind != NODE_TABLE || !drawn) {
            s->item[s->count++] = c;
        }
    }
}

static struct slide_plan
plan_of(struct deck *d, const struct node *n, bool deep)
{
    size_t most = (size_t)count_nodes(n);
    struct slide_plan s = {
        .title = n->title != NULL ? n->title : d->doc->title,
        .item = arena_array(&d->arena, most, sizeof *s.item),
        .note = arena_array(&d->arena, most, sizeof *s.note),
    };

    take(&s, n, deep);
    return s;
}

/* ---- documents of slides ---- */

/* A finding that says the same as the title is left out; the first paragraph
 * is the line below the title, if it is not long. */
static void
choose_lead(struct slide_plan *s)
{
    int kept = 0;

    for (int i = 0; i < s->count; i++)
        if (s->item[i]->kind != NODE_FINDING
            || strcmp(s->item[i]->text, s->title) != 0)
            s->item[kept++] = s->item[i];
    s->count = kept;
    if (kept > 0 && s->item[0]->kind == NODE_PARAGRAPH
        && s->item[0]->text != NULL
        && words_lines(s->item[0]->text, LEAD_SIZE, false,
                       SLIDE_WIDTH - 2 * SLIDE_MARGIN) <= LEAD_LINES)
        s->lead = s->item[0];
}

/* The first bar of grades, for the cover. */
static const struct chart_model *
band_of(const struct document *doc, const struct slide_plan *cover)
{
    for (int i = 0; cover != NULL && i < cover->count; i++)
        if (cover->item[i]->chart != NULL
            && cover->item[i]->chart->kind == CHART_BAR)
            return cover->item[i]->chart;
    return chart_of_cover(doc);
}

static bool
put_sections(struct deck *d, struct err *e)
{
    const struct node *first = d->doc->root->child;

    if (first == NULL || !first->cover)
        slide_cover(d, NULL, band_of(d->doc, NULL));
    for (const struct node *n = first; n != NULL; n = n->next) {
        struct slide_plan s;

        if (n->kind != NODE_SECTION && n->kind != NODE_BLOCK)
            continue;
        s = plan_of(d, n, true);
        choose_lead(&s);
        if (n->cover)
            slide_cover(d, &s, band_of(d->doc, &s));
        else if (!slide_put(d, &s, e))
            return false;
    }
    return true;
}

/* ---- other documents ---- */

/* What N found is the title; what it says of it is told by the speaker. */
static bool
put_holder(struct deck *d, const struct node *n, struct err *e)
{
    struct slide_plan s = plan_of(d, n, false);
    int kept = 0;

    for (int i = 0; i < s.count; i++) {
        const struct node *item = s.item[i];

        if (item->kind == NODE_FINDING)
            s.title = item->text;
        else if (item->kind == NODE_PARAGRAPH)
            s.note[s.notes++] = item;
        else if (item->kind != NODE_FACTS)
            s.item[kept++] = item;
    }
    s.count = kept;
    return slide_put(d, &s, e);
}

static bool
put_blocks(struct deck *d, struct err *e)
{
    struct tree_walk w = tree_begin(d->doc);

    if (!d->doc->single)
        slide_cover(d, NULL, band_of(d->doc, NULL));
    while (tree_step(&w))
        if (w.entering && tree_holds(w.node->kind)
            && shows_something(w.node) && !put_holder(d, w.node, e))
            return false;
    return true;
}

WRITER(write_pptx)
{
    bool slides = doc->kind == DOC_SLIDES || doc->kind == DOC_MEDIA;
    struct deck d;
    bool ok;

    ok = deck_begin(&d, doc, brand, e)
        && (slides ? put_sections(&d, e) : put_blocks(&d, e))
        && deck_finish(&d, out, e);
    deck_clear(&d);
    return ok;
}
