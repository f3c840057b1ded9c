/* html_table.c - tables, and key figures.
 *
 * What stands where is the grid's (grid.h); here each kind of column gets
 * its class, and a number the marks that a reader sees or is told of. */
#include <string.h>
#include "base/utf8.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/grid.h"
#include "write/html.h"

static const char *
word(struct html *h, const char *key)
{
    return msg_text(h->doc->lang, key);
}

void
html_caption(struct html *h, const char *key, int number, const char *title,
             const char *caption)
{
    if (!h->doc->single)
        markup_put(h->out, "<b>%s</b>",
                   HTML_SAY(h, key, format_int(&h->arena, h->doc->lang,
                                               number), NULL));
    if (h->titled || *caption == '\0')
        markup_put(h->out, " %s.", title);
    if (*caption != '\0')
        markup_put(h->out, " %s", caption);
}

void
html_label(struct html *h, const char *label)
{
    bool nowrap = utf8_count(label, strlen(label)) <= SHORT
        && strchr(label, ' ') != NULL;

    markup_put(h->out, nowrap ? "<span class=\"short\">%s</span>" : "%s",
               label);
}

static void
put_number(struct html *h, const struct grid_cell *c)
{
    if (c->hidden)
        markup_put(h->out, "<span class=\"hide\" role=\"img\" "
                   "aria-label=\"%s\" title=\"%s\">:</span>",
                   word(h, "report.hidden"), word(h, "report.hidden"));
    else if (c->zero)
        markup_put(h->out, "<span class=\"zero\">%s</span>", c->text);
    else if (c->few)
        markup_put(h->out, "<span class=\"few\">%s</span>", c->text);
    else
        markup_text(h->out, c->text);
}

void
html_number(struct html *h, const struct doc_cell *c)
{
    struct grid_cell cell = grid_number(h->doc, c, &h->arena);

    put_number(h, &cell);
}

/* ---- head ---- */

static void
put_head_cell(struct html *h, const char *attributes,
              const struct grid_head *head)
{
    buf_printf(h->out, "<th scope=\"col\"%s>", attributes);
    if (head->grade != GRADE_NO)
        svg_mark(h->out, (struct area_look){ head->grade, PLAIN_DARK });
    html_label(h, head->text);
    buf_text(h->out, "</th>");
}

/* The heads of columns FROM.. of GRID. */
static void
put_heads(struct html *h, const struct grid *g, int from, int to,
          const char *span)
{
    for (int c = from; c < to; c++)
        put_head_cell(h, span, &g->head[c]);
}

static void
put_head(struct html *h, const struct grid *g)
{
    const char *span = g->over != NULL ? " rowspan=\"2\"" : "";
    int behind = 1 + g->cells;

    buf_printf(h->out, "<thead>\n<tr%s>",
               g->over != NULL ? " class=\"over\"" : "");
    if (g->head[0].text[0] != '\0')
        put_head_cell(h, span, &g->head[0]);
    else
        buf_printf(h->out, "<td%s></td>", span);
    if (g->over != NULL) {
        markup_put(h->out, "<th scope=\"colgroup\" colspan=\"%d\">%s</th>",
                   g->cells, g->over);
        put_heads(h, g, behind, g->columns, span);
        buf_text(h->out, "</tr>\n<tr>");
    }
    put_heads(h, g, 1, g->over != NULL ? behind : g->columns, "");
    buf_text(h->out, "</tr>\n</thead>\n");
}

/* ---- body ---- */

static void
put_cell(struct html *h, enum grid_kind kind, const struct grid_cell *c)
{
    buf_text(h->out, kind == GRID_SUM || kind == GRID_BASE
             ? "<td class=\"total\">"
             : kind == GRID_OF ? "<td class=\"muted\">" : "<td>");
    put_number(h, c);
    if (c->share != NULL)
        markup_put(h->out, "<small>%s</small>", c->share);
    buf_text(h->out, "</td>");
}

static void
put_row(struct html *h, const struct grid *g, int row)
{
    const struct grid_cell *name = grid_at(g, row, 0);

    buf_text(h->out, "<tr><th scope=\"row\">");
    if (name->grade != GRADE_NO)
        svg_mark(h->out, (struct area_look){ name->grade, PLAIN_DARK });
    if (g->total && row == g->rows - 1)
        markup_text(h->out, name->text);
    else
        html_label(h, name->text);
    buf_text(h->out, "</th>");
    for (int c = 1; c < g->columns; c++)
        put_cell(h, g->head[c].kind, grid_at(g, row, c));
    buf_text(h->out, "</tr>\n");
}

static void
put_rows(struct html *h, const struct grid *g)
{
    int sums = g->rows - g->total;

    buf_text(h->out, "<tbody>\n");
    for (int r = 0; r < sums; r++)
        put_row(h, g, r);
    buf_text(h->out, "</tbody>\n");
    if (!g->total)
        return;
    buf_text(h->out, "<tfoot>\n");
    put_row(h, g, sums);
    buf_text(h->out, "</tfoot>\n");
}

void
html_table(struct html *h, const struct doc_table *t)
{
    const struct grid *g = grid_of(h->doc, t, &h->arena);
    const char *name = h->doc->single ? word(h, "report.table")
        : HTML_SAY(h, "report.table_n",
                   format_int(&h->arena, h->doc->lang, t->number), NULL);

    markup_put(h->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\""
               " aria-label=\"%s %s\">\n<table class=\"%s\">\n<caption><span>",
               name, t->title, g->cross ? "cross"
               : g->columns - g->cells > 3 || t->plain ? "wide" : "plain");
    html_caption(h, "report.table_n", t->number, t->title, t->caption);
    buf_text(h->out, "</span></caption>\n");
    put_head(h, g);
    put_rows(h, g);
    buf_text(h->out, "</table>\n</div>\n");
    if (g->key != NULL)
        markup_put(h->out, "<p class=\"table-key\">%s</p>\n", g->key);
}

void
html_figures(struct html *h, const struct doc_table *t)
{
    buf_text(h->out, "<dl class=\"tiles\">\n");
    for (int r = 0; r < t->rows.count; r++) {
        const struct doc_cell *c = doc_cell_at(t, r, 0);
        const char *of = grid_share_of(h->doc, c, &h->arena);

        buf_text(h->out, "<div><dt>");
        html_label(h, t->rows.key[r].label);
        buf_text(h->out, "</dt><dd><b>");
        html_number(h, c);
        buf_text(h->out, "</b>");
        if (of != NULL)
            markup_put(h->out, " <span class=\"num\">%s</span>", of);
        buf_text(h->out, "</dd></div>\n");
    }
    buf_text(h->out, "</dl>\n");
}
