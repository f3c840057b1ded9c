/* mask.h - which rows something holds for, as a formula over planes.
 *
 * A *mask* is a bit a row. It is a number in a list of formulas, each made
 * of a plane, a test of a site's values, or two masks before it; equal
 * formulas are one mask, and what follows from nothing is worked out at once.
 * What a mask says of rows that are not there is undefined unless it is
 * `bounded`: then it says no. */
#ifndef COLUMN_MASK_H
#define COLUMN_MASK_H
#include "column/columns.h"
#include "column/kernel.h"
#include "column/numbered.h"

enum { MASK_NONE = 0, MASK_ALL = 1, MASK_FIRST = 2 };   /* numbers */

/* What a mask is made of two others by; AND_NOT: A and not B. */
enum bit_op { BIT_AND, BIT_AND_NOT, BIT_OR, BIT_OP_COUNT };

enum mask_kind { MASK_CONST, MASK_PLANE, MASK_SITE, MASK_PAIR };

struct mask {
    enum mask_kind kind;
    enum bit_op op;             /* PAIR: A op B, both before this one */
    int a, b;                   /* PLANE: A its number; SITE: A its test */
    uint8_t sites;              /* a bit for each site it is made of */
    bool planes;                /* planes are part of it */
    bool bounded;
    bool is_split;              /* private: so it is split */
    int split[2];               /* into planes, sites */
};

/* Whether the value with that number passes: HIT[code], of site SITE. */
struct site_test {
    int site;
    uint8_t *hit;
};

/* All masks over one order of a file; the lists grow as masks are made. */
struct masks {
    const struct columns *c;
    const struct ordered *o;
    const struct instrument *in;
    struct arena arena;
    struct mask *mask;
    int count, room;
    struct numbered known;      /* private */
    int *of_plane;              /* private: one a plane, 0: not yet */
    struct site_test *test;
    int tests, test_room;
    struct numbered tested;     /* private: tests by site and hash */
};

void masks_init(struct masks *m, const struct columns *c, enum order order,
                const struct instrument *in);
void masks_clear(struct masks *m);

int mask_and(struct masks *m, int a, int b);
int mask_and_not(struct masks *m, int a, int b);
int mask_or(struct masks *m, int a, int b);
/* PLANE as its number says; full is MASK_ALL. */
int mask_plane(struct masks *m, uint32_t plane);

/* Rows in which variable V has a value, or none in the STATE that
 * VALUE_UNANSWERED .. VALUE_UNASKED name. */
int mask_has(struct masks *m, int v);
int mask_without(struct masks *m, int v, int32_t state);

/* Values from..to, both included. */
struct span {
    int32_t from, to;
};
/* Rows in which V has one of the values in SPANS, which rise and do not
 * touch. */
int mask_in(struct masks *m, int v, const struct span *spans, int count);
/* The values of V as LOW and so many bits above it: bit BIT is 0 where it
 * has no value. */
int32_t mask_low(const struct masks *m, int v);
int mask_bits(const struct masks *m, int v);
int mask_bit(struct masks *m, int v, int bit);
/* Which of the order's sites V is, or -1. */
int mask_site_of(const struct masks *m, int v);

/* The pair that MASK is, if both of its masks must hold; NULL: it is none.
 * Borrowed until a mask is made. */
const struct mask *mask_both(const struct masks *m, int mask);

/* MASK as what its planes and what its sites say, both of which must hold:
 * *SITES is made of sites alone, *PLANES of planes as far as that can be. */
void mask_split(struct masks *m, int mask, int *planes, int *sites);
/* Whether MASK, made of sites alone, holds where site I has the value
 * CODE[I]. */
bool mask_holds(const struct masks *m, int mask, const uint32_t *code);

/* Rows X holds for; NULL: all. */
int mask_expr(struct masks *m, const struct expr *x);
/* Whether X can be a mask: it asks nothing that no plane says, as which of
 * several codes were chosen, or whether a text was written. */
bool mask_takes(const struct instrument *in, const struct expr *x);

#endif
