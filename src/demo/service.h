/* service.h - the catalogue of 2014, and who gets what of it. */
#ifndef DEMO_SERVICE_H
#define DEMO_SERVICE_H
#include "demo/random.h"
#include "demo/reg.h"

/* In the order of the codebook; a bit each in received and wanted. */
enum demo_service {
    SVC_TEMP_FOLLOWUP, SVC_TEMP_PLAIN,
    SVC_HOUSING_ADVICE, SVC_HOUSING_VIEWING, SVC_HOUSING_MOVING,
    SVC_HOUSING_VISIT, SVC_HOUSING_ADL,
    SVC_GP, SVC_THERAPY, SVC_TALKS_OUT, SVC_TALKS_HOME, SVC_CARE_HOME,
    SVC_CARE_OUT, SVC_PERSON_ADL, SVC_REFERRAL, SVC_ESCORT,
    SVC_COORDINATION,
    SVC_CHILD_MEASURES,
    SVC_BASIC_NEEDS, SVC_SOCIAL_CONTACT, SVC_SUPPORT_TALKS,
    SVC_TRAINING_BOUND, SVC_TRAINING_FREE,
    SVC_CONTACT_SINGLE, SVC_CONTACT_GROUP,
    SVC_COURSES, SVC_ADULT_SCHOOL, SVC_INTRO_PROGRAMME, SVC_MB_PROGRAMME,
    SVC_NAV_PERMANENT, SVC_NAV_TEMPORARY, SVC_NAV_KVP, SVC_NAV_IPS,
    SVC_NAV_LOS,
    SVC_MENTAL_OUTPATIENT, SVC_MENTAL_INPATIENT, SVC_MENTAL_OTHER,
    SVC_SUBSTANCE_OUTPATIENT, SVC_SUBSTANCE_INPATIENT,
    SVC_COUNT, SVC_FIRSTLINE_COUNT = SVC_NAV_PERMANENT
};

#define DEMO_BIT(service) (UINT64_C(1) << (service))
#define DEMO_FIRSTLINE (DEMO_BIT(SVC_FIRSTLINE_COUNT) - 1)
#define DEMO_NAV_BENEFITS (DEMO_BIT(SVC_NAV_PERMANENT) | \
                           DEMO_BIT(SVC_NAV_TEMPORARY) | \
                           DEMO_BIT(SVC_NAV_KVP))

/* As in the columns svc_CODE_r and svc_CODE_w. */
const char *demo_service_code(enum demo_service service);
/* Adds to what R has received what was not settled before (by the report's
 * figures or as income), then what it is to be offered. */
void demo_service_draw(struct demo_reg *r, struct demo_random *random);
/* Another mapper's view of the services of OF, seen from R's place. */
void demo_service_again(struct demo_reg *r, const struct demo_reg *of,
                        struct demo_random *random);

#endif
