/* test_page_progress.c - progress: counts of those one follows, one's own
 * else; overlap of the whole round, after closing, only. */
#include "web_fixture.h"
#include <jansson.h>
#include <string.h>
#include "intake/intake.h"
#include "store/fieldwork.h"

/* Three of nord (one a draft, one whom sor has, too) and two of sor, one of
 * them on tier 3. */
static void
import_people(struct web *w)
{
    static const char csv[] =
        "unit;tier;status;registered_on;pseudonym;target_group;economy\n"
        "nord;1;complete;2014-05-20;00000000000000000000000000000001;"
        "mental;1\n"
        "nord;1;complete;2014-05-21;00000000000000000000000000000002;"
        "mental;1\n"
        "nord;2;draft;;00000000000000000000000000000003;mental;1\n"
        "sor;2;complete;2014-05-20;00000000000000000000000000000001;"
        "mental;1\n"
        "sor;3;complete;2014-05-28;00000000000000000000000000000004;"
        "mental;1\n";

    web_import(w, "r", csv, strlen(csv));
}

static void
plan(struct web *w)
{
    const struct day_slot days[] = {
        { 0, day_from_date(2014, 5, 20), "", "" },
        { 0, day_from_date(2014, 5, 21), "", "" }
    };
    const struct day_slot later[] = {
        { 1, day_from_date(2014, 6, 1), "", "" },
        { 1, day_from_date(2014, 6, 10), "", "" }
    };
    struct round *r;
    struct err e = { 0 };

    web_ok(round_load(w->s, "r", &w->arena, &r, &e), &e);
    web_ok(slot_set(w->s, &web_maker, r, 0, days, 2, &e), &e);
    web_ok(slot_set(w->s, &web_maker, r, 1, later, 2, &e), &e);
    web_ok(expected_set(w->s, &web_maker, r, 0, 1, 10, &e), &e);
    web_ok(expected_set(w->s, &web_maker, r, 1, 2, 5, &e), &e);
}

static void
begin(struct web *w, bool closed)
{
    struct err e = { 0 };

    web_begin(w);
    web_people(w);
    web_account(w, "ruth", DUTY_RESOURCE, "r", "sor");
    web_ok(store_commit(w->s, &e), &e);
    import_people(w);
    web_ok(store_begin(w->s, &e), &e);
    plan(w);
    if (closed)
        web_close(w, "r");
    web_serve(w);
}

static json_t *
get(struct web *w, const char *user)
{
    json_t *j;

    assert_int_equal(web_get(w, user, "/api/v1/rounds/r/progress"), 200);
    j = json_loads(w->body, 0, NULL);
    assert_non_null(j);
    return j;
}

/* KEY of the row of UNIT and TIER; -2: there is no such row, -1: null. */
static json_int_t
count_of(const json_t *j, const char *unit, int tier, const char *key)
{
    const json_t *row, *n;
    size_t i;

    json_array_foreach(json_object_get(j, "units"), i, row) {
        if (strcmp(json_string_value(json_object_get(row, "unit")), unit)
            != 0
            || json_integer_value(json_object_get(row, "tier")) != tier)
            continue;
        n = json_object_get(row, key);
        return json_is_null(n) ? -1 : json_integer_value(n);
    }
    return -2;
}

static json_t *
all_of(const json_t *j, const char *key)
{
    return json_object_get(json_object_get(j, "all"), key);
}

static void
test_all(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w, false);
    j = get(&w, "kare");
    assert_int_equal(count_of(j, "nord", 1, "expected"), 10);
    assert_int_equal(count_of(j, "nord", 1, "done"), 2);
    assert_int_equal(count_of(j, "nord", 1, "left"), 8);
    assert_int_equal(count_of(j, "nord", 2, "started"), 1);
    assert_int_equal(count_of(j, "nord", 2, "expected"), -1);
    assert_int_equal(count_of(j, "nord", 2, "left"), -1);
    assert_int_equal(count_of(j, "sor", 2, "done"), 1);
    assert_int_equal(count_of(j, "sor", 3, "done"), 1);
    assert_int_equal(count_of(j, "ost", 1, "done"), 0);
    assert_int_equal(json_integer_value(all_of(j, "done")), 4);
    assert_true(json_is_null(all_of(j, "superseded")));
    json_decref(j);
    assert_int_equal(web_get(&w, "kare", "/rounds/r/progress"), 200);
    assert_non_null(strstr(w.body, "Trenger oppf\u00f8lging"));
    assert_non_null(strstr(w.body, "8 er ikke registrert"));
    assert_non_null(strstr(w.body, "1 p\u00e5begynte"));
    assert_null(strstr(w.body, "Overlapp"));
    assert_int_equal(web_get(&w, "kare", "/rounds/r/progress.csv"), 200);
    assert_non_null(strstr(w.body, "\nnord;1;done;;2\n"));
    assert_non_null(strstr(w.body, "\nnord;1;done_on;2014-05-21;1\n"));
    assert_non_null(strstr(w.body, "\nnord;2;left;;\n"));
    web_stop(&w);
}

static void
test_unit(void **state)
{
    static const char *const ways[] = {
        "/rounds/r/progress", "/rounds/r/progress.csv",
        "/api/v1/rounds/r/progress"
    };
    struct web w;
    json_t *j;

    (void)state;
    begin(&w, false);
    j = get(&w, "lise");
    assert_int_equal(count_of(j, "nord", 1, "done"), 2);
    assert_int_equal(count_of(j, "sor", 2, "done"), -2);
    json_decref(j);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(web_get(&w, "lise", ways[i]), 200);
        assert_null(strstr(w.body, "S\u00f8r"));
        assert_null(strstr(w.body, "\nsor;"));
        assert_null(strstr(w.body, "\"sor\""));
        /* Its day is not today. */
        assert_int_equal(web_get(&w, "rune", ways[i]), 403);
        assert_int_equal(web_get(&w, "anders", ways[i]), 403);
        assert_int_equal(web_get(&w, "fremmed", ways[i]), 404);
    }
    j = get(&w, "ruth");
    assert_int_equal(count_of(j, "sor", 2, "done"), 1);
    assert_int_equal(count_of(j, "nord", 1, "done"), -2);
    json_decref(j);
    web_stop(&w);
}

/* A mapper has his own, of which there are none here, and nobody else's. */
static void
test_own(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w, false);
    j = get(&w, "kari");
    assert_true(json_is_true(json_object_get(j, "own")));
    assert_int_equal(count_of(j, "nord", 1, "done"), -2);
    assert_int_equal(json_integer_value(all_of(j, "done")), 0);
    json_decref(j);
    web_stop(&w);
}

/* Who leads one unit and maps for another sees the sums of the first. */
static void
test_both(void **state)
{
    struct err e = { 0 };
    struct web w;
    json_t *j;

    (void)state;
    web_begin(&w);
    web_people(&w);
    web_grant(&w, "lise", DUTY_MAPPER, "r", "sor", 0);
    web_ok(store_commit(w.s, &e), &e);
    import_people(&w);
    web_ok(store_begin(w.s, &e), &e);
    web_serve(&w);
    j = get(&w, "lise");
    assert_int_equal(count_of(j, "nord", 1, "done"), 2);
    assert_int_equal(count_of(j, "sor", 2, "done"), -2);
    assert_int_equal(json_integer_value(all_of(j, "done")), 2);
    json_decref(j);
    web_stop(&w);
}

static void
test_closed(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w, true);
    j = get(&w, "kare");
    assert_int_equal(json_integer_value(all_of(j, "superseded")), 1);
    json_decref(j);
    j = get(&w, "lise");
    assert_true(json_is_null(all_of(j, "superseded")));
    json_decref(j);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/progress"), 200);
    assert_null(strstr(w.body, "Overlapp"));
    assert_int_equal(web_get(&w, "kare", "/rounds/r/progress"), 200);
    assert_non_null(strstr(w.body, "Overlapp"));
    assert_null(strstr(w.body, "Trenger oppf\u00f8lging"));
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_unit),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_both),
        cmocka_unit_test(test_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
