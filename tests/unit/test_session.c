/* test_session.c - who is signed in, and for how long. */
#include "store_fixture.h"
#include "store/account.h"
#include "store/session.h"

static void
with_ola(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    fixture_store(f);
    f->fixed.step_ms = 0;
    begin(f);
    assert_ok(account_add(f->s, &everyone, "ola", "Ola N.", LANG_EN, &e),
              &e);
}

static const struct session *
find(struct fixture *f, const char *token)
{
    const struct session *x;
    struct err e;

    err_clear(&e);
    assert_ok(session_find(f->s, token, f->fixed.now_ms, &f->arena, &x, &e),
              &e);
    return x;
}

static void
sign_in(struct fixture *f, enum session_stage stage,
        char token[SESSION_TOKEN])
{
    struct err e;

    err_clear(&e);
    assert_ok(session_begin(f->s, "ola", "password", stage, token, &e), &e);
}

static void
begins_and_finds(void **state)
{
    static const char *const wrong[] = {
        "", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    };
    char token[SESSION_TOKEN], other[SESSION_TOKEN];
    const struct session *x, *y;
    struct fixture f;

    (void)state;
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    sign_in(&f, SESSION_CODE, other);
    assert_int_equal(strlen(token), 43);
    assert_string_not_equal(token, other);
    x = find(&f, token);
    y = find(&f, other);
    assert_non_null(x);
    assert_non_null(y);
    assert_string_equal(x->account, "ola");
    assert_string_equal(x->name, "Ola N.");
    assert_string_equal(x->how, "password");
    assert_int_equal(x->lang, LANG_EN);
    assert_int_equal(x->stage, SESSION_SIGNED_IN);
    assert_int_equal(y->stage, SESSION_CODE);
    assert_int_equal(strlen(x->csrf), 22);
    assert_string_not_equal(x->csrf, y->csrf);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_null(find(&f, wrong[i]));
    token[3] = token[3] == 'A' ? 'B' : 'A';
    assert_null(find(&f, token));
    fixture_remove(&f);
}

/* Nothing in the store is the token. */
static void
keeps_no_token(void **state)
{
    char token[SESSION_TOKEN], command[256];
    struct fixture f;

    (void)state;
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    commit(&f);
    snprintf(command, sizeof command, "grep -rqF -e '%s' '%s'", token,
             f.path);
    assert_int_not_equal(system(command), 0);
    fixture_remove(&f);
}

static void
ends_when_idle(void **state)
{
    char token[SESSION_TOKEN];
    const struct session *x;
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    f.fixed.now_ms += SESSION_IDLE_MS - 1;
    x = find(&f, token);
    assert_non_null(x);
    assert_true(session_due(x, f.fixed.now_ms));
    assert_ok(session_touch(f.s, x->hash, &e), &e);
    assert_false(session_due(find(&f, token), f.fixed.now_ms + 59999));
    assert_true(session_due(find(&f, token), f.fixed.now_ms + 60000));
    f.fixed.now_ms += SESSION_IDLE_MS - 1;
    assert_non_null(find(&f, token));
    f.fixed.now_ms += 1;
    assert_null(find(&f, token));
    assert_ok(session_touch(f.s, x->hash, &e), &e);
    fixture_remove(&f);
}

static void
ends_after_twelve_hours(void **state)
{
    char token[SESSION_TOKEN];
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    for (int i = 0; i < 23; i++) {
        f.fixed.now_ms += 30 * 60 * 1000;
        assert_ok(session_touch(f.s, find(&f, token)->hash, &e), &e);
    }
    f.fixed.now_ms += 30 * 60 * 1000 - 1;
    assert_non_null(find(&f, token));
    f.fixed.now_ms += 1;
    assert_null(find(&f, token));
    sign_in(&f, SESSION_CODE, token);
    f.fixed.now_ms += SESSION_STEP_MS;
    assert_null(find(&f, token));
    fixture_remove(&f);
}

static void
ends(void **state)
{
    char token[3][SESSION_TOKEN];
    const struct session *keep;
    struct fixture f;
    int64_t count;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    for (int i = 0; i < 3; i++)
        sign_in(&f, SESSION_SIGNED_IN, token[i]);
    keep = find(&f, token[1]);
    assert_ok(session_end(f.s, find(&f, token[0])->hash, &e), &e);
    assert_null(find(&f, token[0]));
    assert_ok(session_count(f.s, "ola", &count, &e), &e);
    assert_int_equal(count, 2);
    assert_ok(session_end_all(f.s, "ola", keep->hash, &e), &e);
    assert_non_null(find(&f, token[1]));
    assert_null(find(&f, token[2]));
    assert_ok(session_end_all(f.s, "per", NULL, &e), &e);
    assert_non_null(find(&f, token[1]));
    assert_ok(session_end_all(f.s, "ola", NULL, &e), &e);
    assert_null(find(&f, token[1]));
    fixture_remove(&f);
}

/* Ended or not, until it is purged. */
static void
remembers_whose(void **state)
{
    char token[SESSION_TOKEN];
    const char *owner;
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    f.fixed.now_ms += SESSION_IDLE_MS;
    assert_null(find(&f, token));
    assert_ok(session_owner(f.s, token, &f.arena, &owner, &e), &e);
    assert_string_equal(owner, "ola");
    f.fixed.now_ms += SESSION_MOST_MS + SESSION_KEPT_MS;
    assert_ok(session_purge(f.s, &e), &e);
    assert_ok(session_owner(f.s, token, &f.arena, &owner, &e), &e);
    assert_null(owner);
    assert_ok(session_owner(f.s, "x", &f.arena, &owner, &e), &e);
    assert_null(owner);
    fixture_remove(&f);
}

static void
purges(void **state)
{
    char token[SESSION_TOKEN], code[CODE_TEXT];
    struct db_work before, after;
    struct sign_in in;
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    sign_in(&f, SESSION_SIGNED_IN, token);
    assert_ok(slip_make(f.s, &everyone, "ola", f.fixed.now_ms + 1000, code,
                        &e), &e);
    assert_ok(account_try(f.s, "who", &f.arena, &in, &e), &e);
    f.fixed.now_ms += SESSION_KEPT_MS;
    assert_ok(session_purge(f.s, &e), &e);
    db_work(f.s->db, &before);
    f.fixed.now_ms += SESSION_MOST_MS;
    sign_in(&f, SESSION_SIGNED_IN, token);
    assert_ok(session_purge(f.s, &e), &e);
    db_work(f.s->db, &after);
    /* one session began; one, one slip, one try went */
    assert_int_equal(after.changes - before.changes, 4);
    assert_non_null(find(&f, token));
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_and_finds),
        cmocka_unit_test(keeps_no_token),
        cmocka_unit_test(ends_when_idle),
        cmocka_unit_test(ends_after_twelve_hours),
        cmocka_unit_test(ends),
        cmocka_unit_test(remembers_whose),
        cmocka_unit_test(purges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
