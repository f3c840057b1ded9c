/* list.c - see list.h. */
#include "column/list.h"
#include <stdlib.h>
#include "base/arena.h"

enum { LEAST = 64 };

void *
list_grow(void *list, int need, int *room, size_t size)
{
    int wanted = *room > 0 ? *room : LEAST;

    while (wanted < need)
        wanted *= 2;
    list = realloc(list, (size_t)wanted * size);
    if (list == NULL)
        mem_out();
    *room = wanted;
    return list;
}
