/* cutting.c - see cutting.h.
 *
 * Values of sites that were met before go where they went then; only new
 * ones are routed, so that it matters little how many stretches there are. */
#include "column/cutting.h"
#include <stdlib.h>
#include "base/arena.h"
#include "column/numbered.h"

/* Values of sites that few can be are numbered outright. */
enum { OUTRIGHT_MAX = 1 << 14 };

enum { ELSEWHERE = -1 };        /* no route takes such values anywhere */

/* A site that is cut at, and the stretch that has been come to. */
struct edge {
    const struct site *site;
    const uint8_t *taken;       /* as in struct routing */
    uint32_t at, end;           /* its number; where it ends */
    uint32_t *code;             /* gets the number of its value */
    uint32_t step;              /* of the number of all values */
};

/* A cutting on its way. */
struct cutter {
    struct cutting *k;
    const struct routing *routing;
    uint32_t rows;
    struct edge edge[SITES_MAX];
    int edges;
    uint32_t code[SITES_MAX];
    int *outright;              /* what became of values by their number:
                                   cell + 1, ELSEWHERE, or 0: not met yet;
                                   NULL: too many */
    struct numbered met;        /* values that were met ... */
    int *became;                /* ... and what became of them */
    int became_room;
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
cutter_init(struct cutter *c, const struct ordered *o, unsigned sites)
{
    size_t numbers = 1;

    for (int i = 0; i < o->sites; i++)
        if (sites >> i & 1) {
            c->edge[c->edges++] = (struct edge){
                .site = &o->site[i], .taken = c->routing->taken[i],
                .at = UINT32_MAX, .code = &c->code[i],
                .step = (uint32_t)numbers
            };
            if (numbers <= OUTRIGHT_MAX)
                numbers *= o->site[i].values;
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
    free(c->became);
    free(c->place);
    numbered_clear(&c->cells);
}

/* Moves E on to the stretch that holds row FROM. */
static void
advance(const struct cutter *c, struct edge *e, uint32_t from)
{
    const struct site *s = e->site;

    do {
        e->at++;
        e->end = e->at + 1 < s->stretches ? s->stretch[e->at + 1].from
                                          : c->rows;
    } while (e->end <= from);
    *e->code = s->stretch[e->at].code;
}

/* Moves on to the stretches that hold row FROM; where the first of them ends,
 * or, if no route takes them anywhere, the last that says so. */
static uint32_t
next_cut(struct cutter *c, uint32_t from, bool *taken)
{
    uint32_t next = c->rows, past = 0;

    for (int i = 0; i < c->edges; i++) {
        struct edge *e = &c->edge[i];

        if (e->end <= from)
            advance(c, e, from);
        if (e->end < next)
            next = e->end;
        if (e->taken != NULL && e->taken[*e->code] == 0 && e->end > past)
            past = e->end;
    }
    *taken = past == 0;
    return past > 0 ? past : next;
}

/* Where it stands what became of the values in C->code. */
static int *
find_met(struct cutter *c)
{
    uint32_t number = 0;
    int met;

    if (c->outright != NULL) {
        for (int i = 0; i < c->edges; i++)
            number += *c->edge[i].code * c->edge[i].step;
        return &c->outright[number];
    }
    met = number_of_key(&c->met, c->code, sizeof c->code);
    c->became = mem_more(c->became, met, &c->became_room, sizeof *c->became);
    return &c->became[met];
}

/* The cell of the values in C->code, or -1. */
static int
find_cell(struct cutter *c)
{
    int *became = find_met(c);
    bool any = false;

    if (*became != 0)
        return *became == ELSEWHERE ? -1 : *became - 1;
    c->routing->route(c->routing->ctx, c->code, c->place);
    for (int r = 0; r < c->routing->routes; r++)
        any = any || c->place[r] >= 0;
    *became = any ? number_of_key(&c->cells, c->place, places_bytes(c)) + 1
                  : ELSEWHERE;
    return any ? *became - 1 : -1;
}

/* Rows FROM..TO-1 are of CELL. */
static void
add_lot(struct cutter *c, uint32_t from, uint32_t to, int cell)
{
    struct cutting *k = c->k;
    struct lot *last = k->lots > 0 ? &k->lot[k->lots - 1] : NULL;

    if (cell == k->cells) {
        k->rows = mem_more(k->rows, cell, &c->rows_room, sizeof *k->rows);
        k->cells++;
    }
    k->rows[cell] += to - from;
    if (last != NULL && last->place == cell && last->to == from) {
        last->to = to;
        return;
    }
    k->lot = mem_more(k->lot, k->lots, &c->lot_room, sizeof *k->lot);
    k->lot[k->lots++] = (struct lot){ from, to, cell };
}

/* What each route reaches, from the places of the cells. */
static void
find_reach(struct cutting *k, const int32_t *place)
{
    int room = 0, count = 0;

    k->first = mem_take(((size_t)k->routes + 1) * sizeof *k->first);
    for (int r = 0; r < k->routes; r++) {
        for (int i = 0; i < k->cells; i++) {
            int32_t to = place[(size_t)i * (size_t)k->routes + (size_t)r];

            if (to < 0)
                continue;
            k->reach = mem_more(k->reach, count, &room, sizeof *k->reach);
            k->reach[count++] = (struct reach){ i, to };
        }
        k->first[r + 1] = count;
    }
}

void
cutting_make(struct cutting *k, const struct ordered *o, unsigned sites,
             const struct routing *routing)
{
    struct cutter c = { .k = k, .routing = routing,
                        .rows = (uint32_t)o->rows };
    uint32_t to;

    *k = (struct cutting){ .routes = routing->routes };
    cutter_init(&c, o, sites);
    for (uint32_t from = 0; from < c.rows; from = to) {
        bool taken;
        int cell;

        to = next_cut(&c, from, &taken);
        cell = taken ? find_cell(&c) : -1;
        if (cell >= 0)
            add_lot(&c, from, to, cell);
    }
    find_reach(k, c.cells.keys);
    cutter_clear(&c);
}

void
cutting_clear(struct cutting *k)
{
    free(k->lot);
    free(k->rows);
    free(k->reach);
    free(k->first);
}
