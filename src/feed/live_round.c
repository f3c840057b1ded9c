/* live_round.c - see live_round.h: taking registrations in, and deciding.
 *
 * What is held of a registration is found by its number, a person by the
 * pseudonym (open addressing); a person's registrations are a list. Nothing
 * is ever removed from these but all at once: a registration that is gone
 * keeps its place, a person whose number was corrected keeps an empty list.
 * What is kept of rows is wiped before it is given back. */
#include "feed/live_round.h"
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/array.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "store/log.h"

enum { EMPTY = 0, FIRST = 256 };

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

static void
wipe(void *p, size_t bytes)
{
    if (p != NULL)
        sodium_memzero(p, bytes);
    free(p);
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
    wipe(r->row, r->room * r->packing.bytes);
    wipe(r->held, r->room * sizeof *r->held);
    wipe(r->order, r->room * sizeof *r->order);
    wipe(r->person, r->person_room * sizeof *r->person);
    wipe(r->slot, r->slots * sizeof *r->slot);
    free(r->undecided);
    free(r->work);
    live_fixed_clear(r);
    opened_clear(&r->opened);
    arena_clear(&r->arena);
    *r = kept;
}

static bool
no_memory(size_t bytes, struct err *e)
{
    return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
}

/* *ARRAY of USED bytes with room for BYTES; what was there is wiped. */
static bool
enlarge(void **array, size_t used, size_t bytes, struct err *e)
{
    void *p = malloc(bytes);

    if (p == NULL)
        return no_memory(bytes, e);
    if (used > 0)
        memcpy(p, *array, used);
    wipe(*array, used);
    *array = p;
    return true;
}

/* ---- what is held of a number ---- */

/* Where NUMBER stands in the order, or belongs. */
static size_t
find_order(const struct live_round *r, int64_t number)
{
    size_t low = 0, high = r->count;

    if (high > 0 && r->held[r->order[high - 1]].number < number)
        return high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (r->held[r->order[middle]].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
more_held(struct live_round *r, struct err *e)
{
    size_t room = r->room > 0 ? r->room * 2 : FIRST, n = r->count;
    size_t bytes = r->packing.bytes, most = r->options->bytes_max;

    if (most == 0)
        most = LIVE_BYTES_MAX;
    if (room * bytes > most)
        return err_set(e, ERR_MACHINE, "live.large", "%zu", most >> 20);
    if (!enlarge((void **)&r->held, n * sizeof *r->held,
                 room * sizeof *r->held, e)
        || !enlarge((void **)&r->order, n * sizeof *r->order,
                    room * sizeof *r->order, e)
        || !enlarge((void **)&r->row, n * bytes, room * bytes, e))
        return false;
    r->room = room;
    return true;
}

/* The place of NUMBER; made where WANTED, else *I is not set. */
static bool
place_of(struct live_round *r, int64_t number, bool wanted, size_t *i,
         struct err *e)
{
    size_t at = find_order(r, number);

    if (at < r->count && r->held[r->order[at]].number == number) {
        *i = r->order[at];
        return true;
    }
    if (!wanted)
        return false;
    if (r->count == r->room && !more_held(r, e))
        return false;
    memmove(r->order + at + 1, r->order + at,
            (r->count - at) * sizeof *r->order);
    r->order[at] = (uint32_t)r->count;
    *i = r->count++;
    r->held[*i] = (struct held){ .number = number, .status = HELD_GONE };
    return true;
}

/* ---- persons ---- */

/* A pseudonym is random, but an import may bring its own: its bits are
 * mixed (the finalizer of SplitMix64). */
static uint64_t
hash(const uint8_t pseudonym[16])
{
    uint64_t key[2], h;

    memcpy(key, pseudonym, sizeof key);
    h = key[0] ^ (key[1] + 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93;
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9;
    h = (h ^ h >> 27) * 0x94D049BB133111EB;
    return h ^ h >> 31;
}

static uint32_t *
find_slot(const struct live_round *r, const uint8_t pseudonym[16])
{
    size_t i = hash(pseudonym) & (r->slots - 1);

    while (r->slot[i] != EMPTY
           && memcmp(r->person[r->slot[i] - 1].pseudonym, pseudonym,
                     16) != 0)
        i = (i + 1) & (r->slots - 1);
    return &r->slot[i];
}

static bool
more_persons(struct live_round *r, struct err *e)
{
    size_t room = r->person_room > 0 ? r->person_room * 2 : FIRST;
    size_t slots = room * 2;
    uint32_t *slot;

    if (!enlarge((void **)&r->person, r->persons * sizeof *r->person,
                 room * sizeof *r->person, e))
        return false;
    r->person_room = room;
    slot = calloc(slots, sizeof *slot);
    if (slot == NULL)
        return no_memory(slots * sizeof *slot, e);
    free(r->slot);
    r->slot = slot;
    r->slots = slots;
    for (size_t i = 0; i < r->persons; i++)
        *find_slot(r, r->person[i].pseudonym) = (uint32_t)i + 1;
    return true;
}

static bool
find_person(struct live_round *r, const uint8_t pseudonym[16],
            uint32_t *person, struct err *e)
{
    uint32_t *slot;

    if (r->persons == r->person_room && !more_persons(r, e))
        return false;
    slot = find_slot(r, pseudonym);
    if (*slot == EMPTY) {
        struct person *p = &r->person[r->persons++];

        *p = (struct person){ .first = 0 };
        memcpy(p->pseudonym, pseudonym, sizeof p->pseudonym);
        *slot = (uint32_t)r->persons;
    }
    *person = *slot;
    return true;
}

static bool
mark_undecided(struct live_round *r, uint32_t person, struct err *e)
{
    uint32_t *p;

    if (r->person[person - 1].undecided)
        return true;
    p = array_more(r->undecided, r->undecided_count, &r->undecided_room,
                   sizeof *p, e);
    if (p == NULL)
        return false;
    r->undecided = p;
    r->undecided[r->undecided_count++] = person - 1;
    r->person[person - 1].undecided = true;
    return true;
}

static void
unlink_held(struct live_round *r, size_t i)
{
    uint32_t *at = &r->person[r->held[i].person - 1].first;

    while (*at != i + 1)
        at = &r->held[*at - 1].next;
    *at = r->held[i].next;
}

static void
link_held(struct live_round *r, size_t i)
{
    struct person *p = &r->person[r->held[i].person - 1];

    r->held[i].next = p->first;
    p->first = (uint32_t)i + 1;
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
            unlink_held(r, i);
            if (!mark_undecided(r, h->person, e))
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

    if (!place_of(r, reg->number, true, &i, e) || !take_out(r, i, e))
        return false;
    h = &r->held[i];
    h->unit = (uint16_t)reg->unit;
    h->tier = (uint8_t)reg->tier;
    h->completed_on = reg->completed_on;
    h->no_number = !reg->has_pseudonym;
    if (reg->status == STATUS_COMPLETE
        && (!derive(r, i, reg, e)
            || (reg->has_pseudonym && !live_training(r)
                && !find_person(r, reg->pseudonym, &h->person, e))))
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
    link_held(r, i);
    return mark_undecided(r, h->person, e);
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
    return more_persons(r, e) && take(r, &ask, &found, e);
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
    if (ok && found == 0 && place_of(r, number, false, &i, e))
        ok = take_out(r, i, e);
    r->taken++;
    if (!ok)
        live_round_wipe(r);
    return ok;
}
