/* countrying.h - what a country is, for src/demo/country*.c only. */
#ifndef DEMO_COUNTRYING_H
#define DEMO_COUNTRYING_H
#include "base/arena.h"
#include "demo/country.h"

enum {
    LEVELS = 16, NEEDS = 8, BYTES = 256,
    COUNTRY_AREAS = VAR_AREA_LAST - VAR_AREA_FIRST + 1,
    COUNTRY_USES = VAR_USE_OTHER - VAR_USE_ALCOHOL + 1,
    COUNTRY_QUESTIONS = 14, SERVICE_LEVELS = 4
};

/* Chances, made once (country_table.c). A table of BYTES says what a byte
 * of chance means; a single number is how many of 256 bytes mean yes. */
struct country_table {
    uint8_t target[LEVELS][BYTES];
    uint8_t need[LEVELS][TARGET_COUNT][BYTES];
    uint8_t age[LEVELS][TARGET_COUNT][BYTES];
    uint8_t score[COUNTRY_AREAS][NEEDS][BYTES];
    uint8_t use[COUNTRY_USES][TARGET_COUNT][BYTES];
    uint8_t yes[COUNTRY_QUESTIONS][TARGET_COUNT][NEEDS][LEVELS];
    uint8_t received[TARGET_COUNT][NEEDS][SERVICE_LEVELS][SVC_COUNT];
    uint8_t wanted[TARGET_COUNT][NEEDS][SVC_COUNT]; /* not received */
    uint8_t kept[SVC_COUNT];                        /* received */
};

/* The questions answered with yes or no, asked of whom reg.h says. */
extern const enum demo_var country_questions[COUNTRY_QUESTIONS];

struct country {
    struct arena arena;
    int64_t registrations;
    uint64_t seed;
    struct country_round *round;
    int rounds;
    int32_t *starts;            /* of each round, and of none after them */
    struct country_table table;
};

/* Fills C->round but for count and start (country_place.c). *WEIGHT, one a
 * round, says how large they are beside each other: above 0. */
void country_places(struct country *c, int64_t **weight);
void country_tables(struct country_table *t);

/* X, shuffled: another for each X. SplitMix64's last steps. */
static inline uint64_t
country_mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* A permutation of 0..N-1 that KEY chooses, of X. */
uint32_t country_shuffle(uint64_t key, uint32_t n, uint32_t x);

#endif
