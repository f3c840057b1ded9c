/* test_import.c - registrations from CSV: what is refused and where, what
 * is accepted, and that it is all or nothing. */
#include "intake_fixture.h"
#include "base/random.h"
#include "intake/numbers.h"
#include <fcntl.h>
#include <sys/stat.h>
#include "base/utf8.h"

/* The shortest complete registration: unit, target group, a score. */
#define HEAD "unit;target_group;mental"
#define ROW "nord;mental;2"

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
test_numbers(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Blank ones come behind all that were given, wherever they stand. */
    fixture_take(&f, HEAD ";registration\n" ROW ";\n" ROW ";5\n" ROW ";\n"
                 ROW ";3\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f),
                        "3 c 0,5 c 0,6 c 0,7 c 0,8 c 0,");
    assert_int_equal(f.o.round->next_number, 9);
    /* A gap may be filled, but is not by itself. */
    fixture_take(&f, HEAD "\n" ROW "\n");
    fixture_take(&f, HEAD ";registration\n" ROW ";1\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,3 c 0,5 c 0,6 c 0,7 c 0,8 c 0,9 c 0,10 c 0,");
    /* One that is in use is refused, with all of its file. */
    assert_false(fixture_import(&f, HEAD ";registration\n" ROW ";2\n"
                                ROW ";3\n" ROW ";\n" ROW ";10\n"));
    assert_string_equal(buf_string(&f.heard),
                        "3:registration:import.number_used|3\n"
                        "5:registration:import.number_used|10\n");
    assert_int_equal(f.o.round->next_number, 11);
    /* What a refused file would have taken is free. */
    fixture_take(&f, HEAD "\n" ROW "\n");
    assert_int_equal(f.o.round->next_number, 12);
    fixture_use(&f, "r");
    assert_int_equal(f.o.round->next_number, 12);
    fixture_take(&f, HEAD ";registration\n" ROW ";2147483647\n");
    assert_false(fixture_import(&f, HEAD "\n" ROW "\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2::import.numbers_full|2147483647\n");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

static const char PSEUDONYM[] = "0123456789abcdef0123456789abcdef";

static void
test_pseudonyms(void **state)
{
    struct fixture f;
    char csv[512];

    (void)state;
    fixture_open(&f);
    /* A number and the pseudonym it gives are one person. */
    snprintf(csv, sizeof csv, HEAD ";ident;pseudonym\n" ROW ";%s;\n"
             ROW ";;%s\n" ROW ";;%s\n" ROW ";;\n" ROW ";;\n",
             fixture_person(&f, 1), PSEUDONYM, PSEUDONYM);
    fixture_take(&f, csv);
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,2 c 0,3 c 2,4 c 0,5 c 0,");
    snprintf(csv, sizeof csv, HEAD ";pseudonym\n" ROW ";%.32s\n",
             fixture_cells(&f, "pseudonym"));
    fixture_take(&f, csv);
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,2 c 0,3 c 2,4 c 0,5 c 0,6 c 1,");
    assert_int_equal(fixture_count(&f, ""), 4);
    /* ost demands a number: a pseudonym is one. */
    snprintf(csv, sizeof csv, HEAD ";pseudonym\nost;mental;2;%s\n",
             PSEUDONYM);
    fixture_take(&f, csv);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* Which of several counts: index, tier, answers, day, number. */
static void
test_who_counts(void **state)
{
    static const struct { const char *csv, *standing; } cases[] = {
        /* one with an index before one without, whatever the tier */
        { "unit;tier;ident;target_group;economy;mental;physical;housing;"
          "social;network;activity\n"
          "nord;1;{1};mental;1;1;1;1;1;;\nsor;3;{1};mental;1;1;1;1;1;1;\n",
          "1 c 2,2 c 0," },
        /* lowest tier */
        { HEAD ";tier;ident;economy\nsor;mental;2;3;{1};4\n"
          "sor;mental;2;2;{1};\nnord;mental;2;1;{1};\n",
          "1 c 3,2 c 3,3 c 0," },
        /* most answers; 0 and none are, unknown is not, a tick is not */
        { HEAD ";ident;ip;care;svc_gp_r\n" ROW ";{1};unknown;;1\n"
          ROW ";{1};0;;\n" ROW ";{1};0;none;\n", "1 c 3,2 c 3,3 c 0," },
        /* units_serving is one, however many */
        { HEAD ";ident;units_serving;ip;care\n" ROW ";{1};nord|sor|ost;;\n"
          ROW ";{1};;1;none\n", "1 c 2,2 c 0," },
        /* the latest day */
        { HEAD ";ident;registered_on\n" ROW ";{1};2014-05-20\n"
          ROW ";{1};2014-05-22\n" ROW ";{1};2014-05-21\n",
          "1 c 2,2 c 0,3 c 2," },
        /* the lowest number, not the first row */
        { HEAD ";ident;registration\n" ROW ";{1};9\n" ROW ";{1};4\n",
          "4 c 0,9 c 4," },
        /* only what is complete competes; a draft is not superseded */
        { HEAD ";ident;status;ip\n" ROW ";{1};draft;1\n"
          ROW ";{1};withdrawn;1\n" ROW ";{1};;\n", "1 d 0,2 w 0,3 c 0," },
    };
    struct fixture f;

    (void)state;
    fixture_store(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char id[16];

        snprintf(id, sizeof id, "r-%zu", i);
        fixture_round(&f, id, (struct round_kind){ .real = false });
        fixture_take(&f, fixture_fill(&f, cases[i].csv));
        assert_string_equal(fixture_standing(&f), cases[i].standing);
        assert_int_equal(fixture_count(&f, ""), 1);
        assert_int_equal(fixture_faults(&f), 0);
    }
    fixture_remove(&f);
}

static void
test_superseded_by(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Kept where there is no person; one further on will do. */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";2\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f), "1 c 2,2 c 0,");
    assert_int_equal(fixture_count(&f, ""), 1);
    /* Recomputed where there is one: not even looked at. */
    fixture_take(&f, fixture_fill(&f, HEAD ";ident;superseded_by\n"
                                  ROW ";{1};99\n" ROW ";{2};1\n"));
    assert_string_equal(fixture_standing(&f), "1 c 2,2 c 0,3 c 0,4 c 0,");
    /* One that was there before. */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n");
    assert_string_equal(fixture_standing(&f),
                        "1 c 2,2 c 0,3 c 0,4 c 0,5 c 4,");
    assert_int_equal(fixture_count(&f, ""), 3);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A chain that ends at one that counts is right, in whatever order, also
 * where its end is superseded by another of the same person. */
static void
test_chains(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n" ROW ";\n" ROW ";2\n"
                 ROW ";3\n");
    assert_string_equal(fixture_standing(&f), "1 c 4,2 c 0,3 c 2,4 c 3,");
    assert_int_equal(fixture_count(&f, ""), 1);
    /* 6 is superseded by 7, which is known only when all has been read */
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident;superseded_by\n"
        "sor;mental;2;3;;6\nsor;mental;2;3;{1};\nnord;mental;2;1;{1};\n"));
    assert_string_equal(fixture_standing(&f), "1 c 4,2 c 0,3 c 2,4 c 3,"
                        "5 c 6,6 c 7,7 c 0,");
    assert_int_equal(fixture_count(&f, ""), 2);
    /* to the middle of one that was there before */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n" ROW ";5\n");
    assert_int_equal(fixture_count(&f, ""), 2);
    /* where a row is refused, targets are not looked at */
    assert_false(fixture_import(&f, HEAD ";superseded_by\n" ROW ";99\n"
                                "nord;mental;9;\n"));
    assert_string_equal(buf_string(&f.heard),
                        "3:mental:import.value_score|9|1..5\n");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A second file: its persons meet those of the first. */
static void
test_across_imports(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;2;{1}\nnord;mental;2;1;{2}\nnord;mental;2;1;\n"));
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,3 c 0,");
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;1;{1}\nnord;mental;2;2;{2}\nnord;mental;2;1;{3}\n"));
    assert_string_equal(fixture_standing(&f),
                        "1 c 4,2 c 0,3 c 0,4 c 0,5 c 2,6 c 0,");
    assert_int_equal(fixture_count(&f, ""), 4);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident;ip\n"
        "nord;mental;2;1;{1};1\nnord;mental;2;1;{2};0\n"));
    assert_string_equal(fixture_standing(&f),
                        "1 c 7,2 c 8,3 c 0,4 c 7,5 c 8,6 c 0,7 c 0,8 c 0,");
    assert_int_equal(fixture_count(&f, ""), 4);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

static void
opt(struct fixture *f, int who, bool out)
{
    uint8_t pseudonym[PSEUDONYM_BYTES];
    char number[12];
    int64_t deleted;
    bool removed;

    err_clear(&f->e);
    strcpy(number, fixture_person(f, who));
    assert_ok(intake_pseudonym(&f->o, number, pseudonym, &f->e), &f->e);
    for (int i = 0; i < 11; i++)
        assert_int_equal(number[i], 0);
    assert_ok(store_begin(f->s, &f->e), &f->e);
    if (out)
        assert_ok(optout_add(f->s, &everyone, f->o.round, pseudonym,
                             &deleted, &f->e)
                  && feed_settle(&f->o, &everyone, &f->e), &f->e);
    else
        assert_ok(optout_remove(f->s, &everyone, f->o.round, pseudonym,
                                &removed, &f->e) && removed, &f->e);
    assert_ok(store_commit(f->s, &f->e), &f->e);
}

static void
test_opted_out(void **state)
{
    struct fixture f;
    char csv[256];

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;1;{1}\nnord;mental;2;2;{1}\nnord;mental;2;1;{2}\n"));
    snprintf(csv, sizeof csv, HEAD ";pseudonym\n" ROW ";%.32s\n",
             fixture_cells(&f, "pseudonym"));
    opt(&f, 1, true);
    assert_string_equal(fixture_standing(&f), "3 c 0,");
    assert_int_equal(fixture_count(&f, ""), 1);

    /* By number, by pseudonym, as a draft: nothing is stored. */
    assert_false(fixture_import(&f, fixture_fill(&f,
        HEAD ";ident;status\n" ROW ";{3};\n" ROW ";{1};\n"
        ROW ";{1};draft\n")));
    assert_string_equal(buf_string(&f.heard),
                        "3:ident:import.opted_out\n"
                        "4:ident:import.opted_out\n");
    assert_false(fixture_import(&f, csv));
    assert_string_equal(buf_string(&f.heard),
                        "2:pseudonym:import.opted_out\n");
    assert_string_equal(fixture_standing(&f), "3 c 0,");

    /* Taken off the list, the person counts again, with a new number. */
    opt(&f, 1, false);
    fixture_take(&f, fixture_fill(&f, HEAD ";ident\n" ROW ";{1}\n"));
    assert_string_equal(fixture_standing(&f), "3 c 0,4 c 0,");
    assert_int_equal(fixture_count(&f, ""), 2);
    assert_int_equal(fixture_faults(&f), 0);
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

static void
test_number_pages(void **state)
{
    static const int64_t some[] = {
        1, 2, 63, 64, 65, 4095, 4096, 4097, 8191, 1000000, NUMBER_LIMIT - 1,
        NUMBER_LIMIT
    };
    struct numbers *n = numbers_new();
    struct err e = { 0 };

    (void)state;
    numbers_free(NULL);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        assert_false(numbers_has(n, some[i]));
        assert_true(numbers_take(n, some[i], &e));
        assert_true(numbers_take(n, some[i], &e));
        for (size_t k = 0; k < sizeof some / sizeof *some; k++)
            assert_int_equal(numbers_has(n, some[k]), k <= i);
    }
    numbers_free(n);
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
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_real_round),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_today),
        cmocka_unit_test(test_today_is_one),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_pseudonyms),
        cmocka_unit_test(test_who_counts),
        cmocka_unit_test(test_superseded_by),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_across_imports),
        cmocka_unit_test(test_opted_out),
        cmocka_unit_test(test_identifying),
        cmocka_unit_test(test_nothing_in_the_clear),
        cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_number_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
