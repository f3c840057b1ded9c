/* test_form.c - the form's model: what is asked and unanswered, changes that
 * are refused or in conflict, and answers as they are kept; then the autosave
 * and finishing, through the application. */
#include "web_fixture.h"
#include <string.h>
#include "web/form.h"

static struct web w;
static struct opened o;
static struct form f;

static int
var(const char *id)
{
    int v = instrument_variable(o.in, id, strlen(id));

    assert_true(v >= 0);
    return v;
}

static void
begin(void)
{
    struct err e = { 0 };

    web_begin(&w);
    web_ok(opened_init(&o, w.s, "r", &e), &e);
    form_init(&f, &o, &w.arena);
    for (int i = 0; i < o.in->variable_count; i++)
        f.decoder.value[i] = VALUE_UNANSWERED;
}

static void
end(void)
{
    form_clear(&f);
    opened_clear(&o);
    store_rollback(w.s);
    web_stop(&w);
}

/* One change, that WAS stood there (NULL: not said); what came of it. */
static struct form_change
change(const char *id, const char *to, const char *was, bool ok)
{
    struct form_change c = { .variable = var(id), .to = to, .was = was };

    assert_int_equal(form_change(&f, &c, 1), ok);
    return c;
}

static void
answer(const char *id, const char *to)
{
    change(id, to, NULL, true);
    assert_string_equal(form_text(&f, var(id)), to);
}

static bool
is_open(const char *id)
{
    int list[VARIABLE_MAX], count = form_open(&f, list);

    for (int i = 0; i < count; i++)
        if (list[i] == var(id))
            return true;
    return false;
}

/* What is asked follows from the answers. */
static void
test_asked(void **state)
{
    struct form_tab before, after;
    int tab;

    (void)state;
    begin();
    tab = o.in->variables[var("economy")].tab;
    assert_int_equal(form_state(&f, var("substance")), FORM_UNASKED);
    before = form_tab(&f, tab);
    assert_int_equal(before.asked, 7);
    assert_int_equal(before.open, 7);
    assert_false(before.begun);
    answer("target_group", "dual");
    assert_int_equal(form_state(&f, var("substance")), FORM_OPEN);
    assert_true(is_open("use_alcohol"));
    answer("economy", "3");
    answer("mental", "unknown");
    assert_int_equal(form_state(&f, var("mental")), FORM_UNKNOWN);
    assert_false(is_open("mental"));
    after = form_tab(&f, tab);
    assert_true(after.begun);
    assert_true(after.asked > 8);
    assert_int_equal(after.asked - after.open, 2);
    end();
}

/* Start fields and the number are never typed. */
static void
test_shown(void **state)
{
    static const char *const never[] = {
        "municipality", "year", "period", "unit", "tier", "ident",
        "registered_on", "case_code"
    };

    (void)state;
    begin();
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        struct form_change c;

        assert_false(form_shows(o.in, var(never[i])));
        c = change(never[i], "1", NULL, false);
        assert_string_equal(c.fault.key, "form.not_here");
    }
    assert_true(form_shows(o.in, var("sex")));
    assert_true(form_shows(o.in, var("svc_gp_r")));
    assert_false(form_counts(o.in, var("svc_gp_r")));
    end();
}

static void
test_refused(void **state)
{
    static const struct { const char *id, *to; } no[] = {
        { "economy", "0" }, { "economy", "6" }, { "economy", "red" },
        { "economy", " 3" }, { "sex", "Mann" }, { "care_children", "21" },
        { "care_children", "-1" }, { "target_group", "unknown" },
        { "ip", "ja" }, { "units_serving", "nord|vest" }
    };

    (void)state;
    begin();
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        struct form_change c = change(no[i].id, no[i].to, NULL, false);

        assert_int_equal(c.fault.code, ERR_INPUT);
        assert_null(c.now);
        assert_string_equal(form_text(&f, var(no[i].id)), "");
    }
    end();
}

/* Either all of a list is changed or nothing. */
static void
test_together(void **state)
{
    struct form_change list[2];

    (void)state;
    begin();
    list[0] = (struct form_change){ .variable = var("economy"), .to = "2" };
    list[1] = (struct form_change){ .variable = var("mental"), .to = "9" };
    assert_false(form_change(&f, list, 2));
    assert_string_equal(form_text(&f, var("economy")), "");
    form_keep_typed(&f, list, 2);
    assert_string_equal(form_text(&f, var("economy")), "2");
    assert_string_equal(form_text(&f, var("mental")), "9");
    end();
}

static void
test_conflict(void **state)
{
    struct form_change c;

    (void)state;
    begin();
    answer("economy", "3");
    c = change("economy", "5", "", false);
    assert_string_equal(c.now, "3");
    assert_string_equal(form_text(&f, var("economy")), "3");
    /* Who wants what stands there already has no conflict. */
    change("economy", "3", "", true);
    change("economy", "5", "3", true);
    /* A tick never made is one that was taken away. */
    change("svc_gp_r", "1", "0", true);
    c = change("svc_gp_r", "", "", false);
    assert_string_equal(c.now, "1");
    change("svc_gp_r", "0", "1", true);
    change("svc_gp_r", "1", "", true);
    end();
}

static void
test_services(void **state)
{
    struct form_tab t;

    (void)state;
    begin();
    assert_true(is_open("services_done"));
    answer("svc_gp_r", "1");
    answer("svc_gp_w", "1");
    answer("svc_nav_los_w", "1");
    assert_false(is_open("services_done"));
    assert_string_equal(form_text(&f, var("services_done")), "1");
    t = form_tab(&f, o.in->variables[var("svc_gp_r")].tab);
    assert_int_equal(t.received, 1);
    assert_int_equal(t.wanted, 2);
    assert_int_equal(t.both, 1);
    end();
}

/* Answers that are no longer asked stay until they are blanked. */
static void
test_blank(void **state)
{
    int list[VARIABLE_MAX];

    (void)state;
    begin();
    answer("target_group", "substance");
    answer("substance", "4");
    answer("use_alcohol", "main");
    answer("ip", "0");
    answer("ip_declined", "1");
    assert_int_equal(form_unasked(&f, list), 0);
    answer("target_group", "mental");
    assert_int_equal(form_unasked(&f, list), 2);
    assert_int_equal(list[0], var("substance"));
    assert_int_equal(f.decoder.value[var("substance")], 4);
    form_blank_unasked(&f);
    assert_int_equal(form_unasked(&f, list), 0);
    assert_int_equal(f.decoder.value[var("substance")], VALUE_UNANSWERED);
    assert_string_equal(form_text(&f, var("ip_declined")), "1");
    end();
}

static void
test_kept(void **state)
{
    struct work_change packed;
    struct work work = { .number = 7, .completed_on = -1, .tier = 1 };
    struct err e = { 0 };
    struct form again;

    (void)state;
    begin();
    answer("target_group", "dual");
    answer("economy", "unknown");
    answer("care", "daily");
    answer("care_children", "3");
    answer("svc_gp_r", "1");
    web_ok(form_pack(&f, w.s, 7, &packed, &e), &e);
    assert_false(packed.with_sealed);
    work.definition = packed.definition;
    work.answers = packed.answers;
    work.answers_len = packed.answers_len;
    form_init(&again, &o, &w.arena);
    web_ok(form_read(&again, &work, &e), &e);
    for (int i = 0; i < o.in->entered_count; i++)
        if (form_shows(o.in, i))
            assert_string_equal(form_text(&again, i), form_text(&f, i));
    form_clear(&again);
    end();
}

struct faults {
    int count;
    char field[ERR_ARG_MAX];
};

static void
hear(void *ctx, const struct err *fault)
{
    struct faults *all = ctx;

    all->count++;
    strcpy(all->field, fault->field);
}

static int
faults_of(bool complete, const char *field)
{
    struct faults all = { 0 };
    int count = form_check(&f, complete, LANG_NB, hear, &all);

    assert_int_equal(count, all.count);
    if (field != NULL)
        assert_string_equal(all.field, field);
    return count;
}

static void
test_check(void **state)
{
    (void)state;
    begin();
    assert_int_equal(faults_of(false, NULL), 0);
    assert_true(faults_of(true, NULL) >= 2);
    answer("target_group", "mental");
    answer("economy", "3");
    assert_int_equal(faults_of(true, NULL), 0);
    answer("care", "daily");
    answer("care_children", "2");
    answer("care_obs", "3");
    assert_int_equal(faults_of(false, "care_obs"), 1);
    answer("care_obs", "2");
    assert_int_equal(faults_of(true, NULL), 0);
    end();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asked), cmocka_unit_test(test_shown),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_together),
        cmocka_unit_test(test_conflict), cmocka_unit_test(test_services),
        cmocka_unit_test(test_blank), cmocka_unit_test(test_kept),
        cmocka_unit_test(test_check)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
