/* protect_show.c - what is marked as hidden, taken out of the table; see
 * protect.h.
 *
 * The sums that may be shown are kept apart first, as nobody can add up what
 * is gone. A share goes with the number it is of. */
#include "report/protecting.h"

bool
protect_few(const struct protecting *p, int64_t n)
{
    return n > 0 && n < p->threshold;
}

bool
protect_sums(const struct protecting *p)
{
    return p->t->sum != NULL;
}

/* Whether what the cell's share is of is hidden. */
static bool
of_hidden(const struct protecting *p, int row, int column)
{
    const struct doc_table *t = p->t;
    const struct marks *m = &p->m;
    bool whole = protect_sums(p) ? m->all : t->base_count > 0 && m->base[0];

    switch (t->shape) {
    case SHAPE_TICKS: case SHAPE_BATTERY: case SHAPE_FIGURES:
        return m->base[row];
    case SHAPE_TICKS_BY:
        return m->of[column];
    case SHAPE_ONE_WAY:
        return whole;
    case SHAPE_TWO_WAY:
        break;
    }
    return t->share == SHARE_ROWS ? m->row[row]
        : t->share == SHARE_COLUMNS ? m->column[column] : whole;
}

static struct doc_cell
shown(struct doc_cell c, bool hidden)
{
    c.of = OF_NONE;
    c.hidden = hidden;
    if (hidden)
        c.n = 0;
    return c;
}

/* The sums as they may be shown, before the cells are emptied. */
static void
keep_sums(struct protecting *p)
{
    struct doc_table *t = p->t;
    bool adds = t->shape == SHAPE_TWO_WAY || t->shape == SHAPE_ONE_WAY;
    bool whole = protect_sums(p) || t->base_count == 0 ? p->m.all
                                                   : p->m.base[0];
    struct doc_cell *row = arena_array(p->arena, (size_t)t->rows.count + 1,
                                       sizeof *row);
    struct doc_cell *column = arena_array(
        p->arena, (size_t)t->columns.count + 1, sizeof *column);
    struct doc_cell *all = arena_take(p->arena, sizeof *all);

    for (int r = 0; r < t->rows.count; r++)
        row[r] = shown(doc_row_sum(t, r),
                       t->shape == SHAPE_TWO_WAY ? p->m.row[r]
                       : t->shape == SHAPE_BATTERY ? p->m.base[r]
                       : t->columns.count != 1 || p->m.cell[r]);
    for (int c = 0; c < t->columns.count; c++)
        column[c] = !adds || t->multiple ? shown((struct doc_cell){ 0 }, true)
            : shown(doc_column_sum(t, c), t->shape == SHAPE_TWO_WAY
                    ? p->m.column[c] : whole);
    *all = !adds || t->multiple ? shown((struct doc_cell){ 0 }, true)
                                : shown(doc_sum(t), whole);
    t->row_sum = row;
    t->column_sum = column;
    t->all = all;
}

static void
hide_cells(struct protecting *p)
{
    struct doc_table *t = p->t;

    for (int r = 0; r < t->rows.count; r++)
        for (int c = 0; c < t->columns.count; c++) {
            struct doc_cell *cell = doc_cell_at(t, r, c);

            if (cell->of != OF_NONE && !t->plain && of_hidden(p, r, c)) {
                cell->of = OF_HIDDEN;
                t->some_hidden = true;
            }
            if (!p->m.cell[r * t->columns.count + c])
                continue;
            cell->n = 0;
            cell->hidden = t->some_hidden = true;
        }
}

static void
hide_bases(struct protecting *p)
{
    struct doc_table *t = p->t;
    size_t count = (size_t)t->base_count;
    int64_t *base = arena_array(p->arena, count, sizeof *base);
    struct outside *out = arena_array(p->arena, count, sizeof *out);
    int64_t *left = arena_array(p->arena, count, sizeof *left);

    for (int i = 0; i < t->base_count; i++) {
        const bool *hide = p->m.outside[i];

        base[i] = p->m.base[i] ? NUMBER_HIDDEN : t->base[i];
        out[i].unanswered = hide[0] ? NUMBER_HIDDEN
                                    : t->outside[i].unanswered;
        out[i].unknown = hide[1] ? NUMBER_HIDDEN : t->outside[i].unknown;
        out[i].not_asked = hide[2] ? NUMBER_HIDDEN
                                   : t->outside[i].not_asked;
        t->some_hidden |= p->m.base[i] || hide[0] || hide[1] || hide[2];
        if (t->left_out == NULL)
            continue;
        left[i] = protect_few(p, t->left_out[i]) || p->m.left_out[i]
            ? NUMBER_HIDDEN : t->left_out[i];
        t->some_hidden |= left[i] == NUMBER_HIDDEN;
    }
    t->base = base;
    t->outside = out;
    if (t->left_out != NULL)
        t->left_out = left;
}

void
protect_apply(struct protecting *p)
{
    keep_sums(p);
    hide_cells(p);
    hide_bases(p);
}
