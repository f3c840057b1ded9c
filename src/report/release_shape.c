/* release_shape.c - a table's places and the sums within it, by its shape; see
 * placing.h. */
#include <string.h>
#include "report/placing.h"

/* Row R as it is written: a key of the row variable, or a variable of which
 * COLUMN is the key. */
static struct box
row_box(struct placing *p, int r)
{
    return place_key(p, p->q->rows[0], p->t->row_keys[r].id);
}

static struct box
column_box(struct placing *p, int c)
{
    return place_key(p, p->q->columns, p->t->column_keys[c].id);
}

static int
cell(struct placing *p, const struct box *x, int at, int sum)
{
    return p->e->cell[at] = place_stand(p, x, sum, p->t->cell[at],
                                        p->t->count[at], COST_CELL);
}

/* What is left of WHOLE beside PART is no box of its own. */
static void
rest(struct placing *p, int whole, int part)
{
    struct release *r = p->r;
    int64_t left = r->fact[whole].n - r->fact[part].n;
    int list[2] = { part, NO_NUMBER };

    if (left < 0)
        return;
    list[1] = release_put_named(r, arena_printf(r->arena, "%s / %s",
        r->fact[whole].set, r->fact[part].set), left);
    release_sum(r, whole, list, 2, true);
}

/* ---- shapes ---- */

static void
one_way(struct placing *p)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->row_count + 1,
                            sizeof *list);
    struct box base;

    place_base(p, 0, p->q->rows[0], -1);
    for (int i = 0; i < t->row_count; i++) {
        struct box x = place_within(p, row_box(p, i));

        list[i] = cell(p, &x, i, p->sum);
    }
    if (t->multiple)
        return;
    if (p->sum < 0) {
        place_add_up(p, p->e->base[0], list, t->row_count, true);
        return;
    }
    base = place_within(p, place_answered(p, p->q->rows[0]));
    p->e->all = place_stand(p, &base, p->sum, table_sum(t), t->base[0],
                            COST_BASE);
    place_add_up(p, p->e->all, list, t->row_count, true);
}

/* A row's cells and its sum. */
static void
two_way_row(struct placing *p, int r, struct box row)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->column_count + 1,
                            sizeof *list);
    struct box x = place_both(p, row, place_answered(p, p->q->columns));
    int64_t people = 0;

    for (int c = 0; c < t->column_count; c++) {
        struct box one = place_both(p, row, column_box(p, c));

        list[c] = cell(p, &one, r * t->column_count + c, p->sum);
        people += t->count[r * t->column_count + c];
    }
    p->e->row[r] = place_stand(p, &x, p->sum, table_row_sum(t, r), people,
                               COST_SUM);
    place_add_up(p, p->e->row[r], list, t->column_count, true);
}

static void
two_way_column(struct placing *p, int c)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->row_count + 1,
                            sizeof *list);
    struct box x = place_both(p, place_within(p, column_box(p, c)),
                              place_answered(p, p->q->rows[0]));
    int64_t people = 0;

    for (int r = 0; r < t->row_count; r++) {
        list[r] = p->e->cell[r * t->column_count + c];
        people += t->count[r * t->column_count + c];
    }
    p->e->column[c] = place_stand(p, &x, p->sum, table_column_sum(t, c),
                                  people, COST_SUM);
    place_add_up(p, p->e->column[c], list, t->row_count, true);
}

static void
two_way(struct placing *p)
{
    const struct table *t = p->t;
    int most = t->row_count + t->column_count;
    int *list = arena_array(p->r->arena, (size_t)most + 1, sizeof *list);
    struct box base;
    int all;

    place_base(p, 0, p->q->rows[0], p->q->columns);
    for (int r = 0; r < t->row_count; r++)
        two_way_row(p, r, place_within(p, row_box(p, r)));
    if (t->multiple)
        return;
    base = place_both(p, place_within(p, place_answered(p, p->q->rows[0])),
                      place_answered(p, p->q->columns));
    all = p->sum < 0 ? p->e->base[0]
        : (p->e->all = place_stand(p, &base, p->sum, table_sum(t),
                                   t->base[0], COST_BASE));
    for (int c = 0; c < t->column_count; c++)
        two_way_column(p, c);
    memcpy(list, p->e->row, (size_t)t->row_count * sizeof *list);
    place_add_up(p, all, list, t->row_count, true);
    memcpy(list, p->e->column, (size_t)t->column_count * sizeof *list);
    place_add_up(p, all, list, t->column_count, true);
}

static void
battery(struct placing *p)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->column_count + 1,
                            sizeof *list);

    for (int r = 0; r < t->row_count; r++) {
        int v = p->q->rows[r];

        place_base(p, r, v, -1);
        for (int c = 0; c < t->column_count; c++) {
            struct box x = place_key(p, v, t->column_keys[c].id);

            x = place_within(p, x);
            list[c] = cell(p, &x, r * t->column_count + c, p->sum);
        }
        if (p->sum < 0)
            place_add_up(p, p->e->base[r], list, t->column_count, true);
    }
}

/* Of ALL those of U with an answer in V some have YES: the others have no. */
static void
add_no(struct placing *p, int v, int all, int yes, const struct box *u)
{
    struct box no = place_both(p, *u, box_value(p->r->boxes, v, 0, 0));
    int list[2] = { yes, NO_NUMBER };

    if (p->sum >= 0 || all == yes)
        return;
    list[1] = place_silent(p, &no, p->r->fact[all].n - p->r->fact[yes].n);
    place_add_up(p, all, list, 2, true);
}

/* Ticked or not; of a column where there are such. */
static void
ticks(struct placing *p)
{
    const struct table *t = p->t;
    bool by = t->shape == SHAPE_TICKS_BY;
    int *list = arena_array(p->r->arena, (size_t)t->column_count + 1,
                            sizeof *list);

    for (int r = 0; r < t->row_count; r++) {
        int v = p->q->rows[r];
        struct box yes = place_within(p, box_value(p->r->boxes, v, 1, 1));

        place_base(p, r, v, by ? p->q->columns : -1);
        for (int c = 0; c < t->column_count; c++) {
            int at = r * t->column_count + c;
            struct box x = by ? place_both(p, yes, column_box(p, c)) : yes, of;
            int one = cell(p, &x, at, p->sum);

            if (!by) {
                add_no(p, v, p->e->base[r], one, &p->whole);
                continue;
            }
            of = place_both(p, place_within(p, place_answered(p, v)),
                            column_box(p, c));
            list[c] = p->e->of[at] = place_stand(p, &of, -1, t->of[at],
                                                 t->of[at], COST_SUM);
            of = place_within(p, column_box(p, c));
            add_no(p, v, list[c], one, &of);
        }
        if (by)
            place_add_up(p, p->e->base[r], list, t->column_count, false);
    }
}

/* Those outside the base of a figure lack a value of variable V. */
static void
figure_frame(struct placing *p, int i, const struct box *of, int v)
{
    struct box out[3], base = place_within(p, *of);
    struct box has = { 0 };

    if (v >= 0)
        has = place_answered(p, v);
    for (int k = 0; k < 3; k++) {
        struct box one;

        out[k] = (struct box){ .none = true };
        if (v < 0 || !box_within(of, &has))
            continue;
        one = box_value(p->r->boxes, v, -1 - k, -1 - k);
        if (!one.none)
            out[k] = place_within(p, one);
    }
    p->e->base[i] = place_stand(p, &base, -1, p->t->base[i], p->t->base[i],
                                COST_BASE);
    for (int k = 0; k < 3; k++)
        (void)place_outside(p, i, k, &out[k]);
    p->e->in_all[i] = p->e->base[i];
}

struct first {
    int variable;
};

static void
see_first(void *ctx, int v)
{
    struct first *f = ctx;

    if (f->variable < 0)
        f->variable = v;
}

/* The first variable that the base of a figure names, or -1. */
static int
first_of(struct placing *p, const char *of)
{
    struct err e = { 0 };
    struct first f = { -1 };
    struct expr *x = of == NULL || *of == '\0' ? NULL
        : expr_parse(of, p->r->in, p->r->in->variable_count, p->r->arena,
                     NULL, &e);

    if (x != NULL)
        expr_variables(x, see_first, &f);
    return f.variable;
}

static void
figures(struct placing *p)
{
    for (int i = 0; i < p->t->row_count; i++) {
        const struct figure *f = i < p->q->figure_count ? &p->q->figures[i]
                                                        : NULL;
        struct box of = release_box(p->r, f != NULL ? f->of : NULL);
        struct box x = release_box(p->r, f != NULL ? f->where : NULL);
        int sum = f != NULL && f->sum >= 0 ? f->sum : p->q->sum, c;

        x = place_within(p, x);
        figure_frame(p, i, &of, first_of(p, f != NULL ? f->of : NULL));
        c = cell(p, &x, i, sum);
        /* A base that is no box around the cell still holds it. */
        if (sum < 0 && c != NO_NUMBER && p->e->base[i] != NO_NUMBER
            && c != p->e->base[i] && f != NULL && f->of != NULL
            && f->counts == COUNTS_RECIPIENTS
            && !box_within(&p->r->fact[c].box,
                           &p->r->fact[p->e->base[i]].box))
            rest(p, p->e->base[i], c);
    }
}

void
place_shape(struct placing *p)
{
    static void (*const place[])(struct placing *p) = {
        [SHAPE_ONE_WAY] = one_way, [SHAPE_TWO_WAY] = two_way,
        [SHAPE_BATTERY] = battery, [SHAPE_TICKS] = ticks,
        [SHAPE_TICKS_BY] = ticks, [SHAPE_FIGURES] = figures
    };

    place[p->t->shape](p);
}
