/* log.c - see log.h. */
#include "store/log.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include "store/rows.h"

static_assert(LOG_HASH == crypto_hash_sha256_BYTES, "SHA-256");

enum { RANGES_MAX = 64 << 20 };

/* What is hashed is this and then, for each field in the order of the
 * table: a number as eight bytes, least first; text as the number of its
 * bytes and the bytes. */
static const char format[] = "brukerplan-access-1";

struct place {
    int64_t municipality, number, at_ms;
    const unsigned char *previous;      /* LOG_HASH bytes */
};

static void
hash_int(crypto_hash_sha256_state *h, int64_t value)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> 8 * i);
    crypto_hash_sha256_update(h, bytes, sizeof bytes);
}

static void
hash_text(crypto_hash_sha256_state *h, const char *text)
{
    size_t n = strlen(text);

    hash_int(h, (int64_t)n);
    crypto_hash_sha256_update(h, (const unsigned char *)text, n);
}

static void
hash_record(const struct place *at, const struct log_record *r,
            unsigned char out[LOG_HASH])
{
    crypto_hash_sha256_state h;

    crypto_hash_sha256_init(&h);
    hash_text(&h, format);
    crypto_hash_sha256_update(&h, at->previous, LOG_HASH);
    hash_int(&h, at->municipality);
    hash_int(&h, at->number);
    hash_int(&h, at->at_ms);
    hash_text(&h, r->actor);
    hash_text(&h, r->rights);
    hash_text(&h, r->purpose);
    hash_text(&h, r->action);
    hash_text(&h, r->round);
    hash_text(&h, r->units);
    hash_text(&h, r->what);
    hash_int(&h, r->entries);
    hash_text(&h, r->numbers);
    crypto_hash_sha256_final(&h, out);
}

/* The chain's end: its last number and hash, or 0 and zeros. */
static bool
last(struct db *log, int municipality, int64_t *number,
     unsigned char hash[LOG_HASH], struct err *e)
{
    struct db_stmt *st = db_use(log, SQL_LOG_LAST, e);
    enum db_step step;
    const void *data;
    size_t len;

    *number = 0;
    memset(hash, 0, LOG_HASH);
    db_bind_int(st, 1, municipality);
    step = db_step(st, e);
    if (step == DB_ROW) {
        *number = db_int(st, 0);
        data = db_blob(st, 1, &len);
        /* A damaged hash is what log_check is for: the chain goes on. */
        if (data != NULL && len == LOG_HASH)
            memcpy(hash, data, LOG_HASH);
    }
    db_done(st);
    return step != DB_FAILED;
}

static bool
append(struct db *log, int64_t at_ms, const struct log_record *r,
       struct err *e)
{
    unsigned char previous[LOG_HASH], hash[LOG_HASH];
    struct place at = { r->municipality, 0,
                        r->at_ms != 0 ? r->at_ms : at_ms, previous };
    struct db_stmt *st;

    if (!last(log, r->municipality, &at.number, previous, e))
        return false;
    at.number++;
    hash_record(&at, r, hash);
    st = db_use(log, SQL_LOG_INSERT, e);
    db_bind_int(st, 1, at.municipality);
    db_bind_int(st, 2, at.number);
    db_bind_int(st, 3, at.at_ms);
    db_bind_text(st, 4, r->actor);
    db_bind_text(st, 5, r->rights);
    db_bind_text(st, 6, r->purpose);
    db_bind_text(st, 7, r->action);
    db_bind_text(st, 8, r->round);
    db_bind_text(st, 9, r->units);
    db_bind_text(st, 10, r->what);
    db_bind_int(st, 11, r->entries);
    db_bind_text(st, 12, r->numbers);
    db_bind_blob(st, 13, previous, LOG_HASH);
    db_bind_blob(st, 14, hash, LOG_HASH);
    return db_run(st, e);
}

bool
log_append(struct db *log, int64_t at_ms, const struct log_record *record,
           struct err *e)
{
    if (!db_begin(log, e))
        return false;
    for (; record != NULL; record = record->next) {
        if (!append(log, at_ms, record, e)) {
            db_rollback(log);
            return false;
        }
    }
    return db_commit(log, e);
}

/* Where a walk along the chains is. */
struct walk {
    int64_t municipality, number;
    unsigned char hash[LOG_HASH];
    bool broken;                /* this chain, and it was said */
};

static bool
same_bytes(struct db_stmt *st, int column, const unsigned char *want)
{
    size_t len;
    const void *data = db_blob(st, column, &len);

    return data != NULL && len == LOG_HASH && memcmp(data, want, len) == 0;
}

/* The key of what is wrong with the row, or NULL. */
static const char *
check_row(struct db_stmt *st, struct walk *w)
{
    struct place at = { w->municipality, db_int(st, 1), db_int(st, 2),
                        w->hash };
    struct log_record r = {
        .actor = db_text(st, 3), .rights = db_text(st, 4),
        .purpose = db_text(st, 5), .action = db_text(st, 6),
        .round = db_text(st, 7), .units = db_text(st, 8),
        .what = db_text(st, 9), .entries = db_int(st, 10),
        .numbers = db_text(st, 11)
    };
    unsigned char hash[LOG_HASH];

    if (at.number != w->number + 1)
        return "check.log_gap";
    hash_record(&at, &r, hash);
    if (!same_bytes(st, 12, w->hash) || !same_bytes(st, 13, hash))
        return "check.log_changed";
    w->number = at.number;
    memcpy(w->hash, hash, sizeof hash);
    return NULL;
}

bool
log_check(struct db *log, void (*say)(void *ctx, const struct err *fault),
          void *ctx, int64_t *faults, struct err *e)
{
    struct db_stmt *st = db_use(log, SQL_LOG_ALL, e);
    struct walk w = { .municipality = -1 };
    struct rows rows = { .st = st };

    while (rows_next(&rows, e)) {
        const char *wrong;

        if (db_int(st, 0) != w.municipality)
            w = (struct walk){ .municipality = db_int(st, 0) };
        if (w.broken)
            continue;
        wrong = check_row(st, &w);
        if (wrong != NULL) {
            struct err fault;

            err_clear(&fault);
            err_set(&fault, ERR_INPUT, wrong, "%lld %lld",
                    (long long)w.municipality, (long long)w.number + 1);
            say(ctx, &fault);
            ++*faults;
            w.broken = true;
        }
    }
    return rows_end(&rows);
}

void
ranges_init(struct ranges *r)
{
    *r = (struct ranges){ .from = 0 };
    buf_init(&r->text, RANGES_MAX);
}

static void
put_range(struct ranges *r)
{
    if (r->from == 0)
        return;
    if (r->text.len > 0)
        buf_byte(&r->text, ',');
    buf_printf(&r->text, "%lld", (long long)r->from);
    if (r->to > r->from)
        buf_printf(&r->text, "-%lld", (long long)r->to);
}

void
ranges_add(struct ranges *r, int64_t number)
{
    assert(number > r->to);
    r->count++;
    if (r->from != 0 && number == r->to + 1) {
        r->to = number;
        return;
    }
    put_range(r);
    r->from = r->to = number;
}

bool
ranges_finish(struct ranges *r, const char **text, struct err *e)
{
    put_range(r);
    r->from = 0;
    *text = buf_string(&r->text);
    return buf_ok(&r->text, e);
}

void
ranges_clear(struct ranges *r)
{
    buf_clear(&r->text);
}
