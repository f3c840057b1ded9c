/* view.c - see view.h and view_node.h. */
#include "web/view_node.h"
#include <assert.h>
#include "base/buf.h"
#include "base/msg.h"

static_assert(sizeof(struct view) <= 48, "a page has thousands of them");

static struct view *
make(struct arena *arena, enum view_kind kind)
{
    struct view *v = arena_take(arena, sizeof *v);

    v->kind = (uint8_t)kind;
    if (kind == VIEW_OBJECT || kind == VIEW_LIST)
        v->ring.arena = arena;
    return v;
}

static struct view *
append(struct view *to, struct view *node)
{
    struct view *last = to->ring.last;

    if (last != NULL) {
        node->next = last->next;
        last->next = node;
    } else {
        node->next = node;
    }
    to->ring.last = node;
    return node;
}

/* The node NAME of the object V, a new one if need be, of KIND, without a
 * value yet. */
static struct view *
set(struct view *v, const char *text, enum view_kind kind)
{
    size_t n = strlen(text);
    struct view_name name = { text, view_hash(text, n), (uint8_t)n };
    struct view *node;

    assert(v->kind == VIEW_OBJECT && n > 0 && n <= VIEW_NAME_MAX);
    node = view_find(v, &name);
    if (node == NULL) {
        node = append(v, make(v->ring.arena, kind));
        node->name = text;
        node->hash = name.hash;
        node->name_len = name.len;
        v->ring.mask |= view_bit(name.hash);
        return node;
    }
    memset(&node->ring, 0, sizeof node->ring);
    node->kind = (uint8_t)kind;
    if (kind == VIEW_OBJECT || kind == VIEW_LIST)
        node->ring.arena = v->ring.arena;
    return node;
}

struct view *
view_new(struct arena *arena)
{
    return make(arena, VIEW_OBJECT);
}

void
view_text(struct view *v, const char *name, const char *text)
{
    if (text != NULL)
        view_text_n(v, name, text, strlen(text));
    else
        set(v, name, VIEW_NONE);
}

void
view_text_n(struct view *v, const char *name, const char *text, size_t n)
{
    struct view *node;

    if (text == NULL) {
        set(v, name, VIEW_NONE);
        return;
    }
    node = set(v, name, VIEW_TEXT);
    node->text.at = text;
    node->text.len = n;
}

void
view_int(struct view *v, const char *name, int64_t value)
{
    set(v, name, VIEW_INT)->number = value;
}

void
view_flag(struct view *v, const char *name, bool on)
{
    set(v, name, VIEW_FLAG)->on = on;
}

void
view_say(struct view *v, const char *name, enum lang lang, const char *key,
         int args, const char *const *arg)
{
    struct buf text;

    if (args == 0) {
        view_text(v, name, msg_text(lang, key));
        return;
    }
    buf_init(&text, 0);
    msg_put(&text, lang, key, args, arg);
    if (text.failed)
        mem_out();
    view_text_n(v, name, arena_text_n(v->ring.arena, buf_string(&text),
                                      text.len), text.len);
    buf_clear(&text);
}

struct view *
view_object(struct view *v, const char *name)
{
    return set(v, name, VIEW_OBJECT);
}

struct view *
view_list(struct view *v, const char *name)
{
    return set(v, name, VIEW_LIST);
}

struct view *
view_item(struct view *list)
{
    assert(list->kind == VIEW_LIST);
    return append(list, make(list->ring.arena, VIEW_OBJECT));
}

void
view_item_text(struct view *list, const char *text)
{
    struct view *node;

    assert(list->kind == VIEW_LIST && text != NULL);
    node = append(list, make(list->ring.arena, VIEW_TEXT));
    node->text.at = text;
    node->text.len = strlen(text);
}

void
view_link(struct view *v, const char *name, const struct view *other)
{
    set(v, name, VIEW_LINK)->link = other;
}
