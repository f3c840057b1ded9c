/* fuzz_template.c - any template: refused with a place, or printed the same
 * twice. Up to the first NUL byte it is "main", behind that "other". */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "web/template.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

enum { OUT_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct view *
make(struct arena *a)
{
    struct view *v = view_new(a), *list, *o;

    view_text(v, "a", "1234567 & <some> \"text\"");
    view_text(v, "b", "");
    view_text(v, "svg", "<svg/>");
    view_int(v, "n", -1);
    view_flag(v, "f", true);
    o = view_object(v, "o");
    view_text(o, "a", "b");
    view_text(view_object(o, "o"), "b", "c");
    list = view_list(v, "l");
    view_text(view_item(list), "a", "1");
    view_link(view_item(list), "o", o);
    view_item_text(list, ".");
    return v;
}

static void
print(const struct templates *t)
{
    struct arena a;
    struct buf first, second;
    struct err e = { 0 };

    arena_init(&a);
    buf_init(&first, OUT_MAX);
    buf_init(&second, OUT_MAX);
    if (template_render(t, "main", make(&a), LANG_NB, &first, &e)) {
        CHECK(template_render(t, "main", make(&a), LANG_NB, &second, &e));
        CHECK(first.len == second.len);
        CHECK(memcmp(buf_string(&first), buf_string(&second), first.len)
              == 0);
        CHECK(strlen(buf_string(&first)) == first.len);
    } else {
        CHECK(e.code == ERR_MACHINE);
    }
    buf_clear(&first);
    buf_clear(&second);
    arena_clear(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *text = (const char *)data;
    size_t first = strnlen(text, n);
    size_t second = first < n ? strnlen(text + first + 1, n - first - 1) : 0;
    struct template_text texts[2] = {
        { "main", NULL, text, first },
        { "other", NULL, first < n ? text + first + 1 : "", second },
    };
    struct err e = { 0 };
    struct templates *t = templates_of(texts, 2, &e);

    if (t != NULL)
        print(t);
    else
        CHECK(e.code == ERR_INPUT && e.at.line > 0 && e.at.column > 0);
    templates_free(t);
    return 0;
}
