/* docx_front.c - what stands before the text; see docx.h.
 *
 * A report has a cover and a table of contents; a page for the press or a
 * single table has its title above the text. The table of contents is a
 * field with its entries filled in as links, and is asked for without page
 * numbers (\n): so it is whole as it is, here and after an update. Which page
 * something is on only the program that lays it out knows: a number of ours
 * would be wrong, an empty place looks like a fault, and having Word fill it
 * at opening makes it ask the reader. */
#include <string.h>
#include "base/utf8.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/chart.h"
#include "write/docx.h"
#include "write/grid.h"

enum {
    TITLE_LINE = 27, SUBTITLE_LINE = 58, KEY_LINE = 95,     /* characters */
    TOP = 1247,                 /* the page's margin */
    PAGE_ENTRIES = 36, CLOSE_ENTRIES = 44,      /* of contents on a page */
    PAGE_WIDTH = 11906
};

static bool
has_cover(const struct document *doc)
{
    return !doc->single && doc->kind != DOC_MEDIA;
}

static bool
is_slides_cover(const struct node *n)
{
    return n->kind == NODE_SECTION && n->cover;
}

const char *
docx_heading_of(const struct docx *x, const struct node *n, int *level)
{
    const struct node *finding = n->kind == NODE_BLOCK
        ? tree_child(n, NODE_FINDING) : NULL;
    const char *text = finding != NULL ? finding->text : n->title;

    *level = x->level + tree_depth(n);
    if (is_slides_cover(n))
        return NULL;
    return text != NULL && *text != '\0' ? text : NULL;
}

/* ---- notices ---- */

static void
put_notice(struct docx *x, const char *notice, const char *more)
{
    if (notice == NULL)
        return;
    docx_open(x, LOOK_NOTICE, "");
    docx_text(x, notice, (struct docx_run){ .style = RUN_STRONG });
    if (more != NULL)
        docx_text(x, arena_printf(&x->arena, ". %s", more),
                  (struct docx_run){ 0 });
    docx_close(x);
}

void
docx_notices(struct docx *x)
{
    const struct document *doc = x->doc;

    put_notice(x, doc->internal_notice,
               doc->internal_notice == NULL ? NULL
               : DOCX_SAY(x, "report.internal_few",
                          format_int(&x->arena, doc->lang,
                                     grid_few(doc)), NULL));
    put_notice(x, doc->protected_notice, NULL);
    put_notice(x, doc->synthetic_notice, NULL);
}

/* ---- cover ---- */

static int
lines_of(const char *text, int most)
{
    return ((int)utf8_count(text, strlen(text)) + most - 1) / most;
}

/* How high the dark part of the cover is, in twips: about what stands on it,
 * rather more than less. */
static int
dark_height(const struct document *doc, bool band, int band_lines)
{
    return TOP + 300 + 1500 + 720 * lines_of(doc->title, TITLE_LINE)
        + 160 + 400 * lines_of(doc->subtitle, SUBTITLE_LINE)
        + (band ? 1000 + 480 + 280 * band_lines : 0) + 800;
}

/* A rectangle behind the text, as wide as the page: decoration. */
static void
put_dark(struct docx *x, int height)
{
    x->drawings++;
    xml_put(x->out, "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">"
            "<w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\""
            " distR=\"0\" simplePos=\"0\" relativeHeight=\"1\""
            " behindDoc=\"1\" locked=\"1\" layoutInCell=\"1\""
            " allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>"
            "<wp:positionH relativeFrom=\"page\"><wp:posOffset>0"
            "</wp:posOffset></wp:positionH><wp:positionV"
            " relativeFrom=\"page\"><wp:posOffset>0</wp:posOffset>"
            "</wp:positionV><wp:extent cx=\"%lld\" cy=\"%lld\"/>"
            "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>"
            "<wp:docPr id=\"%d\" name=\"%s\" descr=\"\"><a:extLst"
            " xmlns:a=\"" OPC_NS_A "\"><a:ext"
            " uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative"
            " xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/"
            "decorative\" val=\"1\"/></a:ext></a:extLst></wp:docPr>"
            "<wp:cNvGraphicFramePr/>", (long long)PAGE_WIDTH * DOCX_EMU,
            (long long)height * DOCX_EMU, x->drawings,
            msg_text(x->doc->lang, "docx.decoration"));
    xml_put(x->out, "<a:graphic xmlns:a=\"" OPC_NS_A "\"><a:graphicData"
            " uri=\"http://schemas.microsoft.com/office/word/2010/"
            "wordprocessingShape\"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm>"
            "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/>"
            "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
            "<a:solidFill><a:srgbClr val=\"%s\"/></a:solidFill><a:ln>"
            "<a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
            "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
            "</mc:Choice></mc:AlternateContent></w:r>",
            (long long)PAGE_WIDTH * DOCX_EMU, (long long)height * DOCX_EMU,
            x->accent);
}

static void
put_band(struct docx *x, const struct chart_model *band)
{
    bool own = x->template == NULL;

    docx_paragraph(x, LOOK_GAP, "<w:spacing w:before=\"840\"/>", "",
                   (struct docx_run){ 0 });
    docx_band(x, band);
    docx_open(x, LOOK_KEY, "");
    docx_text(x, arena_printf(&x->arena, "%s: %s", band->title,
                              band->row_desc[0]),
              (struct docx_run){ .colour = own ? "FFFFFF" : NULL });
    docx_close(x);
}

static void
put_cover(struct docx *x)
{
    const struct document *doc = x->doc;
    const struct chart_model *band = chart_of_cover(doc);
    bool own = x->template == NULL;
    int words = band == NULL ? 0
        : lines_of(arena_printf(&x->arena, "%s: %s", band->title,
                                band->row_desc[0]), KEY_LINE);

    docx_open(x, LOOK_OWNER, own ? "<w:spacing w:before=\"300\""
              " w:after=\"1200\"/>" : "");
    if (own)
        put_dark(x, dark_height(doc, band != NULL, words));
    docx_text(x, doc->owner,
              (struct docx_run){ .colour = own ? "FFFFFF" : NULL });
    docx_close(x);
    docx_paragraph(x, LOOK_TITLE, "", doc->title, (struct docx_run){ 0 });
    if (*doc->subtitle != '\0')
        docx_paragraph(x, LOOK_SUBTITLE, "", doc->subtitle,
                       (struct docx_run){ 0 });
    if (band != NULL)
        put_band(x, band);
    docx_paragraph(x, LOOK_GAP, own ? "<w:spacing w:before=\"1100\"/>" : "",
                   "", (struct docx_run){ 0 });
    docx_facts(x, doc->facts, doc->fact_count);
    docx_paragraph(x, LOOK_GAP, "<w:spacing w:before=\"240\"/>", "",
                   (struct docx_run){ 0 });
    docx_notices(x);
}

/* ---- contents ---- */

static int
levels_of(const struct document *doc)
{
    return doc->kind == DOC_TABLES ? 1 : 2;
}

/* How many entries there are. */
static int
count_entries(struct docx *x)
{
    struct tree_walk w = tree_begin(x->doc);
    int count = 0, level;

    while (tree_step(&w))
        count += w.entering && (w.node->kind == NODE_SECTION
                                || w.node->kind == NODE_BLOCK)
            && docx_heading_of(x, w.node, &level) != NULL
            && level <= levels_of(x->doc);
    return count;
}

/* A little more than fits on a page is set closer, so that it does. */
static const char *
entry_props(bool close, int level)
{
    if (!close)
        return "";
    return level == 1 ? "<w:spacing w:before=\"80\" w:after=\"10\"/>"
                      : "<w:spacing w:after=\"0\"/>";
}

static void
put_entry(struct docx *x, const struct node *n, const char *text, int mark)
{
    const char *anchor = arena_printf(&x->arena, "_Toc%08d", mark);
    bool counts = n->kind == NODE_SECTION && n->number > 0;

    xml_put(x->out, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">", anchor);
    if (counts)
        docx_text(x, arena_printf(&x->arena, "%d" FORMAT_NBSP, n->number),
                  (struct docx_run){ 0 });
    docx_text(x, text, (struct docx_run){ 0 });
    buf_text(x->out, "</w:hyperlink>");
}

/* The field begins in the first entry and ends in the last: a paragraph of
 * its own behind it would take a page where the entries fill theirs. */
static void
put_entries(struct docx *x)
{
    struct tree_walk w = tree_begin(x->doc);
    int mark = x->bookmarks, entries = 0, all = count_entries(x), level;
    bool close = x->template == NULL && all > PAGE_ENTRIES
        && all <= CLOSE_ENTRIES;

    while (tree_step(&w)) {
        const char *text;

        if (!w.entering || (w.node->kind != NODE_SECTION
                            && w.node->kind != NODE_BLOCK))
            continue;
        text = docx_heading_of(x, w.node, &level);
        if (text == NULL)
            continue;
        mark++;
        if (level > levels_of(x->doc))
            continue;
        if (entries > 0)
            docx_close(x);
        docx_open(x, level == 1 ? LOOK_TOC_1 : LOOK_TOC_2,
                  entry_props(close, level));
        if (entries++ == 0)
            xml_put(x->out, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
                    "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o"
                    " &quot;1-%d&quot; \\n \\h \\z \\u </w:instrText></w:r>"
                    "<w:r>"
                    "<w:fldChar w:fldCharType=\"separate\"/></w:r>",
                    levels_of(x->doc));
        put_entry(x, w.node, text, mark);
    }
    if (entries == 0)
        return;
    buf_text(x->out, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    docx_close(x);
}

static void
put_contents(struct docx *x)
{
    buf_text(x->out, "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery"
             " w:val=\"Table of Contents\"/><w:docPartUnique/>"
             "</w:docPartObj></w:sdtPr><w:sdtContent>");
    x->new_page = true;
    /* A template's heading of contents may be based on one that counts. */
    docx_paragraph(x, LOOK_TOC_HEADING, x->numbered[LOOK_HEADING_1]
                   ? "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/>"
                     "</w:numPr>" : "",
                   msg_text(x->doc->lang, "report.contents"),
                   (struct docx_run){ 0 });
    put_entries(x);
    buf_text(x->out, "</w:sdtContent></w:sdt>");
    x->new_page = true;
}

/* ---- a short document ---- */

static void
put_title(struct docx *x)
{
    const struct document *doc = x->doc;

    if (doc->kind != DOC_MEDIA || doc->single)
        docx_notices(x);
    docx_paragraph(x, LOOK_OWNER, "<w:spacing w:after=\"120\"/>", doc->owner,
                   (struct docx_run){ 0 });
    if (doc->single)
        return;
    docx_heading(x, 1, 0, doc->title);
    if (*doc->subtitle != '\0')
        docx_paragraph(x, LOOK_LEAD, "", doc->subtitle,
                       (struct docx_run){ 0 });
}

void
docx_front(struct docx *x)
{
    x->level = has_cover(x->doc) || x->doc->single ? 1 : 2;
    if (!has_cover(x->doc)) {
        put_title(x);
        return;
    }
    put_cover(x);
    put_contents(x);
}
