/* lock.c - see lock.h.
 *
 * The file holds the process id and the command ("1234 brukerplan import").
 * Of the command line no more than that is written: its words may be what
 * nobody else should read. */
#include "store/lock.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { HOLDER_MAX = 96 };

static bool
is_word(const char *s)
{
    return *s != '\0' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

/* "brukerplan import": the program's name and its first word. */
static void
own_command(char *out, size_t size)
{
    char line[512] = "";
    const char *name = line, *slash, *word;
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, line, sizeof line - 2) : 0;

    if (fd >= 0)
        close(fd);
    if (n <= 0) {
        snprintf(out, size, "?");
        return;
    }
    slash = strrchr(line, '/');
    if (slash != NULL)
        name = slash + 1;
    word = line + strlen(line) + 1;
    snprintf(out, size, "%.32s%s%.32s", name, is_word(word) ? " " : "",
             is_word(word) ? word : "");
}

static void
write_holder(int fd)
{
    char command[HOLDER_MAX], line[HOLDER_MAX + 32];
    int n;

    own_command(command, sizeof command);
    n = snprintf(line, sizeof line, "%ld %s\n", (long)getpid(), command);
    /* It only helps who waits: without it the lock holds as well. */
    if (ftruncate(fd, 0) != 0 || pwrite(fd, line, (size_t)n, 0) != n)
        return;
}

/* What FD says of the holder, in characters that a message may show. */
static void
read_holder(int fd, char pid[16], char command[HOLDER_MAX])
{
    char line[HOLDER_MAX] = "";
    ssize_t n = pread(fd, line, sizeof line - 1, 0);
    size_t digits;

    for (ssize_t i = 0; i < n; i++) {
        if (line[i] == '\n')
            line[i] = '\0';
        else if (line[i] < ' ' || line[i] > '~')
            line[i] = '?';
    }
    digits = strspn(line, "0123456789");
    snprintf(pid, 16, "%.*s", digits < 15 ? (int)digits : 15, line);
    snprintf(command, HOLDER_MAX, "%s",
             line[digits] == ' ' ? line + digits + 1 : "?");
    if (pid[0] == '\0')
        snprintf(pid, 16, "?");
}

int
lock_take(const char *file, struct err *e)
{
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    char pid[16], command[HOLDER_MAX];
    int rc, why;

    if (fd < 0) {
        err_set(e, ERR_MACHINE, "store.lock", "%s %s", file,
                strerror(errno));
        return -1;
    }
    do
        rc = flock(fd, LOCK_EX | LOCK_NB);
    while (rc != 0 && errno == EINTR);
    if (rc == 0) {
        write_holder(fd);
        return fd;
    }
    why = errno;
    if (why == EWOULDBLOCK) {
        read_holder(fd, pid, command);
        err_set(e, ERR_MACHINE, "store.locked", "%s %s %s", file, pid,
                command);
    } else {
        err_set(e, ERR_MACHINE, "store.lock", "%s %s", file, strerror(why));
    }
    close(fd);
    return -1;
}

void
lock_drop(int fd)
{
    if (fd < 0)
        return;
    /* The next holder overwrites it in any case. */
    if (ftruncate(fd, 0) != 0)
        errno = 0;
    close(fd);
}
