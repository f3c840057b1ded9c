/* compare.h - a round beside others: earlier rounds of the municipality,
 * other municipalities, a county or the country.
 *
 * Everything that is compared is an aggregate (aggregate.h): a file of
 * others, or a round of the store made into one. Persons are never
 * compared.
 *
 *     c = compare_new(&own, report, &arena)
 *     compare_add(c, &other, name, e)     each of them, or refused
 *     compare_finish(c, &rule, e)         enough of them; differences
 *     compare_build(c, doc, &arena)       a section at the end of DOC
 *
 * Refused as a whole are other instruments, age limits and inclusion rules,
 * and a mixture of made-up and real people. Tables of the index are left
 * out, with the reason, where the index is by another rule: ours is never
 * set beside the registry's. A table is left out of a column where what
 * changed in the instrument breaks it (def/diff.h): its series is never
 * drawn through a break. What changed without breaking it is said beside
 * it.
 *
 * A difference is marked only where it is larger than chance would make it:
 * two groups by Fisher's exact test, a whole distribution by its extension
 * to more values (calc/exact.h), the probabilities adjusted after Holm over
 * all tests of the comparison, at COMPARE_PERMILLE. Sums (children) are not
 * tested: they are not one by one. */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H
#include "report/aggregate.h"

enum {
    COMPARE_COLUMNS_MAX = 12,           /* own included */
    COMPARE_LEAST = 3,                  /* municipalities, own included */
    COMPARE_PERMILLE = 50               /* of false findings at most */
};

enum compare_relation {
    COMPARE_EARLIER,            /* the same municipality, another time */
    COMPARE_OWN,
    COMPARE_OTHER,              /* another municipality */
    COMPARE_TOTAL               /* several together */
};

/* Something else stands in the way of one table of one column. */
struct compare_break {
    int table;                  /* place in the instrument's tables */
    enum compare_why {
        COMPARE_CHANGED,        /* CHANGE says what */
        COMPARE_INDEX,          /* another rule of the index */
        COMPARE_MISSING         /* it is not there */
    } why;
    const struct change *change;
};

struct compare_column {
    const struct aggregate *a;
    const char *name;           /* of the file or round, for messages */
    const char *label;          /* "Bergen 2014"; with the period where two
                                 * have the same year */
    enum compare_relation relation;
    int area_number;            /* EARLIER: not 0: the municipality's borders
                                 * were others, and this number why */
    const struct change *change;        /* of the instrument, to our own */
    int change_count;
    const struct compare_break *broken; /* one a table at most */
    int broken_count;
};

/* A cell that differs from ours beyond chance, or with ROW NULL a whole
 * distribution. */
struct compare_difference {
    int column;
    int table;                  /* place in the instrument's tables */
    const char *row, *key;      /* ids of row and column of the table */
    int64_t n, of;              /* ours */
    int64_t other_n, other_of;  /* theirs; where we are a part of a total,
                                 * the rest of it */
    double p;                   /* adjusted */
};

struct comparison {
    struct arena *arena;
    const struct aggregate *own;
    int report;                 /* place in OWN's instrument */
    struct compare_column column[COMPARE_COLUMNS_MAX];
    int column_count, own_column;
    const int *table;           /* what is compared */
    int table_count;
    const struct compare_difference *difference;        /* by table, column,
                                 * row */
    int difference_count;
    int tests;                  /* of two groups; and of distributions */
    int distributions;
};

struct compare_rule {
    int least;                  /* municipalities: COMPARE_LEAST */
};

/* OWN and what is added are borrowed as long as the comparison lasts. */
struct comparison *compare_new(const struct aggregate *own, int report,
                               struct arena *arena);
/* ERR_INPUT "compare.*" about NAME where it can't be compared. */
MUST_CHECK bool compare_add(struct comparison *c, const struct aggregate *a,
                            const char *name, struct err *e);
/* "compare.few" where other municipalities are fewer than the rule asks, or
 * a total is of fewer. Puts columns in order (earlier ones by time, our
 * own, others by name, totals) and finds the differences. */
MUST_CHECK bool compare_finish(struct comparison *c,
                               const struct compare_rule *rule,
                               struct err *e);
/* Why a table can't be compared in a column, NULL: it can. */
const struct compare_break *compare_broken(const struct comparison *c,
                                           int column, int table);

/* Adds the section "s-compare" behind the others of DOC, which must be of
 * our own round and report, in its language. */
void compare_build(const struct comparison *c, struct document *doc,
                   struct arena *arena);

#endif
