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
 * about in all. Each table is taken by itself. */
#ifndef REPORT_PROTECT_H
#define REPORT_PROTECT_H
#include "report/tree.h"

enum { PROTECT_THRESHOLD = 5, PROTECT_MIN = 2, PROTECT_MAX = 1000 };

struct protect_rule {
    int threshold;              /* PROTECT_MIN.. : the least that is shown */
};

/* Whether N may not be shown by RULE, which may be NULL: all may. */
bool protect_small(const struct protect_rule *rule, int64_t n);

/* Protects T by RULE. COUNT is of how many recipients each cell's sum is
 * made, NULL where cells count them themselves. */
void protect_table(struct doc_table *t, const struct protect_rule *rule,
                   const int64_t *count, struct arena *arena);

/* How the cells of a table of the program's own add up to something that a
 * reader knows. */
enum plain_adds { PLAIN_ROWS, PLAIN_COLUMNS };
void protect_plain(struct doc_table *t, const struct protect_rule *rule,
                   enum plain_adds adds, struct arena *arena);

#endif
