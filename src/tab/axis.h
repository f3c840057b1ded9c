/* axis.h - the keys along one side of a table.
 *
 * An axis says at which place a value is counted and what the place is
 * called: the codes in the definition's order, yes before no, the scores
 * best first, of an int or a text4 every value it can have, lowest first.
 * For those in tab; others see the keys of a finished table. */
#ifndef TAB_AXIS_H
#define TAB_AXIS_H
#include "tab/count.h"

enum {
    AGE_VALUE_MAX = 400,        /* of a derived age, in years */
    TEXT4_VALUES = 10000        /* "0000" to "9999" */
};

/* Which places are shown of those counted in. */
enum axis_shows {
    AXIS_ALL,
    AXIS_RANGE,                 /* from the lowest to the highest found: of
                                   an int */
    AXIS_FOUND                  /* only those found: of a text4 */
};

/* Plain data; borrows the instrument. */
struct axis {
    const struct instrument *in;
    const struct variable *variable;    /* the first of a battery */
    int set;                    /* its place among a row's sets, or -1 */
    int32_t from;               /* value of the first place (of a bool: of
                                   the last) */
    int count;                  /* places */
    enum axis_shows shows;
    const char *const *name;    /* of a text4, by value: what it is called
                                   beside its number; NULL: not at all */
};

/* Whether V can be rows or columns by its kind. */
bool axis_takes(const struct variable *v);
/* The axis of variable V, which axis_takes. */
struct axis axis_of(const struct instrument *in, int v);
/* Takes variable V into the battery of A: false if its keys are not those
 * of A. Ints always share: the axis is widened to hold both. So do text4. */
bool axis_share(struct axis *a, int v);

/* The place of VALUE, a value of the axis' variable. */
int axis_place(const struct axis *a, int32_t value);
/* A with the names that its keys have in the year of the instrument's
 * facts, from ARENA: for those who ask for keys. */
struct axis axis_named(const struct axis *a, struct arena *arena);
/* The key at PLACE; a text that has to be made is taken from ARENA. */
struct key axis_key(const struct axis *a, int place, struct arena *arena);

#endif
