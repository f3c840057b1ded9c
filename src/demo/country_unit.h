/* country_unit.h - the kinds of units that municipalities have.
 *
 * One list for all of them, so that a unit of one year or municipality can
 * be laid beside the same of another. */
#ifndef DEMO_COUNTRY_UNIT_H
#define DEMO_COUNTRY_UNIT_H
#include "demo/reg.h"

enum { COUNTRY_UNITS = 40 };

struct country_unit {
    const char *id, *name;
    const char *sector;         /* as in store/round.h */
    uint8_t tier[2];            /* the first is the default; 0: no second */
    uint16_t share[TARGET_COUNT];       /* how much of a group it has */
};
/* The most usual first. */
extern const struct country_unit country_units[COUNTRY_UNITS];

#endif
