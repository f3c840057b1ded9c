/* test_pptx.c - charts that tell nothing hidden, slides that hold what is put
 * on them, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "office_fixture.h"
#include "write/drawing_sheet.h"
#include "write/slide.h"

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

static int
times(const struct buf *b, const char *text)
{
    const char *at = buf_string(b);
    int n = 0;

    for (; (at = strstr(at, text)) != NULL; at++)
        n++;
    return n;
}

static struct opc_part *
chart_part(struct opc *p, const struct chart_model *c)
{
    const struct chart_style style = { .folder = "ppt", .number = 1,
                                       .size = 1400 };

    opc_init(p, &arena);
    return drawing_chart(p, office_document(&arena), c, &style);
}

/* What is hidden leaves no number, neither where it would be drawn nor in
 * its series; what is left of a bar is one area. */
static void
hides(void **state)
{
    struct chart_model *c = office_hidden_chart(&arena);
    struct doc_cell *cell = arena_array(&arena, 12, sizeof *cell);
    struct opc_part *part;
    struct opc p;

    (void)state;
    for (int i = 0; i < 12; i++) {
        cell[i] = c->cell[i];
        if (cell[i].hidden)
            cell[i].n = 4321;   /* a mistake elsewhere must not be told */
    }
    c->cell = cell;
    part = chart_part(&p, c);
    assert_int_equal(times(&part->body, "4321"), 0);
    /* Two rows of two areas, one of all four, and the yellow beside them. */
    assert_int_equal(times(&part->body, "<c:v>0."), 4 + 2 + 2 + 1);
    assert_int_equal(times(&part->body, "<c:v>skjult</c:v>"), 1);
    /* A bar of which nothing may be told is all that one area. */
    assert_int_equal(times(&part->body, "<c:v>1</c:v>"), 1);
    assert_int_equal(times(&part->body, "(skjult)"), 0);
    assert_int_equal(times(&part->body, "<c:v>0.002710027100</c:v>"), 1);
    opc_clear(&p);
}

/* Every share in a chart, against the division of the machine. */
static void
fractions(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct doc_cell cell[4];
        struct opc_part *part;
        struct opc p;
        const char *at;
        int64_t of;

        seed = seed * 1664525 + 1013904223;
        of = 1 + (seed >> 8) % (round < 150 ? 50 : 5000000);
        for (int i = 0; i < 4; i++) {
            seed = seed * 1664525 + 1013904223;
            cell[i] = (struct doc_cell){ (seed >> 8) % (of + 1), of, false };
        }
        part = chart_part(&p, office_chart(&arena,
            office_table(&arena, 1, cell), CHART_BAR));
        at = buf_string(&part->body);
        for (int i = 0; i < 4; i++) {
            at = strstr(at, "<c:val>");
            at = strstr(at, "<c:v>") + 5;
            assert_true(strtod(at, NULL) - (double)cell[i].n / (double)of
                        < 1e-12);
            assert_true((double)cell[i].n / (double)of - strtod(at, NULL)
                        < 1.1e-12);
        }
        opc_clear(&p);
    }
}

/* Areas whose shares are of different numbers are drawn as counts. */
static void
counts(void **state)
{
    static const struct doc_cell cell[4] = {
        { 10, 100, false }, { 20, 50, false }, { 30, 60, false },
        { 0, 10, false },
    };
    struct opc_part *part;
    struct opc p;

    (void)state;
    part = chart_part(&p, office_chart(&arena, office_table(&arena, 1, cell),
                                       CHART_BAR));
    assert_int_equal(times(&part->body, "percentStacked"), 1);
    assert_int_equal(times(&part->body, "<c:v>10</c:v>"), 1);
    assert_int_equal(times(&part->body, "<c:v>30</c:v>"), 1);
    opc_clear(&p);
}

static void
cell_names(void **state)
{
    (void)state;
    assert_string_equal(drawing_cell_name(&arena, 0, 0), "A1");
    assert_string_equal(drawing_cell_name(&arena, 9, 25), "Z10");
    assert_string_equal(drawing_cell_name(&arena, 0, 26), "AA1");
    assert_string_equal(drawing_cell_name(&arena, 0, 51), "AZ1");
    assert_string_equal(drawing_cell_name(&arena, 0, 52), "BA1");
    assert_string_equal(drawing_cell_name(&arena, 0, 701), "ZZ1");
}

static void
lines_of_text(void **state)
{
    (void)state;
    assert_int_equal(words_lines("", 20, false, 100), 1);
    assert_int_equal(words_lines("kort", 20, false, 100), 1);
    assert_int_equal(words_lines("to ord", 20, false,
                                 words_width("to ord", 20, false)), 1);
    assert_int_equal(words_lines("to ord", 20, false,
                                 words_width("to ord", 20, false) - 2), 2);
    assert_int_equal(words_lines("en\nto\ntre", 20, false, 900), 3);
    assert_true(words_lines("menneskerettighetskonvensjonsbrudd", 20, false,
                            100) >= 4);
    assert_true(words_width("abc", 20, true) > words_width("abc", 20,
                                                           false));
}

/* Writes a document with SECTIONS slides of text. */
static bool
deck_of(int sections, struct err *e)
{
    struct document *doc = tree_new(&arena, LANG_EN);
    struct buf out;
    bool ok;

    doc->kind = DOC_SLIDES;
    doc->title = "T";
    doc->running = "R";
    doc->meta.where = "";
    for (int i = 0; i < sections; i++)
        office_section(&arena, doc, "A title", "And what is below it");
    buf_init(&out, 0);
    ok = write_pptx(doc, NULL, &out, e);
    buf_clear(&out);
    return ok;
}

static void
too_many(void **state)
{
    struct err e = { 0 };

    (void)state;
    assert_true(deck_of(SLIDE_MOST - 1, &e));   /* and the cover */
    assert_false(deck_of(SLIDE_MOST, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.key, "pptx.too_many");
}

static void
same_bytes(void **state)
{
    struct err e = { 0 };
    struct buf out[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        buf_init(&out[i], 0);
        assert_true(write_pptx(office_document(&arena), NULL, &out[i], &e));
    }
    assert_int_equal(out[0].len, out[1].len);
    assert_memory_equal(out[0].data, out[1].data, out[0].len);
    buf_clear(&out[0]);
    buf_clear(&out[1]);
}

/* A table with ROWS rows, on as many slides as it takes: each row once, the
 * head on each. */
static void
long_table(int rows, bool left)
{
    struct doc_key *key = arena_array(&arena, (size_t)rows, sizeof *key);
    struct doc_cell *cell = arena_array(&arena, (size_t)rows * 4,
                                        sizeof *cell);
    int64_t *base = arena_array(&arena, (size_t)rows, sizeof *base);
    struct doc_table *t = arena_take(&arena, sizeof *t);
    struct document *doc = office_document(&arena);
    struct node n = { .kind = NODE_TABLE, .table = t };
    const struct node *item = &n;
    struct slide_plan plan = { .title = "S", .item = &item, .count = 1 };
    int heads = 0, seen = 0, more = 0;
    struct err e = { 0 };
    struct deck d;

    for (int i = 0; i < rows; i++)
        key[i] = (struct doc_key){ "k", "Radnavn", GRADE_NO };
    *t = *office_table(&arena, 1, cell);
    t->rows = (struct doc_side){ NULL, "Navn", key, rows };
    t->cell = cell;
    t->plain = true;
    t->base_count = 1;
    t->base = base;
    assert_true(deck_begin(&d, doc, NULL, &e));
    assert_true(slide_put(&d, &plan, &e));
    for (int i = 1; i <= d.slides; i++) {
        char name[64];
        struct opc_part *part;

        snprintf(name, sizeof name, "ppt/slides/slide%d.xml", i);
        part = opc_find(&d.opc, name);
        heads += times(&part->body, ">Navn<");
        seen += times(&part->body, ">Radnavn<");
        more += times(&part->body, "gridSpan");
    }
    assert_int_equal(heads, d.slides);
    assert_int_equal(seen, rows < SLIDE_ROWS ? rows : SLIDE_ROWS);
    assert_int_equal(more, left);
    assert_true(d.slides * 30 > (rows < SLIDE_ROWS ? rows : SLIDE_ROWS));
    deck_clear(&d);
}

static void
tables(void **state)
{
    (void)state;
    long_table(1, false);
    long_table(40, false);
    long_table(SLIDE_ROWS, false);
    long_table(SLIDE_ROWS + 1, true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hides, begin, end),
        cmocka_unit_test_setup_teardown(fractions, begin, end),
        cmocka_unit_test_setup_teardown(counts, begin, end),
        cmocka_unit_test_setup_teardown(cell_names, begin, end),
        cmocka_unit_test_setup_teardown(lines_of_text, begin, end),
        cmocka_unit_test_setup_teardown(too_many, begin, end),
        cmocka_unit_test_setup_teardown(same_bytes, begin, end),
        cmocka_unit_test_setup_teardown(tables, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
