/* yaml.h - a YAML document as a tree of nodes that know where they stand.
 *
 * libyaml parses; this keeps of YAML what a definition may use: mappings,
 * sequences and scalars, one document. Anchors, aliases, tags, repeated
 * keys and keys that are no scalars are refused. Columns count characters,
 * as libyaml does. */
#ifndef DEF_YAML_H
#define DEF_YAML_H
#include <stddef.h>
#include "base/arena.h"
#include "base/err.h"

enum {
    YAML_DEPTH_MAX = 32, YAML_NODES_MAX = 200000,
    YAML_KEYS_MAX = 1024        /* of one mapping */
};
enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    struct pos at;
    const char *text;           /* scalar, NUL-terminated */
    size_t len;
    struct yaml *first;         /* list: items; map: values */
    struct yaml *next;
    const char *key;            /* of a map's value */
    struct pos key_at;
    int count;
};

/* The tree of TEXT, in ARENA; FILE is borrowed. NULL with E set; the place
 * of E is untouched where nothing is wrong. */
struct yaml *yaml_read(const char *text, size_t len, const char *file,
                       struct arena *arena, struct err *e);
/* The value under KEY of a map, or NULL. */
struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
