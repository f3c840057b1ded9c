/* grant.c - see grant.h. */
#include "store/grant.h"
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "store/account.h"
#include "store/store_private.h"

static const char *const words[DUTY_COUNT] = {
    "mapper", "resource", "leader", "coordinator", "group", "analyst",
    "dpo", "admin"
};
static_assert(DUTY_MAPPER == 0 && DUTY_RESOURCE == 1,
              "grant_of_round names them");

const char *
duty_word(enum duty duty)
{
    return words[duty];
}

int
duty_of(const char *word)
{
    for (int i = 0; i < DUTY_COUNT; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

bool
duty_of_unit(enum duty duty)
{
    return duty == DUTY_MAPPER || duty == DUTY_RESOURCE
           || duty == DUTY_LEADER;
}

bool
duty_needs_totp(enum duty duty)
{
    return duty != DUTY_MAPPER;
}

/* ACTION, by ACTOR, of G, when the transaction is committed. */
static void
note(struct store *s, const struct actor *actor, const char *action,
     const struct grant *g)
{
    struct arena *a = &s->arena;
    struct log_record record = {
        .municipality = g->municipality, .actor = actor->name,
        .rights = actor->rights != NULL ? actor->rights : "",
        .purpose = actor->purpose != NULL ? actor->purpose : "",
        .action = action, .round = g->round, .units = g->unit,
        .numbers = ""
    };

    record.what = g->tier == 0
        ? arena_printf(a, "%s %s", duty_word(g->duty), g->account)
        : arena_printf(a, "%s %s %d", duty_word(g->duty), g->account,
                       g->tier);
    store_log_later(s, &record);
}

static bool
check_tier(const struct grant *g, const struct unit *u, struct err *e)
{
    if (g->tier == 0)
        return true;
    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == g->tier)
            return true;
    return err_set(e, ERR_INPUT, "grant.tier", "%s %d", u->id, g->tier);
}

/* G's unit and tier in its round R. */
static bool
check_unit(const struct grant *g, const struct round *r, struct err *e)
{
    int unit = round_unit(r, g->unit);
    const struct unit *u = unit >= 0 ? &r->units[unit] : NULL;
    char quoted[QUOTE_MAX];

    if (u == NULL) {
        err_quote(quoted, sizeof quoted, g->unit, strlen(g->unit));
        return err_set(e, ERR_INPUT, "grant.unit", "%s %s", r->id, quoted);
    }
    if (r->status == ROUND_CLOSED && g->duty != DUTY_LEADER)
        return err_set(e, ERR_INPUT, "grant.closed", "%s", r->id);
    return check_tier(g, u, e);
}

/* Fills in the municipality. */
static bool
check_place(struct store *s, struct grant *g, struct arena *arena,
            struct err *e)
{
    bool of_unit = duty_of_unit(g->duty);
    struct round *r;

    if (of_unit && (g->round[0] == '\0' || g->unit[0] == '\0'))
        return err_set(e, ERR_INPUT, "grant.unit_needed", "%s",
                       duty_word(g->duty));
    if (!of_unit && (g->unit[0] != '\0' || g->tier != 0))
        return err_set(e, ERR_INPUT, "grant.unit_not", "%s",
                       duty_word(g->duty));
    g->municipality = 0;
    if (g->round[0] == '\0')
        return true;
    if (!round_load(s, g->round, arena, &r, e))
        return false;
    g->municipality = r->municipality;
    return !of_unit || check_unit(g, r, e);
}

static bool
check_account(struct store *s, const struct actor *actor,
              const struct grant *g, struct arena *arena, struct err *e)
{
    const struct account *a;
    char quoted[QUOTE_MAX];

    if (strcmp(actor->name, g->account) == 0)
        return err_set(e, ERR_INPUT, "grant.self", "%s", g->account);
    if (!account_find(s, g->account, arena, &a, e))
        return false;
    if (a != NULL && a->ended_ms == 0)
        return true;
    err_quote(quoted, sizeof quoted, g->account, strlen(g->account));
    return err_set(e, ERR_INPUT, "grant.account", "%s", quoted);
}

static bool
check_overlap(struct store *s, const struct grant *g, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_OVERLAPS, e);
    int64_t count;

    db_bind_text(st, 1, g->account);
    db_bind_int(st, 2, g->duty);
    db_bind_text(st, 3, g->round);
    db_bind_text(st, 4, g->unit);
    db_bind_int(st, 5, g->tier);
    db_bind_int(st, 6, g->from_ms);
    db_bind_int(st, 7, g->to_ms);
    if (!db_number(st, &count, e))
        return false;
    return count == 0 || err_set(e, ERR_INPUT, "grant.overlap", "%s %s",
                                 g->account, duty_word(g->duty));
}

static bool
insert(struct store *s, struct grant *g, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_NUMBER, e);

    db_bind_int(st, 1, g->municipality);
    if (!db_number(st, &g->number, e))
        return false;
    st = db_use(s->db, SQL_GRANT_INSERT, e);
    db_bind_int(st, 1, g->municipality);
    db_bind_int(st, 2, g->number);
    db_bind_text(st, 3, g->account);
    db_bind_int(st, 4, g->duty);
    db_bind_text(st, 5, g->round);
    db_bind_text(st, 6, g->unit);
    db_bind_int(st, 7, g->tier);
    db_bind_int(st, 8, g->from_ms);
    db_bind_int_if(st, 9, g->to_ms != 0, g->to_ms);
    db_bind_text(st, 10, g->granted_by);
    db_bind_int(st, 11, g->granted_ms);
    return db_run(st, e);
}

bool
grant_add(struct store *s, const struct actor *actor, struct grant *g,
          struct err *e)
{
    int64_t now = clock_now(&s->clock);
    struct arena arena;
    bool ok;

    assert(s->open);
    if (g->from_ms == 0)
        g->from_ms = now;
    g->granted_by = actor->name;
    g->granted_ms = now;
    g->ended_by = g->reason = "";
    g->ended_ms = 0;
    if (g->to_ms != 0 && g->to_ms <= g->from_ms)
        return err_set(e, ERR_INPUT, "grant.time", "%s", g->account);
    arena_init(&arena);
    ok = check_account(s, actor, g, &arena, e)
         && check_place(s, g, &arena, e) && check_overlap(s, g, e)
         && insert(s, g, e);
    arena_clear(&arena);
    if (ok)
        note(s, actor, "grant", g);
    return ok;
}

static void
read_grant(struct db_stmt *st, struct arena *arena, struct grant *g)
{
    int64_t duty = db_int(st, 3);

    *g = (struct grant){
        .municipality = (int)db_int(st, 0),
        .number = db_int(st, 1),
        .account = arena_text(arena, db_text(st, 2)),
        .duty = (enum duty)duty,
        .round = arena_text(arena, db_text(st, 4)),
        .unit = arena_text(arena, db_text(st, 5)),
        .tier = (int)db_int(st, 6),
        .from_ms = db_int(st, 7),
        .to_ms = db_int(st, 8),
        .granted_by = arena_text(arena, db_text(st, 9)),
        .granted_ms = db_int(st, 10),
        .ended_by = arena_text(arena, db_text(st, 11)),
        .ended_ms = db_int(st, 12),
        .reason = arena_text(arena, db_text(st, 13))
    };
}

/* The rows of ST, which is given back; takes NULL. A duty that nobody knows
 * gives nothing. */
static bool
read_list(struct db_stmt *st, struct arena *arena,
          const struct grant **list, int *count, struct err *e)
{
    struct rows rows = { .st = st, .arena = arena };

    while (rows_next(&rows, e))
        if (db_int(st, 3) >= 0 && db_int(st, 3) < DUTY_COUNT)
            read_grant(st, arena, rows_piece(&rows, sizeof **list));
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

static bool
end_one(struct store *s, const struct actor *actor, const struct grant *g,
        const char *reason, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_END, e);

    db_bind_int(st, 1, g->municipality);
    db_bind_int(st, 2, g->number);
    db_bind_int(st, 3, clock_now(&s->clock));
    db_bind_text(st, 4, actor->name);
    db_bind_text(st, 5, reason);
    if (!db_run(st, e))
        return false;
    note(s, actor, "grant_end", g);
    return true;
}

bool
grant_end(struct store *s, const struct actor *actor, int municipality,
          int64_t number, const char *reason, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_GET, e);
    const struct grant *g;
    struct arena arena;
    int count;
    bool ok;

    assert(s->open);
    db_bind_int(st, 1, municipality);
    db_bind_int(st, 2, number);
    arena_init(&arena);
    ok = read_list(st, &arena, &g, &count, e);
    if (ok && count == 0)
        ok = err_set(e, ERR_INPUT, "grant.unknown", "%lld",
                     (long long)number);
    if (ok && (g->ended_ms != 0
               || (g->to_ms != 0 && g->to_ms <= clock_now(&s->clock))))
        ok = err_set(e, ERR_INPUT, "grant.ended", "%lld",
                     (long long)number);
    ok = ok && end_one(s, actor, g, reason != NULL ? reason : "", e);
    arena_clear(&arena);
    return ok;
}

/* Ends all the grants that ST gives; takes NULL. */
static bool
end_all(struct store *s, const struct actor *actor, struct db_stmt *st,
        const char *reason, struct err *e)
{
    const struct grant *list;
    struct arena arena;
    int count;
    bool ok;

    arena_init(&arena);
    ok = read_list(st, &arena, &list, &count, e);
    for (int i = 0; ok && i < count; i++)
        ok = end_one(s, actor, &list[i], reason, e);
    arena_clear(&arena);
    return ok;
}

bool
grant_end_round(struct store *s, const struct actor *actor,
                const struct round *round, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_OF_ROUND, e);

    assert(s->open);
    db_bind_int(st, 1, round->municipality);
    db_bind_text(st, 2, round->id);
    db_bind_int(st, 3, clock_now(&s->clock));
    return end_all(s, actor, st, "round_closed", e);
}

bool
grant_end_account(struct store *s, const struct actor *actor,
                  const char *account, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_OF_ACCOUNT, e);

    assert(s->open);
    db_bind_text(st, 1, account);
    db_bind_int(st, 2, clock_now(&s->clock));
    return end_all(s, actor, st, "account_ended", e);
}

bool
grant_list(struct store *s, const struct grant_ask *ask,
           struct arena *arena, const struct grant **list, int *count,
           struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_LIST, e);

    db_bind_text(st, 1, ask->account != NULL ? ask->account : "");
    db_bind_text(st, 2, ask->round != NULL ? ask->round : "");
    db_bind_text(st, 3, ask->unit != NULL ? ask->unit : "");
    db_bind_int(st, 4, ask->duty);
    db_bind_int(st, 5, ask->from_ms);
    db_bind_int(st, 6, ask->to_ms);
    return read_list(st, arena, list, count, e);
}

bool
grants_of(struct store *s, const char *account, int64_t now_ms,
          struct arena *arena, const struct grant **list, int *count,
          struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_GRANT_HELD, e);

    db_bind_text(st, 1, account);
    db_bind_int(st, 2, now_ms);
    return read_list(st, arena, list, count, e);
}
