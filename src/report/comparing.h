/* comparing.h - what the parts of compare*.c share. Private to them. */
#ifndef REPORT_COMPARING_H
#define REPORT_COMPARING_H
#include "report/building.h"
#include "report/compare.h"
#include "report/format.h"

/* How a table is set beside others. */
enum compare_form {
    FORM_NONE,                  /* it can't be */
    FORM_KEYS,                  /* the keys of one variable, that add up to
                                 * everybody: all of them */
    FORM_ROWS                   /* rows with a base each: one column */
};

/* The form of table T, and of FORM_ROWS the column: an id. */
enum compare_form compare_form(const struct instrument *in,
                               const struct table_def *t, const char **key);
/* Whether REPORT compares table number TABLE; whether C does: our own may
 * lack it. */
bool compare_offers(const struct instrument *in, int report, int table);
bool compare_shows(const struct comparison *c, int table);
/* Why table number TABLE of column C's aggregate can't stand beside ours;
 * false: it can. */
bool compare_breaks(const struct comparison *c,
                    const struct compare_column *column, int table,
                    struct compare_break *out);
/* Whether CHANGE is about what table number TABLE of our own is made of. */
bool compare_concerns(const struct comparison *c,
                      const struct change *change, int table);
/* Whether our own round is one of those that column C is the total of. */
bool compare_is_part(const struct comparison *c,
                     const struct compare_column *column);
/* Finds the differences. */
void compare_test(struct comparison *c);

/* compare_table.c: table number TABLE in a column's aggregate; which columns
 * are set side by side in it, our own always. */
const struct aggregate_table *compare_source(const struct comparison *c,
                                             int column, int table);
int compare_kept(const struct comparison *c, int table,
                 int kept[COMPARE_COLUMNS_MAX]);
/* The same as a table of a document, and its chart: NULL where there is
 * nothing beside ours, or too much to draw. */
struct doc_table *compare_doc_table(struct building *b,
                                    const struct comparison *c, int table);
const struct chart_model *compare_chart(struct building *b,
                                        const struct doc_table *t);
/* compare_build.c: all that stands in a chapter, in SECTION, or a part of
 * it: who is compared; how it is tested. One table as a block of it; the same
 * on a slide. PREFIX is before the ids of blocks. */
enum compare_part { COMPARE_WHOLE, COMPARE_WHO, COMPARE_HOW };
void compare_chapter(struct building *b, const struct comparison *c,
                     enum compare_part part, struct node *section,
                     const char *prefix);
void compare_block(struct building *b, const struct comparison *c, int table,
                   struct node *section, const char *prefix);
void compare_slide(struct building *b, const struct comparison *c, int table,
                   struct node *section);
/* How many the report of C is about in A, or NUMBER_HIDDEN. */
int64_t compare_recipients(const struct comparison *c,
                           const struct aggregate *a);

/* compare_rate.c: recipients beside inhabitants, a bar for each that can
 * stand there, and what they are made of as a table; nothing where fewer
 * than two can. On a slide without the table. */
void compare_put_rates(struct building *b, const struct comparison *c,
                       struct node *section, bool slide);
/* The label of a row by its id. */
const char *compare_row_label(const struct building *b,
                              const struct table_def *t,
                              const struct aggregate_table *ours,
                              const char *row);

#endif
