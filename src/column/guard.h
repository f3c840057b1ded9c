/* guard.h - a file mapped for reading that another program may cut short.
 *
 * Reading a page of a mapped file that is there no more, or that the disk
 * can't give, is a signal (SIGBUS) and not an error. Where a thread has
 * said that it reads by a guard, such a page, and all of the file after it,
 * is zeros from then on, and the guard knows that it is worth nothing:
 * nobody stops, and whoever has read asks guard_whole before he believes
 * it. What is a place, a length or a number of something must not be read by
 * a guard, for it may become 0 between two looks at it: read that by
 * guard_read, into memory of your own.
 *
 * What guard_whole tells is what accidents leave: another length, another
 * time of writing, pages that could not be read. Who may write to the file
 * and wants it, can change it unseen. */
#ifndef COLUMN_GUARD_H
#define COLUMN_GUARD_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct guard {
    const unsigned char *map;
    size_t bytes;
    /* private */
    int fd;
    struct timespec written;
    atomic_bool lost;
};

/* Maps FILE, which is no link, of at least a byte. False, with *WHY
 * "missing" or "damaged", where that can't be; nothing is to be closed
 * then. */
bool guard_open(struct guard *g, const char *file, const char **why);
void guard_close(struct guard *g);
/* COUNT bytes from AT on, into OUT; false if they are not all there. */
bool guard_read(const struct guard *g, void *out, size_t count, uint64_t at);
/* This thread reads by G from now on, and by no other, until it leaves. */
void guard_enter(struct guard *g);
void guard_leave(void);
/* Whether the file is as it was when it was opened, and all that was read
 * by G was what stood there. */
bool guard_whole(const struct guard *g);

#endif
