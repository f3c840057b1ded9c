/* test_template.c - templates and views, rule by rule; faults with their
 * places; every template that the program carries.
 *
 * npm's mustache is the oracle of the same rules in tests/web/mustache;
 * here is what it has not: texts of po, limits, refusals, and escaping
 * against a naive twin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "base/random.h"
#include "web/escape.h"
#include "web/template.h"

static struct template_text
text_of(const char *name, const char *text)
{
    return (struct template_text){ name, NULL, text, strlen(text) };
}

/* Prints "main" of the COUNT TEXTS in bokmål, and compares. */
static void
expect_of(const struct template_text *texts, int count,
          const struct view *v, const char *expected)
{
    struct err e = { 0 };
    struct templates *t = templates_of(texts, count, &e);
    struct buf out;

    assert_int_equal(e.code, ERR_NONE);
    assert_non_null(t);
    buf_init(&out, 0);
    assert_true(template_render(t, "main", v, LANG_NB, &out, &e));
    assert_string_equal(buf_string(&out), expected);
    assert_int_equal(out.len, strlen(expected));
    buf_clear(&out);
    templates_free(t);
}

static void
expect(const char *text, const struct view *v, const char *expected)
{
    struct template_text main = text_of("main", text);

    expect_of(&main, 1, v, expected);
}

/* The view of the table below. */
static struct view *
sample(struct arena *a)
{
    struct view *v = view_new(a), *list, *item, *other;

    view_text(v, "name", "Kari & Ola");
    view_text(v, "empty", "");
    view_text(v, "svg", "<svg/>");
    view_int(v, "count", 3);
    view_int(v, "zero", 0);
    view_flag(v, "on", true);
    view_flag(v, "off", false);
    view_list(v, "none");
    list = view_list(v, "words");
    view_item_text(list, "a");
    view_item_text(list, "<b>");
    list = view_list(v, "people");
    for (int i = 1; i <= 2; i++) {
        item = view_item(list);
        view_int(item, "no", i);
        if (i == 2)
            view_text(item, "name", "Per");
    }
    item = view_object(v, "unit");
    view_text(item, "title", "NAV");
    view_int(view_object(item, "open"), "days", 4);
    other = view_new(a);
    view_text(other, "title", "Linked");
    view_link(v, "link", other);
    view_link(v, "far", view_object(v, "near"));
    view_text(view_object(v, "near"), "by", "both");
    return v;
}

static const struct {
    const char *text, *expected;
} cases[] = {
    { "", "" },
    { "plain { text } }}", "plain { text } }}" },
    { "{{name}}", "Kari &amp; Ola" },
    { "{{ name }}|{{\tname\n}}", "Kari &amp; Ola|Kari &amp; Ola" },
    { "[{{missing}}]", "[]" },
    { "{{{svg}}}|{{&svg}}|{{& svg }}|{{svg}}",
      "<svg/>|<svg/>|<svg/>|&lt;svg/&gt;" },
    { "{{count}} {{zero}} {{on}} {{off}}", "3 0 true false" },
    { "{{unit.title}} {{unit.open.days}} [{{unit.no}}] [{{no.title}}]",
      "NAV 4 [] []" },
    { "{{#unit}}{{title}}/{{open.days}}{{/unit}}", "NAV/4" },
    { "{{#unit.open}}{{days}} {{title}}{{name}}{{/unit.open}}",
      "4 Kari &amp; Ola" },
    { "{{#on}}y{{/on}}{{#off}}n{{/off}}{{^on}}n{{/on}}{{^off}}y{{/off}}",
      "yy" },
    { "{{#empty}}n{{/empty}}{{#zero}}n{{/zero}}{{#none}}n{{/none}}"
      "{{#missing}}n{{/missing}}", "" },
    { "{{^empty}}y{{/empty}}{{^zero}}y{{/zero}}{{^none}}y{{/none}}"
      "{{^missing}}y{{/missing}}", "yyyy" },
    { "{{#words}}[{{.}}]{{/words}}{{^words}}n{{/words}}", "[a][&lt;b&gt;]" },
    { "{{#name}}{{.}}{{/name}} {{#count}}{{.}}{{/count}}",
      "Kari &amp; Ola 3" },
    { "{{#people}}{{no}} {{name}};{{/people}}", "1 Kari &amp; Ola;2 Per;" },
    { "{{#people}}{{#words}}{{no}}{{.}}{{/words}}{{/people}}",
      "1a1&lt;b&gt;2a2&lt;b&gt;" },
    { "{{link.title}} {{#link}}{{title}}{{/link}}", "Linked Linked" },
    { "{{far.by}} {{near.by}}", "both both" },
    { "[{{unit}}] [{{people}}] [{{.}}]", "[] [] []" },
    { "a{{! no {{ matter }}b{{!}}c", "abc" },
    { "a\n  {{! alone }}  \nb\n", "a\nb\n" },
    { "a\n{{! over\n lines }}\nb", "a\nb" },
    { "  {{#on}}\n  in\n  {{/on}}\nout", "  in\nout" },
    { "{{#on}}\r\nin\r\n{{/on}}\r\nout", "in\r\nout" },
    { " {{#on}} x\n {{/on}} y", "  x\n  y" },
    /* Between what a section ends with and what follows, nothing moves. */
    { "{{#off}}\nx {{/off}}\n{{name}}|{{#off}}y {{/off}}{{name}}",
      "\nKari &amp; Ola|Kari &amp; Ola" },
    { "{{#off}}\nx{{! c }}\n{{/off}}\n{{! c }}\n{{#on}}{{count}}{{/on}}",
      "3" },
    { "  {{name}}  \n", "  Kari &amp; Ola  \n" },
};

static void
test_cases(void **state)
{
    struct arena a;
    struct view *v;

    (void)state;
    arena_init(&a);
    v = sample(&a);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(cases[i].text, v, cases[i].expected);
    arena_clear(&a);
}

/* A name set again replaces; NULL takes it away; an object may be set over
 * a text and a text over a list. */
static void
test_view(void **state)
{
    struct arena a;
    struct view *v, *inner;
    const char *arg[] = { "<1>", "2" };

    (void)state;
    arena_init(&a);
    v = view_new(&a);
    view_text(v, "a", "outer");
    inner = view_object(v, "o");
    view_text(inner, "a", "inner");
    expect("{{a}} {{#o}}{{a}}{{/o}}", v, "outer inner");
    view_text(inner, "a", NULL);
    view_text(inner, "b", NULL);
    expect("{{a}} {{#o}}{{a}}{{b}}{{/o}}", v, "outer outer");
    view_text_n(inner, "a", "three", 2);
    expect("{{#o}}{{a}}{{/o}}", v, "th");
    view_item_text(view_list(v, "a"), "x");
    expect("{{#a}}{{.}}{{/a}}", v, "x");
    view_text(view_object(v, "a"), "b", "y");
    expect("{{a.b}}", v, "y");
    view_int(v, "a", INT64_MIN);
    expect("{{a}}", v, "-9223372036854775808");
    view_int(v, "a", INT64_MAX);
    expect("{{a}}", v, "9223372036854775807");
    view_flag(v, "a", false);
    expect("{{^a}}{{a}}{{/a}}", v, "false");
    view_say(v, "a", LANG_EN, "template.crossed", 2, arg);
    expect("{{a}}", v,
           "&lt;1&gt; is closed, but 2 is the last that was opened");
    view_say(v, "a", LANG_EN, "template.not_closed", 0, NULL);
    expect("{{a}}", v, "the tag is not closed");
    arena_clear(&a);
}

/* More names than a mask has bits, of every length, some alike at both
 * ends. */
static void
test_names(void **state)
{
    char name[200][40], expected[32];
    struct arena a;
    struct view *v;

    (void)state;
    arena_init(&a);
    v = view_new(&a);
    for (int i = 0; i < 200; i++) {
        snprintf(name[i], sizeof name[i], "%.*sx%dx%.*s", i % 12,
                 "abcdefghijkl", i, i % 9, "uvwxyzuvw");
        view_int(v, name[i], i);
    }
    for (int i = 0; i < 200; i++) {
        char text[64];

        snprintf(text, sizeof text, "{{%s}}{{%sy}}", name[i], name[i]);
        snprintf(expected, sizeof expected, "%d", i);
        expect(text, v, expected);
    }
    arena_clear(&a);
}

static void
test_partials(void **state)
{
    struct template_text texts[] = {
        text_of("row", "<p>\n{{name}}\n\n{{#words}}\n{{.}}\n{{/words}}\n"),
        text_of("deep", "deep:\n  {{>row}}\n|{{>inline}}|\n"),
        text_of("inline", "in-{{count}}"),
        text_of("mixed", "<{{>deep}}>\n>\n"),
        text_of("main", "")
    };
    static const struct {
        const char *text, *expected;
    } partial[] = {
        { "{{>inline}}", "in-3" },
        { "a {{> inline }} b", "a in-3 b" },
        { "{{>row}}\nend",
          "<p>\nKari &amp; Ola\n\na\n&lt;b&gt;\nend" },
        { "{{#on}}\n  {{>row}}\n{{/on}}\nend",
          "  <p>\n  Kari &amp; Ola\n\n  a\n  &lt;b&gt;\nend" },
        { "\t{{>deep}}\n",
          "\tdeep:\n\t  <p>\n\t  Kari &amp; Ola\n\n\t  a\n\t  &lt;b&gt;\n"
          "\t|in-3|\n" },
        { "\t{{>mixed}}\n",
          "\t<deep:\n  <p>\n  Kari &amp; Ola\n\n  a\n  &lt;b&gt;\n"
          "|in-3|\n>\n\t>\n" },
        /* Not alone on its line: as it is. */
        { "  {{>row}}.", "  <p>\nKari &amp; Ola\n\na\n&lt;b&gt;\n." },
    };
    struct arena a;
    struct view *v;

    (void)state;
    arena_init(&a);
    v = sample(&a);
    for (size_t i = 0; i < sizeof partial / sizeof partial[0]; i++) {
        texts[4] = text_of("main", partial[i].text);
        expect_of(texts, 5, v, partial[i].expected);
    }
    arena_clear(&a);
}

/* A tree of any depth prints itself; one that doesn't end is refused. */
static void
test_recursion(void **state)
{
    struct template_text texts[] = {
        text_of("main", "{{n}}{{#kid}}({{>main}}){{/kid}}"),
        text_of("endless", "x{{>endless}}"),
        text_of("wide", "{{>wide}}{{>wide}}{{>wide}}"),
        text_of("stair", "    {{>stair}}\n"),
    };
    struct err e = { 0 };
    struct templates *t = templates_of(texts, 4, &e);
    struct arena a;
    struct view *v, *kid;
    struct buf out;

    (void)state;
    assert_non_null(t);
    arena_init(&a);
    buf_init(&out, 0);
    v = view_new(&a);
    view_int(v, "n", 1);
    kid = view_object(v, "kid");
    view_int(kid, "n", 2);
    view_flag(kid, "kid", false);   /* or the outer one would be found */
    expect_of(texts, 1, v, "1(2)");
    for (int i = 1; i < 4; i++) {
        err_clear(&e);
        assert_false(template_render(t, texts[i].name, v, LANG_NB, &out,
                                     &e));
        assert_string_equal(e.key, "template.depth");
        assert_string_equal(e.at.file, texts[i].name);
    }
    err_clear(&e);
    assert_false(template_render(t, "nowhere", v, LANG_NB, &out, &e));
    assert_string_equal(e.key, "template.unknown");
    buf_clear(&out);
    arena_clear(&a);
    templates_free(t);
}

static void
test_texts(void **state)
{
    static const struct {
        enum lang lang;
        const char *expected;
    } say[] = {
        { LANG_NB, "merkelappen er ikke lukket" },
        { LANG_NN, "merkelappen er ikkje lukka" },
        { LANG_EN, "the tag is not closed" },
    };
    struct template_text main = text_of("main",
        " {{ t.template.not_closed }}\n{{t.template.name}}\n");
    struct err e = { 0 };
    struct templates *t = templates_of(&main, 1, &e);
    struct arena a;
    struct buf out;

    (void)state;
    assert_non_null(t);
    arena_init(&a);
    for (size_t i = 0; i < sizeof say / sizeof say[0]; i++) {
        buf_init(&out, 0);
        buf_text(&out, "before");
        assert_true(template_render(t, "main", view_new(&a), say[i].lang,
                                    &out, &e));
        assert_memory_equal(out.data, "before ", 7);
        assert_memory_equal(out.data + 7, say[i].expected,
                            strlen(say[i].expected));
        buf_clear(&out);
    }
    buf_init(&out, 0);
    assert_true(template_render(t, "main", view_new(&a), LANG_EN, &out,
                                &e));
    assert_string_equal(buf_string(&out),
                        " the tag is not closed\n"
                        "{1} can&#39;t be a name\n");
    buf_clear(&out);
    arena_clear(&a);
    templates_free(t);
}

static const struct {
    const char *text, *key;
    long line;
    int column;
} refused[] = {
    { "a\n {{name", "template.not_closed", 2, 2 },
    { "{{{name}}", "template.not_closed", 1, 1 },
    { "{{! a", "template.not_closed", 1, 1 },
    { "{{", "template.not_closed", 1, 1 },
    { "{{#a}}\n{{#b}}", "template.section_open", 2, 1 },
    { "{{#a}}\n x{{/b}}{{/a}}", "template.crossed", 2, 3 },
    { "{{#a}}{{#b}}{{/a}}{{/b}}", "template.crossed", 1, 13 },
    { "\n\n{{/a}}", "template.not_open", 3, 1 },
    { "{{>nowhere}}", "template.partial", 1, 1 },
    { "{{>}}", "template.partial", 1, 1 },
    { "{{t.no.such_text}}", "template.text", 1, 1 },
    { "{{#t.template.name}}{{/t.template.name}}", "template.section_text",
      1, 1 },
    { "x {{{name}}}", "template.raw", 1, 3 },
    { "{{&name}}", "template.raw", 1, 1 },
    { "{{{t.svg}}}", "template.raw", 1, 1 },
    { "{{{.}}}", "template.raw", 1, 1 },
    { "{{{svg.name}}}", "template.raw", 1, 1 },
    { "{{=<% %>=}}", "template.delimiters", 1, 1 },
    { "{{a b}}", "template.name", 1, 1 },
    { "{{a..b}}", "template.name", 1, 1 },
    { "{{a.}}", "template.name", 1, 1 },
    { "{{.a}}", "template.name", 1, 1 },
    { "{{}}", "template.name", 1, 1 },
    { "{{#}}{{/}}", "template.name", 1, 1 },
    { "{{\xC3\xB8l}}", "template.name", 1, 1 },
};

static void
test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct template_text text = {
            "main", "dir/main.html", refused[i].text, strlen(refused[i].text)
        };
        struct err e = { 0 };
        struct buf out;

        assert_null(templates_of(&text, 1, &e));
        assert_string_equal(e.key, refused[i].key);
        assert_string_equal(e.at.file, "dir/main.html");
        assert_int_equal(e.at.line, refused[i].line);
        assert_int_equal(e.at.column, refused[i].column);
        buf_init(&out, 0);
        msg_error(&out, LANG_EN, &e);
        assert_null(strstr(buf_string(&out), refused[i].key));
        buf_clear(&out);
    }
}

/* As many sections as may be open, and one more. */
static void
test_sections(void **state)
{
    for (int n = TEMPLATE_SECTIONS_MAX; n <= TEMPLATE_SECTIONS_MAX + 1; n++) {
        struct err e = { 0 };
        struct template_text text;
        struct templates *t;
        struct buf b;

        (void)state;
        buf_init(&b, 0);
        for (int i = 0; i < n; i++)
            buf_text(&b, "{{#a}}");
        for (int i = 0; i < n; i++)
            buf_text(&b, "{{/a}}");
        text = text_of("main", b.data);
        t = templates_of(&text, 1, &e);
        assert_int_equal(t != NULL, n == TEMPLATE_SECTIONS_MAX);
        if (t == NULL)
            assert_string_equal(e.key, "template.sections");
        templates_free(t);
        buf_clear(&b);
    }
}

/* Texts of every length around the pieces that are written at once come
 * out whole, and a buffer that is full says so. */
static void
test_long(void **state)
{
    static const size_t lengths[] = { 0, 1, 1023, 1024, 1025, 16384, 100000 };
    struct template_text main = text_of("main", "[{{a}}|{{{svg}}}]");
    struct err e = { 0 };
    struct templates *t = templates_of(&main, 1, &e);
    struct arena a;

    (void)state;
    assert_non_null(t);
    arena_init(&a);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t n = lengths[i];
        char *text = arena_take(&a, n + 1);
        struct view *v = view_new(&a);
        struct buf out;

        memset(text, '"', n);
        view_text_n(v, "a", text, n);
        view_text_n(v, "svg", text, n);
        buf_init(&out, 0);
        assert_true(template_render(t, "main", v, LANG_NB, &out, &e));
        assert_int_equal(out.len, 6 * n + n + 3);
        assert_memory_equal(out.data + out.len - n - 2, "|", 1);
        assert_int_equal(strspn(out.data + out.len - n - 1, "\""), n);
        buf_clear(&out);
        buf_init(&out, 64);
        err_clear(&e);
        assert_int_equal(template_render(t, "main", v, LANG_NB, &out, &e),
                         n <= 1);
        assert_string_equal(e.key, n <= 1 ? "" : "buf.full");
        buf_clear(&out);
        err_clear(&e);
    }
    arena_clear(&a);
    templates_free(t);
}

static size_t
naive_escape(char *to, const char *text, size_t n)
{
    static const char *const entity[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
        ['\''] = "&#39;"
    };
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        const char *s = entity[(unsigned char)text[i]];

        if (s == NULL)
            to[len++] = text[i];
        for (; s != NULL && *s != '\0'; s++)
            to[len++] = *s;
    }
    return len;
}

static void
test_escape(void **state)
{
    struct random_state seed;
    struct random chance = random_seeded(&seed, 1);
    char text[64], fast[sizeof text * ESCAPE_GROWS], slow[sizeof fast];

    (void)state;
    for (int c = 0; c < 256; c++) {
        memset(text, c, sizeof text);
        assert_int_equal(escape_html(fast, text, 17) - fast,
                         naive_escape(slow, text, 17));
        assert_memory_equal(fast, slow, 17);
    }
    for (int i = 0; i < 20000; i++) {
        size_t n = random_below(&chance, sizeof text + 1), len;

        for (size_t k = 0; k < n; k++)
            text[k] = random_below(&chance, 4) == 0
                      ? "&<>\"'!#%=?"[random_below(&chance, 10)]
                      : (char)random_below(&chance, 256);
        len = naive_escape(slow, text, n);
        assert_int_equal(escape_html(fast, text, n) - fast, len);
        assert_memory_equal(fast, slow, len);
    }
}

/* What the program carries can be printed at all. */
static void
test_embedded(void **state)
{
    struct err e = { 0 };
    struct templates *t = templates_load(&e);
    struct buf message;

    (void)state;
    buf_init(&message, 0);
    if (t == NULL)
        msg_error(&message, LANG_EN, &e);
    assert_string_equal(buf_string(&message), "");
    assert_non_null(t);
    buf_clear(&message);
    templates_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_partials),
        cmocka_unit_test(test_recursion),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_embedded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
