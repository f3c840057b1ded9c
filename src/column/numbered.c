/* numbered.c - see numbered.h. */
#include "column/numbered.h"
#include <stdlib.h>
#include "base/arena.h"
#include "column/list.h"

enum { SLOTS_FIRST = 256 };

static unsigned
hash(const struct triple *t)
{
    unsigned h = (unsigned)t->a * 0x9E3779B1u;

    h = (h ^ (unsigned)t->b) * 0x85EBCA6Bu;
    h = (h ^ h >> 13 ^ (unsigned)t->c) * 0xC2B2AE35u;
    return h ^ h >> 15;
}

static void
rehash(struct numbered *n)
{
    free(n->slot);
    n->slots = n->slots > 0 ? n->slots * 2 : SLOTS_FIRST;
    n->slot = mem_take((size_t)n->slots * sizeof *n->slot);
    for (int i = 0; i < n->count; i++) {
        unsigned at = hash(&n->list[i]);

        while (n->slot[at & (unsigned)(n->slots - 1)] != 0)
            at++;
        n->slot[at & (unsigned)(n->slots - 1)] = i + 1;
    }
}

int
number_of(struct numbered *n, int a, int b, int c)
{
    const struct triple new = { a, b, c };
    unsigned at;

    if (n->count * 2 >= n->slots)
        rehash(n);
    for (at = hash(&new);; at++) {
        int found = n->slot[at & (unsigned)(n->slots - 1)] - 1;

        if (found < 0)
            break;
        if (n->list[found].a == a && n->list[found].b == b
            && n->list[found].c == c)
            return found;
    }
    n->list = list_room(n->list, n->count + 1, &n->room, sizeof *n->list);
    n->list[n->count] = new;
    n->slot[at & (unsigned)(n->slots - 1)] = ++n->count;
    return n->count - 1;
}

void
numbered_clear(struct numbered *n)
{
    free(n->list);
    free(n->slot);
}
