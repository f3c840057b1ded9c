/* columned_check.c - files of columns against what they were made of; see
 * columned.h.
 *
 * Rows are counted in the plain way, by a plan of its own, and every number
 * of every table is compared, those beside the cells too. What no column
 * says is left out: it is never counted by them. */
#include <string.h>
#include <unistd.h>
#include "column/run.h"
#include "feed/columned.h"
#include "feed/decode.h"
#include "store/cache.h"

enum { TABLES_MAX = PLAN_TABLES_MAX };

struct comparing {
    const struct columned *c;
    const struct actor *actor;
    void (*say)(void *ctx, const struct err *fault);
    void *ctx;
    int64_t *faults;
    const char *file;
    struct plan *plan;
    const char *id[TABLES_MAX]; /* of the plan's tables */
};

/* TABLE differs; NULL: the file can't be read. */
static void
tell(struct comparing *k, const char *table)
{
    struct err f = { .code = ERR_NONE };

    if (table != NULL)
        err_set(&f, ERR_INPUT, "check.columns", "%s %s", k->c->name, table);
    else
        err_set(&f, ERR_INPUT, "check.columns_damaged", "%s", k->c->name);
    k->say(k->ctx, &f);
    ++*k->faults;
    unlink(k->file);
}

/* The tables of all reports, as far as a plan takes them. */
static void
plan_tables(struct comparing *k)
{
    const struct instrument *in = k->c->in;

    k->plan = plan_new(in);
    for (int i = 0; i < in->table_count; i++) {
        const struct table_def *t = &in->tables[i];
        const struct question q = {
            .rows = t->rows, .row_count = t->row_count,
            .columns = t->columns, .where = t->where, .sum = t->sum,
            .figures = t->figures, .figure_count = t->figure_count
        };
        struct err refused = { .code = ERR_NONE };
        int at = plan_add(k->plan, &q, &refused);

        if (at >= 0)
            k->id[at] = t->id;
    }
}

static bool
add_row(void *ctx, const struct registration *r, const struct decoder *d,
        struct err *e)
{
    struct run *run = ctx;

    (void)e;
    if (r->superseded_by == 0)
        run_row(run, &d->row);
    return true;
}

static bool
count_rows(const struct comparing *k, struct run *run, struct err *e)
{
    const struct scan_ask ask = { .complete_only = true, .what = "check" };
    bool ok = true;

    store_log_begin(k->c->store);
    for (int i = 0; ok && i < k->c->count; i++)
        ok = decode_each(&k->c->part[i], k->actor, &ask, add_row, run, e);
    return store_log_finish(k->c->store, ok, e);
}

/* Tells of the first table that differs: more would say no more. */
static void
compare(struct comparing *k, struct run *fast, struct run *slow)
{
    for (int i = 0; i < plan_count(k->plan); i++)
        if (tally_takes(k->plan, i) && !run_same(fast, slow, i)) {
            tell(k, k->id[i]);
            return;
        }
}

static bool
check_file(struct comparing *k, const struct columns *columns,
           struct err *e)
{
    struct run *fast, *slow;
    bool ok;

    plan_tables(k);
    fast = run_new(k->plan);
    slow = run_new(k->plan);
    (void)columns_run(columns, k->c->in, fast, -1, 1);
    ok = count_rows(k, slow, e);
    if (ok && !guard_whole(columns->guard))
        tell(k, NULL);
    else if (ok)
        compare(k, fast, slow);
    run_free(fast);
    run_free(slow);
    plan_free(k->plan);
    return ok;
}

bool
columned_check(const struct columned *c, const struct actor *actor,
               void (*say)(void *ctx, const struct err *fault), void *ctx,
               int64_t *faults, struct err *e)
{
    struct comparing k = { c, actor, say, ctx, faults, NULL, NULL, { NULL } };
    const char *path = store_path(c->store), *why;
    struct err ignored = { 0 };
    struct columns *columns;
    struct arena arena;
    bool ok = true;
    int lock;

    /* Where nobody can take the lock nobody counts by columns. */
    if (!actor->all_units
        || !cache_begin(path, CACHE_USE, &lock, &ignored))
        return true;
    arena_init(&arena);
    k.file = cache_file(path, c->name, &arena);
    columns = columned_open(c, actor, k.file, &why);
    if (columns != NULL)
        ok = check_file(&k, columns, e);
    else if (strcmp(why, "damaged") == 0)
        tell(&k, NULL);
    else if (strcmp(why, "other") == 0)
        unlink(k.file);
    columns_close(columns);
    cache_end(lock);
    arena_clear(&arena);
    return ok;
}

/* Whether somebody may come to count by the file of ROUND. */
static bool
is_of_use(struct store *s, const char *round, bool *use, struct err *e)
{
    struct arena arena;
    struct round *r;
    bool ok;

    *use = strcmp(round, CACHE_ALL) == 0;
    if (*use)
        return true;
    arena_init(&arena);
    ok = round_load(s, round, &arena, &r, e);
    *use = ok && r->status != ROUND_SETUP && r->training_of[0] == '\0';
    if (!ok && e->code == ERR_INPUT) {
        err_clear(e);
        ok = true;
    }
    arena_clear(&arena);
    return ok;
}

bool
columned_tidy(struct store *s, struct err *e)
{
    const char *path = store_path(s);
    const char *const *round;
    struct arena arena;
    bool ok = true, use;

    arena_init(&arena);
    cache_tidy(path);
    for (round = cache_rounds(path, &arena); ok && *round != NULL; round++) {
        ok = is_of_use(s, *round, &use, e);
        if (ok && !(use && columns_known(cache_file(path, *round, &arena))))
            cache_drop(path, *round);
    }
    arena_clear(&arena);
    return ok;
}
