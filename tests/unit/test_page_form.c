/* test_page_form.c - the registration form over the wire: tabs saved without
 * script, autosave, conflicts, faults, finishing, and whose it is. */
#include "web_fixture.h"
#include <stdlib.h>
#include <string.h>

static void
assert_has(struct web *w, const char *text)
{
    if (strstr(w->body, text) == NULL)
        fail_msg("no \"%s\" in %d: %.2000s", text, w->status, w->body);
}

/* The path of a registration that USER begins. */
static const char *
begun(struct web *w, const char *user, int n)
{
    const char *form = arena_printf(&w->arena, "place=nord.1&number=%s",
                                    web_number(w, n));

    assert_int_equal(web_post(w, user, "/rounds/r/register", form), 303);
    assert_non_null(strstr(web_header(w, "Location"), "/registrations/"));
    return arena_text(&w->arena, web_header(w, "Location"));
}

static const char *
join(struct web *w, const char *path, const char *more)
{
    return arena_printf(&w->arena, "%s%s", path, more);
}

static int
patch(struct web *w, const char *user, const char *path, const char *body)
{
    return web_json(w, user, HTTP_PATCH, join(w, "/api/v1", path), body);
}

/* The revision that the form on the page is of. */
static long
seen(struct web *w)
{
    const char *at = strstr(w->body, "name=\"seen\" value=\"");

    assert_non_null(at);
    return strtol(at + strlen("name=\"seen\" value=\""), NULL, 10);
}

static const char *
fields(struct web *w, const char *more)
{
    return arena_printf(&w->arena, "seen=%ld&%s", seen(w), more);
}

static void
test_tabs(void **state)
{
    struct web w;
    const char *path, *tab;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    assert_int_equal(web_get(&w, "kari", path), 303);
    tab = join(&w, path, "/background");
    assert_string_equal(web_header(&w, "Location"), tab);
    assert_int_equal(web_get(&w, "kari", tab), 200);
    assert_has(&w, "value=\"female\" checked");
    assert_int_equal(web_post(&w, "kari", tab, fields(&w,
        "target_group=mental&care=none&go=next")), 303);
    assert_string_equal(web_header(&w, "Location"),
                        join(&w, path, "/cooperation"));
    assert_int_equal(web_get(&w, "kari", tab), 200);
    assert_has(&w, "value=\"mental\" checked");
    assert_has(&w, "name=\"care\" value=\"none\" checked");
    /* A number that can only be 0 is not asked for. */
    assert_has(&w, "id=\"q-care_children\"");
    assert_int_equal(web_get(&w, "kari", join(&w, path, "/start")), 404);
    web_stop(&w);
}

/* What was typed stays, also where it is no answer, and nothing is saved. */
static void
test_fault(void **state)
{
    struct web w;
    const char *tab;

    (void)state;
    web_start(&w);
    tab = join(&w, begun(&w, "kari", 0), "/background");
    assert_int_equal(web_get(&w, "kari", tab), 200);
    assert_int_equal(web_post(&w, "kari", tab, fields(&w,
        "target_group=mental&care=daily&care_children=mange&go=next")), 422);
    assert_has(&w, "value=\"mange\"");
    assert_has(&w, "id=\"faults\"");
    assert_has(&w, "name=\"care\" value=\"daily\" checked");
    assert_int_equal(web_get(&w, "kari", tab), 200);
    assert_null(strstr(w.body, "value=\"mental\" checked"));
    web_stop(&w);
}

/* The form shows what another window saved meanwhile only after it was
 * looked over. */
static void
test_windows(void **state)
{
    struct web w;
    const char *path, *tab, *old;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    tab = join(&w, path, "/background");
    assert_int_equal(web_get(&w, "kari", tab), 200);
    old = fields(&w, "target_group=mental&go=stay");
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"target_group\":\"dual\"},\"was\":"
        "{\"target_group\":\"\"}}"), 200);
    assert_int_equal(web_post(&w, "kari", tab, old), 409);
    assert_has(&w, "value=\"mental\" checked");
    assert_int_equal(web_post(&w, "kari", tab, fields(&w,
        "target_group=mental&go=stay")), 303);
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"target_group\":\"dual\"},\"was\":"
        "{\"target_group\":\"substance\"}}"), 409);
    assert_has(&w, "\"conflicts\":{\"target_group\":\"mental\"}");
    web_stop(&w);
}

/* What follows from several answers is refused at once, in words. */
static void
test_whole(void **state)
{
    struct web w;
    const char *path;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"care\":\"daily\",\"care_children\":\"2\"}}"), 200);
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"care_obs\":\"9\"}}"), 422);
    assert_has(&w, "\"faults\":{\"care_obs\":");
    assert_null(strstr(w.body, "care_children"));
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"care_obs\":\"2\"}}"), 200);
    web_stop(&w);
}

static void
test_ticks(void **state)
{
    struct web w;
    const char *path, *tab;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    tab = join(&w, path, "/services");
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"svc_temp_housing_plain_r\":\"1\"}}"), 200);
    assert_has(&w, "\"also\":{\"services_done\":\"1\"}");
    assert_int_equal(web_get(&w, "kari", tab), 200);
    assert_has(&w, "name=\"services_done\" value=\"1\" checked");
    web_stop(&w);
}

/* Somebody else's is as one that there is not. */
static void
test_others(void **state)
{
    struct web w;
    const char *path, *none, *copy;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    none = "/rounds/r/registrations/12345678-1234-4123-8123-123456789abc";
    assert_int_equal(web_get(&w, "ola", join(&w, none, "/background")), 404);
    copy = arena_text(&w.arena, strstr(w.body, "<main"));
    assert_int_equal(web_get(&w, "ola", join(&w, path, "/background")), 404);
    assert_int_equal(strlen(strstr(w.body, "<main")), strlen(copy));
    assert_int_equal(patch(&w, "ola", path,
        "{\"answers\":{\"economy\":\"3\"}}"), 404);
    assert_int_equal(web_get(&w, "lise", join(&w, path, "/background")),
                     403);
    assert_int_equal(web_get(&w, "arne", join(&w, path, "/background")),
                     403);
    web_stop(&w);
}

static void
test_finish(void **state)
{
    struct web w;
    const char *path;

    (void)state;
    web_start(&w);
    path = begun(&w, "kari", 0);
    assert_int_equal(web_get(&w, "kari", join(&w, path, "/done")), 200);
    assert_null(strstr(w.body, "autofocus"));   /* it is not ready */
    assert_int_equal(patch(&w, "kari", path, "{\"answers\":"
        "{\"target_group\":\"mental\",\"economy\":\"3\"}}"), 200);
    assert_int_equal(web_get(&w, "kari", join(&w, path, "/done")), 200);
    assert_has(&w, "autofocus");
    assert_int_equal(web_post(&w, "kari", join(&w, path, "/finish"),
                              "new=1"), 303);
    assert_string_equal(web_header(&w, "Location"), "/rounds/r/register");
    assert_int_equal(web_post(&w, "kari", join(&w, path, "/state"),
                              "go=withdraw&reason=feil+12345678901"), 422);
    assert_int_equal(web_post(&w, "kari", join(&w, path, "/state"),
                              "go=withdraw&reason=dobbelt"), 303);
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"economy\":\"2\"}}"), 422);
    assert_int_equal(web_post(&w, "kari", join(&w, path, "/state"),
                              "go=restore"), 303);
    assert_int_equal(patch(&w, "kari", path,
        "{\"answers\":{\"economy\":\"2\"}}"), 200);
    web_stop(&w);
}

/* What the unit gave until yesterday comes first; of today nothing moves. */
static void
test_usual(void **state)
{
    struct web w;
    const char *path, *usual, *plain;

    (void)state;
    web_begin(&w);
    w.now_ms += INT64_C(6) * 60 * 60 * 1000;
    web_people(&w);
    web_serve(&w);
    path = begun(&w, "kari", 0);
    assert_int_equal(patch(&w, "kari", path, "{\"answers\":"
        "{\"target_group\":\"mental\",\"economy\":\"3\","
        "\"svc_temp_housing_plain_r\":\"1\"}}"), 200);
    assert_int_equal(web_post(&w, "kari", join(&w, path, "/finish"), ""),
                     303);
    path = begun(&w, "ola", 1);
    for (int day = 0; day < 2; day++) {
        assert_int_equal(web_get(&w, "ola", join(&w, path, "/services")),
                         200);
        plain = strstr(w.body, "data-service=\"temp_housing_followup\"");
        usual = strstr(w.body, "data-service=\"temp_housing_plain\"");
        assert_non_null(plain);
        assert_non_null(usual);
        assert_int_equal(usual < plain, day == 1);
        assert_int_equal(strstr(w.body, "class=\"is-usual\"") != NULL,
                         day == 1);
        /* From six till past midnight in Oslo; the session is seen, and a
         * page that writes waits until that is written. */
        for (int i = 0; i < 10 && day == 0; i++) {
            w.now_ms += INT64_C(40) * 60 * 1000;
            assert_int_equal(web_post(&w, "ola", "/language",
                                      "lang=nb&back=/"), 303);
        }
    }
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tabs),
        cmocka_unit_test(test_fault),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_finish),
        cmocka_unit_test(test_usual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
