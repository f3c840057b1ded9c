/* test_ident.c - ident against published examples, cases, and a naive twin.
 *
 * The numbers written here are the tax authority's own examples or made by
 * adding control digits to synthetic dates (month + 80). The comparison with
 * the twin makes numbers of every kind while it runs and prints none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/random.h"
#include "calc/ident.h"

/* The control digits of the NINE, written behind them, the first leaving
 * REMAINDER (today 0, from 2032 up to 3). False if there are none. */
static bool
add_controls(char number[IDENT_DIGITS + 1], const char *nine, int remainder)
{
    static const int w1[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
    static const int w2[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
    int sum = 0, k1, k2;

    for (int i = 0; i < 9; i++)
        sum += w1[i] * (nine[i] - '0');
    k1 = 11 + remainder - sum % 11;
    if (k1 > 10)
        k1 -= 11;
    if (k1 == 10)
        return false;
    sum = 2 * k1;
    for (int i = 0; i < 9; i++)
        sum += w2[i] * (nine[i] - '0');
    k2 = 11 - sum % 11;
    if (k2 == 11)
        k2 = 0;
    if (k2 == 10)
        return false;
    memcpy(number, nine, 9);
    number[9] = (char)('0' + k1);
    number[10] = (char)('0' + k2);
    number[11] = '\0';
    return true;
}

/* Published: Skatteetaten, "Nytt fødselsnummer fra 2032" and the D-numbers
 * of its questions and answers. */
static const struct {
    const char *number;
    enum ident_kind kind;
    bool synthetic;
    int birth_year;
    enum ident_sex sex;
} PUBLISHED[] = {
    { "02013299997", IDENT_FNR, false, 2032, IDENT_MALE },
    { "02013299806", IDENT_FNR, false, 2032, IDENT_FEMALE },
    { "02013299903", IDENT_FNR, false, 0, IDENT_SEX_NONE },
    { "30108299920", IDENT_FNR, false, 1982, IDENT_MALE },
    { "30108299939", IDENT_FNR, false, 0, IDENT_SEX_NONE },
    { "41814061033", IDENT_DNR, true, 1940, IDENT_FEMALE },
    { "41814065640", IDENT_DNR, true, 1940, IDENT_FEMALE },
    { "41814075603", IDENT_DNR, true, 1940, IDENT_FEMALE },
    { "41810021827", IDENT_DNR, true, 2000, IDENT_FEMALE },
    { "41810025091", IDENT_DNR, true, 2000, IDENT_FEMALE },
    { "41810034422", IDENT_DNR, true, 2000, IDENT_FEMALE },
};

static void
test_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PUBLISHED / sizeof *PUBLISHED; i++) {
        struct ident id = ident_check(PUBLISHED[i].number, 11);

        assert_int_equal(id.why, IDENT_GOOD);
        assert_int_equal(id.kind, PUBLISHED[i].kind);
        assert_int_equal(id.synthetic, PUBLISHED[i].synthetic);
        assert_int_equal(id.birth_year, PUBLISHED[i].birth_year);
        assert_int_equal(id.sex, PUBLISHED[i].sex);
    }
}

/* Nine digits, the remainder the first control digit leaves, and what the
 * number is. */
static const struct {
    const char *nine;
    int remainder;
    enum ident_kind kind;
    bool synthetic;
    int birth_year;
    enum ident_sex sex;
} MADE[] = {
    /* series of fødselsnummer */
    { "018154500", 0, IDENT_FNR, true, 1854, IDENT_FEMALE },
    { "018199749", 0, IDENT_FNR, true, 1899, IDENT_MALE },
    { "018100000", 0, IDENT_FNR, true, 1900, IDENT_FEMALE },
    { "318199499", 0, IDENT_FNR, true, 1999, IDENT_MALE },
    { "018140901", 0, IDENT_FNR, true, 1940, IDENT_MALE },
    { "018199998", 0, IDENT_FNR, true, 1999, IDENT_FEMALE },
    { "018100500", 0, IDENT_FNR, true, 2000, IDENT_FEMALE },
    { "018139999", 0, IDENT_FNR, true, 2039, IDENT_MALE },
    /* in no series: it could only be a number from 2032 */
    { "018153500", 0, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "018199750", 0, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "018140899", 0, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    /* 2032 */
    { "018182001", 1, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "018182001", 2, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "018182001", 3, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "018182001", 4, IDENT_BAD, false, 0, IDENT_SEX_NONE },
    { "418182001", 1, IDENT_DNR, true, 0, IDENT_SEX_NONE },
    { "418182001", 3, IDENT_DNR, true, 0, IDENT_SEX_NONE },
    { "418182001", 10, IDENT_BAD, false, 0, IDENT_SEX_NONE },
    /* D-number series */
    { "418100199", 0, IDENT_DNR, true, 1900, IDENT_MALE },
    { "418139200", 0, IDENT_DNR, true, 2039, IDENT_FEMALE },
    { "718100500", 0, IDENT_DNR, true, 2000, IDENT_FEMALE },
    { "418140499", 0, IDENT_DNR, true, 1940, IDENT_MALE },
    { "418199600", 0, IDENT_DNR, true, 1999, IDENT_FEMALE },
    { "418158500", 0, IDENT_DNR, true, 1858, IDENT_FEMALE },
    { "418157599", 0, IDENT_DNR, true, 0, IDENT_SEX_NONE },
    /* leap days: 1900 had none, 2000 had one */
    { "298200501", 0, IDENT_FNR, true, 2000, IDENT_MALE },
    { "298200101", 0, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    { "298204101", 0, IDENT_FNR, true, 1904, IDENT_MALE },
    { "298296501", 0, IDENT_FNR, true, 1896, IDENT_MALE },
    { "698200201", 0, IDENT_DNR, true, 2000, IDENT_MALE },
    { "298232501", 1, IDENT_FNR, true, 0, IDENT_SEX_NONE },
    /* H and FH: today's rule only */
    { "014182001", 0, IDENT_HNR, false, 1982, IDENT_MALE },
    { "315215902", 0, IDENT_HNR, false, 2015, IDENT_FEMALE },
    { "014182001", 1, IDENT_BAD, false, 0, IDENT_SEX_NONE },
    { "800000000", 0, IDENT_FHNR, false, 0, IDENT_SEX_NONE },
    { "898182001", 0, IDENT_FHNR, false, 0, IDENT_SEX_NONE },
    { "999999999", 0, IDENT_FHNR, false, 0, IDENT_SEX_NONE },
    { "898182001", 2, IDENT_BAD, false, 0, IDENT_SEX_NONE },
};

/* What the last two digits of the individual number may be moved by until
 * there are control digits, keeping its series and sex. */
static bool
make_near(char number[IDENT_DIGITS + 1], const char *nine, int remainder)
{
    char near[10];

    snprintf(near, sizeof near, "%s", nine);
    for (int step = 0; step < 5; step++) {
        if (add_controls(number, near, remainder))
            return true;
        near[8] = (char)(near[8] + (nine[8] < '5' ? 2 : -2));
        if (near[8] < '0' || near[8] > '9')
            return false;
    }
    return false;
}

static void
test_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MADE / sizeof *MADE; i++) {
        char number[IDENT_DIGITS + 1];
        struct ident id;

        assert_true(make_near(number, MADE[i].nine, MADE[i].remainder));
        id = ident_check(number, 11);
        assert_int_equal(id.kind, MADE[i].kind);
        assert_int_equal(id.why, MADE[i].kind == IDENT_BAD
                                     ? IDENT_WHY_CONTROL : IDENT_GOOD);
        assert_int_equal(id.synthetic, MADE[i].synthetic);
        assert_int_equal(id.birth_year, MADE[i].birth_year);
        assert_int_equal(id.sex, MADE[i].sex);
    }
}

static void
test_form(void **state)
{
    static const char *const bad[] = {
        "", "1", "4181406103", "418140610330", "41814061O33", "4181406103 ",
        " 4181406103", "418140 6103", "-1814061033", "4181406\x0B" "033",
        "\xC3\xA6" "181406103", "///////////", ":::::::::::", "418140-1033"
    };
    static const char with_nul[] = "4181406\000033";

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ident id = ident_check(bad[i], strlen(bad[i]));

        assert_int_equal(id.kind, IDENT_BAD);
        assert_int_equal(id.why, IDENT_WHY_FORM);
        assert_int_equal(id.birth_year, 0);
        assert_int_equal(id.sex, IDENT_SEX_NONE);
    }
    assert_int_equal(ident_check(with_nul, 11).why, IDENT_WHY_FORM);
    assert_int_equal(ident_check(NULL, 0).why, IDENT_WHY_FORM);
}

static void
test_date(void **state)
{
    static const char *const bad[] = {
        "008182001", "328182001", "408182001", "728182001", "798182001",
        "318482001", "308282001", "298201501", "298299501", "318682101",
        "310000001", "018082001", "019382001", "019982001",
        "014082001", "015382001", "011382001", "012182001", "013282001",
        "016182001", "017282001", "414182001", "415282001", "000000000",
        "698201201"
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char number[IDENT_DIGITS + 1];
        int made = 0;

        for (int remainder = 0; remainder <= 3; remainder++) {
            if (!add_controls(number, bad[i], remainder))
                continue;
            made++;
            assert_int_equal(ident_check(number, 11).why, IDENT_WHY_DATE);
            assert_int_equal(ident_check(number, 11).kind, IDENT_BAD);
            /* and with the wrong control digits too */
            number[10] = (char)('0' + (number[10] - '0' + 1) % 10);
            assert_int_equal(ident_check(number, 11).why, IDENT_WHY_DATE);
        }
        assert_true(made > 0);
    }
}

/* Every wrong digit, and every two neighbours in the wrong order. */
static void
check_slips(const char *number)
{
    char slip[IDENT_DIGITS + 1];

    assert_int_equal(ident_check(number, 11).why, IDENT_GOOD);
    for (int i = 0; i < IDENT_DIGITS; i++)
        for (char c = '0'; c <= '9'; c++) {
            memcpy(slip, number, sizeof slip);
            if (c == slip[i])
                continue;
            slip[i] = c;
            assert_int_equal(ident_check(slip, 11).kind, IDENT_BAD);
        }
    for (int i = 0; i + 1 < IDENT_DIGITS; i++) {
        memcpy(slip, number, sizeof slip);
        if (slip[i] == slip[i + 1])
            continue;
        slip[i] = number[i + 1];
        slip[i + 1] = number[i];
        assert_int_equal(ident_check(slip, 11).kind, IDENT_BAD);
    }
}

static void
test_slips(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PUBLISHED / sizeof *PUBLISHED; i++)
        check_slips(PUBLISHED[i].number);
    for (size_t i = 0; i < sizeof MADE / sizeof *MADE; i++) {
        char number[IDENT_DIGITS + 1];

        if (MADE[i].kind != IDENT_BAD &&
            make_near(number, MADE[i].nine, MADE[i].remainder))
            check_slips(number);
    }
}

/* The twin. */

static bool
twin_date(int year, int month, int day)
{
    struct tm t = { .tm_year = year - 1900, .tm_mon = month - 1,
                    .tm_mday = day };

    timegm(&t);     /* moves what does not exist */
    return t.tm_year == year - 1900 && t.tm_mon == month - 1 &&
           t.tm_mday == day;
}

static const struct {
    bool d;
    int from, to;           /* individual number */
    int year_from, year_to;
} SERIES[] = {
    { false, 500, 749, 1854, 1899 }, { false, 0, 499, 1900, 1999 },
    { false, 900, 999, 1940, 1999 }, { false, 500, 999, 2000, 2039 },
    { true, 500, 599, 1858, 1899 }, { true, 0, 199, 1900, 1939 },
    { true, 0, 499, 1940, 1999 }, { true, 600, 999, 1940, 1999 },
    { true, 200, 999, 2000, 2039 },
};

static struct ident
twin(const char *number)
{
    struct ident id = { .why = IDENT_WHY_DATE };
    int day, month, yy, individual, remainder = -1, found = 0;
    bool d, any = false;
    char made[IDENT_DIGITS + 1];

    for (int r = 10; r >= 0; r--)
        if (add_controls(made, number, r) && strcmp(made, number) == 0)
            remainder = r;
    sscanf(number, "%2d%2d%2d%3d", &day, &month, &yy, &individual);
    if (number[0] >= '8') {
        if (remainder == 0)
            return (struct ident){ .kind = IDENT_FHNR };
        return (struct ident){ .why = IDENT_WHY_CONTROL };
    }
    d = day > 40;
    for (int add = 0; add <= 80; add += 40)
        for (int century = 1800; century <= 2000; century += 100)
            if (twin_date(century + yy, month - add, day - (d ? 40 : 0)) &&
                !(d && add == 40)) {
                any = true;
                id.kind = d ? IDENT_DNR : add == 40 ? IDENT_HNR : IDENT_FNR;
                id.synthetic = add == 80;
            }
    if (!any)
        return id;
    if (remainder < 0 || remainder > (id.kind == IDENT_HNR ? 0 : 3))
        return (struct ident){ .why = IDENT_WHY_CONTROL };
    id.why = IDENT_GOOD;
    month %= 40;
    for (size_t i = 0; i < sizeof SERIES / sizeof *SERIES; i++)
        for (int y = SERIES[i].year_from; y <= SERIES[i].year_to; y++)
            if (SERIES[i].d == d && individual >= SERIES[i].from &&
                individual <= SERIES[i].to && y % 100 == yy &&
                twin_date(y, month, day % 40) && remainder == 0) {
                found++;
                id.birth_year = y;
                id.sex = individual % 2 ? IDENT_MALE : IDENT_FEMALE;
            }
    assert_true(found <= 1);
    return id;
}

static void
test_twin(void **state)
{
    struct random_state seed;
    struct random r = random_seeded(&seed, 5);
    int good[IDENT_FHNR + 1] = { 0 };

    (void)state;
    for (int i = 0; i < 300000; i++) {
        char nine[16], number[IDENT_DIGITS + 1];
        struct ident a, b;
        uint32_t day = random_below(&r, 34) + 40 * random_below(&r, 2);
        uint32_t month = random_below(&r, 15) + 20 * random_below(&r, 5);

        if (random_below(&r, 5) == 0)
            day = random_below(&r, 100);
        snprintf(nine, sizeof nine, "%02u%02u%02u%03u", day, month % 100,
                 random_below(&r, 100), random_below(&r, 1000));
        if (!add_controls(number, nine, (int)random_below(&r, 6)))
            continue;
        if (random_below(&r, 8) == 0)
            number[random_below(&r, 11)] = '7';
        a = ident_check(number, 11);
        b = twin(number);
        assert_true(a.kind == b.kind && a.why == b.why &&
                    a.synthetic == b.synthetic && a.sex == b.sex &&
                    a.birth_year == b.birth_year);
        good[a.kind]++;
    }
    for (int kind = IDENT_BAD; kind <= IDENT_FHNR; kind++)
        assert_true(good[kind] > 1000);
}

/* Every pair of control digits of every nine digits that are tried: today
 * at most one pair goes with them, from 2032 four at most. */
static void
test_pairs(void **state)
{
    (void)state;
    for (int n = 0; n < 1000; n++) {
        char number[16];
        int good = 0, old = 0;

        for (int pair = 0; pair < 100; pair++) {
            struct ident id;

            snprintf(number, sizeof number, "018182%03d%02d", n, pair);
            id = ident_check(number, 11);
            good += id.kind == IDENT_FNR;
            old += id.birth_year != 0;
        }
        assert_in_range(good, 2, 4);
        assert_in_range(old, 0, 1);
    }
}

static void
test_derives(void **state)
{
    (void)state;
    assert_true(ident_derives(2014));
    assert_true(ident_derives(2031));
    assert_false(ident_derives(2032));
    assert_false(ident_derives(2040));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_twin),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_derives),
    };

    return cmocka_run_group_tests_name("ident", tests, NULL, NULL);
}
