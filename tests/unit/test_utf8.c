/* test_utf8.c - utf8 against cases, and checking against every sequence of
 * up to four interesting bytes decoded naively. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"

#define TEXT(s) s, sizeof s - 1

static const struct {
    const char *text;
    size_t n;
    long bad_at;        /* -1: none */
    size_t count;
} CASES[] = {
    { TEXT(""), -1, 0 },
    { TEXT("abc"), -1, 3 },
    { TEXT("a\0b"), -1, 3 },
    { TEXT("blåbærsyltetøy er godt"), -1, 22 },
    { TEXT("12345678æ"), -1, 9 },
    { TEXT("\x7F"), -1, 1 },
    { TEXT("\xC2\x80\xDF\xBF"), -1, 2 },
    { TEXT("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"), -1, 4 },
    { TEXT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), -1, 2 },
    { TEXT("\x80"), 0, 1 },
    { TEXT("abcdefghij\xC3"), 10, 11 },
    { TEXT("abcdefg\xFF" "abcdefgh"), 7, 16 },
    { TEXT("\xC0\xAF"), 0, 2 },
    { TEXT("a\xC1\xBF"), 1, 3 },
    { TEXT("\xE0\x9F\xBF"), 0, 3 },
    { TEXT("\xED\xA0\x80"), 0, 3 },
    { TEXT("\xED\xBF\xBF"), 0, 3 },
    { TEXT("\xF0\x8F\xBF\xBF"), 0, 4 },
    { TEXT("\xF4\x90\x80\x80"), 0, 4 },
    { TEXT("\xF5\x80\x80\x80"), 0, 4 },
    { TEXT("\xE2\x80" "a"), 0, 3 },
    { TEXT("\xE2\x80\xA6\xE2\x80"), 3, 3 },
    { TEXT("\xC3\xA6\xA6\xC3\xA6"), 2, 3 },
};

static void
test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        /* of its own, so that reading too far is seen */
        char *text = malloc(CASES[i].n + 1);
        size_t bad_at = 99;

        assert_non_null(text);
        memcpy(text, CASES[i].text, CASES[i].n);
        text = realloc(text, CASES[i].n > 0 ? CASES[i].n : 1);
        assert_non_null(text);
        assert_int_equal(utf8_valid(text, CASES[i].n, &bad_at),
                         CASES[i].bad_at < 0);
        assert_int_equal(utf8_valid(text, CASES[i].n, NULL),
                         CASES[i].bad_at < 0);
        assert_int_equal((long)bad_at,
                         CASES[i].bad_at < 0 ? 99 : CASES[i].bad_at);
        assert_int_equal(utf8_count(text, CASES[i].n), CASES[i].count);
        free(text);
    }
    assert_true(utf8_valid(NULL, 0, NULL));
    assert_int_equal(utf8_count(NULL, 0), 0);
}

/* Decodes as RFC 3629 defines: by value, then refuses what is too long or
 * no character. */
static int32_t
naive(const unsigned char *s, size_t n, size_t *len)
{
    static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    size_t more;
    int32_t c;

    *len = 1;
    if (s[0] < 0x80)
        return s[0];
    more = (s[0] & 0xE0) == 0xC0 ? 1 : (s[0] & 0xF0) == 0xE0 ? 2
         : (s[0] & 0xF8) == 0xF0 ? 3 : 0;
    if (more == 0 || n < more + 1)
        return UTF8_BAD;
    c = s[0] & (0x3F >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return UTF8_BAD;
        c = c * 64 + (s[i] & 0x3F);
    }
    if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return UTF8_BAD;
    *len = more + 1;
    return c;
}

static void
check_sequence(const unsigned char *s, size_t n)
{
    const char *text = (const char *)s, *p = text, *end = text + n;
    size_t at = 0, count = 0, bad = n, found = n;

    while (at < n) {
        size_t len;
        int32_t c = naive(s + at, n - at, &len);

        assert_true(utf8_next(&p, end) == c);
        if (c == UTF8_BAD && bad == n)
            bad = at;
        at += len;
        assert_true(p == text + at);
        count++;
    }
    assert_true(utf8_valid(text, n, &found) == (bad == n));
    assert_true(found == bad);
    assert_true(utf8_count(text, n) == count);
}

static void
test_every_sequence(void **state)
{
    static const unsigned char bytes[] = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1,
        0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3,
        0xF4, 0xF5, 0xF8, 0xFF
    };
    enum { N = sizeof bytes };
    unsigned char s[4];

    (void)state;
    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++) {
            s[0] = (unsigned char)a;
            s[1] = (unsigned char)b;
            check_sequence(s, 1);
            check_sequence(s, 2);
        }
    for (int i = 0; i < N * N * N * N; i++) {
        s[0] = bytes[i % N];
        s[1] = bytes[i / N % N];
        s[2] = bytes[i / N / N % N];
        s[3] = bytes[i / N / N / N];
        check_sequence(s, 3);
        check_sequence(s, 4);
    }
}

static int
sign(int x)
{
    return (x > 0) - (x < 0);
}

static void
test_sort_equal(void **state)
{
    /* the same but for case and accent: bytes decide */
    static const char *const same[][2] = {
        { "A", "a" }, { "Oslo", "oslo" }, { "Æ", "æ" }, { "Ä", "ä" },
        { "Ä", "Æ" }, { "a\xCC\x8A", "å" }, { "o\xCC\x88", "ø" },
        { "a\xCC\x88", "æ" }, { "e\xCC\x81", "é" }, { "e", "é" },
        { "š", "s\xCC\x8C" },
        { "ü", "u\xCC\x88" }, { "Œ", "œ" }, { "Ĳ", "ĳ" }
    };

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *a = same[i][0], *b = same[i][1];
        char x[16], y[16];

        assert_int_equal(utf8_compare_nordic(a, a), 0);
        assert_int_equal(sign(utf8_compare_nordic(a, b)),
                         sign(strcmp(a, b)));
        assert_int_equal(sign(utf8_compare_nordic(b, a)),
                         sign(strcmp(b, a)));
        /* what comes after them counts first */
        strcpy(x, a);
        strcat(x, "m");
        strcpy(y, b);
        strcat(y, "n");
        assert_true(utf8_compare_nordic(x, y) < 0);
        strcpy(x, a);
        strcat(x, "n");
        strcpy(y, b);
        strcat(y, "m");
        assert_true(utf8_compare_nordic(x, y) > 0);
    }
}

static void
test_sort(void **state)
{
    static const char *const order[] = {
        "", " a", "1", "10", "9", "A", "a", "á", "Aas", "aase", "abel",
        "Asker", "Bærum", "Bø", "Båtsfjord", "Đakko", "dal", "deg", "éa",
        "EB", "Łab", "lb", "Søgne", "Sørfold", "Šå", "u", "vy", "üa", "yb",
        "üc", "Ža", "zb", "Ænes", "ära", "ærb", "ö", "øa", "Öb", "Øygarden",
        "ÅBEL", "Ås", "þ", "Þa", "ш", "\xFF"
    };
    size_t n = sizeof order / sizeof *order;

    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            assert_int_equal(sign(utf8_compare_nordic(order[i], order[k])),
                             (i > k) - (i < k));
}

static const struct {
    const char *text;
    size_t n;
    bool allowed;
    const char *quoted;
} QUOTES[] = {
    { TEXT(""), true, "" },
    { TEXT("abc"), true, "abc" },
    { TEXT("12345678901234567890"), false, QUOTE_HIDDEN "20" },
    { TEXT("abcdefghijklmnopqrst"), true, "abcdefghijklmnopqrst" },
    { TEXT("abcdefghijklmnopqrstu"), true, "abcdefghijklmnopqrst…" },
    { TEXT("ææææææææææøøøøøøøøøøå"), true, "ææææææææææøøøøøøøøøø…" },
    { TEXT("a\tb\n\x1B[1m\x7F"), true, "a\\x09b\\x0A\\x1B[1m\\x7F" },
    { TEXT("a\0b"), true, "a\\x00b" },
    { TEXT("\xC2\x85|\xE2\x80\xA8|\xE2\x80\xAE|\xE2\x81\xA6|\xD8\x9C"), true,
      "\\u{0085}|\\u{2028}|\\u{202E}|\\u{2066}|\\u{061C}" },
    { TEXT("\xEF\xBB\xBFx\xE2\x80\x8By\xF3\xA0\x81\x81"), true,
      "\\u{FEFF}x\\u{200B}y\\u{E0041}" },
    { TEXT("bl\xE5" "b\xE6r"), true, "bl\\xE5b\\xE6r" },
    { TEXT("\xED\xA0\x80"), true, "\\xED\\xA0\\x80" },
    { TEXT("😀"), true, "😀" },
    { TEXT("12345678"), true, "12345678" },
    { TEXT("123456789"), false, QUOTE_HIDDEN "9" },
    { TEXT("x12345678y9"), true, "x12345678y9" },
    { TEXT("a long text, and only then 123456789 æ"), false,
      QUOTE_HIDDEN "38" },
    { TEXT("010190 12345"), false, QUOTE_HIDDEN "12" },
    { TEXT("01.01.90-12345"), false, QUOTE_HIDDEN "14" },
    { TEXT("010190\xC2\xA0" "12345"), false, QUOTE_HIDDEN "12" },
    { TEXT("010190\xE2\x80\x8B" "12345"), false, QUOTE_HIDDEN "12" },
    { TEXT("0\0001\0002\0003\0004\0005\0006\0007\0008\0"), false,
      QUOTE_HIDDEN "18" },
    { TEXT("2014-10-31"), true, "2014-10-31" },
    { TEXT("1|2|3|4|5|6|7|8|9|10"), true, "1|2|3|4|5|6|7|8|9|10" },
    { TEXT("1,2,3,4,5,6,7,8,9"), true, "1,2,3,4,5,6,7,8,9" },
    { TEXT("12345678\xFF" "9"), false, QUOTE_HIDDEN "10" },
};

static void
test_quote(void **state)
{
    char out[QUOTE_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++) {
        assert_int_equal(quote_allowed(QUOTES[i].text, QUOTES[i].n),
                         QUOTES[i].allowed);
        memset(out, 'x', sizeof out);
        err_quote(out, sizeof out, QUOTES[i].text, QUOTES[i].n);
        assert_string_equal(out, QUOTES[i].quoted);
    }
    err_quote(out, sizeof out, NULL, 0);
    assert_string_equal(out, "");
}

static void
test_quote_room(void **state)
{
    /* the longest escape there is, more often than is shown */
    char text[30 * 4], out[QUOTE_MAX];

    (void)state;
    for (int i = 0; i < 30; i++)
        memcpy(text + 4 * i, "\xF3\xA0\x80\x81", 4);
    err_quote(out, sizeof out, text, sizeof text);
    assert_int_equal(strlen(out), 20 * strlen("\\u{E0001}") + strlen("…"));
    for (size_t size = 1; size < 40; size++) {
        char *small = malloc(size);

        assert_non_null(small);
        err_quote(small, size, text, sizeof text);
        assert_int_equal(strlen(small), (size - 1) / 9 * 9);
        err_quote(small, size, "æøå123456789", 15);
        assert_true(strlen(small) < size);
        err_quote(small, size, "æøå", 6);
        assert_true(utf8_valid(small, strlen(small), NULL));
        free(small);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_every_sequence),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_sort_equal),
        cmocka_unit_test(test_quote),
        cmocka_unit_test(test_quote_room),
    };

    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
