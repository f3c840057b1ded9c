/* progress.c - see progress.h.
 *
 * The store leaves out the units that the actor may not see. A mapper's
 * own units are taken from the actor before it is asked for a unit's sums:
 * somebody who leads one unit and maps for another sees the sums of the
 * first only. */
#include "web/progress.h"
#include <stdlib.h>
#include <string.h>
#include "feed/live.h"

struct reading {
    struct page *p;
    const struct round *round;
    struct actor actor;         /* sees the units whose sums are shown */
    struct progress_row *row;
    int count;
    struct progress *out;
};

/* ---- who sees what ---- */

static bool
follows(const struct page *p, int unit)
{
    return page_may(p, p->round->round->units[unit].id, REACH_TODAY);
}

static struct actor
make_actor(struct page *p)
{
    const struct round *r = p->round->round;
    const char **units = arena_array(p->arena, (size_t)r->unit_count + 1,
                                     sizeof *units);
    struct actor actor = p->actor;

    actor.all_units = p->power.everywhere >= REACH_TODAY;
    actor.units = units;
    actor.unit_count = 0;
    for (int i = 0; !actor.all_units && i < r->unit_count; i++)
        if (follows(p, i))
            units[actor.unit_count++] = r->units[i].id;
    return actor;
}

/* ---- rows ---- */

/* The row of UNIT and TIER, made where there is none (a tier that the unit
 * no longer offers). */
static struct progress_row *
row_of(struct reading *g, int unit, int tier)
{
    struct progress_row *r;

    for (int i = 0; i < g->count; i++)
        if (g->row[i].unit == unit && g->row[i].tier == tier)
            return &g->row[i];
    r = &g->row[g->count++];
    *r = (struct progress_row){ .unit = unit, .tier = tier,
                                .first = DAY_NONE, .last = DAY_NONE };
    r->count.expected = NOT_SAID;
    return r;
}

static void
begin_rows(struct reading *g)
{
    g->row = arena_array(g->p->arena,
                         (size_t)g->round->unit_count * TIER_MAX + 1,
                         sizeof *g->row);
    for (int i = 0; i < g->round->unit_count; i++)
        for (int t = 0; t < g->round->units[i].tier_count
             && !g->round->units[i].off && follows(g->p, i); t++)
            row_of(g, i, g->round->units[i].tiers[t].tier);
}

/* ---- columns ---- */

static int
compare_days(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int
column_of(const struct progress *g, int32_t day)
{
    for (int i = 0; i < g->day_count; i++)
        if (g->day[i] == day)
            return i;
    return -1;
}

static void
add_column(struct progress *g, int32_t day)
{
    if (day != DAY_NONE && g->day_count < PROGRESS_DAYS
        && column_of(g, day) < 0)
        g->day[g->day_count++] = day;
}

/* The columns are the days of the schedule; where there is none, those on
 * which something was completed, if they are few. */
static void
make_columns(struct reading *g, const struct day_slot *slot, int slots,
             const struct work_count *work, int works)
{
    struct progress *out = g->out;

    for (int i = 0; i < slots; i++)
        if (follows(g->p, slot[i].unit))
            add_column(out, slot[i].day);
    for (int i = 0; slots == 0 && i < works; i++)
        if (work[i].status == STATUS_COMPLETE && work[i].day >= 0)
            add_column(out, work[i].day);
    qsort(out->day, (size_t)out->day_count, sizeof *out->day, compare_days);
}

static void
put_slots(struct reading *g, const struct day_slot *slot, int slots)
{
    for (int i = 0; i < g->count; i++) {
        struct progress_row *r = &g->row[i];

        slot_span(slot, slots, r->unit, &r->first, &r->last);
        for (int s = 0; s < slots; s++) {
            int c = column_of(g->out, slot[s].day);

            if (slot[s].unit != r->unit || c < 0)
                continue;
            r->slot[c] = true;
            r->slots++;
        }
    }
}

/* ---- counts ---- */

static void
put_done(struct reading *g, struct progress_row *r, int32_t day, int64_t n)
{
    int c = column_of(g->out, day);

    r->count.done += n;
    if (c >= 0)
        r->day[c] += n;
    else
        r->other_days += n;
}

static void
put_work(struct reading *g, const struct work_count *work, int works)
{
    for (int i = 0; i < works; i++) {
        struct progress_row *r = row_of(g, work[i].unit, work[i].tier);

        if (work[i].status == STATUS_DRAFT)
            r->count.started += work[i].count;
        else if (work[i].status == STATUS_COMPLETE)
            put_done(g, r, work[i].day, work[i].count);
    }
}

static void
put_reasons(struct reading *g, const struct not_registered *list, int count)
{
    for (int i = 0; i < count; i++) {
        struct progress_row *r = row_of(g, list[i].unit, list[i].tier);

        for (int k = 0; k < REASON_COUNT; k++)
            r->count.reason[k] += list[i].count[k];
    }
}

static int64_t
reasons_of(const struct progress_count *c)
{
    int64_t n = 0;

    for (int k = 0; k < REASON_COUNT; k++)
        n += c->reason[k];
    return n;
}

static void
put_left(struct progress_count *c)
{
    c->left = NOT_SAID;
    if (c->expected == NOT_SAID)
        return;
    c->left = c->expected - c->done - c->started - reasons_of(c);
    if (c->left < 0)
        c->left = 0;
}

static void
add_sum(struct progress *out, const struct progress_row *r)
{
    struct progress_count *s = &out->sum;

    if (r->count.expected != NOT_SAID) {
        s->expected = r->count.expected
                      + (s->expected == NOT_SAID ? 0 : s->expected);
        s->left = r->count.left + (s->left == NOT_SAID ? 0 : s->left);
    }
    s->started += r->count.started;
    s->done += r->count.done;
    for (int k = 0; k < REASON_COUNT; k++)
        s->reason[k] += r->count.reason[k];
    for (int i = 0; i < out->day_count; i++)
        out->sum_day[i] += r->day[i];
    out->other_days += r->other_days;
}

static int
compare_rows(const void *a, const void *b)
{
    const struct progress_row *x = a, *y = b;

    return x->unit != y->unit ? (x->unit > y->unit) - (x->unit < y->unit)
                              : (x->tier > y->tier) - (x->tier < y->tier);
}

static void
finish(struct reading *g)
{
    g->out->sum.expected = NOT_SAID;
    g->out->sum.left = NOT_SAID;
    qsort(g->row, (size_t)g->count, sizeof *g->row, compare_rows);
    for (int i = 0; i < g->count; i++) {
        put_left(&g->row[i].count);
        add_sum(g->out, &g->row[i]);
    }
    g->out->row = g->row;
    g->out->row_count = g->count;
}

/* ---- reading ---- */

/* The account's own work, as counts of one unit and tier each. */
static bool
read_own(struct reading *g)
{
    struct page *p = g->p;
    const struct work *list;
    const struct not_registered *not;
    int count, nots;

    if (!work_list(p->store, &p->actor, g->round, p->arena, &list, &count,
                   &p->err)
        || !not_registered_own(p->store, &p->actor, g->round, p->arena,
                               &not, &nots, &p->err))
        return false;
    for (int i = 0; i < count; i++) {
        struct work_count one = { list[i].unit, list[i].tier,
                                  list[i].status, list[i].completed_on, 1 };

        put_work(g, &one, 1);
    }
    put_reasons(g, not, nots);
    return true;
}

/* What is expected is of the real round: none of it is asked of those who
 * practise. */
static bool
put_expected(struct reading *g)
{
    struct page *p = g->p;
    const struct expected *list;
    int count;

    if (g->round->training_of[0] != '\0')
        return true;
    if (!expected_list(p->store, g->round, p->arena, &list, &count, &p->err))
        return false;
    for (int i = 0; i < count; i++)
        if (follows(p, list[i].unit))
            row_of(g, list[i].unit, list[i].tier)->count.expected =
                list[i].count;
    return true;
}

static bool
read_sums(struct reading *g)
{
    struct page *p = g->p;
    const struct work_count *work;
    const struct not_registered *not;
    const struct day_slot *slot = NULL;
    int works, nots, slots = 0;

    if (!live_work_counts(p->round, &g->actor, p->arena, &work, &works,
                          &p->err)
        || !not_registered_sums(p->store, &g->actor, g->round, p->arena,
                                &not, &nots, &p->err)
        || (g->round->training_of[0] == '\0'
            && !slot_list(p->store, g->round, p->arena, &slot, &slots,
                          &p->err)))
        return false;
    begin_rows(g);
    make_columns(g, slot, slots, work, works);
    put_work(g, work, works);
    put_reasons(g, not, nots);
    put_slots(g, slot, slots);
    return put_expected(g);
}

/* Said of the whole round only, after it was closed, to who sees all. */
static bool
read_superseded(struct reading *g)
{
    struct page *p = g->p;
    struct unit_count *units;

    g->out->superseded = NOT_SAID;
    if (p->power.everywhere != REACH_ALL
        || g->round->status != ROUND_CLOSED
        || g->round->training_of[0] != '\0')
        return true;
    units = arena_array(p->arena, (size_t)g->round->unit_count + 1,
                        sizeof *units);
    if (!live_unit_counts(p->round, &g->actor, units, &p->err))
        return false;
    g->out->superseded = 0;
    for (int i = 0; i < g->round->unit_count; i++)
        g->out->superseded += units[i].superseded;
    return true;
}

bool
progress_read(struct page *p, struct progress *out)
{
    struct reading g = { .p = p, .round = p->round->round, .out = out };

    memset(out, 0, sizeof *out);
    out->today = day_oslo(p->now_ms);
    out->own = p->power.reach < REACH_TODAY;
    out->superseded = NOT_SAID;
    g.actor = make_actor(p);
    if (out->own) {
        g.row = arena_array(p->arena,
                            (size_t)g.round->unit_count * TIER_MAX + 1,
                            sizeof *g.row);
        if (!read_own(&g))
            return false;
    } else if (!read_sums(&g) || !read_superseded(&g)) {
        return false;
    }
    finish(&g);
    return true;
}
