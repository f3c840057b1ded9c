/* large.h - memory of many megabytes.
 *
 *     struct large l = { NULL, 0 };
 *
 *     if (!large_grow(&l, bytes, e))
 *         return false;
 *
 * It grows without being copied, and what was not written to needs no room
 * yet. */
#ifndef BASE_LARGE_H
#define BASE_LARGE_H
#include <stddef.h>
#include "base/err.h"

struct large {
    void *at;                   /* aligned to a page; NULL: nothing yet */
    size_t bytes;
};

/* Makes L at least BYTES long, and AT another, perhaps; what is new is zero.
 * False with E set, ERR_MACHINE "machine.memory": L is as it was. */
MUST_CHECK bool large_grow(struct large *l, size_t bytes, struct err *e);
/* Asks for large pages for what of L was not written to yet; again after it
 * has grown. They halve the time of a walk in no order;
 * but the machine may need a millisecond for each, where it has none ready,
 * so that what is written once and read in order is better off without. */
void large_pages(struct large *l);
/* Gives it back; L is empty again. */
void large_clear(struct large *l);

#endif
