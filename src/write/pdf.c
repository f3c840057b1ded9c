/* pdf.c - see pdf.h. */
#include "write/pdf.h"
#include <assert.h>
#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "base/arena.h"
#include "base/utf8.h"

enum {
    PACK = 200,                 /* objects of an object stream */
    ID_BYTES = 16
};

struct pdf_place {
    size_t offset;              /* of a stream or an object by itself */
    int pack, index;            /* PACK > 0: stands in that object stream */
    bool given;
};

void
pdf_begin(struct pdf *p, struct buf *out)
{
    memset(p, 0, sizeof *p);
    p->out = out;
    p->begin = out->len;
    p->objects = 1;
    buf_init(&p->pack, 0);
    buf_init(&p->index, 0);
    /* The second line tells that the file is not text. */
    buf_text(out, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
}

int
pdf_reserve(struct pdf *p)
{
    if (p->objects == PDF_OBJECTS_MAX) {
        p->failed = true;
        return 1;
    }
    p->place = mem_more(p->place, p->objects, &p->room, sizeof *p->place);
    return p->objects++;
}

static struct pdf_place *
give(struct pdf *p, int id)
{
    struct pdf_place *at = &p->place[id];

    assert(id >= 1 && id < p->objects);
    assert(p->failed || !at->given);
    at->given = true;
    return at;
}

void
pdf_stream(struct pdf *p, int id, const char *dict, const void *data,
           size_t n)
{
    uLongf len = compressBound(n);
    unsigned char *packed = malloc(len);

    if (packed == NULL
        || compress2(packed, &len, data, n, Z_DEFAULT_COMPRESSION) != Z_OK)
        mem_out();
    give(p, id)->offset = p->out->len - p->begin;
    buf_printf(p->out, "%d 0 obj\n<<%s%s/Filter/FlateDecode/Length %lu>>\n"
               "stream\n", id, dict, *dict != '\0' ? " " : "",
               (unsigned long)len);
    buf_add(p->out, packed, len);
    buf_text(p->out, "\nendstream\nendobj\n");
    free(packed);
}

/* Writes the object stream that was gathered. */
static void
flush(struct pdf *p)
{
    struct buf all;
    char dict[64];
    int id;

    if (p->packed == 0)
        return;
    id = pdf_reserve(p);
    for (int i = 1; i < p->objects; i++)
        if (p->place[i].pack < 0)
            p->place[i].pack = id;
    buf_init(&all, 0);
    buf_add(&all, p->index.data, p->index.len);
    buf_add(&all, p->pack.data, p->pack.len);
    snprintf(dict, sizeof dict, "/Type/ObjStm/N %d/First %zu", p->packed,
             p->index.len);
    pdf_stream(p, id, dict, buf_string(&all), all.len);
    p->failed |= all.failed;
    buf_clear(&all);
    buf_reset(&p->index);
    buf_reset(&p->pack);
    p->packed = 0;
}

void
pdf_object(struct pdf *p, int id, const char *text)
{
    struct pdf_place *at = give(p, id);

    at->pack = -1;
    at->index = p->packed++;
    buf_printf(&p->index, "%d %zu ", id, p->pack.len);
    buf_printf(&p->pack, "%s\n", text);
    if (p->packed == PACK)
        flush(p);
}

static void
put_big_endian(struct buf *out, size_t v, int bytes)
{
    while (bytes-- > 0)
        buf_byte(out, (int)(v >> (8 * bytes) & 0xff));
}

/* One row an object: kind, place or stream, place in it. */
static void
put_rows(struct pdf *p, struct buf *rows, int count)
{
    put_big_endian(rows, 0, 1);
    put_big_endian(rows, 0, 4);
    put_big_endian(rows, 65535, 2);
    for (int i = 1; i < count; i++) {
        const struct pdf_place *at = &p->place[i];

        p->failed |= !at->given;
        put_big_endian(rows, at->pack > 0 ? 2 : 1, 1);
        put_big_endian(rows, at->pack > 0 ? (size_t)at->pack : at->offset,
                       4);
        put_big_endian(rows, at->pack > 0 ? (size_t)at->index : 0, 2);
    }
}

static void
put_trailer(struct pdf *p, int catalog, int info)
{
    int id = pdf_reserve(p);
    size_t start = p->out->len - p->begin;
    unsigned char hash[ID_BYTES];
    char hex[2 * ID_BYTES + 1], dict[256];
    struct buf rows;

    crypto_generichash(hash, sizeof hash,
                       (const unsigned char *)p->out->data + p->begin,
                       start, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    p->place[id].offset = start;
    p->place[id].given = true;
    buf_init(&rows, 0);
    put_rows(p, &rows, p->objects);
    snprintf(dict, sizeof dict, "/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R"
             "/Info %d 0 R/ID[<%s><%s>]", p->objects, catalog, info, hex,
             hex);
    p->place[id].given = false;
    pdf_stream(p, id, dict, buf_string(&rows), rows.len);
    p->failed |= rows.failed;
    buf_clear(&rows);
    buf_printf(p->out, "startxref\n%zu\n%%%%EOF\n", start);
}

bool
pdf_finish(struct pdf *p, int catalog, int info, struct err *e)
{
    flush(p);
    if (!p->out->failed && !p->failed)
        put_trailer(p, catalog, info);
    p->failed |= p->pack.failed || p->index.failed;
    buf_clear(&p->pack);
    buf_clear(&p->index);
    free(p->place);
    p->place = NULL;
    if (p->failed)
        return err_set(e, ERR_MACHINE, "pdf.large", "");
    return buf_ok(p->out, e);
}

void
pdf_put_text(struct buf *out, const char *text)
{
    const char *end = text + strlen(text);

    buf_text(out, "<FEFF");
    while (text < end) {
        int32_t c = utf8_next(&text, end);

        if (c == UTF8_BAD)
            c = 0xfffd;
        if (c > 0xffff)
            buf_printf(out, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10),
                       0xdc00 + ((c - 0x10000) & 0x3ff));
        else
            buf_printf(out, "%04X", (unsigned)c);
    }
    buf_byte(out, '>');
}

void
pdf_put_number(struct buf *out, double v)
{
    long long n = llround(v * 1000);
    const char *sign = n < 0 ? "-" : "";
    int decimals = 3;
    long long part;

    n = n < 0 ? -n : n;
    part = n % 1000;
    while (decimals > 0 && part % 10 == 0) {
        part /= 10;
        decimals--;
    }
    if (decimals == 0)
        buf_printf(out, "%s%lld ", sign, n / 1000);
    else
        buf_printf(out, "%s%lld.%0*lld ", sign, n / 1000, decimals, part);
}
