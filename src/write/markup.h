/* markup.h - HTML and SVG written so that nothing goes in unescaped.
 *
 * The format string is markup of ours and goes through as it is; what %s
 * stands for is escaped, both for text and for attributes in double
 * quotation marks. */
#ifndef WRITE_MARKUP_H
#define WRITE_MARKUP_H
#include <stdarg.h>
#include "base/buf.h"

/* Conversions: %s (a text), %d (an int), %%. */
void markup_put(struct buf *out, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void markup_text(struct buf *out, const char *text);
/* The same with TEXT to write what %s stands for; %lld (a long long) too. */
void markup_format(struct buf *out,
                   void (*text)(struct buf *out, const char *text),
                   const char *fmt, va_list ap);
/* TEXT as a string of CSS, with its quotation marks. */
void markup_css_string(struct buf *out, const char *text);

#endif
