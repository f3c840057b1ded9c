/* test_export.c - what is exported can be imported and counts the same. */
#include "import_fixture.h"

static const char header[] =
    "municipality;year;period;unit;subunit;professional;case_code;tier;"
    "pseudonym;registered_on;sex;birth_year;target_group;crisis;";
static const char header_end[] = ";status;registration;superseded_by";

/* Some of everything: superseded, without a number, draft, withdrawn,
 * unknown, sealed, services not done, gaps in the numbers. */
static const char some[] =
    HEAD ";tier;ident;status;registration;superseded_by;registered_on;sex;"
    "birth_year;care;care_children;units_serving;services_done;svc_gp_r;"
    "case_code\n"
    "nord;mental;2;1;{1};;7;;2014-05-20;male;1980;daily;2;nord|sor;;1;\n"
    "nord;mental;3;2;{1};;2;;2014-05-21;;unknown;;0;unknown;0;;x\n"
    "sor;mental;4;3;;;;2;;;;;;;1;;\"a;\"\"b\"\"\"\n"
    "ost;mental;5;1;{2};draft;;;;;;;;;;;\n"
    "ost;mental;1;1;{2};withdrawn;;;;;;;;;;;\n"
    "nord;mental;1;1;{3};;40;;;;;;;;;;\n"
    "sor;mental;1;2;{3};;;;;;;;;ost;;0;\n";

static void
test_columns(void **state)
{
    struct fixture f;
    struct buf b;
    size_t line, end = sizeof header_end - 1;

    (void)state;
    fixture_open(&f);
    fixture_export(&f, &b);
    line = strcspn(b.data, "\n");
    assert_int_equal(line + 1, b.len);
    assert_memory_equal(b.data, header, sizeof header - 1);
    assert_memory_equal(b.data + line - end, header_end, end);
    buf_clear(&b);
    fixture_remove(&f);
}

static void
test_round_trip(void **state)
{
    static const char *const filters[] = {
        "", "target_group = mental", "index_grade = green", "sex is blank",
        "birth_year is unknown", "units_serving in {ost}", "children > 0",
        "svc_gp_r = 1", "svc_gp_r is answered", "tier = 2",
        "units_serving is unknown", "registered_on = 2014-05-20"
    };
    struct fixture f;
    struct buf first, second;
    const char *standing;
    int64_t n[sizeof filters / sizeof *filters];

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "a", (struct round_kind){ .switched_on = "case_code" });
    fixture_take(&f, fixture_fill(&f, some));
    standing = fixture_standing(&f);
    assert_string_equal(standing, "2 c 7,7 c 0,40 c 0,41 c 2,42 d 0,43 w 0,"
                        "44 c 40,");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        n[i] = fixture_count(&f, filters[i]);
    fixture_export(&f, &first);

    /* Another day must not matter. */
    f.now.now_ms += INT64_C(864000000);
    fixture_round(&f, "b", (struct round_kind){ .switched_on = "case_code" });
    assert_ok(fixture_import_bytes(&f, first.data, first.len), &f.e);
    assert_string_equal(buf_string(&f.heard), "");
    assert_string_equal(fixture_standing(&f), standing);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        assert_int_equal(fixture_count(&f, filters[i]), n[i]);
    fixture_export(&f, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    assert_int_equal(fixture_faults(&f), 0);
    buf_clear(&first);
    buf_clear(&second);
    fixture_remove(&f);
}

/* Nothing of the number, in any byte. */
static void
test_no_numbers(void **state)
{
    struct fixture f;
    struct buf b;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "a", (struct round_kind){ .switched_on = "case_code" });
    fixture_take(&f, fixture_fill(&f, some));
    fixture_export(&f, &b);
    for (int i = 1; i <= 3; i++)
        assert_null(strstr(b.data, fixture_person(&f, i)));
    buf_clear(&b);
    fixture_remove(&f);
}

static void
test_training(void **state)
{
    struct fixture f;
    struct buf b;

    (void)state;
    fixture_open(&f);
    fixture_round(&f, "t", (struct round_kind){ .training_of = "r" });
    fixture_take(&f, HEAD "\n" ROW "\n");
    buf_init(&b, 0);
    err_clear(&f.e);
    assert_false(export_csv(&f.o, &everyone, &b, &f.e));
    assert_string_equal(f.e.key, "export.training");
    assert_int_equal(f.e.code, ERR_INPUT);
    assert_int_equal(b.len, 0);
    buf_clear(&b);
    fixture_remove(&f);
}

/* A question switched on later has not been answered before. */
static void
test_definitions(void **state)
{
    struct fixture f;
    struct definition d;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";units_serving\n" ROW ";nord|ost\n");
    assert_ok(round_definition(f.s, f.o.round, 0, &f.arena, &d, &f.e), &f.e);
    d.switched_on = "case_code";
    assert_ok(store_begin(f.s, &f.e)
              && round_define(f.s, &everyone, f.o.round, &d, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    fixture_use(&f, "r");
    fixture_take(&f, HEAD ";case_code;units_serving\n" ROW ";a;sor\n");
    assert_string_equal(fixture_cells(&f, "mental,case_code,units_serving"),
                        "2;;nord|ost\n2;a;sor\n");
    assert_int_equal(fixture_count(&f, "units_serving in {ost, sor}"), 2);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A byte changed, or sealed text moved to another registration, is told by
 * number, and the export stops. */
static void
test_damaged(void **state)
{
    struct fixture f;
    struct buf b;
    struct registration r;
    const struct registration *row;
    struct scan_ask ask = { .what = "test", .with_sealed = true };
    struct scan *scan;
    uint8_t answers[512], sealed[512];

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";units_serving\n" ROW ";nord\n" ROW ";sor\n");
    scan = scan_begin(f.s, &everyone, f.o.round, &ask, &f.e);
    assert_true(scan_next(scan, &row, &f.e) && row != NULL);
    r = *row;
    assert_true(r.answers_len < sizeof answers);
    assert_true(r.sealed_len < sizeof sealed);
    memcpy(answers, r.answers, r.answers_len);
    memcpy(sealed, r.sealed, r.sealed_len);
    assert_ok(scan_end(scan, &f.e), &f.e);
    r.answers = answers;
    r.sealed = sealed;
    r.number = 2;
    assert_ok(store_begin(f.s, &f.e)
              && registration_change(f.s, &everyone, f.o.round, &r, "", &f.e)
              && feed_settle(&f.o, &everyone, &f.e)
              && store_commit(f.s, &f.e), &f.e);
    buf_init(&b, 0);
    assert_false(export_csv(&f.o, &everyone, &b, &f.e));
    assert_int_equal(f.e.code, ERR_INPUT);
    assert_int_equal(fixture_faults(&f), 1);
    assert_string_equal(buf_string(&f.heard), "0::verify.damaged|r|2\n");
    buf_clear(&b);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_no_numbers),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
