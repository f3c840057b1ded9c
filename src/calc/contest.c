/* contest.c - see contest.h.
 *
 * Registrations are only kept as they come; when all are there, one walk over
 * them decides. By then it is known how large a table must be, so it never
 * grows, and the walk knows what it will want next: a slot is fetched from
 * memory AHEAD registrations before it is looked at, and who stands in it
 * NEAR before. What it costs is waiting for memory and hardly anything else.
 *
 * A slot has some bits of the hash beside the number of an entry, so that only
 * one who is most probably the same person is looked at. The entry of a
 * person's first registration is the person's: it knows the least rank and
 * how many there are; the others point to it.
 *
 * A pseudonym is the output of HMAC, whose bits are a hash by themselves. But
 * a file may bring pseudonyms of its own, counted from 1 perhaps, so they are
 * mixed; and it may bring some that were made to fall into one slot. So the
 * steps are counted, and where there are far more of them than chance would
 * make, sorting decides instead, to the same result. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/large.h"
#include "calc/contest.h"
#include "calc/rank.h"

enum {
    EMPTY = 0, FIRST_ROOM = 1 << 10,
    AHEAD = 60, NEAR = 30, RING = 64,
    LEAST_SLOTS = 1024,
    STEPS = 32, STEPS_MORE = 4096   /* of one registration in the mean; chance
                                       makes 3 to 5 */
};
static_assert(AHEAD < RING && NEAR < AHEAD, "a ring holds all that is ahead");

/* Of a person's first registration: SIZE > 0, LINK the entry of the best.
 * Of the others: SIZE 0, LINK the person's first entry. */
struct entry {
    uint64_t key[2];
    uint64_t rank;
    uint32_t link, size;
};

struct contest {
    struct large entries;
    struct entry *entry;        /* that is them */
    size_t count, room;
    size_t table_bytes;         /* of the last decision */
    bool decided, sorted;
};

/* A slot: entry number + 1 in its lowest bits, as many as that takes, and
 * bits of the hash in the others; or EMPTY. */
struct table {
    struct large slots;
    uint32_t *slot;             /* that is them */
    size_t mask;
    int shift;                  /* of a hash: what is left is its slot */
    uint32_t number;            /* mask of the bits that are a number */
};

struct contest *
contest_new(void)
{
    return calloc(1, sizeof(struct contest));
}

void
contest_free(struct contest *c)
{
    if (c == NULL)
        return;
    large_clear(&c->entries);
    free(c);
}

static bool
more_room(struct contest *c, struct err *e)
{
    size_t room = c->room > 0 ? c->room * 2 : FIRST_ROOM;
    size_t bytes = room * sizeof *c->entry;

    if (room > (size_t)UINT32_MAX)      /* an entry's number has 32 bits */
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
    if (!large_grow(&c->entries, bytes, e))
        return false;
    large_pages(&c->entries);
    c->entry = c->entries.at;
    c->room = room;
    return true;
}

bool
contest_add(struct contest *c, const uint8_t pseudonym[16], uint64_t rank,
            struct err *e)
{
    struct entry *x;

    if (c->count == c->room && !more_room(c, e))
        return false;
    x = &c->entry[c->count++];
    memcpy(x->key, pseudonym, sizeof x->key);
    x->rank = rank;
    c->decided = false;
    return true;
}

/* Every bit of KEY in the highest bits, and other ones in the lowest. */
static inline uint64_t
hash(const uint64_t key[2])
{
    uint64_t h = (key[0] ^ key[1] * 0xD6E8FEB86659FD93) * 0x9E3779B97F4A7C15;

    h ^= h >> 32;
    return h * 0xBF58476D1CE4E5B9;
}

static bool
table_new(struct table *t, size_t count, struct err *e)
{
    int bits = 0;

    t->slots = (struct large){ NULL, 0 };
    while ((size_t)LEAST_SLOTS << bits < 2 * count)
        bits++;
    t->mask = ((size_t)LEAST_SLOTS << bits) - 1;
    t->shift = 64 - __builtin_popcountll(t->mask);
    for (t->number = 1; t->number < count; )
        t->number = t->number << 1 | 1;
    if (!large_grow(&t->slots, (t->mask + 1) * sizeof *t->slot, e))
        return false;
    large_pages(&t->slots);
    t->slot = t->slots.at;
    return true;
}

/* Entry I is one more of the person whose first one is FIRST; or the first
 * of a person. */
static inline void
join(const struct contest *c, struct entry *first, size_t i)
{
    struct entry *x = &c->entry[i];

    x->link = (uint32_t)(first - c->entry);
    x->size = 0;
    first->size++;
    if (x->rank < c->entry[first->link].rank)
        first->link = (uint32_t)i;
}

static inline void
begin(const struct contest *c, size_t i)
{
    c->entry[i].link = (uint32_t)i;
    c->entry[i].size = 1;
}

static inline bool
same_person(const struct entry *a, const struct entry *b)
{
    return a->key[0] == b->key[0] && a->key[1] == b->key[1];
}

/* Puts entry I, whose hash is H, to its person. STEPS_LEFT becomes less by
 * what that took; below 0 it may not have been done. */
static inline void
place(const struct contest *c, const struct table *t, uint64_t h, size_t i,
      int64_t *steps_left)
{
    uint32_t sign = (uint32_t)h & ~t->number;

    for (size_t at = h >> t->shift; --*steps_left >= 0;
         at = (at + 1) & t->mask) {
        uint32_t slot = t->slot[at];
        struct entry *first;

        if (slot == EMPTY) {
            t->slot[at] = sign | (uint32_t)(i + 1);
            begin(c, i);
            return;
        }
        if ((slot & ~t->number) != sign)
            continue;
        first = &c->entry[(slot & t->number) - 1];
        if (same_person(first, &c->entry[i])) {
            join(c, first, i);
            return;
        }
    }
}

/* Has the hash of entry I in the ring, and its slot on its way. */
static inline void
look_ahead(const struct contest *c, const struct table *t, uint64_t *ring,
           size_t i)
{
    uint64_t h;

    if (i >= c->count)
        return;
    h = hash(c->entry[i].key);
    ring[i % RING] = h;
    __builtin_prefetch(&t->slot[h >> t->shift], 1);
}

/* Has the one whom entry I may be on its way. STEPS_LEFT as above. */
static inline void
look_near(const struct contest *c, const struct table *t,
          const uint64_t *ring, size_t i, int64_t *steps_left)
{
    uint64_t h;

    if (i >= c->count)
        return;
    h = ring[i % RING];
    for (size_t at = h >> t->shift; --*steps_left >= 0;
         at = (at + 1) & t->mask) {
        uint32_t slot = t->slot[at];

        if (slot == EMPTY)
            return;
        if (((slot ^ (uint32_t)h) & ~t->number) == 0) {
            __builtin_prefetch(&c->entry[(slot & t->number) - 1], 1);
            return;
        }
    }
}

/* False where it took more steps than it should; nothing is decided then. */
static bool
decide_by_hash(const struct contest *c, const struct table *t)
{
    uint64_t ring[RING];
    int64_t left = (int64_t)c->count * STEPS + STEPS_MORE;

    for (size_t i = 0; i < AHEAD; i++)
        look_ahead(c, t, ring, i);
    for (size_t i = 0; i < c->count && left >= 0; i++) {
        look_ahead(c, t, ring, i + AHEAD);
        look_near(c, t, ring, i + NEAR, &left);
        place(c, t, ring[i % RING], i, &left);
    }
    return left >= 0;
}

struct sorting {
    uint64_t key[2];
    uint32_t i;
};

static int
by_person(const void *a, const void *b)
{
    const struct sorting *x = a, *y = b;

    for (int k = 0; k < 2; k++)
        if (x->key[k] != y->key[k])
            return x->key[k] < y->key[k] ? -1 : 1;
    return x->i < y->i ? -1 : x->i > y->i;
}

static bool
decide_by_sorting(struct contest *c, struct err *e)
{
    size_t bytes = c->count * sizeof(struct sorting);
    struct sorting *all = malloc(bytes);
    struct entry *first = NULL;

    if (all == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
    for (size_t i = 0; i < c->count; i++) {
        memcpy(all[i].key, c->entry[i].key, sizeof all[i].key);
        all[i].i = (uint32_t)i;
    }
    qsort(all, c->count, sizeof *all, by_person);
    for (size_t i = 0; i < c->count; i++) {
        struct entry *x = &c->entry[all[i].i];

        if (first != NULL && same_person(first, x)) {
            join(c, first, all[i].i);
        } else {
            begin(c, all[i].i);
            first = x;
        }
    }
    free(all);
    c->sorted = true;
    return true;
}

bool
contest_decide(struct contest *c, struct err *e)
{
    struct table t;

    if (c->decided)
        return true;
    if (!table_new(&t, c->count, e))
        return false;
    c->table_bytes = t.slots.bytes;
    c->sorted = false;
    c->decided = decide_by_hash(c, &t);
    large_clear(&t.slots);
    if (!c->decided)
        c->decided = decide_by_sorting(c, e);
    return c->decided;
}

bool
contest_sorted(const struct contest *c)
{
    return c->sorted;
}

size_t
contest_bytes(const struct contest *c)
{
    return c->count * sizeof *c->entry + c->table_bytes;
}

bool
contest_each(const struct contest *c,
             bool (*see)(void *ctx, int64_t number, int64_t by,
                         int64_t size),
             void *ctx)
{
    assert(c->decided || c->count == 0);
    for (size_t i = 0; i < c->count; i++) {
        const struct entry *x = &c->entry[i], *first;
        uint64_t best;

        if (i + AHEAD < c->count)
            __builtin_prefetch(&c->entry[c->entry[i + AHEAD].link], 0);
        first = x->size > 0 ? x : &c->entry[x->link];
        best = c->entry[first->link].rank;
        if (!see(ctx, rank_number(x->rank),
                 x->rank == best ? 0 : rank_number(best), first->size))
            return false;
    }
    return true;
}
