/* fuzz_aggregate.c - any bytes as an aggregate file. They are signed here, so
 * that they come past the signature; what is taken for good must be written
 * and read again the same. */
#include <sodium.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "report/aggregate.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
sign(struct buf *out, const uint8_t *data, size_t n,
     const unsigned char *secret)
{
    unsigned char signature[crypto_sign_BYTES];
    char hex[2 * crypto_sign_BYTES + 1];

    crypto_sign_detached(signature, NULL, data, n, secret);
    sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);
    buf_add(out, data, n);
    buf_printf(out, ",\"signature\":\"%s\"}\n", hex);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    struct signing_key key = { .seed = { 1 } };
    char signer[1][SIGNING_HEX];
    struct aggregate a, again;
    struct err e = { 0 };
    struct arena arena;
    struct buf file, out;

    arena_init(&arena);
    buf_init(&file, 0);
    buf_init(&out, 0);
    crypto_sign_seed_keypair(public, secret, key.seed);
    sodium_bin2hex(key.hex, sizeof key.hex, public, sizeof public);
    memcpy(signer[0], key.hex, SIGNING_HEX);
    sign(&file, data, n, secret);
    if (aggregate_read(file.data, file.len, "f",
                       (const char (*)[SIGNING_HEX])signer, 1, &arena, &a,
                       &e)) {
        aggregate_write(&a, &key, &out);
        CHECK(aggregate_read(out.data, out.len, "f",
                             (const char (*)[SIGNING_HEX])signer, 1, &arena,
                             &again, &e));
        CHECK(again.table_count == a.table_count);
        aggregate_clear(&again);
    } else {
        CHECK(e.code == ERR_INPUT && e.key[0] != '\0');
    }
    aggregate_clear(&a);
    buf_clear(&file);
    buf_clear(&out);
    arena_clear(&arena);
    return 0;
}
