/* make.h - a report from a round to a document: counted in one pass over
 * the registrations, then built. What `report` and the web share. */
#ifndef REPORT_MAKE_H
#define REPORT_MAKE_H
#include "feed/feed.h"
#include "report/build.h"

struct report_order {
    int report;                 /* of the instrument */
    const char *unit;           /* id, demanded by SCOPE_UNIT; else NULL */
    const struct report_part *part;     /* of those it is about */
    int part_count;
    enum lang lang;             /* the rest as in report_input */
    const char *municipality_name;
    bool internal;
    int few;
    const struct protect_rule *protect;
};

/* What was counted, which a document borrows from. */
struct report_made {
    struct plan *plan;
    struct run *run;
    struct document *doc;
};

/* Counts and builds, with what the page on the data shows; the access log
 * says what was asked. A protected report of parts is withheld where one of
 * the parts' variables has a code with few people among those that the
 * others choose: the reports of its codes, and that of all, would tell.
 * ERR_INPUT "report.group" where a part is not a key of its variable. Clear
 * OUT also after failure; the document is in ARENA and good until then. */
MUST_CHECK bool report_make(struct opened *o, const struct actor *actor,
                            const struct report_order *order,
                            struct arena *arena, struct report_made *out,
                            struct err *e);

/* What INPUT needs for the page on the data beside its tables: its round and
 * unit must be there. A unit learns nothing of others. */
MUST_CHECK bool report_around(struct opened *o, const struct actor *actor,
                              struct report_input *input,
                              struct arena *arena, struct err *e);

/* One table asked for ad hoc. INPUT says how it is shown; its instrument,
 * round and table are filled in. WHAT is for the access log. */
MUST_CHECK bool report_ask(struct opened *o, const struct actor *actor,
                           const struct question *q, const char *what,
                           struct table_input *input, struct arena *arena,
                           struct report_made *out, struct err *e);
/* The answer of Q, which has neither rows nor columns, as one number. */
MUST_CHECK bool report_count(struct opened *o, const struct actor *actor,
                             const struct question *q, const char *what,
                             int64_t *n, struct err *e);
void report_made_clear(struct report_made *m);

#endif
