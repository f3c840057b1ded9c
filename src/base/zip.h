/* zip.h - writes a ZIP archive in memory, the same bytes each time.
 *
 * Parts are compressed with deflate (or stored, what is compressed already)
 * and stand in the order they were added. There is no date but 1 January
 * 1980, no right, no comment. An archive that would need ZIP64 is refused:
 * ZIP_PARTS parts, ZIP_BYTES bytes in a part and in all.
 *
 *     struct zip z;
 *     zip_begin(&z, out);
 *     zip_add(&z, "a.txt", "hello", 5, ZIP_DEFLATE);
 *     zip_part(&z, "b.csv", ZIP_DEFLATE);     piece by piece
 *     zip_put(&z, ...); zip_put(&z, ...);
 *     if (!zip_finish(&z, e)) ...
 *
 * Failure is sticky, as of a buf: zip_finish tells it, and frees what Z
 * holds whether it fails or not. A name that is empty or longer than ZIP_NAME
 * bytes is our own mistake; that no name comes twice is the caller's duty. */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H
#include <stdint.h>
#include "base/buf.h"

enum { ZIP_PARTS = 0xffff, ZIP_NAME = 255 };
#define ZIP_BYTES ((size_t)0xfffffffe)

enum zip_how { ZIP_STORE, ZIP_DEFLATE };

struct zip_stream;

struct zip {                    /* private */
    struct buf *out;
    struct buf directory;
    size_t begin;               /* of the archive in OUT */
    size_t head, body;          /* of the part that is open; 0: none */
    uint64_t size;              /* of that part, uncompressed */
    uint32_t crc;
    enum zip_how how;
    long count;
    bool too_large;
    struct zip_stream *stream;
};

/* An archive at the end of OUT. */
void zip_begin(struct zip *z, struct buf *out);
/* A part from its N bytes. */
void zip_add(struct zip *z, const char *name, const void *data, size_t n,
             enum zip_how how);
/* A part to be filled by zip_put until the next part or zip_finish. */
void zip_part(struct zip *z, const char *name, enum zip_how how);
void zip_put(struct zip *z, const void *data, size_t n);
/* The directory. False with E (ERR_INPUT "zip.too_large", ERR_MACHINE). */
MUST_CHECK bool zip_finish(struct zip *z, struct err *e);

#endif
