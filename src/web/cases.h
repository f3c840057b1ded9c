/* cases.h - the training round's invented cases: who they are, and their
 * synthetic numbers.
 *
 * A number is the same for the same round and account every time, and drawn
 * from the round's id, so that a case printed yesterday still works today;
 * of the case that a colleague has too it is the unit's. Of the one who has
 * opted out it is the round's. */
#ifndef WEB_CASES_H
#define WEB_CASES_H
#include <stdbool.h>
#include "store/round.h"

enum { CASES = 6, CASE_NUMBER = 12 };

struct invented {
    const char *id;             /* "day.case_ID" and so on in po/ */
    int age;                    /* in the round's year */
    bool woman;
    bool has_number;
    enum { CASE_ACCOUNT, CASE_UNIT, CASE_ROUND } whose;
    bool opted_out;
};
extern const struct invented cases[CASES];

/* Case I's number, for ACCOUNT in UNIT (an id) of ROUND; false where nobody
 * knows it. */
bool case_number(const struct round *round, const char *account,
                 const char *unit, int i, char out[CASE_NUMBER]);
/* The number of the case who has opted out. */
void case_opted_out(const struct round *round, char out[CASE_NUMBER]);

#endif
