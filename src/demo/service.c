/* service.c - see service.h.
 *
 * A service is likelier with a worse score in the area it is for, and
 * where the registering unit is the one that gives it. What is wanted
 * follows what is received (most of it should go on) and, where it is not
 * received, the need. */
#include "demo/service.h"
#include "demo/unit.h"

enum { SETTLED = -1 };
enum { ALWAYS, HOUSING_NOT_GREEN, HAS_CHILDREN, HAS_NAV, ON_SUBSTANCES };

#define K(kind) (1u << (kind))
#define HOME_CARE K(KIND_PSS)
#define PSYCH (K(KIND_PSS) | K(KIND_PSYOPP))
#define SOCIAL K(KIND_SOCIAL)
#define HOUSED (K(KIND_TRAINING) | K(KIND_REHAB))
#define DAY K(KIND_DAY)

static const struct rule {
    const char *code;
    enum demo_var area;
    int base[TARGET_COUNT]; /* permille at score 1; SETTLED before */
    int step;               /* more for each score above 1 */
    int only;               /* who can have it at all */
    unsigned kinds;         /* places that give it, */
    int boost;              /* permille more there */
    int keep;               /* permille still wanted where received */
    int hope;               /* permille wanted else, a score above 1 */
} rules[SVC_COUNT] = {
    [SVC_TEMP_FOLLOWUP] = { "temp_housing_followup", VAR_HOUSING,
        { 0, 10, 20 }, 45, HOUSING_NOT_GREEN, HOUSED, 600, 620, 40 },
    [SVC_TEMP_PLAIN] = { "temp_housing_plain", VAR_HOUSING,
        { 0, 0, 0 }, 45, HOUSING_NOT_GREEN, SOCIAL, 60, 300, 10 },
    [SVC_HOUSING_ADVICE] = { "housing_advice", VAR_HOUSING,
        { 30, 45, 70 }, 75, ALWAYS, SOCIAL | HOUSED, 130, 720, 55 },
    [SVC_HOUSING_VIEWING] = { "housing_viewing", VAR_HOUSING,
        { 2, 4, 10 }, 30, ALWAYS, SOCIAL | HOUSED, 15, 640, 35 },
    [SVC_HOUSING_MOVING] = { "housing_moving", VAR_HOUSING,
        { 8, 14, 25 }, 40, ALWAYS, SOCIAL | HOUSED, 20, 420, 50 },
    [SVC_HOUSING_VISIT] = { "housing_visit", VAR_SOCIAL,
        { 20, 60, 90 }, 22, ALWAYS, HOME_CARE, 190, 850, 18 },
    [SVC_HOUSING_ADL] = { "housing_adl", VAR_PHYSICAL,
        { 25, 15, 25 }, 16, ALWAYS, HOME_CARE | HOUSED, 60, 880, 16 },
    [SVC_GP] = { "gp", VAR_PHYSICAL,
        { SETTLED, 700, 600 }, 40, ALWAYS, PSYCH | HOUSED, 80, 960, 70 },
    [SVC_THERAPY] = { "therapy", VAR_MENTAL,
        { SETTLED, 50, 110 }, 22, ALWAYS, PSYCH | HOUSED, 130, 790, 45 },
    [SVC_TALKS_OUT] = { "talks_out", VAR_SUBSTANCE,
        { SETTLED, 330, 400 }, 25, ALWAYS, SOCIAL | DAY, 60, 840, 35 },
    [SVC_TALKS_HOME] = { "talks_home", VAR_MENTAL,
        { SETTLED, 60, 110 }, 25, ALWAYS, HOME_CARE, 280, 870, 25 },
    [SVC_CARE_HOME] = { "care_home", VAR_PHYSICAL,
        { 25, 40, 40 }, 25, ALWAYS, HOME_CARE, 80, 900, 20 },
    [SVC_CARE_OUT] = { "care_out", VAR_PHYSICAL,
        { 30, 330, 130 }, 20, ALWAYS, DAY | HOUSED, 180, 880, 18 },
    [SVC_PERSON_ADL] = { "person_adl", VAR_SOCIAL,
        { 15, 15, 25 }, 20, ALWAYS, HOME_CARE | HOUSED, 90, 860, 16 },
    [SVC_REFERRAL] = { "referral", VAR_MENTAL,
        { 20, 60, 75 }, 25, ALWAYS, K(KIND_PSYOPP) | DAY, 60, 430, 22 },
    [SVC_ESCORT] = { "escort", VAR_SOCIAL,
        { 15, 30, 40 }, 22, ALWAYS, HOME_CARE | DAY, 60, 830, 22 },
    [SVC_COORDINATION] = { "coordination", VAR_MENTAL,
        { 10, 40, 45 }, 20, ALWAYS, PSYCH | HOUSED, 40, 800, 24 },
    [SVC_CHILD_MEASURES] = { "child_measures", VAR_MENTAL,
        { 60, 120, 170 }, 35, HAS_CHILDREN, 0, 0, 770, 25 },
    [SVC_BASIC_NEEDS] = { "basic_needs", VAR_HOUSING,
        { 3, 20, 30 }, 45, ALWAYS, DAY | HOUSED, 420, 860, 20 },
    [SVC_SOCIAL_CONTACT] = { "social_contact", VAR_NETWORK,
        { 15, 30, 50 }, 28, ALWAYS, DAY | HOUSED, 330, 870, 50 },
    [SVC_SUPPORT_TALKS] = { "support_talks", VAR_NETWORK,
        { 70, 90, 110 }, 26, ALWAYS, PSYCH | DAY, 110, 860, 28 },
    [SVC_TRAINING_BOUND] = { "training_bound", VAR_ACTIVITY,
        { 55, 45, 50 }, -4, ALWAYS, SOCIAL | K(KIND_STATE), 40, 620, 45 },
    [SVC_TRAINING_FREE] = { "training_free", VAR_ACTIVITY,
        { 35, 45, 60 }, 3, ALWAYS, DAY, 90, 780, 55 },
    [SVC_CONTACT_SINGLE] = { "contact_single", VAR_NETWORK,
        { 12, 4, 8 }, 24, ALWAYS, HOME_CARE, 30, 890, 42 },
    [SVC_CONTACT_GROUP] = { "contact_group", VAR_NETWORK,
        { 8, 2, 4 }, 8, ALWAYS, HOME_CARE, 12, 830, 22 },
    [SVC_COURSES] = { "courses", VAR_SOCIAL,
        { 28, 6, 12 }, 3, ALWAYS, PSYCH, 15, 640, 16 },
    [SVC_ADULT_SCHOOL] = { "adult_school", VAR_ACTIVITY,
        { 9, 5, 7 }, 0, ALWAYS, K(KIND_INTRO), 350, 560, 7 },
    [SVC_INTRO_PROGRAMME] = { "intro_programme", VAR_ACTIVITY,
        { 2, 0, 1 }, 0, ALWAYS, K(KIND_INTRO), 1000, 800, 0 },
    [SVC_MB_PROGRAMME] = { "mb_programme", VAR_ACTIVITY,
        { 6, 2, 4 }, 0, ALWAYS, 0, 0, 520, 4 },
    [SVC_NAV_PERMANENT] = { "nav_permanent", VAR_ECONOMY,
        { SETTLED, SETTLED, SETTLED }, 0, ALWAYS, 0, 0, 985, 8 },
    [SVC_NAV_TEMPORARY] = { "nav_temporary", VAR_ECONOMY,
        { SETTLED, SETTLED, SETTLED }, 0, ALWAYS, 0, 0, 850, 18 },
    [SVC_NAV_KVP] = { "nav_kvp", VAR_ACTIVITY,
        { SETTLED, SETTLED, SETTLED }, 0, ALWAYS, 0, 0, 570, 18 },
    [SVC_NAV_IPS] = { "nav_ips", VAR_ACTIVITY,
        { 14, 2, 7 }, 0, HAS_NAV, K(KIND_STATE), 420, 740, 24 },
    [SVC_NAV_LOS] = { "nav_los", VAR_ACTIVITY,
        { 9, 3, 6 }, 0, HAS_NAV, K(KIND_STATE), 330, 680, 10 },
    [SVC_MENTAL_OUTPATIENT] = { "mental_outpatient", VAR_MENTAL,
        { SETTLED, 12, 130 }, 60, ALWAYS, PSYCH, 110, 800, 42 },
    [SVC_MENTAL_INPATIENT] = { "mental_inpatient", VAR_MENTAL,
        { SETTLED, 2, 20 }, 38, ALWAYS, PSYCH, 30, 370, 10 },
    [SVC_MENTAL_OTHER] = { "mental_other", VAR_MENTAL,
        { SETTLED, 5, 25 }, 14, ALWAYS, PSYCH, 40, 700, 12 },
    [SVC_SUBSTANCE_OUTPATIENT] = { "substance_outpatient", VAR_SUBSTANCE,
        { 0, 560, 290 }, 20, ON_SUBSTANCES, 0, 0, 830, 45 },
    [SVC_SUBSTANCE_INPATIENT] = { "substance_inpatient", VAR_SUBSTANCE,
        { 0, 30, 60 }, 32, ON_SUBSTANCES, K(KIND_REHAB), 90, 410, 40 },
};

const char *
demo_service_code(enum demo_service service)
{
    return rules[service].code;
}

/* How far R is from green in the area of RULE, 0..4. */
static int
distance(const struct demo_reg *r, const struct rule *rule)
{
    int score = r->v[rule->area];

    if (score == ANSWER_UNASKED)
        score = r->v[VAR_MENTAL];
    return score > 1 ? score - 1 : 0;
}

static bool
is_possible(const struct demo_reg *r, const struct rule *rule)
{
    switch (rule->only) {
    case HOUSING_NOT_GREEN:
        return r->v[VAR_HOUSING] > 1;
    case HAS_CHILDREN:
        return demo_reg_children(r) > 0;
    case HAS_NAV:
        return (r->received & DEMO_NAV_BENEFITS) != 0 &&
            demo_reg_age(r) < 56;
    case ON_SUBSTANCES:
        return r->v[VAR_TARGET_GROUP] != TARGET_MENTAL;
    default:
        return true;
    }
}

static int
chance_of(const struct demo_reg *r, const struct rule *rule)
{
    int chance = rule->base[r->v[VAR_TARGET_GROUP]];

    if (rule->kinds & K(demo_places[r->place].kind))
        chance += rule->boost;
    return chance + rule->step * distance(r, rule);
}

/* One who is said to get first-line services gets one of them at least. */
static void
draw_least(struct demo_reg *r, struct demo_random *random)
{
    static const enum demo_service least[] = {
        SVC_SUPPORT_TALKS, SVC_HOUSING_VISIT, SVC_CARE_OUT,
        SVC_SOCIAL_CONTACT, SVC_HOUSING_ADVICE, SVC_REFERRAL,
    };

    if (r->firstline && (r->received & DEMO_FIRSTLINE) == 0)
        r->received |= DEMO_BIT(least[demo_random_below(random, 6)]);
}

/* State NAV registers those on AAP up to 25, and else only those in IPS or
 * followed up by los. */
static void
draw_reason(struct demo_reg *r, struct demo_random *random)
{
    bool aap = (r->received & DEMO_BIT(SVC_NAV_TEMPORARY)) != 0 &&
        demo_reg_age(r) <= 25;

    if (demo_places[r->place].kind == KIND_STATE && !aap &&
        (r->received & (DEMO_BIT(SVC_NAV_IPS) | DEMO_BIT(SVC_NAV_LOS))) == 0)
        r->received |= DEMO_BIT(demo_random_chance(random, 700)
                                ? SVC_NAV_IPS : SVC_NAV_LOS);
}

static void
draw_wanted(struct demo_reg *r, struct demo_random *random)
{
    /* Mappers differ in how much they think should be offered. */
    int mood = 500 + demo_random_below(random, 1001);

    r->wanted = 0;
    for (int i = 0; i < SVC_COUNT; i++) {
        const struct rule *rule = &rules[i];
        int chance = rule->hope * distance(r, rule) * mood / 1000;

        if (!is_possible(r, rule))
            chance = 0;
        if (r->received & DEMO_BIT(i))
            chance = rule->keep;
        if (demo_random_chance(random, chance))
            r->wanted |= DEMO_BIT(i);
    }
}

void
demo_service_draw(struct demo_reg *r, struct demo_random *random)
{
    for (int i = 0; i < SVC_COUNT && r->services_done; i++) {
        const struct rule *rule = &rules[i];

        if (rule->base[r->v[VAR_TARGET_GROUP]] == SETTLED)
            continue;
        if (i < SVC_FIRSTLINE_COUNT && !r->firstline)
            continue;
        if (is_possible(r, rule) &&
            demo_random_chance(random, chance_of(r, rule)))
            r->received |= DEMO_BIT(i);
    }
    if (r->services_done) {
        draw_least(r, random);
        draw_reason(r, random);
        draw_wanted(r, random);
    }
}

void
demo_service_again(struct demo_reg *r, const struct demo_reg *of,
                   struct demo_random *random)
{
    r->services_done = of->services_done || demo_random_chance(random, 700);
    if (!r->services_done) {
        r->received = r->wanted = 0;
        return;
    }
    r->received = 0;
    for (int i = 0; i < SVC_COUNT; i++) {
        const struct rule *rule = &rules[i];
        bool had = (of->received & DEMO_BIT(i)) != 0;
        int chance = chance_of(r, rule);

        if (!is_possible(of, rule))
            continue;
        if (rule->base[r->v[VAR_TARGET_GROUP]] == SETTLED)
            chance = i < SVC_FIRSTLINE_COUNT ? 60 : 15;
        /* Two mappers know of the same service more often than not. */
        if (demo_random_chance(random, had ? 780 : chance / 4))
            r->received |= DEMO_BIT(i);
    }
    r->firstline = (r->received & DEMO_FIRSTLINE) != 0;
    draw_reason(r, random);
    draw_wanted(r, random);
}
