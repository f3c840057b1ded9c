/* test_write.c - hand-made tables, written and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>
#include "base/csv.h"
#include "report/ask.h"
#include "report/make.h"
#include "tiny_instrument.h"
#include "write/markup.h"
#include "write/write.h"

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

static struct document *
document_of(const struct table *t, bool internal)
{
    struct table_input input = {
        .in = in, .lang = LANG_NB, .round = &round_2014,
        .municipality_name = "Bergen", .internal = internal, .table = t
    };

    return report_table(&input, &arena);
}

static void
write_as(const char *format, const struct document *doc, struct buf *out)
{
    const struct writer *w = writer_find(format, WRITES_REPORT);
    struct err e = { 0 };

    assert_non_null(w);
    assert_true(writer_write(w, doc, NULL, out, &e));
}

static json_t *
json_of(const struct document *doc)
{
    json_error_t e;
    struct buf out;
    json_t *json;

    buf_init(&out, 0);
    write_as("json", doc, &out);
    json = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, &e);
    if (json == NULL)
        fail_msg("%s line %d: %s", e.text, e.line, out.data);
    buf_clear(&out);
    return json;
}

/* EXPECTED's keys must come first in GOT, in its order and with its
 * values. */
static void
assert_contract(const json_t *got, const char *expected)
{
    json_error_t e;
    json_t *want = json_loads(expected, 0, &e);
    void *iter = json_object_iter((json_t *)(uintptr_t)got);
    const char *key;
    json_t *value;

    assert_non_null(want);
    json_object_foreach(want, key, value) {
        assert_string_equal(json_object_iter_key(iter), key);
        if (!json_equal(json_object_iter_value(iter), value))
            fail_msg("%s: %s", key, json_dumps(json_object_iter_value(iter),
                                               JSON_ENCODE_ANY));
        iter = json_object_iter_next((json_t *)(uintptr_t)got, iter);
    }
    json_decref(want);
}

#define LABEL(text) { { text, text, text } }

static const struct key grade_keys[] = {
    { "green", LABEL("Grønn") }, { "yellow", LABEL("Gul") },
    { "red", LABEL("Rød") }, { "bloodred", LABEL("Blodrød") },
};
static const struct key yes[] = { { "1", LABEL("Ja") } };
static struct outside nobody;

/* The table of interfaces.md. */
static void
writes_the_table_of_the_contract(void **state)
{
    int row = tiny_variable(in, "home_grade");
    struct question q = {
        .rows = &row, .row_count = 1, .sum = -1,
        .columns = tiny_variable(in, "index_grade"),
        .where = "target = mental"
    };
    int64_t cell[] = { 79, 563, 21, 0, 0, 570, 166, 1, 0, 96, 336, 13 };
    int64_t base = 1845;
    struct table t = {
        .shape = SHAPE_TWO_WAY, .question = &q, .row_count = 3,
        .column_count = 4, .row_keys = grade_keys,
        .column_keys = grade_keys, .cell = cell, .count = cell,
        .base_count = 1, .base = &base, .outside = &nobody
    };
    json_t *json = json_of(document_of(&t, true));

    (void)state;
    assert_contract(json,
        "{ \"table\": null,"
        "  \"title\": \"Bolig etter farge (internt – inneholder små tall)\","
        "  \"round\": \"bergen-2014\", \"counts\": \"recipients\","
        "  \"where\": \"target = mental\", \"base\": 1845,"
        "  \"rows\": { \"variable\": \"home_grade\","
        "    \"keys\": [\"green\", \"yellow\", \"red\"],"
        "    \"labels\": [\"Grønn\", \"Gul\", \"Rød\"] },"
        "  \"columns\": { \"variable\": \"index_grade\","
        "    \"keys\": [\"green\", \"yellow\", \"red\", \"bloodred\"],"
        "    \"labels\": [\"Grønn\", \"Gul\", \"Rød\", \"Blodrød\"] },"
        "  \"cells\": [[79, 563, 21, 0], [0, 570, 166, 1],"
        "              [0, 96, 336, 13]],"
        "  \"outside\": { \"unanswered\": 0, \"unknown\": 0,"
        "                 \"not_asked\": 0 } }");
    assert_true(json_is_true(json_object_get(json, "internal")));
    json_decref(json);
}

static void
writes_one_way_and_sums(void **state)
{
    int row = tiny_variable(in, "home_grade");
    struct question q = {
        .rows = &row, .row_count = 1, .columns = -1,
        .sum = tiny_variable(in, "kids")
    };
    int64_t cell[] = { 4, 5, 6 }, count[] = { 2, 2, 2 };
    int64_t base = 6, left_out = 1;
    struct table t = {
        .shape = SHAPE_ONE_WAY, .question = &q, .row_count = 3,
        .column_count = 1, .row_keys = grade_keys, .cell = cell,
        .count = count, .base_count = 1, .base = &base, .outside = &nobody,
        .left_out = &left_out
    };
    json_t *json = json_of(document_of(&t, false));

    (void)state;
    assert_contract(json,
        "{ \"table\": null, \"title\": \"Barn etter bolig\","
        "  \"round\": \"bergen-2014\", \"counts\": \"children\","
        "  \"where\": \"\", \"base\": 6,"
        "  \"rows\": { \"variable\": \"home_grade\","
        "    \"keys\": [\"green\", \"yellow\", \"red\"],"
        "    \"labels\": [\"Grønn\", \"Gul\", \"Rød\"] },"
        "  \"cells\": [4, 5, 6],"
        "  \"outside\": { \"unanswered\": 0, \"unknown\": 0,"
        "                 \"not_asked\": 0 },"
        "  \"sum\": \"kids\" }");
    assert_int_equal(json_integer_value(json_object_get(json, "left_out")),
                     1);
    assert_null(json_object_get(json, "internal"));
    json_decref(json);
}

static void
writes_ticks_as_lists(void **state)
{
    int rows[2];
    struct question q = {
        .rows = rows, .columns = -1, .sum = -1, .where = "a = 1 or b = 1",
        .and_where = "c = 1",
        .row_count = tiny_variables(in, "plan,coordinator", rows, 2)
    };
    int64_t cell[] = { 7, 0 }, base[] = { 10, 9 };
    struct outside outside[] = { { 1, 0, 0 }, { 1, 1, 0 } };
    struct table t = {
        .shape = SHAPE_TICKS, .question = &q, .row_count = 2,
        .column_count = 1, .column_keys = yes, .cell = cell, .count = cell,
        .base_count = 2, .base = base, .outside = outside
    };
    json_t *json = json_of(document_of(&t, false));

    (void)state;
    assert_contract(json,
        "{ \"table\": null, \"title\": \"Plan og koordinator\","
        "  \"round\": \"bergen-2014\", \"counts\": \"recipients\","
        "  \"where\": \"(a = 1 or b = 1) and c = 1\", \"base\": [10, 9],"
        "  \"rows\": { \"variables\": [\"plan\", \"coordinator\"],"
        "    \"labels\": [\"Plan\", \"Koordinator\"] },"
        "  \"columns\": { \"keys\": [\"1\"], \"labels\": [\"Ja\"] },"
        "  \"cells\": [[7], [0]],"
        "  \"outside\": [{ \"unanswered\": 1, \"unknown\": 0,"
        "                  \"not_asked\": 0 },"
        "                { \"unanswered\": 1, \"unknown\": 1,"
        "                  \"not_asked\": 0 }] }");
    json_decref(json);
}

static void
writes_what_is_hidden_as_null(void **state)
{
    int row = tiny_variable(in, "home_grade");
    struct question q = { .rows = &row, .row_count = 1, .columns = -1,
                          .sum = -1 };
    int64_t cell[] = { 2, 5, 6 }, base = 13;
    struct table t = {
        .shape = SHAPE_ONE_WAY, .question = &q, .row_count = 3,
        .column_count = 1, .row_keys = grade_keys, .cell = cell,
        .count = cell, .base_count = 1, .base = &base, .outside = &nobody
    };
    struct document *doc = document_of(&t, false);
    json_t *json;

    (void)state;
    tree_next(doc, NULL, NODE_TABLE)->table->cell[0].hidden = true;
    json = json_of(doc);
    assert_true(json_is_null(json_array_get(json_object_get(json, "cells"),
                                            0)));
    json_decref(json);
}

static void
writes_csv_that_can_be_read(void **state)
{
    static const char *const expected[] = {
        "table|row|column|value", "|green||4", "|yellow||5", "|red||6"
    };
    int row = tiny_variable(in, "home_grade");
    struct question q = { .rows = &row, .row_count = 1, .columns = -1,
                          .sum = -1 };
    int64_t cell[] = { 4, 5, 6 }, base = 15;
    struct table t = {
        .shape = SHAPE_ONE_WAY, .question = &q, .row_count = 3,
        .column_count = 1, .row_keys = grade_keys, .cell = cell,
        .count = cell, .base_count = 1, .base = &base, .outside = &nobody
    };
    struct csv_reader *r;
    struct csv_row line;
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    write_as("csv", document_of(&t, true), &out);
    r = csv_open_memory(out.data, out.len);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        char got[128] = "";

        assert_int_equal(csv_next(r, &line), CSV_ROW);
        assert_int_equal(line.fields, 4);
        for (size_t k = 0; k < 4; k++) {
            struct csv_slice got_cell = csv_cell(&line, k);

            strcat(got, k > 0 ? "|" : "");
            strncat(got, got_cell.data, got_cell.len);
        }
        assert_string_equal(got, expected[i]);
    }
    assert_int_equal(csv_next(r, &line), CSV_END);
    csv_close(r);
    buf_clear(&out);
}

static void
escapes_markup(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    markup_put(&out, "<b title=\"%s\">%s %d%%</b>", "\"<&'", "a<b", 7);
    assert_string_equal(buf_string(&out),
                        "<b title=\"&quot;&lt;&amp;&#39;\">a&lt;b 7%</b>");
    buf_reset(&out);
    markup_css_string(&out, "a\"b\\</style>\n");
    assert_string_equal(buf_string(&out),
                        "\"a\\22 b\\5c \\3c /style\\3e \\a \"");
    buf_clear(&out);
}

static void
finds_writers_by_name(void **state)
{
    (void)state;
    assert_non_null(writer_find("html", WRITES_REPORT));
    assert_null(writer_find("html", WRITES_TABLE));
    assert_non_null(writer_find("json", WRITES_TABLE));
    assert_non_null(writer_find("pptx", WRITES_REPORT));
    assert_null(writer_find("odt", WRITES_REPORT));
    assert_null(writer_find("", WRITES_REPORT));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writes_the_table_of_the_contract),
        TEST(writes_one_way_and_sums),
        TEST(writes_ticks_as_lists),
        TEST(writes_what_is_hidden_as_null),
        TEST(writes_csv_that_can_be_read),
        TEST(escapes_markup),
        TEST(finds_writers_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
