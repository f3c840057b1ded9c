/* xml.h - XML 1.0 written so that nothing goes in unescaped.
 *
 * As markup.h for HTML: the format is XML of ours and goes through as it
 * is; what %s stands for is escaped, both for text and for attributes in
 * double quotation marks. Characters that XML 1.0 does not have (controls,
 * U+FFFE, bytes that are not UTF-8) become U+FFFD; tab and line feed are
 * written so that an attribute keeps them. */
#ifndef WRITE_XML_H
#define WRITE_XML_H
#include "base/buf.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"" \
    " standalone=\"yes\"?>\n"

/* Conversions: %s (a text), %d (an int), %lld (a long long), %%. */
void xml_put(struct buf *out, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void xml_text(struct buf *out, const char *text);

#endif
