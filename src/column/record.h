/* record.h - one registration as the bits that become planes.
 *
 * A column is what is known of one variable of every row: the bits of its
 * value, counted from the least it may be. Having none is three values more,
 * after the highest. Only of ticks, which are asked together and so share
 * it, that stands *apart*: a plane that says who has a value, one of who was
 * not asked, one of who answered that it is unknown. A record is the same of
 * one row, all columns beside each other.
 *
 * Rows stand in two orders, once in each (columns.h), sorted by some of the
 * variables, its *sites*, so that equal values follow each other.
 *
 * Texts are not here at all, nor which codes of several were chosen, only
 * how many; of the number that identifies only whether there is one. */
#ifndef COLUMN_RECORD_H
#define COLUMN_RECORD_H
#include "def/expr.h"

enum {
    VALUE_BITS_MAX = 26,        /* of a value, with those that stand for
                                   none: a sum of 1,024 ints */
    PLACE_BITS_MAX = VALUE_BITS_MAX + 3,
    RECORD_WORDS_MAX = VARIABLE_MAX / 2 + 1     /* two places at least
                                                   fit a word */
};

/* PLACES: year, municipality, period, unit, which are no planes. PEOPLE:
 * grade of the index, age group, sex, then index and age; those of them that
 * the instrument has, which are planes too. */
enum order { ORDER_PLACES, ORDER_PEOPLE, ORDER_COUNT };

enum { SITES_MAX = 5 };

/* The variables that an order is sorted by, the first one first. */
struct sites {
    int count;                  /* 0..SITES_MAX */
    int variable[SITES_MAX];
};

/* The sites of ORDER for IN, which must be bound. */
struct sites sites_of(const struct instrument *in, enum order order);

/* Where the bits of a variable stand in a record: all in one word. */
struct place {
    int first;                  /* the value from its lowest bit; -1: none,
                                   of a text and of the sites of PLACES */
    int bits;                   /* of the value, 0..VALUE_BITS_MAX */
    bool apart;                 /* has, unasked, unknown follow the value */
    int32_t low, high;          /* the values it can have */
};

enum { APART_HAS, APART_UNASKED, APART_UNKNOWN, APART_COUNT };

/* The value that stands for STATE, VALUE_UNANSWERED .. VALUE_UNASKED, where
 * that is not apart. */
int32_t place_without(const struct place *p, int32_t state);
/* How many bits P takes, with those that stand apart; 0: it has none. */
int place_bits(const struct place *p);
/* Whether VALUE is one that the variable of P can have, or a state; where P
 * has no bits any value is. */
bool place_takes(const struct place *p, int32_t value);
/* What stands at P for VALUE, which it must take; its lowest bit is that of
 * P->first. 0 where P has no bits. */
uint64_t place_code(const struct place *p, int32_t value);

/* Two bits of every record come first. */
enum { RECORD_THERE, RECORD_COUNTS, RECORD_FIRST };

/* Places follow each other as the variables do. Bits at the end of a word
 * that the next has no room in stay 0, and so does the last of each. */
enum { RECORD_WORD = 63 };      /* bits of a word that are used */

struct record_layout {
    int variables, bits, words; /* a record's; words: bits, rounded up */
    struct place *place;        /* one a variable */
    struct sites sites[ORDER_COUNT];
};

/* The layout for IN, which must be bound; taken from ARENA. */
void record_layout(struct record_layout *l, const struct instrument *in,
                   struct arena *arena);

#endif
