/* release_round.c - a release that rounds instead of hiding; see release.h.
 *
 * Each table is rounded such that it adds up (round_net.h), the ones about
 * most people first, so that what they say of a part is what the tables
 * about that part add up to. A number keeps what it was rounded to where it
 * stood first. Where a table's sums don't let it, all is begun again with
 * that table first. Where that does not help (earlier releases can't be begun
 * again) the table says another multiple beside the true number, but of a
 * small one: 0 in one place and 5 in another would tell that there are some,
 * and fewer than 5. Rather than that the table does not add up. */
#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "feed/feed.h"
#include "report/build.h"
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

static void
round_battery(struct making *m)
{
    const struct table *t = m->e->t;
    int columns = t->column_count;

    for (int r = 0; r < t->row_count; r++) {
        if (is_sum(m->e)) {
            frame_alone(m, r);
            for (int c = 0; c < columns; c++)
                alone(m, r * columns + c);
            continue;
        }
        net_begin(m, NODE_PARTS, FRAME_ARCS + columns);
        frame(m, r);
        for (int c = 0; c < columns; c++)
            cell(m, NODE_BASE, NODE_OUT, r * columns + c);
        net_end(m);
    }
}

static void
round_ticks(struct making *m)
{
    const struct table *t = m->e->t;

    for (int r = 0; r < t->row_count; r++) {
        if (is_sum(m->e)) {
            frame_alone(m, r);
            alone(m, r);
            continue;
        }
        net_begin(m, NODE_PARTS, FRAME_ARCS + 2);
        frame(m, r);
        cell(m, NODE_BASE, NODE_OUT, r);
        put(m, NODE_BASE, NODE_OUT, t->base[r] - t->cell[r], NO_NUMBER,
            NULL);
        net_end(m);
    }
}

/* In each column some have the tick of all that have an answer. */
static void
round_ticks_by(struct making *m)
{
    const struct table *t = m->e->t;
    int columns = t->column_count;

    for (int r = 0; r < t->row_count; r++) {
        net_begin(m, NODE_PARTS + columns, FRAME_ARCS + columns * 3);
        frame(m, r);
        for (int c = 0; c < columns; c++) {
            int at = r * columns + c;

            put(m, NODE_BASE, NODE_PARTS + c, t->of[at], m->e->of[at],
                &m->to->of[at]);
            if (is_sum(m->e)) {
                put(m, NODE_PARTS + c, NODE_OUT, t->of[at], NO_NUMBER,
                    NULL);
                continue;
            }
            cell(m, NODE_PARTS + c, NODE_OUT, at);
            put(m, NODE_PARTS + c, NODE_OUT, t->of[at] - t->cell[at],
                NO_NUMBER, NULL);
        }
        net_end(m);
        for (int c = 0; c < columns && is_sum(m->e); c++)
            alone(m, r * columns + c);
    }
}

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
            net_begin(m, NODE_PARTS, FRAME_ARCS + 2);
            frame(m, i);
            cell(m, NODE_BASE, NODE_OUT, i);
            put(m, NODE_BASE, NODE_OUT, t->base[i] - t->cell[i], NO_NUMBER,
                NULL);
            net_end(m);
        } else {
            frame_alone(m, i);
            alone(m, i);
        }
        if (t->of != NULL && t->of[i] == t->base[i])
            m->to->of[i] = m->to->base[i];
    }
}

/* ---- ends ----
 *
 * The values of a number stand from the lowest to the highest that somebody
 * has (count.h), which tells that there is somebody at either end, and nobody
 * beyond. What is shown as nobody there is cut off. */

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

static void
cut_ends(struct release *r, struct table *t)
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

/* ---- a table ---- */

/* The nearest of COUNT numbers, each by itself: what no network has. */
static int64_t *
nearest(struct release *r, const int64_t *n, int count)
{
    int64_t *to = arena_array(r->arena, (size_t)count + 1, sizeof *to);

    for (int i = 0; i < count; i++)
        to[i] = n[i] < 0 ? n[i] : round_nearest(n[i], r->rule.round_to, 0);
    return to;
}

static struct table *
copy_of(struct release *r, const struct table *t)
{
    struct table *to = arena_take(r->arena, sizeof *to);
    int cells = t->row_count * t->column_count, base = r->rule.round_to;

    *to = *t;
    to->cell = nearest(r, t->cell, cells);
    to->count = nearest(r, t->count, cells);
    to->of = t->of == NULL ? NULL : nearest(r, t->of, cells);
    to->base = nearest(r, t->base, t->base_count);
    to->left_out = t->left_out == NULL ? NULL
        : nearest(r, t->left_out, t->base_count);
    to->outside = arena_array(r->arena, (size_t)t->base_count + 1,
                              sizeof *to->outside);
    for (int i = 0; i < t->base_count; i++)
        to->outside[i] = (struct outside){
            round_nearest(t->outside[i].unanswered, base, 0),
            round_nearest(t->outside[i].unknown, base, 0),
            round_nearest(t->outside[i].not_asked, base, 0)
        };
    return to;
}

/* Whom a table is about. */
static struct box
whole_box(struct release *r, const struct entry *e)
{
    struct box x = release_box(r, e->t->question->where);
    struct box y = release_box(r, e->t->question->and_where);

    return box_and(r->boxes, &x, &y);
}

static void
round_entry(struct release *r, struct entry *e)
{
    static void (*const round[])(struct making *m) = {
        [SHAPE_ONE_WAY] = round_one_way, [SHAPE_TWO_WAY] = round_two_way,
        [SHAPE_BATTERY] = round_battery, [SHAPE_TICKS] = round_ticks,
        [SHAPE_TICKS_BY] = round_ticks_by, [SHAPE_FIGURES] = round_figures
    };
    struct making m = { .r = r, .e = e, .to = copy_of(r, e->t) };
    const struct table *t = e->t;
    struct box whole = whole_box(r, e);
    int all = release_find(r, -1, box_text(r->boxes, &whole));

    /* Whom a figure is about may be more than its base. */
    for (int i = 0; t->shape == SHAPE_FIGURES && i < t->base_count; i++)
        e->in_all[i] = all;

    e->split = 0;
    round[t->shape](&m);
    for (int i = 0; i < t->row_count * t->column_count; i++)
        if (t->count[i] == t->cell[i])
            m.to->count[i] = m.to->cell[i];
    for (int i = 0; t->left_out != NULL && i < t->base_count; i++)
        part_of(&m, t->base[i], e->base[i], t->left_out[i], e->left_out[i],
                &m.to->left_out[i]);
    r->split += e->split;
    cut_ends(r, m.to);
    e->rounded = m.to;
}

/* ---- all ---- */

enum {
    TRIES = 8,
    HURRY = 10000               /* more than any turn_of */
};

struct turn {
    int key, entry;
};

static int
turn_compare(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;

    return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
                            : (a->entry > b->entry) - (a->entry < b->entry);
}

/* Tables about most people first, of those the simplest; single numbers
 * last. */
static int
turn_of(struct release *r, const struct entry *e)
{
    struct box x = whole_box(r, e);

    return (e->t->shape == SHAPE_FIGURES ? 1000 : 0) + x.count * 4
        + (e->t->shape == SHAPE_TWO_WAY ? 2
           : e->t->shape == SHAPE_TICKS_BY ? 3
           : e->t->shape == SHAPE_ONE_WAY ? 0 : 1);
}

static void
fix(struct release *r, struct fact *f)
{
    if (f->fixed)
        return;
    f->rounded = round_nearest(f->n, r->rule.round_to, round_name(f->set));
    f->fixed = true;
}

/* What is so before any table is rounded: numbers of earlier releases and
 * those that are told in any case. */
static void
begin_again(struct release *r, const bool *fixed)
{
    for (int i = 0; i < r->count; i++)
        r->fact[i].fixed = fixed[i];
    for (int i = 0; i < r->count; i++)
        if (r->fact[i].known)
            fix(r, &r->fact[i]);
    r->split = 0;
}

static void
round_in_order(struct release *r, struct turn *turn, const bool *fixed,
               int odd)
{
    begin_again(r, fixed);
    r->odd = odd;
    qsort(turn, (size_t)r->entries, sizeof *turn, turn_compare);
    for (int i = 0; i < r->entries; i++)
        round_entry(r, &r->entry[turn[i].entry]);
}

/* Tables that don't add up go first the next time. */
static void
hurry(const struct release *r, struct turn *turn)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[turn[i].entry].split > 0)
            turn[i].key -= HURRY;
}

static void
round_entries(struct release *r, const bool *fixed)
{
    size_t count = (size_t)r->entries;
    struct turn *turn = arena_array(r->arena, count + 1, sizeof *turn);
    struct turn *best = arena_array(r->arena, count + 1, sizeof *best);
    int least = INT_MAX, odd = r->odd;

    for (int i = 0; i < r->entries; i++)
        turn[i] = (struct turn){ turn_of(r, &r->entry[i]), i };
    for (int i = 0; i < TRIES && least > 0; i++) {
        round_in_order(r, turn, fixed, odd);
        if (r->split < least) {
            least = r->split;
            memcpy(best, turn, count * sizeof *best);
        }
        hurry(r, turn);
    }
    if (least > 0)
        round_in_order(r, best, fixed, odd);
}

void
release_round(struct release *r)
{
    bool *fixed = arena_array(r->arena, (size_t)r->count + 1, sizeof *fixed);

    for (int i = 0; i < r->count; i++)
        fixed[i] = r->fact[i].fixed;
    if (r->entries > 0)
        round_entries(r, fixed);
    for (int i = 0; i < r->count; i++)
        fix(r, &r->fact[i]);
}

const struct table *
release_rounded(const struct release *r, const struct table *t)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[i].t == t)
            return r->entry[i].rounded;
    assert(false);
    return t;
}

bool
release_round_tables(const struct instrument *in,
                     const struct protect_rule *rule,
                     const struct table **tables, int own, int count,
                     struct arena *arena, struct err *e)
{
    struct release *r;

    if (rule == NULL || rule->round_to == 0)
        return true;
    r = release_new(in, rule, NULL, arena);
    for (int i = 0; i <= own && i < count; i++)
        release_add(r, "report", tables[i]);
    for (int i = own + 1; i < count; i++)
        release_add_blanks(r, "report", tables[i], tables[own]->cell[0]);
    if (!release_solve(r, e))
        return false;
    for (int i = 0; i < count; i++)
        tables[i] = release_rounded(r, tables[i]);
    return true;
}

/* ---- what no table has ---- */

static struct coverage *
round_coverage(const struct coverage *c, int base, struct arena *arena)
{
    struct coverage *to = arena_take(arena, sizeof *to);
    int64_t missing = c->expected - c->complete;
    struct round_net net;

    for (int i = 0; i < REASON_COUNT; i++)
        missing -= c->reason[i];
    round_net_init(&net, 2, REASON_COUNT + 3, arena);
    round_net_add(&net, (struct round_arc){
        .from = 0, .to = 1,
        .n = missing < 0 ? c->expected - missing : c->expected
    });
    round_net_add(&net, (struct round_arc){ .from = 1, .n = c->complete });
    for (int i = 0; i < REASON_COUNT; i++)
        round_net_add(&net, (struct round_arc){ .from = 1,
                                                .n = c->reason[i] });
    round_net_add(&net, (struct round_arc){
        .from = 1, .n = missing < 0 ? 0 : missing
    });
    (void)round_net_solve(&net, base);
    to->expected = missing < 0 ? round_nearest(c->expected, base, 0)
                               : net.arc[0].value;
    to->complete = net.arc[1].value;
    for (int i = 0; i < REASON_COUNT; i++)
        to->reason[i] = net.arc[i + 2].value;
    return to;
}

static struct overlap *
round_overlap(const struct overlap *o, int base, struct arena *arena)
{
    struct overlap *to = arena_take(arena, sizeof *to);

    *to = *o;
    to->superseded = round_nearest(o->superseded, base, 0);
    to->no_number = round_nearest(o->no_number, base, 0);
    return to;
}

void
release_round_around(struct report_input *input, struct arena *arena)
{
    struct round *round = arena_take(arena, sizeof *round);
    int base = input->protect == NULL ? 0 : input->protect->round_to;

    if (base == 0)
        return;
    *round = *input->round;
    round->opted_out_deleted = round_nearest(round->opted_out_deleted, base,
                                             0);
    input->round = round;
    if (input->opted_out > 0)
        input->opted_out = round_nearest(input->opted_out, base, 0);
    if (input->coverage != NULL)
        input->coverage = round_coverage(input->coverage, base, arena);
    if (input->overlap != NULL)
        input->overlap = round_overlap(input->overlap, base, arena);
}
