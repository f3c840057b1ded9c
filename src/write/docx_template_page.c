/* docx_template_page.c - the last section of a template; see docx.h,
 * templating.h.
 *
 * It is the body's own; earlier ones are the template's examples and stand in
 * paragraphs. It is written anew from what was read of it, as not all that
 * may stand in it is taken. */
#include <string.h>
#include "write/templating.h"

#define R(name) OPC_NS_R "|" name

static void
copy_attributes(struct docx_template *t, const struct opc_tag *tag)
{
    for (const char *const *a = tag->attribute; a[0] != NULL; a += 2)
        if (strncmp(a[0], W(""), sizeof W("") - 1) == 0)
            xml_put(&t->page, " w:%s=\"%s\"", a[0] + sizeof W("") - 1,
                    a[1]);
}

static void
read_margin(struct docx_template *t, const struct opc_tag *tag, bool foot)
{
    const char *type = opc_attribute(tag, W("type"));
    const char *id = opc_attribute(tag, R("id"));

    if (id == NULL || t->margins == REFERENCES_MAX)
        return;
    t->margin[t->margins++] = (struct margin){
        .foot = foot, .id = arena_text(&t->x->arena, id),
        .type = arena_text(&t->x->arena, type != NULL ? type : "default")
    };
}

static void
read_size(struct docx_template *t, const struct opc_tag *tag)
{
    if (strcmp(tag->name, W("pgSz")) == 0) {
        t->page_width = templating_number(tag, W("w"));
    } else {
        t->left = templating_number(tag, W("left"));
        t->right = templating_number(tag, W("right"));
        t->gutter = templating_number(tag, W("gutter"));
    }
    xml_put(&t->page, "<w:%s", tag->name + sizeof W("") - 1);
    copy_attributes(t, tag);
    buf_text(&t->page, "/>");
}

static bool
document_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    if (tag->depth == 1 && strncmp(tag->name, STRICT, sizeof STRICT - 1) == 0)
        return err_set(e, ERR_INPUT, "office.strict", "");
    if (tag->depth == 1 && strcmp(tag->name, W("document")) != 0)
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (tag->depth == 3 && strcmp(tag->name, W("sectPr")) == 0)
        t->in_section = 3;
    if (t->in_section == 0 || tag->depth != 4)
        return true;
    if (strcmp(tag->name, W("headerReference")) == 0)
        read_margin(t, tag, false);
    else if (strcmp(tag->name, W("footerReference")) == 0)
        read_margin(t, tag, true);
    else if (strcmp(tag->name, W("pgSz")) == 0
             || strcmp(tag->name, W("pgMar")) == 0)
        read_size(t, tag);
    else if (strcmp(tag->name, W("titlePg")) == 0)
        t->title_page = templating_is_on(tag);
    return true;
}

static bool
document_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (t->in_section == tag->depth)
        t->in_section = 0;
    return true;
}

bool
templating_page(struct docx_template *t, struct err *e)
{
    static const struct opc_handler document = {
        .start = document_start, .end = document_end
    };

    return opc_parse(t->file, t->main, &document, t, e);
}

int
templating_width(const struct docx_template *t)
{
    long width = t->page_width - t->left - t->right - t->gutter;

    return t->page_width == 0 || width > 40000 ? 9072
        : width < DOCX_NARROWEST ? DOCX_NARROWEST : (int)width;
}

void
docx_template_section(struct docx *x)
{
    struct docx_template *t = x->template;

    buf_text(x->out, "<w:sectPr>");
    for (int i = 0; i < t->margins; i++)
        docx_reference(x, t->margin[i].foot, t->margin[i].type,
                       t->margin[i].part);
    if (t->page.len > 0)
        buf_add(x->out, buf_string(&t->page), t->page.len);
    else
        buf_text(x->out, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar"
                 " w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\""
                 " w:left=\"1417\" w:header=\"708\" w:footer=\"708\""
                 " w:gutter=\"0\"/>");
    buf_text(x->out, "<w:cols w:space=\"708\"/>");
    if (t->title_page)
        buf_text(x->out, "<w:titlePg/>");
    buf_text(x->out, "</w:sectPr>");
}
