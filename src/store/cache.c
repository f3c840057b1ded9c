/* cache.c - see cache.h. */
#include "store/cache.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "store/store_private.h"

static const char suffix[] = ".columns";

/* The lock taken as HOW, of flock, says; -1 with errno set if it can't be. */
static int
take(const char *path, int how)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    while (fd >= 0 && flock(fd, how) != 0)
        if (errno != EINTR) {
            int why = errno;

            close(fd);
            errno = why;
            fd = -1;
        }
    return fd;
}

/* Whoever comes goes through the gate. Who wants the lock alone shuts it
 * until he has it, or those who come one after the other, always some at
 * once, would keep him waiting for ever. */
bool
cache_begin(const char *path, enum cache_use use, int *lock, struct err *e)
{
    int how = use == CACHE_DROP ? LOCK_EX : LOCK_SH, gate;
    struct arena arena;
    const char *file;

    arena_init(&arena);
    file = arena_printf(&arena, "%s/%s", path, CACHE_LOCK);
    gate = take(arena_printf(&arena, "%s/%s", path, CACHE_GATE), how);
    *lock = gate < 0 ? -1 : take(file, how);
    if (*lock < 0)
        err_set(e, ERR_MACHINE, "store.sync", "%s %s", file,
                strerror(errno));
    cache_end(gate);
    arena_clear(&arena);
    return *lock >= 0;
}

void
cache_end(int lock)
{
    if (lock >= 0)
        close(lock);
}

const char *
cache_file(const char *path, const char *round, struct arena *arena)
{
    return arena_printf(arena, "%s/%s%s", path, round, suffix);
}

enum kind { OTHER, WHOLE, BEGUN };

/* ROUND.columns, or ROUND.columns.XXXXXX, one that is being written. A
 * round's id has no dot. */
static enum kind
kind_of(const char *name)
{
    const char *at = strchr(name, '.');

    if (at == NULL || at == name
        || strncmp(at, suffix, sizeof suffix - 1) != 0)
        return OTHER;
    at += sizeof suffix - 1;
    return *at == '\0' ? WHOLE : *at == '.' ? BEGUN : OTHER;
}

/* Removes the files of PATH of a kind from LEAST on; true if none is
 * left. */
static bool
remove_from(const char *path, enum kind least)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    bool gone = dir != NULL;

    if (dir == NULL)
        return false;
    while ((entry = readdir(dir)) != NULL)
        if (kind_of(entry->d_name) >= least
            && unlinkat(dirfd(dir), entry->d_name, 0) != 0)
            gone = gone && errno == ENOENT;
    closedir(dir);
    return gone;
}

bool
cache_remove(const char *path)
{
    return remove_from(path, WHOLE);
}

void
cache_drop(const char *path, const char *round)
{
    struct arena arena;

    arena_init(&arena);
    unlink(cache_file(path, round, &arena));
    arena_clear(&arena);
}

void
cache_tidy(const char *path)
{
    struct arena arena;
    int lock;

    arena_init(&arena);
    lock = take(arena_printf(&arena, "%s/%s", path, CACHE_LOCK),
                LOCK_EX | LOCK_NB);
    if (lock >= 0)
        remove_from(path, BEGUN);
    cache_end(lock);
    arena_clear(&arena);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *
cache_rounds(const char *path, struct arena *arena)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    const char **list = NULL;
    int count = 0, room = 0;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (kind_of(entry->d_name) != WHOLE)
            continue;
        list = arena_more(arena, list, count, &room, sizeof *list);
        list[count++] = arena_text_n(arena, entry->d_name,
                                     strcspn(entry->d_name, "."));
    }
    if (dir != NULL)
        closedir(dir);
    list = arena_more(arena, list, count, &room, sizeof *list);
    list[count] = NULL;
    qsort(list, (size_t)count, sizeof *list, by_name);
    return list;
}
