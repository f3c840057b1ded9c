/* part.c - parts of a shared transaction; see store.h.
 *
 * The lists of the open transaction only grow at one end, so where they
 * ended when the part began is all there is to remember of them. */
#include <assert.h>
#include "store/store_private.h"

bool
store_part_begin(struct store *s, struct err *e)
{
    assert(s->open && !s->part && !s->bulk);
    if (!db_savepoint(s->db, e))
        return false;
    s->part = true;
    s->before = (struct part){
        .last = s->last, .new_keys = s->new_keys, .unlogged = s->unlogged,
        .purge = s->purge, .due = s->due,
        .touched_count = s->touched_count
    };
    return true;
}

static void
undo(struct store *s)
{
    const struct part *b = &s->before;

    s->last = b->last;
    if (s->last != NULL)
        s->last->next = NULL;
    else
        s->first = NULL;
    s->new_keys = b->new_keys;
    s->unlogged = b->unlogged;
    s->bulk = false;
    s->purge = b->purge;
    s->due = b->due;
    s->touched_count = b->touched_count;
}

bool
store_part_end(struct store *s, bool ok, struct err *e)
{
    struct err ignored;

    assert(s->open && s->part);
    s->part = false;
    /* Here it is this job's mistake; at the commit it would be all's. */
    if (ok && s->unlogged > s->before.unlogged)
        ok = err_set(e, ERR_MACHINE, "store.unlogged", "%lld",
                     (long long)s->unlogged);
    if (ok && db_release(s->db, e))
        return true;
    err_clear(&ignored);
    undo(s);
    if (!db_rollback_to(s->db, &ignored)) {
        s->spoilt = true;
        err_set(e, ignored.code, ignored.key, "%s", ignored.arg[0]);
    }
    return false;
}
