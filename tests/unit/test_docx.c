/* test_docx.c - text documents, read back: what is said, what is not, and
 * how large things can be. tests/office/ has what other programs read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "office_fixture.h"
#include "write/opc_read.h"

#define W(name) \
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main|" name

enum { TABLES = 500, WIDE = 150 };

/* The words of a part, a line a paragraph, and what is counted in it. */
struct words {
    struct buf text;
    int tables, cells, widest, in_row, charts, numbers;
};

static bool
on_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct words *w = ctx;

    (void)e;
    w->tables += strcmp(tag->name, W("tbl")) == 0;
    w->cells += strcmp(tag->name, W("tc")) == 0;
    w->charts += strcmp(tag->name, W("drawing")) == 0;
    w->numbers += strcmp(tag->name, W("numId")) == 0;
    if (strcmp(tag->name, W("tr")) == 0)
        w->in_row = 0;
    if (strcmp(tag->name, W("tc")) == 0 && ++w->in_row > w->widest)
        w->widest = w->in_row;
    return true;
}

static bool
on_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct words *w = ctx;

    (void)e;
    if (strcmp(tag->name, W("p")) == 0)
        buf_byte(&w->text, '\n');
    return true;
}

static bool
on_text(void *ctx, const char *text, size_t n, struct err *e)
{
    struct words *w = ctx;

    (void)e;
    buf_add(&w->text, text, n);
    return true;
}

/* Every XML part of FILE can be read; the words of PART. */
static void
read_words(const struct buf *file, const char *part, struct words *w)
{
    static const struct opc_handler handler = { on_start, on_end, on_text },
        nothing = { NULL, NULL, NULL };
    struct opc_file *f;
    struct err e = { 0 };
    const char *name;

    *w = (struct words){ 0 };
    buf_init(&w->text, 0);
    assert_true(opc_open(&f, file->data, file->len, &e));
    for (int i = 0; (name = opc_name(f, i)) != NULL; i++)
        if (strstr(name, ".xlsx") == NULL)
            assert_true(opc_parse(f, name, &nothing, NULL, &e));
    assert_true(opc_parse(f, part, &handler, w, &e));
    opc_close(f);
}

static void
write_file(const struct document *doc, struct buf *out)
{
    struct err e = { 0 };

    buf_init(out, 0);
    assert_true(write_docx(doc, NULL, out, &e));
    assert_true(buf_ok(out, &e));
}

static void
has(const struct words *w, const char *text)
{
    if (strstr(buf_string(&w->text), text) == NULL)
        fail_msg("not there: %s", text);
}

static void
has_not(const struct words *w, const char *text)
{
    if (strstr(buf_string(&w->text), text) != NULL)
        fail_msg("there: %s", text);
}

static void
test_all(void **state)
{
    struct arena arena;
    struct document *doc;
    struct buf file, again;
    struct words w;

    (void)state;
    arena_init(&arena);
    doc = office_document(&arena);
    doc->kind = DOC_REPORT;
    write_file(doc, &file);
    write_file(doc, &again);
    assert_int_equal(file.len, again.len);
    assert_memory_equal(file.data, again.data, file.len);
    read_words(&file, "word/document.xml", &w);
    has(&w, "Bergen kommune\nMottakere med psykiske problemer\n"
            "Resultater fra BrukerPlan 2014\n");
    has(&w, "Tall under 5 er skjult\n");
    has(&w, "Les mer i veilederen, som er nyttig.\n");
    has(&w, "Gi alle tilbud om en plan.\n");
    has(&w, "Si at tallene er \xef\xbf\xbd nye.\n");
    has(&w, "92 barn\nBarn av mottakerne\n");
    has(&w, "Tabell  SEQ Tabell \\* ARABIC 1. Mottakere etter farge. "
            "Antall, og prosent av raden.\n");
    has(&w, "Bolig & <n\xc3\xa6rmilj\xc3\xb8> \"hjem\"\n1\xc2\xa0" "500");
    /* The second row's last two cells and all of the third are hidden. */
    has(&w, "\n:\n:\n");
    has(&w, "Arbeid og aktivitet\n:\n:\n:\n:\n");
    assert_int_equal(w.charts, 3 + 2);  /* a band and what is behind it */
    assert_int_equal(w.numbers, 6);
    buf_clear(&w.text);
    read_words(&file, "word/header1.xml", &w);
    has(&w, "BrukerPlan Bergen 2014");
    has(&w, "Tall under 5 er skjult");
    buf_clear(&w.text);
    buf_clear(&file);
    buf_clear(&again);
    arena_clear(&arena);
}

/* What is under a cell's mask is written nowhere, not even in a chart. */
static void
test_hidden(void **state)
{
    struct arena arena;
    struct document *doc;
    struct doc_table *t;
    struct buf file;
    struct words w;

    (void)state;
    arena_init(&arena);
    doc = tree_new(&arena, LANG_NN);
    *doc = (struct document){
        .lang = LANG_NN, .kind = DOC_MEDIA, .title = "T", .subtitle = "",
        .owner = "E", .running = "R", .grades = office_grades,
        .grade_count = 4, .root = doc->root, .meta.where = ""
    };
    t = office_hidden_table(&arena);
    t->cell[6].n = 7777;
    t->cell[8] = (struct doc_cell){ 8888, 9999, true };
    tree_add(&arena, doc->root, NODE_TABLE)->table = t;
    tree_add(&arena, doc->root, NODE_FIGURES)->table = t;
    tree_add(&arena, doc->root, NODE_CHART)->chart =
        office_chart(&arena, t, CHART_BARS);
    write_file(doc, &file);
    read_words(&file, "word/document.xml", &w);
    has(&w, "79");
    has_not(&w, "7777");
    has_not(&w, "7\xc2\xa0" "777");
    has_not(&w, "8\xc2\xa0" "888");
    has_not(&w, "9\xc2\xa0" "999");
    buf_clear(&w.text);
    read_words(&file, "word/charts/chart1.xml", &w);
    has_not(&w, "8888");
    has_not(&w, "0.888");
    buf_clear(&w.text);
    buf_clear(&file);
    arena_clear(&arena);
}

/* Few are marked in an internal document and nowhere else. */
static void
test_few(void **state)
{
    for (int internal = 0; internal <= 1; internal++) {
        struct arena arena;
        struct document *doc;
        struct buf file;
        struct opc_file *f;
        struct err e = { 0 };
        const char *data;
        size_t len;

        arena_init(&arena);
        doc = office_document(&arena);
        doc->meta.internal = internal;
        doc->meta.few = 15;             /* 14 are blood red */
        if (internal)
            doc->internal_notice = "Internt";
        write_file(doc, &file);
        assert_true(opc_open(&f, file.data, file.len, &e));
        assert_true(opc_bytes(f, "word/document.xml", &data, &len, &e));
        assert_int_equal(strstr(data, "w:bdr ") != NULL, internal);
        opc_close(f);
        buf_clear(&file);
        arena_clear(&arena);
    }
    (void)state;
}

/* A table of ROWS by COLUMNS, each cell its own number. */
static struct doc_table *
large_table(struct arena *a, int rows, int columns)
{
    struct doc_table *t = arena_take(a, sizeof *t);
    struct doc_key *row = arena_array(a, (size_t)rows, sizeof *row);
    struct doc_key *column = arena_array(a, (size_t)columns, sizeof *column);
    int64_t *base = arena_take(a, sizeof *base);

    *t = (struct doc_table){
        .title = "Stor", .caption = "Antall.", .number = 1,
        .shape = SHAPE_TWO_WAY, .where = "", .share = SHARE_ROWS,
        .rows = { "a", "Rad", row, rows },
        .columns = { "b", "Kolonne", column, columns },
        .cell = arena_array(a, (size_t)rows * (size_t)columns,
                            sizeof *t->cell),
        .base_count = 1, .base = base, .totals = true
    };
    t->outside = arena_take(a, sizeof *t->outside);
    for (int i = 0; i < rows; i++)
        row[i] = (struct doc_key){ "r", arena_printf(a, "rad %d", i),
                                   GRADE_NO };
    for (int i = 0; i < columns; i++)
        column[i] = (struct doc_key){ "c", arena_printf(a, "kolonne%d", i),
                                      GRADE_NO };
    for (int i = 0; i < rows * columns; i++) {
        t->cell[i] = (struct doc_cell){ .n = 100000 + i, .of = 200000 };
        *base += t->cell[i].n;
    }
    return t;
}

/* More columns than Word has stand in parts; no number is lost. */
static void
test_wide(void **state)
{
    struct arena arena;
    struct document *doc;
    struct buf file;
    struct words w;

    (void)state;
    arena_init(&arena);
    doc = office_document(&arena);
    doc->root = tree_new(&arena, LANG_NB)->root;
    doc->kind = DOC_MEDIA;
    tree_add(&arena, doc->root, NODE_TABLE)->table =
        large_table(&arena, 2, WIDE);
    write_file(doc, &file);
    read_words(&file, "word/document.xml", &w);
    assert_true(w.widest <= 63 && w.tables > 2);
    for (int i = 0; i < 2 * WIDE; i++) {
        char number[16];

        snprintf(number, sizeof number, "\n100\xc2\xa0%03d", i);
        has(&w, number);
    }
    buf_clear(&w.text);
    buf_clear(&file);
    arena_clear(&arena);
}

/* Five hundred tables with as many charts. */
static void
test_many(void **state)
{
    struct arena arena;
    struct document *doc;
    struct buf file;
    struct words w;

    (void)state;
    arena_init(&arena);
    doc = office_document(&arena);
    doc->root = tree_new(&arena, LANG_NB)->root;
    doc->kind = DOC_TABLES;
    for (int i = 0; i < TABLES; i++) {
        struct node *s = office_section(&arena, doc, arena_printf(&arena,
                                        "Del %d", i + 1), NULL);
        struct doc_table *t = large_table(&arena, 20, 4);

        s->number = t->number = i + 1;
        tree_add(&arena, s, NODE_TABLE)->table = t;
        t = office_hidden_table(&arena);
        tree_add(&arena, s, NODE_CHART)->chart =
            office_chart(&arena, t, CHART_BARS);
    }
    write_file(doc, &file);
    assert_true(file.len < 8u << 20);
    read_words(&file, "word/document.xml", &w);
    assert_int_equal(w.tables, TABLES);
    assert_int_equal(w.charts, TABLES + 1);     /* with the cover's */
    buf_clear(&w.text);
    buf_clear(&file);
    arena_clear(&arena);
}

static void
test_template_refused(void **state)
{
    static const char *const bytes[] = { "", "PK", "nothing of the kind" };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 1; i < sizeof bytes / sizeof bytes[0]; i++) {
        const struct brand brand = { .docx = { bytes[i],
                                               strlen(bytes[i]) } };
        struct err e = { 0 };
        struct buf out;

        buf_init(&out, 0);
        assert_false(write_docx(office_document(&arena), &brand, &out, &e));
        assert_int_equal(e.code, ERR_INPUT);
        assert_string_equal(e.key, "office.not_zip");
        buf_clear(&out);
    }
    arena_clear(&arena);
}

/* Our own document is a template like any: its styles are used again. */
static void
test_template_own(void **state)
{
    struct arena arena;
    struct buf file, out;
    struct words w, again;
    struct brand brand = { .docx.len = 0 };
    struct err e = { 0 };

    (void)state;
    arena_init(&arena);
    write_file(office_document(&arena), &file);
    brand.docx.bytes = file.data;
    brand.docx.len = file.len;
    buf_init(&out, 0);
    assert_true(write_docx(office_document(&arena), &brand, &out, &e));
    read_words(&file, "word/styles.xml", &w);
    read_words(&out, "word/styles.xml", &again);
    assert_string_equal(buf_string(&w.text), buf_string(&again.text));
    buf_clear(&w.text);
    buf_clear(&again.text);
    read_words(&out, "word/document.xml", &again);
    has(&again, "Gi alle tilbud om en plan.");
    buf_clear(&again.text);
    buf_clear(&file);
    buf_clear(&out);
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all), cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_few), cmocka_unit_test(test_wide),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_template_refused),
        cmocka_unit_test(test_template_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
