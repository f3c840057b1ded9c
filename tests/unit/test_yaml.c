/* test_yaml.c - YAML as a tree that knows where it stands, and what of YAML
 * is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "def/yaml.h"

static struct arena arena;

static struct yaml *
read_text(const char *text, struct err *e)
{
    err_clear(e);
    return yaml_read(text, strlen(text), "f.yaml", &arena, e);
}

static void
test_tree(void **state)
{
    static const char text[] =
        "# a comment\n"
        "id: x\n"
        "list:\n"
        "  - one\n"
        "  - {a: 1, b: \"two words\"}\n"
        "folded: >-\n"
        "  first\n"
        "  second\n"
        "empty:\n"
        "flow: [1, 2]\n";
    struct err e = { .at = { "before", 3, 4 } };
    struct yaml *root = yaml_read(text, strlen(text), "f.yaml", &arena, &e);
    struct yaml *list, *map;

    (void)state;
    assert_non_null(root);
    assert_string_equal(e.at.file, "before");
    assert_int_equal(e.at.line, 3);
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 5);
    assert_string_equal(yaml_get(root, "id")->text, "x");
    assert_null(yaml_get(root, "one"));
    assert_string_equal(root->first->key, "id");
    assert_int_equal(root->first->key_at.line, 2);
    assert_int_equal(root->first->at.column, 5);
    list = yaml_get(root, "list");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->count, 2);
    assert_string_equal(list->first->text, "one");
    assert_int_equal(list->first->at.line, 4);
    assert_int_equal(list->first->at.column, 5);
    map = list->first->next;
    assert_string_equal(yaml_get(map, "b")->text, "two words");
    assert_int_equal(yaml_get(map, "b")->len, 9);
    assert_string_equal(yaml_get(map, "b")->at.file, "f.yaml");
    assert_string_equal(yaml_get(root, "folded")->text, "first second");
    assert_int_equal(yaml_get(root, "empty")->len, 0);
    assert_int_equal(yaml_get(root, "flow")->count, 2);
    assert_non_null(read_text("scalar", &e));
    assert_non_null(read_text("--- {a: b}\n...\n", &e));
}

static void
test_refused(void **state)
{
    static const struct {
        const char *text, *key;
        long line;
        int column;
    } cases[] = {
        { "", "def.empty", 1, 1 },
        { "# only this\n", "def.empty", 1, 1 },
        { "a: b\n---\nc: d\n", "def.documents", 2, 1 },
        { "a: &x b\n", "def.anchor", 1, 4 },
        { "a: &x b\nc: *x\n", "def.anchor", 1, 4 },
        { "a: [1, &x {b: c}]\n", "def.anchor", 1, 8 },
        { "a: *x\n", "def.anchor", 1, 4 },
        { "&x a: b\n", "def.anchor", 1, 1 },
        { "a: !!str b\n", "def.tag", 1, 4 },
        { "a: !mine {b: c}\n", "def.tag", 1, 4 },
        { "a: ! b\n", "def.tag", 1, 4 },
        { "a: 1\nb: 2\na: 3\n", "def.key_twice", 3, 1 },
        { "x:\n  a: 1\n  \"a\": 3\n", "def.key_twice", 3, 3 },
        { "[a]: b\n", "def.key_kind", 1, 1 },
        { "{a: b}: c\n", "def.key_kind", 1, 1 },
        { "a: \"x\\0y\"\n", "def.nul", 1, 4 },
        { "a: [b\n", "def.yaml", 2, 1 },
        { "a: b: c\n", "def.yaml", 1, 5 },
        { "\ta: b\n", "def.yaml", 1, 1 },
        { "a: \"b\n", "def.yaml", 2, 1 },
        { "a: \xC3\n", "def.utf8", 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e;

        assert_null(read_text(cases[i].text, &e));
        assert_int_equal(e.code, ERR_INPUT);
        if (strcmp(e.key, cases[i].key) != 0 || e.at.line != cases[i].line
            || e.at.column != cases[i].column)
            fail_msg("%s: %s at %ld:%d", cases[i].text, e.key, e.at.line,
                     e.at.column);
        assert_string_equal(e.at.file, "f.yaml");
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(msg_has((enum lang)lang, e.key));
    }
}

/* COUNT times A in front and B behind. */
static const char *
nest(const char *a, int count, const char *middle, const char *b)
{
    struct buf out;
    char *text;

    buf_init(&out, 0);
    for (int i = 0; i < count; i++)
        buf_text(&out, a);
    buf_text(&out, middle);
    for (int i = 0; i < count; i++)
        buf_text(&out, b);
    text = arena_text(&arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

static const char *
keys(int count)
{
    char *text = arena_take(&arena, (size_t)count * 12 + 1), *p = text;

    for (int i = 0; i < count; i++)
        p += sprintf(p, "k%d: v\n", i);
    return text;
}

static void
test_limits(void **state)
{
    struct err e;

    (void)state;
    assert_non_null(read_text(nest("[", YAML_DEPTH_MAX, "x", "]"), &e));
    assert_null(read_text(nest("[", YAML_DEPTH_MAX + 1, "x", "]"), &e));
    assert_string_equal(e.key, "def.depth");
    assert_null(read_text(nest("[", 100000, "x", ""), &e));
    assert_string_equal(e.key, "def.depth");
    assert_non_null(read_text(nest("- x\n", YAML_NODES_MAX - 1, "", ""),
                              &e));
    assert_null(read_text(nest("- x\n", YAML_NODES_MAX, "", ""), &e));
    assert_string_equal(e.key, "def.nodes");
    assert_non_null(read_text(keys(YAML_KEYS_MAX), &e));
    assert_null(read_text(keys(YAML_KEYS_MAX + 1), &e));
    assert_string_equal(e.key, "def.keys");
    assert_int_equal(e.at.line, YAML_KEYS_MAX + 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_limits)
    };
    int failed;

    arena_init(&arena);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
