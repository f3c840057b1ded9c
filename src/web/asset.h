/* asset.h - what the browser fetches beside the pages: the style sheet, the
 * scripts, the fonts.
 *
 * The build makes them (tools/assets.py) and the program carries them. An
 * address holds twelve digits of the content's SHA-256, so that a browser
 * may keep it for ever: what changes has a new address, and an address that
 * an older program made is not found. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H
#include <stddef.h>

/* All borrowed for ever. */
struct asset {
    const char *name;           /* "app.css" */
    const char *url;            /* "/assets/app-0123456789ab.css" */
    const char *media;          /* "text/css; charset=utf-8" */
    const void *bytes;
    size_t len;
    const void *gzip;           /* the same compressed; NULL: does not pay */
    size_t gzip_len;
};

/* The address of NAME ("app.css"). A name that is not carried is our own
 * mistake and asserted. Any thread. */
const char *asset_url(const char *name);
/* What is at PATH, an address as asset_url gives it; NULL if nothing is.
 * Any thread. Serve it with "Cache-Control: public, max-age=31536000,
 * immutable" and "Vary: Accept-Encoding". */
const struct asset *asset_find(const char *path);
/* The I-th in order of names, from 0; NULL when there are no more. */
const struct asset *asset_at(int i);

#endif
