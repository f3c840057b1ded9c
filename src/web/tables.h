/* tables.h - the table builder's question, as it stands in an address.
 *
 *     rows=economy_grade,housing_grade  columns=sex  sum=care_children
 *     where=index_grade in { yellow, red }
 *     share=rows|columns|all|none  chart=0  view=protected
 *
 * The address is the question, so that it can be shared; what is clicked is
 * a change of it ("put", applied by tables_change, which leads to the new
 * address). Variables that identify are refused wherever they stand. */
#ifndef WEB_TABLES_H
#define WEB_TABLES_H
#include "report/ask.h"
#include "report/make.h"
#include "web/page.h"
#include "write/write.h"

struct tables {
    struct ask ask;             /* never NULL in it: "" */
    enum table_share share;
    bool no_chart;
    bool protect;               /* small numbers hidden, as others see it */
    bool all_variables;         /* the list shows services too (vars=all) */
    const char *pick;           /* the variable a filter is being chosen
                                   for, "" none */
};

void tables_read(struct page *p, struct tables *t);
/* Its address: PATH and the query. */
const char *tables_address(struct page *p, const struct tables *t,
                           const char *path);

/* T as a question, checked whole; Q borrows ROWS. False with P->err, its
 * field being "rows" or "where", in which its column then counts from 1 in
 * characters, 0 unknown. */
MUST_CHECK bool tables_question(struct page *p, const struct tables *t,
                                int rows[QUESTION_ROWS_MAX],
                                struct question *q);
/* Only the filter, likewise. */
MUST_CHECK bool tables_where(struct page *p, const char *where);
/* What is wrong, without its place. */
const char *tables_fault(struct page *p);

/* What may be done with V in a table. */
bool tables_may_row(const struct variable *v);
bool tables_may_column(const struct variable *v);
bool tables_may_sum(const struct variable *v);
bool tables_may_filter(const struct variable *v);

/* The name of V where it stands among others: what tells two of the same
 * label apart is added. */
const char *tables_label(struct page *p, const struct variable *v);

/* Applies what was clicked, if anything was: true, and T is changed. True
 * also where only the address is to be put in order. */
bool tables_change(struct page *p, struct tables *t);

/* Counts Q and builds the document; the access log has the question. */
MUST_CHECK bool tables_make(struct page *p, const struct tables *t,
                            const struct question *q,
                            struct report_made *made,
                            struct table_input *input);

#endif
