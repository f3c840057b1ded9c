/* page_autosave.c - one answer or a few, saved as they are given.
 *
 * The hottest path of all: read before the writer gets it, done in the
 * group's commit, answered from there. The body:
 *     {"answers": {"economy": "3"}, "was": {"economy": null}}
 * WAS is what the page showed when the answer was given; where something
 * else stands by now nothing is saved, and the answer says what. */
#include <string.h>
#include "base/msg.h"
#include "web/api.h"
#include "web/app.h"
#include "web/day_plan.h"
#include "web/form_page.h"
#include "web/form_work.h"
#include "web/page_private.h"
#include "web/pages.h"
#include "web/public_id.h"

/* The value beside NAME, NULL where there is none; null is "". */
static const char *
value_of(const struct api_value *v, const char *name)
{
    for (int i = 0; i < v->pair_count; i++)
        if (strcmp(v->pairs[i].name, name) == 0)
            return v->pairs[i].value != NULL ? v->pairs[i].value : "";
    return NULL;
}

/* The changes; false where it is answered. */
static bool
read_changes(struct page *p, struct form_job *job)
{
    enum { ANSWERS, WAS, MEMBERS };
    const struct instrument *in = p->round->in;
    struct api_value v[MEMBERS];

    if (!api_body(p, "Change", v))
        return false;
    job->change = arena_array(p->arena, (size_t)v[ANSWERS].pair_count + 1,
                              sizeof *job->change);
    for (int i = 0; i < v[ANSWERS].pair_count; i++) {
        const struct api_pair *pair = &v[ANSWERS].pairs[i];
        int variable = instrument_variable(in, pair->name,
                                           strlen(pair->name));

        if (variable < 0 || variable >= in->entered_count) {
            api_refuse(p, "form.not_here", pair->name);
            return false;
        }
        job->change[job->count++] = (struct form_change){
            .variable = variable, .was = value_of(&v[WAS], pair->name),
            .to = pair->value != NULL ? pair->value : ""
        };
    }
    if (job->count == 0)
        page_refuse(p, 422, "form.body");
    return job->count > 0;
}

static void
put_tabs(struct page *p, struct json *j, const struct form *f)
{
    int tabs[VARIABLE_MAX];
    int count = form_tabs(f->in, tabs);

    json_key(j, "tabs");
    json_begin_array(j);
    for (int i = 0; i < count; i++) {
        bool done;

        json_begin_object(j);
        json_key(j, "id");
        json_put_string(j, f->in->tabs[tabs[i]].id);
        json_key(j, "words");
        json_put_string(j, form_tab_words(p, f, tabs[i], &done));
        json_key(j, "done");
        json_put_bool(j, done);
        json_end_object(j);
    }
    json_end_array(j);
}

static void
put_open(struct json *j, const struct form *f)
{
    int list[VARIABLE_MAX];
    int count = form_open(f, list);

    json_key(j, "unanswered");
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        json_put_string(j, f->in->variables[list[i]].id);
    json_end_array(j);
}

/* Answers that followed from what was sent: going through the services. */
static void
put_also(struct page *p, struct json *j, const struct form *f)
{
    int done = f->in->role[ROLE_SERVICES_DONE];

    (void)p;
    json_key(j, "also");
    json_begin_object(j);
    if (done >= 0 && form_shows(f->in, done)) {
        json_key(j, f->in->variables[done].id);
        json_put_string(j, form_text(f, done));
    }
    json_end_object(j);
}

static void
answer_saved(struct page *p, const struct form_job *job)
{
    struct json j;
    int open;

    page_json(p, &j);
    json_begin_object(&j);
    json_key(&j, "saved_at");
    json_put_string(&j, day_time(p, job->work->saved_ms));
    json_key(&j, "revision");
    json_put_int(&j, job->work->revision);
    json_key(&j, "answered");
    json_put_string(&j, form_answered_words(p, &job->form, &open));
    put_open(&j, &job->form);
    put_tabs(p, &j, &job->form);
    put_also(p, &j, &job->form);
    json_key(&j, "who");
    json_put_string(&j, form_who(p, &job->form));
    json_end_object(&j);
    page_json_finish(p, &j);
}

static void
begin_refusal(struct page *p, struct json *j, int status, const char *key)
{
    exchange_response(p->x)->status = status;
    page_json(p, j);
    json_begin_object(j);
    json_key(j, "error");
    json_put_string(j, key);
    json_key(j, "message");
    json_put_string(j, msg_text(p->lang, key));
    json_key(j, "request");
    json_put_string(j, p->request->id);
}

static void
answer_conflict(struct page *p, const struct form_job *job)
{
    struct json j;

    atomic_fetch_add(&p->app->metrics.conflicts, 1);
    begin_refusal(p, &j, 409, "form.conflict");
    json_key(&j, "conflicts");
    json_begin_object(&j);
    for (int i = 0; i < job->count; i++) {
        const struct form_change *c = &job->change[i];

        if (c->now == NULL)
            continue;
        json_key(&j, job->form.in->variables[c->variable].id);
        json_put_string(&j, c->now);
    }
    json_end_object(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}

static void
answer_faults(struct page *p, const struct form_job *job)
{
    struct json j;

    begin_refusal(p, &j, 422, "form.refused");
    json_key(&j, "faults");
    json_begin_object(&j);
    for (int i = 0; i < job->count; i++) {
        const struct form_change *c = &job->change[i];
        struct buf words;

        if (c->fault.code == ERR_NONE)
            continue;
        buf_init(&words, 0);
        form_fault_words(job->form.in, p->lang, &c->fault, &words);
        json_key(&j, job->form.in->variables[c->variable].id);
        json_put_string(&j, buf_string(&words));
        buf_clear(&words);
    }
    json_end_object(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* On the writer's thread, when it is on disk or was refused. */
static void
answer(struct page *p, void *ctx, bool ok)
{
    struct form_job *job = ctx;

    if (!ok)
        page_fail(p);
    else if (job->work == NULL)
        page_refuse(p, 404, NULL);
    else if (job->faulty)
        answer_faults(p, job);
    else if (job->conflict)
        answer_conflict(p, job);
    else
        answer_saved(p, job);
    form_job_clear(job);
}

void
page_form_patch(struct page *p)
{
    struct form_job *job = arena_take(p->arena, sizeof *job);

    form_job_init(job, NULL);
    if (!public_id_read(p->param[route_param(p->def, "id")],
                        job->public_id)) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (read_changes(p, job))
        page_write_later(p, form_job_run, answer, job);
}
