/* test_totp.c - the examples of RFC 3174, 4648 and 6238. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "base/totp.h"

static const uint8_t *const secret = (const uint8_t *)"12345678901234567890";

static void
hashes_as_rfc_3174(void **state)
{
    static const struct { const char *text, *hash; } cases[] = {
        { "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
        { "", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "84983e441c3bd26ebaae4aa1f95129e5e54670f1" },
        /* 55, 56, 63 and 64 bytes: around the end of a block */
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t hash[SHA1_BYTES];
        char text[2 * SHA1_BYTES + 1];

        totp_sha1(cases[i].text, strlen(cases[i].text), hash);
        for (int k = 0; k < SHA1_BYTES; k++)
            snprintf(text + 2 * k, 3, "%02x", hash[k]);
        assert_string_equal(text, cases[i].hash);
    }
}

/* Appendix B of RFC 6238: eight digits there, the last six here. */
static void
codes_as_rfc_6238(void **state)
{
    static const struct { int64_t s; int code; } cases[] = {
        { 59, 287082 }, { 1111111109, 81804 }, { 1111111111, 50471 },
        { 1234567890, 5924 }, { 2000000000, 279037 },
        { 20000000000, 353130 }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(totp_code(secret, totp_step(cases[i].s * 1000)),
                         cases[i].code);
}

static void
prints_base32(void **state)
{
    char text[TOTP_BASE32];

    (void)state;
    totp_print(secret, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

static void
matches_one_step_around(void **state)
{
    const int64_t at = 1234567890000, step = at / 30000;
    char code[3][8];

    (void)state;
    for (int i = 0; i < 3; i++)
        snprintf(code[i], sizeof code[i], "%06d",
                 totp_code(secret, step - 1 + i));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(totp_match(secret, code[i], at, -1), step - 1 + i);
        assert_int_equal(totp_match(secret, code[i], at, step - 2 + i),
                         step - 1 + i);
        /* used before, or older than what was used */
        assert_int_equal(totp_match(secret, code[i], at, step - 1 + i), -1);
        assert_int_equal(totp_match(secret, code[i], at, step + 5), -1);
    }
    assert_int_equal(totp_match(secret, code[0], at + 30000, -1), -1);
    assert_int_equal(totp_match(secret, code[2], at - 30000, -1), -1);
}

static void
reads_six_digits_only(void **state)
{
    const int64_t at = 1234567890000;
    static const char *const wrong[] = {
        "", "05924", "0059240", "00592x", "-05924", "005924x", "00 59", " "
    };

    (void)state;
    assert_true(totp_match(secret, "005924", at, -1) > 0);
    assert_true(totp_match(secret, " 005 924 ", at, -1) > 0);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(totp_match(secret, wrong[i], at, -1), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_as_rfc_3174),
        cmocka_unit_test(codes_as_rfc_6238),
        cmocka_unit_test(prints_base32),
        cmocka_unit_test(matches_one_step_around),
        cmocka_unit_test(reads_six_digits_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
