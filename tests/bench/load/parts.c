/* parts.c - from a CSV to columns that can be counted, without a store
 * (load.py): what the program would need if nothing had to last.
 *
 *     parts STORE ROUND FILE.csv COLUMNS [PART [VARIABLE...]]
 *
 * Reads FILE as the import does, row by row, and does with each what PART
 * says and those before it: "rows", "cells", "check" what a registration may
 * not say, "choose" who counts - for which it is derived and ranked - and
 * "columns": the file COLUMNS is written, opened and counted once. Without
 * PART each of them in turn. Says a line each: what, the seconds that passed
 * and those in which a processor worked; of each VARIABLE, before it, its
 * name and how many have each of its values; at last the number of rows and of those
 * that count.
 *
 * The import knows a little more: numbers, opting out, and which tiers a unit
 * has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "calc/check.h"
#include "calc/contest.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "column/run.h"
#include "feed/decode.h"
#include "intake/cells.h"

enum part { READ, CELLS, CHECK, CHOOSE, COLUMNS, PARTS };

static const char *const names[PARTS] = {
    "rows", "cells", "check", "choose", "columns"
};

static const uint8_t origin[COLUMNS_ORIGIN];

struct loading {
    struct opened o;
    struct sheet sheet;
    struct cells cells;
    struct arena arena;
    struct outline outline;
    struct contest *contest;
    struct column_maker *maker;
    int32_t *value;
    int64_t count, complete;
    char **table;               /* TABLES variables to be counted */
    int tables;
    enum part part;
};

static _Noreturn void
fail(const char *what, const struct err *e)
{
    fprintf(stderr, "parts: %s %s %s\n", what, e->key, e->arg[0]);
    exit(1);
}

static void
say(void *ctx, const struct err *fault)
{
    (void)ctx;
    fail("the file has a fault:", fault);
}

/* Numbered as the maker has them. */
static void
keep(struct loading *l, struct err *e)
{
    const struct entry_row *from = &l->cells.row;
    const struct row row = {
        l->value, (const uint64_t *const *)from->set
    };
    const int *role = l->o.in->role;

    if (from->status != STATUS_COMPLETE)
        return;
    l->complete++;
    memcpy(l->value, from->value,
           (size_t)l->o.in->variable_count * sizeof *l->value);
    derive_by(&l->outline, l->value, row.set, NULL);
    if (from->has_pseudonym
        && !contest_add(l->contest, from->pseudonym,
                        rank_by(&l->outline, l->value,
                                l->value[role[ROLE_TIER]],
                                l->value[role[ROLE_COMPLETED_ON]],
                                l->complete), e))
        fail("contest", e);
    if (l->part >= COLUMNS && !column_maker_add(l->maker, &row, true, e))
        fail("columns", e);
}

static void
take_row(struct loading *l, struct err *e)
{
    struct entry_row *row = &l->cells.row;
    struct row answers = {
        row->value, (const uint64_t *const *)row->set
    };
    struct check_listener listener = { say, NULL, LANG_NB };

    if (l->part >= CELLS && !cells_read(&l->cells, e))
        fail("cells", e);
    if (l->part >= CHECK)
        check_by(&l->outline, &answers, CHECK_ASKED
                 | (row->status == STATUS_COMPLETE ? CHECK_COMPLETE : 0),
                 &listener);
    if (l->part >= CHOOSE)
        keep(l, e);
    l->count++;
}

static bool
supersede(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct loading *l = ctx;

    (void)size;
    if (by != 0 && l->part >= COLUMNS)
        column_maker_supersede(l->maker, number - 1);
    return true;
}

/* Adds the table of the variable NAME, which *V becomes. */
static void
add_table(const struct loading *l, struct plan *plan, const char *name,
          int *v, struct err *e)
{
    const struct question q = {
        .rows = v, .row_count = 1, .columns = -1, .sum = -1
    };

    *v = instrument_variable(l->o.in, name, strlen(name));
    if (*v < 0 || plan_add(plan, &q, e) < 0)
        fail(name, e);
}

static void
print_table(const char *name, const struct table *t)
{
    printf("%s", name);
    for (int i = 0; i < t->row_count; i++)
        printf("\t%lld", (long long)t->cell[i]);
    printf("\n");
}

/* How many count, by the file; prints the tables. */
static int64_t
count(const struct loading *l, const char *file, struct err *e)
{
    const struct question q = { .columns = -1, .sum = -1 };
    struct plan *plan = plan_new(l->o.in);
    const char *why = "";
    struct columns *c = columns_open(file, l->o.in, origin, &why);
    int variable[PLAN_TABLES_MAX];
    struct run *run;
    int64_t counting;

    if (c == NULL || plan_add(plan, &q, e) < 0)
        fail(why, e);
    for (int i = 0; i < l->tables; i++)
        add_table(l, plan, l->table[i], &variable[i], e);
    run = run_new(plan);
    if (!columns_run(c, l->o.in, run, -1, 1))
        fail("not by columns", e);
    counting = run_table(run, 0)->cell[0];
    for (int i = 0; i < l->tables; i++)
        print_table(l->table[i], run_table(run, i + 1));
    run_free(run);
    columns_close(c);
    plan_free(plan);
    return counting;
}

static void
begin(struct loading *l, const char *name, const struct listener *listener,
      struct err *e)
{
    struct sheet_names names_of = { cells_find, &l->o };

    l->count = l->complete = 0;
    l->contest = contest_new();
    l->maker = column_maker_new(l->o.in, COLUMNS_ROWS_MAX);
    if (!sheet_open(&l->sheet, name, NULL, 0, listener, e)
        || !sheet_header(&l->sheet, &names_of, e))
        fail(name, e);
    cells_init(&l->cells, &l->o, &l->sheet);
}

static void
end(struct loading *l)
{
    cells_clear(&l->cells);
    sheet_close(&l->sheet);
    contest_free(l->contest);
    column_maker_free(l->maker);
}

/* One way through the file; how many count, where that is known. */
static int64_t
run(struct loading *l, const char *file, struct err *e)
{
    bool more = true;

    while (sheet_next(&l->sheet, &more, e) && more)
        take_row(l, e);
    if (e->code != ERR_NONE)
        fail("rows", e);
    if (l->part >= CHOOSE && (!contest_decide(l->contest, e)
                              || !contest_each(l->contest, supersede, l)))
        fail("contest", e);
    if (l->part < COLUMNS)
        return -1;
    if (!column_maker_write(l->maker, origin, "", file, e))
        fail(file, e);
    return count(l, file, e);
}

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
set_up(struct loading *l, char **argv, struct err *e)
{
    struct store_options options = {
        .path = argv[1], .mode = STORE_READ, .clock = clock_system(),
        .random = random_system()
    };
    struct store *s = store_open(&options, e);

    if (s == NULL || !opened_init(&l->o, s, argv[2], e))
        fail(argv[1], e);
    arena_init(&l->arena);
    outline_init(&l->outline, l->o.in, &l->arena);
    l->value = mem_take((size_t)l->o.in->variable_count * sizeof *l->value);
}

int
main(int argc, char **argv)
{
    static struct loading l;
    struct err e = { .code = ERR_NONE };
    struct listener listener = { say, say, NULL, NULL, LANG_NB };
    int64_t counting = 0;

    if (argc < 5 || argc >= PLAN_TABLES_MAX)
        fail("STORE ROUND FILE.csv COLUMNS [PART [VARIABLE...]]", &e);
    set_up(&l, argv, &e);
    l.table = argv + 6;
    l.tables = argc > 6 ? argc - 6 : 0;
    for (int part = 0; part < PARTS; part++) {
        double passed, worked;

        if (argc > 5 && strcmp(argv[5], names[part]) != 0)
            continue;
        passed = seconds(CLOCK_MONOTONIC);
        worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
        l.part = (enum part)part;
        begin(&l, argv[3], &listener, &e);
        counting = run(&l, argv[4], &e);
        end(&l);
        printf("%s\t%.6f\t%.6f\n", names[part],
               seconds(CLOCK_MONOTONIC) - passed,
               seconds(CLOCK_PROCESS_CPUTIME_ID) - worked);
        fflush(stdout);
    }
    printf("%lld\t%lld\n", (long long)l.count, (long long)counting);
    return 0;
}
