/* record.h - one registration as the bits that become planes.
 *
 * A column is what is known of one variable of every row: a plane that says
 * who has a value, one of who was not asked, one of who answered that it is
 * unknown, and the value's bits, counted from the least it may be. A record
 * is the same of one row, all columns beside each other.
 *
 * Four variables are the same for many rows in turn: municipality, year,
 * period and unit. They are no planes but stand with a *stretch* of rows.
 *
 * Texts are not here at all, nor which codes of several were chosen, only
 * how many; of the number that identifies only whether there is one. */
#ifndef COLUMN_RECORD_H
#define COLUMN_RECORD_H
#include "def/expr.h"

enum {
    VALUE_BITS_MAX = 26,        /* of a value: a sum of 1,024 ints */
    SITE_COUNT = 4,             /* municipality, year, period, unit */
    RECORD_WORDS_MAX = VARIABLE_MAX * (3 + VALUE_BITS_MAX) / 64 + 1
};

/* The roles of the variables that are a site. */
extern const enum role site_role[SITE_COUNT];

/* Where the bits of a variable stand in a record. */
struct place {
    int first;                  /* has, unasked, unknown, then the value
                                   from its lowest bit; -1: none, of a text
                                   and of a site */
    int site;                   /* 0..SITE_COUNT-1 of a variable that stands
                                   with the stretch, else -1 */
    int bits;                   /* of the value, 0..VALUE_BITS_MAX */
    int32_t low, high;          /* the values it can have */
};

enum { PLACE_HAS, PLACE_UNASKED, PLACE_UNKNOWN, PLACE_VALUE };

/* Two bits of every record come first. */
enum { RECORD_THERE, RECORD_COUNTS, RECORD_FIRST };

struct record_layout {
    int variables, bits, words; /* a record's; words: bits, rounded up */
    struct place *place;        /* one a variable */
    int site[SITE_COUNT];       /* their variables */
};

/* The layout for IN, which must be bound; taken from ARENA. */
void record_layout(struct record_layout *l, const struct instrument *in,
                   struct arena *arena);
/* ROW, all of it effective and derived, as L->words words. COUNTS: it is
 * the registration that counts of its person. False where a value is none
 * that its variable can have. */
bool record_pack(const struct record_layout *l, const struct row *row,
                 bool counts, uint64_t *record);

#endif
