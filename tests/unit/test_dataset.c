/* test_dataset.c - registrations as a rectangle, and the edges of the
 * formats. What the files hold is read back by others (tests/data_out). */
#include "intake/exporting.h"
#include "intake_fixture.h"
#include <xlsxwriter.h>
#include "write/xlsx_file.h"

/* Unanswered, unknown, unasked, text, codes; superseded, draft. */
static const char some[] =
    "unit;target_group;mental;crisis;substance;tier;ident;status;sex;"
    "birth_year;units_serving;services_done;svc_gp_r;case_code\n"
    "nord;mental;2;unknown;;1;{1};;male;1980;nord|sor;1;1;\xC3\xA6\n"
    "sor;dual;3;;4;2;{1};;;unknown;;1;;\"b;\"\"<&\"\n"
    "ost;mental;;1;;1;{2};draft;;;unknown;0;;\n";

static struct dataset
open_dataset(struct fixture *f, const struct export_order *order)
{
    struct dataset d;

    err_clear(&f->e);
    assert_ok(dataset_init(&d, &f->o, &everyone, order, &f->e), &f->e);
    assert_ok(dataset_measure(&d, &f->e), &f->e);
    return d;
}

static void
fill(struct fixture *f)
{
    fixture_store(f);
    fixture_round(f, "a", (struct round_kind){ .switched_on = "case_code" });
    fixture_take(f, fixture_fill(f, some));
}

static const struct column *
column_of(const struct dataset *d, const char *name)
{
    for (int i = 0; i < d->column_count; i++)
        if (strcmp(d->columns[i].name, name) == 0)
            return &d->columns[i];
    fail_msg("no column %s", name);
    return NULL;
}

struct printing {
    struct dataset *d;
    const char *const *names;
    struct buf out;
};

static bool
print_row(void *ctx, struct err *e)
{
    struct printing *p = ctx;
    char text[ID_MAX + 1];

    (void)e;
    for (int i = 0; p->names[i] != NULL; i++)
        buf_printf(&p->out, "%s|", dataset_print(
            p->d, column_of(p->d, p->names[i]), text));
    buf_byte(&p->out, '\n');
    return true;
}

static void
expect_rows(struct fixture *f, const struct export_order *order,
            const char *const *names, const char *want)
{
    struct dataset d = open_dataset(f, order);
    struct printing p = { &d, names, { 0 } };

    buf_init(&p.out, 0);
    assert_ok(dataset_scan(&d, print_row, &p, &f->e), &f->e);
    assert_string_equal(buf_string(&p.out), want);
    buf_clear(&p.out);
    dataset_clear(&d);
}

static void
test_values(void **state)
{
    static const char *const names[] = {
        "unit", "crisis", "substance", "substance_grade", "age",
        "units_serving_nord", "units_serving_ost", "svc_gp_r", "case_code",
        "status", "counts", "registration", "superseded_by", NULL
    };
    static const char *const few[] = { "registration", NULL };
    struct export_order order = { .format = "package" };
    struct fixture f;

    (void)state;
    fill(&f);
    expect_rows(&f, &order, names,
                "nord|unknown|unasked||34|1|0|1|\xC3\xA6|complete|1|1||\n"
                "sor|unasked|4|yellow||||0|b;\"<&|complete|0|2|1|\n"
                "ost|1|unasked|||unknown|unknown|||draft|0|3||\n");
    order.counting = true;
    expect_rows(&f, &order, few, "1|\n");
    order.counting = false;
    order.where = "substance = 4 or sex is blank";
    expect_rows(&f, &order, few, "2|\n3|\n");
    fixture_remove(&f);
}

/* Where forms have written since the round was settled, what counts is
 * decided at the export, as for counting. */
static void
test_not_settled(void **state)
{
    static const char *const names[] = {
        "registration", "counts", "superseded_by", NULL
    };
    const struct export_order order = { .format = "package" };
    struct fixture f;

    (void)state;
    fill(&f);
    assert_ok(store_begin(f.s, &f.e)
              && registration_supersede(f.s, f.o.round, 2, 0, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    expect_rows(&f, &order, names, "1|1||\n2|1||\n3|0||\n");
    f.o.round->settle_due = true;
    expect_rows(&f, &order, names, "1|1||\n2|0|1|\n3|0||\n");
    fixture_remove(&f);
}

static void
test_without(void **state)
{
    struct export_order order = {
        .format = "sav", .without_pseudonyms = true
    };
    static const char *const formats[] = {
        "csv", "xlsx", "sav", "dta", "ddi", "package"
    };
    struct fixture f;
    struct dataset d;

    (void)state;
    fill(&f);
    d = open_dataset(&f, &order);
    for (int i = 0; i < d.column_count; i++) {
        const struct variable *v = d.columns[i].variable;

        assert_true(v == NULL || !v->identifies);
        assert_true(v == NULL || v->kind != KIND_TEXT);
        assert_true(d.columns[i].own != OWN_REGISTRATION
                    && d.columns[i].own != OWN_SUPERSEDED_BY);
    }
    dataset_clear(&d);
    for (size_t i = 0; i < 2 * sizeof formats / sizeof *formats; i++) {
        bool packed, without = i % 2 == 0, found;
        struct buf out;

        buf_init(&out, 0);
        order.format = formats[i / 2];
        order.without_pseudonyms = without;
        packed = i / 2 == 1 || i / 2 == 5;
        assert_ok(export_data(&f.o, &everyone, &order, &out, &f.e), &f.e);
        found = memmem(out.data, out.len, "case_code", 9) != NULL;
        assert_int_equal(found, !without && !packed);
        found = memmem(out.data, out.len, "b;\"", 3) != NULL;
        assert_int_equal(found, !without && !packed && i / 2 != 4);
        buf_clear(&out);
    }
    fixture_remove(&f);
}

/* Names are legal and unique, and so are labels of one variable. */
static void
test_columns(void **state)
{
    const struct export_order order = { .format = "sav", .lang = LANG_NN };
    struct fixture f;
    struct dataset d;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "a", (struct round_kind){
        .units = "unit,name,tier\na-b,A,1\na_b,B,1\n"
                 "x23456789012345678901234567890ab,C,1\n" });
    d = open_dataset(&f, &order);
    assert_non_null(column_of(&d, "units_serving_a_b"));
    assert_non_null(column_of(&d, "units_serving_a_b_2"));
    for (int i = 0; i < d.column_count; i++) {
        size_t n = strlen(d.columns[i].name);

        assert_true(n <= COLUMN_NAME_MAX);
        assert_int_equal(strspn(d.columns[i].name,
                                "abcdefghijklmnopqrstuvwxyz0123456789_"), n);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(d.columns[i].name, d.columns[j].name);
    }
    dataset_clear(&d);
    fixture_remove(&f);
}

/* The most rows that a format takes, and one more. */
static void
test_rows(void **state)
{
    const struct export_order order = { .format = "xlsx" };
    struct fixture f;
    struct dataset d;
    struct buf out;

    (void)state;
    fill(&f);
    d = open_dataset(&f, &order);
    buf_init(&out, 0);
    for (int i = 0; i < 2; i++) {
        int most = i == 0 ? XLSX_CELLS / d.column_count : XLSX_ROWS - 1;

        assert_true(i == 1 || most < XLSX_ROWS - 1);
        d.rows = most;
        assert_ok(export_xlsx(&d, &out, &f.e), &f.e);
        buf_reset(&out);
        d.rows++;
        assert_false(export_xlsx(&d, &out, &f.e));
        assert_string_equal(f.e.key, "export.rows");
        assert_int_equal(f.e.code, ERR_INPUT);
        assert_int_equal(out.len, 0);
        err_clear(&f.e);
        d.column_count = 10;
    }
    d.rows = (int64_t)INT32_MAX + 1;
    assert_false(export_dta(&d, &out, &f.e));
    assert_string_equal(f.e.key, "export.rows");
    buf_clear(&out);
    dataset_clear(&d);
    fixture_remove(&f);
}

/* A file that is not whole is told of, not handed on. */
static void
test_full(void **state)
{
    static const char *const formats[] = {
        "csv", "xlsx", "sav", "dta", "ddi", "package"
    };
    struct export_order order = { .lang = LANG_EN };
    struct fixture f;

    (void)state;
    fill(&f);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct buf whole, small;

        order.format = formats[i];
        buf_init(&whole, 0);
        err_clear(&f.e);
        assert_ok(export_data(&f.o, &everyone, &order, &whole, &f.e), &f.e);
        for (size_t room = 1; room < whole.len; room += whole.len / 7) {
            buf_init(&small, room);
            err_clear(&f.e);
            assert_false(export_data(&f.o, &everyone, &order, &small, &f.e));
            assert_int_equal(f.e.code, ERR_MACHINE);
            buf_clear(&small);
        }
        buf_clear(&whole);
    }
    fixture_remove(&f);
}

/* libxlsxwriter's workbook goes to memory: no file is made, and one without
 * room is told of. */
static void
test_workbook(void **state)
{
    struct err e = { 0 };
    struct buf first, second, small;

    (void)state;
    buf_init(&first, 0);
    buf_init(&second, 0);
    buf_init(&small, 500);
    for (int i = 0; i < 3; i++) {
        struct buf *out = i == 0 ? &first : i == 1 ? &second : &small;
        lxw_workbook *book = xlsx_new();
        lxw_worksheet *sheet = workbook_add_worksheet(book, "A");
        lxw_doc_properties properties = { .created = 315532800 };

        workbook_set_properties(book, &properties);
        for (lxw_row_t r = 0; r < 2000; r++)
            worksheet_write_number(sheet, r, 0, r, NULL);
        assert_int_equal(xlsx_close(book, out, &e), i < 2);
    }
    assert_int_equal(e.code, ERR_MACHINE);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    assert_memory_equal(first.data, "PK\3\4", 4);
    assert_int_equal(access("workbook", F_OK), -1);
    buf_clear(&first);
    buf_clear(&second);
    buf_clear(&small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_not_settled),
        cmocka_unit_test(test_without),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_workbook),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
