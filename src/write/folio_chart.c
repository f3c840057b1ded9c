/* folio_chart.c - charts on pages; see folio.h.
 *
 * The areas are those of chart.h, at three quarters of a pixel a point, as
 * everywhere on paper. Around them: the key above, names to the left, values
 * to the right, and under a single bar its parts. The whole is one Figure:
 * what it shows is told in words. */
#include <math.h>
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "write/chart.h"
#include "write/folio.h"

#define PIXEL .75
#define SQUEEZED 78             /* percent of that, where it must be lower */
#define ROW_GAP 4.
#define NAME_SIZE 8.6
#define NAME_LEADING 11.4
#define NAME_MOST 168.
#define MARK 8.0

enum { TOGETHER = 3 };          /* rows of a chart alone on a page, least */

struct drawing {
    struct flow *f;
    const struct chart_model *c;
    const struct chart_row *row;
    const struct para **name;
    double name_width, value_width;
    double scale;               /* points a pixel of the areas' height */
    bool named, bases, numbers;
    bool first;                 /* the caption stands on this page */
};

/* The ground of a label on an area. */
static const char *
ground_of(const struct flow *f, struct area_look look)
{
    if (look.grade == GRADE_NO && look.plain != PLAIN_DARK)
        return "#ffffff";
    return look_colours(f->doc->grades, look).fill;
}

/* A label on an area, with a ground of its own: it can be read over any
 * pattern. */
static void
put_label(struct flow *f, struct area_look look, const char *text, double x,
          double y, double w, double h)
{
    double wide = flow_width(f, text, FACE_SEMIBOLD, NAME_SIZE, true);
    const char *ground = ground_of(f, look);

    if (wide + 4 > w)
        return;
    paper_fill(&f->paper, paper_colour(ground), x + (w - wide) / 2 - 2,
               y + h / 2 - 5.4, wide + 4, 10.8);
    flow_line(f, text, FACE_SEMIBOLD, look_is_dark(ground) ? WHITE : INK,
              NAME_SIZE, x,
              y + h / 2 + NAME_SIZE * .36, .5, w, true);
}

static void
put_area(struct flow *f, const struct chart_model *c, int category,
         const struct chart_area *a, double x, double y, double w,
         double scale, bool labels)
{
    double left = x + w * a->x / CHART_WHOLE, wide = w * a->width
        / CHART_WHOLE;
    double top = y + a->y * scale, high = a->height * scale;
    struct area_look look;
    const char *text;

    if (a->series == AREA_HIDDEN) {
        paper_hidden(&f->paper, left, top, wide, high);
        if (labels && a->inside)
            put_label(f, (struct area_look){ GRADE_NO, PLAIN_DOTS },
                      msg_text(f->doc->lang, "report.hidden"), left, top,
                      wide, high);
        return;
    }
    look = look_of_area(c, category, a->series);
    text = look_value(f->doc, doc_chart_cell(c, category, a->series),
                      &f->arena);
    if (wide > 0)
        paper_area(&f->paper, look, left, top, wide, high);
    if (labels && a->inside)
        put_label(f, look, text, left, top, wide, high);
    else if (labels && c->kind == CHART_COLUMNS)
        flow_line(f, text, FACE_REGULAR, INK, NAME_SIZE, left + wide + 4,
                  top + high / 2 + NAME_SIZE * .36, 0, 0, true);
}

/* ---- the key, and the parts of a single bar ---- */

/* A mark and a label at X; how wide. Y is the middle. */
static double
put_entry(struct flow *f, struct area_look look, const char *label, double x,
          double y)
{
    paper_symbol(&f->paper, look, x, y - MARK / 2, MARK);
    return MARK + 4 + flow_line(f, label, FACE_REGULAR, INK, NAME_SIZE,
                                x + MARK + 4, y + NAME_SIZE * .36, 0, 0,
                                false);
}

static double
entry_width(struct flow *f, const char *label)
{
    return MARK + 4 + flow_width(f, label, FACE_REGULAR, NAME_SIZE, false)
        + 16;
}

/* The key in lines from Y; how high. Draws only where DRAW. */
static double
put_key(struct flow *f, const struct chart_model *c, double y, bool draw)
{
    double x = 0, top = 0;
    const char *of = c->legend[0] != '\0'
        ? arena_printf(&f->arena, "%s:", c->legend) : "";

    if (*of != '\0') {
        if (draw)
            flow_line(f, of, FACE_REGULAR, MUTED, NAME_SIZE, PAGE_LEFT,
                      y + 7 + NAME_SIZE * .36, 0, 0, false);
        x = flow_width(f, of, FACE_REGULAR, NAME_SIZE, false) + 10;
    }
    for (int s = 0; s < c->series_count; s++) {
        double wide = entry_width(f, c->series[s].label);

        if (x > 0 && x + wide > PAGE_FULL) {
            x = 0;
            top += 14;
        }
        if (draw)
            put_entry(f, look_of_area(c, 0, s), c->series[s].label,
                      PAGE_LEFT + x, y + top + 7);
        x += wide;
    }
    return top + 18;
}

static double
part_width(struct flow *f, const struct chart_model *c, int s)
{
    const struct doc_cell *cell = &c->cell[s];
    double wide = MARK + 4 + 14
        + flow_width(f, c->series[s].label, FACE_REGULAR, 9, false) + 6
        + flow_width(f, look_value(f->doc, cell, &f->arena), FACE_BOLD, 13,
                     true);

    if (doc_has_share(cell))
        wide += 5 + flow_width(f, format_int(&f->arena, f->doc->lang,
                                             cell->n), FACE_REGULAR, 8.6,
                               true);
    return wide;
}

static double
put_parts(struct flow *f, const struct chart_model *c, double y, bool draw)
{
    double x = 0, top = 0;

    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = &c->cell[s];
        double wide = part_width(f, c, s), at, base;

        if (x > 0 && x + wide > PAGE_FULL) {
            x = 0;
            top += 20;
        }
        at = PAGE_LEFT + x + MARK + 4;
        base = y + top + 14;
        x += wide;
        if (!draw)
            continue;
        paper_symbol(&f->paper, look_of_area(c, 0, s), at - MARK - 4, base - 8,
                     MARK);
        at += flow_line(f, c->series[s].label, FACE_REGULAR, INK, 9, at,
                        base, 0, 0, false) + 6;
        at += flow_line(f, look_value(f->doc, cell, &f->arena), FACE_BOLD,
                        NAVY, 13, at, base, 0, 0, true) + 5;
        if (doc_has_share(cell))
            flow_line(f, format_int(&f->arena, f->doc->lang, cell->n),
                      FACE_REGULAR, MUTED, 8.6, at, base, 0, 0, true);
    }
    return top + 22;
}

/* ---- names and values ---- */

static const char *
name_text(struct flow *f, const struct chart_model *c, int i, bool base)
{
    if (!base)
        return c->category[i].label;
    return arena_printf(&f->arena, "%s (%s)", c->category[i].label,
                        c->category[i].rest == NUMBER_HIDDEN ? ":"
                        : format_int(&f->arena, f->doc->lang,
                                     c->category[i].base));
}

static void
value_texts(struct drawing *d, int i, const char **share,
            const char **number)
{
    const struct chart_model *c = d->c;
    int series = d->numbers ? 0 : c->emphasis;
    const struct doc_cell *cell;

    *share = *number = "";
    if (series < 0)
        return;
    cell = doc_chart_cell(c, i, series);
    *share = look_value(d->f->doc, cell, &d->f->arena);
    if (d->numbers && doc_has_share(cell))
        *number = c->table->shape != SHAPE_FIGURES
            ? format_int(&d->f->arena, d->f->doc->lang, cell->n)
            : phrase_say(&d->f->arena, d->f->doc->lang,
                         "report.share_of_number",
                         format_int(&d->f->arena, d->f->doc->lang, cell->n),
                         format_int(&d->f->arena, d->f->doc->lang, cell->of),
                         NULL);
}

static void
measure(struct drawing *d)
{
    const struct chart_model *c = d->c;
    double name = 0;

    d->name = arena_array(&d->f->arena, (size_t)c->category_count,
                          sizeof *d->name);
    for (int i = 0; i < c->category_count; i++) {
        const char *share, *number;
        double mark = c->category[i].grade != GRADE_NO ? MARK + 4 : 0;

        value_texts(d, i, &share, &number);
        d->value_width = fmax(d->value_width, flow_width(
            d->f, share, FACE_SEMIBOLD, 9, true) + (*number != '\0' ? 6 : 0)
            + flow_width(d->f, number, FACE_REGULAR, NAME_SIZE, true));
        d->name[i] = flow_layout(d->f, name_text(d->f, c, i, d->bases),
                                 FACE_REGULAR, INK, NAME_SIZE, NAME_LEADING,
                                 NAME_MOST - mark);
        name = fmax(name, para_width(d->name[i]) + mark);
    }
    d->name_width = d->named ? name + 10 : 0;
    d->value_width += d->value_width > 0 ? 8 : 0;
}

static double
row_height(const struct drawing *d, int i)
{
    double high = d->row[i].height * d->scale;

    if (d->named)
        high = fmax(high, para_height(d->name[i]));
    return high + (d->c->kind == CHART_COLUMNS ? ROW_GAP * 2 : ROW_GAP);
}

static void
put_row(struct drawing *d, int i, double y)
{
    struct flow *f = d->f;
    const struct chart_model *c = d->c;
    double x = PAGE_LEFT + d->name_width;
    double high = d->row[i].height * d->scale;
    double w = PAGE_FULL - d->name_width - d->value_width;
    double middle = y + (row_height(d, i) - ROW_GAP) / 2;
    int grade = c->category[i].grade;
    const char *share, *number;

    if (d->named) {
        double mark = grade != GRADE_NO ? MARK + 4 : 0;

        if (mark > 0)
            paper_symbol(&f->paper, (struct area_look){ grade, PLAIN_DARK },
                         PAGE_LEFT, middle - MARK / 2, MARK);
        para_draw(&f->paper, d->name[i], 0, d->name[i]->count,
                  PAGE_LEFT + mark, middle - para_height(d->name[i]) / 2, 0);
    }
    for (int a = 0; a < d->row[i].count; a++)
        put_area(f, c, i, &d->row[i].area[a], x, middle - high / 2, w,
                 d->scale, true);
    value_texts(d, i, &share, &number);
    x += w + 8;
    x += flow_line(f, share, FACE_SEMIBOLD, INK, 9, x, middle + 3.2, 0, 0,
                   true) + 6;
    flow_line(f, number, FACE_REGULAR, MUTED, NAME_SIZE, x, middle + 3.2, 0,
              0, true);
}

/* Rows FROM to before TO as a Figure of its own on this page. */
static void
put_figure(struct drawing *d, int from, int to, double high)
{
    struct flow *f = d->f;
    const struct chart_model *c = d->c;
    double y = f->y;

    paper_open(&f->paper, "Figure");
    paper_alt(&f->paper, arena_printf(&f->arena, "%s. %s", c->title,
                                      c->desc));
    paper_box(&f->paper, PAGE_LEFT, y, PAGE_FULL, high);
    paper_mark(&f->paper);
    if (c->kind != CHART_BAR && c->kind != CHART_LIST && d->first)
        y += put_key(f, c, y, true);
    for (int i = from; i < to; i++) {
        put_row(d, i, y);
        y += row_height(d, i);
    }
    if (c->kind == CHART_BAR)
        put_parts(f, c, y, true);
    paper_unmark(&f->paper);
    paper_close(&f->paper);
    f->y += high;
    d->first = false;
}

/* What stands above and below the rows. */
static double
around(struct drawing *d)
{
    const struct chart_model *c = d->c;

    if (c->kind == CHART_BAR)
        return put_parts(d->f, c, 0, false);
    return c->kind != CHART_LIST && d->first
        ? put_key(d->f, c, 0, false) : 0;
}

static struct drawing
begin_drawing(struct flow *f, const struct chart_model *c)
{
    struct drawing d = {
        .f = f, .c = c, .row = chart_layout(c, &f->arena), .scale = PIXEL,
        .first = true,
        .named = c->kind != CHART_BAR, .bases = c->kind == CHART_MOSAIC,
        .numbers = c->kind == CHART_LIST
    };

    measure(&d);
    return d;
}

static double
whole_height(struct drawing *d, double caption)
{
    double sum = caption + 6 + around(d) + d->f->tail;

    for (int i = 0; i < d->c->category_count; i++)
        sum += row_height(d, i);
    return sum;
}

/* What must be together of it, its areas as low as they may be. */
static double
least(struct drawing *d, double caption)
{
    double scale = d->scale, whole, start;

    d->scale = PIXEL * SQUEEZED / 100;
    start = caption + 6 + around(d);
    for (int i = 0; i < d->c->category_count && i < TOGETHER; i++)
        start += row_height(d, i);
    whole = whole_height(d, caption);
    d->scale = scale;
    return whole < PAGE_ROOM * .6 ? whole : start;
}

/* Makes its areas lower where that brings the whole onto this page, no lower
 * than it takes. */
static void
squeeze(struct drawing *d, double caption)
{
    double room = PAGE_BOTTOM - d->f->y;

    for (int part = 100; part >= SQUEEZED; part -= 2) {
        d->scale = PIXEL * part / 100;
        if (whole_height(d, caption) <= room)
            return;
    }
    d->scale = PIXEL;
}

/* Rows from FROM that stand on this page below HIGH; where the chart goes on,
 * a few stand on the next too. */
static int
rows_here(struct drawing *d, int from, double high)
{
    int to = from, all = d->c->category_count;

    while (to < all && (to == from || d->f->y + high + row_height(d, to)
                        <= PAGE_BOTTOM))
        high += row_height(d, to++);
    if (to < all && all - to < TOGETHER && all - TOGETHER > from)
        return all - TOGETHER;
    return to;
}

static const struct para *
caption_of(struct flow *f, const struct chart_model *c)
{
    return flow_caption(f, "report.figure_n", c->number, c->title,
                        c->caption);
}

double
folio_chart_least(struct flow *f, const struct chart_model *c)
{
    struct drawing d = begin_drawing(f, c);

    return 8 + least(&d, para_height(caption_of(f, c)));
}

void
folio_chart(struct flow *f, const struct chart_model *c)
{
    struct drawing d = begin_drawing(f, c);
    const struct para *caption = caption_of(f, c);

    flow_clear(f, 8);
    flow_need(f, least(&d, para_height(caption)));
    squeeze(&d, para_height(caption));
    flow_para(f, "Caption", caption, PAGE_LEFT, 6);
    for (int from = 0; from < c->category_count;) {
        double high = around(&d);
        int to = rows_here(&d, from, high);

        for (int i = from; i < to; i++)
            high += row_height(&d, i);
        put_figure(&d, from, to, high);
        from = to;
        if (from < c->category_count)
            flow_page(f);
    }
    flow_clear(f, CHART_GAP);
}

void
folio_band(struct flow *f, const struct chart_model *c, double x, double y,
          double w, double h)
{
    const struct chart_row *row = chart_layout(c, &f->arena);

    for (int a = 0; a < row->count; a++)
        put_area(f, c, 0, &row->area[a], x, y, w, h / row->height, false);
}
