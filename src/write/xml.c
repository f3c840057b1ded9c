/* xml.c - see xml.h. */
#include "write/xml.h"
#include <stdarg.h>
#include <string.h>
#include "base/utf8.h"
#include "write/markup.h"

/* What a byte is written as; NULL: as it is. */
static const char *
escaped(unsigned char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return c < 0x20 ? "\xef\xbf\xbd" : NULL;
    }
}

void
xml_text(struct buf *out, const char *text)
{
    const char *from = text, *end = text + strlen(text);

    while (text < end) {
        const char *at = text, *as = NULL;
        int32_t c;

        if ((unsigned char)*text < 0x80) {
            as = escaped((unsigned char)*text++);
        } else {
            c = utf8_next(&text, end);
            if (c == UTF8_BAD || c == 0xfffe || c == 0xffff)
                as = "\xef\xbf\xbd";
        }
        if (as == NULL)
            continue;
        buf_add(out, from, (size_t)(at - from));
        buf_text(out, as);
        from = text;
    }
    buf_add(out, from, (size_t)(end - from));
}

void
xml_put(struct buf *out, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    markup_format(out, xml_text, fmt, ap);
    va_end(ap);
}
