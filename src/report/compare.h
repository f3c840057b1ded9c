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

/* What a column says of our own: of ROW of table TABLE, the difference since
 * the latest earlier round that the table is not broken for; NULL where there
 * is none beyond chance, or no such round. */
const struct compare_difference *compare_change(const struct comparison *c,
                                                int table, const char *row);
bool compare_has(const struct comparison *c, enum compare_relation relation);
/* How many RECIPIENTS of column COLUMN's report are per COMPARE_PER
 * inhabitants, rounded; -1 where it can't be said beside ours: hidden, no
 * inhabitants, or those of another age. How many columns can, our own
 * among them; 0 where our own can't. */
enum { COMPARE_PER = 10000 };
int64_t compare_rate(const struct comparison *c, int column);
int compare_rates(const struct comparison *c);

/* ---- all that a publication stands beside ---- */

struct compare_round;           /* compare_round.h */
struct opened;

/* One of those that a round is compared with. */
struct compare_beside {
    const struct aggregate *a;
    const char *name;           /* for messages */
    struct compare_round *round;        /* of the same store, whose numbers
                                 * are in its own ledger before ours leave
                                 * (publication_record); NULL: a file */
};

/* Whether all of BESIDE may stand beside the round open in O, whatever it
 * counts: as compare_add refuses and, with ENOUGH, compare_finish. */
MUST_CHECK bool compare_check(struct opened *o,
                              const struct compare_beside *beside, int count,
                              bool enough, struct arena *arena,
                              struct err *e);
/* The comparison of each report about recipients that a document of
 * tables in DOC (COUNT of them, of the round open in O, some may be NULL)
 * is about, by the report's number; NULL of the others. As compare_add and
 * compare_finish refuse. */
MUST_CHECK bool compare_all(struct opened *o, struct document *const *doc,
                            int count, const struct compare_beside *beside,
                            int beside_count, struct arena *arena,
                            struct comparison ***out, struct err *e);

#endif
