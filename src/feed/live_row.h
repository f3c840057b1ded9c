/* live_row.h - a derived row packed for keeping; private to feed/.
 *
 * Two bytes a variable, four where its values may need them, then the sets.
 * A row has no identity but its place. */
#ifndef FEED_LIVE_ROW_H
#define FEED_LIVE_ROW_H
#include "def/expr.h"

struct packing {
    const struct instrument *in;
    bool *wide;                 /* by variable: four bytes */
    size_t set_words;
    size_t bytes;               /* of a row */
};

/* In ARENA; IN must outlive it. SET_WORDS as of a decoder. */
void packing_init(struct packing *p, const struct instrument *in,
                  size_t set_words, struct arena *arena);
/* ROW, effective and derived, into p->bytes at TO. False, where a value does
 * not fit its variable: TO is then not to be used. */
bool row_pack(const struct packing *p, const struct row *row, uint8_t *to);
/* The other way: values by variable, sets by place among the sets. */
void row_unpack(const struct packing *p, const uint8_t *from,
                int32_t *value, uint64_t *const *set);

#endif
