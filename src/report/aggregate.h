/* aggregate.h - a round as tables that others may have: an aggregate file.
 *
 * Never persons: the tables of the reports about recipients, protected as
 * one release before they come here, with what somebody else must know to
 * compare them: the definition of the instrument, the rule of the index, who
 * was to be registered, from which age, of how many inhabitants. One
 * municipality's, or a total over several that a lawful holder made.
 *
 * The file is one JSON object on one line (docs/aggregate.md). Its last
 * member is an Ed25519 signature of every byte before it:
 *
 *     {"brukerplan":"aggregate","format":1,...,"key":"HEX"
 *     ,"signature":"HEX"}\n            (in the file on the same line)
 *
 * What is read is checked in this order: size, signature by a key that the
 * caller trusts, form; a byte that is not as it was signed refuses it. */
#ifndef REPORT_AGGREGATE_H
#define REPORT_AGGREGATE_H
#include "base/buf.h"
#include "report/tree.h"
#include "store/round.h"

enum {
    AGGREGATE_FORMAT = 1,
    AGGREGATE_BYTES_MAX = 8 << 20,
    AGGREGATE_TABLES_MAX = 1024,
    AGGREGATE_SIDE_MAX = 1024,          /* rows or columns of a table */
    AGGREGATE_CELLS_MAX = 1 << 18,      /* of all tables */
    AGGREGATE_MEMBERS_MAX = 400,        /* municipalities of a total */
    AGGREGATE_NUMBER_MAX = 100000000,   /* any number in it */
    AGGREGATE_NAME_MAX = 200,           /* bytes of the name */
    AGGREGATE_TEXT_MAX = 2000,          /* bytes of a text but the
                                         * definition */
    AGGREGATE_SIGNERS_MAX = 64,
    SIGNING_KEY_BYTES = 32, SIGNING_HEX = 65    /* with the NUL */
};

/* How small numbers are kept from sight. */
enum aggregate_protection {
    AGGREGATE_INTERNAL,         /* not at all: never in a file */
    AGGREGATE_HIDDEN,           /* hidden below the threshold */
    AGGREGATE_ROUNDED           /* rounded to the threshold; adds up */
};

struct aggregate_cell {
    int64_t n;                  /* or NUMBER_HIDDEN */
    int64_t of;                 /* or OF_NONE, OF_HIDDEN */
};

struct aggregate_table {
    const char *report, *id;    /* of the definition */
    enum unit_counted counts;
    const char *const *row, *const *column;     /* ids of keys */
    int row_count, column_count;
    const struct aggregate_cell *cell;  /* row by row */
};

/* How many a report is about. */
struct aggregate_report {
    const char *id;
    int64_t recipients;         /* or NUMBER_HIDDEN */
};

struct aggregate {
    const char *name;           /* "Bergen", "Vestland" */
    bool total;                 /* over several municipalities */
    const int *municipality;    /* their numbers, rising */
    int municipality_count;     /* 1 where not total */
    int year, period, from_age;
    bool synthetic;
    const char *inclusion;      /* who was to be registered; "" not said */
    const char *mapping_from, *mapping_to;      /* ISO dates, "" not said */
    int64_t population;         /* -1: not said */
    int population_from_age;
    const char *population_on;
    enum aggregate_protection protection;
    int threshold;              /* or rounding base; 0 of INTERNAL */
    const struct instrument *in;        /* its definition, bound */
    const char *definition;     /* its text, and what was switched on */
    size_t definition_len;
    const char *switched_on;
    const char *index_rule;     /* aggregate_index_rule */
    bool own_index;             /* by this program's rule, not the national
                                 * registry's */
    const struct aggregate_report *report;
    int report_count;
    const struct aggregate_table *table;
    int table_count;
    char key[SIGNING_HEX];      /* who signed it, "" nobody yet */
    struct instrument *owned;   /* private: what aggregate_clear frees */
};

/* The weights, limits and blanks of an index on one line: equal texts,
 * equal rules. In ARENA. */
const char *aggregate_index_rule(const struct instrument *in,
                                 struct arena *arena);
/* The table ID of REPORT in A, or NULL; the place of an id among keys, or
 * -1. */
const struct aggregate_table *aggregate_table(const struct aggregate *a,
                                              const char *report,
                                              const char *id);
int aggregate_place(const char *const *ids, int count, const char *id);
const struct aggregate_cell *aggregate_at(const struct aggregate_table *t,
                                          int row, int column);

/* A of ROUND, whose newest definition D is, from finished documents of its
 * reports (DOC_TABLES): they are protected or not, and A says so. Lends what
 * it is given; all else in ARENA. */
void aggregate_take(struct aggregate *a, const struct round *round,
                    const struct instrument *in, const struct definition *d,
                    const char *name, struct document *const *doc,
                    int count, struct arena *arena);
/* Frees what reading made; A is zeroed. */
void aggregate_clear(struct aggregate *a);

/* ---- the file ---- */

/* The key that signs files, kept beside the rounds' keys and made when first
 * needed: its public half. SECRET gets the seed; wipe it. */
struct signing_key {
    uint8_t seed[SIGNING_KEY_BYTES];
    char hex[SIGNING_HEX];      /* the public half */
};
MUST_CHECK bool signing_load(const char *keys, struct random *random,
                             struct signing_key *key, struct err *e);
void signing_wipe(struct signing_key *key);
/* A public key's file: 64 hexadecimal digits and a line feed. */
MUST_CHECK bool signer_read(const char *file, char hex[SIGNING_HEX],
                            struct err *e);

/* Appends A as a signed file. A must be protected (asserted). */
void aggregate_write(const struct aggregate *a,
                     const struct signing_key *key, struct buf *out);

/* Reads TEXT (LEN bytes) if one of the SIGNERS' keys signed it. FILE names
 * it in messages and is borrowed. Texts in ARENA. Clear A also after
 * failure. ERR_INPUT "aggregate.*" or of its definition. */
MUST_CHECK bool aggregate_read(const char *text, size_t len,
                               const char *file,
                               const char (*signer)[SIGNING_HEX],
                               int signers, struct arena *arena,
                               struct aggregate *a, struct err *e);

/* The sum of COUNT files, all rounded and of the same instrument, rules and
 * year, each of municipalities of its own: ERR_INPUT says what is in the
 * way, LEAST municipalities must be in it. Borrows from LIST. */
MUST_CHECK bool aggregate_sum(const struct aggregate *list, int count,
                              const char *name, int least,
                              struct arena *arena, struct aggregate *out,
                              struct err *e);

#endif
