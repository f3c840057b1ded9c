/* settle.c - see settle.h.
 *
 * Eligible registrations with a pseudonym compete (calc/rank.h); beside the
 * contest stands what the store says now, four bytes each, so that only
 * what changes is written. One that can't compete any more but is still
 * marked as superseded is kept in a list of its own: there are few. */
#include "feed/settle.h"
#include <assert.h>
#include <stdlib.h>
#include "base/array.h"
#include "calc/contest.h"
#include "calc/rank.h"

struct settling {
    const struct opened *o;
    struct contest *contest;
    struct arena arena;         /* of the outline */
    struct outline outline;
    uint32_t *now;              /* superseded_by, in order of adding */
    size_t count, room;
    int64_t *stale;             /* marked, but not eligible */
    size_t stale_count, stale_room;
    size_t next;                /* while going through the contest */
    struct err *e;
};

static bool
note_stale(struct settling *s, int64_t number, struct err *e)
{
    int64_t *p = array_more(s->stale, s->stale_count, &s->stale_room,
                            sizeof *p, e);

    if (p == NULL)
        return false;
    s->stale = p;
    s->stale[s->stale_count++] = number;
    return true;
}

static bool
note_now(struct settling *s, int64_t by, struct err *e)
{
    uint32_t *p = array_more(s->now, s->count, &s->room, sizeof *p, e);

    if (p == NULL)
        return false;
    s->now = p;
    s->now[s->count++] = (uint32_t)by;
    return true;
}

bool
settling_add(struct settling *s, const struct registration *r,
             const int32_t *value, struct err *e)
{
    uint64_t rank;

    if (!r->has_pseudonym)
        return true;
    if (r->status != STATUS_COMPLETE || s->o->round->training_of[0] != '\0')
        return r->superseded_by == 0 || note_stale(s, r->number, e);
    rank = rank_by(&s->outline, value, r->tier, r->completed_on, r->number);
    return note_now(s, r->superseded_by, e)
           && contest_add(s->contest, r->pseudonym, rank, e);
}

static bool
take_one(void *ctx, const struct registration *r, const struct decoder *d,
         struct err *e)
{
    return settling_add(ctx, r, d->value, e);
}

static bool
take_all(struct settling *s, const struct actor *actor, struct err *e)
{
    const struct scan_ask ask = { .what = "settle" };

    return decode_each(s->o, actor, &ask, take_one, s, e);
}

struct settling *
settling_new(const struct opened *o, const struct actor *actor,
             struct err *e)
{
    struct settling *s = mem_take(sizeof *s);

    s->o = o;
    arena_init(&s->arena);
    outline_init(&s->outline, o->in, &s->arena);
    s->contest = contest_new();
    if (s->contest == NULL || !take_all(s, actor, e)
        || !contest_decide(s->contest, e)) {
        if (s->contest == NULL)
            err_set(e, ERR_MACHINE, "machine.memory", "%zu", sizeof *s);
        settling_free(s);
        return NULL;
    }
    return s;
}

void
settling_free(struct settling *s)
{
    if (s == NULL)
        return;
    contest_free(s->contest);
    arena_clear(&s->arena);
    free(s->now);
    free(s->stale);
    free(s);
}

static bool
write_one(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct settling *s = ctx;
    int64_t now = s->now[s->next++];

    (void)size;
    return now == by
        || registration_supersede(s->o->store, s->o->round, number, by,
                                  s->e);
}

bool
settling_write(struct settling *s, struct err *e)
{
    s->next = 0;
    s->e = e;
    for (size_t i = 0; i < s->stale_count; i++)
        if (!registration_supersede(s->o->store, s->o->round, s->stale[i],
                                    0, e))
            return false;
    return contest_decide(s->contest, e)
        && contest_each(s->contest, write_one, s)
        && registration_settled(s->o->store, s->o->round, e);
}

struct seeing {
    const struct settling *s;
    size_t next;
    bool (*see)(void *ctx, int64_t number, int64_t by, int64_t now,
                int64_t size, struct err *e);
    void *ctx;
    struct err *e;
};

static bool
see_one(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct seeing *v = ctx;

    return v->see(v->ctx, number, by, v->s->now[v->next++], size, v->e);
}

bool
settling_each(const struct settling *s,
              bool (*see)(void *ctx, int64_t number, int64_t by,
                          int64_t now, int64_t size, struct err *e),
              void *ctx, struct err *e)
{
    struct seeing v = { s, 0, see, ctx, e };

    for (size_t i = 0; i < s->stale_count; i++)
        if (!see(ctx, s->stale[i], 0, -1, 0, e))
            return false;
    return contest_each(s->contest, see_one, &v);
}

bool
feed_settle(struct opened *o, const struct actor *actor, struct err *e)
{
    struct settling *s = settling_new(o, actor, e);
    bool ok = s != NULL && settling_write(s, e);

    settling_free(s);
    return ok;
}
