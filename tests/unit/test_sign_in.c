/* test_sign_in.c - tries, one-time codes, recovery codes and slips. */
#include "account_fixture.h"
#include "base/totp.h"
#include "store/session.h"

static int64_t
try(struct fixture *f, const char *id)
{
    struct sign_in in;
    struct err e;

    err_clear(&e);
    assert_ok(account_try(f->s, id, &f->arena, &in, &e), &e);
    return in.wait_ms;
}

/* An account and none wait alike, to the millisecond. */
static void
throttles(void **state)
{
    static const char *const ids[] = { "ola", "nobody" };
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    f.fixed.step_ms = 0;
    for (int i = 0; i < 2; i++) {
        int64_t want = TRY_WAIT_MS;

        for (int n = 0; n < TRY_FREE; n++)
            assert_int_equal(try(&f, ids[i]), 0);
        for (int n = 0; n < 8; n++) {
            assert_int_equal(try(&f, ids[i]), want);
            assert_int_equal(try(&f, ids[i]), want);
            f.fixed.now_ms += want;
            assert_int_equal(try(&f, ids[i]), 0);
            want = 2 * want < TRY_WAIT_MOST_MS ? 2 * want
                                               : TRY_WAIT_MOST_MS;
        }
        assert_int_equal(try(&f, ids[i]), TRY_WAIT_MOST_MS);
    }
    assert_int_equal(try(&f, "kari"), 0);       /* others do not wait */
    assert_ok(account_tried(f.s, "ola", &e), &e);
    for (int n = 0; n < TRY_FREE; n++)
        assert_int_equal(try(&f, "ola"), 0);
    assert_int_equal(try(&f, "ola"), TRY_WAIT_MS);
    f.fixed.now_ms += 25 * 60 * 60 * 1000;      /* forgotten in a day */
    for (int n = 0; n < TRY_FREE; n++)
        assert_int_equal(try(&f, "ola"), 0);
    fixture_remove(&f);
}

/* Known and unknown: the same statements, steps and rows. */
static void
does_equal_work(void **state)
{
    static const char *const ids[] = { "ola", "nobody" };
    struct db_work before, after[2];
    struct fixture f;
    int64_t wait;

    (void)state;
    with_ola(&f);
    check(&f, "x", good, &wait);        /* prepared, and loaded */
    for (int i = 0; i < 2; i++) {
        db_work(f.s->db, &before);
        for (int n = 0; n < TRY_FREE + 2; n++)
            check(&f, ids[i], "feil passord her", &wait);
        db_work(f.s->db, &after[i]);
        after[i].statements -= before.statements;
        after[i].steps -= before.steps;
        after[i].changes -= before.changes;
    }
    assert_int_equal(after[0].statements, after[1].statements);
    assert_int_equal(after[0].steps, after[1].steps);
    assert_int_equal(after[0].changes, after[1].changes);
    fixture_remove(&f);
}

/* The bytes that SECRET's base32 stands for. */
static void
read_secret(const char *text, uint8_t secret[TOTP_SECRET])
{
    uint32_t bits = 0;
    int have = 0, n = 0;

    for (; *text != '\0'; text++) {
        int digit = *text >= 'A' ? *text - 'A' : *text - '2' + 26;

        bits = bits << 5 | (uint32_t)digit;
        have += 5;
        if (have >= 8)
            secret[n++] = (uint8_t)(bits >> (have -= 8));
    }
    assert_int_equal(n, TOTP_SECRET);
}

static const char *
code_at(const char *text, int64_t ms)
{
    static char code[8];
    uint8_t secret[TOTP_SECRET];

    read_secret(text, secret);
    snprintf(code, sizeof code, "%06d", totp_code(secret, totp_step(ms)));
    return code;
}

static void
checks_totp(void **state)
{
    char secret[TOTP_TEXT], other[TOTP_TEXT];
    struct fixture f;
    struct err e;
    bool right;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    f.fixed.step_ms = 0;
    assert_ok(account_totp_check(f.s, "ola", "000000", &right, &e), &e);
    assert_false(right);
    assert_ok(account_totp_begin(f.s, "ola", secret, &e), &e);
    assert_false(find(&f, "ola")->has_totp);
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_false(right);                        /* not confirmed */
    assert_ok(account_totp_confirm(f.s, &everyone, "ola", "12345", &right,
                                   &e), &e);
    assert_false(right);
    assert_ok(account_totp_confirm(f.s, &everyone, "ola",
                                   code_at(secret, f.fixed.now_ms), &right,
                                   &e), &e);
    assert_true(right && find(&f, "ola")->has_totp);
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_false(right);                        /* used to confirm */
    f.fixed.now_ms += 30000;
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_true(right);
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_false(right);                        /* replayed */
    /* Another authenticator: the old one holds until it is confirmed. */
    assert_ok(account_totp_begin(f.s, "ola", other, &e), &e);
    f.fixed.now_ms += 30000;
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_true(right);
    assert_ok(account_totp_confirm(f.s, &everyone, "ola",
                                   code_at(other, f.fixed.now_ms), &right,
                                   &e), &e);
    assert_true(right);
    f.fixed.now_ms += 30000;
    assert_ok(account_totp_check(f.s, "ola",
                                 code_at(secret, f.fixed.now_ms), &right,
                                 &e), &e);
    assert_false(right);
    assert_fails(account_totp_begin(f.s, "per", other, &e), &e, ERR_INPUT,
                 "account.unknown");
    fixture_remove(&f);
}

/* A secret moved to another's row opens nothing. */
static void
binds_totp_to_its_account(void **state)
{
    char secret[TOTP_TEXT];
    struct fixture f;
    struct err e;
    bool right;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    add(&f, "per", "Per");
    assert_ok(account_totp_begin(f.s, "ola", secret, &e), &e);
    assert_ok(account_totp_confirm(f.s, &everyone, "ola",
                                   code_at(secret, f.fixed.now_ms), &right,
                                   &e), &e);
    assert_true(right);
    assert_ok(db_execute(f.s->db, "update account set totp = (select totp "
                         "from account where id = 'ola') where id = 'per'",
                         &e), &e);
    assert_fails(account_totp_check(f.s, "per",
                                    code_at(secret, f.fixed.now_ms), &right,
                                    &e), &e, ERR_INPUT, "key.sealed");
    fixture_remove(&f);
}

static void
uses_recovery_codes_once(void **state)
{
    char code[RECOVERY_CODES][CODE_TEXT], again[RECOVERY_CODES][CODE_TEXT];
    char typed[2 * CODE_TEXT];
    struct fixture f;
    struct err e;
    bool right;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    add(&f, "per", "Per");
    assert_ok(account_recovery_make(f.s, &everyone, "ola", code, &e), &e);
    assert_int_equal(find(&f, "ola")->recovery_left, RECOVERY_CODES);
    assert_ok(account_recovery_use(f.s, "per", code[0], &right, &e), &e);
    assert_false(right);
    for (int i = 0; i < 2; i++) {
        assert_ok(account_recovery_use(f.s, "ola", code[0], &right, &e),
                  &e);
        assert_int_equal(right, i == 0);
    }
    /* typed in lower case, without the hyphens and with blanks */
    snprintf(typed, sizeof typed, " %.4s %.4s%.4s ", code[1], code[1] + 5,
             code[1] + 10);
    for (char *p = typed; *p != '\0'; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 32);
    assert_ok(account_recovery_use(f.s, "ola", typed, &right, &e), &e);
    assert_true(right);
    assert_int_equal(find(&f, "ola")->recovery_left, RECOVERY_CODES - 2);
    assert_ok(account_recovery_make(f.s, &everyone, "ola", again, &e), &e);
    assert_ok(account_recovery_use(f.s, "ola", code[2], &right, &e), &e);
    assert_false(right);
    assert_ok(account_recovery_use(f.s, "ola", again[2], &right, &e), &e);
    assert_true(right);
    fixture_remove(&f);
}

static void
uses_a_slip_once(void **state)
{
    static const char *const wrong[] = {
        "", "AAAA-AAAA-AAAA", "K7MP-2XQR", "0000-0000-0000", "x",
        "AAAA-AAAA-AAAAA"
    };
    char code[CODE_TEXT], newer[CODE_TEXT];
    struct fixture f;
    const char *id;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    f.fixed.step_ms = 0;
    assert_ok(slip_make(f.s, &everyone, "ola", f.fixed.now_ms + 1000, code,
                        &e), &e);
    assert_int_equal(strlen(code), 14);
    assert_int_equal(code[4], '-');
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_ok(slip_use(f.s, wrong[i], &f.arena, &id, &e), &e);
        assert_null(id);
    }
    assert_ok(slip_use(f.s, code, &f.arena, &id, &e), &e);
    assert_string_equal(id, "ola");
    assert_ok(slip_use(f.s, code, &f.arena, &id, &e), &e);
    assert_null(id);
    /* a newer one takes its place; too late */
    assert_ok(slip_make(f.s, &everyone, "ola", f.fixed.now_ms + 1000, code,
                        &e), &e);
    assert_ok(slip_make(f.s, &everyone, "ola", f.fixed.now_ms + 1000, newer,
                        &e), &e);
    assert_ok(slip_use(f.s, code, &f.arena, &id, &e), &e);
    assert_null(id);
    f.fixed.now_ms += 1000;
    assert_ok(slip_use(f.s, newer, &f.arena, &id, &e), &e);
    assert_null(id);
    assert_fails(slip_make(f.s, &everyone, "per", f.fixed.now_ms + 1, code,
                           &e), &e, ERR_INPUT, "account.unknown");
    fixture_remove(&f);
}

static void
resets(void **state)
{
    char token[SESSION_TOKEN], code[CODE_TEXT], secret[TOTP_TEXT];
    char recovery[RECOVERY_CODES][CODE_TEXT];
    const struct account *a;
    struct fixture f;
    int64_t wait, count;
    const char *id;
    struct err e;
    bool right;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    assert_ok(account_set_password(f.s, &everyone, "ola", good, &e), &e);
    assert_ok(account_totp_begin(f.s, "ola", secret, &e), &e);
    assert_ok(account_totp_confirm(f.s, &everyone, "ola",
                                   code_at(secret, f.fixed.now_ms), &right,
                                   &e), &e);
    assert_ok(account_recovery_make(f.s, &everyone, "ola", recovery, &e),
              &e);
    assert_ok(session_begin(f.s, "ola", "password", SESSION_SIGNED_IN,
                            token, &e), &e);
    for (int n = 0; n < TRY_FREE; n++)
        try(&f, "ola");
    assert_ok(account_reset(f.s, &everyone, "ola",
                            f.fixed.now_ms + 1000000, code, &e), &e);
    a = find(&f, "ola");
    assert_false(a->has_password || a->has_totp);
    assert_int_equal(a->recovery_left, 0);
    assert_ok(session_count(f.s, "ola", &count, &e), &e);
    assert_int_equal(count, 0);
    assert_false(check(&f, "ola", good, &wait));
    assert_int_equal(wait, 0);
    assert_ok(slip_use(f.s, code, &f.arena, &id, &e), &e);
    assert_string_equal(id, "ola");
    assert_fails(account_reset(f.s, &everyone, "per", 1, code, &e), &e,
                 ERR_INPUT, "account.unknown");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(throttles),
        cmocka_unit_test(does_equal_work),
        cmocka_unit_test(checks_totp),
        cmocka_unit_test(binds_totp_to_its_account),
        cmocka_unit_test(uses_recovery_codes_once),
        cmocka_unit_test(uses_a_slip_once),
        cmocka_unit_test(resets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
