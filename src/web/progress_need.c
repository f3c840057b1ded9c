/* progress_need.c - what needs following up while the round is open; see
 * progress.h. Counts by unit, nothing of one mapper. */
#include <string.h>
#include "feed/live.h"
#include "store/grant.h"
#include "web/progress.h"

enum {
    NEAR_DAYS = 14,             /* a unit's first day is near */
    NUMBERS_LEAST = 10,         /* without a number: so many, */
    NUMBERS_PART = 10           /* and more than one in so many */
};

struct needs {
    struct page *p;
    const struct progress *g;
    struct progress_need *list;
    int count;
    const struct grant *grants; /* mappers of the round */
    int grant_count;
    bool mappers;               /* the account announces them */
};

static void
add(struct needs *n, int unit, int kind, int64_t count, int32_t day)
{
    struct progress_need *need = &n->list[n->count++];

    need->unit = unit;
    need->kind = kind;
    need->count = count;
    need->day = day;
}

static bool
has_mapper(const struct needs *n, const char *unit)
{
    for (int i = 0; i < n->grant_count; i++)
        if (n->grants[i].unit[0] == '\0'
            || strcmp(n->grants[i].unit, unit) == 0)
            return true;
    return false;
}

/* The rows of UNIT, all its tiers together. */
static void
look_at(struct needs *n, int unit, const struct unit_count *counted)
{
    const struct progress *g = n->g;
    int64_t left = 0, started = 0;
    int32_t first = DAY_NONE, last = DAY_NONE;

    for (int i = 0; i < g->row_count; i++)
        if (g->row[i].unit == unit) {
            left += g->row[i].count.left > 0 ? g->row[i].count.left : 0;
            started += g->row[i].count.started;
            first = g->row[i].first;
            last = g->row[i].last;
        }
    if (last != DAY_NONE && last < g->today && left > 0)
        add(n, unit, NEED_LEFT, left, last);
    if (last != DAY_NONE && last < g->today && started > 0)
        add(n, unit, NEED_STARTED, started, last);
    if (n->mappers && first != DAY_NONE && first >= g->today
        && first - g->today <= NEAR_DAYS
        && !has_mapper(n, n->p->round->round->units[unit].id))
        add(n, unit, NEED_MAPPERS, 0, first);
    if (counted->no_number >= NUMBERS_LEAST
        && counted->no_number * NUMBERS_PART > counted->complete)
        add(n, unit, NEED_NUMBERS, counted->no_number, DAY_NONE);
}

static bool
read_mappers(struct needs *n)
{
    struct page *p = n->p;
    const struct grant_ask ask = {
        .round = p->round->round->id, .duty = DUTY_MAPPER,
        .from_ms = p->now_ms, .to_ms = p->now_ms + 1
    };

    n->mappers = page_power(p, RIGHT_MAPPERS).reach != REACH_NONE;
    return !n->mappers
           || grant_list(p->store, &ask, p->arena, &n->grants,
                         &n->grant_count, &p->err);
}

bool
progress_needs(struct page *p, const struct progress *g,
               const struct progress_need **list, int *count)
{
    const struct round *round = p->round->round;
    size_t units = (size_t)round->unit_count;
    struct needs n = { .p = p, .g = g };
    struct unit_count *counted = arena_array(p->arena, units + 1,
                                             sizeof *counted);
    int seen = -1;

    *count = 0;
    if (g->own || round->status != ROUND_OPEN
        || round->training_of[0] != '\0')
        return true;
    n.list = arena_array(p->arena, units * 4 + 1, sizeof *n.list);
    if (!read_mappers(&n)
        || !live_unit_counts(p->round, &p->actor, counted, &p->err))
        return false;
    for (int i = 0; i < g->row_count; i++)
        if (g->row[i].unit != seen) {
            seen = g->row[i].unit;
            look_at(&n, seen, &counted[seen]);
        }
    *list = n.list;
    *count = n.count;
    return true;
}
