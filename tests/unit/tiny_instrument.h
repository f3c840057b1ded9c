/* tiny_instrument.h - tests/data/tiny.yaml, bound, and rows for it.
 *
 * For tests only: what fails here ends the process with a line. */
#ifndef TESTS_TINY_INSTRUMENT_H
#define TESTS_TINY_INSTRUMENT_H
#include "def/expr.h"

enum { TINY_SETS = 4, TINY_YEAR = 2014 };

struct tiny_row {
    int32_t value[VARIABLE_MAX];
    uint64_t bits[TINY_SETS][CODE_MAX / 64];
    const uint64_t *set[TINY_SETS];
    struct row row;             /* of the above: do not copy the struct */
};

/* The definition, read from FILE or where that is NULL from its place seen
 * from the top of the source, bound to a round with UNITS units u0, u1, ...
 * and no age limit. Free with instrument_free. */
struct instrument *tiny_instrument(const char *file, int units);
/* The variable with that id. */
int tiny_variable(const struct instrument *in, const char *id);
/* Variables from ids separated by commas; how many. */
int tiny_variables(const struct instrument *in, const char *ids, int *out,
                   int max);
/* R without a single answer. */
void tiny_blank(struct tiny_row *r);
/* A blank R with answers: "sex=male kids=3 helpers=u1|u3 plan=?". What a
 * value may be beside its kind's: - is unanswered, ? unknown, ! not asked,
 * 0 of helpers none chosen. Nothing is computed: derived ones are set like
 * the rest. */
void tiny_fill(const struct instrument *in, struct tiny_row *r,
               const char *answers);

#endif
