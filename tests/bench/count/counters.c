/* counters.c - one round's tables from its counters, for the benchmark
 * (counters.py).
 *
 *     counters STORE ROUND TABLES.tsv
 *
 * Takes ROUND into memory (feed/live.h) with the tables as its fixed ones,
 * and does what it is told, a line each; every answer ends with a line "end":
 *     size                recipients, tables, their cells
 *     variable NAME       kind, whether it may be unknown, codes
 *     cells               every cell but zeros: table, row, column, value
 *     time TIMES          seconds a report, the mean of so many: finished
 *                         tables read off the counters; the same of a copy
 *                         of them, which is what is handed out; the same and
 *                         the plan from the words; the same and the record
 *                         for the access log, as a page has it
 *     update TIMES        seconds, the mean of so many registrations in
 *                         turn: read again from the store, taken out of all
 *                         counters and put in again, and decided; of that
 *                         in memory alone
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "asked.h"
#include "feed/live_private.h"
#include "store/log_queue.h"
#include "tab/counter.h"

enum { LINE = 256 };

static struct list list;

struct bench {
    struct store *store;
    struct log_queue *log;
    struct live *live;
    struct opened o;
    struct entry *entry;
    struct arena arena;
    struct plan *plan;
};

static const struct actor actor = {
    .name = "bench", .rights = "coordinator", .purpose = "bench",
    .all_units = true
};

static void
add_tables(const struct instrument *in, enum scope scope,
           struct arena *arena, struct plan *plan)
{
    (void)scope;
    for (int i = 0; i < list.count; i++)
        list_ask(in, plan, &list.asked[i], arena);
}

static void
start(struct bench *b, const char *store, const char *round)
{
    const struct store_options options = {
        .path = store, .mode = STORE_READ, .clock = clock_system(),
        .random = random_system()
    };
    struct live_options live = { .ask = add_tables };
    struct err e = { 0 };
    bool busy;

    b->store = store_open(&options, &e);
    if (b->store == NULL || !opened_init(&b->o, b->store, round, &e))
        bench_fail(store, &e);
    b->log = log_queue_start(store, &e);
    store_set_log_queue(b->store, b->log);
    live.store = b->store;
    b->live = live_start(&live, &e);
    if (b->log == NULL || b->live == NULL)
        bench_fail("live", &e);
    b->o.live = b->live;
    arena_init(&b->arena);
    b->plan = plan_new(b->o.in);
    add_tables(b->o.in, SCOPE_RECIPIENTS, &b->arena, b->plan);
    if (live_use(b->live, &b->o, &actor) != NULL)
        bench_fail("before it was made", NULL);
    live_work(b->live, &busy);
    b->entry = live_use(b->live, &b->o, &actor);
    if (b->entry == NULL)
        bench_fail("the round is not in memory", NULL);
    live_leave(b->live, b->entry);
}

/* The tables of a run that is counted, all read off. */
static int64_t
read_off(struct run *run)
{
    int64_t sum = 0;

    for (int i = 0; i < list.count; i++)
        sum += run_table(run, i)->base[0];
    return sum;
}

/* From counters to tables, read off where they are counted. */
static double
time_read(struct bench *b, int times)
{
    struct run *run = b->entry->round->all.run[0];
    double begin = bench_moment(CLOCK_MONOTONIC);

    for (int i = 0; i < times; i++)
        if (read_off(run) == 0)
            bench_fail("nobody", NULL);
    return (bench_moment(CLOCK_MONOTONIC) - begin) / times;
}

/* The same from a copy of the counters, which is what is handed out. */
static double
time_tables(struct bench *b, int times)
{
    double begin = bench_moment(CLOCK_MONOTONIC);

    for (int i = 0; i < times; i++) {
        struct run *run = run_new(b->plan);

        live_count(b->entry->round, -1, run);
        if (read_off(run) == 0)
            bench_fail("nobody", NULL);
        run_free(run);
    }
    return (bench_moment(CLOCK_MONOTONIC) - begin) / times;
}

static double
time_words(struct bench *b, int times)
{
    double begin = bench_moment(CLOCK_MONOTONIC);

    for (int i = 0; i < times; i++) {
        struct arena arena;
        struct plan *plan = plan_new(b->o.in);
        struct run *run;

        arena_init(&arena);
        add_tables(b->o.in, SCOPE_RECIPIENTS, &arena, plan);
        run = run_new(plan);
        live_count(b->entry->round, -1, run);
        read_off(run);
        run_free(run);
        plan_free(plan);
        arena_clear(&arena);
    }
    return (bench_moment(CLOCK_MONOTONIC) - begin) / times;
}

static double
time_page(struct bench *b, int times)
{
    double begin = bench_moment(CLOCK_MONOTONIC);

    for (int i = 0; i < times; i++) {
        struct err e = { 0 };
        struct arena arena;
        struct plan *plan = plan_new(b->o.in);
        struct run *run;

        arena_init(&arena);
        add_tables(b->o.in, SCOPE_RECIPIENTS, &arena, plan);
        run = run_new(plan);
        if (!feed_run(&b->o, &actor, SCOPE_RECIPIENTS, NULL, "bench", plan,
                      run, &e))
            bench_fail("run", &e);
        read_off(run);
        run_free(run);
        plan_free(plan);
        arena_clear(&arena);
    }
    return (bench_moment(CLOCK_MONOTONIC) - begin) / times;
}

static void
print_cells(struct bench *b)
{
    struct run *run = run_new(b->plan);
    struct err e = { 0 };

    if (!feed_run(&b->o, &actor, SCOPE_RECIPIENTS, NULL, "bench", b->plan,
                  run, &e))
        bench_fail("run", &e);
    for (int i = 0; i < list.count; i++)
        list_print(&list.asked[i], run_table(run, i), b->o.in);
    run_free(run);
}

/* Taken out of the counters of all and of a unit, and put in again. */
static double
time_rows(struct live_round *r, int times)
{
    double begin = bench_moment(CLOCK_MONOTONIC);

    for (int i = 0; i < times; i++) {
        size_t k = (size_t)i % r->count;

        if (r->held[k].status != STATUS_COMPLETE)
            continue;
        for (int sign = -1; sign <= 1; sign += 2) {
            live_count_row(r, k, r->held[k].unit, sign);
            if (r->held[k].counts)
                live_count_row(r, k, -1, sign);
        }
    }
    return (bench_moment(CLOCK_MONOTONIC) - begin) / times;
}

static void
print_update(struct bench *b, int times)
{
    struct live_round *r = b->entry->round;
    double begin = bench_moment(CLOCK_MONOTONIC), took;
    struct err e = { 0 };

    for (int i = 0; i < times; i++) {
        size_t k = (size_t)i % r->count;

        if (!live_round_take(r, r->held[k].number, &e))
            bench_fail("take", &e);
        live_round_decide(r);
    }
    took = (bench_moment(CLOCK_MONOTONIC) - begin) / times;
    printf("%.9f\t%.9f\n", took, time_rows(r, times));
    if (!live_check(b->live, &e))
        bench_fail("check", &e);
}

static void
obey(struct bench *b, const char *line)
{
    char word[LINE] = "", name[LINE] = "";
    const struct live_round *r = b->entry->round;
    int times;

    sscanf(line, "%200s %200s", word, name);
    times = atoi(name);
    if (strcmp(word, "size") == 0)
        printf("%" PRId64 "\t%d\t%" PRId64 "\n",
               run_seen(r->all.run[0]), list.count, r->all.plan->cells);
    else if (strcmp(word, "variable") == 0)
        bench_variable(b->o.in, name);
    else if (strcmp(word, "cells") == 0)
        print_cells(b);
    else if (strcmp(word, "time") == 0 && times > 0)
        printf("%.9f\t%.9f\t%.9f\t%.9f\n", time_read(b, times),
               time_tables(b, times), time_words(b, times),
               time_page(b, times));
    else if (strcmp(word, "update") == 0 && times > 0)
        print_update(b, times);
    else
        bench_fail(line, NULL);
    printf("end\n");
    fflush(stdout);
}

int
main(int argc, char **argv)
{
    struct bench b = { 0 };
    struct err e = { 0 };
    char line[LINE];

    if (argc != 4)
        bench_fail("STORE ROUND TABLES", NULL);
    list_read(&list, argv[3]);
    start(&b, argv[1], argv[2]);
    while (fgets(line, sizeof line, stdin) != NULL)
        obey(&b, line);
    plan_free(b.plan);
    arena_clear(&b.arena);
    live_stop(b.live);
    if (!log_queue_stop(b.log, &e))
        bench_fail("log", &e);
    opened_clear(&b.o);
    store_close(b.store);
    return 0;
}
