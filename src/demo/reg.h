/* reg.h - one registration of the demo, and the rules it keeps.
 *
 * Answers stand in one array, so that drawing, changing, counting and
 * writing are loops over tables. The rules are those of the instrument,
 * written again in small: the demo stands beside the program, not on it,
 * so that its file can test the import. */
#ifndef DEMO_REG_H
#define DEMO_REG_H
#include <stdbool.h>
#include <stdint.h>
#include "demo/random.h"

enum { DEMO_YEAR = 2014, DEMO_AGE_MIN = 18 };

enum demo_var {
    VAR_SEX, VAR_BIRTH_YEAR, VAR_TARGET_GROUP, VAR_CRISIS, VAR_OPIOID,
    VAR_CARE, VAR_CARE_CHILDREN, VAR_CARE_OBS,
    VAR_CONTACT, VAR_CONTACT_CHILDREN, VAR_CONTACT_OBS,
    VAR_IP, VAR_IP_DECLINED,
    VAR_PLAN_MEASURE, VAR_PLAN_ACTION, VAR_PLAN_CRISIS, VAR_PLAN_OTHER,
    VAR_COORDINATOR,
    VAR_GROUP, VAR_GROUP_NAV, VAR_GROUP_SOCIAL, VAR_GROUP_SPECIALIST,
    VAR_GROUP_HEALTH, VAR_GROUP_OTHER,
    VAR_SUBSTANCE, VAR_ECONOMY, VAR_MENTAL, VAR_PHYSICAL, VAR_HOUSING,
    VAR_SOCIAL, VAR_NETWORK, VAR_ACTIVITY,
    VAR_USE_ALCOHOL, VAR_USE_CANNABIS, VAR_USE_OPIOIDS, VAR_USE_STIMULANTS,
    VAR_USE_MEDICINES, VAR_USE_OTHER, VAR_INJECTING,
    VAR_COUNT,
    VAR_AREA_FIRST = VAR_SUBSTANCE, VAR_AREA_LAST = VAR_ACTIVITY
};

/* An answer is 0 or more: a number, a score, 0 or 1, or a code's place. */
enum { ANSWER_UNASKED = -3, ANSWER_UNKNOWN = -2, ANSWER_BLANK = -1 };

enum { SEX_MALE, SEX_FEMALE, SEX_OTHER };
enum { TARGET_MENTAL, TARGET_SUBSTANCE, TARGET_DUAL, TARGET_COUNT };
enum { CARE_NONE, CARE_DAILY, CARE_SHARED };
enum { CONTACT_NONE, CONTACT_AGREED, CONTACT_SOME };
enum { USE_NONE, USE_SOME, USE_MAIN };

enum demo_status { REG_COMPLETE, REG_DRAFT, REG_WITHDRAWN };

struct demo_reg {
    int v[VAR_COUNT];
    uint64_t received, wanted;  /* bit n: service n of service.h */
    uint32_t serving;           /* bit n: unit n; 0 is unanswered */
    bool services_done;
    bool firstline;             /* has any first-line service */
    int place;                  /* in demo_places */
    int day;                    /* in demo_days */
    uint32_t shuffle;           /* order within unit and day */
    enum demo_status status;
    uint64_t number;            /* eleven digits, 0: none known */
};

/* What makes one of two registrations of a person count. */
enum demo_step {
    STEP_NONE, STEP_INDEX, STEP_TIER, STEP_ANSWERED, STEP_DAY, STEP_NUMBER,
    STEP_COUNT
};

/* The step by which A counts before B; STEP_NONE if B counts. */
enum demo_step demo_reg_beats(const struct demo_reg *a,
                              const struct demo_reg *b);
/* Below 0 if A stands before B in the file. */
int demo_reg_order(const struct demo_reg *a, const struct demo_reg *b);
/* Answered variables of background, tab 2 and tab 3. */
int demo_reg_answered(const struct demo_reg *r);
bool demo_reg_has_index(const struct demo_reg *r);
/* Mean of the answered scores in hundredths; 100 if there is none. */
int demo_reg_need(const struct demo_reg *r);
/* -1 if the birth year is not answered. */
int demo_reg_age(const struct demo_reg *r);
int demo_reg_children(const struct demo_reg *r);
/* Makes unasked what its condition leaves out, and draws an answer for
 * what has become asked. */
void demo_reg_tidy(struct demo_reg *r, struct demo_random *random);

#endif
