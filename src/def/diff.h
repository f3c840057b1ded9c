/* diff.h - what differs between two definitions, and what that means.
 *
 * The kinds of change are a closed list. Each says whether figures made by
 * the old definition may stand in one series with those made by the new
 * one, and whether the new one may take over in a round that has
 * registrations already: only additions may, so that no figure changes
 * after the fact. How a definition is laid out, and the order of its
 * questions, is no difference; the order of codes is, because an answer is
 * kept as a place among them. */
#ifndef DEF_DIFF_H
#define DEF_DIFF_H
#include "def/instrument.h"

enum change_kind {
    CHANGE_ID, CHANGE_TEXT, CHANGE_SOURCE,
    /* grades, scale, tabs */
    CHANGE_GRADE_ADDED, CHANGE_GRADE_REMOVED, CHANGE_GRADE_ORDER,
    CHANGE_LOOK, CHANGE_SCALE, CHANGE_TAB, CHANGE_RANKS,
    /* what is entered */
    CHANGE_VARIABLE_ADDED, CHANGE_VARIABLE_REMOVED, CHANGE_KIND,
    CHANGE_ROLE, CHANGE_LABEL, CHANGE_ASKED, CHANGE_WIDENED,
    CHANGE_NARROWED, CHANGE_AT_MOST, CHANGE_DIGITS, CHANGE_CODE_ADDED,
    CHANGE_CODE_REMOVED, CHANGE_CODE_ORDER, CHANGE_UNKNOWN_ALLOWED,
    CHANGE_UNKNOWN_REFUSED, CHANGE_IDENTIFIES, CHANGE_ON, CHANGE_OFF,
    CHANGE_ON_LOCAL, CHANGE_OFF_LOCAL, CHANGE_NAME, CHANGE_REPLACES,
    CHANGE_COUNTS, CHANGE_COLOUR,
    CHANGE_SERVICE_ADDED, CHANGE_SERVICE_REMOVED, CHANGE_SERVICE_MOVED,
    CHANGE_CATEGORY_ADDED, CHANGE_CATEGORY_REMOVED,
    CHANGE_COMPLETE, CHANGE_CHECK_ADDED, CHANGE_CHECK_REMOVED,
    CHANGE_CHECK,
    /* what follows from it */
    CHANGE_AREA_ADDED, CHANGE_AREA_REMOVED, CHANGE_WEIGHT, CHANGE_CUT,
    CHANGE_UNANSWERED_MAX,
    CHANGE_DERIVED_ADDED, CHANGE_DERIVED_REMOVED, CHANGE_DERIVED,
    CHANGE_BANDS,
    CHANGE_TABLE_ADDED, CHANGE_TABLE_REMOVED, CHANGE_TABLE,
    CHANGE_REPORT_ADDED, CHANGE_REPORT_REMOVED, CHANGE_REPORT,
    CHANGE_FOCUS_ADDED, CHANGE_FOCUS_REMOVED, CHANGE_FOCUS,
    CHANGE_KIND_COUNT
};

struct change {
    enum change_kind kind;
    const char *key;            /* of its text: {1} where, {2} old, {3} new */
    const char *where;          /* "sex", "sex.other", "tables.areas" */
    struct pos at;              /* in the new file; line 0: not there */
    const char *old, *new;      /* "" where there is none */
    bool compatible;            /* one series is still one */
    bool may_follow;            /* an addition, or no matter */
};

/* Compares A, the old one, with B; neither need be bound. *CHANGES is
 * ARENA's but lends texts of A and B. Returns how many there are. */
int instrument_diff(const struct instrument *a, const struct instrument *b,
                    struct arena *arena, const struct change **changes);
/* Whether B may become the next definition of a round that has
 * registrations by A. False with E "def.follow", at what is first in the
 * way. */
MUST_CHECK bool instrument_may_follow(const struct instrument *a,
                                      const struct instrument *b,
                                      struct err *e);
/* Prints COUNT changes for people, a line each, "LINE: text" with what it
 * breaks behind, and a line that sums up. */
void diff_show(const struct change *changes, int count, enum lang lang,
               struct buf *out);
#endif
