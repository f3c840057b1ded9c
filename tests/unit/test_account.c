/* test_account.c - accounts and their passwords. */
#include "account_fixture.h"
#include "store/grant.h"
#include "store/session.h"

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
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=32768,t=3,p=1$", 31),
                     0);
    assert_true(password_right(hash, good));
    assert_false(password_right(hash, "riktig hest batterI"));
    assert_false(password_right(hash, ""));
    assert_false(password_right("", good));
    assert_false(password_right(NULL, good));
    assert_false(password_right("", ""));
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
        cmocka_unit_test(ends),
        cmocka_unit_test(keeps_settings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
