/* paper_draw.c - what paper.h draws with.
 *
 * A look is a tiling pattern: the same tiles as in svg.c, at the size of
 * print. Areas have an edge, so that they are told apart without colour. */
#include <stdio.h>
#include <string.h>
#include "write/papering.h"

/* What is drawn of a tile SIZE wide, over the ground, turned by 45
 * degrees where TURN is 1 or -1. */
struct tile {
    const char *look;
    double size;
    int turn;
    const char *ink;
};

#define DOT(x, y) \
    x " " y " m " x " " y " l "

static const struct tile tiles[] = {
    { "plain", 6, 0, "" },
    /* Round ends make dots of lines of no length. */
    { "dots", 7.5, 0, "1 J 1.7 w " DOT("1.9", "1.9") DOT("5.6", "5.6") "S" },
    { "stripes", 6, 1, "0 0 1.65 6 re f" },
    { "lattice", 6, 1, "0 0 6 .75 re 0 0 .75 6 re f" },
    { "back", 6, -1, "0 0 1.5 6 re f" },
};

/* The colours of a look as numbers. */
struct inks {
    const char *look;
    uint32_t fill, edge, ink;
};

static const struct inks hidden_look = {
    "back", 0xffffff, 0x77818d, 0xc9d0d8
};

uint32_t
paper_colour(const char *text)
{
    unsigned value = 0;

    sscanf(text, "#%6x", &value);
    return value;
}

static struct inks
colours_of(const struct paper *p, struct area_look look)
{
    struct look_colours c = look_colours(p->doc->grades, look);

    return (struct inks){
        c.look, paper_colour(c.fill), paper_colour(c.edge),
        paper_colour(c.ink)
    };
}

static struct buf *
content(struct paper *p)
{
    return &p->sheet[p->page].content;
}

/* INK as the colour of what is filled (rg) or drawn (RG). */
static void
put_ink(struct buf *b, uint32_t ink, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        pdf_put_number(b, (double)(ink >> shift & 0xff) / 255);
    buf_printf(b, "%s ", operator);
}

static void
put_box(struct paper *p, struct buf *b, double x, double y, double w,
        double h)
{
    pdf_put_number(b, x);
    pdf_put_number(b, p->height - y - h);
    pdf_put_number(b, w);
    pdf_put_number(b, h);
    buf_text(b, "re ");
}

void
paper_text(struct paper *p, const struct font *font, uint32_t ink, double x,
           double y, const char *text, size_t n)
{
    struct buf *b = content(p);

    if (n == 0)
        return;
    put_ink(b, ink, "rg");
    buf_text(b, "BT ");
    font_select(font, b);
    pdf_put_number(b, x);
    pdf_put_number(b, p->height - y);
    buf_text(b, "Td ");
    font_show(p->fonts, font, text, n, b);
    buf_text(b, "ET\n");
}

void
paper_fill(struct paper *p, uint32_t ink, double x, double y, double w,
           double h)
{
    struct buf *b = content(p);

    put_ink(b, ink, "rg");
    put_box(p, b, x, y, w, h);
    buf_text(b, "f\n");
}

void
paper_rule(struct paper *p, uint32_t ink, double width, double x, double y,
           double w)
{
    struct buf *b = content(p);

    put_ink(b, ink, "RG");
    pdf_put_number(b, width);
    buf_text(b, "w ");
    pdf_put_number(b, x);
    pdf_put_number(b, p->height - y);
    buf_text(b, "m ");
    pdf_put_number(b, x + w);
    pdf_put_number(b, p->height - y);
    buf_text(b, "l S\n");
}

/* The ground first and the pattern over it: a tile that had its own ground
 * would show where tiles meet. */
static void
put_area(struct paper *p, const char *pattern, const struct inks *c,
         double x, double y, double w, double h)
{
    struct buf *b = content(p);

    put_ink(b, c->fill, "rg");
    put_box(p, b, x, y, w, h);
    buf_text(b, "f ");
    put_ink(b, c->edge, "RG");
    buf_text(b, ".75 w ");
    if (strcmp(c->look, "plain") != 0)
        buf_printf(b, "/Pattern cs/%s scn ", pattern);
    put_box(p, b, x, y, w, h);
    buf_text(b, strcmp(c->look, "plain") != 0 ? "B\n" : "S\n");
}

static const char *
pattern_name(char out[16], struct area_look look)
{
    snprintf(out, 16, "%c%d", look.grade != GRADE_NO ? 'G' : 'L',
             look.grade != GRADE_NO ? look.grade : (int)look.plain);
    return out;
}

void
paper_area(struct paper *p, struct area_look look, double x, double y,
           double w, double h)
{
    struct inks c = colours_of(p, look);
    char name[16];

    put_area(p, pattern_name(name, look), &c, x, y, w, h);
}

void
paper_hidden(struct paper *p, double x, double y, double w, double h)
{
    put_area(p, "H", &hidden_look, x, y, w, h);
}

/* ---- marks ---- */

/* A circle of four curves, as PDF has no other. */
static void
put_circle(struct buf *b, double x, double y, double r)
{
    static const double ring[][2] = {
        { 1, 0 }, { 1, .5523 }, { .5523, 1 }, { 0, 1 }, { -.5523, 1 },
        { -1, .5523 }, { -1, 0 }, { -1, -.5523 }, { -.5523, -1 }, { 0, -1 },
        { .5523, -1 }, { 1, -.5523 }, { 1, 0 }
    };

    for (size_t i = 0; i < sizeof ring / sizeof ring[0]; i++) {
        pdf_put_number(b, x + r * ring[i][0]);
        pdf_put_number(b, y + r * ring[i][1]);
        buf_text(b, i == 0 ? "m " : i % 3 == 0 ? "c " : "");
    }
}

static void
put_corners(struct buf *b, double x, double y, double unit,
            const double (*at)[2], int count)
{
    for (int i = 0; i < count; i++) {
        pdf_put_number(b, x + at[i][0] * unit);
        pdf_put_number(b, y - at[i][1] * unit);
        buf_text(b, i == 0 ? "m " : "l ");
    }
}

/* In a box of 20 units, as svg.c has them. */
static void
put_mark(struct buf *b, const char *mark, double x, double y, double size)
{
    static const double triangle[][2] = { { 10, 2.5 }, { 18.3, 17 },
                                          { 1.7, 17 } };
    static const double square[][2] = { { 3, 3 }, { 17, 3 }, { 17, 17 },
                                        { 3, 17 } };
    static const double diamond[][2] = { { 10, 1 }, { 19, 10 }, { 10, 19 },
                                         { 1, 10 } };
    double unit = size / 20;

    if (strcmp(mark, "circle") == 0)
        put_circle(b, x + 10 * unit, y - 10 * unit, 7.5 * unit);
    else if (strcmp(mark, "triangle") == 0)
        put_corners(b, x, y, unit, triangle, 3);
    else if (strcmp(mark, "square") == 0)
        put_corners(b, x, y, unit, square, 4);
    else
        put_corners(b, x, y, unit, diamond, 4);
    buf_text(b, "b\n");
}

void
paper_symbol(struct paper *p, struct area_look look, double x, double y,
             double size)
{
    struct inks c = colours_of(p, look);
    struct buf *b = content(p);

    if (look.grade == GRADE_NO) {
        paper_area(p, look, x + size * .05, y + size * .05, size * .9,
                   size * .9);
        return;
    }
    put_ink(b, c.fill, "rg");
    put_ink(b, c.edge, "RG");
    buf_text(b, ".7 w 1 j ");
    put_mark(b, p->doc->grades[look.grade].mark, x, p->height - y, size);
}

/* ---- patterns ---- */

static void
write_pattern(struct paper *p, const char *name,
              const struct inks *c, struct buf *resources)
{
    int id = pdf_reserve(&p->pdf);
    const struct tile *t = tiles;
    const char *turn = "1 0 0 1 0 0";
    struct buf dict, b;

    while (strcmp(t->look, c->look) != 0)
        t++;
    if (t->turn != 0)
        turn = t->turn > 0 ? ".7071 -.7071 .7071 .7071 0 0"
                           : ".7071 .7071 -.7071 .7071 0 0";
    buf_init(&b, 0);
    put_ink(&b, c->ink, "rg");
    put_ink(&b, c->ink, "RG");
    buf_text(&b, t->ink);
    buf_init(&dict, 0);
    buf_printf(&dict, "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1"
               "/BBox[0 0 %g %g]/XStep %g/YStep %g/Matrix[%s]/Resources<<>>",
               t->size, t->size, t->size, t->size, turn);
    pdf_stream(&p->pdf, id, buf_string(&dict), buf_string(&b), b.len);
    buf_clear(&dict);
    buf_clear(&b);
    buf_printf(resources, "/%s %d 0 R", name, id);
}

void
paper_write_patterns(struct paper *p, struct buf *resources)
{
    char name[16];

    for (int i = 0; i < p->doc->grade_count + PLAIN_COUNT; i++) {
        bool grade = i < p->doc->grade_count;
        struct area_look look = {
            grade ? i : GRADE_NO,
            (enum plain_look)(grade ? 0 : i - p->doc->grade_count)
        };
        struct inks c = colours_of(p, look);

        if (strcmp(c.look, "plain") != 0)
            write_pattern(p, pattern_name(name, look), &c, resources);
    }
    write_pattern(p, "H", &hidden_look, resources);
}
