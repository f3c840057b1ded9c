/* round_net.h - controlled rounding: numbers that add up, each rounded to a
 * multiple of a base just below or above it, so that they still do.
 *
 * The numbers are flows along the arcs of a network, as in flow.h: at each
 * node as much comes in as goes out. A network that holds before can always
 * be rounded, since what fits whole bounds fits in whole numbers too; of all
 * ways the one is taken that moves the least, and keeps what is wanted. */
#ifndef REPORT_ROUND_NET_H
#define REPORT_ROUND_NET_H
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum round_want { WANT_NEAREST, WANT_KEPT, WANT_WHOLE, WANT_SMALL };

struct round_arc {
    int from, to;               /* nodes */
    int64_t n;                  /* 0 or more */
    enum round_want want;       /* KEPT, WHOLE (before those), SMALL (before
                                 * all else): VALUE, if that is a multiple
                                 * next to N */
    int64_t value;              /* in: wanted; out: rounded */
    uint64_t name;              /* which way a tie goes */
};

struct round_net {
    struct arena *arena;
    struct round_arc *arc;
    int arcs, room, nodes;
};

void round_net_init(struct round_net *net, int nodes, int room,
                    struct arena *arena);
/* Adds an arc, of which there is room; its number. */
int round_net_add(struct round_net *net, struct round_arc arc);
/* Rounds to multiples of BASE. False where the numbers did not add up; then
 * each is the nearest by itself. */
bool round_net_solve(struct round_net *net, int base);

/* The multiple of BASE nearest to N, 0 or more; ties as NAME says. */
int64_t round_nearest(int64_t n, int base, uint64_t name);
/* Whether VALUE is a multiple of BASE just below or above N, or N. */
bool round_beside(int64_t value, int64_t n, int base);
/* For ties: a number of what is called TEXT. */
uint64_t round_name(const char *text);

#endif
