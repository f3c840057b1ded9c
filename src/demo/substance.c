/* substance.c - recipients with substance problems, alone (nearly all in
 * LAR) or with mental health problems as well.
 *
 * No source gives their tables; only their number, and that two in three
 * have great difficulties in one area or more. What is drawn here is our
 * own: seven in ten are men, middle-aged, with scores that share one
 * severity, so that who is badly off is so in many areas. */
#include "demo/round.h"
#include <string.h>
#include "demo/service.h"

enum { DUAL, LAR_ONLY, SUBSTANCE_ONLY, GROUPS };
enum { AREAS = VAR_AREA_LAST - VAR_AREA_FIRST + 1 };

/* Scores: LOAD of the common severity (thousandths), and from where on a
 * score is 2, 3, 4, 5, in thousandths of a normal deviation. */
static const struct {
    int load, noise;
    int cut[4];
    int shift[GROUPS];
} areas[AREAS] = {
    /* substance */ { 620, 785, { -1175, -583, 100, 880 }, { 0, -900, 0 } },
    /* economy */   { 570, 822, { -524, -202, 253, 900 }, { 0, -350, -100 } },
    /* mental */    { 500, 866, { -1555, -772, -50, 600 },
                      { 0, -1500, -1400 } },
    /* physical */  { 360, 933, { -468, -126, 358, 1050 }, { 0, 0, -100 } },
    /* housing */   { 520, 854, { 253, 468, 739, 1126 }, { 0, -400, -100 } },
    /* social */    { 630, 777, { -706, -253, 305, 1126 }, { 0, -450, -300 } },
    /* network */   { 590, 807, { -842, -412, 202, 950 }, { 0, -250, -200 } },
    /* activity */  { 560, 828, { -842, -553, -202, 140 }, { 0, -100, -150 } },
};

/* Yes to each question, permille, and more for each whole score of mean
 * need above green. */
static const struct {
    enum demo_var var;
    int yes[GROUPS];
    int step;
} questions[] = {
    { VAR_IP, { 100, 90, 40 }, 22 },
    { VAR_PLAN_MEASURE, { 210, 240, 150 }, 5 },
    { VAR_PLAN_ACTION, { 50, 60, 40 }, 0 },
    { VAR_PLAN_CRISIS, { 20, 8, 5 }, 18 },
    { VAR_PLAN_OTHER, { 28, 40, 30 }, 0 },
    { VAR_COORDINATOR, { 90, 90, 40 }, 40 },
    { VAR_GROUP, { 130, 330, 60 }, 55 },
};

/* The main drug, and how many use the others beside it (permille). */
static const struct {
    enum demo_var var;
    int main[GROUPS], some[GROUPS];
} drugs[] = {
    { VAR_USE_ALCOHOL, { 300, 60, 560 }, { 330, 300, 200 } },
    { VAR_USE_CANNABIS, { 150, 90, 120 }, { 330, 270, 160 } },
    { VAR_USE_OPIOIDS, { 170, 110, 60 }, { 110, 90, 40 } },
    { VAR_USE_STIMULANTS, { 170, 60, 110 }, { 200, 120, 100 } },
    { VAR_USE_MEDICINES, { 120, 130, 90 }, { 330, 280, 200 } },
    { VAR_USE_OTHER, { 25, 8, 10 }, { 70, 30, 30 } },
};
enum { DRUGS = sizeof drugs / sizeof drugs[0] };

/* No main drug: in LAR and abstinent, or not known which. */
static const int no_main[GROUPS] = { 65, 542, 50 };

static void
draw_scores(struct demo_reg *r, int group, struct demo_random *random)
{
    int severity = demo_random_normal(random);

    for (int i = 0; i < AREAS; i++) {
        int x = (areas[i].load * severity +
                 areas[i].noise * demo_random_normal(random)) / 1000 +
            areas[i].shift[group];
        int score = 1;

        for (int k = 0; k < 4; k++)
            score += x >= areas[i].cut[k];
        r->v[VAR_AREA_FIRST + i] = score;
    }
    /* Else the target group would be another. */
    if (group != DUAL && r->v[VAR_MENTAL] > 3)
        r->v[VAR_MENTAL] = 3;
    if (group == DUAL && r->v[VAR_MENTAL] == 1 &&
        demo_random_chance(random, 600))
        r->v[VAR_MENTAL] = 2;
}

static void
draw_person(struct demo_reg *r, int group, struct demo_random *random)
{
    static const int mean[GROUPS] = { 41, 45, 49 };
    int age = mean[group] + demo_random_normal(random) *
        (group == LAR_ONLY ? 8 : 12) / 1000;

    /* Who would be too young or too old is drawn again, evenly. */
    if (age < DEMO_AGE_MIN || age > 79)
        age = DEMO_AGE_MIN + 2 + demo_random_below(random, 34);
    r->v[VAR_BIRTH_YEAR] = DEMO_YEAR - age;
    r->v[VAR_SEX] = demo_random_chance(random, 697) ? SEX_MALE : SEX_FEMALE;
    r->v[VAR_TARGET_GROUP] = group == DUAL ? TARGET_DUAL : TARGET_SUBSTANCE;
    r->v[VAR_CRISIS] = ANSWER_UNASKED;
}

static void
draw_drugs(struct demo_reg *r, int group, struct demo_random *random)
{
    int weight[DRUGS + 1], main_drug;
    int injects = 20;

    for (int i = 0; i < DRUGS; i++)
        weight[i] = drugs[i].main[group];
    weight[DRUGS] = no_main[group] * (r->v[VAR_SUBSTANCE] == 1 ? 5 : 1);
    main_drug = demo_random_pick(random, weight, DRUGS + 1);
    for (int i = 0; i < DRUGS; i++) {
        int some = drugs[i].some[group] + 30 * (r->v[VAR_SUBSTANCE] - 3);

        r->v[drugs[i].var] = i == main_drug ? USE_MAIN
            : demo_random_chance(random, some) ? USE_SOME : USE_NONE;
    }
    /* Medicine given in LAR is counted among medicines. */
    if (r->v[VAR_OPIOID] == 1 && r->v[VAR_USE_MEDICINES] == USE_NONE &&
        demo_random_chance(random, 930))
        r->v[VAR_USE_MEDICINES] = USE_SOME;
    if (r->v[VAR_USE_OPIOIDS] != USE_NONE)
        injects = r->v[VAR_USE_OPIOIDS] == USE_MAIN ? 760 : 450;
    if (r->v[VAR_USE_STIMULANTS] == USE_MAIN)
        injects += injects > 700 ? 100 : 400;
    if (r->v[VAR_SUBSTANCE] == 1)
        injects /= 6;
    r->v[VAR_INJECTING] = demo_random_chance(random, injects);
}

static void
draw_children(struct demo_reg *r, struct demo_random *random)
{
    static const int size[] = { 0, 560, 300, 100, 30, 10 };
    int age = demo_reg_age(r);
    bool woman = r->v[VAR_SEX] == SEX_FEMALE;
    bool parent_age = age >= 23 && age <= 52;
    int care = parent_age ? (woman ? 150 : 60) : 8;
    int contact = parent_age ? (woman ? 190 : 260) : 40;

    if (r->v[VAR_HOUSING] >= 4)
        care /= 6;
    r->v[VAR_CARE] = CARE_NONE;
    r->v[VAR_CONTACT] = CONTACT_NONE;
    if (demo_random_chance(random, care)) {
        r->v[VAR_CARE] = demo_random_chance(random, 650) ? CARE_DAILY
            : CARE_SHARED;
        r->v[VAR_CARE_CHILDREN] = demo_random_pick(random, size, 6);
        r->v[VAR_CARE_OBS] = demo_random_chance(random, 75 *
            r->v[VAR_SUBSTANCE]) ? r->v[VAR_CARE_CHILDREN] : 0;
        contact /= 8;           /* other children, elsewhere */
    }
    if (demo_random_chance(random, contact)) {
        r->v[VAR_CONTACT] = demo_random_chance(random, 480) ? CONTACT_AGREED
            : CONTACT_SOME;
        r->v[VAR_CONTACT_CHILDREN] = demo_random_pick(random, size, 6);
        r->v[VAR_CONTACT_OBS] = demo_random_chance(random, 60 *
            r->v[VAR_SUBSTANCE]) ? 1 : 0;
    }
}

/* One benefit at a time for most, permanent ones with age. */
static void
draw_income(struct demo_reg *r, struct demo_random *random)
{
    static const uint64_t income[] = {
        DEMO_BIT(SVC_NAV_PERMANENT), DEMO_BIT(SVC_NAV_TEMPORARY),
        DEMO_BIT(SVC_NAV_KVP),
        DEMO_BIT(SVC_NAV_TEMPORARY) | DEMO_BIT(SVC_NAV_KVP),
        DEMO_BIT(SVC_NAV_PERMANENT) | DEMO_BIT(SVC_NAV_TEMPORARY), 0,
    };
    int age = demo_reg_age(r);
    int weight[] = {
        age < 25 ? 30 : age * 11, age < 60 ? 400 : 100,
        age < 50 ? 48 : 6, age < 50 ? 12 : 0, 40,
        age < 25 ? 160 : 90,
    };

    r->received |= income[demo_random_pick(random, weight, 6)];
}

static void
draw_one(struct demo_reg *r, int group, struct demo_random *random)
{
    int n = (int)(sizeof questions / sizeof questions[0]);

    memset(r, 0, sizeof *r);
    for (int i = 0; i < VAR_COUNT; i++)
        r->v[i] = i >= VAR_GROUP_NAV && i <= VAR_GROUP_OTHER ?
            ANSWER_UNASKED : ANSWER_BLANK;
    r->v[VAR_IP_DECLINED] = ANSWER_UNASKED;
    draw_person(r, group, random);
    draw_scores(r, group, random);
    r->v[VAR_OPIOID] = group == LAR_ONLY ||
        (group == DUAL && demo_reg_age(r) > 22 &&
         demo_random_chance(random, 330));
    draw_drugs(r, group, random);
    draw_children(r, random);
    for (int i = 0; i < n; i++)
        r->v[questions[i].var] = demo_random_chance(random,
            questions[i].yes[group] +
            questions[i].step * (demo_reg_need(r) - 100) / 100);
    r->services_done = demo_random_chance(random, 988);
    r->firstline = r->services_done && demo_random_chance(random, 955);
    if (r->services_done)
        draw_income(r, random);
}

void
demo_substance(struct demo_round *round)
{
    struct demo_random *random = &round->random;

    for (int i = 0; i < DEMO_DUAL + DEMO_SUBSTANCE; i++) {
        int group = i < DEMO_DUAL ? DUAL
            : i < DEMO_DUAL + DEMO_SUBSTANCE_LAR ? LAR_ONLY
            : SUBSTANCE_ONLY;

        draw_one(&round->reg[round->regs++], group, random);
    }
}
