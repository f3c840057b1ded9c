/* view_node.h - what a view is made of: for view.c and template.c alone.
 *
 * A page has thousands of nodes, so one fits in 48 bytes. An object's nodes
 * are a ring in the order they were set; a mask with a bit for each name
 * says of most names that are not there that they are not, without a walk.
 * A name's hash is of its length and both its ends: enough to tell names
 * apart nearly always, and done in a few instructions. */
#ifndef WEB_VIEW_NODE_H
#define WEB_VIEW_NODE_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "web/view.h"

enum view_kind {
    VIEW_NONE,      /* set to NULL: as if not there */
    VIEW_TEXT, VIEW_INT, VIEW_FLAG, VIEW_OBJECT, VIEW_LIST, VIEW_LINK
};

enum { VIEW_NAME_MAX = 255 };

struct view {
    struct view *next;          /* in the ring */
    const char *name;           /* NULL in a list */
    uint32_t hash;
    uint8_t kind, name_len;
    union {
        struct {
            const char *at;
            size_t len;
        } text;
        int64_t number;
        bool on;
        const struct view *link;
        struct {
            struct view *last;  /* its next is the first; NULL: empty */
            struct arena *arena;
            uint64_t mask;      /* of an object */
        } ring;
    };
};

/* A name as templates keep it. */
struct view_name {
    const char *text;
    uint32_t hash;
    uint8_t len;
};

/* The two ends of a name; to 16 bytes, with its length, all of it. */
struct view_ends {
    uint64_t first, last;
};

static inline struct view_ends
view_ends(const char *name, size_t n)
{
    struct view_ends ends = { 0, 0 };

    if (n >= 8) {
        memcpy(&ends.first, name, 8);
        memcpy(&ends.last, name + n - 8, 8);
    } else if (n >= 4) {
        memcpy(&ends.first, name, 4);
        memcpy(&ends.last, name + n - 4, 4);
    } else if (n > 0) {
        ends.first = (unsigned char)name[0];
        ends.last = (uint64_t)(unsigned char)name[n / 2] << 8
                    | (unsigned char)name[n - 1];
    }
    return ends;
}

static inline bool
view_same(const char *a, const char *b, size_t n)
{
    struct view_ends x = view_ends(a, n), y = view_ends(b, n);

    return x.first == y.first && x.last == y.last
           && (n <= 16 || memcmp(a, b, n) == 0);
}

static inline uint32_t
view_hash(const char *name, size_t n)
{
    struct view_ends ends = view_ends(name, n);
    uint64_t a = (ends.first ^ n) * 0x9E3779B97F4A7C15u;
    uint64_t b = (ends.last ^ a >> 32) * 0xC2B2AE3D27D4EB4Fu;

    return (uint32_t)((a ^ b) >> 32);
}

static inline uint64_t
view_bit(uint32_t hash)
{
    return UINT64_C(1) << (hash & 63);
}

/* The node of that name in the object V, or NULL. */
static inline struct view *
view_find(const struct view *v, const struct view_name *name)
{
    struct view *node;

    if ((v->ring.mask & view_bit(name->hash)) == 0)
        return NULL;
    node = v->ring.last;
    do {
        node = node->next;
        if (node->hash == name->hash && node->name_len == name->len
            && view_same(node->name, name->text, name->len))
            return node;
    } while (node != v->ring.last);
    return NULL;
}

#endif
