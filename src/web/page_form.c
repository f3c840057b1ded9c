/* page_form.c - the registration form: shown, and saved a tab at a time by
 * who has no script. The autosave is in page_autosave.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/asset.h"
#include "web/brief.h"
#include "web/day_plan.h"
#include "web/form_page.h"
#include "web/form_work.h"
#include "web/page_private.h"
#include "web/pages.h"
#include "web/place.h"
#include "web/public_id.h"

enum { OPEN_NAMED = 5 };        /* unanswered questions in the dock */

/* "Kvinne, 34 år · ROP" */
const char *
form_who(struct page *p, const struct form *f)
{
    const struct instrument *in = f->in;
    int sex = in->role[ROLE_SEX], year = in->role[ROLE_BIRTH_YEAR];
    int group = in->complete_answered_count > 0 ? in->complete_answered[0]
                                                : -1;
    const char *label = "", *who;
    int32_t born = year >= 0 ? f->decoder.value[year] : VALUE_UNANSWERED;
    int32_t code = sex >= 0 ? f->decoder.value[sex] : VALUE_UNANSWERED;

    if (code >= 0)
        label = in->variables[sex].codes[code].label.in[p->lang];
    who = brief_who(p, label, born);
    if (group < 0 || in->variables[group].kind != KIND_CODE
        || f->decoder.value[group] < 0)
        return who;
    return arena_printf(p->arena, "%s · %s", who,
                        in->variables[group].codes[f->decoder.value[group]]
                            .label.in[p->lang]);
}

const char *
form_path(struct page *p, const uint8_t public_id[16])
{
    char id[UUID_TEXT];

    public_id_print(public_id, id);
    return arena_printf(p->arena, "/rounds/%s/registrations/%s",
                        p->round->round->id, id);
}

static void
put_steps(struct page *p, const struct form *f, const int *tabs, int count,
          int tab)
{
    struct view *list = view_list(p->view, "steps");

    for (int i = 0; i < count; i++) {
        struct view *v = view_item(list);
        bool done;

        view_text(v, "id", f->in->tabs[tabs[i]].id);
        view_int(v, "number", i + 1);
        view_text(v, "label", f->in->tabs[tabs[i]].label.in[p->lang]);
        view_text(v, "words", form_tab_words(p, f, tabs[i], &done));
        view_flag(v, "done", done);
        view_flag(v, "current", tabs[i] == tab);
    }
}

static void
put_neighbour(struct page *p, const struct form *f, const char *name,
              int tab)
{
    struct view *v = view_object(p->view, name);

    view_text(v, "id", f->in->tabs[tab].id);
    view_text(v, "label", f->in->tabs[tab].label.in[p->lang]);
}

const char *
form_answered_words(struct page *p, const struct form *f, int *open)
{
    int asked = 0;

    *open = 0;
    for (int i = 0; i < f->in->entered_count; i++) {
        enum form_state state;

        if (!form_counts(f->in, i))
            continue;
        state = form_state(f, i);
        asked += state != FORM_UNASKED;
        *open += state == FORM_OPEN;
    }
    return PAGE_TEXT(p, "form.answered_of",
                     arena_printf(p->arena, "%d", asked - *open),
                     arena_printf(p->arena, "%d", asked));
}

static void
put_open(struct page *p, struct view *list, const struct form *f, int v)
{
    struct view *item = view_item(list);
    const struct variable *q = &f->in->variables[v];

    view_text(item, "id", q->id);
    view_text(item, "label", q->label.in[p->lang]);
    view_text(item, "tab", f->in->tabs[form_tab_of(f->in, v)].id);
}

/* What is unanswered: a few, those of this tab first, and how many more. */
static void
put_left(struct page *p, const struct form *f, int tab)
{
    int list[VARIABLE_MAX];
    int count = form_open(f, list), open, put = 0;
    struct view *v = view_list(p->view, "open");

    for (int other = 0; other < 2; other++)
        for (int i = 0; i < count && put < OPEN_NAMED; i++)
            if ((form_tab_of(f->in, list[i]) != tab) == (other == 1)) {
                put_open(p, v, f, list[i]);
                put++;
            }
    view_text(p->view, "answered_words", form_answered_words(p, f, &open));
    view_text(p->view, "more", put == count ? ""
              : PAGE_TEXT(p, "form.more",
                          arena_printf(p->arena, "%d", count - put)));
}

static void
put_scripts(struct page *p)
{
    struct view *scripts = view_list(p->view, "scripts");

    view_item_text(scripts, asset_url("form_save.js"));
    view_item_text(scripts, asset_url("form.js"));
}

/* The frame around the tabs. */
static void
put_frame(struct page *p, const struct form *f, const struct work *w,
          int tab)
{
    int tabs[VARIABLE_MAX];
    int count = form_tabs(f->in, tabs);
    const char *round = p->round->round->id;
    const char *path = form_path(p, w->public_id);

    p->body = "is-form";
    p->title = PAGE_TEXT(p, "form.recipient",
                         arena_printf(p->arena, "%d", w->running));
    view_text(p->view, "running_words", p->title);
    view_text(p->view, "who", form_who(p, f));
    view_text(p->view, "place", place_name(p, w->unit, w->tier));
    view_text(p->view, "saved_words",
              day_time(p, w->saved_ms));
    view_text(p->view, "path", path);
    view_text(p->view, "api", arena_printf(p->arena, "/api/v1%s", path));
    view_text(p->view, "day", arena_printf(p->arena, "/rounds/%s/day",
                                           round));
    view_text(p->view, "register",
              arena_printf(p->arena, "/rounds/%s/register", round));
    view_text(p->view, "tab", f->in->tabs[tab].id);
    view_flag(p->view, "status_complete", w->status == STATUS_COMPLETE);
    view_flag(p->view, "withdrawn", w->status == STATUS_WITHDRAWN);
    put_scripts(p);
    put_steps(p, f, tabs, count, tab);
    put_left(p, f, tab);
    for (int i = 0; i < count; i++) {
        if (tabs[i] != tab)
            continue;
        if (i > 0)
            put_neighbour(p, f, "before", tabs[i - 1]);
        if (i + 1 < count)
            put_neighbour(p, f, "next", tabs[i + 1]);
    }
}

/* "27. mai 2013": twelve months before today. */
static const char *
since_words(struct page *p)
{
    int year, month, day;

    day_to_date(day_oslo(p->now_ms), &year, &month, &day);
    if (!day_exists(year - 1, month, day))
        day--;
    return arena_printf(p->arena, "%s %d",
                        day_short(p, day_from_date(year - 1, month, day)),
                        year - 1);
}

static void
show(struct page *p, const struct form *f, const struct work *w, int tab)
{
    struct buf *out = &exchange_response(p->x)->body;
    const struct form_fill fill = {
        .path = form_path(p, w->public_id), .csrf = p->session->csrf,
        .since = since_words(p), .unit = w->unit, .tab = tab,
        .revision = w->revision
    };

    put_frame(p, f, w, tab);
    page_frame(p);
    if (!template_render(p->app->templates, "form_top", p->view, p->lang,
                         out, &p->err)
        || !form_page_put(p, f, &fill, out)
        || !template_render(p->app->templates, "form_end", p->view, p->lang,
                            out, &p->err)) {
        buf_clear(out);
        page_fail(p);
    }
}

/* The tab that the path names, or -1. */
static int
tab_asked(struct page *p, const struct instrument *in)
{
    const char *id = p->param[route_param(p->def, "tab")];
    int tabs[VARIABLE_MAX];
    int count = form_tabs(in, tabs);

    for (int i = 0; i < count; i++)
        if (strcmp(in->tabs[tabs[i]].id, id) == 0)
            return tabs[i];
    return -1;
}

void
page_form(struct page *p)
{
    int tab = tab_asked(p, p->round->in);
    struct work *w;
    struct form f;

    if (tab < 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    w = form_find(p);
    if (w == NULL)
        return;
    form_init(&f, p->round, p->arena);
    if (form_read(&f, w, &p->err))
        show(p, &f, w, tab);
    else
        page_fail(p);
    form_clear(&f);
}

/* To the first tab with something unanswered, the first where nothing is. */
void
page_form_open(struct page *p)
{
    struct work *w = form_find(p);
    int tabs[VARIABLE_MAX], count, list[VARIABLE_MAX], tab;
    struct form f;

    if (w == NULL)
        return;
    form_init(&f, p->round, p->arena);
    count = form_tabs(p->round->in, tabs);
    if (!form_read(&f, w, &p->err)) {
        page_fail(p);
    } else {
        tab = form_open(&f, list) > 0 ? form_tab_of(f.in, list[0])
              : count > 0 ? tabs[0] : 0;
        page_redirect(p, "%s/%s", form_path(p, w->public_id),
                      f.in->tabs[tab].id);
    }
    form_clear(&f);
}

/* What the posted form says of question V; NULL: nothing. */
static const char *
posted(struct page *p, const struct instrument *in, int v)
{
    const struct variable *q = &in->variables[v];
    const char *text = NULL;

    for (int i = 0; i < p->request->form_count; i++) {
        const struct http_pair *f = &p->request->form[i];

        if (strcmp(f->name, q->id) != 0)
            continue;
        if (strcmp(f->value, "unknown") == 0)
            return f->value;
        if (q->kind == KIND_CODES && text != NULL && text[0] != '\0')
            text = arena_printf(p->arena, "%s|%s", text, f->value);
        else if (text == NULL || f->value[0] != '\0')
            text = f->value;
    }
    /* A box that is not ticked is not sent. */
    return text == NULL && q->service >= 0 ? "" : text;
}

/* Changes from the tab's posted fields. */
static void
collect(struct page *p, struct form_job *job, const struct instrument *in,
        int tab)
{
    job->change = arena_array(p->arena, (size_t)in->entered_count,
                              sizeof *job->change);
    for (int i = 0; i < in->entered_count; i++) {
        const char *text;

        if (!form_shows(in, i)
            || (in->variables[i].service >= 0 ? in->variables[i].tab
                                              : form_tab_of(in, i)) != tab)
            continue;
        text = posted(p, in, i);
        if (text != NULL)
            job->change[job->count++] = (struct form_change){
                .variable = i, .to = text
            };
    }
}

/* What was typed stays in the form that is shown again. */
static void
show_refused(struct page *p, struct form_job *job, int tab)
{
    struct response *r = exchange_response(p->x);

    form_keep_typed(&job->form, job->change, job->count);
    for (int i = 0; i < job->count; i++) {
        const struct form_change *c = &job->change[i];
        const struct variable *q = &p->round->in->variables[c->variable];
        struct buf words;

        if (c->fault.code == ERR_NONE)
            continue;
        buf_init(&words, 0);
        buf_printf(&words, "%s: ", q->label.in[p->lang]);
        form_fault_words(p->round->in, p->lang, &c->fault, &words);
        page_fault_text(p, arena_printf(p->arena, "q-%s", q->id),
                        arena_text(p->arena, buf_string(&words)));
        buf_clear(&words);
    }
    r->status = job->conflict ? 409 : 422;
    if (job->conflict)
        page_notice(p, "warning", msg_text(p->lang, "form.conflict_page"));
    show(p, &job->form, job->work, tab);
}

/* Where the button leads. */
static void
go_on(struct page *p, const struct work *w, const struct form *f, int tab)
{
    const struct instrument *in = p->round->in;
    const char *go = page_field(p, "go"), *path = form_path(p, w->public_id);
    int tabs[VARIABLE_MAX];
    int count = form_tabs(in, tabs), at = 0;

    while (at < count && tabs[at] != tab)
        at++;
    if (strcmp(go, "finish") == 0 || strcmp(go, "finish-new") == 0) {
        if (!form_finish_at_once(p, w, f))
            page_redirect(p, "%s/done%s", path,
                          strcmp(go, "finish") == 0 ? "" : "?new=1");
        return;
    }
    if (strcmp(go, "next") == 0 && at + 1 < count)
        page_redirect(p, "%s/%s", path, in->tabs[tabs[at + 1]].id);
    else if (strcmp(go, "back") == 0 && at > 0 && at < count)
        page_redirect(p, "%s/%s", path, in->tabs[tabs[at - 1]].id);
    else
        page_redirect(p, "%s/%s", path, in->tabs[tab].id);
}

void
page_form_save(struct page *p)
{
    int tab = tab_asked(p, p->round->in);
    struct work *w;
    struct form_job job;

    if (tab < 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    w = form_find(p);
    if (w == NULL)
        return;
    form_job_init(&job, w);
    job.seen = strtoll(page_field(p, "seen"), NULL, 10);
    collect(p, &job, p->round->in, tab);
    if (!page_write(p, form_job_run, &job))
        page_fail(p);
    else if (job.work == NULL)
        page_refuse(p, 404, NULL);
    else if (job.conflict || job.faulty)
        show_refused(p, &job, tab);
    else
        go_on(p, w, &job.form, tab);
    form_job_clear(&job);
}
