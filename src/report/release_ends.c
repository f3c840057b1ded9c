/* release_ends.c - the ends of a rounded table; see release_round.c.
 *
 * The values of a number stand from the lowest to the highest that somebody
 * has (count.h), which tells that there is somebody at either end, and nobody
 * beyond. What is shown as nobody there is cut off. */
#include "report/releasing.h"

struct ends {
    int from, count;
};

/* Whether the COUNT cells of T from AT on, each STEP after the one before,
 * are shown as nobody. */
static bool
is_empty(const struct table *t, int at, int step, int count)
{
    for (int i = 0; i < count; i++, at += step)
        if (t->cell[at] != 0
            || (t->shape == SHAPE_TICKS_BY && t->of[at] != 0))
            return false;
    return true;
}

/* The lines of T without empty ones at either end: LINE is how far one
 * begins after the one before. */
static struct ends
filled(const struct table *t, int lines, int line, int step, int count)
{
    struct ends s = { 0, lines };

    while (s.count > 0 && is_empty(t, s.from * line, step, count)) {
        s.from++;
        s.count--;
    }
    while (s.count > 0
           && is_empty(t, (s.from + s.count - 1) * line, step, count))
        s.count--;
    return s;
}

static int64_t *
cut(struct release *r, const int64_t *n, int width, struct ends rows,
    struct ends columns)
{
    int64_t *to;

    if (n == NULL)
        return NULL;
    to = arena_array(r->arena, (size_t)(rows.count * columns.count) + 1,
                     sizeof *to);
    for (int i = 0; i < rows.count; i++)
        for (int k = 0; k < columns.count; k++)
            to[i * columns.count + k] =
                n[(rows.from + i) * width + columns.from + k];
    return to;
}

static bool
is_number(const struct release *r, int v)
{
    return v >= 0 && (r->in->variables[v].kind == KIND_INT
                      || r->in->variables[v].kind == KIND_TEXT4);
}

void
release_cut_ends(struct release *r, struct table *t)
{
    const struct question *q = t->question;
    int width = t->column_count;
    struct ends rows = { 0, t->row_count }, columns = { 0, width };

    if (q->row_count == 0)
        return;
    if (t->row_keys != NULL && is_number(r, q->rows[0]))
        rows = filled(t, t->row_count, width, 1, width);
    if (t->column_keys != NULL
        && is_number(r, q->columns >= 0 ? q->columns : q->rows[0]))
        columns = filled(t, width, 1, width, t->row_count);
    if (rows.count == t->row_count && columns.count == width)
        return;
    t->cell = cut(r, t->cell, width, rows, columns);
    t->count = cut(r, t->count, width, rows, columns);
    if (t->shape == SHAPE_TICKS_BY)
        t->of = cut(r, t->of, width, rows, columns);
    if (t->row_keys != NULL)
        t->row_keys += rows.from;
    if (t->column_keys != NULL)
        t->column_keys += columns.from;
    t->row_count = rows.count;
    t->column_count = columns.count;
}
