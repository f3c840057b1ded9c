/* cutting.c - see cutting.h. */
#include "column/cutting.h"
#include <stdlib.h>
#include <string.h>

enum { NUMBERS_MAX = 1 << 14 };

/* Cells by what makes them: BYTES each, in LIST. */
struct cells {
    const void *list;
    size_t bytes;               /* of one */
    int *slot;                  /* cell + 1 by hash */
    unsigned slots;
};

static unsigned
hash(const void *key, size_t bytes)
{
    const unsigned char *p = key;
    uint64_t h = bytes;
    uint32_t word;

    for (size_t i = 0; i + sizeof word <= bytes; i += sizeof word) {
        memcpy(&word, p + i, sizeof word);
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return (unsigned)h;
}

/* Room for as many as MOST. */
static void
cells_init(struct cells *c, size_t bytes, size_t most)
{
    *c = (struct cells){ .bytes = bytes, .slots = 64 };
    while (c->slots < most * 2)
        c->slots *= 2;
    c->slot = mem_take(c->slots * sizeof *c->slot);
}

/* The slot of KEY, which is 0 if it is new. */
static int *
cells_find(struct cells *c, const void *key)
{
    unsigned at = hash(key, c->bytes) & (c->slots - 1);

    while (c->slot[at] != 0
           && memcmp((const char *)c->list
                         + (size_t)(c->slot[at] - 1) * c->bytes,
                     key, c->bytes) != 0)
        at = (at + 1) & (c->slots - 1);
    return &c->slot[at];
}

/* How many lots there can be, and how many cells. */
static void
most_of(const struct ordered *o, unsigned sites, size_t *lots, size_t *cells)
{
    *lots = *cells = 1;
    for (int i = 0; i < o->sites; i++)
        if (sites >> i & 1) {
            *lots += o->site[i].stretches;
            if (*cells <= (size_t)o->rows)
                *cells *= o->site[i].values + 1;
        }
    if (*cells > *lots)
        *cells = *lots;
}

/* Where the stretches that hold row FROM end, the first of them; CODE gets
 * their values. AT is moved on. */
static uint32_t
next_cut(const struct cutting *k, uint32_t from, uint32_t at[SITES_MAX],
         uint32_t code[SITES_MAX])
{
    uint32_t next = (uint32_t)k->o->rows;

    for (int i = 0; i < k->o->sites; i++) {
        const struct site *s = &k->o->site[i];

        if ((k->sites >> i & 1) == 0)
            continue;
        if (at[i] + 1 < s->stretches && s->stretch[at[i] + 1].from <= from)
            at[i]++;
        code[i] = s->stretch[at[i]].code;
        if (at[i] + 1 < s->stretches && s->stretch[at[i] + 1].from < next)
            next = s->stretch[at[i] + 1].from;
    }
    return next;
}

/* Cells by their codes: by number where there are few that can be, so that
 * there is nothing to search. */
struct coded {
    const struct cutting *k;
    uint32_t step[SITES_MAX];   /* 0: of no number */
    struct cells known;
};

static void
coded_init(struct coded *c, const struct cutting *k, size_t cells)
{
    size_t numbers = 1;

    *c = (struct coded){ .k = k };
    for (int i = 0; i < k->o->sites && numbers <= NUMBERS_MAX; i++)
        if (k->sites >> i & 1) {
            c->step[i] = (uint32_t)numbers;
            numbers *= k->o->site[i].values;
        }
    if (numbers <= NUMBERS_MAX)
        cells = numbers;
    else
        memset(c->step, 0, sizeof c->step);
    cells_init(&c->known, sizeof k->code[0], cells);
    c->known.list = k->code;
}

static int *
coded_find(struct coded *c, const uint32_t code[SITES_MAX])
{
    uint32_t number = 0, any = 0;

    for (int i = 0; i < SITES_MAX; i++) {
        number += code[i] * c->step[i];
        any |= c->step[i];
    }
    return any != 0 ? &c->known.slot[number] : cells_find(&c->known, code);
}

void
cutting_make(struct cutting *k, const struct ordered *o, unsigned sites)
{
    uint32_t at[SITES_MAX] = { 0 }, code[SITES_MAX] = { 0 };
    uint32_t rows = (uint32_t)o->rows, to;
    size_t lots, cells;
    struct coded known;

    *k = (struct cutting){ .o = o, .sites = sites };
    most_of(o, sites, &lots, &cells);
    k->lot = mem_take(lots * sizeof *k->lot);
    k->code = mem_take(cells * sizeof *k->code);
    k->rows = mem_take(cells * sizeof *k->rows);
    coded_init(&known, k, cells);
    for (uint32_t from = 0; from < rows; from = to) {
        int *cell;

        to = next_cut(k, from, at, code);
        cell = coded_find(&known, code);
        if (*cell == 0) {
            memcpy(k->code[k->cells], code, sizeof code);
            *cell = ++k->cells;
        }
        k->lot[k->lots++] = (struct lot){ from, to, *cell - 1 };
        k->rows[*cell - 1] += to - from;
    }
    free(known.known.slot);
}

void
cutting_clear(struct cutting *k)
{
    free(k->lot);
    free(k->code);
    free(k->rows);
}

/* The new cell of each, -1 where no route takes it anywhere; FIRST gets an
 * old one of each new. How many there are. */
static int
reduce_cells(const struct cutting *k, const struct route *route, int routes,
             int *cell, int *first)
{
    size_t words = (size_t)routes;
    int32_t *key = mem_take(((size_t)k->cells + 1) * words * sizeof *key + 1);
    int32_t *new = key;
    struct cells known;
    int count = 0;

    cells_init(&known, words * sizeof *key, (size_t)k->cells);
    known.list = key;
    for (int i = 0; i < k->cells; i++) {
        bool any = false;
        int *slot;

        for (int r = 0; r < routes; r++) {
            new[r] = route[r].place[i];
            any = any || new[r] >= 0;
        }
        cell[i] = -1;
        if (!any)
            continue;
        slot = cells_find(&known, new);
        if (*slot == 0) {
            first[count] = i;
            *slot = ++count;
            new += words;
        }
        cell[i] = *slot - 1;
    }
    free(known.slot);
    free(key);
    return count;
}

static void
reduce_lots(struct cutting *k, const int *cell)
{
    int n = 0;

    for (int i = 0; i < k->lots; i++) {
        struct lot l = k->lot[i];

        l.place = cell[l.place];
        if (l.place < 0)
            continue;
        if (n > 0 && k->lot[n - 1].place == l.place
            && k->lot[n - 1].to == l.from)
            k->lot[n - 1].to = l.to;
        else
            k->lot[n++] = l;
    }
    k->lots = n;
}

void
cutting_reduce(struct cutting *k, struct route *route, int routes)
{
    int *cell = mem_take(((size_t)k->cells + 1) * sizeof *cell);
    int *first = mem_take(((size_t)k->cells + 1) * sizeof *first);
    int64_t *rows = mem_take(((size_t)k->cells + 1) * sizeof *rows);
    int count = reduce_cells(k, route, routes, cell, first);

    reduce_lots(k, cell);
    for (int i = 0; i < k->cells; i++)
        if (cell[i] >= 0)
            rows[cell[i]] += k->rows[i];
    /* FIRST rises, and is never before the new cell. */
    for (int r = 0; r < routes; r++)
        for (int i = 0; i < count; i++)
            route[r].place[i] = route[r].place[first[i]];
    free(k->rows);
    free(k->code);
    free(first);
    free(cell);
    k->rows = rows;
    k->code = NULL;
    k->cells = count;
}
