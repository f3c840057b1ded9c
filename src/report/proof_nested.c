/* proof_nested.c - what lies in what stays so; see witnessing.h.
 *
 * There are far too many pairs of sets for all of them to stand in a program.
 * So it is asked of a solution: only what moved can have been broken, and
 * only with numbers that are near it in size. What is broken is added to the
 * program, and it is solved again. */
#include "report/order.h"
#include "report/witnessing.h"

void
nested_init(struct witnessing *w)
{
    int count = w->p->numbers;
    struct order *order = arena_array(w->p->arena, (size_t)count + 1,
                                      sizeof *order);

    for (int i = 0; i < count; i++)
        order[i] = (struct order){ w->p->number[i].n, i };
    order_sort(order, count);
    for (int i = 0; i < count; i++) {
        w->order[i] = order[i].which;
        w->place[order[i].which] = i;
    }
}

/* Notes that INNER would become larger than OUTER, if it lies in it. */
static void
look_at(struct witnessing *w, int inner, int outer)
{
    const struct proof_number *n = w->p->number;

    if (w->breaks >= BROKEN_MAX * ROUNDS_MAX
        || n[inner].n > n[outer].n
        || n[inner].n + w->move[inner] <= n[outer].n + w->move[outer]
        || !w->p->within(w->p->ctx, inner, outer))
        return;
    w->broken[w->breaks++] = (struct broken){ inner, outer };
}

/* Looks at all that number I may lie in or hold. */
static void
look_around(struct witnessing *w, int i)
{
    const struct proof_number *n = w->p->number;
    int64_t far = 2 * w->reach;

    for (int k = w->place[i] - 1; k >= 0
         && n[w->order[k]].n >= n[i].n - far; k--) {
        look_at(w, w->order[k], i);
        if (n[w->order[k]].n == n[i].n)
            look_at(w, i, w->order[k]);
    }
    for (int k = w->place[i] + 1; k < w->p->numbers
         && n[w->order[k]].n <= n[i].n + far; k++) {
        look_at(w, i, w->order[k]);
        if (n[w->order[k]].n == n[i].n)
            look_at(w, w->order[k], i);
    }
}

/* Whether the moves break nothing; what they do is added. */
bool
nested_keeps(struct witnessing *w)
{
    int before = w->breaks;

    for (int k = 0; k < w->count && w->breaks < before + BROKEN_MAX; k++)
        if (w->move[w->list[k]] != 0)
            look_around(w, w->list[k]);
    return w->breaks == before;
}
