/* asking.c - see asking.h. */
#include "cli/asking.h"
#include <string.h>
#include "report/ask.h"

bool
asking_question(const struct cli *c, const struct instrument *in,
                int rows[QUESTION_ROWS_MAX], struct question *q,
                struct err *e)
{
    const struct ask ask = {
        c->option[OPT_ROWS], c->option[OPT_COLUMNS], c->option[OPT_SUM],
        c->option[OPT_WHERE]
    };
    const struct ask_names names = {
        option_defs[OPT_ROWS].name, option_defs[OPT_COLUMNS].name,
        option_defs[OPT_SUM].name
    };

    return ask_question(in, &ask, &names, rows, q, e);
}

bool
asking_run(const struct cli *c, struct asking *a, const struct question *q,
           struct err *e)
{
    const char *what = q->where != NULL ? q->where : "";

    a->plan = plan_new(a->in);
    if (plan_add(a->plan, q, e) < 0)
        return false;
    a->run = run_new(a->plan);
    if (!feed_run(a->several ? &a->rounds.whole : &a->o, &c->actor,
                  SCOPE_RECIPIENTS, NULL, what, a->plan, a->run, e))
        return false;
    a->table = run_table(a->run, 0);
    return true;
}

bool
asking_rounds(const struct cli *c, struct rounds *r, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);

    *r = (struct rounds){ .count = 0 };
    if (s == NULL)
        return false;
    if (!store_snapshot(s, e)) {
        store_close(s);
        return false;
    }
    return rounds_init(r, s, c->word[1], e);
}

void
asking_rounds_end(struct rounds *r)
{
    struct store *s = r->store;

    if (s == NULL)
        return;
    rounds_clear(r);
    store_close(s);
}

bool
asking_open(const struct cli *c, struct asking *a, struct err *e)
{
    memset(a, 0, sizeof *a);
    if (rounds_several(c->word[1])) {
        a->several = true;
        if (!asking_rounds(c, &a->rounds, e))
            return false;
        a->in = a->rounds.in;
        a->round = a->rounds.round;
        return true;
    }
    if (!cli_open(c, STORE_READ, &a->o, e))
        return false;
    a->in = a->o.in;
    a->round = a->o.round;
    return true;
}

void
asking_close(struct asking *a)
{
    run_free(a->run);
    plan_free(a->plan);
    if (a->several)
        asking_rounds_end(&a->rounds);
    else
        cli_close(&a->o);
}

void
asking_left_out(const struct cli *c, const struct instrument *in, int sum,
                int64_t left_out)
{
    struct err note = { 0 };

    if (sum < 0 || left_out == 0)
        return;
    err_set(&note, ERR_INPUT,
            left_out == 1 ? "count.left_out_one" : "count.left_out",
            "%lld %s", (long long)left_out, in->variables[sum].id);
    cli_say(c, &note);
}
