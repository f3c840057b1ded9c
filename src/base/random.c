/* random.c - see random.h.
 *
 * The seeded one is xoshiro256** with its state from splitmix64 (Blackman
 * and Vigna), written out byte by byte, lowest first, so that the order of
 * bytes in the machine does not show. */
#include "base/random.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { EXIT_MACHINE = 3 };  /* as in interfaces.md */

static void
system_fill(void *ctx, void *out, size_t n)
{
    unsigned char *to = out;

    (void)ctx;
    while (n > 0) {
        ssize_t got = getrandom(to, n, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fprintf(stderr, "brukerplan: no random numbers: %s\n",
                    strerror(errno));
            exit(EXIT_MACHINE);
        }
        to += got;
        n -= (size_t)got;
    }
}

struct random
random_system(void)
{
    return (struct random){ .fill = system_fill };
}

static uint64_t
rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static uint64_t
next(struct random_state *state)
{
    uint64_t *s = state->s;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static void
seeded_fill(void *ctx, void *out, size_t n)
{
    unsigned char *to = out;
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++) {
        if (i % 8 == 0)
            word = next(ctx);
        to[i] = (unsigned char)(word >> (i % 8 * 8));
    }
}

struct random
random_seeded(struct random_state *state, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);

        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        state->s[i] = z ^ z >> 31;
    }
    return (struct random){ .fill = seeded_fill, .ctx = state };
}

void
random_fill(const struct random *r, void *out, size_t n)
{
    r->fill(r->ctx, out, n);
}

uint64_t
random_u64(const struct random *r)
{
    unsigned char bytes[8];
    uint64_t value = 0;

    random_fill(r, bytes, sizeof bytes);
    for (int i = 7; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

uint32_t
random_below(const struct random *r, uint32_t n)
{
    uint64_t top, value;

    assert(n > 0);
    top = UINT64_MAX - UINT64_MAX % n;  /* a whole number of rounds */
    do
        value = random_u64(r);
    while (value >= top);
    return (uint32_t)(value % n);
}

void
random_uuid(const struct random *r, char out[UUID_TEXT])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[16];

    random_fill(r, bytes, sizeof bytes);
    bytes[6] = (unsigned char)(0x40 | (bytes[6] & 0x0F));
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3F));
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = hex[bytes[i] >> 4];
        *out++ = hex[bytes[i] & 15];
    }
    *out = '\0';
}
