/* days.h - the schedule of the demo's units, for who knows the store and its
 * words (unit.h has words of its own). */
#ifndef DEMO_DAYS_H
#define DEMO_DAYS_H

enum { DEMO_DAYS = 10 };

/* The ISO dates on which unit UNIT (in the order of demo_units) registered;
 * how many. */
int demo_unit_days(int unit, const char *days[DEMO_DAYS]);

#endif
