/* box.h - whom an expression chooses, as values a variable.
 *
 * A box is a set of registrations: for each of some attributes the values it
 * may have, all of which must hold. An attribute is a variable, a code that
 * may be chosen of a variable of kind codes, or a condition that is no box
 * itself (an `or` over several variables), by its text. Two expressions that
 * are written differently but say the same by the rules of the instrument
 * become the same box: what is derived from one variable (grade, age, age
 * group, the index' grade) is said by that variable, a condition by its
 * parts.
 *
 * Its text is an expression of the filter language again, the same for the
 * same box. Read again it chooses the same people, and is the same box where
 * no condition in it is none. */
#ifndef DEF_BOX_H
#define DEF_BOX_H
#include "def/expr.h"

/* Values from FROM to TO, both included. Below 0: having none. */
struct span {
    int32_t from, to;
};

struct box_side {
    int attribute;
    int count;                  /* of spans, rising and apart; 0: none holds */
    const struct span *span;
};

struct box {
    int count;                  /* of sides, by attribute; none: everybody */
    const struct box_side *side;
    bool none;                  /* nobody: a side without a value */
};

/* What boxes of one instrument share; all in ARENA. */
struct boxes;
struct boxes *boxes_new(const struct instrument *in, struct arena *arena);

/* Of X, which may be NULL: everybody. */
struct box box_of(struct boxes *b, const struct expr *x);
/* Variable V has one of the values FROM..TO, below 0 for having none. */
struct box box_value(struct boxes *b, int v, int32_t from, int32_t to);
struct box box_answered(struct boxes *b, int v);
/* V of kind codes has CODE among those chosen. */
struct box box_chosen(struct boxes *b, int v, int code);
/* Both hold. */
struct box box_and(struct boxes *b, const struct box *x,
                   const struct box *y);
/* Either does: a box with one side, if need be. */
struct box box_or(struct boxes *b, const struct box *x, const struct box *y);

/* X with what follows from it by the instrument: whoever answered was asked,
 * whoever has a part has any of them. The same people, said with more. */
struct box box_closed(struct boxes *b, const struct box *x);
/* Whether everybody in INNER (closed finds more) is in OUTER, as far as
 * boxes can say. */
bool box_within(const struct box *inner, const struct box *outer);
/* X without its side I; X with SPANS there instead (none: without it). */
struct box box_without(struct boxes *b, const struct box *x, int i);
struct box box_with(struct boxes *b, const struct box *x, int attribute,
                    const struct span *span, int count);
/* The side of ATTRIBUTE, or NULL: any value. */
const struct box_side *box_side(const struct box *x, int attribute);

/* Sets of values: every one there is of ATTRIBUTE; those that are an
 * answer. */
struct box_side side_all(struct boxes *b, int attribute);
struct box_side side_answered(struct boxes *b, int attribute);
struct box_side side_minus(struct boxes *b, const struct box_side *x,
                           const struct box_side *y);
struct box_side side_both(struct boxes *b, const struct box_side *x,
                          const struct box_side *y);
bool side_within(const struct box_side *inner, const struct box_side *outer);
bool side_equal(const struct box_side *x, const struct box_side *y);
/* Whether it has only values below 0. */
bool side_blank(const struct box_side *x);
/* Whether VALUE is one of it. */
bool side_has(const struct box_side *x, int64_t value);

/* The expression, "" of everybody; of nobody "NAME is answered and NAME is
 * blank". In the arena. */
const char *box_text(struct boxes *b, const struct box *x);

#endif
