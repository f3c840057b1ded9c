/* gaps.c - what mappers leave out, and the units they know of.
 *
 * Only a no is ever left out, and of a recipient with mental health problems
 * never a score or what a printed percentage is about: so no printed figure
 * moves, neither by its number nor by its base. */
#include "demo/round.h"
#include "demo/unit.h"

/* Permille, our own choice: what a mapper would have to ask for is left out
 * more often than what a mapper sees. */
static const struct {
    int first, last;        /* enum demo_var */
    int blank, unknown;
    bool any;               /* also another answer than no */
    bool printed;           /* a share of the mental group was printed */
} gaps[] = {
    { VAR_CRISIS, VAR_CRISIS, 14, 12, false, false },
    { VAR_OPIOID, VAR_OPIOID, 18, 4, false, false },
    { VAR_CARE, VAR_CARE, 8, 13, false, false },
    { VAR_CONTACT, VAR_CONTACT, 10, 24, false, false },
    { VAR_IP, VAR_IP, 6, 14, false, true },
    { VAR_IP_DECLINED, VAR_IP_DECLINED, 20, 24, true, false },
    { VAR_PLAN_MEASURE, VAR_PLAN_MEASURE, 9, 10, false, true },
    { VAR_PLAN_ACTION, VAR_PLAN_OTHER, 16, 12, false, false },
    { VAR_COORDINATOR, VAR_COORDINATOR, 12, 14, false, true },
    { VAR_GROUP, VAR_GROUP, 6, 9, false, false },
    { VAR_GROUP_NAV, VAR_GROUP_OTHER, 12, 6, true, false },
    { VAR_USE_ALCOHOL, VAR_USE_OTHER, 8, 21, false, false },
    { VAR_INJECTING, VAR_INJECTING, 10, 42, false, false },
};

/* Unknown scores of those with substance problems. */
static const int area_unknown[] = { 9, 21, 14, 26, 6, 8, 19, 9 };

static void
leave_out(struct demo_reg *r, int var, int blank, int unknown,
          struct demo_random *random)
{
    int at = demo_random_below(random, 1000);

    if (at < blank)
        r->v[var] = ANSWER_BLANK;
    else if (at < blank + unknown)
        r->v[var] = ANSWER_UNKNOWN;
}

void
demo_gaps(struct demo_reg *r, struct demo_random *random)
{
    int n = (int)(sizeof gaps / sizeof gaps[0]);
    bool mental = r->v[VAR_TARGET_GROUP] == TARGET_MENTAL;

    for (int i = 0; i < n; i++)
        for (int var = gaps[i].first; var <= gaps[i].last; var++)
            if ((r->v[var] == 0 || (gaps[i].any && r->v[var] > 0))
                && !(gaps[i].printed && mental))
                leave_out(r, var, gaps[i].blank, gaps[i].unknown, random);
    for (int var = VAR_AREA_FIRST; var <= VAR_AREA_LAST && !mental; var++)
        leave_out(r, var, 4, area_unknown[var - VAR_AREA_FIRST], random);
    demo_reg_tidy(r, random);
}

void
demo_serving(struct demo_reg *r, struct demo_random *random)
{
    struct demo_reg other = *r;
    int more = demo_random_chance(random, 380) +
        demo_random_chance(random, 120);

    r->serving = 0;
    if (demo_random_chance(random, 25))
        return;                 /* left out */
    r->serving |= 1u << demo_places[r->place].unit;
    /* Whom another unit may have in mind too, the nearest first. */
    for (int i = 0; i < more; i++) {
        int place;

        other.firstline = true;
        place = demo_place_draw(&other, r, random);
        if (place >= 0)
            r->serving |= 1u << demo_places[place].unit;
    }
}
