/* country_table.c - what the made-up country's chances are.
 *
 * Our own all through: plausible, so that tables look like tables, and said
 * of nobody. Whole numbers only. */
#include "demo/countrying.h"
#include <assert.h>

/* By target group: per mille at the middle, per mille more for each step of
 * need, per mille more for each level of how services work together. */
static const struct {
    enum demo_var var;
    int yes[TARGET_COUNT], need, level;
} questions[COUNTRY_QUESTIONS] = {
    { VAR_CRISIS, { 170, 170, 170 }, -35, 0 },
    { VAR_OPIOID, { 6, 330, 280 }, 12, 0 },
    { VAR_IP, { 110, 140, 220 }, 35, 14 },
    { VAR_IP_DECLINED, { 250, 300, 320 }, 10, -8 },
    { VAR_PLAN_MEASURE, { 320, 280, 340 }, 20, 16 },
    { VAR_PLAN_ACTION, { 210, 160, 200 }, 12, 12 },
    { VAR_PLAN_CRISIS, { 90, 50, 120 }, 22, 10 },
    { VAR_PLAN_OTHER, { 100, 90, 100 }, 2, 6 },
    { VAR_COORDINATOR, { 240, 280, 380 }, 40, 16 },
    { VAR_GROUP, { 160, 210, 300 }, 35, 12 },
    { VAR_GROUP_NAV, { 480, 700, 660 }, 5, 3 },
    { VAR_GROUP_SOCIAL, { 300, 520, 500 }, 10, 2 },
    { VAR_GROUP_SPECIALIST, { 560, 380, 600 }, 20, 2 },
    { VAR_INJECTING, { 0, 210, 260 }, 40, 0 },
};
const enum demo_var country_questions[COUNTRY_QUESTIONS] = {
    VAR_CRISIS, VAR_OPIOID, VAR_IP, VAR_IP_DECLINED, VAR_PLAN_MEASURE,
    VAR_PLAN_ACTION, VAR_PLAN_CRISIS, VAR_PLAN_OTHER, VAR_COORDINATOR,
    VAR_GROUP, VAR_GROUP_NAV, VAR_GROUP_SOCIAL, VAR_GROUP_SPECIALIST,
    VAR_INJECTING
};

/* Per mille that receive a service, by target group; that are to keep it;
 * that are to have it without having it. */
static const struct {
    int received[TARGET_COUNT], kept, wanted;
} services[SVC_COUNT] = {
    [SVC_TEMP_FOLLOWUP] = { { 15, 70, 85 }, 650, 15 },
    [SVC_TEMP_PLAIN] = { { 10, 60, 65 }, 400, 8 },
    [SVC_HOUSING_ADVICE] = { { 130, 260, 300 }, 700, 60 },
    [SVC_HOUSING_VIEWING] = { { 60, 110, 130 }, 650, 35 },
    [SVC_HOUSING_MOVING] = { { 80, 140, 170 }, 550, 40 },
    [SVC_HOUSING_VISIT] = { { 240, 230, 340 }, 880, 50 },
    [SVC_HOUSING_ADL] = { { 190, 150, 240 }, 870, 60 },
    [SVC_GP] = { { 720, 640, 700 }, 930, 60 },
    [SVC_THERAPY] = { { 260, 120, 200 }, 800, 110 },
    [SVC_TALKS_OUT] = { { 420, 330, 380 }, 860, 80 },
    [SVC_TALKS_HOME] = { { 330, 190, 300 }, 870, 70 },
    [SVC_CARE_HOME] = { { 120, 80, 140 }, 900, 25 },
    [SVC_CARE_OUT] = { { 70, 60, 80 }, 820, 25 },
    [SVC_PERSON_ADL] = { { 130, 100, 160 }, 880, 35 },
    [SVC_REFERRAL] = { { 330, 340, 400 }, 560, 90 },
    [SVC_ESCORT] = { { 220, 230, 320 }, 780, 60 },
    [SVC_COORDINATION] = { { 320, 340, 440 }, 880, 90 },
    [SVC_CHILD_MEASURES] = { { 70, 60, 60 }, 760, 35 },
    [SVC_BASIC_NEEDS] = { { 40, 110, 140 }, 760, 20 },
    [SVC_SOCIAL_CONTACT] = { { 210, 160, 200 }, 850, 110 },
    [SVC_SUPPORT_TALKS] = { { 460, 400, 460 }, 880, 80 },
    [SVC_TRAINING_BOUND] = { { 60, 40, 50 }, 700, 60 },
    [SVC_TRAINING_FREE] = { { 110, 70, 80 }, 720, 110 },
    [SVC_CONTACT_SINGLE] = { { 130, 80, 120 }, 880, 90 },
    [SVC_CONTACT_GROUP] = { { 90, 40, 60 }, 830, 80 },
    [SVC_COURSES] = { { 110, 60, 60 }, 560, 90 },
    [SVC_ADULT_SCHOOL] = { { 50, 30, 30 }, 700, 60 },
    [SVC_INTRO_PROGRAMME] = { { 25, 6, 6 }, 620, 4 },
    [SVC_MB_PROGRAMME] = { { 20, 40, 30 }, 620, 12 },
    [SVC_NAV_PERMANENT] = { { 380, 330, 460 }, 985, 20 },
    [SVC_NAV_TEMPORARY] = { { 360, 330, 320 }, 900, 30 },
    [SVC_NAV_KVP] = { { 30, 60, 45 }, 800, 40 },
    [SVC_NAV_IPS] = { { 40, 20, 35 }, 820, 60 },
    [SVC_NAV_LOS] = { { 25, 35, 30 }, 780, 35 },
    [SVC_MENTAL_OUTPATIENT] = { { 380, 90, 330 }, 820, 70 },
    [SVC_MENTAL_INPATIENT] = { { 130, 40, 190 }, 480, 25 },
    [SVC_MENTAL_OTHER] = { { 70, 20, 80 }, 700, 25 },
    [SVC_SUBSTANCE_OUTPATIENT] = { { 15, 420, 400 }, 830, 70 },
    [SVC_SUBSTANCE_INPATIENT] = { { 5, 150, 160 }, 520, 60 },
};

/* Per mille for whom a substance is the main one, and one of several. */
static const int uses[COUNTRY_USES][2] = {
    { 390, 330 }, { 170, 330 }, { 150, 170 }, { 160, 260 }, { 110, 330 },
    { 25, 90 },
};

static uint8_t
of_256(int permille)
{
    int n = (permille * 256 + 500) / 1000;

    return (uint8_t)(n < 0 ? 0 : n > 255 ? 255 : n);
}

/* Fills OUT with 0..N-1, each as often as its weight says. */
static void
spread(uint8_t out[BYTES], const int *weight, int n)
{
    int sum = 0, so_far = 0, at = 0;

    for (int i = 0; i < n; i++)
        sum += weight[i];
    assert(sum > 0);
    for (int i = 0; i < n; i++) {
        so_far += weight[i];
        for (; at < BYTES && at * sum < so_far * BYTES; at++)
            out[at] = (uint8_t)i;
    }
    for (; at < BYTES; at++)
        out[at] = (uint8_t)(n - 1);
}

/* A hill over 0..N-1 with its top at MIDDLE / 10 and the width WIDTH / 10. */
static void
hill(uint8_t out[BYTES], int n, int middle, int width)
{
    int weight[BYTES];

    for (int i = 0; i < n; i++) {
        int64_t d = 10 * i - middle, w = (int64_t)width * width;

        weight[i] = (int)(20000 * w * w / ((w + d * d) * (w + d * d))) + 1;
    }
    spread(out, weight, n);
}

static void
fill_people(struct country_table *t)
{
    /* Youngest of each group, and how far from it the middle is. */
    static const int middle_age[TARGET_COUNT] = { 24, 26, 20 };

    for (int l = 0; l < LEVELS; l++) {
        int substance = 280 + 20 * l, dual = substance * 45 / 100;
        int weight[TARGET_COUNT] = { 1000 - substance, substance - dual,
                                     dual };

        spread(t->target[l], weight, TARGET_COUNT);
        for (int g = 0; g < TARGET_COUNT; g++) {
            hill(t->need[l][g], NEEDS, 14 + 8 * g + l, 22);
            hill(t->age[l][g], 80, 10 * (middle_age[g] - l), 170);
        }
    }
}

static void
fill_answers(struct country_table *t)
{
    /* Tenths of a score that an area is worse than others. */
    static const int worse[COUNTRY_AREAS] = { 8, 2, 5, -1, -5, 0, 1, 7 };

    for (int a = 0; a < COUNTRY_AREAS; a++)
        for (int n = 0; n < NEEDS; n++)
            hill(t->score[a][n], 5, 5 * n + worse[a], 9);
    for (int u = 0; u < COUNTRY_USES; u++) {
        int weight[] = { 1000 - uses[u][0] - uses[u][1], uses[u][1],
                         uses[u][0] };

        for (int g = 0; g < TARGET_COUNT; g++)
            spread(t->use[u][g], weight, 3);
    }
    for (int q = 0; q < COUNTRY_QUESTIONS; q++)
        for (int g = 0; g < TARGET_COUNT; g++)
            for (int n = 0; n < NEEDS; n++)
                for (int l = 0; l < LEVELS; l++)
                    t->yes[q][g][n][l] = of_256(questions[q].yes[g]
                        + questions[q].need * (n - 3)
                        + questions[q].level * (l - 7));
}

static void
fill_services(struct country_table *t)
{
    for (int s = 0; s < SVC_COUNT; s++) {
        t->kept[s] = of_256(services[s].kept);
        for (int g = 0; g < TARGET_COUNT; g++)
            for (int n = 0; n < NEEDS; n++) {
                int permille = services[s].received[g];

                t->wanted[g][n][s] = of_256(services[s].wanted
                                            * (6 + n) / 8);
                for (int l = 0; l < SERVICE_LEVELS; l++)
                    t->received[g][n][l][s] = of_256(
                        permille * (70 + 10 * n) * (75 + 15 * l) / 10000);
            }
    }
}

void
country_tables(struct country_table *t)
{
    for (int q = 0; q < COUNTRY_QUESTIONS; q++)
        assert(questions[q].var == country_questions[q]);
    fill_people(t);
    fill_answers(t);
    fill_services(t);
}
