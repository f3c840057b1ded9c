/* text_lex.c - the small steps of reading a place; see texting.h.
 *
 * Quotation marks and brackets are respected everywhere, so that braces of
 * a set and quoted values never end a place or an argument. */
#include <string.h>
#include "report/texting.h"

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'
        || c == '-';
}

void
read_blanks(struct reading *r)
{
    while (r->at < r->end && is_blank(r->file->bytes[r->at]))
        r->at++;
}

size_t
read_word(struct reading *r, const char **word)
{
    size_t from = r->at;

    *word = r->file->bytes + from;
    while (r->at < r->end && is_word(r->file->bytes[r->at]))
        r->at++;
    return r->at - from;
}

bool
read_is(const char *word, size_t len, const char *is)
{
    return strlen(is) == len && memcmp(word, is, len) == 0;
}

bool
read_take(struct reading *r, const char *is)
{
    size_t from = r->at;
    const char *word;
    size_t len = read_word(r, &word);

    if (read_is(word, len, is))
        return true;
    r->at = from;
    return false;
}

/* The byte behind the quoted text that begins at AT; 0 where it does not
 * end. */
static size_t
quoted_end(const char *bytes, size_t len, size_t at)
{
    for (size_t i = at + 1; i < len; i++) {
        if (bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            return i + 1;
    }
    return 0;
}

bool
read_quoted(struct reading *r, const char **text)
{
    const char *bytes = r->file->bytes;
    size_t end, n = 0;
    char *out;

    if (r->at >= r->end || bytes[r->at] != '"')
        return text_refuse(r, r->at, r->end, "text.want_quoted");
    end = quoted_end(bytes, r->end, r->at);
    if (end == 0)
        return text_refuse(r, r->at, r->end, "text.quote_open");
    out = arena_take(r->t->arena, end - r->at);
    for (size_t i = r->at + 1; i + 1 < end; i++) {
        if (bytes[i] == '\\' && i + 2 < end)
            i++;
        out[n++] = bytes[i] == '\n' ? ' ' : bytes[i];
    }
    *text = out;
    r->at = end;
    return true;
}

/* One step over what stands at I: a whole quoted text, or a byte; DEPTH
 * counts brackets. */
static size_t
step(const struct reading *r, size_t i, int *depth)
{
    char c = r->file->bytes[i];

    if (c == '"') {
        size_t end = quoted_end(r->file->bytes, r->end, i);

        return end == 0 ? r->end : end;
    }
    if (c == '(' || c == '{')
        ++*depth;
    else if (c == ')' || c == '}')
        --*depth;
    return i + 1;
}

size_t
find_word(const struct reading *r, const char *word)
{
    const char *bytes = r->file->bytes;
    size_t n = strlen(word);
    int depth = 0;

    for (size_t i = r->at; i < r->end; i = step(r, i, &depth))
        if (depth == 0 && i + n <= r->end && memcmp(bytes + i, word, n) == 0
            && (i == r->at || !is_word(bytes[i - 1]))
            && (i + n == r->end || !is_word(bytes[i + n])))
            return i;
    return r->end;
}

size_t
find_close(const struct reading *r)
{
    int depth = 1;

    for (size_t i = r->at; i < r->end; ) {
        size_t next = step(r, i, &depth);

        if (depth == 0)
            return i;
        i = next;
    }
    return r->end;
}

size_t
place_length(const char *bytes, size_t len, size_t at)
{
    int depth = 0;

    if (at + 2 < len && bytes[at + 2] == '!') {
        for (size_t i = at + 3; i + 1 < len; i++)
            if (bytes[i] == '}' && bytes[i + 1] == '}')
                return i + 2 - at;
        return 0;
    }
    for (size_t i = at + 2; i < len; i++) {
        if (bytes[i] == '"') {
            size_t end = quoted_end(bytes, len, i);

            if (end == 0)
                return 0;
            i = end - 1;
        } else if (bytes[i] == '{') {
            depth++;
        } else if (bytes[i] == '}' && depth > 0) {
            depth--;
        } else if (bytes[i] == '}') {
            return i + 1 < len && bytes[i + 1] == '}' ? i + 2 - at : 0;
        }
    }
    return 0;
}

void
mark_put(struct buf *out, int32_t mark)
{
    uint32_t c = (uint32_t)mark;

    buf_byte(out, (int)(0xF0 | c >> 18));
    buf_byte(out, (int)(0x80 | (c >> 12 & 0x3F)));
    buf_byte(out, (int)(0x80 | (c >> 6 & 0x3F)));
    buf_byte(out, (int)(0x80 | (c & 0x3F)));
}

int32_t
mark_take(const char **s, const char *end)
{
    const unsigned char *u = (const unsigned char *)*s;
    int32_t c;

    if (end - *s < MARK_BYTES || u[0] < 0xF3)
        return -1;
    c = (int32_t)((u[0] & 7u) << 18 | (u[1] & 0x3Fu) << 12
                  | (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu));
    if (c < MARK_FIRST)
        return -1;
    *s += MARK_BYTES;
    return c == MARK_HIDDEN ? c : c - MARK_FIRST;
}
