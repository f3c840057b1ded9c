/* settled.c - which registrations count, for an export.
 *
 * Where the round has been settled the store says it. Where registrations
 * came since, it is decided here, in memory: an export writes nothing. */
#include <stdlib.h>
#include "base/array.h"
#include "feed/settle.h"
#include "intake/dataset.h"

struct loser {
    int64_t number, by;
};

struct settled {
    struct loser *loser;        /* rising */
    size_t count, room, next;
};

static bool
note(void *ctx, int64_t number, int64_t by, int64_t now, int64_t size,
     struct err *e)
{
    struct settled *s = ctx;
    struct loser *p;

    (void)now;
    if (by == 0 || size == 0)
        return true;
    p = array_more(s->loser, s->count, &s->room, sizeof *p, e);
    if (p == NULL)
        return false;
    s->loser = p;
    s->loser[s->count++] = (struct loser){ number, by };
    return true;
}

struct settled *
settled_new(const struct opened *o, const struct actor *actor, struct err *e)
{
    struct settling *settling = settling_new(o, actor, e);
    struct settled *s = NULL;

    if (settling == NULL)
        return NULL;
    s = mem_take(sizeof *s);
    if (!settling_each(settling, note, s, e)) {
        settled_free(s);
        s = NULL;
    }
    settling_free(settling);
    return s;
}

void
settled_free(struct settled *s)
{
    if (s == NULL)
        return;
    free(s->loser);
    free(s);
}

/* Who supersedes number N, 0: nobody. */
static int64_t
winner(struct settled *s, int64_t n)
{
    /* A second scan begins again at the first. */
    if (s->next > 0 && s->loser[s->next - 1].number >= n)
        s->next = 0;
    while (s->next < s->count && s->loser[s->next].number < n)
        s->next++;
    if (s->next < s->count && s->loser[s->next].number == n)
        return s->loser[s->next].by;
    return 0;
}

bool
settled_counts(struct settled *s, const struct registration *r, int64_t *by)
{
    *by = s != NULL && r->has_pseudonym ? winner(s, r->number)
                                        : r->superseded_by;
    return r->status == STATUS_COMPLETE && *by == 0;
}
