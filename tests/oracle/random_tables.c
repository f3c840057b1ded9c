/* random_tables.c - tab/ and the filter language against their twins.
 *
 *     random_tables [SEED [QUESTIONS]]
 *
 * Random rows, random questions with random filters. Prints the seed, and
 * stops with exit 1 at the first table that is not the twin's. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "slow_table.h"
#include "../unit/tiny_instrument.h"

enum { QUESTIONS = 2000, A_PLAN = 12, PEOPLE_MAX = 90, ROWS_MAX = 6,
       UNITS = 67 };

struct asked {                  /* one question, for both sides */
    struct question fast;
    struct slow_question slow;
    int rows[ROWS_MAX];
    struct figure figure[ROWS_MAX];
    struct slow_figure slow_figure[ROWS_MAX];
};

struct test {
    struct chance chance;
    const struct instrument *in;
    struct arena arena;         /* of one plan */
    struct tiny_row *person;    /* PEOPLE_MAX of them */
    struct row row[PEOPLE_MAX];
    int people;
    int64_t questions, cells, refused;
};

static int32_t
random_answer(struct test *t, int v)
{
    static const int32_t none[] = {
        VALUE_UNANSWERED, VALUE_UNKNOWN, VALUE_UNASKED
    };

    if (chance_of(&t->chance, 15))
        return none[chance_int(&t->chance, 0, 2)];
    return random_value(&t->chance, t->in, v);
}

static void
random_choice(struct test *t, struct tiny_row *p, int v)
{
    uint64_t *bits = p->bits[instrument_set(t->in, v)];
    int codes = t->in->variables[v].code_count;

    if (p->value[v] < 0)
        return;
    p->value[v] = 0;
    for (int i = chance_int(&t->chance, 0, 4); i > 0; i--) {
        int place = chance_int(&t->chance, 0, codes - 1);

        if ((bits[place / 64] >> (place % 64) & 1) == 0)
            p->value[v]++;
        bits[place / 64] |= (uint64_t)1 << (place % 64);
    }
}

/* Ints of a population lie near each other, or the tables are too large
 * for the twin. */
static void
random_people(struct test *t)
{
    bool high = chance_of(&t->chance, 50);

    t->people = chance_int(&t->chance, 0, PEOPLE_MAX);
    for (int i = 0; i < t->people; i++) {
        struct tiny_row *p = &t->person[i];

        tiny_blank(p);
        for (int v = 0; v < t->in->variable_count; v++) {
            const struct variable *var = &t->in->variables[v];

            p->value[v] = random_answer(t, v);
            if (var->kind == KIND_CODES)
                random_choice(t, p, v);
            else if (var->kind == KIND_INT && var->max > 40
                     && var->derive == DERIVE_NONE && p->value[v] >= 0)
                p->value[v] = high ? chance_int(&t->chance, var->max - 12,
                                                var->max)
                                   : chance_int(&t->chance, var->min,
                                                var->min + 12);
        }
        t->row[i] = p->row;
    }
}

/* A filter for both sides, or none. */
static void
random_where(struct test *t, int percent, const char **fast,
             const struct filter **slow)
{
    struct buf b;

    *fast = chance_of(&t->chance, 50) ? "" : NULL;
    *slow = NULL;
    if (!chance_of(&t->chance, percent))
        return;
    buf_init(&b, 0);
    do {
        struct filter *f = filter_random(&t->chance, t->in, &t->arena);

        buf_reset(&b);
        filter_print(f, t->in, &t->chance, &b);
        *slow = f;
    } while (b.len > EXPR_BYTES_MAX);
    *fast = arena_text(&t->arena, buf_string(&b));
    buf_clear(&b);
}

/* A variable of a kind that the bits of KINDS have; -1 sometimes, when
 * NONE percent. */
static int
random_variable(struct test *t, unsigned kinds, int none)
{
    int v;

    if (chance_of(&t->chance, none))
        return -1;
    do {
        v = chance_int(&t->chance, 0, t->in->variable_count - 1);
    } while ((kinds >> t->in->variables[v].kind & 1) == 0
             || (t->in->variables[v].identifies
                 && t->in->variables[v].kind != KIND_CODES));
    return v;
}

static bool
same_keys(const struct instrument *in, int a, int b)
{
    const struct variable *x = &in->variables[a], *y = &in->variables[b];

    return x->kind == y->kind && (x->kind == KIND_BOOL
        || x->kind == KIND_INT || x->kind == KIND_SCORE
        || (x->code_count == y->code_count
            && strcmp(x->codes[0].id, y->codes[0].id) == 0));
}

static void
random_rows(struct test *t, struct asked *a)
{
    const unsigned several = 1u << KIND_CODES;
    const unsigned single = 1u << KIND_INT | 1u << KIND_CODE
                          | 1u << KIND_BOOL | 1u << KIND_SCORE;
    int n = chance_of(&t->chance, 45) ? chance_int(&t->chance, 2, ROWS_MAX)
                                      : 1;

    a->rows[0] = random_variable(t, n == 1 && chance_of(&t->chance, 20)
                                    ? several : single, 0);
    for (int i = 1; i < n; i++) {
        do {
            a->rows[i] = random_variable(t, single, 0);
        } while (!same_keys(t->in, a->rows[0], a->rows[i]));
    }
    a->fast.rows = a->slow.rows = a->rows;
    a->fast.row_count = a->slow.row_count = n;
    if (n == 1 || t->in->variables[a->rows[0]].kind == KIND_BOOL)
        a->slow.columns = random_variable(t, single, 40);
    a->fast.columns = a->slow.columns;
}

static void
random_figures(struct test *t, struct asked *a)
{
    int n = chance_int(&t->chance, 1, ROWS_MAX);

    for (int i = 0; i < n; i++) {
        struct figure *f = &a->figure[i];
        struct slow_figure *s = &a->slow_figure[i];

        f->id = "figure";
        random_where(t, 80, &f->where, &s->where);
        random_where(t, 50, &f->of, &s->of);
        s->has_of = f->of != NULL;
        f->sum = random_variable(t, 1u << KIND_INT, 60);
        s->sum = f->sum >= 0 ? f->sum : a->slow.sum;
    }
    a->slow.figures = a->slow_figure;
    a->slow.figure_count = n;
    if (n == 1 && chance_of(&t->chance, 50)) {
        a->slow_figure[0] = (struct slow_figure){ .sum = a->slow.sum };
        return;                 /* no figures: the single count */
    }
    a->fast.figures = a->figure;
    a->fast.figure_count = n;
}

static struct asked *
random_question(struct test *t)
{
    struct asked *a = arena_take(&t->arena, sizeof *a);

    a->slow.in = t->in;
    a->slow.columns = a->fast.columns = -1;
    a->slow.sum = a->fast.sum = random_variable(t, 1u << KIND_INT, 65);
    random_where(t, 60, &a->fast.where, &a->slow.where);
    random_where(t, 20, &a->fast.and_where, &a->slow.and_where);
    if (chance_of(&t->chance, 15))
        random_figures(t, a);
    else
        random_rows(t, a);
    return a;
}

static _Noreturn void
stop(const struct asked *a, const char *why)
{
    printf("%s\n  where: %s\n  and: %s\n  rows:", why,
           a->fast.where != NULL ? a->fast.where : "",
           a->fast.and_where != NULL ? a->fast.and_where : "");
    for (int i = 0; i < a->fast.row_count; i++)
        printf(" %s", a->slow.in->variables[a->rows[i]].id);
    printf(" columns: %d sum: %d\n", a->fast.columns, a->fast.sum);
    exit(1);
}

/* Adds questions to P; those too large for it are left out. */
static int
add_questions(struct test *t, struct plan *p, struct asked *asked[A_PLAN])
{
    int n = 0;

    for (int i = 0; i < A_PLAN; i++) {
        struct asked *a = random_question(t);
        struct err e = { 0 };

        if (plan_add(p, &a->fast, &e) >= 0) {
            asked[n++] = a;
            continue;
        }
        if (strcmp(e.key, "table.too_large") != 0) {
            printf("%s %s %s %s, column %d\n", e.key, e.arg[0], e.arg[1],
                   e.arg[2], e.at.column);
            stop(a, "refused");
        }
        t->refused++;
    }
    return n;
}

static void
one_plan(struct test *t)
{
    struct plan *p = plan_new(t->in);
    struct asked *asked[A_PLAN];
    struct run *r;
    struct buf why;
    int n;

    arena_init(&t->arena);
    buf_init(&why, 0);
    n = add_questions(t, p, asked);
    random_people(t);
    r = run_new(p);
    for (int i = 0; i < t->people; i++)
        run_row(r, &t->row[i]);
    for (int i = 0; i < n; i++) {
        const struct table *table = run_table(r, i);

        if (!slow_agrees(&asked[i]->slow, t->row, t->people, table, &why))
            stop(asked[i], buf_string(&why));
        t->cells += (int64_t)table->row_count * table->column_count;
    }
    t->questions += n;
    buf_clear(&why);
    run_free(r);
    plan_free(p);
    arena_clear(&t->arena);
}

int
main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10)
                             : (uint64_t)time(NULL);
    int64_t questions = argc > 2 ? strtoll(argv[2], NULL, 10) : QUESTIONS;
    struct test t = { .chance.state = seed };
    struct instrument *in = tiny_instrument(NULL, UNITS);

    printf("seed %" PRIu64 "\n", seed);
    fflush(stdout);
    t.in = in;
    t.person = mem_take(PEOPLE_MAX * sizeof *t.person);
    while (t.questions < questions)
        one_plan(&t);
    printf("ok %" PRId64 " tables, %" PRId64 " cells, %" PRId64
           " too large to ask\n", t.questions, t.cells, t.refused);
    free(t.person);
    instrument_free(in);
    return 0;
}
