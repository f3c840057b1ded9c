/* hook.c - lets a statement of the database fail, from outside.
 *
 * Linked with the program's own main into a program of its own, build/tests/
 * unit/brukerplan_fault: the one that is shipped has no such door. With
 * FAULT_KIND=statement the FAULT_AT'th fails (store/db_fault.h); the others
 * are shim.c's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "store/db_fault.h"

static long at;

__attribute__((constructor))
static void
begin(void)
{
    const char *kind = getenv("FAULT_KIND"), *n = getenv("FAULT_AT");

    if (kind == NULL || n == NULL || strcmp(kind, "statement") != 0)
        return;
    at = atol(n);
    db_fault_at((int)at);
}

__attribute__((destructor))
static void
end(void)
{
    const char *kind = getenv("FAULT_KIND"), *file = getenv("FAULT_SEEN");
    FILE *f;

    if (kind == NULL || file == NULL || strcmp(kind, "statement") != 0)
        return;
    f = fopen(file, "w");
    if (f == NULL)
        exit(99);
    fprintf(f, "%d%s\n", db_fault_seen(),
            at > 0 && at <= db_fault_seen() ? " failed" : "");
    fclose(f);
}
