/* live_round.c - see live_round.h: taking registrations in, and deciding. */
#include "feed/live_round.h"
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "calc/derive.h"
#include "calc/rank.h"
#include "feed/live_held.h"
#include "store/log.h"

const struct actor live_actor = {
    .name = "brukerplan", .rights = "server", .purpose = "counters",
    .all_units = true
};

struct live_round *
live_round_new(struct store *s, const char *id,
               const struct live_options *options)
{
    struct live_round *r = mem_take(sizeof *r);
    size_t n = strlen(id) + 1;

    memset(r, 0, sizeof *r);
    r->store = s;
    r->id = memcpy(mem_take(n), id, n);
    r->options = options;
    return r;
}

void
live_round_free(struct live_round *r)
{
    if (r == NULL)
        return;
    live_round_wipe(r);
    store_close(r->store);
    free(r->id);
    free(r);
}

void
live_round_wipe(struct live_round *r)
{
    struct live_round kept = {
        .store = r->store, .id = r->id, .options = r->options,
        .wants_columns = r->wants_columns
    };

    live_columns_drop(r);
    if (r->said != NULL)
        live_said_forget(r);
    if (r->decoder.o != NULL) {
        sodium_memzero(r->decoder.value, (size_t)r->opened.in->variable_count
                                         * sizeof *r->decoder.value);
        decoder_clear(&r->decoder);
    }
    live_held_wipe(r);
    free(r->work);
    live_fixed_clear(r);
    opened_clear(&r->opened);
    arena_clear(&r->arena);
    *r = kept;
}

/* ---- counting one in and out ---- */

static void
set_counts(struct live_round *r, size_t i, bool counts)
{
    struct held *h = &r->held[i];
    struct unit_count *c = &r->units[h->unit];

    if (h->counts == counts)
        return;
    h->counts = counts;
    c->counting += counts ? 1 : -1;
    c->superseded -= counts ? 1 : -1;
    live_count_row(r, i, -1, counts ? 1 : -1);
}

/* A complete one with SIGN, as one that doesn't count. */
static void
count_complete(struct live_round *r, size_t i, int sign)
{
    const struct held *h = &r->held[i];
    struct unit_count *c = &r->units[h->unit];

    c->complete += sign;
    c->superseded += sign;
    if (h->no_number)
        c->no_number += sign;
    if (h->person != 0)
        r->matched += sign;
    live_count_row(r, i, h->unit, sign);
}

/* Held I with SIGN among all that is counted, but for whether it counts. */
static bool
count_held(struct live_round *r, size_t i, int sign, struct err *e)
{
    const struct held *h = &r->held[i];

    if (h->status == HELD_GONE)
        return true;
    if (h->status == STATUS_DRAFT)
        r->units[h->unit].draft += sign;
    else if (h->status == STATUS_WITHDRAWN)
        r->units[h->unit].withdrawn += sign;
    else
        count_complete(r, i, sign);
    return h->status == STATUS_WITHDRAWN
           || live_count_work(r, h, sign, e);
}

static bool
take_out(struct live_round *r, size_t i, struct err *e)
{
    struct held *h = &r->held[i];

    if (h->status == STATUS_COMPLETE) {
        set_counts(r, i, false);
        if (h->person != 0) {
            live_unlink(r, i);
            if (!live_mark_undecided(r, h->person, e))
                return false;
        }
    }
    if (!count_held(r, i, -1, e))
        return false;
    h->status = HELD_GONE;
    h->person = h->next = 0;
    sodium_memzero(r->row + i * r->packing.bytes, r->packing.bytes);
    return true;
}

/* The derived row of REG, and its rank: that is made as feed/settle.c makes
 * it, without what is sealed. */
static bool
derive(struct live_round *r, size_t i, const struct registration *reg,
       struct err *e)
{
    const struct instrument *in = r->opened.in;
    int32_t *value = r->decoder.value;
    struct held *h = &r->held[i];

    if (!decode(&r->decoder, reg, e))
        return false;
    derive_row(in, value, r->decoder.row.set, NULL);
    if (!row_pack(&r->packing, &r->decoder.row,
                  r->row + i * r->packing.bytes))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    for (int v = 0; v < in->entered_count; v++)
        if (in->variables[v].kind == KIND_TEXT)
            value[v] = VALUE_UNANSWERED;
    h->rank = rank_of(in, value, reg->tier, reg->completed_on, reg->number);
    return true;
}

/* What the store has of a registration now. */
static bool
put_in(struct live_round *r, const struct registration *reg, struct err *e)
{
    struct held *h;
    size_t i;

    if (!live_place_of(r, reg->number, true, &i, e) || !take_out(r, i, e))
        return false;
    h = &r->held[i];
    h->unit = (uint16_t)reg->unit;
    h->tier = (uint8_t)reg->tier;
    h->completed_on = reg->completed_on;
    h->no_number = !reg->has_pseudonym;
    if (reg->status == STATUS_COMPLETE
        && (!derive(r, i, reg, e)
            || (reg->has_pseudonym && !live_training(r)
                && !live_find_person(r, reg->pseudonym, &h->person, e))))
        return false;
    h->status = (uint8_t)reg->status;
    if (!count_held(r, i, 1, e))
        return false;
    if (h->status != STATUS_COMPLETE)
        return true;
    if (h->person == 0) {
        set_counts(r, i, reg->superseded_by == 0);
        return true;
    }
    live_link(r, i);
    return live_mark_undecided(r, h->person, e);
}

/* ---- deciding ---- */

static void
decide_person(struct live_round *r, struct person *p)
{
    uint32_t best = p->first, size = 0;

    for (uint32_t at = p->first; at != 0; at = r->held[at - 1].next) {
        size++;
        if (r->held[at - 1].rank < r->held[best - 1].rank)
            best = at;
    }
    for (uint32_t at = p->first; at != 0; at = r->held[at - 1].next)
        if (at != best)
            set_counts(r, at - 1, false);
    if (best != 0)
        set_counts(r, best - 1, true);
    if (p->size > 0)
        r->sizes[p->size > 3 ? 2 : p->size - 1]--;
    if (size > 0)
        r->sizes[size > 3 ? 2 : size - 1]++;
    p->size = size;
    p->undecided = false;
}

void
live_round_decide(struct live_round *r)
{
    for (size_t i = 0; i < r->undecided_count; i++)
        decide_person(r, &r->person[r->undecided[i]]);
    r->undecided_count = 0;
}

/* ---- reading ---- */

/* Takes in what ASK asks for; *FOUND: how many that is. */
static bool
take(struct live_round *r, const struct scan_ask *ask, int64_t *found,
     struct err *e)
{
    struct scan *scan = scan_begin(r->store, &live_actor, r->opened.round,
                                   ask, e);
    const struct registration *reg;
    bool ok = scan != NULL;

    *found = 0;
    if (!ok)
        return false;
    while (ok && (ok = scan_next(scan, &reg, e)) && reg != NULL) {
        ++*found;
        ok = put_in(r, reg, e);
    }
    return scan_end(scan, e) && ok;
}

/* Whether there is anything sealed, and a key for it. */
static bool
has_sealed(const struct live_round *r)
{
    const struct instrument *in = r->opened.in;
    struct err ignored = { 0 };
    struct round_key key;
    bool any = false, found;

    for (int i = 0; i < in->entered_count; i++)
        any = any || in->variables[i].kind == KIND_CODES
              || in->variables[i].kind == KIND_TEXT;
    if (!any)
        return false;
    found = key_load(store_keys(r->store), r->id, &key, &ignored);
    key_wipe(&key);
    return found;
}

static bool
make(struct live_round *r, struct err *e)
{
    struct scan_ask ask = { .what = "counters" };
    size_t units;
    int64_t found;

    if (!opened_init(&r->opened, r->store, r->id, e))
        return false;
    r->changes = r->opened.round->changes;
    units = (size_t)r->opened.round->unit_count;
    ask.with_sealed = r->sealed = has_sealed(r);
    decoder_init(&r->decoder, &r->opened);
    packing_init(&r->packing, r->opened.in, r->decoder.set_words, &r->arena);
    r->units = arena_array(&r->arena, units + 1, sizeof *r->units);
    r->said = arena_array(&r->arena, units + (size_t)-SAID_ALL,
                          sizeof *r->said);
    live_fixed_init(r);
    return live_more_persons(r, e) && take(r, &ask, &found, e);
}

bool
live_round_make(struct live_round *r, struct err *e)
{
    bool ok;

    live_round_wipe(r);
    arena_init(&r->arena);
    ok = store_read_begin(r->store, e);
    ok = ok && make(r, e);
    store_read_end(r->store);
    if (!ok) {
        live_round_wipe(r);
        return false;
    }
    live_round_decide(r);
    r->made = true;
    return true;
}

bool
live_round_take(struct live_round *r, int64_t number, struct err *e)
{
    const struct scan_ask ask = {
        .number = number, .what = "counters", .with_sealed = r->sealed
    };
    int64_t found;
    size_t i;
    bool ok;

    assert(r->made);
    live_said_forget(r);
    ok = take(r, &ask, &found, e);
    if (ok && found == 0 && live_place_of(r, number, false, &i, e))
        ok = take_out(r, i, e);
    r->taken++;
    if (!ok)
        live_round_wipe(r);
    return ok;
}
