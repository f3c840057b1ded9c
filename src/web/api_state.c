/* api_state.c - calls that finish, withdraw and restore a registration, by
 * the jobs of the form (form_work.h). */
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "web/api_work.h"
#include "web/form_work.h"
#include "web/pages.h"


static void
put_refusal(struct json *j, struct page *p, const char *key)
{
    json_begin_object(j);
    api_put_text(j, "error", key);
    api_put_text(j, "message", msg_text(p->lang, key));
    api_put_text(j, "request", p->request->id);
}

/* Something is unanswered, and the caller has not said that it may be. */
static void
answer_open(struct page *p, const struct form *f)
{
    struct json j;

    exchange_response(p->x)->status = 409;
    page_json(p, &j);
    put_refusal(&j, p, "api.unanswered");
    api_put_open(&j, p, f);
    json_end_object(&j);
    page_json_finish(p, &j);
}

struct faults {
    struct page *page;
    struct json *json;
};

static void
put_fault(void *ctx, const struct err *fault)
{
    struct faults *f = ctx;
    struct buf text;

    buf_init(&text, 0);
    msg_error(&text, f->page->lang, fault);
    json_begin_object(f->json);
    api_put_text(f->json, "field", fault->field);
    api_put_text(f->json, "message", buf_string(&text));
    json_end_object(f->json);
    buf_clear(&text);
}

/* The instrument demands more of one that is finished. */
static void
answer_unready(struct page *p, struct form *f)
{
    struct json j;
    struct faults faults = { p, &j };

    exchange_response(p->x)->status = 422;
    page_json(p, &j);
    put_refusal(&j, p, "api.unready");
    json_key(&j, "faults");
    json_begin_array(&j);
    form_blank_unasked(f);
    form_check(f, true, p->lang, put_fault, &faults);
    json_end_array(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* As it stands in the store now. */
static void
answer_work(struct page *p, struct form *f, const struct work *w)
{
    struct json j;

    if (!form_read(f, w, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    api_put_work(&j, p, f, w);
    json_end_object(&j);
    page_json_finish(p, &j);
}

static void
finish(struct page *p, struct form *f, const struct work *w)
{
    struct form_job job;

    form_job_init(&job, w);
    job.finish = true;
    if (!page_write(p, form_job_run, &job))
        page_fail(p);
    else if (job.work == NULL)
        page_refuse(p, 404, NULL);
    else if (job.unready)
        answer_unready(p, f);
    else
        answer_work(p, f, job.work);
    form_job_clear(&job);
}

void
api_finish(struct page *p)
{
    struct api_value confirm;
    struct work *w;
    struct form f;
    int *open;

    if (!api_body(p, "Finish", &confirm))
        return;
    w = form_find(p);
    if (w == NULL)
        return;
    open = arena_array(p->arena, VARIABLE_MAX, sizeof *open);
    form_init(&f, p->round, p->arena);
    if (!form_read(&f, w, &p->err))
        page_fail(p);
    else if (confirm.number == 0 && form_open(&f, open) > 0)
        answer_open(p, &f);
    else
        finish(p, &f, w);
    form_clear(&f);
}

static void
change_state(struct page *p, bool withdraw, const char *reason)
{
    struct work *w = form_find(p);
    struct form_state_job job = { .withdraw = withdraw, .reason = reason };
    struct form f;

    if (w == NULL)
        return;
    memcpy(job.public_id, w->public_id, sizeof job.public_id);
    if (!page_write(p, form_state_run, &job)) {
        page_fail(p);
        return;
    }
    w = job.missing ? NULL : form_find(p);
    if (w == NULL) {
        if (job.missing)
            page_refuse(p, 404, NULL);
        return;
    }
    form_init(&f, p->round, p->arena);
    answer_work(p, &f, w);
    form_clear(&f);
}

void
api_withdraw(struct page *p)
{
    struct api_value reason;

    if (!api_body(p, "Withdraw", &reason))
        return;
    if (form_reason_good(reason.text))
        change_state(p, true, reason.text);
    else
        api_refuse(p, "api.reason", "reason");
}

void
api_restore(struct page *p)
{
    struct api_value none;

    if (api_body(p, "Nothing", &none))
        change_state(p, false, "");
}
