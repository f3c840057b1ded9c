/* slide_master.c - the program's own master and layouts, on its own theme.
 *
 * Three layouts: a cover, a title with room below it (what our slides stand
 * on), and a title with text, for slides that somebody adds. */
#include "base/msg.h"
#include "write/slide.h"
#include "write/theme.h"

#define NS_P "http://schemas.openxmlformats.org/presentationml/2006/main"
#define NAMESPACES "xmlns:a=\"" OPC_NS_A "\" xmlns:r=\"" OPC_NS_R \
    "\" xmlns:p=\"" NS_P "\""
#define ROOT_GROUP "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/>" \
    "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>" \
    "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>" \
    "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm>" \
    "</p:grpSpPr>"

enum { UNIT = 9525, WIDTH = 12192000, HEIGHT = 6858000 };

/* A placeholder: WORDS is what an empty one says, INSIDE its style. */
struct hold {
    const char *name, *ph, *body, *style, *words;
    struct rect at;
};

static void
put_hold(struct buf *b, int id, const struct hold *h, const char *lang)
{
    xml_put(b, "<p:sp><p:nvSpPr><p:cNvPr id=\"%d\" name=\"%s\"/><p:cNvSpPr>"
            "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>", id, h->name);
    buf_printf(b, "<p:ph %s/></p:nvPr></p:nvSpPr><p:spPr>", h->ph);
    if (h->at.w > 0)
        xml_put(b, "<a:xfrm><a:off x=\"%d\" y=\"%d\"/><a:ext cx=\"%d\""
                " cy=\"%d\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
                "</a:prstGeom>", h->at.x * UNIT, h->at.y * UNIT,
                h->at.w * UNIT, h->at.h * UNIT);
    buf_printf(b, "</p:spPr><p:txBody><a:bodyPr%s><a:normAutofit/>"
               "</a:bodyPr><a:lstStyle>%s</a:lstStyle><a:p>",
               h->body, h->style);
    if (h->words == NULL)
        xml_put(b, "<a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\""
                " type=\"slidenum\"><a:rPr lang=\"%s\"/><a:t>#</a:t>"
                "</a:fld>", lang);
    else if (*h->words != '\0')
        xml_put(b, "<a:r><a:rPr lang=\"%s\"/><a:t>%s</a:t></a:r>", lang,
                h->words);
    else
        xml_put(b, "<a:endParaRPr lang=\"%s\"/>", lang);
    buf_text(b, "</a:p></p:txBody></p:sp>");
}

#define INSETS " lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\""
#define SIZE(sz, more) "<a:lvl1pPr marL=\"0\" indent=\"0\"" more ">" \
    "<a:spcBef><a:spcPts val=\"0\"/></a:spcBef><a:buNone/><a:defRPr" \
    " sz=\"" sz "\">"
#define MUTED "<a:solidFill><a:schemeClr val=\"tx1\"><a:lumMod" \
    " val=\"75000\"/><a:lumOff val=\"25000\"/></a:schemeClr></a:solidFill>"
#define WHITE "<a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>"
#define END_SIZE "<a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>"

static const struct hold title_hold = {
    "Title", "type=\"title\"", INSETS " anchor=\"t\"", "", "",
    { 64, 44, 1152, 56 }
};
static const struct hold foot_hold = {
    "Foot", "type=\"ftr\" sz=\"quarter\" idx=\"11\"",
    INSETS " anchor=\"ctr\"", SIZE("1100", "") MUTED END_SIZE, "",
    { 98, 660, 1060, 44 }
};
static const struct hold number_hold = {
    "Number", "type=\"sldNum\" sz=\"quarter\" idx=\"12\"",
    INSETS " anchor=\"ctr\"", SIZE("1100", " algn=\"r\"") MUTED END_SIZE,
    NULL, { 1156, 660, 60, 44 }
};

static void
put_figure(struct buf *b, int id, const char *shape, struct rect at,
           const char *colour)
{
    xml_put(b, "<p:sp><p:nvSpPr><p:cNvPr id=\"%d\" name=\"Logo %d\"/>"
            "<p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr>"
            "<a:xfrm><a:off x=\"%d\" y=\"%d\"/><a:ext cx=\"%d\" cy=\"%d\"/>"
            "</a:xfrm><a:prstGeom prst=\"%s\"><a:avLst/></a:prstGeom>"
            "<a:solidFill>", id, id, at.x * UNIT / 4, at.y * UNIT / 4,
            at.w * UNIT / 4, at.h * UNIT / 4, shape);
    xml_put(b, "<a:schemeClr val=\"%s\"/></a:solidFill><a:ln><a:noFill/>"
            "</a:ln></p:spPr></p:sp>", colour);
}

/* The program's mark and a thin line, in quarters of a unit. */
static void
put_logo(struct buf *b, int id)
{
    put_figure(b, id++, "rect", (struct rect){ 64 * 4, 652 * 4, 1152 * 4, 4 },
               "bg2");
    put_figure(b, id++, "roundRect", (struct rect){ 256, 2684, 88, 88 },
               "tx2");
    put_figure(b, id++, "ellipse", (struct rect){ 274, 2702, 22, 22 },
               "bg1");
    put_figure(b, id++, "triangle", (struct rect){ 303, 2701, 25, 23 },
               "bg1");
    put_figure(b, id++, "rect", (struct rect){ 275, 2732, 21, 21 }, "bg1");
    put_figure(b, id, "diamond", (struct rect){ 302, 2729, 27, 27 }, "bg1");
}

static void
put_text_style(struct buf *b, const char *name, int size, bool plain,
               const char *font, const char *colour)
{
    xml_put(b, "<p:%s>", name);
    for (int level = 1; level <= 5; level++) {
        xml_put(b, "<a:lvl%dpPr marL=\"%d\" indent=\"%d\" algn=\"l\""
                " defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\""
                " latinLnBrk=\"0\" hangingPunct=\"1\"><a:lnSpc><a:spcPct"
                " val=\"100000\"/></a:lnSpc>", level,
                plain ? 0 : level * 228600, plain ? 0 : -228600);
        if (plain)
            buf_text(b, "<a:buNone/>");
        else
            buf_text(b, "<a:spcBef><a:spcPts val=\"600\"/></a:spcBef>"
                     "<a:buFont typeface=\"Arial\"/><a:buChar"
                     " char=\"&#8226;\"/>");
        xml_put(b, "<a:defRPr sz=\"%d\" b=\"%d\" kern=\"1200\">"
                "<a:solidFill><a:schemeClr val=\"%s\"/></a:solidFill>"
                "<a:latin typeface=\"%s\"/>", size - (level - 1) * 100,
                font[1] == 'm' && font[2] == 'j', colour, font);
        xml_put(b, "<a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/>"
                "</a:defRPr></a:lvl%dpPr>", level);
        if (plain)
            break;
    }
    xml_put(b, "</p:%s>", name);
}

static void
put_master(struct deck *d, struct opc_part *master,
           struct opc_part *const layout[3])
{
    const char *lang = opc_lang(d->doc->lang);
    const struct hold body = {
        "Text", "type=\"body\" idx=\"1\"", INSETS, "", "",
        { 64, 150, 1152, 480 }
    };
    struct buf *b = &master->body;

    buf_text(b, XML_HEAD "<p:sldMaster " NAMESPACES "><p:cSld><p:bg><p:bgRef"
             " idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>"
             "<p:spTree>" ROOT_GROUP);
    put_hold(b, 2, &title_hold, lang);
    put_hold(b, 3, &body, lang);
    put_hold(b, 4, &foot_hold, lang);
    put_hold(b, 5, &number_hold, lang);
    buf_text(b, "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\""
             " bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\""
             " accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\""
             " accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\""
             " folHlink=\"folHlink\"/><p:sldLayoutIdLst>");
    for (int i = 0; i < 3; i++)
        xml_put(b, "<p:sldLayoutId id=\"%lld\" r:id=\"%s\"/>",
                2147483649LL + i, opc_relate(&d->opc, master,
                                             OPC_REL("slideLayout"),
                                             layout[i]));
    buf_text(b, "</p:sldLayoutIdLst><p:hf hdr=\"0\" dt=\"0\"/>"
             "<p:txStyles>");
    put_text_style(b, "titleStyle", 3150, true, "+mj-lt", "tx2");
    put_text_style(b, "bodyStyle", 1800, false, "+mn-lt", "tx1");
    put_text_style(b, "otherStyle", 1800, true, "+mn-lt", "tx1");
    buf_text(b, "</p:txStyles></p:sldMaster>");
}

/* A layout begins: everything up to its shapes. */
static struct buf *
begin_layout(struct opc_part *part, const char *type, const char *name,
             const char *ground)
{
    struct buf *b = &part->body;

    xml_put(b, XML_HEAD "<p:sldLayout " NAMESPACES " type=\"%s\""
            " preserve=\"1\"><p:cSld name=\"%s\">", type, name);
    buf_text(b, ground);
    buf_text(b, "<p:spTree>" ROOT_GROUP);
    return b;
}

static void
end_layout(struct buf *b)
{
    buf_text(b, "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>"
             "</p:clrMapOvr></p:sldLayout>");
}

static void
put_cover_layout(struct deck *d)
{
    static const struct hold hold[] = {
        { "Title", "type=\"ctrTitle\"", INSETS " anchor=\"t\"",
          SIZE("4500", "") WHITE "</a:defRPr></a:lvl1pPr>", "",
          { 64, 150, 1152, 140 } },
        { "Subtitle", "type=\"subTitle\" idx=\"1\"", INSETS " anchor=\"t\"",
          SIZE("2400", "") WHITE END_SIZE, "", { 64, 306, 1152, 76 } },
    };
    const char *lang = opc_lang(d->doc->lang);
    struct buf *b = begin_layout(d->cover, "title",
        msg_text(d->doc->lang, "pptx.layout_cover"),
        "<p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"tx2\"/>"
        "</a:solidFill><a:effectLst/></p:bgPr></p:bg>");

    put_hold(b, 2, &hold[0], lang);
    put_hold(b, 3, &hold[1], lang);
    end_layout(b);
}

static void
put_content_layout(struct deck *d, struct opc_part *part, bool text)
{
    static const struct hold body = {
        "Text", "type=\"body\" idx=\"1\"", INSETS, "", "", { 0, 0, 0, 0 }
    };
    const char *lang = opc_lang(d->doc->lang);
    struct buf *b = begin_layout(part, text ? "obj" : "titleOnly",
        msg_text(d->doc->lang, text ? "pptx.layout_text"
                                    : "pptx.layout_title"), "");
    struct hold title = title_hold;

    put_logo(b, 20);
    title.at = (struct rect){ 0, 0, 0, 0 };
    put_hold(b, 2, &title, lang);
    if (text)
        put_hold(b, 3, &body, lang);
    put_hold(b, 4, &foot_hold, lang);
    put_hold(b, 5, &number_hold, lang);
    end_layout(b);
}

void
deck_notes_master(struct deck *d)
{
    static const struct hold hold[] = {
        { "Slide", "type=\"sldImg\" idx=\"2\"", "", "", "",
          { 96, 90, 528, 297 } },
        { "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"", "", "", "",
          { 72, 456, 576, 432 } },
    };
    struct opc_part *theme;
    struct buf *b;

    d->notes = opc_add(&d->opc, "ppt/notesMasters/notesMaster1.xml",
                       OPC_TYPE("presentationml.notesMaster+xml"));
    b = &d->notes->body;
    buf_text(b, XML_HEAD "<p:notesMaster " NAMESPACES "><p:cSld><p:bg>"
             "<p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef>"
             "</p:bg><p:spTree>" ROOT_GROUP);
    xml_put(b, "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"%s\"/><p:cNvSpPr>"
            "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>"
            "</p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr>"
            "</p:nvSpPr><p:spPr><a:xfrm><a:off x=\"%d\" y=\"%d\"/><a:ext"
            " cx=\"%d\" cy=\"%d\"/></a:xfrm><a:prstGeom prst=\"rect\">"
            "<a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"12700\">"
            "<a:solidFill><a:prstClr val=\"black\"/></a:solidFill></a:ln>"
            "</p:spPr></p:sp>", hold[0].name, hold[0].at.x * UNIT,
            hold[0].at.y * UNIT, hold[0].at.w * UNIT, hold[0].at.h * UNIT);
    put_hold(b, 3, &hold[1], opc_lang(d->doc->lang));
    buf_text(b, "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\""
             " bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\""
             " accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\""
             " accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\""
             " folHlink=\"folHlink\"/><p:notesStyle><a:lvl1pPr marL=\"0\""
             " algn=\"l\"><a:defRPr sz=\"1200\"><a:solidFill><a:schemeClr"
             " val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/>"
             "</a:defRPr></a:lvl1pPr></p:notesStyle></p:notesMaster>");
    theme = opc_add(&d->opc, "ppt/theme/theme-notes.xml",
                    OPC_TYPE("theme+xml"));
    theme_put(&theme->body);
    opc_relate(&d->opc, d->notes, OPC_REL("theme"), theme);
}

void
deck_own_master(struct deck *d)
{
    struct opc_part *master, *layout[3], *theme;
    const char *const name[] = {
        "ppt/slideLayouts/slideLayout1.xml",
        "ppt/slideLayouts/slideLayout2.xml",
        "ppt/slideLayouts/slideLayout3.xml"
    };

    d->own = true;
    d->width = WIDTH;
    d->height = HEIGHT;
    d->title = title_hold.at;
    d->title_size = 42;
    d->body = (struct rect){ SLIDE_MARGIN, 0,
                             SLIDE_WIDTH - 2 * SLIDE_MARGIN, 640 };
    d->cover_type = "ctrTitle";
    d->cover_index = "1";
    d->foot_index = "11";
    d->number_index = "12";
    master = opc_add(&d->opc, "ppt/slideMasters/slideMaster1.xml",
                     OPC_TYPE("presentationml.slideMaster+xml"));
    for (int i = 0; i < 3; i++) {
        layout[i] = opc_add(&d->opc, name[i],
                            OPC_TYPE("presentationml.slideLayout+xml"));
        opc_relate(&d->opc, layout[i], OPC_REL("slideMaster"), master);
    }
    theme = opc_add(&d->opc, "ppt/theme/theme1.xml", OPC_TYPE("theme+xml"));
    theme_put(&theme->body);
    put_master(d, master, layout);
    opc_relate(&d->opc, master, OPC_REL("theme"), theme);
    d->cover = layout[0];
    d->content = layout[1];
    put_cover_layout(d);
    put_content_layout(d, layout[1], false);
    put_content_layout(d, layout[2], true);
    d->masters = arena_printf(&d->arena, "<p:sldMasterIdLst><p:sldMasterId"
        " id=\"2147483648\" r:id=\"%s\"/></p:sldMasterIdLst>",
        opc_relate(&d->opc, d->presentation, OPC_REL("slideMaster"),
                   master));
    opc_relate(&d->opc, d->presentation, OPC_REL("theme"), theme);
}
