/* markup.c - see markup.h. */
#include "write/markup.h"
#include <assert.h>
#include <stdarg.h>
#include <string.h>

void
markup_text(struct buf *out, const char *text)
{
    static const struct { char c; const char *as; } escapes[] = {
        { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
        { '"', "&quot;" }, { '\'', "&#39;" },
    };

    while (*text != '\0') {
        size_t n = strcspn(text, "&<>\"'");

        buf_add(out, text, n);
        text += n;
        if (*text == '\0')
            break;
        for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
            if (escapes[i].c == *text)
                buf_text(out, escapes[i].as);
        text++;
    }
}

void
markup_format(struct buf *out, void (*text)(struct buf *, const char *),
              const char *fmt, va_list ap)
{
    while (*fmt != '\0') {
        size_t n = strcspn(fmt, "%");

        buf_add(out, fmt, n);
        fmt += n;
        if (*fmt == '\0')
            break;
        if (fmt[1] == 's') {
            text(out, va_arg(ap, const char *));
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
}

void
markup_put(struct buf *out, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    markup_format(out, markup_text, fmt, ap);
    va_end(ap);
}

void
markup_css_string(struct buf *out, const char *text)
{
    buf_byte(out, '"');
    for (const char *s = text; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;

        if (c < 0x20 || strchr("\"\\<>&", c) != NULL)
            buf_printf(out, "\\%x ", c);
        else
            buf_byte(out, c);
    }
    buf_byte(out, '"');
}
