/* proof.c - see proof.h.
 *
 * First whole components of hidden numbers at once: one program raises as
 * many of their small numbers as it can, and what it raises far enough is
 * proved. Then each number that is left by itself, in the neighbourhood it
 * has by the sums, wider where that is too narrow; there shown numbers may
 * move too, at their cost. A linear program only sees the sums; that a set
 * may not become larger than one it lies in is asked of its solution, and
 * added to the program where it is broken.
 *
 * Witnesses are kept. What is to be shown again is asked of those that moved
 * it: only their numbers need another one. */
#include "report/proof.h"
#include "report/witnessing.h"

enum { DEPTH_FIRST = 2, DEPTH_LAST = 1 << 14, REACH_LEAST = 16 };

/* Another truth: what moves in it, by number. */
struct witness {
    int count;
    const int *number;
};

bool
proof_unknown(const struct proof_number *n)
{
    return n->silent || n->hidden;
}

/* ---- witnesses ---- */

/* A witness for GOAL (-1: for as many as can be) among those on the list. */
static bool
find_witness(struct witnessing *w, int goal)
{
    bool found = false;

    w->breaks = 0;
    for (int i = 0; i < ROUNDS_MAX && !found; i++) {
        int before = w->breaks;

        if (!program_solve(w, goal))
            break;
        found = nested_keeps(w);
        near_join(w, before);
    }
    if (!found)
        program_forget(w);
    return found;
}

static const struct witness *
keep_witness(struct witnessing *w)
{
    struct witness *kept = arena_take(w->p->arena, sizeof *kept);
    int *list, count = 0;

    for (int k = 0; k < w->count; k++)
        kept->count += w->move[w->list[k]] != 0;
    kept->number = list = arena_array(w->p->arena, (size_t)kept->count + 1,
                                      sizeof *list);
    for (int k = 0; k < w->count; k++)
        if (w->move[w->list[k]] != 0)
            list[count++] = w->list[k];
    return kept;
}

/* What the witness proves; what it moves is hidden. */
static void
use_witness(struct witnessing *w)
{
    const struct witness *kept = keep_witness(w);

    for (int k = 0; k < w->count; k++) {
        int i = w->list[k];
        struct proof_number *n = &w->p->number[i];

        if (w->move[i] != 0 && !n->silent)
            n->hidden = true;
        if (n->need > 0 && n->n + w->move[i] >= n->need) {
            n->proved = true;
            w->p->by[i] = kept;
        }
    }
    program_forget(w);
}

/* ---- all of it ---- */

static bool
is_open(const struct proof_number *n)
{
    return n->need > 0 && !n->proved;
}

/* Each component of hidden numbers at once. */
static void
prove_together(struct witnessing *w)
{
    bool *seen = arena_array(w->p->arena, (size_t)w->p->numbers + 1,
                             sizeof *seen);

    w->zeros = false;
    for (int i = 0; i < w->p->numbers; i++) {
        if (seen[i] || !is_open(&w->p->number[i])
            || !proof_unknown(&w->p->number[i]))
            continue;
        near_gather(w, i, w->p->numbers, true);
        for (int k = 0; k < w->count; k++)
            seen[w->list[k]] = true;
        if (find_witness(w, -1))
            use_witness(w);
    }
}

/* A witness for number I, looked for ever wider. */
static bool
search(struct witnessing *w, int i, bool unknown)
{
    w->cut = true;
    for (int depth = DEPTH_FIRST; w->cut && depth <= DEPTH_LAST;
         depth *= 2) {
        near_gather(w, i, depth, unknown);
        if (find_witness(w, i)) {
            use_witness(w);
            return true;
        }
    }
    return false;
}

static void
prove_one(struct witnessing *w, int i)
{
    w->zeros = false;
    if (search(w, i, false) || w->p->zeros == 0)
        return;
    w->zeros = true;
    (void)search(w, i, false);
}

static void
witnessing_init(struct witnessing *w, struct proof *p)
{
    size_t n = (size_t)p->numbers + 1;

    *w = (struct witnessing){ .p = p, .reach = REACH_LEAST };
    w->order = arena_array(p->arena, n, sizeof(int));
    w->place = arena_array(p->arena, n, sizeof(int));
    w->column = arena_array(p->arena, n, sizeof(int));
    w->row = arena_array(p->arena, (size_t)p->sums + 1, sizeof(int));
    w->list = arena_array(p->arena, n, sizeof(int));
    w->move = arena_array(p->arena, n, sizeof *w->move);
    w->broken = arena_array(p->arena, BROKEN_MAX * ROUNDS_MAX + 1,
                            sizeof *w->broken);
    near_init(w);
    for (int i = 0; i < p->numbers; i++) {
        int64_t far = p->number[i].need - p->number[i].n;

        if (p->number[i].need > 0 && far * 3 > w->reach)
            w->reach = far * 3;
    }
    nested_init(w);
}

int
proof_run(struct proof *p)
{
    struct witnessing w;
    int open = 0;

    witnessing_init(&w, p);
    p->by = arena_array(p->arena, (size_t)p->numbers + 1, sizeof *p->by);
    program_begin();
    prove_together(&w);
    for (int i = 0; i < p->numbers; i++)
        if (is_open(&p->number[i]))
            prove_one(&w, i);
    for (int i = 0; i < p->numbers; i++)
        open += is_open(&p->number[i]);
    program_end();
    return open;
}

/* ---- what need not be hidden ---- */

static bool
moves(const struct witness *by, int i)
{
    for (int k = 0; by != NULL && k < by->count; k++)
        if (by->number[k] == i)
            return true;
    return false;
}

/* Shows number I if all that it helped to prove can do without. */
static void
spare(struct witnessing *w, int i)
{
    struct proof *p = w->p;

    p->number[i].hidden = false;
    for (int k = 0; k < p->numbers; k++) {
        if (!moves(p->by[k], i) || search(w, k, true))
            continue;
        p->number[i].hidden = true;
        p->number[i].because = k;
        return;
    }
}

void
proof_spare(struct proof *p, const int *list, int count)
{
    struct witnessing w;

    witnessing_init(&w, p);
    program_begin();
    for (int i = 0; i < count; i++)
        if (p->number[list[i]].hidden)
            spare(&w, list[i]);
    program_end();
}
