/* html_node.c - what each kind of node is as HTML; see html.h.
 *
 * The tree from top to bottom, by the table at the end. Charts and tables are
 * in html_chart.c and html_table.c. A note in the margin stands before what
 * it is of, as it begins where that begins; so what comes before notes writes
 * them (notes_first), and they are passed over when it is their turn. */
#include "base/msg.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/html.h"

/* ---- sections and blocks ---- */

static bool
is_text(const struct html *h)
{
    return h->doc->kind != DOC_TABLES;
}

static int
level_of(const struct html *h, const struct node *n)
{
    int level = h->heading + 1 + tree_depth(n);

    return level < 6 ? level : 6;
}

static const char *
section_class(const struct html *h, const struct node *n)
{
    if (tree_depth(n) > 0)
        return "part-of";
    return h->doc->kind == DOC_SLIDES ? "chapter slide"
        : is_text(h) ? "chapter prose" : "chapter";
}

static void
enter_section(struct html *h, const struct node *n)
{
    static const char *const class[] = {
        "chapter-title", "block-title", "sub-title"
    };
    int level = level_of(h, n), depth = tree_depth(n);

    markup_put(h->out, "<section id=\"%s%s\" class=\"%s\">\n", h->prefix,
               n->id, section_class(h, n));
    if (h->doc->kind == DOC_SLIDES)
        buf_text(h->out, "<div class=\"sheet\">\n");
    markup_put(h->out, "<h%d class=\"%s\">", level,
               class[depth < 2 ? depth : 2]);
    /* A slide's headline may begin with a number itself. */
    if (n->number > 0 && h->doc->kind != DOC_SLIDES)
        markup_put(h->out, "<span class=\"no\">%d</span> ", n->number);
    markup_put(h->out, "%s</h%d>\n", n->title, level);
}

static void
put_one_note(struct html *h, const struct node *n)
{
    markup_put(h->out, "<p><b>%s</b> %s</p>\n", n->title, n->text);
}

/* The notes of a slide are beside the sheet: the speaker's. */
static void
put_beside(struct html *h, const struct node *n)
{
    buf_text(h->out, "</div>\n");
    if (tree_child(n, NODE_NOTE) == NULL)
        return;
    buf_text(h->out, "<div class=\"side\">\n");
    for (const struct node *c = n->child; c != NULL; c = c->next)
        if (c->kind == NODE_NOTE)
            put_one_note(h, c);
    buf_text(h->out, "</div>\n");
}

static void
leave_section(struct html *h, const struct node *n)
{
    if (n->kind == NODE_SECTION && h->doc->kind == DOC_SLIDES)
        put_beside(h, n);
    buf_text(h->out, "</section>\n");
}

/* The finding is the heading where there is one; then the captions below
 * say the title, which they need not repeat otherwise. */
static void
enter_block(struct html *h, const struct node *n)
{
    const struct node *finding = tree_child(n, NODE_FINDING);
    int level = h->doc->single ? h->heading : level_of(h, n);

    h->titled = finding != NULL;
    markup_put(h->out, "<section id=\"%s%s\" class=\"block\">\n"
               "<h%d class=\"block-title\">%s</h%d>\n", h->prefix, n->id,
               level, finding != NULL ? finding->text : n->title, level);
}

/* ---- notes ---- */

/* In the margin of a text a note begins where that begins which it is of:
 * so those behind N are written before it. */
static void
notes_first(struct html *h, const struct node *n)
{
    const struct node *note = n->next;

    if (n->parent->kind != NODE_SECTION || h->doc->kind == DOC_SLIDES
        || !is_text(h) || note == NULL || note->kind != NODE_NOTE)
        return;
    buf_text(h->out, "<div class=\"side\">\n");
    for (; note != NULL && note->kind == NODE_NOTE; note = note->next)
        put_one_note(h, note);
    buf_text(h->out, "</div>\n");
}

/* Whether notes_first has written those behind N. */
static bool
takes_notes(const struct node *n)
{
    return n != NULL && !tree_holds(n->kind);
}

static const struct node *
before(const struct node *n)
{
    const struct node *c = n->parent->child;

    if (c == n)
        return NULL;
    while (c->next != n)
        c = c->next;
    return c;
}

/* Notes that follow each other stand in one margin column; the first writes
 * it. */
static void
put_note(struct html *h, const struct node *n)
{
    const struct node *first = n;
    bool last = n->next == NULL || n->next->kind != NODE_NOTE;

    while (before(first) != NULL && before(first)->kind == NODE_NOTE)
        first = before(first);
    if (n->parent->kind == NODE_SECTION && is_text(h)
        && (h->doc->kind == DOC_SLIDES || takes_notes(before(first))))
        return;
    if (first == n)
        buf_text(h->out, "<div class=\"side\">\n");
    put_one_note(h, n);
    if (last)
        buf_text(h->out, "</div>\n");
}

/* ---- text ---- */

/* The words of N with their looks. */
static void
put_words(struct html *h, const struct node *n)
{
    if (n->run == NULL)
        markup_text(h->out, n->text);
    for (int i = 0; i < n->run_count; i++) {
        const struct doc_run *r = &n->run[i];

        if (r->href != NULL)
            markup_put(h->out, "<a href=\"%s\">", r->href);
        buf_text(h->out, r->style & RUN_STRONG ? "<strong>" : "");
        buf_text(h->out, r->style & RUN_EMPHASIS ? "<em>" : "");
        markup_text(h->out, r->text);
        buf_text(h->out, r->style & RUN_EMPHASIS ? "</em>" : "");
        buf_text(h->out, r->style & RUN_STRONG ? "</strong>" : "");
        buf_text(h->out, r->href != NULL ? "</a>" : "");
    }
}

/* Larger: what a section of tables says, the first words of a chapter. */
static bool
is_lead(const struct html *h, const struct node *n)
{
    return n->parent->kind == NODE_SECTION
        && (!is_text(h) || (n->parent->child == n && tree_depth(n) == 1));
}

static void
put_paragraph(struct html *h, const struct node *n)
{
    notes_first(h, n);
    buf_text(h->out, is_lead(h, n) ? "<p class=\"lead\">" : "<p>");
    put_words(h, n);
    buf_text(h->out, "</p>\n");
}

static void
put_callout(struct html *h, const struct node *n)
{
    notes_first(h, n);
    buf_text(h->out, "<p class=\"callout\">");
    put_words(h, n);
    buf_text(h->out, "</p>\n");
}

static void
enter_list(struct html *h, const struct node *n)
{
    buf_text(h->out, n->number != 0 ? "<ol class=\"items\">\n"
             : "<ul class=\"items\">\n");
}

static void
leave_list(struct html *h, const struct node *n)
{
    buf_text(h->out, n->number != 0 ? "</ol>\n" : "</ul>\n");
}

static void
put_item(struct html *h, const struct node *n)
{
    buf_text(h->out, "<li>");
    put_words(h, n);
    buf_text(h->out, "</li>\n");
}

static void
put_cards(struct html *h, const struct node *n)
{
    notes_first(h, n);
    buf_text(h->out, "<ul class=\"cards\">\n");
    for (int i = 0; i < n->count; i++) {
        const struct doc_card *c = &n->card[i];

        buf_text(h->out, "<li>");
        if (c->number != NULL)
            markup_put(h->out, "<p class=\"card-number\">%s</p>",
                       c->number);
        if (*c->title != '\0')
            markup_put(h->out, "<p class=\"card-title\">%s</p>", c->title);
        if (*c->text != '\0')
            markup_put(h->out, "<p>%s</p>", c->text);
        if (c->action != NULL)
            markup_put(h->out, "<p class=\"card-action\">%s</p>",
                       c->action);
        buf_text(h->out, "</li>\n");
    }
    buf_text(h->out, "</ul>\n");
}

/* ---- what shows numbers ---- */

/* A table whose numbers a chart before it shows is folded away; on paper
 * it is printed only where the chart leaves some out. */
static void
put_table(struct html *h, const struct node *n)
{
    const struct node *chart = n->parent->kind == NODE_BLOCK
        ? tree_child(n->parent, NODE_CHART) : NULL;
    enum chart kind = chart != NULL ? chart->chart->kind : CHART_NONE;

    notes_first(h, n);
    h->titled |= n->parent->kind != NODE_BLOCK;
    if (kind == CHART_NONE || kind == CHART_MOSAIC || h->open) {
        html_table(h, n->table);
        return;
    }
    markup_put(h->out, "<details class=\"behind%s\">\n<summary>%s</summary>"
               "\n", kind == CHART_BARS || kind == CHART_COLUMNS
               ? " printed" : "",
               HTML_SAY(h, "report.show_table",
                        format_int(&h->arena, h->doc->lang,
                                   n->table->number), NULL));
    h->titled = true;
    html_table(h, n->table);
    buf_text(h->out, "</details>\n");
}

static void
put_chart(struct html *h, const struct node *n)
{
    notes_first(h, n);
    h->titled |= n->parent->kind != NODE_BLOCK;
    html_chart(h, n->chart);
}

static void
put_figures(struct html *h, const struct node *n)
{
    notes_first(h, n);
    h->titled |= n->parent->kind != NODE_BLOCK;
    html_figures(h, n->table);
}

static void
put_definitions(struct html *h, const struct node *n)
{
    const struct document *doc = h->doc;

    notes_first(h, n);
    buf_text(h->out, "<dl class=\"defs\">\n");
    for (int i = 0; i < n->count; i++) {
        const struct doc_definition *d = &n->definition[i];

        markup_put(h->out, "<div class=\"def g%d\"><dt>", d->grade);
        svg_mark(h->out, (struct area_look){ d->grade, PLAIN_DARK });
        markup_put(h->out, "<span>%s</span>", doc->grades[d->grade].label);
        if (d->share != NULL)
            markup_put(h->out, " <b class=\"num\">%s</b>", d->share);
        markup_put(h->out, "</dt><dd>%s", d->text);
        if (d->own)
            markup_put(h->out, " <span class=\"own\">%s</span>",
                       msg_text(doc->lang, "report.own_words"));
        buf_text(h->out, "</dd></div>\n");
    }
    buf_text(h->out, "</dl>\n");
}

void
html_facts(struct html *h, const char *class, const struct doc_fact *fact,
           int count)
{
    if (count == 0)
        return;
    markup_put(h->out, "<dl class=\"%s\">\n", class);
    for (int i = 0; i < count; i++)
        markup_put(h->out, "<div><dt>%s</dt><dd>%s</dd></div>\n",
                   fact[i].label, fact[i].value);
    buf_text(h->out, "</dl>\n");
}

static void
put_facts(struct html *h, const struct node *n)
{
    notes_first(h, n);
    html_facts(h, "factlist", n->fact, n->count);
}

/* ---- all of it ---- */

static const struct node_writer {
    void (*enter)(struct html *h, const struct node *n);
    void (*leave)(struct html *h, const struct node *n);
} node_writers[NODE_KIND_COUNT] = {
    [NODE_SECTION] = { enter_section, leave_section },
    [NODE_BLOCK] = { enter_block, leave_section },
    [NODE_PARAGRAPH] = { put_paragraph, NULL },
    [NODE_NOTE] = { put_note, NULL },
    [NODE_FIGURES] = { put_figures, NULL },
    [NODE_CHART] = { put_chart, NULL },
    [NODE_TABLE] = { put_table, NULL },
    [NODE_DEFINITIONS] = { put_definitions, NULL },
    [NODE_FACTS] = { put_facts, NULL },
    [NODE_LIST] = { enter_list, leave_list },
    [NODE_ITEM] = { put_item, NULL },
    [NODE_CALLOUT] = { put_callout, NULL },
    [NODE_CARDS] = { put_cards, NULL },
};

void
html_nodes(struct html *h)
{
    struct tree_walk w = tree_begin(h->doc);

    while (tree_step_body(&w)) {
        const struct node_writer *n = &node_writers[w.node->kind];

        if (w.entering && n->enter != NULL)
            n->enter(h, w.node);
        else if (!w.entering && n->leave != NULL)
            n->leave(h, w.node);
    }
}
