/* tables.c - see tables.h. */
#include "web/tables.h"
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "report/format.h"
#include "web/results.h"

/* In the order of enum table_share; the first is not said. */
static const char *const shares[] = { "", "rows", "columns", "all", "none" };

static const char *
asked(const struct page *p, const char *name)
{
    const char *value = request_query(p->request, name);

    return value != NULL ? value : "";
}

/* A filter typed over several lines, on one. */
static const char *
one_line(struct page *p, const char *text)
{
    char *line = arena_text_n(p->arena, text, strlen(text));
    size_t n = strlen(line);

    for (char *at = line; *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    while (n > 0 && line[n - 1] == ' ')
        line[--n] = '\0';
    return line + strspn(line, " ");
}

void
tables_read(struct page *p, struct tables *t)
{
    const char *share = asked(p, "share");

    *t = (struct tables){
        .ask = { asked(p, "rows"), asked(p, "columns"), asked(p, "sum"),
                 one_line(p, asked(p, "where")) },
        .no_chart = strcmp(asked(p, "chart"), "0") == 0,
        .protect = strcmp(asked(p, "view"), "protected") == 0,
        .all_variables = strcmp(asked(p, "vars"), "all") == 0,
        .pick = asked(p, "pick")
    };
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (strcmp(share, shares[i]) == 0)
            t->share = (enum table_share)i;
}

/* ---- the address ---- */

static void
put_escaped(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || strchr("-_.~,", c) != NULL)
            buf_byte(out, c);
        else if (c == ' ')
            buf_byte(out, '+');
        else
            buf_printf(out, "%%%02X", c);
    }
}

static void
put_pair(struct buf *out, bool *any, const char *name, const char *value)
{
    if (*value == '\0')
        return;
    buf_printf(out, "%c%s=", *any ? '&' : '?', name);
    put_escaped(out, value);
    *any = true;
}

const char *
tables_address(struct page *p, const struct tables *t, const char *path)
{
    struct buf out;
    const char *address;
    bool any = false;

    buf_init(&out, 0);
    buf_text(&out, path);
    put_pair(&out, &any, "rows", t->ask.rows);
    put_pair(&out, &any, "columns", t->ask.columns);
    put_pair(&out, &any, "sum", t->ask.sum);
    put_pair(&out, &any, "where", t->ask.where);
    put_pair(&out, &any, "share", shares[t->share]);
    put_pair(&out, &any, "chart", t->no_chart ? "0" : "");
    put_pair(&out, &any, "view", t->protect ? "protected" : "");
    put_pair(&out, &any, "vars", t->all_variables ? "all" : "");
    put_pair(&out, &any, "pick", t->pick);
    address = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    return address;
}

/* ---- checked ---- */

bool
tables_may_filter(const struct variable *v)
{
    return !v->identifies && !v->off && expr_may_name(v)
           && v->kind != KIND_TEXT;
}

bool
tables_may_row(const struct variable *v)
{
    return tables_may_filter(v)
           && (v->kind == KIND_INT || v->kind == KIND_CODE
               || v->kind == KIND_CODES || v->kind == KIND_BOOL
               || v->kind == KIND_SCORE);
}

bool
tables_may_column(const struct variable *v)
{
    return tables_may_row(v) && v->kind != KIND_CODES;
}

bool
tables_may_sum(const struct variable *v)
{
    return tables_may_filter(v) && v->kind == KIND_INT;
}

const char *
tables_label(struct page *p, const struct variable *v)
{
    const struct instrument *in = p->round->in;
    const char *label = v->label.in[p->lang];

    if (v->kind == KIND_SCORE)
        return PAGE_TEXT(p, "builder.score", label);
    if (v->service < 0 && v->category < 0)
        return label;
    return PAGE_TEXT(p, "builder.service", label,
                     format_inside(p->arena, v->wanted
                         ? in->wanted.in[p->lang]
                         : in->received.in[p->lang]));
}

/* The place of what E is about in WHERE, in characters from 1. */
static void
place_in(const char *where, struct err *e)
{
    const char *found = e->at.column > 0 ? where + e->at.column - 1 : NULL;

    if (found == NULL && e->field[0] != '\0')
        found = strstr(where, e->field);
    err_field(e, "where");
    e->at.column = found == NULL ? 0
        : 1 + (int)utf8_count(where, (size_t)(found - where));
}

bool
tables_where(struct page *p, const char *where)
{
    const struct instrument *in = p->round->in;
    const struct question q = { .columns = -1, .sum = -1, .where = where };

    if (ask_nobody(in, &q, p->arena, &p->err))
        return true;
    place_in(where, &p->err);
    return false;
}

bool
tables_question(struct page *p, const struct tables *t,
                int rows[QUESTION_ROWS_MAX], struct question *q)
{
    static const struct ask_names names = { "rows", "columns", "sum" };
    const struct instrument *in = p->round->in;
    struct plan *plan;
    bool ok;

    if (!tables_where(p, t->ask.where))
        return false;
    ok = ask_question(in, &t->ask, &names, rows, q, &p->err)
         && ask_nobody(in, q, p->arena, &p->err);
    if (ok) {
        plan = plan_new(in);
        ok = plan_add(plan, q, &p->err) >= 0;
        plan_free(plan);
    }
    if (!ok)
        err_field(&p->err, "rows");
    return ok;
}

const char *
tables_fault(struct page *p)
{
    struct err plain = p->err;
    struct buf out;
    const char *text;

    plain.at = (struct pos){ .file = NULL };
    plain.field[0] = '\0';
    buf_init(&out, 0);
    msg_error(&out, p->lang, &plain);
    text = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

/* ---- counted ---- */

bool
tables_make(struct page *p, const struct tables *t, const struct question *q,
            struct report_made *made, struct table_input *input)
{
    struct protect_rule *rule = arena_take(p->arena, sizeof *rule);

    *input = (struct table_input){
        .lang = p->lang, .municipality_name = page_municipality(p),
        .internal = !t->protect, .protect = t->protect ? rule : NULL,
        .share = t->share, .chart = !t->no_chart
    };
    memset(made, 0, sizeof *made);
    if (!results_rule(p, rule))
        return false;
    input->few = rule->threshold;
    return report_ask(p->round, &p->actor, q,
                      arena_printf(p->arena, "table %s%s",
                                   ask_line(&t->ask, p->arena),
                                   t->protect ? " protected" : ""),
                      input, p->arena, made, &p->err);
}
