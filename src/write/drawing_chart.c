/* drawing_chart.c - a chart that can be edited (ECMA-376 part 1, 21.2).
 *
 * Every kind of chart.h is a bar chart:
 *
 *     bar, bars, mosaic   areas on top of each other; a whole is 100 %
 *     columns             bars side by side, upright where there is room
 *     list                one series lying down; a point may have a grade
 *
 * What is drawn are shares as fractions of one; where some share has no
 * base, counts. A stacked bar whose shares are not of the same number is
 * counts too, or its areas would not be in proportion. A mosaic's bars are
 * equally high, Office has none other: how many each is stands in its name.
 *
 * The number beside a stacked bar (emphasis) is a second, invisible area of
 * the same cells behind the whole, with its label at its beginning: so it
 * changes with the cells. */
#include <string.h>
#include "report/format.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "write/chart.h"
#include "write/drawing.h"
#include "write/drawing_sheet.h"

enum {
    DIGITS = 12,                /* of a share in a cell */
    LABEL_PERCENT = 5,          /* narrower areas have no label on them */
    UPRIGHT_MOST = 7, UPRIGHT_BARS = 21, UPRIGHT_LABEL = 16,
    UPRIGHT_WHOLE = 8,          /* tenths: above, the axis ends at 100 % */
    AXIS_CATEGORY = 111111, AXIS_VALUE = 222222
};

struct charting {
    struct arena *arena;
    const struct document *doc;
    const struct chart_model *c;
    const struct chart_style *style;
    struct buf *out;
    bool stacked, counts, upright, rest;
    const char *format;         /* of numbers that are drawn */
    struct sheet_cell *cell;    /* of the workbook */
    int rows, columns;
};

/* ---- numbers ---- */

static const struct doc_cell *
cell_at(const struct chart_model *c, int category, int series)
{
    return &c->cell[category * c->series_count + series];
}

/* N of OF as "0.042818428184": cut, not rounded, so that what is just below
 * a half is not half. */
static const char *
fraction(struct arena *arena, int64_t n, int64_t of)
{
    char digits[DIGITS + 1];
    int64_t left = n % of;

    for (int i = 0; i < DIGITS; i++) {
        left *= 10;
        digits[i] = (char)('0' + left / of);
        left %= of;
    }
    digits[DIGITS] = '\0';
    return arena_printf(arena, "%lld.%s", (long long)(n / of), digits);
}

/* What the shares of CATEGORY are of; 0: of several numbers, or none is
 * known. */
static int64_t
base_of(const struct chart_model *c, int category)
{
    int64_t of = 0;

    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = cell_at(c, category, s);

        if (!doc_has_share(cell))
            continue;
        if (of != 0 && cell->of != of)
            return 0;
        of = cell->of;
    }
    return of;
}

static int
count_hidden(const struct chart_model *c, int category)
{
    int count = 0;

    for (int s = 0; s < c->series_count; s++)
        count += cell_at(c, category, s)->hidden
            || cell_at(c, category, s)->of == OF_HIDDEN;
    return count;
}

/* Counts are drawn where a share has no base, or areas have several. */
static bool
draws_counts(const struct charting *g)
{
    const struct chart_model *c = g->c;

    for (int i = 0; i < c->category_count * c->series_count; i++)
        if (!c->cell[i].hidden && c->cell[i].of == OF_NONE)
            return true;
    for (int i = 0; g->stacked && i < c->category_count; i++)
        if (base_of(c, i) == 0 && count_hidden(c, i) == 0)
            for (int s = 0; s < c->series_count; s++)
                if (cell_at(c, i, s)->n > 0)
                    return true;
    return false;
}

/* A bar of which nothing may be told is hidden as a whole, as in chart.h. */
static bool
hides_all(const struct charting *g, int category)
{
    return g->stacked && g->c->category[category].rest == NUMBER_HIDDEN;
}

/* What is drawn of a cell; NULL: nothing may be, or there is nothing. */
static const char *
value_of(const struct charting *g, int category, int series)
{
    const struct doc_cell *cell = cell_at(g->c, category, series);

    if (cell->hidden || hides_all(g, category))
        return NULL;
    if (g->counts)
        return arena_printf(g->arena, "%lld", (long long)cell->n);
    return doc_has_share(cell) && cell->of > 0
        ? fraction(g->arena, cell->n, cell->of) : NULL;
}

/* The hidden areas of a stacked bar as one; all of it is a whole. */
static const char *
rest_value(const struct charting *g, int category)
{
    int64_t rest = g->c->category[category].rest;
    int64_t of = base_of(g->c, category);

    if (hides_all(g, category))
        return "1";
    if (rest <= 0)
        return NULL;
    if (g->counts)
        return arena_printf(g->arena, "%lld", (long long)rest);
    return fraction(g->arena, rest, of >= rest ? of : rest);
}

/* A format of Excel's for whole percent: "< 1 %" of little; nothing of
 * nothing on areas, and blanks before a number beside them. */
static const char *
share_format(const struct charting *g, bool beside)
{
    bool en = g->doc->lang == LANG_EN;
    const char *blank = en ? "" : "\"" FORMAT_NBSP "\"";
    const char *before = beside ? "\"" FORMAT_NBSP FORMAT_NBSP "\"" : "";
    const char *none = g->stacked && !beside ? "\"\""
        : arena_printf(g->arena, "%s0%s%%", before, blank);

    return arena_printf(g->arena, "[=0]%s;[<0.005]%s\"<" FORMAT_NBSP "1%s%%"
                        "\";%s0%s%%", none, before, en ? "" : FORMAT_NBSP,
                        before, blank);
}

static const char *
count_format(const struct charting *g)
{
    return g->doc->lang == LANG_EN ? "#,##0"
        : "[<1000]0;[<1000000]0\"" FORMAT_NBSP "\"000;General";
}

/* ---- the workbook ---- */

static const char *
say(const struct charting *g, const char *key)
{
    return msg_text(g->doc->lang, key);
}

/* A category's name; what the bar does not show is said in it. */
static const char *
category_name(const struct charting *g, int i)
{
    const struct chart_category *k = &g->c->category[i];

    int hidden = count_hidden(g->c, i);

    /* No bar could be read as nothing. */
    if (!g->stacked && hidden > 0)
        return arena_printf(g->arena, "%s (%s)", k->label,
                            say(g, hidden == g->c->series_count
                                ? "report.hidden" : "drawing.some_hidden"));
    if (g->c->kind == CHART_MOSAIC)
        return arena_printf(g->arena, "%s (%s)", k->label,
                            format_int(g->arena, g->doc->lang, k->base));
    return k->label;
}

static struct sheet_cell *
sheet_at(struct charting *g, int row, int column)
{
    return &g->cell[row * g->columns + column];
}

static void
fill_series(struct charting *g, int s)
{
    int beside = g->c->series_count + 2 + g->rest + s;

    sheet_at(g, 0, s + 1)->text = g->c->series[s].label;
    if (!g->counts)
        sheet_at(g, 0, beside)->text =
            arena_printf(g->arena, "%s: %s", say(g, "report.number"),
                         g->c->series[s].label);
    for (int i = 0; i < g->c->category_count; i++) {
        const struct doc_cell *cell = cell_at(g->c, i, s);

        *sheet_at(g, i + 1, s + 1) = (struct sheet_cell){
            .number = value_of(g, i, s), .share = !g->counts
        };
        if (!g->counts && !cell->hidden)
            sheet_at(g, i + 1, beside)->number =
                arena_printf(g->arena, "%lld", (long long)cell->n);
    }
}

static void
fill_sheet(struct charting *g)
{
    const struct chart_model *c = g->c;
    int series = c->series_count;

    g->rows = c->category_count + 1;
    g->columns = 1 + series + g->rest + (g->counts ? 0 : 1 + series);
    g->cell = arena_array(g->arena, (size_t)g->rows * (size_t)g->columns,
                          sizeof *g->cell);
    for (int i = 0; i < c->category_count; i++)
        sheet_at(g, i + 1, 0)->text = category_name(g, i);
    for (int s = 0; s < series; s++)
        fill_series(g, s);
    if (!g->rest)
        return;
    sheet_at(g, 0, series + 1)->text = say(g, "report.hidden");
    for (int i = 0; i < c->category_count; i++)
        *sheet_at(g, i + 1, series + 1) = (struct sheet_cell){
            .number = rest_value(g, i), .share = !g->counts
        };
}

/* ---- parts of a series ---- */

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
            sheet_at(g, 0, column)->text);
}

static void
put_categories(struct charting *g)
{
    buf_text(g->out, "<c:cat><c:strRef>");
    put_range(g, 0, false);
    xml_put(g->out, "<c:strCache><c:ptCount val=\"%d\"/>", g->rows - 1);
    for (int i = 1; i < g->rows; i++)
        xml_put(g->out, "<c:pt idx=\"%d\"><c:v>%s</c:v></c:pt>", i - 1,
                sheet_at(g, i, 0)->text);
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
        if (sheet_at(g, i, column)->number != NULL)
            xml_put(g->out, "<c:pt idx=\"%d\"><c:v>%s</c:v></c:pt>", i - 1,
                    sheet_at(g, i, column)->number);
    buf_text(g->out, "</c:numCache></c:numRef></c:val>");
}

/* COLOUR NULL: that of text, in the theme. */
static void
put_text_look(struct charting *g, int size, const char *colour, bool bold)
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

    if (hides_all(g, category))
        return column <= c->series_count;
    for (int s = 0; s < c->series_count; s++)
        whole += cell_at(c, category, s)->hidden
            ? 0 : cell_at(c, category, s)->n;
    if (c->category[category].rest > 0)
        whole += c->category[category].rest;
    n = column <= c->series_count ? cell_at(c, category, column - 1)->n
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
                                  say(g, "report.hidden")) : g->format);
    xml_put(g->out, "<c:spPr><a:solidFill><a:srgbClr val=\"%s\"/>"
            "</a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>", look->fill);
    put_text_look(g, label_size(g), look->ink, true);
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
            "</a:ln></c:spPr>", away ? share_format(g, true) : g->format);
    put_text_look(g, label_size(g), NULL, true);
    xml_put(g->out, "<c:dLblPos val=\"%s\"/>", place);
    put_shows(g, true);
    buf_text(g->out, "</c:dLbls>");
}

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

/* Whether a number stands beside each stacked bar. */
static bool
has_beside(const struct charting *g)
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

static void
put_all_series(struct charting *g)
{
    int count = g->c->series_count;

    for (int s = 0; s < g->c->series_count; s++)
        put_series(g, s, s + 1, look_of_series(g->doc, &g->c->series[s]));
    if (g->rest) {
        put_series(g, count, count + 1, look_of_hidden());
        count++;
    }
    if (has_beside(g))
        put_beside(g, count);
}

/* ---- the chart ---- */

static void
put_bars(struct charting *g)
{
    xml_put(g->out, "<c:barChart><c:barDir val=\"%s\"/><c:grouping"
            " val=\"%s\"/><c:varyColors val=\"0\"/>",
            g->upright ? "col" : "bar",
            !g->stacked ? "clustered"
            : g->counts ? "percentStacked" : "stacked");
    put_all_series(g);
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
    put_text_look(g, g->style->size, NULL, false);
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
        return fraction(g->arena, n * CHART_WHOLE, of * CHART_LONGEST);
    if (n * 10 > of * UPRIGHT_WHOLE)
        return "1";
    return g->style->whole == NULL ? NULL
        : fraction(g->arena, (n * 10 / of + 1), 10);
}

static void
put_value_axis(struct charting *g)
{
    const char *most = g->counts ? NULL : axis_most(g);

    xml_put(g->out, "<c:valAx><c:axId val=\"%d\"/><c:scaling><c:orientation"
            " val=\"minMax\"/>", AXIS_VALUE);
    if (g->stacked)
        xml_put(g->out, "<c:max val=\"%s\"/>", has_beside(g) ? "1.1" : "1");
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
    put_text_look(g, g->style->size, NULL, false);
    xml_put(g->out, "<c:crossAx val=\"%d\"/><c:crosses val=\"autoZero\"/>"
            "<c:crossBetween val=\"between\"/></c:valAx>", AXIS_CATEGORY);
}

static void
put_legend(struct charting *g)
{
    if (g->style->bare || g->style->keyless
        || g->c->series_count + g->rest < 2)
        return;
    buf_text(g->out, "<c:legend><c:legendPos val=\"t\"/>");
    buf_text(g->out, "<c:overlay val=\"0\"/>");
    put_text_look(g, g->style->size, NULL, false);
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
    put_text_look(g, g->style->size, NULL, false);
    xml_put(g->out, "<c:externalData r:id=\"%s\"><c:autoUpdate val=\"0\"/>"
            "</c:externalData></c:chartSpace>", workbook);
}

/* ---- how it stands ---- */

static bool
is_stacked(const struct chart_model *c)
{
    return c->kind == CHART_BAR || c->kind == CHART_BARS
        || c->kind == CHART_MOSAIC;
}

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
    int bars = is_stacked(c) ? 1 : c->series_count;

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
        .stacked = is_stacked(c), .upright = is_upright(c, style)
    };
    struct opc_part *chart = opc_add(p,
        arena_printf(p->arena, "%s/charts/chart%d.xml", style->folder,
                     style->number), OPC_TYPE("drawingml.chart+xml"));
    struct opc_part *book = opc_add(p,
        arena_printf(p->arena, "%s/embeddings/chart%d.xlsx", style->folder,
                     style->number), OPC_TYPE("spreadsheetml.sheet"));

    g.out = &chart->body;
    g.counts = draws_counts(&g);
    for (int i = 0; g.stacked && i < c->category_count; i++)
        g.rest |= c->category[i].rest > 0
            || c->category[i].rest == NUMBER_HIDDEN;
    g.format = g.counts ? count_format(&g) : share_format(&g, false);
    fill_sheet(&g);
    drawing_sheet(p->arena, g.cell, g.rows, g.columns, g.format,
                  &book->body);
    put_chart(&g, opc_relate(p, chart, OPC_REL("package"), book));
    return chart;
}
