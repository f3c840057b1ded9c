/* drawing_chart.c - a chart that can be edited (ECMA-376 part 1, 21.2).
 *
 * Every kind of chart.h is a bar chart:
 *
 *     bar, bars, mosaic   areas on top of each other; a whole is 100 %
 *     columns             bars side by side, upright where there is room
 *     list                one series lying down; a point may have a grade
 *
 * A mosaic's bars are equally high, Office has none other: how many each is
 * stands in its name. charting.h says where the rest is. */
#include <string.h>
#include "base/utf8.h"
#include "write/chart.h"
#include "write/charting.h"

enum {
    UPRIGHT_MOST = 7, UPRIGHT_BARS = 21, UPRIGHT_LABEL = 16,
    UPRIGHT_WHOLE = 8,          /* tenths: above, the axis ends at 100 % */
    AXIS_CATEGORY = 111111, AXIS_VALUE = 222222
};

/* ---- bars and axes ---- */

static void
put_bars(struct charting *g)
{
    xml_put(g->out, "<c:barChart><c:barDir val=\"%s\"/><c:grouping"
            " val=\"%s\"/><c:varyColors val=\"0\"/>",
            g->upright ? "col" : "bar",
            !g->stacked ? "clustered"
            : g->counts ? "percentStacked" : "stacked");
    charting_series(g);
    xml_put(g->out, "<c:gapWidth val=\"%d\"/>",
            g->c->kind == CHART_BAR ? 10 : 45);
    xml_put(g->out, "<c:overlap val=\"%d\"/><c:axId val=\"%d\"/><c:axId"
            " val=\"%d\"/></c:barChart>", g->stacked ? 100 : -5,
            AXIS_CATEGORY, AXIS_VALUE);
}

static void
put_line(struct charting *g, const char *colour)
{
    if (colour == NULL)
        buf_text(g->out, "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>");
    else
        xml_put(g->out, "<c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr"
                " val=\"%s\"/></a:solidFill></a:ln></c:spPr>", colour);
}

static void
put_category_axis(struct charting *g)
{
    xml_put(g->out, "<c:catAx><c:axId val=\"%d\"/><c:scaling><c:orientation"
            " val=\"%s\"/></c:scaling><c:delete val=\"%d\"/><c:axPos"
            " val=\"%s\"/><c:numFmt formatCode=\"General\""
            " sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
            "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>",
            AXIS_CATEGORY, g->upright ? "minMax" : "maxMin",
            g->style->bare || g->c->kind == CHART_BAR ? 1 : 0,
            g->upright ? "b" : "l");
    put_line(g, g->stacked ? NULL : "7A8694");
    charting_text(g, g->style->size, NULL, false);
    xml_put(g->out, "<c:crossAx val=\"%d\"/><c:crosses val=\"autoZero\"/>"
            "<c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset"
            " val=\"100\"/><c:tickLblSkip val=\"1\"/><c:noMultiLvlLbl"
            " val=\"1\"/></c:catAx>",
            AXIS_VALUE);
}

/* The chart whose scale this one has. */
static const struct chart_model *
whole_of(const struct chart_model *c, const struct chart_style *style)
{
    return style->whole != NULL ? style->whole : c;
}

/* Where an axis of shares ends: lying bars have room behind them for their
 * labels; an axis with numbers on it ends at 100 % at most, and where bars
 * are short it ends where the program that shows it likes. */
static const char *
axis_most(struct charting *g)
{
    const struct chart_model *c = whole_of(g->c, g->style);
    int64_t n = 1, of = 100;

    for (int i = 0; i < c->category_count * c->series_count; i++) {
        const struct doc_cell *cell = &c->cell[i];

        if (!cell->hidden && cell->of > 0 && cell->n * of > n * cell->of) {
            n = cell->n;
            of = cell->of;
        }
    }
    if (!g->upright)
        return charting_fraction(g->arena, n * CHART_WHOLE,
                                 of * CHART_LONGEST);
    if (n * 10 > of * UPRIGHT_WHOLE)
        return "1";
    return g->style->whole == NULL ? NULL
        : charting_fraction(g->arena, (n * 10 / of + 1), 10);
}

static void
put_value_axis(struct charting *g)
{
    const char *most = g->counts ? NULL : axis_most(g);

    xml_put(g->out, "<c:valAx><c:axId val=\"%d\"/><c:scaling><c:orientation"
            " val=\"minMax\"/>", AXIS_VALUE);
    if (g->stacked)
        xml_put(g->out, "<c:max val=\"%s\"/>",
                charting_beside(g) ? "1.1" : "1");
    else if (most != NULL)
        xml_put(g->out, "<c:max val=\"%s\"/>", most);
    xml_put(g->out, "<c:min val=\"0\"/></c:scaling><c:delete val=\"%d\"/>"
            "<c:axPos val=\"%s\"/>", (int)!g->upright,
            g->upright ? "l" : "t");
    if (g->upright) {
        buf_text(g->out, "<c:majorGridlines>");
        put_line(g, "DDE3EA");
        buf_text(g->out, "</c:majorGridlines>");
    }
    xml_put(g->out, "<c:numFmt formatCode=\"%s\" sourceLinked=\"0\"/>"
            "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
            "<c:tickLblPos val=\"nextTo\"/>", g->format);
    put_line(g, NULL);
    charting_text(g, g->style->size, NULL, false);
    xml_put(g->out, "<c:crossAx val=\"%d\"/><c:crosses val=\"autoZero\"/>"
            "<c:crossBetween val=\"between\"/></c:valAx>", AXIS_CATEGORY);
}

/* ---- the chart ---- */

static void
put_legend(struct charting *g)
{
    if (g->style->bare || g->style->keyless
        || g->c->series_count + g->rest < 2)
        return;
    buf_text(g->out, "<c:legend><c:legendPos val=\"t\"/>");
    buf_text(g->out, "<c:overlay val=\"0\"/>");
    charting_text(g, g->style->size, NULL, false);
    buf_text(g->out, "</c:legend>");
}

static void
put_chart(struct charting *g, const char *workbook)
{
    xml_put(g->out, XML_HEAD "<c:chartSpace xmlns:c=\"" OPC_NS_C "\""
            " xmlns:a=\"" OPC_NS_A "\" xmlns:r=\"" OPC_NS_R "\">"
            "<c:date1904 val=\"0\"/><c:lang val=\"%s\"/><c:roundedCorners"
            " val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/>"
            "<c:plotArea>", opc_lang(g->doc->lang));
    buf_text(g->out, !g->style->bare ? "<c:layout/>"
             : "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/>"
               "<c:xMode val=\"edge\"/><c:yMode val=\"edge\"/>"
               "<c:x val=\"0\"/><c:y val=\"0\"/><c:w val=\"1\"/>"
               "<c:h val=\"1\"/></c:manualLayout></c:layout>");
    put_bars(g);
    put_category_axis(g);
    put_value_axis(g);
    buf_text(g->out, "<c:spPr><a:noFill/></c:spPr></c:plotArea>");
    put_legend(g);
    buf_text(g->out, "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/>"
             "</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>"
             "</c:spPr>");
    charting_text(g, g->style->size, NULL, false);
    xml_put(g->out, "<c:externalData r:id=\"%s\"><c:autoUpdate val=\"0\"/>"
            "</c:externalData></c:chartSpace>", workbook);
}

/* ---- how it stands ---- */

/* The parts of one chart stand alike. */
static bool
is_upright(const struct chart_model *c, const struct chart_style *style)
{
    c = whole_of(c, style);
    if (c->kind != CHART_COLUMNS || style->wide || style->bare
        || c->category_count > UPRIGHT_MOST
        || c->category_count * c->series_count > UPRIGHT_BARS)
        return false;
    for (int i = 0; i < c->category_count; i++) {
        const char *label = c->category[i].label;

        if (utf8_count(label, strlen(label)) > UPRIGHT_LABEL)
            return false;
    }
    return true;
}

bool
drawing_chart_lies(const struct chart_model *c,
                   const struct chart_style *style)
{
    return c->kind == CHART_COLUMNS && c->series_count > 1
        && !is_upright(c, style);
}

int64_t
drawing_chart_height(const struct chart_model *c,
                     const struct chart_style *style, int64_t width)
{
    int64_t line = (int64_t)style->size * EMU_POINT / 100;
    int64_t legend = style->bare || c->series_count < 2 ? 0 : line * 5 / 2;
    int bars = doc_chart_stacked(c) ? 1 : c->series_count;

    if (is_upright(c, style))
        return width * 42 / 100;
    return legend + line
        + c->category_count * (line * 5 / 2 + line * (bars - 1) * 3 / 2);
}

struct opc_part *
drawing_chart(struct opc *p, const struct document *doc,
              const struct chart_model *c, const struct chart_style *style)
{
    struct charting g = {
        .arena = p->arena, .doc = doc, .c = c, .style = style,
        .stacked = doc_chart_stacked(c), .upright = is_upright(c, style)
    };
    struct opc_part *chart = opc_add(p,
        arena_printf(p->arena, "%s/charts/chart%d.xml", style->folder,
                     style->number), OPC_TYPE("drawingml.chart+xml"));
    struct opc_part *book = opc_add(p,
        arena_printf(p->arena, "%s/embeddings/chart%d.xlsx", style->folder,
                     style->number), OPC_TYPE("spreadsheetml.sheet"));

    g.out = &chart->body;
    charting_fill(&g);
    drawing_sheet(p->arena, g.cell, g.rows, g.columns, g.format,
                  &book->body);
    put_chart(&g, opc_relate(p, chart, OPC_REL("package"), book));
    return chart;
}
