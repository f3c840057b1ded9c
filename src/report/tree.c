/* tree.c - see tree.h. */
#include "report/tree.h"
#include <assert.h>

static const struct {
    const char *name;
    bool holds;
} kinds[NODE_KIND_COUNT] = {
    [NODE_ROOT] = { "document", true },
    [NODE_SECTION] = { "section", true },
    [NODE_BLOCK] = { "block", true },
    [NODE_FINDING] = { "finding", false },
    [NODE_PARAGRAPH] = { "paragraph", false },
    [NODE_NOTE] = { "note", false },
    [NODE_FIGURES] = { "figures", false },
    [NODE_CHART] = { "chart", false },
    [NODE_TABLE] = { "table", false },
    [NODE_DEFINITIONS] = { "definitions", false },
    [NODE_FACTS] = { "facts", false },
    [NODE_LIST] = { "list", true },
    [NODE_ITEM] = { "item", false },
    [NODE_CALLOUT] = { "callout", false },
    [NODE_CARDS] = { "cards", false },
};

bool
tree_holds(enum node_kind kind)
{
    return kinds[kind].holds;
}

const char *
tree_kind_name(enum node_kind kind)
{
    return kinds[kind].name;
}

struct document *
tree_new(struct arena *arena, enum lang lang)
{
    struct document *doc = arena_take(arena, sizeof *doc);

    doc->lang = lang;
    doc->root = arena_take(arena, sizeof *doc->root);
    doc->root->kind = NODE_ROOT;
    doc->meta.recipients = -1;
    return doc;
}

struct node *
tree_add(struct arena *arena, struct node *parent, enum node_kind kind)
{
    struct node *n = arena_take(arena, sizeof *n);

    assert(tree_holds(parent->kind) && kind != NODE_ROOT);
    n->kind = kind;
    n->parent = parent;
    if (parent->last != NULL)
        parent->last->next = n;
    else
        parent->child = n;
    parent->last = n;
    return n;
}

struct tree_walk
tree_begin(const struct document *doc)
{
    return (struct tree_walk){ .at = doc->root, .down = true };
}

/* AT and DOWN are the step to come: into AT, or out of it. */
bool
tree_step(struct tree_walk *w)
{
    const struct node *n = w->at;

    if (n == NULL)
        return false;
    w->node = n;
    w->entering = w->down;
    if (w->down && tree_holds(n->kind)) {
        w->down = n->child != NULL;
        w->at = n->child != NULL ? n->child : n;
    } else {
        w->down = n->next != NULL;
        w->at = n->next != NULL ? n->next : n->parent;
    }
    return true;
}

bool
tree_step_body(struct tree_walk *w)
{
    const struct node *cover;

    if (!tree_step(w))
        return false;
    if (w->node->kind != NODE_SECTION || !w->node->cover)
        return true;
    for (cover = w->node; w->entering || w->node != cover;)
        if (!tree_step(w))
            return false;
    return tree_step_body(w);
}

const struct node *
tree_child(const struct node *n, enum node_kind kind)
{
    for (const struct node *c = n->child; c != NULL; c = c->next)
        if (c->kind == kind)
            return c;
    return NULL;
}

int
tree_depth(const struct node *n)
{
    int depth = 0;

    for (n = n->parent; n != NULL; n = n->parent)
        depth += n->kind == NODE_SECTION;
    return depth;
}

const struct node *
tree_next(const struct document *doc, const struct node *node,
          enum node_kind kind)
{
    struct tree_walk w = tree_begin(doc);
    bool past = node == NULL;

    while (tree_step(&w)) {
        if (past && w.entering && w.node->kind == kind)
            return w.node;
        past |= w.node == node;
    }
    return NULL;
}

struct doc_cell *
doc_cell_at(const struct doc_table *t, int row, int column)
{
    assert(row >= 0 && row < t->rows.count);
    assert(column >= 0 && column < t->columns.count);
    return &t->cell[row * t->columns.count + column];
}

static void
add_cell(struct doc_cell *sum, const struct doc_cell *c)
{
    sum->n += c->n;
    sum->hidden |= c->hidden;
}

struct doc_cell
doc_row_sum(const struct doc_table *t, int row)
{
    struct doc_cell sum = { .of = OF_NONE };

    if (t->row_sum != NULL)
        return t->row_sum[row];
    for (int i = 0; i < t->columns.count; i++)
        add_cell(&sum, doc_cell_at(t, row, i));
    return sum;
}

struct doc_cell
doc_column_sum(const struct doc_table *t, int column)
{
    struct doc_cell sum = { .of = OF_NONE };

    assert(t->totals || t->plain);
    if (t->column_sum != NULL)
        return t->column_sum[column];
    for (int i = 0; i < t->rows.count; i++)
        add_cell(&sum, doc_cell_at(t, i, column));
    return sum;
}

struct doc_cell
doc_sum(const struct doc_table *t)
{
    struct doc_cell sum = { .of = OF_NONE };

    if (t->all != NULL)
        return *t->all;
    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        add_cell(&sum, &t->cell[i]);
    return sum;
}

bool
doc_has_share(const struct doc_cell *c)
{
    return !c->hidden && c->of >= 0;
}

const struct doc_cell *
doc_chart_cell(const struct chart_model *c, int category, int series)
{
    assert(category >= 0 && category < c->category_count);
    assert(series >= 0 && series < c->series_count);
    return &c->cell[category * c->series_count + series];
}

bool
doc_chart_stacked(const struct chart_model *c)
{
    return c->kind == CHART_BAR || c->kind == CHART_BARS
        || c->kind == CHART_MOSAIC;
}
