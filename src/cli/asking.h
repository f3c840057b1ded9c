/* asking.h - one question put to a round: what `count` and `table` share. */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H
#include "cli/cli.h"

struct asking {
    struct opened o;
    struct plan *plan;
    struct run *run;
    const struct table *table;  /* after asking_run; the run's */
};

/* Opens the round of the command. Close also after failure. */
MUST_CHECK bool asking_open(const struct cli *c, struct asking *a,
                            struct err *e);
/* Counts Q, which is borrowed until asking_close. */
MUST_CHECK bool asking_run(const struct cli *c, struct asking *a,
                           const struct question *q, struct err *e);
void asking_close(struct asking *a);

/* The variable that option O names, -1 where it is not given. */
MUST_CHECK bool asking_variable(const struct cli *c,
                                const struct instrument *in, enum option o,
                                int *v, struct err *e);
/* The variables of --rows, separated by commas, in ROWS
 * [QUESTION_ROWS_MAX]. */
MUST_CHECK bool asking_rows(const struct cli *c, const struct instrument *in,
                            int *rows, int *count, struct err *e);
/* A sum leaves out whom it has no value for, and says how many. */
void asking_left_out(const struct cli *c, const struct instrument *in,
                     int sum, int64_t left_out);

#endif
