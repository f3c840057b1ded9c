/* slide_table.c - tables on slides, a page at a time.
 *
 * First every cell is a text, then the columns get their widths and the
 * rows their heights; what does not fit goes on on the next slide, with its
 * head. A table with more columns than the smallest text has room for is
 * shown in parts, each with the rows' names. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/grid.h"
#include "write/slide.h"

enum { TABLE_LARGE = 20, TABLE_SMALL = 14, PAD = 12, LABEL_MOST = 440 };

struct slide_table {
    struct deck *d;
    const struct doc_table *t;
    const char **text;          /* rows x columns, the head first */
    int rows, columns, left;    /* LEFT: rows that are not shown */
    const char *key;            /* what ":" means; NULL: there is none */
    bool total;                 /* the last row is sums */
    int *width;
    int size;
    int row, from, to;          /* what comes next: row, columns */
};

/* ---- texts ---- */

/* A cell as one text; the row of sums has no shares. */
static const char *
cell_text(struct deck *d, const struct grid_cell *c, bool share)
{
    if (!share || c->share == NULL)
        return c->text;
    return arena_printf(&d->arena, "%s" FORMAT_NBSP "(%s)", c->text,
                        c->share);
}

/* The first SHOWN rows of G and its sums, below their heads. */
static void
fill(struct slide_table *s, const struct grid *g, int shown)
{
    const char **text = s->text;

    for (int c = 0; c < g->columns; c++)
        *text++ = g->head[c].text;
    for (int r = 0; r < shown; r++)
        for (int c = 0; c < g->columns; c++)
            *text++ = cell_text(s->d, grid_at(g, r, c), true);
    for (int c = 0; g->total && c < g->columns; c++)
        *text++ = cell_text(s->d, grid_at(g, g->rows - 1, c), false);
}

/* ---- widths ---- */

/* How wide the longest word of TEXT is: a head is not broken in one. */
static int
longest_word(struct slide_table *s, const char *text, int size)
{
    int most = 0;

    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        int w = words_width(arena_text_n(&s->d->arena, text, n), size, true);

        most = w > most ? w : most;
        text += n + strspn(text + n, " ");
    }
    return most + 2 * PAD;
}

static int
column_width(struct slide_table *s, int column, int size)
{
    int most = 0, limit = column == 0 ? LABEL_MOST * size / TABLE_LARGE
                                      : SLIDE_WIDTH;

    for (int r = 0; r < s->rows; r++) {
        int w = words_width(s->text[r * s->columns + column], size, r == 0)
            + 2 * PAD;

        /* A head may take two lines. */
        if (r == 0 && column > 0) {
            int word = longest_word(s, s->text[column], size);

            w = w * 6 / 10 + PAD;
            w = word > w ? word : w;
        }
        most = w > most ? w : most;
    }
    return most < limit ? most : limit;
}

/* The columns' widths at SIZE; their sum. */
static int
measure(struct slide_table *s, int size)
{
    int sum = 0;

    s->size = size;
    for (int c = 0; c < s->columns; c++) {
        s->width[c] = column_width(s, c, size);
        sum += s->width[c];
    }
    return sum;
}

/* How many columns behind FROM fit beside the names; at least one. */
static void
choose_columns(struct slide_table *s, int room)
{
    int used = s->width[0];

    s->to = s->from;
    while (s->to < s->columns && (used + s->width[s->to] <= room
                                  || s->to == s->from))
        used += s->width[s->to++];
}

struct slide_table *
slide_table_of(struct deck *d, const struct doc_table *t)
{
    struct slide_table *s = arena_take(&d->arena, sizeof *s);
    const struct grid *g = grid_of(d->doc, t, &d->arena);
    int shown = t->rows.count < SLIDE_ROWS ? t->rows.count : SLIDE_ROWS;

    s->d = d;
    s->t = t;
    s->left = t->rows.count - shown;
    s->total = g->total;
    s->key = g->key;
    s->rows = 1 + shown + s->total;
    s->columns = g->columns;
    s->text = arena_array(&d->arena, (size_t)s->rows * (size_t)s->columns,
                          sizeof *s->text);
    s->width = arena_array(&d->arena, (size_t)s->columns, sizeof *s->width);
    fill(s, g, shown);
    for (int size = TABLE_LARGE; size >= TABLE_SMALL; size -= 2)
        if (measure(s, size) <= d->body.w)
            break;
    s->row = 1;
    s->from = 1;
    choose_columns(s, d->body.w);
    return s;
}

/* ---- a page of it ---- */

static int
row_height(const struct slide_table *s, int row)
{
    int lines = 1;

    for (int c = 0; c < s->columns; c++) {
        int n;

        if (c != 0 && (c < s->from || c >= s->to))
            continue;
        n = words_lines(s->text[row * s->columns + c], s->size, row == 0,
                        s->width[c] - 2 * PAD);
        lines = n > lines ? n : lines;
    }
    return words_height(lines, s->size) + PAD;
}

static void
put_border(struct slide *p, const char *side, bool strong)
{
    xml_put(p->out, "<a:%s w=\"%d\"><a:solidFill><a:schemeClr val=\"%s\"/>"
            "</a:solidFill></a:%s>", side, strong ? 12700 : 6350,
            strong ? "tx2" : "bg2", side);
}

static void
put_no_border(struct slide *p, const char *side)
{
    xml_put(p->out, "<a:%s w=\"0\"><a:noFill/></a:%s>", side, side);
}

static void
put_cell(struct slide *p, const struct slide_table *s, int row, int column)
{
    bool head = row == 0, sum = s->total && row == s->rows - 1;
    struct words how = {
        .size = s->size, .bold = head || sum, .right = column > 0,
        .tint = head ? TINT_HEAD : TINT_TEXT
    };
    long long pad = (long long)slide_emu(p, PAD / 2);

    buf_text(p->out, "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>");
    slide_paragraph(p, how);
    slide_run(p, s->text[row * s->columns + column], how, NULL);
    xml_put(p->out, "</a:p></a:txBody><a:tcPr marL=\"%lld\" marR=\"%lld\""
            " marT=\"%lld\" marB=\"%lld\" anchor=\"%s\">",
            column == 0 ? 0 : pad, pad, pad / 2, pad / 2,
            head ? "b" : "ctr");
    put_no_border(p, "lnL");
    put_no_border(p, "lnR");
    if (sum)
        put_border(p, "lnT", true);
    else
        put_no_border(p, "lnT");
    put_border(p, "lnB", head || sum);
    buf_text(p->out, "<a:noFill/></a:tcPr></a:tc>");
}

static void
put_row(struct slide *p, const struct slide_table *s, int row)
{
    xml_put(p->out, "<a:tr h=\"%lld\">",
            (long long)slide_emu(p, row_height(s, row)));
    put_cell(p, s, row, 0);
    for (int c = s->from; c < s->to; c++)
        put_cell(p, s, row, c);
    buf_text(p->out, "</a:tr>");
}

/* How wide the part is that is put. */
static int
part_width(const struct slide_table *s)
{
    int sum = s->width[0];

    for (int c = s->from; c < s->to; c++)
        sum += s->width[c];
    return sum;
}

static void
put_grid(struct slide *p, const struct slide_table *s)
{
    xml_put(p->out, "<a:gridCol w=\"%lld\"/>",
            (long long)slide_emu(p, s->width[0]));
    for (int c = s->from; c < s->to; c++)
        xml_put(p->out, "<a:gridCol w=\"%lld\"/>",
                (long long)slide_emu(p, s->width[c]));
}

/* Spreads what is left of ROOM over the columns, but never so much that the
 * numbers of a row are torn apart. */
static void
widen(struct slide_table *s, int room)
{
    int sum = part_width(s), left = room - sum, each;

    if (left <= 0)
        return;
    each = left / (s->to - s->from + 1);
    each = each > 60 ? 60 : each;
    s->width[0] += each;
    for (int c = s->from; c < s->to; c++)
        s->width[c] += each;
}

/* What stands below the rows of a slide that ends before END: how many of a
 * long table are not shown, what ":" means. "" is nothing. */
static const char *
words_below(const struct slide_table *s, int end)
{
    struct deck *d = s->d;
    const char *left = s->left == 0 || end < s->rows ? ""
        : phrase_say(&d->arena, d->doc->lang, "pptx.rows_left",
                     format_int(&d->arena, d->doc->lang, s->left), NULL);

    if (s->key == NULL)
        return left;
    return arena_printf(&d->arena, "%s%s%s", left, *left != '\0' ? ". " : "",
                        s->key);
}

/* A last row across all columns. */
static void
put_below(struct slide *p, const struct slide_table *s, const char *text)
{
    struct deck *d = s->d;
    struct words how = { .size = s->size, .tint = TINT_MUTED };

    xml_put(p->out, "<a:tr h=\"%lld\"><a:tc gridSpan=\"%d\"><a:txBody>"
            "<a:bodyPr/><a:lstStyle/>",
            (long long)slide_emu(p, words_height(1, s->size) + PAD),
            s->to - s->from + 1);
    slide_paragraph(p, how);
    slide_run(p, text, how, NULL);
    buf_text(p->out, "</a:p></a:txBody><a:tcPr/></a:tc>");
    for (int c = s->from; c < s->to; c++)
        xml_put(p->out, "<a:tc hMerge=\"1\"><a:txBody><a:bodyPr/>"
                "<a:lstStyle/><a:p><a:endParaRPr lang=\"%s\"/></a:p>"
                "</a:txBody><a:tcPr/></a:tc>", opc_lang(d->doc->lang));
    buf_text(p->out, "</a:tr>");
}

bool
slide_table(struct slide *p, struct rect at, struct slide_table *s)
{
    int used = row_height(s, 0), end;
    const char *below;

    if (s->key != NULL)
        used += words_height(1, s->size) + PAD;
    for (end = s->row; end < s->rows; end++) {
        int h = row_height(s, end);

        if (used + h > at.h && end > s->row)
            break;
        used += h;
    }
    widen(s, at.w);
    at.w = part_width(s);
    at.h = used;
    slide_frame(p, at, "Table", arena_printf(&s->d->arena, "%s. %s",
                                            s->t->title, s->t->caption));
    buf_text(p->out, "<a:graphic><a:graphicData uri=\"http://schemas."
             "openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr"
             " firstRow=\"1\"/><a:tblGrid>");
    put_grid(p, s);
    buf_text(p->out, "</a:tblGrid>");
    put_row(p, s, 0);
    for (; s->row < end; s->row++)
        put_row(p, s, s->row);
    below = words_below(s, end);
    if (*below != '\0')
        put_below(p, s, below);
    buf_text(p->out, "</a:tbl></a:graphicData></a:graphic>"
             "</p:graphicFrame>");
    if (s->row == s->rows) {
        s->row = 1;
        s->from = s->to;
        if (s->from < s->columns)
            choose_columns(s, at.w > s->d->body.w ? at.w : s->d->body.w);
    }
    return s->from < s->columns;
}
