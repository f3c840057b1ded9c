/* compare_all.c - every report of a round beside the same others; see
 * compare.h.
 *
 * Our own numbers are taken from the documents that were built, so what is
 * hidden there is hidden here. */
#include <string.h>
#include "def/instrument.h"
#include "report/compare_round.h"

static bool
compare_report(const struct aggregate *own, int report,
               const struct compare_beside *beside, int count,
               struct arena *arena, struct comparison **out, struct err *e)
{
    const struct compare_rule rule = { COMPARE_LEAST };
    struct comparison *c = compare_new(own, report, arena);

    for (int i = 0; i < count; i++)
        if (!compare_add(c, beside[i].a, beside[i].name, e))
            return false;
    *out = c;
    return compare_finish(c, &rule, e);
}

bool
compare_check(struct opened *o, const struct compare_beside *beside,
              int count, bool enough, struct arena *arena, struct err *e)
{
    const struct compare_rule rule = { COMPARE_LEAST };
    struct aggregate *own = arena_take(arena, sizeof *own);
    struct comparison *c;

    if (!compare_own(o, NULL, 0, arena, own, e))
        return false;
    c = compare_new(own, 0, arena);
    for (int i = 0; i < count; i++)
        if (!compare_add(c, beside[i].a, beside[i].name, e))
            return false;
    return !enough || compare_finish(c, &rule, e);
}

bool
compare_all(struct opened *o, struct document *const *doc, int count,
            const struct compare_beside *beside, int beside_count,
            struct arena *arena, struct comparison ***out, struct err *e)
{
    const struct instrument *in = o->in;
    struct document **kept = arena_array(arena, (size_t)count + 1,
                                         sizeof(struct document *));
    struct aggregate *own = arena_take(arena, sizeof *own);
    int reports = 0;

    *out = arena_array(arena, (size_t)in->report_count + 1,
                       sizeof(struct comparison *));
    for (int i = 0; i < count; i++)
        if (doc[i] != NULL && doc[i]->kind == DOC_TABLES)
            kept[reports++] = doc[i];
    if (beside_count == 0 || reports == 0)
        return true;
    if (!compare_own(o, kept, reports, arena, own, e))
        return false;
    for (int i = 0; i < reports; i++) {
        int report = instrument_report(in, kept[i]->meta.report);

        if ((*out)[report] == NULL
            && !compare_report(own, report, beside, beside_count, arena,
                               &(*out)[report], e))
            return false;
    }
    return true;
}
