/* test_http.c - requests decoded, guarded and answered, without a socket.
 * What travels is in tests/web/http_test.py. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "web/http.h"
#include "web/http_parse.h"
#include "web/pool.h"

#define FORM "application/x-www-form-urlencoded"

struct seen {
    int handled, logged, refused, status;
    void (*act)(struct exchange *x);
};

static void
handle(void *ctx, struct exchange *x)
{
    struct seen *seen = ctx;

    seen->handled++;
    if (seen->act != NULL)
        seen->act(x);
}

static void
count_log(void *ctx, const struct exchange *x, int status, int64_t micros)
{
    struct seen *seen = ctx;

    assert_int_equal(strlen(exchange_request(x)->id), HTTP_ID - 1);
    assert_true(micros >= 0);
    seen->logged++;
    seen->status = status;
}

static void
count_refuse(void *ctx, struct exchange *x, int status)
{
    struct seen *seen = ctx;

    seen->refused = status;
    buf_text(&exchange_response(x)->body, "refused");
}

static struct http_app
app_of(struct seen *seen)
{
    return (struct http_app){ .handle = handle, .log = count_log,
                              .refuse = count_refuse, .ctx = seen };
}

/* Runs a GET of TARGET; the exchange is to be freed. */
static struct exchange *
run(enum http_method method, const char *target, const char *media,
    const char *body, struct seen *seen)
{
    struct http_pair type = { "Content-Type", media };
    struct http_app app = app_of(seen);
    struct exchange *x = exchange_fake(method, target, &type,
                                       media != NULL, body,
                                       body != NULL ? strlen(body) : 0);

    exchange_run(&app, x);
    return x;
}

static void
decodes(void **state)
{
    static const struct {
        const char *in, *query, *form;  /* NULL: refused */
    } cases[] = {
        { "", "", "" },
        { "abc", "abc", "abc" },
        { "a+b", "a+b", "a b" },
        { "%41%62%7e", "Ab~", "Ab~" },
        { "%C3%A6%c3%b8", "æø", "æø" },
        { "%f0%9f%8c%b2", "🌲", "🌲" },
        { "%0d%0a%09", "\r\n\t", "\r\n\t" },
        { "%2B%25%2f", "+%/", "+%/" },
        { "æ", "æ", "æ" },
        { "%", NULL, NULL }, { "%4", NULL, NULL }, { "a%g1", NULL, NULL },
        { "%1g", NULL, NULL }, { "%%41", NULL, NULL },
        { "% 41", NULL, NULL }, { "%00", NULL, NULL },
        { "a%00b", NULL, NULL }, { "%ff", NULL, NULL },
        { "%c3", NULL, NULL }, { "%c0%80", NULL, NULL },
        { "%ed%a0%80", NULL, NULL }, { "\xe6", NULL, NULL },
    };
    char out[64];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int plus = 0; plus < 2; plus++) {
            const char *want = plus ? cases[i].form : cases[i].query;
            long n = http_decode(cases[i].in, strlen(cases[i].in), plus,
                                 out);

            assert_int_equal(n, want != NULL ? (long)strlen(want) : -1);
            if (want != NULL)
                assert_string_equal(out, want);
        }
    assert_int_equal(http_decode("a\0b", 3, false, out), -1);
}

/* Pairs as text: name=value, each in brackets. */
static const char *
pairs_text(struct arena *a, const struct http_pair *pairs, int count)
{
    const char *all = count < 0 ? "refused" : "";

    for (int i = 0; i < count; i++)
        all = arena_printf(a, "%s[%s=%s]", all, pairs[i].name,
                           pairs[i].value);
    return all;
}

static const char *
pairs_of(struct arena *a, const char *text)
{
    const struct http_pair *pairs;
    int count = http_pairs(a, text, strlen(text),
                           arena_take(a, strlen(text) + 1), &pairs);

    return pairs_text(a, pairs, count);
}

static void
splits_pairs(void **state)
{
    static const char *const cases[][2] = {
        { "", "" }, { "&", "" }, { "&&&", "" },
        { "a", "[a=]" }, { "a=", "[a=]" }, { "=", "[=]" }, { "=b", "[=b]" },
        { "a=b", "[a=b]" }, { "a=b=c", "[a=b=c]" },
        { "a=1&b=2", "[a=1][b=2]" }, { "a=1&a=2&a", "[a=1][a=2][a=]" },
        { "&a&&b&", "[a=][b=]" },
        { "a%3db=c%26d", "[a=b=c&d]" }, { "a+b=c+d", "[a b=c d]" },
        { "a=%", "refused" }, { "%=a", "refused" }, { "a=1&b=%zz", "refused" },
        { "a=%c3&b=%a6", "refused" }, { "%c3=%a6", "refused" },
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(pairs_of(&a, cases[i][0]), cases[i][1]);
    arena_clear(&a);
}

#define PART "--x\r\nContent-Disposition: form-data; name=\"a\""

/* A form with files; the boundary is x. */
static void
splits_parts(void **state)
{
    static const char type[] = "multipart/form-data; boundary=x";
    static const struct { const char *type, *body, *want; } cases[] = {
        { type, "--x--", "" }, { type, "--x--\r\n", "" },
        { type, PART "\r\n\r\n1\r\n--x--\r\n", "[a=1]" },
        { type, PART "\r\n\r\n\r\n--x--", "[a=]" },
        { type, PART "; filename=\"b\"\r\nContent-Type: text/plain\r\n"
          "\r\n1\r\n--y\r\n\r\n--x--", "[a=1\r\n--y\r\n]" },
        { type, PART "\r\n\r\n1\r\n" PART "\r\n\r\n2\r\n--x--",
          "[a=1][a=2]" },
        { "multipart/form-data; charset=utf-8; boundary=\"x\"", "--x--",
          "" },
        { "multipart/form-data", "--x--", "refused" },
        { "multipart/form-data; boundary=", "----", "refused" },
        { type, "", "refused" }, { type, "--x", "refused" },
        { type, " --x--", "refused" }, { type, "--x--\r\n ", "refused" },
        { type, PART "\r\n\r\n1", "refused" },
        { type, PART "\r\n\r\n1\r\n--x", "refused" },
        { type, PART "\r\n\r\n1\r\n--xy--", "refused" },
        { type, "--x\r\n\r\n1\r\n--x--", "refused" },
        { type, "--x\r\nContent-Type: a\r\n\r\n1\r\n--x--", "refused" },
        { type, "--x\r\nContent-Disposition: attachment; name=\"a\""
          "\r\n\r\n1\r\n--x--", "refused" },
        { type, PART "\r\n\r\n\xe6\r\n--x--", "refused" },
        { type, PART "\n\n1\r\n--x--", "refused" },
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct http_pair *pairs;
        size_t n = strlen(cases[i].body);
        int count = http_multipart(&a, cases[i].type, cases[i].body, n,
                                   arena_take(&a, n + 1), &pairs);

        assert_string_equal(pairs_text(&a, pairs, count), cases[i].want);
    }
    arena_clear(&a);
}

/* Not one more than there is room for, nor a NUL. */
static void
counts_parts(void **state)
{
    static const char type[] = "multipart/form-data; boundary=x";
    char body[65 * 64] = "", nul[] = PART "\r\n\r\n1\r\n--x--";
    const struct http_pair *pairs;
    struct arena a;
    size_t n;

    (void)state;
    arena_init(&a);
    for (int i = 0; i < 64; i++)
        strcat(body, PART "\r\n\r\n\r\n");
    n = strlen(body);
    strcpy(body + n, "--x--");
    assert_int_equal(http_multipart(&a, type, body, n + 5,
                                    arena_take(&a, n + 6), &pairs), 64);
    strcpy(body + n, PART "\r\n\r\n\r\n--x--");
    n = strlen(body);
    assert_int_equal(http_multipart(&a, type, body, n,
                                    arena_take(&a, n + 1), &pairs), -1);
    *strchr(nul, '1') = '\0';
    assert_int_equal(http_multipart(&a, type, nul, sizeof nul - 1,
                                    arena_take(&a, sizeof nul), &pairs), -1);
    arena_clear(&a);
}

static void
finds_cookies(void **state)
{
    static const struct {
        const char *header, *value;     /* of "a"; NULL: none */
    } cases[] = {
        { "", NULL }, { "a", NULL }, { "a=", "" }, { "a=1", "1" },
        { "b=2; a=1", "1" }, { "b=2;a=1;c", "1" }, { " a=1 ; b=2", "1" },
        { "a=1; a=2", "1" }, { "aa=1", NULL }, { "A=1", NULL },
        { "b=a=1", NULL }, { "a=b=c", "b=c" }, { "a=1 2", NULL },
        { "a=\xc3\xa6", NULL }, { "a=\"1\"", "\"1\"" },
        { ";;; a=1;", "1" }, { "a =1", NULL },
    };
    const char *value;
    size_t n;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool found = http_cookie(cases[i].header, "a", &value, &n);

        assert_int_equal(found, cases[i].value != NULL);
        if (!found)
            continue;
        assert_int_equal(n, strlen(cases[i].value));
        assert_memory_equal(value, cases[i].value, n);
    }
}

static void
reads_lengths(void **state)
{
    static const char *const bad[] = {
        "", "-1", "+1", " 1", "1 ", "0x1", "1,1", "1.0",
        "1234567890123456789",
    };
    uint64_t n;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(http_length(bad[i], &n));
    assert_true(http_length("0", &n) && n == 0);
    assert_true(http_length("007", &n) && n == 7);
    assert_true(http_length("999999999999999999", &n)
                && n == 999999999999999999);
}

static void
check_request(struct exchange *x)
{
    const struct request *r = exchange_request(x);

    assert_int_equal(r->method, HTTP_POST);
    assert_string_equal(r->path, "/rounds/æ");
    assert_int_equal(r->query_count, 2);
    assert_string_equal(request_query(r, "a"), "1");
    assert_string_equal(request_query(r, "b"), "x y");
    assert_null(request_query(r, "c"));
    assert_int_equal(r->form_count, 2);
    assert_string_equal(request_form(r, "name"), "Kåre");
    assert_null(request_form(r, "a"));
    assert_string_equal(r->body, "name=K%C3%A5re&name=2");
    assert_int_equal(r->body_len, strlen(r->body));
    assert_string_equal(r->media, FORM);
    assert_false(r->secure);
    assert_string_equal(request_header(x, "content-TYPE"),
                        "Application/X-WWW-Form-urlencoded; charset=utf-8");
    assert_string_equal(request_header(x, "host"), "localhost");
    assert_null(request_header(x, "cookie"));
    assert_null(request_cookie(x, "session"));
    exchange_response(x)->status = 422;
}

static void
reads_a_request(void **state)
{
    struct seen seen = { .act = check_request };
    struct exchange *x = run(
        HTTP_POST, "/rounds/%C3%A6?a=1&b=x+y",
        "Application/X-WWW-Form-urlencoded; charset=utf-8",
        "name=K%C3%A5re&name=2", &seen);

    (void)state;
    assert_int_equal(seen.handled, 1);
    assert_int_equal(seen.logged, 1);
    assert_int_equal(seen.status, 422);
    assert_int_equal(exchange_response(x)->status, 422);
    assert_string_equal(exchange_response(x)->media,
                        "text/html; charset=utf-8");
    exchange_free(x);
    exchange_free(NULL);
}

static void
check_json(struct exchange *x)
{
    const struct request *r = exchange_request(x);

    assert_string_equal(r->media, "application/json");
    assert_string_equal(r->body, "{\"a\":\"%\"}");
    assert_int_equal(r->form_count, 0);
}

static void
leaves_other_bodies(void **state)
{
    struct seen seen = { .act = check_json };

    (void)state;
    exchange_free(run(HTTP_PATCH, "/", "application/json", "{\"a\":\"%\"}",
                      &seen));
    assert_int_equal(seen.handled, 1);
}

static void
guards(void **state)
{
    static const struct {
        int status;
        const char *target;
        struct http_pair headers[2];
    } cases[] = {
        { 200, "/", { { "A", "b" }, { "B", "c" } } },
        { 200, "/?%26", { { "A", "b" }, { "B", "\xe6" } } },
        { 400, "/", { { "Host", "a" }, { "Host", "a" } } },
        { 400, "/", { { "Host", "a/b" }, { "A", "" } } },
        { 400, "/", { { "Host", "" }, { "A", "" } } },
        { 400, "/", { { "Content-Length", "0" },
                      { "content-length", "0" } } },
        { 400, "/", { { "Content-Length", "0" },
                      { "Transfer-Encoding", "chunked" } } },
        { 400, "/", { { "Content-Length", "0x" }, { "A", "" } } },
        { 411, "/", { { "Transfer-Encoding", "chunked" }, { "A", "" } } },
        { 413, "/", { { "Content-Length", "262145" }, { "A", "" } } },
        { 400, "/", { { "A b", "" }, { "A", "" } } },
        { 400, "/", { { "", "" }, { "A", "" } } },
        { 400, "/", { { "A", "\n" }, { "A", "" } } },
        { 400, "/", { { "Content-Type", "a" }, { "Content-Type", "b" } } },
        { 400, "/", { { "Authorization", "a" }, { "Authorization", "a" } } },
        { 400, "", { { "A", "" }, { "B", "" } } },
        { 400, "a", { { "A", "" }, { "B", "" } } },
        { 400, "*", { { "A", "" }, { "B", "" } } },
        { 400, "/#a", { { "A", "" }, { "B", "" } } },
        { 400, "/%", { { "A", "" }, { "B", "" } } },
        { 400, "/?a=%0", { { "A", "" }, { "B", "" } } },
        { 400, "/\x7f", { { "A", "" }, { "B", "" } } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen = { 0 };
        struct http_app app = app_of(&seen);
        struct exchange *x = exchange_fake(HTTP_GET, cases[i].target,
                                           cases[i].headers, 2, NULL, 0);

        assert_int_equal(exchange_run(&app, x), cases[i].status);
        assert_int_equal(seen.handled, cases[i].status == 200);
        if (cases[i].status != 200) {
            assert_int_equal(seen.refused, cases[i].status);
            assert_string_equal(buf_string(&exchange_response(x)->body),
                                "refused");
        }
        exchange_free(x);
    }
}

static void
refuses_bad_forms(void **state)
{
    static const char *const bad[] = { "a=%", "a=%00", "a=%ff", "\xe6" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct seen seen = { 0 };
        struct exchange *x = run(HTTP_POST, "/", FORM, bad[i], &seen);

        assert_int_equal(seen.handled, 0);
        assert_int_equal(seen.refused, 400);
        exchange_free(x);
    }
}

static void
limits(void **state)
{
    struct seen seen = { 0 };
    char *target = mem_take(HTTP_TARGET_MAX + 2);
    char *value = mem_take(HTTP_HEADERS_MAX + 1);
    struct http_pair header = { "A", value };
    struct http_app app = app_of(&seen);
    struct exchange *x;

    (void)state;
    memset(target, '/', HTTP_TARGET_MAX + 1);
    exchange_free(run(HTTP_GET, target, NULL, NULL, &seen));
    assert_int_equal(seen.refused, 414);
    target[HTTP_TARGET_MAX] = '\0';
    exchange_free(run(HTTP_GET, target, NULL, NULL, &seen));
    assert_int_equal(seen.handled, 1);
    memset(value, 'a', HTTP_HEADERS_MAX);
    x = exchange_fake(HTTP_GET, "/", &header, 1, NULL, 0);
    assert_int_equal(exchange_run(&app, x), 431);
    exchange_free(x);
    free(target);
    free(value);
}

static void
add_headers(struct exchange *x)
{
    response_header(x, "Set-Cookie", "a=1");
    response_header(x, "X-File", "a\r\nSet-Cookie: evil=1");
    response_header(x, "set-cookie", "b=2");
}

static void
puts_headers(void **state)
{
    struct seen seen = { .act = add_headers };
    struct exchange *x = run(HTTP_GET, "/", NULL, NULL, &seen);

    (void)state;
    assert_string_equal(response_header_at(x, "Set-Cookie", 0), "a=1");
    assert_string_equal(response_header_at(x, "Set-Cookie", 1), "b=2");
    assert_null(response_header_at(x, "Set-Cookie", 2));
    assert_string_equal(response_header_at(x, "X-File", 0),
                        "a  Set-Cookie: evil=1");
    exchange_free(x);
}

static const char *redirect_to;

static void
redirect(struct exchange *x)
{
    buf_text(&exchange_response(x)->body, "gone");
    response_redirect(x, redirect_to);
}

static void
redirects_here_only(void **state)
{
    static const char *const cases[][2] = {
        { "/a?b=c", "/a?b=c" }, { "/", "/" }, { "//evil", "/" },
        { "/\\evil", "/" }, { "https://evil/", "/" }, { "", "/" },
    };
    struct seen seen = { .act = redirect };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct exchange *x;

        redirect_to = cases[i][0];
        x = run(HTTP_POST, "/", NULL, NULL, &seen);
        assert_int_equal(exchange_response(x)->status, 303);
        assert_int_equal(exchange_response(x)->body.len, 0);
        assert_string_equal(response_header_at(x, "location", 0),
                            cases[i][1]);
        exchange_free(x);
    }
}

static void
fail_body(struct exchange *x)
{
    exchange_response(x)->body.failed = true;
    response_header(x, "Set-Cookie", "a=1");
}

static void
fails_whole(void **state)
{
    struct seen seen = { .act = fail_body };
    struct exchange *x = run(HTTP_GET, "/", NULL, NULL, &seen);

    (void)state;
    assert_int_equal(seen.refused, 500);
    assert_int_equal(seen.status, 500);
    assert_null(response_header_at(x, "Set-Cookie", 0));
    exchange_free(x);
}

static void
work(void *ctx, struct exchange *x)
{
    buf_text(&exchange_response(x)->body, ctx);
}

static void
defer(struct exchange *x)
{
    exchange_defer(x, work, (void *)(uintptr_t)"worked");
}

static void *
send_later(void *arg)
{
    struct exchange *x = arg;

    nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
    buf_text(&exchange_response(x)->body, "sent");
    exchange_send(x);
    return NULL;
}

static void
hold(struct exchange *x)
{
    pthread_t thread;

    exchange_hold(x);
    assert_int_equal(pthread_create(&thread, NULL, send_later, x), 0);
    pthread_detach(thread);
}

static void
hold_work(void *ctx, struct exchange *x)
{
    (void)ctx;
    hold(x);
}

static void
defer_hold(struct exchange *x)
{
    exchange_defer(x, hold_work, NULL);
}

static void
send_early(struct exchange *x)
{
    exchange_hold(x);
    buf_text(&exchange_response(x)->body, "early");
    exchange_send(x);
}

static void
answers_later(void **state)
{
    static const struct {
        void (*act)(struct exchange *x);
        const char *body;
    } cases[] = {
        { defer, "worked" }, { hold, "sent" }, { defer_hold, "sent" },
        { send_early, "early" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen = { .act = cases[i].act };
        struct exchange *x = run(HTTP_GET, "/", NULL, NULL, &seen);

        assert_string_equal(buf_string(&exchange_response(x)->body),
                            cases[i].body);
        assert_int_equal(seen.logged, 1);
        exchange_free(x);
    }
}

static int freed;

static void
count_freed(void *data)
{
    freed += *(int *)data;
}

static void
keeps_one(void **state)
{
    int one = 1, ten = 10;
    struct exchange *x = exchange_fake(HTTP_GET, "/", NULL, 0, NULL, 0);

    (void)state;
    freed = 0;
    assert_null(exchange_kept(x));
    exchange_keep(x, &one, count_freed);
    assert_ptr_equal(exchange_kept(x), &one);
    exchange_keep(x, &ten, count_freed);
    assert_int_equal(freed, 1);
    exchange_free(x);
    assert_int_equal(freed, 11);
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_moved = PTHREAD_COND_INITIALIZER;
static bool gate_open;
static int ran, dropped, inside;

static void
job(void *arg, bool work_it)
{
    (void)arg;
    pthread_mutex_lock(&gate);
    inside++;
    pthread_cond_broadcast(&gate_moved);
    while (work_it && !gate_open)
        pthread_cond_wait(&gate_moved, &gate);
    ran += work_it;
    dropped += !work_it;
    pthread_mutex_unlock(&gate);
}

static void
open_gate(bool open)
{
    pthread_mutex_lock(&gate);
    gate_open = open;
    pthread_cond_broadcast(&gate_moved);
    pthread_mutex_unlock(&gate);
}

/* A pool of one thread that stands in a job, two more waiting. */
static struct pool *
full_pool(void)
{
    struct err e = { 0 };
    struct pool *p = pool_start(1, 2, &e);

    assert_non_null(p);
    ran = dropped = inside = 0;
    open_gate(false);
    assert_true(pool_put(p, job, NULL));
    pthread_mutex_lock(&gate);
    while (inside == 0)
        pthread_cond_wait(&gate_moved, &gate);
    pthread_mutex_unlock(&gate);
    assert_true(pool_put(p, job, NULL));
    assert_true(pool_put(p, job, NULL));
    assert_false(pool_put(p, job, NULL));
    return p;
}

static void
fills_the_pool(void **state)
{
    struct pool *p = full_pool();

    (void)state;
    open_gate(true);
    while (!pool_put(p, job, NULL))
        sched_yield();
    for (bool all = false; !all; sched_yield()) {
        pthread_mutex_lock(&gate);
        all = ran == 4;
        pthread_mutex_unlock(&gate);
    }
    assert_true(pool_stop(p, 1000));
    assert_int_equal(ran, 4);
    assert_int_equal(dropped, 0);
}

static void
stops_the_pool(void **state)
{
    /* Never freed, for a thread may still be in it; known to the leak
     * sanitizer by this name, which the compiler must keep in memory. */
    static struct pool *volatile left;

    (void)state;
    left = full_pool();
    assert_false(pool_stop(left, 50));
    assert_int_equal(dropped, 2);
    open_gate(true);
    assert_true(pool_stop(NULL, 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),
        cmocka_unit_test(splits_pairs),
        cmocka_unit_test(splits_parts), cmocka_unit_test(counts_parts),
        cmocka_unit_test(finds_cookies),
        cmocka_unit_test(reads_lengths),
        cmocka_unit_test(reads_a_request),
        cmocka_unit_test(leaves_other_bodies),
        cmocka_unit_test(guards),
        cmocka_unit_test(refuses_bad_forms),
        cmocka_unit_test(limits),
        cmocka_unit_test(puts_headers),
        cmocka_unit_test(redirects_here_only),
        cmocka_unit_test(fails_whole),
        cmocka_unit_test(answers_later),
        cmocka_unit_test(keeps_one),
        cmocka_unit_test(fills_the_pool),
        cmocka_unit_test(stops_the_pool),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
