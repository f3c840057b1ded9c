/* test_zip.c - archives read back byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>
#include "base/zip.h"

static unsigned
get16(const unsigned char *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

static uint32_t
get32(const unsigned char *at)
{
    return get16(at) | (uint32_t)get16(at + 2) << 16;
}

/* A part as the directory at AT says it is; what comes behind it. */
struct part {
    const char *name;
    unsigned name_len, method, flags;
    uint32_t crc, packed, size, head;
};

static const unsigned char *
read_entry(const unsigned char *at, struct part *p)
{
    assert_memory_equal(at, "PK\1\2", 4);
    *p = (struct part){
        .flags = get16(at + 8), .method = get16(at + 10),
        .crc = get32(at + 16), .packed = get32(at + 20),
        .size = get32(at + 24), .name_len = get16(at + 28),
        .head = get32(at + 42), .name = (const char *)at + 46,
    };
    assert_int_equal(get16(at + 12), 0);
    assert_int_equal(get16(at + 14), 33);       /* 1 January 1980 */
    return at + 46 + p->name_len;
}

/* The directory of the archive that begins FROM in B; how many parts. */
static const unsigned char *
directory(const struct buf *b, size_t from, int *count)
{
    const unsigned char *data = (const unsigned char *)b->data;
    const unsigned char *end = data + b->len - 22;

    assert_memory_equal(end, "PK\5\6", 4);
    *count = (int)get16(end + 10);
    assert_int_equal(get16(end + 8), *count);
    assert_ptr_equal(data + from + get32(end + 16) + get32(end + 12), end);
    return data + from + get32(end + 16);
}

/* The bytes of P, checked against what head and directory say, in OUT. */
static void
unpack(const struct buf *b, size_t from, const struct part *p,
       unsigned char *out)
{
    const unsigned char *head = (const unsigned char *)b->data + from
        + p->head;
    const unsigned char *body = head + 30 + p->name_len;
    z_stream z = { 0 };

    assert_memory_equal(head, "PK\3\4", 4);
    assert_memory_equal(head + 30, p->name, p->name_len);
    assert_int_equal(get32(head + 14), p->crc);
    assert_int_equal(get32(head + 18), p->packed);
    assert_int_equal(get32(head + 22), p->size);
    if (p->method == 0) {
        assert_int_equal(p->packed, p->size);
        memcpy(out, body, p->size);
    } else {
        assert_int_equal(p->method, 8);
        z.next_in = (Bytef *)(uintptr_t)body;
        z.avail_in = p->packed;
        z.next_out = out;
        z.avail_out = p->size + 1;
        assert_int_equal(inflateInit2(&z, -MAX_WBITS), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_int_equal(z.total_out, p->size);
        assert_int_equal(z.avail_in, 0);
        inflateEnd(&z);
    }
    assert_int_equal(crc32(0, out, p->size), p->crc);
}

static void
known_sum(void **state)
{
    static const char name[] = "m\xc3\xa5nedsliste \xe2\x80\x93 2014.csv";
    unsigned char out[16];
    struct err e = { 0 };
    struct buf b;
    struct zip z;
    struct part p;
    int count;

    (void)state;
    buf_init(&b, 0);
    zip_begin(&z, &b);
    zip_add(&z, name, "123456789", 9, ZIP_STORE);
    assert_true(zip_finish(&z, &e));
    read_entry(directory(&b, 0, &count), &p);
    assert_int_equal(count, 1);
    assert_int_equal(p.crc, 0xcbf43926);
    assert_int_equal(p.flags, 1 << 11);         /* names are UTF-8 */
    assert_int_equal(p.name_len, sizeof name - 1);
    assert_memory_equal(p.name, name, sizeof name - 1);
    unpack(&b, 0, &p, out);
    assert_memory_equal(out, "123456789", 9);
    buf_clear(&b);
}

/* Parts of every size around the chunks, both ways, whole and in pieces,
 * behind bytes that were there before. */
static void
read_back(void **state)
{
    static const size_t sizes[] = { 0, 1, 2, 65535, 65536, 65537, 300000 };
    enum { SIZES = sizeof sizes / sizeof sizes[0], MOST = 300000 };
    static unsigned char data[MOST], out[MOST + 1];
    const unsigned char *at;
    uint32_t seed = 1;
    struct err e = { 0 };
    struct buf b;
    struct zip z;
    int count;

    (void)state;
    for (size_t i = 0; i < MOST; i++) {
        seed = seed * 1664525 + 1013904223;
        data[i] = (unsigned char)(i % 3 == 0 ? seed >> 24 : 'a');
    }
    buf_init(&b, 0);
    buf_text(&b, "before");
    zip_begin(&z, &b);
    for (int i = 0; i < SIZES * 2; i++) {
        char name[16];

        snprintf(name, sizeof name, "part%d", i);
        zip_part(&z, name, i < SIZES ? ZIP_DEFLATE : ZIP_STORE);
        for (size_t done = 0; done < sizes[i % SIZES]; done += 7001)
            zip_put(&z, data + done, sizes[i % SIZES] - done < 7001
                    ? sizes[i % SIZES] - done : 7001);
    }
    assert_true(zip_finish(&z, &e));
    at = directory(&b, 6, &count);
    assert_int_equal(count, SIZES * 2);
    for (int i = 0; i < count; i++) {
        struct part p;

        at = read_entry(at, &p);
        assert_int_equal(p.size, sizes[i % SIZES]);
        unpack(&b, 6, &p, out);
        assert_memory_equal(out, data, p.size);
    }
    buf_clear(&b);
}

static void
same_bytes(void **state)
{
    struct buf a, b;
    struct zip z;
    struct err e = { 0 };

    (void)state;
    buf_init(&a, 0);
    buf_init(&b, 0);
    zip_begin(&z, &a);
    zip_add(&z, "x/y", "text text text", 14, ZIP_DEFLATE);
    assert_true(zip_finish(&z, &e));
    zip_begin(&z, &b);
    zip_part(&z, "x/y", ZIP_DEFLATE);
    zip_put(&z, "text ", 5);
    zip_put(&z, "", 0);
    zip_put(&z, "text text", 9);
    assert_true(zip_finish(&z, &e));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    buf_clear(&a);
    buf_clear(&b);
}

/* PARTS parts of nothing: whether that is an archive. */
static bool
archive_of(int parts, struct err *e)
{
    struct buf b;
    struct zip z;
    bool ok;

    buf_init(&b, 0);
    zip_begin(&z, &b);
    for (int i = 0; i < parts; i++) {
        char name[16];

        snprintf(name, sizeof name, "%d", i);
        zip_add(&z, name, "", 0, ZIP_STORE);
    }
    ok = zip_finish(&z, e);
    buf_clear(&b);
    return ok;
}

static void
limits(void **state)
{
    struct err e = { 0 };

    (void)state;
    assert_true(archive_of(0, &e));
    assert_true(archive_of(ZIP_PARTS, &e));
    assert_false(archive_of(ZIP_PARTS + 1, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.key, "zip.too_large");
}

/* A ceiling of OUT is a failure whatever is being written. */
static void
full(void **state)
{
    (void)state;
    for (size_t max = 1; max < 400; max += 3) {
        struct err e = { 0 };
        struct buf b;
        struct zip z;
        bool ok;

        buf_init(&b, max);
        zip_begin(&z, &b);
        zip_add(&z, "one", "1111111111", 10, ZIP_DEFLATE);
        zip_add(&z, "two", "2222222222", 10, ZIP_STORE);
        ok = zip_finish(&z, &e);
        assert_true(ok == (e.code == ERR_NONE));
        assert_true(ok || e.code == ERR_MACHINE);
        assert_true(ok || max < 300);
        buf_clear(&b);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_sum),
        cmocka_unit_test(read_back),
        cmocka_unit_test(same_bytes),
        cmocka_unit_test(limits),
        cmocka_unit_test(full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
