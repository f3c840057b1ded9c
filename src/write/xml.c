/* xml.c - see xml.h. */
#include "write/xml.h"
#include <assert.h>
#include <stdarg.h>
#include <string.h>
#include "base/utf8.h"

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
    while (*fmt != '\0') {
        size_t n = strcspn(fmt, "%");

        buf_add(out, fmt, n);
        fmt += n;
        if (*fmt == '\0')
            break;
        if (fmt[1] == 's') {
            xml_text(out, va_arg(ap, const char *));
        } else if (fmt[1] == 'd') {
            buf_printf(out, "%d", va_arg(ap, int));
        } else if (strncmp(fmt + 1, "lld", 3) == 0) {
            buf_printf(out, "%lld", va_arg(ap, long long));
            fmt += 2;
        } else {
            assert(fmt[1] == '%');
            buf_byte(out, '%');
        }
        fmt += 2;
    }
    va_end(ap);
}
