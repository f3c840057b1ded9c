/* test_derive.c - what follows from the answers, by the instrument of 2014:
 * every rule of rules.md, "Counting", and the conditions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/random.h"
#include "calc/check.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "tiny_instrument.h"

static struct instrument *in;

/* Derives ANSWERS and compares each variable that EXPECTED names. Both are
 * as tiny_fill takes them. */
static void
check(const char *answers, const char *expected)
{
    struct tiny_row r, want;
    char *copy = strdup(expected), *rest = copy, *word;

    tiny_fill(in, &r, answers);
    tiny_fill(in, &want, expected);
    derive_row(in, r.value, r.set, NULL);
    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        int v;

        *strchr(word, '=') = '\0';
        v = tiny_variable(in, word);
        if (r.value[v] != want.value[v])
            fail_msg("%s: %s is %d, not %d", answers, word, r.value[v],
                     want.value[v]);
    }
    free(copy);
}

static void
test_age(void **state)
{
    (void)state;
    check("birth_year=1980", "age=34 age_group=26-35");
    check("birth_year=2014", "age=0 age_group=under-18");
    check("birth_year=1997", "age=17 age_group=under-18");
    check("birth_year=1996", "age=18 age_group=18-25");
    check("birth_year=1989", "age=25 age_group=18-25");
    check("birth_year=1988", "age=26 age_group=26-35");
    check("birth_year=1979", "age=35 age_group=26-35");
    check("birth_year=1978", "age=36 age_group=36-45");
    check("birth_year=1969", "age=45 age_group=36-45");
    check("birth_year=1968", "age=46 age_group=46-55");
    check("birth_year=1959", "age=55 age_group=46-55");
    check("birth_year=1958", "age=56 age_group=56+");
    check("birth_year=1894", "age=120 age_group=56+");
    check("birth_year=2015", "age=- age_group=-");
    check("birth_year=-", "age=- age_group=-");
    check("birth_year=?", "age=- age_group=-");
}

static void
test_grades(void **state)
{
    (void)state;
    check("economy=1", "economy_grade=green");
    check("economy=2", "economy_grade=yellow");
    check("economy=3", "economy_grade=yellow");
    check("economy=4", "economy_grade=yellow");
    check("economy=5", "economy_grade=red");
    check("economy=-", "economy_grade=-");
    check("economy=?", "economy_grade=-");
    check("target_group=mental substance=5", "substance_grade=-");
    check("target_group=dual substance=5", "substance_grade=red");
}

static void
test_index(void **state)
{
    (void)state;
    check("target_group=mental economy=1 mental=1 physical=1 housing=1"
          " social=1 network=1 activity=1", "index=1000 index_grade=green");
    /* substance is not asked: what stands there does not count */
    check("target_group=mental substance=5 economy=1 mental=1 physical=1"
          " housing=1 social=1 network=1 activity=1",
          "index=1000 index_grade=green index_group=green substance=!");
    check("target_group=dual substance=5 economy=1 mental=1 physical=1"
          " housing=1 social=1 network=1 activity=1",
          "index=1667 index_grade=yellow index_group=yellow");
    /* one unanswered and one unknown are too many; one is not */
    check("target_group=dual substance=? economy=1 mental=1 physical=1"
          " housing=1 social=1 network=1", "index=- index_grade=-");
    check("target_group=dual substance=? economy=1 mental=1 physical=1"
          " housing=1 social=1 network=1 activity=1",
          "index=1000 index_grade=green");
    check("target_group=mental mental=5 housing=5 activity=5 economy=5"
          " physical=5 social=5",
          "index=5000 index_grade=bloodred index_group=red");
    check("target_group=mental", "index=- index_grade=- index_group=-");
    check("", "index=- index_grade=-");
}

static void
test_plans(void **state)
{
    (void)state;
    check("plan_action=1", "other_plan=1 any_plan=1");
    check("plan_action=0", "other_plan=0 any_plan=0");
    check("plan_action=0 plan_crisis=?", "other_plan=0");
    check("plan_action=? plan_crisis=?", "other_plan=- any_plan=-");
    check("", "other_plan=- any_plan=-");
    check("plan_other=1", "other_plan=1");
    check("ip=1", "any_plan=1 other_plan=-");
    check("ip=0", "any_plan=0 other_plan=-");
    check("group=1", "any_plan=1");
    check("ip=0 group=0 plan_measure=1", "any_plan=1");
    /* a refused plan is no plan, and no answer behind any_plan */
    check("ip=? ip_declined=1", "any_plan=-");
}

static void
test_only_coordinator(void **state)
{
    (void)state;
    check("coordinator=1", "only_coordinator=1 any_plan=-");
    check("coordinator=1 ip=0", "only_coordinator=1");
    check("coordinator=1 ip=1", "only_coordinator=0");
    check("coordinator=1 plan_crisis=1", "only_coordinator=0");
    check("coordinator=1 group=1", "only_coordinator=0");
    check("coordinator=1 ip=?", "only_coordinator=1");
    check("coordinator=0", "only_coordinator=0");
    check("coordinator=0 ip=1", "only_coordinator=0");
    check("coordinator=- ip=1", "only_coordinator=-");
    check("coordinator=- ip=0", "only_coordinator=-");
    check("coordinator=? ip=0", "only_coordinator=-");
    check("", "only_coordinator=-");
}

static void
test_children(void **state)
{
    (void)state;
    check("care_children=2 contact_children=3", "children=5");
    check("care_children=2", "children=2");
    check("contact_children=0", "children=0");
    check("care_children=? contact_children=1", "children=1");
    check("care_children=? contact_children=?", "children=-");
    check("", "children=- obs=-");
    check("care_obs=1 contact_obs=20", "obs=21");
    check("care_obs=0", "obs=0 children=-");
    check("care_children=20 contact_children=20", "children=40");
    check("care=daily", "has_care=1 has_contact=-");
    check("care=shared", "has_care=1");
    check("care=none", "has_care=0");
    check("care=?", "has_care=-");
    check("contact=agreed", "has_contact=1 has_care=-");
    check("contact=some", "has_contact=1");
    check("contact=none", "has_contact=0");
}

static void
test_services(void **state)
{
    (void)state;
    /* gone through: a tick not made, or unknown, is a no */
    check("services_done=1", "svc_gp_r=0 svc_gp_w=0 health_r=0 health_w=0"
          " nav_r=0 firstline_r=0 firstline_w=0 mental_specialist_r=0"
          " specialist_w=0");
    check("services_done=1 svc_gp_r=1 svc_therapy_w=1",
          "svc_gp_r=1 svc_gp_w=0 svc_therapy_w=1 health_r=1 health_w=1"
          " nav_r=0 firstline_r=1 firstline_w=1 housing_r=0");
    check("services_done=1 svc_gp_r=? svc_gp_w=0", "svc_gp_r=0 svc_gp_w=0");
    check("services_done=1 svc_nav_los_r=1", "nav_r=1 nav_w=0 firstline_r=0");
    check("services_done=1 svc_mental_other_w=1",
          "mental_specialist_w=1 mental_specialist_r=0 specialist_w=1"
          " firstline_w=0");
    check("services_done=1 svc_substance_inpatient_r=1",
          "mental_specialist_r=0 specialist_r=1 firstline_r=0");
    check("services_done=1 svc_mb_programme_r=1",
          "education_r=1 firstline_r=1");
    /* not gone through: no service has an answer, ticked or not */
    check("services_done=0 svc_gp_r=1 svc_gp_w=0",
          "svc_gp_r=- svc_gp_w=- health_r=- firstline_r=- nav_w=-");
    check("services_done=- svc_gp_r=1", "svc_gp_r=- health_r=-");
    check("svc_gp_r=1", "svc_gp_r=- health_r=- mental_specialist_r=-");
}

static void
test_asked(void **state)
{
    (void)state;
    check("target_group=mental crisis=1", "crisis=1");
    check("target_group=dual crisis=1", "crisis=!");
    check("target_group=- crisis=1", "crisis=!");
    check("target_group=mental", "crisis=-");
    check("target_group=mental crisis=?", "crisis=?");
    check("target_group=mental use_alcohol=main injecting=0",
          "use_alcohol=! injecting=! substance=!");
    check("target_group=substance use_alcohol=main injecting=0",
          "use_alcohol=main injecting=0 substance=-");
    check("ip=0 ip_declined=1", "ip_declined=1");
    check("ip=1 ip_declined=1", "ip_declined=!");
    check("ip=? ip_declined=0", "ip_declined=!");
    check("ip_declined=0", "ip_declined=!");
    check("group=1 group_nav=1", "group_nav=1 group_social=-");
    check("group=0 group_nav=1", "group_nav=! group_other=!");
    check("group=- group_health=0", "group_health=!");
}

/* A question that is off is not asked, until the round turns it on. */
static void
test_off(void **state)
{
    const char *const on[] = { "professional" };
    struct round_facts facts = { .year = 2014, .switched_on = on,
                                 .switched_on_count = 1 };
    struct instrument *before = in;
    struct err e = { 0 };
    struct tiny_row r;
    struct buf text;

    (void)state;
    check("", "professional=! case_code=! subunit=!");
    buf_init(&text, 0);
    assert_true(buf_read_file(&text, "instruments/brukerplan-2014.yaml",
                              DEFINITION_MAX, &e));
    in = instrument_read(text.data, text.len, "x", &e);
    assert_non_null(in);
    assert_true(instrument_bind(in, &facts, &e));
    tiny_blank(&r);
    derive_row(in, r.value, r.set, NULL);
    assert_int_equal(r.value[tiny_variable(in, "professional")],
                     VALUE_UNANSWERED);
    assert_int_equal(r.value[tiny_variable(in, "subunit")], VALUE_UNASKED);
    instrument_free(in);
    in = before;
    buf_clear(&text);
}

/* Only what is wanted is derived; entered values always are effective. */
static void
test_want(void **state)
{
    static bool want[VARIABLE_MAX];
    struct tiny_row r;
    int age = tiny_variable(in, "age"), care = tiny_variable(in, "has_care");

    (void)state;
    tiny_fill(in, &r, "birth_year=1980 care=daily target_group=dual"
              " crisis=1");
    r.value[care] = 77;
    want[age] = true;
    derive_row(in, r.value, r.set, want);
    assert_int_equal(r.value[age], 34);
    assert_int_equal(r.value[care], 77);
    assert_int_equal(r.value[tiny_variable(in, "crisis")], VALUE_UNASKED);
}

/* What is derived once stays so: the effective values derive to
 * themselves, but for the questions that are no longer there. */
static void
test_again(void **state)
{
    static const char *const people[] = {
        ("birth_year=1980 care=daily target_group=dual crisis=1 ip=0"
         " ip_declined=1 services_done=1 svc_gp_r=1 economy=3 mental=5"),
        "target_group=mental services_done=0 svc_gp_r=1 coordinator=1", ""
    };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct tiny_row r;
        int32_t once[VARIABLE_MAX];

        tiny_fill(in, &r, people[i]);
        derive_row(in, r.value, r.set, NULL);
        memcpy(once, r.value, sizeof once);
        derive_row(in, r.value, r.set, NULL);
        assert_memory_equal(once, r.value, sizeof once);
    }
}

/* --- by an outline: the same of rows and definitions by chance */

static int32_t
any_value(const struct instrument *of, int v, struct random *random)
{
    uint32_t kind = random_below(random, 8);

    if (kind < 3)
        return kind == 0 ? VALUE_UNASKED
             : kind == 1 ? VALUE_UNKNOWN : VALUE_UNANSWERED;
    if (v == of->role[ROLE_BIRTH_YEAR])
        return 1890 + (int32_t)random_below(random, 130);
    return (int32_t)random_below(random, kind < 6 ? 2 : 6);
}

struct told {
    struct buf text;
};

static void
tell(void *ctx, const struct err *fault)
{
    struct told *t = ctx;

    buf_printf(&t->text, "%s %s %s\n", fault->field, fault->key,
               fault->arg[0]);
}

/* What CHECK says of ROW, by an outline or without. */
static void
check_both(const struct outline *o, const struct row *row, int what)
{
    struct told plain, by;
    struct check_listener listener = { tell, &plain, LANG_EN };
    int faults;

    buf_init(&plain.text, 0);
    buf_init(&by.text, 0);
    faults = check_registration(o->in, row, what, &listener);
    listener.ctx = &by;
    assert_int_equal(check_by(o, row, what, &listener), faults);
    assert_string_equal(buf_string(&plain.text), buf_string(&by.text));
    buf_clear(&plain.text);
    buf_clear(&by.text);
}

static void
test_outline(void **state)
{
    static const char *const files[] = {
        NULL, "instruments/brukerplan-2014.yaml"
    };
    struct random_state seed;
    struct random random = random_seeded(&seed, 11);

    (void)state;
    for (int n = 0; n < 40; n++) {
        struct instrument *of = tiny_instrument(files[n % 2], 3);
        struct arena arena;
        struct outline o;

        for (int i = 0; n >= 4 && i < of->variable_count; i++)
            if (random_below(&random, 10) == 0)
                of->variables[i].off = true;
        arena_init(&arena);
        outline_init(&o, of, &arena);
        for (int k = 0; k < 100; k++) {
            struct tiny_row r, by;

            tiny_blank(&r);
            for (int i = 0; i < of->entered_count; i++)
                r.value[i] = any_value(of, i, &random);
            check_both(&o, &r.row, (int)random_below(&random, 4));
            tiny_blank(&by);
            memcpy(by.value, r.value, sizeof by.value);
            derive_row(of, r.value, r.set, NULL);
            derive_by(&o, by.value, by.set, NULL);
            for (int i = 0; i < of->variable_count; i++)
                if (r.value[i] != by.value[i])
                    fail_msg("%s: %d and %d", of->variables[i].id,
                             r.value[i], by.value[i]);
            assert_true(rank_of(of, r.value, k % 4, k, k + 1)
                        == rank_by(&o, r.value, k % 4, k, k + 1));
        }
        arena_clear(&arena);
        instrument_free(of);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_age), cmocka_unit_test(test_grades),
        cmocka_unit_test(test_index), cmocka_unit_test(test_plans),
        cmocka_unit_test(test_only_coordinator),
        cmocka_unit_test(test_children), cmocka_unit_test(test_services),
        cmocka_unit_test(test_asked), cmocka_unit_test(test_off),
        cmocka_unit_test(test_want), cmocka_unit_test(test_again),
        cmocka_unit_test(test_outline)
    };
    int failed;

    in = tiny_instrument("instruments/brukerplan-2014.yaml", 3);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
