/* place.h - where an account may register: units and tiers of p->round. */
#ifndef WEB_PLACE_H
#define WEB_PLACE_H
#include "web/page.h"

struct place {
    int unit;                   /* of the round */
    const struct unit_tier *tier;
    const char *id;             /* "UNIT.TIER", for forms */
};

/* The units that P's account is a mapper of, those switched off left out,
 * and the tiers of them that its grants say; in the round's order. */
int place_list(struct page *p, const struct place **list);
/* NULL where none of LIST is that. */
const struct place *place_find(const struct place *list, int count,
                               const char *id);
const struct place *place_of(const struct place *list, int count, int unit,
                             int tier);

/* Words for a tier of a unit: the round's own, or "nivå 2". */
const char *place_tier(struct page *p, int unit, int tier);
/* "Psykisk helse Laksevåg" where it has one tier only, or with the tier's
 * words behind. */
const char *place_name(struct page *p, int unit, int tier);
/* Whether ACCOUNT, whose grants LIST are, may register in that unit and tier
 * of ROUND. */
bool place_granted(const struct grant *list, int count,
                   const struct round *round, const char *unit, int tier);
/* The mappers of that unit and tier at this time, BUT left out; ids and
 * names, by name, in p->arena. False with p->err set. */
struct mapper {
    const char *id, *name;
};
MUST_CHECK bool place_mappers(struct page *p, int unit, int tier,
                              const char *but,
                              const struct mapper **list, int *count);
/* The name of an account, or its id where it has none. */
const char *place_person(struct page *p, const char *account);

#endif
