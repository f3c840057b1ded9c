/* test_protect.c - small numbers hidden, and an attacker that tries every
 * filling of what is hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "../oracle/chance.h"
#include "report/ask.h"
#include "report/make.h"
#include "tiny_instrument.h"
#include "write/chart.h"
#include "write/writing.h"

enum { SIDE = 3, CELLS = SIDE * SIDE, TRIES = 600 };

static const struct protect_rule five = { .threshold = PROTECT_THRESHOLD };
static struct instrument *in;
static struct arena arena;
static struct round round_2014;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    in = tiny_instrument(NULL, 2);
    round_2014 = (struct round){
        .id = "bergen-2014", .municipality = 4601, .year = 2014,
        .period = 1, .title = "Bergen 2014", .status = ROUND_CLOSED,
        .definition = 1
    };
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    arena_clear(&arena);
    return 0;
}

/* ---- tables made by hand ---- */

/* A table of SHAPE whose numbers are CELL, with its bases added up; OUT are
 * unanswered in each. BATTERY and TICKS take their base from BASE. */
static struct doc_table *
table_of(enum shape shape, int rows, int columns, const int64_t *cell,
         const int64_t *base, int64_t out)
{
    struct doc_table *t = arena_take(&arena, sizeof *t);
    int64_t *bases = arena_array(&arena, (size_t)rows, sizeof *bases);
    struct outside *outside = arena_array(&arena, (size_t)rows,
                                          sizeof *outside);

    t->shape = shape;
    t->share = shape == SHAPE_TWO_WAY ? SHARE_ROWS : SHARE_ALL;
    t->rows.count = rows;
    t->columns.count = columns;
    t->totals = shape == SHAPE_ONE_WAY || shape == SHAPE_TWO_WAY;
    t->base_count = t->totals ? 1 : rows;
    t->cell = arena_array(&arena, (size_t)(rows * columns), sizeof *t->cell);
    for (int i = 0; i < rows * columns; i++) {
        t->cell[i].n = cell[i];
        bases[t->totals ? 0 : i / columns] += cell[i];
    }
    for (int i = 0; i < t->base_count; i++) {
        if (base != NULL)
            bases[i] = base[i];
        outside[i].unanswered = out;
    }
    for (int i = 0; i < rows * columns; i++)
        t->cell[i].of = shape == SHAPE_TWO_WAY ? doc_row_sum(t, i / columns).n
            : bases[t->totals ? 0 : i / columns];
    t->base = bases;
    t->outside = outside;
    return t;
}

/* The numbers as a line: "3 : 10 / :" with the base behind the stroke. */
static const char *
line_of(const struct doc_table *t)
{
    const char *line = "";

    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        line = t->cell[i].hidden ? arena_printf(&arena, "%s: ", line)
            : arena_printf(&arena, "%s%d ", line, (int)t->cell[i].n);
    for (int i = 0; i < t->base_count; i++)
        line = t->base[i] == NUMBER_HIDDEN
            ? arena_printf(&arena, "%s%s:", line, i == 0 ? "/ " : " ")
            : arena_printf(&arena, "%s%s%d", line, i == 0 ? "/ " : " ",
                           (int)t->base[i]);
    return line;
}

static void
hides_rows_of_one_way(void **state)
{
    static const struct {
        int64_t cell[4], out;
        const char *shown;
    } cases[] = {
        { { 5, 6, 7, 0 }, 0, "5 6 7 0 / 18" },
        { { 3, 6, 40, 0 }, 0, ": : 40 0 / 49" },
        { { 3, 4, 40, 60 }, 0, ": : 40 60 / 107" },
        { { 1, 1, 40, 60 }, 0, ": : : 60 / 102" },
        { { 2, 0, 40, 0 }, 0, ": 0 : 0 / 42" },
        { { 4, 0, 0, 0 }, 0, ": 0 0 0 / :" },
        { { 0, 0, 0, 0 }, 0, "0 0 0 0 / 0" },
        { { 2, 3, 0, 0 }, 0, ": : : : / :" },
        { { 2, 0, 0, 0 }, 30, ": 0 0 0 / :" },
        { { 50, 9, 0, 0 }, 2, "50 9 0 0 / 59" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table *t = table_of(SHAPE_ONE_WAY, 4, 1, cases[i].cell,
                                       NULL, cases[i].out);

        protect_table(t, &five, NULL, &arena);
        assert_string_equal(line_of(t), cases[i].shown);
        if (cases[i].out == 2)
            assert_int_equal(t->outside[0].unanswered, NUMBER_HIDDEN);
    }
}

static void
hides_ticks_by_what_is_left(void **state)
{
    static const struct { int64_t n, base; const char *shown; } cases[] = {
        { 20, 100, "20 / 100" }, { 3, 100, ": / 100" },
        { 97, 100, ": / 100" }, { 100, 100, "100 / 100" },
        { 0, 3, "0 / :" }, { 3, 3, ": / :" }, { 3, 6, ": / 6" },
        { 2, 5, ": / :" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table *t = table_of(SHAPE_TICKS, 1, 1, &cases[i].n,
                                       &cases[i].base, 0);

        protect_table(t, &five, NULL, &arena);
        assert_string_equal(line_of(t), cases[i].shown);
    }
}

static void
hides_sums_of_few(void **state)
{
    /* Children; of three recipients, of two, of thirty. */
    static const int64_t cell[] = { 9, 5, 60 }, count[] = { 3, 2, 30 };
    struct doc_table *t = table_of(SHAPE_ONE_WAY, 3, 1, cell, NULL, 0);

    (void)state;
    t->sum = "kids";
    protect_table(t, &five, count, &arena);
    assert_string_equal(line_of(t), ": : 60 / 74");
    assert_int_equal(doc_sum(t).n, 74);
}

static void
share_goes_with_what_it_is_of(void **state)
{
    /* The second row's sum is small: it is hidden, with another row's. */
    static const int64_t cell[] = { 20, 30, 2, 1, 40, 50 };
    struct doc_table *t = table_of(SHAPE_TWO_WAY, 3, 2, cell, NULL, 0);

    (void)state;
    protect_table(t, &five, NULL, &arena);
    assert_true(doc_row_sum(t, 1).hidden);
    assert_int_equal(doc_row_sum(t, 1).n, 0);
    assert_true(doc_row_sum(t, 0).hidden || doc_row_sum(t, 2).hidden
                || doc_sum(t).hidden);
    for (int i = 0; i < 6; i++)
        if (!t->cell[i].hidden && doc_row_sum(t, i / 2).hidden)
            assert_int_equal(t->cell[i].of, OF_HIDDEN);
}

/* ---- the attacker ---- */

/* What is known of a table of cells with sums, and what each cell could
 * be. */
struct attack {
    const struct doc_table *t;
    int64_t in_all;             /* with those outside; -1: too few to know */
    int64_t n[CELLS], most[CELLS];
    int64_t limit;              /* no cell is tried beyond it */
    bool whole;                 /* all is hidden: zeros too */
};

static bool
row_fits(const struct attack *a, int row)
{
    struct doc_cell sum = doc_row_sum(a->t, row);
    int64_t n = 0;

    for (int c = 0; c < a->t->columns.count; c++)
        n += a->n[row * a->t->columns.count + c];
    return sum.hidden ? n > 0 || a->whole : n == sum.n;
}

static bool
all_fits(const struct attack *a)
{
    const struct doc_table *t = a->t;
    int64_t all = 0, outside = t->outside[0].unanswered;

    for (int c = 0; c < t->columns.count; c++) {
        struct doc_cell sum = doc_column_sum(t, c);
        int64_t n = 0;

        for (int r = 0; r < t->rows.count; r++)
            n += a->n[r * t->columns.count + c];
        if (sum.hidden ? n == 0 && !a->whole : n != sum.n)
            return false;
        all += n;
    }
    if (!doc_sum(t).hidden)
        return all == doc_sum(t).n;
    if (a->in_all < 0)
        return true;
    return outside == NUMBER_HIDDEN ? all + (a->whole ? 0 : 1) <= a->in_all
                                    : all + outside == a->in_all;
}

/* Tries all that the cell numbered AT and those after it could be. */
static void
fill(struct attack *a, int at)
{
    int columns = a->t->columns.count, cells = a->t->rows.count * columns;

    if (at > 0 && at % columns == 0 && !row_fits(a, at / columns - 1))
        return;
    if (at == cells) {
        for (int i = 0; i < cells && all_fits(a); i++)
            a->most[i] = a->n[i] > a->most[i] ? a->n[i] : a->most[i];
        return;
    }
    if (!a->t->cell[at].hidden) {
        a->n[at] = a->t->cell[at].n;
        fill(a, at + 1);
        return;
    }
    for (a->n[at] = a->whole ? 0 : 1; a->n[at] <= a->limit; a->n[at]++)
        fill(a, at + 1);
}

/* Whether every small cell of WAS could be five or more in T. */
static void
assert_safe(const struct doc_table *t, const struct doc_table *was,
            int64_t in_all)
{
    struct attack a = { .t = t, .in_all = in_all, .limit = 15,
                        .whole = true };
    int cells = t->rows.count * t->columns.count;

    for (int i = 0; i < cells; i++)
        a.whole &= t->cell[i].hidden;
    fill(&a, 0);
    for (int i = 0; i < cells; i++) {
        bool small = was->cell[i].n > 0 && was->cell[i].n < 5;

        if (!t->cell[i].hidden)
            assert_int_equal(t->cell[i].n, was->cell[i].n);
        assert_true(!small || t->cell[i].hidden);
        if (small && a.most[i] < 5)
            fail_msg("%s of %s: cell %d is %d, at most %d", line_of(t),
                     line_of(was), i, (int)was->cell[i].n, (int)a.most[i]);
    }
    for (int r = 0; r < t->rows.count; r++)
        assert_true(doc_row_sum(t, r).hidden || doc_row_sum(t, r).n == 0
                    || doc_row_sum(t, r).n >= 5);
    for (int c = 0; c < t->columns.count; c++)
        assert_true(doc_column_sum(t, c).hidden
                    || doc_column_sum(t, c).n == 0
                    || doc_column_sum(t, c).n >= 5);
}

/* Random tables with small numbers, attacked with everything they show. */
static void
nothing_small_can_be_told(void **state)
{
    struct chance c = { 20141 };
    int hidden = 0, whole = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        bool two = chance_of(&c, 70);
        int rows = chance_int(&c, 2, SIDE), columns = two ? 2 : 1;
        int64_t cell[CELLS], out = chance_of(&c, 50) ? 0
            : chance_int(&c, 0, 9), in_all = out;
        struct doc_table *was, *t;

        for (int k = 0; k < rows * columns; k++) {
            cell[k] = chance_of(&c, 25) ? 0 : chance_int(&c, 0, 11);
            in_all += cell[k];
        }
        was = table_of(two ? SHAPE_TWO_WAY : SHAPE_ONE_WAY, rows, columns,
                       cell, NULL, out);
        t = table_of(two ? SHAPE_TWO_WAY : SHAPE_ONE_WAY, rows, columns,
                     cell, NULL, out);
        protect_table(t, &five, NULL, &arena);
        assert_safe(t, was, in_all > 0 && in_all < 5 ? -1 : in_all);
        hidden += t->some_hidden;
        whole += doc_sum(t).hidden;
    }
    /* The chance is such that all cases come. */
    assert_true(hidden > TRIES / 2 && hidden < TRIES && whole > 0);
}

/* The attacker finds what is told where a complement is shown. */
static void
attacker_finds_a_complement(void **state)
{
    static const int64_t cell[] = { 3, 6, 40 };
    struct doc_table *t = table_of(SHAPE_ONE_WAY, 3, 1, cell, NULL, 0);
    struct attack a = { .t = t, .in_all = 49, .limit = 15 };

    (void)state;
    protect_table(t, &five, NULL, &arena);
    t->cell[1] = (struct doc_cell){ 6, 49, false };
    fill(&a, 0);
    assert_int_equal(a.most[0], 3);
}

/* ---- documents ---- */

#define LABEL(text) { { text, text, text } }
static const struct key grade_keys[] = {
    { "green", LABEL("Grønn") }, { "yellow", LABEL("Gul") },
    { "red", LABEL("Rød") }, { "bloodred", LABEL("Blodrød") },
};
static struct outside nobody;

/* 3 green, 6 yellow, 91 red of a hundred. */
static struct document *
document_of(bool chart, const struct protect_rule *rule)
{
    static int64_t cell[] = { 3, 6, 91 }, base = 100;
    int *row = arena_take(&arena, sizeof *row);
    struct question *q = arena_take(&arena, sizeof *q);
    struct table *t = arena_take(&arena, sizeof *t);

    *row = tiny_variable(in, "home_grade");
    *q = (struct question){ .rows = row, .row_count = 1, .columns = -1,
                            .sum = -1 };
    *t = (struct table){
        .shape = SHAPE_ONE_WAY, .question = q, .row_count = 3,
        .column_count = 1, .row_keys = grade_keys, .cell = cell,
        .count = cell, .base_count = 1, .base = &base, .outside = &nobody
    };
    return report_table(&(struct table_input){
        .in = in, .lang = LANG_NB, .round = &round_2014,
        .municipality_name = "Bergen", .protect = rule, .chart = chart,
        .table = t
    }, &arena);
}

static const char *
written(bool (*write)(const struct document *, const struct brand *,
                      struct buf *, struct err *),
        const struct document *doc)
{
    struct err e = { 0 };
    struct buf out;
    const char *text;

    buf_init(&out, 0);
    assert_true(write(doc, NULL, &out, &e));
    text = arena_text(&arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

static WRITER(write_part)
{
    (void)brand;
    (void)e;
    write_html_part(doc, &(struct html_part){
        .prefix = "r2-", .heading = 3, .title = true, .sprite = true }, out);
    return true;
}

static void
no_writer_tells(void **state)
{
    static bool (*const write[])(const struct document *,
                                 const struct brand *, struct buf *,
                                 struct err *) = {
        write_text, write_tree, write_html, write_part
    };
    const struct document *doc = document_of(true, &five);
    const char *text;

    (void)state;
    assert_false(doc->meta.internal);
    assert_int_equal(doc->meta.protected_below, 5);
    for (size_t i = 0; i < sizeof write / sizeof write[0]; i++) {
        text = written(write[i], doc);
        assert_non_null(strstr(text, "Celler under 5 er skjult"));
        assert_non_null(strstr(text, "91"));
        assert_null(strstr(text, "3\xc2\xa0%"));
        assert_null(strstr(text, "6\xc2\xa0%"));
    }
    text = written(write_csv, doc);
    assert_string_equal(text, "table,row,column,value\n,green,,\n"
                        ",yellow,,\n,red,,91\n");
    text = written(write_json, doc);
    assert_non_null(strstr(text, "\"protected_below\": 5"));
    assert_null(strstr(text, "\"internal\""));
}

static void
chart_merges_what_is_hidden(void **state)
{
    const struct document *doc = document_of(true, &five);
    const struct chart_model *c = tree_next(doc, NULL, NODE_CHART)->chart;
    const struct chart_row *row = chart_layout(c, &arena);

    (void)state;
    assert_int_equal(c->kind, CHART_BAR);
    assert_int_equal(row[0].count, 2);
    assert_int_equal(row[0].area[0].series, 2);
    assert_int_equal(row[0].area[0].width, 9100);
    assert_int_equal(row[0].area[1].series, AREA_HIDDEN);
    assert_int_equal(row[0].area[1].width, 900);
    assert_string_equal(c->desc,
                        "Grønn skjult, gul skjult, rød 91\xc2\xa0%.");
}

static void
part_fits_into_a_page(void **state)
{
    const char *text = written(write_part, document_of(true, NULL));
    struct buf style;

    (void)state;
    assert_null(strstr(text, " style="));
    assert_null(strstr(text, "<style"));
    assert_null(strstr(text, "<html"));
    assert_non_null(strstr(text, "<section id=\"r2-table\""));
    assert_non_null(strstr(text, "<h3 class=\"block-title\">"));
    assert_null(strstr(text, "<h1"));
    assert_null(strstr(text, " id=\"f"));
    buf_init(&style, 0);
    write_html_style(in, &style);
    assert_non_null(strstr(buf_string(&style), ".report .seg.g0{"));
    assert_null(strstr(buf_string(&style), "\nbody"));
    assert_null(strstr(buf_string(&style), "@page {"));
    buf_clear(&style);
}

static void
shares_as_asked(void **state)
{
    static int64_t cell[] = { 10, 30, 20, 40 }, base = 100;
    int row = tiny_variable(in, "home_grade");
    struct question q = { .rows = &row, .row_count = 1, .columns = row,
                          .sum = -1 };
    struct table t = {
        .shape = SHAPE_TWO_WAY, .question = &q, .row_count = 2,
        .column_count = 2, .row_keys = grade_keys,
        .column_keys = grade_keys, .cell = cell, .count = cell,
        .base_count = 1, .base = &base, .outside = &nobody
    };
    static const struct { enum table_share share; int64_t of; } cases[] = {
        { TABLE_SHARE_USUAL, 40 }, { TABLE_SHARE_ROWS, 40 },
        { TABLE_SHARE_COLUMNS, 30 }, { TABLE_SHARE_ALL, 100 },
        { TABLE_COUNTS, OF_NONE },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct document *doc = report_table(&(struct table_input){
            .in = in, .lang = LANG_NB, .round = &round_2014,
            .municipality_name = "Bergen", .share = cases[i].share,
            .chart = true, .table = &t
        }, &arena);

        assert_int_equal(tree_next(doc, NULL, NODE_TABLE)->table->cell[0].of,
                         cases[i].of);
    }
}

static void
groups_in_words(void **state)
{
    const struct report_part part[] = {
        { tiny_variable(in, "sex"), "male" },
        { tiny_variable(in, "home_grade"), "red" },
    };
    const struct report_part none = { tiny_variable(in, "sex"), "blue" };

    (void)state;
    assert_string_equal(report_group(in, part, 2, &arena),
                        "sex = male and home_grade = red");
    assert_string_equal(report_group_text(in, LANG_NB, part, 2, &arena),
                        "Mann, Rød");
    assert_string_equal(report_group(in, part, 0, &arena), "");
    assert_null(report_group(in, &none, 1, &arena));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hides_rows_of_one_way),
        cmocka_unit_test(hides_ticks_by_what_is_left),
        cmocka_unit_test(hides_sums_of_few),
        cmocka_unit_test(share_goes_with_what_it_is_of),
        cmocka_unit_test(nothing_small_can_be_told),
        cmocka_unit_test(attacker_finds_a_complement),
        cmocka_unit_test(no_writer_tells),
        cmocka_unit_test(chart_merges_what_is_hidden),
        cmocka_unit_test(part_fits_into_a_page),
        cmocka_unit_test(shares_as_asked),
        cmocka_unit_test(groups_in_words),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
