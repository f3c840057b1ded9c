/* ident.c - see ident.h.
 *
 * Digits: day month year, three that tell the century and (the last) the
 * sex, two control digits by the rule before 2032, taken after 80 was
 * added to the month. 000-499 is 1900-1999 in both sorts of number; among
 * D-numbers of those born before 1940 only 000-199 are. */
#include "demo/ident.h"
#include <assert.h>

static const int first_weights[9] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
static const int second_weights[10] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };

/* 10 where there is none: the number is then not given to anybody. */
static int
control_digit(const int *digits, const int *weights, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += digits[i] * weights[i];
    return (11 - sum % 11) % 11;
}

static int
days_in(int month, int year)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
                                31 };

    return days[month - 1] + (month == 2 && year % 4 == 0 && year != 1900);
}

static void
put_two(int *to, int value)
{
    to[0] = value / 10 % 10;
    to[1] = value % 10;
}

/* 0 if these dates and digits make no valid number. */
static uint64_t
try_number(int birth_year, bool woman, bool d, struct demo_random *random)
{
    int digits[11], month = 1 + demo_random_below(random, 12);
    int day = 1 + demo_random_below(random, days_in(month, birth_year));
    int three = demo_random_below(random,
                                  d && birth_year < 1940 ? 200 : 500);
    uint64_t number = 0;

    if ((three % 2 == 0) != woman)
        three ^= 1;
    put_two(digits, day + (d ? 40 : 0));
    put_two(digits + 2, month + 80);
    put_two(digits + 4, birth_year);
    put_two(digits + 6, three / 10);
    digits[8] = three % 10;
    digits[9] = control_digit(digits, first_weights, 9);
    if (digits[9] == 10)
        return 0;
    digits[10] = control_digit(digits, second_weights, 10);
    if (digits[10] == 10)
        return 0;
    for (int i = 0; i < 11; i++)
        number = number * 10 + (uint64_t)digits[i];
    return number;
}

static bool
is_given(const struct demo_ident *id, uint64_t number)
{
    for (int i = 0; i < id->count; i++)
        if (id->given[i] == number)
            return true;
    return false;
}

uint64_t
demo_ident_draw(struct demo_ident *id, int birth_year, bool woman, bool d,
                struct demo_random *random)
{
    uint64_t number;

    assert(id->count < DEMO_IDENT_MAX);
    assert(birth_year >= 1900 && birth_year <= 1999);
    do {
        number = try_number(birth_year, woman, d, random);
    } while (number == 0 || is_given(id, number));
    id->given[id->count++] = number;
    return number;
}
