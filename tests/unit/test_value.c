/* test_value.c - one answer, between text and number, by kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/clock.h"
#include "tiny_instrument.h"

static struct instrument *in;

static const struct variable *
variable(const char *id)
{
    return &in->variables[tiny_variable(in, id)];
}

/* What is read comes out as the same text. */
static void
test_read(void **state)
{
    static const struct {
        const char *id, *text;
        int32_t value;
    } cases[] = {
        { "municipality", "0301", 301 }, { "municipality", "0000", 0 },
        { "municipality", "9999", 9999 },
        { "kids", "0", 0 }, { "kids", "20", 20 }, { "kids", "21", 21 },
        { "visits", "999999999", 999999999 },
        { "completed_on", "1970-01-01", 0 },
        { "completed_on", "2014-12-31", 16435 },
        { "sex", "male", 0 }, { "sex", "female", 1 },
        { "unit", "u0", 0 }, { "unit", "u12", 12 }, { "helpers", "u12", 12 },
        { "plan", "1", 1 }, { "plan", "0", 0 },
        { "home", "1", 1 }, { "home", "5", 5 },
        { "index", "1000", 1000 }, { "index_grade", "bloodred", 3 },
        { "age_group", "0-17", 0 }, { "age_group", "50+", 2 },
        { "home_grade", "red", 2 }, { "any_plan", "1", 1 },
        { "svc_meals_r", "0", 0 },
    };
    char out[ID_MAX + 1];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct variable *v = variable(cases[i].id);
        int32_t value = -9;

        assert_true(variable_read(in, v, cases[i].text,
                                  strlen(cases[i].text), &value));
        assert_int_equal(value, cases[i].value);
        if (v->kind != KIND_CODES)
            assert_string_equal(variable_print(v, value, out),
                                cases[i].text);
    }
}

static void
test_refused(void **state)
{
    static const struct { const char *id, *text; } cases[] = {
        { "municipality", "301" }, { "municipality", "00301" },
        { "municipality", "03 1" }, { "municipality", "" },
        { "municipality", "+301" },
        { "kids", "" }, { "kids", " 1" }, { "kids", "1 " },
        { "kids", "+1" }, { "kids", "-1" }, { "kids", "1.0" },
        { "kids", "0x1" }, { "kids", "1000000000" }, { "kids", "one" },
        { "kids", "\xD9\xA1" },
        { "completed_on", "2014-2-1" }, { "completed_on", "2014-02-29" },
        { "completed_on", "1969-12-31" }, { "completed_on", "20140201" },
        { "completed_on", "2014-02-01T" },
        { "sex", "" }, { "sex", "Male" }, { "sex", "male " },
        { "sex", "mal" }, { "sex", "0" }, { "sex", "unknown" },
        { "unit", "u13" }, { "unit", "U1" },
        { "plan", "" }, { "plan", "2" }, { "plan", "yes" },
        { "plan", "01" }, { "plan", "true" },
        { "home", "0" }, { "home", "6" }, { "home", "05" },
        { "home", "" }, { "home_grade", "bloodred" },
        { "index_grade", "3" }, { "ident", "01019012345" },
        { "remark", "text" },
    };
    int32_t value;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (variable_read(in, variable(cases[i].id), cases[i].text,
                          strlen(cases[i].text), &value))
            fail_msg("%s takes %s", cases[i].id, cases[i].text);
    /* the length counts, not a NUL */
    assert_false(variable_read(in, variable("sex"), "male\0", 5, &value));
    assert_true(variable_read(in, variable("sex"), "males", 4, &value));
}

static void
test_code(void **state)
{
    (void)state;
    assert_int_equal(variable_code(variable("sex"), "female", 6), 1);
    assert_int_equal(variable_code(variable("sex"), "fem", 3), -1);
    assert_int_equal(variable_code(variable("plan"), "1", 1), 1);
    assert_int_equal(variable_code(variable("plan"), "0", 1), 0);
    assert_int_equal(variable_code(variable("plan"), "2", 1), -1);
    assert_int_equal(variable_code(variable("kids"), "1", 1), -1);
    assert_int_equal(variable_code(variable("helpers"), "u3", 2), 3);
}

/* Every value of every variable with codes, there and back. */
static void
test_all_codes(void **state)
{
    char out[ID_MAX + 1];

    (void)state;
    for (int i = 0; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];

        for (int c = 0; c < v->code_count; c++) {
            int32_t value;
            const char *id = v->codes[c].id;

            assert_true(variable_read(in, v, id, strlen(id), &value));
            if (v->kind != KIND_CODES)
                assert_string_equal(variable_print(v, value, out), id);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_code), cmocka_unit_test(test_all_codes)
    };
    int failed;

    in = tiny_instrument(NULL, 13);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
