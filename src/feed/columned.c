/* columned.c - see columned.h.
 *
 * The file is made through the store's own reading, as the actor who asks,
 * and its log; or of the rows of an import, as they are written
 * (columned_early_begin). Making it is a favour: where it fails rows are
 * counted, and nobody hears of it. What counts is which registrations each
 * number is of, for the log of those who come later: the file's note is their
 * ranges. */
#include "feed/columned.h"
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "column/run.h"
#include "feed/decode.h"
#include "store/cache.h"

enum { THREADS = 2, THREAD_ROWS = 1 << 19 };    /* fewer are not worth one */

/* What a file of columns was made of: whatever may change what is counted
 * changes this, and another version of the program may derive otherwise. */
static void
origin_of(const struct columned *c, uint8_t origin[COLUMNS_ORIGIN])
{
    struct buf b;

    static_assert(COLUMNS_ORIGIN == crypto_hash_sha256_BYTES, "a hash");
    buf_init(&b, 0);
    buf_printf(&b, "%s %s\n", BRUKERPLAN_VERSION, c->in->sha256);
    for (int i = 0; i < c->in->facts.unit_count; i++)
        buf_printf(&b, "%s\n", c->in->facts.unit_ids[i]);
    for (int i = 0; i < c->count; i++) {
        const struct round *r = c->part[i].round;

        /* The last two are for who puts back a store's files by hand. */
        buf_printf(&b, "%s %d %d %d %d %lld %d %lld %lld\n", r->id,
                   r->municipality, r->year, r->period, r->from_age,
                   (long long)r->changes, r->definition,
                   (long long)r->next_number,
                   (long long)r->opted_out_deleted);
    }
    crypto_hash_sha256(origin, (const unsigned char *)buf_string(&b), b.len);
    buf_clear(&b);
}

static bool
is_closed(const struct columned *c)
{
    for (int i = 0; i < c->count; i++)
        if (c->part[i].round->status != ROUND_CLOSED)
            return false;
    return true;
}

/* Whether C can have columns, and ACTOR may be told all that they say. */
static bool
has_columns(const struct columned *c, const struct actor *actor)
{
    if (!actor->all_units || c->name == NULL)
        return false;
    for (int i = 0; i < c->count; i++) {
        const struct round *r = c->part[i].round;

        if (r->settle_due || r->training_of[0] != '\0')
            return false;
    }
    return true;
}

/* What rows go into: a maker, and the ranges of those that count. */
struct adding {
    struct column_maker *maker;
    struct ranges ranges;
};

static bool
add_row(void *ctx, const struct registration *r, const struct decoder *d,
        struct err *e)
{
    struct adding *a = ctx;
    bool counts = r->superseded_by == 0;

    if (counts)
        ranges_add(&a->ranges, r->number);
    return column_maker_add(a->maker, &d->row, counts, e);
}

/* Adds every complete registration of all parts to M; NOTE gets a line of
 * each: how many count, and which. */
static bool
add_parts(const struct columned *c, const struct actor *actor,
          const char *what, struct column_maker *m, struct buf *note,
          struct err *e)
{
    const struct scan_ask ask = { .complete_only = true, .what = what };
    bool ok = true;

    for (int i = 0; ok && i < c->count; i++) {
        struct adding a = { .maker = m };
        const char *text;

        ranges_init(&a.ranges);
        ok = decode_each(&c->part[i], actor, &ask, add_row, &a, e)
             && ranges_finish(&a.ranges, &text, e);
        if (ok)
            buf_printf(note, "%lld %s\n", (long long)a.ranges.count, text);
        ranges_clear(&a.ranges);
    }
    return ok && buf_ok(note, e);
}

/* Makes FILE. */
static bool
make(const struct columned *c, const struct actor *actor, const char *what,
     const uint8_t origin[COLUMNS_ORIGIN], const char *file, struct err *e)
{
    struct column_maker *m = column_maker_new(c->in, COLUMNS_ROWS_MAX);
    struct buf note;
    bool ok;

    buf_init(&note, 0);
    store_log_begin(c->store);
    ok = add_parts(c, actor, what, m, &note, e)
         && column_maker_write(m, origin, buf_string(&note), file, e);
    ok = store_log_finish(c->store, ok, e);
    column_maker_free(m);
    buf_clear(&note);
    return ok;
}

/* Whether the store, seen anew, still has of C what was read. */
static bool
is_current(const struct columned *c)
{
    struct err ignored = { 0 };
    struct store *now = store_again(c->store, &ignored);
    bool same = now != NULL;

    for (int i = 0; same && i < c->count; i++)
        if (!round_unchanged(now, c->part[i].round, &same, &ignored))
            same = false;
    store_close(now);
    return same;
}

void
columned_early_begin(struct columned_early *early, const struct columned *c,
                     struct column_maker *m, struct ranges *counting)
{
    const char *store = store_path(c->store), *text;
    uint8_t origin[COLUMNS_ORIGIN];
    struct err ignored = { 0 };
    struct buf note;
    bool ok;

    *early = (struct columned_early){ .lock = -1 };
    arena_init(&early->arena);
    if (store_purges(c->store)
        || !ranges_finish(counting, &text, &ignored)
        || !cache_begin(store, CACHE_USE, &early->lock, &ignored))
        return;
    early->file = cache_file(store, c->name, &early->arena);
    early->early = arena_printf(&early->arena, "%s.early", early->file);
    buf_init(&note, 0);
    buf_printf(&note, "%lld %s\n", (long long)counting->count, text);
    origin_of(c, origin);
    ok = buf_ok(&note, &ignored)
      && column_maker_write(m, origin, buf_string(&note), early->early,
                            &ignored);
    buf_clear(&note);
    if (!ok) {
        cache_end(early->lock);
        early->lock = -1;
    }
}

void
columned_early_end(struct columned_early *early, bool committed)
{
    if (early->lock >= 0
        && !(committed && rename(early->early, early->file) == 0))
        unlink(early->early);
    cache_end(early->lock);
    early->lock = -1;
    arena_clear(&early->arena);
}

struct columns *
columned_open(const struct columned *c, const struct actor *actor,
              const char *file, const char **why)
{
    uint8_t origin[COLUMNS_ORIGIN];

    *why = access(file, F_OK) == 0 ? "other" : "missing";
    if (!has_columns(c, actor))
        return NULL;
    origin_of(c, origin);
    return columns_open(file, c->in, origin, why);
}

/* C's columns, made if they have to be; NULL where that can't be. The store
 * may have changed since it was last looked at: what was read then may have
 * somebody in it who is deleted by now. Once it was seen that it has not,
 * nobody can be deleted until the lock is given back. */
static struct columns *
open_columns(const struct columned *c, const struct actor *actor,
             const char *what, const char *file, bool *made)
{
    uint8_t origin[COLUMNS_ORIGIN];
    struct err ignored = { 0 };
    const char *why;
    struct columns *columns;

    origin_of(c, origin);
    columns = columns_open(file, c->in, origin, &why);
    *made = columns == NULL;
    if (columns != NULL || !is_current(c)
        || !make(c, actor, what, origin, file, &ignored))
        return columns;
    if (!is_current(c)) {       /* of no use to the next one */
        unlink(file);
        return NULL;
    }
    return columns_open(file, c->in, origin, &why);
}

/* Logs the reading of every part, whose line of NOTE says what was read. */
static bool
log_parts(const struct columned *c, const struct actor *actor,
          const char *what, const char *note, struct err *e)
{
    bool ok = true;

    store_log_begin(c->store);
    for (int i = 0; ok && i < c->count; i++) {
        size_t len = strcspn(note, "\n");
        char *line = memcpy(mem_take(len + 1), note, len), *numbers;
        long long count = strtoll(line, &numbers, 10);

        note += len + (note[len] != '\0');
        ok = registration_log_read(c->store, actor, c->part[i].round, what,
                                   count, numbers + (*numbers == ' '), e);
        free(line);
    }
    return store_log_finish(c->store, ok, e);
}

bool
columned_run(const struct columned *c, const struct actor *actor,
             const char *what, struct run *run, bool *left, struct err *e)
{
    const char *store = store_path(c->store);
    struct err ignored = { 0 };
    struct arena arena;
    struct columns *columns;
    bool ok = true, made;
    int lock;

    *left = true;
    if (!is_closed(c) || !has_columns(c, actor)
        || !cache_begin(store, CACHE_USE, &lock, &ignored))
        return true;
    arena_init(&arena);
    columns = open_columns(c, actor, what,
                           cache_file(store, c->name, &arena), &made);
    if (columns != NULL) {
        int threads = columns->rows < (int64_t)THREADS * THREAD_ROWS
                    ? 1 : THREADS;

        *left = !columns_run(columns, c->in, run, -1, threads);
        if (!guard_whole(columns->guard))
            unlink(cache_file(store, c->name, &arena));
        /* Whoever made the file, or reads the rows that are left, has that
         * in the log already. */
        ok = made || *left || log_parts(c, actor, what, columns->note, e);
    }
    columns_close(columns);
    cache_end(lock);
    arena_clear(&arena);
    return ok;
}
