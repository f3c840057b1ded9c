/* diff_show.c - a list of changes, for people. See diff.h. */
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "def/diff.h"

/* TEXT on one line, SHOWN characters at most. */
static const char *
shorten(struct arena *arena, const char *text)
{
    enum { SHOWN = 60 };
    const char *p = text, *end = text + strlen(text);
    char *out, *c;

    for (int i = 0; i < SHOWN && p < end; i++)
        utf8_next(&p, end);
    out = arena_printf(arena, "%.*s%s", (int)(p - text), text,
                       p < end ? "…" : "");
    for (c = out; *c != '\0'; c++)
        if (*c == '\n')
            *c = ' ';
    return out;
}

static void
show_change(const struct change *c, enum lang lang, struct arena *arena,
            struct buf *out)
{
    const char *none = msg_text(lang, "diff.nothing");
    const char *arg[] = { c->where, c->old, c->new };

    for (int i = 1; i < 3; i++)
        arg[i] = *arg[i] != '\0' ? shorten(arena, arg[i]) : none;
    if (c->at.line > 0)
        buf_printf(out, "%6ld  ", c->at.line);
    else
        buf_text(out, "        ");
    buf_text(out, c->compatible ? "  " : "! ");
    msg_put(out, lang, c->key, 3, arg);
    buf_byte(out, '\n');
}

void
diff_show(const struct change *changes, int count, enum lang lang,
          struct buf *out)
{
    int breaking = 0, late = 0;
    struct arena arena;
    const char *arg[2];

    arena_init(&arena);
    for (int i = 0; i < count; i++) {
        show_change(&changes[i], lang, &arena, out);
        breaking += !changes[i].compatible;
        late += !changes[i].may_follow;
    }
    if (count > 0)
        buf_byte(out, '\n');
    arg[0] = arena_printf(&arena, "%d", count);
    arg[1] = arena_printf(&arena, "%d", breaking);
    msg_put(out, lang, count == 0 ? "diff.same" : breaking > 0
            ? "diff.breaks" : "diff.compatible", 2, arg);
    buf_byte(out, '\n');
    if (count > 0) {
        arg[1] = arena_printf(&arena, "%d", late);
        msg_put(out, lang, late > 0 ? "diff.late" : "diff.may_follow", 2,
                arg);
        buf_byte(out, '\n');
    }
    arena_clear(&arena);
}
