/* unmake.c - see unmake.h. Nothing else can be in the folder of the store,
 * for store_create made it or found it empty. */
#include "cli/unmake.h"
#include <unistd.h>

void
unmake(struct cli *c, const struct store_options *o,
       const char *const *rounds, int count)
{
    const char *path = o->path, *keys = o->keys;
    struct arena *a = &c->arena;

    if (keys == NULL)
        keys = arena_printf(a, "%s.keys", path);
    /* Only keys made here: the folder may hold those of other stores. */
    for (int i = 0; i < count; i++)
        (void)unlink(arena_printf(a, "%s/%s.key", keys, rounds[i]));
    (void)rmdir(keys);
    store_remove(path, true);
}
