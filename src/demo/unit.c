/* unit.c - see unit.h.
 *
 * Days: of the schedule for mappers only the sums are certain, of each
 * unit and of each day (3 4 4 4 4 3 3 4 4 3); where each cross stood was
 * lost with the columns. These crosses keep all sums and the order in the
 * rows; they are one of many ways to do so.
 *
 * Sizes are our own: no source gives a unit's number of registrations. */
#include "demo/unit.h"
#include <stddef.h>
#include "demo/service.h"

const char *const demo_days[DEMO_DAYS] = {
    "2014-05-20", "2014-05-21", "2014-05-22", "2014-05-23", "2014-05-26",
    "2014-05-27", "2014-05-28", "2014-06-02", "2014-06-03", "2014-06-04",
};

#define D(n) (1u << ((n) - 1))
#define PSYCH "1=Vedtak om PSS|2=Vedtak om PSYOPP"
#define NAV "2=NAV sosialtjeneste|3=NAV stat"

enum {
    ARNA = 1, BERGENHUS = 2, FANA = 4, FYLLING = 8, LAKSE = 16, YTRE = 32,
    ARSTAD = 64, ASANE = 128
};

const struct demo_unit demo_unit_list[DEMO_UNITS] = {
    { "botreningssenteret", "Botreningssenteret", "health",
      "1=Botreningssenter", "", D(1) | D(2), 0 },
    { "introduksjonssenteret", "Introduksjonssenteret for flyktninger",
      "other", "1=Introduksjonssenter", "", D(1), 0 },
    { "myrsaeter", "Myrsæter", "health",
      "1=Bo- og rehabiliteringssenter", "", D(7) | D(8), 0 },
    { "nav_arna", "NAV Arna", "social", NAV, "", D(2), ARNA },
    { "nav_bergenhus", "NAV Bergenhus", "social", NAV, "", D(2),
      BERGENHUS },
    { "nav_fana", "NAV Fana", "social", NAV, "", D(10), FANA },
    { "nav_fyllingsdalen", "NAV Fyllingsdalen", "social", NAV, "", D(7),
      FYLLING },
    { "nav_laksevag", "NAV Laksevåg", "social", NAV, "", D(5), LAKSE },
    { "nav_ytrebygda", "NAV Ytrebygda", "social", NAV, "", D(8), YTRE },
    { "nav_arstad", "NAV Årstad", "social", NAV, "", D(9) | D(10), ARSTAD },
    { "nav_asane", "NAV Åsane", "social", NAV, "", D(3) | D(4), ASANE },
    { "psykisk_helse_arna_asane", "Psykisk helse Arna/Åsane", "health",
      PSYCH, "", D(5) | D(6) | D(7), ARNA | ASANE },
    { "psykisk_helse_bergenhus", "Psykisk helse Bergenhus", "health",
      PSYCH, "", D(8) | D(9), BERGENHUS },
    { "psykisk_helse_fana_ytrebygda", "Psykisk helse Fana/Ytrebygda",
      "health", PSYCH, "", D(2) | D(3) | D(4), FANA | YTRE },
    { "psykisk_helse_fyllingsdalen", "Psykisk helse Fyllingsdalen",
      "health", PSYCH, "", D(3) | D(4), FYLLING },
    { "psykisk_helse_laksevag", "Psykisk helse Laksevåg", "health",
      PSYCH, "", D(5) | D(6), LAKSE },
    { "psykisk_helse_arstad", "Psykisk helse Årstad", "health",
      PSYCH, "", D(9) | D(10), ARSTAD },
    { "strax_huset", "Strax-huset", "health", "3=Dagsenter", "3",
      D(1) | D(3) | D(4) | D(5) | D(6) | D(8) | D(9), 0 },
};

const struct demo_place demo_places[DEMO_PLACES] = {
    { 0, 1, KIND_TRAINING, 1000 },
    { 1, 1, KIND_INTRO, 1000 },
    { 2, 1, KIND_REHAB, 1000 },
    { 3, 2, KIND_SOCIAL, 45 }, { 3, 3, KIND_STATE, 55 },
    { 4, 2, KIND_SOCIAL, 205 }, { 4, 3, KIND_STATE, 160 },
    { 5, 2, KIND_SOCIAL, 110 }, { 5, 3, KIND_STATE, 130 },
    { 6, 2, KIND_SOCIAL, 105 }, { 6, 3, KIND_STATE, 115 },
    { 7, 2, KIND_SOCIAL, 155 }, { 7, 3, KIND_STATE, 150 },
    { 8, 2, KIND_SOCIAL, 60 }, { 8, 3, KIND_STATE, 85 },
    { 9, 2, KIND_SOCIAL, 185 }, { 9, 3, KIND_STATE, 150 },
    { 10, 2, KIND_SOCIAL, 135 }, { 10, 3, KIND_STATE, 155 },
    { 11, 1, KIND_PSS, 205 }, { 11, 2, KIND_PSYOPP, 200 },
    { 12, 1, KIND_PSS, 175 }, { 12, 2, KIND_PSYOPP, 190 },
    { 13, 1, KIND_PSS, 190 }, { 13, 2, KIND_PSYOPP, 215 },
    { 14, 1, KIND_PSS, 120 }, { 14, 2, KIND_PSYOPP, 110 },
    { 15, 1, KIND_PSS, 140 }, { 15, 2, KIND_PSYOPP, 125 },
    { 16, 1, KIND_PSS, 170 }, { 16, 2, KIND_PSYOPP, 160 },
    { 17, 3, KIND_DAY, 1000 },
};

/* How much of each target group each kind of place registers. */
static const int kind_share[KIND_COUNT][TARGET_COUNT] = {
    /*                 mental substance dual */
    [KIND_PSS]      = { 350,   2,  62 },
    [KIND_PSYOPP]   = { 400,   5,  70 },
    [KIND_SOCIAL]   = { 130, 830, 640 },
    [KIND_STATE]    = {  60,  18,  34 },
    [KIND_TRAINING] = {  11,   6,  15 },
    [KIND_INTRO]    = {  16,   1,   2 },
    [KIND_REHAB]    = {  45, 110, 115 },
    [KIND_DAY]      = {   6, 110, 150 },
};

static bool
has_nav(const struct demo_reg *r)
{
    return (r->received & DEMO_NAV_BENEFITS) != 0;
}

/* NAV's offices. State NAV registers AAP of 18-25, IPS and los. */
static int
fit_nav(enum demo_kind kind, const struct demo_reg *r)
{
    int age = demo_reg_age(r), fit = has_nav(r) ? 100 : 25;

    if (!r->firstline && r->services_done)
        fit *= 12;
    if (kind == KIND_SOCIAL)
        return fit * (1 + (r->v[VAR_ECONOMY] >= 3));
    if (!has_nav(r) || age > 55)
        return 0;
    if (age <= 25)
        return r->received & DEMO_BIT(SVC_NAV_TEMPORARY) ? fit * 20 : 0;
    return r->received & DEMO_BIT(SVC_NAV_PERMANENT) ? 0 : fit / 2;
}

/* How well the kind of place fits, 100 being as its share says. */
static int
fit_of(enum demo_kind kind, const struct demo_reg *r)
{
    int age = demo_reg_age(r), house = r->v[VAR_HOUSING];
    bool none = !r->firstline && r->services_done;

    switch (kind) {
    case KIND_SOCIAL:
    case KIND_STATE:
        return fit_nav(kind, r);
    case KIND_PSS:
        if (none)
            return 0;
        return (r->received & DEMO_BIT(SVC_TALKS_HOME) ? 160 : 70) +
            (r->v[VAR_CRISIS] == 1 ? -60 : demo_reg_need(r) / 5);
    case KIND_PSYOPP:
        return none ? 1 : r->v[VAR_CRISIS] == 1 ? 260 : 110;
    case KIND_TRAINING:
        return none ? 0 : (age < 40 ? 160 : 50) * (house > 1 ? 3 : 1);
    case KIND_INTRO:
        return age > 52 || age < 20 || none || has_nav(r) ? 0 : 300;
    case KIND_REHAB:
        /* Those who live there are yellow on housing. */
        return house < 2 || house > 4 ? 0 : age < 30 ? 30 : 180;
    case KIND_DAY:
        return house > 2 ? 300 : 80;
    case KIND_COUNT:
        break;
    }
    return 0;
}

static int
nearness(const struct demo_place *p, const struct demo_reg *near)
{
    const struct demo_place *q = &demo_places[near->place];
    unsigned a = demo_unit_list[p->unit].district;
    unsigned b = demo_unit_list[q->unit].district;

    if (p == q)
        return 0;
    if (p->unit == q->unit)
        return 5;               /* two who work in one unit */
    return a == 0 || b == 0 ? 8 : (a & b) != 0 ? 20 : 1;
}

int
demo_place_draw(const struct demo_reg *r, const struct demo_reg *near,
                struct demo_random *random)
{
    int weight[DEMO_PLACES];
    int target = r->v[VAR_TARGET_GROUP];

    for (int i = 0; i < DEMO_PLACES; i++) {
        const struct demo_place *p = &demo_places[i];

        weight[i] = p->size * kind_share[p->kind][target] / 10 *
            fit_of(p->kind, r) / 100;
        if (near != NULL)
            weight[i] = weight[i] / 20 * nearness(p, near);
    }
    return demo_random_pick(random, weight, DEMO_PLACES);
}

int
demo_day_draw(int place, struct demo_random *random)
{
    unsigned days = demo_unit_list[demo_places[place].unit].days;
    int weight[DEMO_DAYS];

    for (int i = 0; i < DEMO_DAYS; i++)
        weight[i] = (days >> i & 1u) != 0;
    return demo_random_pick(random, weight, DEMO_DAYS);
}

int
demo_unit_days(int unit, const char *days[DEMO_DAYS])
{
    int count = 0;

    for (int d = 0; d < DEMO_DAYS; d++)
        if ((demo_unit_list[unit].days >> d & 1) != 0)
            days[count++] = demo_days[d];
    return count;
}
