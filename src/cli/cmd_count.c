/* cmd_count.c - one number. */
#include "cli/asking.h"

bool
cmd_count(struct cli *c, struct err *e)
{
    struct question q = { .columns = -1, .where = c->option[OPT_WHERE] };
    struct asking a;
    bool ok = asking_open(c, &a, e)
              && asking_variable(c, a.o.in, OPT_SUM, &q.sum, e)
              && asking_run(c, &a, &q, e);

    if (ok) {
        buf_printf(&c->out, "%lld\n", (long long)a.table->cell[0]);
        if (q.sum >= 0)
            asking_left_out(c, a.o.in, q.sum, a.table->left_out[0]);
    }
    asking_close(&a);
    return ok;
}
