/* test_grant.c - duties for a time. */
#include "store_fixture.h"
#include "store/account.h"
#include "store/grant.h"
#include "store/log_search.h"
#include "store/session.h"

static void
with_accounts(struct fixture *f)
{
    static const char *const ids[] = { "ola", "per" };
    struct err e;

    err_clear(&e);
    fixture_store(f);
    begin(f);
    for (int i = 0; i < 2; i++)
        assert_ok(account_add(f->s, &everyone, ids[i], "X", LANG_NB, &e),
                  &e);
}

static struct grant
mapper(const char *account, const char *unit, int tier)
{
    return (struct grant){ .account = account, .duty = DUTY_MAPPER,
                           .round = "bergen-2025", .unit = unit,
                           .tier = tier };
}

static int
held(struct fixture *f, const char *account, int64_t at)
{
    const struct grant *list;
    struct err e;
    int count;

    err_clear(&e);
    assert_ok(grants_of(f->s, account, at, &f->arena, &list, &count, &e),
              &e);
    return count;
}

static void
names_duties(void **state)
{
    (void)state;
    for (int i = 0; i < DUTY_COUNT; i++)
        assert_int_equal(duty_of(duty_word((enum duty)i)), i);
    assert_int_equal(duty_of("Mapper"), -1);
    assert_false(duty_needs_totp(DUTY_MAPPER));
    assert_true(duty_needs_totp(DUTY_RESOURCE));
}

static void
grants(void **state)
{
    struct grant g = mapper("ola", "nord", 2);
    const struct grant *list;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    f.fixed.step_ms = 0;
    assert_ok(grant_add(f.s, &everyone, &g, &e), &e);
    assert_int_equal(g.number, 1);
    assert_int_equal(g.municipality, 4601);
    assert_ok(grants_of(f.s, "ola", f.fixed.now_ms, &f.arena, &list, &count,
                        &e), &e);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].duty, DUTY_MAPPER);
    assert_string_equal(list[0].round, "bergen-2025");
    assert_string_equal(list[0].unit, "nord");
    assert_int_equal(list[0].tier, 2);
    assert_string_equal(list[0].granted_by, "kari");
    assert_int_equal(list[0].to_ms, 0);
    assert_int_equal(held(&f, "ola", f.fixed.now_ms - 1), 0);
    assert_int_equal(held(&f, "per", f.fixed.now_ms), 0);
    fixture_remove(&f);
}

static void
refuses(void **state)
{
    struct { struct grant g; const char *key; } cases[] = {
        { mapper("kari", "nord", 0), "grant.self" },
        { mapper("nobody", "nord", 0), "grant.account" },
        { mapper("ola", "", 0), "grant.unit_needed" },
        { mapper("ola", "ost", 0), "grant.unit" },
        { mapper("ola", "nord", 3), "grant.tier" },
        { mapper("ola", "sor", 2), "grant.tier" },
        { { .account = "ola", .duty = DUTY_MAPPER, .round = "",
            .unit = "nord" }, "grant.unit_needed" },
        { { .account = "ola", .duty = DUTY_DPO, .round = "bergen-2025",
            .unit = "nord" }, "grant.unit_not" },
        { { .account = "ola", .duty = DUTY_ADMIN, .round = "",
            .unit = "", .tier = 1 }, "grant.unit_not" },
        { { .account = "ola", .duty = DUTY_ADMIN, .round = "x",
            .unit = "" }, "round.unknown" },
        { { .account = "ola", .duty = DUTY_ADMIN, .round = "", .unit = "",
            .from_ms = 10, .to_ms = 10 }, "grant.time" }
    };
    struct fixture f;
    struct err e;

    (void)state;
    with_accounts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_fails(grant_add(f.s, &everyone, &cases[i].g, &e), &e,
                     ERR_INPUT, cases[i].key);
    assert_int_equal(held(&f, "ola", f.fixed.now_ms), 0);
    fixture_remove(&f);
}

/* The same duty in the same place is held once at a time. */
static void
refuses_overlaps(void **state)
{
    static const struct {
        int tier;
        int64_t from, to;
        bool ok;
    } cases[] = {
        { 1, 100, 200, true }, { 1, 200, 300, true }, { 1, 199, 201, false },
        { 1, 50, 100, true }, { 1, 50, 101, false }, { 2, 100, 0, true },
        { 0, 10, 20, true }, { 0, 10, 60, false }, { 1, 10, 20, false },
        { 2, 500, 0, false }, { 1, 299, 0, false }, { 1, 300, 0, true }
    };
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct grant g = mapper("ola", "nord", cases[i].tier);

        g.from_ms = cases[i].from;
        g.to_ms = cases[i].to;
        if (cases[i].ok)
            assert_ok(grant_add(f.s, &everyone, &g, &e), &e);
        else
            assert_fails(grant_add(f.s, &everyone, &g, &e), &e, ERR_INPUT,
                         "grant.overlap");
    }
    assert_int_equal(held(&f, "ola", 99), 1);
    assert_int_equal(held(&f, "ola", 100), 2);
    assert_int_equal(held(&f, "ola", 20), 0);
    fixture_remove(&f);
}

static void
ends_once(void **state)
{
    struct grant now = mapper("ola", "nord", 0), later = now;
    const struct grant *list;
    struct grant_ask ask = { .account = "ola", .duty = -1 };
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    later.unit = "vest";
    later.from_ms = f.fixed.now_ms + 1000000;
    assert_ok(grant_add(f.s, &everyone, &now, &e), &e);
    assert_ok(grant_add(f.s, &everyone, &later, &e), &e);
    assert_int_equal(held(&f, "ola", later.from_ms), 2);
    assert_ok(grant_end(f.s, &everyone, 4601, 1, "moved", &e), &e);
    assert_ok(grant_end(f.s, &everyone, 4601, 2, "mistake", &e), &e);
    assert_fails(grant_end(f.s, &everyone, 4601, 1, "again", &e), &e,
                 ERR_INPUT, "grant.ended");
    assert_fails(grant_end(f.s, &everyone, 4601, 3, "", &e), &e, ERR_INPUT,
                 "grant.unknown");
    assert_fails(grant_end(f.s, &everyone, 0, 1, "", &e), &e, ERR_INPUT,
                 "grant.unknown");
    assert_int_equal(held(&f, "ola", later.from_ms), 0);
    assert_ok(grant_list(f.s, &ask, &f.arena, &list, &count, &e), &e);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].reason, "moved");
    assert_string_equal(list[0].ended_by, "kari");
    assert_true(list[0].to_ms > list[0].from_ms);
    assert_true(list[1].to_ms == list[1].from_ms);
    /* one that was never held leaves its time free */
    later.number = 0;
    assert_ok(grant_add(f.s, &everyone, &later, &e), &e);
    fixture_remove(&f);
}

/* Who had access on a date. */
static void
lists_by_date(void **state)
{
    struct grant a = mapper("ola", "nord", 0), b = mapper("per", "sor", 0);
    struct grant c = { .account = "per", .duty = DUTY_DPO, .round = "",
                       .unit = "", .from_ms = 500 };
    const struct { struct grant_ask ask; int count; } cases[] = {
        { { .duty = -1 }, 3 },
        { { .duty = -1, .from_ms = 100, .to_ms = 200 }, 1 },
        { { .duty = -1, .from_ms = 200, .to_ms = 300 }, 1 },
        { { .duty = -1, .from_ms = 199, .to_ms = 300 }, 2 },
        { { .duty = -1, .from_ms = 100, .to_ms = 600 }, 3 },
        { { .duty = -1, .from_ms = 600, .to_ms = 700 }, 1 },
        { { .duty = -1, .from_ms = 1, .to_ms = 100 }, 0 },
        { { .duty = DUTY_DPO }, 1 },
        { { .duty = -1, .account = "ola" }, 1 },
        { { .duty = -1, .unit = "sor" }, 1 },
        { { .duty = -1, .round = "bergen-2025" }, 3 },
        { { .duty = -1, .round = "another" }, 1 }
    };
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    a.from_ms = 100;
    a.to_ms = 200;
    b.from_ms = 200;
    b.to_ms = 550;
    assert_ok(grant_add(f.s, &everyone, &a, &e), &e);
    assert_ok(grant_add(f.s, &everyone, &b, &e), &e);
    assert_ok(grant_add(f.s, &everyone, &c, &e), &e);
    assert_int_equal(c.municipality, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct grant *list;
        int count;

        assert_ok(grant_list(f.s, &cases[i].ask, &f.arena, &list, &count,
                             &e), &e);
        assert_int_equal(count, cases[i].count);
    }
    fixture_remove(&f);
}

static void
ends_with_the_round(void **state)
{
    struct grant g[] = {
        mapper("ola", "nord", 0), mapper("per", "sor", 1),
        { .account = "ola", .duty = DUTY_RESOURCE, .round = "bergen-2025",
          .unit = "nord" },
        { .account = "per", .duty = DUTY_LEADER, .round = "bergen-2025",
          .unit = "nord" },
        { .account = "per", .duty = DUTY_ANALYST, .round = "bergen-2025",
          .unit = "" },
    };
    const struct grant *list;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    for (size_t i = 0; i < sizeof g / sizeof g[0]; i++)
        assert_ok(grant_add(f.s, &everyone, &g[i], &e), &e);
    assert_ok(round_set_status(f.s, &everyone, f.round, ROUND_CLOSED, "",
                               &e), &e);
    assert_int_equal(held(&f, "ola", f.fixed.now_ms), 0);
    assert_ok(grants_of(f.s, "per", f.fixed.now_ms, &f.arena, &list, &count,
                        &e), &e);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].duty, DUTY_LEADER);
    assert_int_equal(list[1].duty, DUTY_ANALYST);
    assert_fails(grant_add(f.s, &everyone, &g[0], &e), &e, ERR_INPUT,
                 "grant.closed");
    assert_ok(round_set_status(f.s, &everyone, f.round, ROUND_OPEN, "late",
                               &e), &e);
    assert_int_equal(held(&f, "ola", f.fixed.now_ms), 0);
    g[0].from_ms = 0;
    assert_ok(grant_add(f.s, &everyone, &g[0], &e), &e);
    commit(&f);
    fixture_remove(&f);
}

/* Every change is a record. */
static void
is_logged(void **state)
{
    struct grant g = mapper("ola", "nord", 2);
    const struct log_ask ask = { .municipality = 4601, .limit = 10 };
    const struct log_found *list;
    struct fixture f;
    struct err e;
    bool more;
    int count;

    (void)state;
    err_clear(&e);
    with_accounts(&f);
    assert_ok(grant_add(f.s, &everyone, &g, &e), &e);
    assert_ok(grant_end(f.s, &everyone, 4601, g.number, "moved", &e), &e);
    commit(&f);
    assert_ok(log_search(f.s, &everyone, &ask, &f.arena, &list, &count,
                         &more, &e), &e);
    assert_int_equal(count, 3);
    assert_string_equal(list[0].record.action, "search");
    assert_string_equal(list[1].record.action, "grant_end");
    assert_string_equal(list[2].record.action, "grant");
    assert_string_equal(list[2].record.what, "mapper ola 2");
    assert_string_equal(list[2].record.round, "bergen-2025");
    assert_string_equal(list[2].record.units, "nord");
    fixture_remove(&f);
}

/* What `check` finds, each alone. */
static void
is_checked(void **state)
{
    static const struct { const char *sql, *key; } cases[] = {
        { "update account set ended_ms = 5 where id = 'ola'",
          "check.grant_account" },
        { "update grant_row set round = 'away', unit = ''",
          "check.grant_round" },
        { "update grant_row set unit = 'away'", "check.grant_unit" },
        { "update grant_row set to_ms = from_ms - 1", "check.grant_time" },
        { "update grant_row set ended_ms = from_ms", "check.grant_time" },
        { "update grant_row set granted_by = 'ola'", "check.grant_time" },
        { "update account set ended_ms = 5 where id = 'per'",
          "check.session_account" },
    };
    struct grant g = mapper("ola", "nord", 0);
    char token[SESSION_TOKEN];
    struct err e, last;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;

        err_clear(&e);
        with_accounts(&f);
        g.from_ms = 0;
        assert_ok(grant_add(f.s, &everyone, &g, &e), &e);
        assert_ok(session_begin(f.s, "per", "password", SESSION_SIGNED_IN,
                                token, &e), &e);
        commit(&f);
        assert_int_equal(faults(&f, &last), 0);
        assert_ok(db_execute(f.s->db, cases[i].sql, &e), &e);
        assert_int_equal(faults(&f, &last), 1);
        assert_string_equal(last.key, cases[i].key);
        fixture_remove(&f);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_duties),
        cmocka_unit_test(grants),
        cmocka_unit_test(refuses),
        cmocka_unit_test(refuses_overlaps),
        cmocka_unit_test(ends_once),
        cmocka_unit_test(lists_by_date),
        cmocka_unit_test(ends_with_the_round),
        cmocka_unit_test(is_logged),
        cmocka_unit_test(is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
