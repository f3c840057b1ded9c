/* docx_parts.c - settings, fonts, numbering, theme, head and foot, page; see
 * docx.h. What the template has of these is taken from it, but for the
 * settings: those of a template can be about anything. */
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/docx.h"
#include "write/theme.h"

enum { LEVELS = 9, ONE_LINE = 95 /* characters */ };

static struct opc_part *
add_part(struct docx *x, const char *name, const char *type,
         const char *relation)
{
    struct opc_part *part = opc_add(&x->opc, name, type);

    opc_relate(&x->opc, x->main, relation, part);
    return part;
}

static void
put_settings(struct docx *x)
{
    struct opc_part *part = add_part(x, "word/settings.xml",
                                     DOCX_TYPE("settings"),
                                     OPC_REL("settings"));
    const char *lang = opc_lang(x->doc->lang);
    bool even = x->template != NULL && docx_template_even(x->template);

    xml_put(&part->body, XML_HEAD "<w:settings xmlns:w=\"" DOCX_NS_W "\">"
            "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"708\"/>");
    if (even)
        buf_text(&part->body, "<w:evenAndOddHeaders/>");
    xml_put(&part->body, "<w:characterSpacingControl"
            " w:val=\"doNotCompress\"/><w:compat><w:compatSetting"
            " w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft."
            "com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang"
            " w:val=\"%s\"/><w:clrSchemeMapping w:bg1=\"light1\""
            " w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\""
            " w:accent1=\"accent1\" w:accent2=\"accent2\""
            " w:accent3=\"accent3\" w:accent4=\"accent4\""
            " w:accent5=\"accent5\" w:accent6=\"accent6\""
            " w:hyperlink=\"hyperlink\""
            " w:followedHyperlink=\"followedHyperlink\"/><w:decimalSymbol"
            " w:val=\"%s\"/><w:listSeparator w:val=\"%s\"/></w:settings>",
            lang, x->doc->lang == LANG_EN ? "." : ",",
            x->doc->lang == LANG_EN ? "," : ";");
}

static void
put_fonts(struct docx *x)
{
    static const char *const fonts[][2] = {
        { "Inter", "Arial" }, { "Arial", NULL },
    };
    struct opc_part *part = add_part(x, "word/fontTable.xml",
                                     DOCX_TYPE("fontTable"),
                                     OPC_REL("fontTable"));

    buf_text(&part->body, XML_HEAD "<w:fonts xmlns:w=\"" DOCX_NS_W "\">");
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++) {
        xml_put(&part->body, "<w:font w:name=\"%s\">", fonts[i][0]);
        if (fonts[i][1] != NULL)
            xml_put(&part->body, "<w:altName w:val=\"%s\"/>", fonts[i][1]);
        buf_text(&part->body, "<w:panose1 w:val=\"020B0604020202020204\"/>"
                 "<w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>"
                 "<w:pitch w:val=\"variable\"/></w:font>");
    }
    buf_text(&part->body, "</w:fonts>");
}

/* ---- numbering ---- */

static void
put_abstract(struct docx *x, struct buf *out, bool counts)
{
    xml_put(out, "<w:abstractNum xmlns:w=\"" DOCX_NS_W "\""
            " w:abstractNumId=\"%d\"><w:multiLevelType"
            " w:val=\"hybridMultilevel\"/>", x->abstract + counts);
    for (int i = 0; i < LEVELS; i++)
        xml_put(out, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt"
                " w:val=\"%s\"/><w:lvlText w:val=\"%s\"/><w:lvlJc"
                " w:val=\"left\"/><w:pPr><w:ind w:left=\"%d\""
                " w:hanging=\"340\"/></w:pPr></w:lvl>", i,
                counts ? "decimal" : "bullet",
                counts ? arena_printf(&x->arena, "%%%d.", i + 1)
                : i % 2 == 0 ? "\xe2\x80\xa2" : "\xe2\x80\x93",
                (i + 1) * 340);
    buf_text(out, "</w:abstractNum>");
}

/* Numbers of lists go on where those of the template end. */
static void
put_numbering(struct docx *x)
{
    struct buf abstract, *out = &x->numbering->body;

    buf_init(&abstract, 0);
    put_abstract(x, &abstract, false);
    put_abstract(x, &abstract, true);
    if (x->template == NULL
        || !docx_template_numbering(x->template, &abstract, &x->num, out)) {
        buf_text(out, XML_HEAD "<w:numbering xmlns:w=\"" DOCX_NS_W "\">");
        buf_add(out, buf_string(&abstract), abstract.len);
        buf_add(out, buf_string(&x->num), x->num.len);
        buf_text(out, "</w:numbering>");
    }
    buf_clear(&abstract);
}

/* ---- head and foot ---- */

#define NAMESPACES "xmlns:w=\"" DOCX_NS_W "\" xmlns:r=\"" OPC_NS_R "\""

const char *
docx_notice(const struct document *doc)
{
    return doc->internal_notice != NULL ? doc->internal_notice
        : doc->protected_notice != NULL ? doc->protected_notice
        : doc->synthetic_notice;
}

/* Whether both stand on one line; else the longer goes below. */
static bool
fits(const char *left, const char *right)
{
    return utf8_count(left, strlen(left)) + utf8_count(right, strlen(right))
        < ONE_LINE;
}

void
docx_margin(struct docx *x, struct opc_part *part, const char *root,
            enum docx_look look, const char *left, const char *right)
{
    struct buf *text = x->out;

    x->out = &part->body;
    xml_put(x->out, XML_HEAD "<w:%s " NAMESPACES ">", root);
    docx_open(x, look, "");
    docx_text(x, left, (struct docx_run){ 0 });
    if (right == NULL || fits(left, right))
        docx_tab(x);
    else
        docx_break(x);
    if (right == NULL)
        docx_field(x, "PAGE", "1", (struct docx_run){ .style = RUN_STRONG,
                                                      .colour = x->ink });
    else
        docx_text(x, right, (struct docx_run){
            .size = fits(left, right) ? 0 : 15
        });
    docx_close(x);
    xml_put(x->out, "</w:%s>", root);
    x->out = text;
}

/* The first page has neither, where it is a cover: all stands on it. */
static void
put_empty(struct docx *x, struct opc_part *part, const char *root,
          enum docx_look look)
{
    xml_put(&part->body, XML_HEAD "<w:%s " NAMESPACES "><w:p><w:pPr>"
            "<w:pStyle w:val=\"%s\"/></w:pPr></w:p></w:%s>", root,
            x->style[look], root);
}

void
docx_reference(struct docx *x, bool foot, const char *type,
               const struct opc_part *part)
{
    const char *kind = foot ? "footer" : "header";

    xml_put(x->out, "<w:%sReference w:type=\"%s\" r:id=\"%s\"/>", kind, type,
            opc_relate(&x->opc, x->main,
                       arena_printf(&x->arena, OPC_REL("%s"), kind), part));
}

static void
own_section(struct docx *x)
{
    const struct document *doc = x->doc;
    const char *notice = docx_notice(doc);
    struct opc_part *head = opc_add(&x->opc, "word/header1.xml",
                                    DOCX_TYPE("header"));
    struct opc_part *foot = opc_add(&x->opc, "word/footer1.xml",
                                    DOCX_TYPE("footer"));
    struct opc_part *none = opc_add(&x->opc, "word/header2.xml",
                                    DOCX_TYPE("header"));
    struct opc_part *last = opc_add(&x->opc, "word/footer2.xml",
                                    DOCX_TYPE("footer"));

    docx_margin(x, head, "hdr", LOOK_HEADER, doc->running,
                notice != NULL ? notice : "");
    docx_margin(x, foot, "ftr", LOOK_FOOTER,
                doc->synthetic_notice != NULL ? doc->synthetic_notice
                : doc->title, NULL);
    put_empty(x, none, "hdr", LOOK_HEADER);
    put_empty(x, last, "ftr", LOOK_FOOTER);
    buf_text(x->out, "<w:sectPr>");
    docx_reference(x, false, "default", head);
    docx_reference(x, false, "first", none);
    docx_reference(x, true, "default", foot);
    docx_reference(x, true, "first", last);
    buf_text(x->out, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar"
             " w:top=\"1247\" w:right=\"1020\" w:bottom=\"1134\""
             " w:left=\"1134\" w:header=\"624\" w:footer=\"567\""
             " w:gutter=\"0\"/><w:cols w:space=\"708\"/>");
    if (!doc->single && doc->kind != DOC_MEDIA)
        buf_text(x->out, "<w:titlePg/>");
    buf_text(x->out, "</w:sectPr>");
}

void
docx_section(struct docx *x)
{
    if (x->template != NULL)
        docx_template_section(x);
    else
        own_section(x);
}

/* The numbers of lists, before any is written. */
void
docx_numbering(struct docx *x)
{
    x->numbering = add_part(x, "word/numbering.xml", DOCX_TYPE("numbering"),
                            OPC_REL("numbering"));
    if (x->template != NULL)
        docx_template_numbers(x->template, &x->abstract, &x->nums);
}

void
docx_parts(struct docx *x)
{
    put_numbering(x);
    put_settings(x);
    if (x->template == NULL || !docx_template_has(x->template, "fontTable"))
        put_fonts(x);
    if (x->template == NULL || !docx_template_has(x->template, "theme"))
        theme_put(&add_part(x, "word/theme/theme1.xml", OPC_TYPE("theme+xml"),
                            OPC_REL("theme"))->body);
}
