/* ask.c - see ask.h. */
#include "report/ask.h"
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"

int
ask_variable(const struct instrument *in, const char *id, size_t n,
             const char *option, struct err *e)
{
    int v = instrument_variable(in, id, n);
    const char *near = instrument_nearest(in, id, n);
    char quoted[QUOTE_MAX];

    if (v >= 0)
        return v;
    err_quote(quoted, sizeof quoted, id, n);
    if (near != NULL)
        err_set(e, ERR_INPUT, "count.variable_unknown_near", "%s %s %s",
                quoted, near, option);
    else
        err_set(e, ERR_INPUT, "count.variable_unknown", "%s %s", quoted,
                option);
    return -1;
}

int
ask_report(const struct instrument *in, const char *name, struct err *e)
{
    int report = instrument_report(in, name);
    char quoted[QUOTE_MAX];
    struct near near;

    if (report >= 0)
        return report;
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < in->report_count; i++)
        near_offer(&near, in->reports[i].id);
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        err_set(e, ERR_INPUT, "report.unknown", "%s", quoted);
    else
        err_set(e, ERR_INPUT, "report.unknown_near", "%s %s", quoted,
                near.best);
    return -1;
}

bool
ask_rows(const struct instrument *in, const char *text, const char *option,
         int rows[QUESTION_ROWS_MAX], int *count, struct err *e)
{
    for (*count = 0; ; text++) {
        size_t n = strcspn(text, ",");

        if (*count == QUESTION_ROWS_MAX)
            return err_set(e, ERR_INPUT, "count.rows_many", "%d",
                           (int)QUESTION_ROWS_MAX);
        rows[*count] = ask_variable(in, text, n, option, e);
        if (rows[(*count)++] < 0)
            return false;
        text += n;
        if (*text == '\0')
            return true;
    }
}

static bool
is_asked(const char *text)
{
    return text != NULL && *text != '\0';
}

/* -1 where it is not asked for. */
static bool
read_one(const struct instrument *in, const char *id, const char *option,
         int *v, struct err *e)
{
    *v = -1;
    if (!is_asked(id))
        return true;
    *v = ask_variable(in, id, strlen(id), option, e);
    return *v >= 0;
}

bool
ask_question(const struct instrument *in, const struct ask *ask,
             const struct ask_names *names, int rows[QUESTION_ROWS_MAX],
             struct question *q, struct err *e)
{
    *q = (struct question){ .rows = rows, .where = ask->where };
    if (is_asked(ask->rows)
        && !ask_rows(in, ask->rows, names->rows, rows, &q->row_count, e))
        return false;
    return read_one(in, ask->columns, names->columns, &q->columns, e)
           && read_one(in, ask->sum, names->sum, &q->sum, e);
}

struct nobody {
    const struct instrument *in;
    int found;                  /* a variable that identifies, or -1 */
};

static void
look(void *ctx, int v)
{
    struct nobody *n = ctx;

    if (v >= 0 && n->found < 0 && n->in->variables[v].identifies)
        n->found = v;
}

bool
ask_nobody(const struct instrument *in, const struct question *q,
           struct arena *arena, struct err *e)
{
    struct nobody n = { in, -1 };
    struct expr *where = NULL;

    for (int i = 0; i < q->row_count; i++)
        look(&n, q->rows[i]);
    look(&n, q->columns);
    look(&n, q->sum);
    if (is_asked(q->where)) {
        where = expr_parse(q->where, in, in->variable_count, arena, NULL, e);
        if (e->code != ERR_NONE)
            return false;
    }
    if (where != NULL)
        expr_variables(where, look, &n);
    if (n.found < 0)
        return true;
    err_set(e, ERR_INPUT, "ask.identifies", "%s",
            in->variables[n.found].id);
    return err_field(e, in->variables[n.found].id);
}

const char *
ask_line(const struct ask *ask, struct arena *arena)
{
    const struct { const char *name, *value; } part[] = {
        { "rows", ask->rows }, { "columns", ask->columns },
        { "sum", ask->sum }, { "where", ask->where }
    };
    const char *line = "";

    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (is_asked(part[i].value))
            line = arena_printf(arena, "%s%s%s=%s", line,
                                *line != '\0' ? " " : "", part[i].name,
                                part[i].value);
    return *line != '\0' ? line : "all";
}
