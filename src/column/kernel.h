/* kernel.h - what is done with bits, many at a time.
 *
 * Each set of kernels does the same with other instructions; results are
 * identical. The best one that the machine has is chosen when it is first
 * asked for. All lengths are in words of 64 bits, and whole VECTORs; no
 * alignment is asked for, but it is faster. Pure: no state, no memory. */
#ifndef COLUMN_KERNEL_H
#define COLUMN_KERNEL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    VECTOR = 8,                 /* words of a vector: 512 bits */
    COUNT_MAX = 12,             /* masks that one call counts by */
    SPREAD_WORDS = 512          /* of a mask that is spread */
};

/* A count in eight parts, to be added up; or eight counts. */
struct lanes {
    uint64_t part[VECTOR];
};

/* Rows from..to-1 are at PLACE. Lots rise and do not overlap. */
struct lot {
    uint32_t from, to;
    int place;
};

enum {
    ALIKE_MAX = 16,             /* variables */
    ALIKE_BITS = 4,             /* of a code, at most */
    ALIKE_STATES = 3,           /* values below 0 */
    ALIKE_VALUES = 16           /* with those; the last is not used */
};

/* Variables that follow each other, can have the same few values, and whose
 * codes stand beside each other in one word of a record. */
struct alike {
    int variable, count;        /* the first one, and how many */
    int word, shift;            /* where the first code stands */
    uint16_t variables;         /* COUNT ones */
    uint64_t mask;              /* COUNT times ALIKE_BITS, of which those are
                                   ones that a code has */
    uint8_t code[ALIKE_VALUES]; /* of value - ALIKE_STATES, and so on */
    uint8_t bit[ALIKE_VALUES];  /* the one in MET that stands for it; 0: it is
                                   no value. The last is 0 */
    uint8_t met[ALIKE_MAX];     /* by variable: the values that it may
                                   have */
};

struct kernels {
    const char *id;             /* "avx512", "avx2", "plain" */
    bool (*runs_here)(void);
    /* TO has the bits for which TABLE says yes: its bit 4a + 2b + c, where
     * those of the masks X are a, b, c. TO may be one of them. */
    void (*choose)(uint64_t *to, const uint64_t *const x[3], uint8_t table,
                   size_t words);
    /* For each of N masks X, 1..COUNT_MAX: adds how many bits Y, Z and it
     * have in common to SUM. */
    void (*count)(const uint64_t *y, const uint64_t *z,
                  const uint64_t *const *x, int n, size_t words,
                  struct lanes *const *sum);
    /* For each of VECTOR masks X: adds to part I of TO[place] how many bits
     * Y and X[I] have in common in each lot. They are of rows ROW..END-1,
     * whole VECTORs and SPREAD_WORDS at most; LOT is the first lot that may
     * reach into them, and LOTS how many there are from it on. */
    void (*spread)(const uint64_t *y, const uint64_t *const *x, uint32_t row,
                   uint32_t end, const struct lot *lot, int lots,
                   struct lanes *to);
    /* VECTOR squares of 64 x 64 bits, each turned on its side: bit J of its
     * word I becomes bit I of its word J. Word I of square K is SQUARE[I *
     * VECTOR + K]. */
    void (*turn)(uint64_t *square);
    /* Adds the codes of the values of COUNT times variables that are alike to
     * RECORD, in which they are 0. False where one has not been met; what
     * stands in RECORD is of no use then. NULL: there is no quick way. */
    bool (*pack)(const struct alike *a, int count, const int32_t *value,
                 uint64_t *record);
};

/* All that were built in, best first; the last runs anywhere. NULL ends
 * the list. */
extern const struct kernels *const kernel_list[];
/* The best that runs here; after kernel_force, that one. */
const struct kernels *kernel_best(void);
/* For tests: the one with that id from now on, NULL: the best again. False
 * where there is none or it does not run here. Not while others count. */
bool kernel_force(const char *id);

#endif
