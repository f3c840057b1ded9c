/* cell_known.h - texts of cells and what they meant: a small table that
 * forgets what stood at the place of the newest. Private to cells.c and
 * cell_value.c.
 *
 * A text is held as words with zeros behind, so that comparing it is the
 * same few instructions whatever its length; there is no NUL in a cell, so
 * that zeros are no part of it. In a header because it is what a row's time
 * goes into: a cell that is known is no call. */
#ifndef INTAKE_CELL_KNOWN_H
#define INTAKE_CELL_KNOWN_H
#include <string.h>
#include "intake/cells.h"

enum {
    KNOWN_LEN = CSV_READABLE, KNOWN_WORDS = KNOWN_LEN / 8,
    KNOWN_BITS = 10,
    KNOWN = 1 + (1 << KNOWN_BITS)   /* the first is the blank text's */
};

struct known {
    uint64_t word[KNOWN_WORDS]; /* of the text; all 0: the blank one, or
                                 * nothing */
    int32_t value;
};

/* Word I of the text that CELL is. */
static inline uint64_t
known_word(struct csv_slice cell, int i)
{
    static const uint64_t keep[2 * KNOWN_WORDS] = {
        UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
    };
    uint64_t word, mask;

    memcpy(&word, cell.data + 8 * i, sizeof word);
    memcpy(&mask, (const char *)keep + KNOWN_LEN - cell.len + 8 * i,
           sizeof mask);
    return word & mask;
}

/* Looks for CELL, of KNOWN_LEN bytes at most, in TABLE. *PLACE is where it
 * is, or where it can be put. */
static inline bool
known_find(struct known *table, struct csv_slice cell, struct known **place)
{
    uint64_t first = known_word(cell, 0), second = known_word(cell, 1);
    uint64_t hash = (first ^ second * 3) * 0x9E3779B97F4A7C15;
    struct known *at = &table[(hash >> (64 - KNOWN_BITS)) + (first != 0)];
    uint64_t differs = (at->word[0] ^ first) | (at->word[1] ^ second);

    if (cell.len >= 16)         /* else the second word ends it */
        differs |= (at->word[2] ^ known_word(cell, 2))
                 | (at->word[3] ^ known_word(cell, 3));
    *place = at;
    return differs == 0;
}

/* CELL is of VALUE from now on, and what was at PLACE is forgotten. */
static inline void
known_put(struct known *place, struct csv_slice cell, int32_t value)
{
    for (int i = 0; i < KNOWN_WORDS; i++)
        place->word[i] = known_word(cell, i);
    place->value = value;
}

#endif
