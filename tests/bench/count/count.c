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
#include "base/buf.h"
#include "column/run.h"
#include "national.h"

enum { TABLES = 128, FILE_MAX = 1 << 20, LINE = 256, TIMES = 4,
       READ_AT_ONCE = 64, READ_TIMES = 7 };

/* A table as its list says it; borrowed from the list. Rows are variables
 * with commas between, or conditions with semicolons. */
struct asked {
    const char *name, *rows, *columns, *where, *sum;
};

struct bench {
    struct instrument *in;
    struct columns *columns;
    struct asked asked[TABLES];
    int count;
};

static _Noreturn void
fail(const char *what, const struct err *e)
{
    fprintf(stderr, "count: %s %s %s %s\n", what,
            e != NULL ? e->key : "", e != NULL ? e->arg[0] : "",
            e != NULL ? e->field : "");
    exit(1);
}

/* Cuts off the next field of *LINE. */
static const char *
cut(char **line)
{
    char *field = strsep(line, "\t");

    return field != NULL ? field : "";
}

/* Takes in the tables of FILE, whose header is left out. */
static void
read_list(struct bench *b, const char *file)
{
    struct err e = { 0 };
    struct buf text;            /* kept: the tables are its words */
    char *rest, *line;

    buf_init(&text, FILE_MAX);
    if (!buf_read_file(&text, file, FILE_MAX, &e))
        fail(file, &e);
    rest = text.data;
    strsep(&rest, "\n");
    while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
        struct asked *a = &b->asked[b->count];

        if (b->count++ == TABLES)
            fail("too many tables", NULL);
        a->name = cut(&line);
        a->rows = cut(&line);
        a->columns = cut(&line);
        a->where = cut(&line);
        a->sum = cut(&line);
    }
}

static int
find(const struct instrument *in, const char *name, size_t len)
{
    int v = len > 0 ? instrument_variable(in, name, len) : -1;

    if (len > 0 && v < 0)
        fail(name, NULL);
    return v;
}

/* The rows of Q, by what is in the list, all in ARENA. */
static void
ask_rows(const struct bench *b, struct question *q, const char *rows,
         struct arena *arena)
{
    bool figures = strchr(rows, ';') != NULL;
    int *variable = arena_array(arena, QUESTION_ROWS_MAX, sizeof *variable);
    struct figure *figure = arena_array(arena, QUESTION_ROWS_MAX,
                                        sizeof *figure);
    int n = 0;

    for (const char *at = rows; ; at++) {
        size_t len = strcspn(at, figures ? ";" : ",");

        if (n == QUESTION_ROWS_MAX)
            fail("too many rows", NULL);
        if (figures)
            figure[n++] = (struct figure){
                .where = arena_printf(arena, "%.*s", (int)len, at), .sum = -1
            };
        else
            variable[n++] = find(b->in, at, len);
        at += len;
        if (*at == '\0')
            break;
    }
    if (figures) {
        q->figures = figure;
        q->figure_count = n;
    } else {
        q->rows = variable;
        q->row_count = n;
    }
}

static void
ask(const struct bench *b, struct plan *p, const struct asked *a,
    struct arena *arena)
{
    struct question q = {
        .where = a->where,
        .columns = find(b->in, a->columns, strlen(a->columns)),
        .sum = find(b->in, a->sum, strlen(a->sum))
    };
    struct err e = { 0 };

    ask_rows(b, &q, a->rows, arena);
    if (plan_add(p, &q, &e) < 0)
        fail(a->name, &e);
}

static double
moment(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Table I of the plan as lines. */
static void
print_table(const struct asked *a, const struct table *t,
            const struct instrument *in)
{
    for (int r = 0; r < t->row_count; r++)
        for (int c = 0; c < t->column_count; c++) {
            const struct question *q = t->question;
            int64_t n = t->cell[r * t->column_count + c];

            if (n == 0)
                continue;
            printf("%s\t", a->name);
            if (t->shape == SHAPE_FIGURES)
                printf("%d", r);
            else
                printf("%s", t->row_keys != NULL
                       ? t->row_keys[r].id : in->variables[q->rows[r]].id);
            printf("\t%s\t%" PRId64 "\n",
                   t->shape != SHAPE_FIGURES && t->column_keys != NULL
                   ? t->column_keys[c].id : "", n);
        }
}

/* Tables FIRST..LAST, by what KERNEL names; TIME gets the moments. */
static void
count(const struct bench *b, const char *kernel, int threads, int first,
      int last, bool print, double time[TIMES])
{
    struct arena arena;
    struct plan *plan;
    struct run *run;

    if (first < 0 || last >= b->count || threads < 1
        || threads > SWEEP_THREADS_MAX || !kernel_force(kernel))
        fail(kernel, NULL);
    time[0] = moment(CLOCK_MONOTONIC);
    arena_init(&arena);
    plan = plan_new(b->in);
    for (int i = first; i <= last; i++)
        ask(b, plan, &b->asked[i], &arena);
    time[1] = moment(CLOCK_MONOTONIC);
    run = run_new(plan);
    if (!columns_run(b->columns, b->in, run, -1, threads))
        fail("tables that columns can't answer", NULL);
    time[2] = moment(CLOCK_MONOTONIC);
    for (int i = first; i <= last; i++) {
        const struct table *t = run_table(run, i - first);

        if (print)
            print_table(&b->asked[i], t, b->in);
    }
    time[3] = moment(CLOCK_MONOTONIC);
    run_free(run);
    plan_free(plan);
    arena_clear(&arena);
}

static void
print_variable(const struct instrument *in, const char *name)
{
    const struct variable *v = &in->variables[find(in, name, strlen(name))];

    printf("%s\t%d\t", kind_word(v->kind),
           v->takes_unknown && v->derive == DERIVE_NONE && v->service < 0);
    for (int i = 0; v->kind == KIND_CODE && i < v->code_count; i++)
        printf("%s%s", i > 0 ? "," : "", v->codes[i].id);
    printf("\n");
}

static void
print_memory(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[LINE];
    long kib;

    if (f == NULL)
        fail("/proc", NULL);
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
        fail("memory", NULL);
    for (size_t i = 0; i < words; i++)
        at[i] = i;
    for (int k = 0; k < READ_TIMES; k++) {
        double begin = moment(CLOCK_MONOTONIC), took;

        for (size_t i = 0; i < words; i += 8)
            for (size_t j = 0; j < 8; j++)
                sum[j] += at[i + j];
        took = moment(CLOCK_MONOTONIC) - begin;
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
    int threads = 0, first = 0, last = b->count - 1;

    sscanf(line, "%200s %200s %d %d %d", word, name, &threads, &first,
           &last);
    if (strcmp(word, "size") == 0) {
        printf("%" PRId64 "\t%zu\t%d\n", b->columns->rows,
               b->columns->guard->bytes, b->count);
    } else if (strcmp(word, "kernels") == 0) {
        for (int i = 0; kernel_list[i] != NULL; i++)
            if (kernel_list[i]->runs_here())
                printf("%s\n", kernel_list[i]->id);
    } else if (strcmp(word, "variable") == 0) {
        print_variable(b->in, name);
    } else if (strcmp(word, "cells") == 0) {
        count(b, name, threads, first, last, true, t);
    } else if (strcmp(word, "time") == 0) {
        work = moment(CLOCK_PROCESS_CPUTIME_ID);
        count(b, name, threads, first, last, false, t);
        work = moment(CLOCK_PROCESS_CPUTIME_ID) - work;
        printf("%.9f\t%.9f\t%.9f\t%.9f\t%.9f\n", t[3] - t[0],
               t[1] - t[0], t[2] - t[1], t[3] - t[2], work);
    } else if (strcmp(word, "memory") == 0) {
        print_memory();
    } else if (strcmp(word, "bandwidth") == 0) {
        print_bandwidth((size_t)strtoull(name, NULL, 10));
    } else {
        fail(line, NULL);
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
        fail(why, NULL);
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
        fail("make|serve REGISTRATIONS COLUMNS [TABLES...]", NULL);
    n = strtoll(argv[2], NULL, 10);
    b.in = national_instrument(&e);
    if (b.in == NULL)
        fail("instrument", &e);
    if (strcmp(argv[1], "make") == 0) {
        if (!national_columns(b.in, n, argv[3], &e))
            fail(argv[3], &e);
    } else {
        for (int i = 4; i < argc; i++)
            read_list(&b, argv[i]);
        serve(&b, n, argv[3]);
    }
    instrument_free(b.in);
    return 0;
}
