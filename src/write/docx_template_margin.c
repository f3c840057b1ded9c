/* docx_template_margin.c - the heads and feet of a template into the package;
 * see docx.h, templating.h.
 *
 * They stay as they stand, but that each foot says our notice too, and the
 * page where it does not. One with a field that fetches or runs something
 * when it is brought up to date is refused. */
#include <string.h>
#include "write/templating.h"

/* ---- reading ---- */

static bool
margin_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    const char *code = opc_attribute(tag, W("instr"));

    (void)e;
    t->in_code = strcmp(tag->name, W("instrText")) == 0;
    if (strcmp(tag->name, W("fldSimple")) == 0 && code != NULL)
        buf_text(&t->code, code);
    return true;
}

static bool
margin_text(void *ctx, const char *text, size_t n, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (t->in_code)
        buf_add(&t->code, text, n);
    return true;
}

static bool
margin_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    t->in_code = false;
    if (tag->depth > 1)
        return true;
    t->margin_end = tag->at;
    return tag->past > tag->at || err_set(e, ERR_INPUT, "office.kind", "");
}

/* Fields that fetch or run something when they are brought up to date. */
static bool
check_code(struct docx_template *t, struct err *e)
{
    static const char *const active[] = {
        "DDE", "INCLUDE", "MACRO", "DATABASE", "LINK "
    };

    for (size_t i = 0; i < t->code.len; i++)
        if (t->code.data[i] >= 'a' && t->code.data[i] <= 'z')
            t->code.data[i] = (char)(t->code.data[i] - 'a' + 'A');
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++) {
        const char *at = strstr(buf_string(&t->code), active[i]);

        /* A HYPERLINK only waits to be clicked. */
        if (at != NULL && !(i == 4 && at - buf_string(&t->code) >= 5
                            && memcmp(at - 5, "HYPER", 5) == 0))
            return opc_refuse(e, "office.active", active[i]);
    }
    return true;
}

/* ---- writing ---- */

/* What every foot says of ours, as a paragraph of its own. */
static void
put_foot_line(struct docx_template *t, struct buf *out, const char *notice,
              bool number)
{
    struct docx *x = t->x;
    struct buf *text = x->out;

    if (notice == NULL && !number)
        return;
    x->out = out;
    xml_put(out, "<w:p xmlns:w=\"" DOCX_NS_W "\"><w:pPr><w:pStyle"
            " w:val=\"%s\"/></w:pPr>", x->style[LOOK_FOOTER]);
    docx_text(x, notice != NULL ? notice : "",
              (struct docx_run){ .size = 16 });
    if (notice != NULL && number)
        docx_text(x, " \xc2\xb7 ", (struct docx_run){ .size = 16 });
    if (number)
        docx_field(x, "PAGE", "1", (struct docx_run){ .size = 16 });
    docx_close(x);
    x->out = text;
}

static bool
copy_margin(struct docx_template *t, struct margin *m, int number,
            const char *notice, struct err *e)
{
    static const struct opc_handler handler = {
        .start = margin_start, .end = margin_end, .text = margin_text
    };
    const struct opc_reference *r = opc_reference_of(t->reference,
                                                     t->references, m->id);
    const char *bytes;
    size_t len;

    if (r == NULL || r->outside)
        return opc_refuse(e, "office.reference", t->main);
    buf_reset(&t->code);
    if (!opc_parse(t->file, r->target, &handler, t, e) || !check_code(t, e)
        || !opc_bytes(t->file, r->target, &bytes, &len, e))
        return false;
    m->part = opc_add(&t->x->opc,
                      arena_printf(&t->x->arena, "word/brand%d.xml", number),
                      m->foot ? DOCX_TYPE("footer") : DOCX_TYPE("header"));
    buf_add(&m->part->body, bytes, t->margin_end);
    if (m->foot)
        put_foot_line(t, &m->part->body, notice,
                      strstr(buf_string(&t->code), "PAGE") == NULL);
    buf_add(&m->part->body, bytes + t->margin_end, len - t->margin_end);
    return templating_references(t, r->target, m->part, e);
}

static bool
has_foot(const struct docx_template *t, const char *type)
{
    for (int i = 0; i < t->margins; i++)
        if (t->margin[i].foot && strcmp(t->margin[i].type, type) == 0)
            return true;
    return false;
}

/* A foot of ours where the template has none: page and notice must be
 * somewhere on each page. */
static void
add_foot(struct docx_template *t, const char *type, const char *notice)
{
    struct docx *x = t->x;
    struct margin *m;

    if (has_foot(t, type) || t->margins == REFERENCES_MAX)
        return;
    m = &t->margin[t->margins++];
    *m = (struct margin){ .foot = true, .type = type };
    m->part = opc_add(&x->opc, arena_printf(&x->arena, "word/brand%d.xml",
                                            t->margins),
                      DOCX_TYPE("footer"));
    docx_margin(x, m->part, "ftr", LOOK_FOOTER,
                notice != NULL ? notice : x->doc->running, NULL);
}

bool
docx_template_margins(struct docx *x, const char *notice, struct err *e)
{
    struct docx_template *t = x->template;

    for (int i = 0; i < t->margins; i++)
        if (!copy_margin(t, &t->margin[i], i + 1, notice, e))
            return false;
    add_foot(t, "default", notice);
    if (t->even)
        add_foot(t, "even", notice);
    return t->numbering_name == NULL
        || templating_references(t, t->numbering_name, x->numbering, e);
}
