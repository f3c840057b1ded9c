/* test_expr.c - the filter language: what it takes, what it means, and what
 * it refuses with which words and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "tiny_instrument.h"

enum { UNITS = 70 };

static struct instrument *in;
static struct arena arena;

static struct expr *
parse(const char *text, struct err *e)
{
    err_clear(e);
    return expr_parse(text, in, in->variable_count, &arena, NULL, e);
}

/* Whether TEXT holds for ANSWERS; it must parse. */
static bool
holds(const char *text, const char *answers)
{
    struct tiny_row r;
    struct err e;
    struct expr *x = parse(text, &e);

    if (e.code != ERR_NONE)
        fail_msg("%s: %s at %d", text, e.key, e.at.column);
    tiny_fill(in, &r, answers);
    return expr_test(x, &r.row);
}

static const struct {
    const char *text, *answers;
    bool holds;
} held[] = {
    { "", "", true },
    { " \t\r\n", "", true },
    /* signs */
    { "kids = 3", "kids=3", true },
    { "kids = 3", "kids=2", false },
    { "kids != 3", "kids=2", true },
    { "kids != 3", "kids=3", false },
    { "kids < 3", "kids=2", true },
    { "kids < 3", "kids=3", false },
    { "kids <= 3", "kids=3", true },
    { "kids <= 3", "kids=4", false },
    { "kids > 3", "kids=4", true },
    { "kids > 3", "kids=3", false },
    { "kids >= 3", "kids=3", true },
    { "kids >= 3", "kids=2", false },
    { "kids=3", "kids=3", true },
    { "kids>=3 and kids<=3", "kids=3", true },
    { "kids = 99999", "kids=3", false },
    /* kinds */
    { "municipality = 0301", "municipality=0301", true },
    { "municipality != 0301", "municipality=4601", true },
    { "completed_on = 2014-05-31", "completed_on=2014-05-31", true },
    { "completed_on < 2014-05-31", "completed_on=2014-05-30", true },
    { "completed_on < 2014-05-31", "completed_on=2014-06-01", false },
    { "completed_on > 2013-12-31", "completed_on=2014-01-01", true },
    { "completed_on in {2014-05-30, 2014-05-31}",
      "completed_on=2014-05-31", true },
    { "sex = male", "sex=male", true },
    { "sex != male", "sex=female", true },
    { "plan = 1", "plan=1", true },
    { "plan = 0", "plan=0", true },
    { "plan != 0", "plan=1", true },
    { "home >= 3", "home=4", true },
    { "home in {1, 5}", "home=5", true },
    { "home in {1, 5}", "home=4", false },
    { "index >= 1200", "index=1200", true },
    { "index < 1200", "index=1199", true },
    { "index_grade in {red, bloodred}", "index_grade=red", true },
    { "age_group = 50+", "age_group=50+", true },
    { "age_group = 0-17", "age_group=0-17", true },
    { "unit = u69", "unit=u69", true },
    { "sex in {male}", "sex=male", true },
    /* bare and quoted are the same */
    { "sex = \"male\"", "sex=male", true },
    { "kids >= \"3\"", "kids=3", true },
    { "completed_on = \"2014-05-31\"", "completed_on=2014-05-31", true },
    { "age_group in {\"50+\",18-49}", "age_group=50+", true },
    /* sets */
    { "helpers in {u1, u3}", "helpers=u3", true },
    { "helpers in {u1, u3}", "helpers=u2|u1", true },
    { "helpers in {u1, u3}", "helpers=u2", false },
    { "helpers in {u0}", "helpers=0", false },
    { "helpers in {u63, u64}", "helpers=u64", true },
    { "helpers in {u64}", "helpers=u0", false },
    { "helpers in {u69}", "helpers=u69", true },
    { "helpers is answered", "helpers=0", true },
    { "helpers is blank", "helpers=-", true },
    { "helpers in {u1}", "helpers=?", false },
    /* and before or, not before and */
    { "plan = 1 or kids = 1 and sex = male", "plan=1 sex=female", true },
    { "(plan = 1 or kids = 1) and sex = male", "plan=1 sex=female",
      false },
    { "kids = 1 and sex = male or plan = 1", "plan=1", true },
    { "not plan = 1 and sex = male", "plan=0 sex=female", false },
    { "not (plan = 1 and sex = male)", "plan=0 sex=female", true },
    { "not plan = 1 or sex = male", "plan=1 sex=male", true },
    { "not not plan = 1", "plan=1", true },
    { "not not not plan = 1", "plan=1", false },
    { "((plan = 1))", "plan=1", true },
    { "plan = 1 or plan = 0 or kids = 1", "kids=1", true },
    { "plan = 1 and kids = 1 and sex = male", "plan=1 kids=1", false },
    { "plan = 1 and kids = 1 and sex = male", "plan=1 kids=1 sex=male",
      true },
};

static void
test_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (holds(held[i].text, held[i].answers) != held[i].holds)
            fail_msg("%s for %s", held[i].text, held[i].answers);
}

/* Two-valued logic: no comparison holds without a value, so its negation
 * does; `is` tells the three ways of having none apart. */
static void
test_missing(void **state)
{
    static const char none[] = { '-', '?', '!' };
    static const char *const tests[] = {
        "%s = 0", "%s != 0", "%s in {0}", "%s in {0, 1}"
    };
    static const char *const ids[] = { "kids", "plan", "declined" };
    char text[64], not_text[80], answers[32];

    (void)state;
    for (size_t n = 0; n < 3; n++) {
        for (size_t v = 0; v < 3; v++) {
            snprintf(answers, sizeof answers, "%s=%c", ids[v], none[n]);
            for (size_t t = 0; t < 4; t++) {
                snprintf(text, sizeof text, tests[t], ids[v]);
                snprintf(not_text, sizeof not_text, "not (%s)", text);
                assert_false(holds(text, answers));
                assert_true(holds(not_text, answers));
            }
            snprintf(text, sizeof text, "%s is answered", ids[v]);
            assert_false(holds(text, answers));
            snprintf(text, sizeof text, "%s is blank", ids[v]);
            assert_true(holds(text, answers));
            snprintf(text, sizeof text, "%s is unknown", ids[v]);
            assert_int_equal(holds(text, answers), n == 1);
            snprintf(text, sizeof text, "%s is unasked", ids[v]);
            assert_int_equal(holds(text, answers), n == 2);
        }
    }
    assert_false(holds("kids < 3", "kids=-"));
    assert_false(holds("kids >= 0", "kids=?"));
    assert_true(holds("kids is answered", "kids=0"));
    assert_false(holds("kids is blank", "kids=0"));
    assert_false(holds("kids is unknown or kids is unasked", "kids=-"));
}

/* Every refusal: its key, the byte it is at, and what it shows. */
static const struct refusal {
    const char *text, *key;
    int column;
    const char *second, *third, *fourth;        /* arguments */
} refused[] = {
    { "nothing = 1", "expr.name_near", 1, "nothing", "tier", NULL },
    { "kidz = 1", "expr.name_near", 1, "kidz", "kids", NULL },
    { "sex = male and  kidss = 1", "expr.name_near", 17, "kidss", "kids",
      NULL },
    { "ident = 1", "expr.name_near", 1, "ident", "index", NULL },
    { "ident is blank", "expr.name_near", 1, "ident", "index", NULL },
    { "remark is blank", "expr.name_near", 1, "remark", "year",
      NULL },
    { "secret = 1", "expr.name_near", 1, "secret", "year", NULL },
    { "Sex = male", "expr.name_near", 1, "Sex", "sex", NULL },
    { "12 = 1", "expr.name_near", 1, "12", "sex", NULL },
    { "01019012345 = 1", "expr.name_near", 1, QUOTE_HIDDEN "11", "year",
      NULL },
    { "\"sex\" = male", "expr.want_name", 1, "\"sex\"", NULL, NULL },
    { "= 1", "expr.want_name", 1, "=", NULL, NULL },
    { "()", "expr.want_name", 2, ")", NULL, NULL },
    { "plan = 1 and and", "expr.name_near", 14, "and", "age", NULL },
    { "plan = 1 and )", "expr.want_name", 14, ")", NULL, NULL },
    { "plan", "expr.ends_test", 5, "", NULL, NULL },
    { "plan ", "expr.ends_test", 6, "", NULL, NULL },
    { "plan 1", "expr.want_test", 6, "1", NULL, NULL },
    { "plan == 1", "expr.want_value", 7, "=", NULL, NULL },
    { "plan = ", "expr.ends_value", 8, "", NULL, NULL },
    { "plan = )", "expr.want_value", 8, ")", NULL, NULL },
    { "plan = 1 and", "expr.ends_name", 13, "", NULL, NULL },
    { "not", "expr.ends_name", 4, "", NULL, NULL },
    { "(", "expr.ends_name", 2, "", NULL, NULL },
    { "(plan = 1", "expr.ends_close", 10, "", NULL, NULL },
    { "(plan = 1 plan", "expr.want_close", 11, "plan", NULL, NULL },
    { "plan = 1)", "expr.want_end", 9, ")", NULL, NULL },
    { "plan = 1 plan = 0", "expr.want_end", 10, "plan", NULL, NULL },
    { "plan is", "expr.ends_state", 8, "", NULL, NULL },
    { "plan is empty", "expr.want_state", 9, "empty", NULL, NULL },
    { "plan is Blank", "expr.want_state", 9, "Blank", NULL, NULL },
    { "plan is \"blank\"", "expr.want_state", 9, "\"blank\"", NULL, NULL },
    { "sex in", "expr.ends_brace", 7, "", NULL, NULL },
    { "sex in male", "expr.want_brace", 8, "male", NULL, NULL },
    { "sex in {", "expr.ends_value", 9, "", NULL, NULL },
    { "sex in {}", "expr.want_value", 9, "}", NULL, NULL },
    { "sex in {male", "expr.ends_unbrace", 13, "", NULL, NULL },
    { "sex in {male,", "expr.ends_value", 14, "", NULL, NULL },
    { "sex in {male,}", "expr.want_value", 14, "}", NULL, NULL },
    { "sex in {male female}", "expr.want_unbrace", 14, "female", NULL,
      NULL },
    { "sex = mael", "expr.value_near", 7, "mael", "sex", "male" },
    { "sex = nobody", "expr.value_code", 7, "nobody", "sex",
      "male, female" },
    { "sex in {male, nobody}", "expr.value_code", 15, "nobody", "sex",
      "male, female" },
    /* too many to list: the nearest, however far */
    { "helpers in {u99999}", "expr.value_near", 13, "u99999", "helpers",
      "u9" },
    { "unit = nobody", "expr.value_near", 8, "nobody", "unit", "u0" },
    { "unit = \"\"", "expr.value_near", 8, "", "unit", "u0" },
    { "unit = 01019012345", "expr.value_near", 8, QUOTE_HIDDEN "11", "unit",
      "u10" },
    { "sex = \"\"", "expr.value_code", 7, "", "sex", "male, female" },
    { "kids = few", "expr.value_int", 8, "few", "kids", NULL },
    { "kids = 1.5", "expr.value_int", 8, "1.5", "kids", NULL },
    { "kids = 1234567890", "expr.value_int", 8, QUOTE_HIDDEN "10", "kids",
      NULL },
    { "index = red", "expr.value_int", 9, "red", "index", NULL },
    { "municipality = 301", "expr.value_text4", 16, "301", "municipality",
      NULL },
    { "completed_on = 2014-02-29", "expr.value_date", 16, "2014-02-29",
      "completed_on", NULL },
    { "plan = ja", "expr.value_bool", 8, "ja", "plan", NULL },
    { "plan = 2", "expr.value_bool", 8, "2", "plan", NULL },
    { "home = 6", "expr.value_score", 8, "6", "home", "5" },
    { "home = 0", "expr.value_score", 8, "0", "home", "5" },
    { "sex < male", "expr.sign_kind", 5, "sex", "code", NULL },
    { "plan >= 1", "expr.sign_kind", 6, "plan", "bool", NULL },
    { "municipality > 0301", "expr.sign_kind", 14, "municipality", "text4",
      NULL },
    { "helpers = u1", "expr.sign_codes", 9, "helpers", NULL, NULL },
    { "helpers != u1", "expr.sign_codes", 9, "helpers", NULL, NULL },
    { "plan ! 1", "expr.byte", 6, "!", NULL, NULL },
    { "plan = -1", "expr.byte", 8, "-", NULL, NULL },
    { "plan = +1", "expr.byte", 8, "+", NULL, NULL },
    { "plan = \xC3\xB8", "expr.byte", 8, "\xC3\xB8", NULL, NULL },
    /* at the letter that is not English, not at its word */
    { "sex = m\xC3\xA5l", "expr.byte", 8, "\xC3\xA5", NULL, NULL },
    { "sex = mal\xC3\xA5", "expr.byte", 10, "\xC3\xA5", NULL, NULL },
    { "sex = male\xE2\x80\xA6", "expr.byte", 11, "\xE2\x80\xA6", NULL,
      NULL },
    { "sex = male\xC2\xA0", "expr.byte", 11, NULL, NULL, NULL },
    { "b\xC3\xB8r = 1", "expr.byte", 2, "\xC3\xB8", NULL, NULL },
    { "sex in {male, \xC3\xA5}", "expr.byte", 15, "\xC3\xA5", NULL, NULL },
    { "sex i\xC3\xA5 {male}", "expr.byte", 6, "\xC3\xA5", NULL, NULL },
    /* in quotation marks it is a value like others */
    { "sex = \"m\xC3\xA5l\"", "expr.value_code", 7, "m\xC3\xA5l", "sex",
      "male, female" },
    { "sex = \"male\xC3\xA5\"", "expr.value_near", 7, "male\xC3\xA5", "sex",
      "male" },
    { "plan; 1", "expr.byte", 5, ";", NULL, NULL },
    { "plan = \x01", "expr.byte", 8, "\\x01", NULL, NULL },
    { "sex = \"male", "expr.quote_open", 7, "", NULL, NULL },
    { "sex = \"ma\\le\"", "expr.escape", 10, "", NULL, NULL },
    { "sex = \"male\\", "expr.escape", 12, "", NULL, NULL },
    { "plan = 1 \xC3", "expr.utf8", 10, "", NULL, NULL },
    /* words are lower case */
    { "plan = 1 AND kids = 1", "expr.want_end", 10, "AND", NULL, NULL },
    { "plan = 1 Or kids = 1", "expr.want_end", 10, "Or", NULL, NULL },
    { "NOT plan = 1", "expr.name_near", 1, "NOT", "sex", NULL },
    { "plan IS blank", "expr.want_test", 6, "IS", NULL, NULL },
    { "sex IN {male}", "expr.want_test", 5, "IN", NULL, NULL },
};

/* The sentence must be there in every language, whole. */
static void
check_sentence(const struct err *e)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b;

        assert_true(msg_has((enum lang)lang, e->key));
        buf_init(&b, 0);
        msg_error(&b, (enum lang)lang, e);
        assert_null(strstr(buf_string(&b), "{1}"));
        assert_null(strstr(buf_string(&b), "{2}"));
        assert_null(strstr(buf_string(&b), "{3}"));
        assert_null(strstr(buf_string(&b), "{4}"));
        buf_clear(&b);
    }
}

static void
test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const struct refusal *c = &refused[i];
        struct err e;

        assert_null(parse(c->text, &e));
        if (e.code != ERR_INPUT || strcmp(e.key, c->key) != 0
            || e.at.column != c->column)
            fail_msg("%s: %s at %d", c->text, e.key, e.at.column);
        assert_null(e.at.file);
        if (c->second != NULL)
            assert_string_equal(e.arg[1], c->second);
        if (c->third != NULL)
            assert_string_equal(e.arg[2], c->third);
        if (c->fourth != NULL)
            assert_string_equal(e.arg[3], c->fourth);
        check_sentence(&e);
    }
}

/* Without a round there are no units to name. */
static void
test_unbound(void **state)
{
    struct instrument *loose = tiny_instrument(NULL, 0);
    struct err e = { 0 };

    (void)state;
    assert_null(expr_parse("unit = u1", loose, loose->variable_count, &arena,
                           NULL, &e));
    assert_string_equal(e.key, "expr.value_units");
    check_sentence(&e);
    instrument_free(loose);
}

/* A place in a file is that of the node; the byte is an argument. */
static void
test_place(void **state)
{
    struct pos at = { "x.yaml", 7, 11 };
    struct err e = { 0 };

    (void)state;
    assert_null(expr_parse("sex = mael", in, in->variable_count, &arena, &at,
                           &e));
    assert_string_equal(e.at.file, "x.yaml");
    assert_int_equal(e.at.line, 7);
    assert_int_equal(e.at.column, 11);
    assert_string_equal(e.arg[0], "7");
}

/* Eight codes are listed, of nine the nearest is named. */
static void
test_listed(void **state)
{
    (void)state;
    for (int units = 8; units <= 9; units++) {
        struct instrument *loose = tiny_instrument(NULL, units);
        struct err e = { 0 };

        assert_null(expr_parse("unit = nobody", loose,
                               loose->variable_count, &arena, NULL, &e));
        assert_string_equal(e.key, units == 8 ? "expr.value_code"
                                              : "expr.value_near");
        assert_string_equal(e.arg[3], units == 8
                            ? "u0, u1, u2, u3, u4, u5, u6, u7" : "u0");
        check_sentence(&e);
        instrument_free(loose);
    }
}

/* Only the first KNOWN variables may be named, and are offered. */
static void
test_known(void **state)
{
    int sex = tiny_variable(in, "sex");
    struct err e = { 0 };

    (void)state;
    assert_non_null(expr_parse("sex = male", in, sex + 1, &arena, NULL, &e));
    assert_null(expr_parse("sex = male", in, sex, &arena, NULL, &e));
    assert_string_equal(e.key, "expr.name_near");
    assert_string_equal(e.arg[2], "year");
    err_clear(&e);
    assert_null(expr_parse("sex = male", in, 1, &arena, NULL, &e));
    assert_string_equal(e.arg[2], "municipality");
    err_clear(&e);
    assert_null(expr_parse("sex = male", in, 0, &arena, NULL, &e));
    assert_string_equal(e.key, "expr.name");
    assert_string_equal(e.arg[1], "sex");
    check_sentence(&e);
}

/* TEXT COUNT times, between HEAD and TAIL. */
static char *
repeat(const char *head, const char *text, int count, const char *tail)
{
    size_t n = strlen(text);
    char *out = arena_take(&arena, strlen(head) + n * (size_t)count
                                   + strlen(tail) + 1);
    char *p = stpcpy(out, head);

    for (int i = 0; i < count; i++)
        p = stpcpy(p, text);
    stpcpy(p, tail);
    return out;
}

static void
expect(const char *text, const char *key)
{
    struct err e;
    struct expr *x = parse(text, &e);

    if (key == NULL) {
        assert_int_equal(e.code, ERR_NONE);
        assert_non_null(x);
        return;
    }
    assert_null(x);
    assert_string_equal(e.key, key);
    check_sentence(&e);
}

static void
test_limits(void **state)
{
    const char *text;

    (void)state;
    text = repeat("plan = 1", " ", 4096 - 8, "");
    assert_int_equal(strlen(text), 4096);
    expect(text, NULL);
    expect(repeat(text, " ", 1, ""), "expr.bytes");
    /* brackets and not alike, and their mixture */
    expect(repeat("", "(", 64, repeat("plan = 1", ")", 64, "")), NULL);
    expect(repeat("", "(", 65, repeat("plan = 1", ")", 65, "")),
           "expr.levels");
    expect(repeat("", "not ", 64, "plan = 1"), NULL);
    expect(repeat("", "not ", 65, "plan = 1"), "expr.levels");
    expect(repeat("", "not (", 32, repeat("plan = 1", ")", 32, "")), NULL);
    expect(repeat("", "not (", 32, repeat("not plan = 1", ")", 32, "")),
           "expr.levels");
    /* levels are depth, not count */
    expect(repeat("plan = 1", " or (plan = 1)", 200, ""), NULL);
    expect(repeat("plan = 1", " or not plan = 1", 200, ""), NULL);
    /* values of the whole expression */
    expect(repeat("kids in {1", ",1", 255, "}"), NULL);
    expect(repeat("kids in {1", ",1", 256, "}"), "expr.values");
    expect(repeat("kids=1", " or kids=1", 255, ""), NULL);
    expect(repeat("kids=1", " or kids=1", 256, ""), "expr.values");
    expect(repeat("kids in {1", ",1", 254, "} or kids=1"), NULL);
    expect(repeat("kids in {1", ",1", 255, "} or kids=1"), "expr.values");
    /* a name longer than any is near none */
    expect(repeat("", "k", 64, " = 1"), "expr.name_near");
    expect(repeat("", "k", 65, " = 1"), "expr.name");
    expect(repeat("unit = ", "u", 65, ""), "expr.value_code");
}

struct seen {
    int count, variable[8];
};

static void
see(void *ctx, int variable)
{
    struct seen *s = ctx;

    s->variable[s->count++] = variable;
}

static void
test_variables(void **state)
{
    struct seen s = { 0 };
    struct err e;

    (void)state;
    expr_variables(NULL, see, &s);
    assert_int_equal(s.count, 0);
    expr_variables(parse("(sex = male or not kids is blank) and home in {1}"
                         " and helpers in {u1} or sex = female", &e),
                   see, &s);
    assert_int_equal(s.count, 5);
    assert_int_equal(s.variable[0], tiny_variable(in, "sex"));
    assert_int_equal(s.variable[1], tiny_variable(in, "kids"));
    assert_int_equal(s.variable[2], tiny_variable(in, "home"));
    assert_int_equal(s.variable[3], tiny_variable(in, "helpers"));
    assert_int_equal(s.variable[4], tiny_variable(in, "sex"));
}

static void
test_may_name(void **state)
{
    static const struct { const char *id; bool may; } cases[] = {
        { "sex", true }, { "helpers", true }, { "ident", false },
        { "remark", false }, { "secret", false }, { "index", true },
        { "completed_on", true }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(expr_may_name(
            &in->variables[tiny_variable(in, cases[i].id)]), cases[i].may);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds), cmocka_unit_test(test_missing),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_unbound),
        cmocka_unit_test(test_place), cmocka_unit_test(test_listed),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_variables),
        cmocka_unit_test(test_may_name)
    };
    int failed;

    in = tiny_instrument(NULL, UNITS);
    arena_init(&arena);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    instrument_free(in);
    return failed;
}
