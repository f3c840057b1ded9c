/* html_table.c - tables, and key figures.
 *
 * A table's columns are put together from parts: the cells (numbers with
 * their share), then what the shape adds (share of, sum of the row, base
 * and who is outside it). Two-way tables have the share in the cell, the
 * others in a column of its own. */
#include <string.h>
#include "base/utf8.h"
#include "report/format.h"
#include "write/html.h"
#include "report/phrase.h"

static const char *
word(struct html *h, const char *key)
{
    return msg_text(h->doc->lang, key);
}

int
html_few(const struct document *doc)
{
    return doc->meta.few > 0 ? doc->meta.few : FEW;
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

void
html_number(struct html *h, const struct doc_cell *c)
{
    const char *n = format_int(&h->arena, h->doc->lang, c->n);

    if (c->hidden)
        markup_put(h->out, "<span class=\"hide\" role=\"img\" "
                   "aria-label=\"%s\" title=\"%s\">:</span>",
                   word(h, "report.hidden"), word(h, "report.hidden"));
    else if (c->n == 0)
        markup_put(h->out, "<span class=\"zero\">%s</span>", n);
    else if (c->n < html_few(h->doc) && h->doc->meta.internal && !h->plain)
        markup_put(h->out, "<span class=\"few\">%s</span>", n);
    else
        markup_text(h->out, n);
}

static const char *
share_text(struct html *h, const struct doc_cell *c)
{
    if (c->hidden)
        return "";
    if (c->of == OF_HIDDEN)
        return ":";
    return format_share(&h->arena, h->doc->lang, c->n, c->of);
}

/* The share is in the cell, under the number. */
static bool
is_cross(const struct doc_table *t)
{
    return !t->plain && t->columns.count != 1 ? true
        : t->shape == SHAPE_TWO_WAY && !t->plain;
}

static bool
has_share(const struct doc_table *t)
{
    return !t->plain && t->share != SHARE_NONE && !is_cross(t);
}

static bool
has_sum(const struct doc_table *t)
{
    return t->shape == SHAPE_TWO_WAY && !t->plain && t->columns.count > 1;
}

static bool
has_outside(const struct doc_table *t)
{
    if (t->base_count < 2 || t->shape == SHAPE_FIGURES)
        return false;
    for (int i = 0; i < t->base_count; i++)
        if (t->outside[i].unanswered != 0 || t->outside[i].unknown != 0
            || t->outside[i].not_asked != 0)
            return true;
    return false;
}

static int
extra_count(const struct doc_table *t)
{
    return has_share(t) + (has_share(t) && t->shape == SHAPE_FIGURES)
        + has_sum(t) + (has_outside(t) ? 4 : 0);
}

/* ---- head ---- */

static void
put_head_cell(struct html *h, const char *attributes, int grade,
              const char *text)
{
    buf_printf(h->out, "<th scope=\"col\"%s>", attributes);
    if (grade != GRADE_NO)
        svg_mark(h->out, (struct svg_look){ grade, PLAIN_DARK });
    html_label(h, text);
    buf_text(h->out, "</th>");
}

static void
put_extra_heads(struct html *h, const struct doc_table *t, const char *span)
{
    static const char *const outside[] = {
        "report.note_base", "report.data_unanswered", "report.data_unknown",
        "report.data_not_asked"
    };

    if (has_share(t))
        put_head_cell(h, span, GRADE_NO, word(h, "report.share"));
    if (has_share(t) && t->shape == SHAPE_FIGURES)
        put_head_cell(h, span, GRADE_NO, word(h, "report.share_of"));
    if (has_sum(t))
        put_head_cell(h, span, GRADE_NO, word(h, "report.total"));
    for (int i = 0; has_outside(t) && i < 4; i++)
        put_head_cell(h, span, GRADE_NO, word(h, outside[i]));
}

static void
put_head(struct html *h, const struct doc_table *t)
{
    bool over = t->columns.label[0] != '\0' && t->columns.count > 1;
    const char *span = over ? " rowspan=\"2\"" : "";

    buf_printf(h->out, "<thead>\n<tr%s>", over ? " class=\"over\"" : "");
    if (t->rows.label[0] != '\0')
        put_head_cell(h, span, GRADE_NO, t->rows.label);
    else
        buf_printf(h->out, "<td%s></td>", span);
    if (over) {
        markup_put(h->out, "<th scope=\"colgroup\" colspan=\"%d\">%s</th>",
                   t->columns.count, t->columns.label);
        put_extra_heads(h, t, span);
        buf_text(h->out, "</tr>\n<tr>");
    }
    for (int c = 0; c < t->columns.count; c++)
        put_head_cell(h, "", t->columns.key[c].grade,
                      t->columns.count == 1 && !t->plain && !is_cross(t)
                      ? word(h, "report.number") : t->columns.key[c].label);
    if (!over)
        put_extra_heads(h, t, "");
    buf_text(h->out, "</tr>\n</thead>\n");
}

/* ---- body ---- */

static void
put_cell(struct html *h, const struct doc_table *t,
         const struct doc_cell *c)
{
    buf_text(h->out, "<td>");
    html_number(h, c);
    if (is_cross(t) && c->of != OF_NONE && c->of != OF_HIDDEN && !c->hidden
        && c->n > 0)
        markup_put(h->out, "<small>%s</small>", share_text(h, c));
    buf_text(h->out, "</td>");
}

static void
put_number(struct html *h, const char *class, int64_t n)
{
    const struct doc_cell c = {
        .n = n, .of = OF_NONE, .hidden = n == NUMBER_HIDDEN
    };

    buf_printf(h->out, "<td%s>", class);
    html_number(h, &c);
    buf_text(h->out, "</td>");
}

static void
put_share(struct html *h, const struct doc_table *t,
          const struct doc_cell *c)
{
    markup_put(h->out, "<td>%s</td>",
               c->of != OF_NONE ? share_text(h, c) : "");
    if (t->shape != SHAPE_FIGURES)
        return;
    markup_put(h->out, "<td class=\"muted\">%s</td>", c->of == OF_NONE ? ""
               : c->of == OF_HIDDEN ? ":"
               : format_int(&h->arena, h->doc->lang, c->of));
}

static void
put_extras(struct html *h, const struct doc_table *t, int row)
{
    struct doc_cell sum;

    if (has_share(t))
        put_share(h, t, doc_cell_at(t, row, 0));
    if (has_sum(t)) {
        sum = doc_row_sum(t, row);
        buf_text(h->out, "<td class=\"total\">");
        html_number(h, &sum);
        buf_text(h->out, "</td>");
    }
    if (has_outside(t)) {
        put_number(h, " class=\"total\"", t->base[row]);
        put_number(h, "", t->outside[row].unanswered);
        put_number(h, "", t->outside[row].unknown);
        put_number(h, "", t->outside[row].not_asked);
    }
}

static void
put_row(struct html *h, const struct doc_table *t, int row)
{
    const struct doc_key *k = &t->rows.key[row];

    buf_text(h->out, "<tr><th scope=\"row\">");
    if (k->grade != GRADE_NO)
        svg_mark(h->out, (struct svg_look){ k->grade, PLAIN_DARK });
    html_label(h, k->label);
    buf_text(h->out, "</th>");
    for (int c = 0; c < t->columns.count; c++)
        put_cell(h, t, doc_cell_at(t, row, c));
    put_extras(h, t, row);
    buf_text(h->out, "</tr>\n");
}

/* The sum of a column, with its share of all where shares are of rows. */
static struct doc_cell
total_of(const struct doc_table *t, int column, const struct doc_cell *all)
{
    struct doc_cell sum = doc_column_sum(t, column);

    if (t->plain || t->share == SHARE_NONE)
        return sum;
    if (t->share != SHARE_COLUMNS && t->columns.count > 1)
        sum.of = all->hidden ? OF_HIDDEN : all->n;
    return sum;
}

static void
put_totals(struct html *h, const struct doc_table *t)
{
    struct doc_cell all = doc_sum(t);

    markup_put(h->out, "<tfoot>\n<tr><th scope=\"row\">%s</th>",
               word(h, "report.total"));
    for (int c = 0; c < t->columns.count; c++) {
        struct doc_cell sum = total_of(t, c, &all);

        put_cell(h, t, &sum);
    }
    if (has_share(t))
        buf_text(h->out, "<td></td>");
    if (has_sum(t))
        put_number(h, " class=\"total\"",
                   all.hidden ? NUMBER_HIDDEN : all.n);
    buf_text(h->out, "</tr>\n</tfoot>\n");
}

void
html_table(struct html *h, const struct doc_table *t)
{
    const char *name = h->doc->single ? word(h, "report.table")
        : HTML_SAY(h, "report.table_n",
                   format_int(&h->arena, h->doc->lang, t->number), NULL);

    markup_put(h->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\""
               " aria-label=\"%s %s\">\n<table class=\"%s\">\n<caption><span>",
               name, t->title, is_cross(t) ? "cross"
               : extra_count(t) > 2 || t->plain ? "wide" : "plain");
    html_caption(h, "report.table_n", t->number, t->title, t->caption);
    buf_text(h->out, "</span></caption>\n");
    h->plain = t->plain;
    put_head(h, t);
    buf_text(h->out, "<tbody>\n");
    for (int r = 0; r < t->rows.count; r++)
        put_row(h, t, r);
    buf_text(h->out, "</tbody>\n");
    if (t->totals && t->rows.count > 1)
        put_totals(h, t);
    h->plain = false;
    buf_text(h->out, "</table>\n</div>\n");
}

void
html_figures(struct html *h, const struct doc_table *t)
{
    buf_text(h->out, "<dl class=\"tiles\">\n");
    for (int r = 0; r < t->rows.count; r++) {
        const struct doc_cell *c = doc_cell_at(t, r, 0);

        buf_text(h->out, "<div><dt>");
        html_label(h, t->rows.key[r].label);
        buf_text(h->out, "</dt><dd><b>");
        html_number(h, c);
        buf_text(h->out, "</b>");
        if (c->of > 0 && !c->hidden)
            markup_put(h->out, " <span class=\"num\">%s</span>",
                       HTML_SAY(h, "report.share_of_number",
                                share_text(h, c),
                                format_int(&h->arena, h->doc->lang, c->of),
                                NULL));
        buf_text(h->out, "</dd></div>\n");
    }
    buf_text(h->out, "</dl>\n");
}
