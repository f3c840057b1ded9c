/* columned.c - see columned.h.
 *
 * The file is made through the store's own reading, as the actor who asks,
 * and its log. Making it is a favour: where it fails rows are counted, and
 * nobody hears of it. What counts is which registrations each number is of,
 * for the log of those who come later: the file's note is their ranges. */
#include "feed/columned.h"
#include <assert.h>
#include <sodium.h>
#include <unistd.h>
#include "base/buf.h"
#include "calc/derive.h"
#include "column/sweep.h"
#include "feed/decode.h"
#include "store/cache.h"
#include "store/log.h"

enum { THREADS = 2, THREAD_ROWS = 1 << 19 };    /* fewer are not worth one */

/* What a file of columns was made of: whatever may change what is counted
 * changes this. */
static void
made_of(const struct opened *o, uint8_t origin[COLUMNS_ORIGIN])
{
    const struct round *r = o->round;
    struct buf b;

    static_assert(COLUMNS_ORIGIN == crypto_hash_sha256_BYTES, "a hash");
    buf_init(&b, 0);
    buf_printf(&b, "%s %d %d %d %d %lld %lld %d %s", r->id, r->municipality,
               r->year, r->period, r->from_age, (long long)r->changes,
               (long long)r->opted_out_deleted, r->definition,
               o->in->sha256);
    for (int i = 0; i < r->unit_count; i++)
        buf_printf(&b, " %s", r->units[i].id);
    crypto_hash_sha256(origin, (const unsigned char *)buf_string(&b), b.len);
    buf_clear(&b);
}

/* Whether O has columns, and ACTOR may be told all that they say. */
static bool
has_columns(const struct opened *o, const struct actor *actor)
{
    const struct round *r = o->round;

    return actor->all_units && r->status == ROUND_CLOSED && !r->settle_due
        && r->training_of[0] == '\0';
}

/* Adds every complete registration to M, those that count to RANGES. */
static bool
add_rows(struct opened *o, const struct actor *actor, const char *what,
         struct column_maker *m, struct ranges *ranges, struct err *e)
{
    struct scan_ask ask = { .complete_only = true, .what = what };
    const struct registration *r;
    struct decoder d;
    struct scan *scan = scan_begin(o->store, actor, o->round, &ask, e);
    bool ok = scan != NULL;

    if (!ok)
        return false;
    decoder_init(&d, o);
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL) {
        bool counts = r->superseded_by == 0;

        if (counts)
            ranges_add(ranges, r->number);
        ok = decode(&d, r, e);
        if (ok) {
            derive_row(o->in, d.value, d.row.set, NULL);
            ok = column_maker_add(m, &d.row, counts, e);
        }
    }
    decoder_clear(&d);
    return scan_end(scan, e) && ok;
}

/* Makes FILE. */
static bool
make(struct opened *o, const struct actor *actor, const char *what,
     const uint8_t origin[COLUMNS_ORIGIN], const char *file, struct err *e)
{
    struct column_maker *m = column_maker_new(o->in, COLUMNS_ROWS_MAX);
    struct ranges ranges;
    const char *text;
    bool ok;

    ranges_init(&ranges);
    ok = add_rows(o, actor, what, m, &ranges, e)
         && ranges_finish(&ranges, &text, e)
         && column_maker_write(m, origin, text, file, e);
    column_maker_free(m);
    ranges_clear(&ranges);
    return ok;
}

/* The round's columns, made if they have to be; NULL where that can't be.
 * The store may have changed since it was last looked at: what was read
 * then may have somebody in it who is deleted by now, so a file that was
 * made is only left where the store, seen anew, is still the same. */
static struct columns *
open_columns(struct opened *o, const struct actor *actor, const char *what,
             const char *file)
{
    uint8_t origin[COLUMNS_ORIGIN];
    struct err ignored = { 0 };
    const char *why;
    struct columns *c;
    bool same;

    made_of(o, origin);
    c = columns_open(file, o->in, origin, &why);
    if (c != NULL || !make(o, actor, what, origin, file, &ignored))
        return c;
    if (!round_unchanged(o->store, o->round, &same, &ignored) || !same) {
        unlink(file);
        return NULL;
    }
    return columns_open(file, o->in, origin, &why);
}

static bool
count(struct opened *o, const struct actor *actor, const char *what,
      const struct columns *c, struct run *run, bool *left, struct err *e)
{
    int threads = c->rows >= (int64_t)THREADS * THREAD_ROWS ? THREADS : 1;
    int64_t seen = run_seen(run);

    *left = !columns_run(c, o->in, run, -1, threads);
    return registration_log_read(o->store, actor, o->round, what,
                                 run_seen(run) - seen, c->note, e);
}

bool
columned_run(struct opened *o, const struct actor *actor, const char *what,
             struct run *run, bool *left, struct err *e)
{
    const char *store = store_path(o->store);
    struct err ignored = { 0 };
    struct arena arena;
    struct columns *c;
    bool ok = true;
    int lock;

    *left = true;
    if (!has_columns(o, actor)
        || !cache_begin(store, CACHE_USE, &lock, &ignored))
        return true;
    arena_init(&arena);
    c = open_columns(o, actor, what, cache_file(store, o->round->id, &arena));
    if (c != NULL)
        ok = count(o, actor, what, c, run, left, e);
    columns_close(c);
    cache_end(lock);
    arena_clear(&arena);
    return ok;
}
