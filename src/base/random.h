/* random.h - chance, given from outside.
 *
 * Only main takes chance from the machine; everyone else is given a struct
 * random, so that tests and the demo come out the same each time. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
#include <stddef.h>
#include <stdint.h>

struct random {
    void (*fill)(void *ctx, void *out, size_t n);   /* never fails */
    void *ctx;
};

/* Private; see random_seeded. */
struct random_state {
    uint64_t s[4];
};

enum { UUID_TEXT = 37 };    /* size with the NUL */

/* The kernel's: fit for keys and tokens, from any thread. Where the kernel
 * gives none the process ends with one line and exit 3. */
struct random random_system(void);
/* The same numbers for the same SEED on every machine. NOT SECRET: who sees
 * a few can compute the rest; for tests and the demo only. STATE is set up
 * here, and borrowed as long as the result is used; one thread at a time.
 * Every fill begins on a new 8-byte step: the bytes depend on how they are
 * asked for. */
struct random random_seeded(struct random_state *state, uint64_t seed);

void random_fill(const struct random *r, void *out, size_t n);
uint64_t random_u64(const struct random *r);
/* 0..N-1, each as likely; N at least 1. */
uint32_t random_below(const struct random *r, uint32_t n);
/* A UUID, version 4, in lower case: 122 bits of chance. */
void random_uuid(const struct random *r, char out[UUID_TEXT]);

#endif
