/* test_msg.c - texts by key and language, and errors in full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "base/embed.h"
#include "base/msg.h"
#include "base/utf8.h"

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

/* What may not be shown becomes how long it is, in each language. */
static void
hides_arguments(void **state)
{
    static const struct {
        enum lang lang;
        const char *key, *arg[2], *expected;
    } cases[] = {
        { LANG_EN, "expr.name", { "1", QUOTE_HIDDEN "11" }, "position 1: "
          "there is no variable [11 characters, not shown] here" },
        { LANG_NB, "import.value_score", { QUOTE_HIDDEN "11", "1..5" },
          "[11 tegn, vises ikke] er ingen skår; ventet 1..5, unknown eller "
          "blank" },
        { LANG_NN, "import.value_score", { QUOTE_HIDDEN "11", "1..5" },
          "[11 teikn, blir ikkje viste] er ingen skår; venta 1..5, unknown "
          "eller blank" },
        { LANG_EN, "units.twice", { QUOTE_HIDDEN "9", "" },
          "the unit [9 characters, not shown] stands twice; expected each "
          "once" },
        /* in brackets it is a text like others, the mark only comes first */
        { LANG_EN, "units.twice", { "(11)", "" },
          "the unit (11) stands twice; expected each once" },
        { LANG_EN, "units.twice", { "{2}", "x" },
          "the unit {2} stands twice; expected each once" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = { 0 };
        struct buf out;

        buf_init(&out, 0);
        msg_put(&out, cases[i].lang, cases[i].key, 2, cases[i].arg);
        assert_string_equal(buf_string(&out), cases[i].expected);
        buf_reset(&out);
        err_set(&e, ERR_INPUT, cases[i].key, "%s %s", cases[i].arg[0],
                cases[i].arg[1]);
        msg_error(&out, cases[i].lang, &e);
        assert_string_equal(buf_string(&out), cases[i].expected);
        buf_clear(&out);
    }
}

/* As err_quote leaves it, and in a hint as in its message. */
static void
hides_in_hints(void **state)
{
    static const char *const hidden[LANG_COUNT] = {
        [LANG_EN] = "[12 characters, not shown]",
        [LANG_NB] = "[12 tegn, vises ikke]",
        [LANG_NN] = "[12 teikn, blir ikkje viste]"
    };
    char quoted[QUOTE_MAX];

    (void)state;
    err_quote(quoted, sizeof quoted, "018180 00083", 12);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *first, *second;
        struct err e = { 0 };
        struct buf out;

        assert_true(msg_has((enum lang)lang, "round.unknown_near.hint"));
        buf_init(&out, 0);
        err_set(&e, ERR_INPUT, "round.unknown_near", "%s %s", quoted,
                quoted);
        msg_error(&out, (enum lang)lang, &e);
        first = strstr(buf_string(&out), hidden[lang]);
        assert_non_null(first);
        second = strstr(first + 1, hidden[lang]);
        assert_non_null(second);
        assert_non_null(memchr(first, ';', (size_t)(second - first)));
        assert_null(strstr(buf_string(&out), QUOTE_HIDDEN));
        buf_clear(&out);
    }
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
    { { "bl\xc3\xa5.csv", 1, 0 }, "",
      "bl\xc3\xa5.csv:1: 1 registration imported" },
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
        cmocka_unit_test(hides_arguments),
        cmocka_unit_test(hides_in_hints),
        cmocka_unit_test(shows_places),
        cmocka_unit_test(shows_a_key_that_is_missing),
        cmocka_unit_test(carries_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
