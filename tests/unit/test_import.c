/* test_import.c - registrations from CSV: what is accepted, from where, and
 * what becomes of it. What is refused: test_import_refused.c; what stands
 * afterwards: test_import_standing.c; many rows: test_import_many.c. */
#include "import_fixture.h"

static void
test_warnings(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Person 0 is a woman of 1980. */
    assert_ok(fixture_import(&f, fixture_fill(&f,
        HEAD ";ident;sex;birth_year\n" ROW ";{0};male;1981\n"
        ROW ";{2};female;1980\n" ROW ";{3};other;unknown\n"
        ROW ";{5};female;\n")), &f.e);
    assert_string_equal(buf_string(&f.heard),
                        "~2:sex:import.sex_differs\n"
                        "~2:birth_year:import.born_differs\n"
                        "~4:sex:import.sex_differs\n"
                        "~5:sex:import.sex_differs\n");
    assert_string_equal(fixture_cells(&f, "sex,birth_year"),
                        "male;1981\nfemale;1980\nother;unknown\nfemale;\n");
    fixture_remove(&f);
}

static void
test_real_round(void **state)
{
    struct fixture f;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "real", (struct round_kind){ .real = true });
    assert_false(fixture_import(&f, fixture_fill(&f,
        HEAD ";ident\n" ROW ";{1}\n")));
    assert_string_equal(buf_string(&f.heard), "2:ident:ident.synthetic\n");
    fixture_take(&f, fixture_fill(&f, HEAD ";ident\n" ROW ";{=1}\n"));
    assert_int_equal(fixture_count(&f, ""), 1);
    fixture_remove(&f);
}

/* What must be accepted: each is two rows, a woman and a man. */
static void
test_accepted(void **state)
{
    static const char *const files[] = {
        "unit;sex;target_group;mental\nnord;female;mental;2\n"
        "sor;male;mental;3\n",
        "unit,sex,target_group,mental\nnord,female,mental,2\n"
        "sor,male,mental,3\n",
        "\xEF\xBB\xBFunit;sex;target_group;mental\r\n"
        "nord;female;mental;2\r\nsor;male;mental;3\r\n",
        "mental;target_group;sex;unit\n2;mental;female;nord\n"
        "3;mental;male;sor",
        "\"unit\";\"sex\";\"target_group\";\"mental\"\n"
        "\"nord\";\"female\";\"mental\";\"2\"\n\"sor\";male;mental;\"3\"\n",
        "unit;sex;target_group;mental;tier;period;year;municipality;status;"
        "registration;pseudonym;superseded_by;ident;registered_on;care\n"
        "nord;female;mental;2;;;;;;;;;;;\nsor;male;mental;3;;;;;;;;;;;\n",
        "unit;sex;target_group;mental;economy;ip;care;birth_year;period;year;"
        "municipality\n"
        "nord;female;mental;2;unknown;unknown;unknown;unknown;5;2014;1201\n"
        "sor;male;mental;3;;;;;;;\n",
    };
    struct fixture f;

    (void)state;
    fixture_store(&f);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char id[16];

        snprintf(id, sizeof id, "r-%zu", i);
        fixture_round(&f, id, (struct round_kind){ .real = false });
        fixture_take(&f, files[i]);
        assert_int_equal(f.result.rows, 2);
        assert_string_equal(
            fixture_cells(&f, "registration,unit,tier,sex,mental,status,"
                          "registered_on,services_done"),
            "1;nord;1;female;2;complete;2014-06-01;1\n"
            "2;sor;2;male;3;complete;2014-06-01;1\n");
        assert_int_equal(fixture_count(&f, ""), 2);
        assert_int_equal(fixture_faults(&f), 0);
    }
    /* A header alone is no fault. */
    fixture_take(&f, HEAD "\n");
    assert_int_equal(f.result.rows, 0);
    fixture_take(&f, HEAD);
    assert_int_equal(fixture_faults(&f), 0);
    assert_int_equal(fixture_count(&f, ""), 2);
    fixture_remove(&f);
}

/* Every kind of value comes out as it went in. */
static void
test_values(void **state)
{
    static const char *const columns =
        "unit,tier,registered_on,sex,birth_year,target_group,crisis,care,"
        "care_children,care_obs,units_serving,ip,ip_declined,group,"
        "group_nav,substance,mental,injecting,services_done,svc_gp_r,"
        "svc_gp_w,status";
    static const char *const rows =
        "nord;2;2014-05-20;female;1996;mental;0;daily;2;0;nord|sor;0;1;1;1;"
        ";5;;1;1;0;complete\n"
        "sor;3;2014-05-21;other;1894;dual;;none;0;0;unknown;unknown;;0;;"
        "unknown;1;unknown;0;;;complete\n"
        "nord;1;;male;unknown;substance;;shared;20;20;ost;1;;;;5;;1;0;1;1;"
        "withdrawn\n"
        "ost;1;;;;mental;1;;;;;;;1;1;;;;1;;;draft\n";
    struct fixture f;
    struct buf csv;

    (void)state;
    fixture_open(&f);
    buf_init(&csv, 0);
    for (const char *p = columns; *p != '\0'; p++)
        buf_byte(&csv, *p == ',' ? ';' : *p);
    buf_printf(&csv, "\n%s", rows);
    fixture_take(&f, csv.data);
    assert_string_equal(fixture_cells(&f, columns), rows);
    assert_int_equal(fixture_count(&f, ""), 2);
    /* A tick counts as no answer where services_done is 0, as no where it
     * was not made. */
    assert_int_equal(fixture_count(&f, "svc_gp_r is answered"), 1);
    assert_int_equal(fixture_count(&f, "svc_therapy_r = 0"), 1);
    assert_int_equal(fixture_count(&f, "units_serving in {sor}"), 1);
    assert_int_equal(fixture_count(&f, "units_serving is unknown"), 1);
    assert_int_equal(fixture_faults(&f), 0);
    buf_clear(&csv);
    fixture_remove(&f);
}

/* Blank days: the import's in Oslo, only of what is complete. */
static void
test_today(void **state)
{
    static const struct { int64_t ms; const char *day; } edges[] = {
        { INT64_C(1401573599999), "2014-05-31" },   /* 23:59:59 in Oslo */
        { INT64_C(1401573600000), "2014-06-01" },   /* midnight, 22:00 UTC */
        { INT64_C(1388530799999), "2013-12-31" },   /* winter: 23:00 UTC */
        { INT64_C(1388530800000), "2014-01-01" },
    };
    struct fixture f;

    (void)state;
    fixture_store(&f);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        char id[16], want[64];

        snprintf(id, sizeof id, "r-%zu", i);
        fixture_round(&f, id, (struct round_kind){ .real = false });
        f.now.now_ms = edges[i].ms;
        fixture_take(&f, HEAD ";status;registered_on\n" ROW ";;\n"
                     ROW ";draft;\n" ROW ";withdrawn;\n"
                     ROW ";;2014-05-02\n");
        snprintf(want, sizeof want, "%s\n\n\n2014-05-02\n", edges[i].day);
        assert_string_equal(fixture_cells(&f, "registered_on"), want);
    }
    fixture_remove(&f);
}

/* What a clock that moves says when the first row is read holds for all. */
static void
test_today_is_one(void **state)
{
    struct fixture f;
    struct buf b;

    (void)state;
    fixture_open(&f);
    f.now = (struct clock_fixed){ INT64_C(1401573599000), 400 };
    buf_init(&b, 0);
    buf_text(&b, HEAD "\n");
    for (int i = 0; i < 5000; i++)
        buf_text(&b, ROW "\n");
    fixture_take(&f, b.data);
    assert_int_equal(fixture_count(&f, "registered_on = 2014-05-31"), 5000);
    buf_clear(&b);
    fixture_remove(&f);
}

static void
test_identifying(void **state)
{
    struct fixture f;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "r", (struct round_kind){
        .switched_on = "case_code professional" });
    fixture_take(&f, HEAD ";case_code;professional;units_serving\n"
                 ROW ";\"a;\"\"b\"\"\";K\xC3\xA5re: N|N;nord\n"
                 ROW ";0123456789;;\n" ROW ";;;sor|nord\n");
    assert_string_equal(fixture_cells(&f, "case_code,professional,"
                                      "units_serving"),
                        "a;\"b\";K\xC3\xA5re: N|N;nord\n0123456789;;\n"
                        ";;sor|nord\n");
    assert_int_equal(fixture_count(&f, "units_serving in {nord}"), 2);
    /* Too many digits, wherever they stand; and what no text may be. */
    assert_false(fixture_import(&f, HEAD ";case_code\n" ROW ";01818000083\n"
                                ROW ";018180-00083\n" ROW ";1 2 3 4 5 6 7 8"
                                " 9 10\n" ROW ";a\tb\n" ROW ";\"a\nb\"\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2:case_code:check.text_digits|11\n"
                        "3:case_code:check.text_digits|11\n"
                        "4:case_code:check.text_digits|11\n"
                        "5:case_code:check.text_control\n"
                        "6:case_code:check.text_control\n");
    /* subunit is still off, in a draft too. */
    assert_false(fixture_import(&f, HEAD ";subunit;status\n" ROW ";x;\n"
                                ROW ";x;draft\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2:subunit:check.off|subunit\n"
                        "3:subunit:check.off|subunit\n");
    /* Switched on, it takes words, and no person's number, though its
     * definition says nothing of digits. */
    fixture_round(&f, "on", (struct round_kind){
        .switched_on = "subunit professional" });
    fixture_take(&f, HEAD ";subunit;professional\n" ROW ";Sone 1;\n"
                 ROW ";0123456789;0123456789\n");
    assert_false(fixture_import(&f, HEAD ";subunit;professional;status\n"
                                ROW ";01818000083;;\n"
                                ROW ";;a 018180 00083;\n"
                                ROW ";01818000083;;draft\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2:subunit:check.text_digits|11\n"
                        "3:professional:check.text_digits|11\n"
                        "4:subunit:check.text_digits|11\n");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* What identifies is not in the store's bytes, nor are numbers. */
static void
test_nothing_in_the_clear(void **state)
{
    static const char *const names[] = {
        "brukerplan.db", "brukerplan.db-wal", "access.db", "access.db-wal"
    };
    struct fixture f;
    struct buf b;
    char path[160];

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "r", (struct round_kind){ .switched_on = "case_code" });
    fixture_take(&f, fixture_fill(&f,
        HEAD ";case_code;ident\n" ROW ";hemmelig-0;{1}\n"));
    buf_init(&b, 0);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", f.path, names[i]);
        buf_reset(&b);
        if (access(path, F_OK) != 0)
            continue;
        assert_ok(buf_read_file(&b, path, 1 << 26, &f.e), &f.e);
        assert_null(memmem(b.data, b.len, "hemmelig", 8));
        assert_null(memmem(b.data, b.len, fixture_person(&f, 1), 11));
    }
    buf_clear(&b);
    fixture_remove(&f);
}

static void
test_drafts(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Unanswered is never refused in a draft; what may not be said is. */
    fixture_take(&f, "unit;status\nnord;draft\nost;draft\n");
    assert_string_equal(fixture_standing(&f), "1 d 0,2 d 0,");
    assert_int_equal(fixture_count(&f, ""), 0);
    assert_false(fixture_import(&f,
        "unit;status;birth_year;care;care_children;mental\n"
        "nord;draft;1997;;;\nnord;draft;;none;1;\nnord;draft;;;;9\n"
        ";draft;;;;\n"));
    assert_int_equal(f.result.faults, 4);
    fixture_remove(&f);
}

static void
test_closed(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    assert_ok(store_begin(f.s, &f.e), &f.e);
    assert_ok(round_set_status(f.s, &everyone, f.o.round, ROUND_CLOSED, "",
                               &f.e), &f.e);
    assert_ok(store_commit(f.s, &f.e), &f.e);
    f.result.rows = 7;
    assert_false(fixture_import(&f, HEAD "\n" ROW "\n"));
    assert_string_equal(f.e.key, "round.closed");
    assert_int_equal(f.e.code, ERR_INPUT);
    assert_int_equal(f.result.rows, 0);
    fixture_remove(&f);
}

static bool
import_file(struct fixture *f, const char *file)
{
    struct listener l = fixture_listener(f);

    fixture_silence(f);
    return import_csv(&f->o, &everyone, file, &l, &f->result, &f->e);
}

static void
count_progress(void *ctx, int64_t done, int64_t total)
{
    int64_t *last = ctx;

    assert_true(done >= *last && done <= total);
    *last = done;
}

static void
test_files(void **state)
{
    struct fixture f;
    struct buf b;
    char path[160];
    int64_t last = 0;
    struct listener l = { hear_fault, hear_warning, count_progress, &last,
                          LANG_EN };

    (void)state;
    fixture_open(&f);
    snprintf(path, sizeof path, "%s/none.csv", f.dir);
    assert_false(import_file(&f, path));
    assert_string_equal(f.e.key, "file.open");
    assert_int_equal(f.e.code, ERR_INPUT);
    assert_false(import_file(&f, f.dir));
    assert_string_equal(f.e.key, "file.read");
    assert_int_equal(f.e.code, ERR_INPUT);
    assert_int_equal(f.said, 0);

    buf_init(&b, 0);
    buf_text(&b, HEAD ";registration\n");
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, ROW ";%s\n", i == 5000 ? "20000" : "");
    snprintf(path, sizeof path, "%s/many.csv", f.dir);
    err_clear(&f.e);
    assert_ok(buf_write_file(&b, path, &f.e), &f.e);
    assert_ok(import_csv(&f.o, &everyone, path, &l, &f.result, &f.e), &f.e);
    assert_int_equal(f.result.rows, 10000);
    assert_int_equal(f.o.round->next_number, 30000);
    assert_true(last > 0);
    buf_clear(&b);
    fixture_remove(&f);
}

static bool
import_pipe(struct fixture *f, const char *csv)
{
    int end[2], saved = dup(STDIN_FILENO);
    bool ok;

    assert_int_equal(pipe(end), 0);
    assert_int_equal(write(end[1], csv, strlen(csv)), strlen(csv));
    close(end[1]);
    assert_int_equal(dup2(end[0], STDIN_FILENO), STDIN_FILENO);
    close(end[0]);
    ok = import_file(f, "-");
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    close(saved);
    return ok;
}

/* A pipe can't be read twice, so a number may be given before it is found
 * that the file wants it; then nothing is imported. */
static void
test_pipe(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    assert_ok(import_pipe(&f, HEAD "\n" ROW "\n"), &f.e);
    assert_ok(import_pipe(&f, HEAD ";registration\n" ROW ";\n" ROW ";7\n"
                          ROW ";\n"), &f.e);
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,7 c 0,8 c 0,");
    assert_false(import_pipe(&f, HEAD ";registration\n" ROW ";\n"
                             ROW ";9\n"));
    assert_string_equal(buf_string(&f.heard),
                        "3:registration:import.number_used|9\n");
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,7 c 0,8 c 0,");
    fixture_remove(&f);
}

/* A training round takes registrations, and none of them counts. */
static void
test_training(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_round(&f, "training", (struct round_kind){ .training_of = "r" });
    fixture_take(&f, fixture_fill(&f, HEAD ";ident\n" ROW ";{1}\n"
                                  ROW ";{1}\n"));
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,");
    assert_int_equal(fixture_count(&f, ""), 0);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_use(&f, "r");
    assert_int_equal(fixture_count(&f, ""), 0);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_real_round),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_today),
        cmocka_unit_test(test_today_is_one),
        cmocka_unit_test(test_identifying),
        cmocka_unit_test(test_nothing_in_the_clear),
        cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_training),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
