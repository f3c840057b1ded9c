/* release_link.c - what follows from numbers of different tables; see
 * release.h.
 *
 * Numbers whose boxes differ in one attribute only are a family: how many of
 * the same people have these values of it, those, any. Where one set of
 * values lies in another, the larger is the sum of those in it and a rest,
 * and the rest is a box again, with a name that another family may know. So
 * complements, age from a limit on beside age groups, scores beside grades
 * and a figure beside a table are all tied together.
 *
 * Two numbers may also lie in one another by several attributes. Where only
 * few are in one and not in the other, they are a small number too. Those
 * who only lack a value are not: how many they are is shown. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "report/releasing.h"

/* ---- having no value ---- */

bool
release_blank(const struct release *r, const struct box_side *side)
{
    if (side_blank(side))
        return true;
    for (int i = 0; i < r->blanks; i++)
        if (r->blank[i].attribute == side->attribute
            && side_within(side, &r->blank[i]))
            return true;
    return false;
}

static void
find_blanks(struct release *r)
{
    const struct instrument *in = r->in;

    r->blank = arena_array(r->arena, (size_t)in->variable_count + 1,
                           sizeof *r->blank);
    for (int v = in->entered_count; v < in->variable_count; v++) {
        struct box x = box_value(r->boxes, v, VALUE_UNASKED,
                                 VALUE_UNANSWERED);

        if (x.count == 1 && x.side[0].attribute != v)
            r->blank[r->blanks++] = x.side[0];
    }
}

/* The values of SIDE that are answers, also to what is derived from it where
 * none of INNER lacks that. */
static struct box_side
has_value(struct release *r, const struct box_side *side,
          const struct box_side *inner)
{
    struct box_side all = side_answered(r->boxes, side->attribute);
    struct box_side has = side_both(r->boxes, side, &all);

    for (int i = 0; i < r->blanks; i++) {
        struct box_side left;

        if (r->blank[i].attribute != side->attribute)
            continue;
        left = side_minus(r->boxes, side, &r->blank[i]);
        if (side_within(inner, &left))
            has = side_both(r->boxes, &has, &left);
    }
    return has;
}

/* ---- families ---- */

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

static struct box_side
side_in(struct release *r, const struct box *x, int attribute)
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

int
release_family(struct release *r, const struct member *m, int count,
               struct box_side **side)
{
    int n = 0;

    *side = NULL;
    if (count > FAMILY_MAX) {
        r->many = true;
        return 0;
    }
    *side = arena_array(r->arena, (size_t)count + 1, sizeof **side);
    if (whole_of(r, m) >= 0)
        (*side)[n++] = side_all(r->boxes, m->attribute);
    for (int i = 0; i < count; i++)
        (*side)[n++] = side_in(r, &r->fact[m[i].fact].box, m->attribute);
    return n;
}

/* Each node as the sum of its pieces; of a sum, or what is no piece of those
 * that were counted, nothing is known. */
static void
link_pieces(struct family *f)
{
    struct release *r = f->r;
    struct box_side *side = arena_array(r->arena, (size_t)f->count + 1,
                                        sizeof *side), *piece;
    int *at, *part, pieces;

    for (int i = 0; i < f->count; i++)
        side[i] = f->node[i].side;
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

/* The COUNT members of M, which are one family. */
static void
one_family(struct release *r, const struct member *m, int count)
{
    struct family f = { .r = r, .attribute = m->attribute, .sum = m->sum };
    int whole = whole_of(r, m);

    if (count > FAMILY_MAX) {
        r->many = true;
        return;
    }
    if (count + (whole >= 0) < 2)
        return;
    f.node = arena_array(r->arena, (size_t)count + 2, sizeof *f.node);
    if (whole >= 0)
        f.node[f.count++] = (struct nested){
            whole, side_all(r->boxes, m->attribute), -1, false
        };
    for (int i = 0; i < count; i++)
        f.node[f.count++] = (struct nested){
            m[i].fact, side_in(r, &r->fact[m[i].fact].box, m->attribute), -1,
            false
        };
    link_family(&f);
    link_pieces(&f);
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

/* ---- one in another ---- */

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
        struct box_side out = side_in(r, outer, in->attribute);
        struct box_side has = has_value(r, &out, in);

        if (side_equal(in, &out))
            continue;
        same &= side_equal(in, &has);
        if (!side_equal(&has, &out))
            answered = box_with(r->boxes, &answered, in->attribute,
                                has.span, has.count);
    }
    if (same)
        return true;
    return hash_box(&answered, -1) != hash_box(outer, -1)
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
        struct box_side a = side_in(r, in, attribute);
        struct box_side b = side_in(r, out, attribute);
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

struct order {
    int64_t n;
    int fact;
};

static int
order_compare(const void *left, const void *right)
{
    const struct order *a = left, *b = right;

    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return (a->fact > b->fact) - (a->fact < b->fact);
}

static void
link_nested(struct release *r)
{
    struct order *o = arena_array(r->arena, (size_t)r->count + 1, sizeof *o);
    int count = 0, from = 0;

    for (int i = 0; i < r->count; i++)
        if (r->fact[i].boxed && r->fact[i].sum < 0 && !r->fact[i].box.none
            && r->fact[i].n > 0 && (r->fact[i].printed || r->fact[i].known))
            o[count++] = (struct order){ r->fact[i].n, i };
    if (count > 0)
        qsort(o, (size_t)count, sizeof *o, order_compare);
    for (int i = 0; i < count; i++) {
        while (o[from].n <= o[i].n - r->rule.threshold)
            from++;
        for (int k = from; k < count && o[k].n < o[i].n; k++)
            if (o[i].n >= r->rule.threshold
                && box_within(&r->fact[o[k].fact].closed,
                              &r->fact[o[i].fact].box))
                link_pair(r, o[k].fact, o[i].fact);
    }
}

/* ---- what is added up ---- */

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
        if (hash_box(&rest, -1) != hash_box(&f->box, -1))
            continue;
        term[count++] = (struct proof_term){ k, side->span[0].from };
        left -= f->n * side->span[0].from;
    }
    if (count > 1 && left == 0)
        release_weigh(r, term, count);
}

static void
link_sums(struct release *r)
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

/* ---- groups that all have one value ---- */

/* Whether by the instrument whoever is in WHOLE is in PART. */
static bool
follows(const struct fact *whole, const struct fact *part)
{
    return whole->boxed && part->boxed
        && box_within(&whole->closed, &part->box);
}

/* Of a small group in the sum S all have the value of one part: that not all
 * have it must be possible. */
static void
link_group(struct release *r, const struct sum *s)
{
    const struct proof_term *term = &r->term[s->first];
    int whole = term[0].number, part[2] = { NO_NUMBER, 0 }, parts = 0;
    const struct fact *w = &r->fact[whole];
    bool open = false;

    if (!s->whole || w->sum >= 0 || (!w->printed && !w->earlier)
        || w->n < 1 || w->n >= r->rule.attribute)
        return;
    for (int k = 1; k < s->count; k++) {
        const struct fact *f = &r->fact[term[k].number];

        if (f->status)
            continue;
        parts++;
        /* What was told before can't be taken back: not that there is
         * nobody with another value. */
        open |= !f->told && f->n != w->n;
        if (f->n == w->n)
            part[0] = term[k].number;
    }
    if (part[0] == NO_NUMBER || parts < 2 || !open
        || follows(w, &r->fact[part[0]]))
        return;
    part[1] = release_put_named(r, arena_printf(r->arena,
        "(%s) and not all (%s)", w->set, r->fact[part[0]].set), 0);
    if (r->fact[part[1]].need > 0)
        return;
    r->fact[part[1]].need = 1;
    r->fact[part[1]].sensitive = true;
    r->fact[part[1]].why = WHY_ATTRIBUTE;
    release_sum(r, whole, part, 2, false);
}

void
release_link(struct release *r)
{
    int sums;

    find_blanks(r);
    release_families(r, one_family);
    link_sums(r);
    link_nested(r);
    sums = r->sums;
    for (int i = 0; i < sums; i++) {
        struct sum s = r->sum[i];

        link_group(r, &s);
    }
}
