/* round_status.c - see round.h and round_setup.h: what a round and its
 * training round do together: be opened and closed, get a new definition. */
#include <assert.h>
#include <string.h>
#include "store/grant.h"
#include "store/round_setup.h"
#include "store/store_private.h"

static const char training_suffix[] = "-ovelse";

static const char *const words[] = { "open", "closed", "setup" };

const char *
round_status_word(enum round_status status)
{
    return words[status];
}

bool
training_find(struct store *s, const char *id, struct arena *arena,
              struct round **out, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_TRAINING_ID, e);
    const char *found = NULL;
    enum db_step step;

    *out = NULL;
    db_bind_text(st, 1, id);
    step = db_step(st, e);
    if (step == DB_ROW)
        found = arena_text(arena, db_text(st, 0));
    db_done(st);
    if (step == DB_FAILED)
        return false;
    return found == NULL || round_load(s, found, arena, out, e);
}

static bool
define_one(struct store *s, const struct actor *actor, struct round *r,
           const struct definition *d, struct err *e)
{
    int number = r->definition + 1;
    struct db_stmt *st;
    char sum[65];

    if (!round_put_definition(s, r, number, d, sum, e))
        return false;
    st = store_use(s, r, SQL_ROUND_SET_DEFINITION, e);
    db_bind_int(st, 3, number);
    if (!db_run(st, e)
        || !round_note(s, actor, r, "definition", sum, "", e))
        return false;
    r->definition = number;
    store_uncache(s, r);
    return true;
}

bool
round_define(struct store *s, const struct actor *actor, struct round *r,
             const struct definition *d, struct err *e)
{
    struct round *training;
    struct arena arena;
    bool ok;

    assert(s->open);
    if (!define_one(s, actor, r, d, e))
        return false;
    arena_init(&arena);
    ok = training_find(s, r->id, &arena, &training, e)
         && (training == NULL || define_one(s, actor, training, d, e));
    arena_clear(&arena);
    return ok;
}

static bool
any_unit_on(const struct round *r)
{
    for (int i = 0; i < r->unit_count; i++)
        if (!r->units[i].off)
            return true;
    return false;
}

static bool
may_open(const struct round *r, const char *reason, struct err *e)
{
    const char *blank = round_blank(r);

    if (!r->synthetic && blank != NULL)
        return err_set(e, ERR_INPUT, "round.blank", "%s %s", r->id, blank);
    if (r->status == ROUND_CLOSED && (reason == NULL || *reason == '\0'))
        return err_set(e, ERR_INPUT, "round.reason", "%s", r->id);
    if (r->status == ROUND_SETUP && !any_unit_on(r))
        return err_set(e, ERR_INPUT, "setup.no_unit", "%s", r->id);
    return true;
}

static bool
set_one(struct store *s, const struct actor *actor, struct round *r,
        enum round_status status, const char *reason, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_SET_STATUS, e);

    db_bind_int(st, 3, status);
    if (!db_run(st, e)
        || !round_note(s, actor, r, "status", words[status], reason, e))
        return false;
    /* What an import left for a round to be closed stays. */
    store_uncache(s, status == ROUND_CLOSED ? NULL : r);
    r->status = status;
    return status != ROUND_CLOSED || grant_end_round(s, actor, r, e);
}

bool
round_set_status(struct store *s, const struct actor *actor,
                 struct round *r, enum round_status status,
                 const char *reason, struct err *e)
{
    struct round *training;
    struct arena arena;
    bool ok;

    assert(s->open && status != ROUND_SETUP);
    if (status == ROUND_OPEN && !may_open(r, reason, e))
        return false;
    if (status == ROUND_CLOSED && r->status == ROUND_SETUP)
        return err_set(e, ERR_INPUT, "setup.not_open", "%s", r->id);
    if (!set_one(s, actor, r, status, reason, e))
        return false;
    arena_init(&arena);
    ok = training_find(s, r->id, &arena, &training, e)
         && (training == NULL || training->status == status
             || set_one(s, actor, training, status, reason, e));
    arena_clear(&arena);
    return ok;
}

/* The definition of FROM as the first of a new round. */
static bool
add_training(struct store *s, const struct actor *actor,
             const struct round *from, struct arena *arena, struct err *e)
{
    int room = ROUND_ID_MAX - (int)(sizeof training_suffix - 1);
    struct round made = {
        .municipality = from->municipality, .year = from->year,
        .period = from->period, .from_age = from->from_age,
        .title = from->title, .status = ROUND_OPEN, .synthetic = true,
        .training_of = from->id, .units = from->units,
        .unit_count = from->unit_count
    };
    struct definition d;

    made.id = arena_printf(arena, "%.*s%s", room, from->id,
                           training_suffix);
    return round_definition(s, from, 0, arena, &d, e)
           && round_add(s, actor, &made, &d, NULL, e);
}

bool
training_make(struct store *s, const struct actor *actor, struct round *r,
              struct err *e)
{
    struct round *training;
    struct arena arena;
    bool ok;

    assert(s->open);
    if (r->synthetic)
        return err_set(e, ERR_INPUT, "setup.synthetic", "%s", r->id);
    if (r->status == ROUND_CLOSED)
        return err_set(e, ERR_INPUT, "setup.closed", "%s", r->id);
    arena_init(&arena);
    ok = training_find(s, r->id, &arena, &training, e)
         && (training != NULL || add_training(s, actor, r, &arena, e));
    arena_clear(&arena);
    return ok;
}
