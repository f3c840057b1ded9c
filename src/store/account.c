/* account.c - see account.h: accounts themselves. */
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "store/account_private.h"
#include "store/grant.h"
#include "store/session.h"

bool
account_id_ok(const char *id)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789._@-";
    size_t n = strlen(id);

    /* It stands in addresses: nothing that may be a person's number. */
    return n > 0 && n <= ACCOUNT_ID_MAX && strspn(id, good) == n
           && quote_allowed(id, n);
}

static bool
check_name(const char *name, struct err *e)
{
    size_t n = strlen(name);
    bool ok = n > 0 && n <= ACCOUNT_NAME_MAX && utf8_valid(name, n, NULL)
              && quote_allowed(name, n);

    for (const char *p = name; ok && *p != '\0'; p++)
        ok = (unsigned char)*p >= ' ' && *p != 0x7F;
    return ok || err_set(e, ERR_INPUT, "account.name", "%d",
                         (int)ACCOUNT_NAME_MAX);
}

void
account_note(struct store *s, const struct actor *actor, const char *what,
             const char *id)
{
    const struct log_record record = {
        .actor = actor->name,
        .rights = actor->rights != NULL ? actor->rights : "",
        .purpose = actor->purpose != NULL ? actor->purpose : "",
        .action = "account", .round = "", .units = "", .numbers = "",
        .what = arena_printf(&s->arena, "%s %s", what, id)
    };

    store_log_later(s, &record);
}

struct db_stmt *
account_use(struct store *s, enum sql sql, const char *id, struct err *e)
{
    struct db_stmt *st = db_use(s->db, sql, e);

    db_bind_text(st, 1, id);
    return st;
}

static bool
unknown(const char *id, struct err *e)
{
    char quoted[QUOTE_MAX];

    err_quote(quoted, sizeof quoted, id, strlen(id));
    return err_set(e, ERR_INPUT, "account.unknown", "%s", quoted);
}

bool
account_change(struct store *s, struct db_stmt *st, const char *id,
               struct err *e)
{
    if (!db_run(st, e))
        return false;
    return db_changes(s->db) > 0 || unknown(id, e);
}

bool
account_add(struct store *s, const struct actor *actor, const char *id,
            const char *name, enum lang lang, struct err *e)
{
    char quoted[QUOTE_MAX];
    enum db_step step;
    struct db_stmt *st;

    assert(s->open);
    err_quote(quoted, sizeof quoted, id, strlen(id));
    if (!account_id_ok(id))
        return err_set(e, ERR_INPUT, "account.id", "%s", quoted);
    if (!check_name(name, e))
        return false;
    st = account_use(s, SQL_ACCOUNT_INSERT, id, e);
    db_bind_text(st, 2, name);
    db_bind_text(st, 3, lang_code(lang));
    db_bind_int(st, 4, clock_now(&s->clock));
    db_bind_text(st, 5, actor->name);
    step = db_step(st, e);
    db_done(st);
    if (step == DB_TAKEN)
        return err_set(e, ERR_INPUT, "account.taken", "%s", quoted);
    if (step != DB_DONE)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", s->path);
    account_note(s, actor, "add", id);
    return true;
}

static void
read_account(struct db_stmt *st, struct arena *arena, struct account *a)
{
    enum lang lang = lang_of(db_text(st, 2));

    *a = (struct account){
        .id = arena_text(arena, db_text(st, 0)),
        .name = arena_text(arena, db_text(st, 1)),
        .lang = lang < LANG_COUNT ? lang : LANG_NB,
        .has_password = db_int(st, 3) != 0,
        .must_change = db_int(st, 4) != 0,
        .has_totp = db_int(st, 5) != 0,
        .recovery_left = (int)db_int(st, 6),
        .created_ms = db_int(st, 7),
        .created_by = arena_text(arena, db_text(st, 8)),
        .ended_ms = db_int(st, 9),
        .ended_by = arena_text(arena, db_text(st, 10))
    };
}

bool
account_find(struct store *s, const char *id, struct arena *arena,
             const struct account **out, struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_ACCOUNT_GET, id, e);
    enum db_step step = db_step(st, e);

    *out = NULL;
    if (step == DB_ROW) {
        struct account *a = arena_take(arena, sizeof *a);

        read_account(st, arena, a);
        *out = a;
    }
    db_done(st);
    return step != DB_FAILED;
}

bool
account_list(struct store *s, bool ended, struct arena *arena,
             const struct account **list, int *count, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_ACCOUNT_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct account *a;

    db_bind_int(st, 1, ended);
    while ((a = rows_add(&rows, sizeof *a, e)) != NULL)
        read_account(st, arena, a);
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
account_end(struct store *s, const struct actor *actor, const char *id,
            struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (strcmp(actor->name, id) == 0)
        return err_set(e, ERR_INPUT, "account.self", "%s", id);
    /* First: nothing may be held when it has ended. */
    if (!grant_end_account(s, actor, id, e))
        return false;
    st = account_use(s, SQL_ACCOUNT_END, id, e);
    db_bind_int(st, 2, clock_now(&s->clock));
    db_bind_text(st, 3, actor->name);
    if (!account_change(s, st, id, e)
        || !db_run(account_use(s, SQL_RECOVERY_CLEAR, id, e), e)
        || !db_run(account_use(s, SQL_SLIP_CLEAR, id, e), e)
        || !session_end_all(s, id, NULL, e))
        return false;
    account_note(s, actor, "end", id);
    return true;
}

bool
account_rename(struct store *s, const struct actor *actor, const char *id,
               const char *name, struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!check_name(name, e))
        return false;
    st = account_use(s, SQL_ACCOUNT_SET_NAME, id, e);
    db_bind_text(st, 2, name);
    if (!account_change(s, st, id, e))
        return false;
    account_note(s, actor, "rename", id);
    return true;
}

bool
account_set_lang(struct store *s, const char *id, enum lang lang,
                 struct err *e)
{
    struct db_stmt *st = account_use(s, SQL_ACCOUNT_SET_LANG, id, e);

    assert(s->open);
    db_bind_text(st, 2, lang_code(lang));
    return account_change(s, st, id, e);
}
