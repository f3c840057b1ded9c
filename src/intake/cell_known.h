/* cell_known.h - texts of cells and what they meant: a small table that
 * forgets what stood at the place of the newest. Private to cells.c and
 * cell_value.c.
 *
 * In a header because it is what a row's time goes into: a cell that is
 * known is no call. */
#ifndef INTAKE_CELL_KNOWN_H
#define INTAKE_CELL_KNOWN_H
#include <assert.h>
#include <endian.h>
#include <string.h>
#include "intake/cells.h"

enum { KNOWN = 16, KNOWN_LEN = CSV_READABLE };

/* A text of LEN bytes, and its value. */
struct known {
    uint64_t word;              /* the first eight of them, zeros behind */
    char text[KNOWN_LEN];
    int32_t value;
    uint8_t len;                /* 0: nothing, for blank cells are not read */
};

/* The eight bytes at P, the first the lowest. */
static inline uint64_t
word_at(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return le64toh(word);
}

/* What is known of CELL, KNOWN_LEN bytes at most, or may become so; *WORD:
 * its first bytes. */
static inline struct known *
known_place(struct known *known, struct csv_slice cell, uint64_t *word)
{
    uint64_t last;

    static_assert(CSV_READABLE >= 16, "words are read whole");
    *word = word_at(cell.data);
    if (cell.len < 8)
        *word &= ((uint64_t)1 << (8 * cell.len)) - 1;
    last = cell.len > 8 ? word_at(cell.data + cell.len - 8) : cell.len;
    return &known[((*word ^ last * 3) * 0x9E3779B97F4A7C15) >> 60];
}

static inline bool
known_is(const struct known *known, struct csv_slice cell, uint64_t word)
{
    return known->len == cell.len && known->word == word
        && (cell.len <= 8
            || memcmp(known->text, cell.data, cell.len) == 0);
}

/* CELL is of VALUE from now on. */
static inline void
known_set(struct known *known, struct csv_slice cell, uint64_t word,
         int32_t value)
{
    known->word = word;
    known->len = (uint8_t)cell.len;
    known->value = value;
    memcpy(known->text, cell.data, cell.len);
}

#endif
