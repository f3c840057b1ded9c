/* lock.h - the writer's lock: one process writes a store.
 *
 * The lock is the kernel's, on STORE/lock, and ends with the process; what
 * stands in the file only tells others who holds it. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H
#include "base/err.h"

/* Takes the lock on FILE, which is made with mode 0600 if need be. Gives a
 * descriptor, or -1 with E set: "store.locked" names the holder. */
int lock_take(const char *file, struct err *e);
/* Takes -1. */
void lock_drop(int fd);

#endif
