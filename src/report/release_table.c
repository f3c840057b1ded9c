/* release_table.c - a table as numbers; see release.h.
 *
 * Beside what stands in its cells and sums (release_shape.c) it may tell who
 * has no value, and how many were left out of a sum. How many those are is
 * not sensitive, but where they are few, which of them is why. */
#include <string.h>
#include "report/placing.h"

static int *
no_numbers(struct release *r, int count)
{
    int *list = arena_array(r->arena, (size_t)count + 1, sizeof *list);

    for (int i = 0; i <= count; i++)
        list[i] = NO_NUMBER;
    return list;
}

/* Whether the figure or row I of T counts no recipients. */
static enum unit_counted
row_counts(const struct question *q, int i)
{
    if (i >= q->figure_count)
        return UNIT_RECIPIENTS;
    return q->figures[i].counts == COUNTS_CHILDREN ? UNIT_CHILDREN
        : q->figures[i].counts == COUNTS_SERVICES ? UNIT_SERVICES
        : UNIT_RECIPIENTS;
}

/* T as protect.c reads it. */
static void
make_bare(struct release *r, struct entry *e)
{
    const struct table *t = e->t;
    struct doc_table *to = &e->bare;
    int cells = t->row_count * t->column_count;
    enum unit_counted *counts;

    to->shape = t->shape;
    to->multiple = t->multiple;
    to->rows.count = t->row_count;
    to->columns.count = t->column_count;
    to->base_count = t->base_count;
    to->base = t->base;
    to->outside = t->outside;
    to->left_out = t->left_out;
    to->totals = !t->multiple && (t->shape == SHAPE_ONE_WAY
                                  || t->shape == SHAPE_TWO_WAY);
    if (t->question->sum >= 0)
        to->sum = r->in->variables[t->question->sum].id;
    to->cell = arena_array(r->arena, (size_t)cells + 1, sizeof *to->cell);
    for (int i = 0; i < cells; i++)
        to->cell[i] = (struct doc_cell){
            t->cell[i], t->of != NULL ? t->of[i] : OF_NONE, false
        };
    if (t->shape != SHAPE_FIGURES)
        return;
    counts = arena_array(r->arena, (size_t)t->row_count + 1, sizeof *counts);
    for (int i = 0; i < t->row_count; i++)
        counts[i] = row_counts(t->question, i);
    to->row_counts = counts;
}

/* The N of base I whose value is not there to be added: those of the base
 * that are left are a number, too. */
static int
left_out_of_base(struct placing *p, int i, int64_t n)
{
    struct release *r = p->r;
    const char *set = r->fact[p->e->base[i]].set;
    const char *id = r->in->variables[p->sum].id;
    int part[2];

    part[0] = release_put_named(r, arena_printf(r->arena,
        "%s, no %s to add", set, id), n);
    part[1] = release_put_named(r, arena_printf(r->arena,
        "%s, with %s to add", set, id), p->t->base[i] - n);
    place_print(p, part[0], COST_OUTSIDE);
    release_sum(r, p->e->base[i], part, 2, false);
    return part[0];
}

/* How many were left out of a sum: of some shapes a number beside no
 * other. */
static void
put_left_out(struct placing *p)
{
    const struct table *t = p->t;
    struct release *r = p->r;
    bool whole = !t->multiple && (t->shape == SHAPE_ONE_WAY
                                  || t->shape == SHAPE_TWO_WAY);

    if (t->left_out == NULL || p->sum < 0)
        return;
    for (int i = 0; i < t->base_count; i++) {
        int at = p->e->left_out[i] = whole
            ? left_out_of_base(p, i, t->left_out[i])
            : release_put_named(r, arena_printf(r->arena,
                "%d left out of %d", i, (int)(p->e - r->entry)),
                t->left_out[i]);

        r->fact[at].status = true;
        if (release_small(r, t->left_out[i]))
            release_hide(r, at, WHY_STATUS);
    }
}

/* Where few are outside a base, it is not told why each of them is. */
static void
hide_status(struct release *r, struct entry *e)
{
    for (int i = 0; i < e->t->base_count; i++) {
        bool few = false;

        for (int k = 0; k < 3; k++)
            few |= release_small(r, place_outside_n(&e->t->outside[i], k));
        for (int k = 0; k < 3 && few; k++)
            if (e->outside[i][k] != NO_NUMBER)
                release_hide(r, e->outside[i][k], WHY_STATUS);
    }
}

static void
entry_init(struct release *r, struct entry *e)
{
    const struct table *t = e->t;
    int cells = t->row_count * t->column_count;

    e->cell = no_numbers(r, cells);
    e->of = no_numbers(r, cells);
    e->row = no_numbers(r, t->row_count);
    e->column = no_numbers(r, t->column_count);
    e->base = no_numbers(r, t->base_count);
    e->left_out = no_numbers(r, t->base_count);
    e->in_all = no_numbers(r, t->base_count);
    e->outside = arena_array(r->arena, (size_t)t->base_count + 1,
                             sizeof *e->outside);
    for (int i = 0; i < t->base_count; i++)
        e->outside[i][0] = e->outside[i][1] = e->outside[i][2] = NO_NUMBER;
    e->all = NO_NUMBER;
}

static struct placing
placing_of(struct release *r, struct entry *e)
{
    const struct question *q = e->t->question;

    return (struct placing){ r, e, e->t, q, release_whole(r, q), q->sum };
}

void
release_put_table(struct release *r, struct entry *e)
{
    struct placing p = placing_of(r, e);

    entry_init(r, e);
    make_bare(r, e);
    place_shape(&p);
    put_left_out(&p);
    hide_status(r, e);
}

/* ---- the page on the data ---- */

/* The figures "V is answered", "... unknown", "... unasked" of the page on
 * the data from the I-th on; the unanswered are left of all. */
static void
put_blanks(struct placing *p, int i, int64_t all)
{
    static const int32_t value[4] = { 0, VALUE_UNKNOWN, VALUE_UNASKED,
                                      VALUE_UNANSWERED };
    struct release *r = p->r;
    const char *id = p->q->figures[i].id;
    int v = instrument_variable(r->in, id, strlen(id)), list[4], whole;
    int64_t n[4] = { p->t->cell[i], p->t->cell[i + 1], p->t->cell[i + 2] };
    bool few = false;

    n[3] = all - n[0] - n[1] - n[2];
    for (int k = 0; k < 4; k++) {
        struct box x = k == 0 ? place_answered(p, v)
            : box_value(r->boxes, v, value[k], value[k]);

        x = place_within(p, x);
        list[k] = place_stand(p, &x, -1, n[k], n[k],
                              k == 0 ? COST_BASE : COST_OUTSIDE);
        r->fact[list[k]].status |= k > 0;
        few |= k > 0 && release_small(r, n[k]);
    }
    for (int k = 1; k < 4 && few; k++)
        release_hide(r, list[k], WHY_STATUS);
    whole = place_silent(p, &p->whole, all);
    memcpy(&p->e->cell[i], list, 3 * sizeof *list);
    p->e->of[i] = list[3];
    p->e->in_all[i] = whole;
    place_add_up(p, whole, list, 4, false);
}

void
release_add_blanks(struct release *r, const char *document,
                   const struct table *t, int64_t all)
{
    struct entry e = { .t = t, .document = document, .name = "data_blanks" };
    struct placing p = placing_of(r, &e);

    entry_init(r, &e);
    for (int i = 0; t->shape == SHAPE_FIGURES && i + 2 < t->row_count;
         i += 3)
        put_blanks(&p, i, all);
    for (int i = 0; t->shape != SHAPE_FIGURES && i < t->base_count; i++)
        place_base(&p, i, t->question->rows[t->base_count > 1 ? i : 0], -1);
    if (t->shape != SHAPE_FIGURES)
        hide_status(r, &e);
    e.blanks = true;
    e.in_all_n = all;
    if (r->rule.round_to > 0)
        *release_entry(r) = e;
}
