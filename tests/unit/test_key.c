/* test_key.c - pseudonyms against vectors of another program, sealed text,
 * and key files that others may read. */
#include "store_fixture.h"

/* The key 000102...1f. Computed with openssl:
 *   printf 'brukerplan-1:01817012345' | openssl dgst -sha256 -mac HMAC \
 *       -macopt hexkey:000102...1f */
static const uint8_t pseudonym[16] = {
    0x34, 0x27, 0xb6, 0x7b, 0xe1, 0x54, 0x70, 0x33,
    0x39, 0x71, 0xf7, 0xe1, 0xe8, 0x7d, 0x22, 0x2b
};
/* The same of 'brukerplan-1 sealing'. */
static const uint8_t sealing[32] = {
    0x73, 0x32, 0xe6, 0x37, 0x84, 0x0b, 0x7c, 0x5c,
    0x69, 0xf9, 0x4f, 0x05, 0xaa, 0x4c, 0x5a, 0x17,
    0xf9, 0x1e, 0x8c, 0xd0, 0xc5, 0x91, 0xcf, 0xc9,
    0x54, 0x5b, 0x83, 0x65, 0x3e, 0x03, 0x78, 0x17
};

static void
published(uint8_t key[KEY_BYTES])
{
    for (int i = 0; i < KEY_BYTES; i++)
        key[i] = (uint8_t)i;
}

static void
test_vector(void **state)
{
    struct fixture f;
    struct round_key key;
    struct err e;
    uint8_t secret[KEY_BYTES], out[PSEUDONYM_BYTES];

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    published(secret);
    assert_ok(key_create(f.path, "r-1", &f.options.random, secret, &e), &e);
    assert_int_equal(
        file_holds(f.path, "r-1.key", "000102030405060708090a0b0c0d0e0f"
                   "101112131415161718191a1b1c1d1e1f\n", 65), 1);
    assert_ok(key_load(f.path, "r-1", &key, &e), &e);
    assert_memory_equal(key.secret, secret, sizeof secret);
    assert_memory_equal(key.sealing, sealing, sizeof sealing);
    key_pseudonym(&key, "01817012345", out);
    assert_memory_equal(out, pseudonym, sizeof pseudonym);
    key_pseudonym(&key, "01817012346", out);
    assert_memory_not_equal(out, pseudonym, sizeof pseudonym);
    key_wipe(&key);
    for (size_t i = 0; i < sizeof key; i++)
        assert_int_equal(((const uint8_t *)&key)[i], 0);
    fixture_remove(&f);
}

static void
test_seal(void **state)
{
    static const char where[] = "4601 bergen-2025 17";
    struct fixture f;
    struct round_key key, other;
    struct err e;
    struct buf sealed, plain;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_ok(key_create(f.path, "a", &f.options.random, NULL, &e), &e);
    assert_ok(key_create(f.path, "b", &f.options.random, NULL, &e), &e);
    assert_ok(key_load(f.path, "a", &key, &e), &e);
    assert_ok(key_load(f.path, "b", &other, &e), &e);
    buf_init(&sealed, 0);
    buf_init(&plain, 0);
    key_seal(&key, &f.options.random, where, "case 12", 7, &sealed);
    assert_int_equal(sealed.len, 24 + 7 + 16);
    assert_null(memmem(sealed.data, sealed.len, "case", 4));
    assert_ok(key_open(&key, where, (uint8_t *)sealed.data, sealed.len,
                       &plain, &e), &e);
    assert_string_equal(buf_string(&plain), "case 12");

    /* Moved, under another key, cut. */
    assert_fails(key_open(&key, "4601 bergen-2025 18",
                          (uint8_t *)sealed.data, sealed.len, &plain, &e),
                 &e, ERR_INPUT, "key.sealed");
    assert_fails(key_open(&other, where, (uint8_t *)sealed.data, sealed.len,
                          &plain, &e), &e, ERR_INPUT, "key.sealed");
    for (size_t n = 0; n < sealed.len; n++)
        assert_fails(key_open(&key, where, (uint8_t *)sealed.data, n, &plain,
                              &e), &e, ERR_INPUT, "key.sealed");
    /* Every bit of it matters. */
    for (size_t bit = 0; bit < 8 * sealed.len; bit++) {
        sealed.data[bit / 8] = (char)(sealed.data[bit / 8]
                                      ^ (1 << bit % 8));
        assert_fails(key_open(&key, where, (uint8_t *)sealed.data,
                              sealed.len, &plain, &e), &e, ERR_INPUT,
                     "key.sealed");
        sealed.data[bit / 8] = (char)(sealed.data[bit / 8]
                                      ^ (1 << bit % 8));
    }
    assert_int_equal(plain.len, 7);
    buf_reset(&sealed);
    key_seal(&key, &f.options.random, where, "", 0, &sealed);
    buf_reset(&plain);
    assert_ok(key_open(&key, where, (uint8_t *)sealed.data, sealed.len,
                       &plain, &e), &e);
    assert_int_equal(plain.len, 0);
    buf_clear(&sealed);
    buf_wipe(&plain);
    fixture_remove(&f);
}

static void
test_files(void **state)
{
    struct fixture f;
    struct round_key key;
    struct stat st;
    struct err e;
    char *file;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    umask(0);                   /* modes must not depend on it */
    assert_false(key_exists(f.path, "r"));
    assert_fails(key_load(f.path, "r", &key, &e), &e, ERR_INPUT,
                 "key.directory");
    assert_ok(key_create(f.path, "r", &f.options.random, NULL, &e), &e);
    umask(022);
    assert_true(key_exists(f.path, "r"));
    assert_int_equal(stat(f.path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    file = store_file(f.path, "r.key");
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);

    assert_fails(key_create(f.path, "r", &f.options.random, NULL, &e), &e,
                 ERR_INPUT, "key.exists");
    assert_fails(key_load(f.path, "q", &key, &e), &e, ERR_INPUT,
                 "key.missing");
    assert_fails(key_load(f.path, "../r", &key, &e), &e, ERR_INPUT,
                 "round.id");
    assert_int_equal(chmod(file, 0640), 0);
    assert_fails(key_load(f.path, "r", &key, &e), &e, ERR_INPUT, "key.mode");
    assert_int_equal(chmod(file, 0600), 0);
    assert_int_equal(chmod(f.path, 0750), 0);
    assert_fails(key_load(f.path, "r", &key, &e), &e, ERR_INPUT, "key.mode");
    assert_fails(key_create(f.path, "r2", &f.options.random, NULL, &e), &e,
                 ERR_INPUT, "key.mode");
    assert_int_equal(chmod(f.path, 0700), 0);
    assert_ok(key_load(f.path, "r", &key, &e), &e);
    free(file);
    fixture_remove(&f);
}

static void
test_broken(void **state)
{
    static const char *const texts[] = {
        "", "00\n",
        "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f ",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n\n"
    };
    struct fixture f;
    struct round_key key;
    struct buf b;
    struct err e;
    char *file;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_ok(key_create(f.path, "r", &f.options.random, NULL, &e), &e);
    file = store_file(f.path, "r.key");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        buf_init(&b, 0);
        buf_text(&b, texts[i]);
        assert_ok(buf_write_file(&b, file, &e), &e);
        assert_fails(key_load(f.path, "r", &key, &e), &e, ERR_INPUT,
                     "key.broken");
        buf_clear(&b);
    }
    free(file);
    fixture_remove(&f);
}

static void
test_destroy(void **state)
{
    struct fixture f;
    struct round_key key;
    struct err e;
    char *file, *link_file;
    char hex[65] = "";
    int fd;

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    assert_ok(key_create(f.path, "r", &f.options.random, NULL, &e), &e);
    file = store_file(f.path, "r.key");
    link_file = store_file(f.path, "left");
    fd = open(file, O_RDONLY);
    assert_int_equal(read(fd, hex, 64), 64);
    close(fd);
    /* A second name shows what becomes of the bytes. */
    assert_int_equal(link(file, link_file), 0);
    assert_ok(key_destroy(f.path, "r", &e), &e);
    assert_false(key_exists(f.path, "r"));
    assert_int_equal(file_holds(f.path, "left", hex, 16), 0);
    assert_fails(key_load(f.path, "r", &key, &e), &e, ERR_INPUT,
                 "key.missing");
    assert_fails(key_destroy(f.path, "r", &e), &e, ERR_INPUT, "key.missing");
    free(file);
    free(link_file);
    fixture_remove(&f);
}

/* Made for later: the same files, all of them there after one sync; and a
 * key of a secret without a file is the file's. */
static void
test_many(void **state)
{
    struct fixture f;
    struct round_key key, same;
    struct err e;
    uint8_t secret[KEY_BYTES];

    (void)state;
    err_clear(&e);
    fixture_dir(&f);
    published(secret);
    assert_ok(key_create_later(f.path, "a", &f.options.random, secret, &e),
              &e);
    assert_ok(key_create_later(f.path, "b", &f.options.random, NULL, &e),
              &e);
    assert_ok(key_sync(f.path, &e), &e);
    assert_fails(key_create_later(f.path, "a", &f.options.random, secret,
                                  &e), &e, ERR_INPUT, "key.exists");
    assert_ok(key_load(f.path, "b", &key, &e), &e);
    assert_memory_not_equal(key.secret, secret, sizeof secret);
    assert_ok(key_load(f.path, "a", &key, &e), &e);
    key_of(secret, &same);
    assert_memory_equal(&key, &same, sizeof key);
    assert_fails(key_sync("/nonexistent/keys", &e), &e, ERR_MACHINE,
                 "key.write");
    fixture_remove(&f);
}

/* So many rounds in one transaction that their keys are synced together:
 * all of them made with it, or none. */
static void
test_rounds(void **state)
{
    static const struct unit_tier tier = { 1, "", false, "" };
    static const struct unit unit = { "u", "U", "", &tier, 1, false };
    const struct definition d = { 1, "x", 1, "", NULL };
    struct fixture f;
    struct err e;
    char id[16];

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    for (int undo = 1; undo >= 0; undo--) {
        begin(&f);
        for (int i = 0; i < 40; i++) {
            const struct round r = {
                .id = id, .municipality = 4601, .year = 2025, .period = 1,
                .synthetic = true, .units = &unit, .unit_count = 1
            };

            snprintf(id, sizeof id, "r%d", i);
            assert_ok(round_add(f.s, &everyone, &r, &d, NULL, &e), &e);
        }
        if (undo) {
            /* The last that is made is there already. */
            assert_ok(key_create(store_keys(f.s), "r0", &f.options.random,
                                 NULL, &e), &e);
            assert_fails(store_commit(f.s, &e), &e, ERR_INPUT, "key.exists");
            assert_ok(key_destroy(store_keys(f.s), "r0", &e), &e);
        } else {
            commit(&f);
        }
        for (int i = 0; i < 40; i++) {
            snprintf(id, sizeof id, "r%d", i);
            assert_int_equal(key_exists(store_keys(f.s), id), !undo);
        }
    }
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vector), cmocka_unit_test(test_seal),
        cmocka_unit_test(test_files), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_destroy), cmocka_unit_test(test_many),
        cmocka_unit_test(test_rounds)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
