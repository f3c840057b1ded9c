/* outline.c - see outline.h. */
#include "calc/outline.h"

static bool
is_asked_always(const struct variable *v)
{
    return !v->off && v->asked == NULL;
}

/* How V becomes effective; the last step goes on where it is the same. */
static void
add_step(struct outline *o, const struct variable *v, int i)
{
    bool ticks = v->service >= 0 && !v->off;
    struct outline_step *last;

    if (v->service < 0 && is_asked_always(v))
        return;
    last = o->steps > 0 ? &o->step[o->steps - 1] : NULL;
    if (last != NULL && last->ticks == ticks && last->to == i)
        last->to++;
    else
        o->step[o->steps++] = (struct outline_step){ ticks, i, i + 1 };
}

void
outline_init(struct outline *o, const struct instrument *in,
             struct arena *arena)
{
    size_t most = (size_t)in->entered_count;

    *o = (struct outline){ .in = in };
    o->step = arena_array(arena, most, sizeof *o->step);
    o->conditional = arena_array(arena, most, sizeof *o->conditional);
    o->limited = arena_array(arena, most, sizeof *o->limited);
    o->ranking = arena_array(arena, most, sizeof *o->ranking);
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        add_step(o, v, i);
        if (!is_asked_always(v))
            o->conditional[o->conditional_count++] = i;
        if (v->at_most >= 0)
            o->limited[o->limited_count++] = i;
        if (v->kind != KIND_IDENT && in->tabs[v->tab].ranks)
            o->ranking[o->ranking_count++] = i;
    }
}
