/* ask.h - a question put in words: what the command line and the web share.
 *
 * Names of variables become places in the instrument; whether they make a
 * table is for the plan to say (tab/plan.h). */
#ifndef REPORT_ASK_H
#define REPORT_ASK_H
#include "tab/plan.h"

/* One table in words. NULL or "": not asked for. */
struct ask {
    const char *rows;           /* ids separated by commas */
    const char *columns, *sum;  /* an id */
    const char *where;
};

/* How the parts are called in messages: "--rows", "rows". */
struct ask_names {
    const char *rows, *columns, *sum;
};

/* The variable of that id (N bytes), or -1 with "count.variable_unknown" in
 * E, which names the nearest there is and OPTION. */
int ask_variable(const struct instrument *in, const char *id, size_t n,
                 const char *option, struct err *e);
/* The report of IN called NAME, or -1 with "report.unknown" in E, which
 * names the nearest there is. */
int ask_report(const struct instrument *in, const char *name, struct err *e);
/* The variables of TEXT, ids separated by commas, in ROWS. */
MUST_CHECK bool ask_rows(const struct instrument *in, const char *text,
                         const char *option, int rows[QUESTION_ROWS_MAX],
                         int *count, struct err *e);
/* ASK as a question, which borrows ROWS and ASK's filter. */
MUST_CHECK bool ask_question(const struct instrument *in,
                             const struct ask *ask,
                             const struct ask_names *names,
                             int rows[QUESTION_ROWS_MAX],
                             struct question *q, struct err *e);

/* Refuses what identifies ("ask.identifies"): a variable of Q that the
 * instrument marks so, its filter's included. The filter must be good. */
MUST_CHECK bool ask_nobody(const struct instrument *in,
                           const struct question *q, struct arena *arena,
                           struct err *e);

/* The question on one line, for the access log: "rows=a,b columns=c
 * where=..."; "all" of none. In ARENA. */
const char *ask_line(const struct ask *ask, struct arena *arena);

#endif
