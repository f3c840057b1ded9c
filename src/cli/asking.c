/* asking.c - see asking.h. */
#include "cli/asking.h"
#include <string.h>
#include "base/utf8.h"

/* The variable named by the N bytes of NAME, for option O. */
static int
variable_named(const struct instrument *in, enum option o, const char *name,
               size_t n, struct err *e)
{
    int v = instrument_variable(in, name, n);
    const char *near = instrument_nearest(in, name, n);
    char quoted[QUOTE_MAX];

    if (v >= 0)
        return v;
    err_quote(quoted, sizeof quoted, name, n);
    if (near != NULL)
        err_set(e, ERR_INPUT, "count.variable_unknown_near", "%s %s %s",
                quoted, near, option_defs[o].name);
    else
        err_set(e, ERR_INPUT, "count.variable_unknown", "%s %s", quoted,
                option_defs[o].name);
    return -1;
}

bool
asking_variable(const struct cli *c, const struct instrument *in,
                enum option o, int *v, struct err *e)
{
    const char *name = c->option[o];

    *v = -1;
    if (name == NULL)
        return true;
    *v = variable_named(in, o, name, strlen(name), e);
    return *v >= 0;
}

bool
asking_rows(const struct cli *c, const struct instrument *in, int *rows,
            int *count, struct err *e)
{
    const char *p = c->option[OPT_ROWS];

    for (*count = 0; ; p++) {
        size_t n = strcspn(p, ",");

        if (*count == QUESTION_ROWS_MAX)
            return err_set(e, ERR_INPUT, "count.rows_many", "%d",
                           (int)QUESTION_ROWS_MAX);
        rows[*count] = variable_named(in, OPT_ROWS, p, n, e);
        if (rows[(*count)++] < 0)
            return false;
        p += n;
        if (*p == '\0')
            return true;
    }
}

bool
asking_run(const struct cli *c, struct asking *a, const struct question *q,
           struct err *e)
{
    const char *what = q->where != NULL ? q->where : "";

    a->plan = plan_new(a->o.in);
    if (plan_add(a->plan, q, e) < 0)
        return false;
    a->run = run_new(a->plan);
    if (!feed_run(&a->o, &c->actor, SCOPE_RECIPIENTS, NULL, what, a->plan,
                  a->run, e))
        return false;
    a->table = run_table(a->run, 0);
    return true;
}

bool
asking_open(const struct cli *c, struct asking *a, struct err *e)
{
    memset(a, 0, sizeof *a);
    return cli_open(c, STORE_READ, &a->o, e);
}

void
asking_close(struct asking *a)
{
    run_free(a->run);
    plan_free(a->plan);
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
