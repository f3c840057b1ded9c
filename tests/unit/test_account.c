/* test_account.c - accounts, and what they prove themselves with. */
#include "store_fixture.h"
#include "base/totp.h"
#include "store/account.h"
#include "store/grant.h"
#include "store/session.h"

static const char good[] = "riktig hest batteri";

static void
add(struct fixture *f, const char *id, const char *name)
{
    struct err e;

    err_clear(&e);
    assert_ok(account_add(f->s, &everyone, id, name, LANG_NN, &e), &e);
}

/* A store with the account "ola", in an open transaction. */
static void
with_ola(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    fixture_store(f);
    assert_ok(store_begin(f->s, &e), &e);
    add(f, "ola", "Ola Nordmann");
}

static const struct account *
find(struct fixture *f, const char *id)
{
    const struct account *a;
    struct err e;

    err_clear(&e);
    assert_ok(account_find(f->s, id, &f->arena, &a, &e), &e);
    return a;
}

static void
adds_and_finds(void **state)
{
    static const char *const bad[] = {
        "", "Ola", "ola nordmann", "ol\u00e5", "a/b", "ola\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    };
    struct fixture f;
    const struct account *a;
    struct err e;

    (void)state;
    with_ola(&f);
    a = find(&f, "ola");
    assert_non_null(a);
    assert_string_equal(a->name, "Ola Nordmann");
    assert_string_equal(a->created_by, "kari");
    assert_int_equal(a->lang, LANG_NN);
    assert_false(a->has_password || a->has_totp || a->must_change);
    assert_int_equal(a->ended_ms, 0);
    assert_null(find(&f, "per"));
    assert_fails(account_add(f.s, &everyone, "ola", "En annen", LANG_NB,
                             &e), &e, ERR_INPUT, "account.taken");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_fails(account_add(f.s, &everyone, bad[i], "X", LANG_NB, &e),
                     &e, ERR_INPUT, "account.id");
    assert_fails(account_add(f.s, &everyone, "per", "", LANG_NB, &e), &e,
                 ERR_INPUT, "account.name");
    assert_fails(account_add(f.s, &everyone, "per", "a\tb", LANG_NB, &e),
                 &e, ERR_INPUT, "account.name");
    assert_fails(account_rename(f.s, &everyone, "per", "Per", &e), &e,
                 ERR_INPUT, "account.unknown");
    assert_ok(account_rename(f.s, &everyone, "ola", "Ola N.", &e), &e);
    assert_ok(account_set_lang(f.s, "ola", LANG_EN, &e), &e);
    a = find(&f, "ola");
    assert_string_equal(a->name, "Ola N.");
    assert_int_equal(a->lang, LANG_EN);
    assert_ok(store_commit(f.s, &e), &e);
    fixture_remove(&f);
}

static void
asks_length_of_a_password(void **state)
{
    static const struct { const char *password, *key; } cases[] = {
        { "elleve tegn", "account.password_short" },
        { "\u00e6\u00f8\u00e5\u00e6\u00f8\u00e5", "account.password_short" },
        { "\u00e6\u00f8\u00e5 er tolv +", NULL },
        { "Ola Nordmann", "account.password_own" },
        { "OLA.NORDMANN.1", "account.password_own" },
        { "PassordPassord", "account.password_common" },
        { "brukerplan-demo", "account.password_common" },
        { "abababababababab", "account.password_common" },
        { "riktig\nhest batteri", "account.password_text" },
        { "riktig hest \xff\xfe batteri", "account.password_text" },
        { "riktig hest batteri", NULL }
    };
    char text[PASSWORD_MOST + 2];
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        err_clear(&e);
        assert_int_equal(password_check(cases[i].password,
                                        "ola.nordmann.1", "Ola Nordmann",
                                        &e), cases[i].key == NULL);
        assert_string_equal(e.key, cases[i].key != NULL ? cases[i].key : "");
    }
    for (int i = 0; i < PASSWORD_MOST + 1; i++)
        text[i] = (char)('a' + i % 20);
    text[PASSWORD_MOST + 1] = '\0';
    err_clear(&e);
    assert_fails(password_check(text, "ola", "Ola", &e), &e, ERR_INPUT,
                 "account.password_long");
    text[PASSWORD_MOST] = '\0';
    assert_ok(password_check(text, "ola", "Ola", &e), &e);
}

static void
hashes_passwords(void **state)
{
    struct random_state chance;
    struct random random = random_seeded(&chance, 1);
    char hash[PASSWORD_HASH], other[PASSWORD_HASH];

    (void)state;
    password_hash(&random, good, hash);
    password_hash(&random, good, other);
    assert_string_not_equal(hash, other);
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31),
                     0);
    assert_true(password_right(hash, good));
    assert_false(password_right(hash, "riktig hest batterI"));
    assert_false(password_right(hash, ""));
    assert_false(password_right("", good));
    assert_false(password_right(NULL, good));
    assert_false(password_right("", ""));
}

static bool
check(struct fixture *f, const char *id, const char *password,
      int64_t *wait)
{
    struct err e;
    bool right;

    err_clear(&e);
    assert_ok(account_check_password(f->s, id, password, &right, wait, &e),
              &e);
    return right;
}

static void
sets_a_password(void **state)
{
    static const struct actor ola = { .name = "ola", .all_units = true };
    char token[SESSION_TOKEN];
    struct fixture f;
    int64_t wait, count;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    assert_false(check(&f, "ola", "", &wait));
    assert_false(check(&f, "ola", good, &wait));
    assert_fails(account_set_password(f.s, &everyone, "ola", "kort", &e),
                 &e, ERR_INPUT, "account.password_short");
    assert_fails(account_set_password(f.s, &everyone, "per", good, &e), &e,
                 ERR_INPUT, "account.unknown");
    assert_ok(session_begin(f.s, "ola", "password", SESSION_SIGNED_IN,
                            token, &e), &e);
    assert_ok(account_set_password(f.s, &everyone, "ola", good, &e), &e);
    assert_true(find(&f, "ola")->must_change);
    assert_ok(session_count(f.s, "ola", &count, &e), &e);
    assert_int_equal(count, 0);
    assert_true(check(&f, "ola", good, &wait));
    assert_false(check(&f, "ola", "riktig hest batter", &wait));
    assert_false(check(&f, "per", good, &wait));
    assert_ok(account_set_password(f.s, &ola, "ola", "en helt annen en",
                                   &e), &e);
    assert_false(find(&f, "ola")->must_change);
    assert_false(check(&f, "ola", good, &wait));
    assert_true(check(&f, "ola", "en helt annen en", &wait));
    fixture_remove(&f);
}

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

static void
ends(void **state)
{
    static const struct actor ola = { .name = "ola", .all_units = true };
    char token[SESSION_TOKEN], code[CODE_TEXT];
    struct grant g = { .account = "ola", .duty = DUTY_ANALYST, .round = "",
                       .unit = "" };
    const struct session *session;
    const struct account *list;
    const struct grant *held;
    struct fixture f;
    const char *id;
    struct err e;
    int count;
    int64_t wait, faults;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    assert_ok(account_set_password(f.s, &everyone, "ola", good, &e), &e);
    assert_ok(slip_make(f.s, &everyone, "ola", f.fixed.now_ms + 1000000,
                        code, &e), &e);
    assert_ok(session_begin(f.s, "ola", "password", SESSION_SIGNED_IN,
                            token, &e), &e);
    assert_ok(grant_add(f.s, &everyone, &g, &e), &e);
    assert_fails(account_end(f.s, &ola, "ola", &e), &e, ERR_INPUT,
                 "account.self");
    assert_ok(account_end(f.s, &everyone, "ola", &e), &e);
    assert_int_not_equal(find(&f, "ola")->ended_ms, 0);
    assert_string_equal(find(&f, "ola")->ended_by, "kari");
    assert_false(check(&f, "ola", good, &wait));
    assert_ok(slip_use(f.s, code, &f.arena, &id, &e), &e);
    assert_null(id);
    assert_ok(session_find(f.s, token, f.fixed.now_ms, &f.arena, &session,
                           &e), &e);
    assert_null(session);
    assert_ok(grants_of(f.s, "ola", f.fixed.now_ms, &f.arena, &held, &count,
                        &e), &e);
    assert_int_equal(count, 0);
    assert_fails(account_end(f.s, &everyone, "ola", &e), &e, ERR_INPUT,
                 "account.unknown");
    assert_fails(account_set_password(f.s, &everyone, "ola", good, &e), &e,
                 ERR_INPUT, "account.unknown");
    assert_fails(account_add(f.s, &everyone, "ola", "Ny", LANG_NB, &e), &e,
                 ERR_INPUT, "account.taken");
    add(&f, "per", "Per");
    assert_ok(account_list(f.s, false, &f.arena, &list, &count, &e), &e);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].id, "per");
    assert_ok(account_list(f.s, true, &f.arena, &list, &count, &e), &e);
    assert_int_equal(count, 2);
    assert_ok(store_commit(f.s, &e), &e);
    assert_ok(log_check(f.s->log, NULL, NULL, &faults, &e), &e);
    fixture_remove(&f);
}

static void
keeps_settings(void **state)
{
    struct fixture f;
    const char *value;
    struct err e;

    (void)state;
    err_clear(&e);
    with_ola(&f);
    assert_ok(store_setting_get(f.s, "demo", &f.arena, &value, &e), &e);
    assert_string_equal(value, "");
    assert_ok(store_setting_set(f.s, "demo", "0", &e), &e);
    assert_ok(store_setting_set(f.s, "demo", "1", &e), &e);
    assert_ok(store_setting_get(f.s, "demo", &f.arena, &value, &e), &e);
    assert_string_equal(value, "1");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_and_finds),
        cmocka_unit_test(asks_length_of_a_password),
        cmocka_unit_test(hashes_passwords),
        cmocka_unit_test(sets_a_password),
        cmocka_unit_test(throttles),
        cmocka_unit_test(does_equal_work),
        cmocka_unit_test(checks_totp),
        cmocka_unit_test(binds_totp_to_its_account),
        cmocka_unit_test(uses_recovery_codes_once),
        cmocka_unit_test(uses_a_slip_once),
        cmocka_unit_test(resets),
        cmocka_unit_test(ends),
        cmocka_unit_test(keeps_settings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
