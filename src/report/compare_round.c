/* compare_round.c - see compare_round.h. */
#include "report/compare_round.h"
#include <string.h>
#include "def/municipality.h"

const char *
compare_name(const struct round *round, struct arena *arena)
{
    const char *name;

    municipality_find(round->municipality, round->year, arena, &name);
    return name != NULL ? name
                        : arena_printf(arena, "%04d", round->municipality);
}

bool
compare_own(struct opened *o, struct document *const *doc, int count,
            struct arena *arena, struct aggregate *a, struct err *e)
{
    struct definition d;

    if (!round_definition(o->store, o->round, 0, arena, &d, e))
        return false;
    aggregate_take(a, o->round, o->in, &d, compare_name(o->round, arena),
                   doc, count, arena);
    return true;
}

/* FILE, checked again: the key that signed it when it was added must still
 * have. */
static bool
read_kept(struct opened *o, const struct round_reference *file,
          struct arena *arena, struct aggregate *a, struct err *e)
{
    char signer[1][SIGNING_HEX] = { "" };
    const char *bytes;
    size_t len;

    if (strlen(file->signer) == SIGNING_HEX - 1)
        memcpy(signer[0], file->signer, SIGNING_HEX);
    return round_reference_read(o->store, o->round, file->number, arena,
                                &bytes, &len, e)
        && aggregate_read(bytes, len, file->name,
                          (const char (*)[SIGNING_HEX])signer, 1, arena, a,
                          e);
}

bool
compare_kept_read(struct opened *o, struct arena *arena,
                  struct compare_kept *k, struct err *e)
{
    int count;

    memset(k, 0, sizeof *k);
    if (!round_reference_list(o->store, o->round, arena, &k->file, &count,
                              e))
        return false;
    if (count > COMPARE_COLUMNS_MAX)    /* one more than there may be */
        count = COMPARE_COLUMNS_MAX;
    k->a = arena_array(arena, (size_t)count + 1, sizeof *k->a);
    k->beside = arena_array(arena, (size_t)count + 1, sizeof *k->beside);
    while (k->count < count) {
        int i = k->count++;

        k->beside[i] = (struct compare_beside){
            .a = &k->a[i], .name = k->file[i].name
        };
        if (!read_kept(o, &k->file[i], arena, &k->a[i], e))
            return false;
    }
    return true;
}

void
compare_kept_clear(struct compare_kept *k)
{
    for (int i = 0; i < k->count; i++)
        aggregate_clear(&k->a[i]);
    k->count = 0;
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
        && compare_own(&r->o, &r->made.doc, 1, arena, &r->a, e);
}

/* Which of ORDER's documents show tables of REPORT, or of any report (-1):
 * only they are built. */
static void
choose_tables(struct publication_document *document, int count, int report)
{
    for (int i = 0; i < count; i++)
        document[i].build = document[i].kind == DOC_TABLES
            && (report < 0 || document[i].report == report);
}

/* As its own publication has it: what was hidden then is hidden now. */
static bool
count_published(struct compare_round *r, const struct actor *actor,
                int report, struct arena *arena, struct err *e)
{
    struct publication_document *document = arena_array(arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *document);
    struct document **doc = arena_array(arena, PUBLICATION_DOCUMENTS_MAX,
                                        sizeof(struct document *));
    struct publication_order order = {
        .municipality_name = compare_name(r->o.round, arena),
        .publish = true
    };
    int count = 0;

    if (!publication_whole(&r->o, LANG_NB, arena, document, &order, e))
        return false;
    if (order.ledger->count == 0)
        return err_set(e, ERR_INPUT, "compare.unpublished", "%s",
                       r->o.round->id);
    choose_tables(document, order.document_count, report);
    if (!publication_make(&r->o, actor, &order, arena, &r->publication,
                             e))
        return false;
    r->published = true;
    for (int i = 0; i < order.document_count; i++)
        if (document[i].build)
            doc[count++] = r->publication.doc[i];
    if (count == 0)
        return err_set(e, ERR_INPUT, "compare.report", "%s %s",
                       r->o.round->id, report < 0 ? "mental"
                       : r->o.in->reports[report].id);
    return compare_own(&r->o, doc, count, arena, &r->a, e);
}

bool
compare_round_take(struct compare_round *r, struct store *s,
                   const char *round, const struct actor *actor,
                   const struct compare_order *order, struct arena *arena,
                   struct err *e)
{
    int report = -1;

    memset(r, 0, sizeof *r);
    if (!opened_init(&r->o, s, round, e))
        return false;
    if (r->o.round->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "compare.training", "%s", round);
    if (order->report != NULL) {
        report = instrument_report(r->o.in, order->report);
        if (report < 0)
            return err_set(e, ERR_INPUT, "compare.report", "%s %s", round,
                           order->report);
    }
    return order->publish ? count_published(r, actor, report, arena, e)
                          : count_internal(r, actor, report, arena, e);
}

bool
compare_round_record(struct compare_round *r, const struct actor *actor,
                     struct err *e)
{
    int number;

    return !r->published
        || publication_record(&r->o, actor, &r->publication, NULL, 0,
                              &number, e);
}

void
compare_round_clear(struct compare_round *r)
{
    publication_clear(&r->publication);
    report_made_clear(&r->made);
    opened_clear(&r->o);
}
