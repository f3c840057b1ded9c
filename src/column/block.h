/* block.h - counting a block of rows; private to sweep.c. */
#ifndef COLUMN_BLOCK_H
#define COLUMN_BLOCK_H
#include <assert.h>
#include "column/steps.h"

enum { BLOCK_WORDS = SPREAD_WORDS };
static_assert(BLOCK_WORDS * 64 == BLOCK_ROWS, "as many as a kernel takes");

/* What one thread has: the block it is at, and what it counted. */
struct block {
    const struct tally *t;
    const struct steps *s;
    const struct kernels *k;
    int64_t row;                /* its first */
    size_t words;               /* whole vectors */
    const uint64_t **at;        /* one a mask: its bits, where it has some */
    uint8_t *state;             /* one a mask: enum block_state */
    bool *needed;               /* one a mask: its bits are */
    uint8_t *table;             /* one a mask: what its gate asks here */
    uint64_t *room;             /* a block for every slot */
    uint64_t *full, *none;      /* blocks of ones, of zeros */
    struct lanes *lanes;        /* one a common */
    struct lanes **spread;      /* one a step that spreads: its cells, a part
                                   for each mask */
    int *lot;                   /* one a cutting: the first lot that may
                                   reach into the block */
    uint32_t stretch[SITES_MAX];        /* the same of a site's stretches */
    bool *reached;              /* one a cutting: some lot does */
    int *taken;                 /* the steps that count or make something */
    int taken_count;
    bool begun;                 /* some block has been counted */
    int asked;                  /* how many of the steps' planes have been
                                   asked for; beyond all of them, of the
                                   next block's */
};

void block_init(struct block *w, const struct tally *t,
                const struct steps *s);
void block_clear(struct block *w);
/* Counts the block from ROW on, where rows of the file end or another block
 * begins. Blocks must come rising. */
void block_count(struct block *w, int64_t row, int64_t end);

#endif
