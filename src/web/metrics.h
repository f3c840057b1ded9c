/* metrics.h - what the operator may count: Prometheus text.
 *
 * Of requests only their number, status and time; nothing here knows a
 * municipality, round, unit, page or person. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H
#include <stdatomic.h>
#include <stdint.h>
#include "base/buf.h"

enum { METRIC_TIMES = 12 };

struct metrics {
    atomic_int_fast64_t answers[6];     /* by the status' first digit */
    atomic_int_fast64_t time[METRIC_TIMES + 1];     /* at most so long */
    atomic_int_fast64_t micros;         /* of all */
    atomic_int_fast64_t logins, logins_refused, conflicts;
    atomic_int_fast64_t live_faults;    /* counters that were not what
                                           counting again gave, or could not
                                           be made */
    int64_t started_ms;
};

void metrics_count(struct metrics *m, int status, int64_t micros);
/* COMMITS and JOBS of the writer; NOW_MS for how long it has run. */
void metrics_print(struct metrics *m, int64_t commits, int64_t jobs,
                   int64_t now_ms, struct buf *out);

#endif
