/* ident.c - see ident.h.
 *
 * What is worked out of the digits stands in one struct that is wiped at
 * the end. No step is left out because an earlier one has failed: how long
 * a refusal takes does not tell which part of a number was right. */
#include "calc/ident.h"
#include <string.h>

enum { D_DAY = 40, H_MONTH = 40, SYNTHETIC_MONTH = 80, FH_FIRST = 8 };
enum { MODULUS = 11, REMAINDER_2032 = 3 };

struct number {
    int digit[IDENT_DIGITS];
    int day, month, year;       /* day and month without what was added */
    int individual;             /* 0..999 */
    int first, second;          /* control sums modulo 11 */
    bool d, h, fh, synthetic;
};

/* The digits, and true if there are no other bytes. */
static bool
read_digits(struct number *x, const char *text)
{
    unsigned wrong = 0;

    for (int i = 0; i < IDENT_DIGITS; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';

        wrong |= digit > 9;
        x->digit[i] = digit > 9 ? 0 : (int)digit;
    }
    return wrong == 0;
}

static void
split(struct number *x)
{
    const int *d = x->digit;

    x->day = d[0] * 10 + d[1];
    x->month = d[2] * 10 + d[3];
    x->year = d[4] * 10 + d[5];
    x->individual = d[6] * 100 + d[7] * 10 + d[8];
    x->fh = d[0] >= FH_FIRST;
    x->d = x->day > D_DAY;
    x->synthetic = x->month > SYNTHETIC_MONTH;
    x->h = x->month > H_MONTH && !x->synthetic;
    x->day -= x->d ? D_DAY : 0;
    x->month -= x->synthetic ? SYNTHETIC_MONTH : x->h ? H_MONTH : 0;
}

static void
add_controls(struct number *x)
{
    static const int first[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0 };
    static const int second[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };

    for (int i = 0; i < IDENT_DIGITS; i++) {
        x->first += first[i] * x->digit[i];
        x->second += second[i] * x->digit[i];
    }
    x->first %= MODULUS;
    x->second %= MODULUS;
}

/* Does the date exist in YEAR, of which the last two digits are enough but
 * in a hundredth year? */
static bool
date_exists(const struct number *x, int year)
{
    static const int length[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
                                  30, 31 };
    bool month = x->month >= 1 && x->month <= 12;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int last = length[month ? x->month : 0] -
               (x->month == 2 && !leap ? 1 : 0);

    return month && x->day >= 1 && x->day <= last;
}

/* The birth year by the individual digits, 0 if they stand in no series. */
static int
series_year(const struct number *x)
{
    int y = x->year, n = x->individual;

    if (x->d) {
        if (y < 40)
            return n < 200 ? 1900 + y : 2000 + y;
        if (n / 100 != 5)
            return 1900 + y;
        return y >= 58 ? 1800 + y : 0;
    }
    if (n < 500)
        return 1900 + y;
    if (y < 40)
        return 2000 + y;
    if (n >= 900)
        return 1900 + y;
    return n < 750 && y >= 54 ? 1800 + y : 0;
}

static enum ident_kind
kind_of(const struct number *x)
{
    if (x->fh)
        return IDENT_FHNR;
    if (x->d)
        return IDENT_DNR;
    return x->h ? IDENT_HNR : IDENT_FNR;
}

struct ident
ident_check(const char *text, size_t n)
{
    struct ident result = { .kind = IDENT_BAD, .why = IDENT_WHY_FORM };
    struct number x = { 0 };
    bool digits, date, control, derives;
    int year;

    if (n != IDENT_DIGITS)
        return result;
    digits = read_digits(&x, text);
    split(&x);
    add_controls(&x);
    /* 2000 + yy is a leap year wherever any year ending in yy is */
    date = (date_exists(&x, 2000 + x.year) && !(x.d && x.h)) || x.fh;
    control = x.second == 0 &&
              x.first <= (x.fh || x.h ? 0 : REMAINDER_2032);
    year = series_year(&x);
    derives = !x.fh && x.first == 0 && year != 0 && date_exists(&x, year);

    if (!digits) {
        result.why = IDENT_WHY_FORM;
    } else if (!date) {
        result.why = IDENT_WHY_DATE;
    } else if (!control) {
        result.why = IDENT_WHY_CONTROL;
    } else {
        result.why = IDENT_GOOD;
        result.kind = kind_of(&x);
        result.synthetic = x.synthetic && !x.fh;
        if (derives) {
            result.birth_year = year;
            result.sex = x.digit[8] % 2 == 0 ? IDENT_FEMALE : IDENT_MALE;
        }
    }
    explicit_bzero(&x, sizeof x);
    explicit_bzero(&year, sizeof year);
    return result;
}

bool
ident_derives(int year)
{
    return year < IDENT_2032;
}
