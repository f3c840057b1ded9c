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
#include "random_question.h"
#include "../unit/tiny_instrument.h"

enum { QUESTIONS = 2000, A_PLAN = 12, PEOPLE_MAX = 90, UNITS = 67 };

struct test {
    struct chance chance;
    const struct instrument *in;
    struct arena arena;         /* of one plan */
    struct tiny_row *person;    /* PEOPLE_MAX of them */
    struct row row[PEOPLE_MAX];
    int people;
    int64_t questions, cells, refused;
};

static void
random_people(struct test *t)
{
    bool high = chance_of(&t->chance, 50);

    t->people = chance_int(&t->chance, 0, PEOPLE_MAX);
    for (int i = 0; i < t->people; i++) {
        struct tiny_row *p = &t->person[i];
        uint64_t *bits[TINY_SETS];

        tiny_blank(p);
        for (int s = 0; s < TINY_SETS; s++)
            bits[s] = p->bits[s];
        random_person(&t->chance, t->in, high, p->value, bits);
        t->row[i] = p->row;
    }
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
        struct asked *a = random_question(&t->chance, t->in, &t->arena);
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
