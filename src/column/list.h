/* list.h - lists that grow while a plan is put into masks and steps. How long
 * they get follows from the plan, which has its own ceilings. */
#ifndef COLUMN_LIST_H
#define COLUMN_LIST_H
#include <stddef.h>

/* The same as list_room, where there is no room. */
void *list_grow(void *list, int need, int *room, size_t size);

/* LIST with room for NEED things of SIZE bytes and some to come, *ROOM of
 * them; moved if need be, NULL where it was none. Free it. Ends the process
 * where there is no memory. */
static inline void *
list_room(void *list, int need, int *room, size_t size)
{
    return need <= *room ? list : list_grow(list, need, room, size);
}

#endif
