/* test_page_publish_compare.c - what a round is compared with, in the
 * browser: files of others and published rounds of the store; who may keep
 * them, why they are refused, and that they stand in what is made.
 *
 * The closed round r of 2014 has 60 complete registrations, and so has r0 of
 * 2012, where all have an individual plan. */
#include "web_fixture.h"
#include <sodium.h>
#include <string.h>
#include "intake/intake.h"
#include "report/compare_round.h"
#include "store/release.h"

enum { PEOPLE = 60 };

#define BASE "/rounds/r/publication"
#define TITLE "Planer ved siden av andre"

static void
import_people(struct web *w, const char *round, int plans)
{
    struct buf csv;

    buf_init(&csv, 0);
    buf_text(&csv, "unit;tier;pseudonym;sex;birth_year;target_group;economy;"
             "mental;physical;housing;social;network;activity;ip\n");
    for (int i = 0; i < PEOPLE; i++)
        buf_printf(&csv, "nord;1;%032x;%s;1980;mental;1;5;3;1;2;3;4;%d\n",
                   i + 1, i < PEOPLE / 2 ? "male" : "female", i < plans);
    web_import(w, round, csv.data, csv.len);
    buf_clear(&csv);
}

/* R0 is published, as the command line does it. */
static void
publish_earlier(struct web *w)
{
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    struct publication_order order = {
        .municipality_name = "Bergen", .publish = true
    };
    struct publication made;
    struct opened o;
    struct err e = { 0 };
    int number;

    web_ok(opened_init(&o, w->s, "r0", &e), &e);
    web_ok(publication_whole(&o, LANG_NB, &w->arena, document, &order, &e),
           &e);
    web_ok(publication_make(&o, &web_maker, &order, &w->arena, &made, &e), &e);
    web_ok(store_begin(w->s, &e), &e);
    web_ok(publication_record(&o, &web_maker, &made, NULL, 0, &number, &e),
           &e);
    web_ok(store_commit(w->s, &e), &e);
    publication_clear(&made);
    opened_clear(&o);
}

static void
begin(struct web *w)
{
    struct err e = { 0 };

    web_begin(w);
    web_round(w, "r0", 2012, "");
    web_people(w);
    web_account(w, "own", DUTY_GROUP, "r", "");
    web_ok(store_commit(w->s, &e), &e);
    import_people(w, "r", PEOPLE / 2);
    import_people(w, "r0", PEOPLE);
    web_ok(store_begin(w->s, &e), &e);
    web_close(w, "r");
    web_close(w, "r0");
    web_ok(store_commit(w->s, &e), &e);
    publish_earlier(w);
    web_ok(store_begin(w->s, &e), &e);
    web_serve(w);
}

/* ---- files of others ---- */

static struct signing_key
their_key(void)
{
    struct signing_key key = { .seed = "thirty-two bytes, and no secret" };
    unsigned char public[32], secret[64];

    crypto_sign_seed_keypair(public, secret, key.seed);
    for (int i = 0; i < 32; i++)
        snprintf(key.hex + 2 * i, 3, "%02x", public[i]);
    return key;
}

/* The numbers of r0 as those of another municipality in 2014. */
static const char *
file_of(struct web *w, const char *name, int number, int from_age)
{
    static const struct compare_order all = { NULL, true };
    const struct signing_key key = their_key();
    struct compare_round r;
    struct store_options options = w->options;
    struct err e = { 0 };
    struct store *s;
    struct buf out;
    const char *text;

    options.mode = STORE_READ;
    s = store_open(&options, &e);
    web_ok(s != NULL, &e);
    web_ok(compare_round_take(&r, s, "r0", &web_maker, &all, &w->arena, &e),
           &e);
    r.a.name = name;
    r.a.municipality = &number;
    r.a.year = 2014;
    r.a.from_age = from_age;
    buf_init(&out, 0);
    aggregate_write(&r.a, &key, &out);
    text = arena_text(&w->arena, buf_string(&out));
    buf_clear(&out);
    compare_round_clear(&r);
    store_close(s);
    return text;
}

static int
upload(struct web *w, const char *user, const char *file, const char *key)
{
    static const struct http_pair type = {
        "Content-Type", "multipart/form-data; boundary=part"
    };
#define FIELD "--part\r\nContent-Disposition: form-data; name="

    return web_send(w, arena_printf(&w->arena, "brukerplan=%s",
                                    web_user(w, user)->token),
                    HTTP_POST, BASE "/compare", &type, 1,
                    arena_printf(&w->arena,
                        FIELD "\"csrf\"\r\n\r\n%s\r\n" FIELD "\"file\"; "
                        "filename=\"a.json\"\r\nContent-Type: "
                        "application/json\r\n\r\n%s\r\n" FIELD
                        "\"signer\"\r\n\r\n%s\r\n--part--\r\n",
                        web_user(w, user)->csrf, file, key));
}

static void
check_body(struct web *w, const char *text, bool want)
{
    if ((strstr(w->body, text) != NULL) != want) {
        const char *at = strstr(w->body, "<main");

        fail_msg("%s \"%s\" in %d: %s", want ? "no" : "a", text, w->status,
                 at != NULL ? at : w->body);
    }
}

static void
refused(struct web *w, const char *file, const char *key, const char *say)
{
    assert_int_equal(upload(w, "grete", file, key), 422);
    check_body(w, say, true);
}

/* Whether the slides of the draft stand beside others. */
static void
check_slides(struct web *w, bool want)
{
    assert_int_equal(web_get(w, "grete", BASE "/slides?lang=nb"), 200);
    check_body(w, TITLE, want);
}

static void
test_doors(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_int_equal(web_get(&w, "grete", BASE "/compare"), 200);
    assert_int_equal(web_get(&w, "anders", BASE "/compare"), 200);
    assert_int_equal(web_get(&w, "lise", BASE "/compare"), 403);
    assert_int_equal(web_get(&w, "fremmed", BASE "/compare"), 404);
    assert_int_equal(web_post(&w, "anders", BASE "/compare", "round=r0"),
                     403);
    assert_int_equal(web_post(&w, "anders", BASE "/compare/remove",
                              "number=1"), 403);
    /* No token. */
    assert_int_equal(web_send(&w, arena_printf(&w.arena, "brukerplan=%s",
                                               web_user(&w, "grete")->token),
                              HTTP_POST, BASE "/compare", NULL, 0, NULL),
                     403);
    assert_int_equal(web_get(&w, "kare", "/rounds/r-ovelse/publication/"
                             "compare"), 404);
    web_stop(&w);
}

/* What the store has kept of r0's releases. */
static int
releases(struct web *w, int *files)
{
    const struct round_release *list;
    const struct round_release_file *file;
    struct store_options o = w->options;
    struct round *r;
    struct store *s;
    struct err e = { 0 };
    int count;

    o.mode = STORE_READ;
    s = store_open(&o, &e);
    web_ok(s != NULL, &e);
    web_ok(round_load(s, "r0", &w->arena, &r, &e), &e);
    web_ok(round_release_list(s, r, &w->arena, &list, &count, &e), &e);
    web_ok(round_release_files(s, r, &w->arena, &file, files, &e), &e);
    store_close(s);
    return count;
}

static void
test_round(void **state)
{
    struct web w;
    int files;

    (void)state;
    begin(&w);
    check_slides(&w, false);
    assert_int_equal(web_get(&w, "grete", BASE "/compare"), 200);
    check_body(&w, "value=\"r0\"", true);
    /* Not published, not there, itself, one of the training. */
    check_body(&w, "value=\"r2\"", false);
    assert_int_equal(web_post(&w, "grete", BASE "/compare", "round=r2"),
                     422);
    assert_int_equal(web_post(&w, "grete", BASE "/compare", "round=nothing"),
                     422);
    assert_int_equal(web_post(&w, "grete", BASE "/compare", "round=r"), 422);
    /* Whose duty is in r alone sees nothing of r0. */
    assert_int_equal(web_get(&w, "own", BASE "/compare"), 200);
    check_body(&w, "value=\"r0\"", false);
    assert_int_equal(web_post(&w, "own", BASE "/compare", "round=r0"), 422);
    assert_int_equal(releases(&w, &files), 1);
    assert_int_equal(files, 0);
    assert_int_equal(web_post(&w, "grete", BASE "/compare", "round=r0"),
                     303);
    /* The same numbers: the same release, with a file more. */
    assert_int_equal(releases(&w, &files), 1);
    assert_int_equal(files, 1);
    assert_int_equal(web_get(&w, "own", BASE "/compare"), 200);
    check_body(&w, "Bergen 2012", true);
    assert_int_equal(web_post(&w, "grete", BASE "/compare", "round=r0"),
                     422);
    check_slides(&w, true);
    /* Half of them have a plan, where all had. */
    assert_int_equal(web_get(&w, "anders", BASE "/files/report.nb.html"),
                     200);
    check_body(&w, "ned fra 100", true);
    /* What differs is proposed as a focus area. */
    assert_int_equal(web_get(&w, "grete", BASE "/focus?lang=nb"), 200);
    check_body(&w, "compare.plans.ip", true);
    assert_int_equal(web_post(&w, "grete", BASE "/compare/remove",
                              "number=2"), 422);
    assert_int_equal(web_post(&w, "grete", BASE "/compare/remove",
                              "number=1"), 303);
    check_slides(&w, false);
    web_stop(&w);
}

static void
test_file(void **state)
{
    const struct signing_key key = their_key();
    const char *oslo, *stavanger;
    char *changed;
    struct web w;

    (void)state;
    begin(&w);
    oslo = file_of(&w, "Oslo", 301, 18);
    stavanger = file_of(&w, "Stavanger", 1103, 18);
    changed = strcpy(arena_take(&w.arena, strlen(oslo) + 1), oslo);
    *strstr(changed, "Oslo") = 'o';
    refused(&w, oslo, "", "har signert");
    refused(&w, oslo, "not a key", "64 tegn");
    refused(&w, changed, key.hex, "har signert");
    refused(&w, "", key.hex, "Velg en fil");
    refused(&w, file_of(&w, "Oslo", 301, 16), key.hex, "aldersgrense");
    assert_int_equal(upload(&w, "anders", oslo, key.hex), 403);
    assert_int_equal(upload(&w, "grete", oslo, key.hex), 303);
    refused(&w, oslo, key.hex, "Oslo 2014");
    /* Two municipalities are too few, and no document has them. */
    assert_int_equal(web_get(&w, "grete", BASE "/compare"), 200);
    check_body(&w, "Sammenligningen er ikke med", true);
    check_slides(&w, false);
    assert_int_equal(web_get(&w, "kare", BASE "/release"), 200);
    check_body(&w, "Sammenligningen er ikke med", true);
    /* The key is trusted now. */
    assert_int_equal(upload(&w, "grete", stavanger, ""), 303);
    assert_int_equal(web_get(&w, "grete", BASE "/compare"), 200);
    check_body(&w, "Sammenligningen er ikke med", false);
    check_body(&w, "Stavanger 2014", true);
    check_slides(&w, true);
    assert_int_equal(web_get(&w, "grete", BASE "/files/mental.nb.html"),
                     200);
    check_body(&w, "Stavanger 2014", true);
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doors), cmocka_unit_test(test_round),
        cmocka_unit_test(test_file)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
