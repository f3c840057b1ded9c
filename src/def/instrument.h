/* instrument.h - the form, the index and the reports, as data.
 *
 * An instrument is read from a YAML definition (docs/instrument.md) and
 * checked once; after that it is read-only and every index in it is good.
 * It owns all it points to: instrument_free ends every pointer lent.
 *
 * Variables stand in one array: first the entered ones in the form's order
 * (services last, received and wanted in turn), then the derived ones in
 * the order they are computed. "A variable" is an index into it, -1 none.
 *
 * A value is an int32_t. Having none has three forms, all below 0. What a
 * value is depends on the kind:
 *     text4   0..9999, printed with four digits
 *     int     the number, 0..32000
 *     date    days since 1970-01-01
 *     code    place in the variable's codes
 *     codes   how many are chosen; which ones is a set beside it
 *     bool    0 or 1
 *     score   1..scale_count
 *     index   whole thousandths
 *     text, ident: no value of their own, only 0 for "there is one"
 *
 * What a municipality changed for its round (local.h) has been applied: a
 * local text stands beside the definition's own, for a form to show both;
 * what is off says so and is still there, with its place and its answers. */
#ifndef DEF_INSTRUMENT_H
#define DEF_INSTRUMENT_H
#include <stdint.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"

enum {
    VALUE_UNANSWERED = -1,
    VALUE_UNKNOWN = -2,         /* "Vet ikke" */
    VALUE_UNASKED = -3          /* its condition fails, or it is off */
};

enum {
    ID_MAX = 32,                /* bytes of an id or code */
    GRADE_MAX = 8,
    SCORE_MAX = 9,
    AREA_MAX = 16,              /* areas in the index */
    WEIGHT_MAX = 1000,
    VARIABLE_MAX = 1024,
    CODE_MAX = 1024,            /* units of a round */
    OWN_CODE_MAX = 250,         /* codes that a definition lists */
    FOCUS_RULE_MAX = 32, FOCUS_WEIGHT_MAX = 9, FOCUS_ROWS_MAX = 9,
    INT_MAX_VALUE = 32000,
    TEXT_VALUE_MAX = 200,       /* characters of an answer in words */
    DEFINITION_MAX = 4 << 20    /* bytes of a definition file */
};

enum kind {
    KIND_TEXT4, KIND_TEXT, KIND_INT, KIND_DATE, KIND_CODE, KIND_CODES,
    KIND_BOOL, KIND_SCORE, KIND_IDENT, KIND_INDEX, KIND_COUNT
};

/* What the program itself must find in a registration. */
enum role {
    ROLE_NONE, ROLE_MUNICIPALITY, ROLE_YEAR, ROLE_PERIOD, ROLE_UNIT,
    ROLE_TIER, ROLE_IDENT, ROLE_COMPLETED_ON, ROLE_SEX, ROLE_BIRTH_YEAR,
    ROLE_SERVICES_DONE, ROLE_COUNT
};

enum counts { COUNTS_RECIPIENTS, COUNTS_CHILDREN, COUNTS_SERVICES };

struct expr;                    /* expr.h */

struct code {
    const char *id;
    struct label label, help;   /* help.in[] are NULL where it has none */
    const char *source;
    struct label local_help;    /* in[] are NULL where there is none, here
                                   and below */
    bool off;                   /* not offered in this round, and refused */
};

struct grade {
    const char *id;
    struct label label, plural, short_label;
    const char *look, *mark;            /* docs/instrument.md, grades */
    const char *fill, *edge, *ink;      /* "#rrggbb" */
    const char *source;
    struct pos at;
};

struct scale_step {
    int score, grade;           /* grade: place in grades */
    struct label label;
    const char *source;
};

struct tab {
    const char *id;
    struct label label, help;
    bool ranks;         /* answers here count when one registration of
                           several of one person is chosen */
    const char *source;
};

struct colour {                 /* one grade of one area, as the form says */
    struct label label, text, help;
    const char *source;
    struct label local_help;
};

/* How a derived variable is made. */
enum derive {
    DERIVE_NONE, DERIVE_AGE, DERIVE_BANDS, DERIVE_GRADE, DERIVE_INDEX,
    DERIVE_INDEX_GRADE, DERIVE_WHEN, DERIVE_SUM, DERIVE_ANY, DERIVE_COUNT
};

struct variable {
    const char *id;
    struct pos at;
    enum kind kind;
    enum role role;
    int tab;                    /* place in tabs; -1 for derived */
    const char *source;
    struct label label, help, rules;
    int min, max;               /* of an int or score; BANDS: max is the
                                   last band's end */
    int at_most;                /* variable it may not exceed, or -1 */
    int refuse_digits;          /* of a text: so many are refused */
    bool takes_unknown, identifies, of_units;
    bool off;                   /* not asked. Of a derived one: nothing it is
                                   made of is asked */
    enum counts counts;

    const struct code *codes;   /* code, codes, bool, bands, grades */
    int code_count;
    struct label plural;        /* of the last code where it stands for more
                                   grades than its own ("røde eller
                                   blodrøde"); else in[] are NULL */
    const struct colour *colours;       /* score: one a grade, or NULL */

    struct expr *asked;         /* NULL: always asked */
    const char *asked_text;     /* as written; NULL: always */

    int category, service;      /* of a tick or category sum; else -1 */
    bool wanted;                /* the tick or sum is of what is wanted */

    enum derive derive;         /* DERIVE_NONE: entered */
    const int *of;              /* AGE, BANDS, GRADE: one; SUM, ANY: many;
                                   WHEN: the variables in its expression */
    int of_count;
    const int *band_from;       /* BANDS: lowest value of each code */
    struct expr *when;
    const char *when_text;
    const int *needs;           /* without a value here: none */
    int need_count;
    const int *entered;         /* every entered variable behind it */
    int entered_count;

    struct label local_help;
    bool off_local;             /* off by a local change: no switching on */
};

struct service {
    const char *id;
    struct label label, examples;
    const char *source;         /* NULL of one that was added */
    int received, wanted;       /* its two variables */
    struct label base_label;    /* before a local name took its place */
    struct label local_help, local_examples;
    const char *replaces;       /* code of a service, or NULL */
    bool added;                 /* by a local change */
    bool off;                   /* both ticks are off */
};

struct category {
    const char *id;
    struct label label, purpose;
    const char *source;
    const struct service *services;
    int service_count;
    int received, wanted;       /* its two derived variables */
    bool off;                   /* all its services are */
};

struct check {
    const char *id;
    struct pos pos;
    int at;                     /* the variable it is reported at */
    struct expr *refuse;
    const char *refuse_text;
    struct label message;
    const char *source;
};

struct index_rule {
    int version;
    struct label label, note;
    const char *source;
    int areas;                          /* in use, 1..AREA_MAX */
    int variable[AREA_MAX];             /* a score each */
    int weight[AREA_MAX];               /* relative, 1..WEIGHT_MAX */
    int unanswered_max;                 /* more than this: no index */
    int from[GRADE_MAX];                /* lowest value of each grade,
                                           from[0] = 0; rising */
    struct pos at;
};

enum share { SHARE_ALL, SHARE_ROWS, SHARE_COLUMNS, SHARE_NONE };
enum chart {
    CHART_NONE, CHART_BAR, CHART_BARS, CHART_MOSAIC, CHART_COLUMNS,
    CHART_LIST
};
enum finding { FINDING_NONE, FINDING_MAJORITY, FINDING_MOST };

struct figure {                 /* one line of a table of key figures */
    const char *id;
    struct label label;
    const char *where, *of;     /* as written; NULL: none */
    int sum;                    /* variable, or -1 */
    enum counts counts;
};

struct table_def {
    const char *id;
    struct pos at;
    struct label title, note;
    int figure_number;          /* 0: none */
    const char *source;
    const int *rows;            /* variables; NULL for figures */
    int row_count;
    int columns;                /* variable, or -1 */
    const char *where;          /* as written; NULL: none */
    int sum;                    /* variable, or -1 */
    enum counts counts;
    const struct figure *figures;
    int figure_count;
    enum share share;
    enum chart chart;
    enum finding finding;
    const char *finding_key;    /* of FINDING_MOST */
    int definitions;            /* score variable, or -1 */
    const struct label *row_labels;     /* one a row, in[] NULL: none */
};

enum scope { SCOPE_RECIPIENTS, SCOPE_UNIT };

struct section {
    const char *id;
    struct label title, text;
    const int *tables;          /* places in the instrument's tables */
    int table_count;
};

struct report_def {
    const char *id;
    struct label title, people;
    const char *where;          /* as written; NULL: everybody */
    enum scope scope;
    const struct section *sections;
    int section_count;
    const int *compare;         /* tables that are set beside others' and
                                   earlier ones (report/compare.h); NULL: all
                                   that can be */
    int compare_count;
    struct pos at;
};

/* What a proposal for a focus area is made of (report/focus.h). */
enum focus_find {
    FIND_PART,                  /* WHERE among OF */
    FIND_SUM,                   /* SUM of SUM_OF, among WHERE */
    FIND_MOST                   /* the largest rows of TABLE */
};

struct focus_rule {
    const char *id;
    struct pos at;
    enum focus_find find;
    struct label title, text, found;    /* {1} the number, {2} the base; but of
                                           SUM {3} the share; of MOST {4} the
                                           row */
    const char *source;
    const char *where, *of;     /* as written; NULL: everybody */
    int sum, sum_of;            /* variables; -1 of others than SUM */
    int table;                  /* place in tables; -1 of others than MOST */
    const char *key;            /* column of a battery, else NULL */
    int weight;                 /* 1..FOCUS_WEIGHT_MAX: what is at stake */
    int least;                  /* percent, 0..100: less is not proposed */
    int at_most;                /* rows of MOST, 1..FOCUS_ROWS_MAX */
    const int *reports;         /* places; NULL: all about recipients */
    int report_count;
};

struct source {
    const char *id;
    struct label title;
};

/* What of a round the instrument depends on. */
struct round_facts {
    int municipality, year, period;
    int from_age;               /* the age limit */
    const char *const *unit_ids;        /* in order */
    const char *const *unit_names;
    int unit_count;             /* 0..CODE_MAX */
    const char *const *switched_on;     /* ids of `off` variables */
    int switched_on_count;
};

struct instrument {
    struct arena arena;         /* private: owns everything */
    const char *file;
    int format;
    const char *id;
    int version;
    struct label title;
    struct { struct label one, many, the, the_many; } person;
    char sha256[65];            /* of the definition's bytes, in hex */

    const struct source *sources;       int source_count;
    const struct grade *grades;         int grade_count;
    const struct scale_step *scale;     int scale_count;
    const struct tab *tabs;             int tab_count;
    struct variable *variables;         int variable_count;
    int entered_count;          /* the first so many are entered */
    struct label received, wanted, received_help, wanted_help;
    const struct category *categories;  int category_count;
    const struct check *checks;         int check_count;
    const int *complete_answered;       int complete_answered_count;
    const int *complete_any;            int complete_any_count;
    struct index_rule index;
    const struct table_def *tables;     int table_count;
    const struct report_def *reports;   int report_count;
    const struct focus_rule *focus;     int focus_count;    /* may be 0 */
    int role[ROLE_COUNT];       /* variable with that role, or -1 */
    int index_variable, index_grade_variable;   /* or -1 */
    int set_count;              /* variables of kind codes */
    struct round_facts facts;   /* after instrument_bind */
};

/* Reads and checks the definition in TEXT (LEN bytes). FILE names it in
 * messages and is copied. NULL with the first fault in E, its place set;
 * where there is none E is untouched.
 * Free with instrument_free, which takes NULL. */
struct instrument *instrument_read(const char *text, size_t len,
                                   const char *file, struct err *e);
void instrument_free(struct instrument *in);

/* Ties IN to a round, once: the units become the codes of the variables
 * that take them, variables turned on are asked, bands below the age limit
 * go away. FACTS is copied. Only then can answers be read, and are units
 * words of the filter language. */
MUST_CHECK bool instrument_bind(struct instrument *in,
                                const struct round_facts *facts,
                                struct err *e);

/* The variable with that id (LEN bytes), or -1. */
int instrument_variable(const struct instrument *in, const char *id,
                        size_t len);
/* The id of an entered or derived variable nearest to NAME, or NULL. */
const char *instrument_nearest(const struct instrument *in, const char *name,
                               size_t len);
/* The code of V with that id, or -1; for a bool 0 or 1. */
int variable_code(const struct variable *v, const char *id, size_t len);
/* The place in the instrument's lists of the thing with that id, or -1. */
int instrument_report(const struct instrument *in, const char *id);
int instrument_table(const struct instrument *in, const char *id);
int instrument_grade(const struct instrument *in, const char *id);
/* The place of V among the sets of a row, for kind codes. */
int instrument_set(const struct instrument *in, int variable);

/* Prints what the program understood, for people, in LANG. */
void instrument_show(const struct instrument *in, enum lang lang,
                     struct buf *out);

/* The word of the definition format for a kind ("score"). */
const char *kind_word(enum kind kind);
/* The word for what is counted ("recipients"). */
const char *counts_word(enum counts counts);
/* The word for a role ("birth_year"); "none" for ROLE_NONE. */
const char *role_word(enum role role);

#endif
