/* array.c - see array.h. */
#include "base/array.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

enum { FIRST = 64 };

/* realloc from BEFORE bytes to BYTES; nothing of them stays behind. */
static void *
move(void *array, size_t before, size_t bytes)
{
    void *p = malloc(bytes);

    if (p == NULL)
        return NULL;
    if (before > 0)
        memcpy(p, array, before);
    mem_wipe(array, before);
    return p;
}

static void *
more(void *array, size_t count, size_t *room, size_t size, bool secret,
     struct err *e)
{
    size_t wanted = *room > 0 ? *room + *room / 2 : FIRST;
    size_t bytes = wanted <= PTRDIFF_MAX / size ? wanted * size : SIZE_MAX;
    void *p = NULL;

    if (count < *room)
        return array;
    if (bytes <= PTRDIFF_MAX)
        p = secret ? move(array, *room * size, bytes)
                   : realloc(array, bytes);
    if (p == NULL)
        err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
    else
        *room = wanted;
    return p;
}

void *
array_more(void *array, size_t count, size_t *room, size_t size,
           struct err *e)
{
    return more(array, count, room, size, false, e);
}

void *
array_more_secret(void *array, size_t count, size_t *room, size_t size,
                  struct err *e)
{
    return more(array, count, room, size, true, e);
}
