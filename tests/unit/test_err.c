/* test_err.c - what went wrong, once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/err.h"
#include "base/lang.h"
#include "base/utf8.h"

static void
test_set(void **state)
{
    struct err e = { 0 };

    (void)state;
    assert_false(err_set(&e, ERR_INPUT, "a.b", "%s %d %ld %lld %zu", "text",
                         -1, 2L, -3LL, (size_t)4));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.key, "a.b");
    assert_int_equal(e.args, 5);
    assert_string_equal(e.arg[0], "text");
    assert_string_equal(e.arg[1], "-1");
    assert_string_equal(e.arg[2], "2");
    assert_string_equal(e.arg[3], "-3");
    assert_string_equal(e.arg[4], "4");
    /* the first error is the cause */
    assert_false(err_set(&e, ERR_MACHINE, "c.d", ""));
    assert_string_equal(e.key, "a.b");
    assert_int_equal(e.args, 5);
    err_clear(&e);
    assert_int_equal(e.code, ERR_NONE);
    assert_false(err_set(&e, ERR_MACHINE, "c.d", ""));
    assert_int_equal(e.args, 0);
}

static void
test_place(void **state)
{
    struct err e = { 0 };

    (void)state;
    assert_false(err_at(&e, "f", 3, 4));
    assert_false(err_field(&e, "sex"));
    err_set(&e, ERR_INPUT, "a.b", "");
    assert_string_equal(e.at.file, "f");
    assert_int_equal(e.at.line, 3);
    assert_int_equal(e.at.column, 4);
    assert_string_equal(e.field, "sex");
    err_clear(&e);
    assert_null(e.at.file);
    assert_string_equal(e.field, "");
}

/* Cut before the character that has no room. */
static void
test_cut(void **state)
{
    char text[ERR_ARG_MAX * 2 + 1];

    (void)state;
    for (size_t before = 0; before < 4; before++) {
        struct err e = { 0 };
        size_t len = before;

        memset(text, 'a', before);
        while (len + 3 < sizeof text) {
            memcpy(text + len, "€", 3);
            len += 3;
        }
        text[len] = '\0';
        err_set(&e, ERR_INPUT, "a.b", "%s", text);
        assert_true(strlen(e.arg[0]) < ERR_ARG_MAX);
        assert_true(strlen(e.arg[0]) >= ERR_ARG_MAX - 3);
        assert_true(utf8_valid(e.arg[0], strlen(e.arg[0]), NULL));
        assert_int_equal((strlen(e.arg[0]) - before) % 3, 0);
    }
}

static void
test_lang(void **state)
{
    (void)state;
    assert_string_equal(lang_code(LANG_NB), "nb");
    assert_int_equal(lang_of("nn"), LANG_NN);
    assert_int_equal(lang_of("en"), LANG_EN);
    assert_int_equal(lang_of("no"), LANG_COUNT);
    assert_int_equal(lang_of(""), LANG_COUNT);
    assert_int_equal(lang_of("EN"), LANG_COUNT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set), cmocka_unit_test(test_place),
        cmocka_unit_test(test_cut), cmocka_unit_test(test_lang)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
