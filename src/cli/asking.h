/* asking.h - one question put to a round, or to several as one: what `count`
 * and `table` share. */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H
#include "cli/cli.h"
#include "feed/rounds.h"

struct asking {
    struct opened o;            /* of one round */
    struct rounds rounds;       /* of several */
    bool several;
    const struct instrument *in;
    const struct round *round;  /* that stands for all of several */
    struct plan *plan;
    struct run *run;
    const struct table *table;  /* after asking_run; the run's */
};

/* Opens the rounds of the command, which are several, for reading. End also
 * after failure. */
MUST_CHECK bool asking_rounds(const struct cli *c, struct rounds *r,
                              struct err *e);
void asking_rounds_end(struct rounds *r);
/* Opens the round or rounds of the command. Close also after failure. */
MUST_CHECK bool asking_open(const struct cli *c, struct asking *a,
                            struct err *e);
/* Counts Q, which is borrowed until asking_close. */
MUST_CHECK bool asking_run(const struct cli *c, struct asking *a,
                           const struct question *q, struct err *e);
void asking_close(struct asking *a);

/* The options --rows, --columns, --sum and --where as a question, which
 * borrows ROWS. */
MUST_CHECK bool asking_question(const struct cli *c,
                                const struct instrument *in,
                                int rows[QUESTION_ROWS_MAX],
                                struct question *q, struct err *e);
/* A sum leaves out whom it has no value for, and says how many. */
void asking_left_out(const struct cli *c, const struct instrument *in,
                     int sum, int64_t left_out);

#endif
