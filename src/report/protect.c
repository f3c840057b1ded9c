/* protect.c - see protect.h.
 *
 * A table becomes one network (flow.h) or one for each row, by its shape:
 * what adds up to what is all that the shapes differ in. Each arc knows the
 * mark that says whether its number is hidden; networks of rows share the
 * marks that rows share (a common base). At last the marks are applied: a
 * hidden number is gone, and so is every share that is of one.
 *
 * Those outside the base tell of the registrations and not of a person's
 * answer: where few are, it is not printed which of them did not answer, were
 * unknown or not asked (not even that none were), but the base is, though how
 * many they are together may be subtracted from it. Else three unanswered of
 * two thousand would take every share with them.
 *
 * Sums of children or services are not parts of the recipients: there the
 * cells add up to their own sums, and a cell made of few recipients is as
 * small as a small one. */
#include "report/protect.h"
#include <assert.h>
#include <string.h>
#include "report/flow.h"
#include "report/protecting.h"
#include "report/release.h"
#include "report/round_net.h"

/* Nodes that all networks have. */
enum { NODE_IN, NODE_BASE, NODE_OUT, NODE_FIRST };

/* Cells and their neighbours before the sums that shares are of. */
enum {
    COST_OUTSIDE = 8, COST_CELL = 16, COST_SUM = 400, COST_BASE = 3000,
    ARCS_MAX = 8192             /* of a network: larger is hidden whole */
};

/* A network being made, with the mark of each arc. */
struct net {
    struct protecting *p;
    struct flow f;
    bool **mark;
};

bool
protect_small(const struct protect_rule *rule, int64_t n)
{
    return rule != NULL && rule->round_to == 0 && n > 0
        && n < rule->threshold;
}

/* ---- networks ---- */

static struct net
net_begin(struct protecting *p, int nodes, int arcs)
{
    struct net n = { .p = p };

    flow_init(&n.f, NODE_FIRST + nodes, arcs + 5, p->arena);
    n.mark = arena_array(p->arena, (size_t)arcs + 5, sizeof *n.mark);
    return n;
}

/* A larger number costs more, a digit at a time. */
static int
cost_of(int64_t n, int cost)
{
    int digits = 1;

    while (n > 1) {
        n /= 2;
        digits++;
    }
    return cost * digits;
}

static void
net_add(struct net *n, struct flow_arc arc, bool *mark)
{
    if (mark != NULL)
        arc.hidden |= *mark;
    n->mark[flow_add(&n->f, arc)] = mark;
}

static void
net_number(struct net *n, int from, int to, int64_t number, int cost,
           bool *mark)
{
    net_add(n, (struct flow_arc){
        .from = from, .to = to, .n = number, .cost = cost_of(number, cost),
        .small = protect_few(n->p, number)
    }, mark);
}

static void
net_cell(struct net *n, int from, int to, int at)
{
    const struct protecting *p = n->p;
    int64_t number = p->t->cell[at].n;

    net_add(n, (struct flow_arc){
        .from = from, .to = to, .n = number,
        .cost = cost_of(number, COST_CELL),
        .small = protect_few(p, number)
            || (p->count != NULL && protect_few(p, p->count[at]))
    }, &p->m.cell[at]);
}

/* What no table prints, but anybody can subtract: the rest of a base. */
static void
net_rest(struct net *n, int from, int64_t number)
{
    assert(number >= 0);
    net_add(n, (struct flow_arc){
        .from = from, .to = NODE_OUT, .n = number,
        .small = protect_few(n->p, number), .silent = true
    }, NULL);
}

/* The base numbered I with those outside it, out of everybody that the
 * table is about: that number is known, unless it is small. */
static void
net_frame(struct net *n, int i)
{
    struct protecting *p = n->p;
    const struct outside *out = &p->t->outside[i];
    const int64_t outside[3] = { out->unanswered, out->unknown,
                                 out->not_asked };
    int64_t in_all = p->t->base[i];

    for (int k = 0; k < 3; k++) {
        in_all += outside[k];
        net_add(n, (struct flow_arc){
            .from = NODE_IN, .to = NODE_OUT, .n = outside[k],
            .cost = cost_of(outside[k], COST_OUTSIDE),
        }, &p->m.outside[i][k]);
    }
    net_number(n, NODE_IN, NODE_BASE, p->t->base[i], COST_BASE,
               &p->m.base[i]);
    net_add(n, (struct flow_arc){
        .from = NODE_OUT, .to = NODE_IN, .n = in_all,
        .cost = p->in_all == NULL ? COST_KNOWN : cost_of(in_all, COST_BASE),
        .silent = protect_few(p, in_all)
    }, p->in_all == NULL ? NULL : &p->in_all[i]);
}

/* Decides, and sets the marks: all of them where no choice is safe. */
static void
net_end(struct net *n)
{
    bool safe = n->f.arcs <= ARCS_MAX
        && flow_protect(&n->f, n->p->threshold);

    safe |= n->p->together;
    for (int i = 0; i < n->f.arcs; i++)
        if (n->mark[i] != NULL && (!safe || n->f.arc[i].hidden))
            *n->mark[i] = true;
}

/* ---- shapes ---- */

/* All cells are one whole: the base, or of sums their own sum. */
static void
one_way(struct protecting *p)
{
    int rows = p->t->rows.count;
    struct net n = net_begin(p, 0, rows);

    if (protect_sums(p))
        net_number(&n, NODE_OUT, NODE_BASE, doc_sum(p->t).n, COST_BASE,
                   &p->m.all);
    else
        net_frame(&n, 0);
    for (int r = 0; r < rows; r++)
        net_cell(&n, NODE_BASE, NODE_OUT, r);
    net_end(&n);
}

static void
two_way(struct protecting *p)
{
    const struct doc_table *t = p->t;
    int rows = t->rows.count, columns = t->columns.count;
    struct net n = net_begin(p, rows + columns,
                             rows * columns + rows + columns);

    if (protect_sums(p))
        net_number(&n, NODE_OUT, NODE_BASE, doc_sum(t).n, COST_BASE,
                   &p->m.all);
    else
        net_frame(&n, 0);
    for (int r = 0; r < rows; r++)
        net_number(&n, NODE_BASE, NODE_FIRST + r, doc_row_sum(t, r).n,
                   COST_SUM, &p->m.row[r]);
    for (int c = 0; c < columns; c++)
        net_number(&n, NODE_FIRST + rows + c, NODE_OUT,
                   doc_column_sum(t, c).n, COST_SUM, &p->m.column[c]);
    for (int i = 0; i < rows * columns; i++)
        net_cell(&n, NODE_FIRST + i / columns,
                 NODE_FIRST + rows + i % columns, i);
    net_end(&n);
}

/* A row by itself: its cells and the row's sum, which may be a part of the
 * base (one recipient in several rows). */
static void
row_of_many(struct protecting *p, int row)
{
    const struct doc_table *t = p->t;
    int columns = t->columns.count;
    int64_t sum = doc_row_sum(t, row).n;
    struct net n = net_begin(p, 1, columns + 2);

    if (protect_sums(p)) {
        net_number(&n, NODE_OUT, NODE_FIRST, sum, COST_SUM, &p->m.row[row]);
    } else {
        net_frame(&n, 0);
        net_number(&n, NODE_BASE, NODE_FIRST, sum, COST_SUM,
                   &p->m.row[row]);
        net_rest(&n, NODE_BASE, t->base[0] - sum);
    }
    for (int c = 0; c < columns; c++)
        net_cell(&n, NODE_FIRST, NODE_OUT, row * columns + c);
    net_end(&n);
}

static void
row_of_battery(struct protecting *p, int row)
{
    int columns = p->t->columns.count;
    struct net n = net_begin(p, 0, columns);

    net_frame(&n, row);
    for (int c = 0; c < columns; c++)
        net_cell(&n, NODE_BASE, NODE_OUT, row * columns + c);
    net_end(&n);
}

/* One number of a base; BASE numbers it. */
static void
row_of_ticks(struct protecting *p, int row, int base)
{
    struct net n = net_begin(p, 0, 2);

    net_frame(&n, base);
    net_cell(&n, NODE_BASE, NODE_OUT, row);
    net_rest(&n, NODE_BASE, p->t->base[base] - p->t->cell[row].n);
    net_end(&n);
}

/* The base of the row by columns, and of each who is ticked and not. */
static void
row_of_ticks_by(struct protecting *p, int row)
{
    const struct doc_table *t = p->t;
    int columns = t->columns.count;
    struct net n = net_begin(p, columns, columns * 3);

    net_frame(&n, row);
    for (int c = 0; c < columns; c++) {
        const struct doc_cell *cell = doc_cell_at(t, row, c);
        int64_t of = cell->of;

        if (of < cell->n && !protect_sums(p))
            continue;           /* no share is shown */
        net_number(&n, NODE_BASE, NODE_FIRST + c, of < 0 ? 0 : of, COST_SUM,
                   &p->m.of[c]);
        if (protect_sums(p))
            continue;
        net_cell(&n, NODE_FIRST + c, NODE_OUT, row * columns + c);
        net_rest(&n, NODE_FIRST + c, of - cell->n);
    }
    net_end(&n);
}

/* Cells that add up to nothing that is shown. */
static void
alone(struct protecting *p, int at)
{
    p->m.cell[at] |= protect_few(p, p->t->cell[at].n)
        || (p->count != NULL && protect_few(p, p->count[at]));
}

static bool
is_sum_row(const struct protecting *p, int row)
{
    const struct doc_table *t = p->t;

    return protect_sums(p) || t->cell[row].n > t->base[row]
        || (t->row_counts != NULL && t->row_counts[row] != t->base_unit)
        || (p->count != NULL && p->count[row] != t->cell[row].n);
}

static void
decide_row(struct protecting *p, int row)
{
    const struct doc_table *t = p->t;
    int columns = t->columns.count;

    switch (t->shape) {
    case SHAPE_ONE_WAY:
        if (protect_sums(p))
            alone(p, row);
        else
            row_of_ticks(p, row, 0);
        break;
    case SHAPE_TWO_WAY:
        row_of_many(p, row);
        break;
    case SHAPE_TICKS_BY:
        row_of_ticks_by(p, row);
        break;
    case SHAPE_BATTERY:
        if (!protect_sums(p))
            row_of_battery(p, row);
        break;
    case SHAPE_TICKS: case SHAPE_FIGURES:
        if (!is_sum_row(p, row))
            row_of_ticks(p, row, row);
        break;
    }
    for (int c = 0; c < columns; c++)
        alone(p, row * columns + c);
}

void
protect_decide(struct protecting *p)
{
    const struct doc_table *t = p->t;

    if (!t->multiple && t->shape == SHAPE_ONE_WAY)
        one_way(p);
    else if (!t->multiple && t->shape == SHAPE_TWO_WAY)
        two_way(p);
    else
        for (int r = 0; r < t->rows.count; r++)
            decide_row(p, r);
    for (int i = 0; i < t->base_count; i++) {
        int64_t left = t->left_out != NULL ? t->left_out[i] : 0;

        p->m.base[i] |= protect_few(p, t->base[i])
            || protect_few(p, t->base[i] - left);
    }
}

/* ---- the table ---- */

void
protect_marks(struct protecting *p)
{
    const struct doc_table *t = p->t;
    size_t rows = (size_t)t->rows.count + 1;
    size_t columns = (size_t)t->columns.count + 1;
    size_t bases = (size_t)t->base_count + 1;
    struct marks *m = &p->m;

    m->cell = arena_array(p->arena, rows * columns, sizeof *m->cell);
    m->row = arena_array(p->arena, rows, sizeof *m->row);
    m->column = arena_array(p->arena, columns, sizeof *m->column);
    m->of = arena_array(p->arena, columns, sizeof *m->of);
    m->base = arena_array(p->arena, bases, sizeof *m->base);
    m->left_out = arena_array(p->arena, bases, sizeof *m->left_out);
    m->outside = arena_array(p->arena, bases, sizeof *m->outside);
    for (int i = 0; i < t->base_count; i++)
        m->outside[i][0] = m->outside[i][1] = m->outside[i][2] =
            protect_few(p, t->outside[i].unanswered)
            || protect_few(p, t->outside[i].unknown)
            || protect_few(p, t->outside[i].not_asked);
}

void
protect_table(struct doc_table *t, const struct protect_rule *rule,
              const int64_t *count, struct arena *arena)
{
    struct protecting p = {
        .t = t, .arena = arena, .threshold = rule->threshold, .count = count
    };

    assert(!t->plain && rule->threshold >= PROTECT_MIN);
    protect_marks(&p);
    protect_decide(&p);
    protect_apply(&p);
}

void
protect_counted(struct doc_table *t, const struct table *counted,
                const struct protect_rule *rule, struct arena *arena)
{
    struct protecting p = {
        .t = t, .arena = arena, .threshold = rule->threshold,
        .count = counted->count
    };
    struct release_marks m;

    if (rule->round_to > 0)
        return;
    if (rule->release == NULL) {
        protect_table(t, rule, counted->count, arena);
        return;
    }
    m = release_marks(rule->release, counted, arena);
    p.m = (struct marks){
        .cell = m.cell, .row = m.row, .column = m.column, .base = m.base,
        .outside = m.outside, .all = m.all, .of = m.of,
        .left_out = m.left_out
    };
    protect_apply(&p);
}

bool
protect_hides(const struct protect_rule *rule, const char *where, int64_t n)
{
    if (rule == NULL || rule->release == NULL || rule->round_to > 0)
        return protect_small(rule, n);
    return release_hides(rule->release, where);
}

/* A whole of COUNT cells from the cell numbered AT on, each STEP further;
 * its sum is known, and MARK is set only where no choice is safe. */
static void
plain_whole(struct protecting *p, int at, int count, int step, bool *mark)
{
    struct net n = net_begin(p, 0, count);
    int64_t sum = 0;

    for (int i = 0; i < count; i++) {
        sum += p->t->cell[at + i * step].n;
        net_cell(&n, NODE_BASE, NODE_OUT, at + i * step);
    }
    net_add(&n, (struct flow_arc){
        .from = NODE_OUT, .to = NODE_BASE, .n = sum, .cost = COST_KNOWN
    }, mark);
    net_end(&n);
}

/* The same rounded to multiples of BASE. */
static void
round_whole(struct protecting *p, int at, int count, int step, int base)
{
    struct round_net net;
    int64_t sum = 0;

    round_net_init(&net, 2, count + 1, p->arena);
    for (int i = 0; i < count; i++) {
        sum += p->t->cell[at + i * step].n;
        round_net_add(&net, (struct round_arc){
            .from = 1, .to = 0, .n = p->t->cell[at + i * step].n
        });
    }
    round_net_add(&net, (struct round_arc){
        .from = 0, .to = 1, .n = sum, .want = WANT_WHOLE,
        .value = round_nearest(sum, base, 0)
    });
    (void)round_net_solve(&net, base);
    for (int i = 0; i < count; i++)
        p->t->cell[at + i * step].n = net.arc[i].value;
}

static void
round_plain(struct protecting *p, int base, enum plain_adds adds)
{
    int rows = p->t->rows.count, columns = p->t->columns.count;

    for (int r = 0; adds == PLAIN_ROWS && r < rows; r++)
        round_whole(p, r * columns, columns, 1, base);
    for (int c = 0; adds == PLAIN_COLUMNS && c < columns; c++)
        round_whole(p, c, rows, columns, base);
}

void
protect_plain(struct doc_table *t, const struct protect_rule *rule,
              enum plain_adds adds, struct arena *arena)
{
    struct protecting p = {
        .t = t, .arena = arena, .threshold = rule->threshold
    };
    int rows = t->rows.count, columns = t->columns.count;

    assert(t->plain && rule->threshold >= PROTECT_MIN);
    if (rule->round_to > 0) {
        round_plain(&p, rule->round_to, adds);
        return;
    }
    protect_marks(&p);
    for (int r = 0; adds == PLAIN_ROWS && r < rows; r++)
        plain_whole(&p, r * columns, columns, 1, &p.m.row[r]);
    for (int c = 0; adds == PLAIN_COLUMNS && c < columns; c++)
        plain_whole(&p, c, rows, columns, &p.m.column[c]);
    protect_apply(&p);
}

void
protect_blanks(struct doc_table *t, const struct protect_rule *rule,
               const char *where, struct arena *arena)
{
    struct protecting p = {
        .t = t, .arena = arena, .threshold = rule->threshold
    };
    int columns = t->columns.count;

    if (rule->round_to > 0)
        return;
    if (rule->release == NULL) {
        protect_plain(t, rule, PLAIN_ROWS, arena);
        return;
    }
    protect_marks(&p);
    for (int r = 0; r < t->rows.count; r++) {
        bool few = false;

        for (int c = 1; c < columns; c++)
            few |= protect_few(&p, t->cell[r * columns + c].n);
        p.m.cell[r * columns] = release_hides_answered(rule->release, where,
                                                       t->rows.key[r].id);
        for (int c = 1; c < columns; c++)
            p.m.cell[r * columns + c] = few || p.m.cell[r * columns];
    }
    protect_apply(&p);
}
