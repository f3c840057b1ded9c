/* opc.h - an Office file as it is stored: parts, their types, what each
 * refers to (ECMA-376 part 2).
 *
 *     struct opc p;
 *     opc_init(&p, &arena);
 *     main = opc_add(&p, "word/document.xml", OPC_TYPE("...main+xml"));
 *     opc_relate(&p, NULL, OPC_REL("officeDocument"), main);
 *     xml_put(&main->body, ...);
 *     id = opc_relate(&p, main, OPC_REL("chart"), chart);    "rId1"
 *     opc_properties(&p, doc);
 *     ok = opc_write(&p, out, e);
 *     opc_clear(&p);
 *
 * Names of parts are paths without a slash in front; targets are written
 * relative to the part that refers. Ids are rId1, rId2 .. in each part, in
 * the order they were asked for; what is related twice to the same part has
 * one id. Parts are written in the order they were added. */
#ifndef WRITE_OPC_H
#define WRITE_OPC_H
#include "base/arena.h"
#include "base/zip.h"
#include "report/tree.h"
#include "write/xml.h"

#define OPC_TYPE(name) "application/vnd.openxmlformats-officedocument." name
#define OPC_REL(name) \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" \
    name
/* Of names of elements: "a:", "r:", "c:". */
#define OPC_NS_A "http://schemas.openxmlformats.org/drawingml/2006/main"
#define OPC_NS_C "http://schemas.openxmlformats.org/drawingml/2006/chart"
#define OPC_NS_R \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct opc_relation;

struct opc_part {
    const char *name;           /* "ppt/slides/slide1.xml" */
    const char *type;           /* its content type */
    struct buf body;
    struct opc_relation *relation, *last;       /* private from here */
    int relations;
    struct opc_part *next;
};

struct opc {
    struct arena *arena;        /* of names and ids, outlives the package */
    struct opc_part *first, *last;      /* private from here */
    struct opc_part root;       /* relations of the package itself */
};

void opc_init(struct opc *p, struct arena *arena);
/* A new part with an empty body. NAME and TYPE are copied; a NAME that is
 * there already is our own mistake. */
struct opc_part *opc_add(struct opc *p, const char *name, const char *type);
/* The part with that NAME, or NULL. */
struct opc_part *opc_find(const struct opc *p, const char *name);
/* FROM (NULL: the package) refers to TO; the id of it, in the arena. */
const char *opc_relate(struct opc *p, struct opc_part *from,
                       const char *type, const struct opc_part *to);
/* The same to an address outside. */
const char *opc_link(struct opc *p, struct opc_part *from, const char *type,
                     const char *url);
/* The same with an ID that a template's text holds; before any other
 * relation of FROM. URL outside, or NULL: TO. */
void opc_relate_as(struct opc *p, struct opc_part *from, const char *id,
                   const char *type, const struct opc_part *to,
                   const char *url);
/* docProps: title, subject, owner, language, notices; no dates. */
void opc_properties(struct opc *p, const struct document *doc);
/* The file, appended to OUT. */
MUST_CHECK bool opc_write(struct opc *p, struct buf *out, struct err *e);
/* Frees the bodies. */
void opc_clear(struct opc *p);

/* "nb-NO", "nn-NO", "en-GB". */
const char *opc_lang(enum lang lang);

#endif
