/* release_family.c - numbers whose boxes differ in one attribute only; see
 * release_link.c.
 *
 * They are a family: how many of the same people have these values of it,
 * those, any. Where one set of values lies in another, the larger is the sum
 * of those in it and a rest, and the rest is a box again, with a name that
 * another family may know. So complements, age from a limit on beside age
 * groups, scores beside grades and a figure beside a table are all tied
 * together. Where sets overlap, each is the sum of its pieces
 * (release_piece.c). */
#include <stdlib.h>
#include "report/releasing.h"

/* ---- which there are ---- */

static uint64_t
mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static uint64_t
hash_box(const struct box *x, int without)
{
    uint64_t h = 88172645463325252u;

    for (int i = 0; i < x->count; i++) {
        if (x->side[i].attribute == without)
            continue;
        h = mix(h, (uint64_t)x->side[i].attribute + 1);
        for (int k = 0; k < x->side[i].count; k++) {
            h = mix(h, (uint32_t)x->side[i].span[k].from);
            h = mix(h, (uint32_t)x->side[i].span[k].to);
        }
    }
    return h;
}

bool
release_same(const struct box *x, const struct box *y)
{
    return hash_box(x, -1) == hash_box(y, -1);
}

static int64_t
width_of(const struct box_side *side)
{
    int64_t width = 0;

    for (int i = 0; i < side->count; i++)
        width += (int64_t)side->span[i].to - side->span[i].from + 1;
    return width;
}

/* Families together, in each the widest first. */
static int
member_compare(const void *left, const void *right)
{
    const struct member *a = left, *b = right;

    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    if (a->attribute != b->attribute)
        return a->attribute < b->attribute ? -1 : 1;
    if (a->sum != b->sum)
        return a->sum < b->sum ? -1 : 1;
    if (a->width != b->width)
        return a->width > b->width ? -1 : 1;
    return (a->fact > b->fact) - (a->fact < b->fact);
}

void
release_families(struct release *r,
                 void (*each)(struct release *r, const struct member *m,
                              int count))
{
    struct member *m;
    int count = 0, most = 0;

    for (int i = 0; i < r->count; i++)
        most += r->fact[i].box.count;
    m = arena_array(r->arena, (size_t)most + 1, sizeof *m);
    for (int i = 0; i < r->count; i++) {
        const struct box *x = &r->fact[i].box;

        for (int k = 0; k < x->count && r->fact[i].boxed && !x->none; k++)
            m[count++] = (struct member){
                hash_box(x, x->side[k].attribute), x->side[k].attribute,
                r->fact[i].sum, i, width_of(&x->side[k])
            };
    }
    if (count > 0)
        qsort(m, (size_t)count, sizeof *m, member_compare);
    for (int i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && m[next].family == m[i].family
               && m[next].attribute == m[i].attribute
               && m[next].sum == m[i].sum)
            next++;
        each(r, &m[i], next - i);
    }
}

/* ---- what follows in one ---- */

struct nested {
    int fact;
    struct box_side side;
    int parent;                 /* place in the family, or -1 */
    bool across;                /* overlaps another of the same parent */
};

struct family {
    struct release *r;
    int attribute, sum;
    struct nested *node;
    int count;
};

struct box_side
release_side(struct release *r, const struct box *x, int attribute)
{
    const struct box_side *side = box_side(x, attribute);

    return side != NULL ? *side : side_all(r->boxes, attribute);
}

/* The narrowest before node I that it lies in; and whether it lies across
 * one that lies in that. */
static void
find_parent(struct family *f, int i)
{
    struct nested *n = &f->node[i];

    n->parent = -1;
    for (int k = i - 1; k >= 0 && n->parent < 0; k--)
        if (side_within(&n->side, &f->node[k].side))
            n->parent = k;
    for (int k = 0; k < i; k++) {
        struct box_side in_both;

        if (f->node[k].parent != n->parent || f->node[k].across)
            continue;
        in_both = side_both(f->r->boxes, &n->side, &f->node[k].side);
        n->across |= in_both.count > 0;
    }
}

/* The rest of node I beside LIST, of which LEFT are left. */
static int
put_rest(struct family *f, int i, const struct box_side *left, int64_t n,
         int64_t people)
{
    struct release *r = f->r;
    struct box x = box_with(r->boxes, &r->fact[f->node[i].fact].box,
                            f->attribute, left->span, left->count);
    int at = release_put(r, &x, f->sum, n, people < 0 ? 0 : people);

    if ((release_blank(r, left) || r->fact[f->node[i].fact].status)
        && !r->fact[at].printed)
        r->fact[at].status = true;
    return at;
}

/* Node I as the sum of the nodes of LIST and a rest. */
static void
divide(struct family *f, int i, const int *list, int count)
{
    struct release *r = f->r;
    struct box_side left = f->node[i].side;
    int *part = arena_array(r->arena, (size_t)count + 2, sizeof *part);
    int64_t n = r->fact[f->node[i].fact].n;
    int64_t people = r->fact[f->node[i].fact].people;

    for (int k = 0; k < count; k++) {
        part[k] = f->node[list[k]].fact;
        left = side_minus(r->boxes, &left, &f->node[list[k]].side);
        n -= r->fact[part[k]].n;
        people -= r->fact[part[k]].people;
    }
    if (n < 0 && f->sum < 0) {
        r->odd++;
        return;
    }
    if (left.count > 0)
        part[count++] = put_rest(f, i, &left, n, people);
    release_sum(r, f->node[i].fact, part, count, true);
}

static void
link_family(struct family *f)
{
    int *list = arena_array(f->r->arena, (size_t)f->count + 1, sizeof *list);

    for (int i = 1; i < f->count; i++)
        find_parent(f, i);
    for (int i = 0; i < f->count; i++) {
        int count = 0;

        for (int k = i + 1; k < f->count; k++) {
            if (f->node[k].parent != i)
                continue;
            if (f->node[k].across)
                divide(f, i, &k, 1);
            else
                list[count++] = k;
        }
        if (count > 0)
            divide(f, i, list, count);
    }
}

/* The number of the same people with any value of the attribute of M. */
static int
whole_of(struct release *r, const struct member *m)
{
    struct box x = r->fact[m->fact].box;

    for (int i = 0; i < x.count; i++)
        if (x.side[i].attribute == m->attribute) {
            x = box_without(r->boxes, &x, i);
            break;
        }
    return release_find(r, m->sum, box_text(r->boxes, &x));
}

/* As release_family; WHOLE is the number of all, or NO_NUMBER. */
static int
sides_of(struct release *r, const struct member *m, int count, int whole,
         struct box_side **side)
{
    int n = 0;

    *side = NULL;
    if (count > FAMILY_MAX) {
        r->many = true;
        return 0;
    }
    *side = arena_array(r->arena, (size_t)count + 1, sizeof **side);
    if (whole >= 0)
        (*side)[n++] = side_all(r->boxes, m->attribute);
    for (int i = 0; i < count; i++)
        (*side)[n++] = release_side(r, &r->fact[m[i].fact].box,
                                    m->attribute);
    return n;
}

int
release_family(struct release *r, const struct member *m, int count,
               struct box_side **side)
{
    return sides_of(r, m, count, whole_of(r, m), side);
}

/* Each node as the sum of its pieces; of a sum, or what is no piece of those
 * that were counted, nothing is known. */
static void
link_pieces(struct family *f, const struct box_side *side)
{
    struct release *r = f->r;
    struct box_side *piece;
    int *at, *part, pieces;

    if (f->sum >= 0 || !release_overlaps(side, f->count))
        return;
    pieces = release_pieces(r, side, f->count, &piece);
    at = arena_array(r->arena, (size_t)pieces + 1, sizeof *at);
    part = arena_array(r->arena, (size_t)pieces + 1, sizeof *part);
    for (int i = 0; i < pieces; i++) {
        struct box x = box_with(r->boxes, &r->fact[f->node[0].fact].box,
                                f->attribute, piece[i].span,
                                piece[i].count);

        at[i] = release_find(r, -1, box_text(r->boxes, &x));
        if (at[i] == NO_NUMBER)
            return;
        if (release_blank(r, &piece[i]) && !r->fact[at[i]].printed)
            r->fact[at[i]].status = true;
    }
    for (int i = 0; i < f->count; i++) {
        int count = 0;

        for (int k = 0; k < pieces; k++)
            if (side_within(&piece[k], &side[i]))
                part[count++] = at[k];
        if (count > 1)
            release_sum(r, f->node[i].fact, part, count, false);
    }
}

void
release_link_family(struct release *r, const struct member *m, int count)
{
    struct family f = { .r = r, .attribute = m->attribute, .sum = m->sum };
    struct box_side *side;
    int whole = whole_of(r, m), before = whole >= 0 ? 1 : 0;

    if (count + before < 2)
        return;
    f.count = sides_of(r, m, count, whole, &side);
    f.node = arena_array(r->arena, (size_t)f.count + 1, sizeof *f.node);
    for (int i = 0; i < f.count; i++)
        f.node[i] = (struct nested){
            i < before ? whole : m[i - before].fact, side[i], -1, false
        };
    link_family(&f);
    link_pieces(&f, side);
}
