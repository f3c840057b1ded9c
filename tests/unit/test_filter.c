/* test_filter.c - filters cut into parts, in words, and put together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/embed.h"
#include "web/filter.h"

static struct instrument *in;

static int
begin(void **state)
{
    struct err e = { 0 };
    size_t len;
    const char *text = embed_find("instruments/brukerplan-2014.yaml", &len);

    (void)state;
    in = instrument_read(text, len, "brukerplan-2014.yaml", &e);
    return in != NULL ? 0 : -1;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    return 0;
}

/* The parts of WHERE, "name: values" or the text, with a bar between. */
static const char *
cut(struct arena *a, const char *where)
{
    struct filter_part part[FILTER_PARTS];
    int count = filter_parts(in, LANG_NB, where, a, part);
    const char *all = "";

    for (int i = 0; i < count; i++)
        all = arena_printf(a, "%s%s%s%s%s", all, i > 0 ? " | " : "",
                           part[i].name != NULL ? part[i].name : "",
                           part[i].name != NULL ? ": " : "",
                           part[i].name != NULL ? part[i].values
                                                : part[i].text);
    return all;
}

static void
test_parts(void **state)
{
    static const struct { const char *where, *parts; } cases[] = {
        { "", "" }, { "  ", "" },
        { "sex = female", "Kjønn: Kvinne" },
        { "sex=female and ip = 1", "Kjønn: Kvinne | "
          "Individuell plan (IP): Ja" },
        { "sex in { male, female } and age > 40",
          "Kjønn: Mann, Kvinne | age > 40" },
        { "sex in {male} and economy = 5",
          "Kjønn: Mann | Økonomi: Fungerer svært dårlig" },
        { "sex = male or sex = female", "sex = male or sex = female" },
        { "(sex = male or age > 40) and ip = 0",
          "(sex = male or age > 40) | Individuell plan (IP): Nei" },
        { "unit = \"a and b or c\" and ip = 1",
          "unit = \"a and b or c\" | Individuell plan (IP): Ja" },
        { "not (sex = male and ip = 1)", "not (sex = male and ip = 1)" },
        { "sex != male", "sex != male" },
        { "ip is unknown and sex = male", "ip is unknown | Kjønn: Mann" },
        { "sex = \"male", "sex = \"male" }
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cut(&a, cases[i].where), cases[i].parts);
    arena_clear(&a);
}

static void
test_changed(void **state)
{
    static const char *const values[] = { "a", "b" };
    struct arena a;

    (void)state;
    arena_init(&a);
    assert_string_equal(filter_with("", "x = 1", &a), "x = 1");
    assert_string_equal(filter_with("a = 1", "x = 1", &a), "a = 1 and x = 1");
    assert_string_equal(filter_with("a = 1 or b = 1", "x = 1", &a),
                        "(a = 1 or b = 1) and x = 1");
    assert_string_equal(filter_with("unit = \"x or y\"", "x = 1", &a),
                        "unit = \"x or y\" and x = 1");
    assert_string_equal(filter_without(in, "a = 1 and b = 2 and c = 3", 1,
                                       &a), "a = 1 and c = 3");
    assert_string_equal(filter_without(in, "a = 1", 0, &a), "");
    assert_string_equal(filter_without(in, "a = 1", 7, &a), "a = 1");
    assert_string_equal(filter_test("x", values, 1, &a), "x = a");
    assert_string_equal(filter_test("x", values, 2, &a), "x in { a, b }");
    arena_clear(&a);
}

/* More parts than are kept apart are one. */
static void
test_many(void **state)
{
    struct filter_part part[FILTER_PARTS];
    const char *where = "ip = 1";
    struct arena a;

    (void)state;
    arena_init(&a);
    for (int i = 1; i < FILTER_PARTS; i++)
        where = filter_with(where, "ip = 1", &a);
    assert_int_equal(filter_parts(in, LANG_NB, where, &a, part),
                     FILTER_PARTS);
    where = filter_with(where, "ip = 1", &a);
    assert_int_equal(filter_parts(in, LANG_NB, where, &a, part), 1);
    assert_string_equal(part[0].text, where);
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
