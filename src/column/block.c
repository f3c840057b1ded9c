/* block.c - see block.h.
 *
 * First every mask's state: what is empty or full in the whole block, as a
 * year often is, and what follows from that. Then, from the last step back,
 * which masks have bits that somebody counts. Only those are made: where the
 * upper bits of a date decide, the lower ones are not even read.
 *
 * As long as all that is given is what it was in the block before, so is what
 * follows from it: most blocks only take steps.
 *
 * A mask's bits are a pointer: into the file for a plane, into the thread's
 * own room for one that was made. */
#include "column/block.h"
#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 8,                  /* steps */
    FETCHED = 2 * VECTOR        /* words that come together */
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

/* How many rows of the block have a site that passes STEP's test; TO, if it
 * is not NULL, gets a bit for each. */
static uint32_t
site_rows(const struct block *w, const struct step *step, uint64_t *to)
{
    const struct site_test *t = &w->t->masks.test[step->a];
    const struct site *s = &w->t->masks.o->site[t->site];
    uint32_t all = (uint32_t)w->t->masks.o->rows, row = (uint32_t)w->row;
    uint32_t end = row + (uint32_t)w->words * 64, rows = 0;

    for (uint32_t i = w->stretch[t->site]; i < s->stretches; i++) {
        uint32_t from = s->stretch[i].from;
        uint32_t past = i + 1 < s->stretches ? s->stretch[i + 1].from : all;

        if (from >= end)
            break;
        if (!t->hit[s->stretch[i].code])
            continue;
        from = from < row ? row : from;
        past = past > end ? end : past;
        rows += past - from;
        if (to != NULL)
            set_range(to, from - row, past - row);
    }
    return rows;
}

/* Rows that are not there are never full. */
static enum block_state
site_state(const struct block *w, const struct step *step)
{
    uint32_t rows = site_rows(w, step, NULL);

    return rows == 0 ? BLOCK_EMPTY
         : rows == w->words * 64 ? BLOCK_FULL : BLOCK_SOME;
}

/* What is left to ask of STEP's gate where inputs are empty or full. */
static void
reduce_gate(struct block *w, const struct step *step)
{
    const struct gate *g = &step->gate;
    uint8_t table = g->table;

    for (int k = 0; k < GATE_INPUTS; k++)
        if (w->state[g->input[k]] != BLOCK_SOME)
            table = gate_given(table, k,
                               w->state[g->input[k]] == BLOCK_FULL);
    w->table[step->mask] = table;
    w->state[step->mask] = table == 0 ? BLOCK_EMPTY
                         : table == 0xFF ? BLOCK_FULL : BLOCK_SOME;
}

/* Leaves behind what ends before this block. */
static void
pass_rows(struct block *w)
{
    const struct ordered *o = w->t->masks.o;
    uint32_t row = (uint32_t)w->row;

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
    }
}

/* MASK is STATE in this block; whether that is another than before. */
static bool
set_state(struct block *w, int mask, enum block_state state)
{
    bool other = w->state[mask] != state;

    w->state[mask] = (uint8_t)state;
    return other;
}

/* What all else follows from: which planes and sites are empty or full here,
 * where planes are, and which cuttings have lots here. Whether any of it is
 * another than in the block before. */
static bool
find_given(struct block *w)
{
    const struct ordered *o = w->t->masks.o;
    size_t block = (size_t)w->row / BLOCK_ROWS;
    bool other = false;

    for (int i = 0; i < w->s->planes; i++) {
        int mask = w->s->plane[i];
        size_t plane = (size_t)w->t->masks.mask[mask].a - PLANE_FIRST;

        other |= set_state(w, mask, o->state[plane * o->blocks + block]);
        if (w->state[mask] == BLOCK_SOME)
            w->at[mask] = o->plane + plane * o->plane_words
                        + block * BLOCK_WORDS;
    }
    for (int i = 0; i < w->s->count; i++)
        if (w->s->step[i].kind == STEP_SITE)
            other |= set_state(w, w->s->step[i].mask,
                               site_state(w, &w->s->step[i]));
    for (int i = 0; i < w->t->cuttings; i++) {
        const struct cutting *k = &w->t->cutting[i];
        int64_t end = w->row + (int64_t)w->words * 64;
        bool in = w->lot[i] < k->lots && k->lot[w->lot[i]].from < end;

        other |= w->reached[i] != in;
        w->reached[i] = in;
    }
    return other;
}

/* What follows for every other mask, and where those are that are empty or
 * full. */
static void
find_states(struct block *w)
{
    for (int i = 0; i < w->s->count; i++)
        if (w->s->step[i].kind == STEP_GATE)
            reduce_gate(w, &w->s->step[i]);
    for (int i = MASK_FIRST; i < w->t->masks.count; i++)
        if (w->state[i] != BLOCK_SOME)
            w->at[i] = w->state[i] == BLOCK_FULL ? w->full : w->none;
}

/* Whether STEP counts something in this block. */
static bool
counts(const struct block *w, const struct step *step)
{
    const struct by *by = w->s->by + step->first;
    bool any = false;

    if (w->state[step->mask] == BLOCK_EMPTY
        || w->state[step->with] == BLOCK_EMPTY
        || (step->kind == STEP_SPREAD && !w->reached[step->a]))
        return false;
    for (int k = 0; k < step->count; k++)
        any = any || w->state[by[k].mask] != BLOCK_EMPTY;
    return any;
}

/* Whose bits are needed, from the last step back. */
static void
find_needed(struct block *w)
{
    memset(w->needed, 0, (size_t)w->t->masks.count * sizeof *w->needed);
    for (int i = w->s->count - 1; i >= 0; i--) {
        const struct step *step = &w->s->step[i];
        const struct by *by = w->s->by + step->first;
        bool counting = step->kind == STEP_COUNT
                     || step->kind == STEP_SPREAD;

        if (step->kind == STEP_GATE && w->needed[step->mask]
            && w->state[step->mask] == BLOCK_SOME)
            for (int k = 0; k < GATE_INPUTS; k++)
                if (gate_asks(w->table[step->mask], k))
                    w->needed[step->gate.input[k]] = true;
        if (!counting || !counts(w, step))
            continue;
        w->needed[step->mask] = w->needed[step->with] = true;
        for (int k = 0; k < step->count; k++)
            w->needed[by[k].mask] = true;
    }
}

/* Which steps are to be taken. */
static void
find_taken(struct block *w)
{
    w->taken_count = 0;
    for (int i = 0; i < w->s->count; i++) {
        const struct step *step = &w->s->step[i];
        bool made = step->kind == STEP_GATE || step->kind == STEP_SITE;

        if (made ? w->needed[step->mask] && w->state[step->mask] == BLOCK_SOME
                 : counts(w, step))
            w->taken[w->taken_count++] = i;
    }
}

static void
make_site(struct block *w, const struct step *step)
{
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;

    memset(to, 0, w->words * sizeof *to);
    site_rows(w, step, to);
    w->at[step->mask] = to;
}

/* STEP's mask is another in this block. What stands in the thread's room is
 * copied, for the other may give its room away first. */
static void
make_same(struct block *w, const struct step *step, int same)
{
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;

    w->at[step->mask] = w->at[same];
    if (w->t->masks.mask[same].kind == MASK_PLANE)
        return;
    memcpy(to, w->at[same], w->words * sizeof *to);
    w->at[step->mask] = to;
}

static void
make_gate(struct block *w, const struct step *step)
{
    uint64_t *to = w->room + (size_t)step->slot * BLOCK_WORDS;
    const uint8_t table = w->table[step->mask];
    const uint64_t *x[GATE_INPUTS];

    for (int k = 0; k < GATE_INPUTS; k++) {
        if (table == gate_input[k]) {
            make_same(w, step, step->gate.input[k]);
            return;
        }
        x[k] = gate_asks(table, k) ? w->at[step->gate.input[k]] : w->none;
    }
    w->k->choose(to, x, table, w->words);
    w->at[step->mask] = to;
}

/* Asks for a block of plane MASK, the one after this one if it is NEXT. */
static void
fetch_plane(const struct block *w, int mask, bool next)
{
    const struct ordered *o = w->t->masks.o;
    size_t block = (size_t)w->row / BLOCK_ROWS + next;
    size_t plane = (size_t)w->t->masks.mask[mask].a - PLANE_FIRST;
    size_t from = block * BLOCK_WORDS, to = from + BLOCK_WORDS;

    if (!w->needed[mask] || block == o->blocks
        || o->state[plane * o->blocks + block] != BLOCK_SOME)
        return;
    for (size_t i = from; i < to && i < o->plane_words; i += FETCHED)
        __builtin_prefetch(o->plane + plane * o->plane_words + i, 0, 2);
}

/* Planes lie far apart, so that the machine does not guess what comes next.
 * What is needed some steps after the one at I is asked for with it; sooner,
 * and it would not stay in the near memory that long. */
static void
fetch_some(struct block *w, int i)
{
    const struct step *steps = w->s->step;
    int planes = w->s->planes, n = w->taken_count, ahead = i + AHEAD;
    int until = ahead < n ? steps[w->taken[ahead]].planes
              : planes + steps[w->taken[ahead - n < n ? ahead - n
                                                      : n - 1]].planes;

    for (; w->asked < until; w->asked++)
        fetch_plane(w, w->s->plane[w->asked % planes], w->asked >= planes);
}

static void
count_common(struct block *w, const struct step *step)
{
    const struct by *by = w->s->by + step->first;
    const uint64_t *x[COUNT_MAX];
    struct lanes *sum[COUNT_MAX];
    int n = 0;

    for (int i = 0; i < step->count; i++) {
        if (w->state[by[i].mask] == BLOCK_EMPTY)
            continue;
        x[n] = w->at[by[i].mask];
        sum[n++] = &w->lanes[by[i].number];
    }
    w->k->count(w->at[step->mask], w->at[step->with], x, n, w->words, sum);
}

static void
count_spread(struct block *w, const struct step *step)
{
    const struct by *by = w->s->by + step->first;
    const struct cutting *k = &w->t->cutting[step->a];
    int64_t end = w->row + (int64_t)w->words * 64;
    int first = w->lot[step->a];
    const uint64_t *x[VECTOR];

    for (int i = 0; i < VECTOR; i++)
        x[i] = w->at[i < step->count ? by[i].mask : MASK_NONE];
    w->k->spread(w->at[step->with], x, (uint32_t)w->row, (uint32_t)end,
                 k->lot + first, k->lots - first, w->spread[step->b]);
}

static void
take_step(struct block *w, const struct step *step)
{
    switch (step->kind) {
    case STEP_GATE:
        make_gate(w, step);
        break;
    case STEP_SITE:
        make_site(w, step);
        break;
    case STEP_COUNT:
        count_common(w, step);
        break;
    case STEP_SPREAD:
        count_spread(w, step);
        break;
    }
}

void
block_count(struct block *w, int64_t row, int64_t end)
{
    int64_t rows = end - row < BLOCK_ROWS ? end - row : BLOCK_ROWS;

    w->row = row;
    w->words = (size_t)(rows + PLANE_ALIGN - 1) / PLANE_ALIGN * VECTOR;
    pass_rows(w);
    if (find_given(w) || !w->begun) {
        find_states(w);
        find_needed(w);
        find_taken(w);
        w->begun = true;
    }
    w->asked = w->asked > w->s->planes ? w->asked - w->s->planes : 0;
    for (int i = 0; i < w->taken_count; i++) {
        fetch_some(w, i);
        take_step(w, &w->s->step[w->taken[i]]);
    }
}

/* A part of spread for each step that spreads. */
static void
take_cells(struct block *w)
{
    w->spread = mem_take((size_t)w->s->spreads * sizeof *w->spread + 1);
    for (int i = 0; i < w->s->count; i++)
        if (w->s->step[i].kind == STEP_SPREAD) {
            int cells = w->t->cutting[w->s->step[i].a].cells;

            w->spread[w->s->step[i].b]
                = mem_take((size_t)cells * sizeof **w->spread + 1);
        }
}

void
block_init(struct block *w, const struct tally *t, const struct steps *s)
{
    size_t masks = (size_t)t->masks.count;
    size_t block = BLOCK_WORDS * sizeof(uint64_t);
    size_t lanes = (size_t)t->commons.count * sizeof *w->lanes;

    *w = (struct block){ .t = t, .s = s, .k = kernel_best() };
    w->at = mem_take(masks * sizeof *w->at);
    w->state = mem_take(masks * sizeof *w->state);
    w->needed = mem_take(masks * sizeof *w->needed);
    w->table = mem_take(masks * sizeof *w->table);
    w->room = aligned_alloc(64, ((size_t)s->slots + 2) * block);
    w->lanes = aligned_alloc(64, lanes + sizeof *w->lanes);
    if (w->room == NULL || w->lanes == NULL)
        mem_out();
    memset(w->lanes, 0, lanes);
    w->full = w->room + (size_t)s->slots * BLOCK_WORDS;
    memset(w->full, 0xFF, block);
    w->none = w->full + BLOCK_WORDS;
    memset(w->none, 0, block);
    w->at[MASK_ALL] = w->full;
    w->state[MASK_ALL] = BLOCK_FULL;
    w->at[MASK_NONE] = w->none;
    w->state[MASK_NONE] = BLOCK_EMPTY;
    take_cells(w);
    w->lot = mem_take((size_t)t->cuttings * sizeof *w->lot + 1);
    w->reached = mem_take((size_t)t->cuttings * sizeof *w->reached + 1);
    w->taken = mem_take((size_t)s->count * sizeof *w->taken + 1);
}

void
block_clear(struct block *w)
{
    for (int i = 0; i < w->s->spreads; i++)
        free(w->spread[i]);
    free(w->spread);
    free(w->lot);
    free(w->reached);
    free(w->taken);
    free(w->at);
    free(w->state);
    free(w->needed);
    free(w->table);
    free(w->room);
    free(w->lanes);
}
