/* test_check.c - each thing a registration may not say, at its edge, and
 * what it may, by the instrument of 2014. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "calc/check.h"
#include "tiny_instrument.h"

enum { FAULTS = 16, FROM_AGE = 18 };

static struct instrument *in;

struct heard {
    int count;
    struct err fault[FAULTS];
};

static void
say(void *ctx, const struct err *fault)
{
    struct heard *h = ctx;

    assert_true(h->count < FAULTS);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b;

        assert_true(msg_has((enum lang)lang, fault->key));
        buf_init(&b, 0);
        msg_error(&b, (enum lang)lang, fault);
        for (char n = '1'; n <= '9'; n++)
            assert_null(strstr(buf_string(&b), (char[]){ '{', n, '}', 0 }));
        buf_clear(&b);
    }
    h->fault[h->count++] = *fault;
}

static void
hear_what(const char *answers, int what, struct heard *h)
{
    const struct check_listener listener = { say, h, LANG_EN };
    struct tiny_row r;
    int faults;

    h->count = 0;
    tiny_fill(in, &r, answers);
    faults = check_registration(in, &r.row, what, &listener);
    assert_int_equal(faults, h->count);
}

/* All that is checked of a finished one, or the least. */
static void
hear(const char *answers, bool complete, struct heard *h)
{
    hear_what(answers, complete ? CHECK_ASKED | CHECK_COMPLETE : 0, h);
}

/* ANSWERS, of which WHAT is checked, have the one fault KEY at FIELD, or
 * none where KEY is NULL. */
static void
one_what(const char *answers, int what, const char *key, const char *field)
{
    struct heard h;

    hear_what(answers, what, &h);
    if (key == NULL) {
        if (h.count > 0)
            fail_msg("%s: %s", answers, h.fault[0].key);
        return;
    }
    if (h.count != 1 || strcmp(h.fault[0].key, key) != 0
        || strcmp(h.fault[0].field, field) != 0)
        fail_msg("%s: %d faults, %s at %s", answers, h.count,
                 h.count > 0 ? h.fault[0].key : "-",
                 h.count > 0 ? h.fault[0].field : "-");
    assert_int_equal(h.fault[0].code, ERR_INPUT);
}

static void
one(const char *answers, bool complete, const char *key, const char *field)
{
    one_what(answers, complete ? CHECK_ASKED | CHECK_COMPLETE : 0, key,
             field);
}

/* In a draft and in a finished registration alike. */
static void
both(const char *answers, const char *key, const char *field)
{
    char all[256] = "target_group=mental economy=1 ";

    one(answers, false, key, field);
    one_what(answers, CHECK_ASKED, key, field);
    strncat(all, answers, sizeof all - strlen(all) - 1);
    one(all, true, key, field);
}

static void
test_children(void **state)
{
    static const struct {
        const char *answers, *key, *field;
    } cases[] = {
        { "care=daily care_children=1", NULL, NULL },
        { "care=shared care_children=20 care_obs=20", NULL, NULL },
        { "care=none care_children=0", NULL, NULL },
        { "care=- care_children=0 care_obs=0", NULL, NULL },
        { "care=none care_children=0 care_obs=0", NULL, NULL },
        { "care=daily", NULL, NULL },
        { "care=daily care_obs=0", NULL, NULL },
        { "care=daily care_children=?", NULL, NULL },
        { "care=none care_children=1", "check.message", "care_children" },
        { "care=- care_children=1", "check.message", "care_children" },
        { "care=? care_children=1", "check.message", "care_children" },
        { "care=daily care_children=2 care_obs=2", NULL, NULL },
        { "care=daily care_children=2 care_obs=3", "check.at_most",
          "care_obs" },
        { "care=daily care_children=0 care_obs=1", "check.at_most",
          "care_obs" },
        { "care=daily care_obs=1", "check.at_most_blank", "care_obs" },
        { "care=daily care_children=? care_obs=1", "check.at_most_blank",
          "care_obs" },
        { "contact=agreed contact_children=1", NULL, NULL },
        { "contact=some contact_children=1 contact_obs=1", NULL, NULL },
        { "contact=none contact_children=0", NULL, NULL },
        { "contact=none contact_children=1", "check.message",
          "contact_children" },
        { "contact_children=1", "check.message", "contact_children" },
        { "contact=some contact_children=1 contact_obs=2", "check.at_most",
          "contact_obs" },
        { "contact=some contact_obs=1", "check.at_most_blank",
          "contact_obs" },
        /* care says nothing of contact */
        { "care=daily care_children=5 contact=some contact_children=1"
          " contact_obs=1", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        both(cases[i].answers, cases[i].key, cases[i].field);
}

/* OBS without care is said of both: where no child is, and without care. */
static void
test_obs_alone(void **state)
{
    struct heard h;

    (void)state;
    hear("care=none care_obs=1", false, &h);
    assert_int_equal(h.count, 2);
    assert_string_equal(h.fault[0].key, "check.at_most_blank");
    assert_string_equal(h.fault[1].key, "check.message");
    assert_string_equal(h.fault[0].field, "care_obs");
    assert_string_equal(h.fault[1].field, "care_obs");
    assert_non_null(strstr(h.fault[1].arg[0], "Children of concern"));
    hear("care=none care_children=2 care_obs=1", false, &h);
    assert_int_equal(h.count, 2);
    assert_string_equal(h.fault[0].field, "care_children");
    assert_string_equal(h.fault[1].field, "care_obs");
}

static void
test_birth_year(void **state)
{
    (void)state;
    both("birth_year=1980", NULL, NULL);
    both("birth_year=-", NULL, NULL);
    both("birth_year=?", NULL, NULL);
    both("birth_year=1894", NULL, NULL);                /* 120 years */
    both("birth_year=1893", "check.birth_year", "birth_year");
    both("birth_year=2015", "check.birth_year", "birth_year");
    both("birth_year=1996", NULL, NULL);                /* 18 */
    both("birth_year=1997", "check.age", "birth_year");
    both("birth_year=2014", "check.age", "birth_year");
}

static void
test_unasked(void **state)
{
    static const struct { const char *answers, *field; } cases[] = {
        { "target_group=mental substance=1", "substance" },
        { "target_group=mental use_alcohol=none", "use_alcohol" },
        { "target_group=mental injecting=0", "injecting" },
        { "target_group=mental injecting=?", "injecting" },
        { "target_group=dual crisis=0", "crisis" },
        { "target_group=mental group=0 group_nav=0", "group_nav" },
        { "target_group=mental group_other=1", "group_other" },
        { "target_group=mental group=? group_social=1", "group_social" },
        { "target_group=mental ip=1 ip_declined=0", "ip_declined" },
        { "target_group=mental ip_declined=1", "ip_declined" },
    };
    char all[128];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strcpy(all, "economy=1 ");
        strcat(all, cases[i].answers);
        one(all, true, "check.unasked", cases[i].field);
        /* the form asks before it takes the answer away */
        one(all, false, NULL, NULL);
        one_what(all, CHECK_COMPLETE, NULL, NULL);
        /* a draft that is imported has no such answer either, and nothing
         * that a finished one must have */
        one_what(cases[i].answers, CHECK_ASKED, "check.unasked",
                 cases[i].field);
    }
    one_what("substance=1", CHECK_ASKED, "check.unasked", "substance");
    one_what("group_nav=1", CHECK_ASKED, "check.unasked", "group_nav");
    one_what("", CHECK_ASKED, NULL, NULL);
    one_what("target_group=mental", CHECK_ASKED, NULL, NULL);
    one_what("ip=0 ip_declined=1", CHECK_ASKED, NULL, NULL);
    one("target_group=mental economy=1 crisis=1", true, NULL, NULL);
    one("target_group=dual economy=1 substance=2 injecting=1", true, NULL,
        NULL);
    one("target_group=mental economy=1 group=1 group_nav=0", true, NULL,
        NULL);
    one("target_group=mental economy=1 ip=0 ip_declined=1", true, NULL,
        NULL);
    /* ticks are not looked at: services_done says what they mean */
    one("target_group=mental economy=1 services_done=0 svc_gp_r=1", true,
        NULL, NULL);
}

static void
test_off(void **state)
{
    struct tiny_row r;
    struct heard h = { 0 };
    const struct check_listener listener = { say, &h, LANG_NB };

    (void)state;
    tiny_fill(in, &r, "target_group=mental economy=1");
    r.value[tiny_variable(in, "case_code")] = 0;
    assert_int_equal(check_registration(in, &r.row,
                                        CHECK_ASKED | CHECK_COMPLETE,
                                        &listener), 1);
    assert_int_equal(check_registration(in, &r.row, CHECK_ASKED, &listener),
                     1);
    assert_int_equal(check_registration(in, &r.row, CHECK_COMPLETE,
                                        &listener), 0);
    assert_int_equal(h.count, 2);
    for (int i = 0; i < h.count; i++) {
        assert_string_equal(h.fault[i].key, "check.off");
        assert_string_equal(h.fault[i].field, "case_code");
    }
}

static void
test_complete(void **state)
{
    struct heard h;

    (void)state;
    one("", false, NULL, NULL);
    /* substance is the first of them, and asked of nobody yet */
    hear("", true, &h);
    assert_int_equal(h.count, 2);
    assert_string_equal(h.fault[0].key, "check.needed");
    assert_string_equal(h.fault[0].field, "target_group");
    assert_string_equal(h.fault[1].key, "check.needed_any");
    assert_string_equal(h.fault[1].field, "economy");
    assert_string_equal(h.fault[1].arg[0], "economy");
    assert_string_equal(h.fault[1].arg[1], "activity");
    one("target_group=mental", true, "check.needed_any", "economy");
    one("target_group=mental", false, NULL, NULL);
    one_what("target_group=mental", CHECK_COMPLETE, "check.needed_any",
             "economy");
    one("target_group=mental economy=?", true, "check.needed_any",
        "economy");
    one("target_group=substance", true, "check.needed_any", "substance");
    one("target_group=dual", true, "check.needed_any", "substance");
    one("target_group=dual substance=?", true, "check.needed_any",
        "substance");
    one("economy=1", true, "check.needed", "target_group");
    one("target_group=mental economy=1", true, NULL, NULL);
    one("target_group=mental activity=5", true, NULL, NULL);
    one("target_group=substance substance=1", true, NULL, NULL);
}

static void
test_value(void **state)
{
    const struct variable *kids =
        &in->variables[tiny_variable(in, "care_children")];
    const struct variable *sex = &in->variables[tiny_variable(in, "sex")];
    const struct variable *tier = &in->variables[tiny_variable(in, "tier")];
    struct err e = { 0 };

    (void)state;
    assert_true(check_value(kids, 0, &e));
    assert_true(check_value(kids, 20, &e));
    assert_true(check_value(kids, VALUE_UNANSWERED, &e));
    assert_true(check_value(kids, VALUE_UNKNOWN, &e));
    assert_true(check_value(sex, 2, &e));
    assert_true(check_value(tier, 1, &e));
    assert_true(check_value(tier, 3, &e));
    assert_int_equal(e.code, ERR_NONE);
    assert_false(check_value(kids, 21, &e));
    assert_string_equal(e.key, "check.range");
    assert_string_equal(e.arg[0], "21");
    assert_string_equal(e.arg[2], "20");
    err_clear(&e);
    assert_false(check_value(tier, 0, &e));
    err_clear(&e);
    assert_false(check_value(tier, 4, &e));
}

/* TEXT (LEN bytes) as an answer of ID: the key it is refused with. */
static void
text(const char *id, const char *value, size_t len, const char *key)
{
    const struct variable *v = &in->variables[tiny_variable(in, id)];
    struct err e = { 0 };

    assert_int_equal(check_text(v, value, len, &e), key == NULL);
    if (key != NULL)
        assert_string_equal(e.key, key);
    for (int i = 0; i < e.args; i++)
        assert_true(strlen(e.arg[i]) <= 3);     /* numbers, no text */
}

static void
test_text(void **state)
{
    char a[402];

    (void)state;
    text("professional", "", 0, NULL);
    text("professional", "Åse Ødegård", strlen("Åse Ødegård"), NULL);
    text("professional", "a\nb", 3, "check.text_control");
    text("professional", "a\tb", 3, "check.text_control");
    text("professional", "a\0b", 3, "check.text_control");
    text("professional", "a\x7F", 2, "check.text_control");
    text("professional", "a\xC2\x85", 3, "check.text_control");
    text("professional", "a\xC2\xA0", 3, NULL);
    text("professional", "a\xC2", 2, "check.text_utf8");
    memset(a, 'a', sizeof a);
    text("professional", a, 200, NULL);
    text("professional", a, 201, "check.text_long");
    for (size_t i = 0; i < 201; i++)
        memcpy(a + 2 * i, "ø", 2);
    text("professional", a, 400, NULL);
    text("professional", a, 402, "check.text_long");
    text("case_code", "0101901234", 10, NULL);
    text("case_code", "01019012345", 11, "check.text_digits");
    text("case_code", "010190 12345", 12, "check.text_digits");
    text("case_code", "A1B2C3D4E5F6G7H8I9J0K1", 22, "check.text_digits");
    /* where the instrument says nothing of digits, eleven are too many */
    text("professional", "0101901234", 10, NULL);
    text("professional", "01019012345", 11, "check.text_digits");
    text("subunit", "1234567890", 10, NULL);
    text("subunit", "Sone 12345678901", 16, "check.text_digits");
}

static struct instrument *
bound(void)
{
    const char *const units[] = { "a", "b" };
    struct round_facts facts = {
        .municipality = 1201, .year = 2014, .period = 5,
        .from_age = FROM_AGE, .unit_ids = units, .unit_names = units,
        .unit_count = 2
    };
    struct err e = { 0 };
    struct instrument *made;
    struct buf b;

    buf_init(&b, 0);
    assert_true(buf_read_file(&b, "instruments/brukerplan-2014.yaml",
                              DEFINITION_MAX, &e));
    made = instrument_read(b.data, b.len, "2014", &e);
    assert_non_null(made);
    assert_true(instrument_bind(made, &facts, &e));
    buf_clear(&b);
    return made;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_children), cmocka_unit_test(test_obs_alone),
        cmocka_unit_test(test_birth_year), cmocka_unit_test(test_unasked),
        cmocka_unit_test(test_off), cmocka_unit_test(test_complete),
        cmocka_unit_test(test_value), cmocka_unit_test(test_text)
    };
    int failed;

    in = bound();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
