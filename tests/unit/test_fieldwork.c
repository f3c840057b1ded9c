/* test_fieldwork.c - schedule, lists, expected numbers, who was not
 * registered, settings. */
#include "store_fixture.h"
#include "store/fieldwork.h"

static const char *const nord[] = { "nord" };
static const struct actor ola = {
    .name = "ola", .rights = "mapper", .units = nord, .unit_count = 1
};

/* Commits if OK. */
static bool
end(struct fixture *f, bool ok, struct err *e)
{
    if (ok)
        return store_commit(f->s, e);
    store_rollback(f->s);
    return false;
}

static bool
set_slots(struct fixture *f, int unit, const struct day_slot *list,
          int count, struct err *e)
{
    begin(f);
    return end(f, slot_set(f->s, &everyone, f->round, unit, list, count, e),
               e);
}

static void
test_slots(void **state)
{
    static const struct day_slot nords[] = {
        { 0, 20510, "Rom 2", "Kari og Per" }, { 0, DAY_NONE, NULL, NULL },
        { 0, 20500, "Rom 1", "" }
    };
    static const struct day_slot twice[] = {
        { 0, 20510, "", "" }, { 0, 20510, "", "" }
    };
    static const struct day_slot bad[] = { { 0, 20510, "a\nb", "" } };
    static struct day_slot many[SLOTS_MAX + 1];
    struct fixture f;
    const struct day_slot *list;
    struct err e;
    int32_t first, last;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    for (int i = 0; i <= SLOTS_MAX; i++)
        many[i].day = 20000 + i;
    assert_ok(set_slots(&f, 2, many, SLOTS_MAX, &e), &e);
    assert_fails(set_slots(&f, 2, many, SLOTS_MAX + 1, &e), &e, ERR_INPUT,
                 "plan.many");
    assert_ok(set_slots(&f, 2, NULL, 0, &e), &e);
    assert_ok(set_slots(&f, 0, nords, 3, &e), &e);
    assert_fails(set_slots(&f, 0, twice, 2, &e), &e, ERR_INPUT,
                 "plan.day_twice");
    assert_fails(set_slots(&f, 0, bad, 1, &e), &e, ERR_INPUT, "plan.text");
    assert_ok(slot_list(f.s, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 3);
    assert_string_equal(list[0].room, "Rom 1");
    assert_string_equal(list[1].trainers, "Kari og Per");
    assert_int_equal(list[2].day, DAY_NONE);
    slot_span(list, n, 0, &first, &last);
    assert_int_equal(first, 20500);
    assert_int_equal(last, 20510);
    slot_span(list, n, 1, &first, &last);
    assert_int_equal(first, DAY_NONE);
    fixture_remove(&f);
}

static bool
set_items(struct fixture *f, enum item_list which, const struct item *items,
          int count, struct err *e)
{
    begin(f);
    return end(f, item_set(f->s, &everyone, f->round, which, items, count,
                           e), e);
}

static void
test_items(void **state)
{
    static const struct item contacts[] = {
        { -1, "Kari Nordmann", "prosjektleder", "55 00 00 00",
          ITEM_ANYTIME, 0 },
        { 1, "Ola", "", "", ITEM_ANYTIME, 0 }
    };
    static const struct item checks[] = {
        { -1, "Bestill rom\nog kaffe", "leder", "", ITEM_DAYS, -14 },
        { -1, "Informer brukerne", "", "", ITEM_DATE, 20400 }
    };
    static const struct item blank[] = { { -1, " ", "", "", 0, 0 } };
    static const struct item far[] = { { -1, "x", "", "", ITEM_DAYS, 731 } };
    static struct item many[ITEMS_MAX + 1];
    struct fixture f;
    const struct item *got;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(set_items(&f, ITEM_CONTACT, contacts, 2, &e), &e);
    assert_ok(set_items(&f, ITEM_CHECK, checks, 2, &e), &e);
    assert_fails(set_items(&f, ITEM_CHECK, blank, 1, &e), &e, ERR_INPUT,
                 "plan.blank");
    assert_fails(set_items(&f, ITEM_CHECK, far, 1, &e), &e, ERR_INPUT,
                 "plan.days");
    assert_ok(item_get(f.s, f.round, ITEM_CHECK, &f.arena, &got, &n, &e),
              &e);
    assert_int_equal(n, 2);
    assert_string_equal(got[0].text, "Bestill rom\nog kaffe");
    assert_int_equal(item_day(&got[0], 20500), 20486);
    assert_int_equal(item_day(&got[0], DAY_NONE), DAY_NONE);
    assert_int_equal(item_day(&got[1], 20500), 20400);
    assert_ok(item_get(f.s, f.round, ITEM_CONTACT, &f.arena, &got, &n, &e),
              &e);
    assert_int_equal(n, 2);
    assert_string_equal(got[0].where, "55 00 00 00");
    assert_int_equal(got[1].unit, 1);
    assert_int_equal(item_day(&got[0], 20500), DAY_NONE);
    for (int i = 0; i <= ITEMS_MAX; i++)
        many[i] = (struct item){ .unit = -1, .text = "x" };
    assert_ok(set_items(&f, ITEM_RULE, many, ITEMS_MAX, &e), &e);
    assert_fails(set_items(&f, ITEM_RULE, many, ITEMS_MAX + 1, &e), &e,
                 ERR_INPUT, "plan.many");
    assert_ok(set_items(&f, ITEM_CONTACT, NULL, 0, &e), &e);
    assert_ok(item_get(f.s, f.round, ITEM_CONTACT, &f.arena, &got, &n, &e),
              &e);
    assert_int_equal(n, 0);
    for (int i = 0; i < ITEM_LISTS; i++)
        assert_int_equal(item_list_of(item_list_word((enum item_list)i)),
                         i);
    assert_int_equal(item_list_of("other"), -1);
    fixture_remove(&f);
}

static bool
set_expected(struct fixture *f, int unit, int tier, int count,
             struct err *e)
{
    begin(f);
    return end(f, expected_set(f->s, &everyone, f->round, unit, tier, count,
                               e), e);
}

static void
test_expected(void **state)
{
    struct fixture f;
    const struct expected *list;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(set_expected(&f, 0, 2, 40, &e), &e);
    assert_ok(set_expected(&f, 0, 1, EXPECTED_MAX, &e), &e);
    assert_ok(set_expected(&f, 0, 2, 0, &e), &e);
    assert_fails(set_expected(&f, 1, 2, 3, &e), &e, ERR_INPUT, "work.tier");
    assert_fails(set_expected(&f, 0, 1, EXPECTED_MAX + 1, &e), &e,
                 ERR_INPUT, "plan.count");
    assert_fails(set_expected(&f, 0, 1, -2, &e), &e, ERR_INPUT,
                 "plan.count");
    assert_ok(expected_list(f.s, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].count, EXPECTED_MAX);
    assert_int_equal(list[1].count, 0);
    assert_ok(set_expected(&f, 0, 1, -1, &e), &e);
    assert_ok(expected_list(f.s, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 1);
    fixture_remove(&f);
}

static bool
not_registered(struct fixture *f, const struct actor *actor, int unit,
               int tier, int first, int last, struct err *e)
{
    const int count[REASON_COUNT] = { [0] = first, [REASON_COUNT - 1] = last };

    begin(f);
    return end(f, not_registered_set(f->s, actor, f->round, unit, tier,
                                     count, e), e);
}

static void
test_not_registered(void **state)
{
    struct actor eva = ola;
    struct fixture f;
    const struct not_registered *list;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    eva.name = "eva";
    assert_ok(not_registered(&f, &ola, 0, 1, 3, 1, &e), &e);
    assert_ok(not_registered(&f, &ola, 0, 1, 2, 1, &e), &e);
    assert_ok(not_registered(&f, &eva, 0, 1, 5, 0, &e), &e);
    assert_ok(not_registered(&f, &eva, 0, 2, 1, 1000, &e), &e);
    assert_ok(not_registered(&f, &everyone, 1, 1, 9, 9, &e), &e);
    assert_fails(not_registered(&f, &ola, 1, 1, 1, 1, &e), &e, ERR_INPUT,
                 "registration.unit_denied");
    assert_fails(not_registered(&f, &ola, 0, 3, 1, 1, &e), &e, ERR_INPUT,
                 "work.tier");
    assert_fails(not_registered(&f, &ola, 0, 1, 1001, 1, &e), &e, ERR_INPUT,
                 "plan.count");
    assert_fails(not_registered(&f, &ola, 0, 1, 1, -1, &e), &e, ERR_INPUT,
                 "plan.count");
    assert_ok(not_registered_own(f.s, &ola, f.round, &f.arena, &list, &n,
                                 &e), &e);
    assert_int_equal(n, 1);
    assert_int_equal(list[0].count[REASON_OTHER_UNIT], 2);
    assert_int_equal(list[0].count[REASON_NO_NUMBER], 1);
    assert_ok(not_registered_sums(f.s, &ola, f.round, &f.arena, &list, &n,
                                  &e), &e);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].count[REASON_OTHER_UNIT], 7);
    assert_string_equal(list[0].account, "");
    assert_int_equal(list[1].tier, 2);
    assert_int_equal(list[1].count[REASON_NO_NUMBER], 1000);
    assert_ok(not_registered_sums(f.s, &everyone, f.round, &f.arena, &list,
                                  &n, &e), &e);
    assert_int_equal(n, 3);
    for (int i = 0; i < REASON_COUNT; i++)
        assert_int_equal(reason_of(reason_word((enum reason)i)), i);
    assert_int_equal(reason_of(""), -1);
    fixture_remove(&f);
}

static bool
set_setting(struct fixture *f, enum setting which, int value, struct err *e)
{
    begin(f);
    return end(f, setting_set(f->s, &everyone, f->round, which, value, e),
               e);
}

static void
test_settings(void **state)
{
    struct fixture f;
    struct err e;
    int value[SETTING_COUNT];

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(setting_list(f.s, f.round, value, &e), &e);
    assert_int_equal(value[SETTING_SMALL_BELOW], 5);
    assert_int_equal(value[SETTING_SUBUNIT], 0);
    assert_ok(set_setting(&f, SETTING_SMALL_BELOW, 10, &e), &e);
    assert_ok(set_setting(&f, SETTING_SMALL_BELOW, 8, &e), &e);
    assert_fails(set_setting(&f, SETTING_SMALL_BELOW, 1, &e), &e, ERR_INPUT,
                 "plan.setting");
    assert_fails(set_setting(&f, SETTING_SUBUNIT, 2, &e), &e, ERR_INPUT,
                 "plan.setting");
    assert_ok(setting_list(f.s, f.round, value, &e), &e);
    assert_int_equal(value[SETTING_SMALL_BELOW], 8);
    fixture_remove(&f);
}

/* Nothing is planned in a round that is closed. */
static void
test_closed(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    assert_ok(end(&f, round_set_status(f.s, &everyone, f.round,
                                       ROUND_CLOSED, "", &e), &e), &e);
    assert_fails(set_slots(&f, 0, NULL, 0, &e), &e, ERR_INPUT,
                 "setup.closed");
    assert_fails(set_items(&f, ITEM_RULE, NULL, 0, &e), &e, ERR_INPUT,
                 "setup.closed");
    assert_fails(set_expected(&f, 0, 1, 1, &e), &e, ERR_INPUT,
                 "setup.closed");
    assert_fails(not_registered(&f, &ola, 0, 1, 1, 1, &e), &e, ERR_INPUT,
                 "work.closed");
    /* What is small is decided when results are read. */
    assert_ok(set_setting(&f, SETTING_SMALL_BELOW, 10, &e), &e);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slots), cmocka_unit_test(test_items),
        cmocka_unit_test(test_expected),
        cmocka_unit_test(test_not_registered),
        cmocka_unit_test(test_settings), cmocka_unit_test(test_closed)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
