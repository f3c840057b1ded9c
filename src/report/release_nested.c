/* release_nested.c - numbers that lie in one another; see release_link.c.
 *
 * Two may do so by several attributes, and be of no family. Where only few
 * are in one and not in the other, they are a small number too. Those who
 * only lack a value are not: how many they are is shown. */
#include "report/order.h"
#include "report/releasing.h"

/* What INNER leaves of OUTER is told from those who lack a value: whether
 * they are only such, or stand beside a number that is free of them. */
static bool
only_status(struct release *r, const struct box *inner,
            const struct box *outer)
{
    struct box answered = *outer;
    bool same = true;

    for (int i = 0; i < inner->count; i++) {
        const struct box_side *in = &inner->side[i];
        struct box_side out = release_side(r, outer, in->attribute);
        struct box_side has = release_with_value(r, &out, in);

        if (side_equal(in, &out))
            continue;
        same &= side_equal(in, &has);
        if (!side_equal(&has, &out))
            answered = box_with(r->boxes, &answered, in->attribute,
                                has.span, has.count);
    }
    if (same)
        return true;
    return !release_same(&answered, outer)
        && release_find(r, -1, box_text(r->boxes, &answered)) >= 0;
}

/* The one attribute in which the two differ, or -1. */
static int
only_difference(const struct box *inner, const struct box *outer)
{
    int found = -1;

    for (int i = 0; i < inner->count; i++) {
        const struct box_side *out = box_side(outer,
                                              inner->side[i].attribute);

        if (out != NULL && side_equal(out, &inner->side[i]))
            continue;
        if (found >= 0)
            return -1;
        found = inner->side[i].attribute;
    }
    for (int i = 0; i < outer->count; i++)
        if (box_side(inner, outer->side[i].attribute) == NULL)
            return -1;
    return found;
}

static void
link_pair(struct release *r, int inner, int outer)
{
    const struct box *in = &r->fact[inner].box, *out = &r->fact[outer].box;
    int64_t left = r->fact[outer].n - r->fact[inner].n;
    int attribute = only_difference(in, out), part[2] = { inner, 0 };

    if (r->fact[outer].status || only_status(r, in, out))
        return;
    if (attribute >= 0) {
        struct box_side a = release_side(r, in, attribute);
        struct box_side b = release_side(r, out, attribute);
        struct box_side d = side_minus(r->boxes, &b, &a);
        struct box x = box_with(r->boxes, out, attribute, d.span, d.count);

        part[1] = release_put(r, &x, -1, left, left);
    } else {
        part[1] = release_put_named(r, arena_printf(r->arena,
            "(%s) and not (%s)", r->fact[outer].set, r->fact[inner].set),
            left);
    }
    release_sum(r, outer, part, 2, false);
}

void
release_link_nested(struct release *r)
{
    struct order *o = arena_array(r->arena, (size_t)r->count + 1, sizeof *o);
    int count = 0, from = 0;

    for (int i = 0; i < r->count; i++)
        if (r->fact[i].boxed && r->fact[i].sum < 0 && !r->fact[i].box.none
            && r->fact[i].n > 0 && (r->fact[i].printed || r->fact[i].known))
            o[count++] = (struct order){ r->fact[i].n, i };
    order_sort(o, count);
    for (int i = 0; i < count; i++) {
        while (o[from].n <= o[i].n - r->rule.threshold)
            from++;
        for (int k = from; k < count && o[k].n < o[i].n; k++)
            if (o[i].n >= r->rule.threshold
                && box_within(&r->fact[o[k].which].closed,
                              &r->fact[o[i].which].box))
                link_pair(r, o[k].which, o[i].which);
    }
}
