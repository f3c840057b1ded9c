/* test_optout.c - opting out: gone from every unit, every version, and
 * every byte of every file. */
#include "store_fixture.h"

static const char *const vest[] = { "vest" };
static const struct actor outsider = {
    .name = "ola", .rights = "mapper", .purpose = "test",
    .units = vest, .unit_count = 1
};

static void
change(struct fixture *f, int64_t number, int who, const char *sealed,
       int salt)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(number, who, 0, answers);
    struct err e;

    err_clear(&e);
    person_bytes(2000000 + salt, answers, sizeof answers);
    r.sealed = (const uint8_t *)sealed;
    r.sealed_len = strlen(sealed);
    assert_ok(registration_change(f->s, &everyone, f->round, &r, "x", &e),
              &e);
}

static int64_t
opt_out(struct fixture *f, int who)
{
    uint8_t pseudonym[16];
    struct err e;
    int64_t n;

    err_clear(&e);
    person_bytes(who, pseudonym, sizeof pseudonym);
    begin(f);
    assert_ok(optout_add(f->s, &everyone, f->round, pseudonym, &n, &e), &e);
    commit(f);
    return n;
}

/* How often the files hold the answers that person() gives NUMBER. */
static int
answers_left(const struct fixture *f, int64_t number)
{
    uint8_t answers[ANSWERS];

    person_bytes((int)number + 1000000, answers, sizeof answers);
    return store_holds(f->path, answers, sizeof answers);
}

static void
test_gone(void **state)
{
    struct fixture f;
    struct err e, last;
    struct unit_count c[3];
    uint8_t pseudonym[16], answers[ANSWERS];
    bool has;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    for (int i = 1; i <= 400; i++)
        put(&f, i, i, i % 3, "sealed-other");
    put(&f, 401, 17, 1, "sealed-seventeen");
    put(&f, 402, 17, 2, "sealed-seventeen");
    put_done(&f, 402, 1, 402);
    assert_ok(registration_supersede(f.s, f.round, 17, 401, &e), &e);
    assert_ok(registration_supersede(f.s, f.round, 30, 402, &e), &e);
    commit(&f);
    begin(&f);
    change(&f, 17, 17, "sealed-seventeen", 1);
    change(&f, 17, 17, "sealed-seventeen", 2);
    /* 40 was his by mistake for a while. */
    change(&f, 40, 17, "sealed-seventeen", 3);
    change(&f, 40, 40, "sealed-other", 4);
    commit(&f);

    person_bytes(17, pseudonym, sizeof pseudonym);
    assert_true(store_holds(f.path, pseudonym, 16) > 0);
    assert_true(store_holds(f.path, "sealed-seventeen", 16) > 0);
    assert_true(answers_left(&f, 401) > 0);
    assert_int_equal(opt_out(&f, 17), 3);
    assert_int_equal(f.round->opted_out_deleted, 3);
    assert_true(f.round->settle_due);

    assert_int_equal(answers_left(&f, 17), 0);
    assert_int_equal(answers_left(&f, 401), 0);
    assert_int_equal(answers_left(&f, 402), 0);
    for (int salt = 1; salt <= 3; salt++) {
        person_bytes(2000000 + salt, answers, sizeof answers);
        assert_int_equal(store_holds(f.path, answers, ANSWERS), 0);
    }
    person_bytes(2000004, answers, sizeof answers);
    assert_true(store_holds(f.path, answers, ANSWERS) > 0);
    assert_int_equal(store_holds(f.path, "sealed-seventeen", 16), 0);
    assert_true(store_holds(f.path, "sealed-other", 12) > 0);
    /* Once: the list itself. */
    assert_int_equal(store_holds(f.path, pseudonym, 16), 1);
    assert_int_equal(file_holds(f.path, "access.db-wal", pseudonym, 16), 0);

    assert_ok(registration_counts(f.s, &everyone, f.round, c, &e), &e);
    assert_int_equal(c[0].complete + c[1].complete + c[2].complete, 399);
    assert_int_equal(c[0].superseded + c[1].superseded + c[2].superseded, 0);
    assert_ok(optout_has(f.s, f.round, pseudonym, &has, &e), &e);
    assert_true(has);
    assert_int_equal(faults(&f, &last), 0);
    /* Again: nothing. */
    assert_int_equal(opt_out(&f, 17), 0);
    fixture_remove(&f);
}

/* Many, put in an order that splits pages everywhere, deleted at random. */
static void
test_gone_many(void **state)
{
    enum { MANY = 4000, OUT = 60 };
    struct fixture f;
    uint8_t pseudonym[16];
    struct err e;
    int64_t n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    for (int part = 0; part < 20; part++) {
        begin(&f);
        for (int i = part; i < MANY; i += 20)
            put(&f, i * 7919 % MANY + 1, i + 1, i % 3, NULL);
        put_done(&f, MANY / 20, 1, MANY);
        commit(&f);
    }
    begin(&f);
    for (int i = 0; i < OUT; i++) {
        person_bytes(i * 61 + 1, pseudonym, sizeof pseudonym);
        assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &n, &e),
                  &e);
        assert_int_equal(n, 1);
    }
    commit(&f);
    for (int i = 0; i < OUT; i++) {
        person_bytes(i * 61 + 1, pseudonym, sizeof pseudonym);
        assert_int_equal(store_holds(f.path, pseudonym, 16), 1);
        assert_int_equal(answers_left(&f, i * 61 * 7919 % MANY + 1), 0);
    }
    fixture_remove(&f);
}

static void
test_list(void **state)
{
    struct fixture f;
    const struct optout *list;
    uint8_t one[16], two[16];
    struct err e;
    int64_t n;
    bool removed, has;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    person_bytes(1, one, 16);
    person_bytes(2, two, 16);
    assert_ok(optout_list(f.s, &everyone, f.round, &f.arena, &list, &count,
                          &e), &e);
    assert_int_equal(count, 0);
    begin(&f);
    assert_ok(optout_add(f.s, &everyone, f.round, one, &n, &e), &e);
    assert_ok(optout_add(f.s, &everyone, f.round, two, &n, &e), &e);
    commit(&f);
    assert_ok(optout_list(f.s, &everyone, f.round, &f.arena, &list, &count,
                          &e), &e);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].day, day_oslo(f.fixed.now_ms));
    assert_string_equal(list[0].entered_by, "kari");
    begin(&f);
    assert_ok(optout_remove(f.s, &everyone, f.round, one, &removed, &e),
              &e);
    assert_true(removed);
    assert_ok(optout_remove(f.s, &everyone, f.round, one, &removed, &e),
              &e);
    assert_false(removed);
    commit(&f);
    assert_ok(optout_has(f.s, f.round, one, &has, &e), &e);
    assert_false(has);
    assert_ok(optout_has(f.s, f.round, two, &has, &e), &e);
    assert_true(has);
    assert_ok(optout_list(f.s, &everyone, f.round, &f.arena, &list, &count,
                          &e), &e);
    assert_int_equal(count, 1);
    assert_memory_equal(list[0].pseudonym, two, 16);
    fixture_remove(&f);
}

/* Who may not see the unit is not told, but all is deleted. */
static void
test_scope(void **state)
{
    struct fixture f;
    struct err e;
    struct unit_count c[3];
    uint8_t pseudonym[16];
    int64_t n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, NULL);
    put(&f, 2, 1, 2, NULL);
    put_done(&f, 2, 1, 2);
    person_bytes(1, pseudonym, 16);
    assert_ok(optout_add(f.s, &outsider, f.round, pseudonym, &n, &e), &e);
    assert_int_equal(n, 1);
    commit(&f);
    assert_ok(registration_counts(f.s, &everyone, f.round, c, &e), &e);
    assert_int_equal(c[0].complete + c[1].complete + c[2].complete, 0);
    fixture_remove(&f);
}

static void
test_rolled_back(void **state)
{
    struct fixture f;
    struct err e, last;
    uint8_t pseudonym[16];
    int64_t n;
    bool has;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, "sealed");
    put_done(&f, 1, 1, 1);
    commit(&f);
    person_bytes(1, pseudonym, 16);
    begin(&f);
    assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &n, &e), &e);
    store_rollback(f.s);
    assert_ok(optout_has(f.s, f.round, pseudonym, &has, &e), &e);
    assert_false(has);
    assert_true(answers_left(&f, 1) > 0);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

/* Somebody reads while a person opts out and the machine then stops: the
 * note is there, and the next writer finishes the work. */
static void
test_resumed(void **state)
{
    const struct scan_ask ask = { .what = "" };
    const struct registration *r;
    struct fixture f;
    struct store *reader;
    struct scan *scan;
    struct err e;
    char *note;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, "sealed-one");
    put(&f, 2, 2, 0, NULL);
    put_done(&f, 2, 1, 2);
    commit(&f);
    f.options.mode = STORE_READ;
    reader = store_open(&f.options, &e);
    f.options.mode = STORE_WRITE;
    assert_ok(reader != NULL, &e);
    scan = scan_begin(reader, &everyone, f.round, &ask, &e);
    assert_ok(scan != NULL && scan_next(scan, &r, &e), &e);

    begin(&f);
    {
        uint8_t pseudonym[16];
        int64_t n;

        person_bytes(1, pseudonym, 16);
        assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &n, &e),
                  &e);
    }
    assert_fails(store_commit(f.s, &e), &e, ERR_MACHINE,
                 "store.purge_waits");
    note = store_file(f.path, "purge");
    assert_int_equal(access(note, F_OK), 0);
    assert_true(answers_left(&f, 1) > 0);
    store_close(f.s);
    assert_ok(scan_end(scan, &e), &e);
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(answers_left(&f, 1), 0);
    assert_int_equal(store_holds(f.path, "sealed-one", 10), 0);
    assert_int_not_equal(access(note, F_OK), 0);
    store_close(reader);
    free(note);
    fixture_remove(&f);
}

/* The list read once says of everybody what asking one by one says. */
static void
test_whole_list(void **state)
{
    enum { ON = 150, ASKED = 200 };
    struct optouts list;
    struct fixture f;
    uint8_t who[16];
    struct err e;
    int64_t n;
    bool has;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(optouts_load(f.s, f.round, &list, &e), &e);
    person_bytes(1, who, 16);
    assert_false(optouts_have(&list, who));
    optouts_clear(&list);
    begin(&f);
    for (int i = 0; i < ON; i++) {
        person_bytes(i, who, 16);
        assert_ok(optout_add(f.s, &everyone, f.round, who, &n, &e), &e);
    }
    assert_ok(optouts_load(f.s, f.round, &list, &e), &e);
    assert_int_equal(list.count, ON);
    for (int i = 0; i < ASKED; i++) {
        person_bytes(i, who, 16);
        assert_ok(optout_has(f.s, f.round, who, &has, &e), &e);
        assert_int_equal(has, i < ON);
        assert_int_equal(optouts_have(&list, who), has);
    }
    optouts_clear(&list);
    assert_int_equal(list.count, 0);
    commit(&f);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gone), cmocka_unit_test(test_gone_many),
        cmocka_unit_test(test_list), cmocka_unit_test(test_scope),
        cmocka_unit_test(test_rolled_back), cmocka_unit_test(test_resumed),
        cmocka_unit_test(test_whole_list)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
