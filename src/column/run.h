/* run.h - a run filled from a file of columns. */
#ifndef COLUMN_RUN_H
#define COLUMN_RUN_H
#include "column/sweep.h"

/* Adds to RUN what its tables ask of C (tally_init), in 1 to
 * SWEEP_THREADS_MAX threads. Those that columns can't answer (tally_takes)
 * are left to rows: if there are any, the rows are not yet among run_seen,
 * and run_row leaves the others alone from now on. True if nothing is left.
 * Where the file was lost meanwhile (guard_whole) everything is left to
 * rows. */
bool columns_run(const struct columns *c, const struct instrument *in,
                 struct run *run, int unit, int threads);

#endif
