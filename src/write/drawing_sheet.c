/* drawing_sheet.c - see drawing_sheet.h. */
#include "write/drawing_sheet.h"
#include "write/opc.h"

#define NS_SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

enum { STYLE_PLAIN, STYLE_SHARE, STYLE_HEAD };

const char *
drawing_cell_name(struct arena *arena, int row, int column)
{
    if (column < 26)
        return arena_printf(arena, "%c%d", 'A' + column, row + 1);
    return arena_printf(arena, "%c%c%d", 'A' + column / 26 - 1,
                        'A' + column % 26, row + 1);
}

static void
put_cell(struct buf *b, const char *name, const struct sheet_cell *c,
         bool head)
{
    if (c->text != NULL)
        xml_put(b, "<c r=\"%s\" s=\"%d\" t=\"inlineStr\"><is><t>%s</t></is>"
                "</c>", name, head ? STYLE_HEAD : STYLE_PLAIN, c->text);
    else if (c->number != NULL)
        xml_put(b, "<c r=\"%s\" s=\"%d\"><v>%s</v></c>", name,
                c->share ? STYLE_SHARE : STYLE_PLAIN, c->number);
}

static void
put_sheet(struct arena *arena, const struct sheet_cell *cell, int rows,
          int columns, struct buf *b)
{
    xml_put(b, XML_HEAD "<worksheet xmlns=\"" NS_SHEET "\">"
            "<dimension ref=\"A1:%s\"/><cols><col min=\"1\" max=\"1\""
            " width=\"32\" customWidth=\"1\"/>",
            drawing_cell_name(arena, rows - 1, columns - 1));
    if (columns > 1)
        xml_put(b, "<col min=\"2\" max=\"%d\" width=\"16\""
                " customWidth=\"1\"/>", columns);
    buf_text(b, "</cols><sheetData>");
    for (int r = 0; r < rows; r++) {
        xml_put(b, "<row r=\"%d\">", r + 1);
        for (int c = 0; c < columns; c++)
            put_cell(b, drawing_cell_name(arena, r, c),
                     &cell[r * columns + c], r == 0);
        buf_text(b, "</row>");
    }
    buf_text(b, "</sheetData></worksheet>");
}

static void
put_styles(struct buf *b, const char *format)
{
    xml_put(b, XML_HEAD "<styleSheet xmlns=\"" NS_SHEET "\">"
            "<numFmts count=\"1\"><numFmt numFmtId=\"164\""
            " formatCode=\"%s\"/></numFmts>", format);
    buf_text(b,
        "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Arial\"/>"
        "</font><font><b/><sz val=\"11\"/><name val=\"Arial\"/></font>"
        "</fonts><fills count=\"2\"><fill><patternFill"
        " patternType=\"none\"/></fill><fill><patternFill"
        " patternType=\"gray125\"/></fill></fills><borders count=\"1\">"
        "<border><left/><right/><top/><bottom/><diagonal/></border>"
        "</borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\""
        " fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
        " borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\""
        " fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\""
        " xfId=\"0\" applyFont=\"1\"/></cellXfs><cellStyles count=\"1\">"
        "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
        "</cellStyles></styleSheet>");
}

void
drawing_sheet(struct arena *arena, const struct sheet_cell *cell, int rows,
              int columns, const char *format, struct buf *out)
{
    struct opc p;
    struct opc_part *book, *styles, *sheet;
    struct err e = { 0 };
    const char *id;

    opc_init(&p, arena);
    book = opc_add(&p, "xl/workbook.xml",
                   OPC_TYPE("spreadsheetml.sheet.main+xml"));
    sheet = opc_add(&p, "xl/worksheets/sheet1.xml",
                    OPC_TYPE("spreadsheetml.worksheet+xml"));
    styles = opc_add(&p, "xl/styles.xml",
                     OPC_TYPE("spreadsheetml.styles+xml"));
    opc_relate(&p, NULL, OPC_REL("officeDocument"), book);
    id = opc_relate(&p, book, OPC_REL("worksheet"), sheet);
    opc_relate(&p, book, OPC_REL("styles"), styles);
    xml_put(&book->body, XML_HEAD "<workbook xmlns=\"" NS_SHEET "\""
            " xmlns:r=\"" OPC_NS_R "\"><sheets><sheet name=\"" DRAWING_SHEET
            "\" sheetId=\"1\" r:id=\"%s\"/></sheets></workbook>", id);
    put_sheet(arena, cell, rows, columns, &sheet->body);
    put_styles(&styles->body, format);
    if (!opc_write(&p, out, &e))
        out->failed = true;
    opc_clear(&p);
}
