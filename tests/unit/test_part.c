/* test_part.c - jobs that share a transaction. */
#include "store_fixture.h"
#include "store/account.h"
#include "store/db_fault.h"
#include "store/log_search.h"

static void
part_begin(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    assert_ok(store_part_begin(f->s, &e), &e);
}

static bool
part_end(struct fixture *f, bool ok)
{
    struct err e;

    err_clear(&e);
    return store_part_end(f->s, ok, &e);
}

static void
add(struct fixture *f, const char *id)
{
    struct err e;

    err_clear(&e);
    assert_ok(account_add(f->s, &everyone, id, "X", LANG_NB, &e), &e);
}

static int
accounts(struct fixture *f)
{
    const struct account *list;
    struct err e;
    int count;

    err_clear(&e);
    assert_ok(account_list(f->s, true, &f->arena, &list, &count, &e), &e);
    return count;
}

/* Records of what was done to accounts. */
static int
records(struct fixture *f)
{
    const struct log_ask ask = { .action = "account", .limit = 99 };
    const struct log_found *list;
    struct err e;
    bool more;
    int count;

    err_clear(&e);
    assert_ok(log_search(f->s, &everyone, &ask, &f->arena, &list, &count,
                         &more, &e), &e);
    return count;
}

/* Every way in which some of three parts fail. */
static void
keeps_the_good_ones(void **state)
{
    static const char *const ids[] = { "a", "b", "c" };

    (void)state;
    for (int fails = 0; fails < 8; fails++) {
        struct fixture f;
        int good = 0;

        fixture_store(&f);
        begin(&f);
        for (int i = 0; i < 3; i++) {
            bool ok = (fails >> i & 1) == 0;

            part_begin(&f);
            add(&f, ids[i]);
            assert_int_equal(part_end(&f, ok), ok);
            good += ok;
        }
        commit(&f);
        assert_int_equal(accounts(&f), good);
        assert_int_equal(records(&f), good);
        fixture_remove(&f);
    }
}

/* A part that fails leaves no key, no mark and no purge behind. */
static void
undoes_all_of_a_part(void **state)
{
    static const uint8_t who[16] = { 1, 2, 3 };
    struct fixture f;
    struct err e;
    int64_t deleted;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    part_begin(&f);
    assert_ok(optout_add(f.s, &everyone, f.round, who, &deleted, &e), &e);
    put(&f, 1, 1, 0, NULL);
    put_done(&f, 1, 1, 1);
    store_make_key(f.s, "other", NULL);
    assert_true(f.s->purge && f.s->due != 0 && f.s->new_keys != NULL);
    assert_false(part_end(&f, false));
    assert_false(f.s->purge);
    assert_int_equal(f.s->due, 0);
    assert_null(f.s->new_keys);
    assert_null(f.s->first);
    assert_ok(round_load(f.s, "bergen-2025", &f.arena, &f.round, &e), &e);
    assert_false(f.round->settle_due);
    part_begin(&f);
    put(&f, 1, 1, 0, NULL);
    put_done(&f, 1, 1, 1);
    assert_true(part_end(&f, true));
    commit(&f);
    assert_false(key_exists(f.s->keys, "other"));
    fixture_remove(&f);
}

/* What would refuse the commit refuses the part. */
static void
refuses_what_is_not_logged(void **state)
{
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    part_begin(&f);
    add(&f, "a");
    assert_true(part_end(&f, true));
    part_begin(&f);
    put(&f, 1, 1, 0, NULL);
    assert_false(store_part_end(f.s, true, &e));
    assert_string_equal(e.key, "store.unlogged");
    commit(&f);
    assert_int_equal(accounts(&f), 1);
    fixture_remove(&f);
}

/* Where undoing fails, nothing is committed. */
static void
commits_nothing_spoilt(void **state)
{
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    part_begin(&f);
    add(&f, "a");
    db_fault_at(1);
    assert_false(store_part_end(f.s, false, &e));
    db_fault_at(0);
    assert_string_equal(e.key, "db.io");
    assert_fails(store_commit(f.s, &e), &e, ERR_MACHINE, "store.part");
    assert_int_equal(accounts(&f), 0);
    assert_int_equal(records(&f), 0);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_good_ones),
        cmocka_unit_test(undoes_all_of_a_part),
        cmocka_unit_test(refuses_what_is_not_logged),
        cmocka_unit_test(commits_nothing_spoilt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
