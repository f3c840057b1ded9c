/* lines.h - lines for standard error, written a few at a time.
 *
 * A line a request is a system call a request, and a file takes one at a
 * time from all threads: an eighth of what a form costs. Lines wait a
 * tenth of a second for others. What a process that is killed had not yet
 * written is lost; what must never be is in the access log. */
#ifndef WEB_LINES_H
#define WEB_LINES_H
#include <stddef.h>
#include "base/err.h"

enum { LINES_MS = 100 };

struct lines;

/* To the descriptor FD, which stays the caller's. NULL with E set. */
struct lines *lines_start(int fd, struct err *e);
/* TEXT ends with a line feed. From any thread. */
void lines_put(struct lines *l, const char *text, size_t len);
/* Writes what waits, ends the thread, frees. Takes NULL. */
void lines_stop(struct lines *l);
#endif
