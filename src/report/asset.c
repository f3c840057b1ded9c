/* asset.c - see asset.h. */
#include "report/asset.h"
#include <assert.h>
#include <stdio.h>
#include "base/embed.h"

const char *
asset_text(const char *name, size_t *len)
{
    char path[96];
    const char *text;

    snprintf(path, sizeof path, "src/report/assets/%s", name);
    text = embed_find(path, len);
    assert(text != NULL);
    return text;
}
