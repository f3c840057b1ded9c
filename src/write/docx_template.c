/* docx_template.c - the municipality's own document as a template; see
 * docx.h.
 *
 * Taken are its styles, numbering, theme, fonts, the heads and feet of its
 * last section with their pictures and links, and that section's page. Its
 * text, settings, macros, comments, data and properties are not. What a head
 * or foot refers to that could fetch or run something is refused by name,
 * so that nobody believes it was taken. templating.h says what is where. */
#include <stdlib.h>
#include <string.h>
#include "write/templating.h"

/* ---- what is said of it ---- */

bool
templating_is_on(const struct opc_tag *tag)
{
    const char *val = opc_attribute(tag, W("val"));

    return val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0
                           && strcmp(val, "off") != 0);
}

int
templating_number(const struct opc_tag *tag, const char *name)
{
    const char *text = opc_attribute(tag, name);
    long n = text != NULL ? strtol(text, NULL, 10) : 0;

    return n < 0 ? 0 : n > 1000000 ? 1000000 : (int)n;
}

static bool
settings_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (tag->depth == 2 && strcmp(tag->name, W("evenAndOddHeaders")) == 0)
        t->even = templating_is_on(tag);
    if (tag->depth == 2 && strcmp(tag->name, W("defaultTableStyle")) == 0
        && opc_attribute(tag, W("val")) != NULL)
        t->wanted_table = arena_text(&t->x->arena,
                                     opc_attribute(tag, W("val")));
    return true;
}

/* Headings have the theme's accent1 and text its dk1, where a colour is said
 * outright. */
static bool
theme_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    const char *val = opc_attribute(tag, "val");

    (void)e;
    if (tag->depth == 4)
        t->colour = strcmp(tag->name, OPC_NS_A "|accent1") == 0
            ? t->x->accent
            : strcmp(tag->name, OPC_NS_A "|dk1") == 0 ? t->x->ink : NULL;
    if (tag->depth != 5 || t->colour == NULL)
        return true;
    if (strcmp(tag->name, OPC_NS_A "|sysClr") == 0)
        val = opc_attribute(tag, "lastClr");
    if (val != NULL && strlen(val) == 6
        && strspn(val, "0123456789abcdefABCDEF") == 6)
        memcpy(t->colour, val, 7);
    return true;
}

/* ---- parts ---- */

static bool
find_main(struct docx_template *t, struct err *e)
{
    const struct opc_reference *r, *list;
    const char *type;
    int count;

    if (!opc_references(t->file, "", &list, &count, e))
        return false;
    r = opc_reference_kind(list, count, "officeDocument");
    if (r != NULL && strncmp(r->type, STRICT, sizeof STRICT - 1) == 0)
        return err_set(e, ERR_INPUT, "office.strict", "");
    if (r == NULL || r->outside || !opc_has(t->file, r->target))
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (!opc_type(t->file, r->target, &type, e))
        return false;
    if (strstr(type, "wordprocessingml") == NULL
        && strstr(type, "ms-word") == NULL)
        return err_set(e, ERR_INPUT, "office.kind", "");
    t->main = r->target;
    return opc_references(t->file, t->main, &t->reference, &t->references,
                          e);
}

/* What the document refers to as KIND, or NULL. */
static const struct opc_reference *
own_part(const struct docx_template *t, const char *kind)
{
    const struct opc_reference *r = opc_reference_kind(t->reference,
                                                       t->references, kind);

    return r != NULL && !r->outside ? r : NULL;
}

static const char *
target_of(const struct docx_template *t, const char *kind)
{
    const struct opc_reference *r = own_part(t, kind);

    return r != NULL ? r->target : NULL;
}

bool
templating_read(struct docx_template *t, const char *kind,
                const struct opc_handler *handler, struct err *e)
{
    const struct opc_reference *r = own_part(t, kind);

    return r == NULL || opc_parse(t->file, r->target, handler, t, e);
}

/* Reads it, and copies it as the part NAME of TYPE. */
static bool
take(struct docx_template *t, const char *kind,
     const struct opc_handler *handler, const char *name, const char *type,
     struct err *e)
{
    const struct opc_reference *r = own_part(t, kind);
    struct opc_part *part;

    if (r == NULL)
        return true;
    if (!templating_read(t, kind, handler, e))
        return false;
    part = templating_copy(t, r->target, name, type, e);
    if (part == NULL)
        return false;
    opc_relate(&t->x->opc, t->x->main, r->type, part);
    return templating_references(t, r->target, part, e);
}

/* ---- opening ---- */

static bool
read_template(struct docx_template *t, struct err *e)
{
    static const struct opc_handler
        settings = { .start = settings_start },
        theme = { .start = theme_start }, nothing = { .start = NULL };

    if (!find_main(t, e))
        return false;
    t->styles_name = target_of(t, "styles");
    t->numbering_name = target_of(t, "numbering");
    if (t->styles_name == NULL)
        return err_set(e, ERR_INPUT, "office.kind", "");
    return templating_page(t, e) && templating_styles(t, e)
        && templating_read(t, "settings", &settings, e)
        && take(t, "theme", &theme, "word/theme/theme1.xml",
                OPC_TYPE("theme+xml"), e)
        && take(t, "fontTable", &nothing, "word/fontTable.xml",
                DOCX_TYPE("fontTable"), e);
}

bool
docx_template_open(struct docx *x, const struct brand_file *file,
                   struct err *e)
{
    struct docx_template *t = arena_take(&x->arena, sizeof *t);

    x->template = t;
    t->x = x;
    t->style = arena_array(&x->arena, STYLES_MAX, sizeof *t->style);
    buf_init(&t->page, 0);
    buf_init(&t->code, 0);
    if (!opc_open(&t->file, file->bytes, file->len, e)
        || !read_template(t, e))
        return false;
    x->width = templating_width(t);
    return true;
}

void
docx_template_close(struct docx_template *t)
{
    if (t == NULL)
        return;
    opc_close(t->file);
    buf_clear(&t->page);
    buf_clear(&t->code);
}

/* ---- asking ---- */

bool
docx_template_has(const struct docx_template *t, const char *kind)
{
    return target_of(t, kind) != NULL;
}

bool
docx_template_even(const struct docx_template *t)
{
    return t->even;
}
