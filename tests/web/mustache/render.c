/* render.c - our templates as a filter, for compare.mjs.
 *
 * Reads a line of JSON a case, {"template": TEXT, "partials": {NAME: TEXT},
 * "data": {...}}, and prints one: {"out": TEXT} or {"refused": KEY}. The
 * data is what a view can hold: objects, texts, whole numbers, true and
 * false, null, and lists of objects and texts. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "web/template.h"

enum { PARTIALS_MAX = 16 };

static void
fail(const char *why)
{
    fprintf(stderr, "template_render: %s\n", why);
    exit(2);
}

static void fill(struct view *v, const json_t *object);

static void
fill_list(struct view *list, const json_t *array)
{
    const json_t *item;
    size_t i;

    json_array_foreach(array, i, item) {
        if (json_is_object(item))
            fill(view_item(list), item);
        else if (json_is_string(item))
            view_item_text(list, json_string_value(item));
        else
            fail("a list of neither objects nor texts");
    }
}

static void
fill(struct view *v, const json_t *object)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)object, name, value) {
        if (json_is_string(value))
            view_text_n(v, name, json_string_value(value),
                        json_string_length(value));
        else if (json_is_integer(value))
            view_int(v, name, json_integer_value(value));
        else if (json_is_boolean(value))
            view_flag(v, name, json_is_true(value));
        else if (json_is_null(value))
            view_text(v, name, NULL);
        else if (json_is_array(value))
            fill_list(view_list(v, name), value);
        else if (json_is_object(value))
            fill(view_object(v, name), value);
        else
            fail("a value that no view holds");
    }
}

static struct template_text
text_of(const char *name, const json_t *text)
{
    if (!json_is_string(text))
        fail("a template that is no text");
    return (struct template_text){ name, NULL, json_string_value(text),
                                   json_string_length(text) };
}

static bool
render(const json_t *one, struct buf *out, struct err *e)
{
    struct template_text texts[PARTIALS_MAX];
    struct templates *t;
    struct arena arena;
    struct view *v;
    const char *name;
    json_t *text;
    int count = 1;
    bool ok;

    texts[0] = text_of("main", json_object_get(one, "template"));
    json_object_foreach(json_object_get(one, "partials"), name, text) {
        if (count == PARTIALS_MAX)
            fail("too many partials");
        texts[count++] = text_of(name, text);
    }
    t = templates_of(texts, count, e);
    if (t == NULL)
        return false;
    arena_init(&arena);
    v = view_new(&arena);
    fill(v, json_object_get(one, "data"));
    ok = template_render(t, "main", v, LANG_NB, out, e);
    arena_clear(&arena);
    templates_free(t);
    return ok;
}

int
main(void)
{
    char *line = NULL;
    size_t size = 0;

    while (getline(&line, &size, stdin) > 0) {
        json_t *one = json_loads(line, JSON_ALLOW_NUL, NULL), *answer;
        struct err e = { 0 };
        struct buf out;

        if (one == NULL)
            fail("a line that is not JSON");
        buf_init(&out, 0);
        if (render(one, &out, &e))
            answer = json_pack("{s:s%}", "out", buf_string(&out), out.len);
        else
            answer = json_pack("{s:s}", "refused", e.key);
        if (answer == NULL || json_dumpf(answer, stdout, 0) != 0)
            fail("an answer that is not UTF-8");
        putchar('\n');
        json_decref(answer);
        json_decref(one);
        buf_clear(&out);
    }
    free(line);
    return 0;
}
