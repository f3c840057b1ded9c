/* plan.h - the field work of the demo round: who came when, whom they
 * registered, what they were told. */
#ifndef DEMO_PLAN_H
#define DEMO_PLAN_H
#include "feed/feed.h"

/* Writes schedule, lists, texts, expected and not registered numbers of O's
 * round, which must be open and filled, in the open transaction. The
 * schedule and texts are those of 2014 (plan.tsv, unit.c); how many were
 * expected, a twentieth more than came, is invented. */
MUST_CHECK bool demo_plan(struct opened *o, const struct actor *actor,
                          struct err *e);

#endif
