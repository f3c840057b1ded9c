/* http_parse.c - see http_parse.h.
 *
 * Stricter than browsers need: whatever two readers could read differently
 * (an escape that is none, a NUL, half a character) is refused and not
 * repaired, since a proxy in front may repair it otherwise. */
#include "web/http_parse.h"
#include <string.h>
#include "base/utf8.h"

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

long
http_decode(const char *s, size_t n, bool plus, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        char c = s[i];

        if (c == '%') {
            int high = i + 2 < n ? hex(s[i + 1]) : -1;
            int low = i + 2 < n ? hex(s[i + 2]) : -1;

            if (high < 0 || low < 0)
                return -1;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return -1;
        out[len++] = c;
    }
    out[len] = '\0';
    return utf8_valid(out, len, NULL) ? (long)len : -1;
}

/* Pieces between '&', none of them empty. */
static int
count_pieces(const char *s, size_t n)
{
    int count = 0;

    for (size_t i = 0; i < n; i++)
        if (s[i] != '&' && (i == 0 || s[i - 1] == '&')
            && ++count > HTTP_PAIRS_MAX)
            break;
    return count;
}

/* One piece into *PAIR and OUT; how much of OUT it took, -1 if it is bad. */
static long
decode_pair(const char *s, size_t n, char *out, struct http_pair *pair)
{
    const char *equals = memchr(s, '=', n);
    size_t name_len = equals != NULL ? (size_t)(equals - s) : n;
    long name = http_decode(s, name_len, true, out), value;

    if (name < 0)
        return -1;
    pair->name = out;
    pair->value = "";
    if (equals == NULL)
        return name + 1;
    out += name + 1;
    value = http_decode(equals + 1, n - name_len - 1, true, out);
    if (value < 0)
        return -1;
    pair->value = out;
    return name + 1 + value + 1;
}

int
http_pairs(struct arena *a, const char *s, size_t n, char *out,
           const struct http_pair **pairs)
{
    int count = count_pieces(s, n), i = 0;
    const char *end = s + n;
    struct http_pair *pair;

    *pairs = NULL;
    if (count == 0)
        return 0;
    if (count > HTTP_PAIRS_MAX)
        return -1;
    *pairs = pair = arena_array(a, (size_t)count, sizeof *pair);
    while (s < end) {
        const char *stop = memchr(s, '&', (size_t)(end - s));
        long took;

        if (stop == NULL)
            stop = end;
        if (stop > s) {
            took = decode_pair(s, (size_t)(stop - s), out, &pair[i++]);
            if (took < 0)
                return -1;
            out += took;
        }
        s = stop + (stop < end);
    }
    return i;
}

static bool
printable(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] <= ' ' || s[i] >= 0x7f)
            return false;
    return true;
}

bool
http_cookie(const char *cookie, const char *name, const char **value,
            size_t *len)
{
    size_t name_len = strlen(name);

    while (*cookie != '\0') {
        size_t n;

        cookie += strspn(cookie, " \t;");
        n = strcspn(cookie, ";");
        if (n > name_len && cookie[name_len] == '='
            && memcmp(cookie, name, name_len) == 0) {
            *value = cookie + name_len + 1;
            *len = n - name_len - 1;
            while (*len > 0 && ((*value)[*len - 1] == ' '
                                || (*value)[*len - 1] == '\t'))
                --*len;
            return printable(*value, *len);
        }
        cookie += n;
    }
    return false;
}

bool
http_token(const char *s)
{
    static const char token[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "!#$%&'*+-.^_`|~";

    return *s != '\0' && s[strspn(s, token)] == '\0';
}

bool
http_host(const char *s)
{
    static const char host[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "-._:[]";

    return *s != '\0' && s[strspn(s, host)] == '\0';
}

bool
http_length(const char *s, uint64_t *n)
{
    size_t len = strlen(s);

    *n = 0;
    if (len < 1 || len > 18 || strspn(s, "0123456789") != len)
        return false;
    for (; *s != '\0'; s++)
        *n = *n * 10 + (uint64_t)(*s - '0');
    return true;
}
