/* test_msg.c - texts by key and language, and errors in full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "base/embed.h"
#include "base/msg.h"

static void
finds_keys_in_every_language(void **state)
{
    (void)state;
    assert_string_equal(msg_text(LANG_EN, "help.commands"), "Commands:");
    assert_string_equal(msg_text(LANG_NB, "help.commands"), "Kommandoer:");
    assert_string_equal(msg_text(LANG_NN, "help.commands"), "Kommandoar:");
    assert_true(msg_has(LANG_NB, "usage.lang"));
    assert_false(msg_has(LANG_NB, "usage.lan"));
    assert_false(msg_has(LANG_NB, "usage.langs"));
    assert_false(msg_has(LANG_NB, "a"));
    assert_false(msg_has(LANG_NB, "zzz"));
}

static void
puts_arguments_in_place(void **state)
{
    const char *const arg[] = { "--rows", "{1}" };
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    msg_put(&out, LANG_EN, "usage.option_no_value", 2, arg);
    /* An argument is never looked into again. */
    assert_string_equal(buf_string(&out), "the option --rows has no value;"
                                          " expected --rows {1}");
    buf_reset(&out);
    msg_put(&out, LANG_EN, "usage.option_value", 0, arg);
    assert_string_equal(buf_string(&out), "the option {1} takes no value");
    buf_clear(&out);
}

struct place {
    struct pos at;
    const char *field, *expected;
};

static const struct place places[] = {
    { { NULL, 0, 0 }, "", "1 registration imported" },
    { { "a.csv", 0, 0 }, "", "a.csv: 1 registration imported" },
    { { "a.csv", 12, 0 }, "", "a.csv:12: 1 registration imported" },
    { { "a.csv", 12, 0 }, "sex", "a.csv:12:sex: 1 registration imported" },
    { { "a.csv", 0, 0 }, "sex", "a.csv:sex: 1 registration imported" },
    { { "a.yaml", 3, 7 }, "", "a.yaml:3:7: 1 registration imported" },
    { { NULL, 0, 4 }, "", "1 registration imported" },
    { { NULL, 0, 0 }, "sex", "sex: 1 registration imported" },
    { { "a\nb\x1b[2J\xff.csv", 1, 0 }, "",
      "a\\x0ab\\x1b[2J\\xff.csv:1: 1 registration imported" },
    { { "bl\xc3\xa5.csv", 1, 0 }, "", "bl\xc3\xa5.csv:1: 1 registration imported" },
};

static void
shows_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct err e = { 0 };
        struct buf out;

        buf_init(&out, 0);
        err_set(&e, ERR_INPUT, "import.done_one", "");
        err_at(&e, places[i].at.file, places[i].at.line,
               places[i].at.column);
        err_field(&e, places[i].field);
        msg_error(&out, LANG_EN, &e);
        assert_string_equal(buf_string(&out), places[i].expected);
        buf_clear(&out);
    }
}

static void
shows_a_key_that_is_missing(void **state)
{
    struct err e = { 0 };
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    err_set(&e, ERR_INPUT, "no.such_key", "");
    msg_error(&out, LANG_NB, &e);
    assert_string_equal(buf_string(&out), "no.such_key");
    buf_clear(&out);
}

static void
carries_files(void **state)
{
    const char *tsv, *before = "";
    size_t len = 0;

    (void)state;
    tsv = embed_find("data/municipalities.tsv", &len);
    assert_non_null(tsv);
    assert_int_equal(tsv[len], '\0');
    assert_int_equal(strlen(tsv), len);
    assert_null(embed_find("data/municipalities", &len));
    for (int i = 0; embed_name(i) != NULL; i++) {
        assert_true(strcmp(before, embed_name(i)) < 0);
        before = embed_name(i);
    }
    assert_null(embed_name(-1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_keys_in_every_language),
        cmocka_unit_test(puts_arguments_in_place),
        cmocka_unit_test(shows_places),
        cmocka_unit_test(shows_a_key_that_is_missing),
        cmocka_unit_test(carries_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
