/* build_chart.c - the chart of a table, as a model; see building.h.
 *
 * A chart is a table seen as series by categories. Which side is which
 * follows from the kind and the shape:
 *
 *     bar       ONE_WAY           one category, a series a key
 *     bars      BATTERY, TWO_WAY  a category a row, a series a column
 *     mosaic    TWO_WAY           the same
 *     columns   TWO_WAY, BATTERY  the same, side by side
 *     columns   TICKS_BY          a category a column, a series a row
 *     list      ONE_WAY, TICKS, FIGURES   a category a row, one series */
#include <string.h>
#include "report/building.h"

/* The kind that T can be drawn as when KIND was asked for. */
static enum chart
kind_for(const struct doc_table *t, enum chart kind)
{
    static const unsigned shapes[] = {
        [CHART_NONE] = 0,
        [CHART_BAR] = 1u << SHAPE_ONE_WAY,
        [CHART_BARS] = 1u << SHAPE_BATTERY | 1u << SHAPE_TWO_WAY,
        [CHART_MOSAIC] = 1u << SHAPE_TWO_WAY,
        [CHART_COLUMNS] = 1u << SHAPE_TWO_WAY | 1u << SHAPE_BATTERY
            | 1u << SHAPE_TICKS_BY,
        [CHART_LIST] = 1u << SHAPE_ONE_WAY | 1u << SHAPE_TICKS
            | 1u << SHAPE_FIGURES,
    };

    if (t->multiple && kind == CHART_BAR)
        kind = CHART_LIST;
    if (t->multiple && kind == CHART_MOSAIC)
        kind = CHART_BARS;
    return shapes[kind] & 1u << t->shape ? kind : CHART_NONE;
}

static bool
worth_drawing(const struct doc_table *t)
{
    if (t->rows.count == 0 || t->columns.count == 0)
        return false;
    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        if (t->cell[i].n > 0 && !t->cell[i].hidden)
            return true;
    return false;
}

static struct chart_category *
categories_of(struct building *b, const struct doc_table *t,
              const struct doc_key *key, int count, bool rows)
{
    struct chart_category *c = arena_array(b->arena, (size_t)count,
                                           sizeof *c);

    for (int i = 0; i < count; i++)
        c[i] = (struct chart_category){
            key[i].label, key[i].grade, rows ? doc_row_sum(t, i).n : 0, 0
        };
    return c;
}

/* What the hidden areas of a stacked bar are together: what is left of its
 * whole. */
static int64_t
rest_of(const struct chart_model *c, const struct doc_table *t,
        int category)
{
    struct doc_cell whole = c->kind == CHART_BAR ? doc_sum(t)
                                                 : doc_row_sum(t, category);
    bool some = false;

    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = doc_chart_cell(c, category, s);

        some |= cell->hidden;
        whole.n -= cell->n;
    }
    if (whole.hidden)
        return NUMBER_HIDDEN;
    return some ? whole.n : 0;
}

/* Only stacked bars have a whole. */
static void
model_rests(struct chart_model *c, struct chart_category *category,
            const struct doc_table *t)
{
    for (int i = 0; i < c->category_count; i++)
        if (t->some_hidden && doc_chart_stacked(c))
            category[i].rest = rest_of(c, t, i);
}

/* Which keys are series: all, but in a group of bars not a plain one that
 * nobody is in. */
static int
series_kept(const struct chart_model *c, const struct doc_table *t,
            const struct doc_side *side, bool rows, int *at)
{
    int others = rows ? t->columns.count : t->rows.count;
    int kept = 0;

    for (int i = 0; i < side->count; i++) {
        bool keep = c->kind != CHART_COLUMNS
            || side->key[i].grade != GRADE_NO;

        for (int k = 0; k < others && !keep; k++)
            keep = doc_cell_at(t, rows ? i : k, rows ? k : i)->n > 0
                || doc_cell_at(t, rows ? i : k, rows ? k : i)->hidden;
        if (keep)
            at[kept++] = i;
    }
    return kept;
}

/* The series of C from SIDE, whose keys are the ROWS of T or its columns,
 * and the cells of both. */
static void
model_series(struct building *b, struct chart_model *c,
             const struct doc_table *t, const struct doc_side *side,
             bool rows)
{
    int *at = arena_array(b->arena, (size_t)side->count, sizeof *at);
    int count = series_kept(c, t, side, rows, at);
    size_t cells = (size_t)c->category_count * (size_t)count;
    struct chart_series *s = arena_array(b->arena, (size_t)count, sizeof *s);
    struct doc_cell *cell = arena_array(b->arena, cells, sizeof *cell);

    for (int i = 0; i < count; i++) {
        const struct doc_key *k = &side->key[at[i]];

        s[i] = (struct chart_series){
            k->label, k->grade, (enum plain_look)(i % PLAIN_COUNT)
        };
        for (int g = 0; g < c->category_count; g++)
            cell[g * count + i] = rows ? *doc_cell_at(t, at[i], g)
                                       : *doc_cell_at(t, g, at[i]);
    }
    c->series = s;
    c->series_count = count;
    c->cell = cell;
    c->grades = count > 0 && s[0].grade != GRADE_NO;
}

static void
model_sides(struct building *b, struct chart_model *c,
            const struct doc_table *t)
{
    static const struct doc_key whole = { "", "", GRADE_NO };
    bool sideways = t->shape == SHAPE_TICKS_BY || c->kind == CHART_BAR;
    const struct doc_side *side = sideways ? &t->columns : &t->rows;
    struct chart_category *category;

    c->category_count = side->count;
    c->category = category = c->kind == CHART_BAR
        ? categories_of(b, t, &whole, 1, false)
        : categories_of(b, t, side->key, side->count, !sideways);
    c->legend = t->shape == SHAPE_TWO_WAY ? t->columns.label : "";
    model_series(b, c, t, sideways ? &t->rows : &t->columns, sideways);
    model_rests(c, category, t);
}

/* The series whose share stands beside each bar: the one that the finding
 * is about, else the worst. */
static int
emphasis_of(const struct chart_model *c, const struct doc_table *t,
            const char *key)
{
    if (c->kind != CHART_BARS || !c->grades)
        return -1;
    for (int i = 0; i < t->columns.count && key != NULL; i++)
        if (strcmp(t->columns.key[i].id, key) == 0)
            return i;
    return c->series_count - 1;
}

static void
model_texts(struct building *b, struct chart_model *c,
            const struct doc_table *t)
{
    const char **row = arena_array(b->arena, (size_t)c->category_count,
                                   sizeof *row);
    struct buf all;

    buf_init(&all, 0);
    for (int i = 0; i < c->category_count; i++) {
        row[i] = phrase_category(&b->phrase, c, i);
        if (i > 0)
            buf_byte(&all, ' ');
        if (c->category_count > 1)
            buf_printf(&all, "%s: ", c->category[i].label);
        buf_text(&all, row[i]);
    }
    c->row_desc = row;
    c->desc = arena_text(b->arena, buf_string(&all));
    buf_clear(&all);
    c->title = t->title;
    c->caption = phrase_chart_caption(&b->phrase, t, c);
}

enum chart
build_default_chart(const struct doc_table *t)
{
    static const enum chart kind[] = {
        [SHAPE_ONE_WAY] = CHART_LIST, [SHAPE_TWO_WAY] = CHART_BARS,
        [SHAPE_BATTERY] = CHART_BARS, [SHAPE_TICKS] = CHART_LIST,
        [SHAPE_TICKS_BY] = CHART_COLUMNS, [SHAPE_FIGURES] = CHART_NONE,
    };

    /* A stacked bar is shares of its row; else groups side by side. */
    if (t->shape == SHAPE_TWO_WAY && t->share != SHARE_ROWS)
        return CHART_COLUMNS;
    return t->shape == SHAPE_ONE_WAY && !t->multiple && t->rows.count > 0
        && t->rows.key[0].grade != GRADE_NO ? CHART_BAR : kind[t->shape];
}

const struct chart_model *
build_chart(struct building *b, const struct doc_table *t,
            enum chart asked, const char *key)
{
    enum chart kind = kind_for(t, asked);
    struct chart_model *c;

    if (kind == CHART_NONE || !worth_drawing(t))
        return NULL;
    c = arena_take(b->arena, sizeof *c);
    c->kind = kind;
    c->table = t;
    c->legend = "";
    model_sides(b, c, t);
    c->emphasis = emphasis_of(c, t, key);
    model_texts(b, c, t);
    c->number = ++b->figures;
    return c;
}
