/* outline.c - see outline.h.
 *
 * Nothing here says what a rule is: which values a condition takes is asked
 * of expr_test (expr_quick.c), and what a table holds of derive_one. */
#include "calc/outline.h"
#include <assert.h>
#include <string.h>
#include "calc/derive.h"
#include "calc/ticks.h"

/* ---- what is entered ---- */

static bool
has_condition(const struct variable *v)
{
    return v->service < 0 && (v->off || v->asked != NULL);
}

static bool
same_condition(const struct variable *a, const struct variable *b)
{
    if (a->off || b->off)
        return a->off && b->off;
    return a->asked == b->asked
        || (a->asked_text != NULL && b->asked_text != NULL
            && strcmp(a->asked_text, b->asked_text) == 0);
}

/* Puts question I with those that are asked by the same condition. */
static void
add_question(struct outline *o, int i, struct arena *arena)
{
    const struct variable *v = &o->in->variables[i];
    struct outline_condition *c = o->condition, *end = c + o->conditions;

    while (c < end && !same_condition(v, &o->in->variables[c->question[0]]))
        c++;
    if (c == end) {
        o->conditions++;
        c->question = arena_array(arena, (size_t)(o->in->entered_count - i),
                                  sizeof *c->question);
        if (!v->off)
            expr_quicken(&c->asked, v->asked, o->in, arena);
    }
    c->question[c->questions++] = i;
}

/* Whether a condition differs between a question with a condition that is
 * not answered and one that is not asked. */
static bool
is_nested(const struct outline *o)
{
    for (int c = 0; c < o->conditions; c++)
        for (int i = 0; i < o->in->entered_count; i++)
            if (has_condition(&o->in->variables[i])
                && expr_quick_sees_unasked(&o->condition[c].asked, i))
                return true;
    return false;
}

/* Adds I to the last of COUNT ranges or, if it is no neighbour, a new one. */
static void
add_to_range(struct outline_range *range, int *count, int i)
{
    if (*count > 0 && range[*count - 1].to == i)
        range[*count - 1].to++;
    else
        range[(*count)++] = (struct outline_range){ i, i + 1 };
}

static void
add_tick(struct outline *o, int i)
{
    if (o->ticks.to == 0)
        o->ticks.from = o->ticks.to = i;
    assert(o->ticks.to == i);   /* services are last, and together */
    o->ticks.to++;
    if (o->in->variables[i].off)
        o->off[o->off_count++] = i;
}

static void
add_entered(struct outline *o, struct arena *arena)
{
    const struct instrument *in = o->in;
    size_t most = (size_t)in->entered_count;

    o->condition = arena_array(arena, most, sizeof *o->condition);
    o->off = arena_array(arena, most, sizeof *o->off);
    o->limited = arena_array(arena, most, sizeof *o->limited);
    o->ranking = arena_array(arena, most, sizeof *o->ranking);
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        if (has_condition(v))
            add_question(o, i, arena);
        if (v->service >= 0)
            add_tick(o, i);
        if (v->at_most >= 0)
            o->limited[o->limited_count++] = i;
        if (v->kind != KIND_IDENT && in->tabs[v->tab].ranks)
            add_to_range(o->ranking, &o->rankings, i);
    }
    o->nested = is_nested(o);
}

/* ---- what is derived ---- */

static bool
has_table(const struct outline *o, int v)
{
    for (int i = 0; i < o->tables; i++)
        if (o->table[i].variable == v)
            return true;
    return false;
}

/* Whether V's value follows from that of the one variable it looks at: V
 * has ground where that has a value, and without one V has none. Of derived
 * ones only such as have a table themselves: tables come first. */
static bool
is_of_one(const struct outline *o, const struct variable *v)
{
    const struct variable *of;

    if (v->of_count != 1 || v->need_count > 0)
        return false;
    of = &o->in->variables[v->of[0]];
    if (of->derive == DERIVE_NONE)
        return of->kind != KIND_CODES;
    return (v->derive == DERIVE_BANDS || v->derive == DERIVE_GRADE)
        && has_table(o, v->of[0]);
}

/* A table of what derive_one makes of derived variable I for each value of
 * the one it looks at. */
static void
add_table(struct outline *o, int i, struct arena *arena)
{
    const struct variable *v = &o->in->variables[i];
    int16_t *result = arena_array(arena, OUTLINE_TABLE, sizeof *result);
    int32_t first = v->derive == DERIVE_AGE
                  ? o->in->facts.year - OUTLINE_TABLE + 1 : VALUE_UNASKED;
    int32_t value[VARIABLE_MAX];
    const struct row row = { value, NULL };

    for (int k = 0; k < OUTLINE_TABLE; k++) {
        for (int j = 0; j < v->entered_count; j++)
            value[v->entered[j]] = 0;
        value[v->of[0]] = first + k;
        result[k] = (int16_t)derive_one(o->in, i, &row);
    }
    o->table[o->tables++] = (struct outline_table){
        i, v->of[0], first, result
    };
}

/* Whether V asks for ticks and nothing else. */
static bool
is_of_ticks(const struct instrument *in, const struct variable *v)
{
    for (int i = 0; i < v->of_count; i++)
        if (in->variables[v->of[i]].service < 0)
            return false;
    return v->derive == DERIVE_ANY && v->need_count == 0;
}

/* The ticks of word W that V asks for, of those that are on. */
static uint64_t
ticks_of(const struct outline *o, const struct variable *v, int w)
{
    uint64_t ticks = 0;

    for (int i = 0; i < v->of_count; i++) {
        int tick = v->of[i] - o->ticks.from;

        if (tick / 64 == w && !o->in->variables[v->of[i]].off)
            ticks |= (uint64_t)1 << (tick % 64);
    }
    return ticks;
}

/* One at least: where all its ticks are off, it is never answered. */
static void
add_any(struct outline *o, int v)
{
    bool more = false;

    for (int w = TICK_WORDS - 1; w >= 0; w--) {
        uint64_t ticks = ticks_of(o, &o->in->variables[v], w);

        if (ticks == 0 && (w > 0 || more))
            continue;
        o->any[o->any_count++] = (struct outline_any){ v, w, ticks, more };
        more = true;
    }
}

static void
add_other(struct outline *o, int i, struct arena *arena)
{
    const struct variable *v = &o->in->variables[i];
    struct outline_derived *d = &o->derived[o->derived_count++];

    *d = (struct outline_derived){ .variable = i, .way = WAY_RULE };
    if (v->off)
        d->way = WAY_NEVER;
    else if (v->derive == DERIVE_INDEX || v->derive == DERIVE_INDEX_GRADE)
        d->way = WAY_GROUND;
    else if (v->derive == DERIVE_WHEN)
        d->way = WAY_WHEN;
    if (d->way == WAY_WHEN)
        expr_quicken(&d->when, v->when, o->in, arena);
}

static void
add_derived(struct outline *o, struct arena *arena)
{
    const struct instrument *in = o->in;
    size_t most = (size_t)(in->variable_count - in->entered_count);
    size_t words = (size_t)(o->ticks.to - o->ticks.from + 63) / 64;

    o->any = arena_array(arena, words * most, sizeof *o->any);
    o->table = arena_array(arena, most, sizeof *o->table);
    o->derived = arena_array(arena, most, sizeof *o->derived);
    for (int i = in->entered_count; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];

        if (!v->off && is_of_ticks(in, v))
            add_any(o, i);
        else if (!v->off && is_of_one(o, v))
            add_table(o, i, arena);
        else
            add_other(o, i, arena);
    }
}

void
outline_init(struct outline *o, const struct instrument *in,
             struct arena *arena)
{
    size_t checks = (size_t)in->check_count;

    *o = (struct outline){ .in = in };
    add_entered(o, arena);
    add_derived(o, arena);
    o->refuse = arena_array(arena, checks, sizeof *o->refuse);
    for (int i = 0; i < in->check_count; i++)
        expr_quicken(&o->refuse[i], in->checks[i].refuse, in, arena);
}
