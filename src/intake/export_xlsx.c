/* export_xlsx.c - a workbook of registrations: data by labels, codebook,
 * values, about.
 *
 * Written row by row straight into the archive, so that a million rows take
 * no more memory than the file: libxlsxwriter, which write/ makes reports
 * with, keeps sheets in files or memory until the end. Labels are shared
 * strings; their numbers are given out before the first row. */
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "intake/exporting.h"

/* Places in cellXfs of styles.xml below. */
enum style { STYLE_PLAIN, STYLE_HEAD, STYLE_DATE, STYLE_INDEX, STYLE_WRAP };
enum { SHEETS = 4, CHUNK = 1 << 16, DAY_1900 = 25569 };

struct book {
    struct dataset *d;
    struct zip zip;
    struct buf text;            /* of the part that is open, not yet put */
    struct buf strings;
    int shared;                 /* strings given out */
    int unknown, unasked;       /* theirs */
    int *first;                 /* of each column's codes */
    int64_t row;                /* of the sheet, from 1 */
    int cell;                   /* of the row, from 0 */
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define SHEET_TYPE \
    "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const char styles[] =
    XML "<styleSheet xmlns=\"" MAIN "\">"
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\""
    " formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\""
    " formatCode=\"0.000\"/></numFmts>"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/>"
    "<family val=\"2\"/></font><font><b/><sz val=\"11\"/>"
    "<name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF2\"/>"
    "<bgColor indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/>"
    "<diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
    " borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"5\">"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\""
    " xfId=\"0\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\""
    " applyFont=\"1\" applyFill=\"1\"/>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\""
    " xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\""
    " xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
    " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "</cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\""
    " builtinId=\"0\"/></cellStyles></styleSheet>";

static const char *const sheet_names[SHEETS] = {
    "export.sheet_data", "export.sheet_codebook", "export.sheet_values",
    "export.sheet_about"
};

static void
flush(struct book *b, size_t least)
{
    if (b->text.failed)
        b->zip.out->failed = true;
    if (b->text.len < least)
        return;
    zip_put(&b->zip, b->text.data, b->text.len);
    buf_reset(&b->text);
}

static void
part(struct book *b, const char *name)
{
    if (b->text.len > 0)
        flush(b, 1);
    zip_part(&b->zip, name, ZIP_DEFLATE);
}

static int
share(struct book *b, const char *text)
{
    buf_text(&b->strings, "<si><t xml:space=\"preserve\">");
    export_xml(&b->strings, text);
    buf_text(&b->strings, "</t></si>");
    return b->shared++;
}

/* "A1" for a cell of the row in hand. */
static void
put_place(struct book *b)
{
    char letters[4];
    int n = b->cell + 1, i = sizeof letters;

    while (n > 0) {
        letters[--i] = (char)('A' + (n - 1) % 26);
        n = (n - 1) / 26;
    }
    buf_text(&b->text, "<c r=\"");
    buf_add(&b->text, letters + i, sizeof letters - (size_t)i);
    buf_printf(&b->text, "%lld\"", (long long)b->row);
}

static void
put_style(struct book *b, enum style style)
{
    if (style != STYLE_PLAIN)
        buf_printf(&b->text, " s=\"%d\"", (int)style);
}

static void
put_text(struct book *b, const char *text, enum style style)
{
    if (text[0] != '\0') {
        put_place(b);
        put_style(b, style);
        buf_text(&b->text,
                 " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        export_xml(&b->text, text);
        buf_text(&b->text, "</t></is></c>");
    }
    b->cell++;
}

static void
put_shared(struct book *b, int string)
{
    put_place(b);
    buf_printf(&b->text, " t=\"s\"><v>%d</v></c>", string);
    b->cell++;
}

static void
put_number(struct book *b, int64_t value, enum style style)
{
    put_place(b);
    put_style(b, style);
    if (style == STYLE_INDEX)
        buf_printf(&b->text, "><v>%lld.%03lld</v></c>",
                   (long long)value / 1000, (long long)value % 1000);
    else
        buf_printf(&b->text, "><v>%lld</v></c>", (long long)value);
    b->cell++;
}

static void
row_begin(struct book *b)
{
    b->row++;
    b->cell = 0;
    buf_printf(&b->text, "<row r=\"%lld\">", (long long)b->row);
}

static void
row_end(struct book *b)
{
    buf_text(&b->text, "</row>");
    flush(b, CHUNK);
}

/* A sheet with WIDTHS of its columns, in characters; its first row stays. */
static void
sheet_begin(struct book *b, int number, const int *widths, int count)
{
    char name[64];

    snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", number);
    part(b, name);
    b->row = 0;
    buf_text(&b->text, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews>"
                       "<sheetView workbookViewId=\"0\"");
    buf_printf(&b->text, "%s><pane ySplit=\"1\" topLeftCell=\"A2\""
               " activePane=\"bottomLeft\" state=\"frozen\"/>"
               "<selection pane=\"bottomLeft\"/></sheetView></sheetViews>"
               "<sheetFormatPr defaultRowHeight=\"15\"/><cols>",
               number == 1 ? " tabSelected=\"1\"" : "");
    for (int i = 0; i < count; i++)
        buf_printf(&b->text, "<col min=\"%d\" max=\"%d\" width=\"%d\""
                   " customWidth=\"1\"/>", i + 1, i + 1, widths[i]);
    buf_text(&b->text, "</cols><sheetData>");
}

/* The head of a sheet: texts of po/. */
static void
put_head(struct book *b, const char *const *keys, int count)
{
    row_begin(b);
    for (int i = 0; i < count; i++)
        put_text(b, export_say(b->d, keys[i]), STYLE_HEAD);
    row_end(b);
}

static void
sheet_end(struct book *b)
{
    buf_text(&b->text, "</sheetData></worksheet>");
}

static void
put_value(struct book *b, int i)
{
    static const enum style styles_of[] = {
        [COLUMN_WHOLE] = STYLE_PLAIN, [COLUMN_INDEX] = STYLE_INDEX,
        [COLUMN_DATE] = STYLE_DATE
    };
    struct dataset *d = b->d;
    const struct column *c = &d->columns[i];
    const struct column_code *code;
    int64_t value;

    if (c->type == COLUMN_TEXT) {
        put_text(b, dataset_text(d, c), STYLE_PLAIN);
        return;
    }
    value = dataset_value(d, c);
    code = column_code(c, value);
    if (code != NULL)
        put_shared(b, b->first[i] + (int)(code - c->codes));
    else if (value == VALUE_UNANSWERED)
        b->cell++;
    else if (value < 0)
        put_shared(b, value == VALUE_UNKNOWN ? b->unknown : b->unasked);
    else
        put_number(b, c->type == COLUMN_DATE ? value + DAY_1900 : value,
                   styles_of[c->type]);
}

static bool
write_row(void *ctx, struct err *e)
{
    struct book *b = ctx;

    (void)e;
    row_begin(b);
    for (int i = 0; i < b->d->column_count; i++)
        put_value(b, i);
    row_end(b);
    return true;
}

static bool
write_data(struct book *b, struct err *e)
{
    struct dataset *d = b->d;
    int *widths = arena_array(&d->arena, (size_t)d->column_count,
                              sizeof *widths);
    bool ok;

    for (int i = 0; i < d->column_count; i++) {
        int n = (int)strlen(d->columns[i].name) + 2;

        widths[i] = n < 10 ? 10 : n > 34 ? 34 : n;
    }
    sheet_begin(b, 1, widths, d->column_count);
    row_begin(b);
    for (int i = 0; i < d->column_count; i++)
        put_text(b, d->columns[i].name, STYLE_HEAD);
    row_end(b);
    ok = dataset_scan(d, write_row, b, e);
    sheet_end(b);
    return ok;
}

static const char *
type_word(const struct dataset *d, const struct column *c)
{
    if (c->code_count > 0)
        return export_say(d, "export.type_code");
    switch (c->type) {
    case COLUMN_TEXT:
        return export_say(d, "export.type_text");
    case COLUMN_DATE:
        return export_say(d, "export.type_date");
    default:
        return export_say(d, "export.type_number");
    }
}

static void
write_codebook(struct book *b)
{
    static const char *const head[] = {
        "export.head_variable", "export.head_label", "export.head_type",
        "export.head_derived", "export.head_asked", "export.head_help",
        "export.head_valid", "export.unanswered", "export.unknown",
        "export.unasked"
    };
    static const int widths[] = { 30, 52, 12, 12, 36, 60, 11, 11, 11, 11 };
    const struct dataset *d = b->d;

    sheet_begin(b, 2, widths, sizeof widths / sizeof *widths);
    put_head(b, head, sizeof head / sizeof *head);
    for (int i = 0; i < d->column_count; i++) {
        const struct column *c = &d->columns[i];

        row_begin(b);
        put_text(b, c->name, STYLE_WRAP);
        put_text(b, c->label, STYLE_WRAP);
        put_text(b, type_word(d, c), STYLE_WRAP);
        put_text(b, c->derived ? export_say(d, "word.yes") : "", STYLE_WRAP);
        put_text(b, c->asked, STYLE_WRAP);
        put_text(b, c->question, STYLE_WRAP);
        put_number(b, c->valid, STYLE_PLAIN);
        put_number(b, c->unanswered, STYLE_PLAIN);
        put_number(b, c->unknown, STYLE_PLAIN);
        put_number(b, c->unasked, STYLE_PLAIN);
        row_end(b);
    }
    sheet_end(b);
}

static void
write_values(struct book *b)
{
    static const char *const head[] = {
        "export.head_variable", "export.head_code", "export.head_number",
        "export.head_label", "export.head_rows"
    };
    static const int widths[] = { 30, 22, 14, 52, 10 };
    const struct dataset *d = b->d;

    sheet_begin(b, 3, widths, sizeof widths / sizeof *widths);
    put_head(b, head, sizeof head / sizeof *head);
    for (int i = 0; i < d->column_count; i++) {
        for (int j = 0; j < d->columns[i].code_count; j++) {
            const struct column_code *code = &d->columns[i].codes[j];

            row_begin(b);
            put_text(b, d->columns[i].name, STYLE_PLAIN);
            put_text(b, code->id, STYLE_PLAIN);
            put_number(b, code->number, STYLE_PLAIN);
            put_text(b, code->label, STYLE_PLAIN);
            put_number(b, code->rows, STYLE_PLAIN);
            row_end(b);
        }
    }
    sheet_end(b);
}

static void
write_about(struct book *b)
{
    static const char *const head[] = {
        "export.head_about", "export.head_value"
    };
    static const int widths[] = { 26, 90 };
    const struct dataset *d = b->d;

    sheet_begin(b, 4, widths, 2);
    put_head(b, head, 2);
    for (int i = 0; i < d->fact_count; i++) {
        row_begin(b);
        put_text(b, d->facts[i].label, STYLE_WRAP);
        put_text(b, d->facts[i].value, STYLE_WRAP);
        row_end(b);
    }
    sheet_end(b);
}

static void
write_types(struct book *b)
{
    part(b, "[Content_Types].xml");
    buf_text(&b->text, XML "<Types xmlns=\"" PACKAGE "content-types\">"
             "<Default Extension=\"rels\" ContentType=\"application/"
             "vnd.openxmlformats-package.relationships+xml\"/>"
             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
             "<Override PartName=\"/xl/workbook.xml\" ContentType=\""
             SHEET_TYPE "sheet.main+xml\"/>");
    for (int i = 1; i <= SHEETS; i++)
        buf_printf(&b->text, "<Override PartName=\"/xl/worksheets/sheet%d"
                   ".xml\" ContentType=\"" SHEET_TYPE "worksheet+xml\"/>",
                   i);
    buf_text(&b->text,
             "<Override PartName=\"/xl/styles.xml\" ContentType=\""
             SHEET_TYPE "styles+xml\"/>"
             "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\""
             SHEET_TYPE "sharedStrings+xml\"/>"
             "<Override PartName=\"/docProps/core.xml\" ContentType=\""
             "application/vnd.openxmlformats-package.core-properties+xml\"/>"
             "</Types>");
    part(b, "_rels/.rels");
    buf_text(&b->text, XML "<Relationships xmlns=\"" PACKAGE
             "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
             "/officeDocument\" Target=\"xl/workbook.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" PACKAGE
             "relationships/metadata/core-properties\""
             " Target=\"docProps/core.xml\"/></Relationships>");
}

static void
write_core(struct book *b)
{
    struct dataset *d = b->d;
    char when[TIME_TEXT];

    part(b, "docProps/core.xml");
    buf_text(&b->text, XML "<cp:coreProperties xmlns:cp=\"" PACKAGE
             "metadata/core-properties\""
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
             " xmlns:dcterms=\"http://purl.org/dc/terms/\""
             " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
             "<dc:title>");
    export_xml(&b->text, export_title(d));
    buf_text(&b->text, "</dc:title><dc:subject>");
    export_xml(&b->text, export_say(d, "export.internal"));
    buf_text(&b->text, "</dc:subject><dc:creator>");
    export_xml(&b->text, d->actor->name);
    time_print(when, d->order->now_ms);
    buf_printf(&b->text, "</dc:creator><dcterms:created"
               " xsi:type=\"dcterms:W3CDTF\">%.19sZ</dcterms:created>"
               "</cp:coreProperties>", when);
}

static void
write_workbook(struct book *b)
{
    part(b, "xl/workbook.xml");
    buf_text(&b->text, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
             "\"><bookViews><workbookView/></bookViews><sheets>");
    for (int i = 0; i < SHEETS; i++) {
        buf_text(&b->text, "<sheet name=\"");
        export_xml(&b->text, export_say(b->d, sheet_names[i]));
        buf_printf(&b->text, "\" sheetId=\"%d\" r:id=\"rId%d\"/>", i + 1,
                   i + 1);
    }
    buf_text(&b->text, "</sheets></workbook>");
    part(b, "xl/_rels/workbook.xml.rels");
    buf_text(&b->text, XML "<Relationships xmlns=\"" PACKAGE
             "relationships\">");
    for (int i = 1; i <= SHEETS; i++)
        buf_printf(&b->text, "<Relationship Id=\"rId%d\" Type=\"" OFFICE
                   "/worksheet\" Target=\"worksheets/sheet%d.xml\"/>", i, i);
    buf_printf(&b->text, "<Relationship Id=\"rId%d\" Type=\"" OFFICE
               "/styles\" Target=\"styles.xml\"/>", SHEETS + 1);
    buf_printf(&b->text, "<Relationship Id=\"rId%d\" Type=\"" OFFICE
               "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
               "</Relationships>", SHEETS + 2);
    part(b, "xl/styles.xml");
    buf_text(&b->text, styles);
}

static void
write_strings(struct book *b)
{
    part(b, "xl/sharedStrings.xml");
    buf_printf(&b->text, XML "<sst xmlns=\"" MAIN "\" uniqueCount=\"%d\">",
               b->shared);
    flush(b, 0);
    if (b->strings.failed)
        b->zip.out->failed = true;
    else
        zip_put(&b->zip, b->strings.data, b->strings.len);
    buf_text(&b->text, "</sst>");
}

static void
share_labels(struct book *b)
{
    struct dataset *d = b->d;

    b->first = arena_array(&d->arena, (size_t)d->column_count,
                           sizeof *b->first);
    b->unknown = share(b, export_say(d, "export.unknown"));
    b->unasked = share(b, export_say(d, "export.unasked"));
    for (int i = 0; i < d->column_count; i++) {
        b->first[i] = b->shared;
        for (int j = 0; j < d->columns[i].code_count; j++)
            share(b, d->columns[i].codes[j].label);
    }
}

EXPORTER(export_xlsx)
{
    struct book b = { .d = d };
    int most = XLSX_CELLS / d->column_count;
    bool ok;

    if (most > XLSX_ROWS - 1)
        most = XLSX_ROWS - 1;
    if (d->rows > most)
        return err_set(e, ERR_INPUT, "export.rows", "%s %lld %d",
                       d->order->format, (long long)d->rows, most);
    zip_begin(&b.zip, out);
    buf_init_secret(&b.text, 0);
    buf_init(&b.strings, 0);
    share_labels(&b);
    write_types(&b);
    write_core(&b);
    write_workbook(&b);
    ok = write_data(&b, e);
    write_codebook(&b);
    write_values(&b);
    write_about(&b);
    write_strings(&b);
    flush(&b, 1);
    buf_wipe(&b.text);
    buf_clear(&b.strings);
    return zip_finish(&b.zip, e) && ok;
}
