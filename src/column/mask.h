/* mask.h - which rows something holds for, as a formula over planes.
 *
 * A *mask* is a bit a row. It is a number in a list of formulas, each made
 * of a plane, a stretch's site, or two masks before it; equal formulas are
 * one mask, and what follows from nothing is worked out at once. What a mask
 * says of rows that are not there is undefined: whoever counts takes a base
 * with it that is a plane of rows. */
#ifndef COLUMN_MASK_H
#define COLUMN_MASK_H
#include "column/columns.h"
#include "column/kernel.h"

enum { MASK_NONE = 0, MASK_ALL = 1, MASK_FIRST = 2 };   /* numbers */

enum mask_kind { MASK_CONST, MASK_PLANE, MASK_SITE, MASK_PAIR };

struct mask {
    enum mask_kind kind;
    enum bit_op op;             /* PAIR: A op B, both before this one */
    int a, b;                   /* PLANE: A its number; SITE: A is a list of
                                   stretches, masks->hits + A * stretches */
};

/* All masks over one file; the lists grow as masks are made. */
struct masks {
    const struct columns *c;
    const struct instrument *in;
    struct mask *mask;
    int count, room;
    int *slot, slots;           /* private: mask by hash */
    uint8_t *hits;              /* a byte a stretch: whether the site's test
                                   holds there */
    int hit_lists, hit_room;
    int known[SITE_COUNT][4];   /* private: masks of a site with and without
                                   a value, 0: not asked for yet */
};

void masks_init(struct masks *m, const struct columns *c,
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
/* Which of the sites of a stretch V is, or -1. */
int mask_site_of(const struct masks *m, int v);

/* Rows X holds for; NULL: all. */
int mask_expr(struct masks *m, const struct expr *x);
/* Whether X can be a mask: it asks nothing that no plane says, as which of
 * several codes were chosen, or whether a text was written. */
bool mask_takes(const struct instrument *in, const struct expr *x);

#endif
