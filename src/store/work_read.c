/* work_read.c - see work.h: reading.
 *
 * Rows come in one shape, COLUMNS; what a colleague may not know is taken
 * out here, before it is handed on. A row whose unit the actor may not see
 * any more is left out like one that does not exist. */
#include <stdlib.h>
#include <string.h>
#include "store/store_private.h"
#include "store/work.h"

enum column {
    COLUMN_NUMBER, COLUMN_PUBLIC_ID, COLUMN_UNIT, COLUMN_TIER,
    COLUMN_STATUS, COLUMN_DEFINITION, COLUMN_COMPLETED, COLUMN_HAS_PERSON,
    COLUMN_RUNNING, COLUMN_ACCOUNT, COLUMN_STARTED, COLUMN_SAVED,
    COLUMN_REVISION, COLUMN_NOTED, COLUMN_ANSWERS, COLUMN_SEALED
};

static const uint8_t *
copy(struct db_stmt *st, int column, struct arena *arena, size_t *len)
{
    const void *data = db_blob(st, column, len);

    if (data == NULL)
        return NULL;
    return memcpy(arena_take(arena, *len + 1), data, *len);
}

/* False if the row can't be one that was written here. */
static bool
read_work(struct db_stmt *st, const struct round *round,
          struct arena *arena, struct work *w, struct err *e)
{
    size_t len;
    const void *id = db_blob(st, COLUMN_PUBLIC_ID, &len);

    *w = (struct work){
        .number = db_int(st, COLUMN_NUMBER),
        .running = (int)db_int(st, COLUMN_RUNNING),
        .unit = (int)db_int(st, COLUMN_UNIT),
        .tier = (int)db_int(st, COLUMN_TIER),
        .status = (enum status)db_int(st, COLUMN_STATUS),
        .revision = db_int(st, COLUMN_REVISION),
        .started_ms = db_int(st, COLUMN_STARTED),
        .saved_ms = db_int(st, COLUMN_SAVED),
        .completed_on = db_is_null(st, COLUMN_COMPLETED)
                        ? -1 : (int32_t)db_int(st, COLUMN_COMPLETED),
        .definition = (int)db_int(st, COLUMN_DEFINITION),
        .has_pseudonym = db_int(st, COLUMN_HAS_PERSON) != 0,
        .mapper = arena_text(arena, db_text(st, COLUMN_ACCOUNT)),
        .noted_ms = db_int(st, COLUMN_NOTED)
    };
    w->saved_on = day_oslo(w->saved_ms);
    if (w->unit < 0 || w->unit >= round->unit_count || id == NULL
        || len != sizeof w->public_id || w->status > STATUS_WITHDRAWN)
        return err_set(e, ERR_INPUT, "registration.broken", "%lld",
                       (long long)w->number);
    memcpy(w->public_id, id, len);
    return true;
}

/* Of a colleague's: what the unit's list says. */
static void
hide(struct work *w)
{
    memset(w->public_id, 0, sizeof w->public_id);
    w->number = w->revision = 0;
    w->started_ms = w->saved_ms = w->noted_ms = 0;
    w->definition = 0;
}

/* One number as ranges. */
static bool
log_one(struct store *s, const struct actor *actor,
        const struct round *round, const char *action, const char *what,
        const struct work *w, struct err *e)
{
    struct ranges numbers;
    const char *text;
    bool ok;

    ranges_init(&numbers);
    if (w != NULL)
        ranges_add(&numbers, w->number);
    ok = ranges_finish(&numbers, &text, e)
         && store_log_read(s, actor, round, action, what,
                           w != NULL ? 1 : 0, text, e);
    ranges_clear(&numbers);
    return ok;
}

bool
work_hold(struct store *s, const struct actor *actor,
          const struct round *round, const uint8_t public_id[16],
          bool with_sealed, struct arena *arena, struct work **out,
          struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_GET, e);
    struct work *w = arena_take(arena, sizeof *w);
    enum db_step step;
    bool ok = true;

    *out = NULL;
    db_bind_blob(st, 3, public_id, 16);
    db_bind_text(st, 4, actor->name);
    db_bind_int(st, 5, with_sealed);
    step = db_step(st, e);
    if (step == DB_ROW) {
        ok = read_work(st, round, arena, w, e);
        if (ok && store_may(actor, round, w->unit)) {
            w->answers = copy(st, COLUMN_ANSWERS, arena, &w->answers_len);
            w->sealed = copy(st, COLUMN_SEALED, arena, &w->sealed_len);
            *out = w;
        }
    }
    db_done(st);
    return ok && step != DB_FAILED;
}

bool
work_find(struct store *s, const struct actor *actor,
          const struct round *round, const uint8_t public_id[16],
          bool with_sealed, struct arena *arena, struct work **out,
          struct err *e)
{
    return work_hold(s, actor, round, public_id, with_sealed, arena, out, e)
           && log_one(s, actor, round, with_sealed ? "read_sealed" : "read",
                      "form", *out, e);
}

/* The rows of ST that ACTOR may see; with ANSWERS those too. Gives ST
 * back. */
static bool
read_all(struct db_stmt *st, const struct actor *actor,
         const struct round *round, bool answers, struct arena *arena,
         struct work **list, int *count, struct err *e)
{
    struct rows rows = { .st = st, .arena = arena };
    struct work *w;
    bool ok = true;

    while (ok && (w = rows_add(&rows, sizeof *w, e)) != NULL) {
        ok = read_work(st, round, arena, w, e);
        if (!ok || !store_may(actor, round, w->unit))
            rows.count--;
        else if (answers)
            w->answers = copy(st, COLUMN_ANSWERS, arena, &w->answers_len);
    }
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows) && ok;
}

static int
by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* One record for the registrations of LIST. */
static bool
log_list(struct store *s, const struct actor *actor,
         const struct round *round, const char *what,
         const struct work *list, int count, struct err *e)
{
    struct arena arena;
    struct ranges numbers;
    const char *text;
    int64_t *all;
    bool ok;

    arena_init(&arena);
    ranges_init(&numbers);
    all = arena_array(&arena, (size_t)count + 1, sizeof *all);
    for (int i = 0; i < count; i++)
        all[i] = list[i].number;
    qsort(all, (size_t)count, sizeof *all, by_number);
    for (int i = 0; i < count; i++)
        ranges_add(&numbers, all[i]);
    ok = ranges_finish(&numbers, &text, e)
         && store_log_read(s, actor, round, "read", what, count, text, e);
    ranges_clear(&numbers);
    arena_clear(&arena);
    return ok;
}

bool
work_list(struct store *s, const struct actor *actor,
          const struct round *round, struct arena *arena,
          const struct work **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_OWN, e);
    struct work *found;

    db_bind_text(st, 3, actor->name);
    if (!read_all(st, actor, round, true, arena, &found, count, e))
        return false;
    *list = found;
    return log_list(s, actor, round, "my list", found, *count, e);
}

bool
work_next(struct store *s, const struct actor *actor,
          const struct round *round, int *running, int *unit, int *tier,
          struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_LAST, e);
    enum db_step step;

    *running = 1;
    *unit = -1;
    *tier = 0;
    db_bind_text(st, 3, actor->name);
    step = db_step(st, e);
    if (step == DB_ROW) {
        *running = (int)db_int(st, 0) + 1;
        *unit = db_is_null(st, 1) ? -1 : (int)db_int(st, 1);
        *tier = (int)db_int(st, 2);
    }
    db_done(st);
    return step != DB_FAILED;
}

static bool
denied(const struct round *round, int unit, struct err *e)
{
    return err_set(e, ERR_INPUT, "registration.unit_denied", "%s",
                   round->units[unit].id);
}

bool
work_person(struct store *s, const struct actor *actor,
            const struct round *round, int unit, int tier,
            const uint8_t pseudonym[16], struct arena *arena,
            struct work **out, struct err *e)
{
    struct work *w = arena_take(arena, sizeof *w);
    struct db_stmt *st;
    enum db_step step;
    bool ok = true;

    *out = NULL;
    if (!store_may(actor, round, unit))
        return denied(round, unit, e);
    st = store_use(s, round, SQL_WORK_PERSON, e);
    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, tier);
    db_bind_blob(st, 5, pseudonym, 16);
    db_bind_text(st, 6, actor->name);
    step = db_step(st, e);
    if (step == DB_ROW) {
        ok = read_work(st, round, arena, w, e);
        *out = w;
    }
    db_done(st);
    if (!ok || step == DB_FAILED
        || !log_one(s, actor, round, "read", "person", *out, e))
        return false;
    if (*out != NULL && strcmp(w->mapper, actor->name) != 0)
        hide(w);
    return true;
}

bool
work_unit(struct store *s, const struct actor *actor,
          const struct round *round, int unit, struct arena *arena,
          const struct work **list, int *count, struct err *e)
{
    struct db_stmt *st;
    struct work *found;

    if (!store_may(actor, round, unit))
        return denied(round, unit, e);
    st = store_use(s, round, SQL_WORK_UNIT, e);
    db_bind_int(st, 3, unit);
    if (!read_all(st, actor, round, false, arena, &found, count, e)
        || !log_list(s, actor, round, "unit list", found, *count, e))
        return false;
    for (int i = 0; i < *count; i++)
        hide(&found[i]);
    *list = found;
    return true;
}

bool
work_counts(struct store *s, const struct actor *actor,
            const struct round *round, struct arena *arena,
            const struct work_count **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_WORK_COUNTS, e);
    struct rows rows = { .st = st, .arena = arena };
    struct work_count *x;
    int64_t total = 0;

    db_bind_text(st, 3, store_scope(actor, round, NULL, arena));
    while ((x = rows_add(&rows, sizeof *x, e)) != NULL) {
        *x = (struct work_count){
            .unit = (int)db_int(st, 0), .tier = (int)db_int(st, 1),
            .status = (enum status)db_int(st, 2),
            .day = (int32_t)db_int(st, 3), .count = db_int(st, 4)
        };
        total += x->count;
    }
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows)
           && store_log_read(s, actor, round, "read", "progress", total, "",
                             e);
}
