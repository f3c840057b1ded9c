/* drawing_series.c - the series of a chart: numbers, looks and labels; see
 * charting.h.
 *
 * The number beside a stacked bar (emphasis) is a second, invisible area of
 * the same cells behind the whole, with its label at its beginning: so it
 * changes with the cells. */
#include <string.h>
#include "base/msg.h"
#include "write/charting.h"

enum { LABEL_PERCENT = 5 };     /* narrower areas have no label on them */

/* ---- cells of the workbook ---- */

/* "Data!$B$2:$B$6": a column's rows from FROM to the last, or its head. */
static void
put_range(struct charting *g, int column, bool head)
{
    const char *name = drawing_cell_name(g->arena, 0, column);
    size_t n = strlen(name) - 1;

    if (head)
        xml_put(g->out, "<c:f>" DRAWING_SHEET "!$%s$1</c:f>",
                arena_text_n(g->arena, name, n));
    else
        xml_put(g->out, "<c:f>" DRAWING_SHEET "!$%s$2:$%s$%d</c:f>",
                arena_text_n(g->arena, name, n),
                arena_text_n(g->arena, name, n), g->rows);
}

static void
put_name(struct charting *g, int column)
{
    buf_text(g->out, "<c:tx><c:strRef>");
    put_range(g, column, true);
    xml_put(g->out, "<c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\">"
            "<c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>",
            charting_cell(g, 0, column)->text);
}

static void
put_categories(struct charting *g)
{
    buf_text(g->out, "<c:cat><c:strRef>");
    put_range(g, 0, false);
    xml_put(g->out, "<c:strCache><c:ptCount val=\"%d\"/>", g->rows - 1);
    for (int i = 1; i < g->rows; i++)
        xml_put(g->out, "<c:pt idx=\"%d\"><c:v>%s</c:v></c:pt>", i - 1,
                charting_cell(g, i, 0)->text);
    buf_text(g->out, "</c:strCache></c:strRef></c:cat>");
}

static void
put_values(struct charting *g, int column)
{
    buf_text(g->out, "<c:val><c:numRef>");
    put_range(g, column, false);
    xml_put(g->out, "<c:numCache><c:formatCode>%s</c:formatCode><c:ptCount"
            " val=\"%d\"/>", g->format, g->rows - 1);
    for (int i = 1; i < g->rows; i++)
        if (charting_cell(g, i, column)->number != NULL)
            xml_put(g->out, "<c:pt idx=\"%d\"><c:v>%s</c:v></c:pt>", i - 1,
                    charting_cell(g, i, column)->number);
    buf_text(g->out, "</c:numCache></c:numRef></c:val>");
}

/* ---- labels ---- */

void
charting_text(struct charting *g, int size, const char *colour, bool bold)
{
    xml_put(g->out, "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr"
            " sz=\"%d\" b=\"%d\"><a:solidFill>", size, (int)bold);
    if (colour == NULL)
        buf_text(g->out, "<a:schemeClr val=\"tx1\"/>");
    else
        xml_put(g->out, "<a:srgbClr val=\"%s\"/>", colour);
    buf_text(g->out, "</a:solidFill>");
    if (g->style->font != NULL)
        xml_put(g->out, "<a:latin typeface=\"%s\"/>", g->style->font);
    xml_put(g->out, "</a:defRPr></a:pPr><a:endParaRPr lang=\"%s\"/></a:p>"
            "</c:txPr>", opc_lang(g->doc->lang));
}

static int
label_size(const struct charting *g)
{
    return g->style->label > 0 ? g->style->label : g->style->size;
}

/* What every c:dLbls ends with: only the value is shown. */
static void
put_shows(struct charting *g, bool value)
{
    xml_put(g->out, "<c:showLegendKey val=\"0\"/><c:showVal val=\"%d\"/>"
            "<c:showCatName val=\"0\"/><c:showSerName val=\"0\"/>"
            "<c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>",
            (int)value);
}

/* Whether the label of an area does not fit on it. */
static bool
too_narrow(const struct charting *g, int category, int column)
{
    const struct chart_model *c = g->c;
    int64_t n, whole = 0;

    if (charting_hides(g, category))
        return column <= c->series_count;
    for (int s = 0; s < c->series_count; s++)
        whole += doc_chart_cell(c, category, s)->hidden
            ? 0 : doc_chart_cell(c, category, s)->n;
    if (c->category[category].rest > 0)
        whole += c->category[category].rest;
    n = column <= c->series_count ? doc_chart_cell(c, category, column - 1)->n
                                  : c->category[category].rest;
    return n * 100 < whole * LABEL_PERCENT;
}

/* Labels of areas on top of each other: on each, with its colour behind. */
static void
put_stacked_labels(struct charting *g, const struct look *look, int column)
{
    bool hidden = column > g->c->series_count;

    buf_text(g->out, "<c:dLbls>");
    for (int i = 0; i < g->c->category_count; i++)
        if (too_narrow(g, i, column))
            xml_put(g->out, "<c:dLbl><c:idx val=\"%d\"/><c:delete"
                    " val=\"1\"/></c:dLbl>", i);
    xml_put(g->out, "<c:numFmt formatCode=\"%s\" sourceLinked=\"0\"/>",
            hidden ? arena_printf(g->arena, "\"%s\"",
                                  msg_text(g->doc->lang, "report.hidden"))
                   : g->format);
    xml_put(g->out, "<c:spPr><a:solidFill><a:srgbClr val=\"%s\"/>"
            "</a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>", look->fill);
    charting_text(g, label_size(g), look->ink, true);
    buf_text(g->out, "<c:dLblPos val=\"ctr\"/>");
    put_shows(g, true);
    buf_text(g->out, "</c:dLbls>");
}

/* Labels behind bars; AWAY: not close behind them. */
static void
put_labels(struct charting *g, const char *place, bool away)
{
    xml_put(g->out, "<c:dLbls><c:numFmt formatCode=\"%s\""
            " sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/>"
            "</a:ln></c:spPr>",
            away ? charting_share_format(g, true) : g->format);
    charting_text(g, label_size(g), NULL, true);
    xml_put(g->out, "<c:dLblPos val=\"%s\"/>", place);
    put_shows(g, true);
    buf_text(g->out, "</c:dLbls>");
}

/* ---- a series ---- */

static void
put_area(struct charting *g, const struct look *look)
{
    buf_text(g->out, "<c:spPr>");
    drawing_area(g->out, look);
    buf_text(g->out, "</c:spPr><c:invertIfNegative val=\"0\"/>");
}

/* A list has one series: there the category may be a grade. */
static void
put_points(struct charting *g)
{
    for (int i = 0; g->c->kind == CHART_LIST && i < g->c->category_count;
         i++) {
        struct look look;

        if (g->c->category[i].grade == GRADE_NO)
            continue;
        look = look_of_grade(g->doc, g->c->category[i].grade);
        xml_put(g->out, "<c:dPt><c:idx val=\"%d\"/><c:invertIfNegative"
                " val=\"0\"/><c:bubble3D val=\"0\"/><c:spPr>", i);
        drawing_area(g->out, &look);
        buf_text(g->out, "</c:spPr></c:dPt>");
    }
}

static void
put_series(struct charting *g, int index, int column, struct look look)
{
    xml_put(g->out, "<c:ser><c:idx val=\"%d\"/><c:order val=\"%d\"/>",
            index, index);
    put_name(g, column);
    put_area(g, &look);
    put_points(g);
    if (g->style->mute)
        ;
    else if (g->stacked)
        put_stacked_labels(g, &look, column);
    else
        put_labels(g, "outEnd", false);
    put_categories(g);
    put_values(g, column);
    buf_text(g->out, "</c:ser>");
}

bool
charting_beside(const struct charting *g)
{
    return g->stacked && !g->counts && g->c->emphasis >= 0
        && !g->style->bare;
}

static void
put_beside(struct charting *g, int index)
{
    int column = g->c->emphasis + 1;

    xml_put(g->out, "<c:ser><c:idx val=\"%d\"/><c:order val=\"%d\"/>",
            index, index);
    /* A blank name: it has no place in the legend. */
    buf_text(g->out, "<c:tx><c:v> </c:v></c:tx><c:spPr><a:noFill/><a:ln>"
             "<a:noFill/></a:ln></c:spPr>"
             "<c:invertIfNegative val=\"0\"/>");
    put_labels(g, "inBase", true);
    put_categories(g);
    put_values(g, column);
    buf_text(g->out, "</c:ser>");
}

void
charting_series(struct charting *g)
{
    int count = g->c->series_count;

    for (int s = 0; s < g->c->series_count; s++)
        put_series(g, s, s + 1, look_of_series(g->doc, &g->c->series[s]));
    if (g->rest) {
        put_series(g, count, count + 1, look_of_hidden());
        count++;
    }
    if (charting_beside(g))
        put_beside(g, count);
}
