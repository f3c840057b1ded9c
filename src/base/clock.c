/* clock.c - see clock.h.
 *
 * Days and dates go through a year that begins on 1 March, so that the leap
 * day is its last and the months before it follow one straight line
 * (Hinnant, "chrono-compatible low-level date algorithms"). */
#include "base/clock.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MS_SECOND = 1000, MS_MINUTE = 60 * MS_SECOND,
       MS_HOUR = 60 * MS_MINUTE };
enum { CET = MS_HOUR, CEST = 2 * MS_HOUR, SUMMER_FROM = 1996 };
enum { MARCH = 3, OCTOBER = 10, SUNDAY = 7 };
static const int64_t MS_DAY = 24 * (int64_t)MS_HOUR;

static int64_t
system_now(void *ctx)
{
    struct timespec now;

    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS_SECOND + now.tv_nsec / 1000000;
}

struct clock
clock_system(void)
{
    return (struct clock){ .now_ms = system_now };
}

static int64_t
fixed_now(void *ctx)
{
    struct clock_fixed *fixed = ctx;
    int64_t now = fixed->now_ms;

    fixed->now_ms += fixed->step_ms;
    return now;
}

struct clock
clock_fixed(struct clock_fixed *fixed)
{
    return (struct clock){ .now_ms = fixed_now, .ctx = fixed };
}

int64_t
clock_now(const struct clock *c)
{
    return c->now_ms(c->ctx);
}

/* A / B rounded down; B above 0. */
static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int
day_month_length(int year, int month)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
                                  30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    assert(month >= 1 && month <= 12);
    return length[month - 1] + (month == 2 && leap);
}

bool
day_exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
           day >= 1 && day <= day_month_length(year, month);
}

int32_t
day_from_date(int year, int month, int day)
{
    int y = year - (month <= 2);        /* year of the last 1 March */
    int m = (month + 9) % 12;           /* months since then */
    int era = y / 400, of_era = y % 400;
    int of_year = (153 * m + 2) / 5 + day - 1;

    assert(day_exists(year, month, day));
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
           of_year - 719468;
}

void
day_to_date(int32_t day, int *year, int *month, int *mday)
{
    int z = day + 719468;               /* since 0000-03-01 */
    int era = z / 146097, of_era = z % 146097;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
            365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;

    assert(z >= 306 && era < 25);
    *mday = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

int
day_weekday(int32_t day)
{
    int of_week = day % 7;              /* 1970-01-01 was a Thursday */

    return (of_week + 7 + 3) % 7 + 1;
}

/* 01:00 UTC on the last Sunday of MONTH, which has 31 days. */
static int64_t
turn(int year, int month)
{
    int32_t last = day_from_date(year, month, 31);

    return (last - day_weekday(last) % SUNDAY) * MS_DAY + MS_HOUR;
}

static int64_t
to_oslo(int64_t utc_ms)
{
    int year, month, mday;

    day_to_date((int32_t)floor_div(utc_ms, MS_DAY), &year, &month, &mday);
    if (year >= SUMMER_FROM && utc_ms >= turn(year, MARCH) &&
        utc_ms < turn(year, OCTOBER))
        return utc_ms + CEST;
    return utc_ms + CET;
}

int32_t
day_oslo(int64_t utc_ms)
{
    return (int32_t)floor_div(to_oslo(utc_ms), MS_DAY);
}

/* The N digits at S, or -1. */
static int
digits(const char *s, int n)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

bool
day_parse(const char *s, size_t n, int32_t *day)
{
    int year, month, mday;

    if (n != DAY_TEXT - 1 || s[4] != '-' || s[7] != '-')
        return false;
    year = digits(s, 4);
    month = digits(s + 5, 2);
    mday = digits(s + 8, 2);
    if (year < DAY_YEAR_MIN || year > DAY_YEAR_MAX ||
        !day_exists(year, month, mday))
        return false;
    *day = day_from_date(year, month, mday);
    return true;
}

/* The last N digits of VALUE. */
static char *
put_digits(char *to, int64_t value, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return to + n;
}

static char *
put_day(char *to, int32_t day)
{
    int year, month, mday;

    day_to_date(day, &year, &month, &mday);
    to = put_digits(to, year, 4);
    *to++ = '-';
    to = put_digits(to, month, 2);
    *to++ = '-';
    return put_digits(to, mday, 2);
}

void
day_print(char out[DAY_TEXT], int32_t day)
{
    *put_day(out, day) = '\0';
}

/* The day of MS, BETWEEN, hours and minutes. */
static char *
put_minutes(char *to, int64_t ms, char between)
{
    int64_t day = floor_div(ms, MS_DAY), minutes;

    minutes = (ms - day * MS_DAY) / MS_MINUTE;
    to = put_day(to, (int32_t)day);
    *to++ = between;
    to = put_digits(to, minutes / 60, 2);
    *to++ = ':';
    return put_digits(to, minutes % 60, 2);
}

void
time_print(char out[TIME_TEXT], int64_t utc_ms)
{
    int64_t of_minute = utc_ms - floor_div(utc_ms, MS_MINUTE) * MS_MINUTE;
    char *to = put_minutes(out, utc_ms, 'T');

    *to++ = ':';
    to = put_digits(to, of_minute / MS_SECOND, 2);
    *to++ = '.';
    to = put_digits(to, of_minute % MS_SECOND, 3);
    *to++ = 'Z';
    *to = '\0';
}

void
time_print_oslo(char out[TIME_TEXT], int64_t utc_ms)
{
    *put_minutes(out, to_oslo(utc_ms), ' ') = '\0';
}
