/* sweep.c - see sweep.h: threads, and what they counted put together. */
#include "column/sweep.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include "column/block.h"

/* One thread's part of the rows. */
struct sweeping {
    struct block block;
    int64_t from, to;           /* from a whole block on */
};

static void *
sweep_rows(void *sweeping)
{
    struct sweeping *w = sweeping;

    guard_enter(w->block.t->masks.c->guard);
    for (int64_t row = w->from; row < w->to; row += BLOCK_ROWS)
        block_count(&w->block, row, w->to);
    guard_leave();
    return NULL;
}

/* Adds what W counted to TO. */
static void
gather(const struct block *w, struct swept *to)
{
    for (int i = 0; i < w->t->commons.count; i++)
        for (int l = 0; l < VECTOR; l++)
            to->common[i] += (int64_t)w->lanes[i].part[l];
    for (int i = 0; i < w->s->count; i++) {
        const struct step *step = &w->s->step[i];
        const struct by *by = w->s->by + step->first;

        for (int k = 0; step->kind == STEP_SPREAD && k < step->count; k++)
            for (int c = 0; c < w->t->cutting[step->a].cells; c++)
                to->spread[by[k].number][c]
                    += (int64_t)w->spread[step->b][c].part[k];
    }
}

static void
swept_init(struct swept *s, const struct tally *t)
{
    s->common = mem_take((size_t)t->commons.count * sizeof *s->common + 1);
    s->spreads = t->spreads.count;
    s->spread = mem_take((size_t)s->spreads * sizeof *s->spread + 1);
    for (int i = 0; i < s->spreads; i++) {
        int cells = t->cutting[t->spreads.list[i].b].cells;

        s->spread[i] = mem_take((size_t)cells * sizeof **s->spread + 1);
    }
}

void
swept_clear(struct swept *s)
{
    for (int i = 0; i < s->spreads; i++)
        free(s->spread[i]);
    free(s->spread);
    free(s->common);
}

/* W[THREADS] go through the rows, a part each. */
static void
sweep_parts(struct sweeping *w, int threads)
{
    pthread_t thread[SWEEP_THREADS_MAX];
    bool begun[SWEEP_THREADS_MAX] = { false };

    for (int i = 1; i < threads; i++)
        begun[i] = pthread_create(&thread[i], NULL, sweep_rows, &w[i]) == 0;
    /* What got no thread is counted here. */
    for (int i = 0; i < threads; i++)
        if (!begun[i])
            sweep_rows(&w[i]);
    for (int i = 0; i < threads; i++)
        if (begun[i])
            pthread_join(thread[i], NULL);
}

bool
sweep(const struct tally *t, int threads, struct swept *to)
{
    struct sweeping w[SWEEP_THREADS_MAX];
    int64_t rows = t->masks.o->rows;
    int64_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    struct steps s;

    assert(threads >= 1 && threads <= SWEEP_THREADS_MAX);
    swept_init(to, t);
    steps_init(&s, t);
    for (int i = 0; i < threads; i++) {
        block_init(&w[i].block, t, &s);
        w[i].from = blocks * i / threads * BLOCK_ROWS;
        w[i].to = i == threads - 1 ? rows
                : blocks * (i + 1) / threads * BLOCK_ROWS;
    }
    if (s.count > 0)
        sweep_parts(w, threads);
    for (int i = 0; i < threads; i++) {
        gather(&w[i].block, to);
        block_clear(&w[i].block);
    }
    steps_clear(&s);
    return guard_whole(t->masks.c->guard);
}
