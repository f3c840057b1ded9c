/* directory.c - see store_private.h: the directory that a store is. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/cache.h"
#include "store/store_private.h"

char *
store_file(const char *dir, const char *name)
{
    size_t n = strlen(dir) + strlen(name) + 2;
    char *path = mem_take(n);

    snprintf(path, n, "%s/%s", dir, name);
    return path;
}

bool
store_sync(const char *dir, struct err *e)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        err_set(e, ERR_MACHINE, "store.sync", "%s %s", dir, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

bool
store_sync_parent(const char *path, struct err *e)
{
    char *parent = store_file(path, "..");
    bool ok = store_sync(parent, e);

    free(parent);
    return ok;
}

bool
store_address(const char *path, struct err *e)
{
    if (strstr(path, "://") != NULL)
        return err_set(e, ERR_INPUT, "store.address", "");
    return true;
}

static bool
is_empty(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    bool empty = dir != NULL;

    while (empty && (entry = readdir(dir)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0
                || strcmp(entry->d_name, "..") == 0;
    if (dir != NULL)
        closedir(dir);
    return empty;
}

bool
store_directory(const char *path, bool *made, struct err *e)
{
    *made = mkdir(path, 0700) == 0;
    if (*made)
        return true;
    if (errno != EEXIST)
        return err_set(e, ERR_MACHINE, "store.create", "%s %s", path,
                       strerror(errno));
    if (!is_empty(path))
        return err_set(e, ERR_INPUT, "store.not_empty", "%s", path);
    if (chmod(path, 0700) != 0)
        return err_set(e, ERR_MACHINE, "store.create", "%s %s", path,
                       strerror(errno));
    return true;
}

void
store_remove(const char *path, bool made)
{
    static const char *const names[] = {
        "brukerplan.db", "brukerplan.db-wal", "brukerplan.db-shm",
        "brukerplan.db-journal", "access.db", "access.db-wal",
        "access.db-shm", "access.db-journal", "lock", "purge",
        CACHE_LOCK, CACHE_GATE
    };

    (void)cache_remove(path);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *file = store_file(path, names[i]);

        unlink(file);
        free(file);
    }
    if (made)
        rmdir(path);
}
