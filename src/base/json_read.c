/* json_read.c - see json_read.h.
 *
 * Jansson takes its memory by two functions that are set for the whole
 * process, before it begins: ours note each piece's size in front of it, so
 * that it can be overwritten. */
#include "base/json_read.h"
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

enum { HEAD = alignof(max_align_t) };

/* No memory was found: the text is not to blame. */
static _Thread_local bool out_of_memory;

static void *
take(size_t size)
{
    char *piece = size <= SIZE_MAX - HEAD ? malloc(size + HEAD) : NULL;

    if (piece == NULL) {
        out_of_memory = true;
        return NULL;
    }
    memcpy(piece, &size, sizeof size);
    return piece + HEAD;
}

static void
give_back(void *data)
{
    char *piece;
    size_t size;

    if (data == NULL)
        return;
    piece = (char *)data - HEAD;
    memcpy(&size, piece, sizeof size);
    mem_wipe(piece, size + HEAD);
}

/* Before anything is read: memory that was taken by one pair of functions
 * must not be given back by another. */
__attribute__((constructor)) static void
set_memory(void)
{
    json_set_alloc_funcs(take, give_back);
}

/* Jansson's own limit of depth is its callers' stack, 2048: lower it, for
 * what is sent to us is flat. */
static bool
is_flat(const char *text, size_t len)
{
    bool quoted = false;
    int depth = 0;

    for (size_t i = 0; i < len; i++) {
        if (quoted) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = false;
        } else if (text[i] == '"') {
            quoted = true;
        } else if (text[i] == '{' || text[i] == '[') {
            if (++depth > JSON_READ_DEPTH)
                return false;
        } else if (text[i] == '}' || text[i] == ']') {
            depth--;
        }
    }
    return true;
}

json_t *
json_read(const char *text, size_t len)
{
    json_t *root;

    if (!is_flat(text, len))
        return NULL;
    out_of_memory = false;
    root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    if (root == NULL && out_of_memory)
        mem_out();
    if (root != NULL && !json_is_object(root)) {
        json_decref(root);
        return NULL;
    }
    return root;
}
