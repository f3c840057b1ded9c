/* bundle.c - see bundle.h.
 *
 * Drawings are SVG and no PNG: all of them take a tenth of a second as the
 * one and seven seconds as the other, a confined server can't load what
 * makes PNG, and what takes a drawing takes SVG. */
#include "write/bundle.h"
#include <assert.h>
#include <string.h>

static const char charts[] = "svg";

const char *const *
bundle_formats(enum doc_kind kind)
{
    static const char *const formats[][BUNDLE_FORMATS_MAX] = {
        [DOC_TABLES] = { "html", "pdf", "docx", "xlsx", "csv", "json",
                         "jsonstat", charts, NULL },
        [DOC_REPORT] = { "docx", "pdf", "html", NULL },
        [DOC_SLIDES] = { "pptx", "pdf", NULL },
        [DOC_MEDIA] = { "docx", "pdf", "html", NULL }
    };

    return formats[kind];
}

bool
bundle_has(enum doc_kind kind, const char *format)
{
    const char *const *list = bundle_formats(kind);

    while (*list != NULL && strcmp(*list, format) != 0)
        list++;
    return *list != NULL;
}

int
bundle_count(enum doc_kind kind)
{
    const char *const *list = bundle_formats(kind);
    int n = 0;

    while (list[n] != NULL)
        n++;
    return n;
}

/* ---- one chart ---- */

static void
copy_leaf(struct arena *arena, struct node *to, const struct node *from)
{
    struct node *n = tree_add(arena, to, from->kind);

    n->title = from->title;
    n->text = from->text;
    n->chart = from->chart;
}

/* The chart of the block that it stands in, and what is noted there. */
static const struct document *
alone(const struct document *doc, const struct node *chart,
      struct arena *arena)
{
    struct document *one = arena_take(arena, sizeof *one);
    struct node *root = arena_take(arena, sizeof *root);

    *one = *doc;
    *root = (struct node){ .kind = NODE_ROOT };
    one->root = root;
    one->single = true;
    copy_leaf(arena, root, chart);
    if (chart->parent->kind == NODE_BLOCK)
        for (const struct node *n = chart->parent->child; n != NULL;
             n = n->next)
            if (n->kind == NODE_NOTE)
                copy_leaf(arena, root, n);
    return one;
}

static const char *
table_of(const struct node *chart)
{
    const char *id = chart->chart->table->id;

    return id != NULL ? id : "";
}

const struct document *
bundle_chart(const struct document *doc, const char *table,
             struct arena *arena)
{
    const struct node *n = tree_next(doc, NULL, NODE_CHART);

    for (; n != NULL; n = tree_next(doc, n, NODE_CHART))
        if (strcmp(table_of(n), table) == 0)
            return alone(doc, n, arena);
    return NULL;
}

/* ---- files ---- */

static bool
write_file(struct bundle *b, const struct writer *w,
           const struct document *doc, const char *name, struct err *e)
{
    struct buf out;
    bool ok;

    buf_init(&out, 0);
    ok = writer_write(w, doc, b->brand, &out, e)
         && b->take(b->ctx, name, &out, e);
    buf_clear(&out);
    return ok;
}

/* Which chart of its table CHART is: 1 of the first. */
static int
which_of(const struct document *doc, const struct node *chart)
{
    const struct node *n = tree_next(doc, NULL, NODE_CHART);
    int which = 1;

    for (; n != chart; n = tree_next(doc, n, NODE_CHART))
        which += strcmp(table_of(n), table_of(chart)) == 0;
    return which;
}

bool
bundle_charts(struct bundle *b, const char *id, const struct document *doc,
              struct err *e)
{
    const struct writer *w = writer_find(charts, WRITES_CHART);
    const struct node *n = tree_next(doc, NULL, NODE_CHART);

    for (; n != NULL; n = tree_next(doc, n, NODE_CHART)) {
        int which = which_of(doc, n);
        const char *again = which == 1 ? ""
            : arena_printf(b->arena, "-%d", which);
        const char *name = arena_printf(b->arena, "charts/%s-%s%s%s", id,
                                        table_of(n), again, w->suffix);

        if (!write_file(b, w, alone(doc, n, b->arena), name, e))
            return false;
    }
    return true;
}

/* A text of the group's own may be called as a report is. */
static const char *
free_id(struct bundle *b, const char *id)
{
    for (int i = 0; i < b->count; i++)
        if (strcmp(b->id[i], id) == 0)
            return free_id(b, arena_printf(b->arena, "%s-text", id));
    assert(b->count < BUNDLE_DOCUMENTS_MAX);
    return b->id[b->count++] = id;
}

bool
bundle_add(struct bundle *b, const char *id, const struct document *doc,
           struct err *e)
{
    const char *const *format = bundle_formats(doc->kind);

    id = free_id(b, id);
    for (; *format != NULL; format++) {
        const struct writer *w = writer_find(*format, WRITES_REPORT);
        const char *dataset = strcmp(*format, "jsonstat") == 0 ? ".stat"
                                                               : "";

        if (w == NULL ? !bundle_charts(b, id, doc, e)
            : !write_file(b, w, doc,
                          arena_printf(b->arena, "%s%s%s", id, dataset,
                                       w->suffix), e))
            return false;
    }
    return true;
}
