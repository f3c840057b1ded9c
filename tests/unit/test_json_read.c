/* test_json_read.c - JSON read strictly: one object, nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>
#include "base/json_read.h"

static const struct {
    const char *text;
    bool good;
} cases[] = {
    { "{}", true },
    { " {\"a\": [1, null, true, {\"b\": \"\\u00e6\"}]}\n", true },
    { "{\"a\":\"{[{[{[{[{[{[{[{[{[{[{[\"}", true },
    { "{\"a\":\"\\\"{[{[{[{[{[{[{[{[{[{[{[\"}", true },
    { "{\"a\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}", true },
    { "{\"a\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}", false },
    { "", false },
    { "[]", false },
    { "1", false },
    { "null", false },
    { "{} {}", false },
    { "{},", false },
    { "{\"a\":1,}", false },
    { "{'a':1}", false },
    { "{\"a\":01}", false },
    { "{\"a\":1,\"a\":1}", false },
    { "{\"a\":{\"b\":1,\"b\":2}}", false },
    { "{\"a\":\"\\u0000\"}", false },
    { "{\"a\":\"\\ud800\"}", false },
    { "{\"a\":\"\xC3\"}", false },
    { "{\"a\":\"\xED\xA0\x80\"}", false },
    { "\xEF\xBB\xBF{}", false },
    { "{\"a\":\"", false },
    { "{\"a\":NaN}", false },
};

static void
test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *root = json_read(cases[i].text, strlen(cases[i].text));

        if ((root != NULL) != cases[i].good)
            fail_msg("%s", cases[i].text);
        json_decref(root);
    }
}

/* Only the bytes that were given are looked at. */
static void
test_length(void **state)
{
    json_t *root;

    (void)state;
    root = json_read("{}{", 2);
    assert_non_null(root);
    json_decref(root);
    assert_null(json_read("{\"a\":1}", 6));
    assert_null(json_read("{}\0", 3));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
