/* page_done.c - finishing a registration, taking it back, restoring it. */
#include <string.h>
#include "base/msg.h"
#include "web/form_hole.h"
#include "web/form_page.h"
#include "web/form_work.h"
#include "web/page_private.h"
#include "web/pages.h"

struct missing {
    struct page *page;
    struct view *list;
    const struct form *form;
};

static void
put_question(struct missing *m, struct view *list, int v)
{
    const struct instrument *in = m->form->in;
    struct view *item = view_item(list);
    const struct variable *q = &in->variables[v];

    view_text(item, "id", q->id);
    view_text(item, "label", q->label.in[m->page->lang]);
    view_text(item, "tab", in->tabs[form_tab_of(in, v)].id);
    view_text(item, "words", "");
}

static void
hear(void *ctx, const struct err *fault)
{
    struct missing *m = ctx;
    const struct instrument *in = m->form->in;
    int v = instrument_variable(in, fault->field, strlen(fault->field));
    struct buf words;
    struct view *item = view_item(m->list);

    buf_init(&words, 0);
    form_fault_words(in, m->page->lang, fault, &words);
    view_text(item, "words", arena_text(m->page->arena,
                                        buf_string(&words)));
    buf_clear(&words);
    view_text(item, "id", fault->field);
    view_text(item, "label", v >= 0
              ? in->variables[v].label.in[m->page->lang] : "");
    view_text(item, "tab", v >= 0 && form_tab_of(in, v) >= 0
              ? in->tabs[form_tab_of(in, v)].id : "");
}

/* What keeps it from being finished, what is unanswered, and what will be
 * taken away because it is no longer asked. Any of it? */
static bool
put_state(struct page *p, struct form *f)
{
    struct missing m = { .page = p, .form = f };
    struct view *open = view_list(p->view, "open");
    struct view *gone = view_list(p->view, "gone");
    int list[VARIABLE_MAX], unasked, count, faults;

    unasked = form_unasked(f, list);
    for (int i = 0; i < unasked; i++)
        put_question(&m, gone, list[i]);
    form_blank_unasked(f);
    m.list = view_list(p->view, "must");
    faults = form_check(f, true, p->lang, hear, &m);
    count = form_open(f, list);
    for (int i = 0; i < count; i++)
        put_question(&m, open, list[i]);
    view_int(p->view, "open_count", count);
    view_flag(p->view, "ready", faults == 0);
    view_flag(p->view, "gone_any", unasked > 0);
    return unasked + faults + count > 0;
}

static bool
wants_new(const struct page *p)
{
    return request_query(p->request, "new") != NULL
           || page_field(p, "new")[0] != '\0'
           || strcmp(page_field(p, "go"), "finish-new") == 0;
}

static void
finish(struct page *p, const struct work *w)
{
    struct form_job job;
    const char *round = p->round->round->id;

    form_job_init(&job, w);
    job.finish = true;
    if (!page_write(p, form_job_run, &job))
        page_fail(p);
    else if (job.work == NULL)
        page_refuse(p, 404, NULL);
    else if (job.unready)
        page_redirect(p, "%s/done", form_path(p, w->public_id));
    else if (wants_new(p))
        page_redirect_notice(p, "said.form_finished",
                             "/rounds/%s/register", round);
    else
        page_redirect_notice(p, "said.form_finished", "/rounds/%s/day",
                             round);
    form_job_clear(&job);
}

static void
put_frame(struct page *p, const struct work *w)
{
    view_text(p->view, "path", form_path(p, w->public_id));
    view_text(p->view, "running", arena_printf(p->arena, "%d", w->running));
    view_flag(p->view, "new", wants_new(p));
    p->title = PAGE_TEXT(p, "form.recipient",
                         arena_printf(p->arena, "%d", w->running));
}

/* "Ferdig": what is unanswered is said, and may be confirmed. */
void
page_form_done(struct page *p)
{
    struct work *w = form_find(p);
    struct form f;

    if (w == NULL)
        return;
    form_init(&f, p->round, p->arena);
    if (!form_read(&f, w, &p->err)) {
        page_fail(p);
    } else {
        put_frame(p, w);
        view_flag(p->view, "any", put_state(p, &f));
        page_show(p, "form_done");
    }
    form_clear(&f);
}

void
page_form_finish(struct page *p)
{
    struct work *w = form_find(p);

    if (w != NULL)
        finish(p, w);
}

bool
form_finish_at_once(struct page *p, const struct work *w,
                    const struct form *f)
{
    int list[VARIABLE_MAX];

    if (form_open(f, list) > 0 || form_unasked(f, list) > 0
        || !form_ready(f))
        return false;
    finish(p, w);
    return true;
}

void
page_form_state(struct page *p)
{
    struct work *w = form_find(p);

    if (w == NULL)
        return;
    put_frame(p, w);
    view_flag(p->view, "withdrawn", w->status == STATUS_WITHDRAWN);
    page_show(p, "form_state");
}

void
page_form_state_post(struct page *p)
{
    struct work *w = form_find(p);
    struct form_state_job job = { .reason = page_field(p, "reason") };
    const char *go = page_field(p, "go");

    if (w == NULL)
        return;
    memcpy(job.public_id, w->public_id, sizeof job.public_id);
    job.withdraw = strcmp(go, "withdraw") == 0;
    if (!job.withdraw && strcmp(go, "restore") != 0) {
        page_refuse(p, 400, NULL);
        return;
    }
    if (job.withdraw && !form_reason_good(job.reason)) {
        page_fault_text(p, "reason", msg_text(p->lang, "form.reason"));
        page_form_state(p);
        return;
    }
    if (!page_write(p, form_state_run, &job))
        page_fail(p);
    else if (job.missing)
        page_refuse(p, 404, NULL);
    else if (job.withdraw)
        page_redirect_notice(p, "said.form_withdrawn", "/rounds/%s/day",
                             p->round->round->id);
    else
        page_redirect_notice(p, "said.form_restored", "%s",
                             form_path(p, w->public_id));
}

/* The form on paper: the same view, of which the template prints nothing
 * that belongs to a registration. */
void
page_form_blank(struct page *p)
{
    p->body = "is-print";
    form_skeleton(p, NULL, p->view);
    view_text(p->view, "blank_title", p->round->in->title.in[p->lang]);
    view_text(p->view, "day",
              arena_printf(p->arena, "/rounds/%s/day", p->round->round->id));
    page_show(p, "form_blank");
}
