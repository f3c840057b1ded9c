/* page_tables.c - the table builder: what is asked, and the answer. The list
 * of variables is in page_tables_list.c.
 *
 * Everything is a form that is sent by GET: a click on a variable or on a
 * chip sends it with "put", the answer to which is the address of the new
 * question. Script adds completion and says at once what is wrong. */
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "report/format.h"
#include "web/asset.h"
#include "web/filter.h"
#include "web/page_tables.h"
#include "web/pages.h"
#include "web/results.h"

static const char *
path_of(struct page *p)
{
    return arena_printf(p->arena, "/rounds/%s/tables", p->round->round->id);
}

/* ---- rows, columns ---- */

static void
put_slot(struct page *p, struct view *list, const char *id, size_t n,
         const char *put)
{
    const struct instrument *in = p->round->in;
    int v = instrument_variable(in, id, n);
    struct view *item = view_item(list);

    id = arena_text_n(p->arena, id, n);
    view_text(item, "code", id);
    view_text(item, "label", v >= 0 ? tables_label(p, &in->variables[v])
                                    : id);
    view_text(item, "put", arena_printf(p->arena, "%s:%s", put, id));
}

static void
put_slots(struct page *p, const struct tables *t)
{
    struct view *rows = view_list(p->view, "row_slots");
    struct view *columns = view_list(p->view, "column_slots");
    const char *at = t->ask.rows;

    while (*at != '\0') {
        size_t n = strcspn(at, ",");

        put_slot(p, rows, at, n, "rows-");
        at += n + (at[n] == ',');
    }
    if (*t->ask.columns != '\0')
        put_slot(p, columns, t->ask.columns, strlen(t->ask.columns),
                 "columns-");
    view_flag(p->view, "may_swap", *t->ask.columns != '\0'
              && *t->ask.rows != '\0' && strchr(t->ask.rows, ',') == NULL);
}

/* ---- what is counted, and shown ---- */

static void
put_option(struct view *list, const char *value, const char *label,
           bool chosen)
{
    struct view *item = view_item(list);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", chosen);
}

static void
put_choices(struct page *p, const struct tables *t)
{
    static const struct { const char *value, *key; } shares[] = {
        [TABLE_SHARE_USUAL] = { "", "builder.share_usual" },
        [TABLE_SHARE_ROWS] = { "rows", "builder.share_rows" },
        [TABLE_SHARE_COLUMNS] = { "columns", "builder.share_columns" },
        [TABLE_SHARE_ALL] = { "all", "builder.share_all" },
        [TABLE_COUNTS] = { "none", "builder.share_none" }
    };
    const struct instrument *in = p->round->in;
    struct view *sums = view_list(p->view, "sums");
    struct view *list = view_list(p->view, "shares");

    put_option(sums, "", format_begin(p->arena, in->person.many.in[p->lang]),
               *t->ask.sum == '\0');
    for (int i = 0; i < in->variable_count; i++)
        if (tables_may_sum(&in->variables[i]))
            put_option(sums, in->variables[i].id,
                       PAGE_TEXT(p, "builder.sum_of",
                                 tables_label(p, &in->variables[i])),
                       strcmp(t->ask.sum, in->variables[i].id) == 0);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        put_option(list, shares[i].value, msg_text(p->lang, shares[i].key),
                   t->share == (enum table_share)i);
    view_flag(p->view, "charted", !t->no_chart);
    view_flag(p->view, "protect", t->protect);
}

/* ---- the filter ---- */

static void
put_filter(struct page *p, const struct tables *t)
{
    struct filter_part part[FILTER_PARTS];
    int count = filter_parts(p->round->in, p->lang, t->ask.where, p->arena,
                             part);
    struct view *list = view_list(p->view, "parts");

    for (int i = 0; i < count; i++) {
        struct view *item = view_item(list);

        view_text(item, "part_name", part[i].name);
        view_text(item, "values", part[i].values);
        view_text(item, "part_text", part[i].text);
        view_text(item, "put", arena_printf(p->arena, "filter-:%d", i));
    }
}

/* A value of V to tick. */
static void
put_value(struct view *list, const char *id, const char *label)
{
    struct view *item = view_item(list);

    view_text(item, "value", id);
    view_text(item, "label", label);
}

static void
put_values(struct page *p, const struct variable *v, struct view *list)
{
    const struct instrument *in = p->round->in;

    if (v->kind == KIND_SCORE)
        for (int i = 0; i < in->scale_count; i++)
            put_value(list, arena_printf(p->arena, "%d", in->scale[i].score),
                      in->scale[i].label.in[p->lang]);
    for (int i = 0; i < v->code_count && v->kind != KIND_SCORE; i++)
        put_value(list, v->codes[i].id, v->codes[i].label.in[p->lang]);
}

/* The choice of values for a new part of the filter. */
static void
put_pick(struct page *p, const struct tables *t)
{
    const struct instrument *in = p->round->in;
    int found = instrument_variable(in, t->pick, strlen(t->pick));
    const struct variable *v;
    struct view *pick;

    if (found < 0 || !tables_may_filter(&in->variables[found]))
        return;
    v = &in->variables[found];
    pick = view_object(p->view, "pick");
    view_text(pick, "pick_label", tables_label(p, v));
    view_text(pick, "add", arena_printf(p->arena, "add:%s", v->id));
    view_text(pick, "close", arena_printf(p->arena, "close:%s", v->id));
    view_flag(pick, "range", v->kind == KIND_INT || v->kind == KIND_INDEX
              || v->kind == KIND_DATE || v->kind == KIND_TEXT4);
    view_flag(pick, "dates", v->kind == KIND_DATE);
    put_values(p, v, view_list(pick, "codes"));
}

/* The line that is wrong, and a mark under the place. */
static void
put_fault(struct page *p, const struct tables *t)
{
    bool where = strcmp(p->err.field, "where") == 0;
    const char *text = tables_fault(p);
    struct view *fault;
    int at = p->err.at.column;

    page_fault_text(p, where ? "where" : "rows", text);
    view_text(p->view, "faults_heading",
              msg_text(p->lang, where ? "builder.fault_where"
                                      : "builder.fault_rows"));
    if (!where) {
        view_text(p->view, "rows_fault", text);
        return;
    }
    fault = view_object(p->view, "where_fault");
    view_text(fault, "fault_text", text);
    view_text(fault, "fault_line", t->ask.where);
    if (at > 0)
        view_text(fault, "fault_mark",
                  arena_printf(p->arena, "%*s", at, "^"));
}

/* ---- the answer ---- */

/* How many match the filter: those in the table and outside it. */
static int64_t
matching(const struct table *t)
{
    return t->base[0] + t->outside[0].unanswered + t->outside[0].unknown
           + t->outside[0].not_asked;
}

static void
put_document(struct page *p, const struct tables *t,
             const struct document *doc, const struct table *counted)
{
    const struct html_part how = { .prefix = "", .heading = 2,
                                   .open = true, .sprite = true };
    struct buf out;

    buf_init(&out, 0);
    write_html_part(doc, &how, &out);
    view_text(p->view, "report", arena_text(p->arena, buf_string(&out)));
    buf_clear(&out);
    view_text(p->view, "protected_words", doc->protected_notice);
    view_flag(p->view, "internal", !t->protect);
    if (!t->protect && *t->ask.where != '\0')
        view_text(p->view, "matching",
                  format_int(p->arena, p->lang, matching(counted)));
}

static void
put_links(struct page *p, const struct tables *t)
{
    struct tables other = *t;
    const char *path = path_of(p);

    other.pick = "";
    view_text(p->view, "csv", tables_address(p, &other,
        arena_printf(p->arena, "%s/csv", path)));
    view_text(p->view, "json", tables_address(p, &other,
        arena_printf(p->arena, "%s/json", path)));
    other.protect = !t->protect;
    view_text(p->view, "other", tables_address(p, &other, path));
    other = *t;
    other.all_variables = !t->all_variables;
    view_text(p->view, "more_variables", tables_address(p, &other, path));
}

/* False where P has been answered. */
static bool
put_answer(struct page *p, const struct tables *t, struct report_made *made)
{
    int rows[QUESTION_ROWS_MAX];
    struct table_input input;
    struct question q;
    bool asked = *t->ask.rows != '\0';

    if (asked ? !tables_question(p, t, rows, &q)
              : !tables_where(p, t->ask.where)) {
        if (p->err.code != ERR_INPUT) {
            page_fail(p);
            return false;
        }
        put_fault(p, t);
        err_clear(&p->err);
        return true;
    }
    put_filter(p, t);
    if (!asked)
        return true;
    if (!tables_make(p, t, &q, made, &input)) {
        page_fail(p);
        return false;
    }
    put_document(p, t, made->doc, input.table);
    return true;
}

static void
put_question(struct page *p, const struct tables *t)
{
    struct view *scripts = view_list(p->view, "scripts");

    p->title = msg_text(p->lang, "builder.title");
    view_text(p->view, "main", "build");
    view_item_text(view_list(p->view, "styles"), results_style(p));
    view_item_text(scripts, asset_url("builder.js"));
    view_text(p->view, "action", path_of(p));
    view_text(p->view, "api", arena_printf(p->arena, "/api/v1/rounds/%s",
                                           p->round->round->id));
    view_text(p->view, "ask_rows", t->ask.rows);
    view_text(p->view, "ask_columns", t->ask.columns);
    view_text(p->view, "where", t->ask.where);
    view_flag(p->view, "all_variables", t->all_variables);
    put_slots(p, t);
    put_choices(p, t);
    put_pick(p, t);
    put_links(p, t);
    page_tables_list(p, t);
}

void
page_tables(struct page *p)
{
    struct report_made made = { 0 };
    struct tables t;

    tables_read(p, &t);
    if (tables_change(p, &t)) {
        response_header(p->x, "Cache-Control", "no-store");
        response_redirect(p->x, tables_address(p, &t, path_of(p)));
        return;
    }
    if (put_answer(p, &t, &made)) {
        put_question(p, &t);
        page_show(p, "tables");
    }
    report_made_clear(&made);
}

/* ---- as a file, and for programs ---- */

static void
send_table(struct page *p, const struct writer *w, const char *name)
{
    int rows[QUESTION_ROWS_MAX];
    struct report_made made = { 0 };
    struct table_input input;
    struct question q;
    struct tables t;

    tables_read(p, &t);
    if (*t.ask.rows == '\0')
        page_refuse(p, 422, "builder.no_rows");
    else if (!tables_question(p, &t, rows, &q)
             || !tables_make(p, &t, &q, &made, &input))
        page_fail(p);
    else
        results_send(p, w, made.doc, name);
    report_made_clear(&made);
}

void
page_table_file(struct page *p)
{
    const char *format = p->param[1];

    if (strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
        page_refuse(p, 404, NULL);
    else
        send_table(p, writer_find(format, WRITES_TABLE),
                   arena_printf(p->arena, "%s-table", p->round->round->id));
}

void
page_table_json(struct page *p)
{
    send_table(p, writer_find("json", WRITES_TABLE),
               arena_printf(p->arena, "%s-table", p->round->round->id));
}
