/* test_page_setup.c - a round set up through the pages: made, filled in,
 * opened, closed; its units, services, questions, lists, mappers and
 * opt-outs; and what is refused, with what was typed still there. */
#include "web_fixture.h"
#include <stdlib.h>
#include <string.h>
#include "store/fieldwork.h"
#include "store/round_setup.h"
#include "web/page_setup_local.h"

/* As kare, who is coordinator of all rounds. */
#define KARE "kare"

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

/* Posts as kare to /rounds/ROUND/WHERE, which must answer STATUS. */
static void
post(struct web *w, int status, const char *where, const char *form)
{
    int is = web_post(w, KARE, arena_printf(&w->arena, "/rounds/%s", where),
                      form);

    if (is != status)
        fail_msg("%d for %s %s: %s", is, where, form, w->body);
}

static void
see(struct web *w, const char *where)
{
    assert_int_equal(web_get(w, KARE, arena_printf(&w->arena, "/rounds/%s",
                                                   where)), 200);
}

/* The round as the store has it, read by another. */
static struct round *
stored(struct web *w, const char *id)
{
    struct store_options o = w->options;
    struct err e = { 0 };
    struct round *r;
    struct store *s;

    o.mode = STORE_READ;
    s = store_open(&o, &e);
    web_ok(s != NULL, &e);
    web_ok(round_load(s, id, &w->arena, &r, &e), &e);
    store_close(s);
    return r;
}

/* What the round changes in its form. */
static struct setup_local
changes(struct web *w, const char *id)
{
    struct store_options o = w->options;
    struct setup_local l;
    struct err e = { 0 };
    struct round *r;
    struct store *s;

    o.mode = STORE_READ;
    s = store_open(&o, &e);
    web_ok(s != NULL, &e);
    web_ok(round_load(s, id, &w->arena, &r, &e), &e);
    web_ok(setup_local_read(s, r, &w->arena, &l, &e), &e);
    store_close(s);
    return l;
}

/* A real round of Bergen in 2014 with one unit, in setup. */
static void
make_real(struct web *w)
{
    assert_int_equal(web_post(w, KARE, "/rounds",
                              "municipality=1201&year=2014&period=5"
                              "&from_age=18"), 303);
    assert_string_equal(web_header(w, "Location"),
                        "/rounds/bergen-2014/setup");
    post(w, 303, "bergen-2014/setup/unit",
         "name=NAV+%C3%85sane&sector=&tier-2-on=1&tier-2-words=Alle"
         "&tier-2-whom=Ikke+de+i+permisjon&usual=2");
}

static void
test_make(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "fremmed", "/rounds/new"), 403);
    assert_int_equal(web_post(&w, "fremmed", "/rounds",
                              "municipality=1201&year=2014&period=1"
                              "&from_age=18"), 403);
    assert_int_equal(web_get(&w, KARE, "/rounds/new"), 200);
    assert_has(&w, "value=\"\" selected>Ingen: begynn p\xC3\xA5 nytt");
    assert_int_equal(web_post(&w, KARE, "/rounds",
                              "municipality=1201&year=20x&period=7"
                              "&from_age=18"), 422);
    assert_has(&w, "value=\"20x\"");
    assert_has(&w, "value=\"7\"");
    assert_has(&w, "href=\"#year\"");
    assert_int_equal(web_post(&w, KARE, "/rounds",
                              "municipality=4601&year=2014&period=1"
                              "&from_age=18"), 422);
    assert_has(&w, "href=\"#municipality\"");
    make_real(&w);
    assert_false(stored(&w, "bergen-2014")->synthetic);
    assert_int_equal(stored(&w, "bergen-2014")->status, ROUND_SETUP);
    /* The second of a year has another id; a copy has the units. */
    assert_int_equal(web_post(&w, KARE, "/rounds",
                              "municipality=1201&year=2014&period=6"
                              "&from_age=18&synthetic=1&from=r"), 303);
    assert_string_equal(web_header(&w, "Location"),
                        "/rounds/bergen-2014-2/setup");
    assert_int_equal(stored(&w, "bergen-2014-2")->unit_count, 3);
    assert_true(stored(&w, "bergen-2014-2")->synthetic);
    /* A training round is no last year's. */
    assert_int_equal(web_post(&w, KARE, "/rounds",
                              "municipality=1201&year=2014&period=6"
                              "&from_age=18&from=r-ovelse"), 422);
    web_stop(&w);
}

static void
fill_lawful(struct web *w)
{
    post(w, 303, "bergen-2014/setup/lawful",
         "controller=Byr%C3%A5det&purpose=Plan&legal_basis_social=%C2%A7+1"
         "&dpia=14/1&informed_on=2014-05-01&optout_until=2014-05-15"
         "&delete_on=2015-05-01&population=200000&population_from_age=18"
         "&population_on=2014-01-01");
}

static void
test_open(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    make_real(&w);
    see(&w, "bergen-2014/setup");
    assert_has(&w, "Sektor for NAV \xC3\x85sane");
    assert_has(&w, "lawful#purpose");
    post(&w, 422, "bergen-2014/setup/status", "do=open");
    assert_has(&w, "NAV \xC3\x85sane har ingen sektor");
    post(&w, 303, "bergen-2014/setup/units/nav_asane",
         "name=NAV+%C3%85sane&sector=social&tier-2-on=1&usual=2");
    post(&w, 422, "bergen-2014/setup/status", "do=open");
    assert_int_equal(stored(&w, "bergen-2014")->status, ROUND_SETUP);
    /* A date that is none is refused, and nothing of the rest is saved. */
    post(&w, 422, "bergen-2014/setup/lawful",
         "controller=X&informed_on=2014-02-30");
    assert_has(&w, "value=\"2014-02-30\"");
    assert_has(&w, "Mottakerne ble informert");
    assert_string_equal(stored(&w, "bergen-2014")->lawful[
                            lawful_field_of("controller")], "");
    fill_lawful(&w);
    post(&w, 422, "bergen-2014/setup/status", "do=open");
    post(&w, 303, "bergen-2014/setup/facts",
         "title=Bergen+2014&year=2014&period=5&from_age=18"
         "&mapping_from=2014-05-19&mapping_to=2014-06-04&inclusion=Alle"
         "&on-target_group-mental=1&on-target_group-dual=1");
    assert_true(local_is_off(&(struct local[]){ changes(&w, "bergen-2014")
                                                .local }[0],
                             "target_group.substance"));
    see(&w, "bergen-2014/setup");
    assert_has(&w, "Runden kan \xC3\xA5pnes");
    post(&w, 303, "bergen-2014/setup/status", "do=training");
    post(&w, 303, "bergen-2014/setup/status", "do=open");
    assert_int_equal(stored(&w, "bergen-2014")->status, ROUND_OPEN);
    assert_true(stored(&w, "bergen-2014-ovelse")->synthetic);
    /* What stands since it was opened. */
    see(&w, "bergen-2014/setup/facts");
    assert_has(&w, "value=\"2014\" autocomplete=\"off\" maxlength=\"4\""
                   " required readonly");
    web_stop(&w);
}

static void
test_close(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    assert_int_equal(web_get(&w, "kari", "/rounds/r/day"), 200);
    post(&w, 422, "r/setup/status", "do=close");
    assert_has(&w, "href=\"#sure\"");
    post(&w, 303, "r/setup/status", "do=close&sure=1");
    assert_int_equal(stored(&w, "r")->status, ROUND_CLOSED);
    assert_int_not_equal(web_get(&w, "kari", "/rounds/r/day"), 200);
    post(&w, 422, "r/setup/unit", "name=Ny&tier-1-on=1");
    assert_has(&w, "er avsluttet og kan ikke endres");
    post(&w, 422, "r/setup/switches", "small_below=5");
    post(&w, 422, "r/setup/facts", "inclusion=x");
    post(&w, 422, "r/setup/lawful", "purpose=x");
    post(&w, 422, "r/setup/status", "do=open&reason=");
    post(&w, 303, "r/setup/status", "do=open&reason=En+glemte");
    assert_int_equal(stored(&w, "r")->status, ROUND_OPEN);
    web_stop(&w);
}

static void
test_units(void **state)
{
    const struct unit *u;
    struct web w;

    (void)state;
    web_start(&w);
    post(&w, 422, "r/setup/unit", "name=&tier-1-on=1&tier-1-words=Vedtak");
    assert_has(&w, "value=\"Vedtak\"");
    post(&w, 422, "r/setup/unit", "name=Uten+niv%C3%A5");
    post(&w, 303, "r/setup/unit",
         "name=Nord&sector=other&tier-1-on=1&tier-3-on=1&usual=3"
         "&tier-3-required=1");
    u = &stored(&w, "r")->units[3];
    assert_string_equal(u->id, "nord_2");
    assert_int_equal(u->tiers[0].tier, 3);
    assert_true(u->tiers[0].number_required);
    assert_int_equal(u->tiers[1].tier, 1);
    /* The training round has it too. */
    assert_int_equal(stored(&w, "r-ovelse")->unit_count, 4);
    post(&w, 422, "r/setup/units/nord_2/off", "reason=");
    /* The other form of the page is as it was. */
    assert_has(&w, "name=\"tier-3-on\" type=\"checkbox\" value=\"1\""
                   " checked");
    post(&w, 303, "r/setup/units/nord_2/off", "reason=Uten+grunnlag");
    assert_true(stored(&w, "r")->units[3].off);
    post(&w, 303, "r/setup/units/nord_2/off", "");
    assert_false(stored(&w, "r")->units[3].off);
    assert_int_equal(web_get(&w, KARE, "/rounds/r/setup/units/finnes"), 404);
    assert_int_equal(web_post(&w, KARE, "/rounds/r/setup/units/finnes", ""),
                     404);
    web_stop(&w);
}

static void
test_units_csv(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    post(&w, 422, "r/setup/units",
         "csv=unit;name;tier%0D%0Aa;A;1%0D%0AB;;9");
    assert_has(&w, "Linje 3");
    assert_has(&w, "a;A;1");
    assert_int_equal(stored(&w, "r")->unit_count, 3);
    post(&w, 422, "r/setup/units", "csv=unit;name;tier%0Aa;A;1%0Asor;S;1");
    assert_int_equal(stored(&w, "r")->unit_count, 3);
    post(&w, 303, "r/setup/units",
         "csv=unit;name;tier;sector%0Aa;A;1;health%0Ab;B;2%3DOrd|3;social");
    assert_int_equal(stored(&w, "r")->unit_count, 5);
    assert_string_equal(stored(&w, "r")->units[4].tiers[0].words, "Ord");
    web_stop(&w);
}

/* Registers somebody in r, so that answers may be there. */
static void
register_one(struct web *w)
{
    assert_int_equal(web_post(w, "kari", "/rounds/r/register",
                              arena_printf(&w->arena,
                                           "place=nord.1&number=%s",
                                           web_number(w, 0))), 303);
}

static void
test_switches(void **state)
{
    const char *all;
    struct web w;

    (void)state;
    web_start(&w);
    see(&w, "r/setup/switches");
    assert_has(&w, "name=\"on-q-housing\" type=\"checkbox\" value=\"1\""
                   " checked");
    assert_has(&w, "name=\"on-q-subunit\" type=\"checkbox\" value=\"1\"\n");
    assert_has_not(&w, "on-q-target_group");
    /* Of those where one must be answered, none is left. */
    post(&w, 422, "r/setup/switches", "small_below=5&ticks=1");
    assert_has_not(&w, "on-q-housing\" type=\"checkbox\" value=\"1\" checked");
    all = "small_below=7&on-q-subunit=1&on-q-housing=1&on-c-housing=1";
    post(&w, 303, "r/setup/switches", all);
    assert_string_equal(changes(&w, "r").switched_on, "subunit");
    see(&w, "r/setup/switches");
    assert_has(&w, "value=\"7\"");
    assert_has(&w, "name=\"on-q-subunit\" type=\"checkbox\" value=\"1\""
                   " checked");
    assert_has(&w, "name=\"on-q-crisis\" type=\"checkbox\" value=\"1\" aria");
    post(&w, 422, "r/setup/switches", "small_below=1&on-q-housing=1");
    assert_has(&w, "href=\"#small_below\"");
    /* After the first registration: on, but not off. */
    register_one(&w);
    post(&w, 422, "r/setup/switches",
         "small_below=7&on-q-subunit=1&on-c-housing=1&on-q-economy=1");
    assert_has(&w, "Bolig kan ikke sl\xC3\xA5s av");
    post(&w, 303, "r/setup/switches",
         arena_printf(&w.arena, "%s&on-q-economy=1", all));
    web_stop(&w);
}

static void
test_services(void **state)
{
    const struct local_service *s;
    struct setup_local l;
    struct web w;

    (void)state;
    web_start(&w);
    post(&w, 422, "r/setup/service/housing",
         "label-nb=&examples-nb=Myrs%C3%A6ter");
    assert_has(&w, "Myrs\xC3\xA6ter");
    post(&w, 303, "r/setup/service/housing",
         "label-nb=F%C3%B8lge+%22hjem%22&examples-nb=a%0D%0Ab");
    l = changes(&w, "r");
    s = local_service_of(&l.local, "folge_hjem");
    assert_non_null(s);
    assert_string_equal(s->examples.in[LANG_NB], "a\nb");
    /* A better name, and a name for something else. */
    post(&w, 303, "r/setup/services/gp",
         "label-nb=Legen&meaning=same&offered=1");
    l = changes(&w, "r");
    assert_string_equal(local_name_of(&l.local, "services.gp")
                        ->label.in[LANG_NB], "Legen");
    see(&w, "r/setup/services/gp");
    assert_has(&w, "value=\"Legen\"");
    post(&w, 422, "r/setup/services/gp",
         "label-nb=Legen&label-nn=Legen&label-en=Legen&meaning=new"
         "&offered=1");
    post(&w, 303, "r/setup/services/gp",
         "label-nb=Noe+annet&meaning=new&offered=1");
    l = changes(&w, "r");
    s = local_service_of(&l.local, "noe_annet");
    assert_string_equal(s->replaces, "gp");
    see(&w, "r/setup/services");
    assert_has(&w, "I stedet for:");
    /* The training round asks the same. */
    assert_non_null(local_service_of(&(struct local[]){
        changes(&w, "r-ovelse").local }[0], "noe_annet"));
    post(&w, 422, "r/setup/services/gp", "label-nb=Legen&offered=1");
    post(&w, 303, "r/setup/services/noe_annet", "label-nb=x&do=remove");
    l = changes(&w, "r");
    assert_null(local_service_of(&l.local, "noe_annet"));
    assert_int_equal(web_get(&w, KARE, "/rounds/r/setup/services/nei"), 404);
    /* After the first registration nothing goes. */
    register_one(&w);
    post(&w, 422, "r/setup/services/folge_hjem", "label-nb=x&do=remove");
    post(&w, 422, "r/setup/services/gp", "label-nb=Legen");
    post(&w, 303, "r/setup/services/gp", "label-nb=Lege&offered=1");
    web_stop(&w);
}

static void
test_texts(void **state)
{
    struct setup_local l;
    struct web w;
    int number;

    (void)state;
    web_start(&w);
    post(&w, 303, "r/setup/texts/housing",
         "question-nb=Se+%22siden%22&colour-yellow-nb=Myrs%C3%A6ter"
         "&colour-yellow-en=%20");
    l = changes(&w, "r");
    assert_string_equal(local_text_of(&l.local, "housing.yellow")
                        ->help.in[LANG_NB], "Myrs\xC3\xA6ter");
    assert_null(local_text_of(&l.local, "housing.green"));
    see(&w, "r/setup/texts/housing");
    assert_has(&w, "Se &quot;siden&quot;");
    /* The same again is no new definition. */
    number = stored(&w, "r")->definition;
    post(&w, 303, "r/setup/texts/housing",
         "question-nb=Se+%22siden%22&colour-yellow-nb=Myrs%C3%A6ter");
    assert_int_equal(stored(&w, "r")->definition, number);
    post(&w, 303, "r/setup/texts/sex", "code-other-nb=Oppgitt+selv");
    l = changes(&w, "r");
    assert_int_equal(l.local.text_count, 3);
    assert_int_equal(web_get(&w, KARE, "/rounds/r/setup/texts/nei"), 404);
    assert_int_equal(web_get(&w, KARE, "/rounds/r/setup/texts/svc_gp_r"),
                     404);
    web_stop(&w);
}

static void
test_schedule(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    post(&w, 303, "r/setup/facts", "mapping_from=2014-06-02"
         "&mapping_to=2014-06-06&on-target_group-mental=1"
         "&on-target_group-substance=1&on-target_group-dual=1");
    see(&w, "r/setup/schedule");
    assert_has(&w, "name=\"on-0-2014-06-02\"");
    assert_has_not(&w, "2014-06-07");
    post(&w, 303, "r/setup/schedule",
         "day=2014-06-02&day=2014-06-03&on-0-2014-06-02=1"
         "&on-1-2014-06-02=1&on-1-2014-06-09=1");
    post(&w, 303, "r/setup/schedule/sor",
         "count=2&day-0=2014-06-02&room-0=Rom+%3C3%3E&day-1=&room-1=Venter");
    see(&w, "r/setup/schedule");
    assert_has(&w, "<small>Rom &lt;3&gt;</small>");
    assert_has(&w, "data-sum>2</td>");
    /* A day that was not shown stays; a tick that is gone, goes. */
    post(&w, 303, "r/setup/schedule", "day=2014-06-03&on-1-2014-06-03=1");
    see(&w, "r/setup/schedule");
    assert_has(&w, "name=\"on-0-2014-06-02\" value=\"1\" aria-label=\"Nord,"
                   " mandag 2.6.2014\" checked");
    post(&w, 303, "r/setup/schedule", "day=2014-06-02");
    see(&w, "r/setup/schedule/sor");
    assert_has_not(&w, "&lt;3");
    assert_has(&w, "Venter");
    post(&w, 422, "r/setup/schedule/sor",
         "count=2&day-0=2014-06-04&day-1=2014-06-04&room-1=Her");
    assert_has(&w, "value=\"Her\"");
    see(&w, "r/setup/schedule-print");
    web_stop(&w);
}

static void
test_lists(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    post(&w, 303, "r/setup/lists/rule",
         "count=3&text-0=B&place-0=2&text-1=&text-2=A&place-2=1&unit-2=sor");
    see(&w, "r/setup/lists/rule");
    assert_true(strstr(w.body, ">A</textarea>")
                < strstr(w.body, ">B</textarea>"));
    assert_has(&w, "<option value=\"sor\" selected>");
    post(&w, 422, "r/setup/lists/check",
         "count=1&text-0=Skriv+ut&when-0=before&days-0=");
    assert_has(&w, ">Skriv ut</textarea>");
    post(&w, 303, "r/setup/schedule", "day=2014-06-10&on-0-2014-06-10=1");
    post(&w, 303, "r/setup/lists/check",
         "count=2&text-0=Skriv+ut&when-0=before&days-0=7&text-1=Ring"
         "&when-1=date&date-1=2014-06-03");
    see(&w, "r/setup/lists/check");
    assert_has(&w, "Faller p\xC3\xA5 tirsdag 3.6.2014");
    assert_has(&w, "value=\"2014-06-03\"");
    post(&w, 303, "r/setup/expected", "n-0-1=48&n-0-2=&n-1-2=0");
    post(&w, 422, "r/setup/expected", "n-0-1=4&n-0-2=mange");
    assert_has(&w, "value=\"mange\"");
    see(&w, "r/setup/expected");
    assert_has(&w, "value=\"48\"");
    assert_int_equal(web_get(&w, KARE, "/rounds/r/setup/lists/nei"), 404);
    web_stop(&w);
}

static void
test_mappers(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    /* A leader: of the own unit, which need not be said. */
    assert_int_equal(web_get(&w, "lise", "/rounds/r/setup"), 403);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/mappers"), 200);
    assert_has(&w, "kari");
    assert_has_not(&w, "siri");
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers",
                              "mappers=Ny+En;ny.en%0ANy+To;ny.to;S%C3%B8r"),
                     422);
    assert_has(&w, "Linje 2");
    assert_int_equal(web_get(&w, "lise", "/rounds/r/mappers/ny.en"), 404);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers",
                              "mappers=Ny+En;NY.EN%0ANy+To;ny.to;nord;3"),
                     422);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers",
                              "mappers=Lise;lise"), 422);
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers",
                              "mappers=Ny+En;NY.EN%0ANy+To;ny.to;nord;2"
                              "%0ANy+En;ny.en"), 303);
    /* Again: nothing happens, nothing is refused. */
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers",
                              "mappers=Ny+En;ny.en"), 303);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/mappers/ny.en"), 200);
    assert_has(&w, "name=\"grant\" type=\"radio\"");
    /* Of another unit, or nobody: not found. */
    assert_int_equal(web_get(&w, "lise", "/rounds/r/mappers/siri"), 404);
    assert_int_equal(web_get(&w, "lise", "/rounds/r/mappers/nei"), 404);
    post(&w, 303, "r/mappers", "mappers=Per;per;sor;2%0AKari;kari;ost");
    web_stop(&w);
}

/* The value of the field GRANT on the last page. */
static const char *
grant_shown(struct web *w)
{
    const char *at = strstr(w->body, "name=\"grant\" type=\"radio\" value=\"");

    assert_non_null(at);
    at = strstr(at, "value=\"") + 7;
    return arena_text_n(&w->arena, at, strcspn(at, "\""));
}

static void
test_end(void **state)
{
    const char *form, *siri;
    struct web w;

    (void)state;
    web_start(&w);
    see(&w, "r/mappers/siri");
    siri = grant_shown(&w);
    see(&w, "r/mappers/ola");
    form = arena_printf(&w.arena, "grant=%s&reason=", grant_shown(&w));
    assert_int_equal(web_get(&w, "ola", "/rounds/r/day"), 200);
    post(&w, 422, "r/mappers/ola", form);
    /* Somebody else's grant under this name, and one of another unit. */
    post(&w, 422, "r/mappers/ola",
         arena_printf(&w.arena, "grant=%s&reason=x", siri));
    assert_int_equal(web_post(&w, "lise", "/rounds/r/mappers/siri",
                              arena_printf(&w.arena, "grant=%s&reason=x",
                                           siri)), 404);
    post(&w, 303, "r/mappers/ola", arena_printf(&w.arena, "%sSluttet", form));
    assert_int_not_equal(web_get(&w, "ola", "/rounds/r/day"), 200);
    assert_int_equal(web_get(&w, KARE, "/rounds/r/mappers/ola"), 404);
    assert_int_equal(web_get(&w, "siri", "/rounds/r/day"), 200);
    web_stop(&w);
}

static void
test_optouts(void **state)
{
    const char *number;
    struct web w;

    (void)state;
    web_start(&w);
    register_one(&w);
    number = web_number(&w, 0);
    post(&w, 422, "r/setup/optouts", "do=add&number=");
    post(&w, 422, "r/setup/optouts",
         arena_printf(&w.arena, "do=remove&number=%s", number));
    assert_has_not(&w, number);
    post(&w, 303, "r/setup/optouts",
         arena_printf(&w.arena, "do=add&number=%s", number));
    see(&w, "r/setup/optouts");
    assert_has_not(&w, number);
    assert_has(&w, "1.6.2014");
    assert_has(&w, "reserverte seg: <b>1</b>");
    assert_int_equal(web_get(&w, "kari", "/rounds/r/list"), 200);
    assert_has_not(&w, "1980");
    post(&w, 303, "r/setup/optouts",
         arena_printf(&w.arena, "do=remove&number=%s", number));
    see(&w, "r/setup/optouts");
    assert_has(&w, "Ingen har reservert seg");
    assert_has(&w, "reserverte seg: <b>1</b>");
    web_stop(&w);
}

/* Training rounds are set up where they belong; rounds of others are not
 * there. */
static void
test_elsewhere(void **state)
{
    struct web w;

    (void)state;
    web_start(&w);
    see(&w, "r-ovelse/setup");
    assert_has(&w, "href=\"/rounds/r/setup\"");
    assert_int_equal(web_get(&w, KARE, "/rounds/r-ovelse/setup/units"), 404);
    assert_int_equal(web_get(&w, "fremmed", "/rounds/r/setup"), 404);
    assert_int_equal(web_get(&w, "fremmed", "/rounds/r2/setup"), 200);
    assert_int_equal(web_post(&w, "kari", "/rounds/r/setup/status",
                              "do=close&sure=1"), 403);
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make), cmocka_unit_test(test_open),
        cmocka_unit_test(test_close), cmocka_unit_test(test_units),
        cmocka_unit_test(test_units_csv), cmocka_unit_test(test_switches),
        cmocka_unit_test(test_services), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_schedule), cmocka_unit_test(test_lists),
        cmocka_unit_test(test_mappers), cmocka_unit_test(test_end),
        cmocka_unit_test(test_optouts), cmocka_unit_test(test_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
