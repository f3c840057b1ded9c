/* test_clock.c - clock against tables made with date and tzdata. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "base/clock.h"

/* date -d DATE +%s divided by 86,400, and +%u */
static const struct {
    const char *text;
    int year, month, mday;
    int32_t day;
    int weekday;
} DAYS[] = {
    { "0001-01-01", 1, 1, 1, -719162, 1 },
    { "1899-12-31", 1899, 12, 31, -25568, 7 },
    { "1900-01-01", 1900, 1, 1, -25567, 1 },
    { "1969-12-31", 1969, 12, 31, -1, 3 },
    { "1970-01-01", 1970, 1, 1, 0, 4 },
    { "2000-02-29", 2000, 2, 29, 11016, 2 },
    { "2014-03-30", 2014, 3, 30, 16159, 7 },
    { "2024-02-29", 2024, 2, 29, 19782, 4 },
    { "2100-03-01", 2100, 3, 1, 47541, 1 },
    { "2199-12-31", 2199, 12, 31, 84005, 2 },
    { "9999-12-31", 9999, 12, 31, 2932896, 5 },
};

static void
test_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        int year, month, mday;
        char text[DAY_TEXT];

        assert_int_equal(day_from_date(DAYS[i].year, DAYS[i].month,
                                       DAYS[i].mday), DAYS[i].day);
        day_to_date(DAYS[i].day, &year, &month, &mday);
        assert_int_equal(year, DAYS[i].year);
        assert_int_equal(month, DAYS[i].month);
        assert_int_equal(mday, DAYS[i].mday);
        assert_int_equal(day_weekday(DAYS[i].day), DAYS[i].weekday);
        day_print(text, DAYS[i].day);
        assert_string_equal(text, DAYS[i].text);
    }
}

/* Every day of the years 1 to 9999, counted one by one. */
static void
test_every_day(void **state)
{
    int32_t day = -719162;
    int weekday = 1;

    (void)state;
    for (int y = 1; y <= 9999; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= day_month_length(y, m); d++, day++) {
                int year, month, mday;

                day_to_date(day, &year, &month, &mday);
                if (day_from_date(y, m, d) != day || year != y ||
                    month != m || mday != d || day_weekday(day) != weekday)
                    fail_msg("%04d-%02d-%02d", y, m, d);
                weekday = weekday % 7 + 1;
            }
    assert_int_equal(day, 2932896 + 1);
}

static void
test_parse(void **state)
{
    static const char *const bad[] = {
        "", "2014-02-29", "1900-02-29", "2100-02-29", "2014-04-31",
        "2014-00-01", "2014-13-01", "2014-01-00", "2014-01-32",
        "1899-12-31", "2200-01-01", "2014-1-01", "2014-01-1", "14-01-01",
        "2014/01/01", "2014-01-01 ", " 2014-01-01", "+014-01-01",
        "2014-01- 1", "2014-0a-01", "20140101", "2014-01-01T00:00",
        "01.01.2014", "0000-00-00"
    };

    (void)state;
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        int32_t day = DAY_NONE;
        bool ok = day_parse(DAYS[i].text, strlen(DAYS[i].text), &day);

        if (DAYS[i].year < DAY_YEAR_MIN || DAYS[i].year > DAY_YEAR_MAX) {
            assert_false(ok);
            assert_int_equal(day, DAY_NONE);
        } else {
            assert_true(ok);
            assert_int_equal(day, DAYS[i].day);
        }
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t day = DAY_NONE;

        assert_false(day_parse(bad[i], strlen(bad[i]), &day));
        assert_int_equal(day, DAY_NONE);
    }
}

/* The days summer time begins and ends on, March and October, 1996-2037. */
static const int TURNS[][2] = {
    { 31, 27 }, { 30, 26 }, { 29, 25 }, { 28, 31 }, { 26, 29 },
    { 25, 28 }, { 31, 27 }, { 30, 26 }, { 28, 31 }, { 27, 30 },
    { 26, 29 }, { 25, 28 }, { 30, 26 }, { 29, 25 }, { 28, 31 },
    { 27, 30 }, { 25, 28 }, { 31, 27 }, { 30, 26 }, { 29, 25 },
    { 27, 30 }, { 26, 29 }, { 25, 28 }, { 31, 27 }, { 29, 25 },
    { 28, 31 }, { 27, 30 }, { 26, 29 }, { 31, 27 }, { 30, 26 },
    { 29, 25 }, { 28, 31 }, { 26, 29 }, { 25, 28 }, { 31, 27 },
    { 30, 26 }, { 28, 31 }, { 27, 30 }, { 26, 29 }, { 25, 28 },
    { 30, 26 }, { 29, 25 }
};

static void
test_turns(void **state)
{
    const int64_t hour = 3600000;

    (void)state;
    for (int i = 0; i < (int)(sizeof TURNS / sizeof *TURNS); i++) {
        int32_t march = day_from_date(1996 + i, 3, TURNS[i][0]);
        int32_t october = day_from_date(1996 + i, 10, TURNS[i][1]);
        int64_t begin = march * 24 * hour, end = october * 24 * hour;

        /* winter until 01:00 UTC on that day, summer after it */
        assert_int_equal(day_oslo(begin - hour - 1), march - 1);
        assert_int_equal(day_oslo(begin - hour), march);
        assert_int_equal(day_oslo(begin + 22 * hour - 1), march);
        assert_int_equal(day_oslo(begin + 22 * hour), march + 1);
        assert_int_equal(day_oslo(end - 2 * hour - 1), october - 1);
        assert_int_equal(day_oslo(end - 2 * hour), october);
        assert_int_equal(day_oslo(end + 23 * hour - 1), october);
        assert_int_equal(day_oslo(end + 23 * hour), october + 1);
    }
}

/* date -d @SECONDS, TZ=Europe/Oslo and TZ=UTC */
static const struct {
    int64_t seconds;
    const char *oslo, *utc;
} TIMES[] = {
    { 0, "1970-01-01 01:00", "1970-01-01T00:00:00.000Z" },
    { -1, "1970-01-01 00:59", "1969-12-31T23:59:59.000Z" },
    { -3600, "1970-01-01 00:00", "1969-12-31T23:00:00.000Z" },
    { -3601, "1969-12-31 23:59", "1969-12-31T22:59:59.000Z" },
    { 820454400, "1996-01-01 01:00", "1996-01-01T00:00:00.000Z" },
    { 828233999, "1996-03-31 01:59", "1996-03-31T00:59:59.000Z" },
    { 828234000, "1996-03-31 03:00", "1996-03-31T01:00:00.000Z" },
    { 846377999, "1996-10-27 02:59", "1996-10-27T00:59:59.000Z" },
    { 846378000, "1996-10-27 02:00", "1996-10-27T01:00:00.000Z" },
    { 1396216799, "2014-03-30 23:59", "2014-03-30T21:59:59.000Z" },
    { 1396216800, "2014-03-31 00:00", "2014-03-30T22:00:00.000Z" },
    { 1414274400, "2014-10-26 00:00", "2014-10-25T22:00:00.000Z" },
    { 1414364399, "2014-10-26 23:59", "2014-10-26T22:59:59.000Z" },
    { 1704063599, "2023-12-31 23:59", "2023-12-31T22:59:59.000Z" },
    { 1704063600, "2024-01-01 00:00", "2023-12-31T23:00:00.000Z" },
    { 1711846799, "2024-03-31 01:59", "2024-03-31T00:59:59.000Z" },
    { 1711846800, "2024-03-31 03:00", "2024-03-31T01:00:00.000Z" },
    { 1719784799, "2024-06-30 23:59", "2024-06-30T21:59:59.000Z" },
    { 1719784800, "2024-07-01 00:00", "2024-06-30T22:00:00.000Z" },
    { 1792889999, "2026-10-25 02:59", "2026-10-25T00:59:59.000Z" },
    { 1792890000, "2026-10-25 02:00", "2026-10-25T01:00:00.000Z" },
    { 4102441200, "2100-01-01 00:00", "2099-12-31T23:00:00.000Z" },
    { 7258114800, "2200-01-01 00:00", "2199-12-31T23:00:00.000Z" },
};

static void
test_times(void **state)
{
    char text[TIME_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        int64_t ms = TIMES[i].seconds * 1000;

        time_print(text, ms);
        assert_string_equal(text, TIMES[i].utc);
        time_print_oslo(text, ms);
        assert_string_equal(text, TIMES[i].oslo);
        time_print_oslo(text, ms + 999);
        assert_string_equal(text, TIMES[i].oslo);
        day_print(text, day_oslo(ms));
        assert_memory_equal(text, TIMES[i].oslo, DAY_TEXT - 1);
    }
    time_print(text, 1414364399007);
    assert_string_equal(text, "2014-10-26T22:59:59.007Z");
    time_print(text, -1);
    assert_string_equal(text, "1969-12-31T23:59:59.999Z");
}

static void
test_clocks(void **state)
{
    struct clock_fixed fixed = { .now_ms = 1000, .step_ms = 5 };
    struct clock c = clock_fixed(&fixed);
    int64_t before, after;

    (void)state;
    assert_int_equal(clock_now(&c), 1000);
    assert_int_equal(clock_now(&c), 1005);
    fixed.step_ms = 0;
    assert_int_equal(clock_now(&c), 1010);
    assert_int_equal(clock_now(&c), 1010);
    c = clock_system();
    before = clock_now(&c);
    after = clock_now(&c);
    assert_true(before > 1700000000000 && after - before < 60000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_clocks),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
