/* scope.c - who may see what, and what the log says of it; see
 * store_private.h. Here, and not in the faces, is the actor's share of every
 * question about persons decided. */
#include "store/store_private.h"
#include <assert.h>
#include <string.h>
#include "store/log_queue.h"

bool
store_may(const struct actor *actor, const struct round *round, int unit)
{
    assert(unit >= 0 && unit < round->unit_count);
    if (actor->all_units)
        return true;
    for (int i = 0; i < actor->unit_count; i++)
        if (strcmp(actor->units[i], round->units[unit].id) == 0)
            return true;
    return false;
}

const char *
store_scope(const struct actor *actor, const struct round *round,
            const char *only, struct arena *arena)
{
    char *scope = arena_take(arena, (size_t)round->unit_count + 1);

    for (int i = 0; i < round->unit_count; i++) {
        bool asked = only == NULL || strcmp(only, round->units[i].id) == 0;

        scope[i] = asked && store_may(actor, round, i) ? '1' : '0';
    }
    return scope;
}

static const char *
unit_words(const struct actor *actor, struct arena *arena)
{
    const char *words = "";

    if (actor->all_units)
        return "all";
    for (int i = 0; i < actor->unit_count; i++)
        words = arena_printf(arena, "%s%s%s", words, i > 0 ? "," : "",
                             actor->units[i]);
    return words;
}

struct log_record
store_record(const struct actor *actor, const struct round *round,
             const char *action, const char *what, struct arena *arena)
{
    return (struct log_record){
        .municipality = round->municipality,
        .actor = actor->name,
        .rights = actor->rights != NULL ? actor->rights : "",
        .purpose = actor->purpose != NULL ? actor->purpose : "",
        .action = action,
        .round = round->id,
        .units = unit_words(actor, arena),
        .what = what != NULL ? what : "",
        .numbers = "", .hourly = actor->hourly
    };
}

/* A copy of RECORD in ARENA, at the end of the list FIRST..LAST. */
static void
keep(struct arena *arena, struct log_record **first,
     struct log_record **last, const struct log_record *record)
{
    struct log_record *r = arena_take(arena, sizeof *r);

    *r = *record;
    r->actor = arena_text(arena, record->actor);
    r->rights = arena_text(arena, record->rights);
    r->purpose = arena_text(arena, record->purpose);
    r->action = arena_text(arena, record->action);
    r->round = arena_text(arena, record->round);
    r->units = arena_text(arena, record->units);
    r->what = arena_text(arena, record->what);
    r->numbers = arena_text(arena, record->numbers);
    r->next = NULL;
    if (*last != NULL)
        (*last)->next = r;
    else
        *first = r;
    *last = r;
}

void
store_log_later(struct store *s, const struct log_record *record)
{
    assert(s->open);
    keep(&s->arena, &s->first, &s->last, record);
}

void
store_log_begin(struct store *s)
{
    assert(!s->holding);
    s->holding = true;
    arena_init(&s->held);
    s->held_first = s->held_last = NULL;
}

/* Writes the records that were held, or has the queue do it. */
static bool
write_held(struct store *s, struct err *e)
{
    if (s->held_first == NULL)
        return true;
    if (s->queue == NULL)
        return log_append(s->log, clock_now(&s->clock), s->held_first, e);
    for (struct log_record *r = s->held_first, *next; r != NULL; r = next) {
        next = r->next;
        r->next = NULL;
        if (!log_queue_put(s->queue, r->at_ms, r, e))
            return false;
    }
    return true;
}

bool
store_log_finish(struct store *s, bool ok, struct err *e)
{
    struct err own = { 0 };
    bool logged = write_held(s, &own);

    assert(s->holding);
    s->holding = false;
    arena_clear(&s->held);
    if (ok && !logged)
        *e = own;
    return ok && logged;
}

bool
store_log_now(struct store *s, struct log_record *record, struct err *e)
{
    record->next = NULL;
    record->at_ms = 0;
    if (s->own)
        return true;
    if (s->holding) {
        record->at_ms = clock_now(&s->clock);
        keep(&s->held, &s->held_first, &s->held_last, record);
        return true;
    }
    if (s->queue != NULL)
        return log_queue_put(s->queue, clock_now(&s->clock), record, e);
    return log_append(s->log, clock_now(&s->clock), record, e);
}

bool
store_log_read(struct store *s, const struct actor *actor,
               const struct round *round, const char *action,
               const char *what, int64_t entries, const char *numbers,
               struct err *e)
{
    struct log_record record;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    record = store_record(actor, round, action, what, &arena);
    record.entries = entries;
    record.numbers = numbers;
    ok = store_log_now(s, &record, e);
    arena_clear(&arena);
    return ok;
}

struct db_stmt *
store_use(struct store *s, const struct round *round, enum sql id,
          struct err *e)
{
    struct db_stmt *st = db_use(s->db, id, e);

    assert(round->row > 0);
    db_bind_int(st, 1, round->municipality);
    db_bind_int(st, 2, round->row);
    return st;
}

bool
store_mark_due(struct store *s, struct round *round, struct err *e)
{
    struct db_stmt *st;

    round->settle_due = true;
    if (s->due == round->row)
        return true;
    store_uncache(s, round);
    st = store_use(s, round, SQL_ROUND_SET_DUE, e);
    db_bind_int(st, 3, 1);
    if (!db_run(st, e))
        return false;
    s->due = round->row;
    return true;
}
