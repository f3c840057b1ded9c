/* open.c - a round with its definitions, ready. See feed.h. */
#include <string.h>
#include "calc/answers.h"
#include "feed/layouts.h"

bool
round_instrument(const struct definition *d, const struct round *r,
                 struct instrument **in, struct err *e)
{
    struct arena arena;
    struct round_facts f = {
        .municipality = r->municipality, .year = r->year,
        .period = r->period, .from_age = r->from_age,
        .unit_count = r->unit_count
    };
    const char **ids, **names, **on;
    char *word, *save = NULL;
    bool ok = false;

    arena_init(&arena);
    ids = arena_array(&arena, (size_t)r->unit_count, sizeof *ids);
    names = arena_array(&arena, (size_t)r->unit_count, sizeof *names);
    on = arena_array(&arena, VARIABLE_MAX, sizeof *on);
    for (int i = 0; i < r->unit_count; i++) {
        ids[i] = r->units[i].id;
        names[i] = r->units[i].name;
    }
    word = arena_text(&arena, d->switched_on);
    for (word = strtok_r(word, " ", &save);
         word != NULL && f.switched_on_count < VARIABLE_MAX;
         word = strtok_r(NULL, " ", &save))
        on[f.switched_on_count++] = word;
    f.unit_ids = ids;
    f.unit_names = names;
    f.switched_on = on;

    *in = instrument_read(d->text, d->len, "definition", e);
    if (*in != NULL)
        ok = instrument_bind(*in, &f, e);
    if (!ok) {
        instrument_free(*in);
        *in = NULL;
    }
    arena_clear(&arena);
    return ok;
}

/* Where each variable of OLD stands in NEW, -1 for one that is gone. */
static int *
variable_map(struct arena *arena, const struct instrument *old,
             const struct instrument *new)
{
    int *map = arena_array(arena, (size_t)old->variable_count, sizeof *map);

    for (int i = 0; i < old->variable_count; i++)
        map[i] = instrument_variable(new, old->variables[i].id,
                                     strlen(old->variables[i].id));
    return map;
}

/* The ticks that NEW asks and OLD did not: that the services were gone
 * through then says nothing of these. */
static void
mark_unasked(struct arena *arena, struct older *l,
             const struct instrument *old, const struct instrument *new)
{
    l->unasked = arena_array(arena, (size_t)new->entered_count,
                             sizeof *l->unasked);
    for (int i = 0; i < new->entered_count; i++) {
        const char *id = new->variables[i].id;
        int v;

        if (new->variables[i].service < 0 || new->variables[i].off)
            continue;
        v = instrument_variable(old, id, strlen(id));
        if (v < 0 || old->variables[v].off)
            l->unasked[l->unasked_count++] = i;
    }
}

/* Definition NUMBER's layout; the first that is read, the newest, becomes
 * o->in. */
static bool
open_definition(struct opened *o, int number, struct err *e)
{
    struct older *l = &o->layouts->of[number - 1];
    struct definition d;
    struct instrument *in;

    if (!round_definition(o->store, o->round, number, &o->arena, &d, e)
        || !round_instrument(&d, o->round, &in, e))
        return false;
    if (o->in == NULL) {
        layout_init(&l->layout, in, &o->arena);
        l->variables = in->variable_count;
        o->in = in;
        return true;
    }
    layout_older(o, l, in);
    instrument_free(in);
    return true;
}

void
layouts_make(struct opened *o)
{
    o->layouts = arena_take(&o->arena, sizeof *o->layouts);
    o->layouts->count = o->round->definition;
    o->layouts->of = arena_array(&o->arena, (size_t)o->layouts->count,
                                 sizeof *o->layouts->of);
}

void
layout_older(struct opened *o, struct older *l, const struct instrument *in)
{
    layout_init(&l->layout, in, &o->arena);
    l->variables = in->variable_count;
    l->to = variable_map(&o->arena, in, o->in);
    mark_unasked(&o->arena, l, in, o->in);
}

bool
opened_init(struct opened *o, struct store *s, const char *round,
            struct err *e)
{
    *o = (struct opened){ .store = s };
    arena_init(&o->arena);
    if (!round_load(s, round, &o->arena, &o->round, e))
        return false;
    layouts_make(o);
    for (int i = o->layouts->count; i >= 1; i--)
        if (!open_definition(o, i, e))
            return false;
    return true;
}

void
opened_clear(struct opened *o)
{
    instrument_free(o->in);
    arena_clear(&o->arena);
    o->in = NULL;
}

const struct layout *
opened_layout(const struct opened *o)
{
    return &o->layouts->of[o->layouts->count - 1].layout;
}
