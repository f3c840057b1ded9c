/* docx_chart.c - charts in the text; see docx.h and drawing.h.
 *
 * A bar of grades has its key below, with shares and numbers, as in the
 * other formats; everything else has Office's own. */
#include "report/format.h"
#include "report/phrase.h"
#include "write/docx.h"
#include "write/look.h"

enum { CHART_TEXT = 850, BAND_HEIGHT = 420, BAR_HEIGHT = 620,
       HIGHEST = 20 * EMU_CM    /* with its caption on a page */ };

/* An inline frame, WIDTH x HEIGHT twips, with chart C in it. */
static void
put_frame(struct docx *x, const struct chart_model *c,
          const struct chart_style *style, int width, int64_t height)
{
    struct opc_part *part = drawing_chart(&x->opc, x->doc, c, style);
    const char *name = c->number > 0
        ? DOCX_SAY(x, "report.figure_n",
                   format_int(&x->arena, x->doc->lang, c->number), NULL)
        : c->title;

    x->drawings++;
    buf_text(x->out, "<w:r><w:drawing>");
    xml_put(x->out, "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\""
            " distR=\"0\"><wp:extent cx=\"%lld\" cy=\"%lld\"/>"
            "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>"
            "<wp:docPr id=\"%d\" name=\"%s\" descr=\"%s\"/>"
            "<wp:cNvGraphicFramePr/>", (long long)width * DOCX_EMU,
            (long long)height, x->drawings, name,
            drawing_chart_descr(x->doc, c, &x->arena));
    drawing_chart_ref(x->out, opc_relate(&x->opc, x->main, OPC_REL("chart"),
                                         part));
    buf_text(x->out, "</wp:inline></w:drawing></w:r>");
}

static struct chart_style
style_of(struct docx *x, bool bare)
{
    return (struct chart_style){
        .folder = "word", .number = ++x->charts, .size = CHART_TEXT,
        .bare = bare, .mute = bare
    };
}

/* Under a single bar: every part with its share and number. */
static void
put_parts(struct docx *x, const struct chart_model *c, const char *props)
{
    docx_open(x, LOOK_KEY, props);
    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = &c->cell[s];
        bool share = doc_has_share(cell);

        if (s > 0)
            docx_text(x, "     ", (struct docx_run){ 0 });
        docx_mark(x, c->series[s].grade);
        docx_text(x, arena_printf(&x->arena, "%s" FORMAT_NBSP,
                                  c->series[s].label),
                  (struct docx_run){ 0 });
        docx_text(x, look_value(x->doc, cell, &x->arena),
                  (struct docx_run){ .style = RUN_STRONG, .size = 22 });
        if (!share)
            continue;
        docx_text(x, FORMAT_NBSP, (struct docx_run){ 0 });
        docx_number(x, cell, (struct docx_run){ .colour = "545F6D" });
    }
    docx_close(x);
}

/* A part of C from category AT on, with COUNT of them, which is described
 * by itself. */
static struct chart_model
part_of(struct docx *x, const struct chart_model *c, int at, int count)
{
    struct chart_model part = *c;
    const char *desc = "";

    part.category += at;
    part.cell += at * c->series_count;
    part.row_desc += at;
    part.category_count = count;
    for (int i = 0; i < count; i++)
        desc = arena_printf(&x->arena, "%s%s%s: %s", desc,
                            i > 0 ? " " : "", part.category[i].label,
                            part.row_desc[i]);
    part.desc = desc;
    return part;
}

static int64_t
height_of(struct docx *x, const struct chart_model *c,
          const struct chart_style *style)
{
    int64_t height = drawing_chart_height(c, style,
                                          (int64_t)x->width * DOCX_EMU);

    return height < HIGHEST ? height : HIGHEST;
}

/* What is too high for a page stands in PARTS frames below each other, on
 * one scale. */
static void
put_parted(struct docx *x, const struct chart_model *c, int parts)
{
    int each = (c->category_count + parts - 1) / parts;

    for (int at = 0; at < c->category_count; at += each) {
        int left = c->category_count - at;
        struct chart_style style = style_of(x, false);
        struct chart_model part = part_of(x, c, at, left < each ? left
                                                                : each);

        style.whole = c;
        docx_open(x, LOOK_CHART, "");
        put_frame(x, &part, &style, x->width, height_of(x, &part, &style));
        docx_close(x);
    }
}

void
docx_chart(struct docx *x, const struct chart_model *c, bool goes_on)
{
    const char *keep = goes_on ? "<w:keepNext/>" : "";
    bool bar = c->kind == CHART_BAR && c->grades;
    const struct chart_style plain = { .size = CHART_TEXT };
    int64_t wants = drawing_chart_height(c, &plain,
                                         (int64_t)x->width * DOCX_EMU);
    struct chart_style style;

    docx_caption(x, "report.figure_n", c->number, c->title,
                 drawing_chart_caption(x->doc, c, &x->arena));
    if (wants > HIGHEST && c->category_count > 1) {
        put_parted(x, c, (int)((wants + HIGHEST - 1) / HIGHEST));
        return;
    }
    style = style_of(x, bar);
    docx_open(x, LOOK_CHART, bar ? "<w:keepNext/>" : keep);
    put_frame(x, c, &style, x->width, bar ? BAR_HEIGHT * DOCX_EMU
              : height_of(x, c, &style));
    docx_close(x);
    if (bar)
        put_parts(x, c, keep);
}

void
docx_band(struct docx *x, const struct chart_model *c)
{
    struct chart_style style = style_of(x, true);

    docx_open(x, LOOK_CHART, "<w:keepNext/>");
    put_frame(x, c, &style, x->width, BAND_HEIGHT * DOCX_EMU);
    docx_close(x);
}
