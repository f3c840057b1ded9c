/* day_plan.h - what the field work says to one mapper: days, rules,
 * telephones, checklist. A training round has those of the round that it
 * trains for. */
#ifndef WEB_DAY_PLAN_H
#define WEB_DAY_PLAN_H
#include "web/place.h"

struct day_plan {
    struct page *page;
    const struct place *places;
    int place_count;
    const struct round *plan;   /* whose schedule holds; NULL: none */
    int32_t today;
};

/* False with p->err set. */
MUST_CHECK bool day_plan_init(struct day_plan *d, struct page *p);
/* Into p->view: "title_more" (which day of how many, where, whom),
 * "expected" of the units. */
MUST_CHECK bool day_plan_head(struct day_plan *d, int *expected);
/* "rules[]", "calls[]", "checks[]", "whom[]". */
MUST_CHECK bool day_plan_side(struct day_plan *d);

/* "tirsdag 27. mai"; "27. mai"; "10.47". In p->arena. */
const char *day_words(struct page *p, int32_t day);
const char *day_short(struct page *p, int32_t day);
const char *day_time(struct page *p, int64_t ms);

#endif
