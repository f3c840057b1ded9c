/* boxing.h - what the parts of box.h share. Private to box*.c.
 *
 *     box.c           boxes by their sides: and, or, not, within
 *     box_side.c      attributes, and sets of the values of one
 *     box_derived.c   a variable by what it is derived from, and what follows
 *     box_expr.c      an expression as a box
 *     box_text.c      a box as an expression */
#ifndef DEF_BOXING_H
#define DEF_BOXING_H
#include "def/box.h"

enum { BOX_LOWEST = VALUE_UNASKED };

/* A condition that is no box: it holds where any of its parts does. */
struct opaque {
    const char *text;
    const struct box *kid;
    int kids;
};

struct boxes {
    const struct instrument *in;
    struct arena *arena;
    struct box *asked;          /* one a variable: what an answer implies;
                                 * of a condition what implies that it holds;
                                 * NULL until it is asked for */
    struct opaque *opaque;      /* in order of meeting */
    int opaque_count, opaque_room;
};

/* ---- box_side.c ---- */

/* Attributes are the variables, then CODE_MAX for each variable of kind
 * codes (1: that code is chosen), then the conditions that are no box (1: it
 * holds). */
bool box_is_variable(const struct boxes *b, int attribute);
int box_attribute_of_code(const struct boxes *b, int v, int code);
int box_attribute_of_opaque(const struct boxes *b, int opaque);
/* What ATTRIBUTE is: a condition, or NULL. */
const struct opaque *box_opaque(const struct boxes *b, int attribute);
/* The variable a code of which ATTRIBUTE is. */
const struct variable *box_coded(const struct boxes *b, int attribute,
                                 int *code);

/* The lowest and the highest answer of an attribute. */
struct span side_answers(const struct boxes *b, int attribute);
/* COUNT spans, rising and apart; those from FROM to TO; 1, that is yes. */
struct box_side side_of(struct boxes *b, int attribute,
                        const struct span *span, int count);
struct box_side side_range(struct boxes *b, int attribute, int32_t from,
                           int32_t to);
struct box_side side_yes(struct boxes *b, int attribute);
/* Puts COUNT spans in order, joined where they touch; how many are left. */
int spans_join(struct span *span, int count);

/* ---- box.c ---- */

struct box box_everybody(void);
/* A box of one side, as it stands; with a condition as its only part. */
struct box box_one(struct boxes *b, struct box_side side);
/* Any of COUNT boxes holds; the same as a condition, which no box is. */
struct box box_any(struct boxes *b, const struct box *box, int count);
struct box box_any_opaque(struct boxes *b, const struct box *box, int count);
/* Not what X says. */
struct box box_not(struct boxes *b, const struct box *x);

/* ---- box_derived.c ---- */

/* A box of one side, by what its variable is derived from. */
struct box box_of_side(struct boxes *b, struct box_side side);

#endif
