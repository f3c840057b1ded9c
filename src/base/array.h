/* array.h - arrays whose length the input decides.
 *
 *     struct thing *p = array_more(t->list, t->count, &t->room, sizeof *p, e);
 *
 *     if (p == NULL)
 *         return false;
 *     t->list = p;
 *     t->list[t->count++] = ...
 *
 * What is bounded elsewhere grows in an arena (arena_more). */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H
#include <stddef.h>
#include "base/err.h"

/* ARRAY with room for one more than its COUNT pieces of SIZE bytes, *ROOM of
 * them: as it is, or moved and made half as long again. NULL and *ROOM 0
 * where there is none yet; free it. NULL with E set, ERR_MACHINE
 * "machine.memory": ARRAY is as it was. */
MUST_CHECK void *array_more(void *array, size_t count, size_t *room,
                            size_t size, struct err *e);
/* The same for what must not stay behind in memory that is given back: where
 * it was is wiped. At the end, mem_wipe. */
MUST_CHECK void *array_more_secret(void *array, size_t count, size_t *room,
                                   size_t size, struct err *e);

#endif
