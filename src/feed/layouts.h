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

/* Room for a layout of every definition of O's round. */
void layouts_make(struct opened *o);
/* L becomes the layout of IN, whose answers are seen by o->in. */
void layout_older(struct opened *o, struct older *l,
                  const struct instrument *in);

#endif
