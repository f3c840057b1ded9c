/* yaml.c - see yaml.h.
 *
 * Built from libyaml's events, not its document API: the latter resolves
 * aliases before anybody can refuse them. */
#include "def/yaml.h"
#include <string.h>
#include <yaml.h>
#include "base/utf8.h"

struct builder {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    const char *file;
    struct arena *arena;
    struct err *e;
    int nodes;
};

static struct pos
pos_of(const struct builder *b, yaml_mark_t mark)
{
    return (struct pos){ b->file, (long)mark.line + 1,
                         (int)mark.column + 1 };
}

static void
place(struct builder *b, yaml_mark_t mark)
{
    b->e->at = pos_of(b, mark);
}

/* The next event, or false with the parser's complaint. */
static bool
next_event(struct builder *b)
{
    if (b->has_event)
        yaml_event_delete(&b->event);
    b->has_event = false;
    if (!yaml_parser_parse(&b->parser, &b->event)) {
        bool marked = b->parser.problem_mark.line > 0
                   || b->parser.problem_mark.column > 0;

        if (b->parser.error == YAML_MEMORY_ERROR)
            return err_set(b->e, ERR_MACHINE, "machine.memory", "");
        err_set(b->e, ERR_INPUT, "def.yaml", "%s",
                b->parser.problem != NULL ? b->parser.problem : "");
        place(b, marked ? b->parser.problem_mark : b->parser.mark);
        return false;
    }
    b->has_event = true;
    return true;
}

/* Anchors and tags say what a definition may not. */
static bool
is_plain(struct builder *b)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    switch (b->event.type) {
    case YAML_ALIAS_EVENT:
        anchor = b->event.data.alias.anchor;
        break;
    case YAML_SCALAR_EVENT:
        anchor = b->event.data.scalar.anchor;
        tag = b->event.data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = b->event.data.sequence_start.anchor;
        tag = b->event.data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = b->event.data.mapping_start.anchor;
        tag = b->event.data.mapping_start.tag;
        break;
    default:
        break;
    }
    if (anchor == NULL && tag == NULL)
        return true;
    place(b, b->event.start_mark);
    return err_set(b->e, ERR_INPUT, anchor != NULL ? "def.anchor" : "def.tag",
                   "");
}

static struct yaml *
new_node(struct builder *b, enum yaml_kind kind)
{
    struct yaml *n;

    if (++b->nodes > YAML_NODES_MAX) {
        err_set(b->e, ERR_INPUT, "def.nodes", "%d", YAML_NODES_MAX);
        place(b, b->event.start_mark);
        return NULL;
    }
    n = arena_take(b->arena, sizeof *n);
    n->kind = kind;
    n->at = pos_of(b, b->event.start_mark);
    return n;
}

static struct yaml *read_node(struct builder *b, int depth);

static struct yaml *
read_scalar(struct builder *b)
{
    struct yaml *n = new_node(b, YAML_SCALAR);

    if (n == NULL)
        return NULL;
    n->len = b->event.data.scalar.length;
    n->text = arena_text_n(b->arena,
                           (const char *)b->event.data.scalar.value, n->len);
    if (memchr(n->text, '\0', n->len) != NULL) {
        place(b, b->event.start_mark);
        err_set(b->e, ERR_INPUT, "def.nul", "");
        return NULL;
    }
    return n;
}

static struct yaml *
read_list(struct builder *b, int depth)
{
    struct yaml *list = new_node(b, YAML_LIST), **end;

    if (list == NULL)
        return NULL;
    end = &list->first;
    while (next_event(b) && b->event.type != YAML_SEQUENCE_END_EVENT) {
        struct yaml *item = read_node(b, depth + 1);

        if (item == NULL)
            return NULL;
        *end = item;
        end = &item->next;
        list->count++;
    }
    return b->e->code == ERR_NONE ? list : NULL;
}

/* The key the current event is; false if it is none or stands in MAP. */
static bool
read_key(struct builder *b, const struct yaml *map, const char **key,
         struct pos *at)
{
    const struct yaml *twin;
    char found[QUOTE_MAX];

    if (!is_plain(b))
        return false;
    *at = pos_of(b, b->event.start_mark);
    if (b->event.type != YAML_SCALAR_EVENT) {
        place(b, b->event.start_mark);
        return err_set(b->e, ERR_INPUT, "def.key_kind", "");
    }
    *key = arena_text_n(b->arena,
                        (const char *)b->event.data.scalar.value,
                        b->event.data.scalar.length);
    twin = yaml_get(map, *key);
    if (twin != NULL) {
        place(b, b->event.start_mark);
        err_quote(found, sizeof found, *key, strlen(*key));
        return err_set(b->e, ERR_INPUT, "def.key_twice", "%s %ld", found,
                       twin->key_at.line);
    }
    /* Looking for a twin walks the map: its size must have an end. */
    if (map->count >= YAML_KEYS_MAX) {
        place(b, b->event.start_mark);
        return err_set(b->e, ERR_INPUT, "def.keys", "%d", YAML_KEYS_MAX);
    }
    return true;
}

static struct yaml *
read_map(struct builder *b, int depth)
{
    struct yaml *map = new_node(b, YAML_MAP), **end;

    if (map == NULL)
        return NULL;
    end = &map->first;
    while (next_event(b) && b->event.type != YAML_MAPPING_END_EVENT) {
        const char *key = NULL;
        struct pos at;
        struct yaml *value;

        if (!read_key(b, map, &key, &at) || !next_event(b))
            return NULL;
        value = read_node(b, depth + 1);
        if (value == NULL)
            return NULL;
        value->key = key;
        value->key_at = at;
        *end = value;
        end = &value->next;
        map->count++;
    }
    return b->e->code == ERR_NONE ? map : NULL;
}

/* The node that begins with the current event. */
static struct yaml *
read_node(struct builder *b, int depth)
{
    if (!is_plain(b))
        return NULL;
    if (depth > YAML_DEPTH_MAX) {
        place(b, b->event.start_mark);
        err_set(b->e, ERR_INPUT, "def.depth", "%d", YAML_DEPTH_MAX);
        return NULL;
    }
    switch (b->event.type) {
    case YAML_SCALAR_EVENT: return read_scalar(b);
    case YAML_SEQUENCE_START_EVENT: return read_list(b, depth);
    case YAML_MAPPING_START_EVENT: return read_map(b, depth);
    default:
        err_set(b->e, ERR_INPUT, "def.empty", "");
        place(b, b->event.start_mark);
        return NULL;
    }
}

/* Exactly one document, and nothing behind it. */
static struct yaml *
read_stream(struct builder *b)
{
    struct yaml *root;

    if (!next_event(b) || !next_event(b))
        return NULL;
    if (b->event.type == YAML_STREAM_END_EVENT) {
        err_at(b->e, b->file, 1, 1);
        err_set(b->e, ERR_INPUT, "def.empty", "");
        return NULL;
    }
    if (!next_event(b))
        return NULL;
    root = read_node(b, 0);
    if (root == NULL || !next_event(b) || !next_event(b))
        return NULL;
    if (b->event.type != YAML_STREAM_END_EVENT) {
        place(b, b->event.start_mark);
        err_set(b->e, ERR_INPUT, "def.documents", "");
        return NULL;
    }
    return root;
}

struct yaml *
yaml_read(const char *text, size_t len, const char *file,
          struct arena *arena, struct err *e)
{
    struct builder b = { .file = file, .arena = arena, .e = e };
    struct yaml *root;
    size_t bad;

    if (!utf8_valid(text, len, &bad)) {
        err_at(e, file, 0, 0);
        err_set(e, ERR_INPUT, "def.utf8", "%zu", bad + 1);
        return NULL;
    }
    if (!yaml_parser_initialize(&b.parser)) {
        err_set(e, ERR_MACHINE, "machine.memory", "%zu", sizeof b.parser);
        return NULL;
    }
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, len);
    root = read_stream(&b);
    if (b.has_event)
        yaml_event_delete(&b.event);
    yaml_parser_delete(&b.parser);
    return root;
}

struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
    for (struct yaml *n = map->first; n != NULL; n = n->next)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}
