/* columns.c - opening a file of columns; see columns.h.
 *
 * Nothing of a file is believed before its sums are right, and nothing is
 * followed that was not looked at: every number that is a place or a count
 * is held against what there is, in a copy that nobody else can change. */
#include "column/columns.h"
#include <stdlib.h>
#include <string.h>
#include "column/columns_file.h"

/* Whether COUNT things of SIZE bytes stand at AT, before END. */
static bool
fits(uint64_t at, uint64_t count, uint64_t size, uint64_t end)
{
    return at % 4 == 0 && at <= end
        && (size == 0 || count <= (end - at) / size);
}

/* Whether the planes of O stand at AT, before END; *PAST is behind them. */
static bool
planes_fit(const struct order_head *o, uint32_t planes, uint64_t at,
           uint64_t end, uint64_t *past)
{
    uint64_t vectors;

    if (o->rows > COLUMNS_ROWS_MAX || o->planes_at != at || at % 64 != 0)
        return false;
    vectors = (o->rows + PLANE_ALIGN - 1) / PLANE_ALIGN;
    if (o->plane_words != vectors * (PLANE_ALIGN / 64)
        || !fits(at, planes, o->plane_words * sizeof(uint64_t), end))
        return false;
    *past = at + planes * o->plane_words * sizeof(uint64_t);
    return true;
}

static bool
head_fits(const struct columns_head *h, uint64_t bytes)
{
    uint64_t end = h->order[0].planes_at;

    if (h->head_sum != columns_sum(h, offsetof(struct columns_head, head_sum))
        || h->file_bytes != bytes || h->columns_at != sizeof *h
        || (h->planes == 0) != (h->order[ORDER_PLACES].rows == 0)
        || h->order[ORDER_PEOPLE].rows > h->order[ORDER_PLACES].rows
        || !fits(h->columns_at, h->variables, sizeof(struct column),
                 h->bits_at)
        || !fits(h->bits_at, h->bits, sizeof(uint32_t), h->sites_at)
        || h->sites_at % 4 != 0 || h->sites_at > h->note_at
        || columns_sites_bytes(h) != h->note_at - h->sites_at
        || h->note_at >= end || h->note_len >= end - h->note_at)
        return false;
    for (int i = 0; i < ORDER_COUNT; i++)
        if (!planes_fit(&h->order[i], h->planes, end, bytes, &end))
            return false;
    return end == bytes;
}

/* What the block of WORDS is at PLANE. */
static enum block_state
block_state(const uint64_t *plane, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (plane[i] != plane[0])
            return BLOCK_SOME;
    return plane[0] == 0 ? BLOCK_EMPTY
         : plane[0] == ~UINT64_C(0) ? BLOCK_FULL : BLOCK_SOME;
}

static void
find_states(const uint64_t *plane, size_t words, uint8_t *state)
{
    const size_t block = BLOCK_ROWS / 64;

    for (size_t i = 0; i < words; i += block)
        *state++ = (uint8_t)block_state(plane + i, words - i < block
                                                   ? words - i : block);
}

static size_t
blocks_of(size_t words)
{
    return (words * 64 + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

/* Whether the planes of order I are those that were written; in any case
 * *SUM goes on, and C gets the state of their blocks. */
static bool
take_planes(struct columns *c, const struct columns_head *h, int i,
            uint64_t *sum)
{
    const struct order_head *o = &h->order[i];
    size_t blocks = blocks_of(o->plane_words);

    c->state[i] = malloc(h->planes * blocks + 1);
    if (c->state[i] == NULL)
        return false;
    guard_enter(c->guard);
    for (uint32_t k = 0; k < h->planes; k++) {
        size_t bytes = o->plane_words * sizeof(uint64_t);
        const unsigned char *plane = c->guard->map + o->planes_at + k * bytes;

        *sum = columns_sum_next(*sum, columns_sum(plane, bytes));
        find_states((const void *)plane, o->plane_words,
                    c->state[i] + k * blocks);
    }
    guard_leave();
    return true;
}

static bool
planes_right(struct columns *c, const struct columns_head *h)
{
    uint64_t sum = 0;

    for (int i = 0; i < ORDER_COUNT; i++)
        if (!take_planes(c, h, i, &sum))
            return false;
    return sum == h->planes_sum && guard_whole(c->guard);
}

/* Whether every plane named is there, and every value is one that its
 * variable can have. */
static bool
columns_fit(const struct columns *c, const struct columns_head *h,
            const struct record_layout *l)
{
    uint32_t planes = PLANE_FIRST + h->planes, first = 0;

    if (c->counts >= planes)
        return false;
    for (int i = 0; i < c->variables; i++) {
        const struct column *v = &c->column[i];
        const struct place *p = &l->place[i];

        if (v->first != first || v->low != p->low || v->high != p->high
            || v->bits != (p->first < 0 ? 0 : (uint32_t)p->bits)
            || v->apart != (p->first >= 0 && p->apart)
            || (v->least <= v->most
                && (v->least < (p->first < 0 ? 0 : p->low)
                    || (p->first >= 0
                        && v->most > place_without(p, VALUE_UNASKED)))))
            return false;
        first += v->bits + (v->apart ? APART_COUNT : 0);
    }
    if (first != h->bits)
        return false;
    for (uint32_t i = 0; i < h->bits; i++)
        if (c->bit[i] >= planes)
            return false;
    return true;
}

/* Whether the stretches of S are ROWS rows, one after another, and its values
 * rise. */
static bool
site_fits(const struct site *s, int64_t rows)
{
    uint32_t from = 0;

    if ((s->stretches == 0) != (rows == 0) || s->values > s->stretches)
        return false;
    for (uint32_t i = 0; i < s->values; i++)
        if (s->value[i] < VALUE_UNASKED
            || (i > 0 && s->value[i] <= s->value[i - 1]))
            return false;
    for (uint32_t i = 0; i < s->stretches; i++) {
        const struct stretch *x = &s->stretch[i];

        if ((i == 0) != (x->from == 0) || (i > 0 && x->from <= from)
            || x->from >= rows || x->code >= s->values)
            return false;
        from = x->from;
    }
    return true;
}

/* Finds the sites; false where one is not what it must be. */
static bool
take_sites(struct columns *c, const struct columns_head *h,
           const struct record_layout *l)
{
    const unsigned char *at = (const unsigned char *)c->directory
                            + (h->sites_at - h->columns_at);

    for (int i = 0; i < ORDER_COUNT; i++)
        for (int k = 0; k < SITES_MAX; k++) {
            struct site *s = &c->order[i].site[k];

            s->values = h->order[i].site[k].values;
            s->stretches = h->order[i].site[k].stretches;
            s->value = (const void *)at;
            at += s->values * sizeof *s->value;
            s->stretch = (const void *)at;
            at += s->stretches * sizeof *s->stretch;
            if (k < l->sites[i].count)
                s->variable = l->sites[i].variable[k];
            if (k < l->sites[i].count ? !site_fits(s, c->order[i].rows)
                : s->values != 0 || s->stretches != 0)
                return false;
        }
    return true;
}

static void
take_orders(struct columns *c, const struct columns_head *h,
            const struct record_layout *l)
{
    for (int i = 0; i < ORDER_COUNT; i++)
        c->order[i] = (struct ordered){
            .rows = (int64_t)h->order[i].rows,
            .plane_words = h->order[i].plane_words,
            .plane = (const void *)(c->guard->map
                                    + h->order[i].planes_at),
            .state = c->state[i], .blocks = blocks_of(h->order[i].plane_words),
            .sites = l->sites[i].count
        };
    c->rows = c->order[ORDER_PLACES].rows;
}

/* Copies what stands between H and the planes. */
static bool
take_directory(struct columns *c, const struct columns_head *h)
{
    size_t bytes = h->order[0].planes_at - h->columns_at;

    c->directory = malloc(bytes);
    return c->directory != NULL
        && guard_read(c->guard, c->directory, bytes, h->columns_at)
        && h->directory_sum == columns_sum(c->directory, bytes);
}

static void
point(struct columns *c, const struct columns_head *h)
{
    const unsigned char *from = c->directory;

    c->variables = (int)h->variables;
    c->column = (const void *)from;
    c->bit = (const void *)(from + (h->bits_at - h->columns_at));
    c->counts = h->counts;
    c->planes = (int)h->planes;
    c->note = (const char *)from + (h->note_at - h->columns_at);
}

static bool
is_known(const struct guard *g, struct columns_head *h)
{
    return guard_read(g, h, sizeof *h, 0) && h->magic == COLUMNS_MAGIC
        && h->format == COLUMNS_FORMAT && h->head_bytes == sizeof *h;
}

static bool
take(struct columns *c, const struct instrument *in,
     const uint8_t origin[COLUMNS_ORIGIN], const char **why)
{
    struct columns_head h;
    struct record_layout layout;
    struct arena arena;
    bool ok;

    *why = "other";
    if (!is_known(c->guard, &h)
        || memcmp(h.origin, origin, COLUMNS_ORIGIN) != 0
        || h.variables != (uint32_t)in->variable_count)
        return false;
    *why = "damaged";
    if (!head_fits(&h, c->guard->bytes) || !take_directory(c, &h)
        || !planes_right(c, &h))
        return false;
    point(c, &h);
    arena_init(&arena);
    record_layout(&layout, in, &arena);
    take_orders(c, &h, &layout);
    ok = columns_fit(c, &h, &layout) && take_sites(c, &h, &layout)
        && strnlen(c->note, h.note_len + 1) == h.note_len;
    arena_clear(&arena);
    return ok;
}

struct columns *
columns_open(const char *file, const struct instrument *in,
             const uint8_t origin[COLUMNS_ORIGIN], const char **why)
{
    struct columns *c = mem_take(sizeof *c);

    c->guard = mem_take(sizeof *c->guard);
    if (!guard_open(c->guard, file, why)) {
        free(c->guard);
        free(c);
        return NULL;
    }
    if (take(c, in, origin, why))
        return c;
    columns_close(c);
    return NULL;
}

void
columns_close(struct columns *c)
{
    if (c == NULL)
        return;
    guard_close(c->guard);
    free(c->guard);
    free(c->directory);
    for (int i = 0; i < ORDER_COUNT; i++)
        free(c->state[i]);
    free(c);
}

bool
columns_known(const char *file)
{
    struct columns_head h;
    struct guard g;
    const char *why;
    bool known;

    if (!guard_open(&g, file, &why))
        return false;
    known = is_known(&g, &h);
    guard_close(&g);
    return known;
}
