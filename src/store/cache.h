/* cache.h - files beside the databases that are made of them.
 *
 * They hold nothing that the store does not, and may be removed at any
 * time: ROUND.columns, a round's registrations for fast counting (column/),
 * and @all.columns, every round's.
 * Whoever reads or makes one holds the lock meanwhile, together with
 * others; who deletes persons holds it alone, from before the files are
 * removed until the deletion is committed. So a file that is there never
 * has somebody in it who is in the store no more.
 * A file of what has been changed since is no longer of use: whoever
 * changes a round removes its file, and every round's, after the commit
 * (store_uncache). */
#ifndef STORE_CACHE_H
#define STORE_CACHE_H
#include <stdbool.h>
#include "base/arena.h"
#include "base/err.h"

#define CACHE_LOCK "columns-lock"
#define CACHE_GATE "columns-gate"       /* private, as is the lock */
#define CACHE_ALL "@all"        /* in place of a round: every one */

enum cache_use { CACHE_USE, CACHE_DROP };

/* Takes the lock of the store in PATH, waiting for it; who deletes waits for
 * those who have it and for nobody who comes later. *LOCK is for cache_end,
 * which takes -1. False, with ERR_MACHINE, if that can't be: for
 * want of a right to write there, too. */
MUST_CHECK bool cache_begin(const char *path, enum cache_use use, int *lock,
                            struct err *e);
void cache_end(int lock);
/* The file for ROUND in the store in PATH, in ARENA. */
const char *cache_file(const char *path, const char *round,
                       struct arena *arena);
/* Removes all such files of the store in PATH; true if none is left. */
bool cache_remove(const char *path);
/* Removes ROUND's file, if there is one. */
void cache_drop(const char *path, const char *round);
/* Removes what is left of files that were being written by a process that
 * was ended. Does nothing while another one reads or writes such files. */
void cache_tidy(const char *path);
/* The rounds that have a file, CACHE_ALL among them, in ARENA, sorted;
 * NULL-terminated. */
const char *const *cache_rounds(const char *path, struct arena *arena);

#endif
