/* svg.c - see svg.h.
 *
 * Ids: p-g0, p-g1 ... are the patterns of the grades, p-p0 ... those of the
 * plain looks, p-h that of hidden areas, m-g0 ... the marks. Classes: g0 ...
 * and p0 ... */
#include "write/svg.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "write/chart.h"
#include "write/markup.h"

/* "12.34%" */
enum { PERCENT_TEXT = 16 };

static const char *
percent(char out[PERCENT_TEXT], int hundredths)
{
    if (hundredths % 100 == 0)
        snprintf(out, PERCENT_TEXT, "%d%%", hundredths / 100);
    else
        snprintf(out, PERCENT_TEXT, "%d.%02d%%", hundredths / 100,
                 hundredths % 100);
    return out;
}

static const char *
name_of(char out[PERCENT_TEXT], struct area_look look)
{
    snprintf(out, PERCENT_TEXT, "%c%d", look.grade != GRADE_NO ? 'g' : 'p',
             look.grade != GRADE_NO ? look.grade : (int)look.plain);
    return out;
}

void
svg_begin(struct buf *out, const char *id, const char *title,
          const char *desc, int height)
{
    markup_put(out, "<svg class=\"bar\" role=\"img\" aria-labelledby="
               "\"%s-t %s-d\" width=\"100%%\" height=\"%d\">\n"
               "<title id=\"%s-t\">%s</title>\n"
               "<desc id=\"%s-d\">%s</desc>\n",
               id, id, height, id, title, id, desc);
}

void
svg_end(struct buf *out)
{
    buf_text(out, "</svg>\n");
}

void
svg_area(struct buf *out, struct area_look look, int x, int width, int y,
         int height)
{
    char name[PERCENT_TEXT], a[PERCENT_TEXT], w[PERCENT_TEXT];

    name_of(name, look);
    markup_put(out, "<rect class=\"seg %s\" fill=\"url(#p-%s)\" x=\"%s\" "
               "y=\"%d\" width=\"%s\" height=\"%d\"/>\n", name, name,
               percent(a, x), y, percent(w, width), height);
}

void
svg_on(struct buf *out, struct area_look look, int x, int y,
       const char *text)
{
    char name[PERCENT_TEXT], a[PERCENT_TEXT];

    markup_put(out, "<text class=\"on %s\" x=\"%s\" y=\"%d\">%s</text>\n",
               name_of(name, look), percent(a, x), y, text);
}

void
svg_hidden(struct buf *out, int x, int width, int y, int height,
           const char *text)
{
    char a[PERCENT_TEXT], w[PERCENT_TEXT];

    markup_put(out, "<rect class=\"seg hidden-area\" fill=\"url(#p-h)\" "
               "x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n",
               percent(a, x), y, percent(w, width), height);
    if (*text != '\0')
        markup_put(out, "<text class=\"on hidden-area\" x=\"%s\" "
                   "y=\"%d\">%s</text>\n", percent(a, x + width / 2),
                   y + height / 2, text);
}

void
svg_beside(struct buf *out, int x, int y, const char *text)
{
    char a[PERCENT_TEXT];

    markup_put(out, "<text class=\"beside\" x=\"%s\" y=\"%d\" dx=\"7\">%s"
               "</text>\n", percent(a, x), y, text);
}

/* ---- looks ---- */

/* What is drawn over the background of a pattern tile SIZE pixels wide,
 * turned by TURN degrees. */
static const struct {
    const char *look;
    int size, turn;
    const char *ink;
} tiles[] = {
    { "plain", 8, 0, "" },
    { "dots", 10, 0, "<circle cx=\"2.5\" cy=\"2.5\" r=\"1.15\"/>"
                     "<circle cx=\"7.5\" cy=\"7.5\" r=\"1.15\"/>" },
    { "stripes", 8, 45, "<rect width=\"2.2\" height=\"8\"/>" },
    { "lattice", 8, 45, "<rect width=\"8\" height=\"1\"/>"
                        "<rect width=\"1\" height=\"8\"/>" },
    { "back", 8, -45, "<rect width=\"2\" height=\"8\"/>" },
};

static void
put_pattern(struct buf *out, const char *name, struct look_colours c)
{
    size_t i = 0;

    while (strcmp(tiles[i].look, c.look) != 0)
        i++;
    assert(i < sizeof tiles / sizeof tiles[0]);
    markup_put(out, "<pattern id=\"p-%s\" width=\"%d\" height=\"%d\" "
               "patternUnits=\"userSpaceOnUse\" "
               "patternTransform=\"rotate(%d)\"><rect width=\"%d\" "
               "height=\"%d\" fill=\"%s\"/><g fill=\"%s\">", name,
               tiles[i].size, tiles[i].size, tiles[i].turn, tiles[i].size,
               tiles[i].size, c.fill, c.ink);
    buf_text(out, tiles[i].ink);
    buf_text(out, "</g></pattern>\n");
}

static const char *
mark_shape(const char *mark)
{
    static const struct { const char *mark, *shape; } shapes[] = {
        { "circle", "<circle cx=\"10\" cy=\"10\" r=\"7.5\"/>" },
        { "triangle", "<path d=\"M10 2.5 18.3 17H1.7Z\"/>" },
        { "square", "<rect x=\"3\" y=\"3\" width=\"14\" height=\"14\" "
                    "rx=\"1\"/>" },
        { "diamond", "<path d=\"M10 1 19 10 10 19 1 10Z\"/>" },
    };

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (strcmp(shapes[i].mark, mark) == 0)
            return shapes[i].shape;
    assert(false);
    return "";
}

void
svg_sprite(struct buf *out, const struct doc_grade *grade, int count,
           bool hidden)
{
    char name[PERCENT_TEXT];

    buf_text(out, "<svg class=\"sprite\" aria-hidden=\"true\" width=\"0\" "
             "height=\"0\">\n<defs>\n");
    for (int i = 0; i < count; i++) {
        struct area_look look = { i, PLAIN_DARK };

        put_pattern(out, name_of(name, look), look_colours(grade, look));
    }
    for (int i = 0; i < PLAIN_COUNT; i++) {
        struct area_look look = { GRADE_NO, (enum plain_look)i };

        put_pattern(out, name_of(name, look), look_colours(grade, look));
    }
    if (hidden)
        put_pattern(out, "h", (struct look_colours){
            .look = "back", .fill = "#ffffff", .ink = "#c9d0d8" });
    buf_text(out, "</defs>\n");
    for (int i = 0; i < count; i++) {
        markup_put(out, "<symbol id=\"m-g%d\" viewBox=\"0 0 20 20\">"
                   "<g fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\" "
                   "stroke-linejoin=\"round\">", i, grade[i].fill,
                   grade[i].edge);
        buf_text(out, mark_shape(grade[i].mark));
        buf_text(out, "</g></symbol>\n");
    }
    buf_text(out, "</svg>\n");
}

void
svg_mark(struct buf *out, struct area_look look)
{
    char name[PERCENT_TEXT];

    name_of(name, look);
    if (look.grade != GRADE_NO)
        markup_put(out, "<svg class=\"mark\" aria-hidden=\"true\" "
                   "viewBox=\"0 0 20 20\"><use href=\"#m-%s\"/></svg> ",
                   name);
    else
        markup_put(out, "<svg class=\"mark\" aria-hidden=\"true\" "
                   "viewBox=\"0 0 20 20\"><rect class=\"seg %s\" "
                   "fill=\"url(#p-%s)\" x=\"1\" y=\"1\" width=\"18\" "
                   "height=\"18\" rx=\"2\"/></svg> ", name, name);
}

/* ---- colours ---- */

static int
channel(const char *colour, int i)
{
    unsigned value = 0;

    sscanf(colour + 1 + 2 * i, "%2x", &value);
    return (int)value;
}

/* COLOUR with PARTS of ten white. */
static void
put_tint(struct buf *out, const char *colour, int parts)
{
    buf_byte(out, '#');
    for (int i = 0; i < 3; i++)
        buf_printf(out, "%02x", (unsigned)
                   ((channel(colour, i) * (100 - parts) + 255 * parts)
                    / 100));
}

void
svg_grade_style(struct buf *out, const struct doc_grade *grade, int count)
{
    for (int i = 0; i < count; i++) {
        const struct doc_grade *g = &grade[i];

        buf_printf(out, ".report .seg.g%d{stroke:%s}", i, g->edge);
        buf_printf(out, ".report .on.g%d{fill:%s;stroke:%s}", i,
                   look_is_dark(g->fill) ? "#fff" : "#1b2430", g->fill);
        buf_printf(out, ".report .def.g%d{border-color:%s;background:", i,
                   g->fill);
        put_tint(out, g->fill, 86);
        buf_text(out, "}\n");
    }
    for (int i = 0; i < PLAIN_COUNT; i++) {
        struct look_colours c = look_colours(grade, (struct area_look){
            GRADE_NO, (enum plain_look)i });

        buf_printf(out, ".report .seg.p%d{stroke:%s}"
                   ".report .on.p%d{fill:%s;stroke:%s}\n",
                   i, c.edge, i, look_is_dark(c.fill) ? "#fff" : "#1b2430",
                   c.fill);
    }
}
