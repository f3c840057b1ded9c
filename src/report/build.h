/* build.h - from an instrument's report and counted tables to a document.
 *
 * In two steps, so that one pass over the registrations counts everything:
 *
 *     report_questions(in, report, &arena, plan, &count, e)
 *     ... run the plan, take its COUNT tables ...
 *     doc = report_build(&input, &arena)
 *
 * The questions are the tables of every section in order, then the
 * program's own: how many the report is about, and, where the report has a
 * section with the id "data", who has no value in each entered variable. */
#ifndef REPORT_BUILD_H
#define REPORT_BUILD_H
#include "report/protect.h"
#include "report/tree.h"
#include "store/fieldwork.h"
#include "store/registration.h"

struct overlap;                 /* feed/feed.h */
struct series;                  /* series.h */
struct comparison;              /* compare.h */

/* Adds the questions of report number REPORT of IN to PLAN, which borrows
 * from ARENA; COUNT says how many tables they are. The expression of the
 * report and that of a table must both hold, and that of GROUP (NULL or "":
 * everybody the report is about). */
MUST_CHECK bool report_questions(const struct instrument *in, int report,
                                 const char *group, struct arena *arena,
                                 struct plan *plan, int *count,
                                 struct err *e);

/* A part of those a report is about: a variable and one of its keys. */
struct report_part {
    int variable;
    const char *key;            /* "female", "26-35" */
};
/* The parts as an expression ("sex = female and age_group = 26-35") and in
 * words ("Kvinne, 26–35 år"); "" of none. Keys as their codes' ids: NULL
 * where one is not a code of its variable. */
const char *report_group(const struct instrument *in,
                         const struct report_part *part, int count,
                         struct arena *arena);
const char *report_group_text(const struct instrument *in, enum lang lang,
                              const struct report_part *part, int count,
                              struct arena *arena);

/* How many of those expected were registered: counts of the lists that
 * mappers went through, without identity. Of one unit in a unit's report. */
struct coverage {
    int64_t expected;           /* 0: nobody said */
    int64_t complete;           /* registrations */
    int64_t reason[REASON_COUNT];       /* not registered, and why */
};

struct report_input {
    const struct instrument *in;        /* bound */
    int report;
    enum lang lang;
    const struct round *round;  /* or what stands for all of SERIES */
    const struct series *series;        /* NULL: one round */
    const char *municipality_name;      /* "Bergen" */
    const char *unit;           /* id, of a report with SCOPE_UNIT */
    bool internal;              /* every cell is shown: says so everywhere */
    int few;                    /* and under this it is marked; 0: usual */
    const struct protect_rule *protect; /* NULL: nothing is hidden; never
                                 * together with internal */
    const char *group;          /* as for report_questions */
    const char *group_text;     /* the same in words, NULL: everybody */
    bool withheld;              /* protected, and the group could tell of so
                                 * few others that nothing is said of it */
    const struct table *const *tables;  /* as report_questions added them */
    int table_count;
    /* For the page on the data; each may be NULL. Neither is shown in a
     * unit's report: a unit learns nothing of other units. */
    const struct overlap *overlap;
    const struct unit_count *units;     /* one a unit of the round */
    const struct coverage *coverage;
    int64_t opted_out;          /* people on the list, -1: not said; not
                                 * shown in a unit's report either */
    /* What a text says of others and earlier; NULL: nothing is compared. */
    const struct comparison *comparison;
};

/* The document, in ARENA, borrowing from the input and what it names. A
 * protected one about fewer recipients than the threshold says only that
 * they are too few. */
struct document *report_build(const struct report_input *input,
                              struct arena *arena);

/* One table asked for ad hoc, as a document of its own (single). */
enum table_share {
    TABLE_SHARE_USUAL,          /* of rows, of a column's group or of all */
    TABLE_SHARE_ROWS, TABLE_SHARE_COLUMNS, TABLE_SHARE_ALL,
    TABLE_COUNTS                /* no shares */
};
struct table_input {
    const struct instrument *in;
    enum lang lang;
    const struct round *round;
    const struct series *series;        /* as of a report */
    const char *municipality_name;
    bool internal;
    int few;
    const struct protect_rule *protect; /* as of a report */
    enum table_share share;     /* one that the shape does not have is as
                                 * usual: only a two-way table has them all */
    bool chart;                 /* with the chart that suits the shape */
    enum unit_counted counts;   /* UNIT_REGISTRATIONS of SCOPE_UNIT, else
                                 * UNIT_RECIPIENTS */
    const struct table *table;
};
struct document *report_table(const struct table_input *input,
                              struct arena *arena);

#endif
