/* overlap.c - how a round's persons overlap; see feed.h.
 *
 * Who is superseded by which stands in the store once a round is settled:
 * then a person's registrations are the one that counts and those that it
 * supersedes, and no answer need be looked at. */
#include <stdlib.h>
#include "base/array.h"
#include "feed/live.h"
#include "feed/rounds.h"
#include "feed/settle.h"

/* Numbers of those that supersede, one for each that is superseded. */
struct winners {
    int64_t *number;
    size_t count, room;
};

static bool
winners_add(struct winners *w, int64_t number, struct err *e)
{
    int64_t *p = array_more(w->number, w->count, &w->room, sizeof *p, e);

    if (p == NULL)
        return false;
    w->number = p;
    w->number[w->count++] = number;
    return true;
}

static int
by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void
add_person(struct overlap *out, size_t registrations)
{
    out->recipients[registrations > 3 ? 2 : registrations - 1]++;
}

/* OUT has every person who counts as one registration; those of W have
 * more. */
static void
count_winners(struct winners *w, struct overlap *out)
{
    qsort(w->number, w->count, sizeof *w->number, by_number);
    for (size_t i = 0, next; i < w->count; i = next) {
        for (next = i; next < w->count && w->number[next] == w->number[i];)
            next++;
        out->recipients[0]--;
        add_person(out, next - i + 1);
    }
    out->superseded = (int64_t)w->count;
}

/* The log says what it says where all is settled anew. */
static bool
read_settled(struct opened *o, const struct actor *actor,
             struct overlap *out, struct err *e)
{
    const struct scan_ask ask = { .what = "settle" };
    struct scan *scan = scan_begin(o->store, actor, o->round, &ask, e);
    const struct registration *r;
    struct winners w = { NULL, 0, 0 };
    int64_t all = 0;
    bool ok = scan != NULL;

    if (!ok)
        return false;
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL) {
        all++;
        if (r->status != STATUS_COMPLETE)
            continue;
        if (!r->has_pseudonym)
            out->no_number++;
        else if (r->superseded_by != 0)
            ok = winners_add(&w, r->superseded_by, e);
        else
            add_person(out, 1);
    }
    if (w.count > 0)
        count_winners(&w, out);
    free(w.number);
    return scan_end(scan, e) && ok
        && registration_log_read(o->store, actor, o->round, "counts", all,
                                 "", e);
}

static bool
note_overlap(void *ctx, int64_t number, int64_t by, int64_t now,
             int64_t size, struct err *e)
{
    struct overlap *out = ctx;

    (void)number;
    (void)now;
    (void)e;
    if (size == 0)
        return true;
    if (by != 0)
        out->superseded++;
    else
        add_person(out, (size_t)size);
    return true;
}

static bool
read_unsettled(struct opened *o, const struct actor *actor,
               struct overlap *out, struct err *e)
{
    struct settling *s = settling_new(o, actor, e);
    struct unit_count *counts;
    bool ok;

    if (s == NULL)
        return false;
    ok = settling_each(s, note_overlap, out, e);
    settling_free(s);
    counts = mem_take((size_t)o->round->unit_count * sizeof *counts);
    ok = ok && registration_counts(o->store, actor, o->round, counts, e);
    for (int i = 0; ok && i < o->round->unit_count; i++)
        out->no_number += counts[i].no_number;
    free(counts);
    return ok;
}

/* Whoever does not see all units does not see all that supersede. */
static bool
is_settled(const struct opened *o, const struct actor *actor)
{
    return !o->round->settle_due && actor->all_units
        && o->round->training_of[0] == '\0';
}

bool
feed_overlap(struct opened *o, const struct actor *actor,
             struct overlap *out, struct err *e)
{
    bool left = true;

    if (o->rounds != NULL)
        return rounds_overlap(o->rounds, actor, out, e);
    if (o->live != NULL && (!live_overlap(o, actor, out, &left, e) || !left))
        return e->code == ERR_NONE;
    *out = (struct overlap){ .superseded = 0 };
    return is_settled(o, actor) ? read_settled(o, actor, out, e)
                                : read_unsettled(o, actor, out, e);
}
