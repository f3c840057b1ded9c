/* round.h - the parts of which demo.c makes the round. */
#ifndef DEMO_ROUND_H
#define DEMO_ROUND_H
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/err.h"
#include "demo/ident.h"
#include "demo/random.h"
#include "demo/reg.h"

enum {
    DEMO_MENTAL = 1845, DEMO_DUAL = 1400, DEMO_SUBSTANCE = 311,
    DEMO_SUBSTANCE_LAR = 290,
    DEMO_COUNTING = DEMO_MENTAL + DEMO_DUAL + DEMO_SUBSTANCE,
    DEMO_SUPERSEDED = 430, DEMO_DRAFTS = 25, DEMO_WITHDRAWN = 12,
    DEMO_NO_NUMBER = 60,
    DEMO_REGS = DEMO_COUNTING + DEMO_SUPERSEDED + DEMO_DRAFTS +
        DEMO_WITHDRAWN
};

struct demo_round {
    struct demo_reg *reg;   /* DEMO_REGS; those that count come first */
    int regs;
    struct demo_random random;
    struct demo_ident ident;
};

/* mental.c: the first DEMO_MENTAL, from the embedded profiles. */
MUST_CHECK bool demo_mental(struct demo_round *round, struct err *e);
/* substance.c: dual and substance. */
void demo_substance(struct demo_round *round);
/* gaps.c: takes answers away as life does, never a printed one. */
void demo_gaps(struct demo_reg *r, struct demo_random *random);
/* gaps.c: the units that R's mapper knows to give services. */
void demo_serving(struct demo_reg *r, struct demo_random *random);
/* overlap.c: superseded, drafts, withdrawn. Numbers must be there. */
void demo_overlap(struct demo_round *round);
/* write.c: the header and every registration, in the order they have. */
void demo_write(const struct demo_round *round, struct buf *out);

#endif
