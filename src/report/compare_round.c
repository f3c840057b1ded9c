/* compare_round.c - see compare_round.h. */
#include "report/compare_round.h"
#include <string.h>
#include "def/municipality.h"
#include "store/reference.h"

const char *
compare_name(const struct round *round, struct arena *arena)
{
    const char *name;

    municipality_find(round->municipality, round->year, arena, &name);
    return name != NULL ? name
                        : arena_printf(arena, "%04d", round->municipality);
}

bool
compare_own(struct opened *o, struct document *doc, struct arena *arena,
            struct aggregate *a, struct err *e)
{
    struct document **list = arena_take(arena, sizeof *list);
    struct definition d;

    if (!round_definition(o->store, o->round, 0, arena, &d, e))
        return false;
    *list = doc;
    aggregate_take(a, o->round, o->in, &d, compare_name(o->round, arena),
                   list, 1, arena);
    return true;
}

bool
compare_reference(struct opened *o, int number, struct arena *arena,
                  struct aggregate *a, struct err *e)
{
    const struct round_reference *list;
    char signer[1][SIGNING_HEX] = { "" };
    const char *bytes, *name = "";
    size_t len;
    int count;

    memset(a, 0, sizeof *a);
    if (!round_reference_list(o->store, o->round, arena, &list, &count, e)
        || !round_reference_read(o->store, o->round, number, arena, &bytes,
                                 &len, e))
        return false;
    for (int i = 0; i < count; i++)
        if (list[i].number == number
            && strlen(list[i].signer) == SIGNING_HEX - 1) {
            memcpy(signer[0], list[i].signer, SIGNING_HEX);
            name = list[i].name;
        }
    return aggregate_read(bytes, len, name,
                          (const char (*)[SIGNING_HEX])signer, 1, arena, a,
                          e);
}

static bool
count_internal(struct compare_round *r, const struct actor *actor,
               int report, struct arena *arena, struct err *e)
{
    const struct report_order order = {
        .report = report, .lang = LANG_NB, .internal = true,
        .municipality_name = compare_name(r->o.round, arena)
    };

    return report_make(&r->o, actor, &order, arena, &r->made, e)
        && compare_own(&r->o, r->made.doc, arena, &r->a, e);
}

/* As its own publication has it: what was hidden then is hidden now. */
static bool
count_published(struct compare_round *r, const struct actor *actor,
                int report, struct arena *arena, struct err *e)
{
    struct publication_document *document = arena_array(arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *document);
    struct publication_order order = {
        .municipality_name = compare_name(r->o.round, arena),
        .publish = true
    };

    if (!publication_whole(&r->o, LANG_NB, arena, document, &order, e))
        return false;
    if (order.ledger->count == 0)
        return err_set(e, ERR_INPUT, "compare.unpublished", "%s",
                       r->o.round->id);
    for (int i = 0; i < order.document_count; i++)
        document[i].build &= document[i].kind == DOC_TABLES
                             && document[i].report == report;
    if (!publication_make(&r->o, actor, &order, arena, &r->publication,
                             e))
        return false;
    for (int i = 0; i < order.document_count; i++)
        if (document[i].kind == DOC_TABLES && document[i].report == report)
            return compare_own(&r->o, r->publication.doc[i], arena, &r->a,
                               e);
    return err_set(e, ERR_INPUT, "compare.report", "%s %s", r->o.round->id,
                   r->o.in->reports[report].id);
}

bool
compare_round_take(struct compare_round *r, struct store *s,
                   const char *round, const struct actor *actor,
                   const struct compare_order *order, struct arena *arena,
                   struct err *e)
{
    int report;

    memset(r, 0, sizeof *r);
    if (!opened_init(&r->o, s, round, e))
        return false;
    if (r->o.round->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "compare.training", "%s", round);
    report = instrument_report(r->o.in, order->report);
    if (report < 0)
        return err_set(e, ERR_INPUT, "compare.report", "%s %s", round,
                       order->report);
    return order->publish ? count_published(r, actor, report, arena, e)
                          : count_internal(r, actor, report, arena, e);
}

void
compare_round_clear(struct compare_round *r)
{
    publication_clear(&r->publication);
    report_made_clear(&r->made);
    opened_clear(&r->o);
}
