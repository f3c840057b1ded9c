/* write_docx.c - a document as a text that is edited in Word.
 *
 * Headings, captions, the table of contents and page numbers are Word's own,
 * charts can be changed with their numbers, and each table has its head on
 * every page. The body is one walk over the tree with a table of what to
 * write for each kind of node; the rest stands in docx_*.c. Notes of the
 * margin stand below what they are about, in small type: side frames are
 * laid out differently by every program that opens the file.
 *
 * With a municipality's own template the look is the template's, and only
 * what it has no style for is ours. Nothing depends on the clock or on
 * chance: there are no dates, and no revision ids. */
#include <string.h>
#include "write/docx.h"
#include "write/writing.h"

enum {
    WIDTH = 9752,               /* of the text in our own look: A4 less
                                 * margins of 20 and 18 mm */
    SHORT = 200                 /* bytes: not more than two lines */
};

#define NAMESPACES \
    "xmlns:w=\"" DOCX_NS_W "\" xmlns:r=\"" OPC_NS_R "\"" \
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/" \
    "wordprocessingDrawing\"" \
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/" \
    "wordprocessingShape\"" \
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/" \
    "2006\""

static const struct docx_run plain = { 0 };

/* ---- nodes ---- */

static void
put_section(struct docx *x, const struct node *n)
{
    int level;
    const char *text = docx_heading_of(x, n, &level);

    if (text != NULL)
        docx_heading(x, level, n->number, text);
}

/* In a report of tables the heading may be the title already; then captions
 * need not say it. */
static void
put_block(struct docx *x, const struct node *n)
{
    int level;
    const char *text = docx_heading_of(x, n, &level);

    x->titled = x->doc->kind != DOC_TABLES || text != n->title;
    if (text != NULL)
        docx_heading(x, level, 0, text);
}

static void
leave_block(struct docx *x, const struct node *n)
{
    (void)n;
    x->titled = true;
}

/* A line or two before a chart or table stay on its page; what a
 * recommendation is made from ends on its. */
static bool
leads_to_next(const struct node *n)
{
    enum node_kind next = n->next != NULL ? n->next->kind : NODE_ROOT;

    if (next == NODE_CALLOUT)
        return true;
    return (next == NODE_CHART || next == NODE_TABLE || next == NODE_FIGURES)
        && strlen(n->text) < SHORT;
}

static void
put_paragraph(struct docx *x, const struct node *n)
{
    const struct node *in = n->parent;
    bool lead = in->kind == NODE_SECTION && in->parent->kind == NODE_ROOT
        && (n == in->child || x->doc->kind == DOC_TABLES)
        && x->doc->kind != DOC_MEDIA;

    docx_open(x, lead ? LOOK_LEAD : LOOK_BODY,
              leads_to_next(n) ? "<w:keepNext/>" : "");
    docx_runs(x, n, plain);
    docx_close(x);
}

/* What belongs to a chart stays on its page: notes, and what its grades
 * mean. */
static bool
goes_on(const struct node *n)
{
    return n->next != NULL && (n->next->kind == NODE_NOTE
                               || n->next->kind == NODE_DEFINITIONS);
}

static void
put_note(struct docx *x, const struct node *n)
{
    docx_open(x, LOOK_NOTE, goes_on(n) ? "<w:keepNext/>" : "");
    if (n->title != NULL && *n->title != '\0') {
        docx_text(x, n->title, (struct docx_run){
            .style = RUN_STRONG, .colour = x->ink
        });
        docx_text(x, ". ", (struct docx_run){
            .style = RUN_STRONG, .colour = x->ink
        });
    }
    docx_runs(x, n, plain);
    docx_close(x);
}

static void
put_callout(struct docx *x, const struct node *n)
{
    docx_open(x, LOOK_CALLOUT, "");
    docx_runs(x, n, plain);
    docx_close(x);
}

static void
put_table(struct docx *x, const struct node *n)
{
    const struct node *c = n->parent->child;

    /* Beside its chart it must say what it is of, too. */
    for (; c != NULL && c->kind != NODE_CHART; c = c->next)
        ;
    x->titled = x->titled || c != NULL;
    docx_table(x, n->table);
}

static void
put_chart(struct docx *x, const struct node *n)
{
    docx_chart(x, n->chart, goes_on(n));
}

static void
put_figures(struct docx *x, const struct node *n)
{
    docx_figures(x, n->table);
}

static void
put_facts(struct docx *x, const struct node *n)
{
    docx_facts(x, n->fact, n->count);
}

static void
put_nodes(struct docx *x)
{
    static const struct {
        void (*enter)(struct docx *x, const struct node *n);
        void (*leave)(struct docx *x, const struct node *n);
    } put[NODE_KIND_COUNT] = {
        [NODE_SECTION] = { put_section, NULL },
        [NODE_BLOCK] = { put_block, leave_block },
        [NODE_PARAGRAPH] = { put_paragraph, NULL },
        [NODE_NOTE] = { put_note, NULL },
        [NODE_FIGURES] = { put_figures, NULL },
        [NODE_CHART] = { put_chart, NULL },
        [NODE_TABLE] = { put_table, NULL },
        [NODE_DEFINITIONS] = { docx_definitions, NULL },
        [NODE_FACTS] = { put_facts, NULL },
        [NODE_ITEM] = { docx_list_item, NULL },
        [NODE_CALLOUT] = { put_callout, NULL },
        [NODE_CARDS] = { docx_cards, NULL },
    };
    struct tree_walk w = tree_begin(x->doc);

    while (tree_step(&w)) {
        enum node_kind kind = w.node->kind;

        if (w.entering && put[kind].enter != NULL)
            put[kind].enter(x, w.node);
        else if (!w.entering && put[kind].leave != NULL)
            put[kind].leave(x, w.node);
    }
}

/* ---- the file ---- */

static void
put_body(struct docx *x)
{
    buf_text(x->out, XML_HEAD "<w:document " NAMESPACES "><w:body>");
    docx_front(x);
    put_nodes(x);
    if (x->doc->kind == DOC_MEDIA && !x->doc->single)
        docx_notices(x);
    if (x->after_table)         /* Word wants a paragraph last */
        docx_paragraph(x, LOOK_GAP, "", "", plain);
    docx_section(x);
    buf_text(x->out, "</w:body></w:document>");
}

static bool
put_all(struct docx *x, const struct brand *brand, struct err *e)
{
    x->main = opc_add(&x->opc, "word/document.xml",
                      DOCX_TYPE("document.main"));
    x->out = &x->main->body;
    opc_relate(&x->opc, NULL, OPC_REL("officeDocument"), x->main);
    if (brand != NULL && brand->docx.len > 0
        && !docx_template_open(x, &brand->docx, e))
        return false;
    docx_styles(x);
    docx_numbering(x);
    if (x->template != NULL
        && !docx_template_margins(x, docx_notice(x->doc), e))
        return false;
    put_body(x);
    docx_parts(x);
    opc_properties(&x->opc, x->doc);
    return buf_ok(&x->num, e);
}

WRITER(write_docx)
{
    struct docx x = { .doc = doc, .width = WIDTH, .titled = true };
    bool ok;

    memcpy(x.ink, "1B2430", sizeof x.ink);
    memcpy(x.accent, "0B2A4A", sizeof x.accent);
    arena_init(&x.arena);
    buf_init(&x.num, 0);
    opc_init(&x.opc, &x.arena);
    ok = put_all(&x, brand, e) && opc_write(&x.opc, out, e);
    docx_template_close(x.template);
    opc_clear(&x.opc);
    buf_clear(&x.num);
    arena_clear(&x.arena);
    return ok;
}
