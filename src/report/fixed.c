/* fixed.c - see fixed.h. A report that does not fit is added as far as it
 * goes: what is left out is counted when it is asked for. */
#include "report/fixed.h"

void
report_fixed(const struct instrument *in, enum scope scope,
             struct arena *arena, struct plan *plan)
{
    struct err full = { 0 };

    for (int i = 0; i < in->report_count && full.code == ERR_NONE; i++) {
        int count;

        if (in->reports[i].scope == scope
            && !report_questions(in, i, NULL, arena, plan, &count, &full))
            break;
    }
}
