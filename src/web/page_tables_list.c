/* page_tables_list.c - the variables that tables can be made of: the list
 * beside the table builder, and the same for programs. */
#include <string.h>
#include "base/msg.h"
#include "web/page_tables.h"
#include "web/pages.h"

int
page_tables_group(const struct instrument *in, const struct variable *v)
{
    if (v->tab < 0 && v->entered_count > 0)
        return in->variables[v->entered[0]].tab;
    return v->tab;
}

static bool
is_service(const struct variable *v)
{
    return v->service >= 0;
}

/* Whether ID is one of the rows. */
static bool
is_row(const char *rows, const char *id)
{
    size_t n = strlen(id);

    for (const char *at = rows; *at != '\0';) {
        size_t len = strcspn(at, ",");

        if (len == n && memcmp(at, id, n) == 0)
            return true;
        at += len + (at[len] == ',');
    }
    return false;
}

static bool
is_used(const struct tables *t, const char *id)
{
    return is_row(t->ask.rows, id) || strcmp(t->ask.columns, id) == 0;
}

static void
put_variable(struct page *p, const struct tables *t, struct view *list,
             const struct variable *v)
{
    struct view *item = view_item(list);

    view_text(item, "code", v->id);
    view_text(item, "label", tables_label(p, v));
    view_flag(item, "row", tables_may_row(v));
    view_flag(item, "column", tables_may_column(v));
    if (is_row(t->ask.rows, v->id))
        view_text(item, "used", msg_text(p->lang, "builder.rows"));
    else if (strcmp(t->ask.columns, v->id) == 0)
        view_text(item, "used", msg_text(p->lang, "builder.columns"));
}

/* The variables of tab TAB. */
static void
put_group(struct page *p, const struct tables *t, struct view *groups,
          int tab)
{
    int first = page_tables_group(p->round->in, &p->round->in->variables
                                  [p->round->in->complete_answered[0]]);
    const struct instrument *in = p->round->in;
    struct view *group = NULL, *list = NULL;

    for (int i = 0; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];

        if (!tables_may_filter(v) || page_tables_group(in, v) != tab
            || (is_service(v) && !t->all_variables))
            continue;
        if (group == NULL) {
            group = view_item(groups);
            view_text(group, "group", tab >= 0
                      ? in->tabs[tab].label.in[p->lang]
                      : msg_text(p->lang, "builder.group_other"));
            list = view_list(group, "variables");
        }
        put_variable(p, t, list, v);
        if (is_used(t, v->id) || (*t->ask.rows == '\0' && tab == first))
            view_flag(group, "open", true);
    }
}

void
page_tables_list(struct page *p, const struct tables *t)
{
    const struct instrument *in = p->round->in;
    struct view *groups = view_list(p->view, "groups");
    int services = 0;

    for (int i = 0; i < in->tab_count; i++)
        put_group(p, t, groups, i);
    put_group(p, t, groups, -1);
    for (int i = 0; i < in->variable_count; i++)
        services += is_service(&in->variables[i])
                    && tables_may_filter(&in->variables[i]);
    view_int(p->view, "services", services);
}

/* ---- for programs ---- */

static void
put_text(struct json *j, const char *key, const char *text)
{
    json_key(j, key);
    json_put_string(j, text);
}

static void
put_bool(struct json *j, const char *key, bool on)
{
    json_key(j, key);
    json_put_bool(j, on);
}

static void
json_value(struct json *j, const char *id, const char *label)
{
    json_begin_object(j);
    put_text(j, "id", id);
    put_text(j, "label", label);
    json_end_object(j);
}

static void
json_values(struct page *p, struct json *j, const struct variable *v)
{
    const struct instrument *in = p->round->in;

    json_key(j, "values");
    json_begin_array(j);
    if (v->kind == KIND_SCORE)
        for (int i = 0; i < in->scale_count; i++)
            json_value(j, arena_printf(p->arena, "%d", in->scale[i].score),
                       in->scale[i].label.in[p->lang]);
    for (int i = 0; i < v->code_count && v->kind != KIND_SCORE; i++)
        json_value(j, v->codes[i].id, v->codes[i].label.in[p->lang]);
    json_end_array(j);
}

static void
json_variable(struct page *p, struct json *j, const struct variable *v)
{
    const struct instrument *in = p->round->in;
    int tab = page_tables_group(in, v);

    json_begin_object(j);
    put_text(j, "id", v->id);
    put_text(j, "label", tables_label(p, v));
    put_text(j, "kind", kind_word(v->kind));
    put_text(j, "group", tab >= 0 ? in->tabs[tab].id : "");
    put_bool(j, "rows", tables_may_row(v));
    put_bool(j, "columns", tables_may_column(v));
    put_bool(j, "sum", tables_may_sum(v));
    json_values(p, j, v);
    json_end_object(j);
}

void
page_variables_json(struct page *p)
{
    const struct instrument *in = p->round->in;
    struct json j;

    page_json(p, &j);
    json_begin_object(&j);
    put_text(&j, "round", p->round->round->id);
    json_key(&j, "variables");
    json_begin_array(&j);
    for (int i = 0; i < in->variable_count; i++)
        if (tables_may_filter(&in->variables[i]))
            json_variable(p, &j, &in->variables[i]);
    json_end_array(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* Whether a filter is good, and if not, where: nothing of the round is
 * read. */
void
page_check_json(struct page *p)
{
    const char *where = request_query(p->request, "where");
    bool good = tables_where(p, where != NULL ? where : "");
    struct json j;

    if (!good && p->err.code != ERR_INPUT) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    put_bool(&j, "valid", good);
    if (!good) {
        json_key(&j, "at");
        json_put_int(&j, p->err.at.column);
        put_text(&j, "message", tables_fault(p));
    }
    json_end_object(&j);
    page_json_finish(p, &j);
}

void
page_count_json(struct page *p)
{
    const char *where = request_query(p->request, "where");
    struct tables t = { .ask = { "", "", "", where != NULL ? where : "" },
                        .pick = "" };
    struct question q = { .columns = -1, .sum = -1,
                          .where = t.ask.where };
    struct json j;
    int64_t n;

    if (!tables_where(p, t.ask.where)
        || !report_count(p->round, &p->actor, &q,
                         arena_printf(p->arena, "count %s",
                                      ask_line(&t.ask, p->arena)),
                         &n, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    put_text(&j, "round", p->round->round->id);
    put_text(&j, "counts", "recipients");
    put_text(&j, "where", t.ask.where);
    json_key(&j, "count");
    json_put_int(&j, n);
    put_bool(&j, "internal", true);
    json_end_object(&j);
    page_json_finish(p, &j);
}
