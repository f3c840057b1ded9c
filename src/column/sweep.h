/* sweep.h - counting: once over the rows of an order, block by block.
 *
 * A tally is put in order first: which masks a block needs, when each is
 * made and when its room is free again, and which masks are counted
 * together. Then every block is gone through by the same steps. */
#ifndef COLUMN_SWEEP_H
#define COLUMN_SWEEP_H
#include "column/tally.h"

enum { SWEEP_THREADS_MAX = 16 };

/* What was counted: of every common, and of every spread by cell. */
struct swept {
    int64_t *common;
    int64_t **spread;
    int spreads;
};

/* Counts all of T in 1 to SWEEP_THREADS_MAX threads, the same numbers however
 * many. False where the file is no longer what was opened: the numbers are
 * worth nothing then. Clear TO in any case. */
MUST_CHECK bool sweep(const struct tally *t, int threads, struct swept *to);
void swept_clear(struct swept *s);

#endif
