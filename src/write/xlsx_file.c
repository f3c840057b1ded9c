/* xlsx_file.c - see xlsx_file.h.
 *
 * lxw_tmpfile gives a stream over a buf (fopencookie); zipOpen and its kin,
 * which the library would find in minizip, give its parts to our own
 * archive. A thread makes one workbook at a time; which one is known while
 * it is closed. If the library should come to call its own functions some
 * day, xlsx_close sees that nothing reached it, and fails.
 *
 * The library's headers declare what is defined here, so a change of theirs
 * is seen by the compiler. */
#include "write/xlsx_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter/third_party/zip.h>
#include <xlsxwriter/utility.h>
#include "base/arena.h"
#include "base/zip.h"

/* The workbook that this thread closes. */
struct closing {
    struct zip zip;
    struct buf *out;
    bool opened, closed;
};
static _Thread_local struct closing *closing;

/* ---- a file in memory ---- */

struct memory {
    struct buf bytes;
    size_t at;
};

static ssize_t
memory_read(void *cookie, char *to, size_t n)
{
    struct memory *m = cookie;
    size_t left = m->bytes.len - m->at;

    if (n > left)
        n = left;
    if (n > 0)
        memcpy(to, m->bytes.data + m->at, n);
    m->at += n;
    return (ssize_t)n;
}

/* The library writes from the front and never goes back but to read. */
static ssize_t
memory_write(void *cookie, const char *from, size_t n)
{
    struct memory *m = cookie;

    if (m->at != m->bytes.len)
        return 0;
    buf_add(&m->bytes, from, n);
    if (m->bytes.failed)
        return 0;
    m->at += n;
    return (ssize_t)n;
}

static int
memory_seek(void *cookie, off64_t *offset, int whence)
{
    struct memory *m = cookie;
    off64_t from = whence == SEEK_SET ? 0
                   : whence == SEEK_CUR ? (off64_t)m->at
                                        : (off64_t)m->bytes.len;
    off64_t to = from + *offset;

    if (to < 0 || to > (off64_t)m->bytes.len)
        return -1;
    m->at = (size_t)to;
    *offset = to;
    return 0;
}

static int
memory_close(void *cookie)
{
    struct memory *m = cookie;

    buf_clear(&m->bytes);
    free(m);
    return 0;
}

FILE *
lxw_tmpfile(char *tmpdir)
{
    static const cookie_io_functions_t calls = {
        memory_read, memory_write, memory_seek, memory_close
    };
    struct memory *m = calloc(1, sizeof *m);
    FILE *file;

    (void)tmpdir;
    if (m == NULL)
        return NULL;
    buf_init(&m->bytes, 0);
    file = fopencookie(m, "w+", calls);
    if (file == NULL)
        free(m);
    return file;
}

/* ---- the archive ---- */

zipFile
zipOpen(const char *path, int append)
{
    (void)path;
    (void)append;
    if (closing == NULL)
        return NULL;
    closing->opened = true;
    zip_begin(&closing->zip, closing->out);
    return (zipFile)closing;
}

int
zipOpenNewFileInZip4_64(zipFile file, const char *name,
                        const zip_fileinfo *info, const void *local,
                        uInt local_size, const void *global,
                        uInt global_size, const char *comment, int method,
                        int level, int raw, int window, int memory,
                        int strategy, const char *password, uLong crc,
                        uLong version, uLong flags, int zip64)
{
    struct closing *c = (struct closing *)file;

    (void)info, (void)local, (void)local_size, (void)global;
    (void)global_size, (void)comment, (void)method, (void)level, (void)raw;
    (void)window, (void)memory, (void)strategy, (void)password, (void)crc;
    (void)version, (void)flags, (void)zip64;
    zip_part(&c->zip, name, ZIP_DEFLATE);
    return ZIP_OK;
}

int
zipWriteInFileInZip(zipFile file, const void *data, unsigned len)
{
    struct closing *c = (struct closing *)file;

    zip_put(&c->zip, data, len);
    return ZIP_OK;
}

int
zipCloseFileInZip(zipFile file)
{
    (void)file;
    return ZIP_OK;
}

/* The archive is finished by xlsx_close, which can say what went wrong. */
int
zipClose(zipFile file, const char *comment)
{
    struct closing *c = (struct closing *)file;

    (void)comment;
    c->closed = true;
    return ZIP_OK;
}

/* ---- */

lxw_workbook *
xlsx_new(void)
{
    lxw_workbook *book = workbook_new("workbook");

    if (book == NULL)
        mem_out();
    return book;
}

bool
xlsx_close(lxw_workbook *book, struct buf *out, struct err *e)
{
    struct closing c = { .out = out };
    lxw_error status;
    bool ok;

    closing = &c;
    status = workbook_close(book);
    closing = NULL;
    ok = c.opened && zip_finish(&c.zip, e);
    if (ok && (status != LXW_NO_ERROR || !c.closed))
        ok = false;
    return ok || err_set(e, ERR_MACHINE, "xlsx.failed", "%s",
                         lxw_strerror(status));
}
