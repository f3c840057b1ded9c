/* test_json.c - json against exact bytes, and read back with jansson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/random.h"

/* The table of interfaces.md, shortened. */
static void
write_table(struct json *j)
{
    json_begin_object(j);
    json_key(j, "table");
    json_put_null(j);
    json_key(j, "rows");
    json_begin_object(j);
    json_key(j, "keys");
    json_begin_array(j);
    json_put_string(j, "green");
    json_put_string(j, "red");
    json_end_array(j);
    json_key(j, "multiple");
    json_put_bool(j, true);
    json_end_object(j);
    json_key(j, "cells");
    json_begin_array(j);
    for (int i = 0; i < 2; i++) {
        json_begin_array(j);
        json_put_int(j, 79 * i);
        json_put_null(j);
        json_put_int(j, -3);
        json_end_array(j);
    }
    json_end_array(j);
    json_key(j, "mixed");
    json_begin_array(j);
    json_put_int(j, 1);
    json_begin_object(j);
    json_key(j, "a");
    json_begin_array(j);
    json_begin_array(j);
    json_end_array(j);
    json_end_array(j);
    json_key(j, "b");
    json_put_bool(j, false);
    json_end_object(j);
    json_end_array(j);
    json_key(j, "none");
    json_begin_array(j);
    json_end_array(j);
    json_key(j, "empty");
    json_begin_object(j);
    json_end_object(j);
    json_end_object(j);
    json_finish(j);
}

static void
test_style(void **state)
{
    struct buf out;
    struct json j;

    (void)state;
    buf_init(&out, 0);
    json_init(&j, &out, JSON_ONE_LINE);
    write_table(&j);
    assert_string_equal(
        buf_string(&out),
        "{\"table\":null,\"rows\":{\"keys\":[\"green\",\"red\"],"
        "\"multiple\":true},\"cells\":[[0,null,-3],[79,null,-3]],"
        "\"mixed\":[1,{\"a\":[[]],\"b\":false}],\"none\":[],\"empty\":{}}");
    buf_reset(&out);
    json_init(&j, &out, JSON_INDENTED);
    write_table(&j);
    assert_string_equal(
        buf_string(&out),
        "{\n"
        "  \"table\": null,\n"
        "  \"rows\": {\n"
        "    \"keys\": [\"green\", \"red\"],\n"
        "    \"multiple\": true\n"
        "  },\n"
        "  \"cells\": [\n"
        "    [0, null, -3],\n"
        "    [79, null, -3]\n"
        "  ],\n"
        "  \"mixed\": [1, {\"a\": [[]], \"b\": false}],\n"
        "  \"none\": [],\n"
        "  \"empty\": {}\n"
        "}\n");
    buf_clear(&out);
}

static void
test_root(void **state)
{
    struct buf out;
    struct json j;

    (void)state;
    buf_init(&out, 0);
    json_init(&j, &out, JSON_INDENTED);
    json_put_int(&j, INT64_MIN);
    json_finish(&j);
    json_init(&j, &out, JSON_ONE_LINE);
    json_put_int(&j, INT64_MAX);
    json_finish(&j);
    json_init(&j, &out, JSON_ONE_LINE);
    json_put_string_n(&j, "\"\\\b\f\n\r\t\0\x1F\x7F/<\xC3\xA6", 14);
    json_finish(&j);
    json_init(&j, &out, JSON_ONE_LINE);
    json_put_string_n(&j, NULL, 0);
    json_finish(&j);
    json_init(&j, &out, JSON_ONE_LINE);
    json_begin_array(&j);
    json_put_decimal(&j, 2, 41, 3);
    json_put_decimal(&j, 0, 0, 1);
    json_put_decimal(&j, 100, 999999999, 9);
    json_end_array(&j);
    json_finish(&j);
    assert_string_equal(buf_string(&out),
                        "-9223372036854775808\n9223372036854775807"
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001F\x7F/<\xC3\xA6"
                        "\"\"\"[2.041,0.0,100.999999999]");
    buf_clear(&out);
}

/* A value made by chance, written and built at the same time. */
static json_t *
make(struct json *j, const struct random *r, int depth)
{
    static const char *const texts[] = {
        "", "a", "blå\n\"bær\"\\", "\x01\x1F", "😀", "\xE2\x80\xA8"
    };
    uint32_t kind = random_below(r, depth < 6 ? 7 : 5);
    const char *text = texts[random_below(r, 6)];
    int64_t value = (int64_t)random_u64(r);
    json_t *made, *member;
    char key[16];

    switch (kind) {
    case 0:
        json_put_null(j);
        return json_null();
    case 1:
        json_put_bool(j, value > 0);
        return json_boolean(value > 0);
    case 2:
    case 3:
        json_put_int(j, value);
        return json_integer(value);
    case 4:
        json_put_string(j, text);
        return json_string(text);
    case 5:
        made = json_array();
        json_begin_array(j);
        for (uint32_t n = random_below(r, 5); n > 0; n--) {
            member = make(j, r, depth + 1);
            json_array_append_new(made, member);
        }
        json_end_array(j);
        return made;
    default:
        made = json_object();
        json_begin_object(j);
        for (uint32_t n = random_below(r, 5); n > 0; n--) {
            snprintf(key, sizeof key, "%u\"\n", n);
            json_key(j, key);
            member = make(j, r, depth + 1);
            json_object_set_new(made, key, member);
        }
        json_end_object(j);
        return made;
    }
}

static void
test_read_back(void **state)
{
    struct random_state seed;
    struct random r = random_seeded(&seed, 4);

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct buf out;
        struct json j;
        json_error_t error;
        json_t *made, *read;

        buf_init(&out, 0);
        json_init(&j, &out, i % 2 ? JSON_ONE_LINE : JSON_INDENTED);
        made = make(&j, &r, 0);
        json_finish(&j);
        read = json_loadb(buf_string(&out), out.len,
                          JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
        assert_non_null(read);
        assert_true(json_equal(read, made));
        if (i % 2)
            assert_null(memchr(out.data, '\n', out.len));
        json_decref(read);
        json_decref(made);
        buf_clear(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_style),
        cmocka_unit_test(test_root),
        cmocka_unit_test(test_read_back),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
