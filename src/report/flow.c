/* flow.c - see flow.h.
 *
 * For each small arc, the smallest first: its raise is sent back from its
 * end to its beginning along the cheapest way (Dijkstra), over arcs that are
 * raised or lowered. A hidden arc costs next to nothing, a shown one what
 * hiding it costs, so that what is hidden already is used first. A way for
 * the whole raise is looked for before ways for parts of it. */
#include "report/flow.h"
#include <assert.h>
#include "report/order.h"

enum { STEP_COST = 1, HIDE_SCALE = 64 };

void
flow_init(struct flow *f, int nodes, int room, struct arena *arena)
{
    *f = (struct flow){ .arena = arena, .room = room, .nodes = nodes };
    f->arc = arena_array(arena, (size_t)room, sizeof *f->arc);
}

int
flow_add(struct flow *f, struct flow_arc arc)
{
    assert(f->arcs < f->room);
    assert(arc.from < f->nodes && arc.to < f->nodes);
    assert(arc.from != arc.to && arc.n >= 0);
    f->arc[f->arcs] = arc;
    return f->arcs++;
}

/* What a search needs; sized once a network. */
struct search {
    struct flow *f;
    int64_t *n;                 /* each arc, with what was sent so far */
    int64_t *cost;              /* of the way to each node, -1: none yet */
    int *by;                    /* the arc it came by */
    bool *raised, *done;        /* whether that was raised; node is settled */
    int skip;                   /* the arc being raised */
    int *first, *at;            /* node I touches at[first[I]..first[I+1]) */
};

/* Lists the arcs at each node. */
static void
list_arcs(struct search *s)
{
    const struct flow *f = s->f;
    int *next;

    s->first = arena_array(f->arena, (size_t)f->nodes + 2,
                           sizeof *s->first);
    s->at = arena_array(f->arena, (size_t)f->arcs * 2 + 1, sizeof *s->at);
    next = arena_array(f->arena, (size_t)f->nodes + 1, sizeof *next);
    for (int i = 0; i < f->arcs; i++) {
        s->first[f->arc[i].from + 1]++;
        s->first[f->arc[i].to + 1]++;
    }
    for (int i = 0; i < f->nodes; i++) {
        s->first[i + 1] += s->first[i];
        next[i] = s->first[i];
    }
    for (int i = 0; i < f->arcs; i++) {
        s->at[next[f->arc[i].from]++] = i;
        s->at[next[f->arc[i].to]++] = i;
    }
}

/* Whether arc I can be changed by AMOUNT up or down, hidden or made so. */
static bool
can_change(const struct search *s, int i, int64_t amount, bool up)
{
    const struct flow_arc *a = &s->f->arc[i];
    int64_t least = a->silent ? 0 : 1;

    if (i == s->skip || (!a->hidden && a->cost == COST_KNOWN)
        || (a->n == 0 && !a->silent))
        return false;
    return up || s->n[i] - amount >= least;
}

static void
relax(struct search *s, int node, int arc, bool up)
{
    const struct flow_arc *a = &s->f->arc[arc];
    int to = up ? a->to : a->from;
    int64_t cost = s->cost[node] + STEP_COST
        + (a->hidden ? 0 : (int64_t)a->cost * HIDE_SCALE);

    if (s->done[to] || (s->cost[to] >= 0 && s->cost[to] <= cost))
        return;
    s->cost[to] = cost;
    s->by[to] = arc;
    s->raised[to] = up;
}

static int
nearest(const struct search *s)
{
    int best = -1;

    for (int i = 0; i < s->f->nodes; i++)
        if (!s->done[i] && s->cost[i] >= 0
            && (best < 0 || s->cost[i] < s->cost[best]))
            best = i;
    return best;
}

/* The cheapest way from FROM to TO for AMOUNT; false where there is none. */
static bool
find_way(struct search *s, int from, int to, int64_t amount)
{
    int node;

    for (int i = 0; i < s->f->nodes; i++) {
        s->cost[i] = -1;
        s->done[i] = false;
    }
    s->cost[from] = 0;
    while ((node = nearest(s)) >= 0 && node != to) {
        s->done[node] = true;
        for (int k = s->first[node]; k < s->first[node + 1]; k++) {
            bool up = s->f->arc[s->at[k]].from == node;

            if (can_change(s, s->at[k], amount, up))
                relax(s, node, s->at[k], up);
        }
    }
    return node == to;
}

static void
take_way(struct search *s, int from, int to, int64_t amount)
{
    for (int node = to; node != from; ) {
        int i = s->by[node];
        struct flow_arc *a = &s->f->arc[i];

        a->hidden = true;
        s->n[i] += s->raised[node] ? amount : -amount;
        node = s->raised[node] ? a->from : a->to;
    }
}

/* Makes arc I such that it can be raised to THRESHOLD. */
static bool
protect_arc(struct search *s, int i, int threshold)
{
    const struct flow_arc *a = &s->f->arc[i];
    int64_t need = a->n < threshold ? threshold - a->n : 1;

    for (int k = 0; k < s->f->arcs; k++)
        s->n[k] = s->f->arc[k].n;
    s->skip = i;
    for (int64_t amount = need; need > 0; ) {
        if (amount > need)
            amount = need;
        if (find_way(s, a->to, a->from, amount)) {
            take_way(s, a->to, a->from, amount);
            need -= amount;
        } else if (--amount == 0) {
            return false;
        }
    }
    return true;
}

bool
flow_protect(struct flow *f, int threshold)
{
    size_t arcs = (size_t)f->arcs + 1, nodes = (size_t)f->nodes + 1;
    struct order *order = arena_array(f->arena, arcs, sizeof *order);
    struct search s = {
        .f = f, .n = arena_array(f->arena, arcs, sizeof *s.n),
        .cost = arena_array(f->arena, nodes, sizeof *s.cost),
        .by = arena_array(f->arena, nodes, sizeof *s.by),
        .raised = arena_array(f->arena, nodes, sizeof *s.raised),
        .done = arena_array(f->arena, nodes, sizeof *s.done)
    };
    int count = 0;

    list_arcs(&s);
    for (int i = 0; i < f->arcs; i++) {
        struct flow_arc *a = &f->arc[i];

        a->hidden |= a->small || a->silent;
        if (a->small)
            order[count++] = (struct order){ a->n, i };
    }
    order_sort(order, count);
    for (int i = 0; i < count; i++)
        if (!protect_arc(&s, order[i].which, threshold))
            return false;
    return true;
}
