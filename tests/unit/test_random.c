/* test_random.c - the seeded generator against published values, and what
 * both must promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>
#include "base/random.h"

static void
test_seeded(void **state)
{
    struct random_state a, b;
    struct random r, q;
    unsigned char bytes[16], again[16];
    uint64_t word = 0;

    (void)state;
    /* splitmix64 with seed 0, as its authors' code gives it */
    random_seeded(&a, 0);
    assert_int_equal(a.s[0], 0xE220A8397B1DCDAF);
    assert_int_equal(a.s[1], 0x6E789E6AA1B965F4);
    /* xoshiro256** with the state 1 2 3 4, likewise */
    r = random_seeded(&a, 0);
    a = (struct random_state){ { 1, 2, 3, 4 } };
    assert_int_equal(random_u64(&r), 11520);
    assert_int_equal(random_u64(&r), 0);
    assert_int_equal(random_u64(&r), 1509978240);
    assert_int_equal(random_u64(&r), 1215971899390074240);

    r = random_seeded(&a, 7);
    q = random_seeded(&b, 7);
    random_fill(&r, bytes, sizeof bytes);
    random_fill(&q, again, sizeof again);
    assert_memory_equal(bytes, again, sizeof bytes);
    /* lowest byte first, and a new step for every fill */
    q = random_seeded(&b, 7);
    word = random_u64(&q);
    for (int i = 0; i < 8; i++)
        assert_int_equal(bytes[i], word >> (8 * i) & 0xFF);
    q = random_seeded(&b, 7);
    random_fill(&q, again, 3);
    random_fill(&q, again, 8);
    assert_memory_equal(bytes + 8, again, 8);
    random_fill(&q, again, 0);
    random_seeded(&b, 8);
    assert_true(memcmp(a.s, b.s, sizeof a.s) != 0);
}

static void
test_below(void **state)
{
    struct random_state s;
    struct random r = random_seeded(&s, 3);
    int count[6] = { 0 };

    (void)state;
    for (int i = 0; i < 60000; i++)
        count[random_below(&r, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(count[i], 9600, 10400);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(random_below(&r, 1), 0);
        assert_true(random_below(&r, UINT32_MAX) < UINT32_MAX);
    }
}

static void
check_uuid(const char *text)
{
    assert_int_equal(strlen(text), UUID_TEXT - 1);
    for (int i = 0; i < UUID_TEXT - 1; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

        if (hyphen)
            assert_int_equal(text[i], '-');
        else
            assert_non_null(strchr("0123456789abcdef", text[i]));
    }
    assert_int_equal(text[14], '4');
    assert_non_null(strchr("89ab", text[19]));
}

static void
fill_same(void *ctx, void *out, size_t n)
{
    memset(out, *(int *)ctx, n);
}

static void
test_uuid(void **state)
{
    struct random r = random_system();
    int byte = 0xFF;
    char a[UUID_TEXT], b[UUID_TEXT];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        random_uuid(&r, a);
        random_uuid(&r, b);
        check_uuid(a);
        assert_string_not_equal(a, b);
    }
    r = (struct random){ .fill = fill_same, .ctx = &byte };
    random_uuid(&r, a);
    assert_string_equal(a, "ffffffff-ffff-4fff-bfff-ffffffffffff");
    byte = 0;
    random_uuid(&r, a);
    assert_string_equal(a, "00000000-0000-4000-8000-000000000000");
}

static void
test_system(void **state)
{
    struct random r = random_system();
    unsigned char bytes[1000] = { 0 };
    int zeros = 0;

    (void)state;
    random_fill(&r, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        zeros += bytes[i] == 0;
    assert_true(zeros < 50);
    random_fill(&r, bytes, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seeded),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_uuid),
        cmocka_unit_test(test_system),
    };

    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
