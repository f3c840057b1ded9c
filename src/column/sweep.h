/* sweep.h - counting: once over the rows of a file, block by block.
 *
 * A tally is put in order first: which masks a block needs, when each is
 * made and when its room is free again, and which masks are counted
 * together. Then every block is gone through by the same steps. */
#ifndef COLUMN_SWEEP_H
#define COLUMN_SWEEP_H
#include "column/tally.h"

enum {
    BLOCK_WORDS = SPREAD_WORDS, /* of a plane: 2 KiB, so that the masks that
                                   are counted together stay in L1 */
    BLOCK_ROWS = BLOCK_WORDS * 64,
    SWEEP_THREADS_MAX = 16
};

/* Counts all of T and adds it to the counters it is meant for, in 1 to
 * SWEEP_THREADS_MAX threads. The same numbers however many. */
void sweep(const struct tally *t, int threads);

/* Adds to RUN what its tables ask of C (tally_init). Those that columns
 * can't answer (tally_takes) are left to rows: if there are any, the rows
 * are not yet among run_seen, and run_row leaves the others alone from now
 * on. True if nothing is left. */
bool columns_run(const struct columns *c, const struct instrument *in,
                 struct run *run, int unit, int threads);

#endif
