/* opc_read.h - reads an Office file that somebody else made, from memory.
 *
 * Everything in it is hostile until proven otherwise: the archive is read by
 * its directory, every count and size has a ceiling, XML has no DTD. Nothing
 * is written to disk.
 *
 *     struct opc_file *f;
 *     if (!opc_open(&f, bytes, len, e)) ...
 *     if (!opc_bytes(f, "word/styles.xml", &text, &n, e)) ...
 *     if (!opc_parse(f, "word/styles.xml", &handler, ctx, e)) ...
 *     opc_close(f);
 *
 * Refused (ERR_INPUT, keys office.*): what is no ZIP, or has more than
 * OPC_READ_ENTRIES entries, a part over OPC_READ_PART bytes, more than
 * OPC_READ_TOTAL in all, or a part over OPC_READ_SMALL that is more than
 * OPC_READ_RATIO times as large as it was packed; a name that is absolute,
 * has "..", an empty piece, a backslash, a colon, a control character or
 * bytes that are not UTF-8, or that comes twice (letters alike in both
 * cases); encryption; ZIP64; several disks; any way of packing but stored and
 * deflate; a part whose size or checksum is not as said; XML with a DTD,
 * nested deeper than OPC_READ_DEPTH, or that is not UTF-8. */
#ifndef WRITE_OPC_READ_H
#define WRITE_OPC_READ_H
#include <stdint.h>
#include "base/buf.h"

enum {
    OPC_READ_ENTRIES = 2000,
    OPC_READ_PART = 32 << 20, OPC_READ_TOTAL = 64 << 20,
    OPC_READ_SMALL = 64 << 10, OPC_READ_RATIO = 200,
    OPC_READ_NAME = 255,        /* bytes */
    OPC_READ_DEPTH = 128,
    OPC_READ_RELATIONS = 4096   /* of one part */
};

struct opc_file;

/* BYTES must outlive the file. */
MUST_CHECK bool opc_open(struct opc_file **f, const void *bytes, size_t len,
                         struct err *e);
/* Takes NULL. */
void opc_close(struct opc_file *f);
/* The name of the I-th part in the archive's order, NULL after the last. */
const char *opc_name(const struct opc_file *f, int i);
bool opc_has(const struct opc_file *f, const char *name);
/* The bytes of the part NAME (letters alike in both cases) with a NUL behind
 * them, borrowed until the file is closed. */
MUST_CHECK bool opc_bytes(struct opc_file *f, const char *name,
                          const char **data, size_t *len, struct err *e);

/* Names of elements and attributes come as "NAMESPACE|local", those of the
 * file's own namespace-less attributes as "local". AT is the offset of the
 * tag's first byte in the part, PAST that of the byte behind it: a part can
 * be copied by pieces. An element that is one tag ends behind it, where PAST
 * is AT. Each may be NULL. A handler stops the reading by returning false
 * with E set. */
struct opc_tag {
    const char *name;
    const char *const *attribute;       /* name, value .. NULL */
    size_t at, past;
    int depth;                  /* of the root: 1 */
};
struct opc_handler {
    bool (*start)(void *ctx, const struct opc_tag *tag, struct err *e);
    bool (*end)(void *ctx, const struct opc_tag *tag, struct err *e);
    bool (*text)(void *ctx, const char *text, size_t n, struct err *e);
};
MUST_CHECK bool opc_parse(struct opc_file *f, const char *name,
                          const struct opc_handler *handler, void *ctx,
                          struct err *e);
/* The value of the attribute NAME, or NULL. */
const char *opc_attribute(const struct opc_tag *tag, const char *name);

/* What a part refers to. */
struct opc_reference {
    const char *id, *type;
    const char *target;         /* name of a part, or an address outside */
    bool outside;
};
/* The references of PART ("": the package's own) in their order; none where
 * it has no list of them. A target that leaves the package is refused.
 * Borrowed until the file is closed. */
MUST_CHECK bool opc_references(struct opc_file *f, const char *part,
                               const struct opc_reference **list, int *count,
                               struct err *e);
/* The one with that ID, or the first whose type ends in "/KIND"; NULL. */
const struct opc_reference *opc_reference_of(
    const struct opc_reference *list, int count, const char *id);
const struct opc_reference *opc_reference_kind(
    const struct opc_reference *list, int count, const char *kind);
/* ".png" of a part's name, for a copy of it; ".bin" where it has none of one
 * to five letters and digits. */
const char *opc_suffix(const char *name);
/* The content type of PART, "" where none is said. */
MUST_CHECK bool opc_type(struct opc_file *f, const char *part,
                         const char **type, struct err *e);

#endif
