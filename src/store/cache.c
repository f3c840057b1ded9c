/* cache.c - see cache.h. */
#include "store/cache.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char suffix[] = ".columns";

bool
cache_begin(const char *path, enum cache_use use, int *lock, struct err *e)
{
    struct arena arena;
    const char *file;
    int fd, why;

    arena_init(&arena);
    file = arena_printf(&arena, "%s/%s", path, CACHE_LOCK);
    fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    while (fd >= 0 && flock(fd, use == CACHE_DROP ? LOCK_EX : LOCK_SH) != 0)
        if (errno != EINTR) {
            why = errno;
            close(fd);
            errno = why;
            fd = -1;
        }
    if (fd < 0)
        err_set(e, ERR_MACHINE, "store.sync", "%s %s", file,
                strerror(errno));
    arena_clear(&arena);
    *lock = fd;
    return fd >= 0;
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

/* ROUND.columns, or what is left of one that was being written. */
static bool
is_cache(const char *name)
{
    const char *at = strstr(name, suffix);

    return at != NULL && at > name
        && (at[sizeof suffix - 1] == '\0' || at[sizeof suffix - 1] == '.');
}

bool
cache_remove(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    bool gone = dir != NULL;

    if (dir == NULL)
        return false;
    while ((entry = readdir(dir)) != NULL)
        if (is_cache(entry->d_name)
            && unlinkat(dirfd(dir), entry->d_name, 0) != 0)
            gone = gone && errno == ENOENT;
    closedir(dir);
    return gone;
}
