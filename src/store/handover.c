/* handover.c - see handover.h.
 *
 * A registration in the hands of another is the row of `work` with another
 * account: there is nothing else to move. Its revision grows with it, so
 * that a window that the owner still has open is refused. */
#include "store/handover.h"
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

/* The registration a handover is about. */
struct target {
    int64_t number;
    int unit, tier, running;
    const char *account;
};

static bool
unknown(struct err *e)
{
    return err_set(e, ERR_INPUT, "handover.unknown", "");
}

/* The round is open, else "work.closed"; called where nothing was found. */
static bool
why_not(struct store *s, const struct round *round, struct err *e)
{
    int64_t open;

    if (!db_number(store_use(s, round, SQL_WORK_OPEN, e), &open, e))
        return false;
    return open == 0 ? err_set(e, ERR_INPUT, "work.closed", "%s", round->id)
                     : unknown(e);
}

/* MAPPER's registration RUNNING, in a unit that ACTOR may see. */
static bool
by_running(struct store *s, const struct actor *actor,
           const struct round *round, const char *mapper, int running,
           struct target *t, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_TARGET, e);
    enum db_step step;
    bool found = false;

    db_bind_text(st, 3, mapper);
    db_bind_int(st, 4, running);
    step = db_step(st, e);
    if (step == DB_ROW) {
        *t = (struct target){
            .number = db_int(st, 0), .unit = (int)db_int(st, 1),
            .tier = (int)db_int(st, 2), .running = running,
            .account = mapper
        };
        found = t->unit >= 0 && t->unit < round->unit_count
                && store_may(actor, round, t->unit);
    }
    db_done(st);
    if (step == DB_FAILED)
        return false;
    return found || why_not(s, round, e);
}

/* ACTOR's own. */
static bool
by_id(struct store *s, const struct actor *actor, const struct round *round,
      const uint8_t public_id[16], struct target *t, struct err *e)
{
    struct arena arena;
    struct work *w;
    bool ok;

    arena_init(&arena);
    ok = work_hold(s, actor, round, public_id, false, &arena, &w, e);
    if (ok && (w == NULL || w->status == STATUS_WITHDRAWN))
        ok = why_not(s, round, e);
    else if (ok)
        *t = (struct target){
            .number = w->number, .unit = w->unit, .tier = w->tier,
            .running = w->running, .account = actor->name
        };
    arena_clear(&arena);
    return ok;
}

/* The place of TO's open ask among the registration's, 0 none. */
static bool
open_ask(struct store *s, const struct round *round, const struct target *t,
         const char *to, int64_t *place, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_OPEN, e);

    db_bind_int(st, 3, t->number);
    db_bind_text(st, 4, to);
    return db_number(st, place, e);
}

static bool
insert(struct store *s, const struct actor *actor, const struct round *round,
       const struct target *t, const char *to, int got,
       enum handover_outcome outcome, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_INSERT, e);
    int64_t now = clock_now(&s->clock);

    db_bind_int(st, 3, t->number);
    db_bind_text(st, 4, t->account);
    db_bind_text(st, 5, to);
    db_bind_int(st, 6, t->running);
    db_bind_int(st, 7, got);
    db_bind_text(st, 8, actor->name);
    db_bind_int(st, 9, now);
    db_bind_int_if(st, 10, outcome != HANDOVER_OPEN, now);
    db_bind_int(st, 11, outcome);
    return db_run(st, e);
}

static bool
decide(struct store *s, const struct round *round, const struct target *t,
       int64_t place, enum handover_outcome outcome, int got, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_DECIDE, e);

    db_bind_int(st, 3, t->number);
    db_bind_int(st, 4, place);
    db_bind_int(st, 5, outcome);
    db_bind_int(st, 6, clock_now(&s->clock));
    db_bind_int(st, 7, got);
    return db_run(st, e);
}

static bool
void_others(struct store *s, const struct round *round,
            const struct target *t, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_VOID, e);

    db_bind_int(st, 3, t->number);
    db_bind_int(st, 4, clock_now(&s->clock));
    return db_run(st, e);
}

/* The link moves to TO, whose ask, if there is one, is in PLACE. */
static bool
give(struct store *s, const struct actor *actor, const struct round *round,
     const struct target *t, const char *to, int64_t place, struct err *e)
{
    struct db_stmt *st;
    int got;

    if (strcmp(t->account, to) == 0)
        return err_set(e, ERR_INPUT, "handover.own", "");
    if (!work_running(s, round, to, &got, e))
        return false;
    st = store_use(s, round, SQL_HANDOVER_GIVE, e);
    db_bind_int(st, 3, t->number);
    db_bind_text(st, 4, to);
    db_bind_int(st, 5, got);
    if (!db_run(st, e)
        || !(place > 0 ? decide(s, round, t, place, HANDOVER_GIVEN, got, e)
                       : insert(s, actor, round, t, to, got, HANDOVER_GIVEN,
                                e))
        || !void_others(s, round, t, e))
        return false;
    work_log(s, actor, round, "handover", t->number);
    return true;
}

bool
handover_ask(struct store *s, const struct actor *actor,
             struct round *round, int unit, int tier, const char *mapper,
             int running, struct err *e)
{
    struct target t = { 0 };
    int64_t place;

    assert(s->open && unit >= 0 && unit < round->unit_count);
    if (!store_may(actor, round, unit))
        return err_set(e, ERR_INPUT, "registration.unit_denied", "%s",
                       round->units[unit].id);
    if (strcmp(mapper, actor->name) == 0)
        return err_set(e, ERR_INPUT, "handover.own", "");
    if (!by_running(s, actor, round, mapper, running, &t, e))
        return false;
    if (t.unit != unit || t.tier != tier)
        return unknown(e);
    if (!open_ask(s, round, &t, actor->name, &place, e))
        return false;
    if (place > 0)
        return true;
    if (!insert(s, actor, round, &t, actor->name, 0, HANDOVER_OPEN, e))
        return false;
    work_log(s, actor, round, "handover asked", t.number);
    return true;
}

bool
handover_cancel(struct store *s, const struct actor *actor,
                struct round *round, const char *mapper, int running,
                struct err *e)
{
    struct target t = { 0 };
    int64_t place;

    assert(s->open);
    if (!by_running(s, actor, round, mapper, running, &t, e)
        || !open_ask(s, round, &t, actor->name, &place, e))
        return false;
    if (place == 0)
        return unknown(e);
    if (!decide(s, round, &t, place, HANDOVER_CANCELLED, 0, e))
        return false;
    work_log(s, actor, round, "handover cancelled", t.number);
    return true;
}

bool
handover_decide(struct store *s, const struct actor *actor,
                struct round *round, const uint8_t public_id[16],
                const char *to, bool yes, struct err *e)
{
    struct target t = { 0 };
    int64_t place;

    assert(s->open);
    if (!by_id(s, actor, round, public_id, &t, e)
        || !open_ask(s, round, &t, to, &place, e))
        return false;
    if (place == 0)
        return unknown(e);
    if (yes)
        return give(s, actor, round, &t, to, place, e);
    if (!decide(s, round, &t, place, HANDOVER_DECLINED, 0, e))
        return false;
    work_log(s, actor, round, "handover declined", t.number);
    return true;
}

bool
handover_give(struct store *s, const struct actor *actor,
              struct round *round, const uint8_t public_id[16],
              const char *to, struct err *e)
{
    struct target t = { 0 };
    int64_t place;

    assert(s->open);
    return by_id(s, actor, round, public_id, &t, e)
           && open_ask(s, round, &t, to, &place, e)
           && give(s, actor, round, &t, to, place, e);
}

bool
handover_move(struct store *s, const struct actor *actor,
              struct round *round, int unit, const char *mapper,
              int running, const char *to, struct err *e)
{
    struct target t = { 0 };
    int64_t place;

    assert(s->open && unit >= 0 && unit < round->unit_count);
    if (!store_may(actor, round, unit))
        return err_set(e, ERR_INPUT, "registration.unit_denied", "%s",
                       round->units[unit].id);
    if (!by_running(s, actor, round, mapper, running, &t, e))
        return false;
    if (t.unit != unit)
        return unknown(e);
    return open_ask(s, round, &t, to, &place, e)
           && give(s, actor, round, &t, to, place, e);
}

static void
read_row(struct db_stmt *st, struct arena *arena, struct handover *h)
{
    size_t len;
    const void *id = db_blob(st, 10, &len);

    *h = (struct handover){
        .unit = (int)db_int(st, 0), .tier = (int)db_int(st, 1),
        .from = arena_text(arena, db_text(st, 2)),
        .to = arena_text(arena, db_text(st, 3)),
        .running = (int)db_int(st, 4), .got = (int)db_int(st, 5),
        .asked_by = arena_text(arena, db_text(st, 6)),
        .asked_ms = db_int(st, 7), .decided_ms = db_int(st, 8),
        .outcome = (enum handover_outcome)db_int(st, 9)
    };
    if (id != NULL && len == sizeof h->public_id)
        memcpy(h->public_id, id, len);
}

bool
handover_list(struct store *s, const struct actor *actor,
              const struct round *round, int64_t since_ms,
              struct arena *arena, const struct handover **list, int *count,
              struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct log_record record;

    db_bind_text(st, 3, actor->name);
    db_bind_int(st, 4, since_ms);
    while (rows_next(&rows, e)) {
        int64_t unit = db_int(st, 0);

        if (unit >= 0 && unit < round->unit_count
            && store_may(actor, round, (int)unit))
            read_row(st, arena, rows_piece(&rows, sizeof **list));
    }
    *list = rows.list;
    *count = rows.count;
    if (!rows_end(&rows))
        return false;
    record = store_record(actor, round, "read", "handovers", arena);
    record.entries = *count;
    return store_log_now(s, &record, e);
}
