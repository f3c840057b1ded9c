/* release_net.c - a table's places as networks, which round it; see
 * release_round.c.
 *
 * Each network has what adds up in one table, and is rounded such that it
 * still does (round_net.h). A number keeps what it was rounded to where it
 * stood first. Where a table's sums don't let it, the table says another
 * multiple beside the true number, but of a small one: 0 in one place and 5
 * in another would tell that there are some, and fewer than 5. Rather than
 * that the table does not add up. */
#include "report/releasing.h"
#include "report/round_net.h"

enum { NODE_OUT, NODE_ALL, NODE_BASE, NODE_PARTS };

/* A network being made of places of one table. */
struct making {
    struct release *r;
    struct entry *e;
    struct table *to;           /* rounded */
    struct round_net net;
    int *fact;                  /* one an arc, or NO_NUMBER */
    int64_t **slot;             /* where it stands, or NULL */
};

/* ---- networks ---- */

static void
net_begin(struct making *m, int nodes, int arcs)
{
    struct arena *arena = m->r->arena;

    round_net_init(&m->net, nodes, arcs, arena);
    m->fact = arena_array(arena, (size_t)arcs + 1, sizeof *m->fact);
    m->slot = arena_array(arena, (size_t)arcs + 1, sizeof *m->slot);
}

/* N, which is the number FACT (if any) and stands in SLOT (if anywhere). */
static void
put(struct making *m, int from, int to, int64_t n, int fact, int64_t *slot)
{
    const struct fact *f = fact < 0 || m->r->fact[fact].n != n ? NULL
        : &m->r->fact[fact];
    int i = round_net_add(&m->net, (struct round_arc){
        .from = from, .to = to, .n = n,
        .want = f == NULL || !f->fixed ? WANT_NEAREST
            : f->rounded <= m->r->rule.round_to ? WANT_SMALL
            : to == NODE_ALL || from == NODE_OUT ? WANT_WHOLE : WANT_KEPT,
        .value = f != NULL ? f->rounded : 0,
        .name = f != NULL ? round_name(f->set) : 0
    });

    m->fact[i] = f != NULL ? fact : NO_NUMBER;
    m->slot[i] = slot;
}

static void
net_end(struct making *m)
{
    struct release *r = m->r;

    r->odd += !round_net_solve(&m->net, r->rule.round_to);
    for (int i = 0; i < m->net.arcs; i++) {
        int64_t value = m->net.arc[i].value;
        struct fact *f = m->fact[i] < 0 ? NULL : &r->fact[m->fact[i]];

        if (f != NULL && f->fixed) {
            m->e->split += f->rounded != value;
            if (f->rounded <= r->rule.round_to || value == 0)
                value = f->rounded;
        } else if (f != NULL) {
            f->rounded = value;
            f->fixed = true;
        }
        if (m->slot[i] != NULL)
            *m->slot[i] = value;
    }
}

/* Of WHOLE some are PART, which stands in SLOT. */
static void
part_of(struct making *m, int64_t whole, int of, int64_t n, int fact,
        int64_t *slot)
{
    net_begin(m, NODE_ALL + 1, 3);
    put(m, NODE_OUT, NODE_ALL, whole, of, NULL);
    put(m, NODE_ALL, NODE_OUT, n, fact, slot);
    put(m, NODE_ALL, NODE_OUT, whole - n, NO_NUMBER, NULL);
    net_end(m);
}

static void
alone(struct making *m, int at)
{
    net_begin(m, NODE_ALL + 1, 2);
    put(m, NODE_OUT, NODE_ALL, m->e->t->cell[at], m->e->cell[at],
        &m->to->cell[at]);
    put(m, NODE_ALL, NODE_OUT, m->e->t->cell[at], NO_NUMBER, NULL);
    net_end(m);
}

enum { FRAME_ARCS = 5 };

/* Base I and those outside it, of all that the table is about. */
static void
frame(struct making *m, int i)
{
    const struct table *t = m->e->t;
    const struct outside *o = &t->outside[i];
    struct outside *to = &m->to->outside[i];
    const int *out = m->e->outside[i];

    put(m, NODE_OUT, NODE_ALL,
        t->base[i] + o->unanswered + o->unknown + o->not_asked,
        m->e->in_all[i], NULL);
    put(m, NODE_ALL, NODE_OUT, o->unanswered, out[0], &to->unanswered);
    put(m, NODE_ALL, NODE_OUT, o->unknown, out[1], &to->unknown);
    put(m, NODE_ALL, NODE_OUT, o->not_asked, out[2], &to->not_asked);
    put(m, NODE_ALL, NODE_BASE, t->base[i], m->e->base[i],
        &m->to->base[i]);
}

/* A base of which nothing in its table is a part in this network. */
static void
frame_alone(struct making *m, int i)
{
    net_begin(m, NODE_PARTS, FRAME_ARCS + 1);
    frame(m, i);
    put(m, NODE_BASE, NODE_OUT, m->e->t->base[i], NO_NUMBER, NULL);
    net_end(m);
}

/* ---- shapes ---- */

static void
cell(struct making *m, int from, int to, int at)
{
    put(m, from, to, m->e->t->cell[at], m->e->cell[at], &m->to->cell[at]);
}

static bool
is_sum(const struct entry *e)
{
    return e->t->question->sum >= 0;
}

/* What the cells add up to, where that is not the base. */
static void
whole_or_frame(struct making *m)
{
    if (is_sum(m->e))
        put(m, NODE_OUT, NODE_BASE, table_sum(m->e->t), m->e->all, NULL);
    else
        frame(m, 0);
}

static void
round_one_way(struct making *m)
{
    const struct table *t = m->e->t;

    if (t->multiple || is_sum(m->e))
        frame_alone(m, 0);
    if (t->multiple) {
        for (int i = 0; i < t->row_count; i++)
            if (is_sum(m->e))
                alone(m, i);
            else
                part_of(m, t->base[0], m->e->base[0], t->cell[i],
                        m->e->cell[i], &m->to->cell[i]);
        return;
    }
    net_begin(m, NODE_PARTS, FRAME_ARCS + t->row_count);
    whole_or_frame(m);
    for (int i = 0; i < t->row_count; i++)
        cell(m, NODE_BASE, NODE_OUT, i);
    net_end(m);
}

static void
round_rows(struct making *m)
{
    const struct table *t = m->e->t;

    frame_alone(m, 0);
    for (int r = 0; r < t->row_count; r++) {
        net_begin(m, NODE_ALL + 1, t->column_count + 1);
        put(m, NODE_OUT, NODE_ALL, table_row_sum(t, r), m->e->row[r], NULL);
        for (int c = 0; c < t->column_count; c++)
            cell(m, NODE_ALL, NODE_OUT, r * t->column_count + c);
        net_end(m);
    }
}

static void
round_two_way(struct making *m)
{
    const struct table *t = m->e->t;
    int rows = t->row_count, columns = t->column_count;

    if (t->multiple) {
        round_rows(m);
        return;
    }
    if (is_sum(m->e))
        frame_alone(m, 0);
    net_begin(m, NODE_PARTS + rows + columns,
              FRAME_ARCS + rows + columns + rows * columns);
    whole_or_frame(m);
    for (int r = 0; r < rows; r++)
        put(m, NODE_BASE, NODE_PARTS + r, table_row_sum(t, r), m->e->row[r],
            NULL);
    for (int c = 0; c < columns; c++)
        put(m, NODE_PARTS + rows + c, NODE_OUT, table_column_sum(t, c),
            m->e->column[c], NULL);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            cell(m, NODE_PARTS + r, NODE_PARTS + rows + c, r * columns + c);
    net_end(m);
}

/* The number at place I, a part of base I. */
static void
part_of_base(struct making *m, int i)
{
    const struct table *t = m->e->t;

    net_begin(m, NODE_PARTS, FRAME_ARCS + 2);
    frame(m, i);
    cell(m, NODE_BASE, NODE_OUT, i);
    put(m, NODE_BASE, NODE_OUT, t->base[i] - t->cell[i], NO_NUMBER, NULL);
    net_end(m);
}

/* ---- shapes whose rows have a base each ---- */

static void
row_alone(struct making *m, int r)
{
    int columns = m->e->t->column_count;

    frame_alone(m, r);
    for (int c = 0; c < columns; c++)
        alone(m, r * columns + c);
}

static void
battery_row(struct making *m, int r)
{
    int columns = m->e->t->column_count;

    net_begin(m, NODE_PARTS, FRAME_ARCS + columns);
    frame(m, r);
    for (int c = 0; c < columns; c++)
        cell(m, NODE_BASE, NODE_OUT, r * columns + c);
    net_end(m);
}

/* In each column some have the tick of all that have an answer. */
static void
ticks_by_row(struct making *m, int r)
{
    const struct table *t = m->e->t;
    int columns = t->column_count;

    net_begin(m, NODE_PARTS + columns, FRAME_ARCS + columns * 3);
    frame(m, r);
    for (int c = 0; c < columns; c++) {
        int at = r * columns + c;

        put(m, NODE_BASE, NODE_PARTS + c, t->of[at], m->e->of[at],
            &m->to->of[at]);
        if (is_sum(m->e)) {
            put(m, NODE_PARTS + c, NODE_OUT, t->of[at], NO_NUMBER, NULL);
            continue;
        }
        cell(m, NODE_PARTS + c, NODE_OUT, at);
        put(m, NODE_PARTS + c, NODE_OUT, t->of[at] - t->cell[at], NO_NUMBER,
            NULL);
    }
    net_end(m);
    for (int c = 0; c < columns && is_sum(m->e); c++)
        alone(m, r * columns + c);
}

static void
round_each_row(struct making *m)
{
    static void (*const row[])(struct making *m, int r) = {
        [SHAPE_BATTERY] = battery_row, [SHAPE_TICKS] = part_of_base,
        [SHAPE_TICKS_BY] = ticks_by_row
    };
    const struct table *t = m->e->t;

    for (int r = 0; r < t->row_count; r++)
        if (is_sum(m->e) && t->shape != SHAPE_TICKS_BY)
            row_alone(m, r);
        else
            row[t->shape](m, r);
}

/* ---- figures ---- */

/* Who has no value, of all, in the figures I and the two after it. */
static void
round_no_value(struct making *m, int i)
{
    const struct table *t = m->e->t;
    int64_t left = m->e->in_all_n;

    net_begin(m, NODE_ALL + 1, 5);
    put(m, NODE_OUT, NODE_ALL, left, m->e->in_all[i], NULL);
    for (int k = i; k < i + 3; k++) {
        left -= t->cell[k];
        cell(m, NODE_ALL, NODE_OUT, k);
    }
    put(m, NODE_ALL, NODE_OUT, left, m->e->of[i], NULL);
    net_end(m);
    for (int k = i; k < i + 3; k++)
        if (t->base[k] == m->e->in_all_n)
            m->to->base[k] = m->net.arc[0].value;
}

static void
round_figures(struct making *m)
{
    const struct table *t = m->e->t;

    for (int i = 0; m->e->blanks && i + 2 < t->row_count; i += 3)
        round_no_value(m, i);
    for (int i = 0; i < t->row_count && !m->e->blanks; i++) {
        const struct figure *f = i < t->question->figure_count
            ? &t->question->figures[i] : NULL;
        bool people = f == NULL ? !is_sum(m->e)
            : f->sum < 0 && !is_sum(m->e)
              && f->counts == COUNTS_RECIPIENTS;

        if (people && t->cell[i] <= t->base[i]) {
            part_of_base(m, i);
        } else {
            frame_alone(m, i);
            alone(m, i);
        }
        if (t->of != NULL && t->of[i] == t->base[i])
            m->to->of[i] = m->to->base[i];
    }
}

/* ---- a table ---- */

/* Whom a figure is about may be more than its base. */
static void
know_whole(struct release *r, struct entry *e)
{
    struct box whole = release_whole(r, e->t->question);
    int all = release_find(r, -1, box_text(r->boxes, &whole));

    for (int i = 0; i < e->t->base_count; i++)
        e->in_all[i] = all;
}

void
release_round_places(struct release *r, struct entry *e, struct table *to)
{
    static void (*const round[])(struct making *m) = {
        [SHAPE_ONE_WAY] = round_one_way, [SHAPE_TWO_WAY] = round_two_way,
        [SHAPE_BATTERY] = round_each_row, [SHAPE_TICKS] = round_each_row,
        [SHAPE_TICKS_BY] = round_each_row, [SHAPE_FIGURES] = round_figures
    };
    struct making m = { .r = r, .e = e, .to = to };
    const struct table *t = e->t;

    if (t->shape == SHAPE_FIGURES)
        know_whole(r, e);
    e->split = 0;
    round[t->shape](&m);
    for (int i = 0; t->left_out != NULL && i < t->base_count; i++)
        part_of(&m, t->base[i], e->base[i], t->left_out[i], e->left_out[i],
                &to->left_out[i]);
}
