/* test_large.c - memory of many megabytes that grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>
#include "base/large.h"

enum { MIB = 1 << 20, LARGE_PAGE = 2 * MIB };

/* Around the size of a large page: what was there stays, what is new is
 * zero, all of it can be written to. */
static void
test_grows(void **state)
{
    static const size_t bytes[] = { 1, 100, 5000, LARGE_PAGE - 1, LARGE_PAGE,
                                    LARGE_PAGE + 1, 9 * MIB + 3 };
    struct large l = { NULL, 0 };
    struct err e = { .code = ERR_NONE };
    size_t was = 0;

    (void)state;
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        const unsigned char *p;

        assert_true(large_grow(&l, bytes[i], &e));
        large_pages(&l);
        assert_true(l.bytes >= bytes[i]);
        assert_int_equal((uintptr_t)l.at % 4096, 0);
        assert_true(l.bytes < LARGE_PAGE
                    || (uintptr_t)l.at % LARGE_PAGE == 0);
        p = l.at;
        for (size_t k = 0; k < l.bytes; k += k + 1 < was ? 97 : 1)
            if (p[k] != (k < was ? 0xA5 : 0))
                fail_msg("byte %zu of %zu", k, l.bytes);
        was = l.bytes;
        memset(l.at, 0xA5, was);
    }
    large_clear(&l);
    assert_null(l.at);
    large_clear(&l);
}

/* What there is already is not moved; no machine has what is asked for
 * then, and nothing is lost by asking. */
static void
test_stays(void **state)
{
    struct large l = { NULL, 0 }, before;
    struct err e = { .code = ERR_NONE };

    (void)state;
    assert_true(large_grow(&l, 3 * MIB, &e));
    memset(l.at, 7, l.bytes);
    before = l;
    assert_true(large_grow(&l, 10, &e));
    assert_true(large_grow(&l, l.bytes, &e));
    assert_false(large_grow(&l, (size_t)1 << 62, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    assert_string_equal(e.key, "machine.memory");
    assert_ptr_equal(l.at, before.at);
    assert_int_equal(l.bytes, before.bytes);
    assert_int_equal(((unsigned char *)l.at)[l.bytes - 1], 7);
    large_clear(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows), cmocka_unit_test(test_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
