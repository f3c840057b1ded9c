/* axis.h - the keys along one side of a table.
 *
 * An axis says at which place a value is counted and what the place is
 * called: the codes in the definition's order, yes before no, the scores
 * best first, of an int every value it can have, lowest first. For those in
 * tab; others see the keys of a finished table. */
#ifndef TAB_AXIS_H
#define TAB_AXIS_H
#include "tab/count.h"

enum { AGE_VALUE_MAX = 400 };   /* of a derived age, in years */

/* Plain data; borrows the instrument. */
struct axis {
    const struct instrument *in;
    const struct variable *variable;    /* the first of a battery */
    int set;                    /* its place among a row's sets, or -1 */
    int32_t from;               /* value of the first place (of a bool: of
                                   the last) */
    int count;                  /* places */
    bool found_only;            /* shown from the lowest to the highest
                                   place found, not whole: an int */
};

/* Whether V can be rows or columns by its kind. */
bool axis_takes(const struct variable *v);
/* The axis of variable V, which axis_takes. */
struct axis axis_of(const struct instrument *in, int v);
/* Takes variable V into the battery of A: false if its keys are not those
 * of A. Ints always share: the axis is widened to hold both. */
bool axis_share(struct axis *a, int v);

/* The place of VALUE, a value of the axis' variable. */
int axis_place(const struct axis *a, int32_t value);
/* The key at PLACE; a text that has to be made is taken from ARENA. */
struct key axis_key(const struct axis *a, int place, struct arena *arena);

#endif
