/* building.h - what the parts of the builder share. Private to
 * build*.c. */
#ifndef REPORT_BUILDING_H
#define REPORT_BUILDING_H
#include "report/build.h"
#include "report/phrase.h"
#include "report/series.h"

struct building {
    struct arena *arena;
    enum lang lang;
    const struct instrument *in;
    struct phrase phrase;
    struct document *doc;
    enum unit_counted counts;   /* what stands for one row */
    const struct protect_rule *protect; /* NULL: every cell is shown */
    const struct series *series;        /* of more than one round, or NULL */
    int figures, tables;        /* numbers given so far */
};

/* How many the report is about, and the whole round. */
struct own_totals {
    int64_t report, round;
};

/* The text under KEY (building B) with its arguments, the last NULL. */
#define SAY(b, key, ...) phrase_say((b)->arena, (b)->lang, key, __VA_ARGS__)

/* build_table.c: T copied, with labels in the language. DEF is NULL for a
 * table asked for ad hoc, WHERE the filter as a whole. */
struct doc_table *build_table(struct building *b, const struct table *t,
                              const struct table_def *def, enum share share,
                              const char *where);
/* What shares of T are where nothing else is asked for. */
enum share build_default_share(const struct table *t);
/* The chart that suits T. */
enum chart build_default_chart(const struct doc_table *t);
/* "A and (B)": both must hold; in ARENA where they must be joined. */
const char *build_where(struct arena *arena, const char *a, const char *b);
/* A table of the program's own: ROWS x COLUMNS of N. The caller numbers
 * it. */
struct doc_table *build_plain(struct building *b, const char *id,
                              const char *title, struct doc_side rows,
                              struct doc_side columns, const int64_t *n);

/* build.c: what every kind of document shares (text*.c). A document begun,
 * with grades, what INPUT says of the round, and its notices. */
struct building build_begin(const struct report_input *input,
                            enum lang lang, enum unit_counted counts,
                            struct arena *arena);
/* What stands under the title. */
void build_facts(struct building *b, const struct report_input *input,
                 struct own_totals totals);
/* All about T, a table of DEF, as a block of SECTION. */
void build_table_block(struct building *b, struct node *section,
                       const struct table_def *def, struct doc_table *t);
/* The notes of T; the colours of score VARIABLE with shares of T. */
void build_notes(struct building *b, struct node *parent,
                 const struct doc_table *t);
void build_definitions(struct building *b, struct node *parent,
                       const struct doc_table *t, int variable);
/* All that a document about too few recipients says. */
void build_too_few(struct building *b, bool withheld);

/* build_chart.c: the chart KIND of T, which says KEY of FINDING_MOST beside
 * each bar (NULL: the worst), or NULL where there is nothing to draw. */
const struct chart_model *build_chart(struct building *b,
                                      const struct doc_table *t,
                                      enum chart kind, const char *key);

/* build_data.c: the program's own questions, and the page made of them. */
struct own_questions {
    const struct question *question;
    int count;
};
struct own_questions build_own(const struct instrument *in, int report,
                               const char *where, struct arena *arena);
/* TABLES are those of the own questions. */
struct own_totals build_totals(const struct table *const *tables);
void build_data(struct building *b, struct node *section,
                const struct report_input *input,
                const struct table *const *tables);
/* Parts of that page: a block with a title of po/; a side whose keys are
 * "report.data_ID"; a table with its number and a caption of po/. */
struct node *build_block(struct building *b, struct node *section,
                         const char *id, const char *title);
void build_key_side(struct building *b, struct doc_side *side,
                    const char *label, const char *const *id, int count);
void build_add_table(struct building *b, struct node *block,
                     struct doc_table *t, const char *caption);
/* build_coverage.c: expected, registered, and why others were not. */
void build_coverage(struct building *b, struct node *section,
                    const struct coverage *c);
/* The rate per inhabitant in words, NULL where the round lacks what it is
 * made of. SHORT_RATE gets the number alone. */
const char *build_rate(struct building *b, const struct round *round,
                       int64_t recipients, const char **short_rate);
/* When it was mapped, NULL where not said. */
const char *build_mapped(struct building *b, const struct round *round);
/* What a lawful field of ROUND says, for people; NULL where blank. */
const char *build_lawful(struct building *b, const struct round *round,
                         const char *field);
/* Whether INPUT is not about everybody, of whom the inhabitants are a
 * base. */
bool build_no_rate(const struct report_input *input);
bool build_has_data(const struct instrument *in, int report);

#endif
