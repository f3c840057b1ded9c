/* buf.c - see buf.h. */
#include "base/buf.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/arena.h"

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){ .max = max > 0 ? max : BUF_MAX_DEFAULT };
}

void
buf_init_secret(struct buf *b, size_t max)
{
    buf_init(b, max);
    b->secret = true;
}

void
buf_clear(struct buf *b)
{
    bool secret = b->secret;

    free(b->data);
    buf_init(b, b->max);
    b->secret = secret;
}

void
buf_wipe(struct buf *b)
{
    if (b->data != NULL)
        explicit_bzero(b->data, b->cap);
    buf_clear(b);
}

void
buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
    if (b->data != NULL)
        b->data[0] = '\0';
}

/* The bytes in CAP bytes of memory. realloc would leave them where they
 * were too, which a secret must not. */
static char *
move(const struct buf *b, size_t cap)
{
    char *data;

    if (!b->secret)
        return realloc(b->data, cap);
    data = malloc(cap);
    if (data == NULL || b->data == NULL)
        return data;
    memcpy(data, b->data, b->len + 1);
    mem_wipe(b->data, b->cap);
    return data;
}

/* CAP bytes of memory. */
static bool
enlarge(struct buf *b, size_t cap)
{
    char *data = move(b, cap);

    if (data == NULL) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->cap = cap;
    return true;
}

/* Room for N more bytes and a NUL; false if there is none. */
static inline bool
grow(struct buf *b, size_t n)
{
    size_t cap = b->cap > 0 ? b->cap : 256;

    if (b->failed || n > b->max - b->len) {
        b->failed = true;
        return false;
    }
    if (b->len + n < b->cap)
        return true;
    while (cap <= b->len + n)
        cap *= 2;
    return enlarge(b, cap);
}

void
buf_expect(struct buf *b, size_t n)
{
    if (b->failed || n > b->max - b->len || b->len + n < b->cap
        || !enlarge(b, b->len + n + 1))
        return;
    b->data[b->len] = '\0';
}

void
buf_add(struct buf *b, const void *data, size_t n)
{
    if (!grow(b, n))
        return;
    if (n > 0)
        memcpy(b->data + b->len, data, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void
buf_byte(struct buf *b, int byte)
{
    char c = (char)byte;

    buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
    size_t room = b->cap > b->len ? b->cap - b->len : 0;
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(room > 0 ? b->data + b->len : NULL, room, fmt, ap);
    va_end(ap);
    if (n < 0) {
        b->failed = true;
        return;
    }
    if ((size_t)n < room && !b->failed && (size_t)n <= b->max - b->len) {
        b->len += (size_t)n;
        return;
    }
    if (room > 0)
        b->data[b->len] = '\0';
    if (!grow(b, (size_t)n))
        return;
    va_start(ap, fmt);
    vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

char *
buf_room(struct buf *b, size_t least, size_t wish, size_t *room)
{
    if (!grow(b, wish > least && wish <= b->max - b->len ? wish : least))
        return NULL;
    b->data[b->len] = '\0';
    *room = (b->cap - 1 < b->max ? b->cap - 1 : b->max) - b->len;
    return b->data + b->len;
}

void
buf_used(struct buf *b, size_t n)
{
    b->len += n;
    b->data[b->len] = '\0';
}

const char *
buf_string(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}

bool
buf_ok(const struct buf *b, struct err *e)
{
    if (b->failed)
        return err_set(e, ERR_MACHINE, "buf.full", "%zu", b->max);
    return true;
}

static bool
read_all(struct buf *b, int fd, const char *file, size_t max, struct err *e)
{
    char chunk[65536];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_INPUT, "file.read", "%s %s", file,
                           strerror(errno));
        if ((size_t)n > max - b->len)
            return err_set(e, ERR_INPUT, "file.too_large", "%s %zu", file,
                           max);
        buf_add(b, chunk, (size_t)n);
    }
    return buf_ok(b, e);
}

bool
buf_read_file(struct buf *b, const char *file, size_t max, struct err *e)
{
    bool std = strcmp(file, "-") == 0;
    int fd = std ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    bool ok;

    if (fd < 0)
        return err_set(e, ERR_INPUT, "file.open", "%s %s", file,
                       strerror(errno));
    ok = read_all(b, fd, file, max, e);
    if (!std)
        close(fd);
    return ok;
}

static bool
write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

/* A name that leads nowhere is the caller's; all else is the machine's. */
static bool
write_failed(const char *file, int why, struct err *e)
{
    bool name = why == ENOENT || why == ENOTDIR || why == EISDIR
                || why == ENAMETOOLONG || why == ELOOP;

    return err_set(e, name ? ERR_INPUT : ERR_MACHINE, "file.write", "%s %s",
                   file, strerror(why));
}

/* FILE itself where it is no plain file (a pipe, /dev/full): there is
 * nothing to keep whole. */
static bool
write_through(const struct buf *b, const char *file, struct err *e)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, buf_string(b), b->len);
    int why = errno;

    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    return ok || write_failed(file, why, e);
}

static bool
replace(const struct buf *b, const char *file, struct err *e)
{
    size_t n = strlen(file) + 8;
    char *temp = malloc(n);
    int fd, why;

    if (temp == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", n);
    snprintf(temp, n, "%s.XXXXXX", file);
    fd = mkostemp(temp, O_CLOEXEC);
    if (fd < 0)
        goto fail;
    if (fchmod(fd, 0600) != 0 || !write_all(fd, buf_string(b), b->len)
        || fsync(fd) != 0)
        goto fail;
    if (close(fd) != 0) {
        fd = -1;
        goto fail;
    }
    fd = -1;
    if (rename(temp, file) != 0)
        goto fail;
    free(temp);
    return true;
fail:
    why = errno;
    if (fd >= 0)
        close(fd);
    unlink(temp);
    free(temp);
    return write_failed(file, why, e);
}

bool
buf_write_file(const struct buf *b, const char *file, struct err *e)
{
    struct stat st;

    if (strcmp(file, "-") == 0) {
        if (write_all(STDOUT_FILENO, buf_string(b), b->len))
            return true;
        return write_failed(file, errno, e);
    }
    if (stat(file, &st) == 0 && !S_ISREG(st.st_mode))
        return write_through(b, file, e);
    return replace(b, file, e);
}
