/* form_work.c - see form_work.h. */
#include "web/form_work.h"
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "store/store.h"
#include "web/public_id.h"
#include "web/route.h"

enum { REASON_MAX = 200 };      /* characters */

struct work *
form_find(struct page *p)
{
    uint8_t public_id[16];
    struct work *w = NULL;

    if (public_id_read(p->param[route_param(p->def, "id")], public_id)
        && !work_find(p->store, &p->actor, p->round->round, public_id, true,
                      p->arena, &w, &p->err)) {
        page_fail(p);
        return NULL;
    }
    if (w == NULL)
        page_refuse(p, 404, NULL);
    return w;
}

void
form_job_init(struct form_job *job, const struct work *w)
{
    memset(job, 0, sizeof *job);
    if (w != NULL)
        memcpy(job->public_id, w->public_id, sizeof job->public_id);
}

void
form_job_clear(struct form_job *job)
{
    form_clear(&job->form);
}

static void
ignore(void *ctx, const struct err *fault)
{
    (void)ctx;
    (void)fault;
}

bool
form_ready(const struct form *f)
{
    return form_check(f, true, LANG_NB, ignore, NULL) == 0;
}

/* Whether a change needs what is sealed: it is sealed anew as a whole. */
static bool
needs_sealed(const struct form_job *job, const struct instrument *in)
{
    for (int i = 0; i < job->count; i++) {
        enum kind kind = in->variables[job->change[i].variable].kind;

        if (kind == KIND_TEXT || kind == KIND_CODES)
            return true;
    }
    return false;
}

static bool
finish(struct page *p, struct store *s, struct opened *round,
       struct form_job *job, struct err *e)
{
    struct work_change change;

    form_blank_unasked(&job->form);
    if (!form_ready(&job->form)) {
        job->unready = true;
        return true;
    }
    return form_pack(&job->form, s, job->work->number, &change, e)
           && work_finish(s, &p->actor, round->round, job->work, &change,
                          day_oslo(clock_now(store_clock(s))), e);
}

/* A fault that follows from several answers goes to the one that was given,
 * or to the first of those that were. */
static void
hear(void *ctx, const struct err *fault)
{
    struct form_job *job = ctx;
    struct form_change *at = &job->change[0];

    for (int i = 0; i < job->count; i++)
        if (strcmp(job->form.in->variables[job->change[i].variable].id,
                   fault->field) == 0)
            at = &job->change[i];
    if (at->fault.code == ERR_NONE)
        at->fault = *fault;
    job->faulty = true;
}

/* What a registration may not say is refused at once; a fault that it had
 * already does not stand in the way of other answers. */
static bool
whole_good(struct page *p, struct form_job *job, int before)
{
    if (form_check(&job->form, false, p->lang, ignore, NULL) > before)
        form_check(&job->form, false, p->lang, hear, job);
    return !job->faulty;
}

static bool
save(struct page *p, struct store *s, struct opened *round,
     struct form_job *job, struct err *e)
{
    int before = form_check(&job->form, false, p->lang, ignore, NULL);
    struct work_change change;

    if (job->count == 0)
        return true;
    if (job->seen != 0 && job->seen != job->work->revision)
        job->conflict = true;
    if (!form_change(&job->form, job->change, job->count)) {
        for (int i = 0; i < job->count; i++) {
            job->conflict = job->conflict || job->change[i].now != NULL;
            job->faulty = job->faulty
                          || job->change[i].fault.code != ERR_NONE;
        }
        return true;
    }
    if (job->conflict || !whole_good(p, job, before))
        return true;
    return form_pack(&job->form, s, job->work->number, &change, e)
           && work_save(s, &p->actor, round->round, job->work, &change, e);
}

bool
form_job_run(struct page *p, struct store *s, struct opened *round,
             void *ctx, struct err *e)
{
    struct form_job *job = ctx;

    /* The form is looked at when this is done: by a page that waits, on its
     * own thread, where the writer's round may be gone by then; by a page
     * that does not (PAGE_HERE), on the writer's, where the page's may. */
    form_init(&job->form, (p->def->flags & PAGE_HERE) != 0 ? round
                                                           : p->round,
              p->arena);
    if (!work_hold(s, &p->actor, round->round, job->public_id,
                   job->finish || needs_sealed(job, round->in), p->arena,
                   &job->work, e))
        return false;
    if (job->work == NULL)
        return true;
    return form_read(&job->form, job->work, e)
           && save(p, s, round, job, e)
           && (!job->finish || job->conflict || job->faulty
               || finish(p, s, round, job, e));
}

bool
form_state_run(struct page *p, struct store *s, struct opened *round,
               void *ctx, struct err *e)
{
    struct form_state_job *job = ctx;
    struct work *w;

    if (!work_hold(s, &p->actor, round->round, job->public_id, false,
                   p->arena, &w, e))
        return false;
    job->missing = w == NULL;
    if (w == NULL)
        return true;
    if (job->withdraw)
        return work_withdraw(s, &p->actor, round->round, w, job->reason, e);
    return work_restore(s, &p->actor, round->round, w, e);
}

bool
form_reason_good(const char *reason)
{
    size_t n = strlen(reason);

    for (size_t i = 0; i < n; i++)
        if ((unsigned char)reason[i] < ' ' || reason[i] == 127)
            return false;
    return utf8_count(reason, n) <= REASON_MAX && quote_allowed(reason, n);
}

void
form_fault_words(const struct instrument *in, enum lang lang,
                 const struct err *fault, struct buf *out)
{
    struct err e = *fault;

    e.field[0] = '\0';
    for (int i = 0; i < e.args; i++) {
        int v = instrument_variable(in, e.arg[i], strlen(e.arg[i]));

        if (v >= 0)
            snprintf(e.arg[i], sizeof e.arg[i], "«%s»",
                     in->variables[v].label.in[lang]);
    }
    msg_error(out, lang, &e);
}
