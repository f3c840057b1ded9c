/* xlsx_about.c - the sheets that are no table: contents with links, codebook
 * of the variables that tables use, and what the workbook is of. */
#include <stdio.h>
#include <string.h>
#include "report/format.h"
#include "write/xlsx.h"

enum { WIDE = 74 };

static const char *
say(const struct xlsx *x, const char *key)
{
    return msg_text(x->doc->lang, key);
}

static lxw_worksheet *
new_sheet(struct xlsx *x, const char *key)
{
    lxw_worksheet *sheet = workbook_add_worksheet(
        x->book, xlsx_name(x, say(x, key)));

    if (sheet == NULL)
        mem_out();
    return sheet;
}

/* ---- contents ---- */

/* The section that N stands in, outermost below the root. */
static const struct node *
section_of(const struct node *n)
{
    const struct node *section = NULL;

    for (; n != NULL; n = n->parent)
        if (n->kind == NODE_SECTION)
            section = n;
    return section;
}

static const char *
finding_of(const struct node *block)
{
    const struct node *n = block != NULL && block->kind == NODE_BLOCK
                           ? block->child : NULL;

    for (; n != NULL; n = n->next)
        if (n->kind == NODE_FINDING)
            return n->text;
    return "";
}

static int
put_front(struct xlsx *x, lxw_worksheet *sheet)
{
    const struct document *doc = x->doc;
    const char *const notices[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    int row = 0;

    worksheet_set_row(sheet, 0, 22, NULL);
    xlsx_text(x, sheet, row++, 0, doc->title, XLSX_TITLE);
    if (doc->subtitle != NULL)
        xlsx_text(x, sheet, row++, 0, doc->subtitle, XLSX_SUBTITLE);
    if (doc->owner != NULL)
        xlsx_text(x, sheet, row++, 0, doc->owner, XLSX_SUBTITLE);
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (notices[i] != NULL)
            xlsx_text(x, sheet, row++, 0, notices[i], XLSX_NOTICE);
    return row + 1;
}

static void
put_entry(struct xlsx *x, lxw_worksheet *sheet, int row,
          const struct xlsx_sheet *s)
{
    int lines = 1;

    worksheet_write_url_opt(sheet, (lxw_row_t)row, 0,
                            arena_printf(&x->arena, "internal:'%s'!A1",
                                         s->name),
                            x->format[XLSX_LINK], s->name, NULL);
    xlsx_text(x, sheet, row, 1, s->table->title, XLSX_LABEL);
    xlsx_high(sheet, row, s->table->title, WIDE - 2, &lines);
    xlsx_text(x, sheet, row, 2, finding_of(s->block), XLSX_LABEL);
    xlsx_high(sheet, row, finding_of(s->block), WIDE - 2, &lines);
}

void
xlsx_contents(struct xlsx *x, lxw_worksheet *sheet)
{
    const struct node *section = NULL;
    int row = put_front(x, sheet);

    xlsx_text(x, sheet, row, 0, say(x, "workbook.sheet"), XLSX_HEAD);
    xlsx_text(x, sheet, row, 1, say(x, "workbook.content"), XLSX_HEAD);
    xlsx_text(x, sheet, row, 2, say(x, "workbook.finding"), XLSX_HEAD);
    row++;
    for (const struct xlsx_sheet *s = x->first; s != NULL; s = s->next) {
        const struct node *of = section_of(s->block);

        if (of != section && of != NULL) {
            worksheet_set_row(sheet, (lxw_row_t)row, 24, NULL);
            xlsx_text(x, sheet, row++, 0, of->title, XLSX_SECTION);
        }
        section = of;
        put_entry(x, sheet, row++, s);
    }
    worksheet_set_column(sheet, 0, 0, 18.0, NULL);
    worksheet_set_column(sheet, 1, 1, WIDE, NULL);
    worksheet_set_column(sheet, 2, 2, WIDE, NULL);
    xlsx_dress(x, sheet, 0);
}

/* ---- codebook ---- */

struct codebook {
    struct xlsx *x;
    lxw_worksheet *sheet;
    int row;
    const char **seen;
    int seen_count;
};

static bool
is_new(struct codebook *b, const char *variable)
{
    for (int i = 0; i < b->seen_count; i++)
        if (strcmp(b->seen[i], variable) == 0)
            return false;
    b->seen[b->seen_count++] = variable;
    return true;
}

static void
put_variable(struct codebook *b, const char *id, const char *label,
             const struct doc_side *codes)
{
    int count = codes != NULL ? codes->count : 0;

    if (!is_new(b, id))
        return;
    for (int i = 0; i < (count > 0 ? count : 1); i++) {
        int lines = 1;

        xlsx_text(b->x, b->sheet, b->row, 0, id, XLSX_LABEL);
        xlsx_text(b->x, b->sheet, b->row, 1, label, XLSX_LABEL);
        xlsx_high(b->sheet, b->row, label, 50, &lines);
        if (count > 0) {
            const struct doc_key *k = &codes->key[i];

            xlsx_text(b->x, b->sheet, b->row, 2, k->id, XLSX_LABEL);
            xlsx_text(b->x, b->sheet, b->row, 3, k->label, XLSX_LABEL);
            xlsx_high(b->sheet, b->row, k->label, 50, &lines);
        }
        b->row++;
    }
}

/* What T says of variables with their codes. */
static void
put_coded(struct codebook *b, const struct doc_table *t)
{
    if (t->plain)
        return;
    if (t->rows.variable != NULL)
        put_variable(b, t->rows.variable, t->rows.label, &t->rows);
    for (int i = 0; t->shape == SHAPE_BATTERY && i < t->rows.count; i++)
        put_variable(b, t->rows.key[i].id, t->rows.key[i].label,
                     &t->columns);
    if (t->columns.variable != NULL)
        put_variable(b, t->columns.variable, t->columns.label, &t->columns);
}

/* Those of which it shows no codes, after all that have them somewhere. */
static void
put_uncoded(struct codebook *b, const struct doc_table *t)
{
    bool ticks = t->shape == SHAPE_TICKS || t->shape == SHAPE_TICKS_BY;

    for (int i = 0; ticks && !t->plain && i < t->rows.count; i++)
        put_variable(b, t->rows.key[i].id, t->rows.key[i].label, NULL);
    if (t->sum != NULL)
        put_variable(b, t->sum, t->sum_label, NULL);
}

void
xlsx_codebook(struct xlsx *x)
{
    static const char *const head[] = {
        "workbook.variable", "workbook.label", "workbook.code",
        "workbook.code_label"
    };
    static const double widths[] = { 30, 52, 22, 52 };
    struct codebook b = { .x = x, .sheet = new_sheet(x, "workbook.codebook"),
                          .row = 1 };
    size_t most = 1;

    for (const struct xlsx_sheet *s = x->first; s != NULL; s = s->next)
        most += (size_t)s->table->rows.count + 3;
    b.seen = arena_array(&x->arena, most, sizeof *b.seen);
    for (int i = 0; i < 4; i++) {
        xlsx_text(x, b.sheet, 0, i, say(x, head[i]), XLSX_HEAD);
        worksheet_set_column(b.sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i],
                             NULL);
    }
    for (const struct xlsx_sheet *s = x->first; s != NULL; s = s->next)
        put_coded(&b, s->table);
    for (const struct xlsx_sheet *s = x->first; s != NULL; s = s->next)
        put_uncoded(&b, s->table);
    xlsx_dress(x, b.sheet, 1);
}

/* ---- about ---- */

struct about {
    struct xlsx *x;
    lxw_worksheet *sheet;
    int row;
};

static void
put_fact(struct about *a, const char *label, const char *value)
{
    int lines = 1;

    if (value == NULL || value[0] == '\0')
        return;
    xlsx_text(a->x, a->sheet, a->row, 0, label, XLSX_NOTE_LABEL);
    xlsx_text(a->x, a->sheet, a->row, 1, value, XLSX_LABEL);
    xlsx_high(a->sheet, a->row, value, 94, &lines);
    a->row++;
}

static const char *
number(struct xlsx *x, int n)
{
    return arena_printf(&x->arena, "%d", n);
}

static const char *
protection(struct xlsx *x)
{
    const struct document *doc = x->doc;

    return doc->internal_notice != NULL ? doc->internal_notice
         : doc->protected_notice != NULL ? doc->protected_notice : "";
}

/* Several have no number. */
static const char *
municipality(struct xlsx *x)
{
    const struct doc_meta *m = &x->doc->meta;
    const char *name = m->municipality_name != NULL ? m->municipality_name
                                                    : "";

    return m->municipality == 0 ? name
        : arena_printf(&x->arena, "%04d %s", m->municipality, name);
}

void
xlsx_about(struct xlsx *x)
{
    const struct document *doc = x->doc;
    const struct doc_meta *m = &doc->meta;
    struct about a = { x, new_sheet(x, "workbook.about"), 0 };

    put_fact(&a, say(x, "workbook.title"), doc->title);
    put_fact(&a, say(x, "workbook.round"),
             arena_printf(&x->arena, "%s (%s)", m->round_title, m->round));
    put_fact(&a, say(x, "workbook.municipality"), municipality(x));
    put_fact(&a, say(x, "workbook.year"), m->rounds > 0 ? m->years_text
                                                       : number(x, m->year));
    for (int i = 0; i < doc->fact_count; i++)
        put_fact(&a, doc->facts[i].label, doc->facts[i].value);
    put_fact(&a, say(x, "workbook.filter"), m->where);
    put_fact(&a, say(x, "workbook.protection"), protection(x));
    put_fact(&a, say(x, "workbook.synthetic"), doc->synthetic_notice);
    put_fact(&a, say(x, "workbook.instrument"),
             arena_printf(&x->arena, "%s (%s, %d)", m->instrument_title,
                          m->instrument, m->instrument_version));
    put_fact(&a, say(x, "workbook.sha256"), m->instrument_sha256);
    if (m->rounds == 0)
        put_fact(&a, say(x, "workbook.definition"),
                 number(x, m->definition));
    put_fact(&a, say(x, "workbook.index"), m->index_note);
    put_fact(&a, say(x, "workbook.program"),
             "brukerplan " BRUKERPLAN_VERSION);
    worksheet_set_column(a.sheet, 0, 0, 26.0, NULL);
    worksheet_set_column(a.sheet, 1, 1, 96.0, NULL);
    xlsx_dress(x, a.sheet, 0);
}
