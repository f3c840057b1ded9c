/* test_import_many.c - registrations from CSV: many rows, of which much is as
 * in the row before and which are put into the store many at a time. */
#include "import_fixture.h"
#include "base/random.h"

/* --- what is remembered of cells: a file of rows by chance, whose cells
 * are as before, against the same with every cell in quotes, which takes the
 * long way with ticks, and against each of its rows in a file of its own,
 * where nothing has been seen before */

enum { CHANCE_ROWS = 60 };

static const char *const chance_header =
    "unit;tier;sex;birth_year;target_group;registered_on;care;"
    "units_serving;economy;mental;plan_measure;services_done;"
    "svc_temp_housing_followup_r;svc_temp_housing_followup_w;"
    "svc_temp_housing_plain_r;svc_temp_housing_plain_w;"
    "svc_housing_advice_r;svc_housing_advice_w;svc_housing_viewing_r;"
    "svc_housing_viewing_w;svc_housing_moving_r;year;pseudonym;"
    "registration";

/* A cell for column I: mostly good, and mostly one of few. */
static void
chance_cell(struct buf *out, int i, bool hostile, struct random *random)
{
    static const char *const good[][3] = {
        { "nord", "sor", "nord" }, { "2", "2", "2" },
        { "male", "female", "" }, { "1980", "1981", "1950" },
        { "mental", "substance", "dual" },
        { "2014-05-20", "2014-05-21", "2014-05-02" },
        { "none", "daily", "unknown" }, { "nord|sor", "ost", "nord|ost" },
        { "1", "5", "unknown" }, { "2", "4", "3" }, { "0", "1", "unknown" },
        { "1", "1", "1" }, { "0", "1", "" }
    };
    static const char *const bad[] = {
        "", "0", "1", "2", "6", "9", "10", "01", "1 ", "unknown", "unknow",
        "nord", "nordvest", "mentals", "2014-05-20", "2014-02-30", "1800",
        "nord|nord", "a text of more than thirty-two characters, all in all",
        "\xC3\xB8", "0;", "male", "12345678901"
    };
    int kind = i < 12 ? i : 12;

    if (hostile && random_below(random, 12) == 0)
        buf_text(out, bad[random_below(random, sizeof bad / sizeof *bad)]);
    else if (i == 21)
        buf_text(out, "2014");
    else if (i == 22)
        buf_printf(out, "%031x%x", (unsigned)random_below(random, 9), 7u);
    else if (i < 23)
        buf_text(out, good[kind][random_below(random, 3)]);
    else if (hostile)
        buf_printf(out, "%u", (unsigned)random_below(random, 99));
}

/* ROWS of cells, from line FIRST on, quoted or not, below the header. */
static void
chance_file(struct buf *out, char *cell[][24], int first, int rows,
            bool quoted)
{
    buf_reset(out);
    buf_printf(out, "%s\n", chance_header);
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < 24; i++) {
            const char *text = cell[first + r][i];
            bool must = quoted || strchr(text, ';') != NULL;

            buf_printf(out, must ? "%s\"%s\"" : "%s%s", i > 0 ? ";" : "",
                       text);
            if (i == 23)
                buf_byte(out, '\n');
        }
}

/* What is heard of the file, or what was exported if nothing is. */
static const char *
chance_heard(struct fixture *f, const struct buf *csv)
{
    const char *heard;

    if (fixture_import_bytes(f, csv->data, csv->len))
        return fixture_cells(f, "unit,tier,sex,birth_year,target_group,"
                             "registered_on,care,units_serving,economy,"
                             "mental,plan_measure,svc_temp_housing_plain_r,"
                             "svc_housing_moving_r,pseudonym,superseded_by");
    heard = arena_text(&f->arena, buf_string(&f->heard));
    assert_string_not_equal(heard, "");
    return heard;
}

/* The part of HEARD that is of LINE, as if it were of line 2. */
static const char *
heard_of(struct fixture *f, const char *heard, int line)
{
    struct buf out;
    const char *text;

    buf_init(&out, 0);
    for (const char *p = heard; *p != '\0'; p = strchr(p, '\n') + 1)
        if (atoi(p) == line)
            buf_printf(&out, "2%.*s\n", (int)(strcspn(p, "\n")
                                             - strcspn(p, ":")),
                       p + strcspn(p, ":"));
    text = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

/* Each row by itself is told the same faults as among the others: but for
 * numbers, which are used twice only where there are several. */
static void
compare_alone(struct fixture *f, char *cell[][24], const char *together)
{
    struct buf csv;

    buf_init(&csv, 0);
    for (int r = 0; r < CHANCE_ROWS; r++) {
        const char *of = heard_of(f, together, r + 2);

        chance_file(&csv, cell, r, 1, false);
        if (strstr(of, "number_used") != NULL)
            continue;
        fixture_round(f, arena_printf(&f->arena, "a%p", (void *)of),
                      (struct round_kind){ .real = false });
        if (fixture_import_bytes(f, csv.data, csv.len))
            assert_string_equal(of, "");
        else
            assert_string_equal(of, buf_string(&f->heard));
    }
    buf_clear(&csv);
}

static void
chance_fill(struct fixture *f, char *cell[][24], bool hostile,
            struct random *random)
{
    struct buf one;

    buf_init(&one, 0);
    for (int r = 0; r < CHANCE_ROWS; r++)
        for (int i = 0; i < 24; i++) {
            buf_reset(&one);
            chance_cell(&one, i, hostile && r % 2 == 0, random);
            cell[r][i] = arena_text(&f->arena, buf_string(&one));
        }
    buf_clear(&one);
}

static void
test_remembered(void **state)
{
    static char *cell[CHANCE_ROWS][24];
    struct random_state seed;
    struct random random = random_seeded(&seed, 21);
    struct fixture f;
    struct buf csv;
    int good = 0;               /* files without a fault */

    (void)state;
    buf_init(&csv, 0);
    fixture_store(&f);
    for (int n = 0; n < 24; n++) {
        const char *plain, *quoted;
        bool hostile = n % 4 != 0;

        chance_fill(&f, cell, hostile, &random);
        fixture_round(&f, arena_printf(&f.arena, "p%d", n),
                      (struct round_kind){ .real = false });
        chance_file(&csv, cell, 0, CHANCE_ROWS, false);
        plain = chance_heard(&f, &csv);
        fixture_round(&f, arena_printf(&f.arena, "q%d", n),
                      (struct round_kind){ .real = false });
        chance_file(&csv, cell, 0, CHANCE_ROWS, true);
        quoted = chance_heard(&f, &csv);
        assert_string_equal(plain, quoted);
        good += f.said == 0;
        if (n == 1)
            compare_alone(&f, cell, plain);
    }
    assert_in_range(good, 4, 8);
    buf_clear(&csv);
    fixture_remove(&f);
}

/* More than are put at once, with what is sealed for some of them; numbers
 * by the file, without, and both. */
static void
test_batches(void **state)
{
    static const int counts[] = { 1, 511, 512, 513, 1024, 1500 };
    struct fixture f;
    struct buf csv;

    (void)state;
    buf_init(&csv, 0);
    fixture_store(&f);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        const char *got;
        int n = 0;

        buf_reset(&csv);
        buf_text(&csv, "unit;tier;birth_year;target_group;sex;economy;"
                 "units_serving;registration\n");
        for (int i = 0; i < counts[k]; i++)
            buf_printf(&csv, "sor;2;%d;mental;male;3;%s;%s\n", 1930 + i % 60,
                       i % 3 == 0 ? "nord|ost" : "",
                       i % 7 == 0 ? arena_printf(&f.arena, "%d", i + 1)
                                  : "");
        fixture_round(&f, arena_printf(&f.arena, "n%d", counts[k]),
                      (struct round_kind){ .real = false });
        assert_true(fixture_import_bytes(&f, csv.data, csv.len));
        assert_int_equal(f.result.rows, counts[k]);
        got = fixture_cells(&f, "registration,birth_year,units_serving");
        for (const char *p = got; *p != '\0'; p = strchr(p, '\n') + 1) {
            int number, year;

            assert_int_equal(sscanf(p, "%d;%d;", &number, &year), 2);
            n++;
            if (number <= counts[k] && (number - 1) % 7 == 0) {
                assert_int_equal(year, 1930 + (number - 1) % 60);
                assert_int_equal(strncmp(strchr(strchr(p, ';') + 1, ';'),
                                         (number - 1) % 3 == 0
                                         ? ";nord|ost\n" : ";\n",
                                         (number - 1) % 3 == 0 ? 10 : 2), 0);
            }
        }
        assert_int_equal(n, counts[k]);
        assert_int_equal(fixture_faults(&f), 0);
        /* All of them again: the last row's fault takes all back. */
        buf_text(&csv, "sor;2;1980;mental;male;3;;1\n");
        assert_false(fixture_import_bytes(&f, csv.data, csv.len));
        assert_int_equal(f.result.faults, (counts[k] + 6) / 7 + 1);
        assert_string_equal(fixture_cells(
            &f, "registration,birth_year,units_serving"), got);
    }
    buf_clear(&csv);
    fixture_remove(&f);
}

/* After an import what is put is looked up again. */
static void
test_references(void **state)
{
    struct fixture f;
    struct registration r = {
        .number = 77, .tier = 2, .status = STATUS_COMPLETE,
        .completed_on = -1, .answers = (const uint8_t *)"x",
        .answers_len = 1, .definition = 99
    };

    (void)state;
    fixture_open(&f);
    fixture_take(&f, "unit;tier;birth_year;target_group;sex;economy\n"
                 "sor;2;1980;mental;male;3\n");
    assert_ok(store_begin(f.s, &f.e), &f.e);
    assert_false(registration_put(f.s, &everyone, f.o.round, &r, &f.e));
    assert_string_equal(f.e.key, "db.refused");
    store_rollback(f.s);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_references),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
