/* utf8.c - see utf8.h.
 *
 * Nearly all text is ASCII, so checking and counting go eight bytes at a
 * time until a high bit is seen. A lead byte decides how many bytes follow
 * and the least and greatest second byte (RFC 3629, section 4): with those
 * bounds overlong forms, surrogates and what is above U+10FFFF can't be
 * formed, and nothing needs to be decoded to be refused.
 *
 * Sorting goes by one number per character, the key. æ, ø and å get keys
 * between those of z and {, which is why keys are code points times four. */
#include "base/utf8.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Bytes of the character that begins at P, 0 if none does. */
static size_t
length_at(const unsigned char *p, const unsigned char *end)
{
    unsigned char least = 0x80, most = 0xBF;
    size_t n;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    if (p[0] < 0xE0) {
        n = 2;
    } else if (p[0] < 0xF0) {
        n = 3;
        if (p[0] == 0xE0)
            least = 0xA0;
        if (p[0] == 0xED)
            most = 0x9F;
    } else {
        n = 4;
        if (p[0] == 0xF0)
            least = 0x90;
        if (p[0] == 0xF4)
            most = 0x8F;
    }
    if ((size_t)(end - p) < n || p[1] < least || p[1] > most)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

/* The end of the ASCII that P begins with, or a little before it. */
static const unsigned char *
skip_ascii(const unsigned char *p, const unsigned char *end)
{
    uint64_t word;

    while (end - p >= 8) {
        memcpy(&word, p, 8);
        if (word & HIGH_BITS)
            break;
        p += 8;
    }
    return p;
}

bool
utf8_valid(const char *s, size_t n, size_t *bad_at)
{
    const unsigned char *begin = (const unsigned char *)s, *p = begin;
    const unsigned char *end;

    if (n == 0)
        return true;
    end = begin + n;
    while (p < end) {
        size_t len;

        if (*p < 0x80) {
            const unsigned char *next = skip_ascii(p, end);

            p = next > p ? next : p + 1;
            continue;
        }
        len = length_at(p, end);
        if (len == 0) {
            if (bad_at != NULL)
                *bad_at = (size_t)(p - begin);
            return false;
        }
        p += len;
    }
    return true;
}

int32_t
utf8_next(const char **p, const char *end)
{
    const unsigned char *u = (const unsigned char *)*p;
    size_t n;

    assert(*p < end);
    n = length_at(u, (const unsigned char *)end);
    *p += n > 0 ? n : 1;
    switch (n) {
    case 1:
        return u[0];
    case 2:
        return (u[0] & 0x1F) << 6 | (u[1] & 0x3F);
    case 3:
        return (u[0] & 0x0F) << 12 | (u[1] & 0x3F) << 6 | (u[2] & 0x3F);
    case 4:
        return (u[0] & 0x07) << 18 | (u[1] & 0x3F) << 12 |
               (u[2] & 0x3F) << 6 | (u[3] & 0x3F);
    default:
        return UTF8_BAD;
    }
}

size_t
utf8_count(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s, *end;
    size_t count = 0;

    if (n == 0)
        return 0;
    end = p + n;
    while (p < end) {
        const unsigned char *next = skip_ascii(p, end);

        if (next > p) {
            count += (size_t)(next - p);
            p = next;
            continue;
        }
        {
            size_t len = length_at(p, end);

            p += len > 0 ? len : 1;
            count++;
        }
    }
    return count;
}

/* Sorting keys: code point times four, and three numbers after z. */
enum {
    KEY_AE = 'z' * 4 + 1, KEY_OE, KEY_AA,
    KEY_BAD = 0x110000 * 4  /* plus the byte: after every character */
};

/* The letters of U+00C0..U+017F without case and accent, in the order of
 * the code points. '1' æ, '2' ø, '3' å; '?' is not folded. */
static const char FOLD[] =
    "aaaa131ceeeeiiii" "dnoooo2?2uuuyy??"   /* C0 */
    "aaaa131ceeeeiiii" "dnoooo2?2uuuyy?y"   /* E0 */
    "aaaaaaccccccccdd" "ddeeeeeeeeeegggg"   /* 100 */
    "gggghhhhiiiiiiii" "ii??jjkk?lllllll"   /* 120 */
    "lllnnnnnn?nnoooo" "22??rrrrrrssssss"   /* 140 */
    "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs";  /* 160 */

static_assert(sizeof FOLD == 0x180 - 0xC0 + 1, "a letter each");

static int32_t
key_of(int32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (c + 'a' - 'A') * 4;
    if (c < 0xC0 || c >= 0x180)
        return c * 4;
    switch (FOLD[c - 0xC0]) {
    case '1':
        return KEY_AE;
    case '2':
        return KEY_OE;
    case '3':
        return KEY_AA;
    case '?':
        /* Þ, Ĳ and Œ, the only upper case among them */
        if (c == 0xDE)
            c = 0xFE;
        if (c == 0x132 || c == 0x152)
            c++;
        return c * 4;
    default:
        return FOLD[c - 0xC0] * 4;
    }
}

static bool
combines(int32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

/* The key of the letter at *P with the combining accents behind it. */
static int32_t
next_key(const char **p, const char *end)
{
    const char *begin = *p;
    int32_t key, c = utf8_next(p, end);

    if (c == UTF8_BAD)
        return KEY_BAD + (unsigned char)*begin;
    key = key_of(c);
    while (*p < end) {
        const char *next = *p;
        int32_t mark = utf8_next(&next, end);

        if (!combines(mark))
            break;
        if (mark == 0x30A && key == 'a' * 4)
            key = KEY_AA;
        if (mark == 0x308 && key == 'a' * 4)
            key = KEY_AE;
        if ((mark == 0x308 || mark == 0x30B) && key == 'o' * 4)
            key = KEY_OE;
        if (mark == 0x308 && key == 'u' * 4)
            key = 'y' * 4;
        *p = next;
    }
    return key;
}

int
utf8_compare_nordic(const char *a, const char *b)
{
    const char *p = a, *q = b;
    const char *a_end = a + strlen(a), *b_end = b + strlen(b);

    while (p < a_end && q < b_end) {
        int32_t x = next_key(&p, a_end), y = next_key(&q, b_end);

        if (x != y)
            return x < y ? -1 : 1;
    }
    if (p < a_end || q < b_end)
        return p < a_end ? 1 : -1;
    return strcmp(a, b);
}

/* What a reader does not see, or sees in another place than it stands. */
static bool
hidden(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD ||
           c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

/* What people write between the digits of a number. */
static bool
joins(int32_t c)
{
    return c == ' ' || c == '-' || c == '.' || c == 0xA0 || c == 0x2009 ||
           c == 0x2011 || c == 0x2013 || c == 0x202F;
}

bool
quote_allowed(const char *s, size_t n)
{
    const char *p = s, *end;
    int digits = 0;

    if (n == 0)
        return true;
    end = s + n;
    while (p < end) {
        int32_t c = utf8_next(&p, end);

        if (c >= '0' && c <= '9') {
            if (++digits == QUOTE_DIGITS)
                return false;
        } else if (c != UTF8_BAD && !hidden(c) && !joins(c)) {
            digits = 0;
        }
    }
    return true;
}

void
err_quote(char *out, size_t size, const char *s, size_t n)
{
    const char *p = s, *end = n > 0 ? s + n : s;
    size_t used = 0;

    assert(size > 0);
    if (!quote_allowed(s, n)) {
        snprintf(out, size, QUOTE_HIDDEN "%zu", utf8_count(s, n));
        return;
    }
    out[0] = '\0';
    for (int shown = 0; p < end; shown++) {
        char piece[16];
        const char *from = p;
        int len;
        int32_t c = utf8_next(&p, end);

        if (shown == QUOTE_CHARS)
            len = snprintf(piece, sizeof piece, "…");
        else if (c == UTF8_BAD)
            len = snprintf(piece, sizeof piece, "\\x%02X",
                           (unsigned)(unsigned char)*from);
        else if (hidden(c) && c < 0x80)
            len = snprintf(piece, sizeof piece, "\\x%02X", (unsigned)c);
        else if (hidden(c))
            len = snprintf(piece, sizeof piece, "\\u{%04X}", (unsigned)c);
        else
            len = snprintf(piece, sizeof piece, "%.*s", (int)(p - from),
                           from);
        if (used + (size_t)len >= size)
            return;
        memcpy(out + used, piece, (size_t)len + 1);
        used += (size_t)len;
        if (shown == QUOTE_CHARS)
            return;
    }
}
