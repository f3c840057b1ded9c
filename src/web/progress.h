/* progress.h - how far a round has come, as counts by unit, tier and day.
 *
 * Read once, shown as a page, CSV and JSON. What the account may see:
 * units whose mappers it follows (coordinator all, leader his own, resource
 * person those that have a day slot today), and besides, of what is only its
 * own, its own counts. Nothing of overlap while the round is open, and
 * nothing of one unit ever; nothing of one mapper but to himself. */
#ifndef WEB_PROGRESS_H
#define WEB_PROGRESS_H
#include "store/fieldwork.h"
#include "web/page.h"

enum { PROGRESS_DAYS = 40, NOT_SAID = -1 };

struct progress_count {
    int expected;               /* NOT_SAID: nobody said */
    int64_t started, done;
    int64_t reason[REASON_COUNT];       /* not registered */
    int64_t left;               /* NOT_SAID: as expected */
};

struct progress_row {
    int unit, tier;             /* place in the round's units; tier 1..3 */
    struct progress_count count;
    int64_t day[PROGRESS_DAYS]; /* done on that day */
    int64_t other_days;         /* done on days that are not in the list */
    int slots;                  /* days that the unit has in the schedule */
    bool slot[PROGRESS_DAYS];   /* which of the days they are */
    int32_t first, last;        /* of them; DAY_NONE */
};

struct progress {
    bool own;                   /* the account's own counts: no schedule */
    const struct progress_row *row;     /* by unit, then tier */
    int row_count;
    int32_t day[PROGRESS_DAYS]; /* the columns */
    int day_count;
    struct progress_count sum;
    int64_t sum_day[PROGRESS_DAYS];
    int64_t other_days;
    int32_t today;
    int64_t superseded;         /* of the whole round; NOT_SAID where it may
                                   not be said */
};

/* False with P->err set. All in P's arena. */
MUST_CHECK bool progress_read(struct page *p, struct progress *out);

/* What needs following up in one unit. */
struct progress_need {
    int unit;
    enum {
        NEED_LEFT,              /* COUNT left, and its last day DAY is over */
        NEED_STARTED,           /* COUNT begun, the same */
        NEED_MAPPERS,           /* nobody announced, first day is DAY */
        NEED_NUMBERS            /* COUNT without a number */
    } kind;
    int64_t count;
    int32_t day;
};
/* Of an open round, by unit. */
MUST_CHECK bool progress_needs(struct page *p, const struct progress *g,
                               const struct progress_need **list, int *count);

#endif
