/* drawing.c - how areas look in DrawingML; see drawing.h.
 *
 * Office has a fixed set of patterns; each look has the one that is nearest
 * to what the drawings of the HTML report have (svg.c). */
#include "write/drawing.h"
#include <assert.h>
#include <string.h>
#include "base/msg.h"
#include "write/look.h"

/* Six hex digits of COLOUR ("#72be96"). */
static void
put_colour(char to[7], const char *colour)
{
    assert(colour[0] == '#' && strlen(colour) == 7);
    memcpy(to, colour + 1, 7);
}

static struct look
make_look(const char *pattern, const char *shape, const char *fill,
          const char *edge, const char *second)
{
    struct look look = { .pattern = pattern, .shape = shape };

    put_colour(look.fill, fill);
    put_colour(look.edge, edge);
    put_colour(look.second, second);
    put_colour(look.ink, look_is_dark(fill) ? "#ffffff" : "#1b2430");
    return look;
}

/* What the words of an instrument are in Office; the first is the last
 * resort. */
static const char *
word_of(const char *const words[][2], int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    assert(false);
    return words[0][1];
}

struct look
look_of_grade(const struct document *doc, int grade)
{
    static const char *const patterns[][2] = {
        { "plain", NULL }, { "dots", "pct10" }, { "stripes", "wdUpDiag" },
        { "lattice", "diagCross" },
    };
    static const char *const shapes[][2] = {
        { "circle", "ellipse" }, { "triangle", "triangle" },
        { "square", "rect" }, { "diamond", "diamond" },
    };
    const struct doc_grade *g = &doc->grades[grade];

    assert(grade >= 0 && grade < doc->grade_count);
    return make_look(word_of(patterns, 4, g->look),
                     word_of(shapes, 4, g->mark), g->fill, g->edge, g->ink);
}

struct look
look_of_series(const struct document *doc, const struct chart_series *s)
{
    static const char *const patterns[PLAIN_COUNT] = {
        [PLAIN_LIGHT] = "wdDnDiag", [PLAIN_DOTS] = "pct20",
        [PLAIN_LATTICE] = "diagCross"
    };
    struct look_colours c;

    if (s->grade != GRADE_NO)
        return look_of_grade(doc, s->grade);
    c = look_colours(doc->grades, (struct area_look){ GRADE_NO, s->plain });
    return make_look(patterns[s->plain], "rect", c.fill, c.edge, c.ink);
}

struct look
look_of_hidden(void)
{
    return make_look("ltDnDiag", "rect", "#ffffff", "#7a8694", "#aab3bd");
}

void
drawing_fill(struct buf *out, const struct look *look)
{
    if (look->pattern == NULL)
        xml_put(out, "<a:solidFill><a:srgbClr val=\"%s\"/></a:solidFill>",
                look->fill);
    else
        xml_put(out, "<a:pattFill prst=\"%s\"><a:fgClr><a:srgbClr"
                " val=\"%s\"/></a:fgClr><a:bgClr><a:srgbClr val=\"%s\"/>"
                "</a:bgClr></a:pattFill>", look->pattern, look->second,
                look->fill);
}

void
drawing_area(struct buf *out, const struct look *look)
{
    drawing_fill(out, look);
    xml_put(out, "<a:ln w=\"12700\"><a:solidFill><a:srgbClr val=\"%s\"/>"
            "</a:solidFill></a:ln>", look->edge);
}

void
drawing_chart_ref(struct buf *out, const char *id)
{
    xml_put(out, "<a:graphic xmlns:a=\"" OPC_NS_A "\"><a:graphicData"
            " uri=\"" OPC_NS_C "\"><c:chart xmlns:c=\"" OPC_NS_C "\""
            " xmlns:r=\"" OPC_NS_R "\" r:id=\"%s\"/></a:graphicData>"
            "</a:graphic>", id);
}

const char *
drawing_chart_descr(const struct document *doc, const struct chart_model *c,
                    struct arena *arena)
{
    (void)doc;
    return arena_printf(arena, "%s. %s", c->title, c->desc);
}

/* Office has no bars of different height: that sentence is left out. */
const char *
drawing_chart_caption(const struct document *doc,
                      const struct chart_model *c, struct arena *arena)
{
    const char *height = msg_text(doc->lang, "report.chart_mosaic");
    const char *at = strstr(c->caption, height);
    size_t before;

    if (c->kind != CHART_MOSAIC || at == NULL)
        return c->caption;
    before = (size_t)(at - c->caption);
    while (before > 0 && c->caption[before - 1] == ' ')
        before--;
    return arena_printf(arena, "%.*s%s", (int)before, c->caption,
                        at + strlen(height));
}
