/* protect.h - small numbers hidden in a table, and what would tell them.
 *
 * Policy only: which numbers of a table may be shown. What is hidden is
 * taken out of the table (numbers become 0 with HIDDEN set, or
 * NUMBER_HIDDEN), so that no writer, chart or sentence can tell what it
 * does not have. The builder calls this on every table before anything is
 * said of it; a caller sets report_input.protect.
 *
 * Hidden is every number of people from 1 to threshold - 1, zero is shown;
 * then as many others (complements) as it takes for the small ones to be
 * safe: by what the table still shows, its sums, its base and those outside
 * it, every small number could as well be THRESHOLD or more. A reader is
 * taken to know that what is hidden is not 0, and how many the table is
 * about in all.
 *
 * Each table is taken by itself, unless the rule has a release (release.h):
 * then what that has decided over all tables together is done. */
#ifndef REPORT_PROTECT_H
#define REPORT_PROTECT_H
#include "report/tree.h"

enum { PROTECT_THRESHOLD = 5, PROTECT_MIN = 2, PROTECT_MAX = 1000 };

struct release;                 /* release.h */

struct protect_rule {
    int threshold;              /* PROTECT_MIN.. : the least that is shown */
    int attribute;              /* of a group of fewer it is not told that
                                 * all have one value; 0: twice the
                                 * threshold. Only with a release */
    int round_to;               /* 0: numbers are hidden; else nothing is,
                                 * and what these functions are given is
                                 * rounded already to multiples of it
                                 * (release.h) */
    struct release *release;    /* NULL: each table by itself */
};

/* Whether N may not be shown by RULE, which may be NULL: all may. */
bool protect_small(const struct protect_rule *rule, int64_t n);

/* Protects T by RULE, by itself. COUNT is of how many recipients each cell's
 * sum is made, NULL where cells count them themselves. */
void protect_table(struct doc_table *t, const struct protect_rule *rule,
                   const int64_t *count, struct arena *arena);
/* Protects T, a copy of COUNTED, as RULE says: by its release or itself. */
void protect_counted(struct doc_table *t, const struct table *counted,
                     const struct protect_rule *rule, struct arena *arena);
/* Whether the number N of those whom WHERE chooses (an expression that
 * holds), printed in a sentence and no table, may not be shown. */
bool protect_hides(const struct protect_rule *rule, const char *where,
                   int64_t n);

/* Protects T, of the page on the data: a row a variable (its id the key), how
 * many of those whom WHERE chooses answered it, and how many lack a value in
 * each way. Where few do, it is not told in which; by a release the first is
 * shown where it is anywhere else. */
void protect_blanks(struct doc_table *t, const struct protect_rule *rule,
                    const char *where, struct arena *arena);

/* How the cells of a table of the program's own add up to something that a
 * reader knows. */
enum plain_adds { PLAIN_ROWS, PLAIN_COLUMNS };
void protect_plain(struct doc_table *t, const struct protect_rule *rule,
                   enum plain_adds adds, struct arena *arena);

#endif
