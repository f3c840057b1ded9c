/* theme.c - see theme.h. Inter; where a machine has none, what stands in for
 * it is chosen by the class that panose says, which is Arial's. */
#include "write/theme.h"
#include "write/opc.h"

#define PANOSE "020B0604020202020204"

/* In EMU; Office has three lines, each as much wider. */
enum { THIN_LINE = 6350 };

static void
put_colours(struct buf *out)
{
    static const char *const colours[][2] = {
        { "dk1", "1B2430" }, { "lt1", "FFFFFF" }, { "dk2", "0B2A4A" },
        { "lt2", "E3EEFA" }, { "accent1", "0062BA" },
        { "accent2", "0B2A4A" }, { "accent3", "7FB0DF" },
        { "accent4", "5A7694" }, { "accent5", "8FA6BF" },
        { "accent6", "966C13" }, { "hlink", "0062BA" },
        { "folHlink", "5A3A7E" },
    };

    buf_text(out, "<a:clrScheme name=\"BrukerPlan\">");
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
        xml_put(out, "<a:%s><a:srgbClr val=\"%s\"/></a:%s>", colours[i][0],
                colours[i][1], colours[i][0]);
    buf_text(out, "</a:clrScheme>");
}

static void
put_font(struct buf *out, const char *name)
{
    xml_put(out, "<a:%s><a:latin typeface=\"Inter\" panose=\"" PANOSE "\"/>"
            "<a:ea typeface=\"\"/><a:cs typeface=\"Arial\"/></a:%s>", name,
            name);
}

static void
put_three(struct buf *out, const char *list, const char *item)
{
    xml_put(out, "<a:%s>", list);
    for (int i = 0; i < 3; i++)
        buf_text(out, item);
    xml_put(out, "</a:%s>", list);
}

void
theme_put(struct buf *out)
{
    static const char fill[] =
        "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";

    buf_text(out, XML_HEAD "<a:theme xmlns:a=\"" OPC_NS_A "\""
             " name=\"BrukerPlan\"><a:themeElements>");
    put_colours(out);
    buf_text(out, "<a:fontScheme name=\"BrukerPlan\">");
    put_font(out, "majorFont");
    put_font(out, "minorFont");
    buf_text(out, "</a:fontScheme><a:fmtScheme name=\"BrukerPlan\">");
    put_three(out, "fillStyleLst", fill);
    buf_text(out, "<a:lnStyleLst>");
    for (int i = 1; i <= 3; i++)
        xml_put(out, "<a:ln w=\"%d\"><a:solidFill><a:schemeClr"
                " val=\"phClr\"/></a:solidFill></a:ln>", i * THIN_LINE);
    buf_text(out, "</a:lnStyleLst>");
    put_three(out, "effectStyleLst",
              "<a:effectStyle><a:effectLst/></a:effectStyle>");
    put_three(out, "bgFillStyleLst", fill);
    buf_text(out, "</a:fmtScheme></a:themeElements></a:theme>");
}
