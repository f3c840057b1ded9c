/* test_focus.c - proposals for focus areas: what the rules find, how it is
 * ranked, said and protected. The demo's are counted again by
 * tests/compare. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "aggregate_fixture.h"
#include "report/compare.h"
#include "report/focus.h"

static const char rules[] =
    "focus:\n"
    "  - { id: plans, source: O, weight: 5, least: 20,\n"
    "      where: plan = 0, of: plan is answered,\n"
    "      title: { nb: Planer, nn: Planar, en: Plans },\n"
    "      text: { nb: \"{1} av {2} ({3})\", nn: \"{1} av {2}, {3}\",\n"
    "              en: \"{1} of {2} ({3})\" },\n"
    "      found: { nb: slik, nn: slik, en: so } }\n"
    "  - { id: kids, source: O, weight: 5, sum: kids_away, sum_of: children,\n"
    "      title: { nb: Barn, nn: Barn, en: Children },\n"
    "      text: { nb: \"{1} av {2} barn\", nn: \"{1} barn\",\n"
    "              en: \"{1} children\" },\n"
    "      found: { nb: slik, nn: slik, en: so } }\n"
    "  - { id: red, source: O, weight: 7, table: areas, key: red,\n"
    "      at_most: 2, title: { nb: \"{4}\", nn: \"Om {4}\", en: \"{4}\" },\n"
    "      text: { nb: \"{1} av {2}: {4}\", nn: \"{1}\", en: \"{1}\" },\n"
    "      found: { nb: slik, nn: slik, en: so } }\n";

static struct arena arena;
static struct instrument *in;
static char *text;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    text = made_text(NULL, NULL);
    text = realloc(text, strlen(text) + sizeof rules);
    strcat(text, rules);
    in = made_instrument(text);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    free(text);
    arena_clear(&arena);
    return 0;
}

/* N rows that answer ANSWERS. */
static void
put(struct run *run, int n, const char *answers)
{
    struct tiny_row row;

    tiny_fill(in, &row, answers);
    for (int i = 0; i < n; i++)
        run_row(run, &row.row);
}

struct asked {
    struct plan *plan;
    struct run *run;
    const struct table *tables[8];
    struct focus_input input;
};

static void
ask(struct asked *a)
{
    struct err e = { 0 };

    memset(a, 0, sizeof *a);
    a->plan = plan_new(in);
    assert_true(focus_questions(in, 0, &arena, a->plan,
                                &a->input.table_count, &e));
    assert_int_equal(a->input.table_count, 4);
    a->run = run_new(a->plan);
}

static int
answer(struct asked *a, const struct protect_rule *protect,
       const struct focus_proposal **list)
{
    int count;

    for (int i = 0; i < a->input.table_count; i++)
        a->tables[i] = run_table(a->run, i);
    a->input.in = in;
    a->input.protect = protect;
    a->input.tables = a->tables;
    count = focus_propose(&a->input, &arena, list);
    run_free(a->run);
    plan_free(a->plan);
    return count;
}

static void
test_found(void **state)
{
    const struct focus_proposal *p;
    struct asked a;

    (void)state;
    ask(&a);
    put(a.run, 60, "plan=0 home_grade=red drugs_grade=green");
    put(a.run, 30, "plan=1 home_grade=green drugs_grade=red kids_away=2"
        " children=3");
    put(a.run, 10, "plan=? home_grade=- drugs_grade=yellow");
    assert_int_equal(answer(&a, NULL, &p), 4);
    /* weight 7: the two areas, the larger first; then plans and children,
     * both 5, by how many they concern */
    assert_string_equal(p[0].id, "red.home_grade");
    assert_string_equal(p[0].text.in[LANG_NB], "60 av 90: bolig");
    assert_string_equal(p[0].title.in[LANG_NB], "Bolig");
    assert_string_equal(p[0].title.in[LANG_NN], "Om bustad");
    assert_string_equal(p[0].number[0].where, "home_grade = red");
    assert_string_equal(p[0].number[0].of, "home_grade is answered");
    assert_int_equal(p[0].score, 7600);
    assert_string_equal(p[1].id, "red.drugs_grade");
    assert_int_equal(p[1].number[0].n, 30);
    assert_int_equal(p[1].number[0].base, 100);
    assert_int_equal(p[1].way, FOCUS_MOST);
    assert_string_equal(p[2].id, "plans");
    assert_string_equal(p[2].text.in[LANG_NB],
                        "60 av 90 (67\xc2\xa0%)");
    assert_string_equal(p[2].text.in[LANG_EN], "60 of 90 (67%)");
    assert_string_equal(p[2].source.in[LANG_EN],
        "{{count plan is answered and plan = 0}} of"
        " {{count plan is answered}} ({{share plan is answered and plan = 0"
        " of plan is answered}})");
    assert_int_equal(p[2].score, 5600);
    assert_string_equal(p[3].id, "kids");
    assert_string_equal(p[3].text.in[LANG_NB], "60 av 90 barn");
    assert_string_equal(p[3].number[0].sum, "kids_away");
    assert_string_equal(p[3].source.in[LANG_NB],
                        "{{sum kids_away}} av {{sum children}} barn");
    assert_int_equal(p[3].score, 5300);
}

/* Nothing is proposed of nobody, of fewer than 20, under the least share. */
static void
test_not_found(void **state)
{
    const struct focus_proposal *p;
    struct asked a;

    (void)state;
    ask(&a);
    assert_int_equal(answer(&a, NULL, &p), 0);
    ask(&a);
    put(a.run, 19, "plan=0");
    assert_int_equal(answer(&a, NULL, &p), 0);
    ask(&a);
    put(a.run, 20, "plan=0");
    assert_int_equal(answer(&a, NULL, &p), 1);
    ask(&a);
    put(a.run, 19, "plan=0");
    put(a.run, 77, "plan=1");
    assert_int_equal(answer(&a, NULL, &p), 0);
    ask(&a);
    put(a.run, 20, "plan=0");
    put(a.run, 80, "plan=1");
    assert_int_equal(answer(&a, NULL, &p), 1);
    /* children are, however few */
    ask(&a);
    put(a.run, 1, "kids_away=1 children=1");
    assert_int_equal(answer(&a, NULL, &p), 1);
    assert_string_equal(p[0].text.in[LANG_NB], "1 av 1 barn");
}

static void
test_protected(void **state)
{
    static const struct protect_rule five = { .threshold = 5 };
    static const struct { int none, some, count; } cases[] = {
        { 40, 0, 1 },           /* all: nobody else to tell of */
        { 40, 4, 0 }, { 40, 5, 1 }, { 5, 16, 1 }, { 4, 16, 0 }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct focus_proposal *p;
        struct asked a;

        ask(&a);
        put(a.run, cases[i].none, "plan=0");
        put(a.run, cases[i].some, "plan=1");
        if (answer(&a, &five, &p) != cases[i].count)
            fail_msg("case %zu", i);
    }
}

/* Beside an earlier round: the largest difference of the table. */
static void
test_compared(void **state)
{
    const struct compare_rule rule = { COMPARE_LEAST };
    const struct focus_proposal *p;
    struct made own, other;
    struct comparison *c;
    struct err e = { 0 };
    struct asked a;

    (void)state;
    made_round(&own, in, text, "Bergen", 4601, 2020, 30, &arena);
    made_round(&other, in, text, "Bergen", 1201, 2014, 60, &arena);
    c = compare_new(&own.a, 0, &arena);
    assert_true(compare_add(c, &other.a, "it", &e));
    assert_true(compare_finish(c, &rule, &e));
    ask(&a);
    put(a.run, 30, "plan=0");
    a.input.compared = c;
    assert_int_equal(answer(&a, NULL, &p), 2);
    assert_string_equal(p[1].id, "compare.areas.home_grade.red");
    assert_string_equal(p[1].rule, "compare");
    assert_int_equal(p[1].way, FOCUS_CHANGE);
    assert_int_equal(p[1].score, 3300);
    assert_string_equal(p[1].source.in[LANG_NB], "");
    assert_non_null(strstr(p[1].text.in[LANG_NB], "30\xc2\xa0%"));
    assert_non_null(strstr(p[1].text.in[LANG_NB], "60\xc2\xa0%"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found), cmocka_unit_test(test_not_found),
        cmocka_unit_test(test_protected), cmocka_unit_test(test_compared)
    };

    return cmocka_run_group_tests(tests, begin, end);
}
