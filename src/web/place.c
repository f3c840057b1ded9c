/* place.c - see place.h. */
#include "web/place.h"
#include <stdlib.h>
#include <string.h>
#include "store/account.h"

bool
place_granted(const struct grant *list, int count, const struct round *round,
              const char *unit, int tier)
{
    for (int i = 0; i < count; i++) {
        const struct grant *g = &list[i];

        if (right_reach(g->duty, RIGHT_REGISTER) != REACH_NONE
            && grant_is_of(g, round)
            && (g->unit[0] == '\0' || strcmp(g->unit, unit) == 0)
            && (g->tier == 0 || g->tier == tier))
            return true;
    }
    return false;
}

int
place_list(struct page *p, const struct place **list)
{
    const struct round *r = p->round->round;
    struct place *found = arena_array(p->arena,
                                      (size_t)r->unit_count * TIER_MAX + 1,
                                      sizeof *found);
    int n = 0;

    for (int u = 0; u < r->unit_count; u++)
        for (int t = 0; t < r->units[u].tier_count; t++) {
            const struct unit *unit = &r->units[u];
            const struct unit_tier *tier = &unit->tiers[t];

            if (unit->off || !place_granted(p->grants, p->grant_count, r,
                                            unit->id, tier->tier))
                continue;
            found[n++] = (struct place){
                u, tier, arena_printf(p->arena, "%s.%d", unit->id,
                                      tier->tier)
            };
        }
    *list = found;
    return n;
}

const struct place *
place_find(const struct place *list, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return &list[i];
    return NULL;
}

const struct place *
place_of(const struct place *list, int count, int unit, int tier)
{
    for (int i = 0; i < count; i++)
        if (list[i].unit == unit && list[i].tier->tier == tier)
            return &list[i];
    return NULL;
}

const char *
place_tier(struct page *p, int unit, int tier)
{
    const struct unit *u = &p->round->round->units[unit];

    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == tier && u->tiers[i].words[0] != '\0')
            return u->tiers[i].words;
    return PAGE_TEXT(p, "day.tier", arena_printf(p->arena, "%d", tier));
}

const char *
place_name(struct page *p, int unit, int tier)
{
    const struct unit *u = &p->round->round->units[unit];

    if (u->tier_count == 1)
        return u->name;
    return arena_printf(p->arena, "%s – %s", u->name,
                        place_tier(p, unit, tier));
}

const char *
place_person(struct page *p, const char *account)
{
    const struct account *a = NULL;
    struct err e = { 0 };

    if (account[0] == '\0' || !account_find(p->store, account, p->arena, &a,
                                            &e))
        return account;
    return a != NULL && a->name[0] != '\0' ? a->name : account;
}

static int
by_name(const void *a, const void *b)
{
    const struct mapper *x = a, *y = b;
    int order = strcmp(x->name, y->name);

    return order != 0 ? order : strcmp(x->id, y->id);
}

static bool
listed(const struct mapper *list, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return true;
    return false;
}

/* Grants of the round's mappers, or, in a training round, of those of the
 * round that it trains for too. */
static bool
grants_at(struct page *p, const char *round, const struct grant **list,
          int *count)
{
    const struct grant_ask ask = {
        .round = round, .duty = DUTY_MAPPER, .from_ms = p->now_ms,
        .to_ms = p->now_ms + 1
    };

    *count = 0;
    return round[0] == '\0'
           || grant_list(p->store, &ask, p->arena, list, count, &p->err);
}

bool
place_mappers(struct page *p, int unit, int tier, const char *but,
              const struct mapper **list, int *count)
{
    const struct round *r = p->round->round;
    const char *const rounds[] = { r->id, r->training_of };
    const struct grant *grants[2];
    int counts[2], n = 0;
    struct mapper *found;

    for (int i = 0; i < 2; i++)
        if (!grants_at(p, rounds[i], &grants[i], &counts[i]))
            return false;
    found = arena_array(p->arena, (size_t)(counts[0] + counts[1]) + 1,
                        sizeof *found);
    for (int i = 0; i < 2; i++)
        for (int g = 0; g < counts[i]; g++) {
            const char *id = grants[i][g].account;

            if (strcmp(id, but) == 0 || listed(found, n, id)
                || !place_granted(&grants[i][g], 1, r, r->units[unit].id,
                                  tier))
                continue;
            found[n++] = (struct mapper){ id, place_person(p, id) };
        }
    qsort(found, (size_t)n, sizeof *found, by_name);
    *list = found;
    *count = n;
    return true;
}
