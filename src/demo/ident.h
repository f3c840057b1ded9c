/* ident.h - synthetic national numbers: month + 80, valid digits. */
#ifndef DEMO_IDENT_H
#define DEMO_IDENT_H
#include <stdbool.h>
#include <stdint.h>
#include "demo/random.h"

enum { DEMO_IDENT_MAX = 5000 };

struct demo_ident {
    uint64_t given[DEMO_IDENT_MAX];
    int count;
};

/* A number that was not given before, of one born in BIRTH_YEAR
 * (1900..1999), a woman or not; with D a D-number. */
uint64_t demo_ident_draw(struct demo_ident *id, int birth_year, bool woman,
                         bool d, struct demo_random *random);

#endif
