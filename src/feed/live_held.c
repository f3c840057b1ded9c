/* live_held.c - see live_held.h.
 *
 * What is held of a registration is found by its number, a person by the
 * pseudonym (open addressing); a person's registrations are a list. Nothing
 * is ever removed from these but all at once: a registration that is gone
 * keeps its place, a person whose number was corrected keeps an empty list.
 * What is kept of rows is wiped before it is given back. */
#include "feed/live_held.h"
#include <stdlib.h>
#include <string.h>
#include "base/array.h"

enum { EMPTY = 0, FIRST = 256 };

void
live_held_wipe(struct live_round *r)
{
    mem_wipe(r->row, r->room * r->packing.bytes);
    mem_wipe(r->held, r->room * sizeof *r->held);
    mem_wipe(r->order, r->room * sizeof *r->order);
    mem_wipe(r->person, r->person_room * sizeof *r->person);
    mem_wipe(r->slot, r->slots * sizeof *r->slot);
    free(r->undecided);
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
    mem_wipe(*array, used);
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

bool
live_place_of(struct live_round *r, int64_t number, bool wanted, size_t *i,
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

bool
live_more_persons(struct live_round *r, struct err *e)
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

bool
live_find_person(struct live_round *r, const uint8_t pseudonym[16],
                 uint32_t *person, struct err *e)
{
    uint32_t *slot;

    if (r->persons == r->person_room && !live_more_persons(r, e))
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

bool
live_mark_undecided(struct live_round *r, uint32_t person, struct err *e)
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

void
live_unlink(struct live_round *r, size_t i)
{
    uint32_t *at = &r->person[r->held[i].person - 1].first;

    while (*at != i + 1)
        at = &r->held[*at - 1].next;
    *at = r->held[i].next;
}

void
live_link(struct live_round *r, size_t i)
{
    struct person *p = &r->person[r->held[i].person - 1];

    r->held[i].next = p->first;
    p->first = (uint32_t)i + 1;
}
