/* population.h - how many inhabitants a municipality has, from a file of
 * Statistics Norway's.
 *
 * The file is JSON-stat 2 as the table 07459 gives it: numbers by region,
 * sex, age in single years, and year, each of 1 January. It is read
 * strictly as far as it is used: what is not such a table is refused with
 * what was expected. Regions are municipalities by number ("4601",
 * "K-4601"); a number of other years is found by the table of changes
 * (def/municipality.h), and one that was split or merged with others is
 * refused, for then nobody knows how many live in which part. */
#ifndef REPORT_POPULATION_H
#define REPORT_POPULATION_H
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"

enum {
    POPULATION_BYTES_MAX = 32 << 20,
    POPULATION_CELLS_MAX = 4 << 20,
    POPULATION_CATEGORIES_MAX = 20000,  /* of a dimension */
    POPULATION_DIMENSIONS_MAX = 8,
    POPULATION_MAX = 100000000          /* one number */
};

/* What is asked of the file. */
struct population_question {
    int municipality, year;     /* the number, and when it was that */
    int from_age;
    int on;                     /* the year of the 1 January; 0: the round's,
                                 * or the last before it that is there */
};

struct population_answer {
    int64_t number;
    int on;                     /* year */
    int region[64];             /* whose numbers were added up */
    int region_count;
};

/* Answers Q from the LEN bytes of TEXT. FILE names it in messages and is
 * borrowed. ERR_INPUT "population.*". */
MUST_CHECK bool population_read(const char *text, size_t len,
                                const char *file,
                                const struct population_question *q,
                                struct arena *arena,
                                struct population_answer *out,
                                struct err *e);

#endif
