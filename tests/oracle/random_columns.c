/* random_columns.c - counting by columns against counting row by row.
 *
 *     random_columns [SEED [PLANS [FILE]]]
 *
 * Random rows, as many as stand around the edges of words, vectors and
 * blocks; random questions of them; every kernel that runs here, and one to
 * three threads. FILE is where the columns are written (one of this process).
 * Stops with exit 1 at the first number that is not the same. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "random_question.h"
#include "../unit/tiny_instrument.h"
#include "column/run.h"

enum { PLANS = 60, A_PLAN = 12, UNITS = 67, SET_WORDS = 2, PEOPLE = 40000 };

struct test {
    struct chance chance;
    const struct instrument *in;
    const char *file;
    struct arena people;        /* rows, sets, who counts */
    struct row *row;
    bool *counts;
    int count;
    int64_t tables, cells, left;
};

static int
random_size(struct chance *c)
{
    static const int size[] = {
        0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, BLOCK_ROWS - 1,
        BLOCK_ROWS, BLOCK_ROWS + 1, 2 * BLOCK_ROWS, 2 * BLOCK_ROWS + 1
    };
    int n = sizeof size / sizeof *size;

    return chance_of(c, 60) ? size[chance_int(c, 0, n - 1)]
         : chance_of(c, 80) ? chance_int(c, 1, 3000)
                            : chance_int(c, 1, PEOPLE);
}

/* The keys of stretches take few values in a round. */
static void
few_keys(struct test *t, int32_t *value, int many)
{
    static const enum role role[] = { ROLE_MUNICIPALITY, ROLE_YEAR,
                                      ROLE_PERIOD, ROLE_UNIT };

    for (int i = 0; i < 4; i++) {
        int v = t->in->role[role[i]];
        const struct variable *var = &t->in->variables[v];
        int most = var->kind == KIND_CODE ? var->code_count - 1
                 : var->kind == KIND_TEXT4 ? 9999 : var->max;
        int least = var->kind == KIND_INT ? var->min : 0;

        if (value[v] >= 0)
            value[v] = chance_int(&t->chance, least,
                                  least + many < most ? least + many : most);
    }
}

static void
random_people(struct test *t)
{
    bool high = chance_of(&t->chance, 50), all = chance_of(&t->chance, 20);
    int sets = t->in->set_count, many = chance_int(&t->chance, 0, 3);

    t->count = random_size(&t->chance);
    t->row = arena_array(&t->people, (size_t)t->count, sizeof *t->row);
    t->counts = arena_array(&t->people, (size_t)t->count, 1);
    for (int i = 0; i < t->count; i++) {
        int32_t *value = arena_array(&t->people,
                                     (size_t)t->in->variable_count,
                                     sizeof *value);
        uint64_t **bits = arena_array(&t->people, (size_t)sets,
                                      sizeof *bits);

        for (int s = 0; s < sets; s++)
            bits[s] = arena_array(&t->people, SET_WORDS, sizeof **bits);
        random_person(&t->chance, t->in, high, value, bits);
        few_keys(t, value, many);
        t->row[i] = (struct row){ value, (const uint64_t *const *)bits };
        t->counts[i] = all || chance_of(&t->chance, 85);
    }
}

static struct columns *
make_columns(struct test *t)
{
    struct column_maker *m = column_maker_new(t->in, t->count);
    uint8_t origin[COLUMNS_ORIGIN] = { 1, 2, 3 };
    struct columns *c = NULL;
    struct err e = { 0 };
    const char *why = "not made";
    bool ok = true;

    for (int i = 0; ok && i < t->count; i++)
        ok = column_maker_add(m, &t->row[i], t->counts[i], &e);
    if (ok && column_maker_write(m, origin, "note", t->file, &e))
        c = columns_open(t->file, t->in, origin, &why);
    if (c != NULL && strcmp(c->note, "note") != 0)
        exit(1);
    if (c == NULL) {
        printf("no columns: %s %s %s\n", e.key, e.arg[0], why);
        exit(1);
    }
    column_maker_free(m);
    unlink(t->file);
    return c;
}

static _Noreturn void
differs(const struct question *q, const struct instrument *in,
        const char *what, int64_t was, int64_t is, const char *kernel)
{
    printf("%s: %" PRId64 " by columns (%s), %" PRId64 " by rows\n  where: "
           "%s\n  and: %s\n  rows:", what, is, kernel, was,
           q->where != NULL ? q->where : "",
           q->and_where != NULL ? q->and_where : "");
    for (int i = 0; i < q->row_count; i++)
        printf(" %s", in->variables[q->rows[i]].id);
    printf("\n  columns: %s\n  sum: %s\n  figures: %d\n",
           q->columns >= 0 ? in->variables[q->columns].id : "",
           q->sum >= 0 ? in->variables[q->sum].id : "", q->figure_count);
    exit(1);
}

static void
same_table(struct test *t, const struct table *a, const struct table *b,
           const char *kernel)
{
    int64_t cells = (int64_t)a->row_count * a->column_count;
    const struct { const char *what; const int64_t *was, *is; int64_t n; }
    list[] = {
        { "cell", a->cell, b->cell, cells },
        { "count", a->count, b->count, cells },
        { "of", a->of, b->of, a->of != NULL ? cells : 0 },
        { "base", a->base, b->base, a->base_count },
        { "left out", a->left_out, b->left_out,
          a->left_out != NULL ? a->base_count : 0 },
        { "outside", (const int64_t *)(const void *)a->outside,
          (const int64_t *)(const void *)b->outside,
          (int64_t)a->base_count * 3 }
    };

    if (a->row_count != b->row_count)
        differs(a->question, t->in, "rows", a->row_count, b->row_count,
                kernel);
    if (a->column_count != b->column_count)
        differs(a->question, t->in, "columns", a->column_count,
                b->column_count, kernel);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        for (int64_t k = 0; k < list[i].n; k++)
            if (list[i].was[k] != list[i].is[k])
                differs(a->question, t->in, list[i].what, list[i].was[k],
                        list[i].is[k], kernel);
    for (int i = 0; a->row_keys != NULL && i < a->row_count; i++)
        if (strcmp(a->row_keys[i].id, b->row_keys[i].id) != 0)
            differs(a->question, t->in, "key of row", i, i, kernel);
    t->cells += cells;
}

/* Who is asked about: everybody that counts, or all of a unit. */
static bool
asked_about(struct test *t, int i, int unit)
{
    return unit < 0 ? t->counts[i]
         : t->row[i].value[t->in->role[ROLE_UNIT]] == unit;
}

static void
compare(struct test *t, const struct plan *p, const struct columns *c,
        int unit)
{
    struct run *rows = run_new(p);

    for (int i = 0; i < t->count; i++)
        if (asked_about(t, i, unit))
            run_row(rows, &t->row[i]);
    for (int k = 0; kernel_list[k] != NULL; k++) {
        struct run *fast = run_new(p);
        int threads = chance_int(&t->chance, 1, 3);

        if (!kernel_force(kernel_list[k]->id)) {
            run_free(fast);
            continue;
        }
        /* What columns can't answer the rows do, in the same run. */
        if (!columns_run(c, t->in, fast, unit, threads))
            for (int i = 0; i < t->count; i++)
                if (asked_about(t, i, unit))
                    run_row(fast, &t->row[i]);
        if (run_seen(rows) != run_seen(fast)) {
            printf("%" PRId64 " rows, not %" PRId64 "\n", run_seen(fast),
                   run_seen(rows));
            exit(1);
        }
        for (int i = 0; i < plan_count(p); i++) {
            same_table(t, run_table(rows, i), run_table(fast, i),
                       kernel_list[k]->id);
            t->left += !tally_takes(p, i);
        }
        t->tables += plan_count(p);
        run_free(fast);
    }
    run_free(rows);
}

static void
one_plan(struct test *t, const struct columns *c)
{
    struct plan *p = plan_new(t->in);
    struct arena arena;

    arena_init(&arena);
    for (int i = 0; i < A_PLAN; i++) {
        struct asked *a = random_question(&t->chance, t->in, &arena);
        struct err e = { 0 };

        if (plan_add(p, &a->fast, &e) < 0
            && strcmp(e.key, "table.too_large") != 0) {
            printf("refused: %s\n", e.key);
            exit(1);
        }
    }
    compare(t, p, c, -1);
    compare(t, p, c, chance_int(&t->chance, 0, 3));
    plan_free(p);
    arena_clear(&arena);
}

int
main(int argc, char **argv)
{
    int plans = argc > 2 ? atoi(argv[2]) : PLANS;
    char own[64];
    struct test t = { .file = argc > 3 ? argv[3] : own };
    struct instrument *in = tiny_instrument(NULL, UNITS);

    /* Builds of several kinds are tested beside each other here. */
    snprintf(own, sizeof own, "random_columns.%ld.col", (long)getpid());
    t.chance.state = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    printf("seed %" PRIu64 "\n", t.chance.state);
    fflush(stdout);
    t.in = in;
    for (int i = 0; i < plans; i++) {
        struct columns *c;

        arena_init(&t.people);
        random_people(&t);
        c = make_columns(&t);
        one_plan(&t, c);
        columns_close(c);
        arena_clear(&t.people);
    }
    printf("ok %" PRId64 " tables, %" PRId64 " cells, %" PRId64
           " left to rows\n", t.tables, t.cells, t.left);
    instrument_free(in);
    return 0;
}
