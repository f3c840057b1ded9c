/* unit.h - the eighteen units of 2014, what each registers, and when. */
#ifndef DEMO_UNIT_H
#define DEMO_UNIT_H
#include "demo/days.h"
#include "demo/random.h"
#include "demo/reg.h"

enum { DEMO_UNITS = 18, DEMO_PLACES = 32 };

struct demo_unit {
    const char *slug, *name, *sector;
    const char *tiers;      /* as in UNITS.csv */
    const char *required;   /* tiers where a number must be given */
    unsigned days;          /* bit n: demo_days[n] */
    unsigned district;      /* one bit or more; 0: all of the town */
};

enum demo_kind {
    KIND_PSS, KIND_PSYOPP, KIND_SOCIAL, KIND_STATE, KIND_TRAINING,
    KIND_INTRO, KIND_REHAB, KIND_DAY, KIND_COUNT
};

/* A unit and a tier: who registers. */
struct demo_place {
    int unit, tier;
    enum demo_kind kind;
    int size;               /* share of its kind, permille */
};

extern const struct demo_unit demo_unit_list[DEMO_UNITS];
extern const struct demo_place demo_places[DEMO_PLACES];
extern const char *const demo_days[DEMO_DAYS];  /* ISO 8601 */

/* Where R is registered. With NEAR, where R is registered as well: NEAR's
 * district more often, and not in the same place. */
int demo_place_draw(const struct demo_reg *r, const struct demo_reg *near,
                    struct demo_random *random);
/* One of the days of PLACE's unit. */
int demo_day_draw(int place, struct demo_random *random);

#endif
