/* layouts.h - the layouts of a round's definitions, private to feed/. */
#ifndef FEED_LAYOUTS_H
#define FEED_LAYOUTS_H
#include "calc/answers.h"
#include "feed/decode.h"

struct layouts {
    int count;                  /* definitions 1..count */
    struct older {
        struct layout layout;
        int variables;
        int *to;                /* place in the newest; NULL: it is it */
        int *unasked;           /* ticks of the newest that were not asked */
        int unasked_count;
    } *of;
};

#endif
