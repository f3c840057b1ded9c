/* registration.c - see registration.h: writing. Reading is in scan.c, what
 * is asked without answers in registration_ask.c. */
#include "store/registration.h"
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

enum { BULK_ROWS = 50000, BULK_PART = 4 };      /* of all rows, a quarter */

static const char *const words[] = { "draft", "complete", "withdrawn" };

const char *
status_word(enum status status)
{
    return words[status];
}

int
status_of(const char *word, size_t len)
{
    for (int i = 0; i < 3; i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return i;
    return -1;
}

static bool
denied(const struct round *round, int unit, struct err *e)
{
    return err_set(e, ERR_INPUT, "registration.unit_denied", "%s",
                   round->units[unit].id);
}

static bool
put_sealed(struct store *s, const struct round *round,
           const struct registration *r, struct err *e)
{
    struct db_stmt *st;

    if (r->sealed == NULL)
        return true;
    st = store_use(s, round, SQL_SEALED_INSERT, e);
    db_bind_int(st, 3, r->number);
    db_bind_blob(st, 4, r->sealed, r->sealed_len);
    return db_run(st, e);
}

/* Binds from $4 on what both insert and update have. */
static void
bind_row(struct db_stmt *st, const struct registration *r)
{
    /* An opt-out looks at these tiers and no others. */
    assert(r->tier >= 0 && r->tier <= TIER_MAX);
    db_bind_int(st, 3, r->number);
    db_bind_int(st, 4, r->unit);
    db_bind_int(st, 5, r->tier);
    db_bind_int(st, 6, r->status);
    db_bind_int(st, 7, r->definition);
    db_bind_int_if(st, 8, r->completed_on >= 0, r->completed_on);
    db_bind_int_if(st, 9, r->superseded_by > 0, r->superseded_by);
    if (r->has_pseudonym)
        db_bind_blob(st, 10, r->pseudonym, sizeof r->pseudonym);
    else
        db_bind_null(st, 10);
}

bool
registration_insert(struct store *s, const struct round *round,
                    const struct registration *r, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_INSERT, e);
    enum db_step step;

    bind_row(st, r);
    db_bind_blob(st, 11, r->public_id, sizeof r->public_id);
    db_bind_blob(st, 12, r->answers, r->answers_len);
    step = db_step(st, e);
    db_done(st);
    if (step == DB_TAKEN)
        return err_set(e, ERR_INPUT, "registration.number_used", "%lld",
                       (long long)r->number);
    if (step == DB_REFUSED)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", store_path(s));
    return step == DB_DONE;
}

/* Every so many rows of one transaction, of which MORE came just now: where
 * they are a good part of all there are, the indexes wait until the end. */
static bool
consider_bulk(struct store *s, const struct round *round, int64_t more,
              struct err *e)
{
    struct db_stmt *st;
    int64_t total;

    s->unlogged += more;
    if (s->bulk || s->unlogged % BULK_ROWS >= more)
        return true;
    st = db_use(s->db, SQL_REGISTRATION_TOTAL, e);
    db_bind_int(st, 1, round->municipality);
    if (!db_number(st, &total, e))
        return false;
    if (total > BULK_PART * s->unlogged)
        return true;
    s->bulk = db_bulk_begin(s->db, "registration", e);
    return s->bulk;
}

bool
registration_put(struct store *s, const struct actor *actor,
                 struct round *round, struct registration *r, struct err *e)
{
    struct registration row = *r;

    assert(s->open && r->number >= 1 && r->number <= NUMBER_LIMIT);
    if (!store_may(actor, round, r->unit))
        return denied(round, r->unit, e);
    store_public_id(s, row.public_id);
    if (!registration_insert(s, round, &row, e)
        || !put_sealed(s, round, &row, e)
        || !store_mark_due(s, round, e))
        return false;
    memcpy(r->public_id, row.public_id, sizeof r->public_id);
    store_touch(s, round, r->number);
    return consider_bulk(s, round, 1, e);
}

/* What db_put_rows reads. */
struct putting {
    const struct round *round;
    const struct registration *r;
    const int *sealed;          /* which of them have something sealed */
};

static struct db_value
number_or_null(int64_t value, bool there)
{
    return (struct db_value){ .kind = there ? DB_INT : DB_NULL,
                              .number = value };
}

static struct db_value
bytes_or_null(const void *data, size_t len, bool there)
{
    return (struct db_value){ .kind = there ? DB_BLOB : DB_NULL,
                              .data = data, .len = len };
}

/* $1 and $2 are the round's, as store_use binds them. */
static struct db_value
of_round(const struct putting *p, int n)
{
    return number_or_null(n == 1 ? p->round->municipality : p->round->row,
                          true);
}

static void
row_value(const void *ctx, size_t row, int n, struct db_value *out)
{
    const struct putting *p = ctx;
    const struct registration *r = &p->r[row];
    const int64_t plain[] = { r->number, r->unit, r->tier, r->status,
                              r->definition };

    switch (n) {
    case 1:
    case 2:
        *out = of_round(p, n);
        break;
    case 8:
        *out = number_or_null(r->completed_on, r->completed_on >= 0);
        break;
    case 9:
        *out = number_or_null(r->superseded_by, r->superseded_by > 0);
        break;
    case 10:
        *out = bytes_or_null(r->pseudonym, sizeof r->pseudonym,
                             r->has_pseudonym);
        break;
    case 11:
        *out = bytes_or_null(r->public_id, sizeof r->public_id, true);
        break;
    case 12:
        *out = bytes_or_null(r->answers, r->answers_len, true);
        break;
    default:
        *out = number_or_null(plain[n - 3], true);
        break;
    }
}

static void
sealed_value(const void *ctx, size_t row, int n, struct db_value *out)
{
    const struct putting *p = ctx;
    const struct registration *r = &p->r[p->sealed[row]];

    if (n <= 2)
        *out = of_round(p, n);
    else if (n == 3)
        *out = number_or_null(r->number, true);
    else
        *out = bytes_or_null(r->sealed, r->sealed_len, true);
}

static bool
put_rows(struct store *s, enum sql id, const struct db_rows *rows,
         struct err *e)
{
    enum db_step step = rows->count == 0 ? DB_DONE
                      : db_put_rows(s->db, id, rows, e);

    if (step == DB_TAKEN || step == DB_REFUSED)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", store_path(s));
    return step == DB_DONE;
}

bool
registration_put_many(struct store *s, const struct actor *actor,
                      struct round *round, struct registration *r, int count,
                      struct err *e)
{
    int sealed[REGISTRATIONS_AT_ONCE];
    struct putting p = { round, r, sealed };
    struct db_rows rows = { (size_t)count, row_value, &p };
    struct db_rows secrets = { 0, sealed_value, &p };

    assert(s->open && count <= REGISTRATIONS_AT_ONCE);
    for (int i = 0; i < count; i++) {
        assert(r[i].number >= 1 && r[i].number <= NUMBER_LIMIT);
        assert(r[i].tier >= 0 && r[i].tier <= TIER_MAX);
        if (!store_may(actor, round, r[i].unit))
            return denied(round, r[i].unit, e);
        store_public_id(s, r[i].public_id);
        store_touch(s, round, r[i].number);
        if (r[i].sealed != NULL)
            sealed[secrets.count++] = i;
    }
    return put_rows(s, SQL_REGISTRATION_INSERT, &rows, e)
        && put_rows(s, SQL_SEALED_INSERT, &secrets, e)
        && (count == 0 || store_mark_due(s, round, e))
        && consider_bulk(s, round, count, e);
}

/* Has the commit write the log's record of a write. */
static void
log_write(struct store *s, const struct actor *actor,
          const struct round *round, const char *what, int64_t count,
          int64_t from, int64_t to)
{
    struct log_record record = store_record(actor, round, "write", what,
                                            &s->arena);

    record.entries = count;
    record.numbers = arena_printf(&s->arena,
                                  from == to ? "%lld" : "%lld-%lld",
                                  (long long)from, (long long)to);
    store_log_later(s, &record);
}

bool
registration_put_done(struct store *s, const struct actor *actor,
                      struct round *round, int64_t count, int64_t from,
                      int64_t to, struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (to >= round->next_number)
        round->next_number = to + 1;
    st = store_use(s, round, SQL_ROUND_SET_NEXT, e);
    db_bind_int(st, 3, round->next_number);
    if (!db_run(st, e) || (s->bulk && !db_bulk_end(s->db, e)))
        return false;
    s->bulk = false;
    log_write(s, actor, round, "put", count, from, to);
    s->unlogged = 0;
    return true;
}

bool
registration_keep(struct store *s, const struct actor *actor,
                  const struct round *round, int64_t number,
                  const char *reason, enum sql sealed, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_CHANGE_NEXT, e);
    int64_t version;

    db_bind_int(st, 3, number);
    if (!db_number(st, &version, e))
        return false;
    st = store_use(s, round, SQL_CHANGE_INSERT, e);
    db_bind_int(st, 3, number);
    db_bind_int(st, 4, version);
    db_bind_int(st, 5, clock_now(&s->clock));
    db_bind_text(st, 6, actor->name);
    db_bind_text(st, 7, reason != NULL ? reason : "");
    if (!db_run(st, e))
        return false;
    st = store_use(s, round, sealed, e);
    db_bind_int(st, 3, number);
    db_bind_int(st, 4, version);
    return db_run(st, e);
}

static bool
drop_sealed(struct store *s, const struct round *round, int64_t number,
            struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_SEALED_DROP, e);

    db_bind_int(st, 3, number);
    return db_run(st, e);
}

static bool
update(struct store *s, const struct round *round,
       const struct registration *r, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_UPDATE, e);

    bind_row(st, r);
    db_bind_blob(st, 11, r->answers, r->answers_len);
    return db_run(st, e);
}

bool
registration_change(struct store *s, const struct actor *actor,
                    struct round *round, const struct registration *r,
                    const char *reason, struct err *e)
{
    int status;
    bool ok;

    assert(s->open);
    if (!registration_status(s, actor, round, r->number, &status, e))
        return false;
    if (!store_may(actor, round, r->unit))
        return denied(round, r->unit, e);
    if (status == STATUS_DRAFT)
        ok = drop_sealed(s, round, r->number, e);
    else
        ok = registration_keep(s, actor, round, r->number, reason,
                               SQL_SEALED_KEEP, e);
    if (!ok || !update(s, round, r, e) || !put_sealed(s, round, r, e)
        || !store_mark_due(s, round, e))
        return false;
    store_touch(s, round, r->number);
    log_write(s, actor, round, "change", 1, r->number, r->number);
    return true;
}

bool
registration_supersede(struct store *s, const struct round *round,
                       int64_t number, int64_t by, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_REGISTRATION_SUPERSEDE, e);

    assert(s->open);
    db_bind_int(st, 3, number);
    db_bind_int_if(st, 4, by > 0, by);
    if (!db_run(st, e))
        return false;
    if (db_changes(s->db) != 1)
        return err_set(e, ERR_INPUT, "registration.unknown", "%lld",
                       (long long)number);
    return true;
}

bool
registration_settled(struct store *s, struct round *round, struct err *e)
{
    struct db_stmt *st = store_use(s, round, SQL_ROUND_SET_DUE, e);

    assert(s->open);
    db_bind_int(st, 3, 0);
    if (!db_run(st, e))
        return false;
    round->settle_due = false;
    s->due = 0;
    store_uncache(s, round);
    return true;
}
