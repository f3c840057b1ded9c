/* page_write.c - see page.h: what a page writes, on the writer's thread. */
#include <string.h>
#include "web/app_private.h"
#include "web/page_private.h"

struct page_job {
    struct write_job job;       /* first */
    struct page *page;
    const char *round;          /* its id, NULL without one: the page's own
                                   round may be gone when WORK runs */
    bool (*work)(struct page *p, struct store *s, struct opened *round,
                 void *ctx, struct err *e);
    void (*then)(struct page *p, void *ctx, bool ok);
    void *ctx;
    bool changed;               /* rounds are to be loaded anew */
};

static bool
work(struct write_job *job, struct store *s, struct err *e)
{
    struct page_job *j = (struct page_job *)job;
    struct page *p = j->page;
    struct opened *round = NULL;

    if (j->round != NULL) {
        round = app_writing_round(p->app, j->round, e);
        if (round == NULL)
            return false;
    }
    return j->work(p, s, round, j->ctx, e);
}

static void
finish(struct page_job *j)
{
    struct page *p = j->page;

    p->err = j->job.err;
    p->job = NULL;
    if (j->changed && j->job.ok)
        app_rounds_changed(p->app);
}

static void
done(struct write_job *job)
{
    struct page_job *j = (struct page_job *)job;
    struct page *p = j->page;

    finish(j);
    j->then(p, j->ctx, job->ok);
    exchange_send(p->x);
}

static struct page_job *
job_new(struct page *p,
        bool (*function)(struct page *p, struct store *s,
                         struct opened *round, void *ctx, struct err *e),
        void *ctx)
{
    struct page_job *j = arena_take(p->arena, sizeof *j);

    j->job.work = work;
    j->page = p;
    if (p->round != NULL)
        j->round = arena_text(p->arena, p->round->round->id);
    j->work = function;
    j->ctx = ctx;
    p->job = j;
    return j;
}

bool
page_write(struct page *p,
           bool (*function)(struct page *p, struct store *s,
                            struct opened *round, void *ctx, struct err *e),
           void *ctx)
{
    struct page_job *j = job_new(p, function, ctx);
    bool ok;

    /* What is read afterwards is what was written. */
    store_read_end(p->store);
    ok = writer_run(p->app->writer, &j->job);

    finish(j);
    return ok;
}

void
page_write_later(struct page *p,
                 bool (*function)(struct page *p, struct store *s,
                                  struct opened *round, void *ctx,
                                  struct err *e),
                 void (*then)(struct page *p, void *ctx, bool ok), void *ctx)
{
    struct page_job *j = job_new(p, function, ctx);

    j->job.done = done;
    j->then = then;
    exchange_hold(p->x);
    writer_submit(p->app->writer, &j->job);
}

void
page_round_changed(struct page *p)
{
    if (p->job != NULL)
        p->job->changed = true;
    seat_outdate(p->app->writing);
}
