/* test_page_day.c - a mapper's day: who is registered and how, what is told
 * of a colleague's, handovers, counts of not registered, and training. */
#include "web_fixture.h"
#include <stdlib.h>
#include <string.h>
#include "store/fieldwork.h"
#include "store/handover.h"
#include "store/work.h"
#include "web/cases.h"
#include "web/limit.h"
#include "web/public_id.h"

#define PERSON "place=%s&number=%s"

static void
assert_has(struct web *w, const char *text)
{
    if (strstr(w->body, text) == NULL)
        fail_msg("no \"%s\" in %d: %s", text, w->status, w->body);
}

static void
assert_has_not(struct web *w, const char *text)
{
    if (strstr(w->body, text) != NULL)
        fail_msg("\"%s\" in %s", text, w->body);
}

/* Posts the identity step; the status. */
static int
try_register(struct web *w, const char *who, const char *place,
             const char *number)
{
    return web_post(w, who, "/rounds/r/register",
                    arena_printf(&w->arena, PERSON, place, number));
}

/* The path of the form that the last answer leads to, in the arena. */
static const char *
form_of(struct web *w)
{
    const char *to = web_header(w, "Location");

    assert_int_equal(w->status, 303);
    assert_non_null(strstr(to, "/registrations/"));
    return arena_text(&w->arena, to);
}

/* Begins a registration and gives its form's path. */
static const char *
begun(struct web *w, const char *who, const char *place, int n)
{
    try_register(w, who, place, web_number(w, n));
    return form_of(w);
}

static void
test_register(void **state)
{
    struct web w;
    const char *first, *number;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/register"), 200);
    assert_has(&w, "<b id=\"running\">1</b>");
    assert_has(&w, "value=\"nord.1\"");
    assert_has(&w, "value=\"sor.2\"");
    assert_has_not(&w, "value=\"ost.1\"");
    number = web_number(&w, 0);
    assert_int_equal(try_register(&w, "kari", "nord.1", number), 303);
    first = form_of(&w);
    assert_null(strstr(first, number));
    /* The same person again, grouped as people write: the same form. */
    number = arena_printf(&w.arena, "%.6s+%s", number, number + 6);
    assert_int_equal(try_register(&w, "kari", "nord.1", number), 303);
    assert_string_equal(form_of(&w), first);
    /* Sex and birth year come from the number; the place is remembered. */
    assert_int_equal(web_get(&w, "kari", "/rounds/r/list"), 200);
    assert_has(&w, "<td>Kvinne</td><td class=\"r\">1980</td>");
    assert_int_equal(web_get(&w, "kari", "/rounds/r/register"), 200);
    assert_has(&w, "<b id=\"running\">2</b>");
    assert_has(&w, "value=\"nord.1\" checked");
    web_stop(&w);
}

static void
test_refused(void **state)
{
    static const struct { const char *form, *says; } bad[] = {
        { "place=nord.1&number=", "Skriv nummeret" },
        { "place=nord.1&number=123", "11 siffer" },
        { "place=nord.1&number=01818099999", "Kontrollsifrene" },
        { "place=nord.1&number=41418012345", "gyldig nummer" },
        { "place=ost.1&number=", "Velg hvor" },
        { "place=nord.1&unknown=1&year=2001", "fødselsår" },
        { "place=nord.1&unknown=1&year=19x0", "fødselsår" },
        { "place=nord.1&unknown=1&sex=nei", "Velg et av svarene" },
    };
    struct web w;

    (void)state;
    web_start(&w);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(web_post(&w, "kari", "/rounds/r/register",
                                  bad[i].form), 422);
        assert_has(&w, bad[i].says);
        assert_has(&w, "id=\"faults\"");
        assert_has_not(&w, "01818099999");
        assert_has_not(&w, "41418012345");
    }
    /* What else was typed is there again. */
    assert_int_equal(web_post(&w, "kari", "/rounds/r/register",
                              "place=sor.3&number=1&sex=male&year=1970"),
                     422);
    assert_has(&w, "value=\"sor.3\" checked");
    assert_has(&w, "value=\"male\" checked");
    assert_has(&w, "value=\"1970\"");
    assert_int_equal(web_get(&w, "kari", "/rounds/r/list"), 200);
    assert_has(&w, "ikke registrert noen");
    /* A place that is not one's own is none. */
    assert_int_equal(try_register(&w, "ola", "sor.2", web_number(&w, 1)),
                     422);
    assert_int_equal(web_get(&w, "rune", "/rounds/r/register"), 403);
    web_stop(&w);
}

static void
test_unknown(void **state)
{
    struct web w;

    (void)state;
    web_begin(&w);
    web_account(&w, "ost", DUTY_MAPPER, "r", "ost");
    web_account(&w, "ola", DUTY_MAPPER, "r", "nord");
    web_serve(&w);
    assert_int_equal(web_post(&w, "ola", "/rounds/r/register",
                              "place=nord.2&sex=male&year=1950"), 303);
    assert_int_equal(web_get(&w, "ola", "/rounds/r/list"), 200);
    assert_has(&w, "<td>Mann</td><td class=\"r\">1950</td>");
    assert_has(&w, "Uten nummer.");
    /* Where a number is required, none is taken without. */
    assert_int_equal(web_get(&w, "ost", "/rounds/r/register"), 200);
    assert_has_not(&w, "name=\"unknown\"");
    assert_int_equal(web_post(&w, "ost", "/rounds/r/register",
                              "unknown=1&year=1950"), 422);
    assert_has(&w, "ingen uten nummer");
    web_stop(&w);
}

static void
test_colleague(void **state)
{
    struct web w;
    const char *form;

    (void)state;
    web_start(&w);
    form = begun(&w, "ola", "nord.1", 2);
    /* In the same unit and tier: who and which number, no answers. */
    assert_int_equal(try_register(&w, "kari", "nord.1", web_number(&w, 2)),
                     200);
    assert_has(&w, "id=\"known\"");
    assert_has(&w, "Navn ola");
    assert_has(&w, "name=\"running\" value=\"1\"");
    assert_has_not(&w, strrchr(form, '/') + 1);
    assert_has_not(&w, "Kvinne");
    /* Another tier is another unit: nobody knows. */
    assert_int_equal(try_register(&w, "kari", "nord.2", web_number(&w, 2)),
                     303);
    assert_string_not_equal(form_of(&w), form);
    web_stop(&w);
}

static void
test_handover(void **state)
{
    struct web w;
    const char *form;

    (void)state;
    web_start(&w);
    form = begun(&w, "ola", "nord.1", 2);
    assert_int_equal(web_post(&w, "kari", "/rounds/r/handover/ask",
                              "unit=nord&tier=1&mapper=ola&running=1"), 303);
    assert_int_equal(web_post(&w, "siri", "/rounds/r/handover/ask",
                              "unit=nord&tier=1&mapper=ola&running=1"), 404);
    assert_int_equal(web_post(&w, "kari", "/rounds/r/handover/ask",
                              "unit=nord&tier=2&mapper=ola&running=1"), 422);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/day"), 200);
    assert_has(&w, "Du har bedt Navn ola om mottaker 1");
    assert_int_equal(web_get(&w, "ola", "/rounds/r/day"), 200);
    assert_has(&w, "Navn kari ber om å få overta mottaker 1");
    /* Nobody but the owner decides. */
    assert_int_equal(web_post(&w, "kari",
                              arena_printf(&w.arena, "%s/decide", form),
                              "to=kari&give=1"), 404);
    assert_int_equal(web_post(&w, "ola",
                              arena_printf(&w.arena, "%s/decide", form),
                              "to=kari&give=1"), 303);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/day"), 200);
    assert_has(&w, "Du har fått mottaker 1 fra Navn ola");
    assert_has(&w, form);
    assert_int_equal(web_get(&w, "ola", arena_printf(&w.arena, "%s/give",
                                                     form)), 404);
    web_stop(&w);
}

static void
test_give(void **state)
{
    struct web w;
    const char *form, *give;

    (void)state;
    web_start(&w);
    form = begun(&w, "ola", "nord.1", 2);
    give = arena_printf(&w.arena, "%s/give", form);
    assert_int_equal(web_get(&w, "ola", give), 200);
    assert_has(&w, "value=\"kari\"");
    assert_has_not(&w, "value=\"siri\"");
    assert_has_not(&w, "value=\"ola\"");
    assert_int_equal(web_post(&w, "ola", give, "to=siri"), 422);
    assert_int_equal(web_post(&w, "ola", give, "to=kari"), 303);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/list"), 200);
    assert_has(&w, form);
    web_stop(&w);
}

static void
test_leader(void **state)
{
    struct web w;
    const char *form;

    (void)state;
    web_start(&w);
    form = begun(&w, "ola", "nord.1", 2);
    begun(&w, "siri", "sor.2", 3);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/unit"), 200);
    assert_has(&w, "Navn ola");
    assert_has(&w, "Vedtak");
    assert_has_not(&w, "siri");
    assert_has_not(&w, "Kvinne");
    assert_has_not(&w, "1980");
    assert_has_not(&w, strrchr(form, '/') + 1);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/handover/move",
                              "unit=nord&mapper=ola&running=1"), 200);
    assert_has(&w, "value=\"kari\"");
    assert_int_equal(web_post(&w, "lise", "/rounds/r/handover/move",
                              "unit=nord&mapper=ola&running=1&chosen=1"),
                     422);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/handover/move",
                              "unit=sor&mapper=siri&running=1&to=kari"),
                     404);
    assert_int_equal(web_post(&w, "kari", "/rounds/r/handover/move",
                              "unit=nord&mapper=ola&running=1&to=kari"),
                     404);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/handover/move",
                              "unit=nord&mapper=ola&running=1&to=kari"),
                     303);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/unit"), 200);
    assert_has(&w, form);
    assert_int_equal(web_get(&w, "ola", "/rounds/r/day"), 200);
    assert_has(&w, "Mottaker 1 er flyttet fra deg til Navn kari");
    web_stop(&w);
}

static void
test_replace(void **state)
{
    struct web w;
    const char *form, *person, *number;

    (void)state;
    web_start(&w);
    form = begun(&w, "ola", "nord.1", 2);
    begun(&w, "ola", "nord.1", 4);
    person = arena_printf(&w.arena, "%s/person", form);
    assert_int_equal(web_get(&w, "ola", person), 200);
    assert_has(&w, "Bytt nummer");
    assert_int_equal(web_get(&w, "kari", person), 404);
    number = arena_printf(&w.arena, "number=%s", web_number(&w, 4));
    assert_int_equal(web_post(&w, "ola", person, number), 422);
    assert_has(&w, "som nummer 2");
    assert_has_not(&w, number);
    number = arena_printf(&w.arena, "number=%s", web_number(&w, 2));
    assert_int_equal(web_post(&w, "ola", person, number), 422);
    assert_has(&w, "dette nummeret fra f");
    assert_int_equal(web_post(&w, "kari", person, number), 404);
    /* A man's number where the form says a woman. */
    number = arena_printf(&w.arena, "number=%s", web_number(&w, 5));
    assert_int_equal(web_post(&w, "ola", person, number), 303);
    assert_non_null(strstr(web_header(&w, "Set-Cookie"),
                           "said.person_differs"));
    assert_int_equal(try_register(&w, "ola", "nord.1", web_number(&w, 5)),
                     303);
    assert_string_equal(form_of(&w), form);
    assert_int_equal(web_post(&w, "ola", person, "unknown=1"), 303);
    assert_int_equal(web_get(&w, "ola", "/rounds/r/list"), 200);
    assert_has(&w, "Uten nummer.");
    web_stop(&w);
}

static void
test_not_registered(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_post(&w, "kari", "/rounds/r/not-registered",
                              "n.nord.1.opted_out=3&n.sor.3.no_number=12"),
                     303);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/not-registered"), 200);
    assert_has(&w, "name=\"n.nord.1.opted_out\" type=\"text\""
                   " inputmode=\"numeric\" pattern=\"[0-9]*\""
                   " maxlength=\"4\" autocomplete=\"off\" value=\"3\"");
    assert_int_equal(web_post(&w, "kari", "/rounds/r/not-registered",
                              "n.nord.1.opted_out=1001&n.nord.2.no_number=7"),
                     422);
    assert_has(&w, "value=\"1001\" aria-invalid");
    assert_has(&w, "value=\"7\"");
    assert_int_equal(web_get(&w, "ola", "/rounds/r/not-registered"), 200);
    assert_has_not(&w, "value=\"3\"");
    assert_has_not(&w, "n.sor.");
    web_stop(&w);
}

/* The one sentence, and after ten of them nothing more for an hour. */
static void
test_opted_out(void **state)
{
    struct web w;
    char number[CASE_NUMBER];
    const struct round training = { .id = "r-ovelse", .year = 2014 };
    const char *form;

    (void)state;
    web_start(&w);
    case_opted_out(&training, number);
    form = arena_printf(&w.arena, "place=nord.1&number=%s", number);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(web_post(&w, "kari", "/rounds/r-ovelse/register",
                                  form), 200);
        assert_has(&w, "Personen har reservert seg. Ingenting er lagret.");
        assert_has_not(&w, number);
    }
    assert_int_equal(web_post(&w, "kari", "/rounds/r-ovelse/register",
                              form), 429);
    /* Whoever it is; but not in another round, and not to another. */
    form = arena_printf(&w.arena, PERSON, "nord.1", web_number(&w, 6));
    assert_int_equal(web_post(&w, "kari", "/rounds/r-ovelse/register",
                              form), 429);
    assert_int_equal(web_post(&w, "ola", "/rounds/r-ovelse/register", form),
                     303);
    assert_int_equal(try_register(&w, "kari", "nord.1", web_number(&w, 6)),
                     303);
    /* An hour later, in a session that has been in use meanwhile. */
    for (int i = 0; i < 2; i++) {
        atomic_fetch_add(&w.now_ms, 30 * 60 * 1000);
        assert_int_equal(web_post(&w, "kari",
                                  "/rounds/r/not-registered", ""), 303);
    }
    form = arena_printf(&w.arena, PERSON, "nord.2", web_number(&w, 6));
    assert_int_equal(web_get(&w, "kari", "/rounds/r-ovelse/list"), 200);
    assert_has(&w, "ikke registrert noen");
    assert_int_equal(web_post(&w, "kari", "/rounds/r-ovelse/register",
                              form), 303);
    web_stop(&w);
}

static void
test_training(void **state)
{
    const struct round training = { .id = "r-ovelse", .year = 2014 };
    char a[CASE_NUMBER], b[CASE_NUMBER];
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/day"), 200);
    assert_has(&w, "href=\"/rounds/r-ovelse/day\"");
    assert_int_equal(web_get(&w, "kari", "/rounds/r/cases"), 404);
    assert_int_equal(web_get(&w, "kari", "/rounds/r-ovelse/cases"), 200);
    assert_has(&w, "is-training");
    for (int i = 0; i < CASES; i++) {
        if (!case_number(&training, "kari", "nord", i, a))
            continue;
        assert_has(&w, arena_printf(&w.arena, "%.6s %s", a, a + 6));
        assert_true(case_number(&training, "kari", "nord", i, b));
        assert_string_equal(a, b);
        assert_true(case_number(&training, "ola", "nord", i, b));
        assert_int_equal(strcmp(a, b) == 0,
                         cases[i].whose != CASE_ACCOUNT);
    }
    web_stop(&w);
}

/* The field work of r, before the application runs. */
static void
plan(struct web *w)
{
    static const struct actor coordinator = {
        .name = "kare", .rights = "coordinator", .purpose = "test",
        .all_units = true
    };
    const struct day_slot slots[] = {
        { 0, day_from_date(2014, 6, 1), "Rom 204", "Rune" },
        { 0, day_from_date(2014, 6, 3), "", "" }
    };
    const struct item calls[] = {
        { -1, "Fagtelefonen", "", "4040", ITEM_ANYTIME, 0 },
        { 1, "Bare for S\u00f8r", "", "5050", ITEM_ANYTIME, 0 }
    };
    const struct item check = { 0, "Hent listen", "leder", "", ITEM_DAYS,
                                -3 };
    struct round *r;
    struct err e = { 0 };

    web_ok(round_load(w->s, "r", &w->arena, &r, &e), &e);
    web_ok(slot_set(w->s, &coordinator, r, 0, slots, 2, &e), &e);
    web_ok(item_set(w->s, &coordinator, r, ITEM_CONTACT, calls, 2, &e), &e);
    web_ok(item_set(w->s, &coordinator, r, ITEM_CHECK, &check, 1, &e), &e);
    web_ok(expected_set(w->s, &coordinator, r, 0, 1, 40, &e), &e);
    web_ok(expected_set(w->s, &coordinator, r, 0, 2, 20, &e), &e);
}

static void
test_plan(void **state)
{
    struct web w;

    (void)state;
    web_begin(&w);
    web_account(&w, "ola", DUTY_MAPPER, "r", "nord");
    web_account(&w, "siri", DUTY_MAPPER, "r", "sor");
    plan(&w);
    web_serve(&w);
    begun(&w, "ola", "nord.1", 0);
    assert_int_equal(web_get(&w, "ola", "/rounds/r/day"), 200);
    assert_has(&w, "S\u00f8ndag 1. juni");
    assert_has(&w, "Din kartleggingsdag 1 av 2");
    assert_has(&w, "Rom: Rom 204");
    assert_has(&w, "Hjelper: Rune");
    assert_has(&w, "Enheten regner med 60");
    assert_has(&w, "<b>29. mai:</b> Hent listen");
    assert_has(&w, "Fagtelefonen");
    assert_has_not(&w, "5050");
    assert_has(&w, "Den som kjenner mottakeren best");
    assert_has(&w, "Kvinne, 34 \u00e5r");
    assert_has(&w, "Ikke begynt: ");
    assert_int_equal(web_get(&w, "siri", "/rounds/r/day"), 200);
    assert_has(&w, "5050");
    assert_has_not(&w, "Rom 204");
    assert_has_not(&w, "Hent listen");
    assert_has_not(&w, "Enheten regner med");
    /* The training round has the same, but for which day it is. */
    assert_int_equal(web_get(&w, "ola", "/rounds/r-ovelse/day"), 200);
    assert_has(&w, "Fagtelefonen");
    assert_has_not(&w, "Din kartleggingsdag");
    web_stop(&w);
}

static void
test_limit(void **state)
{
    struct limit *l = limit_new(3, 1000);

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_false(limit_reached(l, "ola", 100 + i));
        limit_note(l, "ola", 100 + i);
    }
    assert_true(limit_reached(l, "ola", 500));
    assert_true(limit_reached(l, "ola", 1099));
    assert_false(limit_reached(l, "ola", 1100));
    assert_false(limit_reached(l, "kari", 500));
    limit_note(l, "ola", 1100);
    assert_true(limit_reached(l, "ola", 1100));
    assert_false(limit_reached(l, "ola", 1101));
    limit_free(l);
}

static void
test_public_id(void **state)
{
    static const char text[] = "00010203-0405-4607-8809-0a0b0c0d0eff";
    static const char *const bad[] = {
        "", "00010203-0405-4607-8809-0a0b0c0d0ef",
        "00010203-0405-4607-8809-0a0b0c0d0eff0",
        "00010203-0405-4607-8809-0a0b0c0d0eFF",
        "0001020300405-4607-8809-0a0b0c0d0eff",
        "0001020-30405-4607-8809-0a0b0c0d0eff",
    };
    uint8_t id[16];
    char out[UUID_TEXT];

    (void)state;
    assert_true(public_id_read(text, id));
    public_id_print(id, out);
    assert_string_equal(out, text);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(public_id_read(bad[i], id));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_register),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_colleague),
        cmocka_unit_test(test_handover),
        cmocka_unit_test(test_give),
        cmocka_unit_test(test_leader),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_not_registered),
        cmocka_unit_test(test_opted_out),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_plan),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_public_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
