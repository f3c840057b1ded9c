/* fixed.h - the tables of all reports, as they are without a part being
 * chosen: what the server keeps counted (feed/live.h). */
#ifndef REPORT_FIXED_H
#define REPORT_FIXED_H
#include "report/build.h"

/* Adds the questions of every report of SCOPE to PLAN, as long as a plan has
 * room for them. What they borrow is in ARENA. */
void report_fixed(const struct instrument *in, enum scope scope,
                  struct arena *arena, struct plan *plan);

#endif
