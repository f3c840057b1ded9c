/* plan.c - see plan.h.
 *
 * A question is checked against the instrument once, here, so that
 * counting has nothing left to refuse. A table that fails adds nothing to
 * the plan but some bytes in its arena. */
#include "tab/plan.h"
#include <assert.h>
#include <stdlib.h>
#include "tab/planned.h"

struct plan *
plan_new(const struct instrument *in)
{
    struct plan *p = mem_take(sizeof *p);

    assert(in->variable_count <= VARIABLE_MAX);
    arena_init(&p->arena);
    p->in = in;
    return p;
}

void
plan_free(struct plan *p)
{
    if (p == NULL)
        return;
    arena_clear(&p->arena);
    free(p);
}

int
plan_count(const struct plan *p)
{
    return p->count;
}

static const struct variable *
variable_at(const struct plan *p, int v)
{
    assert(v >= 0 && v < p->in->variable_count);
    return &p->in->variables[v];
}

/* Refuses V with KEY, which gets its id and its kind. */
static bool
refuse(struct err *e, const char *key, const struct variable *v)
{
    err_set(e, ERR_INPUT, key, "%s %s", v->id, kind_word(v->kind));
    return err_field(e, v->id);
}

static bool
check_row(const struct plan *p, int v, struct err *e)
{
    const struct variable *var = variable_at(p, v);

    if (!axis_takes(var))
        return refuse(e, "table.rows_kind", var);
    return true;
}

static bool
check_column(const struct plan *p, int v, struct err *e)
{
    const struct variable *var = variable_at(p, v);

    if (!axis_takes(var))
        return refuse(e, "table.columns_kind", var);
    if (var->kind == KIND_CODES)
        return refuse(e, "table.columns_several", var);
    return true;
}

static bool
check_sum(const struct plan *p, int v, struct err *e)
{
    const struct variable *var;

    if (v < 0)
        return true;
    var = variable_at(p, v);
    if (var->kind != KIND_INT)
        return refuse(e, "table.sum_kind", var);
    return true;
}

/* Takes the rows of a battery, from the second on, into KEYS. */
static bool
share_keys(const struct plan *p, const struct question *q,
           struct axis *keys, struct err *e)
{
    const struct variable *first = variable_at(p, q->rows[0]);

    if (first->kind == KIND_CODES)
        return refuse(e, "table.battery_several", first);
    for (int i = 1; i < q->row_count; i++) {
        const struct variable *v = variable_at(p, q->rows[i]);

        if (axis_share(keys, q->rows[i]))
            continue;
        err_set(e, ERR_INPUT, v->kind != first->kind ?
                "table.battery_kinds" : "table.battery_keys",
                "%s %s", v->id, first->id);
        return err_field(e, v->id);
    }
    return true;
}

/* Rows that are several variables: their columns, and what they have in
 * common. */
static bool
plan_battery(const struct plan *p, struct planned *t, struct err *e)
{
    const struct question *q = &t->question;
    const struct variable *first = variable_at(p, q->rows[0]);
    struct axis keys = axis_of(p->in, q->rows[0]);

    if (!share_keys(p, q, &keys, e))
        return false;
    t->row_count = q->row_count;
    if (first->kind != KIND_BOOL && q->columns >= 0)
        return refuse(e, "table.battery_columns",
                      variable_at(p, q->columns));

    if (first->kind != KIND_BOOL) {
        t->shape = SHAPE_BATTERY;
        t->columns = keys;
        t->column_count = keys.count;
        return true;
    }

    t->rows = keys;
    if (q->columns < 0) {
        t->shape = SHAPE_TICKS;
        t->column_count = 1;
    } else {
        t->shape = SHAPE_TICKS_BY;
        t->columns = axis_of(p->in, q->columns);
        t->column_count = t->columns.count;
    }
    return true;
}

static void
plan_keys(const struct plan *p, struct planned *t)
{
    const struct question *q = &t->question;

    t->shape = SHAPE_ONE_WAY;
    t->rows = axis_of(p->in, q->rows[0]);
    t->row_count = t->rows.count;
    t->column_count = 1;
    if (q->columns >= 0) {
        t->shape = SHAPE_TWO_WAY;
        t->columns = axis_of(p->in, q->columns);
        t->column_count = t->columns.count;
    }
}

static bool
plan_rows(const struct plan *p, struct planned *t, struct err *e)
{
    const struct question *q = &t->question;

    assert(q->figure_count == 0);
    if (q->row_count > QUESTION_ROWS_MAX)
        return err_set(e, ERR_INPUT, "table.rows_many", "%d %d",
                       q->row_count, (int)QUESTION_ROWS_MAX);
    for (int i = 0; i < q->row_count; i++)
        if (!check_row(p, q->rows[i], e))
            return false;
    if (q->columns >= 0 && !check_column(p, q->columns, e))
        return false;
    if (!check_sum(p, q->sum, e))
        return false;
    t->sums = q->sum >= 0;
    if (q->row_count > 1)
        return plan_battery(p, t, e);
    plan_keys(p, t);
    return true;
}

/* Parses TEXT into *X; NULL and an empty text are every row. */
static bool
parse(struct plan *p, const char *text, struct expr **x, struct err *e)
{
    *x = NULL;
    if (text == NULL)
        return true;
    *x = expr_parse(text, p->in, p->in->variable_count, &p->arena, NULL, e);
    return e->code == ERR_NONE;
}

static void
take_first(void *ctx, int variable)
{
    int *first = ctx;

    if (*first < 0)
        *first = variable;
}

static bool
plan_figure(struct plan *p, const struct figure *f, int sum,
            struct planned_figure *to, struct err *e)
{
    to->sum = f->sum >= 0 ? f->sum : sum;
    to->has_of = f->of != NULL;
    to->base_variable = -1;
    if (!check_sum(p, to->sum, e) || !parse(p, f->where, &to->where, e)
        || !parse(p, f->of, &to->of, e))
        return false;
    expr_variables(to->of, take_first, &to->base_variable);
    return true;
}

/* Without figures: one row, the single count. */
static bool
plan_figures(struct plan *p, struct planned *t, struct err *e)
{
    static const struct figure all = { .sum = -1 };
    const struct question *q = &t->question;
    int count = q->figure_count > 0 ? q->figure_count : 1;
    const struct figure *f = q->figure_count > 0 ? q->figures : &all;
    struct planned_figure *to;

    if (q->columns >= 0)
        return refuse(e, "table.columns_alone",
                      variable_at(p, q->columns));
    if (count > QUESTION_ROWS_MAX)
        return err_set(e, ERR_INPUT, "table.rows_many", "%d %d", count,
                       (int)QUESTION_ROWS_MAX);
    to = arena_array(&p->arena, (size_t)count, sizeof *to);
    for (int i = 0; i < count; i++) {
        if (!plan_figure(p, &f[i], q->sum, &to[i], e))
            return false;
        t->sums |= to[i].sum >= 0;
    }
    t->shape = SHAPE_FIGURES;
    t->figures = to;
    t->row_count = count;
    t->column_count = 1;
    return true;
}

static bool
check_size(const struct plan *p, const struct planned *t, struct err *e)
{
    int64_t cells = (int64_t)t->row_count * t->column_count;

    if (p->count == PLAN_TABLES_MAX)
        return err_set(e, ERR_INPUT, "table.too_many", "%d",
                       (int)PLAN_TABLES_MAX);
    if (cells > PLAN_CELLS_MAX - p->cells)
        return err_set(e, ERR_INPUT, "table.too_large", "%d %d %d",
                       t->row_count, t->column_count,
                       (int)PLAN_CELLS_MAX);
    return true;
}

static void need(void *plan, int v);

static void
need_all(struct plan *p, const int *v, int count)
{
    for (int i = 0; i < count; i++)
        need(p, v[i]);
}

static void
need_expr(struct plan *p, const struct expr *x)
{
    if (x != NULL)
        expr_variables(x, need, p);
}

/* Marks V and all that its value is made from. Whether it is asked at all
 * is part of that, and for a tick whether the services were gone through. */
static void
need(void *plan, int v)
{
    struct plan *p = plan;
    const struct variable *var;

    if (v < 0 || p->needed[v])
        return;
    var = variable_at(p, v);
    p->needed[v] = true;
    need_all(p, var->of, var->of_count);
    need_all(p, var->needs, var->need_count);
    need_all(p, var->entered, var->entered_count);
    need_expr(p, var->when);
    need_expr(p, var->asked);
    if (var->service >= 0 || var->category >= 0)
        need(p, p->in->role[ROLE_SERVICES_DONE]);
    if (var->derive == DERIVE_INDEX)
        need_all(p, p->in->index.variable, p->in->index.areas);
    if (var->derive == DERIVE_INDEX_GRADE)
        need(p, p->in->index_variable);
}

static void
need_table(struct plan *p, const struct planned *t)
{
    const struct question *q = &t->question;

    need_all(p, q->rows, q->row_count);
    need(p, q->columns);
    need(p, q->sum);
    need_expr(p, t->where);
    need_expr(p, t->and_where);
    for (int i = 0; t->shape == SHAPE_FIGURES && i < t->row_count; i++) {
        need(p, t->figures[i].sum);
        need_expr(p, t->figures[i].where);
        need_expr(p, t->figures[i].of);
    }
}

int
plan_add(struct plan *p, const struct question *q, struct err *e)
{
    struct planned *t = arena_take(&p->arena, sizeof *t);
    bool ok;

    assert(e->code == ERR_NONE);
    t->question = *q;
    ok = q->row_count > 0 ? plan_rows(p, t, e) : plan_figures(p, t, e);
    if (!ok || !parse(p, q->where, &t->where, e)
        || !parse(p, q->and_where, &t->and_where, e)
        || !check_size(p, t, e))
        return -1;
    need_table(p, t);
    p->cells += (int64_t)t->row_count * t->column_count;
    p->table[p->count] = t;
    return p->count++;
}

bool
plan_needs(const struct plan *p, int v)
{
    return v >= 0 && p->needed[v];
}
