/* escape.c - see escape.h.
 *
 * Most text has nothing to escape: eight bytes are copied and looked at
 * together, and only those with one of the five go byte by byte. */
#include "web/escape.h"
#include <stdint.h>
#include <string.h>

static const uint64_t ones = 0x0101010101010101u;

/* Not 0 if a byte of X is 0. */
static uint64_t
has_zero(uint64_t x)
{
    return (x - ones) & ~x & ones << 7;
}

/* & and ' differ in one bit, and so do < and >. */
static uint64_t
has_special(uint64_t x)
{
    return has_zero((x & ones * 0xFE) ^ ones * '&')
           | has_zero((x & ones * 0xFD) ^ ones * '<')
           | has_zero(x ^ ones * '"');
}

static char *
put(char *to, const char *entity, size_t n)
{
    memcpy(to, entity, n);
    return to + n;
}

static char *
escape_byte(char *to, char c)
{
    switch (c) {
    case '&':
        return put(to, "&amp;", 5);
    case '<':
        return put(to, "&lt;", 4);
    case '>':
        return put(to, "&gt;", 4);
    case '"':
        return put(to, "&quot;", 6);
    case '\'':
        return put(to, "&#39;", 5);
    default:
        *to = c;
        return to + 1;
    }
}

char *
escape_html(char *to, const char *text, size_t n)
{
    const char *end = text + n;

    while (end - text >= 8) {
        uint64_t x;

        memcpy(&x, text, 8);
        if (has_special(x) != 0) {
            for (int i = 0; i < 8; i++)
                to = escape_byte(to, text[i]);
        } else {
            memcpy(to, &x, 8);
            to += 8;
        }
        text += 8;
    }
    while (text < end)
        to = escape_byte(to, *text++);
    return to;
}
