/* sandbox.h - what the server may ask of the kernel once it is set up.
 *
 * It has its socket and has read its files; from then on it needs two
 * directories, threads and the clock. Whoever takes it over gets no more:
 * no other file, no other process, no connection of its own. */
#ifndef WEB_SANDBOX_H
#define WEB_SANDBOX_H
#include "base/err.h"

struct sandbox {
    const char *store, *keys;   /* directories that are there: all in them
                                   may be read, written, made, removed */
    const char *address;        /* of http_listen: a socket's file may be
                                   removed at the end; NULL: none */
};

enum {
    SANDBOX_FILES = 1,          /* Landlock: no other file, no TCP port */
    SANDBOX_CALLS = 2,          /* seccomp: no other system call */
    SANDBOX_WHOLE = SANDBOX_FILES | SANDBOX_CALLS
};

/* Confines this thread and those it starts later, for ever: to be called
 * before there are others. HELD says which of the two hold; a kernel that
 * lacks one is no error. False with E set (ERR_MACHINE) where one that there
 * is could not be used. */
MUST_CHECK bool sandbox_enter(const struct sandbox *s, int *held,
                              struct err *e);
#endif
