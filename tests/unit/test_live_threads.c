/* test_live_threads.c - what the server has in memory while the writer
 * writes, several ask, and its own thread works. */
#include "live_fixture.h"
#include <pthread.h>
#include <stdatomic.h>
#include "tab/planned.h"
#include "web/writer.h"

enum { STEPS = 120 };

/* ---- the writer ---- */

struct one_write {
    struct write_job job;       /* first */
    struct lab *l;
    void (*what)(struct lab *l);
};

static bool
write_one(struct write_job *job, struct store *s, struct err *e)
{
    struct one_write *w = (struct one_write *)job;

    (void)s;
    (void)e;
    fixture_use(&w->l->f, "r");
    w->what(w->l);
    return true;
}

static void
watch_commits(void *ctx)
{
    live_commits(((struct lab *)ctx)->live);
}

static void
watch_committed(void *ctx)
{
    live_committed(((struct lab *)ctx)->live, ((struct lab *)ctx)->f.s);
}

static void
watch_told(void *ctx, bool undone)
{
    (void)undone;
    live_told(((struct lab *)ctx)->live, ((struct lab *)ctx)->f.s);
}

static const struct writer_watch watch_lab = {
    .commits = watch_commits, .committed = watch_committed,
    .told = watch_told
};

/* What a job sees of the round when its answer leaves. */
struct answered {
    struct one_write one;       /* first */
    atomic_int waits;           /* not yet taken in */
    atomic_int taken;
    atomic_bool used;           /* it could be counted by */
    atomic_bool done;
};

static void
answer_leaves(struct write_job *job)
{
    struct answered *a = (struct answered *)job;
    struct lab *l = a->one.l;
    const struct entry *x = l->live->entry[0];

    assert_true(job->ok);
    atomic_store(&a->waits, x->pending_count);
    atomic_store(&a->taken, (int)x->round->taken);
    atomic_store(&a->used, lab_use(l) != NULL);
    atomic_store(&a->done, true);
}

/* The writer's order: on disk, the answer, and only then is it known which
 * registrations it was about; whoever counts after that waits for it. */
static void
test_writer(void **state)
{
    struct lab l;
    struct answered a = {
        .one = { .job = { .work = write_one, .done = answer_leaves },
                 .l = &l, .what = lab_put }
    };
    struct writer_watch watch = watch_lab;
    struct writer *w;
    struct err e = { 0 };
    struct entry *x;

    (void)state;
    lab_start(&l, 13, false);
    lab_first_rows(&l);
    x = lab_warmed(&l);
    watch.ctx = &l;
    w = writer_start(l.f.s, &watch, &e);
    assert_ok(w != NULL, &e);
    for (int i = 1; i <= 20; i++) {
        int64_t last = l.last;

        atomic_store(&a.done, false);
        writer_submit(w, &a.one.job);
        while (!atomic_load(&a.done))
            usleep(100);
        assert_int_equal(atomic_load(&a.waits), 0);
        assert_int_equal(atomic_load(&a.taken), x->round->taken);
        assert_false(atomic_load(&a.used));
        assert_ptr_equal(lab_use(&l), x);
        assert_int_equal(x->round->taken,
                         atomic_load(&a.taken) + l.last - last);
        live_leave(l.live, x);
    }
    writer_stop(w);
    l.plain.round->settle_due = true;
    lab_same(&l, true);
    lab_stop(&l);
}

/* ---- all at once ---- */

struct askers {
    struct lab *l;
    const struct plan *plan;
    atomic_bool stop;
    atomic_int answers;
};

/* Every table of an answer is of the same people. */
static void *
ask_on(void *ctx)
{
    struct askers *a = ctx;
    struct err e = { 0 };
    struct store *s = store_again(a->l->f.s, &e);
    struct opened o;

    if (s == NULL || !opened_init(&o, s, "r", &e))
        return ctx;
    store_set_log_queue(s, a->l->log);
    o.live = a->l->live;
    while (!atomic_load(&a->stop)) {
        struct run *run = run_new(a->plan);
        bool left, ok = live_run(&o, &everyone, SCOPE_RECIPIENTS, NULL, true,
                                 "threads", run, &left, &e);

        for (int i = 0; ok && !left && i < a->plan->count; i++) {
            const struct table *t = run_table(run, i);
            const struct outside *out = t->outside;

            if (t->shape == SHAPE_ONE_WAY
                && t->base[0] + out->unanswered + out->unknown
                   + out->not_asked != run_seen(run))
                ok = false;
        }
        run_free(run);
        if (!ok)
            return ctx;
        atomic_fetch_add(&a->answers, !left);
        usleep(1000);           /* the log has to keep up, too */
    }
    opened_clear(&o);
    store_close(s);
    return NULL;
}

static void
write_all(struct lab *l, struct writer *w)
{
    static void (*const what[])(struct lab *) = {
        lab_put, lab_change, lab_start_work, lab_go_on, lab_put, lab_change,
        lab_change, lab_change
    };

    for (int i = 0; i < STEPS; i++) {
        struct one_write one = {
            .job.work = write_one, .l = l, .what = what[i % 8]
        };

        if (i % 40 == 39)
            one.what = lab_opt_out;
        assert_ok(writer_run(w, &one.job), &one.job.err);
    }
}

static void
test_threads(void **state)
{
    pthread_t thread[3];
    struct lab l;
    struct askers a = { .l = &l };
    struct writer_watch watch = watch_lab;
    struct writer *w;
    struct plan *plan;
    struct arena arena;
    struct err e = { 0 };
    void *wrong;

    (void)state;
    lab_start(&l, 9, true);
    lab_first_rows(&l);
    arena_init(&arena);
    plan = lab_plan(&l, &arena);
    for (int v = 0; v < 40; v++) {
        struct question q = { .rows = &(int){ v }, .row_count = 1,
                              .columns = -1, .sum = -1 };

        q.rows = memcpy(arena_take(&arena, sizeof v), &v, sizeof v);
        if (plan_add(plan, &q, &e) < 0)
            err_clear(&e);
    }
    a.plan = plan;
    watch.ctx = &l;
    w = writer_start(l.f.s, &watch, &e);
    assert_ok(w != NULL, &e);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_on, &a), 0);
    write_all(&l, w);
    while (atomic_load(&a.answers) < 20)
        usleep(1000);
    atomic_store(&a.stop, true);
    for (int i = 0; i < 3; i++) {
        pthread_join(thread[i], &wrong);
        assert_null(wrong);
    }
    writer_stop(w);
    assert_ok(live_check(l.live, &e), &e);
    plan_free(plan);
    arena_clear(&arena);
    lab_stop(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
