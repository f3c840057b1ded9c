/* opc.c - see opc.h.
 *
 * The list of content types comes first in the archive and the package's
 * relations next, as Office itself writes them: some readers look no
 * further to tell what a file is. */
#include "write/opc.h"
#include <assert.h>
#include <string.h>
#include "write/about.h"

#define NS_PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE_RELATIONS \
    "application/vnd.openxmlformats-package.relationships+xml"
#define TYPE_CORE \
    "application/vnd.openxmlformats-package.core-properties+xml"

struct opc_relation {
    const char *id, *type;
    const char *target;         /* as it is written */
    bool outside;
    struct opc_relation *next;
};

void
opc_init(struct opc *p, struct arena *arena)
{
    *p = (struct opc){ .arena = arena };
    p->root.name = "";
}

struct opc_part *
opc_find(const struct opc *p, const char *name)
{
    struct opc_part *part = p->first;

    while (part != NULL && strcmp(part->name, name) != 0)
        part = part->next;
    return part;
}

struct opc_part *
opc_add(struct opc *p, const char *name, const char *type)
{
    struct opc_part *part = arena_take(p->arena, sizeof *part);

    assert(name[0] != '/' && opc_find(p, name) == NULL);
    part->name = arena_text(p->arena, name);
    part->type = arena_text(p->arena, type);
    buf_init(&part->body, 0);
    if (p->last != NULL)
        p->last->next = part;
    else
        p->first = part;
    p->last = part;
    return part;
}

/* Where the last piece of a path begins. */
static size_t
folder_length(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash != NULL ? (size_t)(slash - name) + 1 : 0;
}

/* The path from the folder of FROM to TO: "../charts/chart1.xml". */
static const char *
relative(struct opc *p, const char *from, const char *to)
{
    size_t folder = folder_length(from), same = 0;
    const char *path;

    for (size_t i = 0; i < folder && from[i] == to[i]; i++)
        if (from[i] == '/')
            same = i + 1;
    path = arena_text(p->arena, to + same);
    for (size_t i = same; i < folder; i++)
        if (from[i] == '/')
            path = arena_printf(p->arena, "../%s", path);
    return path;
}

static const char *
add_relation(struct opc *p, struct opc_part *from, const char *id,
             struct opc_relation relation)
{
    struct opc_relation *r = arena_take(p->arena, sizeof *r);

    *r = relation;
    r->id = id;
    r->type = arena_text(p->arena, relation.type);
    if (from->last != NULL)
        from->last->next = r;
    else
        from->relation = r;
    from->last = r;
    from->relations++;
    return id;
}

static struct opc_relation *
find_id(const struct opc_part *from, const char *id)
{
    struct opc_relation *r = from->relation;

    while (r != NULL && strcmp(r->id, id) != 0)
        r = r->next;
    return r;
}

/* The id of the relation there is, or of a new one. */
static const char *
relate(struct opc *p, struct opc_part *from, const char *type,
       const char *target, bool outside)
{
    const char *id;
    int n = from->relations;

    for (struct opc_relation *r = from->relation; r != NULL; r = r->next)
        if (strcmp(r->target, target) == 0 && strcmp(r->type, type) == 0
            && r->outside == outside)
            return r->id;
    do
        id = arena_printf(p->arena, "rId%d", ++n);
    while (find_id(from, id) != NULL);
    return add_relation(p, from, id, (struct opc_relation){
        .type = type, .target = target, .outside = outside
    });
}

const char *
opc_relate(struct opc *p, struct opc_part *from, const char *type,
           const struct opc_part *to)
{
    from = from != NULL ? from : &p->root;
    return relate(p, from, type, relative(p, from->name, to->name), false);
}

const char *
opc_link(struct opc *p, struct opc_part *from, const char *type,
         const char *url)
{
    return relate(p, from != NULL ? from : &p->root, type,
                  arena_text(p->arena, url), true);
}

void
opc_relate_as(struct opc *p, struct opc_part *from, const char *id,
              const char *type, const struct opc_part *to, const char *url)
{
    from = from != NULL ? from : &p->root;
    assert(find_id(from, id) == NULL);
    add_relation(p, from, arena_text(p->arena, id), (struct opc_relation){
        .type = type, .outside = url != NULL,
        .target = url != NULL ? arena_text(p->arena, url)
                              : relative(p, from->name, to->name)
    });
}

/* ---- properties ---- */

const char *
opc_lang(enum lang lang)
{
    static const char *const tag[LANG_COUNT] = {
        [LANG_NB] = "nb-NO", [LANG_NN] = "nn-NO", [LANG_EN] = "en-GB",
    };

    return tag[lang];
}

static void
element(struct buf *out, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    xml_put(out, "<%s>%s</%s>", name, text, name);
}

void
opc_properties(struct opc *p, const struct document *doc)
{
    struct opc_part *core = opc_add(p, "docProps/core.xml", TYPE_CORE);
    struct opc_part *app = opc_add(p, "docProps/app.xml",
                                   OPC_TYPE("extended-properties+xml"));
    struct buf *b = &core->body;

    buf_text(b, XML_HEAD "<cp:coreProperties xmlns:cp=\"" NS_PACKAGE
             "metadata/core-properties\""
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">");
    element(b, "dc:title", doc->title);
    element(b, "dc:subject", doc->subtitle);
    element(b, "dc:creator", doc->owner);
    element(b, "dc:description", about_notices(doc, p->arena));
    element(b, "dc:language", opc_lang(doc->lang));
    element(b, "cp:keywords", about_facts(doc, p->arena));
    buf_text(b, "</cp:coreProperties>");
    xml_put(&app->body, XML_HEAD "<Properties xmlns=\"%s\">"
            "<Application>BrukerPlan</Application>",
            "http://schemas.openxmlformats.org/officeDocument/2006/"
            "extended-properties");
    element(&app->body, "Company", doc->owner);
    buf_text(&app->body, "</Properties>");
    opc_relate(p, NULL, NS_PACKAGE "relationships/metadata/core-properties",
               core);
    opc_relate(p, NULL, OPC_REL("extended-properties"), app);
}

/* ---- the file ---- */

static void
put_types(const struct opc *p, struct zip *z, struct buf *b)
{
    buf_text(b, XML_HEAD "<Types xmlns=\"" NS_PACKAGE "content-types\">"
             "<Default Extension=\"rels\" ContentType=\"" TYPE_RELATIONS
             "\"/><Default Extension=\"xml\""
             " ContentType=\"application/xml\"/>");
    for (const struct opc_part *t = p->first; t != NULL; t = t->next)
        xml_put(b, "<Override PartName=\"/%s\" ContentType=\"%s\"/>",
                t->name, t->type);
    buf_text(b, "</Types>");
    zip_add(z, "[Content_Types].xml", buf_string(b), b->len, ZIP_DEFLATE);
}

static void
put_relations(struct opc *p, struct zip *z, const struct opc_part *part,
              struct buf *b)
{
    size_t folder = folder_length(part->name);

    if (part->relation == NULL)
        return;
    buf_reset(b);
    buf_text(b, XML_HEAD "<Relationships xmlns=\"" NS_PACKAGE
             "relationships\">");
    for (const struct opc_relation *r = part->relation; r != NULL;
         r = r->next) {
        xml_put(b, "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s\"",
                r->id, r->type, r->target);
        buf_text(b, r->outside ? " TargetMode=\"External\"/>" : "/>");
    }
    buf_text(b, "</Relationships>");
    zip_add(z, arena_printf(p->arena, "%.*s_rels/%s.rels", (int)folder,
                            part->name, part->name + folder),
            buf_string(b), b->len, ZIP_DEFLATE);
}

/* What is compressed already is only stored. */
static enum zip_how
how_of(const char *name)
{
    static const char *const stored[] = {
        ".png", ".jpg", ".jpeg", ".gif", ".xlsx", ".fntdata"
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < sizeof stored / sizeof stored[0];
         i++)
        if (strcmp(dot, stored[i]) == 0)
            return ZIP_STORE;
    return ZIP_DEFLATE;
}

bool
opc_write(struct opc *p, struct buf *out, struct err *e)
{
    struct zip z;
    struct buf b;
    bool ok = true;

    buf_init(&b, 0);
    zip_begin(&z, out);
    put_types(p, &z, &b);
    put_relations(p, &z, &p->root, &b);
    for (struct opc_part *t = p->first; t != NULL; t = t->next) {
        ok = ok && buf_ok(&t->body, e);
        zip_add(&z, t->name, buf_string(&t->body), t->body.len,
                how_of(t->name));
        put_relations(p, &z, t, &b);
    }
    ok = zip_finish(&z, e) && ok;
    ok = ok && buf_ok(&b, e);
    buf_clear(&b);
    return ok;
}

void
opc_clear(struct opc *p)
{
    for (struct opc_part *t = p->first; t != NULL; t = t->next)
        buf_clear(&t->body);
    p->first = p->last = NULL;
}
