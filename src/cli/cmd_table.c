/* cmd_table.c - one table. */
#include "cli/asking.h"
#include "cli/writing.h"
#include "report/series.h"

static bool
write_table(struct cli *c, const struct asking *a, const struct writer *w,
            struct err *e)
{
    struct table_input input = {
        .in = a->in, .lang = c->labels, .round = a->round,
        .series = a->several ? series_of(&a->rounds, NULL, c->labels,
                                         &c->arena) : NULL,
        .municipality_name = writing_municipality(c, a->round),
        .internal = true, .table = a->table,
        .chart = (w->writes & WRITES_CHART) != 0
    };

    return writer_write(w, report_table(&input, &c->arena), NULL, &c->out, e);
}

bool
cmd_table(struct cli *c, struct err *e)
{
    const struct writer *w = writing_format(c, "text", WRITES_TABLE, e);
    int rows[QUESTION_ROWS_MAX];
    struct question q;
    struct asking a;
    bool ok;

    if (w == NULL)
        return false;
    ok = asking_open(c, &a, e)
         && asking_question(c, a.in, rows, &q, e)
         && asking_run(c, &a, &q, e)
         && write_table(c, &a, w, e);
    for (int i = 0; ok && q.sum >= 0 && i < a.table->base_count; i++)
        asking_left_out(c, a.in, q.sum, a.table->left_out[i]);
    asking_close(&a);
    return ok;
}
