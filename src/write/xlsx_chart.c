/* xlsx_chart.c - a native chart below its table.
 *
 * As in slides and texts every kind is a bar chart: stacked to 100 %
 * (bar, bars, mosaic), side by side (columns), or one series (list). It
 * draws the table's own cells where rows and columns are its categories and
 * series, or the other way round; else, and where something is hidden, a
 * block of its own beside the table, in which hidden cells are empty. So
 * nothing of a hidden number is in the file, and what is not hidden keeps
 * its size: shares are drawn on a scale to 100 %, not stretched to it. */
#include <stdlib.h>
#include <string.h>
#include "report/format.h"
#include "write/chart.h"
#include "write/drawing.h"
#include "write/xlsx.h"

enum { LABEL_PERCENT = 5, BAR_PIXELS = 34, WIDE_PIXELS = 720,
       ROW_PIXELS = 20, COLUMN_PIXELS = XLSX_COLUMN * 7 + 5 };

struct drawing {
    struct xlsx *x;
    const struct xlsx_sheet *s;
    const struct chart_model *c;
    lxw_worksheet *sheet;
    const struct xlsx_place *place;
    lxw_chart *chart;
    bool counts;                /* drawn, not shares */
    bool stacked, rest;
    /* Where the numbers stand: category I and series S at row FIRST + I and
     * column LEFT + SERIES_AT[S]; turned at row FIRST + SERIES_AT[S] and
     * column LEFT + I. Heads stand in row HEAD and column LABEL. */
    bool turned;
    int head, first, label, left, from;
    int *series_at;
};

static bool
some_hidden(const struct chart_model *c)
{
    for (int i = 0; i < c->category_count * c->series_count; i++)
        if (c->cell[i].hidden || c->cell[i].of == OF_HIDDEN)
            return true;
    return false;
}

/* Shares of one category that are of several numbers do not add up. */
static bool
shares_add_up(const struct chart_model *c)
{
    for (int i = 0; i < c->category_count; i++)
        for (int s = 1; s < c->series_count; s++) {
            int64_t first = doc_chart_cell(c, i, 0)->of;
            int64_t of = doc_chart_cell(c, i, s)->of;

            if (of > 0 && first > 0 && of != first)
                return false;
        }
    return true;
}

/* ---- where the numbers stand ---- */

/* The place of LABEL in SIDE, or -1; where one has no label to go by, there
 * is only one of each. */
static int
place_of(const struct doc_side *side, const char *label, int count)
{
    for (int i = 0; i < side->count; i++)
        if (strcmp(side->key[i].label, label) == 0)
            return i;
    return side->count == 1 && count == 1 ? 0 : -1;
}

/* Whether the series are keys of OF, and the categories keys of BY that
 * stand together. */
static bool
find_places(struct drawing *g, const struct doc_side *of,
            const struct doc_side *by)
{
    const struct chart_model *c = g->c;

    for (int s = 0; s < c->series_count; s++) {
        g->series_at[s] = place_of(of, c->series[s].label, c->series_count);
        if (g->series_at[s] < 0)
            return false;
    }
    g->from = place_of(by, c->category[0].label, c->category_count);
    for (int i = 0; i < c->category_count; i++)
        if (g->from < 0 || place_of(by, c->category[i].label,
                                    c->category_count) != g->from + i)
            return false;
    return true;
}

/* Whether the cells are the table's: each by its number. */
static bool
same_cells(const struct drawing *g)
{
    const struct chart_model *c = g->c;

    for (int i = 0; i < c->category_count; i++)
        for (int s = 0; s < c->series_count; s++) {
            const struct doc_cell *a = doc_chart_cell(c, i, s), *b;
            int series = g->series_at[s], category = g->from + i;

            b = doc_cell_at(c->table, g->turned ? series : category,
                            g->turned ? category : series);
            if (a->n != b->n || a->of != b->of)
                return false;
        }
    return true;
}

static bool
find_in_table(struct drawing *g)
{
    const struct doc_table *t = g->c->table;

    if (some_hidden(g->c) || (!g->counts && g->place->shares < 0))
        return false;
    g->turned = !find_places(g, &t->columns, &t->rows);
    if (g->turned && !find_places(g, &t->rows, &t->columns))
        return false;
    if (!same_cells(g))
        return false;
    g->head = g->place->head;
    g->label = 0;
    g->first = g->place->first;
    g->left = g->counts ? g->place->counts : g->place->shares;
    if (g->turned)
        g->left += g->from;
    else
        g->first += g->from;
    return true;
}

/* ---- a block of its own ---- */

static void
put_value(struct drawing *g, int row, int column, int64_t n, int64_t of)
{
    if (g->counts)
        xlsx_int(g->x, g->sheet, row, column, n, XLSX_NUMBER);
    else
        worksheet_write_number(g->sheet, (lxw_row_t)row, (lxw_col_t)column,
                               (double)n / (double)of,
                               g->x->format[XLSX_SHARE]);
}

/* The base that the shares of a category have; 0: none may be told. */
static int64_t
base_of(const struct chart_model *c, int category)
{
    for (int s = 0; s < c->series_count; s++)
        if (doc_chart_cell(c, category, s)->of > 0)
            return doc_chart_cell(c, category, s)->of;
    return 0;
}

static void
put_category(struct drawing *g, int i)
{
    const struct chart_model *c = g->c;
    int64_t rest = c->category[i].rest, of = base_of(c, i);
    int row = g->first + i;

    xlsx_text(g->x, g->sheet, row, g->label, c->category[i].label,
              XLSX_LABEL);
    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = doc_chart_cell(c, i, s);

        if (!cell->hidden && (g->counts || cell->of > 0))
            put_value(g, row, g->left + s, cell->n, cell->of);
    }
    if (g->rest && rest > 0 && (g->counts || of > 0))
        put_value(g, row, g->left + c->series_count, rest, of);
}

static void
put_block(struct drawing *g)
{
    const struct chart_model *c = g->c;
    const char *name = msg_text(g->x->doc->lang, "workbook.chart_numbers");

    g->turned = false;
    for (int s = 0; s <= c->series_count; s++)
        g->series_at[s] = s;
    for (int i = 0; i < c->category_count && g->stacked; i++)
        g->rest |= c->category[i].rest > 0;
    g->label = g->place->counts + 2 * c->table->columns.count + 8;
    g->left = g->label + 1;
    g->head = g->place->head;
    g->first = g->place->first;
    xlsx_text(g->x, g->sheet, g->head, g->label, name, XLSX_HEAD);
    for (int s = 0; s < c->series_count; s++)
        xlsx_text(g->x, g->sheet, g->head, g->left + s, c->series[s].label,
                  XLSX_HEAD_NUMBER);
    if (g->rest)
        xlsx_text(g->x, g->sheet, g->head, g->left + c->series_count,
                  msg_text(g->x->doc->lang, "report.hidden"),
                  XLSX_HEAD_NUMBER);
    for (int i = 0; i < c->category_count; i++)
        put_category(g, i);
    worksheet_set_column(g->sheet, (lxw_col_t)g->label, (lxw_col_t)g->label,
                         24.0, NULL);
}

/* ---- looks ---- */

static lxw_color_t
colour(const char *hex)
{
    return (lxw_color_t)strtoul(hex, NULL, 16);
}

static uint8_t
pattern_of(const char *name)
{
    static const struct { const char *name; uint8_t type; } patterns[] = {
        { "pct10", LXW_CHART_PATTERN_PERCENT_10 },
        { "pct20", LXW_CHART_PATTERN_PERCENT_20 },
        { "wdUpDiag", LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL },
        { "wdDnDiag", LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL },
        { "ltDnDiag", LXW_CHART_PATTERN_LIGHT_DOWNWARD_DIAGONAL },
        /* diagCross is the nearest that the library lacks. */
        { "diagCross", LXW_CHART_PATTERN_OUTLINED_DIAMOND },
    };

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (strcmp(patterns[i].name, name) == 0)
            return patterns[i].type;
    return LXW_CHART_PATTERN_PERCENT_20;
}

static void
paint(lxw_chart_series *series, const struct look *look)
{
    lxw_chart_line line = { .color = colour(look->edge), .width = 1.0F };
    lxw_chart_fill fill = { .color = colour(look->fill) };
    lxw_chart_pattern pattern = {
        .fg_color = colour(look->second), .bg_color = colour(look->fill)
    };

    chart_series_set_line(series, &line);
    if (look->pattern == NULL) {
        chart_series_set_fill(series, &fill);
        return;
    }
    pattern.type = pattern_of(look->pattern);
    chart_series_set_pattern(series, &pattern);
}

/* The bars of a list whose categories are grades. */
static void
paint_points(struct drawing *g, lxw_chart_series *series)
{
    const struct chart_model *c = g->c;
    size_t n = (size_t)c->category_count;
    lxw_chart_point *point = arena_array(&g->x->arena, n, sizeof *point);
    lxw_chart_point **list = arena_array(&g->x->arena, n + 1, sizeof *list);

    for (size_t i = 0; i < n; i++) {
        struct look look;
        lxw_chart_line *line = arena_take(&g->x->arena, sizeof *line);
        lxw_chart_fill *fill = arena_take(&g->x->arena, sizeof *fill);
        lxw_chart_pattern *p = arena_take(&g->x->arena, sizeof *p);

        look = c->category[i].grade != GRADE_NO
            ? look_of_grade(g->x->doc, c->category[i].grade)
            : look_of_series(g->x->doc, &c->series[0]);
        *line = (lxw_chart_line){ .color = colour(look.edge),
                                  .width = 1.0F };
        *fill = (lxw_chart_fill){ .color = colour(look.fill) };
        point[i].line = line;
        point[i].fill = fill;
        if (look.pattern != NULL) {
            *p = (lxw_chart_pattern){ colour(look.second), colour(look.fill),
                                      pattern_of(look.pattern) };
            point[i].pattern = p;
            point[i].fill = NULL;
        }
        list[i] = &point[i];
    }
    chart_series_set_points(series, list);
}

/* The number on each area that has room for it, or behind each bar. */
static void
put_labels(struct drawing *g, lxw_chart_series *series, int s,
           const struct look *look)
{
    const struct chart_model *c = g->c;
    lxw_chart_font font = { .size = 10, .bold = 1,
                            .color = g->stacked ? colour(look->ink)
                                                : 0x1b2430 };
    lxw_chart_fill fill = { .color = colour(look->fill) };
    size_t n = (size_t)c->category_count;
    lxw_chart_data_label *label = arena_array(&g->x->arena, n,
                                              sizeof *label);
    lxw_chart_data_label **list = arena_array(&g->x->arena, n + 1,
                                              sizeof *list);

    chart_series_set_labels(series);
    chart_series_set_labels_font(series, &font);
    if (!g->stacked) {
        chart_series_set_labels_position(
            series, LXW_CHART_LABEL_POSITION_OUTSIDE_END);
        return;
    }
    chart_series_set_labels_position(series,
                                     LXW_CHART_LABEL_POSITION_CENTER);
    chart_series_set_labels_fill(series, &fill);
    for (size_t i = 0; i < n; i++) {
        const struct doc_cell *cell = doc_chart_cell(c, (int)i, s);

        label[i].hide = cell->hidden || cell->n == 0
            || (cell->of > 0 && cell->n * 100 < cell->of * LABEL_PERCENT);
        list[i] = &label[i];
    }
    chart_series_set_labels_custom(series, list);
}

/* ---- series ---- */

static lxw_chart_series *
add_series(struct drawing *g, int s)
{
    int n = g->c->category_count;
    lxw_chart_series *series = chart_add_series(g->chart, NULL, NULL);
    int row = g->turned ? g->first + g->series_at[s] : g->first;
    int column = g->turned ? g->left : g->left + g->series_at[s];
    const char *name = g->s->name;

    if (series == NULL)
        mem_out();
    chart_series_set_values(series, name, (lxw_row_t)row, (lxw_col_t)column,
                            (lxw_row_t)(g->turned ? row : row + n - 1),
                            (lxw_col_t)(g->turned ? column + n - 1
                                                  : column));
    if (g->turned) {
        chart_series_set_name_range(series, name, (lxw_row_t)row, 0);
        chart_series_set_categories(series, name, (lxw_row_t)g->head,
                                    (lxw_col_t)g->left, (lxw_row_t)g->head,
                                    (lxw_col_t)(g->left + n - 1));
        return series;
    }
    chart_series_set_name_range(series, name, (lxw_row_t)g->head,
                                (lxw_col_t)column);
    chart_series_set_categories(series, name, (lxw_row_t)g->first,
                                (lxw_col_t)g->label,
                                (lxw_row_t)(g->first + n - 1),
                                (lxw_col_t)g->label);
    return series;
}

static void
add_all_series(struct drawing *g)
{
    const struct chart_model *c = g->c;

    for (int s = 0; s < c->series_count; s++) {
        lxw_chart_series *series = add_series(g, s);
        struct look look = look_of_series(g->x->doc, &g->c->series[s]);

        paint(series, &look);
        if (c->kind == CHART_LIST)
            paint_points(g, series);
        put_labels(g, series, s, &look);
    }
    if (g->rest) {
        lxw_chart_series *series = add_series(g, c->series_count);
        struct look look = look_of_hidden();

        paint(series, &look);
    }
}

/* Of a bar chart the library's x axis is the one across: of the values. */
static void
set_axes(struct drawing *g)
{
    lxw_chart_axis *values = g->chart->x_axis, *names = g->chart->y_axis;

    chart_axis_set_reverse(names);
    chart_axis_set_major_tick_mark(names, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_major_gridlines_set_visible(names, LXW_FALSE);
    if (g->c->kind == CHART_BAR)
        chart_axis_off(names);
    chart_axis_major_gridlines_set_visible(values, LXW_FALSE);
    chart_axis_set_min(values, 0);
    if (g->stacked && !g->counts)
        chart_axis_set_max(values, 1);
    chart_axis_off(values);
}

static void
set_text(struct drawing *g)
{
    lxw_chart_font font = { .size = 11, .bold = 1, .color = 0x1b2430 };
    const struct chart_model *c = g->c;
    const char *title = c->number == 0 ? c->title
        : arena_printf(&g->x->arena, "%s %s",
                       XLSX_SAY(g->x, "report.figure_n",
                                format_int(&g->x->arena, g->x->doc->lang,
                                           c->number), NULL), c->title);

    chart_title_set_name(g->chart, title);
    chart_title_set_name_font(g->chart, &font);
    chart_legend_set_position(g->chart, c->series_count > 1
                              ? LXW_CHART_LEGEND_BOTTOM
                              : LXW_CHART_LEGEND_NONE);
}

/* The numbers of the chart that stand far to the right are not printed: the
 * whole would have to be made tiny. */
static void
set_print(struct drawing *g, double height)
{
    const struct xlsx_place *p = g->place;
    int wide = p->text_pixels > WIDE_PIXELS ? p->text_pixels : WIDE_PIXELS;
    int beside = wide <= p->label_pixels ? 0
        : (wide - p->label_pixels + COLUMN_PIXELS - 1) / COLUMN_PIXELS;
    int last = beside > p->columns - 1 ? beside : p->columns - 1;

    if (last >= g->label)
        last = g->label - 1;
    worksheet_print_area(g->sheet, 0, 0,
                         (lxw_row_t)(p->end + 2 + (int)height / ROW_PIXELS),
                         (lxw_col_t)last);
}

static void
insert(struct drawing *g)
{
    const struct chart_model *c = g->c;
    int bars = c->category_count
               * (c->kind == CHART_COLUMNS ? c->series_count : 1);
    double height = 110 + bars * (c->kind == CHART_COLUMNS ? 20
                                                           : BAR_PIXELS);
    lxw_chart_options options = {
        .x_scale = WIDE_PIXELS / 480.0, .y_scale = height / 288.0,
        .x_offset = 4,
        .description = arena_text(&g->x->arena,
                                  drawing_chart_descr(g->x->doc, c,
                                                      &g->x->arena))
    };

    if (g->label > 0)
        set_print(g, height);
    worksheet_insert_chart_opt(g->sheet, (lxw_row_t)(g->place->end + 1), 0,
                               g->chart, &options);
}

void
xlsx_chart(struct xlsx *x, const struct xlsx_sheet *s, lxw_worksheet *sheet,
           const struct xlsx_place *place)
{
    const struct chart_model *c = s->chart;
    struct drawing g = { .x = x, .s = s, .c = c, .sheet = sheet,
                         .place = place };

    if (c->category_count == 0 || c->series_count == 0)
        return;
    g.stacked = doc_chart_stacked(c);
    g.series_at = arena_array(&x->arena, (size_t)c->series_count + 1,
                              sizeof *g.series_at);
    g.counts = chart_by_count(c) || (g.stacked && !shares_add_up(c));
    if (!find_in_table(&g))
        put_block(&g);
    g.chart = workbook_add_chart(x->book, g.stacked ? LXW_CHART_BAR_STACKED
                                                    : LXW_CHART_BAR);
    if (g.chart == NULL)
        mem_out();
    add_all_series(&g);
    set_axes(&g);
    set_text(&g);
    chart_set_series_gap(g.chart, 40);
    insert(&g);
}
