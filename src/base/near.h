/* near.h - the nearest right word, for messages about a wrong one. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H
#include <stdbool.h>
#include <stddef.h>

enum { NEAR_WORD_MAX = 64 };

/* A search: begin, offer every right word, read BEST (NULL where none is
 * near enough to be worth naming). */
struct near {
    const char *word;
    size_t len;
    const char *best;           /* borrowed from what was offered */
    size_t distance;
    bool far;                   /* name the nearest however far it is */
};

void near_begin(struct near *n, const char *word, size_t len);
/* Remembers OFFER if it is nearer than those before: fewest insertions,
 * deletions, replacements and swaps of neighbours; at most a third of the
 * longer word's length, and at least one, unless FAR is set (after
 * near_begin). The first of equals stays. */
void near_offer(struct near *n, const char *offer);

#endif
