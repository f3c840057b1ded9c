/* docx_text.c - paragraphs, runs, fields, headings, captions, lists; see
 * docx.h. */
#include <string.h>
#include "report/format.h"
#include "report/phrase.h"
#include "write/docx.h"

void
docx_open(struct docx *x, enum docx_look look, const char *props)
{
    static const char keep[] = "<w:keepNext/>";

    /* Two tables in a row would become one, and text would stick to one. */
    if (x->after_table && look != LOOK_GAP) {
        docx_open(x, LOOK_GAP, "");
        docx_close(x);
    }
    xml_put(x->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", x->style[look]);
    if (x->new_page && strncmp(props, keep, sizeof keep - 1) == 0) {
        buf_text(x->out, keep);
        props += sizeof keep - 1;
    }
    if (x->new_page)
        buf_text(x->out, "<w:pageBreakBefore/>");
    x->new_page = false;
    buf_text(x->out, props);
    buf_text(x->out, "</w:pPr>");
    x->after_table = false;
}

void
docx_close(struct docx *x)
{
    buf_text(x->out, "</w:p>");
}

/* <w:rPr>: the order is the schema's. A template's default language may be
 * any, so with one each run says what it is in. */
static void
put_look(struct docx *x, const struct docx_run *how)
{
    struct buf *b = x->out;

    buf_text(b, "<w:rPr>");
    if (how->link)
        xml_put(b, "<w:rStyle w:val=\"%s\"/>", x->style[LOOK_LINK]);
    if ((how->style & RUN_STRONG) != 0)
        buf_text(b, "<w:b/><w:bCs/>");
    if ((how->style & RUN_EMPHASIS) != 0)
        buf_text(b, "<w:i/><w:iCs/>");
    if (how->colour != NULL)
        xml_put(b, "<w:color w:val=\"%s\"/>", how->colour);
    if (how->size != 0)
        xml_put(b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", how->size,
                how->size);
    if (how->few)
        buf_text(b, "<w:bdr w:val=\"dashed\" w:sz=\"4\" w:space=\"0\""
                 " w:color=\"A56D13\"/>");
    if (x->template != NULL)
        xml_put(b, "<w:lang w:val=\"%s\"/>", opc_lang(x->doc->lang));
    buf_text(b, "</w:rPr>");
}

void
docx_text(struct docx *x, const char *text, struct docx_run how)
{
    if (*text == '\0')
        return;
    buf_text(x->out, "<w:r>");
    put_look(x, &how);
    xml_put(x->out, "<w:t xml:space=\"preserve\">%s</w:t></w:r>", text);
}

void
docx_paragraph(struct docx *x, enum docx_look look, const char *props,
               const char *text, struct docx_run how)
{
    docx_open(x, look, props);
    docx_text(x, text, how);
    docx_close(x);
}

void
docx_runs(struct docx *x, const struct node *n, struct docx_run how)
{
    if (n->run == NULL)
        docx_text(x, n->text, how);
    for (int i = 0; n->run != NULL && i < n->run_count; i++) {
        const struct doc_run *r = &n->run[i];
        struct docx_run look = how;

        look.style |= r->style;
        look.link = r->href != NULL;
        if (r->href != NULL)
            xml_put(x->out, "<w:hyperlink r:id=\"%s\" w:history=\"1\">",
                    opc_link(&x->opc, x->main, OPC_REL("hyperlink"),
                             r->href));
        docx_text(x, r->text, look);
        if (r->href != NULL)
            buf_text(x->out, "</w:hyperlink>");
    }
}

/* Looks like what the field shows: some programs take the look of all from
 * its first piece. */
static void
field_char(struct docx *x, const char *type, const struct docx_run *how)
{
    buf_text(x->out, "<w:r>");
    put_look(x, how);
    xml_put(x->out, "<w:fldChar w:fldCharType=\"%s\"/></w:r>", type);
}

void
docx_field(struct docx *x, const char *code, const char *shown,
           struct docx_run how)
{
    field_char(x, "begin", &how);
    buf_text(x->out, "<w:r>");
    put_look(x, &how);
    xml_put(x->out, "<w:instrText xml:space=\"preserve\"> %s "
            "</w:instrText></w:r>", code);
    field_char(x, "separate", &how);
    docx_text(x, shown, how);
    field_char(x, "end", &how);
}

void
docx_break(struct docx *x)
{
    buf_text(x->out, "<w:r><w:br/></w:r>");
}

void
docx_tab(struct docx *x)
{
    buf_text(x->out, "<w:r><w:tab/></w:r>");
}

void
docx_mark(struct docx *x, int grade)
{
    static const struct { const char *mark, *text; } marks[] = {
        { "circle", "\xe2\x97\x8f" }, { "triangle", "\xe2\x96\xb2" },
        { "square", "\xe2\x96\xa0" }, { "diamond", "\xe2\x97\x86" },
    };
    const struct doc_grade *g;
    struct look look;

    if (grade == GRADE_NO)
        return;
    g = &x->doc->grades[grade];
    look = look_of_grade(x->doc, grade);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strcmp(g->mark, marks[i].mark) == 0)
            docx_text(x, arena_printf(&x->arena, "%s" FORMAT_NBSP,
                                      marks[i].text),
                      (struct docx_run){ .colour = arena_text(&x->arena,
                                                              look.edge) });
}

/* ---- headings, captions ---- */

void
docx_heading(struct docx *x, int level, int number, const char *text)
{
    enum docx_look look;
    bool counts;

    level = level > DOCX_HEADINGS ? DOCX_HEADINGS : level;
    look = (enum docx_look)(LOOK_HEADING_1 + level - 1);
    counts = x->numbered[look];
    /* A template's heading that counts does so only where we have a
     * number. */
    docx_open(x, look, counts && number == 0
              ? "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/>"
                "</w:numPr>"
              : x->new_page && x->template == NULL
              ? "<w:spacing w:before=\"0\"/>" : "");
    x->bookmarks++;
    xml_put(x->out, "<w:bookmarkStart w:id=\"%d\" w:name=\"%s\"/>",
            x->bookmarks, arena_printf(&x->arena, "_Toc%08d", x->bookmarks));
    if (number > 0 && !counts)
        docx_text(x, arena_printf(&x->arena, "%d" FORMAT_NBSP, number),
                  (struct docx_run){ 0 });
    docx_text(x, text, (struct docx_run){ 0 });
    xml_put(x->out, "<w:bookmarkEnd w:id=\"%d\"/>", x->bookmarks);
    docx_close(x);
}

/* "Tabell 3." with the number as a field, which counts on from LAST. */
static void
put_counted(struct docx *x, const char *key, int number, int *last)
{
    static const struct docx_run strong = { .style = RUN_STRONG };
    const char *shown = format_int(&x->arena, x->doc->lang, number);
    const char *whole = DOCX_SAY(x, key, shown, NULL);
    const char *at = strstr(whole, shown);
    size_t before = (size_t)(at - whole);
    const char *word = arena_text_n(&x->arena, whole,
                                    strcspn(whole, " " "\xc2"));

    docx_text(x, arena_text_n(&x->arena, whole, before), strong);
    docx_field(x, number == *last + 1
               ? arena_printf(&x->arena, "SEQ %s \\* ARABIC", word)
               : arena_printf(&x->arena, "SEQ %s \\* ARABIC \\r %d", word,
                              number), shown, strong);
    docx_text(x, at + strlen(shown), strong);
    *last = number;
}

void
docx_caption(struct docx *x, const char *key, int number, const char *title,
             const char *caption)
{
    static const struct docx_run plain = { 0 };
    bool figure = strcmp(key, "report.figure_n") == 0;
    bool counted = number > 0 && !x->doc->single;

    docx_open(x, LOOK_CAPTION, "<w:keepNext/>");
    if (counted)
        put_counted(x, key, number, figure ? &x->figures_counted
                                           : &x->tables_counted);
    if (x->titled || *caption == '\0')
        docx_text(x, arena_printf(&x->arena, "%s%s.", counted ? " " : "",
                                  title), plain);
    if (*caption != '\0')
        docx_text(x, arena_printf(&x->arena, "%s%s", counted || x->titled
                                  ? " " : "", caption), plain);
    docx_close(x);
}

/* ---- lists ---- */

/* A list as it was met first, and its instance of a numbering. */
struct docx_listing {
    const struct node *list;
    int num;
    struct docx_listing *next;
};

static int
new_instance(struct docx *x, bool counts)
{
    x->nums++;
    xml_put(&x->num, "<w:num xmlns:w=\"" DOCX_NS_W "\" w:numId=\"%d\">"
            "<w:abstractNumId w:val=\"%d\"/>", x->nums,
            x->abstract + counts);
    for (int i = 0; counts && i < 9; i++)
        xml_put(&x->num, "<w:lvlOverride w:ilvl=\"%d\"><w:startOverride"
                " w:val=\"1\"/></w:lvlOverride>", i);
    buf_text(&x->num, "</w:num>");
    return x->nums;
}

/* Each list that counts begins at 1, so it has an instance of its own; all
 * others share one. */
static int
instance_of(struct docx *x, const struct node *list)
{
    struct docx_listing *l = x->listing;
    bool counts = list->number > 0;

    while (l != NULL && l->list != (counts ? list : NULL))
        l = l->next;
    if (l != NULL)
        return l->num;
    l = arena_take(&x->arena, sizeof *l);
    l->list = counts ? list : NULL;
    l->num = new_instance(x, counts);
    l->next = x->listing;
    x->listing = l;
    return l->num;
}

void
docx_list_item(struct docx *x, const struct node *item)
{
    const struct node *list = item->parent;
    bool counts = list->number > 0;
    enum docx_look look = counts ? LOOK_NUMBER : LOOK_BULLET;
    int level = 0;

    for (const struct node *n = list->parent; n != NULL && level < 8;
         n = n->parent)
        level += n->kind == NODE_LIST;
    docx_open(x, look, !counts && level == 0 && x->numbered[look] ? ""
              : arena_printf(&x->arena, "<w:numPr><w:ilvl w:val=\"%d\"/>"
                             "<w:numId w:val=\"%d\"/></w:numPr>", level,
                             instance_of(x, list)));
    docx_runs(x, item, (struct docx_run){ 0 });
    docx_close(x);
}
