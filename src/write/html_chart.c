/* html_chart.c - charts as lists of drawings, one a category.
 *
 * Names stand in HTML beside the drawings, so that long ones wrap; a
 * drawing is only areas and the labels on them. Every kind is the same
 * list with other parts, as the table below says. */
#include "write/chart.h"
#include "report/format.h"
#include "write/html.h"
#include "write/look.h"
#include "report/phrase.h"

/* What a kind of chart has around its drawings. */
static const struct {
    const char *name;           /* of its class */
    bool key;                   /* what the looks mean, above */
    bool names;                 /* the category's name before a drawing */
    bool bases;                 /* and how many it is */
    bool numbers;               /* share and number behind each drawing */
} parts[] = {
    [CHART_NONE] = { "none", false, false, false, false },
    [CHART_BAR] = { "one", false, false, false, false },
    [CHART_BARS] = { "bars", true, true, false, false },
    [CHART_MOSAIC] = { "mosaic", true, true, true, false },
    [CHART_COLUMNS] = { "columns", true, true, false, false },
    [CHART_LIST] = { "list", false, true, false, true },
};

static void
put_area(struct html *h, const struct chart_model *c, int category,
         const struct chart_area *a)
{
    const struct doc_cell *cell;
    struct area_look look;
    int middle = a->y + a->height / 2;

    if (a->series == AREA_HIDDEN) {
        svg_hidden(h->out, a->x, a->width, a->y, a->height,
                   a->inside ? msg_text(h->doc->lang, "report.hidden") : "");
        return;
    }
    cell = doc_chart_cell(c, category, a->series);
    look = look_of_area(c, category, a->series);
    svg_area(h->out, look, a->x, a->width, a->y, a->height);
    if (a->inside)
        svg_on(h->out, look, a->x + a->width / 2, middle,
               look_value(h->doc, cell, &h->arena));
    else if (c->kind == CHART_COLUMNS)
        svg_beside(h->out, a->x + a->width, middle,
                   look_value(h->doc, cell, &h->arena));
}

static void
put_drawing(struct html *h, const struct chart_model *c, const char *id,
            int category, const struct chart_row *row)
{
    const char *title = c->kind == CHART_BAR ? c->title
        : arena_printf(&h->arena, "%s: %s", c->title,
                       c->category[category].label);

    svg_begin(h->out, id, title, c->row_desc[category], row->height);
    for (int i = 0; i < row->count; i++)
        put_area(h, c, category, &row->area[i]);
    svg_end(h->out);
}

static void
put_name(struct html *h, const struct chart_model *c, int category)
{
    const struct chart_category *cat = &c->category[category];

    buf_text(h->out, "<span class=\"name\">");
    if (cat->grade != GRADE_NO)
        svg_mark(h->out, (struct area_look){ cat->grade, PLAIN_DARK });
    buf_text(h->out, "<span>");
    html_label(h, cat->label);
    buf_text(h->out, "</span>");
    if (parts[c->kind].bases)
        markup_put(h->out, " <span class=\"num muted\">%s</span>",
                   cat->rest == NUMBER_HIDDEN ? ":"
                   : format_int(&h->arena, h->doc->lang, cat->base));
    buf_text(h->out, "</span>\n");
}

/* The number behind a bar of a list; of figures with what it is of. */
static const char *
number_text(struct html *h, const struct chart_model *c,
            const struct doc_cell *cell)
{
    const char *n = format_int(&h->arena, h->doc->lang, cell->n);

    if (c->table->shape != SHAPE_FIGURES)
        return n;
    return HTML_SAY(h, "report.share_of_number", n,
                    format_int(&h->arena, h->doc->lang, cell->of), NULL);
}

static void
put_value(struct html *h, const struct chart_model *c, int category)
{
    int series = parts[c->kind].numbers ? 0 : c->emphasis;
    const struct doc_cell *cell;

    if (series < 0)
        return;
    cell = doc_chart_cell(c, category, series);
    markup_put(h->out, "<span class=\"value num\"><b>%s</b>",
               look_value(h->doc, cell, &h->arena));
    if (parts[c->kind].numbers && doc_has_share(cell))
        markup_put(h->out, " <span class=\"muted\">%s</span>",
                   number_text(h, c, cell));
    buf_text(h->out, "</span>\n");
}

static void
put_key(struct html *h, const struct chart_model *c)
{
    buf_text(h->out, "<ul class=\"key\">\n");
    if (c->legend[0] != '\0')
        markup_put(h->out, "<li class=\"key-of\">%s:</li>\n", c->legend);
    for (int s = 0; s < c->series_count; s++) {
        buf_text(h->out, "<li>");
        svg_mark(h->out, look_of_area(c, 0, s));
        buf_text(h->out, "<span>");
        html_label(h, c->series[s].label);
        buf_text(h->out, "</span></li>\n");
    }
    buf_text(h->out, "</ul>\n");
}

/* Under a single bar: every part with its share and number. */
static void
put_parts(struct html *h, const struct chart_model *c)
{
    buf_text(h->out, "<ul class=\"parts\">\n");
    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = &c->cell[s];

        buf_text(h->out, "<li>");
        svg_mark(h->out, look_of_area(c, 0, s));
        markup_put(h->out, "<span class=\"part\">%s</span> <b class=\"num\">"
                   "%s</b> <span class=\"num muted\">", c->series[s].label,
                   look_value(h->doc, cell, &h->arena));
        if (doc_has_share(cell))
            html_number(h, cell);
        buf_text(h->out, "</span></li>\n");
    }
    buf_text(h->out, "</ul>\n");
}

static void
put_rows(struct html *h, const struct chart_model *c)
{
    const struct chart_row *row = chart_layout(c, &h->arena);

    markup_put(h->out, "<ul class=\"rows %s%s\">\n", parts[c->kind].name,
               c->table->shape == SHAPE_FIGURES ? " each" : "");
    for (int i = 0; i < c->category_count; i++) {
        buf_text(h->out, "<li>");
        if (parts[c->kind].names)
            put_name(h, c, i);
        put_drawing(h, c, arena_printf(&h->arena, "%sf%d-%d", h->prefix,
                                       c->number, i),
                    i, &row[i]);
        put_value(h, c, i);
        buf_text(h->out, "</li>\n");
    }
    buf_text(h->out, "</ul>\n");
}

void
html_chart(struct html *h, const struct chart_model *c)
{
    buf_text(h->out, "<figure class=\"figure\">\n<figcaption>");
    html_caption(h, "report.figure_n", c->number, c->title, c->caption);
    buf_text(h->out, "</figcaption>\n");
    if (parts[c->kind].key)
        put_key(h, c);
    if (c->kind == CHART_BAR) {
        put_drawing(h, c, arena_printf(&h->arena, "%sf%d", h->prefix,
                                       c->number), 0,
                    chart_layout(c, &h->arena));
        put_parts(h, c);
    } else {
        put_rows(h, c);
    }
    buf_text(h->out, "</figure>\n");
}

void
html_band(struct html *h, const struct chart_model *c)
{
    struct chart_row row = chart_layout(c, &h->arena)[0];
    struct chart_area *area = arena_array(&h->arena, (size_t)row.count,
                                          sizeof *area);

    for (int i = 0; i < row.count; i++) {
        area[i] = row.area[i];
        area[i].inside = false;
        area[i].height = 20;
    }
    row.area = area;
    row.height = 20;
    buf_text(h->out, "<div class=\"band\">\n");
    put_drawing(h, c, arena_printf(&h->arena, "%sband", h->prefix), 0, &row);
    markup_put(h->out, "<p>%s: %s</p>\n</div>\n", c->title, c->row_desc[0]);
}
