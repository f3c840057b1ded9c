/* random_filter.h - a twin of the filter language.
 *
 * It makes expressions as trees of its own, writes them as text for
 * expr_parse, and says by itself for which rows they hold. */
#ifndef TESTS_RANDOM_FILTER_H
#define TESTS_RANDOM_FILTER_H
#include "chance.h"
#include "def/expr.h"

struct filter;

/* A value that variable V can have, by chance, not a missing one; of an
 * int near both ends of its range more often than not. */
int32_t random_value(struct chance *c, const struct instrument *in, int v);

/* A filter, at least one test, in ARENA. */
struct filter *filter_random(struct chance *c, const struct instrument *in,
                             struct arena *arena);
/* Writes F in one of the many ways it can be written: blanks, brackets and
 * quotes by chance. */
void filter_print(const struct filter *f, const struct instrument *in,
                  struct chance *c, struct buf *out);
/* Whether F (NULL: anything) holds for ROW. */
bool filter_holds(const struct filter *f, const struct row *row);
/* The variable that F's text names first. */
int filter_first(const struct filter *f);

#endif
