/* rounding.c - whether shares printed as whole percentages add up; see
 * phrase.h, phrase_rounding.
 *
 * Percentages are rounded one by one and may add up to other than 100; then
 * the table says so, and where. What is added is what a reader sees as one
 * whole: the cells of a row, of a column, or all. */
#include <assert.h>
#include "report/format.h"
#include "report/phrase.h"

enum { SUMS_MAX = 64, SUMS_NAMED = 3 };

struct sums {
    struct { int64_t percent; const char *label; } part[SUMS_MAX];
    int count;
    bool columns;               /* of columns, not of rows */
};

/* Takes a whole of PARTS cells, the first at C, each STEP after the one
 * before, if its shares are all there and do not make 100. */
static void
sums_take(struct sums *s, const struct doc_cell *c, int parts, int step,
          const char *label)
{
    int64_t percent = 0;
    bool any = false;

    for (int i = 0; i < parts; i++, c += step) {
        if (c->hidden || c->of == OF_HIDDEN)
            return;
        any |= c->of > 0;
        if (c->of > 0)
            percent += share_of(c->n, c->of, 0);
    }
    if (!any || percent == 100 || s->count == SUMS_MAX)
        return;
    s->part[s->count].percent = percent;
    s->part[s->count++].label = label;
}

static void
sums_of_rows(struct sums *s, const struct phrase *p,
             const struct doc_table *t)
{
    struct doc_cell total[GRADE_MAX * 4] = { 0 };
    int columns = t->columns.count;

    for (int i = 0; i < t->rows.count; i++)
        sums_take(s, doc_cell_at(t, i, 0), columns, 1,
                  t->rows.key[i].label);
    if (!t->totals || columns > (int)(sizeof total / sizeof total[0]))
        return;
    for (int i = 0; i < columns; i++) {
        total[i] = doc_column_sum(t, i);
        total[i].of = t->sum != NULL ? OF_NONE
            : t->base[0] == NUMBER_HIDDEN ? OF_HIDDEN : t->base[0];
    }
    sums_take(s, total, columns, 1, msg_text(p->lang, "report.total_inside"));
}

static void
sums_gather(struct sums *s, const struct phrase *p,
            const struct doc_table *t)
{
    int rows = t->rows.count, columns = t->columns.count;

    if (rows == 0 || columns == 0 || t->multiple
        || t->share == SHARE_NONE)
        return;
    if (t->shape == SHAPE_ONE_WAY) {
        sums_take(s, t->cell, rows, 1, NULL);
    } else if (t->shape == SHAPE_BATTERY
               || (t->shape == SHAPE_TWO_WAY && t->share == SHARE_ROWS)) {
        sums_of_rows(s, p, t);
    } else if (t->shape == SHAPE_TWO_WAY && t->share == SHARE_COLUMNS) {
        s->columns = true;
        for (int i = 0; i < columns; i++)
            sums_take(s, doc_cell_at(t, 0, i), rows, columns,
                      t->columns.key[i].label);
    } else if (t->shape == SHAPE_TWO_WAY) {
        sums_take(s, t->cell, rows * columns, 1, NULL);
    }
}

static const char *
sums_say(const struct phrase *p, const struct sums *s)
{
    struct arena *a = p->arena;
    const char *item[SUMS_NAMED];
    int64_t low = s->part[0].percent, high = low;

    for (int i = 0; i < s->count; i++) {
        int64_t percent = s->part[i].percent;

        low = percent < low ? percent : low;
        high = percent > high ? percent : high;
        if (i >= SUMS_NAMED)
            continue;
        item[i] = format_percent(a, p->lang, percent);
        if (s->part[i].label != NULL)
            item[i] = phrase_say(a, p->lang, "report.rounded_for", item[i],
                                 format_inside(a, s->part[i].label), NULL);
    }
    if (s->count > SUMS_NAMED && low < high)
        return phrase_say(a, p->lang, s->columns
                          ? "report.rounded_many_columns"
                          : "report.rounded_many",
                          format_int(a, p->lang, low),
                          format_percent(a, p->lang, high), NULL);
    if (s->count > SUMS_NAMED)
        return phrase_say(a, p->lang, s->columns
                          ? "report.rounded_same_columns"
                          : "report.rounded_same",
                          format_percent(a, p->lang, low), NULL);
    return phrase_say(a, p->lang, "report.rounded_sum",
                      phrase_list(a, p->lang, item, s->count), NULL);
}

const char *
phrase_rounding(const struct phrase *p, const struct doc_table *t)
{
    struct sums s = { 0 };

    sums_gather(&s, p, t);
    if (s.count == 0)
        return NULL;
    return arena_printf(p->arena, "%s %s",
                        msg_text(p->lang, "report.rounded"),
                        sums_say(p, &s));
}
