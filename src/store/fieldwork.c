/* fieldwork.c - see fieldwork.h: schedule and counts. Lists of small texts
 * and settings are in item.c. */
#include "store/fieldwork.h"
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

enum { NOT_REGISTERED_MAX = 1000 };

static const char *const reasons[REASON_COUNT] = {
    "other_unit", "not_target", "opted_out", "not_recipient",
    "known_too_little", "no_number"
};

const char *
reason_word(enum reason reason)
{
    return reasons[reason];
}

int
reason_of(const char *word)
{
    for (int i = 0; i < REASON_COUNT; i++)
        if (strcmp(reasons[i], word) == 0)
            return i;
    return -1;
}

bool
slot_list(struct store *s, const struct round *r, struct arena *arena,
          const struct day_slot **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_SLOT_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct day_slot *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct day_slot){
            .unit = (int)db_int(st, 0),
            .day = db_is_null(st, 1) ? DAY_NONE : (int32_t)db_int(st, 1),
            .room = arena_text(arena, db_text(st, 2)),
            .trainers = arena_text(arena, db_text(st, 3))
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

static bool
check_slots(const struct day_slot *list, int count, struct err *e)
{
    if (count > SLOTS_MAX)
        return err_set(e, ERR_INPUT, "plan.many", "%d", SLOTS_MAX);
    for (int i = 0; i < count; i++) {
        char day[DAY_TEXT];

        if (!store_text(list[i].room, FIELD_TEXT, false, "plan.text", e)
            || !store_text(list[i].trainers, FIELD_TEXT, false, "plan.text",
                           e))
            return false;
        for (int j = 0; j < i && list[i].day != DAY_NONE; j++)
            if (list[j].day == list[i].day) {
                day_print(day, list[i].day);
                return err_set(e, ERR_INPUT, "plan.day_twice", "%s", day);
            }
    }
    return true;
}

static bool
insert_slot(struct store *s, const struct round *r, int unit, int place,
            const struct day_slot *slot, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_SLOT_INSERT, e);

    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, place);
    db_bind_int_if(st, 5, slot->day != DAY_NONE, slot->day);
    db_bind_text(st, 6, slot->room != NULL ? slot->room : "");
    db_bind_text(st, 7, slot->trainers != NULL ? slot->trainers : "");
    return db_run(st, e);
}

bool
slot_set(struct store *s, const struct actor *actor, const struct round *r,
         int unit, const struct day_slot *list, int count, struct err *e)
{
    struct db_stmt *st;

    assert(s->open && unit >= 0 && unit < r->unit_count);
    if (!round_changeable(r, e) || !check_slots(list, count, e))
        return false;
    st = store_use(s, r, SQL_SLOT_DELETE, e);
    db_bind_int(st, 3, unit);
    if (!db_run(st, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!insert_slot(s, r, unit, i, &list[i], e))
            return false;
    return round_note(s, actor, r, "schedule", r->units[unit].id, "", e);
}

void
slot_span(const struct day_slot *list, int count, int unit, int32_t *first,
          int32_t *last)
{
    *first = *last = DAY_NONE;
    for (int i = 0; i < count; i++) {
        if (list[i].unit != unit || list[i].day == DAY_NONE)
            continue;
        if (*first == DAY_NONE || list[i].day < *first)
            *first = list[i].day;
        if (*last == DAY_NONE || list[i].day > *last)
            *last = list[i].day;
    }
}

bool
expected_list(struct store *s, const struct round *r, struct arena *arena,
              const struct expected **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_EXPECTED_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct expected *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct expected){
            (int)db_int(st, 0), (int)db_int(st, 1), (int)db_int(st, 2)
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

/* The unit offers the tier. */
static bool
check_tier(const struct round *r, int unit, int tier, struct err *e)
{
    const struct unit *u;

    assert(unit >= 0 && unit < r->unit_count);
    u = &r->units[unit];
    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return true;
    return err_set(e, ERR_INPUT, "work.tier", "%d %s", tier, u->id);
}

bool
expected_set(struct store *s, const struct actor *actor,
             const struct round *r, int unit, int tier, int count,
             struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!round_changeable(r, e) || !check_tier(r, unit, tier, e))
        return false;
    if (count < -1 || count > EXPECTED_MAX)
        return err_set(e, ERR_INPUT, "plan.count", "%d", EXPECTED_MAX);
    st = store_use(s, r, count < 0 ? SQL_EXPECTED_DELETE : SQL_EXPECTED_SET,
                   e);
    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, tier);
    if (count >= 0)
        db_bind_int(st, 5, count);
    return db_run(st, e)
           && round_note(s, actor, r, "expected", r->units[unit].id, "", e);
}

static bool
is_open(struct store *s, const struct round *r, struct err *e)
{
    int64_t open;

    if (!db_number(store_use(s, r, SQL_WORK_OPEN, e), &open, e))
        return false;
    return open > 0 || err_set(e, ERR_INPUT, "work.closed", "%s", r->id);
}

bool
not_registered_set(struct store *s, const struct actor *actor,
                   const struct round *r, int unit, int tier,
                   const int count[REASON_COUNT], struct err *e)
{
    assert(s->open);
    if (!check_tier(r, unit, tier, e) || !is_open(s, r, e))
        return false;
    if (!store_may(actor, r, unit))
        return err_set(e, ERR_INPUT, "registration.unit_denied", "%s",
                       r->units[unit].id);
    for (int i = 0; i < REASON_COUNT; i++) {
        struct db_stmt *st;

        if (count[i] < 0 || count[i] > NOT_REGISTERED_MAX)
            return err_set(e, ERR_INPUT, "plan.count", "%d",
                           NOT_REGISTERED_MAX);
        st = store_use(s, r, SQL_NOT_REGISTERED_SET, e);
        db_bind_int(st, 3, unit);
        db_bind_int(st, 4, tier);
        db_bind_text(st, 5, actor->name);
        db_bind_int(st, 6, i);
        db_bind_int(st, 7, count[i]);
        if (!db_run(st, e))
            return false;
    }
    return true;
}

/* A row a reason becomes a row a unit and tier. Gives ST back. */
static bool
read_counts(struct db_stmt *st, struct arena *arena,
            const struct not_registered **list, int *count, struct err *e)
{
    struct rows rows = { .st = st, .arena = arena };
    struct not_registered *last = NULL;

    while (rows_next(&rows, e)) {
        int unit = (int)db_int(st, 0), tier = (int)db_int(st, 1);
        int64_t reason = db_int(st, 3);

        if (last == NULL || last->unit != unit || last->tier != tier) {
            last = rows_piece(&rows, sizeof *last);
            *last = (struct not_registered){
                .unit = unit, .tier = tier,
                .account = arena_text(arena, db_text(st, 2))
            };
        }
        if (reason >= 0 && reason < REASON_COUNT)
            last->count[reason] = (int)db_int(st, 4);
    }
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
not_registered_own(struct store *s, const struct actor *actor,
                   const struct round *r, struct arena *arena,
                   const struct not_registered **list, int *count,
                   struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_NOT_REGISTERED_OWN, e);

    db_bind_text(st, 3, actor->name);
    return read_counts(st, arena, list, count, e);
}

bool
not_registered_sums(struct store *s, const struct actor *actor,
                    const struct round *r, struct arena *arena,
                    const struct not_registered **list, int *count,
                    struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_NOT_REGISTERED_SUMS, e);

    db_bind_text(st, 3, store_scope(actor, r, NULL, arena));
    return read_counts(st, arena, list, count, e);
}
