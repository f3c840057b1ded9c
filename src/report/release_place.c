/* release_place.c - what stands at a place of a table, as a number; see
 * placing.h.
 *
 * What a place counts is a box: whom the table is about, and the values of
 * its row and column. The same meaning gives the same box in every table, so
 * that its number is shared. */
#include <assert.h>
#include <string.h>
#include "report/placing.h"

/* ---- boxes ---- */

struct box
place_key(struct placing *p, int v, const char *id)
{
    const struct instrument *in = p->r->in;
    const struct variable *var = &in->variables[v];
    int32_t value;
    bool good = variable_read(in, var, id, strlen(id), &value);

    assert(good);
    (void)good;
    if (var->kind == KIND_CODES)
        return box_chosen(p->r->boxes, v, value);
    return box_value(p->r->boxes, v, value, value);
}

struct box
place_both(struct placing *p, struct box x, struct box y)
{
    return box_and(p->r->boxes, &x, &y);
}

struct box
place_within(struct placing *p, struct box x)
{
    return place_both(p, p->whole, x);
}

struct box
place_answered(struct placing *p, int v)
{
    return box_answered(p->r->boxes, v);
}

/* ---- numbers ---- */

int
place_print(struct placing *p, int number, int cost)
{
    struct fact *f = &p->r->fact[number];

    f->printed = true;
    release_stands(p->r, number, p->e->document, p->e->name);
    if (cost > f->cost)
        f->cost = cost;
    return number;
}

int
place_stand(struct placing *p, const struct box *x, int sum, int64_t n,
            int64_t people, int cost)
{
    return place_print(p, release_put(p->r, x, sum, n, people), cost);
}

int
place_silent(struct placing *p, const struct box *x, int64_t n)
{
    return x->none ? NO_NUMBER : release_put(p->r, x, -1, n, n);
}

/* Takes those that are numbers of LIST. */
static int
pack(int *list, int count)
{
    int n = 0;

    for (int i = 0; i < count; i++)
        if (list[i] != NO_NUMBER)
            list[n++] = list[i];
    return n;
}

void
place_add_up(struct placing *p, int whole, int *list, int count,
             bool values)
{
    if (whole != NO_NUMBER)
        release_sum(p->r, whole, list, pack(list, count), values);
}

int64_t
place_outside_n(const struct outside *o, int k)
{
    return k == 0 ? o->unanswered : k == 1 ? o->unknown : o->not_asked;
}

int
place_outside(struct placing *p, int i, int k, const struct box *x)
{
    static const char *const reason[3] = { "unanswered", "unknown",
                                           "not asked" };
    int64_t n = place_outside_n(&p->t->outside[i], k);
    int at;

    if (!x->none)
        at = release_put(p->r, x, -1, n, n);
    else
        at = release_put_named(p->r, arena_printf(p->r->arena,
            "%s, else %s", p->r->fact[p->e->base[i]].set, reason[k]), n);
    place_print(p, at, COST_OUTSIDE);
    p->r->fact[at].status = true;
    return p->e->outside[i][k] = at;
}

/* Those outside base I because of the values FROM -1 (unanswered), -2, -3
 * that OUT gives for each; whole = base + outside. */
static void
frame(struct placing *p, int i, const struct box *base,
      const struct box out[3])
{
    const struct outside *o = &p->t->outside[i];
    int list[4], whole;
    int64_t all = p->t->base[i];

    list[0] = p->e->base[i] = place_stand(p, base, -1, p->t->base[i],
                                          p->t->base[i], COST_BASE);
    for (int k = 0; k < 3; k++) {
        int64_t n = place_outside_n(o, k);

        list[k + 1] = place_outside(p, i, k, &out[k]);
        all += n;
    }
    whole = p->e->in_all[i] = place_silent(p, &p->whole, all);
    if (whole != list[0])
        place_add_up(p, whole, list, 4, false);
}

void
place_base(struct placing *p, int i, int v, int w)
{
    struct release *r = p->r;
    struct box answered = place_answered(p, v), out[3];
    struct box base = place_within(p, answered);

    for (int k = 0; k < 3; k++) {
        struct box one = box_value(r->boxes, v, -1 - k, -1 - k);

        if (w >= 0) {
            struct box two = box_value(r->boxes, w, -1 - k, -1 - k);

            two = place_both(p, answered, two);
            one = one.none ? two : two.none ? one
                : box_or(r->boxes, &one, &two);
        }
        out[k] = place_within(p, one);
    }
    if (w >= 0)
        base = place_both(p, base, place_answered(p, w));
    frame(p, i, &base, out);
}
