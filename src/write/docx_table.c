/* docx_table.c - tables of numbers; see docx.h. The small ones, without
 * numbers in a grid, are in docx_boxes.c.
 *
 * What stands where is the grid's (grid.h). Columns get the width their
 * words want; what does not fit beside each other goes into further parts
 * below, each with the names of the rows (Word has no table of more than 63
 * columns). Rows are not broken, heads are repeated on each page, and a
 * small table stays on one. */
#include <string.h>
#include "base/utf8.h"
#include "write/docx.h"
#include "write/grid.h"

enum {
    CHAR = 100, PADDING = 200,  /* twips: a character, a cell's two sides */
    COLUMN_LEAST = 760, COLUMN_MOST = 2400,
    NAME_LEAST = 2300, NAME_TIGHT = 1800,
    TOGETHER = 14               /* rows of a table that is not broken */
};

struct setting {
    struct docx *x;
    const struct doc_table *t;
    const struct grid *g;
    int *width;                 /* of each column; [0] the rows' names, in
                                 * this part */
    int from, to;               /* columns of the part */
    int name_least;
};

/* ---- columns ---- */

/* The widest word decides, for heads are broken between words. */
static int
width_of(const char *head)
{
    int most = 0;

    while (*head != '\0') {
        size_t n = strcspn(head, " -");
        int chars = (int)utf8_count(head, n) + 1;

        most = chars > most ? chars : most;
        head += n + (head[n] != '\0');
    }
    most = most * CHAR + PADDING;
    return most < COLUMN_LEAST ? COLUMN_LEAST
        : most > COLUMN_MOST ? COLUMN_MOST : most;
}

static void
find_widths(struct setting *s)
{
    s->width = arena_array(&s->x->arena, (size_t)s->g->columns,
                           sizeof *s->width);
    for (int c = 1; c < s->g->columns; c++)
        s->width[c] = width_of(s->g->head[c].text)
            + (s->g->head[c].grade != GRADE_NO ? 2 * CHAR : 0);
}

/* A table a little too wide is made narrower rather than cut. */
static void
squeeze(struct setting *s)
{
    int room = s->x->width - NAME_TIGHT, all = 0;

    s->name_least = NAME_LEAST;
    for (int c = 1; c < s->g->columns; c++)
        all += s->width[c];
    if (all <= s->x->width - NAME_LEAST || all > room * 4 / 3)
        return;
    s->name_least = NAME_TIGHT;
    for (int c = 1; all > room && c < s->g->columns; c++)
        s->width[c] = (int)((int64_t)s->width[c] * room / all);
}

/* As many columns from FROM on as there is room for, at least one; the
 * width that is left goes to all of them and to the rows' names. */
static void
fit_part(struct setting *s)
{
    int room = s->x->width - s->name_least, n, more;

    for (s->to = s->from; s->to < s->g->columns; s->to++) {
        if (s->to > s->from && s->width[s->to] > room)
            break;
        room -= s->width[s->to];
    }
    n = s->to - s->from;
    room = room < 0 ? 0 : room;
    more = room / 2 / n > 700 ? 700 : room / 2 / n;
    for (int c = s->from; c < s->to; c++)
        s->width[c] += more;
    s->width[0] = s->name_least + room - more * n;
}

/* ---- cells ---- */

static void
open_cell(struct setting *s, int width, const char *props)
{
    xml_put(s->x->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>",
            width);
    buf_text(s->x->out, props);
    buf_text(s->x->out, "</w:tcPr>");
}

static void
close_cell(struct setting *s)
{
    buf_text(s->x->out, "</w:tc>");
}

static void
put_count(struct docx *x, const struct grid_cell *c, struct docx_run how)
{
    how.few = c->few;
    docx_text(x, c->text, how);
}

void
docx_number(struct docx *x, const struct doc_cell *c, struct docx_run how)
{
    struct grid_cell cell = grid_number(x->doc, c, &x->arena);

    put_count(x, &cell, how);
}

/* A number, and below it what share that is where both are in one cell. */
static void
put_number(struct setting *s, int row, int column, const char *props)
{
    const struct grid_cell *c = grid_at(s->g, row, column);
    bool strong = s->g->head[column].kind == GRID_SUM
        || (s->g->total && row == s->g->rows - 1);

    docx_open(s->x, LOOK_CELL, props);
    put_count(s->x, c, (struct docx_run){
        .style = strong ? RUN_STRONG : 0 });
    if (c->share != NULL) {
        docx_break(s->x);
        docx_text(s->x, c->share,
                  (struct docx_run){ .colour = "545F6D", .size = 15 });
    }
    docx_close(s->x);
}

/* ---- rows ---- */

static void
open_row(struct setting *s, bool head)
{
    buf_text(s->x->out, "<w:tr><w:trPr><w:cantSplit/>");
    buf_text(s->x->out, head ? "<w:tblHeader/></w:trPr>" : "</w:trPr>");
}

/* Rules of our own look; a template's table style has its own. */
static const char *
rule(struct setting *s, const char *side, const char *rest)
{
    return !s->x->own_table ? rest
        : arena_printf(&s->x->arena, "<w:tcBorders><w:%s w:val=\"single\""
                       " w:sz=\"8\" w:space=\"0\" w:color=\"%s\"/>"
                       "</w:tcBorders>%s", side, s->x->ink, rest);
}

/* ALIGN is w:val of <w:jc>. */
static void
head_cell(struct setting *s, int width, const char *props, const char *text,
          int grade, const char *align)
{
    open_cell(s, width, props);
    docx_open(s->x, LOOK_CELL,
              arena_printf(&s->x->arena, "<w:keepNext/><w:jc w:val=\"%s\"/>",
                           align));
    docx_mark(s->x, grade);
    docx_text(s->x, text, (struct docx_run){ .style = RUN_STRONG });
    docx_close(s->x);
    close_cell(s);
}

static void
name_head(struct setting *s, const char *props, const char *text)
{
    head_cell(s, s->width[0], props, text, GRADE_NO, "left");
}

/* The row of what all columns are of, over the row of what each is. */
static void
put_over(struct setting *s)
{
    const char *merged = "<w:vMerge w:val=\"restart\"/>"
        "<w:vAlign w:val=\"bottom\"/>";
    int span = 0, width = 0, c = s->from;

    open_row(s, true);
    name_head(s, merged, s->g->head[0].text);
    for (; c < s->to && c <= s->g->cells; c++) {
        span++;
        width += s->width[c];
    }
    if (span > 0)
        head_cell(s, width, arena_printf(&s->x->arena,
                                         "<w:gridSpan w:val=\"%d\"/>", span),
                  s->g->over, GRADE_NO, "center");
    for (; c < s->to; c++)
        head_cell(s, s->width[c], merged, s->g->head[c].text, GRADE_NO,
                  "right");
    buf_text(s->x->out, "</w:tr>");
}

static void
put_head(struct setting *s)
{
    bool over = s->g->over != NULL;
    const char *alone = rule(s, "bottom", "<w:vAlign w:val=\"bottom\"/>");
    const char *merged = arena_printf(&s->x->arena, "%s%s",
                                      over ? "<w:vMerge/>" : "", alone);

    if (over)
        put_over(s);
    open_row(s, true);
    name_head(s, merged, over ? "" : s->g->head[0].text);
    for (int c = s->from; c < s->to; c++) {
        const struct grid_head *h = &s->g->head[c];
        bool cell = h->kind == GRID_CELL;

        head_cell(s, s->width[c], cell ? alone : merged,
                  over && !cell ? "" : h->text, h->grade, "right");
    }
    buf_text(s->x->out, "</w:tr>");
}

/* KEEP: on the page of the next row. */
static void
put_row(struct setting *s, int row, bool keep)
{
    const struct grid_cell *name = grid_at(s->g, row, 0);
    bool total = s->g->total && row == s->g->rows - 1;
    const char *props = total ? rule(s, "top", "") : "";
    bool strong = total || s->g->cross || name->grade != GRADE_NO;

    open_row(s, false);
    open_cell(s, s->width[0], props);
    docx_open(s->x, LOOK_CELL, keep ? "<w:keepNext/>" : "");
    docx_mark(s->x, name->grade);
    docx_text(s->x, name->text, (struct docx_run){
        .style = strong ? RUN_STRONG : 0 });
    docx_close(s->x);
    close_cell(s);
    for (int c = s->from; c < s->to; c++) {
        open_cell(s, s->width[c], props);
        put_number(s, row, c, keep ? "<w:keepNext/><w:jc w:val=\"right\"/>"
                                   : "<w:jc w:val=\"right\"/>");
        close_cell(s);
    }
    buf_text(s->x->out, "</w:tr>");
}

/* The part's frame, with the widths of its columns. */
static void
open_part(struct setting *s)
{
    struct buf *b = s->x->out;
    int width = s->width[0];

    for (int c = s->from; c < s->to; c++)
        width += s->width[c];
    xml_put(b, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%d\""
            " w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
            "<w:tblLook w:val=\"%s\" w:firstRow=\"1\" w:lastRow=\"%d\""
            " w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"0\""
            " w:noVBand=\"1\"/><w:tblCaption w:val=\"%s\"/>"
            "<w:tblDescription w:val=\"%s\"/></w:tblPr><w:tblGrid>",
            s->x->style[LOOK_TABLE], width, s->g->total ? "04E0" : "04A0",
            (int)s->g->total, s->t->title, s->t->caption);
    xml_put(b, "<w:gridCol w:w=\"%d\"/>", s->width[0]);
    for (int c = s->from; c < s->to; c++)
        xml_put(b, "<w:gridCol w:w=\"%d\"/>", s->width[c]);
    buf_text(b, "</w:tblGrid>");
}

static void
put_part(struct setting *s)
{
    int last = s->g->rows - 1;

    open_part(s);
    put_head(s);
    for (int r = 0; r <= last; r++)
        put_row(s, r, r == 0 || r + 1 == last
                || (last < TOGETHER && r < last));
    buf_text(s->x->out, "</w:tbl>");
    s->x->after_table = true;
}

void
docx_table(struct docx *x, const struct doc_table *t)
{
    struct setting s = { .x = x, .t = t,
                         .g = grid_of(x->doc, t, &x->arena) };

    docx_caption(x, "report.table_n", t->number, t->title, t->caption);
    find_widths(&s);
    squeeze(&s);
    for (s.from = 1; s.from < s.g->columns; s.from = s.to) {
        if (s.from > 1)
            docx_paragraph(x, LOOK_GAP, "<w:keepNext/>", "",
                           (struct docx_run){ 0 });
        fit_part(&s);
        put_part(&s);
    }
    if (s.g->key != NULL)
        docx_paragraph(x, LOOK_NOTE, "", s.g->key, (struct docx_run){ 0 });
}
