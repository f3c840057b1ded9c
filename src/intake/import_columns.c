/* import_columns.c - the file of columns of a round that an import fills.
 *
 * A closed round is counted by its columns, which are made of the store when
 * somebody first counts (feed/columned.h). Where a round had no registrations
 * before the import, every row goes by here, effective and derived, so they
 * are made on the way: to read, open and unpack a million rows again takes as
 * long as to read them from the file. It is a favour like that other: where
 * it can't be done nobody hears of it.
 *
 * Whoever has committed must not fail any more. So the file is written before
 * the commit, under a name that nobody counts by, and only takes its own name
 * after it. */
#include <assert.h>
#include <stdlib.h>
#include "base/array.h"
#include "intake/importing.h"

void
import_columns_begin(struct importing *im)
{
    const struct round *r = im->o->round;

    if (r->next_number == 1 && im->actor->all_units
        && r->training_of[0] == '\0')
        im->gathering.maker = column_maker_new(im->o->in, GATHERED_MAX);
}

void
import_columns_clear(struct importing *im)
{
    struct gathering *g = &im->gathering;

    column_maker_free(g->maker);
    free(g->row);
    *g = (struct gathering){ .maker = NULL };
}

static bool
note_row(struct gathering *g, int64_t number, bool counts, struct err *e)
{
    struct gathered *p = array_more(g->row, g->count, &g->room, sizeof *p, e);

    if (p == NULL)
        return false;
    g->row = p;
    g->row[g->count++] = (struct gathered){ (uint32_t)number, counts };
    return true;
}

void
import_columns_add(struct importing *im, const struct registration *r)
{
    struct gathering *g = &im->gathering;
    const struct row row = {
        im->effective, (const uint64_t *const *)im->cells.row.set
    };
    bool counts = r->superseded_by == 0, ok;
    struct err ignored = { .code = ERR_NONE };

    if (g->maker == NULL)
        return;
    /* Who decides and the log want them rising. */
    ok = r->number > g->last;
    g->last = r->number;
    if (ok && r->status == STATUS_COMPLETE)
        ok = note_row(g, r->number, counts, &ignored)
             && column_maker_add(g->maker, &row, counts, &ignored);
    if (!ok)
        import_columns_clear(im);
}

/* NUMBER's person is counted by another of its registrations. */
static bool
supersede(void *ctx, int64_t number, int64_t by, int64_t now, int64_t size,
          struct err *e)
{
    struct gathering *g = ctx;

    (void)now, (void)size, (void)e;
    if (by == 0)
        return true;
    while (g->row[g->next].number < number)
        g->next++;
    assert(g->row[g->next].number == number);
    g->row[g->next].counts = false;
    column_maker_supersede(g->maker, (int64_t)g->next);
    return true;
}

bool
import_columns_write(struct importing *im, struct err *e)
{
    struct gathering *g = &im->gathering;
    struct opened *o = im->o;
    const struct columned c = { o->store, o->round->id, o->in, o, 1 };
    struct ranges counting;

    if (g->maker == NULL)
        return true;
    if (!settling_each(im->settling, supersede, g, e)
        || !round_changes(o->store, o->round, &o->round->changes, e))
        return false;
    ranges_init(&counting);
    for (size_t i = 0; i < g->count; i++)
        if (g->row[i].counts)
            ranges_add(&counting, g->row[i].number);
    columned_early_begin(&g->early, &c, g->maker, &counting);
    g->written = true;
    ranges_clear(&counting);
    return true;
}

void
import_columns_end(struct importing *im, bool committed)
{
    struct gathering *g = &im->gathering;

    if (g->written)
        columned_early_end(&g->early, committed);
    g->written = false;
}
