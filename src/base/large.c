/* large.c - see large.h. */
#include "base/large.h"
#include <stdint.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21 };

/* BYTES of address space that nothing stands in yet, beginning where a large
 * page may; MAP_FAILED where there are none. */
static char *
reserve(size_t bytes)
{
    size_t more = bytes >= LARGE_PAGE ? LARGE_PAGE : 0, before;
    char *p = mmap(NULL, bytes + more, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED || more == 0)
        return p;
    before = -(uintptr_t)p % LARGE_PAGE;
    if (before > 0)
        munmap(p, before);
    if (before < more)
        munmap(p + before + bytes, more - before);
    return p + before;
}

/* Large pages stay whole when they are moved from the beginning of one to
 * that of another. */
bool
large_grow(struct large *l, size_t bytes, struct err *e)
{
    void *p;

    if (bytes <= l->bytes)
        return true;
    if (bytes >= LARGE_PAGE)
        bytes = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    p = reserve(bytes);
    if (p != MAP_FAILED && l->at != NULL) {
        void *moved = mremap(l->at, l->bytes, bytes,
                             MREMAP_MAYMOVE | MREMAP_FIXED, p);

        if (moved == MAP_FAILED)
            munmap(p, bytes);
        p = moved;
    }
    if (p == MAP_FAILED)
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
    *l = (struct large){ p, bytes };
    return true;
}

void
large_pages(struct large *l)
{
#ifdef MADV_HUGEPAGE
    if (l->bytes >= LARGE_PAGE)
        madvise(l->at, l->bytes, MADV_HUGEPAGE);    /* a hint, no more */
#endif
}

void
large_clear(struct large *l)
{
    if (l->at != NULL)
        munmap(l->at, l->bytes);
    *l = (struct large){ NULL, 0 };
}
