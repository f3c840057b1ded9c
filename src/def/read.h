/* read.h - the stages of reading a definition, private to def/.
 *
 * Each stage reads one part of the file into the instrument; a stage only
 * looks at what the stages before it have made. instrument.c runs them in
 * this order. */
#ifndef DEF_READ_H
#define DEF_READ_H
#include "def/bind.h"
#include "def/local.h"

/* What the stages leave for each other. */
struct draft {
    const struct yaml *person, *sources, *grades, *scale, *tabs;
    const struct yaml *variables, *services, *complete, *checks, *index;
    const struct yaml *derived, *tables, *reports;
    const struct yaml *focus, *local;   /* NULL: none */
    struct local changes;       /* what it says */
    struct raw_variable *raw;   /* one an entered variable that is
                                           no tick */
    int raw_count;
};

bool read_sources(struct reader *r, const struct draft *d);
bool read_person(struct reader *r, const struct draft *d);
bool read_grades(struct reader *r, const struct draft *d);
bool read_scale(struct reader *r, const struct draft *d);
bool read_tabs(struct reader *r, const struct draft *d);
/* The entered variables, ticks included, but for what names others. */
bool read_variables(struct reader *r, struct draft *d);
/* The derived ones: behind the entered, in their order. */
bool read_derived(struct reader *r, struct draft *d);
/* What of the entered ones names others: limits and conditions. */
bool read_conditions(struct reader *r, struct draft *d);
bool read_index(struct reader *r, struct draft *d);
bool read_complete(struct reader *r, struct draft *d);
bool read_checks(struct reader *r, struct draft *d);
bool read_tables(struct reader *r, struct draft *d);
bool read_reports(struct reader *r, struct draft *d);
bool read_focus(struct reader *r, struct draft *d);
/* The services of the block `local`, behind the others: their ticks stand
 * on TAB. */
bool read_local_services(struct reader *r, struct draft *d, int tab);
/* The rest of it: texts, names, and what is off. */
bool read_local(struct reader *r, struct draft *d);

/* Parses the expression TEXT that stands at N: *X and E as expr_parse. */
bool read_expr(struct reader *r, const struct yaml *n, const char *text,
               int known, struct expr **x);
/* False, with E set, if an id among the first COUNT things of SIZE bytes
 * (whose first member is the id) stands twice. AT are their nodes' list. */
bool read_unique(struct reader *r, const struct yaml *list,
                 const void *things, int count, size_t size);
/* A new variable in the next place, or NULL with E set. */
struct variable *read_new_variable(struct reader *r, const struct yaml *n,
                                   const char *id);
/* The two ticks of S, the service at place SERVICE of CATEGORY. */
bool read_ticks(struct reader *r, const struct yaml *n, int tab,
                int category, int service, struct service *s);
/* What a sum of a variable counts, and what a table does. */
bool read_counts(struct reader *r, const struct yaml *n, void *to);
bool read_table_counts(struct reader *r, const struct yaml *n, void *to);
/* Marks as off what is derived only from what is off. */
void read_derived_off(struct instrument *in);
/* The codes of a bool, and of a variable whose values are grades. */
const struct code *read_bool_codes(struct reader *r);
const struct code *read_grade_codes(struct reader *r);

#endif
