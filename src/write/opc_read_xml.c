/* opc_read_xml.c - the XML of a file that was read; see opc_read.h.
 *
 * Expat does the reading. A DTD is refused at its first byte, so there are
 * no entities but XML's own five, and nothing outside is ever fetched. */
#include <assert.h>
#include <expat.h>
#include <string.h>
#include "base/utf8.h"
#include "write/opc_reading.h"

#define NS_PACKAGE "http://schemas.openxmlformats.org/package/2006/"

struct reading {
    XML_Parser parser;
    const struct opc_handler *handler;
    void *ctx;
    const char *part;
    struct err *e;
    int depth;
    bool stopped;
};

static void
stop(struct reading *r)
{
    r->stopped = true;
    XML_StopParser(r->parser, XML_FALSE);
}

static struct opc_tag
tag_at(const struct reading *r, const char *name,
       const char *const *attribute)
{
    size_t at = (size_t)XML_GetCurrentByteIndex(r->parser);

    return (struct opc_tag){
        .name = name, .attribute = attribute, .depth = r->depth, .at = at,
        .past = at + (size_t)XML_GetCurrentByteCount(r->parser)
    };
}

static void
on_start(void *ctx, const char *name, const char **attribute)
{
    struct reading *r = ctx;
    struct opc_tag tag;

    if (r->stopped)
        return;
    if (++r->depth > OPC_READ_DEPTH) {
        opc_refuse(r->e, "office.depth", r->part);
        stop(r);
        return;
    }
    tag = tag_at(r, name, (const char *const *)attribute);
    if (r->handler->start != NULL
        && !r->handler->start(r->ctx, &tag, r->e))
        stop(r);
}

static void
on_end(void *ctx, const char *name)
{
    static const char *const none[] = { NULL };
    struct reading *r = ctx;
    struct opc_tag tag;

    if (r->stopped)
        return;
    tag = tag_at(r, name, none);
    if (r->handler->end != NULL && !r->handler->end(r->ctx, &tag, r->e))
        stop(r);
    r->depth--;
}

static void
on_text(void *ctx, const char *text, int n)
{
    struct reading *r = ctx;

    if (!r->stopped && r->handler->text != NULL
        && !r->handler->text(r->ctx, text, (size_t)n, r->e))
        stop(r);
}

static void
on_doctype(void *ctx, const char *name, const char *system,
           const char *public, int internal)
{
    struct reading *r = ctx;

    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    opc_refuse(r->e, "office.dtd", r->part);
    stop(r);
}

/* Offsets are of bytes, and what is put between them is UTF-8. */
static bool
is_utf8(const char *data, size_t len)
{
    return len < 2 || !(((unsigned char)data[0] == 0xff
                         && (unsigned char)data[1] == 0xfe)
                        || ((unsigned char)data[0] == 0xfe
                            && (unsigned char)data[1] == 0xff)
                        || data[0] == '\0' || data[1] == '\0');
}

static void
on_declaration(void *ctx, const char *version, const char *encoding,
               int standalone)
{
    struct reading *r = ctx;

    (void)version;
    (void)standalone;
    if (encoding == NULL || opc_compare(encoding, "utf-8") == 0)
        return;
    opc_refuse(r->e, "office.encoding", r->part);
    stop(r);
}

static bool
run(struct reading *r, const char *data, size_t len)
{
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    XML_SetXmlDeclHandler(r->parser, on_declaration);
    XML_SetHashSalt(r->parser, 1);      /* the same at each run */
    if (XML_Parse(r->parser, data, (int)len, 1) == XML_STATUS_OK
        && !r->stopped)
        return true;
    if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
        mem_out();
    if (!r->stopped) {
        char quoted[QUOTE_MAX];

        err_quote(quoted, sizeof quoted, r->part, strlen(r->part));
        err_set(r->e, ERR_INPUT, "office.xml", "%s %ld", quoted,
                (long)XML_GetCurrentLineNumber(r->parser));
    }
    return false;
}

bool
opc_parse(struct opc_file *f, const char *name,
          const struct opc_handler *handler, void *ctx, struct err *e)
{
    struct reading r = { .handler = handler, .ctx = ctx, .part = name,
                         .e = e };
    const char *data;
    size_t len;
    bool ok;

    if (!opc_bytes(f, name, &data, &len, e))
        return false;
    if (!is_utf8(data, len))
        return opc_refuse(e, "office.encoding", name);
    r.parser = XML_ParserCreateNS(NULL, '|');
    if (r.parser == NULL)
        mem_out();
    ok = run(&r, data, len);
    XML_ParserFree(r.parser);
    return ok;
}

const char *
opc_attribute(const struct opc_tag *tag, const char *name)
{
    for (const char *const *a = tag->attribute; a[0] != NULL; a += 2)
        if (strcmp(a[0], name) == 0)
            return a[1];
    return NULL;
}

/* ---- references ---- */

struct referring {
    struct opc_file *f;
    const char *part;
    struct opc_reference *list;
    int count, room;
};

/* TARGET as it is written in PART, as the name of a part; NULL where it
 * leaves the package. */
static const char *
resolve(struct opc_file *f, const char *part, const char *target)
{
    const char *slash = strrchr(part, '/');
    size_t n = 0, base = target[0] == '/' || slash == NULL ? 0
        : (size_t)(slash - part) + 1;
    char *path = arena_take(&f->arena, base + strlen(target) + 2);

    memcpy(path, part, base);
    n = base;
    while (*target != '\0') {
        size_t step = strcspn(target, "/");

        if (step == 2 && memcmp(target, "..", 2) == 0) {
            if (n == 0)
                return NULL;
            for (n--; n > 0 && path[n - 1] != '/';)
                n--;
        } else if (step > 0 && !(step == 1 && *target == '.')) {
            memcpy(path + n, target, step);
            n += step;
            path[n++] = '/';
        }
        target += step + (target[step] == '/');
    }
    path[n > 0 ? n - 1 : 0] = '\0';
    return path;
}

static bool
on_reference(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct referring *x = ctx;
    const char *id = opc_attribute(tag, "Id");
    const char *type = opc_attribute(tag, "Type");
    const char *target = opc_attribute(tag, "Target");
    const char *mode = opc_attribute(tag, "TargetMode");
    struct opc_reference *r = &x->list[x->count];

    if (strcmp(tag->name, NS_PACKAGE "relationships|Relationship") != 0)
        return true;
    if (id == NULL || type == NULL || target == NULL)
        return opc_refuse(e, "office.reference", x->part);
    if (x->count == x->room)
        return opc_refuse(e, "office.references", x->part);
    r->outside = mode != NULL && strcmp(mode, "External") == 0;
    r->target = r->outside ? arena_text(&x->f->arena, target)
                           : resolve(x->f, x->part, target);
    if (r->target == NULL)
        return opc_refuse(e, "office.reference", x->part);
    r->id = arena_text(&x->f->arena, id);
    r->type = arena_text(&x->f->arena, type);
    x->count++;
    return true;
}

bool
opc_references(struct opc_file *f, const char *part,
               const struct opc_reference **list, int *count, struct err *e)
{
    static const struct opc_handler handler = { .start = on_reference };
    const char *slash = strrchr(part, '/');
    int folder = slash != NULL ? (int)(slash - part) + 1 : 0;
    const char *name = arena_printf(&f->arena, "%.*s_rels/%s.rels", folder,
                                    part, part + folder);
    struct referring x = { .f = f, .part = part, .room = OPC_READ_RELATIONS };

    *list = NULL;
    *count = 0;
    if (!opc_has(f, name))
        return true;
    x.list = arena_array(&f->arena, OPC_READ_RELATIONS, sizeof *x.list);
    if (!opc_parse(f, name, &handler, &x, e))
        return false;
    *list = x.list;
    *count = x.count;
    return true;
}

const struct opc_reference *
opc_reference_of(const struct opc_reference *list, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return &list[i];
    return NULL;
}

const struct opc_reference *
opc_reference_kind(const struct opc_reference *list, int count,
                   const char *kind)
{
    size_t n = strlen(kind);

    for (int i = 0; i < count; i++) {
        size_t len = strlen(list[i].type);

        if (len > n && list[i].type[len - n - 1] == '/'
            && strcmp(list[i].type + len - n, kind) == 0)
            return &list[i];
    }
    return NULL;
}

/* ---- content types ---- */

static bool
on_type(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct opc_file *f = ctx;
    bool suffix = strcmp(tag->name, NS_PACKAGE "content-types|Default") == 0;
    const char *name = opc_attribute(tag, suffix ? "Extension" : "PartName");
    const char *type = opc_attribute(tag, "ContentType");

    if (!suffix
        && strcmp(tag->name, NS_PACKAGE "content-types|Override") != 0)
        return true;
    if (name == NULL || type == NULL || f->kinds == 2 * OPC_READ_ENTRIES)
        return opc_refuse(e, "office.types", "[Content_Types].xml");
    f->kind[f->kinds++] = (struct opc_kind){
        .name = arena_text(&f->arena, name + (!suffix && name[0] == '/')),
        .type = arena_text(&f->arena, type), .suffix = suffix
    };
    return true;
}

static const char *
type_of(const struct opc_file *f, const char *name, bool suffix)
{
    for (int i = 0; i < f->kinds; i++)
        if (f->kind[i].suffix == suffix
            && opc_compare(f->kind[i].name, name) == 0)
            return f->kind[i].type;
    return NULL;
}

bool
opc_type(struct opc_file *f, const char *part, const char **type,
         struct err *e)
{
    static const struct opc_handler handler = { .start = on_type };
    const char *dot = strrchr(part, '.');

    if (f->kind == NULL) {
        f->kind = arena_array(&f->arena, 2 * OPC_READ_ENTRIES,
                              sizeof *f->kind);
        if (!opc_parse(f, "[Content_Types].xml", &handler, f, e))
            return false;
    }
    *type = type_of(f, part, false);
    if (*type == NULL && dot != NULL)
        *type = type_of(f, dot + 1, true);
    if (*type == NULL)
        *type = "";
    return true;
}
