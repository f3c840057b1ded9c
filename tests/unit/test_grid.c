/* test_grid.c - tables of every shape as rows and columns of texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "write/grid.h"

static struct arena arena;

static const struct doc_key rows[] = {
    { "a", "Anna", 1 }, { "b", "Berit", GRADE_NO }
};
static const struct doc_key columns[] = {
    { "m", "Mann", GRADE_NO }, { "k", "Kvinne", GRADE_NO }
};

/* Number and share of the first two rows by at most two columns. */
static struct doc_cell cells[4];

static struct doc_table
table(enum shape shape, int column_count, enum share share)
{
    static const struct doc_cell some[4] = {
        { .n = 30, .of = 40 }, { .n = 2, .of = 40 },
        { .n = 0, .of = 50 }, { .n = 1200, .of = 5000 }
    };
    struct doc_table t = {
        .shape = shape, .share = share, .cell = cells,
        .rows = { NULL, "Navn", rows, 2 },
        .columns = { NULL, column_count > 1 ? "Kj\xc3\xb8nn" : "", columns,
                     column_count },
    };

    memcpy(cells, some, sizeof cells);
    return t;
}

static const char *
line_of(const struct grid *g, int row)
{
    const char *out = "";

    for (int c = 0; c < g->columns; c++) {
        const struct grid_cell *cell = grid_at(g, row, c);

        out = arena_printf(&arena, "%s%s%s%s%s%s%s", out, c > 0 ? "|" : "",
                           cell->grade != GRADE_NO ? "*" : "", cell->text,
                           cell->few ? "!" : cell->zero ? "0" : "",
                           cell->share != NULL ? "/" : "",
                           cell->share != NULL ? cell->share : "");
    }
    return out;
}

static const char *
heads_of(const struct grid *g)
{
    const char *out = g->over != NULL ? g->over : "";

    for (int c = 0; c < g->columns; c++)
        out = arena_printf(&arena, "%s|%d %s", out, (int)g->head[c].kind,
                           g->head[c].text);
    return out;
}

/* LINES: heads, then rows, NULL. */
static void
expect(const struct doc_table *t, bool internal, const char *const *lines)
{
    struct document doc = { .lang = LANG_NB };
    const struct grid *g;
    int row = 0;

    doc.meta.internal = internal;
    g = grid_of(&doc, t, &arena);
    assert_string_equal(heads_of(g), lines[0]);
    for (; lines[row + 1] != NULL; row++) {
        assert_true(row < g->rows);
        assert_string_equal(line_of(g, row), lines[row + 1]);
    }
    assert_int_equal(row, g->rows);
}

#define EXPECT(t, internal, ...) \
    expect(t, internal, (const char *const[]){ __VA_ARGS__, NULL })

static void
puts_one_share_in_a_column(void **state)
{
    struct doc_table t = table(SHAPE_ONE_WAY, 1, SHARE_COLUMNS);

    (void)state;
    cells[1] = (struct doc_cell){ .n = 2, .of = 40 };
    EXPECT(&t, true, "|0 Navn|1 Antall|2 Andel", "*Anna|30|75\u00a0%",
           "Berit|2!|5\u00a0%");
    /* Few are marked in internal documents only; sums have no share. */
    t.totals = true;
    EXPECT(&t, false, "|0 Navn|1 Antall|2 Andel", "*Anna|30|75\u00a0%",
           "Berit|2|5\u00a0%", "I alt|32|");
    t.share = SHARE_NONE;
    EXPECT(&t, false, "|0 Navn|1 Antall", "*Anna|30", "Berit|2",
           "I alt|32");
}

static void
puts_shares_of_two_ways_in_cells(void **state)
{
    struct doc_table t = table(SHAPE_TWO_WAY, 2, SHARE_ROWS);
    const char *heads = "Kj\xc3\xb8nn|0 Navn|1 Mann|1 Kvinne|4 I alt";

    (void)state;
    EXPECT(&t, true, heads, "*Anna|30/75\u00a0%|2!/5\u00a0%|32",
           "Berit|00|1\u00a0200/24\u00a0%|1\u00a0200");
    /* Shares of rows: the sums' are of all; those of columns have none. */
    t.totals = true;
    EXPECT(&t, false, heads, "*Anna|30/75\u00a0%|2/5\u00a0%|32",
           "Berit|00|1\u00a0200/24\u00a0%|1\u00a0200",
           "I alt|30/2\u00a0%|1\u00a0202/98\u00a0%|1\u00a0232");
    /* Hidden: neither number nor share. */
    cells[0] = (struct doc_cell){ .of = 40, .hidden = true };
    cells[3].of = OF_HIDDEN;
    t.totals = false;
    t.row_sum = (struct doc_cell[]){ { .hidden = true }, { .n = 1200 } };
    EXPECT(&t, true, heads, "*Anna|:|2!/5\u00a0%|:",
           "Berit|00|1\u00a0200|1\u00a0200");
}

static void
says_of_what_a_figure_is_a_share(void **state)
{
    struct doc_table t = table(SHAPE_FIGURES, 1, SHARE_COLUMNS);

    (void)state;
    cells[1] = (struct doc_cell){ .n = 7, .of = OF_HIDDEN };
    EXPECT(&t, true, "|0 Navn|1 Antall|2 Andel|3 av",
           "*Anna|30|75\u00a0%|40", "Berit|7|:|:");
    cells[1] = (struct doc_cell){ .n = 7, .of = OF_NONE };
    EXPECT(&t, true, "|0 Navn|1 Antall|2 Andel|3 av",
           "*Anna|30|75\u00a0%|40", "Berit|7||");
}

static void
says_who_is_outside(void **state)
{
    static const int64_t base[] = { 40, NUMBER_HIDDEN };
    struct outside outside[2] = { 0 };
    struct doc_table t = table(SHAPE_BATTERY, 2, SHARE_ROWS);
    const char *heads = "Kj\xc3\xb8nn|0 Navn|1 Mann|1 Kvinne|5 Grunnlag"
        "|6 Ubesvart|6 Vet ikke|6 Ikke spurt";

    (void)state;
    t.base = base;
    t.base_count = 2;
    t.outside = outside;
    EXPECT(&t, false, "Kj\xc3\xb8nn|0 Navn|1 Mann|1 Kvinne",
           "*Anna|30/75\u00a0%|2/5\u00a0%", "Berit|00|1\u00a0200/24\u00a0%");
    outside[1].unknown = NUMBER_HIDDEN;
    outside[0].not_asked = 5;
    EXPECT(&t, false, heads, "*Anna|30/75\u00a0%|2/5\u00a0%|40|00|00|5",
           "Berit|00|1\u00a0200/24\u00a0%|:|00|:|00");
}

static void
leaves_the_programs_own_alone(void **state)
{
    struct doc_table t = table(SHAPE_TWO_WAY, 2, SHARE_ROWS);

    (void)state;
    t.plain = true;
    t.columns.label = "";
    EXPECT(&t, true, "|0 Navn|1 Mann|1 Kvinne", "*Anna|30|2",
           "Berit|00|1\u00a0200");
}

static void
says_figures_and_how_few(void **state)
{
    struct document doc = { .lang = LANG_NB };
    struct doc_cell c = { .n = 4, .of = 0 };

    (void)state;
    assert_null(grid_share_of(&doc, &c, &arena));
    c.of = 8;
    assert_string_equal(grid_share_of(&doc, &c, &arena),
                        "50\u00a0% av 8");
    doc.meta.internal = true;
    assert_false(grid_number(&doc, &c, &arena).few);
    doc.meta.few = 5;
    assert_int_equal(grid_few(&doc), 5);
    assert_true(grid_number(&doc, &c, &arena).few);
    c.hidden = true;
    assert_null(grid_share_of(&doc, &c, &arena));
    assert_true(grid_number(&doc, &c, &arena).hidden);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_one_share_in_a_column),
        cmocka_unit_test(puts_shares_of_two_ways_in_cells),
        cmocka_unit_test(says_of_what_a_figure_is_a_share),
        cmocka_unit_test(says_who_is_outside),
        cmocka_unit_test(leaves_the_programs_own_alone),
        cmocka_unit_test(says_figures_and_how_few),
    };
    int status;

    arena_init(&arena);
    status = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return status;
}
