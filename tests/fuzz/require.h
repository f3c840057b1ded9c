/* require.h - what must hold, for fuzz targets. */
#ifndef FUZZ_REQUIRE_H
#define FUZZ_REQUIRE_H
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Stops with WHAT unless HOLDS: the checks stay on whatever NDEBUG says. */
static inline void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

#endif
