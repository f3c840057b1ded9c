/* array.c - see array.h. */
#include "base/array.h"
#include <stdint.h>
#include <stdlib.h>

enum { FIRST = 64 };

void *
array_more(void *array, size_t count, size_t *room, size_t size,
           struct err *e)
{
    size_t wanted = *room > 0 ? *room + *room / 2 : FIRST;
    size_t bytes = wanted <= PTRDIFF_MAX / size ? wanted * size : SIZE_MAX;
    void *p;

    if (count < *room)
        return array;
    p = bytes <= PTRDIFF_MAX ? realloc(array, bytes) : NULL;
    if (p == NULL)
        err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
    else
        *room = wanted;
    return p;
}
