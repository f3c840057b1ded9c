/* cutting.c - see cutting.h.
 *
 * Values of sites that were met before go where they went then; only new
 * ones are routed, so that it matters little how many stretches there are. */
#include "column/cutting.h"
#include <stdlib.h>
#include "column/list.h"
#include "column/numbered.h"

/* Values of sites that few can be are numbered outright. */
enum { OUTRIGHT_MAX = 1 << 14 };

/* A cutting on its way. */
struct cutter {
    struct cutting *k;
    const struct ordered *o;
    const struct routing *routing;
    unsigned sites;
    uint32_t at[SITES_MAX], code[SITES_MAX];    /* stretch, its value */
    uint32_t step[SITES_MAX];   /* of the values' number */
    int *outright;              /* met + 1 by that number; NULL: too many */
    struct numbered met;        /* values of the sites */
    int *cell;                  /* of each met; -1: none */
    int cell_room;
    struct numbered cells;      /* the places of their routes */
    int32_t *place;             /* of one */
    int lot_room, rows_room;
};

static size_t
places_bytes(const struct cutter *c)
{
    return (size_t)c->routing->routes * sizeof *c->place;
}

static void
cutter_init(struct cutter *c)
{
    size_t numbers = 1;

    for (int i = 0; i < c->o->sites && numbers <= OUTRIGHT_MAX; i++)
        if (c->sites >> i & 1) {
            c->step[i] = (uint32_t)numbers;
            numbers *= c->o->site[i].values;
        }
    if (numbers <= OUTRIGHT_MAX)
        c->outright = mem_take(numbers * sizeof *c->outright + 1);
    c->place = mem_take(places_bytes(c));
}

static void
cutter_clear(struct cutter *c)
{
    free(c->outright);
    numbered_clear(&c->met);
    free(c->cell);
    free(c->place);
    free(c->cells.slot);        /* the keys are the cutting's */
}

/* Moves on to the stretches that hold row FROM; where the first of them ends,
 * or, if no route takes them anywhere, the last that says so. */
static uint32_t
next_cut(struct cutter *c, uint32_t from, bool *taken)
{
    uint32_t next = (uint32_t)c->o->rows, past = 0;

    for (int i = 0; i < c->o->sites; i++) {
        const struct site *s = &c->o->site[i];
        const uint8_t *is_taken = c->routing->taken[i];
        uint32_t end = (uint32_t)c->o->rows;

        if ((c->sites >> i & 1) == 0)
            continue;
        while (c->at[i] + 1 < s->stretches
               && s->stretch[c->at[i] + 1].from <= from)
            c->at[i]++;
        c->code[i] = s->stretch[c->at[i]].code;
        if (c->at[i] + 1 < s->stretches)
            end = s->stretch[c->at[i] + 1].from;
        next = end < next ? end : next;
        if (is_taken != NULL && is_taken[c->code[i]] == 0)
            past = end > past ? end : past;
    }
    *taken = past == 0;
    return past > 0 ? past : next;
}

/* The number of the values in C->code among those that were met. */
static int
find_met(struct cutter *c)
{
    uint32_t number = 0;
    int *slot;

    if (c->outright == NULL)
        return number_of_key(&c->met, c->code, sizeof c->code);
    for (int i = 0; i < SITES_MAX; i++)
        number += c->code[i] * c->step[i];
    slot = &c->outright[number];
    if (*slot == 0)
        *slot = ++c->met.count;
    return *slot - 1;
}

/* The cell of the values in C->code, or -1. */
static int
find_cell(struct cutter *c)
{
    int before = c->met.count, met = find_met(c);
    bool any = false;

    if (met < before)
        return c->cell[met];
    c->routing->route(c->routing->ctx, c->code, c->place);
    for (int r = 0; r < c->routing->routes; r++)
        any = any || c->place[r] >= 0;
    c->cell = list_room(c->cell, met + 1, &c->cell_room, sizeof *c->cell);
    c->cell[met] = any ? number_of_key(&c->cells, c->place, places_bytes(c))
                       : -1;
    return c->cell[met];
}

/* Rows FROM..TO-1 are of CELL. */
static void
add_lot(struct cutter *c, uint32_t from, uint32_t to, int cell)
{
    struct cutting *k = c->k;
    struct lot *last = k->lots > 0 ? &k->lot[k->lots - 1] : NULL;

    k->rows = list_room(k->rows, cell + 1, &c->rows_room, sizeof *k->rows);
    if (cell == k->cells)
        k->rows[k->cells++] = 0;
    k->rows[cell] += to - from;
    if (last != NULL && last->place == cell && last->to == from) {
        last->to = to;
        return;
    }
    k->lot = list_room(k->lot, k->lots + 1, &c->lot_room, sizeof *k->lot);
    k->lot[k->lots++] = (struct lot){ from, to, cell };
}

void
cutting_make(struct cutting *k, const struct ordered *o, unsigned sites,
             const struct routing *routing)
{
    struct cutter c = { .k = k, .o = o, .routing = routing, .sites = sites };
    uint32_t rows = (uint32_t)o->rows, to;

    *k = (struct cutting){ .routes = routing->routes };
    cutter_init(&c);
    for (uint32_t from = 0; from < rows; from = to) {
        bool taken;
        int cell;

        to = next_cut(&c, from, &taken);
        cell = taken ? find_cell(&c) : -1;
        if (cell >= 0)
            add_lot(&c, from, to, cell);
    }
    k->place = c.cells.keys;
    cutter_clear(&c);
}

void
cutting_clear(struct cutting *k)
{
    free(k->lot);
    free(k->rows);
    free(k->place);
}
