/* compare_table.c - compared numbers as a table and a chart of a document;
 * see comparing.h.
 *
 * The keys of one variable: a row a round, a bar divided by the keys. Rows
 * with bases of their own: a row each, a column a round, bars side by side.
 * A column that is broken is not in it. */
#include <assert.h>
#include <string.h>
#include "report/comparing.h"

enum { CHART_ROUNDS = PLAIN_COUNT, CHART_ROWS = 12 };

const struct aggregate_table *
compare_source(const struct comparison *c, int column, int table)
{
    const struct instrument *in = c->own->in;

    return aggregate_table(c->column[column].a, in->reports[c->report].id,
                           in->tables[table].id);
}

int
compare_kept(const struct comparison *c, int table,
             int kept[COMPARE_COLUMNS_MAX])
{
    int count = 0;

    for (int i = 0; i < c->column_count; i++)
        if (i == c->own_column || compare_broken(c, i, table) == NULL)
            kept[count++] = i;
    return count;
}

/* ---- sides ---- */

static struct doc_key
round_key(const struct comparison *c, int column, struct arena *arena)
{
    const struct compare_column *col = &c->column[column];
    const struct aggregate *a = col->a;

    return (struct doc_key){
        a->total ? arena_printf(arena, "total-%d-%d-%d", column + 1, a->year,
                                a->period)
                 : arena_printf(arena, "%04d-%d-%d", a->municipality[0],
                                a->year, a->period),
        col->label, GRADE_NO
    };
}

static struct doc_side
rounds_side(const struct comparison *c, const int *kept, int count,
            struct arena *arena)
{
    struct doc_key *key = arena_array(arena, (size_t)count, sizeof *key);

    for (int i = 0; i < count; i++)
        key[i] = round_key(c, kept[i], arena);
    return (struct doc_side){ NULL, "", key, count };
}

static struct doc_key
code_key(const struct building *b, int v, const char *id)
{
    const struct variable *var = &b->in->variables[v];
    int code = variable_code(var, id, strlen(id));
    bool grade = var->derive == DERIVE_GRADE
              || var->derive == DERIVE_INDEX_GRADE;

    return (struct doc_key){
        id, code >= 0 && var->codes != NULL && code < var->code_count
            ? var->codes[code].label.in[b->lang] : id,
        grade ? instrument_grade(b->in, id) : GRADE_NO
    };
}

/* The key of row ROW of our own table: a figure, a variable or a code. */
static struct doc_key
row_key(const struct building *b, const struct table_def *t,
        const struct aggregate_table *ours, int row)
{
    const char *id = ours->row[row];

    for (int i = 0; i < t->figure_count; i++)
        if (strcmp(t->figures[i].id, id) == 0)
            return (struct doc_key){ id, t->figures[i].label.in[b->lang],
                                     GRADE_NO };
    for (int i = 0; i < t->row_count && t->row_count > 1; i++) {
        const struct variable *v = &b->in->variables[t->rows[i]];
        bool own = t->row_labels != NULL
                   && t->row_labels[i].in[b->lang] != NULL;

        if (strcmp(v->id, id) == 0)
            return (struct doc_key){
                id, own ? t->row_labels[i].in[b->lang]
                        : v->label.in[b->lang], GRADE_NO
            };
    }
    return t->row_count == 1 ? code_key(b, t->rows[0], id)
                             : (struct doc_key){ id, id, GRADE_NO };
}

const char *
compare_row_label(const struct building *b, const struct table_def *t,
                  const struct aggregate_table *ours, const char *row)
{
    return row_key(b, t, ours, aggregate_place(ours->row, ours->row_count,
                                               row)).label;
}

/* ---- cells ---- */

static struct doc_cell
cell_of(const struct aggregate_table *from, const char *row,
        const char *column)
{
    int r = aggregate_place(from->row, from->row_count, row);
    int k = aggregate_place(from->column, from->column_count, column);
    const struct aggregate_cell *c;

    if (r < 0 || k < 0)
        return (struct doc_cell){ 0, OF_NONE, true };
    c = aggregate_at(from, r, k);
    return (struct doc_cell){ c->n < 0 ? 0 : c->n, c->of, c->n < 0 };
}

/* Cells with a base each, and nothing said of who is outside: others do not
 * tell. */
static struct doc_table *
table_new(struct building *b, const struct table_def *def)
{
    struct doc_table *t = arena_take(b->arena, sizeof *t);

    t->id = arena_printf(b->arena, "compare_%s", def->id);
    t->title = def->title.in[b->lang];
    t->shape = SHAPE_TICKS_BY;
    t->counts = t->base_unit = UNIT_RECIPIENTS;
    t->where = b->doc->meta.where;
    t->note = def->note.in[b->lang];
    t->number = ++b->tables;
    return t;
}

/* Numbers of different rounds have no sum. */
static void
no_sums(struct building *b, struct doc_table *t)
{
    int most = t->rows.count > t->columns.count ? t->rows.count
                                                : t->columns.count;
    struct doc_cell *none = arena_array(b->arena, (size_t)most + 1,
                                        sizeof *none);

    for (int i = 0; i <= most; i++)
        none[i] = (struct doc_cell){ 0, OF_NONE, true };
    t->row_sum = t->column_sum = t->all = none;
}

/* A row a round. */
static struct doc_table *
keys_table(struct building *b, const struct comparison *c, int table,
           const int *kept, int count)
{
    const struct table_def *def = &b->in->tables[table];
    const struct aggregate_table *ours = compare_source(c, c->own_column,
                                                        table);
    struct doc_table *t = table_new(b, def);
    int keys = ours->row_count;
    struct doc_key *key = arena_array(b->arena, (size_t)keys, sizeof *key);

    for (int k = 0; k < keys; k++)
        key[k] = row_key(b, def, ours, k);
    t->rows = rounds_side(c, kept, count, b->arena);
    t->columns = (struct doc_side){ NULL, "", key, keys };
    t->cell = arena_array(b->arena, (size_t)(count * keys), sizeof *t->cell);
    for (int r = 0; r < count; r++) {
        const struct aggregate_table *from = compare_source(c, kept[r],
                                                            table);

        for (int k = 0; k < keys; k++) {
            struct doc_cell cell = cell_of(from, ours->row[k], "1");

            t->cell[r * keys + k] = cell;
            t->some_hidden |= cell.hidden;
        }
    }
    no_sums(b, t);
    t->share = SHARE_ROWS;
    t->caption = msg_text(b->lang, "report.caption_rows");
    return t;
}

/* The rows of ours that have a share of people. */
static int
rows_kept(const struct aggregate_table *ours, const struct table_def *def,
          const char *key, int *row)
{
    int column = aggregate_place(ours->column, ours->column_count, key);
    int count = 0;

    for (int r = 0; column >= 0 && r < ours->row_count; r++) {
        bool people = r >= def->figure_count
                   || def->figures[r].counts == COUNTS_RECIPIENTS;

        if (aggregate_at(ours, r, column)->of != OF_NONE && people)
            row[count++] = r;
    }
    return count;
}

/* "Funksjonsområder: røde": which of its columns the table shows. */
static const char *
title_of(struct building *b, const struct table_def *def, const char *key)
{
    int v = def->columns >= 0 ? def->columns : def->rows[0];
    int grade = code_key(b, v, key).grade;
    const char *word = grade >= 0 ? b->in->grades[grade].plural.in[b->lang]
        : format_inside(b->arena, code_key(b, v, key).label);

    return SAY(b, "compare.title_key", def->title.in[b->lang], word, NULL);
}

/* A column a round. NULL where no row has a share. */
static struct doc_table *
rows_table(struct building *b, const struct comparison *c, int table,
           const char *name, const int *kept, int count)
{
    const struct table_def *def = &b->in->tables[table];
    const struct aggregate_table *ours = compare_source(c, c->own_column,
                                                        table);
    int *row = arena_array(b->arena, (size_t)ours->row_count + 1,
                           sizeof *row);
    int rows = rows_kept(ours, def, name, row);
    struct doc_key *key = arena_array(b->arena, (size_t)rows + 1,
                                      sizeof *key);
    struct doc_table *t;

    if (rows == 0)
        return NULL;
    t = table_new(b, def);
    if (def->figure_count == 0 && strcmp(name, "1") != 0)
        t->title = title_of(b, def, name);
    t->columns = rounds_side(c, kept, count, b->arena);
    t->rows = (struct doc_side){ NULL, "", key, rows };
    t->cell = arena_array(b->arena, (size_t)(count * rows), sizeof *t->cell);
    for (int r = 0; r < rows; r++) {
        key[r] = row_key(b, def, ours, row[r]);
        for (int k = 0; k < count; k++) {
            struct doc_cell cell = cell_of(compare_source(c, kept[k], table),
                                           ours->row[row[r]], name);

            t->cell[r * count + k] = cell;
            t->some_hidden |= cell.hidden;
        }
    }
    no_sums(b, t);
    t->share = SHARE_COLUMNS;
    t->caption = msg_text(b->lang, "compare.caption");
    return t;
}

struct doc_table *
compare_doc_table(struct building *b, const struct comparison *c, int table)
{
    const char *key;
    int kept[COMPARE_COLUMNS_MAX], count = compare_kept(c, table, kept);

    if (count < 2)
        return NULL;
    if (compare_form(b->in, &b->in->tables[table], &key) == FORM_KEYS)
        return keys_table(b, c, table, kept, count);
    return rows_table(b, c, table, key, kept, count);
}

/* ---- charts ---- */

/* What a stacked bar of row R is in all, and what its hidden areas are
 * together. */
static void
whole_of(const struct doc_table *t, int r, struct chart_category *category)
{
    int64_t whole = NUMBER_HIDDEN, shown = 0;
    bool hidden = false;

    for (int k = 0; k < t->columns.count; k++) {
        const struct doc_cell *c = doc_cell_at(t, r, k);

        if (c->of >= 0)
            whole = c->of;
        hidden |= c->hidden;
        shown += c->n;
    }
    category->base = whole < 0 ? 0 : whole;
    if (hidden)
        category->rest = whole < shown ? NUMBER_HIDDEN : whole - shown;
}

/* A category a row of T, a series a column: one bar divided by the keys, or
 * bars side by side of the rounds. */
static const struct chart_model *
chart_new(struct building *b, const struct doc_table *t, enum chart kind)
{
    int rows = t->rows.count, columns = t->columns.count;
    struct chart_model *c = arena_take(b->arena, sizeof *c);
    struct chart_category *category = arena_array(b->arena, (size_t)rows,
                                                  sizeof *category);
    struct chart_series *series = arena_array(b->arena, (size_t)columns,
                                              sizeof *series);
    const char **desc = arena_array(b->arena, (size_t)rows, sizeof *desc);

    *c = (struct chart_model){
        .kind = kind, .title = t->title, .legend = "",
        .caption = t->caption, .emphasis = -1, .series_count = columns,
        .category_count = rows, .series = series, .category = category,
        .cell = t->cell, .row_desc = desc, .table = t, .desc = "",
        .grades = t->columns.key[0].grade != GRADE_NO
    };
    for (int k = 0; k < columns; k++)
        series[k] = (struct chart_series){
            t->columns.key[k].label, t->columns.key[k].grade,
            (enum plain_look)(k % PLAIN_COUNT)
        };
    for (int r = 0; r < rows; r++) {
        category[r] = (struct chart_category){
            .label = t->rows.key[r].label, .grade = t->rows.key[r].grade
        };
        if (kind == CHART_BARS)
            whole_of(t, r, &category[r]);
        desc[r] = phrase_category(&b->phrase, c, r);
        c->desc = arena_printf(b->arena, "%s%s%s: %s", c->desc,
                               r > 0 ? " " : "", category[r].label, desc[r]);
    }
    c->number = ++b->figures;
    return c;
}

const struct chart_model *
compare_chart(struct building *b, const struct doc_table *t)
{
    if (t->share == SHARE_ROWS)
        return t->columns.key[0].grade != GRADE_NO
            || t->columns.count <= PLAIN_COUNT
            ? chart_new(b, t, CHART_BARS) : NULL;
    if (t->columns.count > CHART_ROUNDS || t->rows.count > CHART_ROWS)
        return NULL;
    return chart_new(b, t, CHART_COLUMNS);
}
