/* count.c - see count.h.
 *
 * A counter stands beside each table of the plan, with one place for every
 * key there can be; a row adds one where it falls. What an int or a text4 was
 * never seen to be is cut away when the table is read off. */
#include "tab/count.h"
#include <assert.h>
#include <stdlib.h>
#include "tab/counter.h"

static int64_t *
numbers(struct arena *a, int64_t count)
{
    return arena_array(a, (size_t)count, sizeof(int64_t));
}

static struct seen
seen_none(const struct axis *axis, struct arena *a)
{
    struct seen s = { INT32_MAX, -1, NULL };

    if (axis->shows == AXIS_FOUND)
        s.at = arena_array(a, (size_t)axis->count, sizeof *s.at);
    return s;
}

static void
counter_init(struct counter *c, const struct planned *t, struct arena *a)
{
    int64_t cells = (int64_t)t->row_count * t->column_count;

    c->plan = t;
    c->rows = seen_none(&t->rows, a);
    c->columns = seen_none(&t->columns, a);
    c->base_count = planned_keyed(t) ? 1 : t->row_count;
    c->cell = numbers(a, cells);
    c->count = t->sums ? numbers(a, cells) : c->cell;
    if (t->shape == SHAPE_TICKS_BY)
        c->of = numbers(a, cells);
    if (planned_keyed(t) && t->rows.set >= 0
        && t->columns.shows != AXIS_ALL)
        c->across = numbers(a, t->column_count);
    c->base = numbers(a, c->base_count);
    if (t->sums)
        c->left_out = numbers(a, c->base_count);
    c->outside = arena_array(a, (size_t)c->base_count, sizeof *c->outside);
    arena_init(&c->made);
}

struct run *
run_new(const struct plan *plan)
{
    struct run *r = mem_take(sizeof *r);

    r->plan = plan;
    arena_init(&r->arena);
    r->counter = arena_array(&r->arena, (size_t)plan->count,
                             sizeof *r->counter);
    for (int i = 0; i < plan->count; i++)
        counter_init(&r->counter[i], plan->table[i], &r->arena);
    return r;
}

void
run_free(struct run *r)
{
    if (r == NULL)
        return;
    for (int i = 0; i < r->plan->count; i++)
        arena_clear(&r->counter[i].made);
    arena_clear(&r->arena);
    free(r);
}

void
seen_add(struct seen *s, int place)
{
    if (place < s->low)
        s->low = place;
    if (place > s->high)
        s->high = place;
    if (s->at != NULL)
        s->at[place] = true;
}

/* Whether VALUE is one; if not, why not is counted. SIGN, here and below, is
 * 1, or -1 for a row that is taken out again. */
static bool
has_value(int32_t value, struct outside *o, int sign)
{
    if (value >= 0)
        return true;
    switch (value) {
    case VALUE_UNANSWERED:
        o->unanswered += sign;
        break;
    case VALUE_UNKNOWN:
        o->unknown += sign;
        break;
    default:
        assert(value == VALUE_UNASKED);
        o->not_asked += sign;
        break;
    }
    return false;
}

/* The value of the column, which is 0 in a table without. */
static int32_t
column_value(const struct planned *t, const struct row *row)
{
    return t->question.columns < 0 ? 0 : row->value[t->question.columns];
}

/* The place of a column that has VALUE. */
static int
column_place(struct counter *c, int32_t value)
{
    int place;

    if (c->plan->question.columns < 0)
        return 0;
    place = axis_place(&c->plan->columns, value);
    seen_add(&c->columns, place);
    return place;
}

/* One recipient more in CELL, with what SUM adds. */
static void
add(struct counter *c, int64_t cell, const struct row *row, int sum,
    int sign)
{
    c->count[cell] += sign;
    if (sum >= 0)
        c->cell[cell] += row->value[sum] >= 0 ? sign * row->value[sum] : 0;
    else if (c->count != c->cell)
        c->cell[cell] += sign;
}

static void
leave_out(struct counter *c, int base, const struct row *row, int sum,
          int sign)
{
    if (sum >= 0 && row->value[sum] < 0)
        c->left_out[base] += sign;
}

/* Every chosen code is a row. False where none is. */
static bool
add_chosen(struct counter *c, const struct row *row, int column, int sign)
{
    const struct planned *t = c->plan;
    const uint64_t *set = row->set[t->rows.set];
    bool any = false;

    for (int i = 0; i < t->row_count; i++) {
        if ((set[i / 64] >> (i % 64) & 1) == 0)
            continue;
        any = true;
        add(c, (int64_t)i * t->column_count + column, row,
            t->question.sum, sign);
    }
    return any;
}

/* ONE_WAY and TWO_WAY. */
static void
count_keys(struct counter *c, const struct row *row, int sign)
{
    const struct planned *t = c->plan;
    int32_t value = row->value[t->question.rows[0]];
    int32_t across = column_value(t, row);
    int place, column;

    if (!has_value(value, c->outside, sign)
        || !has_value(across, c->outside, sign))
        return;
    c->base[0] += sign;
    column = column_place(c, across);
    if (c->across != NULL)
        c->across[column] += sign;
    if (t->rows.set >= 0) {
        if (value == 0 || !add_chosen(c, row, column, sign))
            return;
    } else {
        place = axis_place(&t->rows, value);
        seen_add(&c->rows, place);
        add(c, (int64_t)place * t->column_count + column, row,
            t->question.sum, sign);
    }
    leave_out(c, 0, row, t->question.sum, sign);
}

static void
count_battery(struct counter *c, const struct row *row, int sign)
{
    const struct planned *t = c->plan;

    for (int i = 0; i < t->row_count; i++) {
        int32_t value = row->value[t->question.rows[i]];
        int place;

        if (!has_value(value, &c->outside[i], sign))
            continue;
        c->base[i] += sign;
        place = axis_place(&t->columns, value);
        seen_add(&c->columns, place);
        add(c, (int64_t)i * t->column_count + place, row,
            t->question.sum, sign);
        leave_out(c, i, row, t->question.sum, sign);
    }
}

/* TICKS and TICKS_BY. */
static void
count_ticks(struct counter *c, const struct row *row, int sign)
{
    const struct planned *t = c->plan;
    int32_t across = column_value(t, row);

    for (int i = 0; i < t->row_count; i++) {
        int32_t value = row->value[t->question.rows[i]];
        int64_t cell;

        if (!has_value(value, &c->outside[i], sign)
            || !has_value(across, &c->outside[i], sign))
            continue;
        c->base[i] += sign;
        cell = (int64_t)i * t->column_count + column_place(c, across);
        if (c->of != NULL)
            c->of[cell] += sign;
        if (value == 0)
            continue;
        add(c, cell, row, t->question.sum, sign);
        leave_out(c, i, row, t->question.sum, sign);
    }
}

static void
count_figures(struct counter *c, const struct row *row, int sign)
{
    const struct planned *t = c->plan;

    for (int i = 0; i < t->row_count; i++) {
        const struct planned_figure *f = &t->figures[i];

        if (expr_test(f->of, row))
            c->base[i] += sign;
        else if (f->base_variable >= 0)
            has_value(row->value[f->base_variable], &c->outside[i], sign);
        if (!expr_test(f->where, row))
            continue;
        add(c, i, row, f->sum, sign);
        leave_out(c, i, row, f->sum, sign);
    }
}

void
run_signed(struct run *r, const struct row *row, int sign)
{
    static void (*const count[])(struct counter *, const struct row *,
                                 int sign) = {
        [SHAPE_ONE_WAY] = count_keys, [SHAPE_TWO_WAY] = count_keys,
        [SHAPE_BATTERY] = count_battery, [SHAPE_TICKS] = count_ticks,
        [SHAPE_TICKS_BY] = count_ticks, [SHAPE_FIGURES] = count_figures
    };

    assert(sign == 1 || sign == -1);
    r->rows += sign;
    for (int i = 0; i < r->plan->count; i++) {
        struct counter *c = &r->counter[i];
        const struct planned *t = c->plan;

        if (!c->elsewhere && expr_test(t->where, row)
            && expr_test(t->and_where, row))
            count[t->shape](c, row, sign);
    }
}

void
run_row(struct run *r, const struct row *row)
{
    run_signed(r, row, 1);
}

bool
run_rows(struct run *r, const struct cursor *c, struct err *e)
{
    const struct row *row;

    for (;;) {
        if (!c->next(c->ctx, &row, e))
            return false;
        if (row == NULL)
            return true;
        run_row(r, row);
    }
}

int64_t
run_seen(const struct run *r)
{
    return r->rows;
}

/* Whether one of the COUNT numbers at N, STEP apart, is not 0. */
static bool
any(const int64_t *n, int count, int step)
{
    for (int i = 0; i < count; i++)
        if (n[(int64_t)i * step] != 0)
            return true;
    return false;
}

/* Whether somebody is at PLACE of that side of the table. */
static bool
anybody(const struct counter *c, bool columns, int place)
{
    const struct planned *t = c->plan;
    const int64_t *n = c->of != NULL ? c->of : c->count;

    if (!columns)
        return any(n + (int64_t)place * t->column_count, t->column_count, 1);
    if (c->across != NULL)
        return c->across[place] != 0;
    return any(n + place, t->row_count, t->column_count);
}

/* Where rows were taken out again, fewer places are left than were seen. */
static void
see_again(struct counter *c, bool columns)
{
    struct seen *s = columns ? &c->columns : &c->rows;

    if ((columns ? c->plan->columns : c->plan->rows).shows == AXIS_ALL)
        return;
    while (s->low <= s->high && !anybody(c, columns, s->low))
        s->low++;
    while (s->low <= s->high && !anybody(c, columns, s->high))
        s->high--;
    for (int i = s->low; s->at != NULL && i <= s->high; i++)
        s->at[i] = s->at[i] && anybody(c, columns, i);
    if (s->low > s->high)
        *s = (struct seen){ INT32_MAX, -1, s->at };
}

/* What of a side is shown: COUNT places. */
struct cut {
    int from, count;
    const int *place;           /* which; NULL: one after another from FROM */
};

static int
cut_at(const struct cut *cut, int i)
{
    return cut->place != NULL ? cut->place[i] : cut->from + i;
}

/* A side without an axis, or whose keys are all shown, has COUNT places. */
static struct cut
cut_of(struct arena *made, const struct axis *a, int count,
       const struct seen *s)
{
    struct cut cut = { 0, count, NULL };
    int *place;

    if (a->shows == AXIS_ALL)
        return cut;
    if (s->low > s->high)
        return (struct cut){ 0, 0, NULL };
    if (a->shows == AXIS_RANGE)
        return (struct cut){ s->low, s->high - s->low + 1, NULL };
    cut.count = 0;
    cut.place = place = arena_array(made, (size_t)(s->high - s->low + 1),
                                    sizeof *place);
    for (int i = s->low; i <= s->high; i++)
        if (s->at[i])
            place[cut.count++] = i;
    return cut;
}

static const struct key *
cut_keys(struct arena *made, const struct axis *axis, struct cut cut)
{
    struct key *key = arena_array(made, (size_t)cut.count, sizeof *key);
    struct axis a = axis_named(axis, made);

    for (int i = 0; i < cut.count; i++)
        key[i] = axis_key(&a, cut_at(&cut, i), made);
    return key;
}

static bool
is_whole(const struct cut *cut, int count)
{
    return cut->place == NULL && cut->from == 0 && cut->count == count;
}

/* What is shown of the counters ALL: they themselves, where that is all; else
 * a copy, in CELL if it is not NULL. */
static int64_t *
cut_cells(struct counter *c, int64_t *all, struct cut rows,
          struct cut columns, int64_t *cell)
{
    int64_t width = c->plan->column_count, n = 0;

    if (is_whole(&rows, c->plan->row_count)
        && is_whole(&columns, c->plan->column_count))
        return all;
    if (cell == NULL)
        cell = numbers(&c->made, (int64_t)rows.count * columns.count);
    for (int i = 0; i < rows.count; i++)
        for (int j = 0; j < columns.count; j++)
            cell[n++] = all[cut_at(&rows, i) * width + cut_at(&columns, j)];
    return cell;
}

/* The one column of ticks and figures. */
static const struct key *
one_key(const struct counter *c, struct arena *arena)
{
    const struct axis *yes_no = &c->plan->rows;
    struct key *key = arena_take(arena, sizeof *key);

    if (c->plan->shape == SHAPE_TICKS)
        *key = axis_key(yes_no, axis_place(yes_no, 1), arena);
    else
        *key = (struct key){ "1", { { "1", "1", "1" } } };
    return key;
}

/* The keys of a side, CUT of axis A; *KEPT where they never change. */
static const struct key *
side_keys(struct run *r, struct counter *c, const struct axis *a,
          struct cut cut, const struct key **kept)
{
    if (a->shows != AXIS_ALL)
        return cut_keys(&c->made, a, cut);
    if (*kept == NULL)
        *kept = cut_keys(&r->arena, a, cut);
    return *kept;
}

static void
make_keys(struct run *r, struct counter *c, struct cut rows,
          struct cut columns)
{
    const struct planned *p = c->plan;
    struct table *t = &c->table;

    t->row_count = rows.count;
    t->column_count = columns.count;
    if (planned_keyed(p))
        t->row_keys = side_keys(r, c, &p->rows, rows, &c->row_keys);
    if (t->shape == SHAPE_TICKS || t->shape == SHAPE_FIGURES) {
        if (c->column_keys == NULL)
            c->column_keys = one_key(c, &r->arena);
        t->column_keys = c->column_keys;
    } else if (t->shape != SHAPE_ONE_WAY) {
        t->column_keys = side_keys(r, c, &p->columns, columns,
                                   &c->column_keys);
    }
}

/* Of figures: those that each says its share is of; in OF, if it is not
 * NULL. */
static int64_t *
figure_of(struct counter *c, int64_t *of)
{
    if (of == NULL)
        of = numbers(&c->made, c->base_count);
    for (int i = 0; i < c->base_count; i++)
        of[i] = c->plan->figures[i].has_of ? c->base[i] : -1;
    return of;
}

/* Whether that side of the table is cut as it was when it was made. */
static bool
is_shown(const struct counter *c, bool columns)
{
    const struct axis *a = columns ? &c->plan->columns : &c->plan->rows;
    const struct seen *s = columns ? &c->columns : &c->rows;
    const struct seen *was = columns ? &c->shown_columns : &c->shown_rows;

    return a->shows == AXIS_ALL
           || (a->shows == AXIS_RANGE && s->low == was->low
               && s->high == was->high);
}

static void
begin_table(struct counter *c)
{
    const struct planned *p = c->plan;

    arena_clear(&c->made);
    c->table = (struct table){
        .shape = p->shape, .question = &p->question,
        .multiple = planned_keyed(p) && p->rows.set >= 0,
        .base_count = c->base_count, .base = c->base,
        .outside = c->outside, .left_out = c->left_out
    };
}

/* The numbers of a table that has its keys; where it had numbers before, in
 * their place. */
static void
fill_table(struct counter *c, struct cut rows, struct cut columns)
{
    const struct planned *p = c->plan;
    struct table *t = &c->table;

    t->cell = cut_cells(c, c->cell, rows, columns, t->cell);
    if (p->sums)
        t->count = cut_cells(c, c->count, rows, columns, t->count);
    else
        t->count = t->cell;
    if (p->shape == SHAPE_TICKS_BY)
        t->of = cut_cells(c, c->of, rows, columns, t->of);
    else if (p->shape == SHAPE_FIGURES)
        t->of = figure_of(c, t->of);
}

const struct table *
run_table(struct run *r, int i)
{
    struct counter *c;
    struct cut rows, columns;
    bool again;

    assert(i >= 0 && i < r->plan->count);
    c = &r->counter[i];
    see_again(c, false);
    see_again(c, true);
    again = c->table.question != NULL && is_shown(c, false)
            && is_shown(c, true);
    if (!again)
        begin_table(c);
    rows = cut_of(&c->made, &c->plan->rows, c->plan->row_count, &c->rows);
    columns = cut_of(&c->made, &c->plan->columns, c->plan->column_count,
                     &c->columns);
    if (!again) {
        make_keys(r, c, rows, columns);
        c->shown_rows = c->rows;
        c->shown_columns = c->columns;
    }
    fill_table(c, rows, columns);
    return &c->table;
}
