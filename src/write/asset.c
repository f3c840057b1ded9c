/* asset.c - see asset.h. */
#include "write/asset.h"
#include <assert.h>
#include <stdio.h>
#include "base/embed.h"

const char *
asset_text(const char *name, size_t *len)
{
    char path[96];
    const char *text;

    snprintf(path, sizeof path, "src/write/assets/%s", name);
    text = embed_find(path, len);
    assert(text != NULL);
    return text;
}
