/* release_table.c - the places of one table as numbers; see release.h.
 *
 * What a place counts is a box: whom the table is about, and the values of
 * its row and column. The same meaning gives the same box in every table, so
 * that its number is shared. Here also stand the sums within a table, and
 * the first of two steps of hiding: each table by itself by network flows
 * (protect.c), with the marks of numbers that others share, until no table
 * hides more. */
#include <assert.h>
#include <string.h>
#include "report/releasing.h"

/* Of hiding a number, as protect.c has them. */
enum { COST_OUTSIDE = 8, COST_CELL = 16, COST_SUM = 400, COST_BASE = 3000 };

/* A table being placed. */
struct placing {
    struct release *r;
    struct entry *e;
    const struct table *t;
    const struct question *q;
    struct box whole;           /* whom it is about */
    int sum;                    /* what its cells add up, or -1 */
};

/* ---- boxes ---- */

/* Of variable V the key ID. */
static struct box
key_box(struct placing *p, int v, const char *id)
{
    const struct instrument *in = p->r->in;
    const struct variable *var = &in->variables[v];
    int32_t value;
    bool good = variable_read(in, var, id, strlen(id), &value);

    assert(good);
    (void)good;
    if (var->kind == KIND_CODES)
        return box_chosen(p->r->boxes, v, value);
    return box_value(p->r->boxes, v, value, value);
}

static struct box
both(struct placing *p, struct box x, struct box y)
{
    return box_and(p->r->boxes, &x, &y);
}

static struct box
answered(struct placing *p, int v)
{
    return box_answered(p->r->boxes, v);
}

/* Row R as it is written: a key of the row variable, or a variable of which
 * COLUMN is the key. */
static struct box
row_box(struct placing *p, int r)
{
    return key_box(p, p->q->rows[0], p->t->row_keys[r].id);
}

static struct box
column_box(struct placing *p, int c)
{
    return key_box(p, p->q->columns, p->t->column_keys[c].id);
}

/* ---- numbers ---- */

/* The number of X is printed, at a place that costs COST to hide. */
static int
stand(struct placing *p, const struct box *x, int sum, int64_t n,
      int64_t people, int cost)
{
    int i;
    struct fact *f;

    i = release_put(p->r, x, sum, n, people);
    f = &p->r->fact[i];
    f->printed = true;
    release_stands(p->r, i, p->e->document, p->e->name);
    if (cost > f->cost)
        f->cost = cost;
    return i;
}

static int
cell(struct placing *p, const struct box *x, int at, int sum)
{
    return p->e->cell[at] = stand(p, x, sum, p->t->cell[at],
                                  p->t->count[at], COST_CELL);
}

/* A number that no place has. */
static int
silent(struct placing *p, const struct box *x, int64_t n)
{
    return x->none ? NO_NUMBER : release_put(p->r, x, -1, n, n);
}

/* What is left of WHOLE beside PART, no box of its own. */
static int
rest(struct placing *p, int whole, const int *part, int count)
{
    struct release *r = p->r;
    int64_t left = r->fact[whole].n;
    const char *name = r->fact[whole].set;
    int list[2];

    for (int i = 0; i < count; i++) {
        left -= r->fact[part[i]].n;
        name = arena_printf(r->arena, "%s / %s", name,
                            r->fact[part[i]].set);
    }
    if (left < 0 || count != 1)
        return NO_NUMBER;
    list[0] = part[0];
    list[1] = release_put_named(r, name, left);
    release_sum(r, whole, list, 2, true);
    return list[1];
}

/* Takes those that are numbers of LIST. */
static int
pack(int *list, int count)
{
    int n = 0;

    for (int i = 0; i < count; i++)
        if (list[i] != NO_NUMBER)
            list[n++] = list[i];
    return n;
}

static void
add_up(struct placing *p, int whole, int *list, int count, bool values)
{
    if (whole != NO_NUMBER)
        release_sum(p->r, whole, list, pack(list, count), values);
}

static int64_t
outside_n(const struct outside *o, int k)
{
    return k == 0 ? o->unanswered : k == 1 ? o->unknown : o->not_asked;
}

/* N outside base I for reason K: those of X, or by the base's name where
 * they are no box. */
static int
stand_outside(struct placing *p, int i, int k, const struct box *x)
{
    static const char *const reason[3] = { "unanswered", "unknown",
                                           "not asked" };
    int64_t n = outside_n(&p->t->outside[i], k);
    int at;

    if (!x->none) {
        at = stand(p, x, -1, n, n, COST_OUTSIDE);
    } else {
        at = release_put_named(p->r, arena_printf(p->r->arena,
            "%s, else %s", p->r->fact[p->e->base[i]].set, reason[k]), n);
        p->r->fact[at].printed = true;
        p->r->fact[at].cost = COST_OUTSIDE;
        release_stands(p->r, at, p->e->document, p->e->name);
    }
    p->r->fact[at].status = true;
    return p->e->outside[i][k] = at;
}

/* Those outside base I because of the values FROM -1 (unanswered), -2, -3
 * that OUT gives for each; whole = base + outside. */
static void
frame(struct placing *p, int i, const struct box *base,
      const struct box out[3])
{
    const struct outside *o = &p->t->outside[i];
    int list[4], whole;
    int64_t all = p->t->base[i];

    list[0] = p->e->base[i] = stand(p, base, -1, p->t->base[i],
                                    p->t->base[i], COST_BASE);
    for (int k = 0; k < 3; k++) {
        int64_t n = outside_n(o, k);

        list[k + 1] = stand_outside(p, i, k, &out[k]);
        all += n;
    }
    whole = p->e->in_all[i] = silent(p, &p->whole, all);
    if (whole != list[0])
        add_up(p, whole, list, 4, false);
}

/* The base of variable V, and of W beside it (-1: none). */
static void
frame_of(struct placing *p, int i, int v, int w)
{
    struct release *r = p->r;
    struct box base = both(p, p->whole, answered(p, v)), out[3];

    for (int k = 0; k < 3; k++) {
        struct box one = box_value(r->boxes, v, -1 - k, -1 - k);

        if (w >= 0) {
            struct box two = both(p, answered(p, v),
                                  box_value(r->boxes, w, -1 - k, -1 - k));

            one = one.none ? two : two.none ? one
                : box_or(r->boxes, &one, &two);
        }
        out[k] = both(p, p->whole, one);
    }
    if (w >= 0)
        base = both(p, base, answered(p, w));
    frame(p, i, &base, out);
}

/* ---- shapes ---- */

static void
one_way(struct placing *p)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->row_count + 1,
                            sizeof *list);
    struct box base;

    frame_of(p, 0, p->q->rows[0], -1);
    for (int i = 0; i < t->row_count; i++) {
        struct box x = both(p, p->whole, row_box(p, i));

        list[i] = cell(p, &x, i, p->sum);
    }
    if (t->multiple)
        return;
    if (p->sum < 0) {
        add_up(p, p->e->base[0], list, t->row_count, true);
        return;
    }
    base = both(p, p->whole, answered(p, p->q->rows[0]));
    p->e->all = stand(p, &base, p->sum, table_sum(t), t->base[0],
                      COST_BASE);
    add_up(p, p->e->all, list, t->row_count, true);
}

/* A row's cells and its sum. */
static void
two_way_row(struct placing *p, int r, struct box row)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->column_count + 1,
                            sizeof *list);
    struct box x = both(p, row, answered(p, p->q->columns));
    int64_t people = 0;

    for (int c = 0; c < t->column_count; c++) {
        struct box one = both(p, row, column_box(p, c));

        list[c] = cell(p, &one, r * t->column_count + c, p->sum);
        people += t->count[r * t->column_count + c];
    }
    p->e->row[r] = stand(p, &x, p->sum, table_row_sum(t, r), people,
                         COST_SUM);
    add_up(p, p->e->row[r], list, t->column_count, true);
}

static void
two_way_column(struct placing *p, int c)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->row_count + 1,
                            sizeof *list);
    struct box x = both(p, both(p, p->whole, column_box(p, c)),
                        answered(p, p->q->rows[0]));
    int64_t people = 0;

    for (int r = 0; r < t->row_count; r++) {
        list[r] = p->e->cell[r * t->column_count + c];
        people += t->count[r * t->column_count + c];
    }
    p->e->column[c] = stand(p, &x, p->sum, table_column_sum(t, c), people,
                            COST_SUM);
    add_up(p, p->e->column[c], list, t->row_count, true);
}

static void
two_way(struct placing *p)
{
    const struct table *t = p->t;
    int most = t->row_count + t->column_count;
    int *list = arena_array(p->r->arena, (size_t)most + 1, sizeof *list);
    struct box base;
    int all;

    frame_of(p, 0, p->q->rows[0], p->q->columns);
    for (int r = 0; r < t->row_count; r++)
        two_way_row(p, r, both(p, p->whole, row_box(p, r)));
    if (t->multiple)
        return;
    base = both(p, both(p, p->whole, answered(p, p->q->rows[0])),
                answered(p, p->q->columns));
    all = p->sum < 0 ? p->e->base[0]
        : (p->e->all = stand(p, &base, p->sum, table_sum(t), t->base[0],
                             COST_BASE));
    for (int c = 0; c < t->column_count; c++)
        two_way_column(p, c);
    memcpy(list, p->e->row, (size_t)t->row_count * sizeof *list);
    add_up(p, all, list, t->row_count, true);
    memcpy(list, p->e->column, (size_t)t->column_count * sizeof *list);
    add_up(p, all, list, t->column_count, true);
}

static void
battery(struct placing *p)
{
    const struct table *t = p->t;
    int *list = arena_array(p->r->arena, (size_t)t->column_count + 1,
                            sizeof *list);

    for (int r = 0; r < t->row_count; r++) {
        int v = p->q->rows[r];

        frame_of(p, r, v, -1);
        for (int c = 0; c < t->column_count; c++) {
            struct box x = both(p, p->whole,
                                key_box(p, v, t->column_keys[c].id));

            list[c] = cell(p, &x, r * t->column_count + c, p->sum);
        }
        if (p->sum < 0)
            add_up(p, p->e->base[r], list, t->column_count, true);
    }
}

/* Of ALL those of U with an answer in V some have YES: the others have no. */
static void
add_no(struct placing *p, int v, int all, int yes, const struct box *u)
{
    struct box no = both(p, *u, box_value(p->r->boxes, v, 0, 0));
    int list[2] = { yes, NO_NUMBER };

    if (p->sum >= 0 || all == yes)
        return;
    list[1] = silent(p, &no, p->r->fact[all].n - p->r->fact[yes].n);
    add_up(p, all, list, 2, true);
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
        struct box yes = both(p, p->whole, box_value(p->r->boxes, v, 1, 1));

        frame_of(p, r, v, by ? p->q->columns : -1);
        for (int c = 0; c < t->column_count; c++) {
            int at = r * t->column_count + c;
            struct box x = by ? both(p, yes, column_box(p, c)) : yes, of;
            int one = cell(p, &x, at, p->sum);

            if (!by) {
                add_no(p, v, p->e->base[r], one, &p->whole);
                continue;
            }
            of = both(p, both(p, p->whole, answered(p, v)),
                      column_box(p, c));
            list[c] = p->e->of[at] = stand(p, &of, -1, t->of[at], t->of[at],
                                           COST_SUM);
            of = both(p, p->whole, column_box(p, c));
            add_no(p, v, list[c], one, &of);
        }
        if (by)
            add_up(p, p->e->base[r], list, t->column_count, false);
    }
}

/* Those outside the base of a figure lack a value of variable V. */
static void
figure_frame(struct placing *p, int i, const struct box *of, int v)
{
    struct box out[3], base = both(p, p->whole, *of);
    struct box has = { 0 };

    if (v >= 0)
        has = answered(p, v);
    for (int k = 0; k < 3; k++) {
        struct box one;

        out[k] = (struct box){ .none = true };
        if (v < 0 || !box_within(of, &has))
            continue;
        one = box_value(p->r->boxes, v, -1 - k, -1 - k);
        if (!one.none)
            out[k] = both(p, p->whole, one);
    }
    p->e->base[i] = stand(p, &base, -1, p->t->base[i], p->t->base[i],
                          COST_BASE);
    for (int k = 0; k < 3; k++)
        (void)stand_outside(p, i, k, &out[k]);
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
        struct box x = both(p, p->whole,
                            release_box(p->r, f != NULL ? f->where : NULL));
        int sum = f != NULL && f->sum >= 0 ? f->sum : p->q->sum, c;

        figure_frame(p, i, &of, first_of(p, f != NULL ? f->of : NULL));
        c = cell(p, &x, i, sum);
        /* A base that is no box around the cell still holds it. */
        if (sum < 0 && c != NO_NUMBER && p->e->base[i] != NO_NUMBER
            && c != p->e->base[i] && f != NULL && f->of != NULL
            && f->counts == COUNTS_RECIPIENTS
            && !box_within(&p->r->fact[c].box,
                           &p->r->fact[p->e->base[i]].box))
            (void)rest(p, p->e->base[i], &c, 1);
    }
}

/* ---- a table ---- */

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
    r->fact[part[0]].printed = true;
    r->fact[part[0]].cost = COST_OUTSIDE;
    release_stands(r, part[0], p->e->document, p->e->name);
    release_sum(r, p->e->base[i], part, 2, false);
    return part[0];
}

/* How many were left out of a sum: of some shapes a number beside no
 * other. */
static void
place_left_out(struct placing *p)
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
            few |= release_small(r, outside_n(&e->t->outside[i], k));
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
    struct placing p = { r, e, e->t, e->t->question,
                         release_box(r, e->t->question->where),
                         e->t->question->sum };

    p.whole = both(&p, p.whole, release_box(r, p.q->and_where));
    return p;
}

void
release_place(struct release *r, struct entry *e)
{
    static void (*const place[])(struct placing *p) = {
        [SHAPE_ONE_WAY] = one_way, [SHAPE_TWO_WAY] = two_way,
        [SHAPE_BATTERY] = battery, [SHAPE_TICKS] = ticks,
        [SHAPE_TICKS_BY] = ticks, [SHAPE_FIGURES] = figures
    };
    struct placing p = placing_of(r, e);

    entry_init(r, e);
    make_bare(r, e);
    place[e->t->shape](&p);
    place_left_out(&p);
    hide_status(r, e);
}

/* The figures "V is answered", "... unknown", "... unasked" of the page on
 * the data from the I-th on; the unanswered are left of all. */
static void
place_blanks(struct placing *p, int i, int64_t all)
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
        struct box x = k == 0 ? answered(p, v)
            : box_value(r->boxes, v, value[k], value[k]);

        x = both(p, p->whole, x);
        list[k] = stand(p, &x, -1, n[k], n[k],
                        k == 0 ? COST_BASE : COST_OUTSIDE);
        r->fact[list[k]].status |= k > 0;
        few |= k > 0 && release_small(r, n[k]);
    }
    for (int k = 1; k < 4 && few; k++)
        release_hide(r, list[k], WHY_STATUS);
    whole = silent(p, &p->whole, all);
    memcpy(&p->e->cell[i], list, 3 * sizeof *list);
    p->e->of[i] = list[3];
    p->e->in_all[i] = whole;
    add_up(p, whole, list, 4, false);
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
        place_blanks(&p, i, all);
    for (int i = 0; t->shape != SHAPE_FIGURES && i < t->base_count; i++)
        frame_of(&p, i, t->question->rows[t->base_count > 1 ? i : 0], -1);
    if (t->shape != SHAPE_FIGURES)
        hide_status(r, &e);
    e.blanks = true;
    e.in_all_n = all;
    if (r->rule.round_to > 0)
        *release_entry(r) = e;
}

/* ---- each table by itself ---- */

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
