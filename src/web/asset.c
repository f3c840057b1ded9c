/* asset.c - see asset.h.
 *
 * The list is made once, from the carried files' names: a NAME.gz belongs to
 * NAME. tools/assets.py makes the same address from the same bytes, because
 * the style sheet holds the fonts'. */
#include "web/asset.h"
#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "base/embed.h"

#define FOLDER "src/web/assets/"

enum { ASSETS_MAX = 32, URL_MAX = 80, HASH_BYTES = 6 };

static struct asset assets[ASSETS_MAX];
static char urls[ASSETS_MAX][URL_MAX];
static int asset_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const struct { const char *suffix, *media; } medias[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".woff2", "font/woff2" },
};

/* NULL: not a file to be served. */
static const char *
media_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof medias / sizeof *medias; i++)
        if (strcmp(dot, medias[i].suffix) == 0)
            return medias[i].media;
    return NULL;
}

static void
put_url(char *url, const struct asset *a)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * HASH_BYTES + 1];
    const char *dot = strrchr(a->name, '.');
    int n;

    crypto_hash_sha256(digest, a->bytes, a->len);
    sodium_bin2hex(hex, sizeof hex, digest, HASH_BYTES);
    n = snprintf(url, URL_MAX, "/assets/%.*s-%s%s", (int)(dot - a->name),
                 a->name, hex, dot);
    assert(n > 0 && n < URL_MAX);
}

static void
list(void)
{
    char packed[URL_MAX];
    const char *name;

    for (int i = 0; (name = embed_name(i)) != NULL; i++) {
        struct asset *a = &assets[asset_count];

        if (strncmp(name, FOLDER, strlen(FOLDER)) != 0)
            continue;
        a->name = name + strlen(FOLDER);
        a->media = media_of(a->name);
        if (!a->media)
            continue;
        assert(asset_count < ASSETS_MAX - 1);
        a->bytes = embed_find(name, &a->len);
        snprintf(packed, sizeof packed, "%s.gz", name);
        a->gzip = embed_find(packed, &a->gzip_len);
        put_url(urls[asset_count], a);
        a->url = urls[asset_count++];
    }
}

const struct asset *
asset_at(int i)
{
    pthread_once(&once, list);
    return i >= 0 && i < asset_count ? &assets[i] : NULL;
}

const char *
asset_url(const char *name)
{
    const struct asset *a;

    for (int i = 0; (a = asset_at(i)) != NULL; i++)
        if (strcmp(a->name, name) == 0)
            return a->url;
    assert(a != NULL && "an asset by that name");
    return "";
}

const struct asset *
asset_find(const char *path)
{
    const struct asset *a;

    for (int i = 0; (a = asset_at(i)) != NULL; i++)
        if (strcmp(a->url, path) == 0)
            return a;
    return NULL;
}
