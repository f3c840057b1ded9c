/* shim.c - makes the machine fail once, for LD_PRELOAD.
 *
 *     FAULT_KIND   memory: malloc, calloc, realloc, aligned ones
 *                  disk: writing, cutting, syncing, and opening for writing,
 *                  renaming, removing, making directories
 *     FAULT_AT     which of them fails, counted from 1 (0: none)
 *     FAULT_SEEN   a file to which the number of chances is written at the
 *                  end, and "failed" behind it if one did
 *
 * Counting begins when the program does, not while libraries are loaded.
 * Memory that the C library takes for itself does not count: its getpwuid
 * aborts where it gets none. What goes to standard output and error never
 * fails: somebody has to hear of it. A full disk is ENOSPC, a sync that
 * fails EIO. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

static bool counting, of_memory;
static uintptr_t libc_from, libc_to;
static long at, seen, failed;
static const char *report;

static int
find_libc(struct dl_phdr_info *info, size_t size, void *ctx)
{
    (void)size;
    (void)ctx;
    if (strstr(info->dlpi_name, "/libc.so") == NULL)
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

        if (info->dlpi_phdr[i].p_type != PT_LOAD)
            continue;
        if (libc_from == 0 || from < libc_from)
            libc_from = from;
        if (from + info->dlpi_phdr[i].p_memsz > libc_to)
            libc_to = from + info->dlpi_phdr[i].p_memsz;
    }
    return 1;
}

__attribute__((constructor))
static void
begin(void)
{
    const char *kind = getenv("FAULT_KIND"), *n = getenv("FAULT_AT");

    if (kind == NULL || n == NULL)
        return;
    report = getenv("FAULT_SEEN");
    of_memory = strcmp(kind, "memory") == 0;
    at = atol(n);
    dl_iterate_phdr(find_libc, NULL);
    counting = true;
}

__attribute__((destructor))
static void
end(void)
{
    char text[64];
    int n, fd;

    if (!counting || report == NULL)
        return;
    counting = false;
    n = snprintf(text, sizeof text, "%ld%s\n", seen,
                 failed ? " failed" : "");
    fd = open(report, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, (size_t)n) != n)
        _exit(99);
    close(fd);
}

static bool
due(bool memory)
{
    if (!counting || memory != of_memory || ++seen != at)
        return false;
    failed = 1;
    return true;
}

/* --- memory */

/* As due, for who asks from CALLER. */
static bool
none_left(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;

    if ((from >= libc_from && from < libc_to) || !due(true))
        return false;
    errno = ENOMEM;
    return true;
}

#define NONE_LEFT none_left(__builtin_return_address(0))

void *
malloc(size_t n)
{
    if (NONE_LEFT)
        return NULL;
    return __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
    if (NONE_LEFT)
        return NULL;
    return __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
    if (NONE_LEFT)
        return NULL;
    return __libc_realloc(p, n);
}

int
posix_memalign(void **p, size_t align, size_t n)
{
    if (NONE_LEFT)
        return ENOMEM;
    *p = __libc_memalign(align, n);
    return *p != NULL ? 0 : ENOMEM;
}

void *
aligned_alloc(size_t align, size_t n)
{
    if (NONE_LEFT)
        return NULL;
    return __libc_memalign(align, n);
}

/* --- disk */

/* True, with errno WHY, where this one is to fail. */
static bool
disk(int why)
{
    if (!due(false))
        return false;
    errno = why;
    return true;
}

static bool
spoken(int fd)
{
    return fd == STDOUT_FILENO || fd == STDERR_FILENO;
}

ssize_t
write(int fd, const void *data, size_t n)
{
    if (!spoken(fd) && disk(ENOSPC))
        return -1;
    return syscall(SYS_write, fd, data, n);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t where)
{
    if (disk(ENOSPC))
        return -1;
    return syscall(SYS_pwrite64, fd, data, n, where);
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t where)
{
    return pwrite(fd, data, n, where);
}

int
ftruncate(int fd, off_t n)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}

int
ftruncate64(int fd, off64_t n)
{
    return ftruncate(fd, n);
}

int
fallocate(int fd, int mode, off_t from, off_t n)
{
    return disk(ENOSPC) ? -1
                        : (int)syscall(SYS_fallocate, fd, mode, from, n);
}

int
posix_fallocate(int fd, off_t from, off_t n)
{
    return fallocate(fd, 0, from, n) == 0 ? 0 : errno;
}

int
fsync(int fd)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
rename(const char *from, const char *to)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_rename, from, to);
}

int
unlink(const char *path)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_unlink, path);
}

int
rmdir(const char *path)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_rmdir, path);
}

int
mkdir(const char *path, mode_t mode)
{
    return disk(ENOSPC) ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

int
chmod(const char *path, mode_t mode)
{
    return disk(EIO) ? -1 : (int)syscall(SYS_chmod, path, mode);
}

static int
open_at(int dir, const char *path, int how, mode_t mode)
{
    if ((how & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && disk(ENOSPC))
        return -1;
    return (int)syscall(SYS_openat, dir, path, how, mode);
}

#define MODE(how, mode) \
    mode_t mode = 0; \
    if (((how) & (O_CREAT | __O_TMPFILE)) != 0) { \
        va_list ap; \
        va_start(ap, how); \
        mode = (mode_t)va_arg(ap, int); \
        va_end(ap); \
    }

int
open(const char *path, int how, ...)
{
    MODE(how, mode)
    return open_at(AT_FDCWD, path, how, mode);
}

int
open64(const char *path, int how, ...)
{
    MODE(how, mode)
    return open_at(AT_FDCWD, path, how | O_LARGEFILE, mode);
}

int
openat(int dir, const char *path, int how, ...)
{
    MODE(how, mode)
    return open_at(dir, path, how, mode);
}

/* What _FORTIFY_SOURCE makes of open. */
int
__open_2(const char *path, int how)
{
    return open_at(AT_FDCWD, path, how, 0);
}

int
__open64_2(const char *path, int how)
{
    return open_at(AT_FDCWD, path, how | O_LARGEFILE, 0);
}
