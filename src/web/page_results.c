/* page_results.c - the report of a closed round in a page, and as files. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "web/page_private.h"
#include "web/pages.h"
#include "web/results.h"

/* A choice in the form over the report. */
static struct view *
put_select(struct page *p, struct view *fields, const char *name,
           const char *label)
{
    struct view *field = view_item(fields);

    view_text(field, "id", arena_printf(p->arena, "f-%s", name));
    view_text(field, "name", name);
    view_text(field, "label", msg_text(p->lang, label));
    view_flag(field, "required", true);
    return view_list(field, "options");
}

static void
put_option(struct view *options, const char *value, const char *label,
           bool chosen)
{
    struct view *item = view_item(options);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", chosen);
}

static void
put_reports(struct page *p, const struct results *r, struct view *fields)
{
    const struct instrument *in = p->round->in;
    struct view *options = put_select(p, fields, "report",
                                      "results.report");

    for (int i = 0; i < in->report_count; i++)
        if (results_report_open(p, i))
            put_option(options, in->reports[i].id,
                       in->reports[i].title.in[p->lang], i == r->report);
}

static void
put_units(struct page *p, const struct results *r, struct view *fields)
{
    const struct round *round = p->round->round;
    struct view *options;

    if (r->unit == NULL)
        return;
    options = put_select(p, fields, "unit", "results.unit");
    for (int i = 0; i < round->unit_count; i++)
        if (results_unit_open(p, i))
            put_option(options, round->units[i].id, round->units[i].name,
                       strcmp(round->units[i].id, r->unit) == 0);
}

static void
put_part(struct page *p, const struct results *r, struct view *fields,
         int part)
{
    static const char *const labels[] = {
        "results.target", "results.sex", "results.age"
    };
    const struct variable *v;
    struct view *options;
    int fitting = 0;

    if (r->variable[part] < 0)
        return;
    v = &p->round->in->variables[r->variable[part]];
    for (int i = 0; i < v->code_count; i++)
        fitting += results_fits(p, r, part, i);
    if (fitting < 2 && *r->key[part] == '\0')
        return;
    options = put_select(p, fields, results_part_names[part], labels[part]);
    put_option(options, "", msg_text(p->lang, "results.all"),
               *r->key[part] == '\0');
    for (int i = 0; i < v->code_count; i++)
        if (results_fits(p, r, part, i)
            || strcmp(v->codes[i].id, r->key[part]) == 0)
            put_option(options, v->codes[i].id, v->codes[i].label.in[p->lang],
                       strcmp(v->codes[i].id, r->key[part]) == 0);
}

static void
put_files(struct page *p, const struct results *r)
{
    static const char *const formats[] = { "html", "csv", "json" };
    struct view *list = view_list(p->view, "files");

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct view *item = view_item(list);

        view_text(item, "href",
                  arena_printf(p->arena, "/rounds/%s/report/%s?%s",
                               p->round->round->id, formats[i],
                               results_query(p, r, r->internal)));
        view_text(item, "label",
                  msg_text(p->lang, arena_printf(p->arena, "results.file_%s",
                                                 formats[i])));
    }
}

static void
put_document(struct page *p, const struct document *doc)
{
    const struct html_part how = { .prefix = "", .heading = 2,
                                   .sprite = true };
    struct buf out;

    buf_init(&out, 0);
    write_html_part(doc, &how, &out);
    view_text(p->view, "report", arena_text(p->arena, buf_string(&out)));
    buf_clear(&out);
    view_text(p->view, "report_title", doc->title);
    view_text(p->view, "report_subtitle", doc->subtitle);
    view_text(p->view, "protected", doc->protected_notice);
    view_text(p->view, "synthetic", doc->synthetic_notice);
}

/* The address of this page with its query, internal or not. */
static const char *
here(struct page *p, const struct results *r, bool internal)
{
    return arena_printf(p->arena, "/rounds/%s/results?%s",
                        p->round->round->id, results_query(p, r, internal));
}

void
page_results(struct page *p)
{
    struct report_made made;
    struct results r;
    struct view *fields;

    if (!results_read(p, &r))
        return;
    if (!results_make(p, &r, &made)) {
        report_made_clear(&made);
        page_fail(p);
        return;
    }
    fields = view_list(p->view, "fields");
    put_reports(p, &r, fields);
    put_units(p, &r, fields);
    for (int i = 0; i < RESULTS_PARTS; i++)
        put_part(p, &r, fields, i);
    put_files(p, &r);
    put_document(p, made.doc);
    view_text(p->view, "main", "res");
    view_item_text(view_list(p->view, "styles"), results_style(p));
    view_text(p->view, "action",
              arena_printf(p->arena, "/rounds/%s/results",
                           p->round->round->id));
    view_flag(p->view, "of_unit", r.unit != NULL);
    view_flag(p->view, "internal", r.internal);
    view_flag(p->view, "may_internal", results_unprotected(p));
    view_text(p->view, "other", here(p, &r, !r.internal));
    page_show(p, "results");
    report_made_clear(&made);
}

static bool
is_file(const char *format)
{
    return strcmp(format, "html") == 0 || strcmp(format, "csv") == 0
           || strcmp(format, "json") == 0;
}

static void
send_report(struct page *p, const struct writer *w)
{
    const struct round *round = p->round->round;
    struct report_made made;
    struct results r;
    const char *name;

    if (!results_read(p, &r))
        return;
    if (results_make(p, &r, &made)) {
        name = arena_printf(p->arena, "%s-%s%s%s", round->id,
                            p->round->in->reports[r.report].id,
                            r.unit != NULL ? "-" : "",
                            r.unit != NULL ? r.unit : "");
        results_send(p, w, made.doc, name);
    } else {
        page_fail(p);
    }
    report_made_clear(&made);
}

void
page_report_file(struct page *p)
{
    const char *format = p->param[1];

    if (is_file(format))
        send_report(p, writer_find(format, WRITES_REPORT));
    else
        page_refuse(p, 404, NULL);
}

void
page_report_json(struct page *p)
{
    send_report(p, writer_find("json", WRITES_REPORT));
}

/* Its address has the hash of what is in it: it never changes. */
void
page_report_style(struct page *p)
{
    const char *key = strrchr(results_style(p), '/') + 1;
    struct response *r = exchange_response(p->x);

    if (strcmp(p->param[1], key) != 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    r->media = "text/css; charset=utf-8";
    response_header(p->x, "Cache-Control",
                    "private, max-age=31536000, immutable");
    write_html_style(p->round->in, &r->body);
}
