/* outline.h - what of an instrument has to be looked at row after row.
 *
 * Of some hundred and fifty variables few have a condition, a limit or a
 * rule of their own; where a million rows are gone through, lists of those
 * few are made once. derive_row, check_registration and rank_answered say the
 * same without, one row at a time: what they do by an outline is the same to
 * the letter. */
#ifndef CALC_OUTLINE_H
#define CALC_OUTLINE_H
#include "def/instrument.h"

/* Entered variables FROM..TO - 1 become effective in one way. */
struct outline_step {
    bool ticks;                 /* of services, all of them on; else those
                                   that may not be asked */
    int from, to;
};

struct outline {
    const struct instrument *in;
    struct outline_step *step;  /* in the order of the variables; one that
                                   is always asked is in none */
    int steps;
    int *conditional;           /* entered, with a condition or off */
    int conditional_count;
    int *limited;               /* entered, that may not exceed another */
    int limited_count;
    int *ranking;               /* entered, that count for the rank */
    int ranking_count;
};

/* IN must be bound, outlive O, and not change; taken from ARENA. */
void outline_init(struct outline *o, const struct instrument *in,
                  struct arena *arena);

#endif
