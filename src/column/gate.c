/* gate.c - see gate.h.
 *
 * What is counted is made in any case. Of the pairs between, those that few
 * others need become part of the gates that need them, as long as there are
 * three inputs: reading an input more costs less than writing what it would
 * have come from. */
#include "column/gate.h"
#include <assert.h>
#include <stdlib.h>

enum { NEEDED_BY = 3 };         /* so many gates may each make it anew */

/* What it takes to find gates. */
struct gating {
    const struct masks *m;
    struct gate *gate;          /* one a mask */
    int *needed;                /* how many pairs need it */
    const bool *made;           /* in any case */
};

/* MASK as it is, made elsewhere. */
static struct gate
gate_of_one(int mask)
{
    struct gate g = { { MASK_NONE, MASK_NONE, MASK_NONE }, 0 };

    if (mask == MASK_ALL)
        g.table = 0xFF;
    else if (mask != MASK_NONE) {
        g.input[0] = mask;
        g.table = gate_input[0];
    }
    return g;
}

/* Puts MASK among INPUT, of which COUNT are there; false: no room. */
static bool
add_input(int *input, int *count, int mask)
{
    for (int i = 0; i < *count; i++)
        if (input[i] == mask)
            return true;
    if (*count == GATE_INPUTS)
        return false;
    input[(*count)++] = mask;
    return true;
}

/* The table of G said of INPUT, which has all of G's. */
static uint8_t
table_over(const struct gate *g, const int *input)
{
    unsigned table = 0;

    for (unsigned row = 0; row < 8; row++) {
        unsigned own = 0;

        for (int k = 0; k < GATE_INPUTS; k++)
            for (int i = 0; i < GATE_INPUTS && g->input[k] != MASK_NONE; i++)
                if (input[i] == g->input[k])
                    own |= (row << i & 4u) >> k;
        table |= (g->table >> own & 1u) << row;
    }
    return (uint8_t)table;
}

/* A OP B as one gate; false: too many inputs. */
static bool
join(const struct gate *a, const struct gate *b, enum bit_op op,
     struct gate *to)
{
    struct gate g = gate_of_one(MASK_NONE);
    int count = 0;
    unsigned x, y;

    for (int k = 0; k < GATE_INPUTS; k++)
        if ((a->input[k] != MASK_NONE
             && !add_input(g.input, &count, a->input[k]))
            || (b->input[k] != MASK_NONE
                && !add_input(g.input, &count, b->input[k])))
            return false;
    x = table_over(a, g.input);
    y = table_over(b, g.input);
    g.table = (uint8_t)(op == BIT_AND ? x & y
                        : op == BIT_OR ? x | y : x & ~y);
    *to = g;
    return true;
}

/* MASK as a gate that another may take in. */
static struct gate
inner(const struct gating *f, int mask)
{
    bool taken_in = f->m->mask[mask].kind == MASK_PAIR && !f->made[mask]
                 && f->needed[mask] <= NEEDED_BY;

    return taken_in ? f->gate[mask] : gate_of_one(mask);
}

static void
find_gate(struct gating *f, int mask)
{
    const struct mask *k = &f->m->mask[mask];
    struct gate a = inner(f, k->a), b = inner(f, k->b);
    struct gate one = gate_of_one(k->a), other = gate_of_one(k->b);
    bool found;

    if (join(&a, &b, k->op, &f->gate[mask])
        || join(&a, &other, k->op, &f->gate[mask])
        || join(&one, &b, k->op, &f->gate[mask]))
        return;
    found = join(&one, &other, k->op, &f->gate[mask]);
    assert(found);
    (void)found;
}

/* How many pairs need each mask, beginning with what is made. */
static void
find_needs(struct gating *f)
{
    for (int i = f->m->count - 1; i >= MASK_FIRST; i--) {
        const struct mask *k = &f->m->mask[i];

        if (k->kind != MASK_PAIR || (!f->made[i] && f->needed[i] == 0))
            continue;
        f->needed[k->a]++;
        f->needed[k->b]++;
    }
}

struct gate *
gates_of(const struct masks *m, const bool *made)
{
    struct gating f = { .m = m, .made = made };
    size_t masks = (size_t)m->count;

    f.gate = mem_take(masks * sizeof *f.gate);
    f.needed = mem_take(masks * sizeof *f.needed);
    find_needs(&f);
    for (int i = 0; i < m->count; i++)
        if (m->mask[i].kind == MASK_PAIR)
            find_gate(&f, i);
        else
            f.gate[i] = gate_of_one(i);
    free(f.needed);
    return f.gate;
}
