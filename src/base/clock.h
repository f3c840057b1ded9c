/* clock.h - the time, given from outside, and days in Oslo.
 *
 * Only main asks the machine what time it is; everyone else is given a
 * clock, so that tests and the demo decide. Times are milliseconds since
 * 1970-01-01 00:00 UTC; days are whole days since 1970-01-01 (negative
 * before) in the Gregorian calendar, also before it was used.
 *
 * Norway's time is computed here, without tzdata: CET (UTC+1), and CEST
 * (UTC+2) from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
 * last Sunday of October, the rule since 1996. Before 1996 it is CET all
 * year: registrations are newer, and a birth date is no time. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*now_ms)(void *ctx);
    void *ctx;
};

/* A clock for tests and the demo: tells NOW_MS, which then goes on by
 * STEP_MS (0: it stands still). Not for several threads. */
struct clock_fixed {
    int64_t now_ms;
    int64_t step_ms;
};

struct clock clock_system(void);
/* FIXED is borrowed as long as the clock is used. */
struct clock clock_fixed(struct clock_fixed *fixed);
int64_t clock_now(const struct clock *c);

enum { DAY_NONE = INT32_MIN };          /* no day; no function gives it */
enum { DAY_TEXT = 11, TIME_TEXT = 25 }; /* sizes with the NUL */
enum { DAY_YEAR_MIN = 1900, DAY_YEAR_MAX = 2199 };  /* of day_parse */

/* The day it is in Oslo. UTC_MS is within the years 0001..9999, as
 * everywhere here. */
int32_t day_oslo(int64_t utc_ms);
/* The day of a date that exists, year 1..9999. */
int32_t day_from_date(int year, int month, int day);
void day_to_date(int32_t day, int *year, int *month, int *mday);
/* True if the date exists. Any numbers. */
bool day_exists(int year, int month, int day);
/* Days in MONTH (1..12). */
int day_month_length(int year, int month);
/* 1 is Monday, 7 is Sunday (ISO 8601). */
int day_weekday(int32_t day);
/* True, with *DAY, if the N bytes of S are exactly YYYY-MM-DD, a date that
 * exists from 1900-01-01 to 2199-12-31. *DAY is untouched otherwise. */
bool day_parse(const char *s, size_t n, int32_t *day);
/* YYYY-MM-DD, for the years 1..9999. */
void day_print(char out[DAY_TEXT], int32_t day);
/* YYYY-MM-DDTHH:MM:SS.mmmZ: UTC, years 1..9999. */
void time_print(char out[TIME_TEXT], int64_t utc_ms);
/* The same in Oslo, for people: "YYYY-MM-DD HH:MM", without seconds. */
void time_print_oslo(char out[TIME_TEXT], int64_t utc_ms);

#endif
