/* log_search.c - see log_search.h.
 *
 * What is asked of one column the statement asks; units are a list in one
 * column, and are asked here. */
#include "store/log_search.h"
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

/* Whether the list "a,b" holds the N bytes of UNIT. */
static bool
has_unit(const char *list, const char *unit, size_t n)
{
    for (;; list++) {
        size_t len = strcspn(list, ",");

        if (len == n && memcmp(list, unit, n) == 0)
            return true;
        list += len;
        if (*list == '\0')
            return false;
    }
}

static bool
is_all(const char *units)
{
    return strcmp(units, "all") == 0;
}

/* Whether one of the units of ACTOR is in LIST. */
static bool
concerns(const struct actor *actor, const char *list)
{
    for (int i = 0; i < actor->unit_count; i++)
        if (has_unit(list, actor->units[i], strlen(actor->units[i])))
            return true;
    return false;
}

/* Whether LIST is of ACTOR's units only. */
static bool
within(const struct actor *actor, const char *list)
{
    for (;; list++) {
        size_t len = strcspn(list, ",");
        bool own = false;

        for (int i = 0; i < actor->unit_count && !own; i++)
            own = strlen(actor->units[i]) == len
                  && memcmp(actor->units[i], list, len) == 0;
        if (!own)
            return false;
        list += len;
        if (*list == '\0')
            return true;
    }
}

static bool
wanted(struct db_stmt *st, const struct actor *actor,
       const struct log_ask *ask)
{
    const char *units = db_text(st, 7);

    if (!actor->all_units && !is_all(units) && !concerns(actor, units))
        return false;
    return ask->unit == NULL || is_all(units)
           || has_unit(units, ask->unit, strlen(ask->unit));
}

/* LIST without other units than ACTOR's. */
static const char *
own_units(const struct actor *actor, const char *list, struct arena *arena)
{
    const char *out = "";

    if (is_all(list))
        return "all";
    for (int i = 0; i < actor->unit_count; i++)
        if (has_unit(list, actor->units[i], strlen(actor->units[i])))
            out = arena_printf(arena, "%s%s%s", out,
                               *out != '\0' ? "," : "", actor->units[i]);
    return out;
}

static void
take(struct db_stmt *st, const struct actor *actor, int municipality,
     struct arena *arena, struct log_found *f)
{
    struct log_record *r = &f->record;
    /* Who leads a unit is told no mapper's pace. */
    int64_t step = actor->all_units ? MINUTE_MS : HOUR_MS;

    f->number = db_int(st, 0);
    f->minute_ms = db_int(st, 1) / step * step;
    r->municipality = municipality;
    r->actor = arena_text(arena, db_text(st, 2));
    r->rights = arena_text(arena, db_text(st, 3));
    r->purpose = arena_text(arena, db_text(st, 4));
    r->action = arena_text(arena, db_text(st, 5));
    r->round = arena_text(arena, db_text(st, 6));
    r->units = arena_text(arena, db_text(st, 7));
    r->what = r->numbers = "";
    r->entries = -1;
    if (actor->all_units || (!is_all(r->units) && within(actor, r->units))) {
        r->what = arena_text(arena, db_text(st, 8));
        r->entries = db_int(st, 9);
        if (actor->all_units)
            r->numbers = arena_text(arena, db_text(st, 10));
    } else {
        r->units = own_units(actor, r->units, arena);
    }
}

static struct db_stmt *
use_search(struct store *s, const struct actor *actor,
           const struct log_ask *ask, struct err *e)
{
    struct db_stmt *st = db_use(s->log, SQL_LOG_SEARCH, e);

    db_bind_int(st, 1, ask->municipality);
    db_bind_int(st, 2, actor->all_units && ask->before_record > 0
                       ? ask->before_record : INT64_MAX);
    db_bind_int(st, 3, ask->from_ms);
    db_bind_int(st, 4, ask->to_ms > 0 ? ask->to_ms : INT64_MAX);
    db_bind_text(st, 5, ask->round != NULL ? ask->round : "");
    db_bind_text(st, 6, ask->actor != NULL ? ask->actor : "");
    db_bind_text(st, 7, ask->action != NULL ? ask->action : "");
    return st;
}

/* What was asked, for the log: "actor=kari action=read". */
static const char *
ask_words(const struct log_ask *ask, struct arena *arena)
{
    const char *words = "log";

    if (ask->actor != NULL)
        words = arena_printf(arena, "%s actor=%s", words, ask->actor);
    if (ask->action != NULL)
        words = arena_printf(arena, "%s action=%s", words, ask->action);
    if (ask->unit != NULL)
        words = arena_printf(arena, "%s unit=%s", words, ask->unit);
    return words;
}

/* Before anything is read: so that it is there whatever comes of it. */
static bool
log_it(struct store *s, const struct actor *actor, const struct log_ask *ask,
       struct arena *arena, struct err *e)
{
    const struct round of = {
        .municipality = ask->municipality,
        .id = ask->round != NULL ? ask->round : ""
    };
    struct log_record record = store_record(actor, &of, "search",
                                            ask_words(ask, arena), arena);

    return store_log_now(s, &record, e);
}

bool
log_search(struct store *s, const struct actor *actor,
           const struct log_ask *ask, struct arena *arena,
           const struct log_found **list, int *count, bool *more,
           struct err *e)
{
    struct log_found *all = arena_array(arena, (size_t)ask->limit,
                                        sizeof *all);
    int64_t place = 0, skip = actor->all_units ? 0 : ask->before_record;
    enum db_step step;
    struct db_stmt *st;

    assert(ask->limit > 0);
    *list = all;
    *count = 0;
    *more = false;
    if (!log_it(s, actor, ask, arena, e))
        return false;
    st = use_search(s, actor, ask, e);
    while ((step = db_step(st, e)) == DB_ROW) {
        if (!wanted(st, actor, ask) || ++place <= skip)
            continue;
        *more = *count == ask->limit;
        if (*more)
            break;
        take(st, actor, ask->municipality, arena, &all[*count]);
        if (!actor->all_units)
            all[*count].number = place;
        ++*count;
    }
    db_done(st);
    return step != DB_FAILED;
}
