/* release_flow.c - each table of a release by itself; see release.h.
 *
 * The first of two steps of hiding: each table by network flows (protect.c),
 * with the marks of numbers that others share, until no table hides more. */
#include "report/releasing.h"

static void
take(const struct release *r, bool *mark, const int *number, int count)
{
    for (int i = 0; i < count; i++)
        mark[i] |= number[i] >= 0 && r->fact[number[i]].hidden;
}

/* Hides what is marked and was not; whether there was any. */
static bool
give(struct release *r, const bool *mark, const int *number, int count)
{
    bool any = false;

    for (int i = 0; i < count; i++)
        if (mark[i] && number[i] >= 0 && !r->fact[number[i]].hidden
            && !r->fact[number[i]].known) {
            release_hide(r, number[i], WHY_COMPLEMENT);
            any = true;
        }
    return any;
}

static bool
flow_entry(struct release *r, struct entry *e)
{
    const struct table *t = e->t;
    int cells = t->row_count * t->column_count;
    struct protecting p = {
        .t = &e->bare, .arena = r->arena, .threshold = r->rule.threshold,
        .count = t->count, .together = true
    };
    bool known = e->in_all[0] >= 0 && r->fact[e->in_all[0]].known, any;

    protect_marks(&p);
    take(r, p.m.cell, e->cell, cells);
    take(r, p.m.row, e->row, t->row_count);
    take(r, p.m.column, e->column, t->column_count);
    take(r, p.m.base, e->base, t->base_count);
    for (int i = 0; i < cells && t->shape == SHAPE_TICKS_BY; i++)
        p.m.of[i % t->column_count] |= e->of[i] >= 0
            && r->fact[e->of[i]].hidden;
    p.m.all |= e->all >= 0 && r->fact[e->all].hidden;
    if (!known && t->shape != SHAPE_FIGURES) {
        p.in_all = arena_array(r->arena, (size_t)t->base_count + 1,
                               sizeof *p.in_all);
        take(r, p.in_all, e->in_all, t->base_count);
    }
    protect_decide(&p);
    any = give(r, p.m.cell, e->cell, cells);
    any |= give(r, p.m.row, e->row, t->row_count);
    any |= give(r, p.m.column, e->column, t->column_count);
    any |= give(r, p.m.base, e->base, t->base_count);
    for (int i = 0; i < cells && t->shape == SHAPE_TICKS_BY; i++)
        any |= give(r, &p.m.of[i % t->column_count], &e->of[i], 1);
    any |= give(r, &p.m.all, &e->all, 1);
    if (p.in_all != NULL)
        any |= give(r, p.in_all, e->in_all, t->base_count);
    return any;
}

void
release_flows(struct release *r)
{
    for (bool any = true; any; ) {
        any = false;
        for (int i = 0; i < r->entries; i++)
            if (r->entry[i].t->row_count > 0
                && r->entry[i].t->column_count > 0)
                any |= flow_entry(r, &r->entry[i]);
    }
}
