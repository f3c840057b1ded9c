/* live_count.c - see live_round.h: counters, columns and their delta.
 *
 * A question that is none of the fixed is counted by columns of what there
 * was when they were made, and the delta: the rows that came since, and with
 * a minus those that went. Columns are made in memory's stead in a file that
 * is unlinked at once; no more is asked of it than what it was mapped for. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/array.h"
#include "column/run.h"
#include "feed/live_round.h"
#include "store/cache.h"
#include "store/log.h"
#include "tab/counter.h"

/* ---- the fixed tables ---- */

static void
fixed_init(struct live_round *r, struct fixed *f, enum scope scope, int runs)
{
    f->plan = plan_new(r->opened.in);
    r->options->ask(r->opened.in, scope, &r->arena, f->plan);
    if (f->plan->cells * runs > LIVE_CELLS_MAX)
        return;
    f->runs = runs;
    f->run = arena_array(&r->arena, (size_t)runs + 1, sizeof *f->run);
    for (int i = 0; i < runs; i++)
        f->run[i] = run_new(f->plan);
}

void
live_fixed_init(struct live_round *r)
{
    fixed_init(r, &r->all, SCOPE_RECIPIENTS, 1);
    fixed_init(r, &r->unit, SCOPE_UNIT, r->opened.round->unit_count);
}

static void
fixed_clear(struct fixed *f)
{
    for (int i = 0; i < f->runs; i++)
        run_free(f->run[i]);
    if (f->plan != NULL)
        plan_free(f->plan);
}

void
live_fixed_clear(struct live_round *r)
{
    fixed_clear(&r->all);
    fixed_clear(&r->unit);
}

static uint8_t *
row_of(const struct live_round *r, size_t i)
{
    return r->row + i * r->packing.bytes;
}

static const struct row *
unpack(struct live_round *r, const uint8_t *from)
{
    row_unpack(&r->packing, from, r->decoder.value, r->decoder.set);
    return &r->decoder.row;
}

/* What comes and goes after the columns were made. */
static void
note(struct live_round *r, size_t i, int unit, int sign)
{
    size_t bytes = r->packing.bytes;

    if (r->columns == NULL)
        return;
    if (r->delta_count == LIVE_DELTA_MAX) {
        live_columns_drop(r);
        return;
    }
    r->delta[r->delta_count] = (struct delta){ sign, unit };
    memcpy(r->delta_row + r->delta_count++ * bytes, row_of(r, i), bytes);
}

void
live_count_row(struct live_round *r, size_t i, int unit, int sign)
{
    const struct fixed *f = unit < 0 ? &r->all : &r->unit;
    int k = unit < 0 ? 0 : unit;

    if (live_training(r))
        return;
    note(r, i, unit, sign);
    if (k < f->runs)
        run_signed(f->run[k], unpack(r, row_of(r, i)), sign);
}

/* ---- how many there are ---- */

static int
compare_work(const struct work_count *a, const struct work_count *b)
{
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    if (a->status != b->status)
        return a->status < b->status ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

bool
live_count_work(struct live_round *r, const struct held *h, int n,
                struct err *e)
{
    const struct work_count one = {
        h->unit, h->tier, (enum status)h->status,
        h->status == STATUS_COMPLETE ? h->completed_on : -1, 0
    };
    size_t low = 0, high = r->works;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_work(&r->work[middle], &one) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == r->works || compare_work(&r->work[low], &one) != 0) {
        struct work_count *p = array_more(r->work, r->works, &r->work_room,
                                          sizeof *p, e);

        if (p == NULL)
            return false;
        r->work = p;
        memmove(r->work + low + 1, r->work + low,
                (r->works++ - low) * sizeof *r->work);
        r->work[low] = one;
    }
    r->work[low].count += n;
    return true;
}

/* ---- answering ---- */

/* Whether held I is of what is counted of UNIT. */
static bool
is_among(const struct live_round *r, size_t i, int unit)
{
    const struct held *h = &r->held[i];

    return h->status == STATUS_COMPLETE
           && (unit < 0 ? h->counts : h->unit == unit);
}

static void
count_rows(struct live_round *r, int unit, struct run *run)
{
    for (size_t i = 0; i < r->count; i++)
        if (is_among(r, i, unit))
            run_row(run, unpack(r, row_of(r, i)));
}

static void
count_delta(struct live_round *r, int unit, struct run *run)
{
    for (size_t i = 0; i < r->delta_count; i++)
        if (r->delta[i].unit == unit)
            run_signed(run, unpack(r, r->delta_row + i * r->packing.bytes),
                       r->delta[i].sign);
}

/* Counts by columns what they can answer of RUN, and the delta for the same
 * tables; the others by rows. */
static void
count_columns(struct live_round *r, int unit, struct run *run)
{
    int count = run->plan->count;

    if (!columns_run(r->columns, run->plan->in, run, unit, 1))
        count_rows(r, unit, run);
    for (int i = 0; i < count; i++)
        run->counter[i].elsewhere = !run->counter[i].elsewhere;
    count_delta(r, unit, run);
    if (!guard_whole(r->columns->guard))
        live_columns_drop(r);
}

/* The tables of RUN that are not yet counted elsewhere, in a plan and run
 * of their own. */
static void
count_left(struct live_round *r, int unit, struct run *run)
{
    struct plan *left = mem_take(sizeof *left);
    struct run *other;

    memset(left, 0, sizeof *left);
    left->in = run->plan->in;
    for (int i = 0; i < run->plan->count; i++)
        if (!run->counter[i].elsewhere)
            left->table[left->count++] = run->plan->table[i];
    other = run_new(left);
    if (r->columns != NULL) {
        count_columns(r, unit, other);
    } else {
        r->wants_columns = !r->no_columns;
        count_rows(r, unit, other);
    }
    run_take(run, other);
    run_free(other);
    free(left);
}

void
live_count(struct live_round *r, int unit, struct run *run)
{
    const struct fixed *f = unit < 0 ? &r->all : &r->unit;
    int k = unit < 0 ? 0 : unit;
    int64_t rows = run->rows;

    if (k >= f->runs || run_take(run, f->run[k]) > 0)
        count_left(r, unit, run);
    for (int i = 0; i < r->opened.round->unit_count; i++)
        if (unit < 0)
            rows += r->units[i].counting;
        else if (unit == i)
            rows += r->units[i].complete;
    run->rows = rows;
}

/* ---- which they are ---- */

static bool
is_said(const struct live_round *r, size_t i, int unit)
{
    switch (unit) {
    case SAID_ALL:
        return r->held[i].status != HELD_GONE;
    case SAID_COMPLETE:
        return r->held[i].status == STATUS_COMPLETE;
    default:
        return is_among(r, i, unit);
    }
}

const struct said *
live_said(struct live_round *r, int unit)
{
    struct said *s = &r->said[unit - SAID_ALL];
    struct ranges ranges;
    struct err ignored = { 0 };
    const char *text;

    if (s->numbers != NULL)
        return s;
    ranges_init(&ranges);
    for (size_t i = 0; i < r->count; i++)
        if (is_said(r, r->order[i], unit))
            ranges_add(&ranges, r->held[r->order[i]].number);
    if (ranges_finish(&ranges, &text, &ignored)) {
        size_t n = strlen(text) + 1;

        s->numbers = memcpy(mem_take(n), text, n);
        s->count = ranges.count;
    }
    ranges_clear(&ranges);
    return s->numbers != NULL ? s : NULL;
}

void
live_said_forget(struct live_round *r)
{
    for (int i = 0; i < r->opened.round->unit_count - SAID_ALL; i++) {
        free(r->said[i].numbers);
        r->said[i].numbers = NULL;
    }
}

/* ---- columns ---- */

void
live_columns_drop(struct live_round *r)
{
    columns_close(r->columns);
    r->columns = NULL;
    mem_wipe(r->delta_row, LIVE_DELTA_MAX * r->packing.bytes);
    free(r->delta);
    r->delta_row = NULL;
    r->delta = NULL;
    r->delta_count = 0;
}

/* Every complete registration, as the columns of FILE. */
static bool
write_columns(struct live_round *r, const uint8_t origin[COLUMNS_ORIGIN],
              const char *file, struct err *e)
{
    struct column_maker *m = column_maker_new(r->opened.in,
                                              COLUMNS_ROWS_MAX);
    bool ok = true;

    for (size_t i = 0; ok && i < r->count; i++) {
        size_t k = r->order[i];

        if (r->held[k].status == STATUS_COMPLETE)
            ok = column_maker_add(m, unpack(r, row_of(r, k)),
                                  r->held[k].counts, e);
    }
    ok = ok && column_maker_write(m, origin, "", file, e);
    column_maker_free(m);
    return ok;
}

void
live_columns_make(struct live_round *r)
{
    uint8_t origin[COLUMNS_ORIGIN];
    const char *store = store_path(r->store), *file, *why;
    struct err ignored = { 0 };
    struct arena arena;
    int64_t changes;
    bool current;
    int lock;

    live_columns_drop(r);
    if (live_training(r) || !cache_begin(store, CACHE_USE, &lock, &ignored))
        return;
    arena_init(&arena);
    file = cache_file(store, arena_printf(&arena, "@live-%s", r->id),
                      &arena);
    randombytes_buf(origin, sizeof origin);
    /* Who deletes has the lock alone until it is committed: what was read
     * before that must not be written down after it. The next question asks
     * for columns again. */
    current = round_changes(r->store, r->opened.round, &changes, &ignored)
              && changes == r->changes;
    if (current && write_columns(r, origin, file, &ignored))
        r->columns = columns_open(file, r->opened.in, origin, &why);
    unlink(file);
    cache_end(lock);
    arena_clear(&arena);
    r->no_columns = current && r->columns == NULL;
    if (r->columns == NULL)
        return;
    r->delta = malloc(LIVE_DELTA_MAX * sizeof *r->delta);
    r->delta_row = malloc(LIVE_DELTA_MAX * r->packing.bytes);
    if (r->delta == NULL || r->delta_row == NULL)
        live_columns_drop(r);
}
