/* rank.c - see rank.h.
 *
 * Layout of a rank, most significant first: no index 1 bit, tier 3,
 * variables not answered 11, days before the last day 17, number 32.
 *
 * The contest is a hash table of entry numbers with open addressing. A
 * pseudonym is the output of HMAC, but an import may bring its own, counted
 * from 1 perhaps, so its bits are mixed. The entry of a person's first
 * registration is the person's: it knows the least rank and how many there
 * are; the others point to it. */
#include "calc/rank.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBER_BITS = 32, DAY_BITS = 17, ANSWERED_BITS = 11, TIER_BITS = 3
};
static_assert(NUMBER_BITS + DAY_BITS + ANSWERED_BITS + TIER_BITS + 1 == 64,
              "a rank is 64 bits");
static_assert(VARIABLE_MAX < 1 << ANSWERED_BITS, "answered fits its bits");

int
rank_answered(const struct instrument *in, const int32_t *value)
{
    int n = 0;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        n += v->kind != KIND_IDENT && in->tabs[v->tab].ranks && value[i] >= 0;
    }
    return n;
}

uint64_t
rank_of(const struct instrument *in, const int32_t *value, int tier,
        int32_t completed_on, int64_t number)
{
    bool has_index = in->index_variable >= 0
                  && value[in->index_variable] >= 0;
    int32_t day = completed_on < 0 ? 0 : completed_on;
    uint64_t rank = has_index ? 0 : 1;

    assert(tier >= 0 && tier <= RANK_TIER_MAX && day <= RANK_DAY_MAX);
    assert(number >= 1 && number <= UINT32_MAX);
    rank = rank << TIER_BITS | (uint64_t)tier;
    rank = rank << ANSWERED_BITS
         | (uint64_t)(RANK_ANSWERED_MAX - rank_answered(in, value));
    rank = rank << DAY_BITS | (uint64_t)(RANK_DAY_MAX - day);
    return rank << NUMBER_BITS | (uint64_t)number;
}

int64_t
rank_number(uint64_t rank)
{
    return (int64_t)(rank & UINT32_MAX);
}

enum { BLOCK = 1 << 14, EMPTY = 0 };

/* Of a person's first registration: SIZE > 0, LINK the entry of the best.
 * Of the others: SIZE 0, LINK the person's first entry. */
struct entry {
    uint64_t key[2];
    uint64_t rank;
    uint32_t link, size;
};

struct contest {
    struct entry **block;
    size_t blocks, count;
    uint32_t *slot;             /* entry number + 1, or EMPTY */
    size_t slots;               /* a power of two */
};

static struct entry *
at(const struct contest *c, size_t i)
{
    return &c->block[i / BLOCK][i % BLOCK];
}

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
    for (size_t i = 0; i < c->blocks; i++)
        free(c->block[i]);
    free(c->block);
    free(c->slot);
    free(c);
}

/* Every bit of KEY in the lowest bits (the finalizer of SplitMix64). */
static uint64_t
hash(const uint64_t key[2])
{
    uint64_t h = key[0] ^ (key[1] + 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93;

    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9;
    h = (h ^ h >> 27) * 0x94D049BB133111EB;
    return h ^ h >> 31;
}

/* The slot of KEY: its person's, or the empty one where it belongs. */
static uint32_t *
find(const struct contest *c, const uint64_t key[2])
{
    size_t i = hash(key) & (c->slots - 1);

    while (c->slot[i] != EMPTY) {
        const struct entry *x = at(c, c->slot[i] - 1);

        if (x->key[0] == key[0] && x->key[1] == key[1])
            break;
        i = (i + 1) & (c->slots - 1);
    }
    return &c->slot[i];
}

/* Doubles the table. The old one is given back first: the entries hold all
 * that is needed to fill the new one. */
static bool
grow_slots(struct contest *c)
{
    size_t slots = c->slots > 0 ? c->slots * 2 : 1024;

    free(c->slot);
    c->slot = calloc(slots, sizeof *c->slot);
    if (c->slot == NULL)
        return false;
    c->slots = slots;
    for (size_t i = 0; i < c->count; i++)
        if (at(c, i)->size > 0)
            *find(c, at(c, i)->key) = (uint32_t)i + 1;
    return true;
}

static bool
add_block(struct contest *c)
{
    struct entry **block = realloc(c->block,
                                   (c->blocks + 1) * sizeof *block);

    if (block == NULL)
        return false;
    c->block = block;
    c->block[c->blocks] = malloc(BLOCK * sizeof **block);
    if (c->block[c->blocks] == NULL)
        return false;
    c->blocks++;
    return true;
}

bool
contest_add(struct contest *c, const uint8_t pseudonym[16], uint64_t rank,
            struct err *e)
{
    struct entry *x;
    uint32_t *slot;

    if ((c->count == c->blocks * BLOCK && !add_block(c))
        || ((c->count + 1) * 4 > c->slots * 3 && !grow_slots(c)))
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", c->count);
    x = at(c, c->count);
    memcpy(x->key, pseudonym, sizeof x->key);
    x->rank = rank;
    slot = find(c, x->key);
    if (*slot == EMPTY) {
        *slot = (uint32_t)c->count + 1;
        x->link = (uint32_t)c->count;
        x->size = 1;
    } else {
        struct entry *first = at(c, *slot - 1);

        x->link = *slot - 1;
        x->size = 0;
        first->size++;
        if (rank < at(c, first->link)->rank)
            first->link = (uint32_t)c->count;
    }
    c->count++;
    return true;
}

bool
contest_each(const struct contest *c,
             bool (*see)(void *ctx, int64_t number, int64_t by,
                         int64_t size),
             void *ctx)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct entry *x = at(c, i);
        const struct entry *first = x->size > 0 ? x : at(c, x->link);
        uint64_t best = at(c, first->link)->rank;

        if (!see(ctx, rank_number(x->rank),
                 x->rank == best ? 0 : rank_number(best), first->size))
            return false;
    }
    return true;
}
