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
    struct lanes **spread;      /* one a step that spreads: its places, a
                                   part for each mask */
    int *lot;                   /* one a siting: the first lot that may
                                   reach into the block */
    int stretch;                /* the same of the stretches */
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

/* The rows of the stretches in list A, in this block. */
static void
make_site(struct sweeping *w, const struct step *step)
{
    const struct columns *c = w->t->masks.c;
    const uint8_t *hit = w->t->masks.hits
                       + (size_t)step->a * (size_t)c->stretches;
    int64_t end = w->row + (int64_t)w->words * 64, rows = 0;
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;
    int64_t there = end < c->rows ? end - w->row : c->rows - w->row;

    memset(to, 0, w->words * sizeof *to);
    for (int i = w->stretch; i < c->stretches; i++) {
        const struct stretch *s = &c->stretch[i];
        int64_t first = s->from, past = (int64_t)s->from + s->count;

        if (first >= end)
            break;
        if (!hit[i])
            continue;
        first = first < w->row ? w->row : first;
        past = past > end ? end : past;
        set_range(to, (size_t)(first - w->row), (size_t)(past - w->row));
        rows += past - first;
    }
    w->at[step->mask] = to;
    w->state[step->mask] = rows == 0 ? EMPTY : rows == there ? FULL : SOME;
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
    const struct siting *k = &w->t->siting[step->a];
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
    const uint64_t *block = m->c->plane + w->row / 64;

    for (int i = MASK_FIRST; i < m->count; i++)
        if (m->mask[i].kind == MASK_PLANE)
            w->at[i] = block + (size_t)(m->mask[i].a - PLANE_FIRST)
                             * m->c->plane_words;
}

/* Leaves behind what ends before this block. */
static void
find_lots(struct sweeping *w)
{
    const struct columns *c = w->t->masks.c;

    while (w->stretch < c->stretches
           && (int64_t)c->stretch[w->stretch].from
              + c->stretch[w->stretch].count <= w->row)
        w->stretch++;
    for (int i = 0; i < w->t->sitings; i++) {
        const struct siting *k = &w->t->siting[i];

        while (w->lot[i] < k->lots && k->lot[w->lot[i]].to <= w->row)
            w->lot[i]++;
    }
}

static void
sweep_block(struct sweeping *w)
{
    static void (*const take[])(struct sweeping *, const struct step *) = {
        [STEP_PAIR] = make_pair, [STEP_SITE] = make_site,
        [STEP_COUNT] = count_common, [STEP_SPREAD] = count_spread
    };

    find_planes(w);
    find_lots(w);
    for (int i = 0; i < w->s->count; i++) {
        fetch_next(w, &w->s->step[i]);
        take[w->s->step[i].kind](w, &w->s->step[i]);
    }
}

static void *
sweep_rows(void *sweeping)
{
    struct sweeping *w = sweeping;

    for (w->row = w->from; w->row < w->to; w->row += BLOCK_ROWS) {
        int64_t rows = w->to - w->row;

        if (rows > BLOCK_ROWS)
            rows = BLOCK_ROWS;
        w->words = (size_t)(rows + PLANE_ALIGN - 1) / PLANE_ALIGN * VECTOR;
        sweep_block(w);
    }
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
    w->lanes = aligned_alloc(64, ((size_t)t->commons + 1)
                                 * sizeof *w->lanes);
    if (w->room == NULL || w->lanes == NULL)
        mem_out();
    memset(w->lanes, 0, (size_t)t->commons * sizeof *w->lanes);
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
            int places = t->siting[s->step[i].a].places;

            w->spread[s->step[i].b]
                = mem_take((size_t)places * sizeof **w->spread + 1);
        }
    w->lot = mem_take((size_t)t->sitings * sizeof *w->lot + 1);
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

/* Where each spread was counted: the part of its step's lanes. */
struct counted {
    const struct lanes *place;
    int part;
};

static struct counted *
find_spreads(const struct sweeping *w)
{
    struct counted *c = mem_take((size_t)w->t->spreads * sizeof *c + 1);

    for (int i = 0; i < w->s->count; i++) {
        const struct step *step = &w->s->step[i];

        for (int k = 0; step->kind == STEP_SPREAD && k < step->count; k++)
            c[w->s->by[step->first + k].number]
                = (struct counted){ w->spread[step->b], k };
    }
    return c;
}

static void
deliver_spread(const struct tally *t, const struct posting *p,
               const struct counted *c)
{
    int places = t->siting[t->spread[p->count].siting].places;

    for (int i = 0; i < places; i++)
        p->to[i * p->stride] += p->times
                              * (int64_t)c->place[i].part[c->part];
}

/* What was counted by W goes where it is wanted. */
static void
deliver(const struct sweeping *w)
{
    const struct tally *t = w->t;
    int64_t *common = mem_take((size_t)t->commons * sizeof *common + 1);
    struct counted *spread = find_spreads(w);

    for (int i = 0; i < t->commons; i++)
        for (int l = 0; l < VECTOR; l++)
            common[i] += (int64_t)w->lanes[i].part[l];
    for (int i = 0; i < t->postings; i++) {
        const struct posting *p = &t->posting[i];

        if (p->of_spread)
            deliver_spread(t, p, &spread[p->count]);
        else
            *p->to += p->times * common[p->count];
    }
    free(common);
    free(spread);
}

void
sweep(const struct tally *t, int threads)
{
    struct sweeping w[SWEEP_THREADS_MAX];
    pthread_t thread[SWEEP_THREADS_MAX];
    bool begun[SWEEP_THREADS_MAX] = { false };
    int64_t rows = t->masks.c->rows;
    int64_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    struct steps s;

    assert(threads >= 1 && threads <= SWEEP_THREADS_MAX);
    steps_init(&s, t);
    for (int i = 0; i < threads; i++) {
        sweeping_init(&w[i], t, &s);
        w[i].from = blocks * i / threads * BLOCK_ROWS;
        w[i].to = i == threads - 1 ? rows
                : blocks * (i + 1) / threads * BLOCK_ROWS;
        if (i > 0)
            begun[i] = pthread_create(&thread[i], NULL, sweep_rows, &w[i])
                     == 0;
    }
    /* What got no thread is counted here. */
    for (int i = 0; i < threads; i++)
        if (!begun[i])
            sweep_rows(&w[i]);
    for (int i = 0; i < threads; i++) {
        if (begun[i])
            pthread_join(thread[i], NULL);
        deliver(&w[i]);
        sweeping_clear(&w[i]);
    }
    steps_clear(&s);
}

/* Which places were seen, from who was counted there. */
static void
find_seen(struct counter *c)
{
    const struct planned *p = c->plan;
    const int64_t *count = c->of != NULL ? c->of : c->count;

    for (int i = 0; i < p->row_count; i++)
        for (int j = 0; j < p->column_count; j++)
            if (count[(int64_t)i * p->column_count + j] != 0) {
                seen_add(&c->rows, i);
                seen_add(&c->columns, j);
            }
}

bool
columns_run(const struct columns *c, const struct instrument *in,
            struct run *run, int unit, int threads)
{
    int64_t seen = run->rows;
    bool all = true;
    struct tally t;

    tally_init(&t, c, in, run, unit);
    sweep(&t, threads);
    tally_clear(&t);
    for (int i = 0; i < run->plan->count; i++) {
        run->counter[i].elsewhere = tally_takes(run->plan, i);
        if (run->counter[i].elsewhere)
            find_seen(&run->counter[i]);
        else
            all = false;
    }
    if (!all)
        run->rows = seen;
    return all;
}
