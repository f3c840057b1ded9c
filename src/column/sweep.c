/* sweep.c - see sweep.h.
 *
 * A mask of a block is a pointer: into the file for a plane, into the
 * thread's own room for one that was made. What is empty or full in a whole
 * block, as a year often is, is not made at all: it is a state beside the
 * pointer, and what follows from it is only a state again. */
#include "column/sweep.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "column/steps.h"

enum state { SOME, EMPTY, FULL };

/* What one thread has. */
struct sweeping {
    const struct tally *t;
    const struct steps *s;
    const struct kernels *k;
    int64_t from, to;           /* rows, from a whole block on */
    size_t words;               /* of this block, whole vectors */
    int64_t row;                /* its first */
    const uint64_t **at;        /* one a mask */
    uint8_t *state;
    uint64_t *room;             /* a block for every slot */
    uint64_t *full, *none;      /* blocks of ones, of zeros */
    struct lanes *lanes;        /* one a common */
    struct lanes **spread;      /* one a step that spreads: its cells, a part
                                   for each mask */
    int *lot;                   /* one a cutting: the first lot that may
                                   reach into the block */
    uint32_t stretch[SITES_MAX];        /* the same of a site's stretches */
};

/* Sets bits FROM..TO-1 of MASK. */
static void
set_range(uint64_t *mask, size_t from, size_t to)
{
    size_t a = from / 64, b = to / 64;
    uint64_t low = ~UINT64_C(0) << from % 64;
    uint64_t high = to % 64 > 0 ? ~UINT64_C(0) >> (64 - to % 64) : 0;

    if (a == b) {
        mask[a] |= low & high;
        return;
    }
    mask[a] |= low;
    for (size_t i = a + 1; i < b; i++)
        mask[i] = ~UINT64_C(0);
    if (high != 0)
        mask[b] |= high;
}

/* The rows of this block whose site passes STEP's test. Rows that are not
 * there are never full. */
static void
make_site(struct sweeping *w, const struct step *step)
{
    const struct site_test *t = &w->t->masks.test[step->a];
    const struct site *s = &w->t->masks.o->site[t->site];
    uint32_t all = (uint32_t)w->t->masks.o->rows, row = (uint32_t)w->row;
    uint32_t end = row + (uint32_t)w->words * 64, rows = 0;
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;

    memset(to, 0, w->words * sizeof *to);
    for (uint32_t i = w->stretch[t->site]; i < s->stretches; i++) {
        uint32_t from = s->stretch[i].from;
        uint32_t past = i + 1 < s->stretches ? s->stretch[i + 1].from : all;

        if (from >= end)
            break;
        if (!t->hit[s->stretch[i].code])
            continue;
        from = from < row ? row : from;
        past = past > end ? end : past;
        set_range(to, from - row, past - row);
        rows += past - from;
    }
    w->at[step->mask] = to;
    w->state[step->mask] = rows == 0 ? EMPTY : rows == end - row ? FULL : SOME;
}

/* STEP's mask is the mask SAME in this block. What stands in the thread's
 * room is copied, for SAME may give its room away first. */
static void
make_same(struct sweeping *w, const struct step *step, int same)
{
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;

    w->state[step->mask] = w->state[same];
    if (w->state[same] != SOME) {
        w->at[step->mask] = w->full;
        return;
    }
    w->at[step->mask] = w->at[same];
    if (w->t->masks.mask[same].kind == MASK_PLANE)
        return;
    memcpy(to, w->at[same], w->words * sizeof *to);
    w->at[step->mask] = to;
}

/* Whether A op B follows from what is empty or full; if so MASK has its
 * state and place. */
static bool
follows(struct sweeping *w, const struct step *step)
{
    enum state a = w->state[step->a], b = w->state[step->b];
    int same = -1;
    enum state is = SOME;

    if (a == SOME && b == SOME)
        return false;
    switch (step->op) {
    case BIT_AND:
        if (a == EMPTY || b == EMPTY)
            is = EMPTY;
        else
            same = a == FULL ? step->b : step->a;
        break;
    case BIT_AND_NOT:
        if (a == EMPTY || b == FULL)
            is = EMPTY;
        else if (b == EMPTY)
            same = step->a;
        else
            return false;       /* full and not some */
        break;
    default:
        if (a == FULL || b == FULL)
            is = FULL;
        else
            same = a == EMPTY ? step->b : step->a;
        break;
    }
    if (same >= 0) {
        make_same(w, step, same);
        return true;
    }
    w->at[step->mask] = w->full;
    w->state[step->mask] = (uint8_t)is;
    return true;
}

/* Asks for the next block of the planes that STEP is the first to need: a
 * block later they are there. Planes lie far apart, so that the machine does
 * not guess it. */
static void
fetch_next(const struct sweeping *w, const struct step *step)
{
    for (int k = 0; k < 2 && step->plane[k] != MASK_NONE; k++) {
        const uint64_t *next = w->at[step->plane[k]] + BLOCK_WORDS;

        for (size_t i = 0; i < BLOCK_WORDS; i += VECTOR)
            __builtin_prefetch(next + i, 0, 2);
    }
}

static void
make_pair(struct sweeping *w, const struct step *step)
{
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;

    if (follows(w, step))
        return;
    w->k->combine[step->op](to, w->at[step->a], w->at[step->b], w->words);
    w->at[step->mask] = to;
    w->state[step->mask] = SOME;
}

static void
count_common(struct sweeping *w, const struct step *step)
{
    const struct by *by = w->s->by + step->first;
    const uint64_t *x[COUNT_MAX];
    struct lanes *sum[COUNT_MAX];
    int n = 0;

    if (w->state[step->mask] == EMPTY)
        return;
    for (int i = 0; i < step->count; i++) {
        if (w->state[by[i].mask] == EMPTY)
            continue;
        x[n] = w->at[by[i].mask];
        sum[n++] = &w->lanes[by[i].number];
    }
    if (n > 0)
        w->k->count(w->at[step->mask], x, n, w->words, sum);
}

static void
count_spread(struct sweeping *w, const struct step *step)
{
    const struct by *by = w->s->by + step->first;
    const struct cutting *k = &w->t->cutting[step->a];
    int64_t end = w->row + (int64_t)w->words * 64;
    int first = w->lot[step->a];
    const uint64_t *x[VECTOR];
    bool any = false;

    for (int i = 0; i < VECTOR; i++) {
        int mask = i < step->count ? by[i].mask : MASK_NONE;

        x[i] = w->state[mask] == EMPTY ? w->none : w->at[mask];
        any = any || w->state[mask] != EMPTY;
    }
    if (any)
        w->k->spread(x, (uint32_t)w->row, (uint32_t)end, k->lot + first,
                     k->lots - first, w->spread[step->b]);
}

/* Planes are where the file has them. */
static void
find_planes(struct sweeping *w)
{
    const struct masks *m = &w->t->masks;
    const uint64_t *block = m->o->plane + w->row / 64;

    for (int i = MASK_FIRST; i < m->count; i++)
        if (m->mask[i].kind == MASK_PLANE)
            w->at[i] = block + (size_t)(m->mask[i].a - PLANE_FIRST)
                             * m->o->plane_words;
}

/* Leaves behind what ends before this block; whether anything that is asked
 * for reaches into it. */
static bool
find_lots(struct sweeping *w)
{
    const struct ordered *o = w->t->masks.o;
    uint32_t row = (uint32_t)w->row, end = row + (uint32_t)w->words * 64;
    bool any = w->t->commons.count > 0;

    for (int i = 0; i < o->sites; i++) {
        const struct site *s = &o->site[i];
        uint32_t *at = &w->stretch[i];

        while (*at + 1 < s->stretches && s->stretch[*at + 1].from <= row)
            ++*at;
    }
    for (int i = 0; i < w->t->cuttings; i++) {
        const struct cutting *k = &w->t->cutting[i];

        while (w->lot[i] < k->lots && k->lot[w->lot[i]].to <= row)
            w->lot[i]++;
        any = any || (w->lot[i] < k->lots && k->lot[w->lot[i]].from < end);
    }
    return any;
}

static void
sweep_block(struct sweeping *w)
{
    static void (*const take[])(struct sweeping *, const struct step *) = {
        [STEP_PAIR] = make_pair, [STEP_SITE] = make_site,
        [STEP_COUNT] = count_common, [STEP_SPREAD] = count_spread
    };

    if (!find_lots(w))
        return;
    find_planes(w);
    for (int i = 0; i < w->s->count; i++) {
        fetch_next(w, &w->s->step[i]);
        take[w->s->step[i].kind](w, &w->s->step[i]);
    }
}

static void *
sweep_rows(void *sweeping)
{
    struct sweeping *w = sweeping;

    guard_enter(w->t->masks.c->guard);
    for (w->row = w->from; w->row < w->to; w->row += BLOCK_ROWS) {
        int64_t rows = w->to - w->row;

        if (rows > BLOCK_ROWS)
            rows = BLOCK_ROWS;
        w->words = (size_t)(rows + PLANE_ALIGN - 1) / PLANE_ALIGN * VECTOR;
        sweep_block(w);
    }
    guard_leave();
    return NULL;
}

static void
sweeping_init(struct sweeping *w, const struct tally *t,
              const struct steps *s)
{
    size_t masks = (size_t)t->masks.count;
    size_t block = BLOCK_WORDS * sizeof(uint64_t);

    *w = (struct sweeping){ .t = t, .s = s, .k = kernel_best() };
    w->at = mem_take(masks * sizeof *w->at);
    w->state = mem_take(masks * sizeof *w->state);
    w->room = aligned_alloc(64, ((size_t)s->slots + 2) * block);
    w->lanes = aligned_alloc(64, ((size_t)t->commons.count + 1)
                                 * sizeof *w->lanes);
    if (w->room == NULL || w->lanes == NULL)
        mem_out();
    memset(w->lanes, 0, (size_t)t->commons.count * sizeof *w->lanes);
    w->full = w->room + (size_t)s->slots * BLOCK_WORDS;
    memset(w->full, 0xFF, block);
    w->none = w->full + BLOCK_WORDS;
    memset(w->none, 0, block);
    w->at[MASK_ALL] = w->full;
    w->state[MASK_ALL] = FULL;
    w->at[MASK_NONE] = w->none;
    w->state[MASK_NONE] = EMPTY;
    w->spread = mem_take((size_t)s->spreads * sizeof *w->spread + 1);
    for (int i = 0; i < s->count; i++)
        if (s->step[i].kind == STEP_SPREAD) {
            int cells = t->cutting[s->step[i].a].cells;

            w->spread[s->step[i].b]
                = mem_take((size_t)cells * sizeof **w->spread + 1);
        }
    w->lot = mem_take((size_t)t->cuttings * sizeof *w->lot + 1);
}

static void
sweeping_clear(struct sweeping *w)
{
    for (int i = 0; i < w->s->spreads; i++)
        free(w->spread[i]);
    free(w->spread);
    free(w->lot);
    free(w->at);
    free(w->state);
    free(w->room);
    free(w->lanes);
}

/* Adds what W counted to TO. */
static void
gather(const struct sweeping *w, struct swept *to)
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
        sweeping_init(&w[i], t, &s);
        w[i].from = blocks * i / threads * BLOCK_ROWS;
        w[i].to = i == threads - 1 ? rows
                : blocks * (i + 1) / threads * BLOCK_ROWS;
    }
    if (s.count > 0)
        sweep_parts(w, threads);
    for (int i = 0; i < threads; i++) {
        gather(&w[i], to);
        sweeping_clear(&w[i]);
    }
    steps_clear(&s);
    return guard_whole(t->masks.c->guard);
}
