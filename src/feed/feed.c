/* feed.c - see feed.h.
 *
 * Where the round is still to be settled (a form has written, nobody has
 * settled yet) a reader does not write: it decides for itself, in memory,
 * and leaves out what does not count. */
#include "feed/feed.h"
#include <stdlib.h>
#include "base/array.h"
#include "calc/derive.h"
#include "column/tally.h"
#include "feed/columned.h"
#include "feed/live.h"
#include "feed/rounds.h"
#include "feed/settle.h"

/* A list of numbers, rising. */
struct numbers {
    int64_t *number;
    size_t count, room, next;
};

struct feeding {
    struct opened *o;
    struct scan *scan;
    struct decoder decoder;
    bool *want;
    bool undecided;             /* leave out what stands in LOSERS */
    struct numbers losers;
};

/* Marks the derived variables the plan needs, and what they are made of. */
static void
mark_wanted(const struct instrument *in, const struct plan *plan, bool *want)
{
    for (int i = in->variable_count - 1; i >= 0; i--) {
        const struct variable *v = &in->variables[i];

        want[i] = want[i] || plan_needs(plan, i);
        if (!want[i])
            continue;
        for (int j = 0; j < v->of_count; j++)
            want[v->of[j]] = true;
        for (int j = 0; j < v->need_count; j++)
            want[v->needs[j]] = true;
    }
}

/* Whether PLAN asks for anything sealed: which codes were chosen, or a text.
 * How many codes is among the answers; and no definition can name one, so
 * that nothing derived is made of them. It is just what columns don't have,
 * and so what the log says of a reading does not depend on who answered. */
static bool
asks_sealed(const struct plan *plan)
{
    for (int i = 0; i < plan_count(plan); i++)
        if (!tally_takes(plan, i))
            return true;
    return false;
}

static bool
note_loser(void *ctx, int64_t number, int64_t by, int64_t now, int64_t size,
           struct err *e)
{
    struct numbers *n = ctx;
    int64_t *p;

    (void)now;
    if (by == 0 || size == 0)
        return true;
    p = array_more(n->number, n->count, &n->room, sizeof *p, e);
    if (p == NULL)
        return false;
    n->number = p;
    n->number[n->count++] = number;
    return true;
}

static bool
decide(struct feeding *f, const struct actor *actor, struct err *e)
{
    struct settling *s = settling_new(f->o, actor, e);
    bool ok = s != NULL && settling_each(s, note_loser, &f->losers, e);

    settling_free(s);
    f->undecided = true;
    return ok;
}

/* True for a registration that is to be left out. Both come rising. */
static bool
is_loser(struct feeding *f, const struct registration *r)
{
    struct numbers *n = &f->losers;

    if (!f->undecided)
        return false;
    if (!r->has_pseudonym)
        return r->superseded_by != 0;
    while (n->next < n->count && n->number[n->next] < r->number)
        n->next++;
    return n->next < n->count && n->number[n->next] == r->number;
}

static bool
next_row(void *ctx, const struct row **row, struct err *e)
{
    struct feeding *f = ctx;
    const struct registration *r;

    *row = NULL;
    do {
        if (!scan_next(f->scan, &r, e))
            return false;
        if (r == NULL)
            return true;
    } while (is_loser(f, r));
    if (!decode(&f->decoder, r, e))
        return false;
    derive_row(f->o->in, f->decoder.value, f->decoder.row.set, f->want);
    *row = &f->decoder.row;
    return true;
}

bool
feed_run(struct opened *o, const struct actor *actor, enum scope scope,
         const char *unit, const char *what, const struct plan *plan,
         struct run *run, struct err *e)
{
    struct feeding f = { .o = o };
    struct cursor cursor = { next_row, &f };
    struct scan_ask ask = { .unit = unit, .with_sealed = asks_sealed(plan),
                            .what = what };
    bool ok = true, left;

    if (o->rounds != NULL)
        return rounds_run(o->rounds, actor, scope, unit, what, plan, run, e);
    if (o->round->training_of[0] != '\0')
        return true;
    if (o->live != NULL) {
        ok = live_run(o, actor, scope, unit, ask.with_sealed, what, run,
                      &left, e);
        if (!ok || !left)
            return ok;
    }
    if (scope == SCOPE_RECIPIENTS && o->unit_of == NULL) {
        const struct columned whole = { o->store, o->round->id, o->in, o, 1 };

        if (!columned_run(&whole, actor, what, run, &left, e) || !left)
            return e->code == ERR_NONE;
    }
    f.want = mem_take((size_t)o->in->variable_count * sizeof *f.want);
    mark_wanted(o->in, plan, f.want);
    if (scope == SCOPE_RECIPIENTS && o->round->settle_due)
        ok = decide(&f, actor, e);
    ask.complete_only = scope == SCOPE_UNIT || f.undecided;
    ask.counting_only = !ask.complete_only;
    decoder_init(&f.decoder, o);
    if (ok) {
        f.scan = scan_begin(o->store, actor, o->round, &ask, e);
        ok = f.scan != NULL && run_rows(run, &cursor, e);
    }
    if (f.scan != NULL)
        ok = scan_end(f.scan, e) && ok;
    decoder_clear(&f.decoder);
    free(f.losers.number);
    free(f.want);
    return ok;
}
