/* test_round_setup.c - a round made step by step: facts, units, opening,
 * a copy of last year's, and the training round beside it. */
#include "store_fixture.h"
#include "store/focus.h"
#include "store/publishing.h"
#include "store/text.h"
#include "store/fieldwork.h"
#include "store/round_setup.h"
#include "store/work.h"

static const struct unit_tier one_tier[] = { { 1, "Vedtak", false, "" } };

static void
load(struct fixture *f, const char *id)
{
    struct err e;

    err_clear(&e);
    assert_ok(round_load(f->s, id, &f->arena, &f->round, &e), &e);
}

/* A real round in setup, with two units. */
static void
fixture_setup(struct fixture *f)
{
    static const struct unit units[] = {
        { "nord", "Nord", "health", one_tier, 1, false },
        { "sor", "S\u00f8r", "social", one_tier, 1, false }
    };
    struct round r = {
        .id = "oslo-2026", .municipality = 301, .year = 2026, .period = 1,
        .from_age = 18, .title = "Oslo 2026", .status = ROUND_SETUP,
        .training_of = "", .units = units, .unit_count = 2
    };
    const struct definition d = { 1, "id: tiny\n", 9, "a b", NULL };
    struct err e;

    err_clear(&e);
    fixture_store(f);
    begin(f);
    assert_ok(round_add(f->s, &everyone, &r, &d, NULL, &e), &e);
    commit(f);
    load(f, "oslo-2026");
}

/* Ends the transaction and loads what stands then. */
static bool
done(struct fixture *f, bool ok, struct err *e)
{
    if (!ok) {
        store_rollback(f->s);
        return false;
    }
    ok = store_commit(f->s, e);
    load(f, f->round->id);
    return ok;
}

static bool
set_status(struct fixture *f, enum round_status status, const char *reason,
           struct err *e)
{
    begin(f);
    return done(f, round_set_status(f->s, &everyone, f->round, status,
                                    reason, e), e);
}

static void
fill_lawful(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    begin(f);
    for (int i = 0; i < LAWFUL_COUNT; i++) {
        const char *value = "x";

        if (lawful_fields[i].kind == LAWFUL_DATE)
            value = "2026-03-01";
        else if (lawful_fields[i].kind == LAWFUL_NUMBER)
            value = "1000";
        if (strcmp(lawful_fields[i].id, "legal_basis_social") != 0)
            assert_ok(round_set(f->s, &everyone, f->round, i, value, &e),
                      &e);
    }
    commit(f);
    load(f, f->round->id);
}

static bool
facts(struct fixture *f, const char *title, int year, int period, int age,
      struct err *e)
{
    const struct round_basics b = { title, year, period, age };

    begin(f);
    return done(f, round_change_facts(f->s, &everyone, f->round, &b, e), e);
}

static void
test_facts(void **state)
{
    struct fixture f;
    struct err e;
    char longest[UNIT_NAME_MAX + 2];

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    assert_string_equal(round_status_word(f.round->status), "setup");
    assert_ok(facts(&f, "Oslo, v\u00e5r", 2027, 2, 16, &e), &e);
    assert_string_equal(f.round->title, "Oslo, v\u00e5r");
    assert_int_equal(f.round->year, 2027);
    assert_int_equal(f.round->period, 2);
    assert_int_equal(f.round->from_age, 16);
    memset(longest, 'x', sizeof longest);
    longest[UNIT_NAME_MAX] = '\0';
    assert_ok(facts(&f, longest, 2199, 99, 99, &e), &e);
    longest[UNIT_NAME_MAX] = 'x';
    longest[UNIT_NAME_MAX + 1] = '\0';
    assert_fails(facts(&f, longest, 2027, 1, 18, &e), &e, ERR_INPUT,
                 "setup.text");
    assert_fails(facts(&f, " ", 2027, 1, 18, &e), &e, ERR_INPUT,
                 "setup.blank");
    assert_fails(facts(&f, "a\tb", 2027, 1, 18, &e), &e, ERR_INPUT,
                 "setup.text");
    assert_fails(facts(&f, "a\xff", 2027, 1, 18, &e), &e, ERR_INPUT,
                 "setup.text");
    assert_fails(facts(&f, "a", 2200, 1, 18, &e), &e, ERR_INPUT,
                 "setup.range");
    assert_fails(facts(&f, "a", 2027, 0, 18, &e), &e, ERR_INPUT,
                 "setup.range");
    assert_fails(facts(&f, "a", 2027, 1, 100, &e), &e, ERR_INPUT,
                 "setup.range");
    load(&f, "bergen-2025");
    assert_fails(facts(&f, "a", 2027, 1, 18, &e), &e, ERR_INPUT,
                 "setup.opened");
    fixture_remove(&f);
}

static bool
add_unit(struct fixture *f, const struct unit *u, struct err *e)
{
    begin(f);
    return done(f, unit_add(f->s, &everyone, f->round, u, e), e);
}

static bool
change_unit(struct fixture *f, int unit, const struct unit *u,
            struct err *e)
{
    begin(f);
    return done(f, unit_change(f->s, &everyone, f->round, unit, u, e), e);
}

static bool
switch_unit(struct fixture *f, int unit, bool off, const char *reason,
            struct err *e)
{
    begin(f);
    return done(f, unit_off(f->s, &everyone, f->round, unit, off, reason,
                            e), e);
}

static void
test_unit_add(void **state)
{
    static const struct unit_tier twice[] = {
        { 2, "", false, "" }, { 2, "", false, "" }
    };
    static const struct unit_tier four[] = { { 4, "", false, "" } };
    static const struct unit_tier good[] = {
        { 3, "", false, "De i permisjon\nikke" }, { 1, "", true, "" }
    };
    static const struct {
        struct unit u;
        const char *key;
    } cases[] = {
        { { "vest", "Vest", "health", good, 2, false }, "" },
        { { "a_b-1", "X", NULL, one_tier, 1, false }, "" },
        { { "vest", "Again", "health", one_tier, 1, false },
          "unit.twice" },
        { { "Vest", "X", "", one_tier, 1, false }, "setup.unit_id" },
        { { "", "X", "", one_tier, 1, false }, "setup.unit_id" },
        { { "unknown", "X", "", one_tier, 1, false }, "setup.unit_id" },
        { { "x", "", "", one_tier, 1, false }, "setup.blank" },
        { { "x", "X", "prison", one_tier, 1, false }, "setup.sector" },
        { { "x", "X", "", NULL, 0, false }, "setup.tiers" },
        { { "x", "X", "", four, 1, false }, "setup.tiers" },
        { { "x", "X", "", twice, 2, false }, "setup.tier_twice" }
    };
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].key[0] == '\0')
            assert_ok(add_unit(&f, &cases[i].u, &e), &e);
        else
            assert_fails(add_unit(&f, &cases[i].u, &e), &e, ERR_INPUT,
                         cases[i].key);
    }
    assert_int_equal(f.round->unit_count, 4);
    assert_string_equal(f.round->units[2].id, "vest");
    assert_int_equal(f.round->units[2].tiers[0].tier, 3);
    assert_string_equal(f.round->units[2].tiers[0].whom,
                        "De i permisjon\nikke");
    assert_true(f.round->units[2].tiers[1].number_required);
    assert_false(f.round->units[2].off);
    assert_string_equal(f.round->units[3].sector, "");
    fixture_remove(&f);
}

static void
test_unit_change(void **state)
{
    static const struct unit_tier two[] = {
        { 2, "LAR", true, "" }, { 1, "Vedtak", false, "" }
    };
    static const struct unit_tier second[] = { { 2, "LAR", true, "" } };
    static const struct actor mapper = {
        .name = "ola", .rights = "mapper", .all_units = true
    };
    struct unit u = { "ignored", "Nye Nord", "other", two, 2, false };
    static const uint8_t pseudonym[16] = { 1 };
    const struct work_change c = {
        .definition = 1, .answers = (const uint8_t *)"x", .answers_len = 1
    };
    struct fixture f;
    const struct expected *list;
    struct work *w;
    struct err e, last;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(change_unit(&f, 1, &u, &e), &e);
    assert_string_equal(f.round->units[1].id, "sor");
    assert_string_equal(f.round->units[1].name, "Nye Nord");
    assert_string_equal(f.round->units[1].sector, "other");
    assert_int_equal(f.round->units[1].tier_count, 2);
    assert_int_equal(f.round->units[1].tiers[0].tier, 2);
    assert_string_equal(f.round->units[0].name, "Nord");
    begin(&f);
    assert_ok(expected_set(f.s, &everyone, f.round, 1, 1, 5, &e), &e);
    assert_ok(expected_set(f.s, &everyone, f.round, 1, 2, 6, &e), &e);
    assert_ok(work_start(f.s, &mapper, f.round, 1, 2, pseudonym, &c,
                         &f.arena, &w, &e), &e);
    commit(&f);
    u.tiers = one_tier;
    u.tier_count = 1;
    assert_fails(change_unit(&f, 1, &u, &e), &e, ERR_INPUT,
                 "setup.tier_used");
    u.tiers = second;
    assert_ok(change_unit(&f, 1, &u, &e), &e);
    assert_ok(expected_list(f.s, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 1);
    assert_int_equal(list[0].tier, 2);
    assert_int_equal(faults(&f, &last), 0);
    assert_ok(set_status(&f, ROUND_CLOSED, "", &e), &e);
    assert_fails(change_unit(&f, 1, &u, &e), &e, ERR_INPUT,
                 "setup.closed");
    assert_fails(add_unit(&f, &u, &e), &e, ERR_INPUT, "setup.closed");
    assert_fails(switch_unit(&f, 1, true, "x", &e), &e, ERR_INPUT,
                 "setup.closed");
    fixture_remove(&f);
}

/* A unit without a legal basis: off, or the round does not open. */
static void
test_open(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    assert_int_equal(faults(&f, &last), 0);
    assert_fails(set_status(&f, ROUND_OPEN, "", &e), &e, ERR_INPUT,
                 "round.blank");
    assert_fails(set_status(&f, ROUND_CLOSED, "", &e), &e, ERR_INPUT,
                 "setup.not_open");
    fill_lawful(&f);
    assert_string_equal(round_blank(f.round), "legal_basis_social");
    assert_fails(set_status(&f, ROUND_OPEN, "", &e), &e, ERR_INPUT,
                 "round.blank");
    assert_fails(switch_unit(&f, 1, true, " ", &e), &e, ERR_INPUT,
                 "setup.reason");
    assert_ok(switch_unit(&f, 1, true, "Mangler hjemmel", &e), &e);
    assert_true(f.round->units[1].off);
    assert_null(round_blank(f.round));
    assert_ok(switch_unit(&f, 0, true, "x", &e), &e);
    assert_fails(set_status(&f, ROUND_OPEN, "", &e), &e, ERR_INPUT,
                 "setup.no_unit");
    assert_ok(switch_unit(&f, 0, false, "", &e), &e);
    assert_ok(set_status(&f, ROUND_OPEN, "", &e), &e);
    assert_int_equal(f.round->status, ROUND_OPEN);
    assert_fails(switch_unit(&f, 1, false, "", &e), &e, ERR_INPUT,
                 "round.blank");
    assert_ok(set_status(&f, ROUND_CLOSED, "", &e), &e);
    assert_fails(set_status(&f, ROUND_OPEN, "", &e), &e, ERR_INPUT,
                 "round.reason");
    assert_ok(set_status(&f, ROUND_OPEN, "Etternølere", &e), &e);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static struct round *
training(struct fixture *f)
{
    struct round *t;
    struct err e;

    err_clear(&e);
    assert_ok(training_find(f->s, f->round->id, &f->arena, &t, &e), &e);
    return t;
}

static void
test_training(void **state)
{
    static const struct unit more = {
        "ost", "\u00d8st", "health", one_tier, 1, false
    };
    static const struct definition next = { 2, "id: b\n", 6, "", NULL };
    struct fixture f;
    struct definition d;
    struct round *t;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    assert_null(training(&f));
    begin(&f);
    assert_ok(training_make(f.s, &everyone, f.round, &e), &e);
    assert_ok(training_make(f.s, &everyone, f.round, &e), &e);
    commit(&f);
    t = training(&f);
    assert_string_equal(t->id, "oslo-2026-ovelse");
    assert_string_equal(t->training_of, "oslo-2026");
    assert_int_equal(t->status, ROUND_OPEN);
    assert_true(t->synthetic);
    assert_int_equal(t->unit_count, 2);
    assert_int_equal(faults(&f, &last), 0);

    assert_ok(facts(&f, "Oslo igjen", 2026, 2, 17, &e), &e);
    assert_ok(add_unit(&f, &more, &e), &e);
    assert_ok(switch_unit(&f, 0, true, "x", &e), &e);
    begin(&f);
    assert_ok(round_define(f.s, &everyone, f.round, &next, &e), &e);
    commit(&f);
    t = training(&f);
    assert_int_equal(t->unit_count, 3);
    assert_int_equal(t->from_age, 17);
    assert_true(t->units[0].off);
    assert_int_equal(t->definition, 2);
    assert_ok(round_definition(f.s, t, 0, &f.arena, &d, &e), &e);
    assert_string_equal(d.text, "id: b\n");

    fill_lawful(&f);
    assert_ok(switch_unit(&f, 1, true, "x", &e), &e);
    assert_ok(set_status(&f, ROUND_OPEN, "", &e), &e);
    assert_ok(set_status(&f, ROUND_CLOSED, "", &e), &e);
    assert_int_equal(training(&f)->status, ROUND_CLOSED);
    assert_ok(set_status(&f, ROUND_OPEN, "again", &e), &e);
    assert_int_equal(training(&f)->status, ROUND_OPEN);
    load(&f, t->id);
    begin(&f);
    assert_fails(training_make(f.s, &everyone, f.round, &e), &e, ERR_INPUT,
                 "setup.synthetic");
    store_rollback(f.s);
    fixture_remove(&f);
}

static void
test_training_id(void **state)
{
    struct fixture f;
    struct round r, *t;
    struct definition d;
    struct err e;
    char id[ROUND_ID_MAX + 1];

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    memset(id, 'a', ROUND_ID_MAX);
    id[ROUND_ID_MAX] = '\0';
    r = *f.round;
    r.id = id;
    begin(&f);
    assert_ok(round_definition(f.s, f.round, 0, &f.arena, &d, &e), &e);
    assert_ok(round_add(f.s, &everyone, &r, &d, NULL, &e), &e);
    commit(&f);
    load(&f, id);
    begin(&f);
    assert_ok(training_make(f.s, &everyone, f.round, &e), &e);
    commit(&f);
    t = training(&f);
    assert_int_equal(strlen(t->id), ROUND_ID_MAX);
    assert_string_equal(t->training_of, id);
    fixture_remove(&f);
}

static void
save_text(struct fixture *f, const char *name, enum lang lang,
          const char *source, int seen)
{
    struct err e = { 0 };
    int now;

    assert_ok(round_text_save(f->s, &everyone, f->round, name, lang,
                              ROUND_TEXT_REPORT, source, strlen(source),
                              seen, &now, &e), &e);
}

/* The texts come along in their newest words, unlocked, and what is to be
 * done, without when and whether; not the old round's focus areas. */
static void
test_copy_publication(void **state)
{
    const struct round to = {
        .id = "oslo-2027", .municipality = 301, .year = 2027, .period = 1,
        .from_age = 16, .title = "Oslo 2027"
    };
    const struct round_text report = { .name = "report", .lang = LANG_NN };
    const struct publish_item check = {
        .text = "Les korrektur", .who = "Kari", .at_ms = 5000,
        .done_ms = 6000, .done_by = "ola"
    };
    const struct publish_item receiver = { .text = "Rapporten",
                                           .who = "Byr\u00e5den" };
    const struct round_focus area = { "", "Bolig", "Tekst", "" };
    const struct round_focus *areas;
    const struct round_text *list;
    struct round_text_version v;
    struct publishing now;
    struct fixture f;
    struct err e;
    int n, revision;

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    begin(&f);
    save_text(&f, "report", LANG_NN, "gammalt", 0);
    save_text(&f, "report", LANG_NN, "nytt", 1);
    save_text(&f, "vedlegg", LANG_NB, "mer", 0);
    assert_ok(round_text_lock(f.s, &everyone, f.round, &report, 2, &e), &e);
    assert_ok(publishing_set(f.s, &everyone, f.round, PUBLISH_CHECKS,
                             &check, 1, 0, &e), &e);
    assert_ok(publishing_set(f.s, &everyone, f.round, PUBLISH_RECEIVERS,
                             &receiver, 1, 0, &e), &e);
    assert_ok(publishing_embargo(f.s, &everyone, f.round, 5000, 0, &e), &e);
    assert_ok(round_focus_set(f.s, &everyone, f.round, LANG_NB, &area, 1, 0,
                              &e), &e);
    assert_ok(round_copy(f.s, &everyone, f.round, &to, &e), &e);
    commit(&f);
    load(&f, "oslo-2027");
    assert_ok(round_text_list(f.s, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].name, "report");
    assert_int_equal(list[0].lang, LANG_NN);
    assert_int_equal(list[0].version, 1);
    assert_false(list[0].locked);
    assert_ok(round_text_read(f.s, f.round, &list[0], 0, &f.arena, &v, &e),
              &e);
    assert_int_equal(v.len, strlen("nytt"));
    assert_memory_equal(v.source, "nytt", v.len);
    assert_string_equal(list[1].name, "vedlegg");
    assert_ok(publishing_get(f.s, f.round, &f.arena, &now, &e), &e);
    assert_int_equal(now.embargo_ms, 0);
    assert_int_equal(now.count[PUBLISH_CHECKS], 1);
    assert_string_equal(now.item[PUBLISH_CHECKS][0].text, check.text);
    assert_string_equal(now.item[PUBLISH_CHECKS][0].who, "Kari");
    assert_int_equal(now.item[PUBLISH_CHECKS][0].at_ms, 0);
    assert_int_equal(now.item[PUBLISH_CHECKS][0].done_ms, 0);
    assert_string_equal(now.item[PUBLISH_CHECKS][0].done_by, "");
    assert_int_equal(now.count[PUBLISH_RECEIVERS], 1);
    assert_ok(round_focus_list(f.s, f.round, LANG_NB, &f.arena, &areas, &n,
                               &revision, &e), &e);
    assert_int_equal(n, 0);
    fixture_remove(&f);
}

static void
test_copy(void **state)
{
    const struct round to = {
        .id = "oslo-2027", .municipality = 301, .year = 2027, .period = 1,
        .from_age = 16, .title = "Oslo 2027"
    };
    const struct day_slot slot = { 0, 20550, "Rom 3", "Kari" };
    const struct item items[] = {
        { -1, "Meld inn kartleggere", "", "", ITEM_DATE, 20500 },
        { 1, "Bestill rom", "leder", "", ITEM_DAYS, -14 }
    };
    const struct day_slot *slots;
    const struct item *got;
    const struct expected *expected;
    struct definition d;
    struct round bad = to;
    struct fixture f;
    struct err e, last;
    int n, value[SETTING_COUNT];

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    fill_lawful(&f);
    assert_ok(switch_unit(&f, 1, true, "Uten hjemmel", &e), &e);
    begin(&f);
    assert_ok(slot_set(f.s, &everyone, f.round, 0, &slot, 1, &e), &e);
    assert_ok(item_set(f.s, &everyone, f.round, ITEM_CHECK, items, 2, &e),
              &e);
    assert_ok(expected_set(f.s, &everyone, f.round, 0, 1, 60, &e), &e);
    assert_ok(setting_set(f.s, &everyone, f.round, SETTING_SMALL_BELOW, 10,
                          &e), &e);
    assert_ok(round_copy(f.s, &everyone, f.round, &to, &e), &e);
    commit(&f);
    begin(&f);
    assert_fails(round_copy(f.s, &everyone, f.round, &to, &e), &e,
                 ERR_INPUT, "round.exists");
    bad.title = "";
    assert_fails(round_copy(f.s, &everyone, f.round, &bad, &e), &e,
                 ERR_INPUT, "setup.blank");
    store_rollback(f.s);

    load(&f, "oslo-2027");
    assert_int_equal(f.round->status, ROUND_SETUP);
    assert_int_equal(f.round->from_age, 16);
    assert_int_equal(f.round->unit_count, 2);
    assert_true(f.round->units[1].off);
    assert_string_equal(f.round->units[0].tiers[0].words, "Vedtak");
    assert_string_equal(f.round->lawful[lawful_field_of("controller")],
                        "x");
    assert_string_equal(f.round->lawful[lawful_field_of("mapping_from")],
                        "");
    assert_string_equal(f.round->lawful[lawful_field_of("population")], "");
    assert_ok(round_definition(f.s, f.round, 0, &f.arena, &d, &e), &e);
    assert_string_equal(d.switched_on, "a b");
    assert_ok(slot_list(f.s, f.round, &f.arena, &slots, &n, &e), &e);
    assert_int_equal(n, 1);
    assert_int_equal(slots[0].day, DAY_NONE);
    assert_string_equal(slots[0].room, "Rom 3");
    assert_ok(item_get(f.s, f.round, ITEM_CHECK, &f.arena, &got, &n, &e),
              &e);
    assert_int_equal(n, 2);
    assert_int_equal(got[0].when, ITEM_ANYTIME);
    assert_int_equal(got[1].day, -14);
    assert_ok(expected_list(f.s, f.round, &f.arena, &expected, &n, &e), &e);
    assert_int_equal(n, 1);
    assert_int_equal(expected[0].count, 60);
    assert_ok(setting_list(f.s, f.round, value, &e), &e);
    assert_int_equal(value[SETTING_SMALL_BELOW], 10);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_check(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_setup(&f);
    begin(&f);
    assert_ok(db_execute(f.s->db, "update round set training_of = 'gone' "
                         "where id = 'bergen-2025'", &e), &e);
    commit(&f);
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "setup.check_training");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts), cmocka_unit_test(test_unit_add),
        cmocka_unit_test(test_unit_change), cmocka_unit_test(test_open),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_training_id), cmocka_unit_test(test_copy),
        cmocka_unit_test(test_copy_publication),
        cmocka_unit_test(test_check)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
