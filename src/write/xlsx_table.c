/* xlsx_table.c - a table's sheet: title, what is counted, heads, counts and
 * beside them shares, base and who is outside it, notes.
 *
 *     1  Tabell 3. Mottakere etter alder og kjønn
 *     2  Antall, og andel av mottakerne med samme kjønn.
 *     3  < Innhold
 *     5  Aldersgruppe | Antall         | Andel
 *     6               | Mann   Kvinne  | Mann   Kvinne  | I alt
 *     7  18-25 år     |  122      111  |  15 %    11 %  |   233
 */
#include <string.h>
#include "base/utf8.h"
#include "write/xlsx.h"

enum { NOTE_PIXELS = 6, DIGIT_PIXELS = 7 };     /* a character, about */

enum {
    ROW_TITLE, ROW_CAPTION, ROW_BACK, ROW_GROUP = 4, ROW_HEAD, ROW_FIRST
};

struct tabling {
    struct xlsx *x;
    const struct doc_table *t;
    const struct xlsx_sheet *s;
    lxw_worksheet *sheet;
    struct xlsx_place place;
    int column;                 /* next free */
};

static const char *
say(const struct tabling *g, const char *key)
{
    return msg_text(g->x->doc->lang, key);
}

static void
put_count(struct tabling *g, int row, int column, const struct doc_cell *c,
          enum xlsx_format format)
{
    if (c->hidden)
        xlsx_text(g->x, g->sheet, row, column, ":", XLSX_HIDDEN);
    else
        xlsx_int(g->x, g->sheet, row, column, c->n, format);
}

static void
put_number(struct tabling *g, int row, int column, int64_t n)
{
    const struct doc_cell c = { .n = n, .hidden = n == NUMBER_HIDDEN };

    put_count(g, row, column, &c, XLSX_NUMBER);
}

static void
put_share(struct tabling *g, int row, int column, const struct doc_cell *c)
{
    if (c->of == OF_NONE || c->of == 0)
        return;
    if (c->hidden || c->of == OF_HIDDEN)
        xlsx_text(g->x, g->sheet, row, column, ":", XLSX_HIDDEN);
    else
        worksheet_write_number(g->sheet, (lxw_row_t)row, (lxw_col_t)column,
                               (double)c->n / (double)c->of,
                               g->x->format[XLSX_SHARE]);
}

static bool
has_shares(const struct doc_table *t)
{
    bool any = false;

    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        any |= t->cell[i].of != OF_NONE && t->cell[i].of != 0;
    return any && !t->plain && t->share != SHARE_NONE;
}

static bool
has_row_sums(const struct doc_table *t)
{
    return t->shape == SHAPE_TWO_WAY && !t->plain && t->columns.count > 1;
}

/* A base a row. */
static bool
has_bases(const struct doc_table *t)
{
    return !t->plain && t->base_count > 1;
}

/* ---- heads ---- */

/* What stands over COUNT columns from the next free one. */
static void
put_group(struct tabling *g, const char *text, int count)
{
    lxw_format *format = g->x->format[XLSX_HEAD];

    if (count > 1)
        worksheet_merge_range(g->sheet, ROW_GROUP, (lxw_col_t)g->column,
                              ROW_GROUP, (lxw_col_t)(g->column + count - 1),
                              text, format);
    else
        worksheet_write_string(g->sheet, ROW_GROUP, (lxw_col_t)g->column,
                               text, format);
}

static void
put_column_heads(struct tabling *g)
{
    const struct doc_side *side = &g->t->columns;
    bool one = side->count == 1 && !g->t->plain
               && g->t->shape != SHAPE_TWO_WAY;

    for (int c = 0; c < side->count; c++)
        xlsx_text(g->x, g->sheet, ROW_HEAD, g->column + c,
                  one ? say(g, "report.number") : side->key[c].label,
                  XLSX_HEAD_NUMBER);
}

/* "Antall: Kjønn" over the counts of a table with a column variable. */
static const char *
group_name(const struct tabling *g, const char *key)
{
    const char *label = g->t->columns.label;

    if (label[0] == '\0' || g->t->columns.count == 1)
        return say(g, key);
    return arena_printf(&g->x->arena, "%s: %s", say(g, key), label);
}

static void
put_single_head(struct tabling *g, const char *text)
{
    worksheet_write_blank(g->sheet, ROW_GROUP, (lxw_col_t)g->column,
                          g->x->format[XLSX_HEAD]);
    xlsx_text(g->x, g->sheet, ROW_HEAD, g->column, text, XLSX_HEAD_NUMBER);
    g->column++;
}

static void
put_share_heads(struct tabling *g)
{
    const struct doc_side *side = &g->t->columns;

    g->place.shares = g->column;
    put_group(g, side->count > 1 ? group_name(g, "report.share") : "",
              side->count);
    for (int c = 0; c < side->count; c++)
        xlsx_text(g->x, g->sheet, ROW_HEAD, g->column + c,
                  side->count == 1 ? say(g, "report.share")
                                   : side->key[c].label, XLSX_HEAD_NUMBER);
    g->column += side->count;
}

static void
put_heads(struct tabling *g)
{
    static const char *const outside[] = {
        "report.note_base", "report.data_unanswered", "report.data_unknown",
        "report.data_not_asked"
    };
    const struct doc_table *t = g->t;

    worksheet_write_blank(g->sheet, ROW_GROUP, 0, g->x->format[XLSX_HEAD]);
    worksheet_write_string(g->sheet, ROW_HEAD, 0, t->rows.label,
                           g->x->format[XLSX_HEAD]);
    g->column = g->place.counts = 1;
    put_group(g, t->columns.count > 1 && !t->plain
                 ? group_name(g, "report.number") : "", t->columns.count);
    put_column_heads(g);
    g->column += t->columns.count;
    if (has_row_sums(t))
        put_single_head(g, say(g, "report.total"));
    if (has_shares(t))
        put_share_heads(g);
    if (!has_bases(t))
        return;
    for (int i = 0; i < (t->shape == SHAPE_FIGURES ? 1 : 4); i++)
        put_single_head(g, say(g, outside[i]));
}

/* ---- body ---- */

static void
put_extras(struct tabling *g, int r, int row)
{
    const struct doc_table *t = g->t;
    int column = g->place.counts + t->columns.count;
    struct doc_cell sum;

    if (has_row_sums(t)) {
        sum = doc_row_sum(t, r);
        put_count(g, row, column++, &sum, XLSX_NUMBER);
    }
    if (g->place.shares >= 0)
        column += t->columns.count;
    if (!has_bases(t))
        return;
    put_number(g, row, column++, t->base[r]);
    if (t->shape == SHAPE_FIGURES)
        return;
    put_number(g, row, column++, t->outside[r].unanswered);
    put_number(g, row, column++, t->outside[r].unknown);
    put_number(g, row, column, t->outside[r].not_asked);
}

static void
put_row(struct tabling *g, int r)
{
    const struct doc_table *t = g->t;
    int row = ROW_FIRST + r, lines = 1;

    xlsx_high(g->sheet, row, t->rows.key[r].label, 56, &lines);
    xlsx_text(g->x, g->sheet, row, 0, t->rows.key[r].label, XLSX_LABEL);
    for (int c = 0; c < t->columns.count; c++) {
        const struct doc_cell *cell = doc_cell_at(t, r, c);

        put_count(g, row, g->place.counts + c, cell, XLSX_NUMBER);
        if (g->place.shares >= 0)
            put_share(g, row, g->place.shares + c, cell);
    }
    put_extras(g, r, row);
}

static void
put_totals(struct tabling *g, int row)
{
    const struct doc_table *t = g->t;
    struct doc_cell all = doc_sum(t);

    xlsx_text(g->x, g->sheet, row, 0, say(g, "report.total"),
              XLSX_TOTAL_LABEL);
    for (int c = 0; c < t->columns.count; c++) {
        struct doc_cell sum = doc_column_sum(t, c);

        put_count(g, row, g->place.counts + c, &sum, XLSX_TOTAL);
    }
    if (has_row_sums(t))
        put_count(g, row, g->place.counts + t->columns.count, &all,
                  XLSX_TOTAL);
}

/* ---- below ---- */

static void
put_note(struct tabling *g, const char *label, const char *text)
{
    int pixels;

    if (text == NULL || text[0] == '\0')
        return;
    if (label != NULL && label[0] != '\0')
        text = arena_printf(&g->x->arena, "%s: %s", label, text);
    xlsx_text(g->x, g->sheet, g->place.end, 0, text, XLSX_NOTE);
    pixels = (int)utf8_count(text, strlen(text)) * NOTE_PIXELS;
    if (pixels > g->place.text_pixels)
        g->place.text_pixels = pixels;
    g->place.end++;
}

/* What the block says beside its table and chart. */
static void
put_block(struct tabling *g)
{
    const struct node *n = g->s->block != NULL ? g->s->block->child : NULL;

    for (; n != NULL && g->s->block->kind == NODE_BLOCK; n = n->next) {
        if (n->kind == NODE_FINDING || n->kind == NODE_PARAGRAPH)
            put_note(g, "", n->text);
        else if (n->kind == NODE_NOTE)
            put_note(g, n->title, n->text);
        for (int i = 0; n->kind == NODE_DEFINITIONS && i < n->count; i++)
            put_note(g, n->definition[i].label, n->definition[i].text);
    }
}

static void
put_notes(struct tabling *g)
{
    const struct document *doc = g->x->doc;

    g->place.end++;
    put_block(g);
    put_note(g, say(g, "workbook.filter"), g->t->where_words != NULL
             ? g->t->where_words : g->t->where);
    if (g->t->some_hidden)
        put_note(g, "", say(g, "report.hidden_key"));
    put_note(g, "", doc->internal_notice);
    put_note(g, "", doc->protected_notice);
    put_note(g, "", doc->synthetic_notice);
}

static void
set_widths(struct tabling *g)
{
    size_t widest = utf8_count(g->t->rows.label, strlen(g->t->rows.label));

    for (int r = 0; r < g->t->rows.count; r++) {
        const char *label = g->t->rows.key[r].label;
        size_t n = utf8_count(label, strlen(label));

        widest = n > widest ? n : widest;
    }
    widest = widest < 18 ? 20 : widest > 56 ? 58 : widest + 2;
    worksheet_set_column(g->sheet, 0, 0, (double)widest, NULL);
    if (g->column > 1)
        worksheet_set_column(g->sheet, 1, (lxw_col_t)(g->column - 1),
                             XLSX_COLUMN, NULL);
    g->place.columns = g->column;
    g->place.label_pixels = (int)widest * DIGIT_PIXELS;
}

struct xlsx_place
xlsx_table(struct xlsx *x, const struct xlsx_sheet *s, lxw_worksheet *sheet)
{
    const struct doc_table *t = s->table;
    struct tabling g = {
        .x = x, .t = t, .s = s, .sheet = sheet,
        .place = { .head = ROW_HEAD, .first = ROW_FIRST, .shares = -1 }
    };

    worksheet_set_row(sheet, ROW_TITLE, 22, NULL);
    xlsx_text(x, sheet, ROW_TITLE, 0, xlsx_title(x, t), XLSX_TITLE);
    xlsx_text(x, sheet, ROW_CAPTION, 0, t->caption, XLSX_SUBTITLE);
    worksheet_write_url_opt(sheet, ROW_BACK, 0,
                            arena_printf(&x->arena, "internal:'%s'!A1",
                                         x->contents),
                            x->format[XLSX_LINK], x->contents, NULL);
    put_heads(&g);
    for (int r = 0; r < t->rows.count; r++)
        put_row(&g, r);
    g.place.end = ROW_FIRST + t->rows.count;
    if (t->totals && t->rows.count > 1)
        put_totals(&g, g.place.end++);
    put_notes(&g);
    set_widths(&g);
    xlsx_dress(x, sheet, ROW_FIRST);
    return g.place;
}
