/* http_guard.c - what is wrong with the head of a request (exchange.h).
 *
 * Request smuggling lives on two readers, a proxy and us, that disagree on
 * where a request ends or whom it is for. libmicrohttpd 0.9.75 takes what
 * could be read in two ways: a length twice, a length with chunks, two
 * Hosts. Here each of these is refused, and so is a body in chunks, which
 * no form of ours sends: one way to tell a length is enough. */
#include <assert.h>
#include <string.h>
#include <strings.h>
#include "web/exchange.h"
#include "web/http_parse.h"

enum { HEADER_EXTRA = 4 };      /* ": " and the line's end */

/* Those that must not come twice. */
static const char *const single[] = {
    "Host", "Content-Length", "Transfer-Encoding", "Content-Type",
    "Authorization", "Origin",
};

static enum http_method
method_of(const char *name)
{
    static const char *const names[] = {
        [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST",
        [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH",
        [HTTP_DELETE] = "DELETE",
    };

    for (int i = 0; i < HTTP_OTHER; i++)
        if (strcmp(names[i], name) == 0)
            return (enum http_method)i;
    return HTTP_OTHER;
}

static int
count_of(const struct exchange *x, const char *name)
{
    int count = 0;

    for (int i = 0; i < x->header_count; i++)
        count += strcasecmp(x->headers[i].name, name) == 0;
    return count;
}

static bool
plain_value(const char *s)
{
    for (; *s != '\0'; s++)
        if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
            return false;
    return true;
}

/* Names, values and how much of them there is. */
static int
check_headers(const struct exchange *x)
{
    size_t size = 0;

    for (int i = 0; i < x->header_count; i++) {
        const struct http_pair *h = &x->headers[i];

        if (!http_token(h->name) || !plain_value(h->value))
            return 400;
        size += strlen(h->name) + strlen(h->value) + HEADER_EXTRA;
    }
    if (size > HTTP_HEADERS_MAX || x->header_count > HTTP_HEADER_COUNT)
        return 431;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (count_of(x, single[i]) > 1)
            return 400;
    return 0;
}

static int
check_host(const struct exchange *x)
{
    const char *host = request_header(x, "Host");

    if (host == NULL)
        return strcmp(x->version, "HTTP/1.0") == 0 ? 0 : 400;
    return http_host(host) ? 0 : 400;
}

static int
check_length(struct exchange *x, size_t body_max)
{
    const char *length = request_header(x, "Content-Length");

    if (request_header(x, "Transfer-Encoding") != NULL)
        return length != NULL ? 400 : 411;
    if (length == NULL)
        return 0;
    if (!http_length(length, &x->length)) {
        x->length = 0;
        return 400;
    }
    return x->length > body_max ? 413 : 0;
}

/* "text/html; charset=utf-8" is text/html. */
static void
read_media(struct exchange *x)
{
    const char *type = request_header(x, "Content-Type");
    char *media;

    if (type == NULL)
        return;
    media = arena_text_n(x->arena, type, strcspn(type, "; \t"));
    for (char *c = media; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    x->request.media = media;
}

static int
read_target(struct exchange *x, const char *target)
{
    struct request *r = &x->request;
    size_t n = strlen(target), path = strcspn(target, "?");
    char *text = arena_take(x->arena, n + 2);

    if (n > HTTP_TARGET_MAX)
        return 414;
    for (size_t i = 0; i < n; i++)
        if (target[i] <= ' ' || target[i] >= 0x7f || target[i] == '#')
            return 400;
    if (target[0] != '/' || http_decode(target, path, false, text) < 0)
        return 400;
    if (path < n) {
        r->query_count = http_pairs(x->arena, target + path + 1,
                                    n - path - 1, text + path + 1,
                                    &r->query);
        if (r->query_count < 0) {
            r->query_count = 0;
            return 400;
        }
    }
    r->path = text;
    return 0;
}

int
exchange_head(struct exchange *x, const char *method, const char *target,
              size_t body_max)
{
    int status;

    if (strcmp(x->version, "HTTP/1.1") != 0
        && strcmp(x->version, "HTTP/1.0") != 0)
        return 505;
    if (!http_token(method))
        return 400;
    x->request.method = method_of(method);
    if ((status = check_headers(x)) != 0 || (status = check_host(x)) != 0
        || (status = check_length(x, body_max)) != 0)
        return status;
    read_media(x);
    return read_target(x, target);
}
