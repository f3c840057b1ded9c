/* docx_template_style.c - the styles and numbering of a template, with ours
 * put between; see docx.h, templating.h.
 *
 * They stay as they stand, byte by byte: what is read is which there are, and
 * where ours go. So each of our elements brings its own namespace with it. */
#include <string.h>
#include "write/templating.h"

/* ---- reading ---- */

static bool
style_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    struct known_style *s = &t->style[t->styles - (t->styles > 0)];
    const char *type, *id, *standard, *val;

    if (tag->depth == 1 && strcmp(tag->name, W("styles")) != 0)
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (tag->depth == 2 && strcmp(tag->name, W("style")) == 0) {
        if (t->styles == STYLES_MAX)
            return opc_refuse(e, "office.references", t->styles_name);
        s = &t->style[t->styles++];
        type = opc_attribute(tag, W("type"));
        id = opc_attribute(tag, W("styleId"));
        standard = opc_attribute(tag, W("default"));
        s->type = arena_text(&t->x->arena, type != NULL ? type : "");
        s->id = arena_text(&t->x->arena, id != NULL ? id : "");
        s->name = "";
        s->standard = standard != NULL && strcmp(standard, "0") != 0
            && strcmp(standard, "false") != 0;
    }
    val = opc_attribute(tag, W("val"));
    if (tag->depth == 3 && t->styles > 0 && val != NULL
        && strcmp(tag->name, W("name")) == 0)
        s->name = arena_text(&t->x->arena, val);
    if (tag->depth == 4 && t->styles > 0
        && strcmp(tag->name, W("numPr")) == 0)
        s->numbered = true;
    return true;
}

static bool
style_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    if (tag->depth == 1)
        t->styles_end = tag->at;
    return tag->depth > 1 || tag->past > tag->at
        || err_set(e, ERR_INPUT, "office.kind", "");
}

static bool
numbering_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    int n;

    (void)e;
    if (tag->depth != 2)
        return true;
    if (strcmp(tag->name, W("abstractNum")) == 0) {
        n = templating_number(tag, W("abstractNumId"));
        t->abstract_most = n > t->abstract_most ? n : t->abstract_most;
    } else if (!t->first_num
               && strcmp(tag->name, W("numPicBullet")) != 0) {
        t->first_num = true;
        t->abstract_at = tag->at;
    }
    if (strcmp(tag->name, W("num")) == 0) {
        n = templating_number(tag, W("numId"));
        t->num_most = n > t->num_most ? n : t->num_most;
    } else if (strcmp(tag->name, W("numIdMacAtCleanup")) == 0) {
        t->num_at = tag->at;
    }
    return true;
}

static bool
numbering_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (tag->depth != 1)
        return true;
    if (tag->past == tag->at) {         /* <w:numbering/> */
        t->numbering_name = NULL;
        return true;
    }
    if (!t->first_num)
        t->abstract_at = tag->at;
    if (t->num_at == 0)
        t->num_at = tag->at;
    return true;
}

bool
templating_styles(struct docx_template *t, struct err *e)
{
    static const struct opc_handler
        style = { .start = style_start, .end = style_end },
        numbering = { .start = numbering_start, .end = numbering_end };

    return templating_read(t, "styles", &style, e)
        && templating_read(t, "numbering", &numbering, e);
}

/* ---- asking ---- */

const char *
docx_template_style(const struct docx_template *t, const char *type,
                    const char *name, const char *id, bool *numbered)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->styles; i++) {
            const struct known_style *s = &t->style[i];

            if (strcmp(s->type, type) == 0 && *s->id != '\0'
                && (pass == 0 ? opc_compare(s->name, name) == 0
                              : strcmp(s->id, id) == 0)) {
                *numbered = s->numbered;
                return s->id;
            }
        }
    return NULL;
}

const char *
docx_template_normal(const struct docx_template *t)
{
    for (int i = 0; i < t->styles; i++)
        if (t->style[i].standard
            && strcmp(t->style[i].type, "paragraph") == 0)
            return t->style[i].id;
    return NULL;
}

const char *
docx_template_table(const struct docx_template *t)
{
    for (int i = 0; t->wanted_table != NULL && i < t->styles; i++)
        if (strcmp(t->style[i].type, "table") == 0
            && strcmp(t->style[i].id, t->wanted_table) == 0)
            return t->style[i].id;
    return NULL;
}

void
docx_template_numbers(const struct docx_template *t, int *abstract,
                      int *num)
{
    *abstract = t->numbering_name != NULL ? t->abstract_most + 1 : 0;
    *num = t->numbering_name != NULL ? t->num_most : 0;
}

/* ---- writing ---- */

/* The part NAME, which was read before. */
static const char *
bytes_of(const struct docx_template *t, const char *name, size_t *len)
{
    const char *bytes = "";
    struct err e;

    err_clear(&e);
    *len = 0;
    if (!opc_bytes(t->file, name, &bytes, len, &e))
        return "";
    return bytes;
}

void
docx_template_styles(const struct docx_template *t, const struct buf *added,
                     struct buf *out)
{
    size_t len;
    const char *bytes = bytes_of(t, t->styles_name, &len);

    buf_add(out, bytes, t->styles_end);
    buf_add(out, buf_string(added), added->len);
    buf_add(out, bytes + t->styles_end, len - t->styles_end);
}

bool
docx_template_numbering(const struct docx_template *t,
                        const struct buf *abstract, const struct buf *num,
                        struct buf *out)
{
    size_t len;
    const char *bytes;

    if (t->numbering_name == NULL)
        return false;
    bytes = bytes_of(t, t->numbering_name, &len);
    buf_add(out, bytes, t->abstract_at);
    buf_add(out, buf_string(abstract), abstract->len);
    buf_add(out, bytes + t->abstract_at, t->num_at - t->abstract_at);
    buf_add(out, buf_string(num), num->len);
    buf_add(out, bytes + t->num_at, len - t->num_at);
    return true;
}
