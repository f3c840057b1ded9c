/* totp.h - one-time codes of an authenticator (RFC 6238).
 *
 * HMAC-SHA-1, six digits, a step of thirty seconds: what every authenticator
 * knows without being told. */
#ifndef BASE_TOTP_H
#define BASE_TOTP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TOTP_SECRET = 20,           /* bytes, as SHA-1's */
    TOTP_DIGITS = 6,
    TOTP_STEP_MS = 30 * 1000,
    TOTP_BASE32 = 33            /* size of the text, with the NUL */
};

/* The step that UTC_MS falls in. */
int64_t totp_step(int64_t utc_ms);
/* The code of STEP. */
int totp_code(const uint8_t secret[TOTP_SECRET], int64_t step);
/* The step that the code TEXT is of: that of UTC_MS, the one before or the
 * one after, if it is later than LAST; -1 none. Blanks in TEXT are passed
 * over. The same work whatever TEXT is. */
int64_t totp_match(const uint8_t secret[TOTP_SECRET], const char *text,
                   int64_t utc_ms, int64_t last);
/* The secret for an authenticator, in base32 (RFC 4648). */
void totp_print(const uint8_t secret[TOTP_SECRET], char out[TOTP_BASE32]);

/* SHA-1 of N bytes, for RFC 6238 only. */
enum { SHA1_BYTES = 20 };
void totp_sha1(const void *data, size_t n, uint8_t out[SHA1_BYTES]);

#endif
