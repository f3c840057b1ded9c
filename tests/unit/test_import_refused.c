/* test_import_refused.c - registrations from CSV: what is refused, where, in
 * which words, and that it is all or nothing. */
#include "import_fixture.h"
#include "base/utf8.h"

struct refusal {
    const char *csv;            /* {N}: a person; see fixture_fill */
    const char *heard;
};

/* Faults of the file as CSV, and of its header. */
static const struct refusal of_file[] = {
    { "", "0::csv.empty\n" },
    { "\xEF\xBB\xBF", "0::csv.empty\n" },
    { HEAD ";score\n" ROW ";1\n", "1:score:csv.column|score\n" },
    { HEAD ";tear\n" ROW ";1\n", "1:tear:csv.column_near|tear|year\n" },
    { HEAD ";statu\n" ROW ";\n", "1:statu:csv.column_near|statu|status\n" },
    { HEAD ";Unit\n", "1:Unit:csv.column_near|Unit|unit\n" },
    { HEAD "; sex\n", "1: sex:csv.column_near| sex|sex\n" },
    { HEAD ";index\n", "1:index:csv.column|index\n" },
    { HEAD ";\n" ROW ";\n", "1::csv.column_blank|4\n" },
    { HEAD ";mental\n", "1:mental:csv.column_twice|mental|3|4\n" },
    { HEAD ";status;status\n", "1:status:csv.column_twice|status|4|5\n" },
    { "target_group;mental\nmental;2\n", "1::csv.column_missing|unit\n" },
    /* an unknown column hides no other fault, nor is its own cell looked at */
    { HEAD ";score\n" ROW ";1\n" "vest;mental;9;1\n",
      "1:score:csv.column|score\n"
      "3:unit:import.value_code|vest|nord, sor, ost\n"
      "3:mental:import.value_score|9|1..5\n" },
    { "score;tear;unit;target_group;mental\n;;nord;mental;9\n",
      "1:score:csv.column|score\n1:tear:csv.column_near|tear|year\n"
      "2:mental:import.value_score|9|1..5\n" },
    { HEAD ";\nnord;mental;9;{1}\n",
      "1::csv.column_blank|4\n2:mental:import.value_score|9|1..5\n" },
    { HEAD ";mental\nnord;mental;9;2\n",
      "1:mental:csv.column_twice|mental|3|4\n"
      "2:mental:import.value_score|9|1..5\n" },
    { HEAD ";score;ident\n" ROW ";1;123\n" ROW ";1\n",
      "1:score:csv.column|score\n2:ident:ident.form\n"
      "3::csv.row_short|4|5\n" },
    { HEAD ";score;registration\n" ROW ";;7\n" ROW ";;7\n",
      "1:score:csv.column|score\n3:registration:import.number_used|7\n" },
    /* without a unit no row can be right: none is looked at */
    { "target_group;mental\nmental;9\n", "1::csv.column_missing|unit\n" },
    { "target_group;score\nmetal;2\n",
      "1:score:csv.column|score\n1::csv.column_missing|unit\n" },
    { "Unit;target_group\nnord;metal\n",
      "1:Unit:csv.column_near|Unit|unit\n1::csv.column_missing|unit\n" },
    { HEAD "\n\n" ROW "\n", "2::csv.row_empty|0\n" },
    { HEAD "\n" ROW "\n\n", "3::csv.row_empty|0\n" },
    { HEAD "\nnord;mental\n", "2::csv.row_short|2|3\n" },
    { HEAD "\n" ROW ";1;\n" ROW "\n", "2::csv.row_wide|5|3\n" },
    { HEAD "\nno\"rd;mental;2\n", "2:unit:csv.quote_inside|1\n" },
    { HEAD "\nnord;\"mental\"x;2\n", "2:target_group:csv.quote_after|2\n" },
    { HEAD "\nnord;mental;\"2\n", "2:mental:csv.quote_open|3\n" },
    { HEAD "\nnord;mental;2\rsor;mental;2\n", "2:mental:csv.cr|3\n" },
    { HEAD "\nnord;mental;\xE5\n", "2:mental:csv.utf8|3\n" },
};

/* Faults of one cell. */
static const struct refusal of_cells[] = {
    /* numbers */
    { HEAD ";ident\n" ROW ";1234567890\n", "2:ident:ident.form\n" },
    { HEAD ";ident\n" ROW "; 01818000083\n", "2:ident:ident.form\n" },
    { HEAD ";ident\n" ROW ";unknown\n", "2:ident:ident.form\n" },
    { HEAD ";ident\n" ROW ";31828000083\n", "2:ident:ident.date\n" },
    { HEAD ";ident\n" ROW ";01818000000\n", "2:ident:ident.control\n" },
    { HEAD ";ident\n" ROW ";{=2}\n", "2:ident:ident.not_synthetic\n" },
    { HEAD ";pseudonym\n" ROW ";0123\n", "2:pseudonym:import.pseudonym\n" },
    { HEAD ";pseudonym\n" ROW ";0123456789ABCDEF0123456789ABCDEF\n",
      "2:pseudonym:import.pseudonym\n" },
    { HEAD ";pseudonym\n" ROW ";0123456789abcdef0123456789abcdeg\n",
      "2:pseudonym:import.pseudonym\n" },
    { HEAD ";ident;pseudonym\n" ROW ";{1};0123456789abcdef0123456789abcdef\n",
      "2:pseudonym:import.pseudonym_ident\n" },
    { HEAD ";pseudonym;ident\n" ROW ";0123456789abcdef0123456789abcdef;{1}\n",
      "2:pseudonym:import.pseudonym_ident\n" },
    /* codes */
    { "unit;target_group;mental;sex\nnord;mental;2;woman\n",
      "2:sex:import.value_code|woman|male, female, other, unknown\n" },
    { "unit;target_group;mental;sex\nnord;mental;2;Female\n",
      "2:sex:import.value_code|Female|male, female, other, unknown\n" },
    { HEAD "\nvest;mental;2\n",
      "2:unit:import.value_code|vest|nord, sor, ost\n" },
    { HEAD "\nnord;unknown;2\n",
      "2:target_group:import.value_code|unknown|mental, substance, dual\n" },
    { HEAD ";ip\n" ROW ";yes\n",
      "2:ip:import.value_code|yes|1, 0, unknown\n" },
    { HEAD ";ip\n" ROW ";01\n", "2:ip:import.value_code|01|1, 0, unknown\n" },
    { HEAD ";services_done\n" ROW ";unknown\n",
      "2:services_done:import.value_code|unknown|1, 0\n" },
    { HEAD ";svc_gp_r\n" ROW ";2\n",
      "2:svc_gp_r:import.value_code|2|1, 0\n" },
    { HEAD ";units_serving\n" ROW ";nord|vest\n",
      "2:units_serving:import.value_code|vest|nord, sor, ost, unknown\n" },
    { HEAD ";units_serving\n" ROW ";nord|\n",
      "2:units_serving:import.value_code||nord, sor, ost, unknown\n" },
    { HEAD ";units_serving\n" ROW ";nord|sor|nord\n",
      "2:units_serving:import.code_twice|nord|\n" },
    { HEAD ";status\n" ROW ";done\n",
      "2:status:import.value_code|done|draft, complete, withdrawn\n" },
    /* numbers that are no persons' */
    { HEAD ";economy\n" ROW ";6\n", "2:economy:import.value_score|6|1..5\n" },
    { HEAD ";economy\n" ROW ";0\n", "2:economy:import.value_score|0|1..5\n" },
    { HEAD ";economy\n" ROW ";02\n",
      "2:economy:import.value_score|02|1..5\n" },
    { HEAD ";birth_year\n" ROW ";80\n",
      "2:birth_year:import.value_int|80|1850..2200\n" },
    { HEAD ";birth_year\n" ROW ";+1980\n",
      "2:birth_year:import.value_int|+1980|1850..2200\n" },
    { HEAD ";tier\n" ROW ";4\n", "2:tier:import.value_int|4|1..3\n" },
    { HEAD ";care;care_children\n" ROW ";daily;21\n",
      "2:care_children:import.value_int|21|0..20\n" },
    { HEAD ";registered_on\n" ROW ";2014-02-29\n",
      "2:registered_on:import.value_date|2014-02-29|2014-05-20\n" },
    { HEAD ";registered_on\n" ROW ";1.6.2014\n",
      "2:registered_on:import.value_date|1.6.2014|2014-05-20\n" },
    { HEAD ";registered_on\n" ROW ";1969-12-31\n",
      "2:registered_on:import.value_date|1969-12-31|2014-05-20\n" },
    { HEAD ";municipality\n" ROW ";1 201\n",
      "2:municipality:import.value_text4|1 201|1201\n" },
    { HEAD ";municipality\n" ROW ";0301\n",
      "2:municipality:import.other_round|0301|1201\n" },
    { HEAD ";year\n" ROW ";2013\n", "2:year:import.other_round|2013|2014\n" },
    { HEAD ";registration\n" ROW ";0\n",
      "2:registration:import.number|0|2147483647\n" },
    { HEAD ";registration\n" ROW ";2147483648\n",
      "2:registration:import.number|" QUOTE_HIDDEN "10|2147483647\n" },
    { HEAD ";registration\n" ROW ";-1\n",
      "2:registration:import.number|-1|2147483647\n" },
    { HEAD ";superseded_by\n" ROW ";x\n",
      "2:superseded_by:import.number|x|2147483647\n" },
    /* what was found is cut, escaped, and left out where it may be a number */
    { HEAD ";economy\n" ROW ";aaaaaaaaaaaaaaaaaaaaaaaa\n",
      "2:economy:import.value_score|aaaaaaaaaaaaaaaaaaaa\xE2\x80\xA6|1..5\n" },
    { HEAD ";economy\n" ROW ";\x1B[2J\n",
      "2:economy:import.value_score|\\x1B[2J|1..5\n" },
    { HEAD ";economy\n" ROW ";{1}\n",
      "2:economy:import.value_score|" QUOTE_HIDDEN "11|1..5\n" },
    { HEAD ";sex\n" ROW ";{1}\n", "2:sex:import.value_code|" QUOTE_HIDDEN
      "11|male, female, other, unknown\n" },
    { "01818000083;unit\n" ";nord\n",
      "1:#1:csv.column|" QUOTE_HIDDEN "11\n"
      "2:target_group:check.needed|target_group\n"
      "2:economy:check.needed_any|economy|activity\n" },
    { "unit;target_group;mental;{1}\n" ROW ";\n",
      "1:#4:csv.column|" QUOTE_HIDDEN "11\n" },
};

/* Faults that follow from several cells, the round, or other rows. */
static const struct refusal of_rows[] = {
    { "unit;target_group;mental\n;mental;2\n", "2:unit:import.unit_needed\n" },
    { "unit;status\n;draft\n;withdrawn\n",
      "2:unit:import.unit_needed\n3:unit:import.unit_needed\n" },
    { "unit;tier;target_group;mental\nnord;3;mental;2\n",
      "2:tier:import.tier|3|nord\n" },
    { "unit;tier;target_group;mental\nsor;1;mental;2\n",
      "2:tier:import.tier|1|sor\n" },
    { HEAD "\nost;mental;2\n", "2:ident:import.number_required|ost|1\n" },
    { HEAD ";ident\nost;mental;2;\n",
      "2:ident:import.number_required|ost|1\n" },
    { HEAD ";substance\n" ROW ";2\n",
      "2:substance:check.unasked|substance"
      "|target_group in {substance, dual}\n" },
    { HEAD ";crisis\nnord;dual;2;0\n",
      "2:crisis:check.unasked|crisis|target_group = mental\n" },
    { HEAD ";crisis\nnord;dual;2;unknown\n",
      "2:crisis:check.unasked|crisis|target_group = mental\n" },
    { HEAD ";group;group_nav\n" ROW ";0;1\n",
      "2:group_nav:check.unasked|group_nav|group = 1\n" },
    { HEAD ";group_nav\n" ROW ";0\n",
      "2:group_nav:check.unasked|group_nav|group = 1\n" },
    { HEAD ";ip;ip_declined\n" ROW ";1;0\n",
      "2:ip_declined:check.unasked|ip_declined|ip = 0\n" },
    { HEAD ";case_code\n" ROW ";A1\n", "2:case_code:check.off|case_code\n" },
    { HEAD ";care;care_children;care_obs\n" ROW ";daily;1;2\n",
      "2:care_obs:check.at_most|2|1|care_children\n" },
    { HEAD ";contact;contact_obs\n" ROW ";some;1\n",
      "2:contact_obs:check.at_most_blank|1|contact_children\n" },
    { HEAD ";birth_year\n" ROW ";2015\n",
      "2:birth_year:check.birth_year|2015|1894|2014\n" },
    { HEAD ";birth_year\n" ROW ";1893\n",
      "2:birth_year:check.birth_year|1893|1894|2014\n" },
    { HEAD ";birth_year\n" ROW ";1997\n", "2:birth_year:check.age|17|18\n" },
    { "unit;mental\nnord;2\n", "2:target_group:check.needed|target_group\n" },
    { "unit;target_group\nnord;mental\n",
      "2:economy:check.needed_any|economy|activity\n" },
    { "unit;target_group\nnord;substance\n",
      "2:substance:check.needed_any|substance|activity\n" },
    { HEAD "\nnord;mental;unknown\n",
      "2:economy:check.needed_any|economy|activity\n" },
    { HEAD ";registration\n" ROW ";7\n" ROW ";7\n",
      "3:registration:import.number_used|7\n" },
    { HEAD ";registration\n" ROW ";2147483647\n" ROW ";\n",
      "3:registration:import.numbers_full|2147483647\n" },
    { HEAD ";registration\n" ROW ";12345678\n" ROW ";12345678\n",
      "3:registration:import.number_used|12345678\n" },
    { HEAD ";registration\n" ROW ";123456789\n" ROW ";123456789\n",
      "3:registration:import.number_used|" QUOTE_HIDDEN "9\n" },
    /* what leads nowhere: to none, to itself, round in a circle, to a draft
     * or a withdrawn one, at once or at the end of a chain */
    { HEAD ";superseded_by\n" ROW ";\n" ROW ";9\n",
      "3:superseded_by:import.superseded_by\n" },
    { HEAD ";superseded_by\n" ROW ";1\n",
      "2:superseded_by:import.superseded_by\n" },
    { HEAD ";superseded_by\n" ROW ";2\n" ROW ";1\n",
      "2:superseded_by:import.superseded_by\n"
      "3:superseded_by:import.superseded_by\n" },
    { HEAD ";superseded_by\n" ROW ";2\n" ROW ";3\n" ROW ";2\n" ROW ";\n",
      "2:superseded_by:import.superseded_by\n"
      "3:superseded_by:import.superseded_by\n"
      "4:superseded_by:import.superseded_by\n" },
    { HEAD ";status;superseded_by\n" ROW ";;2\n" ROW ";draft;\n",
      "2:superseded_by:import.superseded_by\n" },
    { HEAD ";status;superseded_by\n" ROW ";;2\n" ROW ";withdrawn;\n",
      "2:superseded_by:import.superseded_by\n" },
    { HEAD ";status;superseded_by\n" ROW ";;2\n" ROW ";;3\n"
      ROW ";draft;\n", "2:superseded_by:import.superseded_by\n"
      "3:superseded_by:import.superseded_by\n" },
    { HEAD ";status;superseded_by\n" ROW ";;2\n" ROW ";withdrawn;3\n"
      ROW ";;\n", "2:superseded_by:import.superseded_by\n" },
    { HEAD ";superseded_by\n" ROW ";2\n" ROW ";3\n" ROW ";9\n",
      "2:superseded_by:import.superseded_by\n"
      "3:superseded_by:import.superseded_by\n"
      "4:superseded_by:import.superseded_by\n" },
    /* a draft, or a withdrawn one, has no more answers than was asked */
    { HEAD ";status;crisis\nnord;dual;2;draft;0\nnord;dual;2;withdrawn;1\n",
      "2:crisis:check.unasked|crisis|target_group = mental\n"
      "3:crisis:check.unasked|crisis|target_group = mental\n" },
    { "unit;status;group_nav\nnord;draft;1\nnord;withdrawn;0\n",
      "2:group_nav:check.unasked|group_nav|group = 1\n"
      "3:group_nav:check.unasked|group_nav|group = 1\n" },
    { "unit;status;target_group;ip;ip_declined\nnord;draft;;1;0\n"
      "nord;draft;;0;1\n",
      "2:ip_declined:check.unasked|ip_declined|ip = 0\n" },
    { "unit;status;group;group_nav\nnord;draft;x;1\n",
      "2:group:import.value_code|x|1, 0, unknown\n" },
    /* several at once, in the order of the file */
    { "unit;sex;target_group;economy\nnord;x;mental;9\nvest;;mental;2\n",
      "2:sex:import.value_code|x|male, female, other, unknown\n"
      "2:economy:import.value_score|9|1..5\n"
      "3:unit:import.value_code|vest|nord, sor, ost\n" },
    /* what only follows from a faulty cell is not told */
    { HEAD ";care;care_children\n" ROW ";dayly;1\n",
      "2:care:import.value_code|dayly|none, daily, shared, unknown\n" },
    { HEAD ";group;group_nav\n" ROW ";x;1\n",
      "2:group:import.value_code|x|1, 0, unknown\n" },
    { "unit;target_group;mental\nnord;mental;9\n",
      "2:mental:import.value_score|9|1..5\n" },
    { "unit;target_group;mental\nnord;metal;2\n",
      "2:target_group:import.value_code|metal"
      "|mental, substance, dual\n" },
    { HEAD ";ident\nost;mental;2;123\n", "2:ident:ident.form\n" },
    { HEAD ";pseudonym\nost;mental;2;123\n",
      "2:pseudonym:import.pseudonym\n" },
    { HEAD ";tier\nost;mental;2;x\n",
      "2:tier:import.value_int|x|1..3\n" },
    { "unit;status\nnord;drafft\n",
      "2:status:import.value_code|drafft|draft, complete, withdrawn\n" },
    { "unit;target_group;mental\n;mental;9\n",
      "2:mental:import.value_score|9|1..5\n2:unit:import.unit_needed\n" },
};

static void
check_refusals(const struct refusal *list, size_t count)
{
    struct fixture f;

    fixture_open(&f);
    for (size_t i = 0; i < count; i++) {
        const char *csv = fixture_fill(&f, list[i].csv);
        bool ok = fixture_import(&f, csv);

        if (ok || strcmp(buf_string(&f.heard), list[i].heard) != 0)
            fail_msg("%s\nwas %s:\n%snot:\n%s", csv,
                     ok ? "accepted" : "refused", buf_string(&f.heard),
                     list[i].heard);
        assert_string_equal(f.e.key, "import.refused");
        assert_int_equal(f.e.code, ERR_INPUT);
        assert_string_equal(f.e.at.file, "f.csv");
        assert_int_equal(f.result.faults, f.said);
        assert_int_equal(f.o.round->next_number, 1);
    }
    assert_string_equal(fixture_standing(&f), "");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

static void
test_faults_of_file(void **state)
{
    (void)state;
    check_refusals(of_file, sizeof of_file / sizeof *of_file);
}

static void
test_faults_of_cells(void **state)
{
    (void)state;
    check_refusals(of_cells, sizeof of_cells / sizeof *of_cells);
}

static void
test_faults_of_rows(void **state)
{
    (void)state;
    check_refusals(of_rows, sizeof of_rows / sizeof *of_rows);
}

/* The instrument's own checks speak for themselves. */
static void
test_faults_of_definition(void **state)
{
    static const char *const columns[][2] = {
        { "care;care_children", "none;1" },
        { "care;care_children", ";1" },
        { "care;care_children;care_obs", "none;1;1" },
        { "contact;contact_children", "unknown;2" },
    };
    struct fixture f;

    (void)state;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char csv[160], start[64];
        const char *field = strchr(columns[i][0], ';') + 1;

        snprintf(csv, sizeof csv, HEAD ";%s\n" ROW ";%s\n", columns[i][0],
                 columns[i][1]);
        assert_false(fixture_import(&f, csv));
        snprintf(start, sizeof start, "2:%.*s:check.message|",
                 (int)strcspn(field, ";"), field);
        assert_memory_equal(buf_string(&f.heard), start, strlen(start));
    }
    fixture_remove(&f);
}

/* Eight units are all named, of nine the nearest, however far. */
static void
test_many_units(void **state)
{
    static const char eight[] = "u1, u2, u3, u4, u5, u6, u7, u8";
    struct fixture f;
    struct buf b;
    char want[256];

    (void)state;
    fixture_store(&f);
    buf_init(&b, 0);
    buf_text(&b, "unit,name,tier\n");
    for (int i = 1; i <= 8; i++)
        buf_printf(&b, "u%d,U,1\n", i);
    fixture_round(&f, "eight", (struct round_kind){ .units = b.data });
    assert_false(fixture_import(&f, HEAD ";units_serving\n"
                                "nobody;mental;2;u9\n"));
    snprintf(want, sizeof want, "2:unit:import.value_code|nobody|%s\n"
             "2:units_serving:import.value_code|u9|%s, unknown\n", eight,
             eight);
    assert_string_equal(buf_string(&f.heard), want);
    buf_text(&b, "u99,U,1\n");
    fixture_round(&f, "nine", (struct round_kind){ .units = b.data });
    assert_false(fixture_import(&f, fixture_fill(&f,
        HEAD ";units_serving\nnobody;mental;2;u1|u9\n"
        "xu99x;mental;2;u1|\n{1};mental;2;\n")));
    assert_string_equal(buf_string(&f.heard),
                        "2:unit:import.value_code_near|nobody|u1\n"
                        "2:units_serving:import.value_code_near|u9|u1\n"
                        "3:unit:import.value_code_near|xu99x|u99\n"
                        "3:units_serving:import.value_code_near||u1\n"
                        "4:unit:import.value_code_near|" QUOTE_HIDDEN
                        "11|u1\n");
    buf_clear(&b);
    fixture_remove(&f);
}

/* A row of a NUL byte, one longer than a mebibyte, one of 1025 cells. */
static void
test_faults_of_size(void **state)
{
    static const char nul[] = HEAD "\nnord;men\0tal;2\n";
    struct fixture f;
    struct buf b;

    (void)state;
    fixture_open(&f);
    assert_false(fixture_import_bytes(&f, nul, sizeof nul - 1));
    assert_string_equal(buf_string(&f.heard), "2:target_group:csv.nul|2\n");

    buf_init(&b, 0);
    buf_text(&b, HEAD "\n" ROW "\nnord;mental;");
    for (int i = 0; i < CSV_ROW_MAX; i++)
        buf_byte(&b, '2');
    buf_text(&b, "\nvest;mental;2\n");
    assert_false(fixture_import_bytes(&f, b.data, b.len));
    assert_string_equal(buf_string(&f.heard), "3::csv.row_long|0\n");

    buf_reset(&b);
    buf_text(&b, HEAD "\n" ROW);
    for (int i = 3; i < CSV_FIELDS_MAX + 1; i++)
        buf_byte(&b, ';');
    buf_byte(&b, '\n');
    assert_false(fixture_import_bytes(&f, b.data, b.len));
    assert_string_equal(buf_string(&f.heard), "2::csv.row_fields|0\n");
    buf_clear(&b);
    fixture_remove(&f);
}

static void
test_hundred_faults(void **state)
{
    struct fixture f;
    struct buf b;

    (void)state;
    fixture_open(&f);
    buf_init(&b, 0);
    buf_text(&b, HEAD "\n");
    for (int i = 0; i < 250; i++)
        buf_text(&b, "vest;mental;9\n");
    assert_false(fixture_import_bytes(&f, b.data, b.len));
    assert_int_equal(f.said, 100);
    assert_int_equal(f.result.faults, 500);
    assert_int_equal(f.result.rows, 250);
    assert_string_equal(f.e.arg[0], "500");

    /* Warnings are counted by themselves, and refuse nothing. */
    buf_reset(&b);
    buf_text(&b, HEAD ";period\n");
    for (int i = 0; i < 150; i++)
        buf_text(&b, ROW ";4\n");
    assert_ok(fixture_import_bytes(&f, b.data, b.len), &f.e);
    assert_int_equal(f.said, 0);
    assert_string_equal(buf_string(&f.heard), "~2:period:import.period|5\n");
    assert_int_equal(f.result.warnings, 1);     /* one of a file */
    assert_int_equal(fixture_count(&f, "period = 5"), 150);
    /* once more of the next file, and not of what agrees */
    assert_ok(fixture_import(&f, HEAD ";period\n" ROW ";5\n" ROW ";\n"
                             ROW ";6\n" ROW ";7\n"), &f.e);
    assert_string_equal(buf_string(&f.heard), "~4:period:import.period|5\n");
    assert_int_equal(fixture_count(&f, "period = 5"), 154);

    buf_reset(&b);
    buf_text(&b, HEAD ";sex;ident\n");
    for (int i = 0; i < 150; i++)
        buf_printf(&b, ROW ";other;%s\n", fixture_person(&f, i));
    assert_ok(fixture_import_bytes(&f, b.data, b.len), &f.e);
    assert_int_equal(f.warned, 100);
    assert_int_equal(f.result.warnings, 150);
    buf_clear(&b);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults_of_file),
        cmocka_unit_test(test_faults_of_cells),
        cmocka_unit_test(test_faults_of_rows),
        cmocka_unit_test(test_faults_of_definition),
        cmocka_unit_test(test_many_units),
        cmocka_unit_test(test_faults_of_size),
        cmocka_unit_test(test_hundred_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
