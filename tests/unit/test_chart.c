/* test_chart.c - where the areas of a chart are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "write/chart.h"

static struct arena arena;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* A chart of KIND with the cells N, CATEGORIES by SERIES, each of its
 * category's sum. */
static struct chart_model
chart_of(enum chart kind, int categories, int series, const int64_t *n)
{
    struct chart_series *s = arena_array(&arena, (size_t)series, sizeof *s);
    struct chart_category *c = arena_array(&arena, (size_t)categories,
                                           sizeof *c);
    struct doc_cell *cell = arena_array(
        &arena, (size_t)(categories * series), sizeof *cell);

    for (int i = 0; i < categories; i++) {
        for (int k = 0; k < series; k++)
            c[i].base += n[i * series + k];
        for (int k = 0; k < series; k++)
            cell[i * series + k] = (struct doc_cell){
                n[i * series + k], c[i].base, false
            };
    }
    return (struct chart_model){
        .kind = kind, .series_count = series, .category_count = categories,
        .series = s, .category = c, .cell = cell, .emphasis = -1
    };
}

static void
stacks_to_the_whole(void **state)
{
    static const int64_t rows[][4] = {
        { 79, 1229, 523, 14 }, { 1, 1, 1, 0 }, { 0, 0, 0, 1 },
        { 3, 3, 3, 3 }, { 1, 999999, 1, 1 }, { 0, 7, 0, 11 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct chart_model c = chart_of(CHART_BARS, 1, 4, rows[i]);
        const struct chart_row *row = chart_layout(&c, &arena);
        int at = 0;

        for (int k = 0; k < row->count; k++) {
            assert_int_equal(row->area[k].x, at);
            assert_true(rows[i][row->area[k].series] > 0);
            at += row->area[k].width;
        }
        assert_int_equal(at, CHART_WHOLE);
    }
}

static void
labels_only_what_has_room(void **state)
{
    static const int64_t n[] = { 8, 9, 83 };
    struct chart_model c = chart_of(CHART_BAR, 1, 3, n);
    const struct chart_row *row = chart_layout(&c, &arena);

    (void)state;
    assert_false(row->area[0].inside);
    assert_true(row->area[1].inside);
    assert_true(row->area[2].inside);
}

static void
draws_nothing_of_nobody(void **state)
{
    static const int64_t n[] = { 0, 0, 0, 0, 5, 0 };
    struct chart_model c = chart_of(CHART_MOSAIC, 2, 3, n);
    const struct chart_row *row = chart_layout(&c, &arena);

    (void)state;
    assert_int_equal(row[0].count, 0);
    assert_true(row[0].height > 0);
    assert_int_equal(row[1].count, 1);
    assert_true(row[1].height > row[0].height);
}

static void
hides_hidden_cells(void **state)
{
    static const int64_t n[] = { 2, 3, 5 };
    struct chart_model c = chart_of(CHART_BARS, 1, 3, n);
    struct doc_cell cell[3] = { { 2, 10, true }, { 3, 10, false },
                                { 5, 10, false } };
    const struct chart_row *row;

    (void)state;
    c.cell = cell;
    row = chart_layout(&c, &arena);
    assert_int_equal(row->count, 2);
    assert_int_equal(row->area[0].series, 1);
}

static void
scales_groups_to_the_longest(void **state)
{
    static const int64_t n[] = { 1, 3, 2, 2 };
    struct chart_model c = chart_of(CHART_COLUMNS, 2, 2, n);
    const struct chart_row *row = chart_layout(&c, &arena);

    (void)state;
    assert_int_equal(row[0].area[1].width, CHART_LONGEST);     /* 75 % */
    assert_int_equal(row[0].area[0].width, CHART_LONGEST / 3); /* 25 % */
    assert_true(row[0].area[1].y > row[0].area[0].y);
    assert_false(chart_by_count(&c));
}

static void
counts_where_there_is_no_share(void **state)
{
    static const int64_t n[] = { 4, 8 };
    struct chart_model c = chart_of(CHART_LIST, 2, 1, n);
    struct doc_cell cell[2] = { { 4, OF_NONE, false }, { 8, 16, false } };
    const struct chart_row *row;

    (void)state;
    c.cell = cell;
    assert_true(chart_by_count(&c));
    row = chart_layout(&c, &arena);
    assert_int_equal(row[0].area[0].width, CHART_WHOLE / 2);
    assert_int_equal(row[1].area[0].width, CHART_WHOLE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stacks_to_the_whole, begin, end),
        cmocka_unit_test_setup_teardown(labels_only_what_has_room, begin,
                                        end),
        cmocka_unit_test_setup_teardown(draws_nothing_of_nobody, begin, end),
        cmocka_unit_test_setup_teardown(hides_hidden_cells, begin, end),
        cmocka_unit_test_setup_teardown(scales_groups_to_the_longest, begin,
                                        end),
        cmocka_unit_test_setup_teardown(counts_where_there_is_no_share,
                                        begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
