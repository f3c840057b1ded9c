/* outline.h - an instrument made ready for a million rows.
 *
 * derive_row, check_registration and rank_answered go through every variable
 * and ask each what it is. Where many rows are gone through that is asked
 * once, and kept here as what there is to do: conditions, with all that
 * depend on the same; of derived variables that look at one other a table;
 * of services a bit a tick. What they do by an outline is the same to the
 * letter. */
#ifndef CALC_OUTLINE_H
#define CALC_OUTLINE_H
#include "def/expr_quick.h"
#include "def/instrument.h"

enum { OUTLINE_TABLE = 128 };   /* values of a table */

/* A condition and those entered that are asked by it, ticks apart. Those
 * that are off are asked by one that never holds. */
struct outline_condition {
    struct expr_quick asked;
    int *question;
    int questions;
};

/* FROM..TO - 1 */
struct outline_range {
    int from, to;
};

/* A derived variable that asks whether any of some ticks is a yes, or as
 * much of it as stands in one word of struct ticks. */
struct outline_any {
    int variable;
    int word;
    uint64_t ticks;             /* which of that word */
    bool more;                  /* the one before is of the same variable */
};

/* A derived variable that looks at one other and is looked up. */
struct outline_table {
    int variable, of;
    int32_t first;              /* the first value of OF in the table */
    const int16_t *result;      /* OUTLINE_TABLE; beyond: as derive_one */
};

/* How another derived variable is made. */
enum outline_way {
    WAY_NEVER,                  /* it is off */
    WAY_WHEN,                   /* by a condition, if it has ground */
    WAY_GROUND,                 /* by its rule, which gives no value where
                                   there is no ground */
    WAY_RULE                    /* as derive_one says */
};

struct outline_derived {
    int variable;
    enum outline_way way;
    struct expr_quick when;
};

struct outline {
    const struct instrument *in;
    struct outline_condition *condition;    /* by their first question */
    int conditions;
    bool nested;                /* a condition tells whether the question
                                   it looks at was asked */
    struct outline_range ticks; /* all of services */
    int *off;                   /* ticks that are off */
    int off_count;
    struct outline_any *any;
    int any_count;
    struct outline_table *table;            /* in order */
    int tables;
    struct outline_derived *derived;        /* the others, in order */
    int derived_count;
    int *limited;               /* entered, that may not exceed another */
    int limited_count;
    struct expr_quick *refuse;  /* one a check of the instrument */
    struct outline_range *ranking;          /* entered, that count for the
                                               rank */
    int rankings;
};

/* IN must be bound, outlive O, and not change; taken from ARENA. */
void outline_init(struct outline *o, const struct instrument *in,
                  struct arena *arena);

#endif
