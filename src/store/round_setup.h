/* round_setup.h - a round made and changed step by step, as the web does.
 *
 * Everything here demands an open transaction, is noted among what was done
 * to the round, and leaves struct round out of date: load it again.
 * What is done to units and definitions of a round is done to its training
 * round too, so that both have the same. ERR_INPUT "setup.closed" where the
 * round is closed. Errors that name a unit name its id. */
#ifndef STORE_ROUND_SETUP_H
#define STORE_ROUND_SETUP_H
#include "store/round.h"

enum { UNIT_ROUND_MAX = 1024, UNIT_TIERS = 3, UNIT_NAME_MAX = 200,
       UNIT_TEXT_MAX = 4000, YEAR_FIRST = 1900, YEAR_LAST = 2199,
       PERIOD_MAX = 99, FROM_AGE_MAX = 99 };

/* A round begins with round_add and its status ROUND_SETUP. */

/* What may be changed of a round in setup ("setup.opened" later). The
 * municipality may not: it stands first in every key. Make a new round by
 * round_copy instead. */
struct round_basics {
    const char *title;          /* 1..UNIT_NAME_MAX characters */
    int year;                   /* YEAR_FIRST..YEAR_LAST */
    int period;                 /* 1..PERIOD_MAX */
    int from_age;               /* 0..FROM_AGE_MAX */
};
MUST_CHECK bool round_change_facts(struct store *s,
                                   const struct actor *actor,
                                   struct round *r,
                                   const struct round_basics *facts,
                                   struct err *e);

/* The five sectors in order ("health", ...), then NULL. */
extern const char *const unit_sectors[];

/* U goes last among the units. Its id, 1..64 of a-z 0-9 _ -, is new in the
 * round ("unit.twice"). Name, sector (of the five, or "" not said) and at
 * least one tier, 1..3, each once; the first is the default. */
MUST_CHECK bool unit_add(struct store *s, const struct actor *actor,
                         struct round *r, const struct unit *u,
                         struct err *e);
/* Unit UNIT becomes as U says: name, sector, tiers; its id and whether it is
 * off stay. A tier that has registrations or counts of not registered can't
 * go ("setup.tier_used"); an expected number of one that goes, goes too. */
MUST_CHECK bool unit_change(struct store *s, const struct actor *actor,
                            struct round *r, int unit, const struct unit *u,
                            struct err *e);
/* OFF: it registers no more; what it has registered stays. Back on again
 * likewise. REASON in words, demanded for off ("setup.reason"). */
MUST_CHECK bool unit_off(struct store *s, const struct actor *actor,
                         struct round *r, int unit, bool off,
                         const char *reason, struct err *e);

/* A new round in setup from FROM's units, newest definition, lawful fields
 * (but dates and the population), lists, settings, expected numbers,
 * schedule without its days, the newest versions of its texts, and what is to
 * be done and who gets what when it is published, without dates and ticks;
 * not its focus areas. Of TO: id, municipality, year, period,
 * from_age, title, synthetic. Items of a fixed date lose it. */
MUST_CHECK bool round_copy(struct store *s, const struct actor *actor,
                           const struct round *from, const struct round *to,
                           struct err *e);

/* The training round of R: synthetic, open at once whatever R is, with the
 * same units and newest definition; "ID-ovelse", the id cut so that it fits.
 * There is one already: nothing changes. R may not be synthetic itself
 * ("setup.synthetic") nor closed. */
MUST_CHECK bool training_make(struct store *s, const struct actor *actor,
                              struct round *r, struct err *e);
/* The training round linked to the round ID, or *OUT is NULL. */
MUST_CHECK bool training_find(struct store *s, const char *id,
                              struct arena *arena, struct round **out,
                              struct err *e);
#endif
