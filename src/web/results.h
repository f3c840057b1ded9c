/* results.h - which report of a round is asked for, and whether it may be.
 *
 * The choices stand in the address: report, unit, target group, sex and age
 * group, and view=internal for every number as it is. They are filters over
 * everybody, not answers of a person. Who has the results of his own units
 * only has the unit's report of them, and nothing else. */
#ifndef WEB_RESULTS_H
#define WEB_RESULTS_H
#include "report/ask.h"
#include "report/make.h"
#include "web/page.h"
#include "write/write.h"

enum { RESULTS_PARTS = 3 };     /* target group, sex, age group */

struct results {
    int report;
    const char *unit;           /* id; NULL: the report is of everybody */
    int variable[RESULTS_PARTS];        /* -1: there is none to choose by */
    const char *key[RESULTS_PARTS];     /* chosen, "" all */
    bool internal;
    struct protect_rule rule;   /* of the round; where not internal */
};

/* The names of the parts in an address: "target", "sex", "age". */
extern const char *const results_part_names[RESULTS_PARTS];

/* What P's address asks for. False, and P is answered: 404 for what is not
 * there or not to be seen, 403 for view=internal without the right. */
MUST_CHECK bool results_read(struct page *p, struct results *r);
/* Whether the account may choose report REPORT, and unit UNIT in it. */
bool results_report_open(const struct page *p, int report);
bool results_unit_open(const struct page *p, int unit);
/* Whether code CODE of part PART fits the people that the report is about:
 * where only one does there is nothing to choose. */
bool results_fits(struct page *p, const struct results *r, int part,
                  int code);
/* Whether the account may see every number as it is. */
bool results_unprotected(struct page *p);
/* The rule that the round sets; false with P->err. */
MUST_CHECK bool results_rule(struct page *p, struct protect_rule *rule);
/* R as a query ("report=unit&unit=nord"), with INTERNAL instead of R's. */
const char *results_query(struct page *p, const struct results *r,
                          bool internal);
/* Counts and builds it. Clear OUT also after failure. */
MUST_CHECK bool results_make(struct page *p, const struct results *r,
                             struct report_made *out);
/* The address of the style sheet of reports in pages of P's round. */
const char *results_style(struct page *p);
/* Sends DOC by writer W as a file called NAME, without its suffix. */
void results_send(struct page *p, const struct writer *w,
                  const struct document *doc, const char *name);

#endif
