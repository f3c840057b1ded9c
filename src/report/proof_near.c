/* proof_near.c - which numbers may move for a witness; see witnessing.h.
 *
 * A move of one number must be made good in every sum that it is in, by the
 * others there, and so on from sum to sum: what is near is what is few sums
 * away. A witness is looked for among few numbers first, as most have one
 * there and a small program is solved at once. */
#include <string.h>
#include "report/witnessing.h"

enum { WIDE = 1 << 14 };        /* numbers of a list, at most */

void
near_init(struct witnessing *w)
{
    const struct proof *p = w->p;
    int *next, total = 0;

    w->first = arena_array(p->arena, (size_t)p->numbers + 2, sizeof(int));
    for (int s = 0; s < p->sums; s++)
        for (int k = 0; k < p->sum[s].count; k++)
            w->first[p->term[p->sum[s].first + k].number + 1]++;
    for (int i = 0; i < p->numbers; i++)
        w->first[i + 1] += w->first[i];
    total = w->first[p->numbers];
    w->at = arena_array(p->arena, (size_t)total + 1, sizeof(int));
    next = arena_array(p->arena, (size_t)p->numbers + 1, sizeof(int));
    memcpy(next, w->first, (size_t)p->numbers * sizeof(int));
    for (int s = 0; s < p->sums; s++)
        for (int k = 0; k < p->sum[s].count; k++)
            w->at[next[p->term[p->sum[s].first + k].number]++] = s;
}

/* Whether number I may move, hidden or made so. */
static bool
can_move(const struct witnessing *w, int i)
{
    const struct proof_number *n = &w->p->number[i];

    if (proof_unknown(n))
        return true;
    return n->cost > 0 && (n->n > 0 || w->zeros);
}

static void
clear_list(struct witnessing *w)
{
    for (int i = 0; i < w->count; i++) {
        int n = w->list[i];

        w->column[n] = 0;
        for (int k = w->first[n]; k < w->first[n + 1]; k++)
            w->row[w->at[k]] = 0;
    }
    w->count = 0;
}

static void
take_number(struct witnessing *w, int i)
{
    w->list[w->count++] = i;
    w->column[i] = w->count;
}

static bool
may_join(const struct witnessing *w, int i)
{
    return w->column[i] == 0 && can_move(w, i)
        && (!w->unknown || proof_unknown(&w->p->number[i]));
}

/* Puts what can move within DEPTH sums of the numbers from place FROM of the
 * list on it too. False where a larger depth would find no more. */
static bool
widen(struct witnessing *w, int from, int depth)
{
    const struct proof *p = w->p;

    for (int d = 0; d < depth; d++) {
        int to = w->count;

        for (int k = from; k < to; k++)
            for (int a = w->first[w->list[k]]; a < w->first[w->list[k] + 1];
                 a++) {
                const struct proof_sum *s = &p->sum[w->at[a]];

                for (int m = 0; m < s->count && w->count < WIDE; m++)
                    if (may_join(w, p->term[s->first + m].number))
                        take_number(w, p->term[s->first + m].number);
            }
        if (w->count == to)
            return false;
        from = to;
    }
    return true;
}

/* Number I and what can move within DEPTH sums of it. */
void
near_gather(struct witnessing *w, int i, int depth, bool unknown)
{
    clear_list(w);
    w->unknown = unknown;
    w->depth = depth;
    take_number(w, i);
    w->cut = widen(w, 0, depth);
}

/* What may not become smaller than another, or larger, must be able to move
 * with it. */
void
near_join(struct witnessing *w, int from)
{
    for (int i = from; i < w->breaks; i++) {
        const int pair[2] = { w->broken[i].inner, w->broken[i].outer };

        for (int k = 0; k < 2; k++)
            if (w->count < WIDE && may_join(w, pair[k])) {
                take_number(w, pair[k]);
                w->cut |= widen(w, w->count - 1, w->depth);
            }
    }
}
