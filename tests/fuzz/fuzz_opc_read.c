/* fuzz_opc_read.c - Office files of somebody else's. Any bytes as an archive:
 * opened, every part unpacked and read as XML, its references followed; and
 * as a template of text documents. Since no chance finds a right checksum,
 * the same bytes are also taken as the XML of a template's parts (document,
 * styles, numbering, settings, theme, head, foot), each up to a byte FE, in
 * an archive of ours. What is written on a template must be a file whose
 * parts can all be read. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/zip.h"
#include "write/opc_read.h"
#include "write/writing.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool
on_tag(void *ctx, const struct opc_tag *tag, struct err *e)
{
    const size_t *len = ctx;

    (void)e;
    CHECK(tag->at <= tag->past && tag->past <= *len);
    CHECK(tag->depth >= 1 && tag->depth <= OPC_READ_DEPTH);
    return true;
}

static void
read_part(struct opc_file *f, const char *name)
{
    static const struct opc_handler handler = { on_tag, on_tag, NULL };
    const struct opc_reference *list;
    const char *bytes, *type;
    struct err e = { 0 };
    size_t len;
    int count;

    if (!opc_bytes(f, name, &bytes, &len, &e)) {
        CHECK(e.code == ERR_INPUT);
        return;
    }
    CHECK(len <= OPC_READ_PART && bytes[len] == '\0');
    CHECK(opc_parse(f, name, &handler, &len, &e) || e.code == ERR_INPUT);
    err_clear(&e);
    CHECK(opc_type(f, name, &type, &e) || e.code == ERR_INPUT);
    err_clear(&e);
    if (!opc_references(f, name, &list, &count, &e)) {
        CHECK(e.code == ERR_INPUT);
        return;
    }
    for (int i = 0; i < count; i++)
        CHECK(list[i].outside || strstr(list[i].target, "..") == NULL
              || !opc_has(f, list[i].target)
              || strncmp(list[i].target, "../", 3) != 0);
}

static void
check_parts(struct opc_file *f)
{
    static const struct opc_handler nothing = { NULL, NULL, NULL };
    const char *name;

    for (int i = 0; (name = opc_name(f, i)) != NULL; i++) {
        const char *dot = strrchr(name, '.');
        struct err e = { 0 };

        if (dot != NULL && (strcmp(dot, ".xml") == 0
                            || strcmp(dot, ".rels") == 0))
            CHECK(opc_parse(f, name, &nothing, NULL, &e)
                  || strcmp(e.key, "office.depth") == 0
                  || strstr(name, "media") != NULL);
    }
}

/* A small document on the template. */
static void
write_on(const uint8_t *data, size_t n)
{
    const struct brand brand = { .docx = { data, n } };
    struct arena arena;
    struct document *doc;
    struct opc_file *f;
    struct buf out;
    struct err e = { 0 };

    arena_init(&arena);
    buf_init(&out, 0);
    doc = tree_new(&arena, LANG_NB);
    doc->kind = DOC_REPORT;
    doc->title = doc->subtitle = doc->owner = doc->running = "Rapport";
    doc->meta.round = doc->meta.where = "";
    tree_add(&arena, doc->root, NODE_PARAGRAPH)->text = "Tekst";
    if (!write_docx(doc, &brand, &out, &e)) {
        CHECK(e.code == ERR_INPUT);
    } else {
        CHECK(opc_open(&f, out.data, out.len, &e));
        check_parts(f);
        opc_close(f);
    }
    buf_clear(&out);
    arena_clear(&arena);
}

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/" \
    "relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TO(id, type, target) "<Relationship Id='" id "' Type='" REL type \
    "' Target='" target "'/>"

/* The archive whose parts DATA is. */
static void
make_template(const uint8_t *data, size_t n, struct buf *out)
{
    static const char *const names[] = {
        "w/d.xml", "w/s.xml", "w/n.xml", "w/t.xml", "w/h.xml", "w/c.xml",
        "w/f.xml"
    };
    static const char types[] = "<Types xmlns='" PACKAGE "content-types'>"
        "<Default Extension='xml' ContentType='application/vnd."
        "openxmlformats-officedocument.wordprocessingml.x+xml'/></Types>";
    static const char root[] = "<Relationships xmlns='" PACKAGE
        "relationships'>" TO("r", "officeDocument", "w/d.xml")
        "</Relationships>";
    static const char rels[] = "<Relationships xmlns='" PACKAGE
        "relationships'>" TO("r1", "styles", "s.xml")
        TO("r2", "numbering", "n.xml") TO("r3", "settings", "t.xml")
        TO("r4", "theme", "h.xml") TO("r5", "header", "c.xml")
        TO("r6", "footer", "f.xml") "</Relationships>";
    struct zip z;
    struct err e = { 0 };

    zip_begin(&z, out);
    zip_add(&z, "[Content_Types].xml", types, sizeof types - 1, ZIP_STORE);
    zip_add(&z, "_rels/.rels", root, sizeof root - 1, ZIP_STORE);
    zip_add(&z, "w/_rels/d.xml.rels", rels, sizeof rels - 1, ZIP_STORE);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const uint8_t *end = n > 0 ? memchr(data, 0xfe, n) : NULL;
        size_t len = end != NULL ? (size_t)(end - data) : n;

        zip_add(&z, names[i], len > 0 ? (const char *)data : "", len,
                ZIP_STORE);
        data += len + (end != NULL);
        n -= len + (end != NULL);
    }
    CHECK(zip_finish(&z, &e));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct opc_file *f;
    struct buf made;
    struct err e = { 0 };

    buf_init(&made, 0);
    make_template(data, n, &made);
    write_on((const uint8_t *)made.data, made.len);
    buf_clear(&made);
    if (!opc_open(&f, data, n, &e)) {
        CHECK(f == NULL && e.code == ERR_INPUT);
        return 0;
    }
    for (int i = 0; opc_name(f, i) != NULL; i++)
        read_part(f, opc_name(f, i));
    opc_close(f);
    write_on(data, n);
    return 0;
}
