/* fuzz_http.c - any bytes as a form, as one with files, as a cookie, and as a
 * whole request (target, a header, body): what is taken is valid UTF-8
 * without NUL, and the same when written and read again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "web/http_parse.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
write_text(struct buf *b, const char *s)
{
    for (; *s != '\0'; s++)
        buf_printf(b, "%%%02x", (unsigned char)*s);
}

static void
try_form(const char *s, size_t n)
{
    const struct http_pair *pairs, *again;
    struct arena a;
    struct buf b;
    int count;

    arena_init(&a);
    buf_init(&b, 0);
    count = http_pairs(&a, s, n, arena_take(&a, n + 1), &pairs);
    for (int i = 0; i < count; i++) {
        CHECK(utf8_valid(pairs[i].name, strlen(pairs[i].name), NULL));
        CHECK(utf8_valid(pairs[i].value, strlen(pairs[i].value), NULL));
        write_text(&b, pairs[i].name);
        buf_byte(&b, '=');
        write_text(&b, pairs[i].value);
        buf_byte(&b, '&');
    }
    if (count > 0) {
        CHECK(http_pairs(&a, b.data, b.len, arena_take(&a, b.len + 1),
                         &again) == count);
        for (int i = 0; i < count; i++)
            CHECK(strcmp(pairs[i].name, again[i].name) == 0
                  && strcmp(pairs[i].value, again[i].value) == 0);
    }
    buf_clear(&b);
    arena_clear(&a);
}

/* A form with files, its boundary "x". */
static void
try_parts(const char *s, size_t n)
{
    const struct http_pair *pairs;
    struct arena a;
    int count;

    arena_init(&a);
    count = http_multipart(&a, "multipart/form-data; boundary=x", s, n,
                           arena_take(&a, n + 1), &pairs);
    CHECK(count <= 64);
    for (int i = 0; i < count; i++) {
        CHECK(utf8_valid(pairs[i].name, strlen(pairs[i].name), NULL));
        CHECK(utf8_valid(pairs[i].value, strlen(pairs[i].value), NULL));
        CHECK(strstr(pairs[i].value, "\r\n--x") == NULL);
        CHECK(strchr(pairs[i].name, '"') == NULL);
    }
    arena_clear(&a);
}

static void
try_cookie(const char *header)
{
    const char *value;
    size_t n;

    if (http_cookie(header, "a", &value, &n)) {
        CHECK(value >= header + 2 && value[-1] == '=' && value[-2] == 'a');
        CHECK(n <= strlen(value));
        CHECK(memchr(value, ';', n) == NULL && memchr(value, ' ', n) == NULL);
    }
}

static void
handle(void *ctx, struct exchange *x)
{
    const struct request *r = exchange_request(x);

    (void)ctx;
    CHECK(r->path[0] == '/' && utf8_valid(r->path, strlen(r->path), NULL));
    CHECK(strpbrk(request_header(x, "A"), "\r\n") == NULL);
}

/* Three parts, cut at the first two line ends. */
static void
try_request(char *s, size_t n)
{
    char *header = memchr(s, '\n', n), *body;
    struct http_pair headers[] = {
        { "A", "" },
        { "Content-Type", "application/x-www-form-urlencoded" },
    };
    struct http_app app = { .handle = handle };
    struct exchange *x;
    size_t len;

    if (header == NULL)
        return;
    *header++ = '\0';
    body = memchr(header, '\n', n - (size_t)(header - s));
    if (body == NULL)
        return;
    *body++ = '\0';
    len = n - (size_t)(body - s);
    if (len > HTTP_BODY_MAX)
        return;
    headers[0].value = header;
    x = exchange_fake(HTTP_POST, s, headers, 2, body, len);
    exchange_run(&app, x);
    exchange_free(x);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = mem_take(n + 1);

    memcpy(text, data, n);
    try_form(text, n);
    try_parts(text, n);
    try_cookie(text);
    try_request(text, n);
    free(text);
    return 0;
}
