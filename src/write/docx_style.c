/* docx_style.c - styles: ours, or the template's with ours added where it
 * has none; see docx.h.
 *
 * One table has a row for each look: the built-in style of Word that it is
 * (always by its English name, whatever the language of Word), or one of our
 * own with a name from po/; and what it looks like, where $A is the accent,
 * $I the ink, $R the room at the right of text, $W the width of text. Our
 * own styles have ids that begin with Bp. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "write/docx.h"

enum { MARGIN = 1560 };         /* at the right of text, in our own look */

static const struct style {
    const char *id;
    const char *name;           /* built in, or NULL: the text under KEY */
    const char *key;
    const char *type;
    enum docx_look base;        /* LOOK_COUNT: none */
    enum docx_look next;        /* of a paragraph; LOOK_COUNT: itself */
    bool fallback;              /* a template without it uses its BASE */
    const char *look;
} styles[LOOK_COUNT] = {
    [LOOK_NORMAL] = { "Normal", "Normal", NULL, "paragraph", LOOK_COUNT,
        LOOK_COUNT, false, "" },
    [LOOK_BODY] = { "BodyText", "Body Text", NULL, "paragraph", LOOK_NORMAL,
        LOOK_COUNT, true, "<w:pPr><w:spacing w:after=\"140\"/>"
        "<w:ind w:right=\"$R\"/></w:pPr>" },
    [LOOK_HEADING_1] = { "Heading1", "heading 1", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepNext/><w:keepLines/>"
        "<w:spacing w:before=\"560\" w:after=\"140\" w:line=\"480\""
        " w:lineRule=\"atLeast\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr>"
        "<w:b/><w:bCs/><w:color w:val=\"$A\"/><w:spacing w:val=\"-8\"/>"
        "<w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/></w:rPr>" },
    [LOOK_HEADING_2] = { "Heading2", "heading 2", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepNext/><w:keepLines/>"
        "<w:spacing w:before=\"360\" w:after=\"80\"/><w:ind w:right=\"$R\"/>"
        "<w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:bCs/>"
        "<w:color w:val=\"$A\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>"
        "</w:rPr>" },
    [LOOK_HEADING_3] = { "Heading3", "heading 3", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepNext/><w:keepLines/>"
        "<w:spacing w:before=\"280\" w:after=\"60\"/><w:ind w:right=\"$R\"/>"
        "<w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:bCs/>"
        "<w:color w:val=\"$A\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"
        "</w:rPr>" },
    [LOOK_HEADING_4] = { "Heading4", "heading 4", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepNext/><w:keepLines/>"
        "<w:spacing w:before=\"240\" w:after=\"40\"/><w:outlineLvl"
        " w:val=\"3\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"$I\"/>"
        "</w:rPr>" },
    [LOOK_TITLE] = { "Title", "Title", NULL, "paragraph", LOOK_NORMAL,
        LOOK_SUBTITLE, false, "<w:pPr><w:keepLines/><w:shd w:val=\"clear\""
        " w:color=\"auto\" w:fill=\"$A\"/><w:spacing w:before=\"0\""
        " w:after=\"0\" w:line=\"720\" w:lineRule=\"exact\"/></w:pPr><w:rPr>"
        "<w:b/><w:bCs/><w:color w:val=\"FFFFFF\"/><w:spacing w:val=\"-12\"/>"
        "<w:sz w:val=\"60\"/><w:szCs w:val=\"60\"/></w:rPr>" },
    [LOOK_SUBTITLE] = { "Subtitle", "Subtitle", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepLines/><w:shd"
        " w:val=\"clear\" w:color=\"auto\" w:fill=\"$A\"/><w:spacing"
        " w:before=\"160\" w:after=\"0\" w:line=\"400\" w:lineRule=\"exact\""
        "/></w:pPr><w:rPr><w:color w:val=\"FFFFFF\"/><w:sz w:val=\"28\"/>"
        "<w:szCs w:val=\"28\"/></w:rPr>" },
    [LOOK_CAPTION] = { "Caption", "caption", NULL, "paragraph", LOOK_NORMAL,
        LOOK_BODY, false, "<w:pPr><w:keepNext/><w:keepLines/><w:spacing"
        " w:before=\"260\" w:after=\"80\" w:line=\"240\""
        " w:lineRule=\"atLeast\"/></w:pPr><w:rPr><w:sz w:val=\"17\"/>"
        "<w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_TOC_HEADING] = { "TOCHeading", "TOC Heading", NULL, "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepNext/><w:spacing"
        " w:before=\"0\" w:after=\"280\" w:line=\"480\""
        " w:lineRule=\"atLeast\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color"
        " w:val=\"$A\"/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/></w:rPr>" },
    [LOOK_TOC_1] = { "TOC1", "toc 1", NULL, "paragraph", LOOK_NORMAL,
        LOOK_NORMAL, false, "<w:pPr><w:tabs><w:tab w:val=\"right\""
        " w:pos=\"$W\"/></w:tabs><w:spacing w:before=\"140\" w:after=\"40\"/>"
        "</w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>" },
    [LOOK_TOC_2] = { "TOC2", "toc 2", NULL, "paragraph", LOOK_NORMAL,
        LOOK_NORMAL, false, "<w:pPr><w:tabs><w:tab w:val=\"right\""
        " w:pos=\"$W\"/></w:tabs><w:spacing w:after=\"30\"/><w:ind"
        " w:left=\"284\" w:right=\"600\"/></w:pPr>" },
    [LOOK_HEADER] = { "Header", "header", NULL, "paragraph", LOOK_NORMAL,
        LOOK_COUNT, false, "<w:pPr><w:tabs><w:tab w:val=\"right\""
        " w:pos=\"$W\"/></w:tabs><w:spacing w:after=\"0\" w:line=\"240\""
        " w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color w:val=\"545F6D\"/>"
        "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_FOOTER] = { "Footer", "footer", NULL, "paragraph", LOOK_NORMAL,
        LOOK_COUNT, false, "<w:pPr><w:tabs><w:tab w:val=\"right\""
        " w:pos=\"$W\"/></w:tabs><w:spacing w:after=\"0\" w:line=\"240\""
        " w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color w:val=\"545F6D\"/>"
        "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_BULLET] = { "ListBullet", "List Bullet", NULL, "paragraph",
        LOOK_NORMAL, LOOK_COUNT, false, "<w:pPr><w:spacing w:after=\"70\"/>"
        "<w:ind w:right=\"$R\"/></w:pPr>" },
    [LOOK_NUMBER] = { "ListNumber", "List Number", NULL, "paragraph",
        LOOK_NORMAL, LOOK_COUNT, false, "<w:pPr><w:spacing w:after=\"70\"/>"
        "<w:ind w:right=\"$R\"/></w:pPr>" },
    [LOOK_LEAD] = { "BpLead", NULL, "docx.style_lead", "paragraph",
        LOOK_BODY, LOOK_BODY, false, "<w:pPr><w:keepLines/><w:spacing"
        " w:after=\"160\" w:line=\"360\" w:lineRule=\"atLeast\"/></w:pPr>"
        "<w:rPr><w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/></w:rPr>" },
    [LOOK_NOTE] = { "BpNote", NULL, "docx.style_note", "paragraph",
        LOOK_NORMAL, LOOK_COUNT, false, "<w:pPr><w:keepLines/><w:spacing"
        " w:before=\"50\" w:after=\"50\" w:line=\"236\" w:lineRule=\"atLeast\""
        "/><w:ind w:right=\"$R\"/></w:pPr><w:rPr><w:color w:val=\"545F6D\"/>"
        "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_CALLOUT] = { "BpCallout", NULL, "docx.style_callout", "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepLines/><w:pBdr>"
        "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"9\" w:color=\"EFF3F8\""
        "/><w:left w:val=\"single\" w:sz=\"24\" w:space=\"12\""
        " w:color=\"$A\"/><w:bottom w:val=\"single\" w:sz=\"4\""
        " w:space=\"9\" w:color=\"EFF3F8\"/><w:right w:val=\"single\""
        " w:sz=\"4\" w:space=\"12\" w:color=\"EFF3F8\"/></w:pBdr><w:shd"
        " w:val=\"clear\" w:color=\"auto\" w:fill=\"EFF3F8\"/><w:spacing"
        " w:before=\"320\" w:after=\"360\"/><w:ind w:left=\"280\""
        " w:right=\"260\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>" },
    [LOOK_CELL] = { "BpCell", NULL, "docx.style_cell", "paragraph",
        LOOK_NORMAL, LOOK_COUNT, false, "<w:pPr><w:spacing w:before=\"0\""
        " w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr>"
        "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_LARGE] = { "BpLarge", NULL, "docx.style_large", "paragraph",
        LOOK_NORMAL, LOOK_CELL, false, "<w:pPr><w:keepNext/><w:spacing"
        " w:before=\"60\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>"
        "</w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"$A\"/><w:sz"
        " w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr>" },
    [LOOK_NOTICE] = { "BpNotice", NULL, "docx.style_notice", "paragraph",
        LOOK_NORMAL, LOOK_COUNT, false, "<w:pPr><w:keepLines/><w:pBdr>"
        "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"A56D13\""
        "/><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\""
        " w:color=\"A56D13\"/><w:bottom w:val=\"single\" w:sz=\"4\""
        " w:space=\"5\" w:color=\"A56D13\"/><w:right w:val=\"single\""
        " w:sz=\"4\" w:space=\"8\" w:color=\"A56D13\"/><w:between"
        " w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"A56D13\"/>"
        "</w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FCF2E2\""
        "/><w:spacing w:before=\"160\" w:after=\"160\"/><w:ind"
        " w:left=\"200\" w:right=\"180\"/></w:pPr>" },
    [LOOK_OWNER] = { "BpOwner", NULL, "docx.style_owner", "paragraph",
        LOOK_NORMAL, LOOK_TITLE, false, "<w:pPr><w:spacing w:before=\"0\""
        " w:after=\"900\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color"
        " w:val=\"$A\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>" },
    [LOOK_KEY] = { "BpKey", NULL, "docx.style_key", "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:keepLines/><w:spacing"
        " w:before=\"40\" w:after=\"180\" w:line=\"280\""
        " w:lineRule=\"atLeast\"/></w:pPr><w:rPr><w:sz w:val=\"17\"/>"
        "<w:szCs w:val=\"17\"/></w:rPr>" },
    [LOOK_GAP] = { "BpGap", NULL, "docx.style_gap", "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:spacing w:before=\"0\""
        " w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr><w:rPr>"
        "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/></w:rPr>" },
    [LOOK_CHART] = { "BpChart", NULL, "docx.style_chart", "paragraph",
        LOOK_NORMAL, LOOK_BODY, false, "<w:pPr><w:spacing w:before=\"0\""
        " w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>" },
    [LOOK_LINK] = { "Hyperlink", "Hyperlink", NULL, "character", LOOK_COUNT,
        LOOK_COUNT, false, "<w:rPr><w:color w:val=\"0062BA\"/><w:u"
        " w:val=\"single\"/></w:rPr>" },
    [LOOK_TABLE] = { "BpTable", NULL, "docx.style_table", "table",
        LOOK_COUNT, LOOK_COUNT, false, "<w:tblPr><w:tblBorders><w:bottom"
        " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"$I\"/>"
        "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\""
        " w:color=\"DBE0E6\"/></w:tblBorders><w:tblCellMar><w:top"
        " w:w=\"50\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/>"
        "<w:bottom w:w=\"50\" w:type=\"dxa\"/><w:right w:w=\"70\""
        " w:type=\"dxa\"/></w:tblCellMar></w:tblPr>" },
    [LOOK_GRID] = { "BpBoxes", NULL, "docx.style_boxes", "table",
        LOOK_COUNT, LOOK_COUNT, false, "<w:tblPr><w:tblCellMar><w:top"
        " w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/>"
        "<w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"100\""
        " w:type=\"dxa\"/></w:tblCellMar></w:tblPr>" },
};

/* LOOK with what stands for its letters. */
static void
put_look(struct docx *x, struct buf *out, const char *look)
{
    while (*look != '\0') {
        size_t n = strcspn(look, "$");

        buf_add(out, look, n);
        look += n;
        if (*look == '\0')
            return;
        switch (look[1]) {
        case 'A': buf_text(out, x->accent); break;
        case 'I': buf_text(out, x->ink); break;
        case 'W': buf_printf(out, "%d", x->width); break;
        default:
            buf_printf(out, "%d", x->template != NULL ? 0 : MARGIN);
        }
        look += 2;
    }
}

static void
put_style(struct docx *x, struct buf *out, const struct style *s)
{
    bool built_in = s->name != NULL;

    xml_put(out, "<w:style xmlns:w=\"" DOCX_NS_W "\" w:type=\"%s\"",
            s->type);
    if (!built_in)
        buf_text(out, " w:customStyle=\"1\"");
    else if (s == &styles[LOOK_NORMAL])
        buf_text(out, " w:default=\"1\"");
    xml_put(out, " w:styleId=\"%s\"><w:name w:val=\"%s\"/>", s->id,
            built_in ? s->name : msg_text(x->doc->lang, s->key));
    if (s->base != LOOK_COUNT)
        xml_put(out, "<w:basedOn w:val=\"%s\"/>", x->style[s->base]);
    else if (strcmp(s->type, "table") == 0 && x->template == NULL)
        buf_text(out, "<w:basedOn w:val=\"TableNormal\"/>");
    if (s->next != LOOK_COUNT)
        xml_put(out, "<w:next w:val=\"%s\"/>", x->style[s->next]);
    buf_text(out, "<w:qFormat/>");
    put_look(x, out, s->look);
    buf_text(out, "</w:style>");
}

/* The template's, or its base's, or our own, which is then added. */
static void
find_style(struct docx *x, enum docx_look look, bool *add)
{
    const struct style *s = &styles[look];
    const char *name = s->name != NULL ? s->name
        : msg_text(x->doc->lang, s->key);
    const char *id = NULL;

    if (x->template != NULL && look == LOOK_TABLE)
        id = docx_template_table(x->template);
    if (x->template != NULL && look == LOOK_TABLE && id != NULL)
        x->own_table = false;
    if (x->template != NULL && id == NULL)
        id = docx_template_style(x->template, s->type, name, s->id,
                                 &x->numbered[look]);
    if (x->template != NULL && id == NULL && look == LOOK_NORMAL)
        id = docx_template_normal(x->template);
    if (x->template != NULL && id == NULL && s->fallback)
        id = x->style[s->base];
    *add = id == NULL;
    x->style[look] = id != NULL ? id : s->id;
}

static void
put_defaults(struct docx *x, struct buf *out)
{
    xml_put(out, XML_HEAD "<w:styles xmlns:w=\"" DOCX_NS_W "\">"
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts"
            " w:ascii=\"Inter\" w:eastAsia=\"Inter\" w:hAnsi=\"Inter\""
            " w:cs=\"Arial\"/><w:color w:val=\"%s\"/><w:sz w:val=\"21\"/>"
            "<w:szCs w:val=\"21\"/><w:lang w:val=\"%s\" w:eastAsia=\"%s\""
            " w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault>"
            "<w:pPr><w:spacing w:after=\"120\" w:line=\"300\""
            " w:lineRule=\"atLeast\"/></w:pPr></w:pPrDefault>"
            "</w:docDefaults>", x->ink, opc_lang(x->doc->lang),
            opc_lang(x->doc->lang));
    buf_text(out, "<w:style w:type=\"character\" w:default=\"1\""
             " w:styleId=\"DefaultParagraphFont\"><w:name"
             " w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/>"
             "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
             "<w:style w:type=\"table\" w:default=\"1\""
             " w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
             "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>"
             "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
             "<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\""
             " w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right"
             " w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
             "</w:style><w:style w:type=\"numbering\" w:default=\"1\""
             " w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority"
             " w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>");
}

void
docx_styles(struct docx *x)
{
    struct opc_part *part = opc_add(&x->opc, "word/styles.xml",
                                    DOCX_TYPE("styles"));
    struct buf added;
    bool add[LOOK_COUNT];

    x->own_table = true;
    for (enum docx_look r = 0; r < LOOK_COUNT; r++)
        find_style(x, r, &add[r]);
    buf_init(&added, 0);
    for (enum docx_look r = 0; r < LOOK_COUNT; r++)
        if (add[r])
            put_style(x, &added, &styles[r]);
    if (x->template != NULL) {
        docx_template_styles(x->template, &added, &part->body);
    } else {
        put_defaults(x, &part->body);
        buf_add(&part->body, buf_string(&added), added.len);
        buf_text(&part->body, "</w:styles>");
    }
    buf_clear(&added);
    opc_relate(&x->opc, x->main, OPC_REL("styles"), part);
}
