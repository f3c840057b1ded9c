/* test_buf.c - bytes that grow, and whole files. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/buf.h"

static void
test_grow(void **state)
{
    struct buf b;
    struct err e = { 0 };

    (void)state;
    buf_init(&b, 0);
    assert_string_equal(buf_string(&b), "");
    assert_true(buf_ok(&b, &e));
    buf_add(&b, "", 0);
    buf_text(&b, "a");
    buf_byte(&b, 'b');
    buf_printf(&b, "%d%s", 12, "c");
    buf_add(&b, "d\0e", 3);
    assert_int_equal(b.len, 8);
    assert_memory_equal(buf_string(&b), "ab12cd\0e", 9);
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, "%04d", i);
    assert_int_equal(b.len, 40008);
    assert_memory_equal(b.data + 40004, "9999", 5);
    buf_reset(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(buf_string(&b), "");
    buf_text(&b, "again");
    assert_string_equal(buf_string(&b), "again");
    buf_wipe(&b);
    assert_null(b.data);
    buf_clear(&b);
}

/* The ceiling is exact, and failure stays until a reset. */
static void
test_ceiling(void **state)
{
    struct buf b;
    struct err e = { 0 };

    (void)state;
    buf_init(&b, 10);
    buf_text(&b, "0123456789");
    assert_true(buf_ok(&b, &e));
    buf_text(&b, "");
    assert_true(buf_ok(&b, &e));
    buf_byte(&b, 'x');
    assert_false(buf_ok(&b, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    assert_string_equal(buf_string(&b), "0123456789");
    buf_reset(&b);
    buf_printf(&b, "%s", "01234567890");
    assert_true(b.failed);
    buf_text(&b, "short");
    assert_int_equal(b.len, 0);
    buf_reset(&b);
    buf_text(&b, "short");
    assert_string_equal(buf_string(&b), "short");
    buf_clear(&b);
}

static char folder[] = "/tmp/brukerplan-test-buf-XXXXXX";

static const char *
path(const char *name)
{
    static char out[256];

    snprintf(out, sizeof out, "%s/%s", folder, name);
    return out;
}

static void
test_files(void **state)
{
    struct buf b, back;
    struct err e = { 0 };
    struct stat st;

    (void)state;
    buf_init(&b, 0);
    buf_init(&back, 0);
    for (int i = 0; i < 50000; i++)
        buf_printf(&b, "%d\n", i);
    assert_true(buf_write_file(&b, path("a"), &e));
    assert_int_equal(stat(path("a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(buf_read_file(&back, path("a"), b.len, &e));
    assert_int_equal(back.len, b.len);
    assert_memory_equal(back.data, b.data, b.len);
    /* replaced whole, nothing left beside it */
    buf_reset(&b);
    assert_true(buf_write_file(&b, path("a"), &e));
    assert_int_equal(stat(path("a"), &st), 0);
    assert_int_equal(st.st_size, 0);
    buf_reset(&back);
    assert_true(buf_read_file(&back, path("a"), 10, &e));
    assert_int_equal(back.len, 0);
    assert_int_equal(unlink(path("a")), 0);
    assert_int_equal(e.code, ERR_NONE);
    buf_clear(&b);
    buf_clear(&back);
}

static void
test_file_faults(void **state)
{
    struct buf b;
    struct err e = { 0 };

    (void)state;
    buf_init(&b, 0);
    assert_false(buf_read_file(&b, path("missing"), 10, &e));
    assert_string_equal(e.key, "file.open");
    assert_int_equal(e.code, ERR_INPUT);
    err_clear(&e);
    assert_false(buf_read_file(&b, folder, 10, &e));
    assert_string_equal(e.key, "file.read");
    err_clear(&e);
    buf_reset(&b);
    buf_text(&b, "0123456789a");
    assert_true(buf_write_file(&b, path("b"), &e));
    buf_reset(&b);
    assert_false(buf_read_file(&b, path("b"), 10, &e));
    assert_string_equal(e.key, "file.too_large");
    assert_int_equal(unlink(path("b")), 0);
    err_clear(&e);
    assert_false(buf_write_file(&b, path("no/such/folder"), &e));
    assert_string_equal(e.key, "file.write");
    err_clear(&e);
    if (access("/dev/full", W_OK) == 0) {
        buf_reset(&b);
        buf_text(&b, "x");
        assert_false(buf_write_file(&b, "/dev/full", &e));
        assert_string_equal(e.key, "file.write");
        assert_int_equal(e.code, ERR_MACHINE);
    }
    buf_clear(&b);
    assert_int_equal(rmdir(folder), 0);
}

/* Room is what was asked for, the wish if the ceiling allows it, and never
 * past the ceiling. */
static void
test_room(void **state)
{
    struct buf b;
    size_t room = 0;
    char *at;

    (void)state;
    buf_init(&b, 100);
    at = buf_room(&b, 0, 1000, &room);
    assert_non_null(at);
    assert_string_equal(buf_string(&b), "");
    assert_int_equal(room, 100);
    memset(at, 'x', 60);
    buf_used(&b, 60);
    assert_int_equal(b.len, 60);
    assert_int_equal(strlen(buf_string(&b)), 60);
    assert_non_null(buf_room(&b, 40, 0, &room));
    assert_int_equal(room, 40);
    assert_null(buf_room(&b, 41, 0, &room));
    assert_true(b.failed);
    buf_clear(&b);

    buf_init(&b, 0);
    buf_text(&b, "abc");
    at = buf_room(&b, 1, 5000, &room);
    assert_true(room >= 5000);
    memset(at, 'y', room);
    buf_used(&b, room);
    assert_memory_equal(b.data, "abcyyy", 6);
    assert_int_equal(strlen(buf_string(&b)), room + 3);
    buf_clear(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow), cmocka_unit_test(test_ceiling),
        cmocka_unit_test(test_files), cmocka_unit_test(test_file_faults),
        cmocka_unit_test(test_room),
    };

    if (mkdtemp(folder) == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
