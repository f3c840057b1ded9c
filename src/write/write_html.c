/* write_html.c - the report as one HTML file that needs nothing else, and as a
 * part of a page.
 *
 * No script, no font, no picture from elsewhere: the style sheet and the
 * page's frame are files of ours (assets/), the colours are the
 * instrument's. The frame has slots, {{name}}, each filled by a function of
 * the table below; the main slot is html_node.c's.
 *
 * On paper the running head and foot are margin boxes of @page, and say
 * that a report is internal or synthetic on every page. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/about.h"
#include "write/asset.h"
#include "write/chart.h"
#include "write/grid.h"
#include "write/html.h"
#include "write/writing.h"

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
    html_facts(h, "coverfacts", h->doc->facts, h->doc->fact_count);
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
        if (n->cover || tree_depth(n) > 0)
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
    html_nodes(h);
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
