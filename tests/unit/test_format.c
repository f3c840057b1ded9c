/* test_format.c - numbers, shares and dates as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/clock.h"
#include "report/format.h"

#define S FORMAT_NBSP

static struct arena arena;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void
groups_thousands(void **state)
{
    static const struct { int64_t n; const char *nb, *en; } cases[] = {
        { 0, "0", "0" }, { 7, "7", "7" }, { 999, "999", "999" },
        { 1000, "1" S "000", "1,000" }, { 1845, "1" S "845", "1,845" },
        { 1234567, "1" S "234" S "567", "1,234,567" },
        { -12, "\xe2\x88\x92" "12", "\xe2\x88\x92" "12" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(format_int(&arena, LANG_NB, cases[i].n),
                            cases[i].nb);
        assert_string_equal(format_int(&arena, LANG_NN, cases[i].n),
                            cases[i].nb);
        assert_string_equal(format_int(&arena, LANG_EN, cases[i].n),
                            cases[i].en);
    }
}

static void
rounds_halves_away_from_zero(void **state)
{
    static const struct { int64_t n, of; const char *nb, *en; } cases[] = {
        { 0, 10, "0" S "%", "0%" },
        { 1, 1000, "<" S "1" S "%", "<" S "1%" },
        { 4, 1000, "<" S "1" S "%", "<" S "1%" },
        { 5, 1000, "1" S "%", "1%" },
        { 1229, 1845, "67" S "%", "67%" },
        { 1, 8, "13" S "%", "13%" },        /* 12.5 */
        { 10, 10, "100" S "%", "100%" },
        { 3, 0, "–", "–" }, { 3, -1, "–", "–" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(format_share(&arena, LANG_NB, cases[i].n,
                                         cases[i].of), cases[i].nb);
        assert_string_equal(format_share(&arena, LANG_EN, cases[i].n,
                                         cases[i].of), cases[i].en);
    }
}

static void
writes_rates(void **state)
{
    (void)state;
    assert_string_equal(format_rate(&arena, LANG_NB, 1845, 214535, 2),
                        "0,86" S "%");
    assert_string_equal(format_rate(&arena, LANG_EN, 1845, 214535, 2),
                        "0.86%");
    assert_string_equal(format_rate(&arena, LANG_NN, 5, 1000000, 2),
                        "0,00" S "%");
    assert_string_equal(format_rate(&arena, LANG_NB, 1, 3, 1), "33,3" S "%");
    assert_string_equal(format_rate(&arena, LANG_NB, 1, 0, 1), "–");
}

static void
writes_days(void **state)
{
    int32_t may = day_from_date(2014, 5, 19);
    int32_t june = day_from_date(2014, 6, 4);

    (void)state;
    assert_string_equal(format_day(&arena, LANG_NB, may),
                        "19." S "mai 2014");
    assert_string_equal(format_day(&arena, LANG_EN, may), "19" S "May 2014");
    assert_string_equal(format_days(&arena, LANG_NB, may, june),
                        "19." S "mai – 4." S "juni 2014");
    assert_string_equal(format_days(&arena, LANG_NB, june, june + 3),
                        "4. – 7." S "juni 2014");
    assert_string_equal(format_days(&arena, LANG_NN,
                                    day_from_date(2013, 12, 30),
                                    day_from_date(2014, 1, 2)),
                        "30." S "desember 2013 – 2." S "januar 2014");
    assert_string_equal(format_days(&arena, LANG_NB, may, may),
                        "19." S "mai 2014");
}

static void
turns_first_letters(void **state)
{
    static const struct { const char *text, *inside; } cases[] = {
        { "Bolig", "bolig" }, { "Økonomi", "økonomi" },
        { "NAV-tjenester", "NAV-tjenester" }, { "IP", "IP" },
        { "Åpent", "åpent" }, { "18–25 år", "18–25 år" }, { "", "" },
        { "Ø", "Ø" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(format_inside(&arena, cases[i].text),
                            cases[i].inside);
    assert_string_equal(format_begin(&arena, "éin av tre"), "Éin av tre");
    assert_string_equal(format_begin(&arena, "økonomi"), "Økonomi");
    assert_string_equal(format_begin(&arena, "67 %"), "67 %");
}

/* Each in memory of its own size, so that a byte too far is noticed. */
static void
looks_no_further_than_the_end(void **state)
{
    static const char *const texts[] = { "", "A", "a", "\xc3\x85", "Aa" };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *text = strdup(texts[i]);

        (void)format_inside(&arena, text);
        (void)format_begin(&arena, text);
        free(text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(groups_thousands, begin, end),
        cmocka_unit_test_setup_teardown(rounds_halves_away_from_zero, begin,
                                        end),
        cmocka_unit_test_setup_teardown(writes_rates, begin, end),
        cmocka_unit_test_setup_teardown(writes_days, begin, end),
        cmocka_unit_test_setup_teardown(turns_first_letters, begin, end),
        cmocka_unit_test_setup_teardown(looks_no_further_than_the_end, begin,
                                        end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
