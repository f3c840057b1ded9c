/* reg.c - see reg.h. */
#include "demo/reg.h"
#include "demo/unit.h"

/* Questions with a condition, and the share (permille) answered yes where
 * one has just become asked. */
static const struct {
    enum demo_var var;
    int yes;
} conditional[] = {
    { VAR_CRISIS, 40 },
    { VAR_IP_DECLINED, 70 },
    { VAR_GROUP_NAV, 430 },
    { VAR_GROUP_SOCIAL, 480 },
    { VAR_GROUP_SPECIALIST, 560 },
    { VAR_GROUP_HEALTH, 720 },
    { VAR_GROUP_OTHER, 130 },
    { VAR_SUBSTANCE, 0 },
    { VAR_USE_ALCOHOL, 500 },
    { VAR_USE_CANNABIS, 300 },
    { VAR_USE_OPIOIDS, 100 },
    { VAR_USE_STIMULANTS, 150 },
    { VAR_USE_MEDICINES, 250 },
    { VAR_USE_OTHER, 30 },
    { VAR_INJECTING, 60 },
};

static bool
is_asked(const struct demo_reg *r, enum demo_var var)
{
    if (var == VAR_CRISIS)
        return r->v[VAR_TARGET_GROUP] == TARGET_MENTAL;
    if (var == VAR_IP_DECLINED)
        return r->v[VAR_IP] == 0;
    if (var >= VAR_GROUP_NAV && var <= VAR_GROUP_OTHER)
        return r->v[VAR_GROUP] == 1;
    return r->v[VAR_TARGET_GROUP] == TARGET_SUBSTANCE ||
        r->v[VAR_TARGET_GROUP] == TARGET_DUAL;
}

/* No children without care, no worry without children. */
static void
tidy_children(struct demo_reg *r, enum demo_var has, enum demo_var children,
              enum demo_var obs)
{
    if (r->v[has] <= 0) {
        r->v[children] = ANSWER_BLANK;
        r->v[obs] = ANSWER_BLANK;
    } else if (r->v[children] < 0) {
        r->v[obs] = ANSWER_BLANK;
    } else if (r->v[obs] > r->v[children]) {
        r->v[obs] = r->v[children];
    }
}

void
demo_reg_tidy(struct demo_reg *r, struct demo_random *random)
{
    int n = (int)(sizeof conditional / sizeof conditional[0]);

    for (int i = 0; i < n; i++) {
        enum demo_var var = conditional[i].var;

        if (!is_asked(r, var))
            r->v[var] = ANSWER_UNASKED;
        else if (r->v[var] == ANSWER_UNASKED)
            r->v[var] = demo_random_chance(random, conditional[i].yes);
        if (var == VAR_SUBSTANCE && r->v[var] == 0)
            r->v[var] = 2;      /* a score, and not a clear one */
    }
    tidy_children(r, VAR_CARE, VAR_CARE_CHILDREN, VAR_CARE_OBS);
    tidy_children(r, VAR_CONTACT, VAR_CONTACT_CHILDREN, VAR_CONTACT_OBS);
}

int
demo_reg_answered(const struct demo_reg *r)
{
    int n = r->serving != 0;

    for (int i = 0; i < VAR_COUNT; i++)
        n += r->v[i] >= 0;
    return n;
}

bool
demo_reg_has_index(const struct demo_reg *r)
{
    int without = 0;

    for (int i = VAR_AREA_FIRST; i <= VAR_AREA_LAST; i++)
        without += r->v[i] == ANSWER_BLANK || r->v[i] == ANSWER_UNKNOWN;
    return without <= 1;
}

int
demo_reg_need(const struct demo_reg *r)
{
    int sum = 0, n = 0;

    for (int i = VAR_AREA_FIRST; i <= VAR_AREA_LAST; i++) {
        if (r->v[i] > 0) {
            sum += 100 * r->v[i];
            n++;
        }
    }
    return n > 0 ? sum / n : 100;
}

int
demo_reg_age(const struct demo_reg *r)
{
    return r->v[VAR_BIRTH_YEAR] < 0 ? -1 : DEMO_YEAR - r->v[VAR_BIRTH_YEAR];
}

int
demo_reg_children(const struct demo_reg *r)
{
    int care = r->v[VAR_CARE_CHILDREN], contact = r->v[VAR_CONTACT_CHILDREN];

    return (care > 0 ? care : 0) + (contact > 0 ? contact : 0);
}

int
demo_reg_order(const struct demo_reg *a, const struct demo_reg *b)
{
    int ua = demo_places[a->place].unit, ub = demo_places[b->place].unit;

    if (ua != ub)
        return ua < ub ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->shuffle > b->shuffle) - (a->shuffle < b->shuffle);
}

enum demo_step
demo_reg_beats(const struct demo_reg *a, const struct demo_reg *b)
{
    bool index = demo_reg_has_index(a);
    int tier_a = demo_places[a->place].tier;
    int tier_b = demo_places[b->place].tier;
    int more = demo_reg_answered(a) - demo_reg_answered(b);

    if (index != demo_reg_has_index(b))
        return index ? STEP_INDEX : STEP_NONE;
    if (tier_a != tier_b)
        return tier_a < tier_b ? STEP_TIER : STEP_NONE;
    if (more != 0)
        return more > 0 ? STEP_ANSWERED : STEP_NONE;
    if (a->day != b->day)
        return a->day > b->day ? STEP_DAY : STEP_NONE;
    return demo_reg_order(a, b) < 0 ? STEP_NUMBER : STEP_NONE;
}
