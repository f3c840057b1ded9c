/* arena.c - see arena.h.
 *
 * Blocks double up to BLOCK_MAX; a piece larger than a block gets one of
 * its own. The newest block is the only one pieces are cut from. */
#include "base/arena.h"
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK_FIRST = 4096, BLOCK_MAX = 1 << 20, ALIGN = 16, LIST_FIRST = 8
};

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    _Alignas(ALIGN) unsigned char data[];
};

_Noreturn void
mem_out(void)
{
    static const char line[] = "brukerplan: out of memory\n";

    if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
        _exit(3);
    _exit(3);
}

void *
mem_take(size_t size)
{
    void *p = calloc(1, size > 0 ? size : 1);

    if (p == NULL)
        mem_out();
    return p;
}

void
mem_wipe(void *p, size_t bytes)
{
    if (p != NULL)
        explicit_bzero(p, bytes);
    free(p);
}

/* The room for a list that had *ROOM. */
static void
enlarge(int *room)
{
    if (*room > INT_MAX / 2)
        mem_out();
    *room = *room > 0 ? 2 * *room : LIST_FIRST;
}

void *
mem_enlarge(void *list, int *room, size_t size)
{
    size_t had = (size_t)*room;
    char *more;

    enlarge(room);
    more = reallocarray(list, (size_t)*room, size);
    if (more == NULL)
        mem_out();
    memset(&more[had * size], 0, ((size_t)*room - had) * size);
    return more;
}

void
arena_init(struct arena *a)
{
    a->head = NULL;
}

void
arena_clear(struct arena *a)
{
    while (a->head != NULL) {
        struct arena_block *b = a->head;

        a->head = b->next;
        free(b);
    }
}

void
arena_wipe(struct arena *a)
{
    for (struct arena_block *b = a->head; b != NULL; b = b->next)
        explicit_bzero(b->data, b->used);
    arena_clear(a);
}

static void
add_block(struct arena *a, size_t need)
{
    size_t size = a->head != NULL ? a->head->size * 2 : BLOCK_FIRST;
    struct arena_block *b;

    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    b = mem_take(sizeof *b + size);
    b->size = size;
    b->next = a->head;
    a->head = b;
}

void *
arena_take(struct arena *a, size_t size)
{
    void *p;

    if (size > SIZE_MAX / 2)
        mem_out();
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (a->head == NULL || a->head->size - a->head->used < size)
        add_block(a, size);
    p = a->head->data + a->head->used;
    a->head->used += size;
    return p;
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size)
        mem_out();
    return arena_take(a, count * size);
}

void *
arena_more(struct arena *a, void *list, int count, int *room, size_t size)
{
    void *more;

    if (count < *room)
        return list;
    enlarge(room);
    more = arena_array(a, (size_t)*room, size);
    if (count > 0)
        memcpy(more, list, (size_t)count * size);
    return more;
}

char *
arena_text_n(struct arena *a, const char *text, size_t n)
{
    char *p = arena_take(a, n + 1);

    memcpy(p, text, n);
    return p;
}

char *
arena_text(struct arena *a, const char *text)
{
    return arena_text_n(a, text, strlen(text));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
    char most[256];             /* what is short is printed once */
    va_list ap;
    char *p;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(most, sizeof most, fmt, ap);
    va_end(ap);
    if (n < 0)
        mem_out();
    if ((size_t)n < sizeof most)
        return arena_text_n(a, most, (size_t)n);
    p = arena_take(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}
