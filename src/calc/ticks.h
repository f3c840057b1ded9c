/* ticks.h - the ticks of services, many at once.
 *
 * A tick not made is a no where services were gone through, and no answer
 * where they were not (rules.md, "Counting"). What is received and wanted
 * of a category asks whether any of some ticks is a yes: with a bit a tick,
 * that is an AND. */
#ifndef CALC_TICKS_H
#define CALC_TICKS_H
#include "def/instrument.h"

enum { TICK_WORDS = VARIABLE_MAX / 64 };

struct ticks {                  /* bit I % 64 of word I / 64 is tick I */
    uint64_t yes[TICK_WORDS];
    uint64_t has[TICK_WORDS];   /* a yes or a no */
};

/* Makes COUNT entered ticks effective, VALUE the first of them; all are on.
 * DONE: services were gone through. Fills as many words of T as COUNT needs,
 * the bits behind are 0. */
void ticks_take(struct ticks *t, int32_t *value, int count, bool done);
/* The same, tick by tick. */
void ticks_take_plain(struct ticks *t, int32_t *value, int count, bool done);

#endif
