/* write_html.c - the report as one HTML file that needs nothing else.
 *
 * No script, no font, no picture from elsewhere: the style sheet and the
 * page's frame are files of ours (assets/), the colours are the
 * instrument's. The frame has slots, {{name}}, each filled by a function of
 * the table below; the main slot walks the tree with a table of what to
 * write for each kind of node. Everything else is in html_chart.c and
 * html_table.c.
 *
 * On paper the running head and foot are margin boxes of @page, and say
 * that a report is internal or synthetic on every page. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "write/about.h"
#include "write/asset.h"
#include "write/chart.h"
#include "report/format.h"
#include "write/grid.h"
#include "write/html.h"
#include "report/phrase.h"
#include "write/writing.h"

/* ---- nodes ---- */

static const struct node *
child_of(const struct node *n, enum node_kind kind)
{
    for (const struct node *c = n->child; c != NULL; c = c->next)
        if (c->kind == kind)
            return c;
    return NULL;
}

static bool
is_text(const struct html *h)
{
    return h->doc->kind != DOC_TABLES;
}

/* How many sections N stands in. */
static int
depth_of(const struct node *n)
{
    int depth = 0;

    for (n = n->parent; n != NULL; n = n->parent)
        depth += n->kind == NODE_SECTION;
    return depth;
}

static int
level_of(const struct html *h, const struct node *n)
{
    int level = h->heading + 1 + depth_of(n);

    return level < 6 ? level : 6;
}

static const char *
section_class(const struct html *h, const struct node *n)
{
    if (depth_of(n) > 0)
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
    int level = level_of(h, n), depth = depth_of(n);

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
    if (child_of(n, NODE_NOTE) == NULL)
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

/* The finding is the heading where there is one; then the captions below
 * say the title, which they need not repeat otherwise. */
static void
enter_block(struct html *h, const struct node *n)
{
    const struct node *finding = child_of(n, NODE_FINDING);
    int level = h->doc->single ? h->heading : level_of(h, n);

    h->titled = finding != NULL;
    markup_put(h->out, "<section id=\"%s%s\" class=\"block\">\n"
               "<h%d class=\"block-title\">%s</h%d>\n", h->prefix, n->id,
               level, finding != NULL ? finding->text : n->title, level);
}

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
        && (!is_text(h) || (n->parent->child == n && depth_of(n) == 1));
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

/* A table whose numbers a chart before it shows is folded away; on paper
 * it is printed only where the chart leaves some out. */
static void
put_table(struct html *h, const struct node *n)
{
    const struct node *chart = n->parent->kind == NODE_BLOCK
        ? child_of(n->parent, NODE_CHART) : NULL;
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

static void
put_fact_list(struct html *h, const char *class, const struct doc_fact *fact,
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
    put_fact_list(h, "factlist", n->fact, n->count);
}

struct node_writer {
    void (*enter)(struct html *h, const struct node *n);
    void (*leave)(struct html *h, const struct node *n);
};

static const struct node_writer node_writers[NODE_KIND_COUNT] = {
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

/* ---- slots ---- */

static void
slot_lang(struct html *h)
{
    markup_text(h->out, lang_code(h->doc->lang));
}

static void
slot_page_title(struct html *h)
{
    const struct document *doc = h->doc;

    if (doc->internal_notice != NULL)
        markup_put(h->out, "%s – ", doc->internal_notice);
    markup_put(h->out, "%s – %s", doc->title, doc->running);
    if (doc->synthetic_notice != NULL)
        markup_put(h->out, " – %s", doc->synthetic_notice);
}

/* For machines: what it is, and that an internal page is for nobody's
 * index. */
static void
slot_meta(struct html *h)
{
    const struct document *doc = h->doc;

    markup_put(h->out, "<meta name=\"description\" content=\"%s. %s. %s\">"
               "\n", doc->owner, doc->subtitle,
               about_notices(doc, &h->arena));
    markup_put(h->out, "<meta name=\"brukerplan\" content=\"%s\">\n",
               about_facts(doc, &h->arena));
    if (doc->meta.internal)
        buf_text(h->out, "<meta name=\"robots\" content=\"noindex\">\n");
}

static void
margin_box(struct html *h, const char *place, const char *text)
{
    if (text == NULL)
        return;
    buf_printf(h->out, "@%s{content:", place);
    markup_css_string(h->out, text);
    buf_text(h->out, "}");
}

/* What only this document says on every printed page. */
static void
put_page_style(struct html *h)
{
    const struct document *doc = h->doc;

    buf_text(h->out, "@page{");
    margin_box(h, "top-left", doc->running);
    margin_box(h, "top-right", doc->internal_notice != NULL
               ? doc->internal_notice : doc->protected_notice != NULL
               ? doc->protected_notice : doc->synthetic_notice);
    margin_box(h, "bottom-left", doc->synthetic_notice != NULL
               ? doc->synthetic_notice : doc->title);
    buf_text(h->out, "@bottom-right{content:counter(page)}}\n");
}

static void
put_asset(struct buf *out, const char *name)
{
    size_t len;
    const char *text = asset_text(name, &len);

    buf_add(out, text, len);
}

static void
slot_style(struct html *h)
{
    put_asset(h->out, "page.css");
    put_asset(h->out, "report.css");
    svg_grade_style(h->out, h->doc->grades, h->doc->grade_count);
    put_page_style(h);
}

static void
slot_skip(struct html *h)
{
    markup_text(h->out, msg_text(h->doc->lang, "report.skip"));
}

static void
slot_sprite(struct html *h)
{
    svg_sprite(h->out, h->doc->grades, h->doc->grade_count,
               h->doc->meta.protected_below > 0);
}

/* A page for the press begins with what it is about. */
static bool
notices_last(const struct document *doc)
{
    return doc->kind == DOC_MEDIA && !doc->single;
}

static void
put_notices(struct html *h)
{
    const struct document *doc = h->doc;

    if (doc->internal_notice != NULL)
        markup_put(h->out, "<p class=\"notice\"><b>%s</b> %s</p>\n",
                   doc->internal_notice,
                   HTML_SAY(h, "report.internal_few",
                            format_int(&h->arena, doc->lang, grid_few(doc)),
                            NULL));
    if (doc->protected_notice != NULL)
        markup_put(h->out, "<p class=\"notice\"><b>%s</b></p>\n",
                   doc->protected_notice);
    if (doc->synthetic_notice != NULL)
        markup_put(h->out, "<p class=\"notice\"><b>%s</b></p>\n",
                   doc->synthetic_notice);
}

static void
slot_notices(struct html *h)
{
    if (!notices_last(h->doc))
        put_notices(h);
}

static void
slot_owner(struct html *h)
{
    markup_text(h->out, h->doc->owner);
}

static void
slot_title(struct html *h)
{
    markup_text(h->out, h->doc->title);
}

static void
slot_subtitle(struct html *h)
{
    markup_text(h->out, h->doc->subtitle);
}

static void
slot_facts(struct html *h)
{
    put_fact_list(h, "coverfacts", h->doc->facts, h->doc->fact_count);
}

static void
slot_band(struct html *h)
{
    const struct chart_model *band = chart_of_cover(h->doc);

    if (band != NULL)
        html_band(h, band);
}

static void
slot_contents_title(struct html *h)
{
    markup_text(h->out, msg_text(h->doc->lang, "report.contents"));
}

static void
slot_contents(struct html *h)
{
    const struct node *n = NULL;

    while ((n = tree_next(h->doc, n, NODE_SECTION)) != NULL) {
        if (n->cover || depth_of(n) > 0)
            continue;
        markup_put(h->out, "<li><a href=\"#%s%s\">", h->prefix, n->id);
        if (n->number > 0)
            markup_put(h->out, "<span class=\"no\">%d</span> ", n->number);
        markup_put(h->out, "<span>%s</span></a></li>\n", n->title);
    }
}

static void
slot_main(struct html *h)
{
    struct tree_walk w = tree_begin(h->doc);
    bool cover = false;         /* the page has a title of its own */

    while (tree_step(&w)) {
        const struct node_writer *n = &node_writers[w.node->kind];

        if (w.node->cover)
            cover = w.entering;
        if (cover || w.node->cover)
            continue;
        if (w.entering && n->enter != NULL)
            n->enter(h, w.node);
        else if (!w.entering && n->leave != NULL)
            n->leave(h, w.node);
    }
    if (notices_last(h->doc))
        put_notices(h);
}

static void
slot_foot(struct html *h)
{
    const struct document *doc = h->doc;

    markup_put(h->out, "<p>%s · %s</p>\n<p>%s</p>\n", doc->owner,
               doc->running,
               HTML_SAY(h, "report.made_by", doc->meta.instrument,
                        arena_printf(&h->arena, "%d",
                                     doc->meta.instrument_version),
                        arena_printf(&h->arena, "%d",
                                     doc->meta.index_version), NULL));
    if (doc->internal_notice != NULL)
        markup_put(h->out, "<p>%s</p>\n", doc->internal_notice);
}

static const struct { const char *name; void (*fill)(struct html *h); }
slots[] = {
    { "band", slot_band }, { "contents", slot_contents },
    { "contents_title", slot_contents_title }, { "facts", slot_facts },
    { "foot", slot_foot }, { "lang", slot_lang }, { "main", slot_main },
    { "meta", slot_meta }, { "notices", slot_notices },
    { "owner", slot_owner },
    { "page_title", slot_page_title }, { "skip", slot_skip },
    { "sprite", slot_sprite }, { "style", slot_style },
    { "subtitle", slot_subtitle }, { "title", slot_title },
};

static void
fill(struct html *h, const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strlen(slots[i].name) == n
            && memcmp(slots[i].name, name, n) == 0) {
            slots[i].fill(h);
            return;
        }
    assert(false);
}

WRITER(write_html)
{
    struct html h = { .doc = doc, .out = out, .prefix = "", .heading = 1 };
    size_t len;
    const char *page = asset_text("page.html", &len);
    const char *slot;

    (void)brand;
    (void)e;
    arena_init(&h.arena);
    while ((slot = strstr(page, "{{")) != NULL) {
        const char *end = strstr(slot, "}}");

        assert(end != NULL);
        buf_add(out, page, (size_t)(slot - page));
        fill(&h, slot + 2, (size_t)(end - slot - 2));
        page = end + 2;
    }
    buf_text(out, page);
    arena_clear(&h.arena);
    return true;
}

/* ---- a part of a page ---- */

static void
part_head(struct html *h, bool title)
{
    const struct document *doc = h->doc;

    if (title) {
        slot_notices(h);
        if (!doc->single)
            markup_put(h->out, "<h%d class=\"title\">%s</h%d>\n"
                       "<p class=\"subtitle\">%s</p>\n", h->heading,
                       doc->title, h->heading, doc->subtitle);
    }
    slot_facts(h);
    slot_band(h);
}

static void
part_contents(struct html *h)
{
    int level = h->heading + 1;

    if (h->doc->single)
        return;
    markup_put(h->out, "<nav class=\"toc\" aria-labelledby=\"%stoc\">\n"
               "<h%d id=\"%stoc\" class=\"chapter-title\">%s</h%d>\n<ol>\n",
               h->prefix, level, h->prefix,
               msg_text(h->doc->lang, "report.contents"), level);
    slot_contents(h);
    buf_text(h->out, "</ol>\n</nav>\n");
}

void
write_html_part(const struct document *doc, const struct html_part *how,
                struct buf *out)
{
    static const struct html_part usual = {
        .prefix = "", .heading = 1, .title = true, .sprite = true
    };
    struct html h = { .doc = doc, .out = out };

    if (how == NULL)
        how = &usual;
    h.prefix = how->prefix;
    h.heading = how->heading;
    h.open = how->open;
    arena_init(&h.arena);
    buf_text(out, "<div class=\"report part\">\n");
    if (how->sprite)
        svg_sprite(out, doc->grades, doc->grade_count, true);
    part_head(&h, how->title);
    part_contents(&h);
    slot_main(&h);
    buf_text(out, "</div>\n");
    arena_clear(&h.arena);
}

void
write_html_style(const struct instrument *in, struct buf *out)
{
    struct doc_grade *grade = mem_take((size_t)in->grade_count
                                       * sizeof *grade);

    for (int i = 0; i < in->grade_count; i++)
        grade[i] = (struct doc_grade){
            .fill = in->grades[i].fill, .edge = in->grades[i].edge,
            .ink = in->grades[i].ink
        };
    put_asset(out, "report.css");
    svg_grade_style(out, grade, in->grade_count);
    free(grade);
}
