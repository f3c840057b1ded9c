/* registration_ask.c - see registration.h: what is asked of registrations
 * without looking at an answer. */
#include "store/registration.h"
#include <stdio.h>
#include <string.h>
#include "store/store_private.h"

enum { CHAIN_MAX = 1000 };

bool
registration_status(struct store *s, const struct actor *actor,
                    const struct round *round, int64_t number, int *status,
                    struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_STATUS, e);
    struct arena arena;
    enum db_step step;

    arena_init(&arena);
    db_bind_text(st, 3, store_scope(actor, round, NULL, &arena));
    db_bind_int(st, 4, number);
    step = db_step(st, e);
    if (step == DB_ROW)
        *status = (int)db_int(st, 0);
    else if (step == DB_DONE)
        err_set(e, ERR_INPUT, "registration.unknown", "%lld",
                (long long)number);
    db_done(st);
    arena_clear(&arena);
    return step == DB_ROW;
}

bool
registration_numbers(struct store *s, const struct round *round,
                     bool (*see)(void *ctx, int64_t number, struct err *e),
                     void *ctx, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_NUMBERS, e);
    struct rows rows = { .st = st };
    bool ok = true;

    while (ok && rows_next(&rows, e))
        ok = see(ctx, db_int(st, 0), e);
    return rows_end(&rows) && ok;
}

bool
registration_versions(struct store *s, const struct actor *actor,
                      const struct round *round, int64_t number,
                      int64_t *count, struct err *e)
{
    struct db_stmt *st;
    char digits[24];
    int status;

    if (!registration_status(s, actor, round, number, &status, e))
        return false;
    st = store_use(s, round, SQL_CHANGE_COUNT, e);
    db_bind_int(st, 3, number);
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    return db_number(st, count, e)
           && registration_log_read(s, actor, round, "versions", 1, digits,
                                    e);
}

/* One registration among the counts. */
static void
add_count(struct db_stmt *st, struct unit_count *c)
{
    switch ((enum status)db_int(st, 1)) {
    case STATUS_COMPLETE:
        c->complete++;
        if (db_int(st, 2) != 0)
            c->superseded++;
        else
            c->counting++;
        if (db_int(st, 3) != 0)
            c->no_number++;
        break;
    case STATUS_DRAFT:
        c->draft++;
        break;
    case STATUS_WITHDRAWN:
        c->withdrawn++;
        break;
    }
}

bool
registration_counts(struct store *s, const struct actor *actor,
                    const struct round *round, struct unit_count *out,
                    struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_COUNTS, e);
    struct rows rows = { .st = st };
    struct arena arena;
    int64_t total = 0;
    bool ok;

    arena_init(&arena);
    memset(out, 0, (size_t)round->unit_count * sizeof *out);
    db_bind_text(st, 3, store_scope(actor, round, NULL, &arena));
    while (rows_next(&rows, e)) {
        int64_t unit = db_int(st, 0);

        if (unit >= 0 && unit < round->unit_count)
            add_count(st, &out[unit]);
        total++;
    }
    ok = rows_end(&rows);
    arena_clear(&arena);
    return ok
        && registration_log_read(s, actor, round, "counts", total, "", e);
}

bool
registration_leads(struct store *s, const struct round *round,
                   int64_t number, bool *leads, struct err *e)
{
    *leads = false;
    /* A chain without an end is a circle. */
    for (int i = 0; i < CHAIN_MAX && number > 0 && !*leads; i++) {
        struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_FIND, e);
        enum db_step step;

        db_bind_int(st, 3, number);
        step = db_step(st, e);
        number = 0;
        if (step == DB_ROW && db_int(st, 0) == STATUS_COMPLETE) {
            *leads = db_is_null(st, 1);
            number = db_int(st, 1);
        }
        db_done(st);
        if (step == DB_FAILED)
            return false;
    }
    return true;
}
