/* test_asset.c - what the browser fetches: addresses, and what they name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>
#include "web/asset.h"

/* NAME with the first twelve digits of its content's SHA-256. */
static void
put_expected(const struct asset *a, char url[96])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    const char *dot = strrchr(a->name, '.');

    crypto_hash_sha256(hash, a->bytes, a->len);
    snprintf(url, 96, "/assets/%.*s-%02x%02x%02x%02x%02x%02x%s",
             (int)(dot - a->name), a->name, hash[0], hash[1], hash[2],
             hash[3], hash[4], hash[5], dot);
}

static void
test_every_address_holds_its_hash(void **state)
{
    const struct asset *a;
    char url[96];
    int count = 0;

    (void)state;
    for (; (a = asset_at(count)) != NULL; count++) {
        put_expected(a, url);
        assert_string_equal(a->url, url);
        assert_string_equal(asset_url(a->name), url);
        assert_ptr_equal(asset_find(url), a);
        assert_true(a->len > 0);
    }
    assert_true(count >= 4);    /* style, script, two fonts at least */
    assert_null(asset_at(-1));
    assert_null(asset_at(count));
}

static void
test_what_is_not_there(void **state)
{
    static const char *const paths[] = {
        "", "/", "/assets/", "/assets/app.css", "app.css",
        "/assets/app-000000000000.css", "/assets/app.css.gz",
        "/assets/../app.css", "/assets/README.md",
    };
    char near[96];

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_null(asset_find(paths[i]));
    snprintf(near, sizeof near, "%s?", asset_url("app.css"));
    assert_null(asset_find(near));
}

static void
test_media_and_packing(void **state)
{
    static const struct { const char *name, *media; int packed; } cases[] = {
        { "app.css", "text/css; charset=utf-8", 1 },
        { "app.js", "text/javascript; charset=utf-8", 1 },
        { "report.css", "text/css; charset=utf-8", 1 },
        { "inter.woff2", "font/woff2", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct asset *a = asset_find(asset_url(cases[i].name));
        const unsigned char *gzip = a->gzip;

        assert_string_equal(a->media, cases[i].media);
        assert_int_equal(gzip != NULL, cases[i].packed);
        if (!cases[i].packed)
            continue;
        assert_true(a->gzip_len < a->len);
        assert_int_equal(gzip[0], 0x1f);
        assert_int_equal(gzip[1], 0x8b);
        /* how long it is unpacked stands in the last four bytes */
        assert_int_equal(gzip[a->gzip_len - 4]
                         | gzip[a->gzip_len - 3] << 8
                         | gzip[a->gzip_len - 2] << 16, a->len);
    }
}

/* A style sheet fetches nothing but what is carried: the policy of the pages
 * would stop it, and there is no other host in a closed zone. */
static void
test_style_names_only_what_is_carried(void **state)
{
    const struct asset *css = asset_find(asset_url("app.css"));
    const char *at = css->bytes;
    int fonts = 0;

    (void)state;
    assert_null(strstr(at, "@import"));
    while ((at = strstr(at, "url(")) != NULL) {
        char url[96];

        at += strlen("url(");
        if (strncmp(at, "data:", 5) == 0 || strncmp(at, "\"data:", 6) == 0)
            continue;
        snprintf(url, sizeof url, "/assets/%.*s", (int)strcspn(at, ")"), at);
        assert_non_null(asset_find(url));
        fonts++;
    }
    assert_int_equal(fonts, 2);
}

/* The style, script and the font that every page takes leave 20 kB of the
 * first page's 100 to the page itself. */
static void
test_first_page_is_small(void **state)
{
    (void)state;
    assert_true(asset_find(asset_url("app.css"))->gzip_len
                + asset_find(asset_url("app.js"))->gzip_len
                + asset_find(asset_url("inter.woff2"))->len < 80000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_address_holds_its_hash),
        cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_media_and_packing),
        cmocka_unit_test(test_style_names_only_what_is_carried),
        cmocka_unit_test(test_first_page_is_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
