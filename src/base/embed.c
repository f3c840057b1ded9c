/* embed.c - see embed.h. */
#include "base/embed.h"
#include <stdlib.h>
#include <string.h>
#include "base/embed_table.h"

static int
compare(const void *name, const void *entry)
{
    return strcmp(name, ((const struct embedded *)entry)->name);
}

const void *
embed_find(const char *name, size_t *len)
{
    const struct embedded *f = bsearch(name, embed_table,
                                       (size_t)embed_count,
                                       sizeof embed_table[0], compare);

    if (f == NULL)
        return NULL;
    *len = (size_t)(f->end - f->begin);
    return f->begin;
}

const char *
embed_name(int i)
{
    return i >= 0 && i < embed_count ? embed_table[i].name : NULL;
}
