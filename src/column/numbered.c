/* numbered.c - see numbered.h. */
#include "column/numbered.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

enum { SLOTS_FIRST = 512 };

/* Most keys are triples: their words are mixed beside each other, and not
 * one after the other. */
static size_t
hash(const void *key, size_t bytes)
{
    const unsigned char *p = key;
    struct triple t;
    uint64_t h = bytes;
    uint32_t word;

    if (bytes == sizeof t) {
        memcpy(&t, key, sizeof t);
        h = (uint64_t)(uint32_t)t.a * UINT64_C(0x9E3779B97F4A7C15)
          + (uint64_t)(uint32_t)t.b * UINT64_C(0xC2B2AE3D27D4EB4F)
          + (uint64_t)(uint32_t)t.c * UINT64_C(0x165667B19E3779F9);
        return (h ^ h >> 32) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    }
    for (size_t i = 0; i + sizeof word <= bytes; i += sizeof word) {
        memcpy(&word, p + i, sizeof word);
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return h;
}

/* Most keys are three words: not worth a call. */
static bool
same(const void *a, const void *b, size_t bytes)
{
    const char *p = a, *q = b;
    uint32_t x, y;

    for (size_t i = 0; i + sizeof x <= bytes; i += sizeof x) {
        memcpy(&x, p + i, sizeof x);
        memcpy(&y, q + i, sizeof y);
        if (x != y)
            return false;
    }
    return true;
}

/* The slot of KEY, which is 0 if it is new. */
static int *
find(const struct numbered *n, const void *key, size_t bytes)
{
    const char *keys = n->keys;
    size_t at = hash(key, bytes) & (n->slots - 1);

    while (n->slot[at] != 0
           && !same(keys + (size_t)(n->slot[at] - 1) * bytes, key, bytes))
        at = (at + 1) & (n->slots - 1);
    return &n->slot[at];
}

static void
grow(struct numbered *n, size_t bytes)
{
    const char *keys = n->keys;

    free(n->slot);
    n->slots = n->slots > 0 ? n->slots * 2 : SLOTS_FIRST;
    n->slot = mem_take(n->slots * sizeof *n->slot);
    for (int i = 0; i < n->count; i++)
        *find(n, keys + (size_t)i * bytes, bytes) = i + 1;
}

int
number_of_key(struct numbered *n, const void *key, size_t bytes)
{
    int *slot;

    if ((size_t)n->count * 2 >= n->slots)
        grow(n, bytes);
    slot = find(n, key, bytes);
    if (*slot == 0) {
        n->keys = mem_more(n->keys, n->count, &n->room, bytes);
        memcpy((char *)n->keys + (size_t)n->count * bytes, key, bytes);
        *slot = ++n->count;
    }
    return *slot - 1;
}

int
number_of(struct numbered *n, int a, int b, int c)
{
    return number_of_key(n, &(struct triple){ a, b, c },
                         sizeof(struct triple));
}

void
numbered_clear(struct numbered *n)
{
    free(n->keys);
    free(n->slot);
}
