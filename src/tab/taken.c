/* taken.c - what one run has counted given to another; see count.h.
 *
 * Questions are the same if they say the same: the two plans may be over two
 * copies of a definition. Most often the tables stand in the same order in
 * both, so the place after the last that was found is looked at first. */
#include <assert.h>
#include <string.h>
#include "tab/count.h"
#include "tab/counter.h"

static bool
same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* A share of everybody is not the same as no share. */
static bool
same_figure(const struct figure *a, const struct figure *b)
{
    return same_text(a->where, b->where) && same_text(a->of, b->of)
           && (a->of == NULL) == (b->of == NULL) && a->sum == b->sum;
}

static bool
same_question(const struct question *a, const struct question *b)
{
    if (a->row_count != b->row_count || a->columns != b->columns
        || a->sum != b->sum || a->figure_count != b->figure_count
        || !same_text(a->where, b->where)
        || !same_text(a->and_where, b->and_where))
        return false;
    for (int i = 0; i < a->row_count; i++)
        if (a->rows[i] != b->rows[i])
            return false;
    for (int i = 0; i < a->figure_count; i++)
        if (!same_figure(&a->figures[i], &b->figures[i]))
            return false;
    return true;
}

static bool
same_shape(const struct planned *a, const struct planned *b)
{
    return a->shape == b->shape && a->row_count == b->row_count
           && a->column_count == b->column_count && a->sums == b->sums;
}

/* The counter of FROM for what T asks, first looked for in place NEXT. */
static const struct counter *
find(const struct run *from, const struct planned *t, int next, int *found)
{
    for (int i = 0; i < from->plan->count; i++) {
        int k = (next + i) % from->plan->count;
        const struct planned *u = from->plan->table[k];

        if (same_shape(t, u) && same_question(&t->question, &u->question)) {
            *found = k;
            return &from->counter[k];
        }
    }
    return NULL;
}

static void
add_numbers(int64_t *to, const int64_t *from, int64_t count)
{
    for (int64_t i = 0; to != NULL && i < count; i++)
        to[i] += from[i];
}

static void
add_seen(struct seen *to, const struct seen *from)
{
    if (from->low > from->high)
        return;
    seen_add(to, from->low);
    seen_add(to, from->high);
    for (int i = from->low; to->at != NULL && i <= from->high; i++)
        to->at[i] = to->at[i] || from->at[i];
}

/* The cells of T's rows where somebody was seen: of an int few of many. */
static void
add_cells(int64_t *to, const int64_t *from, const struct planned *t,
          const struct seen *rows)
{
    int64_t first = 0, count = t->row_count, width = t->column_count;

    if (planned_keyed(t) && t->rows.shows != AXIS_ALL) {
        first = rows->low;
        count = (int64_t)rows->high - rows->low + 1;
    }
    if (to != NULL && count > 0)
        add_numbers(to + first * width, from + first * width, count * width);
}

static void
add_counter(struct counter *to, const struct counter *from)
{
    const struct planned *t = to->plan;

    add_seen(&to->rows, &from->rows);
    add_seen(&to->columns, &from->columns);
    add_cells(to->cell, from->cell, t, &from->rows);
    if (to->count != to->cell)
        add_cells(to->count, from->count, t, &from->rows);
    add_cells(to->of, from->of, t, &from->rows);
    add_numbers(to->across, from->across, to->plan->column_count);
    add_numbers(to->base, from->base, to->base_count);
    add_numbers(to->left_out, from->left_out, to->base_count);
    for (int i = 0; i < to->base_count; i++) {
        to->outside[i].unanswered += from->outside[i].unanswered;
        to->outside[i].unknown += from->outside[i].unknown;
        to->outside[i].not_asked += from->outside[i].not_asked;
    }
}

int
run_take(struct run *r, const struct run *from)
{
    int left = 0, next = 0;

    for (int i = 0; i < r->plan->count; i++) {
        struct counter *c = &r->counter[i];
        const struct counter *other = c->elsewhere ? NULL
            : find(from, c->plan, next, &next);

        if (other == NULL) {
            left += !c->elsewhere;
            continue;
        }
        add_counter(c, other);
        c->elsewhere = true;
        next++;
    }
    if (left == 0)
        r->rows += from->rows;
    return left;
}

static bool
same_numbers(const int64_t *a, const int64_t *b, int64_t count)
{
    return a == NULL || count == 0
           || memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

/* What was seen is compared by what a finished table shows of it. */
static bool
same_counter(const struct counter *a, const struct counter *b,
             const struct table *x, const struct table *y)
{
    int64_t cells = (int64_t)a->plan->row_count * a->plan->column_count;

    return x->row_count == y->row_count
           && x->column_count == y->column_count
           && same_numbers(a->cell, b->cell, cells)
           && same_numbers(a->count, b->count, cells)
           && same_numbers(a->of, b->of, cells)
           && same_numbers(a->across, b->across, a->plan->column_count)
           && same_numbers(a->base, b->base, a->base_count)
           && same_numbers(a->left_out, b->left_out, a->base_count)
           && memcmp(a->outside, b->outside,
                     (size_t)a->base_count * sizeof *a->outside) == 0;
}

bool
run_same(struct run *r, struct run *from, int i)
{
    assert(r->plan == from->plan);
    return same_counter(&r->counter[i], &from->counter[i], run_table(r, i),
                        run_table(from, i));
}

int
run_differs(struct run *r, struct run *from)
{
    for (int i = 0; i < r->plan->count; i++)
        if (!run_same(r, from, i))
            return i;
    return -1;
}
