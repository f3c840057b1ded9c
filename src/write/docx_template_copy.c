/* docx_template_copy.c - parts of a template into the package; see
 * templating.h.
 *
 * What a part refers to is copied with it, once, if it is a picture or font,
 * which refer to nothing themselves. What could fetch or run something is
 * refused by name, so that nobody believes it was taken. */
#include <string.h>
#include "write/templating.h"

struct opc_part *
templating_copy(struct docx_template *t, const char *name, const char *as,
                const char *type, struct err *e)
{
    struct opc_part *part;
    const char *bytes;
    size_t len;

    if (!opc_bytes(t->file, name, &bytes, &len, e))
        return NULL;
    part = opc_add(&t->x->opc, as, type);
    buf_add(&part->body, bytes, len);
    return part;
}

static bool
is_kind(const char *type, const char *kind)
{
    return strcmp(type, kind) == 0;
}

/* A part that refers to nothing, once. */
static struct opc_part *
copy_leaf(struct docx_template *t, const char *name, struct err *e)
{
    struct opc_part *part;
    const char *type, *as;

    for (int i = 0; i < t->copies; i++)
        if (opc_compare(t->copied[i].from, name) == 0)
            return t->copied[i].to;
    if (t->copies == COPIES_MAX) {
        opc_refuse(e, "office.active", name);
        return NULL;
    }
    if (!opc_type(t->file, name, &type, e))
        return NULL;
    as = arena_printf(&t->x->arena, "word/media/brand%d%s", t->copies + 1,
                      opc_suffix(name));
    part = templating_copy(t, name, as, type, e);
    if (part == NULL)
        return NULL;
    t->copied[t->copies++] = (struct copied){ name, part };
    return part;
}

bool
templating_references(struct docx_template *t, const char *name,
                      struct opc_part *to, struct err *e)
{
    const struct opc_reference *r;
    struct opc_part *leaf;
    int count;

    if (!opc_references(t->file, name, &r, &count, e))
        return false;
    for (int i = 0; i < count; i++) {
        bool link = is_kind(r[i].type, OPC_REL("hyperlink"));

        if (opc_reference_of(r, i, r[i].id) != NULL)
            return opc_refuse(e, "office.reference", name);
        if (r[i].outside && link) {
            opc_relate_as(&t->x->opc, to, r[i].id, r[i].type, NULL,
                          r[i].target);
            continue;
        }
        if (r[i].outside || (!is_kind(r[i].type, OPC_REL("image"))
                             && !is_kind(r[i].type, OPC_REL("font"))))
            return opc_refuse(e, "office.active", r[i].target);
        leaf = copy_leaf(t, r[i].target, e);
        if (leaf == NULL)
            return false;
        opc_relate_as(&t->x->opc, to, r[i].id, r[i].type, leaf, NULL);
    }
    return true;
}
