/* totp.c - see totp.h.
 *
 * libsodium has no SHA-1, for it is not to be used where collisions matter;
 * in an HMAC they do not. Messages here are short, so the whole of one is
 * padded in memory. */
#include "base/totp.h"
#include <assert.h>
#include <string.h>

enum { BLOCK = 64, TEXT_MAX = 4 * BLOCK };

static uint32_t
rotate(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

static uint32_t
mix(int t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20)
        return ((b & c) | (~b & d)) + 0x5A827999u;
    if (t < 40)
        return (b ^ c ^ d) + 0x6ED9EBA1u;
    if (t < 60)
        return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
    return (b ^ c ^ d) + 0xCA62C1D6u;
}

static void
add_block(uint32_t h[5], const uint8_t *p)
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], f = h[4];

    for (int t = 0; t < 16; t++)
        w[t] = (uint32_t)p[4 * t] << 24 | (uint32_t)p[4 * t + 1] << 16
               | (uint32_t)p[4 * t + 2] << 8 | p[4 * t + 3];
    for (int t = 16; t < 80; t++)
        w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (int t = 0; t < 80; t++) {
        uint32_t sum = rotate(a, 5) + mix(t, b, c, d) + f + w[t];

        f = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = sum;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += f;
    explicit_bzero(w, sizeof w);
}

void
totp_sha1(const void *data, size_t n, uint8_t out[SHA1_BYTES])
{
    uint32_t h[5] = { 0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u,
                      0xC3D2E1F0u };
    size_t size = (n + 8) / BLOCK * BLOCK + BLOCK;
    uint8_t text[TEXT_MAX] = { 0 };

    assert(size <= sizeof text);
    memcpy(text, data, n);
    text[n] = 0x80;
    for (int i = 0; i < 8; i++)
        text[size - 1 - (size_t)i] = (uint8_t)((uint64_t)n * 8 >> 8 * i);
    for (size_t at = 0; at < size; at += BLOCK)
        add_block(h, text + at);
    for (int i = 0; i < SHA1_BYTES; i++)
        out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
    explicit_bzero(text, sizeof text);
}

/* HMAC of the eight bytes of COUNT, most significant first. */
static void
hmac(const uint8_t secret[TOTP_SECRET], uint64_t count,
     uint8_t out[SHA1_BYTES])
{
    uint8_t inner[BLOCK + 8], outer[BLOCK + SHA1_BYTES];

    memset(inner, 0x36, BLOCK);
    memset(outer, 0x5C, BLOCK);
    for (int i = 0; i < TOTP_SECRET; i++) {
        inner[i] ^= secret[i];
        outer[i] ^= secret[i];
    }
    for (int i = 0; i < 8; i++)
        inner[BLOCK + i] = (uint8_t)(count >> (56 - 8 * i));
    totp_sha1(inner, sizeof inner, outer + BLOCK);
    totp_sha1(outer, sizeof outer, out);
    explicit_bzero(inner, sizeof inner);
    explicit_bzero(outer, sizeof outer);
}

int64_t
totp_step(int64_t utc_ms)
{
    return utc_ms / TOTP_STEP_MS;
}

int
totp_code(const uint8_t secret[TOTP_SECRET], int64_t step)
{
    uint8_t mac[SHA1_BYTES];
    uint32_t value;
    int at;

    hmac(secret, (uint64_t)step, mac);
    at = mac[SHA1_BYTES - 1] & 15;
    value = (uint32_t)(mac[at] & 0x7F) << 24 | (uint32_t)mac[at + 1] << 16
            | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    explicit_bzero(mac, sizeof mac);
    return (int)(value % 1000000);
}

/* The digits of TEXT as a number; -1 unless there are six and no more. */
static int
read_code(const char *text)
{
    int value = 0, digits = 0;

    for (; *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        if (*text < '0' || *text > '9' || digits == TOTP_DIGITS)
            return -1;
        value = 10 * value + (*text - '0');
        digits++;
    }
    return digits == TOTP_DIGITS ? value : -1;
}

int64_t
totp_match(const uint8_t secret[TOTP_SECRET], const char *text,
           int64_t utc_ms, int64_t last)
{
    int64_t now = totp_step(utc_ms), found = -1;
    int given = read_code(text);

    for (int64_t step = now + 1; step >= now - 1; step--) {
        int code = totp_code(secret, step);

        if (code == given && step > last)
            found = step;
    }
    return found;
}

void
totp_print(const uint8_t secret[TOTP_SECRET], char out[TOTP_BASE32])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    int have = 0, n = 0;

    for (int i = 0; i < TOTP_SECRET; i++) {
        bits = bits << 8 | secret[i];
        for (have += 8; have >= 5; have -= 5)
            out[n++] = digits[bits >> (have - 5) & 31];
    }
    out[n] = '\0';
}
