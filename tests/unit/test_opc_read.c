/* test_opc_read.c - archives made by hand, good and hostile, at the edge of
 * each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "base/buf.h"
#include "write/opc_read.h"

/* An entry as it is to be written, with lies in it where a test wants. */
struct fake {
    const char *name;
    const char *data;
    size_t len;                 /* 0: of DATA as text */
    bool deflate;
    unsigned flags, method;     /* METHOD 0: as it is */
    const char *local;          /* another name in front of the bytes */
    uint32_t size, crc_off;     /* SIZE 0: as it is */
};

static void
put16(struct buf *b, unsigned n)
{
    buf_byte(b, (int)(n & 0xff));
    buf_byte(b, (int)(n >> 8 & 0xff));
}

static void
put32(struct buf *b, uint32_t n)
{
    put16(b, n & 0xffff);
    put16(b, n >> 16);
}

static void
put_packed(struct buf *b, const struct fake *f, size_t len)
{
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)f->data,
                   .avail_in = (uInt)len };
    unsigned char *to;
    size_t room = len + len / 1000 + 64;

    if (!f->deflate) {
        buf_add(b, f->data, len);
        return;
    }
    to = malloc(room);
    assert_non_null(to);
    z.next_out = to;
    z.avail_out = (uInt)room;
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, 0), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_add(b, to, z.total_out);
    deflateEnd(&z);
    free(to);
}

static void
put_facts(struct buf *b, const struct fake *f, size_t packed, size_t len)
{
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)f->data,
                                   (uInt)len);

    put16(b, f->flags);
    put16(b, f->method != 0 ? f->method : f->deflate ? 8 : 0);
    put32(b, 33u << 16);
    put32(b, crc + f->crc_off);
    put32(b, (uint32_t)packed);
    put32(b, f->size != 0 ? f->size : (uint32_t)len);
}

/* The archive of COUNT entries in OUT. */
static void
make(struct buf *out, const struct fake *fake, size_t count)
{
    struct buf directory;
    size_t at;

    buf_init(&directory, 0);
    buf_reset(out);
    for (size_t i = 0; i < count; i++) {
        const struct fake *f = &fake[i];
        const char *local = f->local != NULL ? f->local : f->name;
        size_t len = f->len != 0 ? f->len : strlen(f->data);
        size_t head = out->len, packed;

        put32(out, 0x04034b50);
        put16(out, 20);
        put_facts(out, f, 0, len);
        put16(out, (unsigned)strlen(local));
        put16(out, 0);
        buf_text(out, local);
        packed = out->len;
        put_packed(out, f, len);
        packed = out->len - packed;
        put32(&directory, 0x02014b50);
        put16(&directory, 20);
        put16(&directory, 20);
        put_facts(&directory, f, packed, len);
        put16(&directory, (unsigned)strlen(f->name));
        for (int k = 0; k < 4; k++)
            put16(&directory, 0);
        put32(&directory, 0);
        put32(&directory, (uint32_t)head);
        buf_text(&directory, f->name);
    }
    at = out->len;
    buf_add(out, buf_string(&directory), directory.len);
    put32(out, 0x06054b50);
    put32(out, 0);
    put16(out, (unsigned)count);
    put16(out, (unsigned)count);
    put32(out, (uint32_t)directory.len);
    put32(out, (uint32_t)at);
    put16(out, 0);
    buf_clear(&directory);
}

/* The key of the error, or "" where the archive opens. */
static const char *
opened(const struct buf *b)
{
    static struct err e;
    struct opc_file *f = NULL;

    err_clear(&e);
    if (opc_open(&f, b->data, b->len, &e)) {
        opc_close(f);
        return "";
    }
    assert_null(f);
    assert_int_equal(e.code, ERR_INPUT);
    return e.key;
}

/* The same of reading the one part "a". */
static const char *
part_read(const struct fake *fake)
{
    static struct err e;
    struct opc_file *f = NULL;
    struct buf b;
    const char *data;
    size_t len;

    buf_init(&b, 0);
    make(&b, fake, 1);
    err_clear(&e);
    if (opc_open(&f, b.data, b.len, &e)
        && opc_bytes(f, "a", &data, &len, &e)) {
        assert_int_equal(data[len], '\0');
        e.key[0] = '\0';
    }
    opc_close(f);
    buf_clear(&b);
    return e.key;
}

static void
test_good(void **state)
{
    const struct fake fake[] = {
        { .name = "a/b.xml", .data = "stored" },
        { .name = "c", .data = "deflated deflated", .deflate = true },
        { .name = "folder/", .data = "", .len = 0 },
        { .name = "empty", .data = "" },
    };
    struct opc_file *f;
    struct buf b;
    struct err e = { 0 };
    const char *data;
    size_t len;

    (void)state;
    buf_init(&b, 0);
    make(&b, fake, 4);
    assert_true(opc_open(&f, b.data, b.len, &e));
    assert_string_equal(opc_name(f, 0), "a/b.xml");
    assert_string_equal(opc_name(f, 2), "empty");
    assert_null(opc_name(f, 3));
    assert_true(opc_has(f, "A/B.XML"));
    assert_false(opc_has(f, "folder/"));
    assert_true(opc_bytes(f, "c", &data, &len, &e));
    assert_int_equal(len, 17);
    assert_string_equal(data, "deflated deflated");
    assert_true(opc_bytes(f, "empty", &data, &len, &e));
    assert_int_equal(len, 0);
    assert_false(opc_bytes(f, "none", &data, &len, &e));
    assert_string_equal(e.key, "office.missing");
    opc_close(f);
    opc_close(NULL);
    buf_clear(&b);
}

static void
test_names(void **state)
{
    static const char *const bad[] = {
        "", "/a", "../a", "a/../b", "a/..", ".", "./a", "a/./b", "a//b",
        "a\\b", "c:a", "a\nb", "a\x7f", "\xff", "..",
    };
    static const char *const good[] = {
        "a", "..a", "a..", "a/.b", "a/b/c.xml", "[Content_Types].xml",
        "\xc3\xb8.xml",
    };
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        make(&b, &(struct fake){ .name = bad[i], .data = "x" }, 1);
        assert_string_equal(opened(&b), "office.name");
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        make(&b, &(struct fake){ .name = good[i], .data = "x" }, 1);
        assert_string_equal(opened(&b), "");
    }
    buf_clear(&b);
}

static void
test_name_length(void **state)
{
    char name[OPC_READ_NAME + 2];
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    memset(name, 'n', sizeof name);
    name[OPC_READ_NAME + 1] = '\0';
    make(&b, &(struct fake){ .name = name, .data = "x" }, 1);
    assert_string_equal(opened(&b), "office.name");
    name[OPC_READ_NAME] = '\0';
    make(&b, &(struct fake){ .name = name, .data = "x" }, 1);
    assert_string_equal(opened(&b), "");
    buf_clear(&b);
}

static void
test_lies(void **state)
{
    const struct fake twice[] = {
        { .name = "a.xml", .data = "1" }, { .name = "A.xml", .data = "2" },
    };
    const struct fake text = { .name = "a", .data = "hello hello hello",
                               .deflate = true };
    struct fake f = text;
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    make(&b, twice, 2);
    assert_string_equal(opened(&b), "office.twice");
    assert_string_equal(part_read(&text), "");
    f.local = "b";
    make(&b, &f, 1);
    assert_string_equal(opened(&b), "office.not_zip");
    f = text;
    f.flags = 1;
    assert_string_equal(part_read(&f), "office.encrypted");
    f.flags = 0x40;
    assert_string_equal(part_read(&f), "office.encrypted");
    f.flags = 0x2000;
    assert_string_equal(part_read(&f), "office.encrypted");
    f.flags = 0x808;                    /* UTF-8, sizes behind the bytes */
    assert_string_equal(part_read(&f), "");
    f = text;
    f.method = 12;
    assert_string_equal(part_read(&f), "office.method");
    f = text;
    f.crc_off = 1;
    assert_string_equal(part_read(&f), "office.broken");
    f = text;
    f.size = 16;                        /* larger than said */
    assert_string_equal(part_read(&f), "office.broken");
    f.size = 18;
    assert_string_equal(part_read(&f), "office.broken");
    f.size = UINT32_MAX;
    assert_string_equal(part_read(&f), "office.zip64");
    f = text;
    f.deflate = false;
    f.size = 16;
    assert_string_equal(part_read(&f), "office.not_zip");
    f.size = 0;
    f.method = 8;                       /* not deflated */
    assert_string_equal(part_read(&f), "office.broken");
    buf_clear(&b);
}

static void
test_whole(void **state)
{
    const struct fake fake[] = {
        { .name = "a", .data = "one" }, { .name = "b", .data = "two" },
    };
    struct buf b, cut;

    (void)state;
    buf_init(&b, 0);
    buf_init(&cut, 0);
    make(&b, fake, 2);
    assert_string_equal(opened(&b), "");
    for (size_t n = 0; n < b.len; n++) {
        buf_clear(&cut);
        buf_add(&cut, b.data, n);
        assert_string_equal(opened(&cut), "office.not_zip");
    }
    buf_byte(&b, 'x');                  /* something behind it */
    assert_string_equal(opened(&b), "office.not_zip");
    make(&b, fake, 2);
    b.data[b.len - 2] = 3;              /* a comment of three bytes */
    buf_text(&b, "abc");
    assert_string_equal(opened(&b), "");
    make(&b, fake, 2);
    memset(b.data + b.len - 12, 0xff, 2);
    assert_string_equal(opened(&b), "office.zip64");
    make(&b, fake, 2);
    b.data[b.len - 18] = 1;             /* the second of several disks */
    assert_string_equal(opened(&b), "office.not_zip");
    buf_clear(&b);
    buf_clear(&cut);
}

static void
test_entries(void **state)
{
    static char name[OPC_READ_ENTRIES + 1][8];
    struct fake *fake = calloc(OPC_READ_ENTRIES + 1, sizeof *fake);
    struct buf b;

    (void)state;
    assert_non_null(fake);
    buf_init(&b, 0);
    for (int i = 0; i <= OPC_READ_ENTRIES; i++) {
        snprintf(name[i], sizeof name[i], "p%d", i);
        fake[i] = (struct fake){ .name = name[i], .data = "x" };
    }
    make(&b, fake, OPC_READ_ENTRIES);
    assert_string_equal(opened(&b), "");
    make(&b, fake, OPC_READ_ENTRIES + 1);
    assert_string_equal(opened(&b), "office.entries");
    free(fake);
    buf_clear(&b);
}

static void
test_sizes(void **state)
{
    size_t most = OPC_READ_PART;
    char *data = calloc(most + 1, 1);
    struct fake fake[] = {
        { .name = "a", .data = data, .len = most },
        { .name = "b", .data = data,
          .len = (size_t)OPC_READ_TOTAL - OPC_READ_PART },
        { .name = "c", .data = "x" },
    };
    struct buf b;

    (void)state;
    assert_non_null(data);
    buf_init(&b, 0);
    make(&b, fake, 2);
    assert_string_equal(opened(&b), "");
    make(&b, fake, 3);
    assert_string_equal(opened(&b), "office.total");
    fake[0].len++;
    make(&b, fake, 1);
    assert_string_equal(opened(&b), "office.part_size");
    fake[0].deflate = true;
    fake[0].len = OPC_READ_SMALL;
    assert_string_equal(part_read(&fake[0]), "");
    fake[0].len++;
    assert_string_equal(part_read(&fake[0]), "office.ratio");
    /* As tightly as is allowed: one byte in a hundred is another. */
    for (size_t i = 0; i < OPC_READ_SMALL * 2; i += 100)
        data[i] = (char)(i * 2654435761u >> 24);
    fake[0].len = OPC_READ_SMALL * 2;
    assert_string_equal(part_read(&fake[0]), "");
    free(data);
    buf_clear(&b);
}

/* ---- XML ---- */

struct seen {
    struct buf text;
    const char *stop;           /* at this element */
};

static bool
on_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct seen *s = ctx;
    const char *x = opc_attribute(tag, "x");

    buf_printf(&s->text, "<%s %d %zu-%zu%s%s>", tag->name, tag->depth,
               tag->at, tag->past, x != NULL ? " x=" : "",
               x != NULL ? x : "");
    return s->stop == NULL || strcmp(s->stop, tag->name) != 0
        || err_set(e, ERR_INPUT, "office.kind", "");
}

static bool
on_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct seen *s = ctx;

    (void)e;
    buf_printf(&s->text, "</%s %zu-%zu>", tag->name, tag->at, tag->past);
    return true;
}

static bool
on_text(void *ctx, const char *text, size_t n, struct err *e)
{
    struct seen *s = ctx;

    (void)e;
    buf_add(&s->text, text, n);
    return true;
}

/* What the handlers saw in the part TEXT, or the key of the error. */
static const char *
parsed(struct seen *s, const char *text, size_t len)
{
    static const struct opc_handler handler = { on_start, on_end, on_text };
    static struct err e;
    struct opc_file *f = NULL;
    struct buf b;
    bool ok;

    buf_init(&b, 0);
    make(&b, &(struct fake){ .name = "a", .data = text, .len = len }, 1);
    err_clear(&e);
    buf_reset(&s->text);
    ok = opc_open(&f, b.data, b.len, &e)
        && opc_parse(f, "a", &handler, s, &e);
    opc_close(f);
    buf_clear(&b);
    return ok ? buf_string(&s->text) : e.key;
}

static void
test_xml(void **state)
{
    static const struct { const char *xml, *want; } cases[] = {
        { "<a/>", "<a 1 0-4></a 4-4>" },
        { "<a x='1'><b>t&lt;</b></a>",
          "<a 1 0-9 x=1><b 2 9-12>t<</b 17-21></a 21-25>" },
        { "<w:a xmlns:w='urn:w'/>", "<urn:w|a 1 0-22></urn:w|a 22-22>" },
        { "<?xml version='1.0' encoding='utf-8'?><a/>",
          "<a 1 38-42></a 42-42>" },
        { "\xef\xbb\xbf<a/>", "<a 1 3-7></a 7-7>" },
        { "<!DOCTYPE a><a/>", "office.dtd" },
        { "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "office.dtd" },
        { "<a>&b;</a>", "office.xml" },
        { "<a>", "office.xml" },
        { "<a/><b/>", "office.xml" },
        { "<?xml version='1.0' encoding='iso-8859-1'?><a/>",
          "office.encoding" },
        { "<a>\xff</a>", "office.xml" },
        { "<stop/>", "office.kind" },
    };
    struct seen s = { .stop = "stop" };

    (void)state;
    buf_init(&s.text, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(parsed(&s, cases[i].xml, strlen(cases[i].xml)),
                            cases[i].want);
    assert_string_equal(parsed(&s, "\xff\xfe<\0a\0/\0>\0", 10),
                        "office.encoding");
    assert_string_equal(parsed(&s, "<\0a\0/\0>\0", 8), "office.encoding");
    buf_clear(&s.text);
}

static void
test_depth(void **state)
{
    struct seen s = { .stop = NULL };
    struct buf b;

    (void)state;
    buf_init(&s.text, 0);
    buf_init(&b, 0);
    for (int deep = OPC_READ_DEPTH; deep <= OPC_READ_DEPTH + 1; deep++) {
        buf_reset(&b);
        for (int i = 0; i < deep; i++)
            buf_text(&b, "<d>");
        for (int i = 0; i < deep; i++)
            buf_text(&b, "</d>");
        assert_int_equal(strcmp(parsed(&s, b.data, b.len), "office.depth")
                         == 0, deep > OPC_READ_DEPTH);
    }
    buf_clear(&b);
    buf_clear(&s.text);
}

/* ---- references, types ---- */

#define RELS "<Relationships xmlns='http://schemas.openxmlformats.org/" \
    "package/2006/relationships'>"

static const char *
reference_key(const char *xml)
{
    const struct fake fake = { .name = "w/_rels/d.xml.rels", .data = xml };
    static struct err e;
    const struct opc_reference *list;
    struct opc_file *f;
    struct buf b;
    int count;

    buf_init(&b, 0);
    make(&b, &fake, 1);
    err_clear(&e);
    assert_true(opc_open(&f, b.data, b.len, &e));
    if (opc_references(f, "w/d.xml", &list, &count, &e))
        e.key[0] = '\0';
    opc_close(f);
    buf_clear(&b);
    return e.key;
}

static void
test_references(void **state)
{
    const struct fake fake = {
        .name = "w/_rels/d.xml.rels", .data = RELS
        "<Relationship Id='r1' Type='http://t/styles' Target='s.xml'/>"
        "<Relationship Id='r2' Type='http://t/image'"
        " Target='../m/./i.png'/>"
        "<Relationship Id='r3' Type='http://t/x' Target='/a/b'/>"
        "<Relationship Id='r4' Type='http://t/hyperlink' Target='http://h/'"
        " TargetMode='External'/></Relationships>"
    };
    const struct opc_reference *list;
    struct opc_file *f;
    struct err e = { 0 };
    struct buf b;
    int count;

    (void)state;
    buf_init(&b, 0);
    make(&b, &fake, 1);
    assert_true(opc_open(&f, b.data, b.len, &e));
    assert_true(opc_references(f, "w/d.xml", &list, &count, &e));
    assert_int_equal(count, 4);
    assert_string_equal(list[0].target, "w/s.xml");
    assert_string_equal(list[1].target, "m/i.png");
    assert_string_equal(list[2].target, "a/b");
    assert_string_equal(list[3].target, "http://h/");
    assert_true(list[3].outside && !list[2].outside);
    assert_ptr_equal(opc_reference_of(list, count, "r3"), &list[2]);
    assert_null(opc_reference_of(list, count, "r5"));
    assert_ptr_equal(opc_reference_kind(list, count, "styles"), &list[0]);
    assert_null(opc_reference_kind(list, count, "tyles"));
    assert_true(opc_references(f, "other.xml", &list, &count, &e));
    assert_int_equal(count, 0);
    opc_close(f);
    buf_clear(&b);
    assert_string_equal(reference_key(RELS "<Relationship Id='r' Type='t'"
        " Target='../../x'/></Relationships>"), "office.reference");
    assert_string_equal(reference_key(RELS "<Relationship Type='t'"
        " Target='x'/></Relationships>"), "office.reference");
}

static void
test_reference_limit(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    buf_text(&b, RELS);
    for (int i = 0; i < OPC_READ_RELATIONS; i++)
        buf_printf(&b, "<Relationship Id='r%d' Type='t' Target='x'/>", i);
    for (int over = 0; over <= 1; over++) {
        size_t len = b.len;

        buf_text(&b, over ? "<Relationship Id='o' Type='t' Target='x'/>"
                            "</Relationships>" : "</Relationships>");
        assert_string_equal(reference_key(buf_string(&b)),
                            over ? "office.references" : "");
        b.len = len;
    }
    buf_clear(&b);
}

static void
test_types(void **state)
{
    const struct fake fake = {
        .name = "[Content_Types].xml", .data = "<Types xmlns='http://schemas."
        "openxmlformats.org/package/2006/content-types'><Default"
        " Extension='PNG' ContentType='image/png'/><Override PartName="
        "'/w/d.xml' ContentType='main'/></Types>"
    };
    struct opc_file *f;
    struct err e = { 0 };
    struct buf b;
    const char *type;

    (void)state;
    buf_init(&b, 0);
    make(&b, &fake, 1);
    assert_true(opc_open(&f, b.data, b.len, &e));
    assert_true(opc_type(f, "w/d.xml", &type, &e));
    assert_string_equal(type, "main");
    assert_true(opc_type(f, "m/i.png", &type, &e));
    assert_string_equal(type, "image/png");
    assert_true(opc_type(f, "m/i.gif", &type, &e));
    assert_string_equal(type, "");
    opc_close(f);
    buf_clear(&b);
}

/* What a copy's name ends with never makes it too long, or another folder. */
static void
test_suffix(void **state)
{
    static const struct {
        const char *name, *suffix;
    } cases[] = {
        { "word/media/image1.png", ".png" }, { "a.b.JPEG", ".JPEG" },
        { "image", ".bin" }, { "image.", ".bin" }, { "", ".bin" },
        { "folder.d/image", ".bin" }, { "image.abcdef", ".bin" },
        { "image.p g", ".bin" }, { "image.\xc3\xa6", ".bin" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(opc_suffix(cases[i].name), cases[i].suffix);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good), cmocka_unit_test(test_names),
        cmocka_unit_test(test_name_length), cmocka_unit_test(test_lies),
        cmocka_unit_test(test_whole), cmocka_unit_test(test_entries),
        cmocka_unit_test(test_sizes), cmocka_unit_test(test_xml),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_references),
        cmocka_unit_test(test_reference_limit),
        cmocka_unit_test(test_types), cmocka_unit_test(test_suffix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
