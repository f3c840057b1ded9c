/* write_text.c - for a terminal, and for tests.
 *
 * `text` is what a person reads: headings, sentences, and tables with
 * aligned columns. `tree` is the same with the name of every node before
 * it and every chart's model: what golden files compare. Both are one walk
 * over the tree with a table of what to do with each kind of node. */
#include "base/utf8.h"
#include "report/format.h"
#include "write/writing.h"
#include "report/phrase.h"

enum { LABEL_MIN = 12, GAP = 2 };

struct text {
    const struct document *doc;
    struct buf *out;
    struct arena arena;         /* one table's texts */
    bool tree;
    int depth;
};

static void
put_blanks(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_byte(out, ' ');
}

static size_t
width_of(const char *s)
{
    size_t len = 0;

    while (s[len] != '\0')
        len++;
    return utf8_count(s, len);
}

/* TEXT at the left or right of WIDTH columns. */
static void
put_padded(struct buf *out, const char *text, size_t width, bool right)
{
    size_t have = width_of(text);

    if (right && have < width)
        put_blanks(out, width - have);
    buf_text(out, text);
    if (!right && have < width)
        put_blanks(out, width - have);
}

/* ---- tables as a grid of texts ---- */

struct grid {
    int rows, columns;          /* with head and labels */
    const char **text;
    size_t *width;
};

static void
grid_put(struct grid *g, int row, int column, const char *text)
{
    size_t width = width_of(text);

    g->text[row * g->columns + column] = text;
    if (g->width[column] < width)
        g->width[column] = width;
}

static const char *
cell_text(struct text *x, const struct doc_cell *c)
{
    const char *n;

    if (c->hidden)
        return ":";
    n = format_int(&x->arena, x->doc->lang, c->n);
    if (c->of == OF_NONE || c->of == OF_HIDDEN)
        return n;
    return arena_printf(&x->arena, "%s (%s)", n,
                        format_share(&x->arena, x->doc->lang, c->n, c->of));
}

/* The columns behind the cells: the sum of the row (of a figure what its
 * share is of), or its own base and who is outside it. */
static int
extra_columns(const struct doc_table *t)
{
    if (t->plain)
        return 0;
    if (t->base_count > 1)
        return t->shape == SHAPE_FIGURES ? 1 : 4;
    return t->shape == SHAPE_TWO_WAY ? 1 : 0;
}

/* The only column behind the cells of ROW, or its head (-1). */
static const char *
extra_text(struct text *x, const struct doc_table *t, int row)
{
    bool figures = t->shape == SHAPE_FIGURES;
    struct doc_cell sum;

    if (row < 0)
        return msg_text(x->doc->lang, figures ? "report.note_base"
                                              : "report.total");
    if (!figures) {
        sum = doc_row_sum(t, row);
        return cell_text(x, &sum);
    }
    if (t->cell[row].of < 0 || t->cell[row].hidden)
        return "";
    return format_int(&x->arena, x->doc->lang, t->cell[row].of);
}

static void
grid_extra(struct text *x, struct grid *g, const struct doc_table *t, int row)
{
    static const char *const head[] = {
        "report.note_base", "report.data_unanswered", "report.data_unknown",
        "report.data_not_asked"
    };
    int extra = extra_columns(t), from = g->columns - extra;

    if (extra == 1)
        grid_put(g, row + 1, from, extra_text(x, t, row));
    for (int i = 0; extra == 4 && i < 4; i++) {
        const struct outside *out = &t->outside[row < 0 ? 0 : row];
        const int64_t n[] = { t->base[row < 0 ? 0 : row], out->unanswered,
                              out->unknown, out->not_asked };

        grid_put(g, row + 1, from + i, row < 0
                 ? msg_text(x->doc->lang, head[i])
                 : n[i] == NUMBER_HIDDEN ? ":"
                 : format_int(&x->arena, x->doc->lang, n[i]));
    }
}

static void
grid_fill(struct text *x, struct grid *g, const struct doc_table *t)
{
    grid_put(g, 0, 0, t->rows.label);
    for (int c = 0; c < t->columns.count; c++)
        grid_put(g, 0, c + 1, t->columns.key[c].label);
    if (t->rows.count > 0)
        grid_extra(x, g, t, -1);
    for (int r = 0; r < t->rows.count; r++) {
        grid_put(g, r + 1, 0, t->rows.key[r].label);
        for (int c = 0; c < t->columns.count; c++)
            grid_put(g, r + 1, c + 1, cell_text(x, doc_cell_at(t, r, c)));
        grid_extra(x, g, t, r);
    }
}

static void
grid_total(struct text *x, struct grid *g, const struct doc_table *t)
{
    int row = t->rows.count + 1, last = g->columns - 1;
    struct doc_cell all = doc_sum(t);

    grid_put(g, row, 0, msg_text(x->doc->lang, "report.total"));
    for (int c = 0; c < t->columns.count; c++) {
        struct doc_cell sum = doc_column_sum(t, c);

        grid_put(g, row, c + 1, cell_text(x, &sum));
    }
    if (extra_columns(t) == 1)
        grid_put(g, row, last, cell_text(x, &all));
}

static void
grid_write(const struct grid *g, struct buf *out)
{
    for (int r = 0; r < g->rows; r++) {
        size_t first = g->width[0] < LABEL_MIN ? LABEL_MIN : g->width[0];

        put_padded(out, g->text[r * g->columns], first, false);
        for (int c = 1; c < g->columns; c++)
            if (g->text[r * g->columns + c] != NULL)
                put_padded(out, g->text[r * g->columns + c],
                           g->width[c] + GAP, true);
            else
                put_blanks(out, g->width[c] + GAP);
        while (out->len > 0 && out->data[out->len - 1] == ' ')
            out->data[--out->len] = '\0';
        buf_byte(out, '\n');
    }
}

static void
put_grid(struct text *x, const struct doc_table *t)
{
    int rows = t->rows.count + 1 + (t->totals && t->rows.count > 0);
    int columns = t->columns.count + 1 + extra_columns(t);
    struct grid g = { rows, columns, NULL, NULL };

    arena_init(&x->arena);
    g.text = arena_array(&x->arena, (size_t)rows * (size_t)columns,
                         sizeof *g.text);
    g.width = arena_array(&x->arena, (size_t)columns, sizeof *g.width);
    for (int r = 0; r < rows; r++)
        g.text[r * columns] = "";
    grid_fill(x, &g, t);
    if (rows > t->rows.count + 1)
        grid_total(x, &g, t);
    grid_write(&g, x->out);
    arena_clear(&x->arena);
}

/* ---- nodes ---- */

static void
line(struct text *x, const char *name, const char *text)
{
    if (x->tree) {
        put_blanks(x->out, (size_t)x->depth * 2);
        buf_printf(x->out, "%s:%s", name, *text != '\0' ? " " : "");
    }
    buf_printf(x->out, "%s\n", text);
}

static void
put_table(struct text *x, const struct node *n)
{
    const struct doc_table *t = n->table;

    if (x->tree) {
        line(x, "id", t->id != NULL ? t->id : "");
        line(x, "where", t->where);
        line(x, "caption", t->caption);
    }
    put_grid(x, t);
    if (!x->tree)
        buf_printf(x->out, "%s\n", t->caption);
}

static void
put_chart(struct text *x, const struct node *n)
{
    static const char *const kind[] = {
        [CHART_NONE] = "none", [CHART_BAR] = "bar", [CHART_BARS] = "bars",
        [CHART_MOSAIC] = "mosaic", [CHART_COLUMNS] = "columns",
        [CHART_LIST] = "list",
    };
    const struct chart_model *c = n->chart;

    if (!x->tree)
        return;
    line(x, "kind", kind[c->kind]);
    line(x, "caption", c->caption);
    for (int i = 0; i < c->category_count; i++) {
        line(x, "category", c->category[i].label);
        line(x, "desc", c->row_desc[i]);
    }
}

static void
put_definitions(struct text *x, const struct node *n)
{
    for (int i = 0; i < n->count; i++) {
        const struct doc_definition *d = &n->definition[i];

        buf_printf(x->out, "%s%s%s: %s\n", x->doc->grades[d->grade].label,
                   d->share != NULL ? " " : "",
                   d->share != NULL ? d->share : "", d->text);
    }
}

static void
put_facts(struct text *x, const struct node *n)
{
    for (int i = 0; i < n->count; i++)
        buf_printf(x->out, "%s: %s\n", n->fact[i].label, n->fact[i].value);
}

static void
put_words(struct text *x, const struct node *n)
{
    const char *text = n->text != NULL ? n->text : n->title;

    if (n->kind == NODE_NOTE && !x->tree)
        buf_printf(x->out, "%s: ", n->title);
    if (n->kind == NODE_SECTION && !x->tree)
        buf_byte(x->out, '\n');
    if (n->kind == NODE_SECTION || n->kind == NODE_BLOCK)
        buf_byte(x->out, '\n');
    if (text != NULL)
        line(x, n->kind == NODE_NOTE ? n->title : tree_kind_name(n->kind),
             text);
}

static void
put_item(struct text *x, const struct node *n)
{
    if (!x->tree && n->parent->number != 0) {
        const struct node *c = n->parent->child;
        int number = 1;

        for (; c != n; c = c->next)
            number++;
        buf_printf(x->out, "%d. %s\n", number, n->text);
    } else if (!x->tree) {
        buf_printf(x->out, "- %s\n", n->text);
    } else {
        put_words(x, n);
    }
}

static void
put_callout(struct text *x, const struct node *n)
{
    if (!x->tree)
        buf_text(x->out, "> ");
    put_words(x, n);
}

static void
put_list(struct text *x, const struct node *n)
{
    if (x->tree)
        line(x, tree_kind_name(n->kind), n->number != 0 ? "numbered" : "");
}

/* "11 % | Planer | ... | ...", a line each. */
static void
put_cards(struct text *x, const struct node *n)
{
    for (int i = 0; i < n->count; i++) {
        const struct doc_card *c = &n->card[i];
        const char *part[] = { c->number, c->title, c->text, c->action };
        bool some = false;

        if (x->tree) {
            put_blanks(x->out, (size_t)x->depth * 2);
            buf_text(x->out, "card: ");
        }
        for (int k = 0; k < 4; k++) {
            if (part[k] == NULL || *part[k] == '\0')
                continue;
            buf_printf(x->out, "%s%s", some ? " | " : "", part[k]);
            some = true;
        }
        buf_byte(x->out, '\n');
    }
}

static void
put_head(struct text *x)
{
    const struct document *doc = x->doc;
    const char *const lines[] = {
        doc->owner, doc->single ? NULL : doc->title, doc->subtitle,
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (lines[i] != NULL && *lines[i] != '\0')
            buf_printf(x->out, "%s\n", lines[i]);
    for (int i = 0; i < doc->fact_count; i++)
        buf_printf(x->out, "%s: %s\n", doc->facts[i].label,
                   doc->facts[i].value);
    /* A person reads who it is about in the first sentence. */
    if (doc->meta.where[0] != '\0' && (x->tree || doc->single))
        buf_printf(x->out, "%s\n", doc->meta.where);
}

static void
write_nodes(const struct document *doc, struct buf *out, bool tree)
{
    static void (*const put[NODE_KIND_COUNT])(struct text *,
                                              const struct node *) = {
        [NODE_SECTION] = put_words, [NODE_BLOCK] = put_words,
        [NODE_FINDING] = put_words, [NODE_PARAGRAPH] = put_words,
        [NODE_NOTE] = put_words, [NODE_FIGURES] = put_table,
        [NODE_TABLE] = put_table, [NODE_CHART] = put_chart,
        [NODE_DEFINITIONS] = put_definitions, [NODE_FACTS] = put_facts,
        [NODE_LIST] = put_list, [NODE_ITEM] = put_item,
        [NODE_CALLOUT] = put_callout, [NODE_CARDS] = put_cards,
    };
    struct text x = { .doc = doc, .out = out, .tree = tree };
    struct tree_walk w = tree_begin(doc);

    put_head(&x);
    while (tree_step(&w)) {
        if (!w.entering) {
            x.depth--;
            continue;
        }
        if (put[w.node->kind] != NULL)
            put[w.node->kind](&x, w.node);
        x.depth += tree_holds(w.node->kind);
    }
}

WRITER(write_text)
{
    (void)brand;
    (void)e;
    write_nodes(doc, out, false);
    return true;
}

WRITER(write_tree)
{
    (void)brand;
    (void)e;
    write_nodes(doc, out, true);
    return true;
}
