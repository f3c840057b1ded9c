/* zip.c - see zip.h.
 *
 * The head of a part is written before its body and filled in when the part
 * is closed: all is in memory, so no data descriptor is needed, which some
 * readers of Office files do not take. */
#include "base/zip.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    HEAD_SIZE = 30, ENTRY_SIZE = 46, END_SIZE = 22, CHUNK = 65536,
    VERSION = 20,               /* 2.0: deflate, folders */
    UTF8_NAMES = 1 << 11,
    DATE_1980 = 1 << 5 | 1,
    METHOD_DEFLATE = 8
};

struct zip_stream {
    z_stream z;
};

static void
put16(unsigned char *to, unsigned n)
{
    to[0] = (unsigned char)n;
    to[1] = (unsigned char)(n >> 8);
}

static void
put32(unsigned char *to, uint32_t n)
{
    put16(to, n & 0xffff);
    put16(to + 2, n >> 16);
}

void
zip_begin(struct zip *z, struct buf *out)
{
    *z = (struct zip){ .out = out, .begin = out->len };
    buf_init(&z->directory, 0);
}

/* Compressed bytes of what the stream has been given, to OUT. */
static void
drain(struct zip *z, int flush)
{
    z_stream *s = &z->stream->z;
    int status;

    do {
        size_t room;
        char *to = buf_room(z->out, 1, CHUNK, &room);

        if (to == NULL)
            return;
        room = room > CHUNK ? CHUNK : room;
        s->next_out = (Bytef *)to;
        s->avail_out = (uInt)room;
        status = deflate(s, flush);
        assert(status != Z_STREAM_ERROR);
        buf_used(z->out, room - s->avail_out);
    } while (s->avail_out == 0 || (flush == Z_FINISH
                                   && status != Z_STREAM_END));
}

static void
stream_begin(struct zip *z)
{
    if (z->stream != NULL) {
        deflateReset(&z->stream->z);
        return;
    }
    z->stream = calloc(1, sizeof *z->stream);
    if (z->stream == NULL
        || deflateInit2(&z->stream->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                        -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(z->stream);
        z->stream = NULL;
        z->out->failed = true;
    }
}

/* The fields that head and directory share, at TO. */
static void
put_shared(const struct zip *z, unsigned char *to, size_t packed,
           size_t name)
{
    put16(to, VERSION);
    put16(to + 2, UTF8_NAMES);
    put16(to + 4, z->how == ZIP_DEFLATE ? METHOD_DEFLATE : 0);
    put16(to + 6, 0);
    put16(to + 8, DATE_1980);
    put32(to + 10, z->crc);
    put32(to + 14, (uint32_t)packed);
    put32(to + 18, (uint32_t)z->size);
    put16(to + 22, (unsigned)name);
    put16(to + 24, 0);
}

static bool
fits(const struct zip *z, size_t packed)
{
    return z->size <= ZIP_BYTES && packed <= ZIP_BYTES
        && z->head - z->begin <= ZIP_BYTES;
}

/* Ends the part that is open: its head is filled in and its entry made. */
static void
part_end(struct zip *z)
{
    unsigned char entry[ENTRY_SIZE] = "PK\1\2";
    size_t packed, name = z->body - z->head - HEAD_SIZE;

    if (z->body == 0)
        return;
    if (z->how == ZIP_DEFLATE && z->stream != NULL && !z->out->failed)
        drain(z, Z_FINISH);
    packed = z->out->len - z->body;
    if (!fits(z, packed))
        z->too_large = true;
    if (!z->out->failed && !z->too_large) {
        put_shared(z, (unsigned char *)z->out->data + z->head + 4, packed,
                   name);
        put16(entry + 4, VERSION);
        put_shared(z, entry + 6, packed, name);
        put32(entry + 42, (uint32_t)(z->head - z->begin));
        buf_add(&z->directory, entry, sizeof entry);
        buf_add(&z->directory, z->out->data + z->head + HEAD_SIZE, name);
    }
    z->body = 0;
}

void
zip_part(struct zip *z, const char *name, enum zip_how how)
{
    unsigned char head[HEAD_SIZE] = "PK\3\4";
    size_t n = strlen(name);

    part_end(z);
    assert(n > 0 && n <= ZIP_NAME);
    if (z->count == ZIP_PARTS)
        z->too_large = true;
    if (z->out->failed || z->too_large)
        return;
    z->count++;
    z->head = z->out->len;
    z->size = 0;
    z->crc = 0;
    z->how = how;
    buf_add(z->out, head, sizeof head);
    buf_add(z->out, name, n);
    z->body = z->out->len;
    if (how == ZIP_DEFLATE)
        stream_begin(z);
}

void
zip_put(struct zip *z, const void *data, size_t n)
{
    const unsigned char *from = data;

    if (z->out->failed || z->too_large)
        return;
    assert(z->body != 0);
    z->size += n;
    while (n > 0) {
        size_t now = n > 1 << 30 ? 1 << 30 : n;

        z->crc = (uint32_t)crc32(z->crc, from, (uInt)now);
        if (z->how == ZIP_STORE) {
            buf_add(z->out, from, now);
        } else {
            z->stream->z.next_in = (Bytef *)(uintptr_t)from;
            z->stream->z.avail_in = (uInt)now;
            drain(z, Z_NO_FLUSH);
        }
        from += now;
        n -= now;
    }
}

void
zip_add(struct zip *z, const char *name, const void *data, size_t n,
        enum zip_how how)
{
    zip_part(z, name, how);
    zip_put(z, data, n);
    part_end(z);
}

bool
zip_finish(struct zip *z, struct err *e)
{
    unsigned char end[END_SIZE] = "PK\5\6";
    size_t at;
    bool ok;

    part_end(z);
    at = z->out->len - z->begin;
    ok = buf_ok(&z->directory, e) && buf_ok(z->out, e);
    if (ok && (z->too_large || at > ZIP_BYTES))
        ok = err_set(e, ERR_INPUT, "zip.too_large", "%d", ZIP_PARTS);
    if (ok) {
        put16(end + 8, (unsigned)z->count);
        put16(end + 10, (unsigned)z->count);
        put32(end + 12, (uint32_t)z->directory.len);
        put32(end + 16, (uint32_t)at);
        buf_add(z->out, z->directory.data, z->directory.len);
        buf_add(z->out, end, sizeof end);
        ok = buf_ok(z->out, e);
    }
    if (z->stream != NULL)
        deflateEnd(&z->stream->z);
    free(z->stream);
    z->stream = NULL;
    buf_clear(&z->directory);
    return ok;
}
