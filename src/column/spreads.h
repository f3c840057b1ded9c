/* spreads.h - which masks are spread together; private to steps.c. */
#ifndef COLUMN_SPREADS_H
#define COLUMN_SPREADS_H
#include "column/tally.h"

/* Spread NUMBER of a tally, over CUTTING: what WITH and MASK have in
 * common. */
struct spreading {
    int cutting, with, mask, number;
};

/* All spreads of T; those of a cutting and with the same mask beside each
 * other. Free it. */
struct spreading *spreads_of(const struct tally *t);

#endif
