/* fuzz_expr.c - the filter language with any text.
 *
 * What parses must hold for a row exactly where its negation does not and
 * name only what may be named, hold for as many by columns as by rows, and
 * for the same rows when made ready for many; what is refused must say
 * where, and its message must be fit to show. libFuzzer; needs
 * tests/data/tiny.yaml seen from the working directory, with
 * tests/unit/tiny_instrument.c. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/utf8.h"
#include "column/run.h"
#include "def/expr_quick.h"
#include "../unit/tiny_instrument.h"
#include "require.h"

enum { UNITS = 70 };

static const struct instrument *in;
static struct columns *columns; /* of the people, each as often as its place
                                   says */

static const char *const people[] = {
    "",
    ("municipality=4601 year=2014 unit=u1 tier=1 completed_on=2014-06-30 "
        "sex=male birth_year=1980 target=dual kids=2 visits=32000 plan=1 "
        "helpers=u0|u69 home=1 drugs=5 age=34 age_group=18-49 "
        "home_grade=green index=3000 index_grade=red any_plan=1"),
    ("unit=? tier=! sex=? target=! kids=0 plan=0 helpers=0 home=? "
        "age_group=? services_done=0 svc_meals_r=- index=1000"),
    ("municipality=0301 year=2015 unit=u3 tier=2 sex=female birth_year=? "
        "target=mental kids=20 visits=0 plan=0 home=5 drugs=1 age=18 "
        "home_grade=red index=0"),
};

enum { PEOPLE = sizeof people / sizeof *people };

static void
see_variable(void *ctx, int v)
{
    const int *known = ctx;

    require(v >= 0 && v < *known, "a variable that is not known");
    require(expr_may_name(&in->variables[v]), "a variable not to be named");
}

static void
check_refused(const char *text, const struct err *e)
{
    require(e->code == ERR_INPUT, "refused, but not as input");
    require(strncmp(e->key, "expr.", 5) == 0, "a key of somebody else");
    require(e->at.column >= 1
            && (size_t)e->at.column <= strlen(text) + 1,
            "a place outside the text");
    for (int i = 0; i < e->args; i++) {
        const char *arg = e->arg[i];

        require(utf8_valid(arg, strlen(arg), NULL), "half a character");
        /* what stands for something not shown, which msg.c words */
        if (strncmp(arg, QUOTE_HIDDEN, strlen(QUOTE_HIDDEN)) == 0)
            arg += strlen(QUOTE_HIDDEN);
        for (; *arg != '\0'; arg++)
            require((unsigned char)*arg >= ' ' && *arg != 0x7F,
                    "a control character shown");
    }
}

/* "not (TEXT)" is the opposite of X, where there is room for it. */
static void
check_negation(const char *text, const struct expr *x, struct arena *arena)
{
    char *negated = arena_printf(arena, "not (%s)", text);
    struct err e = { 0 };
    struct tiny_row row;
    struct expr *not_x;

    not_x = expr_parse(negated, in, in->variable_count, arena, NULL, &e);
    if (not_x == NULL) {
        require(strcmp(e.key, "expr.bytes") == 0
                || strcmp(e.key, "expr.levels") == 0,
                "the negation does not parse");
        return;
    }
    for (size_t i = 0; i < PEOPLE; i++) {
        tiny_fill(in, &row, people[i]);
        require(expr_test(x, &row.row) != expr_test(not_x, &row.row),
                "a negation that is none");
    }
}

/* X made ready for many rows is still X. */
static void
check_quick(const struct expr *x, struct arena *arena)
{
    struct expr_quick quick;
    struct tiny_row row;

    expr_quicken(&quick, x, in, arena);
    for (size_t i = 0; i < PEOPLE; i++) {
        tiny_fill(in, &row, people[i]);
        require(expr_quick_test(&quick, &row.row) == expr_test(x, &row.row),
                "made ready it says otherwise");
    }
}

/* How many TEXT holds for, by columns and by rows. */
static void
check_columns(const char *text)
{
    const struct question q = { .columns = -1, .sum = -1, .where = text };
    struct plan *p = plan_new(in);
    struct err e = { 0 };
    struct run *fast, *slow;
    struct tiny_row row;

    require(plan_add(p, &q, &e) == 0, "parsed, but not planned");
    fast = run_new(p);
    slow = run_new(p);
    for (size_t i = 0; i < PEOPLE; i++) {
        tiny_fill(in, &row, people[i]);
        for (size_t k = 0; k <= i; k++)
            run_row(slow, &row.row);
    }
    if (columns_run(columns, in, fast, -1, 1))
        require(run_table(fast, 0)->cell[0] == run_table(slow, 0)->cell[0],
                "columns say otherwise");
    run_free(fast);
    run_free(slow);
    plan_free(p);
}

static void
check_text(const char *text, int known, struct arena *arena)
{
    struct err e = { 0 };
    struct expr *x = expr_parse(text, in, known, arena, NULL, &e);

    if (e.code != ERR_NONE) {
        require(x == NULL, "refused, but something came back");
        check_refused(text, &e);
    } else if (x == NULL) {
        require(text[strspn(text, " \t\r\n")] == '\0', "lost");
    } else {
        expr_variables(x, see_variable, &known);
        check_negation(text, x, arena);
        check_quick(x, arena);
        if (known == in->variable_count)
            check_columns(text);
    }
}

static void
make_columns(void)
{
    struct column_maker *m = column_maker_new(in, PEOPLE * PEOPLE);
    const uint8_t origin[COLUMNS_ORIGIN] = { 0 };
    char file[64];
    const char *why;
    struct err e = { 0 };
    struct tiny_row row;

    for (size_t i = 0; i < PEOPLE; i++) {
        tiny_fill(in, &row, people[i]);
        for (size_t k = 0; k <= i; k++)
            require(column_maker_add(m, &row.row, true, &e), "not added");
    }
    snprintf(file, sizeof file, "/tmp/fuzz_expr.%d", (int)getpid());
    require(column_maker_write(m, origin, "", file, &e), "not written");
    columns = columns_open(file, in, origin, &why);
    require(columns != NULL, "not opened");
    unlink(file);
    column_maker_free(m);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    in = tiny_instrument(NULL, UNITS);
    make_columns();
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    char *text;

    arena_init(&arena);
    text = arena_text_n(&arena, (const char *)data, size);
    check_text(text, in->variable_count, &arena);
    check_text(text, in->entered_count, &arena);
    check_text(text, 0, &arena);
    arena_clear(&arena);
    return 0;
}
