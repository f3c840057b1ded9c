/* box.c - see box.h: boxes by their sides, and what is said with them.
 *
 * Both of two boxes is a box. Either of them is one where they differ in the
 * values of one attribute; else it is a condition that is no box, known by
 * the texts of its parts in order, so that the same `or` is one attribute
 * however it was written. Its parts are kept: where it is the only one that
 * has to hold, or must not, they say more than it does. */
#include <stdlib.h>
#include <string.h>
#include "def/boxing.h"

struct boxes *
boxes_new(const struct instrument *in, struct arena *arena)
{
    struct boxes *b = arena_take(arena, sizeof *b);

    b->in = in;
    b->arena = arena;
    return b;
}

struct box
box_everybody(void)
{
    return (struct box){ 0, NULL, false };
}

/* ---- one side ---- */

/* That none of O's parts holds is a box where each is one side. */
static bool
box_neither(struct boxes *b, const struct opaque *o, struct box *out)
{
    *out = box_everybody();
    for (int i = 0; i < o->kids; i++) {
        const struct box *kid = &o->kid[i];
        struct box one;

        if (kid->count != 1)
            return false;
        one = box_not(b, kid);
        *out = box_and(b, out, &one);
    }
    return true;
}

/* What the parts of the condition O say of SIDE, one of its two values. */
static bool
box_of_parts(struct boxes *b, const struct opaque *o,
             const struct box_side *side, struct box *out)
{
    if (side->span[0].from == 0)
        return box_neither(b, o, out);
    if (o->kids != 1)
        return false;
    *out = o->kid[0];
    return true;
}

struct box
box_one(struct boxes *b, struct box_side side)
{
    struct box_side all = side_all(b, side.attribute);
    const struct opaque *o = box_opaque(b, side.attribute);
    struct box_side *copy;
    struct box parts;

    side = side_both(b, &side, &all);
    if (side_equal(&side, &all))
        return box_everybody();
    if (o != NULL && side.count == 1 && box_of_parts(b, o, &side, &parts))
        return parts;
    copy = arena_take(b->arena, sizeof *copy);
    *copy = side;
    return (struct box){ 1, copy, side.count == 0 };
}

/* ---- by their sides ---- */

struct box
box_and(struct boxes *b, const struct box *x, const struct box *y)
{
    struct box_side *side = arena_array(b->arena,
        (size_t)(x->count + y->count) + 1, sizeof *side);
    struct box out = { 0, side, x->none || y->none };
    int i = 0, k = 0;

    while (i < x->count || k < y->count) {
        if (k == y->count || (i < x->count
                && x->side[i].attribute < y->side[k].attribute)) {
            side[out.count++] = x->side[i++];
        } else if (i == x->count
                   || y->side[k].attribute < x->side[i].attribute) {
            side[out.count++] = y->side[k++];
        } else {
            side[out.count] = side_both(b, &x->side[i++], &y->side[k++]);
            out.none |= side[out.count++].count == 0;
        }
    }
    return out;
}

const struct box_side *
box_side(const struct box *x, int attribute)
{
    for (int i = 0; i < x->count; i++)
        if (x->side[i].attribute == attribute)
            return &x->side[i];
    return NULL;
}

bool
box_within(const struct box *inner, const struct box *outer)
{
    int k = 0;

    if (inner->none)
        return true;
    for (int i = 0; i < outer->count; i++) {
        while (k < inner->count
               && inner->side[k].attribute < outer->side[i].attribute)
            k++;
        if (k == inner->count
            || inner->side[k].attribute != outer->side[i].attribute
            || !side_within(&inner->side[k], &outer->side[i]))
            return false;
    }
    return true;
}

struct box
box_without(struct boxes *b, const struct box *x, int i)
{
    struct box_side *side = arena_array(b->arena, (size_t)x->count + 1,
                                        sizeof *side);
    struct box out = { 0, side, false };

    for (int k = 0; k < x->count; k++)
        if (k != i)
            side[out.count++] = x->side[k];
    return out;
}

struct box
box_with(struct boxes *b, const struct box *x, int attribute,
         const struct span *span, int count)
{
    struct box rest = *x;
    struct box one = box_one(b, side_of(b, attribute, span, count));

    for (int i = 0; i < x->count; i++)
        if (x->side[i].attribute == attribute)
            rest = box_without(b, x, i);
    return box_and(b, &rest, &one);
}

/* ---- conditions that are no box ---- */

static int
text_compare(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

/* The condition of that text, as it is known, or new with its parts. */
static int
opaque_attribute(struct boxes *b, const char *text, const struct box *kid,
                 int kids)
{
    int i = 0;

    while (i < b->opaque_count && strcmp(b->opaque[i].text, text) != 0)
        i++;
    if (i == b->opaque_count) {
        b->opaque = arena_more(b->arena, b->opaque, b->opaque_count,
                               &b->opaque_room, sizeof *b->opaque);
        b->opaque[b->opaque_count++] = (struct opaque){ text, kid, kids };
    }
    return box_attribute_of_opaque(b, i);
}

/* That any of BOX holds, as a side of its own. */
static struct box_side
opaque_side(struct boxes *b, const struct box *box, int count)
{
    const char **text = arena_array(b->arena, (size_t)count + 1,
                                    sizeof *text);
    struct box *kid = arena_array(b->arena, (size_t)count + 1, sizeof *kid);
    const char *all = "";
    int kids = 0;

    for (int i = 0; i < count; i++) {
        const char *one = box_text(b, &box[i]);
        bool again = false;

        for (int k = 0; k < kids && !again; k++)
            again = strcmp(one, text[k]) == 0;
        if (again)
            continue;
        text[kids] = one;
        kid[kids++] = box[i];
    }
    qsort(text, (size_t)kids, sizeof *text, text_compare);
    for (int i = 0; i < kids; i++)
        all = arena_printf(b->arena, "%s%s(%s)", all, i == 0 ? "" : " or ",
                           text[i]);
    return side_yes(b, opaque_attribute(b, all, kid, kids));
}

struct box
box_any_opaque(struct boxes *b, const struct box *box, int count)
{
    return box_one(b, opaque_side(b, box, count));
}

/* ---- or, not ---- */

/* The condition that X is, or NULL. */
static const struct opaque *
opaque_of(const struct boxes *b, const struct box *x)
{
    const struct opaque *o = x->count == 1
        ? box_opaque(b, x->side[0].attribute) : NULL;

    return o != NULL && x->side[0].span[0].from == 1 ? o : NULL;
}

/* BOX, with the parts of each `or` in its place; how many there are. */
static int
flatten(struct boxes *b, const struct box *box, int count,
        struct box **out)
{
    int most = count, n = 0;

    for (int i = 0; i < count; i++) {
        const struct opaque *o = opaque_of(b, &box[i]);

        most += o != NULL ? o->kids : 0;
    }
    *out = arena_array(b->arena, (size_t)most + 1, sizeof **out);
    for (int i = 0; i < count; i++) {
        const struct opaque *o = opaque_of(b, &box[i]);

        if (o == NULL)
            (*out)[n++] = box[i];
        for (int k = 0; o != NULL && k < o->kids; k++)
            (*out)[n++] = o->kid[k];
    }
    return n;
}

struct box
box_any(struct boxes *b, const struct box *box, int count)
{
    struct span *span;
    struct box *flat;
    int spans = 0, used = 0, attribute;

    count = flatten(b, box, count, &flat);
    for (int i = 0; i < count; i++)
        if (flat[i].count == 0)
            return box_everybody();
    attribute = flat[0].side[0].attribute;
    for (int i = 0; i < count; i++) {
        if (flat[i].count != 1 || flat[i].side[0].attribute != attribute)
            return box_any_opaque(b, flat, count);
        spans += flat[i].side[0].count;
    }
    span = arena_array(b->arena, (size_t)spans + 1, sizeof *span);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < flat[i].side[0].count; k++)
            span[used++] = flat[i].side[0].span[k];
    used = spans_join(span, used);
    return box_one(b, side_of(b, attribute, span, used));
}

struct box
box_or(struct boxes *b, const struct box *x, const struct box *y)
{
    struct box both[2] = { *x, *y };

    return box_any(b, both, 2);
}

struct box
box_not(struct boxes *b, const struct box *x)
{
    struct box_side all, side;

    if (x->count == 0)          /* nobody: no value of the first variable */
        return box_one(b, (struct box_side){ 0, 0, NULL });
    side = x->count == 1 ? x->side[0] : opaque_side(b, x, 1);
    all = side_all(b, side.attribute);
    return box_one(b, side_minus(b, &all, &side));
}
