/* escape.h - plain text as HTML: in text and in quoted attributes. */
#ifndef WEB_ESCAPE_H
#define WEB_ESCAPE_H
#include <stddef.h>

enum { ESCAPE_GROWS = 6 };      /* at most, times */

/* Writes the N bytes of TEXT with & < > " ' as entities to TO, which has
 * room for ESCAPE_GROWS times N bytes and overlaps nothing. Returns the end
 * of what was written. */
char *escape_html(char *to, const char *text, size_t n);

#endif
