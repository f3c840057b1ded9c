/* live_answer.c - see live.h: what is asked, answered from memory.
 *
 * Who may be told is seen to here as the store would: an actor who may not
 * see what he asks for is left to the store, which refuses. What was read is
 * logged when the round is let go of, and before anything is handed on: what
 * the store would have read, as the round was opened. Where that is to be
 * settled all are read to decide, and then the complete, else those that
 * count. */
#include <stdlib.h>
#include <string.h>
#include "feed/live_private.h"
#include "store/log.h"

/* The place of UNIT, if ACTOR may see it; else -1. */
static int
unit_place(const struct round *round, const struct actor *actor,
           const char *unit)
{
    int place = unit != NULL ? round_unit(round, unit) : -1;

    return place >= 0 && store_may(actor, round, place) ? place : -1;
}

/* What the log is to say of R as UNIT, for when it is let go of: strings in
 * ARENA. False: more than there is room for. */
static bool
note_said(struct live_round *r, int unit, struct arena *arena,
          struct said *out)
{
    const struct said *said = live_said(r, unit);

    if (said == NULL)
        return false;
    *out = (struct said){ arena_text(arena, said->numbers),
                           said->count };
    return true;
}

bool
live_run(struct opened *o, const struct actor *actor, enum scope scope,
         const char *unit, bool sealed, const char *what, struct run *run,
         bool *left, struct err *e)
{
    const struct scan_ask ask = {
        .unit = scope == SCOPE_UNIT ? unit : NULL, .with_sealed = sealed,
        .what = what
    };
    int k = scope == SCOPE_UNIT ? unit_place(o->round, actor, unit) : -1;
    bool due = scope != SCOPE_UNIT && o->round->settle_due, ok;
    struct said all = { NULL, 0 }, read = { NULL, 0 };
    struct arena arena;
    struct entry *x;

    *left = true;
    if (scope == SCOPE_UNIT ? k < 0 : !actor->all_units || unit != NULL)
        return true;
    x = live_use(o->live, o, actor);
    if (x == NULL)
        return true;
    arena_init(&arena);
    if ((!sealed || x->round->sealed)
        && (!due || note_said(x->round, SAID_ALL, &arena, &all))
        && note_said(x->round, due ? SAID_COMPLETE : k, &arena, &read)) {
        live_count(x->round, k, run);
        *left = false;
    }
    live_leave(o->live, x);
    ok = *left
         || ((!due || registration_log_read(o->store, actor, o->round,
                                            "settle", all.count, all.numbers,
                                            e))
             && registration_log_scan(o->store, actor, o->round, &ask,
                                      read.count, read.numbers, e));
    arena_clear(&arena);
    return ok;
}

bool
live_overlap(struct opened *o, const struct actor *actor,
             struct overlap *out, bool *left, struct err *e)
{
    struct entry *x = actor->all_units ? live_use(o->live, o, actor)
                                       : NULL;
    const struct live_round *r;
    struct said all = { NULL, 0 };
    struct arena arena;
    bool ok;

    *left = true;
    if (x == NULL)
        return true;
    arena_init(&arena);
    r = x->round;
    *left = !note_said(x->round, SAID_ALL, &arena, &all);
    if (*left) {
        live_leave(o->live, x);
        arena_clear(&arena);
        return true;
    }
    *out = (struct overlap){ .superseded = r->matched };
    for (int i = 0; i < 3; i++) {
        out->recipients[i] = r->sizes[i];
        out->superseded -= r->sizes[i];
    }
    for (int i = 0; i < o->round->unit_count; i++)
        out->no_number += r->units[i].no_number;
    live_leave(o->live, x);
    ok = registration_log_read(o->store, actor, o->round, "settle", all.count,
                               all.numbers, e)
         && registration_log_read(o->store, actor, o->round, "counts",
                                  all.count, "", e);
    arena_clear(&arena);
    return ok;
}

/* Held H, which does not count, does so for an actor who does not SEE the
 * unit of the one that does. */
static bool
seems_to_count(const struct live_round *r, const struct held *h,
               const bool *sees)
{
    const struct held *other;

    if (h->status != STATUS_COMPLETE || h->counts || h->person == 0)
        return false;
    other = &r->held[r->person[h->person - 1].first - 1];
    while (!other->counts)
        other = &r->held[other->next - 1];
    return !sees[other->unit];
}

/* What ACTOR, who sees some units, may be told of them. */
static void
leave_out_units(const struct opened *o, const struct live_round *r,
                const struct actor *actor, struct unit_count *out)
{
    int units = o->round->unit_count;
    bool *sees = mem_take((size_t)units * sizeof *sees);

    for (int i = 0; i < units; i++) {
        sees[i] = store_may(actor, o->round, i);
        if (!sees[i])
            out[i] = (struct unit_count){ .complete = 0 };
    }
    for (size_t i = 0; i < r->count; i++) {
        const struct held *h = &r->held[i];

        if (sees[h->unit] && seems_to_count(r, h, sees)) {
            out[h->unit].counting++;
            out[h->unit].superseded--;
        }
    }
    free(sees);
}

bool
live_unit_counts(const struct opened *o, const struct actor *actor,
                 struct unit_count *out, struct err *e)
{
    struct entry *x = live_use(o->live, o, actor);
    int64_t all = 0;

    if (x == NULL)
        return registration_counts(o->store, actor, o->round, out, e);
    for (int i = 0; i < o->round->unit_count; i++)
        out[i] = x->round->units[i];
    if (!actor->all_units)
        leave_out_units(o, x->round, actor, out);
    for (int i = 0; i < o->round->unit_count; i++)
        all += out[i].complete + out[i].draft + out[i].withdrawn;
    live_leave(o->live, x);
    return registration_log_read(o->store, actor, o->round, "counts", all,
                                 "", e);
}

bool
live_work_counts(const struct opened *o, const struct actor *actor,
                 struct arena *arena, const struct work_count **list,
                 int *count, struct err *e)
{
    struct entry *x = live_use(o->live, o, actor);
    const struct live_round *r;
    struct work_count *found;
    int64_t all = 0;

    if (x == NULL)
        return work_counts(o->store, actor, o->round, arena, list, count, e);
    r = x->round;
    found = arena_array(arena, r->works + 1, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < r->works; i++) {
        const struct work_count *w = &r->work[i];

        if (w->count == 0 || !store_may(actor, o->round, w->unit))
            continue;
        found[(*count)++] = *w;
        all += w->count;
    }
    live_leave(o->live, x);
    *list = found;
    return registration_log_read(o->store, actor, o->round, "progress", all,
                                 "", e);
}
