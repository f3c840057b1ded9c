/* mask.c - see mask.h. */
#include "column/mask.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SITE_BITS = 15 };        /* of a year, a period, a municipality */
static_assert(INT_MAX_VALUE < 1 << SITE_BITS, "all of them");

/* The mask that is K, which is added if there is none. */
static int
mask_of(struct masks *m, struct mask k)
{
    int found = number_of(&m->known, (int)k.kind * BIT_OP_COUNT + (int)k.op,
                          k.a, k.b);

    if (found == m->count) {
        m->mask = mem_more(m->mask, m->count, &m->room, sizeof *m->mask);
        m->mask[m->count++] = k;
    }
    return found;
}

void
masks_init(struct masks *m, const struct columns *c, enum order order,
           const struct instrument *in)
{
    *m = (struct masks){ .c = c, .o = &c->order[order], .in = in };
    arena_init(&m->arena);
    m->of_plane = arena_array(&m->arena, (size_t)c->planes + PLANE_FIRST,
                              sizeof *m->of_plane);
    mask_of(m, (struct mask){ .kind = MASK_CONST, .a = MASK_NONE,
                              .bounded = true });
    mask_of(m, (struct mask){ .kind = MASK_CONST, .a = MASK_ALL });
}

void
masks_clear(struct masks *m)
{
    free(m->mask);
    numbered_clear(&m->known);
    numbered_clear(&m->tested);
    free(m->test);
    arena_clear(&m->arena);
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
    const struct mask *x = &m->mask[a], *y = &m->mask[b];

    return mask_of(m, (struct mask){
        .kind = MASK_PAIR, .op = op, .a = a, .b = b,
        .sites = x->sites | y->sites, .planes = x->planes || y->planes,
        .bounded = op == BIT_OR ? x->bounded && y->bounded
                 : x->bounded || (op == BIT_AND && y->bounded)
    });
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
    if (m->of_plane[plane] == 0)
        m->of_plane[plane] = mask_of(m, (struct mask){
            .kind = MASK_PLANE, .a = (int)plane, .planes = true,
            .bounded = true
        });
    return m->of_plane[plane];
}

int
mask_site_of(const struct masks *m, int v)
{
    for (int i = 0; i < m->o->sites; i++)
        if (m->o->site[i].variable == v)
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

static int
hits_hash(const uint8_t *hit, size_t n)
{
    uint32_t h = 2166136261;

    for (size_t i = 0; i < n; i++)
        h = (h ^ hit[i]) * 16777619;
    return (int)(h >> 1);
}

/* The number of the test of SITE that HIT says, which is the arena's: equal
 * ones have one. Those with the same hash are told apart by how often. */
static int
test_number(struct masks *m, int site, uint8_t *hit, size_t n)
{
    int hash = hits_hash(hit, n), found;

    for (int again = 0;; again++) {
        found = number_of(&m->tested, site, hash, again);
        if (found == m->tests)
            break;
        if (memcmp(m->test[found].hit, hit, n) == 0)
            return found;
    }
    m->test = mem_more(m->test, m->tests, &m->test_room, sizeof *m->test);
    m->test[m->tests++] = (struct site_test){ site, hit };
    return found;
}

/* The mask of the values of SITE that HIT says, which is the arena's. */
static int
mask_test(struct masks *m, int site, uint8_t *hit)
{
    size_t n = m->o->site[site].values;

    if (memchr(hit, 1, n) == NULL)
        return MASK_NONE;
    if (memchr(hit, 0, n) == NULL)
        return MASK_ALL;
    return mask_of(m, (struct mask){
        .kind = MASK_SITE, .a = test_number(m, site, hit, n),
        .sites = (uint8_t)(1u << site), .bounded = true
    });
}

static uint8_t *
new_hits(struct masks *m, int site)
{
    return arena_take(&m->arena, m->o->site[site].values + 1);
}

/* Rows whose SITE has a value in SPANS, missing ones meant as they are. */
static int
mask_site(struct masks *m, int site, const struct span *spans, int count)
{
    uint8_t *hit = new_hits(m, site);

    for (uint32_t i = 0; i < m->o->site[site].values; i++)
        hit[i] = in_spans(m->o->site[site].value[i], spans, count);
    return mask_test(m, site, hit);
}

/* Rows whose SITE is missing as STATE says, or is there (0). */
static int
site_state(struct masks *m, int site, int32_t state)
{
    struct span span = { state, state < 0 ? state : INT32_MAX };

    return mask_site(m, site, &span, 1);
}

/* Bit BIT of V, or of what stands for none. */
static int
value_bit(struct masks *m, int v, int bit)
{
    return mask_plane(m, m->c->bit[m->c->column[v].first + (uint32_t)bit]);
}

/* What a value in FROM .. FROM + 2^BITS - 1 is tested by: the bits below
 * BITS. -1 where no row has such bits; where having none stands apart, those
 * of rows without a value are the lowest value's. */
static int
decide(struct masks *m, int v, int32_t from, int bits,
       const struct span *spans, int count)
{
    const struct column *c = &m->c->column[v];
    int32_t to = from + (int32_t)((1u << bits) - 1);
    int32_t half = from + (int32_t)((1u << bits) / 2);
    int32_t least = c->apart && m->c->bit[c->first + c->bits + APART_HAS]
                                != PLANE_FULL ? c->low : c->least;
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
    assert(bits > 0);           /* one value is in the spans or not */
    return choose(m, value_bit(m, v, bits - 1),
                  decide(m, v, half, bits - 1, spans, count),
                  decide(m, v, from, bits - 1, spans, count));
}

/* Rows whose bits are a value in SPAN. */
static int
in_bits(struct masks *m, int v, struct span span)
{
    const struct column *c = &m->c->column[v];
    int mask;

    if (c->least > c->most)
        return MASK_NONE;
    mask = decide(m, v, c->low, (int)c->bits, &span, 1);
    assert(mask >= 0);
    return mask;
}

/* One of the planes behind V's bits. */
static int
mask_apart(struct masks *m, int v, int which)
{
    const struct column *c = &m->c->column[v];

    return mask_plane(m, m->c->bit[c->first + c->bits + (uint32_t)which]);
}

int
mask_has(struct masks *m, int v)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v);

    if (site >= 0)
        return site_state(m, site, 0);
    return c->apart ? mask_apart(m, v, APART_HAS)
         : in_bits(m, v, (struct span){ c->low, c->high });
}

int
mask_without(struct masks *m, int v, int32_t state)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v);
    int some;

    if (site >= 0)
        return site_state(m, site, state);
    if (!c->apart)
        return in_bits(m, v, (struct span){ c->high - state,
                                            c->high - state });
    if (state == VALUE_UNASKED)
        return mask_apart(m, v, APART_UNASKED);
    if (state == VALUE_UNKNOWN)
        return mask_apart(m, v, APART_UNKNOWN);
    some = mask_or(m, mask_apart(m, v, APART_HAS),
                   mask_or(m, mask_apart(m, v, APART_UNASKED),
                           mask_apart(m, v, APART_UNKNOWN)));
    return mask_and_not(m, MASK_ALL, some);
}

/* Whether V has no planes: it is one of the sites of ORDER_PLACES. */
static bool
has_no_planes(const struct masks *m, int v)
{
    return m->o == &m->c->order[ORDER_PLACES] && mask_site_of(m, v) >= 0;
}

int32_t
mask_low(const struct masks *m, int v)
{
    return has_no_planes(m, v) ? 0 : m->c->column[v].low;
}

int
mask_bits(const struct masks *m, int v)
{
    return has_no_planes(m, v) ? SITE_BITS : (int)m->c->column[v].bits;
}

int
mask_bit(struct masks *m, int v, int bit)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v);
    uint8_t *hit;

    assert(bit >= 0 && bit < mask_bits(m, v));
    if (!has_no_planes(m, v))
        return c->apart ? value_bit(m, v, bit)
             : mask_and(m, value_bit(m, v, bit), mask_has(m, v));
    hit = new_hits(m, site);
    for (uint32_t i = 0; i < m->o->site[site].values; i++) {
        int32_t value = m->o->site[site].value[i];

        hit[i] = value >= 0 && (value >> bit & 1) != 0;
    }
    return mask_test(m, site, hit);
}

int
mask_in(struct masks *m, int v, const struct span *spans, int count)
{
    const struct column *c = &m->c->column[v];
    int site = mask_site_of(m, v), mask, n = 0;
    struct span own[EXPR_VALUES_MAX];

    if (site >= 0)
        return mask_site(m, site, spans, count);
    /* What is above can only stand for none. */
    assert(count <= EXPR_VALUES_MAX);
    for (int i = 0; i < count; i++)
        if (spans[i].from <= c->high)
            own[n++] = (struct span){ spans[i].from, spans[i].to < c->high
                                                     ? spans[i].to : c->high };
    if (c->least > c->most || n == 0)
        return MASK_NONE;
    mask = decide(m, v, c->low, (int)c->bits, own, n);
    assert(mask >= 0);
    return c->apart && in_spans(c->low, own, n)
         ? mask_and(m, mask, mask_has(m, v)) : mask;
}

const struct mask *
mask_both(const struct masks *m, int mask)
{
    const struct mask *k = &m->mask[mask];

    return k->kind == MASK_PAIR && k->op == BIT_AND ? k : NULL;
}

static void
split_pair(struct masks *m, const struct mask *k, int *planes, int *sites)
{
    int p[2], s[2];

    mask_split(m, k->a, &p[0], &s[0]);
    if (k->op == BIT_AND) {
        mask_split(m, k->b, &p[1], &s[1]);
        *planes = mask_and(m, p[0], p[1]);
        *sites = mask_and(m, s[0], s[1]);
    } else if (m->mask[k->b].planes) {
        *planes = mask_and_not(m, p[0], k->b);
        *sites = s[0];
    } else {
        *planes = p[0];
        *sites = mask_and_not(m, s[0], k->b);
    }
}

void
mask_split(struct masks *m, int mask, int *planes, int *sites)
{
    const struct mask k = m->mask[mask];
    struct mask *own;

    *planes = *sites = MASK_ALL;
    if (!k.planes)
        *sites = mask;
    else if (k.sites == 0 || k.kind != MASK_PAIR || k.op == BIT_OR)
        *planes = mask;
    else if (k.is_split) {
        *planes = k.split[0];
        *sites = k.split[1];
    } else {
        split_pair(m, &k, planes, sites);
        own = &m->mask[mask];
        own->is_split = true;
        own->split[0] = *planes;
        own->split[1] = *sites;
    }
}

bool
mask_holds(const struct masks *m, int mask, const uint32_t *code)
{
    const struct mask *k = &m->mask[mask];
    const struct site_test *t;

    switch (k->kind) {
    case MASK_CONST:
        return mask == MASK_ALL;
    case MASK_SITE:
        t = &m->test[k->a];
        return t->hit[code[t->site]] != 0;
    default:
        assert(k->kind == MASK_PAIR);
        switch (k->op) {
        case BIT_AND:
            return mask_holds(m, k->a, code) && mask_holds(m, k->b, code);
        case BIT_AND_NOT:
            return mask_holds(m, k->a, code) && !mask_holds(m, k->b, code);
        default:
            return mask_holds(m, k->a, code) || mask_holds(m, k->b, code);
        }
    }
}
