/* test_tree.c - walking a document, and what is asked of its nodes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "report/tree.h"

static struct arena arena;
static struct document *doc;
static struct node *cover, *chapter, *part, *block;

/*     cover(block(finding)) chapter(paragraph part(block(note finding))) */
static int
make_tree(void **state)
{
    struct node *inner;

    (void)state;
    arena_init(&arena);
    doc = tree_new(&arena, LANG_NB);
    cover = tree_add(&arena, doc->root, NODE_SECTION);
    cover->cover = true;
    inner = tree_add(&arena, cover, NODE_BLOCK);
    tree_add(&arena, inner, NODE_FINDING);
    chapter = tree_add(&arena, doc->root, NODE_SECTION);
    tree_add(&arena, chapter, NODE_PARAGRAPH);
    part = tree_add(&arena, chapter, NODE_SECTION);
    block = tree_add(&arena, part, NODE_BLOCK);
    tree_add(&arena, block, NODE_NOTE);
    tree_add(&arena, block, NODE_FINDING);
    tree_add(&arena, block, NODE_FINDING);
    return 0;
}

static int
free_tree(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* "<" a node that holds others, ">" it is left, "." another: by depth. */
static const char *
steps(bool (*step)(struct tree_walk *w))
{
    static char said[64];
    struct tree_walk w = tree_begin(doc);
    size_t n = 0;

    while (step(&w) && n < sizeof said - 1)
        said[n++] = !tree_holds(w.node->kind) ? '.' : w.entering ? '<' : '>';
    said[n] = '\0';
    return said;
}

static void
walks_all(void **state)
{
    (void)state;
    assert_string_equal(steps(tree_step), "<<<.>><.<<...>>>>");
}

static void
walks_past_the_title_page(void **state)
{
    (void)state;
    assert_string_equal(steps(tree_step_body), "<<.<<...>>>>");
    chapter->cover = true;      /* two of them, and nothing else */
    assert_string_equal(steps(tree_step_body), "<>");
    chapter->cover = false;
    cover->cover = false;
    assert_string_equal(steps(tree_step_body), "<<<.>><.<<...>>>>");
    cover->cover = true;
    part->cover = true;         /* wherever it stands */
    assert_string_equal(steps(tree_step_body), "<<.>>");
    part->cover = false;
}

static void
finds_children(void **state)
{
    const struct node *first = block->child->next;

    (void)state;
    assert_int_equal(first->kind, NODE_FINDING);
    assert_ptr_equal(tree_child(block, NODE_FINDING), first);
    assert_ptr_equal(tree_child(block, NODE_NOTE), block->child);
    assert_null(tree_child(block, NODE_CHART));
    /* Of its own only. */
    assert_null(tree_child(chapter, NODE_FINDING));
    assert_null(tree_child(block->child, NODE_NOTE));
}

static void
counts_sections(void **state)
{
    (void)state;
    assert_int_equal(tree_depth(doc->root), 0);
    assert_int_equal(tree_depth(chapter), 0);
    assert_int_equal(tree_depth(part), 1);
    assert_int_equal(tree_depth(block), 2);
    assert_int_equal(tree_depth(block->child), 2);
}

static void
finds_cells_of_a_chart(void **state)
{
    static const struct doc_cell cells[6] = {
        { .n = 1 }, { .n = 2 }, { .n = 3 }, { .n = 4 }, { .n = 5 }, { .n = 6 }
    };
    static const struct { enum chart kind; bool stacked; } kinds[] = {
        { CHART_BAR, true }, { CHART_BARS, true }, { CHART_MOSAIC, true },
        { CHART_COLUMNS, false }, { CHART_LIST, false },
        { CHART_NONE, false },
    };
    struct chart_model c = {
        .cell = cells, .category_count = 2, .series_count = 3
    };

    (void)state;
    assert_int_equal(doc_chart_cell(&c, 0, 2)->n, 3);
    assert_int_equal(doc_chart_cell(&c, 1, 0)->n, 4);
    assert_int_equal(doc_chart_cell(&c, 1, 2)->n, 6);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        c.kind = kinds[i].kind;
        assert_int_equal(doc_chart_stacked(&c), kinds[i].stacked);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_all),
        cmocka_unit_test(walks_past_the_title_page),
        cmocka_unit_test(finds_children),
        cmocka_unit_test(counts_sections),
        cmocka_unit_test(finds_cells_of_a_chart),
    };

    return cmocka_run_group_tests_name("tree", tests, make_tree, free_tree);
}
