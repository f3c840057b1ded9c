/* scan.c - see registration.h: registrations read in order.
 *
 * The statement gives all that the actor may see of the units asked for;
 * what else is asked is left out here, before it is handed on, so that the
 * log names what was handed on and nothing more. */
#include <stdlib.h>
#include <string.h>
#include "store/registration.h"
#include "store/store_private.h"

struct scan {
    struct store *store;
    const struct actor *actor;
    const struct round *round;
    struct scan_ask ask;
    struct db_stmt *st;
    struct arena arena;
    struct ranges ranges;
    struct registration r;
};

/* The unit asked for is one that the actor may see. */
static bool
unit_known(const struct actor *actor, const struct round *round,
           const char *unit, struct err *e)
{
    int place = round_unit(round, unit);

    return (place >= 0 && store_may(actor, round, place))
        || err_set(e, ERR_INPUT, "unit.unknown", "%s", unit);
}

static void
scan_free(struct scan *c)
{
    db_done(c->st);
    ranges_clear(&c->ranges);
    arena_clear(&c->arena);
    free(c);
}

struct scan *
scan_begin(struct store *s, const struct actor *actor,
           const struct round *round, const struct scan_ask *ask,
           struct err *e)
{
    struct scan *c;

    if (ask->unit != NULL && !unit_known(actor, round, ask->unit, e))
        return NULL;
    c = mem_take(sizeof *c);
    c->store = s;
    c->actor = actor;
    c->round = round;
    c->ask = *ask;
    arena_init(&c->arena);
    ranges_init(&c->ranges);
    c->st = store_use(s, round, ask->with_sealed ? SQL_SCAN_SEALED
                                                 : SQL_SCAN, e);
    if (c->st == NULL) {
        scan_free(c);
        return NULL;
    }
    db_bind_text(c->st, 3, store_scope(actor, round, NULL, &c->arena));
    db_bind_text(c->st, 4, store_scope(actor, round, ask->unit, &c->arena));
    db_bind_int(c->st, 5, ask->number > 0 ? ask->number : 1);
    db_bind_int(c->st, 6, ask->number > 0 ? ask->number : NUMBER_LIMIT);
    return c;
}

/* False if the row can't be one that was written here. */
static bool
read_row(struct scan *c, struct err *e)
{
    struct registration *r = &c->r;
    struct db_stmt *st = c->st;
    const void *data;
    size_t len;

    *r = (struct registration){
        .number = db_int(st, 0), .unit = (int)db_int(st, 1),
        .tier = (int)db_int(st, 2), .status = (enum status)db_int(st, 3),
        .definition = (int)db_int(st, 4),
        .completed_on = db_is_null(st, 5) ? -1 : (int32_t)db_int(st, 5),
        .superseded_by = db_int(st, 9)
    };
    data = db_blob(st, 6, &len);
    r->has_pseudonym = data != NULL;
    if (data != NULL && len == sizeof r->pseudonym)
        memcpy(r->pseudonym, data, len);
    else if (data != NULL)
        goto broken;
    data = db_blob(st, 7, &len);
    if (data == NULL || len != sizeof r->public_id)
        goto broken;
    memcpy(r->public_id, data, len);
    r->answers = db_blob(st, 8, &r->answers_len);
    if (c->ask.with_sealed)
        r->sealed = db_blob(st, 10, &r->sealed_len);
    if (r->unit >= 0 && r->unit < c->round->unit_count && r->number >= 1
        && r->status <= STATUS_WITHDRAWN)
        return true;
broken:
    return err_set(e, ERR_INPUT, "registration.broken", "%lld",
                   (long long)r->number);
}

static bool
wanted(const struct scan *c)
{
    bool only = c->ask.complete_only || c->ask.counting_only;

    return (!only || c->r.status == STATUS_COMPLETE)
           && (!c->ask.counting_only || c->r.superseded_by == 0);
}

bool
scan_next(struct scan *c, const struct registration **r, struct err *e)
{
    enum db_step step;

    while ((step = db_step(c->st, e)) == DB_ROW) {
        if (!read_row(c, e))
            return false;
        if (wanted(c)) {
            ranges_add(&c->ranges, c->r.number);
            *r = &c->r;
            return true;
        }
    }
    *r = NULL;
    return step == DB_DONE;
}

bool
registration_log_scan(struct store *s, const struct actor *actor,
                      const struct round *round, const struct scan_ask *ask,
                      int64_t count, const char *numbers, struct err *e)
{
    struct log_record record;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    record = store_record(actor, round,
                          ask->with_sealed ? "read_sealed" : "read",
                          ask->what, &arena);
    if (ask->unit != NULL)
        record.units = ask->unit;
    record.entries = count;
    record.numbers = numbers;
    ok = store_log_now(s, &record, e);
    arena_clear(&arena);
    return ok;
}

bool
registration_log_read(struct store *s, const struct actor *actor,
                      const struct round *round, const char *what,
                      int64_t count, const char *numbers, struct err *e)
{
    return store_log_read(s, actor, round, "read", what, count, numbers, e);
}

bool
scan_end(struct scan *c, struct err *e)
{
    bool ok = e->code == ERR_NONE;
    const char *numbers;

    if (ok)
        ok = ranges_finish(&c->ranges, &numbers, e)
             && registration_log_scan(c->store, c->actor, c->round, &c->ask,
                                      c->ranges.count, numbers, e);
    scan_free(c);
    return ok;
}
