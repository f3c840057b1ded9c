/* test_page_access.c - accounts, slips, who has access, the log: who may,
 * and of whom. */
#include <stdio.h>
#include <string.h>
#include "web_fixture.h"

static bool
says(const struct web *w, const char *text)
{
    return strstr(w->body, text) != NULL;
}

static void
ends_at_the_next_request(void **state)
{
    struct web w;
    const char *at;
    char path[96];

    (void)state;
    web_start(&w);
    atomic_fetch_add(&w.now_ms, 60 * 1000);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/slips"), 200);
    assert_int_equal(web_get(&w, "arne", "/accounts/lise"), 200);
    at = strstr(w.body, "/accounts/lise/grants/");
    assert_non_null(at);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(at, "\""), at);
    assert_int_equal(web_post(&w, "arne", path, "reason="), 422);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/slips"), 200);
    assert_int_equal(web_post(&w, "arne", path, "reason=sluttet"), 303);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/slips"), 404);
    assert_int_equal(web_get(&w, "lise", "/account"), 200);
    /* Told of afterwards: on the account, and among who had access. */
    assert_int_equal(web_get(&w, "arne", "/accounts/lise"), 200);
    assert_true(says(&w, "sluttet"));
    assert_int_equal(web_get(&w, "petra", "/access"), 200);
    assert_false(says(&w, "lise"));
    assert_int_equal(web_get(&w, "petra", "/access?on=2014-06-01"), 200);
    assert_true(says(&w, "lise") && says(&w, "sluttet"));
    web_stop(&w);
}

static void
gives_nobody_to_himself(void **state)
{
    static const char form[] = "duty=coordinator&place=/&tier=0";
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_post(&w, "arne", "/accounts/arne/grants", form),
                     422);
    assert_int_equal(web_post(&w, "kare", "/accounts/kare/grants", form),
                     403);
    assert_int_equal(web_post(&w, "arne", "/accounts/arne/reset", ""), 403);
    assert_int_equal(web_post(&w, "arne", "/accounts/arne/end", ""), 422);
    assert_int_equal(web_get(&w, "arne", "/accounts"), 200);
    web_stop(&w);
}

/* A duty that asks for a one-time code ends the sessions of who has none. */
static void
makes_who_gets_more_log_in_again(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_post(&w, "arne", "/accounts/siri/grants",
                              "duty=mapper&place=r/nord&tier=1"), 303);
    assert_int_equal(web_get(&w, "siri", "/account"), 200);
    assert_int_equal(web_post(&w, "arne", "/accounts/siri/grants",
                              "duty=analyst&place=r/&tier=0"), 303);
    assert_int_equal(web_get(&w, "siri", "/account"), 303);
    web_stop(&w);
}

static void
refuses_bad_grants(void **state)
{
    static const char *const forms[] = {
        "duty=&place=/", "duty=king&place=/", "duty=mapper&place=/",
        "duty=mapper&place=r/", "duty=mapper&place=r/vest",
        "duty=mapper&place=r9/nord", "duty=analyst&place=r/nord",
        "duty=mapper&place=r/nord&tier=3",
        "duty=mapper&place=r/sor&to=2014-05-01",
        "duty=mapper&place=r/sor&to=i+morgen", "duty=mapper&place=r/nord"
    };
    struct web w;

    (void)state;
    web_start(&w);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        assert_int_equal(web_post(&w, "arne", "/accounts/ola/grants",
                                  forms[i]), 422);
    assert_int_equal(web_post(&w, "arne", "/accounts/nobody/grants",
                              forms[0]), 404);
    web_stop(&w);
}

/* Who gets a slip can be the account: so only within one's own. */
static void
resets_own_mappers_only(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/slips"), 200);
    assert_true(says(&w, "\"mapper-ola\"") && says(&w, "kari"));
    assert_false(says(&w, "mapper-kari") || says(&w, "siri"));
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/ola/reset", ""),
                     200);
    assert_true(says(&w, "slip__code"));
    assert_int_equal(web_get(&w, "ola", "/account"), 303);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/kari/reset",
                              ""), 403);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/siri/reset",
                              ""), 404);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/kare/reset",
                              ""), 404);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/nobody/reset",
                              ""), 404);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/slips",
                              "mapper=kari&mapper=siri"), 422);
    assert_int_equal(web_post(&w, "kare", "/rounds/r/slips",
                              "mapper=kari&mapper=siri"), 200);
    assert_int_equal(web_post(&w, "fremmed", "/rounds/r/mappers/ola/reset",
                              ""), 404);
    assert_int_equal(web_post(&w, "ola", "/rounds/r/mappers/siri/reset", ""),
                     401);
    web_stop(&w);
}

static void
shows_a_leader_the_own_unit(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "lise", "/access"), 200);
    assert_true(says(&w, "ola") && says(&w, "kare"));
    assert_false(says(&w, "siri") || says(&w, "fremmed"));
    assert_int_equal(web_get(&w, "lise", "/access?as=csv"), 200);
    assert_true(says(&w, ";ola;") || says(&w, "\nola;"));
    assert_false(says(&w, "siri"));
    assert_int_equal(web_get(&w, "lise", "/access?round=r2"), 404);
    assert_int_equal(web_get(&w, "lise", "/log?where=r2"), 404);
    assert_int_equal(web_get(&w, "lise", "/log?where=accounts"), 404);
    assert_int_equal(web_get(&w, "lise", "/log"), 200);
    assert_int_equal(web_get(&w, "fremmed", "/log?where=r"), 404);
    assert_int_equal(web_get(&w, "fremmed", "/log?where=accounts"), 404);
    assert_int_equal(web_get(&w, "fremmed", "/access"), 200);
    assert_false(says(&w, "lise"));
    assert_int_equal(web_get(&w, "kari", "/log"), 403);
    web_stop(&w);
}

static void
logs_its_own_searches(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "petra", "/access?as=csv"), 200);
    assert_int_equal(web_get(&w, "petra", "/log?where=r&who=ola"), 200);
    assert_int_equal(web_get(&w, "petra", "/log?where=r&as=csv"), 200);
    assert_int_equal(web_get(&w, "arne", "/log?where=r&who=petra"), 200);
    assert_true(says(&w, "log actor=ola"));
    assert_int_equal(web_get(&w, "arne",
                             "/log?where=r&who=petra&action=export"), 200);
    assert_true(says(&w, "petra") && says(&w, "/log"));
    assert_int_equal(web_get(&w, "arne", "/log?where=accounts&as=csv"), 200);
    assert_true(says(&w, "petra;"));
    assert_string_equal(web_header(&w, "Content-Disposition"),
                        "attachment; filename=\"innsynslogg.csv\"");
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_the_next_request),
        cmocka_unit_test(gives_nobody_to_himself),
        cmocka_unit_test(makes_who_gets_more_log_in_again),
        cmocka_unit_test(refuses_bad_grants),
        cmocka_unit_test(resets_own_mappers_only),
        cmocka_unit_test(shows_a_leader_the_own_unit),
        cmocka_unit_test(logs_its_own_searches),
    };

    return cmocka_run_group_tests_name("page_access", tests, NULL, NULL);
}
