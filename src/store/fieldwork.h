/* fieldwork.h - the schedule, lists and counts of a round's field work.
 *
 * None of it is about a person who is registered. Everything that writes
 * demands an open transaction, and refuses a closed round ("setup.closed");
 * it is noted among what was done to the round. Texts are UTF-8 without
 * control characters but line feeds, at most FIELD_TEXT characters
 * ("plan.text"). A training round has none of its own: ask for those of the
 * round that it trains for (training_of). */
#ifndef STORE_FIELDWORK_H
#define STORE_FIELDWORK_H
#include "store/round.h"

enum { FIELD_TEXT = 1000, SLOTS_MAX = 60, ITEMS_MAX = 200,
       EXPECTED_MAX = 100000 };

/* A day of a unit in the schedule. */
struct day_slot {
    int unit;                   /* place in the round's units */
    int32_t day;                /* DAY_NONE: not set yet */
    const char *room, *trainers;
};
/* All slots of all units by unit, then day. */
MUST_CHECK bool slot_list(struct store *s, const struct round *r,
                          struct arena *arena, const struct day_slot **list,
                          int *count, struct err *e);
/* LIST (its own unit is not looked at) is the whole of UNIT's. A day twice
 * is "plan.day_twice", more than SLOTS_MAX "plan.many". */
MUST_CHECK bool slot_set(struct store *s, const struct actor *actor,
                         const struct round *r, int unit,
                         const struct day_slot *list, int count,
                         struct err *e);
/* The unit's first and last day in LIST; DAY_NONE both if it has none. */
void slot_span(const struct day_slot *list, int count, int unit,
               int32_t *first, int32_t *last);

/* Ordered lists of small texts. */
enum item_list { ITEM_CONTACT, ITEM_HELPDESK, ITEM_RULE, ITEM_CHECK,
                 ITEM_LISTS };
const char *item_list_word(enum item_list list);    /* "contact" */
int item_list_of(const char *word);                 /* -1 none */

struct item {
    int unit;                   /* for this unit only; -1 for all */
    const char *text;           /* name, rule, what to do */
    const char *who;            /* role, or who does it; "" none */
    const char *where;          /* telephone, hours, ...; "" none */
    enum item_when { ITEM_ANYTIME, ITEM_DAYS, ITEM_DATE } when;
    int32_t day;                /* DAYS: after the unit's first day, before
                                   it negative; DATE: a day */
};
MUST_CHECK bool item_get(struct store *s, const struct round *r,
                         enum item_list list, struct arena *arena,
                         const struct item **items, int *count,
                         struct err *e);
/* ITEMS become the whole list. "plan.many" past ITEMS_MAX, "plan.blank" for
 * an item without text, "plan.days" past 730 days either way. */
MUST_CHECK bool item_set(struct store *s, const struct actor *actor,
                         const struct round *r, enum item_list list,
                         const struct item *items, int count,
                         struct err *e);
/* The day it falls on for a unit whose first day is FIRST; DAY_NONE. */
int32_t item_day(const struct item *item, int32_t first);

/* How many registrations are expected of a unit and tier. */
struct expected {
    int unit, tier, count;
};
MUST_CHECK bool expected_list(struct store *s, const struct round *r,
                              struct arena *arena,
                              const struct expected **list, int *count,
                              struct err *e);
/* 0..EXPECTED_MAX, or -1: not said any more. */
MUST_CHECK bool expected_set(struct store *s, const struct actor *actor,
                             const struct round *r, int unit, int tier,
                             int count, struct err *e);

/* Persons on a mapper's list who were not registered: counts by reason,
 * without identity. */
enum reason { REASON_OTHER_UNIT, REASON_NOT_TARGET, REASON_OPTED_OUT,
              REASON_NOT_RECIPIENT, REASON_KNOWN_TOO_LITTLE,
              REASON_NO_NUMBER, REASON_COUNT };
const char *reason_word(enum reason reason);        /* "other_unit" */
int reason_of(const char *word);                    /* -1 none */

struct not_registered {
    int unit, tier;
    const char *account;        /* "" in sums */
    int count[REASON_COUNT];
};
/* ACTOR's own counts for one unit and tier; demands an open round
 * ("work.closed"). Each 0..1000. */
MUST_CHECK bool not_registered_set(struct store *s,
                                   const struct actor *actor,
                                   const struct round *r, int unit,
                                   int tier, const int count[REASON_COUNT],
                                   struct err *e);
/* ACTOR's own, a row a unit and tier. */
MUST_CHECK bool not_registered_own(struct store *s,
                                   const struct actor *actor,
                                   const struct round *r,
                                   struct arena *arena,
                                   const struct not_registered **list,
                                   int *count, struct err *e);
/* Sums a unit and tier over all mappers, of the units ACTOR may see. */
MUST_CHECK bool not_registered_sums(struct store *s,
                                    const struct actor *actor,
                                    const struct round *r,
                                    struct arena *arena,
                                    const struct not_registered **list,
                                    int *count, struct err *e);

/* Settings of a round: one checked list, whole numbers. */
enum setting {
    SETTING_SMALL_BELOW,        /* cells of 1 to one less are small: 5 */
    SETTING_SUBUNIT,            /* 1: the form asks for the subunit: 0 */
    SETTING_ATTRIBUTE_BELOW,    /* of fewer it is not told that all have one
                                   value; 0: twice the other: 0 */
    SETTING_ROUND_TO,           /* instead of hiding numbers are rounded to
                                   multiples of this, 3 or more; 0: hidden */
    SETTING_COUNT
};
struct setting_field {
    const char *id;             /* "small_below" */
    int least, most, usual;
};
extern const struct setting_field setting_fields[SETTING_COUNT];
/* All of them: the usual value where nobody said another. */
MUST_CHECK bool setting_list(struct store *s, const struct round *r,
                             int value[SETTING_COUNT], struct err *e);
/* "plan.setting" out of its range. */
MUST_CHECK bool setting_set(struct store *s, const struct actor *actor,
                            const struct round *r, enum setting setting,
                            int value, struct err *e);
#endif
