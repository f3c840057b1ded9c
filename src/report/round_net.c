/* round_net.c - see round_net.h.
 *
 * Each arc begins at the end, below or above, that costs least. Then what a
 * node has too much is sent along the cheapest way (Bellman-Ford) to one
 * that has too little, each arc on it going over to its other end, until no
 * node has too much. */
#include "report/round_net.h"
#include <assert.h>
#include <stdlib.h>

#define COST_KEPT ((int64_t)1 << 24)
#define COST_WHOLE ((int64_t)1 << 36)
#define COST_SMALL ((int64_t)1 << 46)

struct rounding {
    struct round_net *net;
    int base;
    int64_t *excess;            /* what comes in and does not go out */
    int64_t *cost;              /* of the way to each node, -1: none yet */
    int *by;                    /* the arc it came by */
    bool *waits;
    int *queue;
    int *first, *at;            /* node I touches at[first[I]..first[I+1]) */
};

void
round_net_init(struct round_net *net, int nodes, int room,
               struct arena *arena)
{
    *net = (struct round_net){ .arena = arena, .room = room,
                               .nodes = nodes };
    net->arc = arena_array(arena, (size_t)room + 1, sizeof *net->arc);
}

int
round_net_add(struct round_net *net, struct round_arc arc)
{
    assert(net->arcs < net->room && arc.n >= 0);
    assert(arc.from < net->nodes && arc.to < net->nodes);
    assert(arc.from != arc.to);
    net->arc[net->arcs] = arc;
    return net->arcs++;
}

uint64_t
round_name(const char *text)
{
    uint64_t h = 14695981039346656037u;

    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return h ^ h >> 29 ^ h >> 47;
}

int64_t
round_nearest(int64_t n, int base, uint64_t name)
{
    int64_t over = n % base;

    if (over * 2 == base)
        return n - over + (name % 2 == 1 ? base : 0);
    return n - over + (over * 2 > base ? base : 0);
}

bool
round_beside(int64_t value, int64_t n, int base)
{
    return value >= 0 && value % base == 0 && llabs(value - n) < base;
}

/* ---- one arc ---- */

static int64_t
other_end(const struct round_arc *a, int64_t value, int base)
{
    int64_t below = a->n - a->n % base;

    return a->n % base == 0 ? value : value == below ? below + base : below;
}

/* Of VALUE, wanted being WANTED. */
static int64_t
cost_of(const struct round_arc *a, int64_t value, int64_t wanted, int base)
{
    static const int64_t more[] = {
        [WANT_KEPT] = COST_KEPT, [WANT_WHOLE] = COST_WHOLE,
        [WANT_SMALL] = COST_SMALL
    };
    int64_t cost = llabs(value - a->n) * 2
        + (value != round_nearest(a->n, base, a->name));

    if (a->want == WANT_NEAREST || value == wanted)
        return cost;
    return cost + more[a->want];
}

/* ---- the network ---- */

static void
list_arcs(struct rounding *r)
{
    const struct round_net *net = r->net;
    int *next = arena_array(net->arena, (size_t)net->nodes + 1,
                            sizeof *next);

    r->first = arena_array(net->arena, (size_t)net->nodes + 2,
                           sizeof *r->first);
    r->at = arena_array(net->arena, (size_t)net->arcs * 2 + 1,
                        sizeof *r->at);
    for (int i = 0; i < net->arcs; i++) {
        r->first[net->arc[i].from + 1]++;
        r->first[net->arc[i].to + 1]++;
    }
    for (int i = 0; i < net->nodes; i++) {
        r->first[i + 1] += r->first[i];
        next[i] = r->first[i];
    }
    for (int i = 0; i < net->arcs; i++) {
        r->at[next[net->arc[i].from]++] = i;
        r->at[next[net->arc[i].to]++] = i;
    }
}

/* What each arc's other end costs more (less, where it is negative). */
static int64_t *
begin(struct rounding *r)
{
    struct round_net *net = r->net;
    int64_t *more = arena_array(net->arena, (size_t)net->arcs + 1,
                                sizeof *more);

    for (int i = 0; i < net->arcs; i++) {
        struct round_arc *a = &net->arc[i];
        int64_t wanted = a->value, below = a->n - a->n % r->base;
        int64_t above = other_end(a, below, r->base);

        if (a->want != WANT_NEAREST && !round_beside(wanted, a->n, r->base))
            a->want = WANT_NEAREST;
        more[i] = cost_of(a, above, wanted, r->base)
            - cost_of(a, below, wanted, r->base);
        a->value = more[i] < 0 ? above : below;
        more[i] = llabs(more[i]);
        r->excess[a->to] += a->value / r->base;
        r->excess[a->from] -= a->value / r->base;
    }
    return more;
}

/* Tries the arcs at NODE; puts what they make cheaper at the queue's end. */
static void
relax(struct rounding *r, int node, const int64_t *more, int *end, int *in)
{
    int size = r->net->nodes;

    for (int k = r->first[node]; k < r->first[node + 1]; k++) {
        int i = r->at[k];
        const struct round_arc *a = &r->net->arc[i];
        int64_t other = other_end(a, a->value, r->base), cost;
        bool up = a->from == node;
        int to = up ? a->to : a->from;

        if (other == a->value || (other > a->value) != up)
            continue;
        cost = r->cost[node] + more[i];
        if (r->by[to] != -1 && r->cost[to] <= cost)
            continue;
        r->cost[to] = cost;
        r->by[to] = i;
        if (!r->waits[to]) {
            r->waits[to] = true;
            r->queue[*end] = to;
            *end = (*end + 1) % size;
            ++*in;
        }
    }
}

/* The cheapest way from FROM to a node that has too little, or -1. */
static int
find_way(struct rounding *r, int from, const int64_t *more)
{
    int begin_at = 0, end = 1 % r->net->nodes, in = 1, best = -1;

    for (int i = 0; i < r->net->nodes; i++) {
        r->by[i] = -1;
        r->waits[i] = false;
    }
    r->queue[0] = from;
    r->cost[from] = 0;
    r->by[from] = r->net->arcs;
    while (in > 0) {
        int node = r->queue[begin_at];

        begin_at = (begin_at + 1) % r->net->nodes;
        in--;
        r->waits[node] = false;
        relax(r, node, more, &end, &in);
    }
    for (int i = 0; i < r->net->nodes; i++)
        if (r->excess[i] < 0 && r->by[i] != -1
            && (best < 0 || r->cost[i] < r->cost[best]))
            best = i;
    return best;
}

static void
take_way(struct rounding *r, int from, int to, int64_t *more)
{
    r->excess[from]--;
    r->excess[to]++;
    for (int node = to; node != from; ) {
        int i = r->by[node];
        struct round_arc *a = &r->net->arc[i];

        a->value = other_end(a, a->value, r->base);
        more[i] = -more[i];
        node = a->from == node ? a->to : a->from;
    }
}

bool
round_net_solve(struct round_net *net, int base)
{
    size_t nodes = (size_t)net->nodes + 1;
    struct rounding r = {
        .net = net, .base = base,
        .excess = arena_array(net->arena, nodes, sizeof *r.excess),
        .cost = arena_array(net->arena, nodes, sizeof *r.cost),
        .by = arena_array(net->arena, nodes, sizeof *r.by),
        .waits = arena_array(net->arena, nodes, sizeof *r.waits),
        .queue = arena_array(net->arena, nodes, sizeof *r.queue)
    };
    int64_t *more;

    list_arcs(&r);
    more = begin(&r);
    for (int i = 0; i < net->nodes; i++)
        while (r.excess[i] > 0) {
            int to = find_way(&r, i, more);

            if (to < 0) {
                for (int k = 0; k < net->arcs; k++)
                    net->arc[k].value = round_nearest(net->arc[k].n, base,
                                                      net->arc[k].name);
                return false;
            }
            take_way(&r, i, to, more);
        }
    return true;
}
