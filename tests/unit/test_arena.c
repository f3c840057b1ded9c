/* test_arena.c - many pieces, freed at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/arena.h"

static void
test_pieces(void **state)
{
    enum { COUNT = 3000 };
    static unsigned char *piece[COUNT];
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 97 == 0 ? i * 100 : i % 61;

        piece[i] = arena_take(&a, size);
        assert_int_equal((uintptr_t)piece[i] % 16, 0);
        for (size_t b = 0; b < size; b++)
            assert_int_equal(piece[i][b], 0);
        memset(piece[i], (int)(i % 251) + 1, size);
    }
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 97 == 0 ? i * 100 : i % 61;

        for (size_t b = 0; b < size; b++)
            assert_int_equal(piece[i][b], i % 251 + 1);
    }
    arena_clear(&a);
    assert_null(a.head);
    arena_clear(&a);
}

static void
test_texts(void **state)
{
    struct arena a;
    int *numbers;

    (void)state;
    arena_init(&a);
    assert_string_equal(arena_text(&a, "blåbær"), "blåbær");
    assert_string_equal(arena_text(&a, ""), "");
    assert_string_equal(arena_text_n(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
    assert_int_equal(strlen(arena_printf(&a, "%5000d", 1)), 5000);
    numbers = arena_array(&a, 1000, sizeof *numbers);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], 0);
    assert_non_null(arena_array(&a, 0, 8));
    arena_clear(&a);
    numbers = mem_take(0);
    assert_non_null(numbers);
    free(numbers);
}

static void
test_lists(void **state)
{
    int count = 0, room = 0, moved = 0;
    int64_t *list = NULL;
    struct arena a;

    (void)state;
    arena_init(&a);
    while (count < 5000) {
        int64_t *more = arena_more(&a, list, count, &room, sizeof *list);

        moved += more != list;
        list = more;
        assert_true(count < room);
        assert_int_equal(list[count], 0);
        list[count] = count;
        count++;
    }
    for (int i = 0; i < count; i++)
        assert_int_equal(list[i], i);
    assert_in_range(moved, 2, 20);
    arena_clear(&a);
}

static void
test_more(void **state)
{
    int count = 0, room = 0, before;
    int64_t *list = NULL;

    (void)state;
    while (count < 5000) {
        list = mem_more(list, count, &room, sizeof *list);
        assert_true(count < room);
        for (int i = count; i < room; i++)
            assert_int_equal(list[i], 0);
        before = room;
        assert_ptr_equal(mem_more(list, count, &room, sizeof *list), list);
        assert_int_equal(room, before);
        for (; count < room; count++)
            list[count] = count;
    }
    for (int i = 0; i < count; i++)
        assert_int_equal(list[i], i);
    free(list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_lists), cmocka_unit_test(test_more)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
