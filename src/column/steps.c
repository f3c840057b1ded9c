/* steps.c - see steps.h.
 *
 * Of the two masks of a common, the one that more others are counted with is
 * gone through, and the others are what it is counted by, many at once. Those
 * with the same others follow each other.
 *
 * A mask is made when it is first needed, and its room is given to another
 * after it was last needed. */
#include "column/steps.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "column/spreads.h"

/* One mask and those it is counted by, all of them with another. */
struct group {
    int mask, with, first, count;
};

struct ordering {
    const struct tally *t;
    struct steps *s;
    struct gate *gate;          /* one a mask: how it is made */
    int *last;                  /* one a mask: the last step that needs it */
    bool *made, *seen;
    struct group *group;
    int groups;
};

static void
add_step(struct steps *s, struct step step)
{
    s->step = mem_more(s->step, s->count, &s->room, sizeof *s->step);
    step.planes = s->planes;
    s->step[s->count++] = step;
}

/* MASK is needed by the step that was added last. */
static void
use(struct ordering *o, int mask)
{
    struct steps *s = o->s;

    o->last[mask] = s->count - 1;
    if (o->t->masks.mask[mask].kind != MASK_PLANE || o->seen[mask])
        return;
    o->seen[mask] = true;
    s->plane = mem_more(s->plane, s->planes, &s->plane_room, sizeof *s->plane);
    s->plane[s->planes++] = mask;
    s->step[s->count - 1].planes = s->planes;
}

/* Adds the steps that make MASK, if it is to be made. */
static void
make(struct ordering *o, int mask)
{
    const struct mask *m = &o->t->masks.mask[mask];

    if (o->made[mask])
        return;
    o->made[mask] = true;
    if (m->kind == MASK_PAIR) {
        const struct gate *g = &o->gate[mask];

        for (int k = 0; k < GATE_INPUTS; k++)
            make(o, g->input[k]);
        add_step(o->s, (struct step){
            .kind = STEP_GATE, .gate = *g, .mask = mask
        });
        for (int k = 0; k < GATE_INPUTS; k++)
            use(o, g->input[k]);
    } else if (m->kind == MASK_SITE) {
        add_step(o->s, (struct step){ .kind = STEP_SITE, .mask = mask,
                                      .a = m->a });
    }
}

/* How many commons each mask is in. */
static int *
degrees(const struct tally *t)
{
    int *degree = mem_take((size_t)t->masks.count * sizeof *degree);

    for (int i = 0; i < t->commons.count; i++) {
        degree[t->commons.list[i].a]++;
        degree[t->commons.list[i].b]++;
    }
    return degree;
}

/* Puts every common with one of its masks; s->by holds them, those of a
 * mask beside each other, rising. */
static void
group_commons(struct ordering *o)
{
    const struct tally *t = o->t;
    int *degree = degrees(t);
    int *at = mem_take(((size_t)t->masks.count + 1) * sizeof *at);
    int sum = 0;

    o->s->by = mem_take((size_t)(t->commons.count + t->spreads.count)
                        * sizeof *o->s->by + 1);
    for (int i = 0; i < t->commons.count; i++) {
        const struct triple *c = &t->commons.list[i];

        at[degree[c->a] >= degree[c->b] ? c->a : c->b]++;
    }
    o->group = mem_take((size_t)t->masks.count * sizeof *o->group);
    for (int i = 0; i < t->masks.count; i++) {
        int n = at[i];

        at[i] = sum;
        if (n > 0)
            o->group[o->groups++] = (struct group){ i, MASK_ALL, sum, n };
        sum += n;
    }
    for (int i = 0; i < t->commons.count; i++) {
        const struct triple *c = &t->commons.list[i];
        bool first = degree[c->a] >= degree[c->b];

        o->s->by[at[first ? c->a : c->b]++]
            = (struct by){ first ? c->b : c->a, i };
    }
    free(degree);
    free(at);
}

/* Whether all that G is counted by are pairs that WITH is half of. */
static bool
all_with(const struct ordering *o, const struct group *g, int with)
{
    for (int i = 0; i < g->count; i++) {
        const struct mask *m = mask_both(&o->t->masks,
                                         o->s->by[g->first + i].mask);

        if (m == NULL || (m->a != with && m->b != with))
            return false;
    }
    return true;
}

/* A pair of which both must hold need not be made: what is gone through may
 * be two masks, or all that it is counted by may have one in common. */
static void
split_group(const struct ordering *o, struct group *g)
{
    struct by *by = o->s->by + g->first;
    const struct mask *m = mask_both(&o->t->masks, g->mask);

    if (m != NULL) {
        g->mask = m->a;
        g->with = m->b;
        return;
    }
    m = mask_both(&o->t->masks, by->mask);
    if (m == NULL)
        return;
    g->with = all_with(o, g, m->a) ? m->a
            : all_with(o, g, m->b) ? m->b : MASK_ALL;
    for (int i = 0; i < g->count && g->with != MASK_ALL; i++) {
        m = mask_both(&o->t->masks, by[i].mask);
        by[i].mask = m->a == g->with ? m->b : m->a;
    }
}

static int
by_mask(const void *a, const void *b)
{
    const struct by *x = a, *y = b;

    return (x->mask > y->mask) - (x->mask < y->mask);
}

/* Groups by what they are counted by; qsort has no context, so the lists
 * were sorted and are compared by their first, their length and the rest
 * through the pointer that each group has. */
struct sortable {
    struct group group;
    const struct by *by;
};

static int
by_others(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    int n = x->group.count < y->group.count ? x->group.count
                                            : y->group.count;

    for (int i = 0; i < n; i++)
        if (x->by[i].mask != y->by[i].mask)
            return x->by[i].mask < y->by[i].mask ? -1 : 1;
    if (x->group.count != y->group.count)
        return x->group.count < y->group.count ? -1 : 1;
    if (x->group.with != y->group.with)
        return x->group.with < y->group.with ? -1 : 1;
    return (x->group.mask > y->group.mask) - (x->group.mask < y->group.mask);
}

static void
sort_groups(struct ordering *o)
{
    struct sortable *list = mem_take((size_t)o->groups * sizeof *list + 1);

    for (int i = 0; i < o->groups; i++) {
        struct by *by = o->s->by + o->group[i].first;

        qsort(by, (size_t)o->group[i].count, sizeof *by, by_mask);
        list[i] = (struct sortable){ o->group[i], by };
    }
    if (o->groups > 0)
        qsort(list, (size_t)o->groups, sizeof *list, by_others);
    for (int i = 0; i < o->groups; i++)
        o->group[i] = list[i].group;
    free(list);
}

static void
add_group(struct ordering *o, const struct group *g)
{
    make(o, g->mask);
    make(o, g->with);
    for (int i = 0; i < g->count; i++)
        make(o, o->s->by[g->first + i].mask);
    for (int i = 0; i < g->count; i += COUNT_MAX) {
        int n = g->count - i < COUNT_MAX ? g->count - i : COUNT_MAX;

        add_step(o->s, (struct step){
            .kind = STEP_COUNT, .mask = g->mask, .with = g->with,
            .first = g->first + i, .count = n
        });
        use(o, g->mask);
        use(o, g->with);
        for (int k = 0; k < n; k++)
            use(o, o->s->by[g->first + i + k].mask);
    }
}

/* The first N of LIST by one step; FIRST is where they stand in `by`. */
static void
add_spread(struct ordering *o, const struct spreading *list, int first, int n)
{
    make(o, list->with);
    for (int i = 0; i < n; i++)
        make(o, list[i].mask);
    add_step(o->s, (struct step){
        .kind = STEP_SPREAD, .mask = MASK_ALL, .with = list->with,
        .a = list->cutting, .b = o->s->spreads++, .first = first,
        .count = n
    });
    use(o, list->with);
    for (int i = 0; i < n; i++) {
        o->s->by[first + i] = (struct by){ list[i].mask, list[i].number };
        use(o, list[i].mask);
    }
}

static void
add_spreads(struct ordering *o, const struct spreading *list)
{
    int count = o->t->spreads.count, n;

    for (int i = 0; i < count; i += n) {
        n = 1;
        while (n < VECTOR && i + n < count
               && list[i + n].cutting == list[i].cutting
               && list[i + n].with == list[i].with)
            n++;
        add_spread(o, &list[i], o->t->commons.count + i, n);
    }
}

/* How masks are made; those of groups and of LIST are, in any case. */
static struct gate *
find_gates(const struct ordering *o, const struct spreading *list)
{
    const struct tally *t = o->t;
    bool *made = mem_take((size_t)t->masks.count * sizeof *made);
    struct gate *gate;

    for (int i = 0; i < o->groups; i++)
        made[o->group[i].mask] = made[o->group[i].with] = true;
    for (int i = 0; i < t->commons.count; i++)
        made[o->s->by[i].mask] = true;
    for (int i = 0; i < t->spreads.count; i++)
        made[list[i].with] = made[list[i].mask] = true;
    gate = gates_of(&t->masks, made);
    free(made);
    return gate;
}

/* Gives every mask that is made a slot, and takes it back. */
static void
give_slots(struct ordering *o)
{
    struct steps *s = o->s;
    int masks = o->t->masks.count, frees = 0;
    int *slot = mem_take((size_t)masks * sizeof *slot);
    int *spare = mem_take((size_t)masks * sizeof *spare);
    int *ends = mem_take((size_t)s->count * sizeof *ends + 1);
    int *next = mem_take((size_t)masks * sizeof *next);

    /* Of each step the masks that end there, as a chain. */
    memset(ends, -1, (size_t)s->count * sizeof *ends);
    for (int i = 0; i < s->count; i++)
        if (s->step[i].kind == STEP_GATE || s->step[i].kind == STEP_SITE) {
            int mask = s->step[i].mask, end = o->last[mask];

            next[mask] = ends[end];
            ends[end] = mask;
        }
    for (int i = 0; i < s->count; i++) {
        struct step *step = &s->step[i];

        if (step->kind == STEP_GATE || step->kind == STEP_SITE)
            step->slot = slot[step->mask] = frees > 0 ? spare[--frees]
                                                      : s->slots++;
        for (int m = ends[i]; m >= 0; m = next[m])
            spare[frees++] = slot[m];
    }
    free(slot);
    free(spare);
    free(ends);
    free(next);
}

void
steps_init(struct steps *s, const struct tally *t)
{
    struct ordering o = { .t = t, .s = s };
    struct spreading *list = spreads_of(t);
    size_t masks = (size_t)t->masks.count;

    *s = (struct steps){ .count = 0 };
    o.last = mem_take(masks * sizeof *o.last);
    o.made = mem_take(masks * sizeof *o.made);
    o.seen = mem_take(masks * sizeof *o.seen);
    group_commons(&o);
    for (int i = 0; i < o.groups; i++)
        split_group(&o, &o.group[i]);
    sort_groups(&o);
    o.gate = find_gates(&o, list);
    for (int i = 0; i < o.groups; i++)
        add_group(&o, &o.group[i]);
    add_spreads(&o, list);
    give_slots(&o);
    free(list);
    free(o.gate);
    free(o.last);
    free(o.made);
    free(o.seen);
    free(o.group);
}

void
steps_clear(struct steps *s)
{
    free(s->step);
    free(s->by);
    free(s->plane);
}
