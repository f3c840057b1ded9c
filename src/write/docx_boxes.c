/* docx_boxes.c - what stands side by side: key figures, cards, a grade's
 * definitions; and facts. See docx.h.
 *
 * Each is a small table. Definitions and facts have heads, so that they are
 * read as what they are; boxes are read from left to right, row by row. */
#include <stdlib.h>
#include <string.h>
#include "report/format.h"
#include "report/phrase.h"
#include "write/docx.h"
#include "write/grid.h"

enum { BOXES_ACROSS = 3, TILES_ACROSS = 4, FACT_LABEL = 2600,
       TINT = 18                /* percent of the fill that is left */ };

/* ---- the frame ---- */

/* LOOK is w:val of tblLook and what it says. */
static void
open_table(struct docx *x, int columns, const char *look, const char *title)
{
    int width = x->width / columns;

    docx_paragraph(x, LOOK_GAP, "<w:keepNext/>", "", (struct docx_run){ 0 });
    xml_put(x->out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW"
            " w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>",
            x->style[LOOK_GRID], width * columns);
    buf_text(x->out, look);
    if (*title != '\0')
        xml_put(x->out, "<w:tblCaption w:val=\"%s\"/>", title);
    buf_text(x->out, "</w:tblPr><w:tblGrid>");
    for (int i = 0; i < columns; i++)
        xml_put(x->out, "<w:gridCol w:w=\"%d\"/>", width);
    buf_text(x->out, "</w:tblGrid>");
}

static void
close_table(struct docx *x)
{
    buf_text(x->out, "</w:tbl>");
    x->after_table = true;
}

/* A box; BORDERS in the schema's order: top, left, bottom, right. */
static void
open_box(struct docx *x, int width, const char *borders, const char *fill)
{
    xml_put(x->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>",
            width);
    if (*borders != '\0') {
        buf_text(x->out, "<w:tcBorders>");
        buf_text(x->out, borders);
        buf_text(x->out, "</w:tcBorders>");
    }
    if (fill != NULL)
        xml_put(x->out, "<w:shd w:val=\"clear\" w:color=\"auto\""
                " w:fill=\"%s\"/>", fill);
    buf_text(x->out, "</w:tcPr>");
}

static const char *
border(struct docx *x, const char *side, int size, const char *colour)
{
    return arena_printf(&x->arena, "<w:%s w:val=\"single\" w:sz=\"%d\""
                        " w:space=\"0\" w:color=\"%s\"/>", side, size,
                        colour);
}

#define FRAME_PLAIN "<w:tblLook w:val=\"0600\" w:firstRow=\"0\"" \
    " w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\"" \
    " w:noHBand=\"1\" w:noVBand=\"1\"/>"
#define FRAME_COLUMN "<w:tblLook w:val=\"0680\" w:firstRow=\"0\"" \
    " w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\"" \
    " w:noHBand=\"1\" w:noVBand=\"1\"/>"
#define FRAME_ROW "<w:tblLook w:val=\"0620\" w:firstRow=\"1\"" \
    " w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\"" \
    " w:noHBand=\"1\" w:noVBand=\"1\"/>"

/* COUNT boxes, ACROSS in a row, each filled by PUT; the last row is filled
 * up with empty ones. */
static void
put_boxes(struct docx *x, int count, int most, const void *data,
          void (*put)(struct docx *x, const void *data, int i))
{
    int across = count < most ? count : most, width;
    const char *top;

    if (count == 0)
        return;
    width = x->width / across;
    top = arena_printf(&x->arena, "%s%s", border(x, "top", 18, x->accent),
                       border(x, "right", 48, "FFFFFF"));
    open_table(x, across, FRAME_PLAIN, "");
    for (int i = 0; i < count; i += across) {
        buf_text(x->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (int c = i; c < i + across; c++) {
            open_box(x, width, c < count ? top : "", NULL);
            if (c < count)
                put(x, data, c);
            else
                docx_paragraph(x, LOOK_CELL, "", "",
                               (struct docx_run){ 0 });
            buf_text(x->out, "</w:tc>");
        }
        buf_text(x->out, "</w:tr>");
    }
    close_table(x);
}

/* ---- key figures, cards ---- */

static void
put_tile(struct docx *x, const void *data, int row)
{
    const struct doc_table *t = data;
    const struct doc_cell *c = doc_cell_at(t, row, 0);
    const char *of = grid_share_of(x->doc, c, &x->arena);

    docx_open(x, LOOK_LARGE, "<w:keepNext/>");
    docx_number(x, c, (struct docx_run){ 0 });
    docx_close(x);
    if (of != NULL)
        docx_paragraph(x, LOOK_CELL, "<w:keepNext/>", of,
                       (struct docx_run){ .colour = "545F6D" });
    docx_paragraph(x, LOOK_CELL, "", t->rows.key[row].label,
                   (struct docx_run){ 0 });
}

void
docx_figures(struct docx *x, const struct doc_table *t)
{
    put_boxes(x, t->rows.count, TILES_ACROSS, t, put_tile);
}

static void
put_card(struct docx *x, const void *data, int i)
{
    const struct doc_card *c = (const struct doc_card *)data + i;
    struct docx_run strong = { .style = RUN_STRONG };

    if (c->number != NULL)
        docx_paragraph(x, LOOK_LARGE, "<w:keepNext/>", c->number,
                       (struct docx_run){ 0 });
    if (c->title != NULL && *c->title != '\0')
        docx_paragraph(x, LOOK_CELL, "<w:keepNext/>", c->title,
                       (struct docx_run){ .style = RUN_STRONG, .size = 22 });
    docx_paragraph(x, LOOK_CELL, c->action != NULL
                   ? "<w:keepNext/><w:spacing w:after=\"80\"/>" : "",
                   c->text != NULL ? c->text : "", (struct docx_run){ 0 });
    if (c->action != NULL)
        docx_paragraph(x, LOOK_CELL, "", c->action, strong);
}

void
docx_cards(struct docx *x, const struct node *n)
{
    put_boxes(x, n->count, BOXES_ACROSS, n->card, put_card);
}

/* ---- definitions ---- */

/* COLOUR with most of it white. */
static const char *
tint(struct docx *x, const char *colour)
{
    unsigned long c = strtoul(colour, NULL, 16);
    unsigned part[3];

    for (int i = 0; i < 3; i++) {
        unsigned full = (unsigned)(c >> (16 - 8 * i)) & 0xff;

        part[i] = (full * TINT + 255 * (100 - TINT)) / 100;
    }
    return arena_printf(&x->arena, "%02X%02X%02X", part[0], part[1], part[2]);
}

/* The borders of a definition's box: white to both sides, so that boxes
 * stand apart. */
static const char *
sides(struct docx *x, const char *top)
{
    return arena_printf(&x->arena, "%s%s%s", top,
                        border(x, "left", 36, "FFFFFF"),
                        border(x, "right", 36, "FFFFFF"));
}

static void
definition_head(struct docx *x, const struct doc_definition *d, int width)
{
    struct look look = look_of_grade(x->doc, d->grade);
    struct docx_run strong = { .style = RUN_STRONG };

    open_box(x, width, sides(x, border(x, "top", 24, look.fill)),
             tint(x, look.fill));
    docx_open(x, LOOK_CELL, "<w:keepNext/><w:spacing w:before=\"60\"/>");
    docx_mark(x, d->grade);
    docx_text(x, x->doc->grades[d->grade].label, strong);
    if (d->share != NULL)
        docx_text(x, arena_printf(&x->arena, " %s", d->share), strong);
    docx_close(x);
    buf_text(x->out, "</w:tc>");
}

static void
definition_text(struct docx *x, const struct doc_definition *d, int width)
{
    struct look look = look_of_grade(x->doc, d->grade);

    open_box(x, width, sides(x, ""), tint(x, look.fill));
    docx_open(x, LOOK_CELL, "<w:spacing w:after=\"80\"/>");
    docx_text(x, d->text, (struct docx_run){ 0 });
    if (d->own)
        docx_text(x, arena_printf(&x->arena, " %s",
                                  msg_text(x->doc->lang,
                                           "report.own_words")),
                  (struct docx_run){ .style = RUN_EMPHASIS,
                                     .colour = "545F6D" });
    docx_close(x);
    buf_text(x->out, "</w:tc>");
}

void
docx_definitions(struct docx *x, const struct node *n)
{
    int width;

    if (n->count == 0)
        return;
    width = x->width / n->count;
    open_table(x, n->count, FRAME_ROW, "");
    buf_text(x->out, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (int i = 0; i < n->count; i++)
        definition_head(x, &n->definition[i], width);
    buf_text(x->out, "</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (int i = 0; i < n->count; i++)
        definition_text(x, &n->definition[i], width);
    buf_text(x->out, "</w:tr>");
    close_table(x);
}

/* ---- facts ---- */

void
docx_facts(struct docx *x, const struct doc_fact *fact, int count)
{
    int rest = x->width - FACT_LABEL;
    const char *line = border(x, "bottom", 4, "DBE0E6");

    if (count == 0)
        return;
    docx_paragraph(x, LOOK_GAP, "<w:keepNext/>", "", (struct docx_run){ 0 });
    xml_put(x->out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW"
            " w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>",
            x->style[LOOK_GRID], x->width);
    buf_text(x->out, FRAME_COLUMN "</w:tblPr>");
    xml_put(x->out, "<w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol"
            " w:w=\"%d\"/></w:tblGrid>", FACT_LABEL, rest);
    for (int i = 0; i < count; i++) {
        buf_text(x->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        open_box(x, FACT_LABEL, line, NULL);
        docx_paragraph(x, LOOK_CELL, "", fact[i].label,
                       (struct docx_run){ .colour = "545F6D" });
        buf_text(x->out, "</w:tc>");
        open_box(x, rest, line, NULL);
        docx_paragraph(x, LOOK_CELL, "", fact[i].value,
                       (struct docx_run){ 0 });
        buf_text(x->out, "</w:tc></w:tr>");
    }
    close_table(x);
}
