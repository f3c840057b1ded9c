/* work.c - see work.h: writing. Reading is in work_read.c.
 *
 * Each write first touches the row of `work`, guarded by account, revision
 * and the round's status: where no row is touched, nothing else is done. An
 * autosave of a draft is that and the answers, two statements.
 *
 * Whether the log and a version are due is one question, answered by when
 * the registration was last noted: never yet in this clock hour, or (0) not
 * since it was completed. */
#include "store/work.h"
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

enum { HOUR_MS = 3600000 };

/* PSEUDONYM is one who may be registered in W's unit and tier. The same
 * statements whoever it is. */
static bool
may_have(struct store *s, const struct round *round, const struct work *w,
         const uint8_t pseudonym[16], struct err *e)
{
    struct db_stmt *st;
    int64_t known;
    bool out;

    if (!optout_has(s, round, pseudonym, &out, e))
        return false;
    st = store_use(s, round, SQL_WORK_KNOWN, e);
    db_bind_int(st, 3, w->unit);
    db_bind_int(st, 4, w->tier);
    db_bind_blob(st, 5, pseudonym, 16);
    db_bind_int(st, 6, w->number);
    if (!db_number(st, &known, e))
        return false;
    if (out)
        return err_set(e, ERR_INPUT, "work.opted_out", "");
    return known == 0 || err_set(e, ERR_INPUT, "work.known", "");
}

static const struct unit_tier *
tier_of(const struct unit *u, int tier)
{
    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return &u->tiers[i];
    return NULL;
}

static bool
check_place(const struct actor *actor, const struct round *round, int unit,
            int tier, bool has_number, struct err *e)
{
    const struct unit_tier *t;
    const char *id;

    assert(unit >= 0 && unit < round->unit_count);
    id = round->units[unit].id;
    t = tier_of(&round->units[unit], tier);
    if (!store_may(actor, round, unit))
        return err_set(e, ERR_INPUT, "registration.unit_denied", "%s", id);
    if (round->units[unit].off)
        return err_set(e, ERR_INPUT, "work.unit_off", "%s", id);
    if (t == NULL)
        return err_set(e, ERR_INPUT, "work.tier", "%d %s", tier, id);
    if (t->number_required && !has_number)
        return err_set(e, ERR_INPUT, "work.number_required", "%s", id);
    return true;
}

/* The registration's number in the round, which must be open. */
static bool
next_number(struct store *s, struct round *round, int64_t *number,
            struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_NEXT_NUMBER, e);
    enum db_step step;

    step = db_step(st, e);
    if (step == DB_ROW)
        *number = db_int(st, 0);
    db_done(st);
    if (step == DB_DONE)
        return err_set(e, ERR_INPUT, "work.closed", "%s", round->id);
    if (step != DB_ROW)
        return e->code != ERR_NONE ? false
               : err_set(e, ERR_MACHINE, "db.refused", "%s", s->path);
    round->next_number = *number + 1;
    return true;
}

bool
work_running(struct store *s, const struct round *round, const char *account,
             int *running, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_NEXT_RUNNING, e);
    int64_t next;

    db_bind_text(st, 3, account);
    if (!db_number(st, &next, e))
        return false;
    *running = (int)next;
    return true;
}

void
work_log(struct store *s, const struct actor *actor,
         const struct round *round, const char *what, int64_t number)
{
    struct log_record record = store_record(actor, round, "write", what,
                                            &s->arena);

    record.entries = 1;
    record.numbers = arena_printf(&s->arena, "%lld", (long long)number);
    store_log_later(s, &record);
}

static bool
insert_link(struct store *s, const struct round *round,
            const struct work *w, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_INSERT, e);

    db_bind_int(st, 3, w->number);
    db_bind_text(st, 4, w->mapper);
    db_bind_int(st, 5, w->running);
    db_bind_int(st, 6, w->started_ms);
    return db_run(st, e);
}

static bool
insert_row(struct store *s, const struct round *round, struct work *w,
           const uint8_t *pseudonym, struct err *e)
{
    struct registration r = {
        .number = w->number, .unit = w->unit, .tier = w->tier,
        .status = STATUS_DRAFT, .has_pseudonym = pseudonym != NULL,
        .definition = w->definition, .completed_on = -1,
        .answers = w->answers, .answers_len = w->answers_len
    };

    if (pseudonym != NULL)
        memcpy(r.pseudonym, pseudonym, sizeof r.pseudonym);
    store_public_id(s, r.public_id);
    memcpy(w->public_id, r.public_id, sizeof w->public_id);
    return registration_insert(s, round, &r, e);
}

bool
work_start(struct store *s, const struct actor *actor, struct round *round,
           int unit, int tier, const uint8_t *pseudonym,
           const struct work_change *first, struct arena *arena,
           struct work **out, struct err *e)
{
    struct work *w = arena_take(arena, sizeof *w);
    int64_t now = clock_now(&s->clock);

    assert(s->open);
    *w = (struct work){
        .unit = unit, .tier = tier, .status = STATUS_DRAFT, .revision = 1,
        .started_ms = now, .saved_ms = now, .saved_on = day_oslo(now),
        .noted_ms = now, .completed_on = -1,
        .definition = first->definition,
        .has_pseudonym = pseudonym != NULL, .mapper = actor->name,
        .answers = first->answers, .answers_len = first->answers_len
    };
    if (!check_place(actor, round, unit, tier, pseudonym != NULL, e)
        || (pseudonym != NULL && !may_have(s, round, w, pseudonym, e))
        || !next_number(s, round, &w->number, e)
        || !work_running(s, round, actor->name, &w->running, e)
        || !insert_row(s, round, w, pseudonym, e)
        || !insert_link(s, round, w, e))
        return false;
    store_touch(s, round, w->number);
    work_log(s, actor, round, "form", w->number);
    *out = w;
    return true;
}

/* Why no row was touched. */
static bool
untouched(struct store *s, const struct round *round, struct err *e)
{
    int64_t open;

    if (!db_number(store_use(s, round, SQL_WORK_OPEN, e), &open, e))
        return false;
    if (open == 0)
        return err_set(e, ERR_INPUT, "work.closed", "%s", round->id);
    return err_set(e, ERR_INPUT, "work.changed", "");
}

/* Begins a write: W's revision grows, NOTED is when it was last noted. */
static bool
touch(struct store *s, const struct actor *actor, const struct round *round,
      struct work *w, int64_t noted, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_TOUCH, e);
    int64_t now = clock_now(&s->clock);

    assert(s->open);
    db_bind_int(st, 3, w->number);
    db_bind_int(st, 4, now);
    db_bind_int(st, 5, noted);
    db_bind_text(st, 6, actor->name);
    db_bind_int(st, 7, w->revision);
    if (!db_run(st, e))
        return false;
    if (db_changes(s->db) != 1)
        return untouched(s, round, e);
    w->revision++;
    w->saved_ms = now;
    w->saved_on = day_oslo(now);
    w->noted_ms = noted;
    return true;
}

static bool
write_sealed(struct store *s, const struct round *round,
             const struct work *w, const struct work_change *c,
             struct err *e)
{
    struct db_stmt *st;

    if (!c->with_sealed)
        return true;
    st = store_use(s, round, c->sealed != NULL ? SQL_SEALED_PUT
                                               : SQL_SEALED_DROP, e);
    db_bind_int(st, 3, w->number);
    if (c->sealed != NULL)
        db_bind_blob(st, 4, c->sealed, c->sealed_len);
    return db_run(st, e);
}

static bool
write_answers(struct store *s, const struct round *round, struct work *w,
              const struct work_change *c, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_ANSWERS, e);

    db_bind_int(st, 3, w->number);
    db_bind_int(st, 4, c->definition);
    db_bind_blob(st, 5, c->answers, c->answers_len);
    if (!db_run(st, e) || !write_sealed(s, round, w, c, e))
        return false;
    w->definition = c->definition;
    w->answers = c->answers;
    w->answers_len = c->answers_len;
    if (c->with_sealed) {
        w->sealed = c->sealed;
        w->sealed_len = c->sealed_len;
    }
    return true;
}

static bool
keep(struct store *s, const struct actor *actor, const struct round *round,
     const struct work *w, const char *reason, struct err *e)
{
    return registration_keep(s, actor, round, w->number, reason,
                             SQL_SEALED_COPY, e);
}

static bool
withdrawn(struct err *e)
{
    return err_set(e, ERR_INPUT, "work.withdrawn", "");
}

bool
work_save(struct store *s, const struct actor *actor, struct round *round,
          struct work *w, const struct work_change *change, struct err *e)
{
    int64_t now = clock_now(&s->clock);
    bool due = w->noted_ms / HOUR_MS != now / HOUR_MS;
    bool complete = w->status == STATUS_COMPLETE;

    if (w->status == STATUS_WITHDRAWN)
        return withdrawn(e);
    if (!touch(s, actor, round, w, due ? now : w->noted_ms, e)
        || (complete && due && !keep(s, actor, round, w, "", e))
        || !write_answers(s, round, w, change, e)
        || (complete && !store_mark_due(s, round, e)))
        return false;
    if (complete)
        store_touch(s, round, w->number);
    if (due)
        work_log(s, actor, round, "form", w->number);
    return true;
}

static bool
write_status(struct store *s, struct round *round, struct work *w,
             enum status status, int32_t completed_on, struct err *e)
{
    bool counted = w->status == STATUS_COMPLETE
                   || status == STATUS_COMPLETE;
    struct db_stmt *st = store_use(s, round, SQL_WORK_STATUS, e);

    db_bind_int(st, 3, w->number);
    db_bind_int(st, 4, status);
    db_bind_int_if(st, 5, completed_on >= 0, completed_on);
    if (!db_run(st, e) || (counted && !store_mark_due(s, round, e)))
        return false;
    w->status = status;
    w->completed_on = completed_on;
    store_touch(s, round, w->number);
    return true;
}

bool
work_finish(struct store *s, const struct actor *actor, struct round *round,
            struct work *w, const struct work_change *change,
            int32_t completed_on, struct err *e)
{
    int64_t now = clock_now(&s->clock);
    bool due = w->noted_ms / HOUR_MS != now / HOUR_MS;

    if (w->status == STATUS_WITHDRAWN)
        return withdrawn(e);
    if (w->status == STATUS_COMPLETE)
        completed_on = w->completed_on;
    if (!touch(s, actor, round, w, 0, e))
        return false;
    if (change != NULL && (!keep(s, actor, round, w, "", e)
                           || !write_answers(s, round, w, change, e)))
        return false;
    if (!write_status(s, round, w, STATUS_COMPLETE, completed_on, e))
        return false;
    if (due)
        work_log(s, actor, round, "form", w->number);
    return true;
}

/* Nobody can be given what was withdrawn. */
static bool
void_asks(struct store *s, const struct round *round, const struct work *w,
          struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_HANDOVER_VOID, e);

    db_bind_int(st, 3, w->number);
    db_bind_int(st, 4, w->saved_ms);
    return db_run(st, e);
}

bool
work_withdraw(struct store *s, const struct actor *actor,
              struct round *round, struct work *w, const char *reason,
              struct err *e)
{
    if (w->status == STATUS_WITHDRAWN)
        return withdrawn(e);
    if (!touch(s, actor, round, w, clock_now(&s->clock), e)
        || !keep(s, actor, round, w, reason, e)
        || !write_status(s, round, w, STATUS_WITHDRAWN, w->completed_on, e)
        || !void_asks(s, round, w, e))
        return false;
    work_log(s, actor, round, "withdraw", w->number);
    return true;
}

/* The person of W's registration; *HAS is false where there is none. */
static bool
read_person(struct store *s, const struct round *round,
            const struct work *w, uint8_t out[16], bool *has, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_PSEUDONYM, e);
    enum db_step step;
    const void *data;
    size_t len;

    db_bind_int(st, 3, w->number);
    step = db_step(st, e);
    *has = false;
    if (step == DB_ROW && (data = db_blob(st, 0, &len)) != NULL
        && len == 16) {
        memcpy(out, data, 16);
        *has = true;
    }
    db_done(st);
    return step != DB_FAILED;
}

bool
work_restore(struct store *s, const struct actor *actor, struct round *round,
             struct work *w, struct err *e)
{
    uint8_t pseudonym[16];
    bool has;

    if (w->status != STATUS_WITHDRAWN)
        return err_set(e, ERR_INPUT, "work.not_withdrawn", "");
    if (!read_person(s, round, w, pseudonym, &has, e)
        || !check_place(actor, round, w->unit, w->tier, has, e)
        || (has && !may_have(s, round, w, pseudonym, e))
        || !touch(s, actor, round, w, clock_now(&s->clock), e)
        || !keep(s, actor, round, w, "", e)
        || !write_status(s, round, w,
                         w->completed_on >= 0 ? STATUS_COMPLETE
                                              : STATUS_DRAFT,
                         w->completed_on, e))
        return false;
    work_log(s, actor, round, "restore", w->number);
    return true;
}

static bool
write_person(struct store *s, const struct round *round,
             const struct work *w, const uint8_t *pseudonym, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_SET_PSEUDONYM, e);

    db_bind_int(st, 3, w->number);
    if (pseudonym != NULL)
        db_bind_blob(st, 4, pseudonym, 16);
    else
        db_bind_null(st, 4);
    return db_run(st, e);
}

bool
work_replace_person(struct store *s, const struct actor *actor,
                    struct round *round, struct work *w,
                    const uint8_t *pseudonym, struct err *e)
{
    bool complete = w->status == STATUS_COMPLETE, has;
    uint8_t old[16];

    if (w->status == STATUS_WITHDRAWN)
        return withdrawn(e);
    if (!read_person(s, round, w, old, &has, e)
        || !check_place(actor, round, w->unit, w->tier, pseudonym != NULL,
                        e))
        return false;
    if (has == (pseudonym != NULL)
        && (!has || memcmp(old, pseudonym, 16) == 0))
        return true;
    if ((pseudonym != NULL && !may_have(s, round, w, pseudonym, e))
        || !touch(s, actor, round, w, clock_now(&s->clock), e)
        || (complete && !keep(s, actor, round, w, "", e))
        || !write_person(s, round, w, pseudonym, e)
        || (complete && !store_mark_due(s, round, e)))
        return false;
    w->has_pseudonym = pseudonym != NULL;
    store_touch(s, round, w->number);
    work_log(s, actor, round, "replace person", w->number);
    return true;
}
