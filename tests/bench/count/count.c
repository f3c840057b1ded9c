/* count.c - the program's side of the counting benchmark (count.py).
 *
 *     count make REGISTRATIONS COLUMNS
 *     count serve REGISTRATIONS COLUMNS TABLES.tsv...
 *
 * The first writes a file of columns. The second maps it, reads the lists
 * of tables, one after another, and does what it is told, a line each, words
 * between blanks; every answer ends with a line "end":
 *     size                            rows, bytes of the file, tables
 *     kernels                         those that run here, best first
 *     variable NAME                   kind, whether it may be unknown, codes
 *     cells KERNEL THREADS            every cell but zeros: table, row,
 *                                     column, value
 *     time KERNEL THREADS FIRST LAST  seconds for these tables: in all, and
 *                                     of that to make the plan, to count,
 *                                     to read the tables off; then those
 *                                     in which a processor worked
 *     memory                          the most that was in memory, in KiB
 *     bandwidth BYTES                 seconds to read so many, as often as
 *                                     they stay where they then are
 *
 * A time begins with the words of the questions and ends with tables. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "asked.h"
#include "column/run.h"
#include "national.h"

enum { LINE = 256, TIMES = 4, READ_AT_ONCE = 64, READ_TIMES = 7 };

struct bench {
    struct instrument *in;
    struct columns *columns;
    struct list list;
};

/* Tables FIRST..LAST, by what KERNEL names; TIME gets the moments. */
static void
count(const struct bench *b, const char *kernel, int threads, int first,
      int last, bool print, double time[TIMES])
{
    struct arena arena;
    struct plan *plan;
    struct run *run;

    if (first < 0 || last >= b->list.count || threads < 1
        || threads > SWEEP_THREADS_MAX || !kernel_force(kernel))
        bench_fail(kernel, NULL);
    time[0] = bench_moment(CLOCK_MONOTONIC);
    arena_init(&arena);
    plan = plan_new(b->in);
    for (int i = first; i <= last; i++)
        list_ask(b->in, plan, &b->list.asked[i], &arena);
    time[1] = bench_moment(CLOCK_MONOTONIC);
    run = run_new(plan);
    if (!columns_run(b->columns, b->in, run, -1, threads))
        bench_fail("tables that columns can't answer", NULL);
    time[2] = bench_moment(CLOCK_MONOTONIC);
    for (int i = first; i <= last; i++) {
        const struct table *t = run_table(run, i - first);

        if (print)
            list_print(&b->list.asked[i], t, b->in);
    }
    time[3] = bench_moment(CLOCK_MONOTONIC);
    run_free(run);
    plan_free(plan);
    arena_clear(&arena);
}

static void
print_memory(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[LINE];
    long kib;

    if (f == NULL)
        bench_fail("/proc", NULL);
    while (fgets(line, sizeof line, f) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            printf("%ld\n", kib);
    fclose(f);
}

/* The sum is told, so that reading isn't left out. */
static void
print_bandwidth(size_t bytes)
{
    size_t words = (bytes / READ_AT_ONCE + 1) * READ_AT_ONCE / 8;
    uint64_t *at = malloc(words * sizeof *at), sum[8] = { 0 };
    double best = 1e9;

    if (at == NULL)
        bench_fail("memory", NULL);
    for (size_t i = 0; i < words; i++)
        at[i] = i;
    for (int k = 0; k < READ_TIMES; k++) {
        double begin = bench_moment(CLOCK_MONOTONIC), took;

        for (size_t i = 0; i < words; i += 8)
            for (size_t j = 0; j < 8; j++)
                sum[j] += at[i + j];
        took = bench_moment(CLOCK_MONOTONIC) - begin;
        best = took < best ? took : best;
    }
    free(at);
    printf("%.9f\t%" PRIu64 "\n", best, sum[0] + sum[7]);
}

static void
obey(const struct bench *b, const char *line)
{
    char word[LINE] = "", name[LINE] = "";
    double t[TIMES], work;
    int threads = 0, first = 0, last = b->list.count - 1;

    sscanf(line, "%200s %200s %d %d %d", word, name, &threads, &first,
           &last);
    if (strcmp(word, "size") == 0) {
        printf("%" PRId64 "\t%zu\t%d\n", b->columns->rows,
               b->columns->guard->bytes, b->list.count);
    } else if (strcmp(word, "kernels") == 0) {
        for (int i = 0; kernel_list[i] != NULL; i++)
            if (kernel_list[i]->runs_here())
                printf("%s\n", kernel_list[i]->id);
    } else if (strcmp(word, "variable") == 0) {
        bench_variable(b->in, name);
    } else if (strcmp(word, "cells") == 0) {
        count(b, name, threads, first, last, true, t);
    } else if (strcmp(word, "time") == 0) {
        work = bench_moment(CLOCK_PROCESS_CPUTIME_ID);
        count(b, name, threads, first, last, false, t);
        work = bench_moment(CLOCK_PROCESS_CPUTIME_ID) - work;
        printf("%.9f\t%.9f\t%.9f\t%.9f\t%.9f\n", t[3] - t[0],
               t[1] - t[0], t[2] - t[1], t[3] - t[2], work);
    } else if (strcmp(word, "memory") == 0) {
        print_memory();
    } else if (strcmp(word, "bandwidth") == 0) {
        print_bandwidth((size_t)strtoull(name, NULL, 10));
    } else {
        bench_fail(line, NULL);
    }
    printf("end\n");
    fflush(stdout);
}

static void
serve(struct bench *b, int64_t registrations, const char *file)
{
    uint8_t origin[COLUMNS_ORIGIN];
    char line[LINE];
    const char *why = "";

    national_origin(registrations, origin);
    b->columns = columns_open(file, b->in, origin, &why);
    if (b->columns == NULL)
        bench_fail(why, NULL);
    while (fgets(line, sizeof line, stdin) != NULL)
        obey(b, line);
    columns_close(b->columns);
}

int
main(int argc, char **argv)
{
    struct bench b = { 0 };
    struct err e = { 0 };
    int64_t n;

    if (argc < 4)
        bench_fail("make|serve REGISTRATIONS COLUMNS [TABLES...]", NULL);
    n = strtoll(argv[2], NULL, 10);
    b.in = national_instrument(&e);
    if (b.in == NULL)
        bench_fail("instrument", &e);
    if (strcmp(argv[1], "make") == 0) {
        if (!national_columns(b.in, n, argv[3], &e))
            bench_fail(argv[3], &e);
    } else {
        for (int i = 4; i < argc; i++)
            list_read(&b.list, argv[i]);
        serve(&b, n, argv[3]);
    }
    instrument_free(b.in);
    return 0;
}
