/* write_xlsx.c - a workbook: contents, a sheet a table with its chart,
 * codebook, about. Numbers are numbers, so that they can be worked on; what
 * is hidden is a sign and never 0.
 *
 * A table that stands in the document twice (as key figures and as a table,
 * or as the numbers of a chart) has one sheet. */
#include <string.h>
#include "base/utf8.h"
#include "report/format.h"
#include "write/about.h"
#include "write/opc.h"
#include "write/xlsx.h"

static const char *
say(const struct xlsx *x, const char *key)
{
    return msg_text(x->doc->lang, key);
}

void
xlsx_text(struct xlsx *x, lxw_worksheet *sheet, int row, int column,
          const char *text, enum xlsx_format format)
{
    if (text != NULL && text[0] != '\0')
        worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
                               text, x->format[format]);
}

void
xlsx_int(struct xlsx *x, lxw_worksheet *sheet, int row, int column,
         int64_t n, enum xlsx_format format)
{
    worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column,
                           (double)n, x->format[format]);
}

/* Sheets with so many rows, chart aside, are printed on one page. */
enum { LINE_POINTS = 15, ONE_PAGE = 36 };

void
xlsx_high(lxw_worksheet *sheet, int row, const char *text, int width,
          int *lines)
{
    int n = text != NULL ? (int)utf8_count(text, strlen(text)) : 0;
    int room = width + width / 8;   /* letters are narrower than digits */
    int needed = (n + room - 1) / room;

    if (needed <= *lines)
        return;
    *lines = needed;
    worksheet_set_row(sheet, (lxw_row_t)row, LINE_POINTS * needed, NULL);
}

/* ---- names ---- */

static bool
is_taken(const struct xlsx *x, const char *name)
{
    if (x->contents != NULL && lxw_strcasecmp(x->contents, name) == 0)
        return true;
    return workbook_get_worksheet_by_name(x->book, name) != NULL;
}

/* The first N characters of TEXT. */
static const char *
first_characters(struct xlsx *x, const char *text, size_t n)
{
    const char *p = text, *end = text + strlen(text);

    while (p < end && n-- > 0)
        (void)utf8_next(&p, end);
    return arena_text_n(&x->arena, text, (size_t)(p - text));
}

const char *
xlsx_name(struct xlsx *x, const char *wish)
{
    char *legal = arena_text(&x->arena, wish);
    const char *name;

    for (char *p = legal; *p != '\0'; p++)
        if (strchr("[]:*?/\\'", *p) != NULL || (unsigned char)*p < ' ')
            *p = ' ';
    name = first_characters(x, legal, XLSX_NAME);
    for (int n = 2; is_taken(x, name); n++)
        name = arena_printf(&x->arena, "%s (%d)",
                            first_characters(x, legal, XLSX_NAME - 6), n);
    return name;
}

const char *
xlsx_title(struct xlsx *x, const struct doc_table *t)
{
    if (t->number == 0)
        return t->title;
    return arena_printf(&x->arena, "%s %s",
                        XLSX_SAY(x, "report.table_n",
                                 format_int(&x->arena, x->doc->lang,
                                            t->number), NULL),
                        t->title);
}

/* "Tabell 3", "Nøkkeltall 1" */
static const char *
wish_of(struct xlsx *x, const struct doc_table *t)
{
    if (t->number == 0 && !x->doc->single)
        return XLSX_SAY(x, "workbook.figures",
                        format_int(&x->arena, x->doc->lang, ++x->figures),
                        NULL);
    return XLSX_SAY(x, "workbook.table",
                    format_int(&x->arena, x->doc->lang,
                               t->number > 0 ? t->number : 1), NULL);
}

/* ---- what there is ---- */

static struct xlsx_sheet *
sheet_of(struct xlsx *x, const struct doc_table *t)
{
    for (struct xlsx_sheet *s = x->first; s != NULL; s = s->next)
        if (s->table == t)
            return s;
    return NULL;
}

static struct xlsx_sheet *
add_sheet(struct xlsx *x, const struct node *node, const struct doc_table *t)
{
    struct xlsx_sheet *s = sheet_of(x, t);

    if (s != NULL)
        return s;
    s = arena_take(&x->arena, sizeof *s);
    s->table = t;
    s->block = node->parent;
    if (x->last != NULL)
        x->last->next = s;
    else
        x->first = s;
    x->last = s;
    x->sheets++;
    return s;
}

static void
find_sheets(struct xlsx *x)
{
    struct tree_walk w = tree_begin(x->doc);

    while (tree_step(&w)) {
        const struct node *n = w.node;

        if (!w.entering)
            continue;
        if (n->chart != NULL)
            add_sheet(x, n, n->chart->table)->chart = n->chart;
        else if (n->table != NULL)
            add_sheet(x, n, n->table->every != NULL ? n->table->every
                                                    : n->table);
    }
}

/* ---- looks ---- */

enum { INK = 0x1b2430, EDGE = 0xc9d0d8, SHADE = 0xe8edf2, LINK = 0x0062ba };

/* Whole percent, "< 1 %" of little. */
static const char *
share_format(const struct xlsx *x)
{
    return x->doc->lang == LANG_EN
        ? "[=0]0%;[<0.005]\"< 1%\";0%"
        : "[=0]0\" \"%;[<0.005]\"< 1 %\";0\" \"%";
}

/* As the notes write numbers, whatever the reader's machine would: "1 845",
 * "1,845". */
static const char *
count_format(const struct xlsx *x)
{
    return x->doc->lang == LANG_EN ? "#,##0"
        : "[<1000]0;[<1000000]0\"" FORMAT_NBSP "\"000;"
          "0\"" FORMAT_NBSP "\"000\"" FORMAT_NBSP "\"000";
}

static lxw_format *
new_format(struct xlsx *x, int size, bool bold, bool right)
{
    lxw_format *f = workbook_add_format(x->book);

    if (f == NULL)
        mem_out();
    format_set_font_size(f, size);
    if (bold)
        format_set_bold(f);
    if (right)
        format_set_align(f, LXW_ALIGN_RIGHT);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    return f;
}

static void
make_table_formats(struct xlsx *x)
{
    static const enum xlsx_format numbers[] = {
        XLSX_NUMBER, XLSX_TOTAL
    };
    static const enum xlsx_format heads[] = { XLSX_HEAD, XLSX_HEAD_NUMBER };

    for (size_t i = 0; i < 2; i++) {
        lxw_format *f = new_format(x, 11, true, i == 1);

        format_set_text_wrap(f);
        format_set_bg_color(f, SHADE);
        format_set_bottom(f, LXW_BORDER_THIN);
        format_set_bottom_color(f, EDGE);
        format_set_align(f, LXW_ALIGN_VERTICAL_BOTTOM);
        x->format[heads[i]] = f;
        x->format[numbers[i]] = new_format(x, 11, i == 1, true);
        format_set_num_format(x->format[numbers[i]], count_format(x));
    }
    x->format[XLSX_LABEL] = new_format(x, 11, false, false);
    format_set_text_wrap(x->format[XLSX_LABEL]);
    x->format[XLSX_TOTAL_LABEL] = new_format(x, 11, true, false);
    format_set_top(x->format[XLSX_TOTAL_LABEL], LXW_BORDER_THIN);
    format_set_top(x->format[XLSX_TOTAL], LXW_BORDER_THIN);
    x->format[XLSX_SHARE] = new_format(x, 11, false, true);
    format_set_num_format(x->format[XLSX_SHARE], share_format(x));
    x->format[XLSX_HIDDEN] = new_format(x, 11, false, true);
}

static void
make_formats(struct xlsx *x)
{
    x->format[XLSX_TITLE] = new_format(x, 14, true, false);
    x->format[XLSX_SUBTITLE] = new_format(x, 11, false, false);
    format_set_font_color(x->format[XLSX_SUBTITLE], 0x4a5a6a);
    x->format[XLSX_NOTE_LABEL] = new_format(x, 10, true, false);
    x->format[XLSX_NOTE] = new_format(x, 10, false, false);
    x->format[XLSX_LINK] = new_format(x, 11, false, false);
    format_set_font_color(x->format[XLSX_LINK], LINK);
    format_set_underline(x->format[XLSX_LINK], LXW_UNDERLINE_SINGLE);
    x->format[XLSX_SECTION] = new_format(x, 12, true, false);
    format_set_align(x->format[XLSX_SECTION], LXW_ALIGN_VERTICAL_BOTTOM);
    x->format[XLSX_NOTICE] = new_format(x, 11, true, false);
    format_set_font_color(x->format[XLSX_NOTICE], 0x89211e);
    make_table_formats(x);
}

/* A footer's "&" begins a code of Excel's. */
static const char *
footer_text(struct xlsx *x, const char *text)
{
    struct buf b;
    const char *out;

    buf_init(&b, 0);
    for (; *text != '\0'; text++)
        buf_text(&b, *text == '&' ? "&&"
                     : (char[]){ *text, '\0' });
    out = first_characters(x, buf_string(&b), 120);
    buf_clear(&b);
    return out;
}

void
xlsx_dress(struct xlsx *x, lxw_worksheet *sheet, int head)
{
    const struct document *doc = x->doc;
    const char *notice = doc->internal_notice != NULL ? doc->internal_notice
        : doc->protected_notice != NULL ? doc->protected_notice
        : doc->meta.round_title;

    worksheet_set_paper(sheet, 9);      /* A4 */
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    if (head > 0) {
        worksheet_freeze_panes(sheet, (lxw_row_t)head, 0);
        worksheet_repeat_rows(sheet, (lxw_row_t)head - 1,
                              (lxw_row_t)head - 1);
    }
    worksheet_set_footer(sheet,
                         arena_printf(&x->arena, "&L&8%s&R&8&A  &P / &N",
                                      footer_text(x, notice)));
}

/* ---- */

static lxw_worksheet *
new_sheet(struct xlsx *x, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(x->book, name);

    if (sheet == NULL)
        mem_out();
    return sheet;
}

static void
set_properties(struct xlsx *x)
{
    const struct document *doc = x->doc;
    lxw_doc_properties p = {
        .title = arena_text(&x->arena, doc->title != NULL ? doc->title : ""),
        .subject = arena_text(&x->arena, doc->subtitle != NULL
                                         ? doc->subtitle : ""),
        .author = arena_text(&x->arena, doc->owner != NULL ? doc->owner
                                                           : ""),
        .comments = arena_text(&x->arena, about_notices(doc, &x->arena)),
        .company = arena_text(&x->arena, doc->owner != NULL ? doc->owner
                                                            : ""),
        .keywords = arena_text(&x->arena, about_facts(doc, &x->arena)),
        .created = 315532800    /* 1980: there is no clock here, and 0
                                 * would be now */
    };

    workbook_set_properties(x->book, &p);
}

static void
fill(struct xlsx *x)
{
    lxw_worksheet *contents;

    x->contents = xlsx_name(x, say(x, "report.contents"));
    contents = new_sheet(x, x->contents);
    for (struct xlsx_sheet *s = x->first; s != NULL; s = s->next) {
        struct xlsx_place place;
        lxw_worksheet *sheet;

        s->name = xlsx_name(x, wish_of(x, s->table));
        sheet = new_sheet(x, s->name);
        place = xlsx_table(x, s, sheet);
        if (s->chart != NULL)
            xlsx_chart(x, s, sheet, &place);
        if (place.end <= ONE_PAGE)
            worksheet_fit_to_pages(sheet, 1, 1);
    }
    xlsx_contents(x, contents);
    xlsx_codebook(x);
    xlsx_about(x);
    worksheet_activate(contents);
}

WRITER(write_xlsx)
{
    struct xlsx x = { .doc = doc };
    bool ok;

    (void)brand;
    arena_init(&x.arena);
    x.book = xlsx_new();
    make_formats(&x);
    set_properties(&x);
    find_sheets(&x);
    fill(&x);
    ok = xlsx_close(x.book, out, e);
    arena_clear(&x.arena);
    return ok;
}
