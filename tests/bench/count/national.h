/* national.h - the made-up country as columns, for the benchmark. */
#ifndef BENCH_NATIONAL_H
#define BENCH_NATIONAL_H
#include "column/columns.h"

enum { NATIONAL_SEED = 2014 };          /* frozen: figures are compared */

/* The built-in instrument, with the country's units as units. NULL with E
 * set; to be freed by instrument_free. */
struct instrument *national_instrument(struct err *e);
/* What columns of that many registrations are opened with. */
void national_origin(int64_t registrations, uint8_t origin[COLUMNS_ORIGIN]);
/* Writes the complete ones of so many registrations, all rounds, to FILE.
 * Of each round the rules decide who counts. */
MUST_CHECK bool national_columns(const struct instrument *in,
                                 int64_t registrations, const char *file,
                                 struct err *e);

#endif
