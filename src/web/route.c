/* route.c - see route.h. A linear look through the table: a hundred rows,
 * most of which differ in their first byte or two. */
#include "web/route.h"
#include <string.h>

enum { PARAM_LONG = 64 };

static const char *const methods[] = {
    [HTTP_GET] = "GET", [HTTP_HEAD] = "GET", [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
    [HTTP_OTHER] = ""
};

static bool
param_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || strchr("._@-", c) != NULL;
}

/* How long the parameter at S is, 0 if it is none. */
static size_t
param_length(const char *s)
{
    size_t n = 0;

    while (s[n] != '\0' && s[n] != '/') {
        if (!param_byte(s[n]) || n >= PARAM_LONG)
            return 0;
        n++;
    }
    return n;
}

/* Whether PATH has the form of PATTERN; where its parameters stand and how
 * long they are. */
static bool
match(const char *pattern, const char *path, const char *at[PAGE_PARAMS],
      size_t len[PAGE_PARAMS])
{
    int count = 0;

    while (*pattern != '\0') {
        if (*pattern != '{') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        len[count] = param_length(path);
        if (len[count] == 0)
            return false;
        at[count] = path;
        path += len[count++];
        pattern = strchr(pattern, '}') + 1;
    }
    return *path == '\0';
}

static const char *
add_method(const char *allow, const char *method, struct arena *arena)
{
    if (strcmp(method, "GET") == 0)
        method = "GET, HEAD";
    return allow == NULL ? method
                         : arena_printf(arena, "%s, %s", allow, method);
}

struct route
route_find(const struct page_def *defs, enum http_method method,
           const char *path, struct arena *arena)
{
    struct route r = { 0 };
    const char *at[PAGE_PARAMS];
    size_t len[PAGE_PARAMS];

    for (const struct page_def *d = defs; d->path != NULL; d++) {
        memset(len, 0, sizeof len);
        if (!match(d->path, path, at, len))
            continue;
        if (strcmp(d->method, methods[method]) != 0) {
            r.allow = add_method(r.allow, d->method, arena);
            continue;
        }
        r.def = d;
        r.allow = NULL;
        for (int i = 0; i < PAGE_PARAMS && len[i] > 0; i++)
            r.param[i] = arena_text_n(arena, at[i], len[i]);
        return r;
    }
    return r;
}

int
route_param(const struct page_def *d, const char *name)
{
    size_t n = strlen(name);
    int i = 0;

    for (const char *s = strchr(d->path, '{'); s != NULL;
         s = strchr(s + 1, '{'), i++)
        if (strncmp(s + 1, name, n) == 0 && s[n + 1] == '}')
            return i;
    return -1;
}
