/* mask.c - see mask.h. */
#include "column/mask.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "column/list.h"

enum { SITE_BITS = 15 };        /* of a year, a period: INT_MAX_VALUE */

static unsigned
hash(const struct mask *k)
{
    unsigned h = (unsigned)k->kind * 31 + (unsigned)k->op;

    h = (h * 0x9E3779B1u) ^ (unsigned)k->a;
    h = (h * 0x9E3779B1u) ^ (unsigned)k->b;
    h *= 0x85EBCA6Bu;
    return h ^ h >> 15;
}

static bool
same(const struct mask *a, const struct mask *b)
{
    return a->kind == b->kind && a->op == b->op && a->a == b->a
        && a->b == b->b;
}

static void
rehash(struct masks *m)
{
    free(m->slot);
    m->slots = m->slots > 0 ? m->slots * 2 : 1024;
    m->slot = mem_take((size_t)m->slots * sizeof *m->slot);
    for (int i = MASK_FIRST; i < m->count; i++) {
        unsigned at = hash(&m->mask[i]);

        while (m->slot[at & (unsigned)(m->slots - 1)] != 0)
            at++;
        m->slot[at & (unsigned)(m->slots - 1)] = i;
    }
}

/* The mask that is K, which is added if there is none. */
static int
mask_of(struct masks *m, struct mask k)
{
    unsigned at;

    if (m->count * 2 >= m->slots)
        rehash(m);
    for (at = hash(&k);; at++) {
        int found = m->slot[at & (unsigned)(m->slots - 1)];

        if (found == 0)
            break;
        if (same(&m->mask[found], &k))
            return found;
    }
    m->mask = list_room(m->mask, m->count + 1, &m->room, sizeof *m->mask);
    m->mask[m->count] = k;
    m->slot[at & (unsigned)(m->slots - 1)] = m->count;
    return m->count++;
}

void
masks_init(struct masks *m, const struct columns *c,
           const struct instrument *in)
{
    *m = (struct masks){ .c = c, .in = in };
    m->mask = list_room(NULL, MASK_FIRST, &m->room, sizeof *m->mask);
    m->mask[MASK_NONE] = m->mask[MASK_ALL]
        = (struct mask){ .kind = MASK_CONST };
    m->count = MASK_FIRST;
}

void
masks_clear(struct masks *m)
{
    free(m->mask);
    free(m->slot);
    free(m->hits);
}

/* The mask that M is all but, or -1: not(x) is all and not x. */
static int
complement(const struct masks *m, int a)
{
    const struct mask *k = &m->mask[a];

    if (a == MASK_NONE)
        return MASK_ALL;
    return k->kind == MASK_PAIR && k->op == BIT_AND_NOT && k->a == MASK_ALL
        ? k->b : -1;
}

static int
pair(struct masks *m, enum bit_op op, int a, int b)
{
    return mask_of(m, (struct mask){ MASK_PAIR, op, a, b });
}

int
mask_and(struct masks *m, int a, int b)
{
    if (a > b)
        return mask_and(m, b, a);
    if (a == MASK_NONE || a == b)
        return a;
    if (a == MASK_ALL)
        return b;
    if (complement(m, a) >= 0)
        return mask_and_not(m, b, complement(m, a));
    if (complement(m, b) >= 0)
        return mask_and_not(m, a, complement(m, b));
    return pair(m, BIT_AND, a, b);
}

int
mask_and_not(struct masks *m, int a, int b)
{
    if (a == b || a == MASK_NONE || b == MASK_ALL)
        return MASK_NONE;
    if (b == MASK_NONE)
        return a;
    if (complement(m, b) >= 0)
        return mask_and(m, a, complement(m, b));
    return pair(m, BIT_AND_NOT, a, b);
}

int
mask_or(struct masks *m, int a, int b)
{
    if (a > b)
        return mask_or(m, b, a);
    if (a == MASK_NONE || a == b)
        return b;
    if (a == MASK_ALL)
        return MASK_ALL;
    return pair(m, BIT_OR, a, b);
}

/* BIT decides which of two masks holds; -1 is either, whatever is
 * simplest: no row comes there. */
static int
choose(struct masks *m, int bit, int one, int zero)
{
    if (one == zero || zero < 0)
        return one;
    if (one < 0)
        return zero;
    if (zero == MASK_NONE)
        return mask_and(m, bit, one);
    if (one == MASK_NONE)
        return mask_and_not(m, zero, bit);
    if (one == MASK_ALL)
        return mask_or(m, bit, zero);
    if (zero == MASK_ALL)
        return mask_or(m, one, mask_and_not(m, MASK_ALL, bit));
    return mask_or(m, mask_and(m, bit, one), mask_and_not(m, zero, bit));
}

int
mask_plane(struct masks *m, uint32_t plane)
{
    if (plane == PLANE_EMPTY)
        return MASK_NONE;
    if (plane == PLANE_FULL)
        return MASK_ALL;
    return mask_of(m, (struct mask){ MASK_PLANE, 0, (int)plane, 0 });
}

int
mask_site_of(const struct masks *m, int v)
{
    for (int i = 0; v >= 0 && i < SITE_COUNT; i++)
        if (m->in->role[site_role[i]] == v)
            return i;
    return -1;
}

static bool
in_spans(int32_t value, const struct span *spans, int count)
{
    for (int i = 0; i < count; i++)
        if (value >= spans[i].from && value <= spans[i].to)
            return true;
    return false;
}

/* Room for one more list of stretches. */
static uint8_t *
next_hits(struct masks *m)
{
    size_t n = (size_t)m->c->stretches;

    m->hits = list_room(m->hits, m->hit_lists + 1, &m->hit_room,
                        n > 0 ? n : 1);
    return m->hits + (size_t)m->hit_lists * n;
}

/* The mask of the list that was made last. */
static int
mask_hits(struct masks *m)
{
    size_t n = (size_t)m->c->stretches;
    const uint8_t *hit = m->hits + (size_t)m->hit_lists * n;

    if (memchr(hit, 1, n) == NULL)
        return MASK_NONE;
    if (memchr(hit, 0, n) == NULL)
        return MASK_ALL;
    for (int i = 0; i < m->hit_lists; i++)
        if (memcmp(m->hits + (size_t)i * n, hit, n) == 0)
            return mask_of(m, (struct mask){ MASK_SITE, 0, i, 0 });
    return mask_of(m, (struct mask){ MASK_SITE, 0, m->hit_lists++, 0 });
}

/* Stretches whose SITE is in SPANS, missing values meant as they are. */
static int
mask_site(struct masks *m, int site, const struct span *spans, int count)
{
    uint8_t *hit = next_hits(m);

    for (int i = 0; i < m->c->stretches; i++)
        hit[i] = in_spans(m->c->stretch[i].site[site], spans, count);
    return mask_hits(m);
}

/* Rows whose SITE is missing as STATE says, or is there (0). */
static int
site_state(struct masks *m, int site, int32_t state)
{
    int *known = &m->known[site][-state];
    struct span span = { state, state < 0 ? state : INT32_MAX };

    if (*known == 0)
        *known = 1 + mask_site(m, site, &span, 1);
    return *known - 1;
}

int
mask_has(struct masks *m, int v)
{
    int site = mask_site_of(m, v);

    return site >= 0 ? site_state(m, site, 0)
                    : mask_plane(m, m->c->column[v].has);
}

int
mask_without(struct masks *m, int v, int32_t state)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v);
    int some;

    if (site >= 0)
        return site_state(m, site, state);
    if (state == VALUE_UNASKED)
        return mask_plane(m, c->unasked);
    if (state == VALUE_UNKNOWN)
        return mask_plane(m, c->unknown);
    some = mask_or(m, mask_plane(m, c->has),
                   mask_or(m, mask_plane(m, c->unasked),
                           mask_plane(m, c->unknown)));
    return mask_and_not(m, MASK_ALL, some);
}

int32_t
mask_low(const struct masks *m, int v)
{
    return mask_site_of(m, v) >= 0 ? 0 : m->c->column[v].low;
}

int
mask_bits(const struct masks *m, int v)
{
    return mask_site_of(m, v) >= 0 ? SITE_BITS : (int)m->c->column[v].bits;
}

int
mask_bit(struct masks *m, int v, int bit)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v);
    uint8_t *hit;

    assert(bit >= 0 && bit < mask_bits(m, v));
    if (site < 0)
        return mask_plane(m, m->c->bit[c->first + (uint32_t)bit]);
    hit = next_hits(m);
    for (int i = 0; i < m->c->stretches; i++) {
        int32_t value = m->c->stretch[i].site[site];

        hit[i] = value >= 0 && (value >> bit & 1) != 0;
    }
    return mask_hits(m);
}

/* What a value in FROM .. FROM + 2^BITS - 1 is tested by: the bits below
 * BITS. -1 where no row has such bits; those of rows without a value are
 * the lowest value's. */
static int
decide(struct masks *m, int v, int32_t from, int bits,
       const struct span *spans, int count)
{
    const struct column *c = &m->c->column[v];
    int32_t to = from + (int32_t)((1u << bits) - 1);
    int32_t half = from + (int32_t)(bits > 0 ? 1u << (bits - 1) : 0);
    int32_t least = c->has == PLANE_FULL ? c->least : c->low;
    bool none = true;

    if (from > c->most || to < least)
        return -1;
    for (int i = 0; i < count; i++) {
        int32_t low = from > least ? from : least;
        int32_t high = to < c->most ? to : c->most;

        if (spans[i].from <= low && spans[i].to >= high)
            return MASK_ALL;
        none = none && (spans[i].from > high || spans[i].to < low);
    }
    if (none)
        return MASK_NONE;
    return choose(m, mask_bit(m, v, bits - 1),
                  decide(m, v, half, bits - 1, spans, count),
                  decide(m, v, from, bits - 1, spans, count));
}

int
mask_in(struct masks *m, int v, const struct span *spans, int count)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v), mask;

    if (site >= 0)
        return mask_site(m, site, spans, count);
    if (c->least > c->most || count == 0)
        return MASK_NONE;
    mask = decide(m, v, c->low, (int)c->bits, spans, count);
    assert(mask >= 0);
    return in_spans(c->low, spans, count) ? mask_and(m, mask, mask_has(m, v))
                                          : mask;
}
