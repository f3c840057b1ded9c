/* test_page_results.c - results and tables: who gets which, what is hidden,
 * and that what identifies can be asked for nowhere.
 *
 * The closed round r has 22 complete registrations: 15 of nord (13 women and
 * 2 men) and 7 of sor (all women), one of whom nord has too, so that 21
 * count. */
#include "web_fixture.h"
#include <jansson.h>
#include <string.h>
#include <unistd.h>
#include "intake/intake.h"
#include "store/fieldwork.h"

enum { NORD = 15, MEN = 2, SOR = 7 };

#define REPORT "/rounds/r/report/"
#define API "/api/v1/rounds/r/"

/* A registration of person WHO in UNIT. */
static void
put_row(struct buf *csv, int who, const char *unit, int tier,
        const char *sex)
{
    buf_printf(csv, "%s;%d;%032x;%s;1980;mental;1;5;3;1;2;3;4;0\n", unit,
               tier, who, sex);
}

static void
import_people(struct web *w)
{
    struct buf csv;

    buf_init(&csv, 0);
    buf_text(&csv, "unit;tier;pseudonym;sex;birth_year;target_group;economy;"
             "mental;physical;housing;social;network;activity;ip\n");
    for (int i = 0; i < NORD; i++)
        put_row(&csv, i + 1, "nord", 1, i < MEN ? "male" : "female");
    for (int i = 0; i < SOR; i++)
        put_row(&csv, NORD + i, "sor", 2, "female");
    assert_int_equal(web_import(w, "r", csv.data, csv.len), NORD + SOR);
    buf_clear(&csv);
}

static void
begin(struct web *w)
{
    struct err e = { 0 };

    web_begin(w);
    web_people(w);
    web_ok(store_commit(w->s, &e), &e);
    import_people(w);
    web_ok(store_begin(w->s, &e), &e);
    web_close(w, "r");
    web_serve(w);
}

static bool
has(const struct web *w, const char *text)
{
    return strstr(w->body, text) != NULL;
}

#define assert_has(w, text) \
    do { \
        if (!has((w), (text))) \
            fail_msg("no \"%s\" in %d: %s", (text), (w)->status, \
                     (w)->body); \
    } while (0)

static void
assert_status(struct web *w, const char *user, const char *target, int status)
{
    if (web_get(w, user, target) != status)
        fail_msg("%s %s: %d, not %d: %.400s", user, target, w->status,
                 status, w->body);
}

static json_t *
get_json(struct web *w, const char *user, const char *target)
{
    json_t *j;

    assert_status(w, user, target, 200);
    j = json_loads(w->body, 0, NULL);
    assert_non_null(j);
    return j;
}

/* ---- what identifies ---- */

static void
test_identifying(void **state)
{
    static const char *const ids[] = {
        "units_serving", "subunit", "professional", "case_code", "ident"
    };
    static const char *const targets[] = {
        "/rounds/r/tables?rows=%s", "/rounds/r/tables?rows=sex,%s",
        "/rounds/r/tables?rows=sex&columns=%s",
        "/rounds/r/tables?rows=sex&sum=%s",
        "/rounds/r/tables?rows=sex&where=%s+is+answered",
        "/rounds/r/tables?where=sex+=+male+or+%s+is+blank",
        "/rounds/r/tables?view=protected&rows=%s",
        "/rounds/r/tables/csv?rows=%s",
        "/rounds/r/tables/json?rows=sex&columns=%s",
        "/rounds/r/tables/csv?rows=sex&where=%s+is+answered",
        API "table?rows=%s", API "table?rows=sex&columns=%s",
        API "table?rows=sex&sum=%s",
        API "table?rows=sex&where=not+(%s+is+blank)",
        API "count?where=%s+is+answered"
    };
    struct web w;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
            const char *target = arena_printf(&w.arena, targets[k], ids[i]);

            assert_status(&w, "anders", target, 422);
            assert_false(has(&w, "class=\"report"));
            assert_false(has(&w, "\"cells\""));
            assert_false(has(&w, "\"count\""));
        }
    assert_status(&w, "anders", API "variables", 200);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_false(has(&w, arena_printf(&w.arena, "\"%s\"", ids[i])));
    assert_has(&w, "\"index_grade\"");
    assert_status(&w, "anders", "/rounds/r/tables?vars=all", 200);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_false(has(&w, arena_printf(&w.arena, ":%s\"", ids[i])));
    assert_has(&w, ":index_grade\"");
    web_stop(&w);
}

/* ---- who gets what ---- */

/* Everything that takes a query, for who has the results of one unit. */
static void
test_leader(void **state)
{
    static const char *const ways[] = {
        "/rounds/r/results", REPORT "html", REPORT "csv", REPORT "json",
        API "report"
    };
    static const char *const refused[] = {
        "report=mental", "report=substance", "report=unit&unit=sor",
        "report=unit&unit=nowhere", "unit=sor", "report=nothing",
        "report=mental&unit=nord", "report=unit&unit=nord&sex=sor"
    };
    struct web w;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_status(&w, "lise", ways[i], 200);
        assert_has(&w, "15");
        for (size_t k = 0; k < sizeof refused / sizeof *refused; k++)
            assert_status(&w, "lise", arena_printf(&w.arena, "%s?%s",
                          ways[i], refused[k]), 404);
        assert_status(&w, "lise", arena_printf(&w.arena,
                      "%s?view=internal", ways[i]), 403);
        assert_status(&w, "lise", arena_printf(&w.arena,
                      "%s?report=unit&unit=nord&view=internal", ways[i]),
                      403);
    }
    assert_status(&w, "lise", "/rounds/r/results?unit=nord", 200);
    assert_has(&w, "Nord");
    assert_false(has(&w, "S\u00f8r"));
    assert_status(&w, "lise", "/rounds/r/tables?rows=sex", 403);
    assert_status(&w, "lise", API "table?rows=sex", 403);
    assert_status(&w, "lise", API "count", 403);
    web_stop(&w);
}

/* The unit's own registrations, superseded or not: 15 and 7, where 21
 * recipients count. */
static void
test_unit_counts(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w);
    assert_status(&w, "kare", "/rounds/r/results?report=unit&unit=sor", 200);
    assert_has(&w, "i alt 7\u00a0registreringer");
    assert_has(&w, "egne fullf\u00f8rte registreringer");
    assert_status(&w, "kare", "/rounds/r/results?report=unit&unit=nord",
                  200);
    assert_has(&w, "i alt 15\u00a0registreringer");
    j = get_json(&w, "kare", API "count");
    assert_int_equal(json_integer_value(json_object_get(j, "count")), 21);
    json_decref(j);
    web_stop(&w);
}

static void
test_unprotected(void **state)
{
    static const char *const ways[] = {
        "/rounds/r/results", REPORT "html", REPORT "csv", REPORT "json",
        API "report"
    };
    struct web w;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const char *internal = arena_printf(&w.arena,
            "%s?report=mental&view=internal", ways[i]);

        assert_status(&w, "grete", internal, 403);
        assert_status(&w, "anders", internal, 200);
        assert_status(&w, "kare", internal, 200);
    }
    assert_status(&w, "anders", "/rounds/r/results?view=internal", 200);
    assert_has(&w, "Internt \u2013 inneholder sm\u00e5 tall");
    assert_status(&w, "anders", REPORT "html?view=internal", 200);
    assert_has(&w, "Internt \u2013 inneholder sm\u00e5 tall");
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "-internt.html"));
    assert_status(&w, "anders", "/rounds/r/results", 200);
    assert_false(has(&w, "Internt \u2013"));
    web_stop(&w);
}

static void
test_others(void **state)
{
    static const char *const users[] = { "kari", "petra", "arne", "rune",
                                         "fremmed", "siri" };
    static const char *const ways[] = {
        "/rounds/r/results", REPORT "json", "/rounds/r/tables?rows=sex",
        "/rounds/r/tables/csv?rows=sex", API "table?rows=sex", API "count",
        API "report", API "variables", API "check?where=x",
        "/rounds/r/style/x"
    };
    struct web w;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
            int status = web_get(&w, users[i], ways[k]);

            if (status != 403 && status != 404)
                fail_msg("%s %s: %d", users[i], ways[k], status);
        }
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        const char *at = strstr(ways[k], "/r/");
        int n = (int)(at - ways[k]);

        /* The same of a training round, and of one that is open, for who
         * may everything. */
        assert_status(&w, "kare", arena_printf(&w.arena, "%.*s/r-ovelse%s",
                      n, ways[k], at + 2), 404);
        assert_status(&w, "kare", arena_printf(&w.arena, "%.*s/r2%s", n,
                      ways[k], at + 2), 409);
    }
    web_stop(&w);
}

/* ---- what is hidden ---- */

static json_int_t
cell(const json_t *j, size_t i)
{
    const json_t *c = json_array_get(json_object_get(j, "cells"), i);

    return json_is_null(c) ? -1 : json_integer_value(c);
}

static void
test_protected_table(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w);
    j = get_json(&w, "anders", API "table?rows=sex");
    assert_int_equal(cell(j, 0), MEN);
    assert_true(json_is_true(json_object_get(j, "internal")));
    json_decref(j);
    j = get_json(&w, "anders", API "table?rows=sex&view=protected");
    assert_int_equal(cell(j, 0), -1);
    assert_int_equal(cell(j, 1), -1);
    assert_int_equal(json_integer_value(json_object_get(j,
                     "protected_below")), 5);
    assert_null(json_object_get(j, "internal"));
    json_decref(j);
    /* The same of the small ones alone. */
    j = get_json(&w, "anders",
                 API "table?rows=index_grade&where=sex+=+male&view=protected");
    assert_true(json_is_null(json_object_get(j, "base")));
    json_decref(j);
    assert_status(&w, "anders",
                  "/rounds/r/tables/csv?rows=sex&view=protected", 200);
    assert_false(has(&w, ";2\n"));
    assert_status(&w, "anders", "/rounds/r/tables?rows=sex&view=protected",
                  200);
    assert_has(&w, "Celler under 5 er skjult");
    assert_false(has(&w, "Internt \u2013"));
    web_stop(&w);
}

/* Two men of nord: no number of a protected report says so. */
static void
test_protected_report(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_status(&w, "lise", "/rounds/r/results?sex=male", 200);
    assert_has(&w, "For f\u00e5");
    assert_false(has(&w, "i alt 2\u00a0registreringer"));
    /* Nor does the report of the women, beside that of all. */
    assert_status(&w, "lise", "/rounds/r/results?sex=female", 200);
    assert_has(&w, "Utvalget vises ikke");
    assert_false(has(&w, "13\u00a0"));
    assert_false(has(&w, ">13<"));
    assert_status(&w, "lise", REPORT "json?sex=female", 200);
    assert_false(has(&w, "\"cells\""));
    assert_status(&w, "lise", "/rounds/r/results?age=26-35", 200);
    assert_has(&w, "i alt 15\u00a0registreringer");
    assert_status(&w, "anders",
                  "/rounds/r/results?report=unit&unit=nord&sex=female"
                  "&view=internal", 200);
    assert_has(&w, "i alt 13\u00a0registreringer");
    assert_status(&w, "lise", REPORT "json?sex=male", 200);
    assert_false(has(&w, "\"recipients\": 2"));
    assert_status(&w, "lise", REPORT "json", 200);
    assert_has(&w, "\"protected_below\"");
    assert_has(&w, "null");
    assert_false(has(&w, "\"internal\": true"));
    web_stop(&w);
}

/* ---- what is rounded ---- */

enum { ROUND_TO = 10 };

static void
begin_rounded(struct web *w)
{
    struct err e = { 0 };
    struct opened o;

    web_begin(w);
    web_people(w);
    web_ok(store_commit(w->s, &e), &e);
    import_people(w);
    web_ok(store_begin(w->s, &e), &e);
    web_ok(opened_init(&o, w->s, "r", &e), &e);
    web_ok(setting_set(w->s, &web_maker, o.round, SETTING_ROUND_TO, ROUND_TO,
                       &e), &e);
    opened_clear(&o);
    web_close(w, "r");
    web_serve(w);
}

/* Every whole number under KEY of J and what is in it is a multiple; how
 * many they are. */
static int
count_rounded(const json_t *j)
{
    const char *key;
    const json_t *value;
    size_t i;
    int n = 0;

    if (json_is_integer(j)) {
        assert_int_equal(json_integer_value(j) % ROUND_TO, 0);
        return 1;
    }
    json_object_foreach((json_t *)(uintptr_t)j, key, value)
        n += count_rounded(value);
    json_array_foreach(j, i, value)
        n += count_rounded(value);
    return n;
}

/* The numbers of every table of the report J. */
static int
count_tables(const json_t *j)
{
    static const char *const keys[] = {
        "cells", "base", "outside", "of", "left_out", "row_sums",
        "column_sums"
    };
    static const char *const lists[] = { "tables", "data" };
    int n = 0;

    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const json_t *list = json_object_get(j, lists[l]);

        for (size_t i = 0; i < json_array_size(list); i++)
            for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
                const json_t *value = json_object_get(
                    json_array_get(list, i), keys[k]);

                n += value != NULL ? count_rounded(value) : 0;
            }
    }
    return n;
}

/* No duty without the right to exact numbers sees one: 22, 21, 15, 13, 7,
 * 2. */
static void
test_rounded(void **state)
{
    static const char *const pages[] = {
        "/rounds/r/results?report=mental", REPORT "html?report=mental",
        "/rounds/r/results?report=mental&sex=female",
        "/rounds/r/results?report=unit&unit=nord",
        "/rounds/r/results?report=unit&unit=sor",
        "/rounds/r/publication", "/rounds/r/publication/focus"
    };
    static const char *const exact[] = {
        ">22<", ">21<", ">15<", ">13<", "22\u00a0", "21\u00a0",
        "15\u00a0m", "15\u00a0r", "13\u00a0", " 7\u00a0", " 2\u00a0",
        "ingen ubesvarte", "Alle er"
    };
    struct web w;
    json_t *j;

    (void)state;
    begin_rounded(&w);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        assert_status(&w, "grete", pages[i], 200);
        for (size_t k = 0; k < sizeof exact / sizeof *exact; k++)
            if (has(&w, exact[k]))
                fail_msg("%s has \"%s\": %.80s", pages[i], exact[k],
                         strstr(w.body, exact[k]));
    }
    assert_status(&w, "lise", "/rounds/r/results", 200);
    assert_has(&w, "multipler av 10");
    j = get_json(&w, "lise", REPORT "json");
    assert_int_equal(json_integer_value(json_object_get(j, "rounded_to")),
                     ROUND_TO);
    assert_true(count_tables(j) > 100);
    json_decref(j);
    j = get_json(&w, "grete", REPORT "json?report=mental");
    assert_true(count_tables(j) > 100);
    json_decref(j);
    j = get_json(&w, "anders", API "table?rows=sex&view=protected");
    assert_true(count_rounded(json_object_get(j, "cells")) > 0);
    count_rounded(json_object_get(j, "base"));
    json_decref(j);
    /* And who has the right, asks. */
    j = get_json(&w, "anders", API "table?rows=sex");
    assert_int_equal(cell(j, 0), MEN);
    json_decref(j);
    web_stop(&w);
}

/* ---- the table builder ---- */

static void
assert_leads(struct web *w, const char *query, const char *to)
{
    assert_status(w, "anders", arena_printf(&w->arena,
                  "/rounds/r/tables?%s", query), 303);
    assert_string_equal(web_header(w, "Location"),
                        arena_printf(&w->arena, "/rounds/r/tables%s", to));
}

static void
test_clicks(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_leads(&w, "put=rows:sex", "?rows=sex");
    assert_leads(&w, "rows=sex&put=columns:ip", "?rows=sex&columns=ip");
    assert_leads(&w, "rows=sex&columns=ip&put=swap", "?rows=ip&columns=sex");
    /* The same keys make a battery, others take the place. */
    assert_leads(&w, "rows=economy_grade&put=rows:housing_grade",
                 "?rows=economy_grade,housing_grade");
    assert_leads(&w, "rows=economy_grade&put=rows:sex", "?rows=sex");
    assert_leads(&w, "rows=sex&columns=ip&put=rows-:sex", "");
    assert_leads(&w, "rows=ip&put=filter:sex", "?rows=ip&pick=sex");
    assert_leads(&w, "rows=ip&pick=sex&put=add:sex&value=female",
                 "?rows=ip&where=sex+%3D+female");
    assert_leads(&w, "where=ip+=+1&put=add:sex&value=female&value=male"
                 "&value=%22x",
                 "?where=ip+%3D+1+and+sex+in+%7B+female,+male+%7D");
    assert_leads(&w, "where=ip+=+1+or+ip+=+0&put=add:age&from=20&to=30",
                 "?where=%28ip+%3D+1+or+ip+%3D+0%29+and+age+%3E%3D+20+and+"
                 "age+%3C%3D+30");
    assert_leads(&w, "where=ip+=+1+and+sex+=+male&put=filter-:0",
                 "?where=sex+%3D+male");
    assert_leads(&w, "ask=1&rows=sex&columns=&sum=&chart=1&share=&view=",
                 "?rows=sex");
    web_stop(&w);
}

static void
test_expression(void **state)
{
    struct web w;
    json_t *j;

    (void)state;
    begin(&w);
    assert_status(&w, "anders", "/rounds/r/tables?rows=ip&where=sex+=+mle",
                  422);
    assert_has(&w, "sex = mle\n      ^");
    assert_has(&w, "value=\"ip\"");
    j = get_json(&w, "anders", API "check?where=sex+=+mle");
    assert_true(json_is_false(json_object_get(j, "valid")));
    assert_int_equal(json_integer_value(json_object_get(j, "at")), 7);
    json_decref(j);
    j = get_json(&w, "anders", API "check?where=sex+=+male");
    assert_true(json_is_true(json_object_get(j, "valid")));
    json_decref(j);
    /* A number that somebody typed is not repeated in what is said. */
    j = get_json(&w, "anders", API "check?where=sex+=+01018012345");
    assert_null(strstr(json_string_value(json_object_get(j, "message")),
                       "01018012345"));
    json_decref(j);
    j = get_json(&w, "anders", API "count?where=sex+=+male");
    assert_int_equal(json_integer_value(json_object_get(j, "count")), MEN);
    json_decref(j);
    assert_status(&w, "anders", "/rounds/r/tables?rows=sex&where=ip+=+0",
                  200);
    assert_has(&w, "Individuell plan (IP): <b>Nei</b>");
    assert_has(&w, "21 mottakere");
    web_stop(&w);
}

static void
test_style(void **state)
{
    const char *at, *end;
    struct web w;

    (void)state;
    begin(&w);
    assert_status(&w, "grete", "/rounds/r/results", 200);
    at = strstr(w.body, "/rounds/r/style/");
    assert_non_null(at);
    end = strchr(at, '"');
    at = arena_text_n(&w.arena, at, (size_t)(end - at));
    assert_status(&w, "grete", at, 200);
    assert_has(&w, ".report");
    assert_status(&w, "grete", "/rounds/r/style/other", 404);
    web_stop(&w);
}

static bool
is_live(struct web *w)
{
    struct err e = { 0 };
    struct seat *seat = app_seat(w->app, &e);

    return live_has(w->app->live, seat_round(seat, "r", &e)->round);
}

/* Whether what is counted comes from the store, from memory by rows or by
 * columns, a page is the same bytes. */
static void
test_from_memory(void **state)
{
    static const char *const asked[][2] = {
        { "anders", "/rounds/r/results?report=mental&view=internal" },
        { "grete", "/rounds/r/results?report=mental&sex=female" },
        { "lise", "/rounds/r/results?report=unit&unit=nord" },
        { "anders", "/rounds/r/tables?rows=sex&columns=index_grade" },
        { "anders", REPORT "html?view=internal" },
        { "kare", "/rounds/r/progress" },
        { "kare", "/rounds/r/progress.csv" },
        { "anders", API "count?where=mental+%3E+3" }
    };
    enum { ASKED = sizeof asked / sizeof *asked };
    const char *first[ASKED];
    struct web w;
    int64_t n = 0;

    (void)state;
    begin(&w);
    for (int i = 0; i < ASKED; i++) {
        assert_status(&w, asked[i][0], asked[i][1], 200);
        first[i] = arena_text(&w.arena, w.body);
    }
    while (!is_live(&w) && n++ < 5000)
        usleep(1000);
    assert_true(is_live(&w));
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < ASKED; i++) {
            assert_status(&w, asked[i][0], asked[i][1], 200);
            if (strcmp(w.body, first[i]) != 0)
                fail_msg("%s by %s is another: %s", asked[i][1],
                         asked[i][0], w.body);
        }
    assert_true(is_live(&w));
    assert_int_equal(atomic_load(&w.app->metrics.live_faults), 0);
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identifying),
        cmocka_unit_test(test_leader),
        cmocka_unit_test(test_unit_counts),
        cmocka_unit_test(test_unprotected),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_protected_table),
        cmocka_unit_test(test_protected_report),
        cmocka_unit_test(test_rounded),
        cmocka_unit_test(test_clicks),
        cmocka_unit_test(test_expression),
        cmocka_unit_test(test_style),
        cmocka_unit_test(test_from_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
