/* write_svg.c - one chart as a drawing that stands by itself: title, key,
 * names, areas with pattern and number, base and notices. WIDTH pixels wide
 * and as high as it needs; being a drawing it can be any size.
 *
 * The areas are those of the HTML report (chart.h, svg.h); what HTML has
 * around them is put here as text, broken by an estimate of its width. The
 * fonts are those of the reader: Inter, else what comes nearest. */
#include <string.h>
#include "base/utf8.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/about.h"
#include "write/chart.h"
#include "write/markup.h"
#include "write/svg.h"
#include "write/writing.h"

enum {
    WIDTH = 960, MARGIN = 28, INNER = WIDTH - 2 * MARGIN,
    TITLE = 22, TEXT = 15, SMALL = 13,  /* pixels high */
    NAMES = 250, VALUES = 150, VALUE = 66, GAP = 9, MARK = 15,
    BASELINE = 5                /* of a label under its middle: librsvg does
                                 * not centre text by itself */
};

/* Average width of a character in thousandths of its height. */
enum { CHARACTER = 540, CHARACTER_BOLD = 580 };

struct svg_file {
    const struct document *doc;
    const struct chart_model *c;
    struct arena arena;
    struct buf body;            /* what is inside the root */
    int y;                      /* where the next thing begins */
};

static const char style[] =
    ".report{font-family:Inter,\"Inter Variable\",\"DejaVu Sans\",Arial,"
    "sans-serif;fill:#1b2430;font-size:15px}"
    ".report .title{font-size:22px;font-weight:700}"
    ".report .small{font-size:13px;fill:#4a5a6a}"
    ".report .notice{font-size:13px;font-weight:600;fill:#89211e}"
    ".report .strong{font-weight:700}"
    ".report .seg{stroke-width:1.25}"
    ".report .on{font-size:13.5px;font-weight:650;text-anchor:middle;"
    "paint-order:stroke;stroke-width:5px;stroke-linejoin:round}"
    ".report .beside{font-size:13.5px;font-weight:600}"
    ".report .hidden-area{stroke:#5a6672;fill:#fff}"
    ".report rect.hidden-area{fill:url(#p-h)}"
    ".report text.hidden-area{fill:#1b2430;stroke:#fff;font-weight:500}\n";

/* ---- text ---- */

/* The bytes of TEXT that fit on a line of WIDE pixels: up to a blank, or as
 * many characters as fit where there is none. */
static size_t
line_of(const char *text, int wide, int size, int character)
{
    int room = wide * 1000 / (size * character);
    const char *p = text, *end = text + strlen(text), *blank = NULL;

    for (int n = 0; p < end && n < room; n++) {
        if (*p == ' ')
            blank = p;
        (void)utf8_next(&p, end);
    }
    if (p == end || *p == ' ')
        return (size_t)(p - text);
    return (size_t)((blank != NULL ? blank : p) - text);
}

/* TEXT in lines from X, Y; how high it is. */
static int
put_text(struct svg_file *f, const char *text, int x, int y, int wide,
         int size, const char *class)
{
    bool bold = strcmp(class, "title") == 0 || strcmp(class, "notice") == 0;
    int line = size * 135 / 100, lines = 0;

    while (text != NULL && *text != '\0') {
        size_t n = line_of(text, wide, size, bold ? CHARACTER_BOLD
                                                  : CHARACTER);

        lines++;
        markup_put(&f->body, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s"
                   "</text>\n", class, x, y + lines * line - line / 4,
                   arena_text_n(&f->arena, text, n));
        text += n;
        text += strspn(text, " ");
    }
    return lines * line;
}

static void
put_lines(struct svg_file *f, const char *text, int size, const char *class)
{
    f->y += put_text(f, text, MARGIN, f->y, INNER, size, class);
}

static int
wide_of(const char *text, int size)
{
    return (int)utf8_count(text, strlen(text)) * size * CHARACTER / 1000;
}

/* ---- the key ---- */

static void
put_mark(struct svg_file *f, struct area_look look, int x, int y)
{
    markup_put(&f->body, "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
               " viewBox=\"0 0 20 20\">", x, y, MARK, MARK);
    if (look.grade != GRADE_NO)
        markup_put(&f->body, "<use href=\"#m-g%d\"/>", look.grade);
    else
        markup_put(&f->body, "<rect class=\"seg p%d\" fill=\"url(#p-p%d)\""
                   " x=\"1\" y=\"1\" width=\"18\" height=\"18\" rx=\"2\"/>",
                   (int)look.plain, (int)look.plain);
    buf_text(&f->body, "</svg>\n");
}

/* What the looks mean; of a single bar with the numbers of its parts. */
static void
put_key(struct svg_file *f)
{
    const struct chart_model *c = f->c;
    int x = MARGIN;

    for (int s = 0; s < c->series_count; s++) {
        const char *text = c->series[s].label;
        int wide;

        if (c->kind == CHART_BAR)
            text = arena_printf(&f->arena, "%s %s", text,
                                look_value(f->doc, &c->cell[s], &f->arena));
        wide = MARK + 6 + wide_of(text, TEXT) + 26;
        if (x > MARGIN && x + wide > WIDTH - MARGIN) {
            x = MARGIN;
            f->y += 24;
        }
        put_mark(f, look_of_area(c, 0, s), x, f->y + 3);
        put_text(f, text, x + MARK + 6, f->y, INNER, TEXT, "");
        x += wide;
    }
    f->y += 30;
}

/* ---- the drawings ---- */

static void
put_hidden(struct svg_file *f, const struct chart_area *a)
{
    int middle = (a->x + a->width / 2) / 100;

    svg_hidden(&f->body, a->x, a->width, a->y, a->height, "");
    if (a->inside)
        markup_put(&f->body, "<text class=\"on hidden-area\" x=\"%d%%\""
                   " y=\"%d\">%s</text>\n", middle,
                   a->y + a->height / 2 + BASELINE,
                   msg_text(f->doc->lang, "report.hidden"));
}

static void
put_area(struct svg_file *f, int category, const struct chart_area *a)
{
    const struct chart_model *c = f->c;
    int middle = a->y + a->height / 2 + BASELINE;
    const struct doc_cell *cell;
    struct area_look look;
    const char *value;

    if (a->series == AREA_HIDDEN) {
        put_hidden(f, a);
        return;
    }
    cell = doc_chart_cell(c, category, a->series);
    look = look_of_area(c, category, a->series);
    value = look_value(f->doc, cell, &f->arena);
    svg_area(&f->body, look, a->x, a->width, a->y, a->height);
    if (a->inside)
        svg_on(&f->body, look, a->x + a->width / 2, middle, value);
    else if (c->kind == CHART_COLUMNS)
        svg_beside(&f->body, a->x + a->width, middle, value);
}

/* The number behind a row: of a list its own, else the one that matters. */
static const char *
value_text(struct svg_file *f, int category)
{
    const struct chart_model *c = f->c;
    bool list = c->kind == CHART_LIST;
    int series = list ? 0 : c->emphasis;
    const struct doc_cell *cell;
    const char *value;

    if (series < 0 || c->kind == CHART_BAR)
        return "";
    cell = doc_chart_cell(c, category, series);
    value = look_value(f->doc, cell, &f->arena);
    if (!list || !doc_has_share(cell))
        return value;
    return arena_printf(&f->arena, "%s  (%s)", value,
                        format_int(&f->arena, f->doc->lang, cell->n));
}

static const char *
name_text(struct svg_file *f, int category)
{
    const struct chart_category *k = &f->c->category[category];

    if (f->c->kind != CHART_MOSAIC || k->rest == NUMBER_HIDDEN)
        return k->label;
    return arena_printf(&f->arena, "%s (%s)", k->label,
                        format_int(&f->arena, f->doc->lang, k->base));
}

/* The name before a row, in its middle where it is lower; how high it is. */
static int
put_name(struct svg_file *f, int category, int height)
{
    const char *name = name_text(f, category);
    int line = TEXT * 135 / 100, down = 0;

    if (line_of(name, NAMES - 16, TEXT, CHARACTER) == strlen(name)
        && height > line)
        down = (height - line) / 2;
    return down + put_text(f, name, MARGIN, f->y + down, NAMES - 16, TEXT,
                           "");
}

static void
put_row(struct svg_file *f, int i, const struct chart_row *row)
{
    const struct chart_model *c = f->c;
    bool bar = c->kind == CHART_BAR, value = value_text(f, i)[0] != '\0';
    int left = MARGIN + (bar ? 0 : NAMES);
    int wide = WIDTH - MARGIN - left, high = 0;

    if (value)
        wide -= c->kind == CHART_LIST ? VALUES : VALUE;
    if (!bar)
        high = put_name(f, i, row->height);
    markup_put(&f->body, "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
               " overflow=\"visible\">\n", left, f->y, wide, row->height);
    svg_begin(&f->body, arena_printf(&f->arena, "row%d", i),
              bar ? c->title : c->category[i].label, c->row_desc[i],
              row->height);
    for (int k = 0; k < row->count; k++)
        put_area(f, i, &row->area[k]);
    svg_end(&f->body);
    buf_text(&f->body, "</svg>\n");
    if (value)
        put_text(f, value_text(f, i), left + wide + 10,
                 f->y + (row->height - TEXT * 135 / 100) / 2, VALUES, TEXT,
                 "strong");
    f->y += (high > row->height ? high : row->height)
            + (c->kind == CHART_MOSAIC ? 3 : GAP);
}

/* ---- around ---- */

/* Base and notes of the table that the chart is of, and what it must say. */
static void
put_foot(struct svg_file *f)
{
    const struct document *doc = f->doc;
    const struct node *n = tree_next(doc, NULL, NODE_NOTE);
    const char *words = f->c->table->where_words == NULL ? ""
        : f->c->table->where_words;

    f->y += 8;
    for (; n != NULL; n = tree_next(doc, n, NODE_NOTE))
        put_lines(f, arena_printf(&f->arena, "%s: %s", n->title, n->text),
                  SMALL, "small");
    put_lines(f, arena_printf(&f->arena, "%s%s%s", doc->meta.round_title,
                              *words != '\0' ? ". " : "", words),
              SMALL, "small");
    put_lines(f, doc->internal_notice, SMALL, "notice");
    put_lines(f, doc->protected_notice, SMALL, "notice");
    put_lines(f, doc->synthetic_notice, SMALL, "notice");
}

static void
put_body(struct svg_file *f)
{
    const struct chart_row *row = chart_layout(f->c, &f->arena);

    f->y = MARGIN - 6;
    put_lines(f, f->c->title, TITLE, "title");
    f->y += 4;
    put_lines(f, f->c->caption, SMALL, "small");
    f->y += 10;
    if (f->c->kind != CHART_LIST)
        put_key(f);
    for (int i = 0; i < f->c->category_count; i++)
        put_row(f, i, &row[i]);
    put_foot(f);
}

static void
put_root(struct svg_file *f, struct buf *out)
{
    markup_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"report\""
               " role=\"img\" lang=\"%s\" xml:lang=\"%s\" width=\"%d\""
               " height=\"%d\" viewBox=\"0 0 %d %d\""
               " aria-labelledby=\"chart-title chart-desc\">\n"
               "<title id=\"chart-title\">%s</title>\n"
               "<desc id=\"chart-desc\">%s</desc>\n"
               "<metadata>%s %s</metadata>\n<style>",
               lang_code(f->doc->lang), lang_code(f->doc->lang), WIDTH,
               f->y + MARGIN, WIDTH, f->y + MARGIN, f->c->title,
               f->c->desc, about_notices(f->doc, &f->arena),
               about_facts(f->doc, &f->arena));
    buf_text(out, style);
    svg_grade_style(out, f->doc->grades, f->doc->grade_count);
    buf_text(out, "</style>\n");
    svg_sprite(out, f->doc->grades, f->doc->grade_count, true);
    buf_text(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\""
                  "/>\n");
    buf_add(out, buf_string(&f->body), f->body.len);
    buf_text(out, "</svg>\n");
}

WRITER(write_svg)
{
    const struct node *chart = tree_next(doc, NULL, NODE_CHART);
    struct svg_file f = { .doc = doc };

    (void)brand;
    if (chart == NULL)
        return err_set(e, ERR_INPUT, "svg.no_chart", "");
    f.c = chart->chart;
    arena_init(&f.arena);
    buf_init(&f.body, 0);
    put_body(&f);
    put_root(&f, out);
    if (f.body.failed)
        out->failed = true;
    buf_clear(&f.body);
    arena_clear(&f.arena);
    return true;
}
