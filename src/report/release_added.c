/* release_added.c - sums of a variable and what they are made of; see
 * release_link.c. */
#include "report/releasing.h"

/* The number of those of X who have the tick PART, or the sum of that over
 * them where it is a number: NO_NUMBER where nobody asked. */
static int
part_of(struct release *r, const struct box *x, int part)
{
    struct box yes, both;

    if (r->in->variables[part].kind != KIND_BOOL)
        return release_find(r, part, box_text(r->boxes, x));
    yes = box_value(r->boxes, part, 1, 1);
    both = box_and(r->boxes, x, &yes);
    return release_find(r, -1, box_text(r->boxes, &both));
}

/* A sum of what is itself a sum of variables is the sum of theirs, of which
 * some may stand in no table. */
static void
link_parts(struct release *r, int i)
{
    const struct variable *v = &r->in->variables[r->fact[i].sum];
    const struct box x = r->fact[i].box;
    int *part = arena_array(r->arena, (size_t)v->of_count + 2,
                            sizeof *part);
    int64_t left = r->fact[i].n;
    int count = 0;

    for (int k = 0; k < v->of_count; k++) {
        int at = part_of(r, &x, v->of[k]);

        if (at == NO_NUMBER)
            continue;
        part[count++] = at;
        left -= r->fact[at].n;
    }
    if (count == 0)
        return;
    if (count < v->of_count)
        part[count++] = release_put_named(r, arena_printf(r->arena,
            "%s of %s, the rest", v->id, r->fact[i].set), left);
    release_sum(r, i, part, count, false);
}

/* A sum is every value times those who have it. */
static void
link_values(struct release *r, int i)
{
    const struct box x = r->fact[i].box;
    int v = r->fact[i].sum, count = 0;
    struct proof_term *term = arena_array(r->arena, (size_t)r->count + 1,
                                          sizeof *term);
    int64_t left = r->fact[i].n;

    term[count++] = (struct proof_term){ i, -1 };
    for (int k = 0; k < r->count; k++) {
        const struct fact *f = &r->fact[k];
        const struct box_side *side = f->boxed && f->sum < 0
            ? box_side(&f->box, v) : NULL;
        struct box rest;

        if (side == NULL || side->count != 1 || side->span[0].from < 1
            || side->span[0].from != side->span[0].to)
            continue;
        rest = box_with(r->boxes, &x, v, side->span, 1);
        if (!release_same(&rest, &f->box))
            continue;
        term[count++] = (struct proof_term){ k, side->span[0].from };
        left -= f->n * side->span[0].from;
    }
    if (count > 1 && left == 0)
        release_weigh(r, term, count);
}

void
release_link_sums(struct release *r)
{
    int count = r->count;

    for (int i = 0; i < count; i++) {
        const struct variable *v = r->fact[i].sum < 0 ? NULL
            : &r->in->variables[r->fact[i].sum];

        if (v == NULL || !r->fact[i].boxed)
            continue;
        if (v->derive == DERIVE_SUM && v->need_count == 0)
            link_parts(r, i);
        if (v->kind == KIND_INT)
            link_values(r, i);
    }
}
