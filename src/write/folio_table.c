/* folio_table.c - tables on pages; see folio.h.
 *
 * Columns of numbers are as wide as their widest cell, the names get the
 * rest. A table that is too wide is set smaller, and at last in parts, each
 * with the rows' names. Rows are not broken; a table that is parted has a few
 * of them on each page, and its head, repeated as an artifact. */
#include <math.h>
#include <string.h>
#include "write/folio.h"
#include "write/grid.h"

#define CELL_PAD 5.
#define NAME_LEAST 108.
#define ROW_PAD 3.2
#define MARK 7.5

enum { TOGETHER = 3 };          /* rows alone on a page, least */

struct setting {
    struct flow *f;
    const struct grid *g;
    double size, leading;
    int from, to;               /* columns of numbers in this part */
    double *width;              /* of each column */
    const struct para **head, **name;
    double head_height;
};

/* Sums and bases are strong, and so is the row of sums. */
static enum face
face_of(const struct grid *g, int row, int column)
{
    enum grid_kind kind = g->head[column].kind;

    return kind == GRID_SUM || kind == GRID_BASE
        || (g->total && row == g->rows - 1) ? FACE_SEMIBOLD : FACE_REGULAR;
}

static double
cell_width(struct setting *s, int row, int column)
{
    const struct grid_cell *c = grid_at(s->g, row, column);
    double wide = flow_width(s->f, c->text, face_of(s->g, row, column),
                             s->size, true);

    if (c->share != NULL)
        wide = fmax(wide, flow_width(s->f, c->share, FACE_REGULAR,
                                     s->size * .86, true));
    return wide;
}

/* The widest word of a head: it is broken at blanks only. */
static double
word_width(struct setting *s, const struct grid_head *c)
{
    const char *p = c->text;
    double most = 0, mark = c->grade != GRADE_NO ? MARK + 3 : 0;
    struct font font = { FACE_REGULAR, s->size, false };

    while (*p != '\0') {
        size_t n = strcspn(p, " ");

        most = fmax(most, font_width(s->f->paper.fonts, &font, p, n) + mark);
        p += n + (p[n] == ' ');
    }
    return most;
}

/* Widths of all columns at the setting's size; how wide it is with names as
 * narrow as they may be. */
static double
measure(struct setting *s)
{
    double sum = NAME_LEAST;

    for (int c = 1; c < s->g->columns; c++) {
        double most = fmin(word_width(s, &s->g->head[c]), 84);

        for (int r = 0; r < s->g->rows; r++)
            most = fmax(most, cell_width(s, r, c));
        s->width[c] = most + 2 * CELL_PAD;
        sum += s->width[c];
    }
    return sum;
}

/* Columns from FROM that fit beside the names; one at least. */
static int
columns_that_fit(const struct setting *s, int from)
{
    double sum = NAME_LEAST;
    int to = from;

    while (to < s->g->columns
           && (to == from || sum + s->width[to] <= PAGE_FULL)) {
        sum += s->width[to];
        to++;
    }
    return to;
}

/* Numbers stand no further apart than reads well. */
static void
share_out(struct setting *s)
{
    double sum = 0, name = 0, room;
    int columns = s->to - s->from;

    for (int r = 0; r < s->g->rows; r++)
        name = fmax(name, flow_width(s->f, grid_at(s->g, r, 0)->text,
                                     FACE_SEMIBOLD, s->size, false));
    for (int c = s->from; c < s->to; c++)
        sum += s->width[c];
    s->width[0] = fmin(name + MARK + 12, PAGE_FULL - sum);
    s->width[0] = fmax(s->width[0], fmin(NAME_LEAST, PAGE_FULL - sum));
    room = (PAGE_FULL - sum - s->width[0]) / (columns + 1);
    room = fmin(fmax(room, 0), 46);
    for (int c = s->from; c < s->to; c++)
        s->width[c] += room;
    s->width[0] = PAGE_FULL - sum - room * columns;
}

static void
lay_out(struct setting *s)
{
    struct flow *f = s->f;
    const struct grid *g = s->g;

    s->head = arena_array(&f->arena, (size_t)g->columns, sizeof *s->head);
    s->name = arena_array(&f->arena, (size_t)g->rows + 1, sizeof *s->name);
    s->head_height = 0;
    for (int c = 0; c < g->columns; c++) {
        double mark = g->head[c].grade != GRADE_NO ? MARK + 3 : 0;

        if (c > 0 && (c < s->from || c >= s->to))
            continue;
        s->head[c] = flow_layout(f, g->head[c].text, FACE_REGULAR, MUTED,
                                 s->size, s->leading,
                                 fmax(s->width[c] - CELL_PAD - mark, 12));
        s->head_height = fmax(s->head_height, para_height(s->head[c]));
    }
    if (g->over != NULL)
        s->head_height += s->leading + 3;
    s->head_height += 2 * ROW_PAD;
    for (int r = 0; r < g->rows; r++) {
        const struct grid_cell *c = grid_at(g, r, 0);
        double mark = c->grade != GRADE_NO ? MARK + 4 : 0;

        s->name[r] = flow_layout(f, c->text, face_of(g, r, 0), INK, s->size,
                                 s->leading,
                                 fmax(s->width[0] - mark - 6, 30));
    }
}

static bool
row_has_share(const struct setting *s, int row)
{
    for (int c = s->from; c < s->to; c++)
        if (grid_at(s->g, row, c)->share != NULL)
            return true;
    return false;
}

static double
row_height(const struct setting *s, int row)
{
    double numbers = s->leading
        + (row_has_share(s, row) ? s->leading * .84 : 0);

    return fmax(para_height(s->name[row]), numbers) + 2 * ROW_PAD;
}

/* ---- drawing ---- */

static double
column_x(const struct setting *s, int column)
{
    double x = PAGE_LEFT + s->width[0];

    for (int c = s->from; c < column; c++)
        x += s->width[c];
    return column == 0 ? PAGE_LEFT : x;
}

static void
cell_tag(struct setting *s, const char *type, const char *attributes,
         bool tagged)
{
    if (!tagged)
        return;
    paper_open(&s->f->paper, type);
    if (attributes != NULL)
        paper_attributes(&s->f->paper, attributes);
    paper_mark(&s->f->paper);
}

static void
cell_end(struct setting *s, bool tagged)
{
    if (!tagged)
        return;
    paper_unmark(&s->f->paper);
    paper_close(&s->f->paper);
}

static void
draw_head_cell(struct setting *s, int c, double bottom, bool tagged)
{
    struct flow *f = s->f;
    const struct para *p = s->head[c];
    double mark = s->g->head[c].grade != GRADE_NO ? MARK + 3 : 0;
    double x = column_x(s, c), y = bottom - ROW_PAD - para_height(p);

    if (p->count == 0) {
        /* The corner over the names: a cell, but of nothing. */
        if (tagged) {
            paper_open(&f->paper, "TD");
            paper_close(&f->paper);
        }
        return;
    }
    cell_tag(s, "TH", "/O/Table/Scope/Column", tagged);
    if (mark > 0)
        paper_symbol(&f->paper,
                     (struct area_look){ s->g->head[c].grade, PLAIN_DARK },
                     c == 0 ? x : x + s->width[c] - CELL_PAD
                     - para_width(p) - mark, y + 1.5, MARK);
    para_draw(&f->paper, p, 0, p->count, c == 0 ? x : x + mark, y,
              c == 0 ? 0 : 1);
    cell_end(s, tagged);
}

static void
draw_over(struct setting *s, bool tagged)
{
    struct flow *f = s->f;
    int to = 1 + s->g->cells;
    double x, w = 0;

    to = to < s->to ? to : s->to;
    if (s->g->over == NULL || s->from >= to)
        return;
    x = column_x(s, s->from);
    for (int c = s->from; c < to; c++)
        w += s->width[c];
    if (tagged) {
        paper_open(&f->paper, "TR");
        paper_open(&f->paper, "TD");
        paper_close(&f->paper);
    }
    cell_tag(s, "TH", arena_printf(&f->arena, "/O/Table/Scope/Column/ColSpan"
                                   " %d", to - s->from), tagged);
    flow_line(f, s->g->over, FACE_REGULAR, MUTED, s->size, x,
              f->y + ROW_PAD + s->leading * .78, 1, w - CELL_PAD, false);
    cell_end(s, tagged);
    for (int c = to; tagged && c < s->to; c++) {
        paper_open(&f->paper, "TD");
        paper_close(&f->paper);
    }
    if (tagged)
        paper_close(&f->paper);
}

/* The head; where it is repeated it is an artifact. */
static void
draw_head(struct setting *s, bool tagged)
{
    struct flow *f = s->f;
    double bottom = f->y + s->head_height;

    if (!tagged)
        paper_artifact(&f->paper);
    else
        paper_open(&f->paper, "THead");
    draw_over(s, tagged);
    if (tagged)
        paper_open(&f->paper, "TR");
    for (int c = 0; c < s->g->columns; c++)
        if (c == 0 || (c >= s->from && c < s->to))
            draw_head_cell(s, c, bottom, tagged);
    if (tagged) {
        paper_close(&f->paper);
        paper_close(&f->paper);
        paper_artifact(&f->paper);
    }
    paper_rule(&f->paper, NAVY, .8, PAGE_LEFT, bottom, PAGE_FULL);
    paper_unmark(&f->paper);
    f->y = bottom;
}

static void
draw_number(struct setting *s, int row, int c)
{
    struct flow *f = s->f;
    const struct grid_cell *cell = grid_at(s->g, row, c);
    bool muted = cell->hidden || s->g->head[c].kind == GRID_OF;
    double right = column_x(s, c) + s->width[c] - CELL_PAD;
    double y = f->y + ROW_PAD + s->leading * .78;

    cell_tag(s, "TD", NULL, true);
    flow_line(f, cell->text, face_of(s->g, row, c), muted ? MUTED : INK,
              s->size, right, y, 1, 0, true);
    /* A blank between them, for who reads on. */
    if (cell->share != NULL) {
        flow_line(f, " ", FACE_REGULAR, MUTED, s->size, right, y, 0, 0,
                  true);
        flow_line(f, cell->share, FACE_REGULAR, MUTED, s->size * .86, right,
                  y + s->leading * .84, 1, 0, true);
    }
    cell_end(s, true);
}

static void
draw_row(struct setting *s, int row)
{
    struct flow *f = s->f;
    const struct grid_cell *cell = grid_at(s->g, row, 0);
    double mark = cell->grade != GRADE_NO ? MARK + 4 : 0;
    bool total = s->g->total && row == s->g->rows - 1;

    if (total) {
        paper_artifact(&f->paper);
        paper_rule(&f->paper, NAVY, .8, PAGE_LEFT, f->y, PAGE_FULL);
        paper_unmark(&f->paper);
    }
    paper_open(&f->paper, "TR");
    cell_tag(s, "TH", "/O/Table/Scope/Row", true);
    if (mark > 0)
        paper_symbol(&f->paper, (struct area_look){ cell->grade, PLAIN_DARK },
                     PAGE_LEFT, f->y + ROW_PAD + 1.5, MARK);
    para_draw(&f->paper, s->name[row], 0, s->name[row]->count,
              PAGE_LEFT + mark, f->y + ROW_PAD, 0);
    cell_end(s, true);
    for (int c = s->from; c < s->to; c++)
        draw_number(s, row, c);
    paper_close(&f->paper);
    f->y += row_height(s, row);
    if (row + 1 < s->g->rows && !(s->g->total && row + 2 == s->g->rows)) {
        paper_artifact(&f->paper);
        paper_rule(&f->paper, HAIR, .5, PAGE_LEFT, f->y, PAGE_FULL);
        paper_unmark(&f->paper);
    }
}

static double
table_height(const struct setting *s)
{
    double sum = s->head_height;

    for (int r = 0; r < s->g->rows; r++)
        sum += row_height(s, r);
    return sum;
}

/* Before which row this page ends where FROM is its next: no few rows stand
 * alone on the page after it. */
static int
rows_here(const struct setting *s, int from)
{
    int to = from, all = s->g->rows;
    double y = s->f->y;

    while (to < all && (to == from || y + row_height(s, to) <= PAGE_BOTTOM))
        y += row_height(s, to++);
    if (to < all && all - to < TOGETHER && all - TOGETHER > from)
        return all - TOGETHER;
    return to;
}

/* One part of the columns, with the caption above. */
static void
draw_part(struct setting *s, const struct para *caption)
{
    struct flow *f = s->f;
    double whole, first;

    share_out(s);
    lay_out(s);
    whole = para_height(caption) + 4 + table_height(s) + f->tail;
    first = para_height(caption) + 4 + s->head_height;
    for (int r = 0; r < s->g->rows && r < TOGETHER; r++)
        first += row_height(s, r);
    /* A short table stands on one page. */
    flow_need(f, whole < PAGE_ROOM * .4 ? whole : first);
    paper_open(&f->paper, "Table");
    flow_para(f, "Caption", caption, PAGE_LEFT, 4);
    draw_head(s, true);
    paper_open(&f->paper, "TBody");
    for (int r = 0, to = rows_here(s, 0); r < s->g->rows; r++) {
        if (r == to) {
            flow_page(f);
            draw_head(s, false);
            to = rows_here(s, r);
        }
        draw_row(s, r);
    }
    paper_close(&f->paper);
    paper_close(&f->paper);
    flow_clear(f, 14);
}

/* Close below the table, on its page even if a little low. */
static void
put_key(struct flow *f, const struct grid *g)
{
    if (g->key == NULL)
        return;
    f->y -= f->y > PAGE_TOP ? 9 : 0;
    f->bottom = PAGE_BOTTOM + 18;
    flow_para(f, "P", flow_layout(f, g->key, FACE_REGULAR, MUTED, 8, 11.2,
                                  PAGE_FULL), PAGE_LEFT, 0);
    f->bottom = PAGE_BOTTOM;
    flow_clear(f, 10);
}

void
folio_table(struct flow *f, const struct doc_table *t)
{
    static const double sizes[] = { 9, 8.2, 7.4 };
    struct setting s = { .f = f, .g = grid_of(f->doc, t, &f->arena) };
    const struct para *caption = flow_caption(f, "report.table_n", t->number,
                                              t->title, t->caption);

    flow_clear(f, 8);
    s.width = arena_array(&f->arena, (size_t)s.g->columns, sizeof *s.width);
    for (int i = 0; i < 3; i++) {
        s.size = sizes[i];
        s.leading = sizes[i] * 1.4;
        if (measure(&s) <= PAGE_FULL)
            break;
    }
    for (s.from = 1; s.from < s.g->columns; s.from = s.to) {
        s.to = columns_that_fit(&s, s.from);
        draw_part(&s, caption);
        measure(&s);
    }
    put_key(f, s.g);
}
