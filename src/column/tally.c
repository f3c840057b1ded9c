/* tally.c - see tally.h.
 *
 * What each shape counts is what tab/count.c does with a row, said of all
 * rows at once. Who has no value is never looked for where it follows from
 * those who have: what is asked is the same few masks again and again. */
#include "column/tally.h"
#include <assert.h>
#include <stdlib.h>
#include "def/expr_node.h"

/* One table on its way. */
struct tallying {
    struct tally *t;
    struct masks *m;
    struct counter *c;
    const struct planned *p;
    int base;                   /* mask: whom the table is about */
};

static void
post(struct tally *t, struct posting posting)
{
    t->posting = mem_more(t->posting, t->postings, &t->posting_room,
                          sizeof *t->posting);
    t->posting[t->postings++] = posting;
}

/* The cube of rows in which PLANES and SITES hold, by the places of
 * SITING. */
static int
cube_of(struct tally *t, int planes, int sites, int siting)
{
    unsigned of = t->masks.mask[sites].sites;

    if (siting >= 0) {
        of |= 1u << t->siting[siting].a;
        if (t->siting[siting].b >= 0)
            of |= 1u << t->siting[siting].b;
    }
    return number_of(&t->cubes, planes, (int)of, 0);
}

/* TO[place * STRIDE] gets TIMES the rows in which PLANES and SITES hold, by
 * the places of SITING; -1: TO gets all. */
static void
post_cube(struct tally *t, int64_t *to, int64_t stride, int planes,
          int sites, int siting, int64_t times)
{
    int before = t->ways.count;
    int way = number_of(&t->ways, planes, sites, siting + 1);

    if (way == before) {
        t->way = mem_more(t->way, way, &t->way_room, sizeof *t->way);
        t->way[way].cube = cube_of(t, planes, sites, siting);
    }
    post(t, (struct posting){
        .to = to, .times = times, .stride = stride, .common = -1, .way = way
    });
}

/* TO gets TIMES the rows that A and B have in common. Where both are made of
 * planes, what sites say becomes bits: two masks are counted quicker than
 * they are made one. */
static void
want(struct tally *t, int64_t *to, int a, int b, int64_t times)
{
    struct masks *m = &t->masks;
    int x, y, s[2];

    if (a == MASK_NONE || b == MASK_NONE)
        return;
    mask_split(m, a, &x, &s[0]);
    mask_split(m, b, &y, &s[1]);
    s[0] = mask_and(m, s[0], s[1]);
    if (x == MASK_NONE || y == MASK_NONE || s[0] == MASK_NONE)
        return;
    if (x == y || x == MASK_ALL || y == MASK_ALL) {
        x = mask_and(m, x, y);
        if (x != MASK_NONE)
            post_cube(t, to, 0, x, s[0], -1, times);
        return;
    }
    x = mask_and(m, x, s[0]);
    if (x == MASK_NONE)
        return;
    if (!m->mask[x].bounded && !m->mask[y].bounded)
        x = mask_and(m, x, mask_plane(m, PLANE_FIRST));
    post(t, (struct posting){
        .to = to, .times = times, .way = -1,
        .common = number_of(&t->commons, x < y ? x : y, x < y ? y : x, 0)
    });
}

/* TO[place * STRIDE] gets TIMES the rows of MASK at each place of SITING. */
static void
want_spread(struct tally *t, int64_t *to, int64_t stride, int mask,
            int siting, int64_t times)
{
    int planes, sites;

    mask_split(&t->masks, mask, &planes, &sites);
    if (planes != MASK_NONE && sites != MASK_NONE)
        post_cube(t, to, stride, planes, sites, siting, times);
}

/* A side of a table: a variable along an axis, or (v -1) one mask. */
struct side {
    const struct axis *axis;
    int v, site, count;
    int mask;
};

static struct side
side_one(int mask)
{
    return (struct side){ NULL, -1, -1, 1, mask };
}

static struct side
side_of(const struct tallying *y, const struct axis *axis, int v)
{
    return v < 0 ? side_one(MASK_ALL)
         : (struct side){ axis, v, mask_site_of(y->m, v), axis->count,
                          MASK_ALL };
}

/* The mask of PLACE of S. */
static int
side_mask(struct tallying *y, const struct side *s, int place)
{
    int32_t value = s->v < 0 ? 0 : s->axis->from + place;

    if (s->v < 0)
        return s->mask;
    if (s->axis->variable->kind == KIND_BOOL)
        value = 1 - place;
    return mask_in(y->m, s->v, &(struct span){ value, value }, 1);
}

static int
side_has(struct tallying *y, const struct side *s)
{
    return s->v < 0 ? MASK_ALL : mask_has(y->m, s->v);
}

/* The places that R and C (NULL: none) give to rows by their sites: those of
 * R times the width of C. */
static int
siting_of(struct tally *t, const struct side *r, const struct side *c)
{
    struct siting k = {
        .a = r->site, .from_a = r->axis->from, .count_a = r->count,
        .b = c != NULL ? c->site : -1, .count_b = c != NULL ? c->count : 1,
        .from_b = c != NULL ? c->axis->from : 0
    };

    for (int i = 0; i < t->sitings; i++) {
        const struct siting *o = &t->siting[i];

        if (o->a == k.a && o->from_a == k.from_a && o->count_a == k.count_a
            && o->b == k.b && o->from_b == k.from_b
            && o->count_b == k.count_b)
            return i;
    }
    t->siting = mem_more(t->siting, t->sitings, &t->siting_room,
                         sizeof *t->siting);
    t->siting[t->sitings] = k;
    return t->sitings++;
}

/* CELL, all places of R and C, gets TIMES those of the table who are there
 * and in MASK. */
static void
want_cells(struct tallying *y, int64_t *cell, const struct side *r,
           const struct side *c, int mask, int64_t times)
{
    struct tally *t = y->t;
    int64_t width = c->count;
    int base = mask_and(y->m, y->base, mask);

    if (r->site >= 0 && c->site >= 0)
        want_spread(t, cell, 1, base, siting_of(t, r, c), times);
    for (int j = 0; r->site >= 0 && c->site < 0 && j < c->count; j++)
        want_spread(t, cell + j, width,
                    mask_and(y->m, base, side_mask(y, c, j)),
                    siting_of(t, r, NULL), times);
    for (int i = 0; r->site < 0 && i < r->count; i++) {
        int row = mask_and(y->m, side_mask(y, r, i), mask);

        if (c->site >= 0)
            want_spread(t, cell + i * width, 1,
                        mask_and(y->m, y->base, row),
                        siting_of(t, c, NULL), times);
        for (int j = 0; c->site < 0 && j < c->count; j++)
            want(t, cell + i * width + j,
                 mask_and(y->m, y->base, side_mask(y, c, j)), row, times);
    }
}

/* Cells and counts of a table, or of a row of it, from place AT on. SUM is
 * summed bit by bit. */
static void
want_all(struct tallying *y, int64_t at, const struct side *r,
         const struct side *c, int sum)
{
    int64_t *cell = y->c->cell + at;

    want_cells(y, y->c->count + at, r, c, MASK_ALL, 1);
    if (y->c->cell == y->c->count)
        return;
    if (sum < 0) {
        want_cells(y, cell, r, c, MASK_ALL, 1);
        return;
    }
    if (mask_low(y->m, sum) != 0)
        want_cells(y, cell, r, c, mask_has(y->m, sum), mask_low(y->m, sum));
    for (int i = 0; i < mask_bits(y->m, sum); i++)
        want_cells(y, cell, r, c, mask_bit(y->m, sum, i), (int64_t)1 << i);
}

/* Those of BASE who have no value in V. */
static void
want_outside(struct tallying *y, struct outside *o, int base, int v)
{
    struct tally *t = y->t;
    int unknown, unasked;

    if (v < 0)
        return;
    unknown = mask_without(y->m, v, VALUE_UNKNOWN);
    unasked = mask_without(y->m, v, VALUE_UNASKED);
    want(t, &o->unknown, base, unknown, 1);
    want(t, &o->not_asked, base, unasked, 1);
    want(t, &o->unanswered, base, MASK_ALL, 1);
    want(t, &o->unanswered, base, mask_has(y->m, v), -1);
    want(t, &o->unanswered, base, unknown, -1);
    want(t, &o->unanswered, base, unasked, -1);
}

/* Those of A who are in B but have nothing to add. */
static void
want_left_out(struct tallying *y, int row, int a, int b, int sum)
{
    if (sum < 0)
        return;
    want(y->t, &y->c->left_out[row], a, b, 1);
    want(y->t, &y->c->left_out[row], mask_and(y->m, a, b),
         mask_has(y->m, sum), -1);
}

/* ONE_WAY and TWO_WAY; of kind codes no place is a mask. */
static void
tally_keys(struct tallying *y)
{
    const struct question *q = &y->p->question;
    struct side r = side_of(y, &y->p->rows, q->rows[0]);
    struct side c = side_of(y, &y->p->columns, q->columns);
    int rows = side_has(y, &r);
    int columns = mask_and(y->m, y->base, side_has(y, &c));

    want_all(y, 0, &r, &c, q->sum);
    want(y->t, &y->c->base[0], columns, rows, 1);
    want_outside(y, y->c->outside, y->base, r.v);
    want_outside(y, y->c->outside, mask_and(y->m, y->base, rows), c.v);
    want_left_out(y, 0, columns, rows, q->sum);
}

static void
tally_battery(struct tallying *y)
{
    const struct question *q = &y->p->question;
    const struct side all = side_one(MASK_ALL);

    for (int i = 0; i < y->p->row_count; i++) {
        struct side c = side_of(y, &y->p->columns, q->rows[i]);
        int has = mask_has(y->m, q->rows[i]);

        want_all(y, (int64_t)i * y->p->column_count, &all, &c, q->sum);
        want(y->t, &y->c->base[i], y->base, has, 1);
        want_outside(y, &y->c->outside[i], y->base, q->rows[i]);
        want_left_out(y, i, y->base, has, q->sum);
    }
}

/* TICKS and TICKS_BY. */
static void
tally_ticks(struct tallying *y)
{
    const struct question *q = &y->p->question;
    struct side c = side_of(y, &y->p->columns, q->columns);
    int columns = mask_and(y->m, y->base, side_has(y, &c));

    for (int i = 0; i < y->p->row_count; i++) {
        int64_t offset = (int64_t)i * y->p->column_count;
        int v = q->rows[i], has = mask_has(y->m, v);
        int yes = mask_in(y->m, v, &(struct span){ 1, 1 }, 1);
        struct side asked = side_one(has), ticked = side_one(yes);

        if (y->c->of != NULL)
            want_cells(y, y->c->of + offset, &asked, &c, MASK_ALL, 1);
        want_all(y, offset, &ticked, &c, q->sum);
        want(y->t, &y->c->base[i], columns, has, 1);
        want_outside(y, &y->c->outside[i], y->base, v);
        want_outside(y, &y->c->outside[i], mask_and(y->m, y->base, has),
                     c.v);
        want_left_out(y, i, columns, yes, q->sum);
    }
}

static void
tally_figures(struct tallying *y)
{
    const struct side all = side_one(MASK_ALL);

    for (int i = 0; i < y->p->row_count; i++) {
        const struct planned_figure *f = &y->p->figures[i];
        int where = mask_expr(y->m, f->where), of = mask_expr(y->m, f->of);

        struct side here = side_one(where);

        want_all(y, i, &here, &all, f->sum);
        want(y->t, &y->c->base[i], y->base, of, 1);
        want_outside(y, &y->c->outside[i],
                     mask_and_not(y->m, y->base, of), f->base_variable);
        want_left_out(y, i, y->base, where, f->sum);
    }
}

bool
tally_takes(const struct plan *plan, int i)
{
    const struct planned *p = plan->table[i];

    if ((planned_keyed(p) && p->rows.set >= 0)
        || !mask_takes(plan->in, p->where)
        || !mask_takes(plan->in, p->and_where))
        return false;
    for (int k = 0; p->shape == SHAPE_FIGURES && k < p->row_count; k++)
        if (!mask_takes(plan->in, p->figures[k].where)
            || !mask_takes(plan->in, p->figures[k].of))
            return false;
    return true;
}

/* Whether V is one of PLACES. */
static bool
is_one(const struct sites *places, int v)
{
    for (int i = 0; i < places->count; i++)
        if (places->variable[i] == v)
            return true;
    return false;
}

/* Whether X asks for one of the places, or for a date: what was written on
 * the same days stands together by year. */
static bool
expr_asks(const struct instrument *in, const struct sites *places,
          const struct expr *x)
{
    if (x == NULL)
        return false;
    if (x->op != OP_AND && x->op != OP_OR && x->op != OP_NOT)
        return is_one(places, x->variable)
            || in->variables[x->variable].kind == KIND_DATE;
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        if (expr_asks(in, places, k))
            return true;
    return false;
}

/* The order that table P is answered by. */
static enum order
order_of(const struct instrument *in, const struct sites *places,
         const struct planned *p)
{
    const struct question *q = &p->question;
    bool asks = is_one(places, q->columns) || is_one(places, q->sum)
             || expr_asks(in, places, p->where)
             || expr_asks(in, places, p->and_where);

    for (int i = 0; i < q->row_count; i++)
        asks = asks || is_one(places, q->rows[i]);
    for (int i = 0; p->shape == SHAPE_FIGURES && i < p->row_count; i++) {
        const struct planned_figure *f = &p->figures[i];

        asks = asks || is_one(places, f->base_variable)
            || is_one(places, f->sum) || expr_asks(in, places, f->where)
            || expr_asks(in, places, f->of);
    }
    return asks ? ORDER_PLACES : ORDER_PEOPLE;
}

/* The rows that are asked about at all. Only PLACES has all of a unit's. */
static int
everybody(struct masks *m, enum order order, int unit)
{
    if (m->o->rows == 0 || (unit >= 0 && order == ORDER_PEOPLE))
        return MASK_NONE;
    if (unit >= 0)
        return mask_in(m, m->in->role[ROLE_UNIT],
                       &(struct span){ unit, unit }, 1);
    return order == ORDER_PEOPLE ? MASK_ALL : mask_plane(m, m->c->counts);
}

/* Table I of the plan of RUN. */
static void
tally_table(struct tally *t, struct run *run, int i, int all)
{
    static void (*const tally[])(struct tallying *) = {
        [SHAPE_ONE_WAY] = tally_keys, [SHAPE_TWO_WAY] = tally_keys,
        [SHAPE_BATTERY] = tally_battery, [SHAPE_TICKS] = tally_ticks,
        [SHAPE_TICKS_BY] = tally_ticks, [SHAPE_FIGURES] = tally_figures
    };
    const struct planned *p = run->plan->table[i];
    struct tallying y = { t, &t->masks, &run->counter[i], p, 0 };

    y.base = mask_and(y.m, all, mask_expr(y.m, p->where));
    y.base = mask_and(y.m, y.base, mask_expr(y.m, p->and_where));
    tally[p->shape](&y);
}

void
tally_init(struct tally *t, const struct columns *c, enum order order,
           const struct instrument *in, struct run *run, int unit)
{
    const struct sites places = sites_of(in, ORDER_PLACES);
    bool alone = unit >= 0;     /* a unit's own set: PEOPLE lacks some */
    int all;

    *t = (struct tally){ .postings = 0 };
    arena_init(&t->arena);
    masks_init(&t->masks, c, order, in);
    all = everybody(&t->masks, order, unit);
    if (order == (alone ? ORDER_PLACES : ORDER_PEOPLE))
        want(t, &run->rows, all, MASK_ALL, 1);
    for (int i = 0; i < run->plan->count; i++)
        if (tally_takes(run->plan, i)
            && order == (alone ? ORDER_PLACES
                         : order_of(in, &places, run->plan->table[i])))
            tally_table(t, run, i, all);
    tally_cut(t);
}

void
tally_clear(struct tally *t)
{
    tally_cut_clear(t);
    masks_clear(&t->masks);
    arena_clear(&t->arena);
    numbered_clear(&t->commons);
    numbered_clear(&t->cubes);
    numbered_clear(&t->ways);
    free(t->siting);
    free(t->posting);
    free(t->way);
}
