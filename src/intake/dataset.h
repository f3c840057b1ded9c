/* dataset.h - the registrations of a round as a rectangle, for analysts'
 * programs: a row a registration by number, a column a variable, with what
 * each value means.
 *
 * Values are those that count (calc/derive.h), not those that stand in the
 * store: a question whose condition fails is not asked, a service that was
 * gone through and not ticked is 0. Derived variables are computed. What is
 * off in the round is left out; a variable of kind codes is a column a code,
 * 1 where it was chosen. Behind them stand what belongs to the registration:
 *     status          1 draft, 2 complete, 3 withdrawn
 *     counts          1 for those that results count: one a recipient
 *     registration    its number
 *     superseded_by   the number of the one that counts instead
 * Private to export*.c and their tests. */
#ifndef INTAKE_DATASET_H
#define INTAKE_DATASET_H
#include "feed/decode.h"
#include "intake/export.h"

enum column_type {
    COLUMN_TEXT,                /* DATASET_TEXT_MAX bytes at most */
    COLUMN_WHOLE,               /* a whole number, coded or not */
    COLUMN_INDEX,               /* thousandths */
    COLUMN_DATE                 /* days since 1970-01-01 */
};
enum column_scale { SCALE_NOMINAL, SCALE_ORDINAL, SCALE_METRIC };
enum {
    DATASET_TEXT_MAX = 4 * TEXT_VALUE_MAX, COLUMN_NAME_MAX = 64,
    DATASET_COLUMNS_MAX = 16384     /* of Excel */
};

/* What a coded value is called. */
struct column_code {
    int32_t number;             /* what stands in the cell */
    const char *id;             /* the code of the CSV: "green", "1" */
    const char *label;
    int64_t rows;               /* that have it */
};

enum column_own {
    OWN_NONE, OWN_STATUS, OWN_COUNTS, OWN_REGISTRATION, OWN_SUPERSEDED_BY
};

struct column {
    const char *name;           /* unique; letters, digits, underscores;
                                 * COLUMN_NAME_MAX bytes at most */
    const char *label;
    const char *question;       /* the form's help, "" without */
    const char *asked;          /* condition as an expression, "" always */
    const char *group;          /* of the form: a tab's label */
    enum column_type type;
    enum column_scale scale;
    const struct variable *variable;    /* NULL: of the registration */
    int place;                  /* of the variable in the instrument */
    int choice;                 /* of kind codes: place of the code, or -1 */
    enum column_own own;
    bool derived;
    bool may_unknown, may_unasked;      /* such values can occur */
    struct column_code *codes;
    int code_count;
    /* After dataset_measure. */
    int64_t valid, unanswered, unknown, unasked;
    int32_t least, most;        /* of VALID, where there are any */
    int width;                  /* bytes of the longest text */
};

struct dataset {
    struct opened *o;
    const struct actor *actor;
    const struct export_order *order;
    struct arena arena;
    struct column *columns;
    int column_count;
    struct expr *where;         /* NULL: all */
    int64_t rows;               /* after dataset_measure */
    struct export_fact *facts;  /* what the file must say of itself */
    int fact_count;
    /* Private: of the row in hand. */
    struct decoder decoder;
    const struct registration *r;
    int32_t *raw;               /* room for what was entered, by variable,
                                 * where only that is wanted; else NULL */
    int64_t by;                 /* what it is superseded by */
    bool counts;
    struct settled *settled;    /* where the store was not, else NULL */
    char text[DATASET_TEXT_MAX + 1];
};

/* A fact about the file, in its language: "Runde", "Bergen 2014". KEY is the
 * same in every language. */
struct export_fact {
    const char *key, *label, *value;
};

/* Makes the columns and parses the filter. ERR_INPUT for a bad filter, a
 * training round and more than DATASET_COLUMNS_MAX columns. Clear also after
 * failure. */
MUST_CHECK bool dataset_init(struct dataset *d, struct opened *o,
                             const struct actor *actor,
                             const struct export_order *order,
                             struct err *e);
void dataset_clear(struct dataset *d);

/* Calls ROW for each registration of the order, by number, and writes the
 * access log before it returns. D is what ROW asks for values. */
MUST_CHECK bool dataset_scan(struct dataset *d,
                             bool (*row)(void *ctx, struct err *e),
                             void *ctx, struct err *e);
/* Scans once to find how many rows there are, what stands in them and how
 * long texts are; then makes the facts. */
MUST_CHECK bool dataset_measure(struct dataset *d, struct err *e);

/* What the row in hand has in C: a number, or VALUE_UNANSWERED, _UNKNOWN,
 * _UNASKED. Of a text 0 where there is one. */
int64_t dataset_value(const struct dataset *d, const struct column *c);
/* The text of it, "" without; NUL behind; borrowed until the next. */
const char *dataset_text(struct dataset *d, const struct column *c);
/* The value as the package's CSV has it: codes by id, dates by ISO, "" where
 * unanswered, "unknown", "unasked". Into OUT, or borrowed. */
const char *dataset_print(struct dataset *d, const struct column *c,
                          char out[ID_MAX + 1]);
/* The code that has VALUE, or NULL. */
struct column_code *column_code(const struct column *c, int64_t value);

/* dataset_columns.c */
void dataset_columns(struct dataset *d);
/* export_about.c: the facts. */
void dataset_facts(struct dataset *d);

/* settled.c: which registrations count, decided now (feed/settle.h). NULL
 * with E set. */
struct settled *settled_new(const struct opened *o,
                            const struct actor *actor, struct err *e);
void settled_free(struct settled *s);
/* Whether R counts, and BY which number it is superseded, 0: none. Asked in
 * rising order of numbers. S may be NULL: the store says it. */
bool settled_counts(struct settled *s, const struct registration *r,
                    int64_t *by);

#endif
