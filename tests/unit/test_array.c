/* test_array.c - arrays that grow, checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/array.h"

static void
grow(void *(*more)(void *array, size_t count, size_t *room, size_t size,
                   struct err *e))
{
    struct err e = { .code = ERR_NONE };
    size_t room = 0, count = 0;
    uint64_t *list = NULL;

    while (count < 10000) {
        size_t before = room;
        uint64_t *p = more(list, count, &room, sizeof *p, &e);

        assert_non_null(p);
        assert_true(count < room);
        assert_true(count < before ? p == list && room == before
                                   : room > before);
        list = p;
        list[count] = count * count;
        count++;
    }
    for (uint64_t i = 0; i < count; i++)
        assert_int_equal(list[i], i * i);
    assert_int_equal(e.code, ERR_NONE);
    free(list);
}

static void
test_grows(void **state)
{
    (void)state;
    grow(array_more);
    grow(array_more_secret);
}

/* More than there can be: what was there is as it was. */
static void
test_too_long(void **state)
{
    struct err e = { .code = ERR_NONE };
    size_t room = 0, before;
    char *list = array_more(NULL, 0, &room, 1, &e);

    (void)state;
    assert_non_null(list);
    memset(list, 'x', room);
    before = room;
    assert_null(array_more(list, room, &room, SIZE_MAX / 2, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    assert_string_equal(e.key, "machine.memory");
    assert_int_equal(room, before);
    assert_int_equal(list[room - 1], 'x');
    /* What there is room for is not asked for. */
    err_clear(&e);
    assert_ptr_equal(array_more(list, room - 1, &room, SIZE_MAX / 2, &e),
                     list);
    assert_int_equal(e.code, ERR_NONE);
    free(list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows), cmocka_unit_test(test_too_long)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
