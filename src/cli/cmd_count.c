/* cmd_count.c - one number. */
#include "cli/asking.h"

bool
cmd_count(struct cli *c, struct err *e)
{
    int rows[QUESTION_ROWS_MAX];
    struct question q;
    struct asking a;
    bool ok = asking_open(c, &a, e)
              && asking_question(c, a.in, rows, &q, e)
              && asking_run(c, &a, &q, e);

    if (ok) {
        buf_printf(&c->out, "%lld\n", (long long)a.table->cell[0]);
        if (q.sum >= 0)
            asking_left_out(c, a.in, q.sum, a.table->left_out[0]);
    }
    asking_close(&a);
    return ok;
}
