/* live_held.h - what a round in memory holds of registrations and persons,
 * and where; private to feed/. */
#ifndef FEED_LIVE_HELD_H
#define FEED_LIVE_HELD_H
#include "feed/live_round.h"

/* The place of NUMBER; made where WANTED, else *I is not set. */
MUST_CHECK bool live_place_of(struct live_round *r, int64_t number,
                              bool wanted, size_t *i, struct err *e);
/* Room for more persons; once before the first. */
MUST_CHECK bool live_more_persons(struct live_round *r, struct err *e);
/* The place of PSEUDONYM's person + 1; made where there is none. */
MUST_CHECK bool live_find_person(struct live_round *r,
                                 const uint8_t pseudonym[16],
                                 uint32_t *person, struct err *e);
/* Which of PERSON's count is to be decided. */
MUST_CHECK bool live_mark_undecided(struct live_round *r, uint32_t person,
                                    struct err *e);
/* Held I among those of its person, and no longer. */
void live_link(struct live_round *r, size_t i);
void live_unlink(struct live_round *r, size_t i);
/* Gives it all back, overwritten. */
void live_held_wipe(struct live_round *r);

#endif
