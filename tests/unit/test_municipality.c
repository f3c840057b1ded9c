/* test_municipality.c - numbers and names through the years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/utf8.h"
#include "def/municipality.h"

struct item {
    int number, year;
    enum municipality_when when;
    const char *name;
};

static const struct item items[] = {
    { 1201, 2014, MUNICIPALITY_THEN, "Bergen" },
    { 1201, 2019, MUNICIPALITY_THEN, "Bergen" },
    { 1201, 2020, MUNICIPALITY_NOT_THEN, "Bergen" },
    { 4601, 2019, MUNICIPALITY_NOT_THEN, "Bergen" },
    { 4601, 2020, MUNICIPALITY_THEN, "Bergen" },
    { 4601, 2150, MUNICIPALITY_THEN, "Bergen" },
    { 1201, 1999, MUNICIPALITY_THEN, "Bergen" },
    { 101, 2014, MUNICIPALITY_THEN, "Halden" },
    { 9999, 2014, MUNICIPALITY_UNKNOWN, NULL },
    { 0, 2014, MUNICIPALITY_UNKNOWN, NULL },
};

static void
finds_numbers(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        const char *name;

        assert_int_equal(municipality_find(items[i].number, items[i].year,
                                           &a, &name), items[i].when);
        if (items[i].name == NULL)
            assert_null(name);
        else
            assert_string_equal(name, items[i].name);
    }
    arena_clear(&a);
}

/* By number, the same as one at a time. */
static void
names_all(void **state)
{
    static const int years[] = { 2011, 2014, 2019, 2020, 2024 };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t y = 0; y < sizeof years / sizeof *years; y++) {
        const char *const *names = municipality_names(years[y], &a);
        int count = 0;

        for (int n = 0; n < 10000; n += 7) {
            const char *name;

            municipality_find(n, years[y], &a, &name);
            assert_int_equal(names[n] == NULL, name == NULL);
            if (name != NULL)
                assert_string_equal(names[n], name);
            count += name != NULL;
        }
        assert_true(count > 50);
    }
    arena_clear(&a);
}

static void
finds_names(void **state)
{
    (void)state;
    assert_int_equal(municipality_named("Bergen", 2014), 1201);
    assert_int_equal(municipality_named("Bergen", 2026), 4601);
    assert_int_equal(municipality_named("Berge", 2026), 0);
}

/* By name, each once, those of that year only. */
static void
lists_a_year(void **state)
{
    const struct municipality *list;
    struct arena a;
    int count;

    (void)state;
    arena_init(&a);
    list = municipality_list(2014, &a, &count);
    assert_int_equal(count, 428);
    for (int i = 1; i < count; i++)
        assert_true(utf8_compare_nordic(list[i - 1].name, list[i].name) <= 0);
    list = municipality_list(2026, &a, &count);
    assert_int_equal(count, 357);
    assert_string_equal(list[count - 1].name, "\xC3\x85snes");
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_numbers),
        cmocka_unit_test(names_all), cmocka_unit_test(finds_names),
        cmocka_unit_test(lists_a_year),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
