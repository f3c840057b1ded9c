/* flow.h - which numbers to hide beside the small ones.
 *
 * The numbers of a table and its sums are written as flows in a network:
 * every number runs along an arc from one node to another, and at each node
 * as much comes in as goes out. A two-way table has a node for each row and
 * column; its cells run from row to column, a row's sum runs into the row.
 * Whatever fits the sums is a flow, and a number that may be another one can
 * be raised along a cycle of arcs that are hidden. So hiding enough is
 * finding, for each small number, the cheapest cycle that raises it to the
 * threshold.
 *
 * A reader is taken to know that a hidden number is at least 1, as zeros are
 * shown; a silent one, which no table prints, may be 0. */
#ifndef REPORT_FLOW_H
#define REPORT_FLOW_H
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum { COST_KNOWN = 0 };        /* a reader knows it anyway: never hidden */

struct flow_arc {
    int from, to;               /* nodes */
    int64_t n;                  /* 0 or more */
    int cost;                   /* of hiding it, 1.., or COST_KNOWN */
    bool small;                 /* must be hidden, and safe */
    bool silent;                /* printed nowhere */
    bool hidden;                /* in: hidden already; out: to be hidden */
};

struct flow {
    struct arena *arena;
    struct flow_arc *arc;
    int arcs, room, nodes;
};

void flow_init(struct flow *f, int nodes, int room, struct arena *arena);
/* Adds an arc, of which there is room; its number. */
int flow_add(struct flow *f, struct flow_arc arc);
/* Hides the small arcs and as many more as it takes for each to be able to
 * be THRESHOLD (one that is as large already: one more). False where that
 * can't be: then some arc may be told, and all must be hidden. */
bool flow_protect(struct flow *f, int threshold);

#endif
