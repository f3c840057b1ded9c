/* arena.h - memory by lifetime: take many pieces, free them all at once.
 *
 * One arena per request, report, run or instrument. A piece is never freed
 * alone. Taking never fails: when the machine has no memory left the
 * process ends with one line and exit 3 (open transactions roll back), so
 * what the size of the input decides is not taken here but with a ceiling
 * and a checked call. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;   /* private */
};

/* An empty arena; nothing is allocated until the first piece. */
void arena_init(struct arena *a);
/* Frees every piece. A is empty again. */
void arena_clear(struct arena *a);
/* As arena_clear, but overwrites the pieces first. */
void arena_wipe(struct arena *a);

/* SIZE zeroed bytes, aligned for anything. */
void *arena_take(struct arena *a, size_t size);
/* COUNT zeroed pieces of SIZE bytes; ends the process if it overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* LIST with room for one more than its COUNT pieces of SIZE bytes, *ROOM of
 * them: as it is, or a copy twice as long. NULL and *ROOM 0 where there is
 * none yet. */
void *arena_more(struct arena *a, void *list, int count, int *room,
                 size_t size);
/* A copy of TEXT; of its first N bytes, with a NUL behind. */
char *arena_text(struct arena *a, const char *text);
char *arena_text_n(struct arena *a, const char *text, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* malloc that ends the process instead of failing, for small things. */
void *mem_take(size_t size);
/* Overwrites BYTES at P, which may be NULL, and frees it. */
void mem_wipe(void *p, size_t bytes);
/* The same as mem_more, where there is no room. */
void *mem_enlarge(void *list, int *room, size_t size);
/* As arena_more, but with malloc, and LIST is not kept: free what is given.
 * What was never used is zero. Ends the process too, so for lists that have a
 * ceiling. */
static inline void *
mem_more(void *list, int count, int *room, size_t size)
{
    return count < *room ? list : mem_enlarge(list, room, size);
}
/* That end: one line and exit 3. Where a library found no memory and can't
 * say so. */
_Noreturn void mem_out(void);

#endif
