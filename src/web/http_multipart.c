/* http_multipart.c - a form with a file in it (multipart/form-data); see
 * http_parse.h.
 *
 * Like http_parse.c: what two readers could read differently is refused. A
 * file is the value of its field, so it must be text as any other value; its
 * name and type on the sender's machine are not looked at. */
#include <string.h>
#include <strings.h>
#include "base/utf8.h"
#include "web/http_parse.h"

enum { BOUNDARY_MAX = 70, PARTS_MAX = 64, PART_HEAD_MAX = 1024 };

struct parts {
    const char *at, *end;       /* what is left to be read */
    char mark[BOUNDARY_MAX + 5];        /* "\r\n--BOUNDARY" */
    size_t mark_len;
    char *out;
};

/* The boundary that the header Content-Type names, with what stands before
 * it. */
static bool
read_boundary(struct parts *p, const char *type)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "'()+_,-./:=?";
    const char *at = strchr(type, ';');
    size_t n;

    while (at != NULL && strncasecmp(at + 1 + strspn(at + 1, " \t"),
                                     "boundary=", 9) != 0)
        at = strchr(at + 1, ';');
    if (at == NULL)
        return false;
    at += 1 + strspn(at + 1, " \t") + 9;
    at += *at == '"';
    n = strspn(at, plain);
    if (n < 1 || n > BOUNDARY_MAX)
        return false;
    memcpy(p->mark, "\r\n--", 4);
    memcpy(p->mark + 4, at, n);
    p->mark_len = 4 + n;
    return true;
}

/* Takes the N bytes IS where they stand next. */
static bool
take(struct parts *p, const char *is, size_t n)
{
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, is, n) != 0)
        return false;
    p->at += n;
    return true;
}

/* The N bytes at S as text in OUT, a NUL behind; NULL for what is none. */
static const char *
put_text(struct parts *p, const char *s, size_t n)
{
    char *text = p->out;

    if (memchr(s, '\0', n) != NULL || !utf8_valid(s, n, NULL))
        return NULL;
    memcpy(text, s, n);
    text[n] = '\0';
    p->out += n + 1;
    return text;
}

/* The name that a line of a part's head gives, if it is the line that does:
 * Content-Disposition: form-data; name="token". */
static bool
read_name(struct parts *p, const char *line, size_t n,
          struct http_pair *pair)
{
    static const char field[] = "Content-Disposition:";
    static const char form[] = "form-data; name=\"";
    const char *end = line + n, *close;

    if (n < sizeof field - 1
        || strncasecmp(line, field, sizeof field - 1) != 0)
        return true;
    line += sizeof field - 1;
    while (line < end && *line == ' ')
        line++;
    if (pair->name != NULL || (size_t)(end - line) < sizeof form
        || strncasecmp(line, form, sizeof form - 1) != 0)
        return false;
    line += sizeof form - 1;
    close = memchr(line, '"', (size_t)(end - line));
    if (close == NULL)
        return false;
    pair->name = put_text(p, line, (size_t)(close - line));
    return pair->name != NULL;
}

/* The head of a part, up to and with its empty line. */
static bool
read_part_head(struct parts *p, struct http_pair *pair)
{
    const char *from = p->at;

    pair->name = NULL;
    for (;;) {
        const char *stop = memmem(p->at, (size_t)(p->end - p->at), "\r\n",
                                  2);
        size_t n;

        if (stop == NULL || stop - from > PART_HEAD_MAX)
            return false;
        n = (size_t)(stop - p->at);
        if (n > 0 && !read_name(p, p->at, n, pair))
            return false;
        p->at = stop + 2;
        if (n == 0)
            return pair->name != NULL;
    }
}

static bool
read_part(struct parts *p, struct http_pair *pair)
{
    const char *stop;

    if (!read_part_head(p, pair))
        return false;
    stop = memmem(p->at, (size_t)(p->end - p->at), p->mark, p->mark_len);
    if (stop == NULL)
        return false;
    pair->value = put_text(p, p->at, (size_t)(stop - p->at));
    p->at = stop + p->mark_len;
    return pair->value != NULL;
}

int
http_multipart(struct arena *a, const char *type, const char *s, size_t n,
               char *out, const struct http_pair **pairs)
{
    struct parts p = { .at = s, .end = s + n, .out = out };
    struct http_pair *pair = arena_array(a, PARTS_MAX, sizeof *pair);
    int count = 0;

    *pairs = pair;
    if (!read_boundary(&p, type) || !take(&p, p.mark + 2, p.mark_len - 2))
        return -1;
    while (take(&p, "\r\n", 2)) {
        if (count == PARTS_MAX || !read_part(&p, &pair[count]))
            return -1;
        count++;
    }
    if (!take(&p, "--", 2))
        return -1;
    take(&p, "\r\n", 2);
    return p.at == p.end ? count : -1;
}
