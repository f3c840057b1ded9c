/* slide_shape.c - what stands on a slide, as PresentationML (ECMA-376 part
 * 1, 19.3); see slide.h. */
#include <string.h>
#include "base/msg.h"
#include "write/slide.h"

#define NS_P "http://schemas.openxmlformats.org/presentationml/2006/main"
#define SLIDE_NAMESPACES "xmlns:a=\"" OPC_NS_A "\" xmlns:r=\"" OPC_NS_R \
    "\" xmlns:p=\"" NS_P "\""

int64_t
slide_emu(const struct slide *p, int units)
{
    return units * p->deck->unit;
}

/* Hundredths of a point of SIZE units, whole half points. */
static int
text_size(const struct slide *p, int size)
{
    return (int)(slide_emu(p, size) * 2 / EMU_POINT) * 50;
}

static void
put_place(struct slide *p, const char *ns, struct rect at)
{
    xml_put(p->out, "<%s:xfrm><a:off x=\"%lld\" y=\"%lld\"/><a:ext"
            " cx=\"%lld\" cy=\"%lld\"/></%s:xfrm>", ns,
            (long long)slide_emu(p, at.x), (long long)slide_emu(p, at.y),
            (long long)slide_emu(p, at.w), (long long)slide_emu(p, at.h), ns);
}

/* ---- slides ---- */

void
slide_begin(struct slide *p, struct deck *d, struct opc_part *layout)
{
    *p = (struct slide){ .deck = d, .number = ++d->slides, .shapes = 1 };
    buf_init(&p->notes, 0);
    p->part = opc_add(&d->opc,
        arena_printf(&d->arena, "ppt/slides/slide%d.xml", p->number),
        OPC_TYPE("presentationml.slide+xml"));
    p->out = &p->part->body;
    opc_relate(&d->opc, p->part, OPC_REL("slideLayout"), layout);
    xml_put(&d->list, "<p:sldId id=\"%d\" r:id=\"%s\"/>", 255 + p->number,
            opc_relate(&d->opc, d->presentation, OPC_REL("slide"), p->part));
    buf_text(p->out, XML_HEAD "<p:sld " SLIDE_NAMESPACES "><p:cSld><p:spTree>"
             "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/>"
             "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\""
             " y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>"
             "<a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>");
}

/* A placeholder begins: its text is to come. */
static void
begin_placeholder(struct slide *p, const char *name, const char *attributes,
                  const struct rect *at)
{
    xml_put(p->out, "<p:sp><p:nvSpPr><p:cNvPr id=\"%d\" name=\"%s\"/>"
            "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph ",
            ++p->shapes, name);
    buf_text(p->out, attributes);
    buf_text(p->out, "/></p:nvPr></p:nvSpPr><p:spPr>");
    if (at != NULL)
        put_place(p, "a", *at);
    buf_text(p->out, "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>");
}

static void
plain_run(struct slide *p, const char *text, int size)
{
    xml_put(p->out, "<a:r><a:rPr lang=\"%s\"",
            opc_lang(p->deck->doc->lang));
    if (size > 0)
        xml_put(p->out, " sz=\"%d\"", text_size(p, size));
    xml_put(p->out, "/><a:t>%s</a:t></a:r>", text);
}

void
slide_hold(struct slide *p, const char *type, const char *const *text,
          int count, const struct rect *at, int size)
{
    begin_placeholder(p, "Title", arena_printf(&p->deck->arena,
                                               "type=\"%s\"", type), at);
    for (int i = 0; i < count; i++) {
        buf_text(p->out, "<a:p>");
        plain_run(p, text[i], size);
        buf_text(p->out, "</a:p>");
    }
    buf_text(p->out, "</p:txBody></p:sp>");
}

static void
put_foot(struct slide *p, const struct slide_foot *foot)
{
    const struct words how = { .size = 13, .tint = TINT_MUTED };
    struct deck *d = p->deck;

    if (d->foot_index != NULL) {
        begin_placeholder(p, "Foot", arena_printf(&d->arena,
            "type=\"ftr\" sz=\"quarter\" idx=\"%s\"", d->foot_index), NULL);
        buf_text(p->out, "<a:p>");
        plain_run(p, foot->base, 0);
        if (foot->notices != NULL) {
            buf_text(p->out, "</a:p><a:p>");
            plain_run(p, foot->notices, 0);
        }
        buf_text(p->out, "</a:p></p:txBody></p:sp>");
    } else {
        slide_box(p, d->foot, "Foot");
        slide_words(p, foot->base, how);
        if (foot->notices != NULL)
            slide_words(p, foot->notices, how);
        slide_box_end(p);
    }
    if (d->number_index == NULL)
        return;
    begin_placeholder(p, "Number", arena_printf(&d->arena,
        "type=\"sldNum\" sz=\"quarter\" idx=\"%s\"", d->number_index),
                      NULL);
    xml_put(p->out, "<a:p><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
            "\" type=\"slidenum\"><a:rPr lang=\"%s\"/><a:t>%d</a:t></a:fld>"
            "</a:p></p:txBody></p:sp>", opc_lang(d->doc->lang), p->number);
}

static void
put_notes_text(struct slide *p, struct buf *b)
{
    const char *lang = opc_lang(p->deck->doc->lang);
    const char *text = buf_string(&p->notes);

    if (*text == '\0')
        xml_put(b, "<a:p><a:endParaRPr lang=\"%s\"/></a:p>", lang);
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");

        xml_put(b, "<a:p><a:r><a:rPr lang=\"%s\"/><a:t>%s</a:t></a:r></a:p>",
                lang, arena_text_n(&p->deck->arena, text, n));
        text += n + (text[n] != '\0');
    }
}

static void
put_notes(struct slide *p)
{
    struct deck *d = p->deck;
    struct opc_part *part = opc_add(&d->opc,
        arena_printf(&d->arena, "ppt/notesSlides/notesSlide%d.xml",
                     p->number), OPC_TYPE("presentationml.notesSlide+xml"));
    struct buf *b = &part->body;

    buf_text(b, XML_HEAD "<p:notes " SLIDE_NAMESPACES "><p:cSld><p:spTree>"
             "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/>"
             "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
             "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr>"
             "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>"
             "</p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr>"
             "</p:nvSpPr><p:spPr/></p:sp>"
             "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr>"
             "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph"
             " type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/>"
             "<p:txBody><a:bodyPr/><a:lstStyle/>");
    put_notes_text(p, b);
    buf_text(b, "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr>"
             "<a:masterClrMapping/></p:clrMapOvr></p:notes>");
    opc_relate(&d->opc, part, OPC_REL("notesMaster"), d->notes);
    opc_relate(&d->opc, part, OPC_REL("slide"), p->part);
    opc_relate(&d->opc, p->part, OPC_REL("notesSlide"), part);
    p->out->failed |= p->notes.failed;
    buf_clear(&p->notes);
}

void
slide_end(struct slide *p, const struct slide_foot *foot)
{
    if (foot != NULL)
        put_foot(p, foot);
    buf_text(p->out, "</p:spTree></p:cSld><p:clrMapOvr>"
             "<a:masterClrMapping/></p:clrMapOvr></p:sld>");
    put_notes(p);
}

void
slide_note(struct slide *p, const char *title, const char *text)
{
    if (p->notes.len > 0)
        buf_byte(&p->notes, '\n');
    if (title != NULL)
        buf_printf(&p->notes, "%s: ", title);
    for (; *text != '\0'; text++)
        buf_byte(&p->notes, *text == '\n' ? ' ' : *text);
}

/* ---- text ---- */

static void
put_tint(struct buf *out, enum tint tint)
{
    static const char *const colour[] = {
        [TINT_TEXT] = "<a:schemeClr val=\"tx1\"/>",
        [TINT_HEAD] = "<a:schemeClr val=\"tx2\"/>",
        [TINT_MUTED] = "<a:schemeClr val=\"tx1\"><a:lumMod val=\"75000\"/>"
                       "<a:lumOff val=\"25000\"/></a:schemeClr>",
        [TINT_WHITE] = "<a:srgbClr val=\"FFFFFF\"/>",
    };

    buf_text(out, "<a:solidFill>");
    buf_text(out, colour[tint]);
    buf_text(out, "</a:solidFill>");
}

void
slide_run(struct slide *p, const char *text, struct words how,
         const char *link)
{
    xml_put(p->out, "<a:r><a:rPr lang=\"%s\" sz=\"%d\" b=\"%d\"",
            opc_lang(p->deck->doc->lang), text_size(p, how.size),
            (int)how.bold);
    buf_text(p->out, how.italic ? " i=\"1\">" : ">");
    put_tint(p->out, how.tint);
    buf_text(p->out, "<a:latin typeface=\"+mn-lt\"/>");
    if (link != NULL)
        xml_put(p->out, "<a:hlinkClick r:id=\"%s\"/>",
                opc_link(&p->deck->opc, p->part, OPC_REL("hyperlink"),
                         link));
    xml_put(p->out, "</a:rPr><a:t>%s</a:t></a:r>", text);
}

void
slide_paragraph(struct slide *p, struct words how)
{
    int indent = how.bullet || how.number > 0 ? how.size * 6 / 5 : 0;

    xml_put(p->out, "<a:p><a:pPr marL=\"%lld\" indent=\"%lld\" algn=\"%s\">",
            (long long)slide_emu(p, indent), (long long)-slide_emu(p, indent),
            how.right ? "r" : how.centre ? "ctr" : "l");
    xml_put(p->out, "<a:lnSpc><a:spcPct val=\"100000\"/></a:lnSpc>"
            "<a:spcBef><a:spcPts val=\"%d\"/></a:spcBef>",
            text_size(p, how.before));
    if (how.number > 0)
        xml_put(p->out, "<a:buFont typeface=\"+mj-lt\"/><a:buAutoNum"
                " type=\"arabicPeriod\" startAt=\"%d\"/>", how.number);
    else if (how.bullet)
        buf_text(p->out, "<a:buFont typeface=\"Arial\"/><a:buChar"
                 " char=\"&#8226;\"/>");
    else
        buf_text(p->out, "<a:buNone/>");
    buf_text(p->out, "</a:pPr>");
}

void
slide_box(struct slide *p, struct rect at, const char *name)
{
    xml_put(p->out, "<p:sp><p:nvSpPr><p:cNvPr id=\"%d\" name=\"%s %d\"/>"
            "<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>",
            p->shapes + 1, name, p->shapes + 1);
    p->shapes++;
    put_place(p, "a", at);
    buf_text(p->out, "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
             "<a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\""
             " lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\">"
             "<a:noAutofit/></a:bodyPr><a:lstStyle/>");
    p->paragraphs = 0;
}

void
slide_words(struct slide *p, const char *text, struct words how)
{
    slide_paragraph(p, how);
    slide_run(p, text, how, NULL);
    buf_text(p->out, "</a:p>");
    p->paragraphs++;
}

void
slide_runs(struct slide *p, const struct node *n, struct words how)
{
    if (n->run == NULL) {
        slide_words(p, n->text != NULL ? n->text : "", how);
        return;
    }
    slide_paragraph(p, how);
    for (int i = 0; i < n->run_count; i++) {
        struct words run = how;

        run.bold |= (n->run[i].style & RUN_STRONG) != 0;
        run.italic |= (n->run[i].style & RUN_EMPHASIS) != 0;
        slide_run(p, n->run[i].text, run, n->run[i].href);
    }
    buf_text(p->out, "</a:p>");
    p->paragraphs++;
}

void
slide_box_end(struct slide *p)
{
    if (p->paragraphs == 0)
        xml_put(p->out, "<a:p><a:endParaRPr lang=\"%s\"/></a:p>",
                opc_lang(p->deck->doc->lang));
    buf_text(p->out, "</p:txBody></p:sp>");
}

/* ---- areas and charts ---- */

/* A shape that says nothing, PowerPoint's readers pass by it. */
static void
begin_decoration(struct slide *p, struct rect at, const char *name,
                 const char *shape)
{
    ++p->shapes;
    xml_put(p->out, "<p:sp><p:nvSpPr><p:cNvPr id=\"%d\" name=\"%s %d\">"
            "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">"
            "<adec:decorative xmlns:adec=\"http://schemas.microsoft.com/"
            "office/drawing/2017/decorative\" val=\"1\"/></a:ext>"
            "</a:extLst></p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>",
            p->shapes, name, p->shapes);
    put_place(p, "a", at);
    xml_put(p->out, "<a:prstGeom prst=\"%s\"><a:avLst/></a:prstGeom>",
            shape);
}

void
slide_mark(struct slide *p, struct rect at, const struct look *look)
{
    begin_decoration(p, at, "Mark", look->shape);
    drawing_area(p->out, look);
    buf_text(p->out, "</p:spPr></p:sp>");
}

void
slide_line(struct slide *p, struct rect at, enum tint tint)
{
    begin_decoration(p, at, "Line", "rect");
    put_tint(p->out, tint);
    buf_text(p->out, "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>");
}

void
slide_frame(struct slide *p, struct rect at, const char *name,
           const char *descr)
{
    ++p->shapes;
    xml_put(p->out, "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"%d\""
            " name=\"%s %d\" descr=\"%s\"/><p:cNvGraphicFramePr>"
            "<a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr>"
            "<p:nvPr/></p:nvGraphicFramePr>", p->shapes, name, p->shapes,
            descr);
    put_place(p, "p", at);
}

void
slide_chart(struct slide *p, struct rect at, const struct chart_model *c,
           const struct chart_style *style)
{
    struct deck *d = p->deck;
    struct chart_style how = *style;
    struct opc_part *chart;

    how.folder = "ppt";
    how.number = ++d->charts;
    how.size = text_size(p, style->size);
    how.label = text_size(p, style->label);
    chart = drawing_chart(&d->opc, d->doc, c, &how);
    slide_frame(p, at, "Chart", drawing_chart_descr(d->doc, c, &d->arena));
    drawing_chart_ref(p->out, opc_relate(&d->opc, p->part, OPC_REL("chart"),
                                         chart));
    buf_text(p->out, "</p:graphicFrame>");
}
