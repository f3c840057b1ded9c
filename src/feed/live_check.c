/* live_check.c - a round counted again from the store; see live_round.h.
 *
 * By other means than those that keep it up to date: rows are read and
 * counted from the beginning, the contest (calc/contest.h) says who counts,
 * and the store's own statements how many there are. */
#include <stdlib.h>
#include "feed/live_round.h"

struct again {
    struct live_round *r;
    struct run **unit;          /* a run each */
};

static bool
differs(struct err *e, const char *what, int i)
{
    return err_set(e, ERR_MACHINE, "live.differs", "%s %d", what, i);
}

static bool
check_all(struct live_round *r, struct opened *o, struct err *e)
{
    struct run *run = run_new(r->all.plan);
    bool ok = feed_run(o, &live_actor, SCOPE_RECIPIENTS, NULL, "counters",
                       r->all.plan, run, e);
    int found = ok && r->all.runs > 0 ? run_differs(r->all.run[0], run) : -1;

    run_free(run);
    return ok && (found < 0 || differs(e, "table", found));
}

static bool
add_unit(void *ctx, const struct registration *reg, const struct decoder *d,
         struct err *e)
{
    struct again *a = ctx;

    (void)e;
    run_row(a->unit[reg->unit], &d->row);
    return true;
}

static bool
check_units(struct live_round *r, struct opened *o, struct err *e)
{
    const struct scan_ask ask = {
        .complete_only = true, .with_sealed = r->sealed, .what = "counters"
    };
    int units = r->unit.runs, found = -1;
    struct again a = { .r = r };
    bool ok;

    if (units == 0)
        return true;
    a.unit = mem_take((size_t)units * sizeof *a.unit);
    for (int i = 0; i < units; i++)
        a.unit[i] = run_new(r->unit.plan);
    ok = decode_each(o, &live_actor, &ask, add_unit, &a, e);
    for (int i = 0; ok && i < units && found < 0; i++)
        found = run_differs(r->unit.run[i], a.unit[i]);
    for (int i = 0; i < units; i++)
        run_free(a.unit[i]);
    free(a.unit);
    return ok && (found < 0 || differs(e, "unit", found));
}

static bool
check_overlap(struct live_round *r, struct opened *o, struct err *e)
{
    struct overlap found;
    int64_t counting = 0;

    if (!feed_overlap(o, &live_actor, &found, e))
        return false;
    for (int i = 0; i < 3; i++) {
        if (found.recipients[i] != r->sizes[i])
            return differs(e, "overlap", i);
        counting += r->sizes[i];
    }
    return found.superseded == r->matched - counting
           || differs(e, "overlap", 3);
}

/* Those that are 0 here are not in the store's list. */
static bool
check_work(struct live_round *r, struct opened *o, struct arena *arena,
           struct err *e)
{
    const struct work_count *list;
    int count, n = 0;

    if (!work_counts(r->store, &live_actor, o->round, arena, &list, &count,
                     e))
        return false;
    for (size_t i = 0; i < r->works; i++) {
        const struct work_count *w = &r->work[i];

        if (w->count == 0)
            continue;
        if (n == count || w->unit != list[n].unit || w->tier != list[n].tier
            || w->status != list[n].status || w->day != list[n].day
            || w->count != list[n].count)
            return differs(e, "work", n);
        n++;
    }
    return n == count || differs(e, "work", n);
}

static bool
check_counts(struct live_round *r, struct opened *o, struct arena *arena,
             struct err *e)
{
    int units = o->round->unit_count;
    struct unit_count *c = arena_array(arena, (size_t)units + 1, sizeof *c);

    if (!registration_counts(r->store, &live_actor, o->round, c, e))
        return false;
    for (int i = 0; i < units; i++) {
        const struct unit_count *u = &r->units[i];

        if (u->complete != c[i].complete || u->draft != c[i].draft
            || u->withdrawn != c[i].withdrawn
            || u->no_number != c[i].no_number
            || u->counting + u->superseded != u->complete)
            return differs(e, "counts", i);
    }
    return true;
}

/* The definition that R was made by is that of O. */
static bool
check(struct live_round *r, struct opened *o, struct arena *arena,
      struct err *e)
{
    if (o->round->changes != r->changes
        || o->round->definition != r->opened.round->definition
        || o->round->unit_count != r->opened.round->unit_count)
        return true;            /* out of date, which is no fault */
    if (!check_work(r, o, arena, e) || !check_counts(r, o, arena, e))
        return false;
    return live_training(r)
           || (check_all(r, o, e) && check_units(r, o, e)
               && check_overlap(r, o, e));
}

bool
live_round_check(struct live_round *r, struct err *e)
{
    struct opened o;
    struct arena arena;
    bool ok;

    if (!r->made)
        return true;
    arena_init(&arena);
    r->taken = 0;
    ok = opened_init(&o, r->store, r->id, e)
         && check(r, &o, &arena, e);
    opened_clear(&o);
    arena_clear(&arena);
    return ok;
}
